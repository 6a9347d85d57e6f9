//! Calling programs, their output shown or kept in a log.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::project::Project;

/// Where the output of a command goes: the developer's terminal, or the log of one part of `test`.
#[derive(Debug)]
pub(crate) enum Output {
    /// Shown as it comes.
    Shown,
    /// Written to a log, so that parts running side by side stay readable.
    Logged(File),
}

impl Output {
    /// One line of progress.
    pub(crate) fn say(&self, line: &str) {
        match self {
            Self::Shown => eprintln!("{line}"),
            // A log that cannot be written must not stop the work it reports on.
            Self::Logged(file) => drop(writeln!(&*file, "{line}")),
        }
    }

    /// Runs a program to its end; anything but success is a failure that names the command.
    pub(crate) fn run(&self, command: &mut Command) -> Result<(), Failure> {
        if let Self::Logged(file) = self {
            let clone = |file: &File| file.try_clone().map_err(|e| Failure::new(format!("log: {e}")));
            command.stdin(Stdio::null()).stdout(clone(file)?).stderr(clone(file)?);
            self.say(&format!("$ {}", describe(command)));
        }
        let status = command
            .status()
            .map_err(|error| Failure::new(format!("{} cannot be run: {error}", describe(command))))?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!("{status} from {}", describe(command))))
        }
    }
}

/// A program called from the checkout, with the project's tools on its path.
pub(crate) fn program(project: &Project, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(&project.root).env("PATH", project.path());
    command
}

/// The cargo that runs us, on this workspace.
pub(crate) fn cargo(project: &Project) -> Command {
    let mut command = program(project, std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_TARGET_DIR", &project.target);
    command
}

/// The standard output of a program that must succeed.
pub(crate) fn capture(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::new(format!("{} cannot be run: {error}", describe(command))))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!("{} from {}\n{}", output.status, describe(command), errors.trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as a person would type it.
pub(crate) fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut text = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

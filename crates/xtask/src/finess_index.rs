//! `finess-index`: the index of the FINESS register that a host can serve beside the page, from the official files.
//!
//! The work is that of the crate `finess`, in a program of its own: xtask stays quick to compile.

use std::path::Path;

use crate::failure::Failure;
use crate::project::Project;
use crate::run::{Output, cargo};

/// Makes the index of these files; `-o` says where it goes.
pub(crate) fn command(project: &Project, arguments: &[String]) -> Result<(), Failure> {
    const USAGE: &str = "cargo xtask finess-index FILE [FILE] -o OUT";
    let (mut files, mut out) = (Vec::new(), None);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "-o" => out = rest.next(),
            option if option.starts_with('-') => {
                return Err(Failure::new(format!("{option} is not an option: {USAGE}")));
            }
            file => files.push(file),
        }
    }
    let Some(out) = out.filter(|_| !files.is_empty()) else { return Err(Failure::new(USAGE)) };
    let mut command = cargo(project);
    command.args(["run", "--quiet", "--release", "--package", "finess", "--bin", "finess-index", "--"]);
    // Cargo is called from the checkout, the files are named from where the developer stands.
    for file in &files {
        command.arg(absolute(file)?);
    }
    command.arg("-o").arg(absolute(out)?);
    Output::Shown.run(&mut command)
}

fn absolute(file: &str) -> Result<std::path::PathBuf, Failure> {
    std::path::absolute(file).map_err(Failure::at(Path::new(file)))
}

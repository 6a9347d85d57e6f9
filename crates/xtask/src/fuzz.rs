//! `fuzz`: every reader under libFuzzer, one after the other, with what they did kept in a table.
//!
//! Needs a nightly toolchain; the same readers run on the stable one in `cargo test -p hostile`.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::failure::Failure;
use crate::options::Options;
use crate::project::Project;
use crate::run::{Output, capture, cargo, program};
use crate::tools::{Recipe, version_of};

/// How long each reader is tried when nothing else is asked for, in minutes.
const MINUTES: u64 = 30;

/// No input of this length takes long: what does is a finding.
const LONGEST_SECONDS: u32 = 20;
const LONGEST_INPUT: u32 = 20_000;
const MOST_MEGABYTES: u32 = 3072;

pub(crate) fn command(project: &Project, options: Options) -> Result<(), Failure> {
    let minutes = match options.value("minutes") {
        Some(text) => text.parse().map_err(|_| Failure::new(format!("--minutes {text}: not a number")))?,
        None => MINUTES,
    };
    let folder = project.target.join("fuzz");
    let mut targets = targets(project)?;
    let only: Vec<&str> = options.all("only").collect();
    if let Some(unknown) = only.iter().find(|name| !targets.iter().any(|target| target == *name)) {
        return Err(Failure::new(format!("no reader {unknown:?}: {}", targets.join(", "))));
    }
    targets.retain(|target| only.is_empty() || only.contains(&target.as_str()));
    prepare(project)?;
    seeds(project, &folder)?;
    Output::Shown.run(nightly(project, &folder).args(["build", "--sanitizer", "none"]))?;
    let mut found = Vec::new();
    for (place, target) in targets.iter().enumerate() {
        eprintln!("[{}/{}] {target}, {minutes} min", place + 1, targets.len());
        let run = Run::of(project, &folder, target, minutes)?;
        println!("{}", run.row());
        append(&folder.join("log.md"), &run.row())?;
        if !run.ended_well {
            found.push(format!("  {target}: {}", run.log.display()));
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "inputs were found, the path of each stands at the end of its log:\n{}\n\
         Make each smaller with `rustup run nightly cargo fuzz tmin READER INPUT`, mend what it shows, and keep it in \
         tests/cases/hostile/found/READER/.",
        found.join("\n")
    )))
}

/// One reader's turn.
struct Run {
    target: String,
    minutes: u64,
    /// The last line that libFuzzer wrote of each, as it wrote it.
    executions: String,
    coverage: String,
    corpus: String,
    ended_well: bool,
    log: PathBuf,
}

impl Run {
    fn of(project: &Project, folder: &Path, target: &str, minutes: u64) -> Result<Self, Failure> {
        let corpus = folder.join("corpus").join(target);
        let artifacts = folder.join("artifacts").join(target);
        for needed in [&corpus, &artifacts] {
            fs::create_dir_all(needed).map_err(Failure::at(needed))?;
        }
        let log = folder.join(format!("{target}.log"));
        let file = File::create(&log).map_err(Failure::at(&log))?;
        let mut command = nightly(project, folder);
        command.args(["run", "--sanitizer", "none", target]);
        command.arg(&corpus).arg(folder.join("seeds").join(target)).arg("--");
        command.arg(format!("-artifact_prefix={}/", artifacts.display()));
        command.arg(format!("-dict={}", project.root.join("fuzz/dictionary.txt").display()));
        command.arg(format!("-max_total_time={}", minutes.saturating_mul(60)));
        command.args([format!("-timeout={LONGEST_SECONDS}"), format!("-max_len={LONGEST_INPUT}")]);
        command.args([format!("-rss_limit_mb={MOST_MEGABYTES}"), "-print_final_stats=1".to_owned()]);
        let started = Instant::now();
        let ended_well = Output::Logged(file).run(&mut command).is_ok();
        let text = String::from_utf8_lossy(&fs::read(&log).map_err(Failure::at(&log))?).into_owned();
        let last = |name: &str| last_after(&text, name).unwrap_or("?").to_owned();
        Ok(Self {
            target: target.to_owned(),
            minutes: started.elapsed().as_secs() / 60,
            executions: last("stat::number_of_executed_units:"),
            coverage: last(" cov:"),
            corpus: last(" corp:"),
            ended_well,
            log,
        })
    }

    fn row(&self) -> String {
        let end = if self.ended_well { "nothing" } else { "an input" };
        format!(
            "| {} | {} min | {} | {} | {} | {end} |",
            self.target, self.minutes, self.executions, self.coverage, self.corpus
        )
    }
}

/// The word that follows the last `name`.
fn last_after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = text.rsplit_once(name)?;
    after.split_whitespace().next()
}

/// The targets, as the manifest of `fuzz/` names them.
fn targets(project: &Project) -> Result<Vec<String>, Failure> {
    let folder = project.root.join("fuzz/fuzz_targets");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(Failure::at(&folder))? {
        let path = entry.map_err(Failure::at(&folder))?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

fn prepare(project: &Project) -> Result<(), Failure> {
    let toolchains = capture(program(project, "rustup").args(["toolchain", "list"]))?;
    if !toolchains.lines().any(|line| line.starts_with("nightly")) {
        return Err(Failure::new(
            "libFuzzer needs a nightly toolchain: rustup toolchain install nightly --profile minimal",
        ));
    }
    if version_of(project, "cargo-fuzz").is_none() {
        let recipe = Recipe::new("cargo install cargo-fuzz --locked");
        eprintln!("cargo-fuzz: missing — {}", recipe.line());
        recipe.run(project)?;
    }
    Ok(())
}

/// `cargo fuzz` of the nightly toolchain, in `fuzz/`.
fn nightly(project: &Project, folder: &Path) -> Command {
    let mut command = program(project, "rustup");
    command.args(["run", "nightly", "cargo", "fuzz"]);
    command.current_dir(project.root.join("fuzz"));
    // Ours name the stable toolchain, and the folder that the workspace is built in.
    command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN").env("CARGO_TARGET_DIR", folder.join("build"));
    command
}

/// The good inputs each reader starts from.
fn seeds(project: &Project, folder: &Path) -> Result<(), Failure> {
    let mut command = cargo(project);
    command.args(["run", "--quiet", "-p", "hostile", "--"]).arg(folder.join("seeds"));
    Output::Shown.run(&mut command)
}

fn append(path: &Path, row: &str) -> Result<(), Failure> {
    let is_new = !path.exists();
    let mut file = File::options().create(true).append(true).open(path).map_err(Failure::at(path))?;
    if is_new {
        writeln!(
            file,
            "| Reader | Time | Executions | Coverage | Inputs kept | Found |\n|---|---:|---:|---:|---:|---|"
        )
        .map_err(Failure::at(path))?;
    }
    writeln!(file, "{row}").map_err(Failure::at(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_figures_count() {
        let log =
            "#1 INITED cov: 12 ft: 1\n#9 DONE cov: 34 ft: 2 corp: 5/6b\nstat::number_of_executed_units: 9\n";
        assert_eq!(last_after(log, " cov:"), Some("34"));
        assert_eq!(last_after(log, " corp:"), Some("5/6b"));
        assert_eq!(last_after(log, "stat::number_of_executed_units:"), Some("9"));
        assert_eq!(last_after(log, "stat::peak_rss_mb:"), None);
    }
}

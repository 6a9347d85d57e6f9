//! `test`: everything that must hold, in two lanes that do not wait for each other.
//!
//! One lane compiles for development (format, clippy, unit tests, docs), the other for release (page,
//! package, Node, browsers): cargo locks its output by profile, so two cores are kept busy. A part that
//! fails hides no other: all are run, and counted at the end.

use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::built;
use crate::debian;
use crate::failure::Failure;
use crate::options::Options;
use crate::package;
use crate::project::{Project, files_under, fresh_dir};
use crate::run::{Output, capture, cargo, program};
use crate::single;
use crate::site;
use crate::sums;
use crate::tools::{Need, prepare};

/// The shells that only a browser runs: clippy reads them for the target they are made for.
const WEB: [&str; 6] = ["app", "atelier", "browser", "forge", "greffe", "js"];

const RUSTDOC: &str = "--deny warnings --allow rustdoc::private_intra_doc_links";

const MOST_LINES_SHOWN: usize = 400;

pub(crate) fn command(project: &Project, options: Options) -> Result<(), Failure> {
    let plan = Plan::of(&options);
    prepare(project, &plan.needs())?;
    let logs = project.work().join("logs");
    fresh_dir(&logs)?;
    let tests = Tests { project, options: &options, plan: &plan, logs, printing: Mutex::new(()) };
    let started = Instant::now();

    let mut results = Vec::new();
    thread::scope(|scope| {
        let development = scope.spawn(|| tests.development());
        results.extend(tests.release());
        match development.join() {
            Ok(more) => results.extend(more),
            Err(_) => results.push(Part::failed("development lane", "it panicked")),
        }
    });
    summary(&results, started.elapsed())
}

/// Which parts were asked for; none named means all.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    lint: bool,
    unit: bool,
    node: bool,
    browser: bool,
    build: bool,
}

impl Plan {
    fn of(options: &Options) -> Self {
        // A filter of browser tests means browser tests.
        let filtered = options.value("only").or(options.value("in")).is_some();
        let named = |flag| options.has(flag);
        let all = !filtered && !["lint", "unit", "node", "browser"].into_iter().any(named);
        Self {
            lint: all || named("lint"),
            unit: all || named("unit"),
            node: all || named("node"),
            browser: all || filtered || named("browser"),
            build: !named("no-build"),
        }
    }

    /// Parts side by side write to logs; a single one talks to the terminal.
    fn is_single(&self) -> bool {
        [self.lint, self.unit, self.node, self.browser].into_iter().filter(|part| *part).count() == 1
    }

    fn needs(&self) -> Vec<Need> {
        let wanted = |need: &Need| match need {
            Need::WasmTarget => self.lint || ((self.node || self.browser) && self.build),
            Need::WasmBindgen | Need::WasmSplit | Need::Trunk => (self.node || self.browser) && self.build,
            Need::Components => self.lint,
            Need::Node | Need::NpmPackages => self.node || self.browser,
            Need::Judges => self.unit,
            Need::Browsers => self.browser,
        };
        Need::ALL.into_iter().filter(wanted).collect()
    }
}

/// How one part ended.
#[derive(Debug)]
struct Part {
    name: &'static str,
    time: Duration,
    failure: Option<String>,
}

impl Part {
    fn failed(name: &'static str, why: impl Into<String>) -> Self {
        Self { name, time: Duration::ZERO, failure: Some(why.into()) }
    }

    fn is_good(&self) -> bool {
        self.failure.is_none()
    }
}

struct Tests<'a> {
    project: &'a Project,
    options: &'a Options,
    plan: &'a Plan,
    logs: PathBuf,
    printing: Mutex<()>,
}

impl Tests<'_> {
    fn development(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        if self.plan.lint {
            parts.push(
                self.part("format", |output| {
                    output.run(cargo(self.project).args(["fmt", "--all", "--check"]))
                }),
            );
        }
        if self.plan.unit {
            parts.push(self.part("unit tests", |output| self.unit(output)));
        }
        if self.plan.lint {
            parts.push(self.part("clippy", |output| {
                let mut clippy = cargo(self.project);
                clippy.args(["clippy", "--workspace", "--all-targets"]);
                clippy.args(web("--exclude"));
                output.run(clippy.args(["--", "--deny", "warnings"]))
            }));
            parts.push(self.part("clippy for the browser", |output| {
                let mut clippy = cargo(self.project);
                clippy.args(["clippy", "--target", "wasm32-unknown-unknown"]);
                clippy.args(web("--package"));
                output.run(clippy.args(["--", "--deny", "warnings"]))
            }));
            parts.push(self.part("documentation", |output| self.documentation(output)));
        }
        parts
    }

    /// Links and examples; each crate for the target that clippy has just read it for. Private items are documented
    /// too, for those who work on them: links to them lead somewhere.
    fn documentation(&self, output: &Output) -> Result<(), Failure> {
        let common = ["doc", "--no-deps", "--document-private-items"];
        let mut pure = cargo(self.project);
        pure.args(common).arg("--workspace").args(web("--exclude"));
        let mut shells = cargo(self.project);
        shells.args(common).args(["--target", "wasm32-unknown-unknown"]).args(web("--package"));
        let pure = output.run(pure.env("RUSTDOCFLAGS", RUSTDOC));
        pure.and(output.run(shells.env("RUSTDOCFLAGS", RUSTDOC)))
    }

    fn unit(&self, output: &Output) -> Result<(), Failure> {
        let has_nextest = capture(cargo(self.project).args(["nextest", "--version"])).is_ok();
        if !has_nextest {
            return output.run(cargo(self.project).args(["test", "--workspace", "--no-fail-fast"]));
        }
        let tests = output.run(cargo(self.project).args(["nextest", "run", "--workspace", "--no-fail-fast"]));
        let examples =
            output.run(cargo(self.project).args(["test", "--workspace", "--doc", "--no-fail-fast"]));
        tests.and(examples)
    }

    fn release(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        if !self.plan.browser && !self.plan.node {
            return parts;
        }
        let mut is_built = true;
        if self.plan.build {
            if self.plan.browser {
                parts.push(self.part("page", |output| {
                    site::build(self.project, output)?;
                    built::inspect(self.project, &self.project.site())?;
                    single::build(self.project, output)?;
                    built::inspect_page(self.project, &self.project.single())
                }));
            }
            // Somebody else's site, in the browser tests, embeds it.
            parts.push(self.part("package", |output| {
                package::build(self.project, output)?;
                built::inspect(self.project, &self.project.npm())
            }));
            parts.push(self.part("checksums", |output| sums::check(self.project, output)));
            is_built = parts.iter().all(Part::is_good);
        }
        let mut test = |wanted, name, run: &dyn Fn(&Output) -> Result<(), Failure>| {
            if wanted && is_built {
                parts.push(self.part(name, run));
            } else if wanted {
                parts.push(Part::failed(name, "not run: not everything is built"));
            }
        };
        test(self.plan.browser, "browsers", &|output| self.browsers(output));
        test(self.plan.node, "Node", &|output| self.node(output));
        parts
    }

    fn browsers(&self, output: &Output) -> Result<(), Failure> {
        let mut node = program(self.project, "node");
        node.arg("tests/e2e/run.mjs");
        for name in ["only", "in"] {
            for value in self.options.all(name) {
                node.arg(format!("--{name}")).arg(value);
            }
        }
        output.run(node.envs(debian::browser_paths(self.project)))
    }

    fn node(&self, output: &Output) -> Result<(), Failure> {
        let folder = self.project.root.join("tests/node");
        let tests: Vec<PathBuf> = files_under(&folder)?
            .into_iter()
            .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
            .collect();
        if tests.is_empty() {
            return Err(Failure::new("tests/node has no *.test.mjs"));
        }
        output.run(program(self.project, "node").arg("--test").args(tests))
    }

    /// Runs one part, times it and prints how it ended; its log is shown when it failed.
    fn part(&self, name: &'static str, run: impl FnOnce(&Output) -> Result<(), Failure>) -> Part {
        let path = self.logs.join(format!("{}.log", name.replace(' ', "-")));
        let output = if self.plan.is_single() {
            Output::Shown
        } else {
            match File::create(&path) {
                Ok(file) => Output::Logged(file),
                Err(error) => return Part::failed(name, format!("{}: {error}", path.display())),
            }
        };
        self.print(&format!("  …  {name}"));
        let started = Instant::now();
        let failure = run(&output).err().map(|failure| failure.to_string());
        let part = Part { name, time: started.elapsed(), failure };
        match &part.failure {
            None => self.print(&line(&part)),
            Some(why) => {
                let log = if self.plan.is_single() { String::new() } else { tail(&path) };
                self.print(&format!("{log}{}\n     {why}", line(&part)));
            }
        }
        part
    }

    fn print(&self, text: &str) {
        let _whole = self.printing.lock();
        eprintln!("{text}");
    }
}

/// `option` before each of the web packages.
fn web(option: &'static str) -> impl Iterator<Item = &'static str> {
    WEB.into_iter().flat_map(move |package| [option, package])
}

fn summary(results: &[Part], time: Duration) -> Result<(), Failure> {
    eprintln!("\nAfter {}:", spoken(time));
    results.iter().for_each(|part| eprintln!("{}", line(part)));
    let failed: Vec<&str> = results.iter().filter(|part| !part.is_good()).map(|part| part.name).collect();
    if results.is_empty() {
        Err(Failure::new("nothing was tested"))
    } else if failed.is_empty() {
        eprintln!("All good.");
        Ok(())
    } else {
        Err(Failure::new(format!("failed: {}", failed.join(", "))))
    }
}

fn line(part: &Part) -> String {
    let mark = if part.is_good() { " ok  " } else { "FAIL " };
    format!("{mark}{} ({})", part.name, spoken(part.time))
}

fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 { format!("{seconds} s") } else { format!("{} min {:02} s", seconds / 60, seconds % 60) }
}

/// The end of a log, framed.
fn tail(path: &std::path::Path) -> String {
    let text = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let hidden = lines.len().saturating_sub(MOST_LINES_SHOWN);
    let shown: Vec<&str> = lines.into_iter().skip(hidden).collect();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let above = if hidden == 0 { String::new() } else { format!(" ({hidden} lines above)") };
    format!("──── {name}{above}\n{}\n────\n", shown.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(arguments: &[&str]) -> Plan {
        let owned: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        let flags = ["lint", "unit", "node", "browser", "no-build"];
        Plan::of(&Options::parse(&owned, &["only", "in"], &flags).unwrap())
    }

    #[test]
    fn nothing_named_means_everything() {
        let all = plan(&[]);
        assert!(all.lint && all.unit && all.node && all.browser && all.build && !all.is_single());
        assert_eq!(all.needs(), Need::ALL);
    }

    #[test]
    fn a_filter_of_browser_tests_means_browser_tests() {
        let one = plan(&["--only", "accueil"]);
        assert!(one.browser && one.is_single() && !one.unit);
        assert!(!plan(&["--in", "firefox", "--no-build"]).needs().contains(&Need::Trunk));
    }

    #[test]
    fn unit_tests_need_no_browser() {
        assert_eq!(plan(&["--unit"]).needs(), [Need::Judges]);
    }

    #[test]
    fn one_failure_is_enough() {
        let good = || Part { name: "a", time: Duration::ZERO, failure: None };
        assert!(summary(&[good()], Duration::ZERO).is_ok());
        assert!(summary(&[good(), Part::failed("b", "why")], Duration::ZERO).is_err());
        assert!(summary(&[], Duration::ZERO).is_err());
    }
}

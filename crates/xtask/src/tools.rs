//! What the commands need, how to see whether it is there, and how to get it.

use std::fs;
use std::time::Instant;

use crate::debian;
use crate::failure::Failure;
use crate::project::Project;
use crate::run::{Output, capture, program};

/// trunk 0.22 asks for a later rustc than the one this workspace promises.
const TRUNK: &str = "0.21.14";
/// Takes the page's module apart. Of the generation of `wasm_split_helpers`, which marks where (web/app/Cargo.toml).
const WASM_SPLIT: &str = "0.2.4";
const OLDEST_NODE: u32 = 20;
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Something a command cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    WasmTarget,
    Components,
    WasmBindgen,
    WasmSplit,
    Trunk,
    Node,
    NpmPackages,
    /// OpenSSL, keytool, NSS, nginx, curl and unzip, which judge what we write.
    Judges,
    Browsers,
}

impl Need {
    pub(crate) const ALL: [Self; 9] = [
        Self::WasmTarget,
        Self::Components,
        Self::WasmBindgen,
        Self::WasmSplit,
        Self::Trunk,
        Self::Node,
        Self::NpmPackages,
        Self::Judges,
        Self::Browsers,
    ];
    /// What compiling the page and the modules takes.
    pub(crate) const PAGE: [Self; 6] =
        [Self::WasmTarget, Self::WasmBindgen, Self::WasmSplit, Self::Trunk, Self::Node, Self::NpmPackages];
}

/// What was found of one need.
#[derive(Debug)]
pub(crate) struct Tool {
    pub(crate) name: String,
    /// `Err` says what is wrong.
    pub(crate) found: Result<String, String>,
    pub(crate) remedy: Remedy,
}

/// How to get what is missing.
#[derive(Debug)]
pub(crate) enum Remedy {
    /// We can do it.
    Commands(Vec<Recipe>),
    /// Only the user can.
    Advice(String),
}

/// One command, in a form that can be shown and run.
#[derive(Debug)]
pub(crate) struct Recipe {
    pub(crate) variables: Vec<(&'static str, &'static str)>,
    pub(crate) words: Vec<String>,
}

impl Recipe {
    pub(crate) fn new(line: &str) -> Self {
        Self { variables: Vec::new(), words: line.split_whitespace().map(str::to_owned).collect() }
    }

    fn with(mut self, variables: &[(&'static str, &'static str)]) -> Self {
        self.variables.extend_from_slice(variables);
        self
    }

    /// As one would type it in a shell.
    pub(crate) fn line(&self) -> String {
        let variables = self.variables.iter().map(|(name, value)| format!("{name}={value} "));
        variables.chain([self.words.join(" ")]).collect()
    }

    pub(crate) fn run(&self, project: &Project) -> Result<(), Failure> {
        let Some((name, arguments)) = self.words.split_first() else {
            return Ok(());
        };
        let mut command = program(project, name);
        command.args(arguments).envs(self.variables.iter().copied());
        if name == "cargo" {
            // A folder that stays lets an interrupted installation go on where it was.
            command.env("CARGO_TARGET_DIR", project.work().join("tools"));
        }
        Output::Shown.run(&mut command)
    }
}

/// Installs what is missing among `needs`, and nothing else.
pub(crate) fn prepare(project: &Project, needs: &[Need]) -> Result<(), Failure> {
    let mut installing = None;
    for (index, need) in needs.iter().enumerate() {
        let place = format!("[{}/{}]", index + 1, needs.len());
        let mut tool = look(project, *need)?;
        if tool.found.is_err() && installing.is_none() {
            // Another process may be installing the very same; nothing is waited for where nothing is missing.
            installing = Some(project.lock_outputs()?);
            tool = look(project, *need)?;
        }
        let problem = match &tool.found {
            Ok(version) => {
                eprintln!("{place} {} — present", named(&tool.name, version));
                continue;
            }
            Err(problem) => problem,
        };
        match &tool.remedy {
            Remedy::Advice(advice) => {
                return Err(Failure::new(format!("{}: {problem}\n  {advice}", tool.name)));
            }
            Remedy::Commands(recipes) => {
                let started = Instant::now();
                for recipe in recipes {
                    eprintln!("{place} {}: {problem} — {}", tool.name, recipe.line());
                    recipe.run(project)?;
                }
                let tool = look(project, *need)?;
                let version = tool
                    .found
                    .map_err(|still| Failure::new(format!("{}: {still}, though installed", tool.name)))?;
                let named = named(&tool.name, &version);
                eprintln!("{place} {named} — installed in {} s", started.elapsed().as_secs());
            }
        }
    }
    Ok(())
}

/// The name with its version, where there is one to say.
pub(crate) fn named(name: &str, version: &str) -> String {
    if version.is_empty() { name.to_owned() } else { format!("{name} {version}") }
}

/// Looks for one need without changing anything.
pub(crate) fn look(project: &Project, need: Need) -> Result<Tool, Failure> {
    match need {
        Need::WasmTarget => Ok(wasm_target(project)),
        Need::Components => Ok(components(project)),
        Need::WasmBindgen => wasm_bindgen(project),
        Need::WasmSplit => Ok(wasm_split(project)),
        Need::Trunk => Ok(trunk(project)),
        Need::Node => Ok(node(project)),
        Need::NpmPackages => npm_packages(project),
        Need::Judges => Ok(debian::judges(project)),
        Need::Browsers => Ok(debian::browsers(project)),
    }
}

fn wasm_target(project: &Project) -> Tool {
    let mut rustc = program(project, "rustc");
    let folder =
        capture(rustc.args(["--print", "target-libdir", "--target", WASM_TARGET])).unwrap_or_default();
    let present = fs::read_dir(folder.trim()).is_ok_and(|mut entries| entries.next().is_some());
    Tool {
        name: format!("target {WASM_TARGET}"),
        found: if present { Ok(String::new()) } else { Err("missing".to_owned()) },
        remedy: Remedy::Commands(vec![Recipe::new(&format!("rustup target add {WASM_TARGET}"))]),
    }
}

fn components(project: &Project) -> Tool {
    let present = ["fmt", "clippy"]
        .iter()
        .all(|part| capture(program(project, "cargo").args([part, "--version"])).is_ok());
    Tool {
        name: "rustfmt and clippy".to_owned(),
        found: if present { Ok(String::new()) } else { Err("missing".to_owned()) },
        remedy: Remedy::Commands(vec![Recipe::new("rustup component add rustfmt clippy")]),
    }
}

fn wasm_bindgen(project: &Project) -> Result<Tool, Failure> {
    let wanted = project.locked_version("wasm-bindgen")?;
    // With --locked it asks for versions that are no longer served; optimising it would only take time.
    let recipe = Recipe::new(&format!("cargo install wasm-bindgen-cli --version {wanted} --force")).with(&[
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ]);
    Ok(exact_version(project, "wasm-bindgen", &wanted, recipe))
}

fn wasm_split(project: &Project) -> Tool {
    let package = "wasm_split_cli_support";
    let line =
        format!("cargo install {package} --version {WASM_SPLIT} --locked --features build-binary --force");
    let recipe = Recipe::new(&line).with(&[
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ]);
    // It does not say its version: cargo does.
    let list = capture(program(project, "cargo").args(["install", "--list"])).unwrap_or_default();
    let found = match installed_version(&list, package) {
        Some(version) if version == WASM_SPLIT => Ok(version.to_owned()),
        Some(version) => Err(format!("{version} found, {WASM_SPLIT} wanted")),
        None => Err(format!("missing, {WASM_SPLIT} wanted")),
    };
    Tool { name: "wasm-split-cli".to_owned(), found, remedy: Remedy::Commands(vec![recipe]) }
}

/// The version of `package` in what `cargo install --list` prints: `name v1.2.3:`, then its programs.
fn installed_version<'a>(list: &'a str, package: &str) -> Option<&'a str> {
    list.lines().find_map(|line| line.strip_prefix(package)?.strip_prefix(" v")?.split([':', ' ']).next())
}

fn trunk(project: &Project) -> Tool {
    let line = format!("cargo install trunk --version {TRUNK} --locked --no-default-features --force");
    let recipe = Recipe::new(&line).with(&[
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ]);
    exact_version(project, "trunk", TRUNK, recipe)
}

/// A program that must answer `--version` with exactly `wanted`.
fn exact_version(project: &Project, name: &str, wanted: &str, recipe: Recipe) -> Tool {
    let found = match version_of(project, name) {
        Some(version) if version == wanted => Ok(version),
        Some(version) => Err(format!("{version} found, {wanted} wanted")),
        None => Err(format!("missing, {wanted} wanted")),
    };
    Tool { name: name.to_owned(), found, remedy: Remedy::Commands(vec![recipe]) }
}

fn node(project: &Project) -> Tool {
    let found = match version_of(project, "node") {
        None => Err("missing".to_owned()),
        Some(_) if project.which("npm").is_none() => Err("npm is missing".to_owned()),
        Some(version) => {
            let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok());
            if major.unwrap_or(0) >= OLDEST_NODE { Ok(version) } else { Err(format!("{version} is too old")) }
        }
    };
    Tool {
        name: "node".to_owned(),
        found,
        remedy: Remedy::Advice(format!(
            "Install Node {OLDEST_NODE} or later with npm (nodejs.org, or your distribution)."
        )),
    }
}

/// `npm ci` leaves no reliable trace of the lock it followed: we leave our own.
fn npm_packages(project: &Project) -> Result<Tool, Failure> {
    let lock = project.root.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(Failure::at(&lock))?;
    let found = match fs::read(project.root.join("node_modules/.installed-lock.json")) {
        Ok(stamp) if stamp == wanted => Ok(String::new()),
        Ok(_) => Err("another package-lock.json is installed".to_owned()),
        Err(_) => Err("not installed".to_owned()),
    };
    Ok(Tool {
        name: "npm packages".to_owned(),
        found,
        remedy: Remedy::Commands(vec![
            Recipe::new("npm ci"),
            Recipe::new("cp package-lock.json node_modules/.installed-lock.json"),
        ]),
    })
}

/// The first word of `name --version` that looks like a version.
pub(crate) fn version_of(project: &Project, name: &str) -> Option<String> {
    project.which(name)?;
    let text = capture(program(project, name).arg("--version")).ok()?;
    text.split_whitespace()
        .find(|word| {
            word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit()) && word.contains('.')
        })
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_shows_what_it_runs() {
        let recipe = Recipe::new("cargo install x").with(&[("A", "1")]);
        assert_eq!(recipe.line(), "A=1 cargo install x");
    }

    #[test]
    fn cargo_says_what_is_installed() {
        let list = "trunk v0.21.14:\n    trunk\nwasm_split v9.9.9:\n    x\nwasm_split_cli_support v0.2.4 (registry):\n    y\n";
        assert_eq!(installed_version(list, "wasm_split_cli_support"), Some("0.2.4"));
        assert_eq!(installed_version(list, "trunk"), Some("0.21.14"));
        assert_eq!(installed_version(list, "wasm-bindgen-cli"), None);
    }

    #[test]
    fn the_page_needs_nothing_unknown() {
        assert!(Need::PAGE.iter().all(|need| Need::ALL.contains(need)));
    }
}

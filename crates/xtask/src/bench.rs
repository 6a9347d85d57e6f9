//! `bench`: what was promised beside what is, and peers that do the same work, as ratios.

use std::fs;
use std::path::PathBuf;

use crate::debian;
use crate::failure::Failure;
use crate::options::Options;
use crate::package;
use crate::project::Project;
use crate::run::{Output, cargo, program};
use crate::single;
use crate::site;
use crate::sizes::{first_load, measure, total};
use crate::tools::{Need, prepare};
use crate::wasm;

/// A download and the most it may weigh: in bytes of brotli, or as it is where no server compresses it.
struct Budget {
    name: &'static str,
    most: u64,
    part: Part,
}

enum Part {
    /// Files of the npm package.
    Package(&'static [&'static str]),
    /// All that the page asks for before it answers.
    FirstLoad,
    /// The single file, as it is.
    Single,
}

const BUDGETS: [Budget; 8] = [
    Budget {
        name: "core (wasm + js)",
        most: 160_000,
        part: Part::Package(&["estampille_core.js", wasm::CORE.wasm]),
    },
    Budget { name: "site, first load", most: 350_000, part: Part::FirstLoad },
    Budget {
        name: "assistant entry",
        most: 330_000,
        part: Part::Package(&[
            "assistant.js",
            "assistant_page.js",
            "assistant_styles.js",
            "assistant_bg.wasm",
            "errors.js",
            "module.js",
            "node.js",
            "policy.js",
            "refusals.js",
            "version.js",
        ]),
    },
    Budget {
        name: "atelier (wasm + js)",
        most: 280_000,
        part: Part::Package(&["atelier.js", wasm::ATELIER.wasm, "atelier-worker.js"]),
    },
    Budget { name: "atelier, second part", most: 280_000, part: Part::Package(&["atelier_later.wasm"]) },
    Budget { name: "forge (wasm + js)", most: 280_000, part: Part::Package(&["forge.js", wasm::FORGE.wasm]) },
    Budget {
        name: "greffe (wasm + js)",
        most: 280_000,
        part: Part::Package(&["greffe.js", wasm::GREFFE.wasm]),
    },
    Budget { name: "single file (raw)", most: 2_500_000, part: Part::Single },
];

pub(crate) fn command(project: &Project, options: Options) -> Result<(), Failure> {
    if !options.has("no-build") {
        prepare(project, &Need::PAGE)?;
        site::build(project, &Output::Shown)?;
        single::build(project, &Output::Shown)?;
        if package::has_face(project) {
            package::build(project, &Output::Shown)?;
        }
    }
    if options.has("large") {
        return large(project);
    }
    sizes(project)?;
    speed(project)
}

/// A made-up FINESS+ file of the real one's size, read by a browser's worker: written for it, and deleted afterwards.
fn large(project: &Project) -> Result<(), Failure> {
    prepare(project, &[Need::Node, Need::NpmPackages, Need::Browsers])?;
    peers(project)?;
    let folder = project.work().join("bench");
    fs::create_dir_all(&folder).map_err(Failure::at(&folder))?;
    let path = folder.join("finess-structures.json");
    let file = fs::File::create(&path).map_err(Failure::at(&path))?;
    let mut generate = cargo(project);
    generate.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "finess",
        "--example",
        "plus",
        "--",
        MEGABYTES,
        "--write",
    ]);
    let done = Output::Shown.run(generate.stdout(file)).and_then(|()| {
        let mut node = register(project);
        Output::Shown.run(node.arg("--large").arg(&path))
    });
    fs::remove_file(&path).map_err(Failure::at(&path))?;
    done
}

/// As long as the daily file, unpacked.
const MEGABYTES: &str = "750";

/// The bench of the register.
fn register(project: &Project) -> std::process::Command {
    let mut node = program(project, "node");
    node.arg("tests/bench/register.mjs").arg("--work").arg(project.work().join("bench"));
    node.envs(debian::browser_paths(project));
    node
}

/// Estampille beside its peers, in one run of one Chromium; of the register, each in one of its own.
fn speed(project: &Project) -> Result<(), Failure> {
    if !project.npm().join("index.js").is_file() {
        println!("\nspeed: dist/npm/ is not built");
        return Ok(());
    }
    prepare(project, &[Need::Node, Need::NpmPackages, Need::Browsers])?;
    peers(project)?;
    let mut node = program(project, "node");
    node.arg("tests/bench/run.mjs").arg("--work").arg(project.work().join("bench"));
    node.envs(debian::browser_paths(project));
    println!();
    Output::Shown.run(&mut node)?;
    Output::Shown.run(&mut register(project))
}

/// The peers' packages, in a folder of their own: nothing else needs them.
fn peers(project: &Project) -> Result<(), Failure> {
    let folder = project.root.join("tests/bench");
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(Failure::at(&lock))?;
    // `npm ci` leaves no reliable trace of the lock it followed: we leave our own.
    let stamp = folder.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!("peers: npm ci in tests/bench/");
    Output::Shown.run(program(project, "npm").arg("ci").current_dir(&folder))?;
    fs::write(&stamp, wanted).map_err(Failure::at(&stamp))
}

fn sizes(project: &Project) -> Result<(), Failure> {
    println!("\n{:<24}{:>12}{:>12}{:>12}{:>8}", "size", "raw", "brotli", "budget", "ratio");
    for budget in &BUDGETS {
        let files = files_of(project, &budget.part)?;
        if let Some(missing) = files.iter().find(|file| !file.is_file()) {
            println!("{:<24}not built: {} is missing", budget.name, missing.display());
            continue;
        }
        let size = total(&measure(project, &files)?);
        let counted = if matches!(budget.part, Part::Single) { size.raw } else { size.brotli };
        let percent = counted.saturating_mul(100) / budget.most;
        let verdict = if counted > budget.most { "  over budget" } else { "" };
        println!(
            "{:<24}{:>12}{:>12}{:>12}{percent:>7}%{verdict}",
            budget.name, size.raw, size.brotli, budget.most
        );
    }
    Ok(())
}

fn files_of(project: &Project, part: &Part) -> Result<Vec<PathBuf>, Failure> {
    match part {
        Part::Package(names) => Ok(names.iter().map(|name| project.npm().join(name)).collect()),
        Part::FirstLoad if project.site().is_dir() => first_load(&project.site()),
        Part::Single => Ok(vec![project.single()]),
        Part::FirstLoad => Ok(vec![project.site().join("index.html")]),
    }
}

//! `corpora`: gets the public corpora, reads them beside OpenSSL, writes `docs/corpora.md`.

use std::fs;

use crate::failure::Failure;
use crate::options::Options;
use crate::project::Project;
use crate::run::{Output, cargo, program};

/// What is fetched, by name, version and hash.
const REQUIREMENTS: &str = "tests/conformance/corpora.txt";

pub(crate) fn command(project: &Project, options: Options) -> Result<(), Failure> {
    install(project)?;
    let mut test = cargo(project);
    test.args(["test", "-p", "conformance", "--test", "corpora", "--", "--include-ignored"]);
    if options.has("write") {
        // Counting against a page that is about to be replaced would only fail.
        test.args(["beside_openssl"]).env("ESTAMPILLE_CORPORA_WRITE", "1");
    }
    Output::Shown.run(&mut test)
}

/// Into the output folder, so that `cargo clean` removes it; pip keeps what it downloaded in a cache of its own.
fn install(project: &Project) -> Result<(), Failure> {
    let wanted = project.root.join(REQUIREMENTS);
    let wanted_text = fs::read(&wanted).map_err(Failure::at(&wanted))?;
    let folder = project.target.join("corpora");
    let stamp = folder.join("installed.txt");
    let is_there = folder.join("cryptography_vectors").is_dir();
    if is_there && fs::read(&stamp).is_ok_and(|installed| installed == wanted_text) {
        eprintln!("public corpora — present");
        return Ok(());
    }
    let pip = ["pip3", "pip"].into_iter().find(|name| project.which(name).is_some());
    let pip = pip.ok_or_else(|| Failure::new("pip is missing: apt-get install python3-pip"))?;
    let mut install = program(project, pip);
    install.args([
        "install",
        "--no-deps",
        "--no-compile",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--upgrade",
    ]);
    install.args(["--disable-pip-version-check", "--quiet", "--target"]).arg(&folder).arg("-r").arg(&wanted);
    Output::Shown.run(&mut install).map_err(|failure| {
        Failure::new(format!("{failure}\nWithout a network the tests go on without the corpora, and say so."))
    })?;
    fs::write(&stamp, wanted_text).map_err(Failure::at(&stamp))
}

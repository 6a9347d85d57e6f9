//! Every developer command of Estampille. `cargo xtask` alone prints them.
//!
//! One file a command; what they share is in `project` (where things are), `run` (calling programs),
//! `tools` (what must be installed) and `wasm` (from a crate to a module).

// A command-line program talks on its standard streams.
#![allow(clippy::print_stderr, clippy::print_stdout)]

mod assistant;
mod bench;
mod built;
mod chain;
mod corpora;
mod debian;
mod doctor;
mod failure;
mod finess_index;
mod fuzz;
mod http;
mod options;
mod package;
mod project;
mod pwa;
mod reproduce;
mod run;
mod serve;
mod shorten;
mod single;
mod site;
mod sizes;
mod split;
mod sums;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

use failure::Failure;
use options::Options;
use project::Project;

const USAGE: &str = "\
cargo xtask <command>

  serve     build the page, serve it on 127.0.0.1 and open it
              --port N (8017, or the next free one)  --no-open  --no-build
  build     the page, into dist/site/
  single    the page in one file that opens without a server, into dist/estampille.html   --no-build
  package   the npm package, into dist/npm/
  test      everything: format, clippy, unit, docs, Node, Chromium and Firefox
              --lint --unit --node --browser   only these parts
              --only NAME                      only the journeys or tests whose name holds NAME
              --in chromium|firefox            only this browser
              --no-build                       on what is already in dist/
  bench     sizes beside their budgets, and peers that do the same work   --no-build
              --large  a FINESS+ file of 750 MB, made up and read in a browser: time and memory
  chain     FILE.p7b…: the official chain of the IGC-Santé, compared with the pinned fingerprints and built in
  reproduce builds the commit here and in a second folder, and compares the bytes
  finess-index  FILE [FILE] [-o OUT]: the index of the FINESS register, from the official files, built into the page;
              -o    for another place that serves it
  corpora   public corpora, read by us and by OpenSSL: compared with docs/corpora.md
              --write   writes it anew
  fuzz      every reader under libFuzzer, one after the other; needs a nightly toolchain
              --minutes N (30 each)  --only READER
  doctor    what is missing, and the exact command that gets it

What is missing is installed by the command that needs it, once.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Failure> {
    let Some((command, rest)) = arguments.split_first() else {
        println!("{USAGE}");
        return Ok(());
    };
    let project = Project::find()?;
    match command.as_str() {
        "serve" => serve::command(&project, Options::parse(rest, &["port"], &["no-open", "no-build"])?),
        "build" => {
            Options::parse(rest, &[], &[])?;
            site::command(&project)
        }
        "single" => single::command(&project, Options::parse(rest, &[], &["no-build"])?),
        "package" => {
            Options::parse(rest, &[], &[])?;
            package::command(&project)
        }
        "test" => test::command(
            &project,
            Options::parse(rest, &["only", "in"], &["lint", "unit", "node", "browser", "no-build"])?,
        ),
        "bench" => bench::command(&project, Options::parse(rest, &[], &["no-build", "large"])?),
        "chain" => chain::command(&project, rest),
        "reproduce" => {
            Options::parse(rest, &[], &[])?;
            reproduce::command(&project)
        }
        "finess-index" => finess_index::command(&project, rest),
        "corpora" => corpora::command(&project, Options::parse(rest, &[], &["write"])?),
        "fuzz" => fuzz::command(&project, Options::parse(rest, &["minutes", "only"], &[])?),
        "doctor" => {
            Options::parse(rest, &[], &[])?;
            doctor::command(&project)
        }
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Failure::new(format!("no command {other:?}\n\n{USAGE}"))),
    }
}

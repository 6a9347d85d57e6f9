//! `finess-index FILE… -o OUT`: makes the index that a host can serve, from the official files. Called by
//! `cargo xtask finess-index`.

// A command-line program talks on its standard streams.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Read as _;
use std::process::ExitCode;
use std::time::Instant;

use finess::{Index, Rows, Source, SourceError};

const PIECE: usize = 256 * 1024;

fn main() -> ExitCode {
    match run(std::env::args_os().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("finess-index: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: impl Iterator<Item = OsString>) -> Result<(), String> {
    let (mut files, mut out) = (Vec::new(), None);
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        if argument == "-o" {
            out = arguments.next();
        } else {
            files.push(argument);
        }
    }
    let out = out.ok_or("where to? finess-index FILE… -o OUT")?;
    if files.is_empty() {
        return Err("no file: finess-index FILE… -o OUT".to_owned());
    }
    let began = Instant::now();
    let mut rows = Rows::new();
    let mut date: Option<String> = None;
    for name in &files {
        let shown = name.to_string_lossy();
        let fault = |error: SourceError| format!("{shown}: {error}");
        let mut file = File::open(name).map_err(|error| format!("{shown}: {error}"))?;
        let mut source = Source::new();
        let mut piece = vec![0; PIECE];
        loop {
            let length = file.read(&mut piece).map_err(|error| format!("{shown}: {error}"))?;
            if length == 0 {
                break;
            }
            source.feed(piece.get(..length).unwrap_or_default(), &mut rows).map_err(fault)?;
        }
        let report = source.finish(&mut rows).map_err(fault)?;
        println!(
            "{shown}: {} sites, {} legal entities, {} left out, of {}",
            report.sites,
            report.entities,
            report.skipped,
            report.date.as_deref().unwrap_or("an unknown day")
        );
        date = match (date, report.date) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    let index = Index::build(rows, date.as_deref()).map_err(|error| error.to_string())?;
    let unnamed = index.records().filter(|record| record.name().is_empty()).count();
    if unnamed > 0 {
        println!(
            "{unnamed} legal entities have no name: add the file of the legal entities (etalab-cs1100501)"
        );
    }
    fs::write(&out, index.bytes()).map_err(|error| format!("{}: {error}", out.to_string_lossy()))?;
    println!(
        "{}: {} sites, {} legal entities, {} octets, in {:.1?}",
        out.to_string_lossy(),
        index.sites(),
        index.entities(),
        index.bytes().len(),
        began.elapsed()
    );
    Ok(())
}

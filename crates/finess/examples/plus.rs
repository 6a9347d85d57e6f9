//! A FINESS+ file made up to the schema, in memory bounded whatever its size.
//!
//! `cargo run --release -p finess --example plus -- MEGABYTES` reads it as it is made, and tells time and memory;
//! with `--write` it goes to the standard output instead, for a browser to be tried on.

// A command-line program talks on its standard streams and stops where it cannot go on.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../tests/support/plus.rs"]
mod plus;

use std::io::Write as _;
use std::time::Instant;
use std::{env, fs, io};

use finess::{Index, Options, Rows, Source};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let megabytes =
        arguments.iter().find_map(|argument| argument.parse::<u64>().ok()).expect("how many megabytes");
    let mut file = plus::Plus::new(megabytes * 1_000_000);
    let mut piece = String::new();
    if arguments.iter().any(|argument| argument == "--write") {
        let mut out = io::BufWriter::new(io::stdout().lock());
        loop {
            file.next(&mut piece);
            if piece.is_empty() {
                break;
            }
            out.write_all(piece.as_bytes()).expect("the output is taken");
        }
        return;
    }
    let began = Instant::now();
    let (mut rows, mut source, mut octets) = (Rows::new(), Source::new(), 0);
    loop {
        file.next(&mut piece);
        if piece.is_empty() {
            break;
        }
        octets += piece.len();
        source.feed(piece.as_bytes(), &mut rows).expect("FINESS+");
    }
    let report = source.finish(&mut rows).expect("the whole file");
    let read = began.elapsed();
    let index = Index::build(rows, report.date.as_deref()).expect("an index");
    println!(
        "{octets} octets, {} entities, {} sites: made and read in {read:?}, built in {:?}, index of {} octets, peak memory {}",
        report.entities,
        report.sites,
        began.elapsed(),
        index.bytes().len(),
        peak()
    );
    println!("{} found", index.search("clinique saint louis paris", &Options::default()).len());
}

/// The most memory this process had, where the system tells.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .map_or("?".to_owned(), |line| line.trim().to_owned())
}

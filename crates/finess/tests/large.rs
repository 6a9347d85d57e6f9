//! FINESS+ files larger than memory should hold: what is kept of one is its structures.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

mod support {
    pub(crate) mod plus;
}

use finess::{Index, Options, Rows, Source, SourceReport};
use support::plus::Plus;

fn read(octets: u64) -> (SourceReport, Index, u32) {
    let mut file = Plus::new(octets);
    let (mut rows, mut source, mut piece) = (Rows::new(), Source::new(), String::new());
    loop {
        file.next(&mut piece);
        if piece.is_empty() {
            break;
        }
        source.feed(piece.as_bytes(), &mut rows).unwrap();
    }
    let report = source.finish(&mut rows).unwrap();
    let index = Index::build(rows, report.date.as_deref()).unwrap();
    (report, index, file.entities())
}

#[test]
fn a_few_megabytes() {
    let (report, index, entities) = read(6_000_000);
    assert_eq!((report.entities, report.skipped, report.misspelt), (entities, 0, 0));
    assert_eq!((index.entities(), index.sites()), (entities as usize, report.sites as usize));
    // What is kept is a small part of what is read.
    assert!(index.bytes().len() < 1_200_000, "{}", index.bytes().len());
    assert!(!index.search("clinique saint louis paris", &Options::default()).is_empty());
}

/// `cargo test --release -p finess --test large -- --ignored --nocapture`: the size of the real file.
#[test]
#[ignore = "reads 750 MB"]
fn as_large_as_the_real_one() {
    let (report, index, _) = read(750_000_000);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("VmHWM: ? kB");
    println!(
        "{} entities, {} sites, index of {} octets, {peak}",
        report.entities,
        report.sites,
        index.bytes().len()
    );
    let kilobytes: Option<u64> = peak.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse().ok());
    assert!(kilobytes.is_none_or(|kilobytes| kilobytes < 300_000), "{peak}");
}

//! Public corpora: files that others collected to try readers with, read by us and by OpenSSL.
//!
//! `cargo xtask corpora` gets them (`corpora.txt`), asks OpenSSL beside us, and writes `docs/corpora.md`. On every other
//! run what we read is counted again and compared with that page, where the corpora are installed.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod data;
mod document;
mod kind;
mod openssl;
mod ours;
mod signatures;

use std::collections::BTreeMap;
use std::time::Duration;

use data::{Corpora, corpus, files_of};
use document::{Difference, Document};
use ours::Reading;

/// A file of a few kilobytes must not take longer, on the slowest machine and with a hundred thousand rounds of PBKDF2
/// for each of the secrets tried.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn as_many_are_read_as_the_documentation_says() {
    let Some(corpus) = corpus() else { return };
    let data = Corpora::load();
    let mut counts = BTreeMap::new();
    for folder in data.all_folders() {
        for file in files_of(&corpus, folder) {
            let reading = Reading::of(&file, data.passphrases_of(folder));
            assert!(reading.time < PATIENCE, "{} took {:?}", file.display(), reading.time);
            for kind in reading.kinds {
                *counts.entry((folder.to_owned(), kind)).or_insert(0) += 1;
            }
        }
    }
    let documented = document::our_counts(&document::written());
    assert_eq!(
        documented, counts,
        "docs/corpora.md is not of this reader: `cargo xtask corpora` writes it anew"
    );
}

#[test]
fn signatures_of_pkits_are_judged_as_its_authors_meant() {
    let Some(corpus) = corpus() else { return };
    assert_eq!(signatures::judge(&corpus), signatures::meant());
}

#[test]
#[ignore = "calls OpenSSL some thousands of times: cargo xtask corpora"]
fn beside_openssl() {
    let (Some(corpus), Some(openssl)) = (corpus(), conformance::openssl()) else { return };
    let data = Corpora::load();
    let mut document = Document::new(openssl::version(&openssl));
    let mut unexplained = Vec::new();
    for folder in data.all_folders() {
        let compared = data.folders.iter().any(|compared| compared.path == folder);
        for file in files_of(&corpus, folder) {
            let ours = Reading::of(&file, data.passphrases_of(folder));
            if !compared {
                document.count_alone(folder, &ours.kinds);
                continue;
            }
            let theirs = openssl::kinds(&openssl, &file, data.passphrases_of(folder));
            document.count(folder, &ours.kinds, &theirs);
            for difference in Difference::between(folder, &file, &ours, &theirs) {
                match data.reason(&difference) {
                    Some(reason) => document.explain(reason, difference),
                    None => unexplained.push(difference),
                }
            }
        }
    }
    assert!(unexplained.is_empty(), "differences without a reason in corpora.toml: {unexplained:#?}");
    let stale: Vec<&str> =
        data.reasons.iter().filter(|reason| !document.uses(reason)).map(|r| r.why.as_str()).collect();
    assert!(stale.is_empty(), "reasons that explain nothing any more: {stale:#?}");
    document.write_or_compare();
}

//! Every real certificate and revocation list dropped at once, as an estate.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

#[path = "support/set.rs"]
mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use estampille::contract::{FileInput, SetFile, SetOptions};

/// The files of real certificates and lists, or nothing, with a word about it.
fn real_files() -> Option<Vec<SetFile>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let folder = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or(beside, PathBuf::from).join("igc-sante");
    if !folder.is_dir() {
        println!(
            "no real certificates at {}: set ESTAMPILLE_REAL_DATA; this test proved nothing",
            folder.display()
        );
        return None;
    }
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .flat_map(|path| fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()))
        .collect();
    paths.sort();
    let file = |path: &PathBuf| SetFile {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: FileInput::new(fs::read(path).unwrap()),
    };
    Some(paths.iter().map(file).collect())
}

#[test]
fn an_estate_of_real_certificates() {
    let Some(files) = real_files() else { return };
    let options = SetOptions { at: Some("2024-06-01".to_owned()), ..SetOptions::default() };
    let report = support::run(&files, &options);
    let named: BTreeSet<&str> = report.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(named.len(), files.len(), "a file has no item");
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &report.items {
        *kinds.entry(item.kind.as_ref()).or_default() += 1;
    }
    println!("{} files: {kinds:?}; {} findings together", files.len(), report.findings.len());
    for finding in &report.findings {
        println!("  {}", support::told(finding));
    }
    assert!(kinds["certificate"] > 30 && kinds["authority"] > 10, "{kinds:?}");
    // Soonest expiry first.
    let ends: Vec<&str> = report
        .items
        .iter()
        .filter_map(|item| Some(item.report.as_ref()?.certificate.not_after.as_str()))
        .collect();
    assert!(ends.is_sorted(), "{ends:?}");
    // The certificates that the list of their authority revokes are told so, and by which list.
    let revoked: Vec<&str> = report
        .items
        .iter()
        .filter(|item| {
            report
                .findings_of(item)
                .any(|finding| finding.code == "revocation" && finding.severity == "error")
        })
        .map(|item| item.crl_file.as_deref().unwrap_or(""))
        .collect();
    assert!(!revoked.is_empty() && revoked.iter().all(|list| list.contains("organisations")), "{revoked:?}");
    // No real key serves two structures.
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.code != "shared-key-across-subjects" || finding.severity != "error")
    );
}

//! The cases of `tests/cases/sets`: made-up files, and what is said of them together.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "support/set.rs"]
mod support;

use std::{fs, path::PathBuf};

use estampille::contract::{FileInput, SetFile, SetItem, SetOptions, SetReport};
use serde::Deserialize;
use support::{Written, awaited, files, plan, run};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    name: String,
    files: Vec<Written>,
    #[serde(default)]
    plan: Vec<support::Planned>,
    /// Requests made in this session.
    #[serde(default)]
    session: Vec<support::Session>,
    #[serde(default)]
    passphrases: Vec<String>,
    at: Option<String>,
    /// Files of `tests/cases/hostile/seeds` trusted beside the usual authority, and revocation lists given as options.
    #[serde(default)]
    anchors: Vec<String>,
    #[serde(default)]
    lists: Vec<String>,
    /// One line an item, see `line`.
    items: Vec<String>,
    /// `severity code: title` of the set.
    #[serde(default)]
    findings: Vec<String>,
    verdict: String,
}

#[test]
fn sets() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/sets"));
    let mut wrong = Vec::new();
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    names.sort();
    assert!(!names.is_empty());
    for path in names {
        for case in toml::from_str::<File>(&fs::read_to_string(path).unwrap()).unwrap().case {
            let options = SetOptions {
                plan: (!case.plan.is_empty()).then(|| plan(&case.plan)),
                expected: (!case.session.is_empty()).then(|| awaited(&case.session)),
                at: Some(case.at.clone().unwrap_or_else(|| "2026-11-20".to_owned())),
                passphrases: Some(case.passphrases.iter().map(|text| support::secret(text)).collect()),
                trust_anchors: Some(seeds(&case.anchors).chain([support::authority_file()]).collect()),
                crls: Some(seeds(&case.lists).collect()),
            };
            wrong.extend(compare(&case, &run(&files(&case.files), &options)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn seeds(names: &[String]) -> impl Iterator<Item = FileInput> {
    names.iter().map(|name| FileInput::new(support::seed(name)))
}

fn compare(case: &Case, report: &SetReport) -> Option<String> {
    let items: Vec<String> = report.items.iter().map(|item| line(report, item)).collect();
    let findings: Vec<String> = report.findings.iter().map(support::told).collect();
    if items == case.items && findings == case.findings && report.verdict == case.verdict {
        return None;
    }
    let list = |lines: &[String]| lines.iter().map(|line| format!("\n    {line:?},")).collect::<String>();
    Some(format!(
        "{}\nitems = [{}\n]\nfindings = [{}\n]\nverdict = {:?}",
        case.name,
        list(&items),
        list(&findings),
        report.verdict
    ))
}

/// `file kind n/m verdict key=… csr=… crl=… of=… planned=… then=…: findings of the item; those of its report about keys,
/// names and the structure that are not ok`.
fn line(set: &SetReport, item: &SetItem) -> String {
    let mut words = vec![item.name.clone(), item.kind.to_string()];
    words.extend(item.of.map(|place| format!("{}/{}", place.position, place.count)));
    words.extend(item.report.as_ref().map(|report| report.verdict.to_string()));
    let named = [
        ("key", &item.key_file),
        ("csr", &item.csr_file),
        ("crl", &item.crl_file),
        ("of", &item.certificate_file),
        ("planned", &item.planned),
        ("then", &item.followed_by),
    ];
    words.extend(named.iter().filter_map(|(name, file)| Some(format!("{name}={}", file.as_ref()?))));
    let about = [
        "key-matches",
        "common-name",
        "insi-name",
        "structure-id",
        "product",
        "validity",
        "environment",
        "revocation",
    ];
    let report = set.findings_of(item).filter(|finding| {
        ["warning", "error"].contains(&finding.severity.as_ref())
            && about.iter().any(|code| finding.code.starts_with(code))
    });
    let said: Vec<String> = item.findings.iter().chain(report).map(support::said).collect();
    let end = if said.is_empty() { String::new() } else { format!(": {}", said.join(", ")) };
    format!("{}{end}", words.join(" "))
}

/// The same files, whatever their order, give the same certificates the same keys.
#[test]
fn the_order_of_the_files_does_not_matter() {
    let written: Vec<Written> = ["a.cer", "b.cer"]
        .iter()
        .zip(["key-0", "key-1"])
        .flat_map(|(name, key)| {
            let certificate = toml::toml! { key = key };
            [Written::certificate(name, certificate), Written::key(&format!("of-{name}.key"), key)]
        })
        .collect();
    let mut files: Vec<SetFile> = files(&written);
    let options = SetOptions { at: Some("2026-11-20".to_owned()), ..SetOptions::default() };
    let pairs = |files: &[SetFile]| {
        let report = run(files, &options);
        let mut pairs: Vec<_> =
            report.items.iter().map(|item| (item.name.clone(), item.key_file.clone())).collect();
        pairs.sort();
        pairs
    };
    let before = pairs(&files);
    assert_eq!(before[0].1.as_deref(), Some("of-a.cer.key"));
    files.reverse();
    assert_eq!(pairs(&files), before);
}

//! The use cases on many files.

use std::hint::black_box;

use estampille::contract::{FileInput, Secret, SetFile, SetOptions};
use estampille::{calendar, passport, set};
use messages::Locale;

use crate::check::{NOW, ask, context, engine, run};
use crate::keys::SECRET;
use crate::parts::split;

/// Six files.
pub(crate) fn set(bytes: &[u8]) {
    check_set(&split::<6>(bytes));
}

/// Checks files together.
pub fn check_set(parts: &[&[u8]]) {
    let file = |(number, part): (usize, &&[u8])| SetFile {
        name: format!("fichier-{number}"),
        bytes: FileInput::new(part.to_vec()),
    };
    let files: Vec<SetFile> = parts.iter().enumerate().map(file).collect();
    let options =
        SetOptions { passphrases: Some(vec![Secret::new(SECRET.to_owned())]), ..SetOptions::default() };
    let report = run(set::check(&context(&engine()), &files, &options, |_, _| ()));
    let report = report.expect("no file makes the check of a set fail");
    ask(&report.findings);
    ask(&report.report_findings);
    for item in &report.items {
        ask(&item.findings);
        assert!(files.iter().any(|file| file.name == item.name), "an item is of a file");
        let told = item.report.as_ref().map_or(0, |report| report.findings.len());
        assert_eq!(report.findings_of(item).count(), told, "each place is that of a finding");
    }
}

/// What is written from a certificate: the calendar of its end, its passport.
pub(crate) fn papers(bytes: &[u8]) {
    let file = FileInput::new(bytes.to_vec());
    match calendar::renewal(Locale::Fr, NOW, std::slice::from_ref(&file)) {
        Ok(text) => {
            for line in text.split("\r\n") {
                assert!(line.len() <= 75, "RFC 5545 folds lines at 75 octets: {line:?}");
                assert!(!line.contains(['\r', '\n']), "no line end of another kind: {line:?}");
            }
        }
        Err(error) => drop(black_box(messages::error(Locale::Fr, &error))),
    }
    match passport::of(&file) {
        Ok(passport) => drop(black_box(passport)),
        Err(error) => drop(black_box(messages::error(Locale::En, &error))),
    }
}

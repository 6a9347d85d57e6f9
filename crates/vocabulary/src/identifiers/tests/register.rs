//! Numbers of the public register, read from a folder that is not part of the project.

use std::{fs, path::PathBuf};

use super::told;
use crate::{
    IdentifierKind,
    identifiers::{Finess, Overseas, report},
};

/// A file of the register: `ESTAMPILLE_REAL_DATA`, or `shared/fixtures` beside the project.
fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let root = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures")),
        PathBuf::from,
    );
    let path = root.join("finess").join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()),
        Err(error) => {
            println!("REGISTER ABSENT, NUMBERS NOT VERIFIED: {}: {error}", path.display());
            None
        }
    }
}

/// Every number of the column is valid without a word, and there are at least so many. Cells that hold another
/// number (30 SIREN among the SIRET of the survey) are recognised.
fn all_pass(rows: &[Vec<String>], column: usize, kind: IdentifierKind, at_least: usize) {
    let numbers: Vec<_> =
        rows.iter().filter_map(|row| row.get(column)).filter(|text| !text.is_empty()).collect();
    assert!(numbers.len() >= at_least, "{} numbers in column {column}", numbers.len());
    let mut others = 0;
    for number in numbers {
        let report = report(kind, number);
        if kind == IdentifierKind::Siret && number.len() == 9 {
            assert_eq!(told(&report), ["error length", "warning look-alike"], "{number}");
            others += 1;
            continue;
        }
        assert_eq!(report.canonical.as_ref(), Some(number));
        let likenesses = report.findings.iter().filter(|finding| finding.code() == "look-alike").count();
        assert_eq!(report.findings.len(), likenesses, "{number}: {:?}", told(&report));
        assert!(kind != IdentifierKind::Finess || likenesses == 0, "{number}");
    }
    assert!(others <= 30, "{others} other numbers in column {column}");
}

#[test]
fn establishments_of_2021() {
    let Some(rows) = rows("finess-et-2021-01-08-sample.csv") else { return };
    let (head, rows) = rows.split_first().unwrap();
    assert_eq!((&*head[0], &*head[1], &*head[10]), ("nofinesset", "nofinessej", "siret"));
    all_pass(rows, 0, IdentifierKind::Finess, 1_700);
    all_pass(rows, 1, IdentifierKind::Finess, 1_700);
    all_pass(rows, 10, IdentifierKind::Siret, 1_000);
}

#[test]
fn hospitals_of_the_2023_survey() {
    let Some(rows) = rows("sae-2023-statut-juridique-sample.csv") else { return };
    let (head, rows) = rows.split_first().unwrap();
    assert_eq!((&*head[0], &*head[2], &*head[8]), ("fi", "fi_ej", "sir"));
    all_pass(rows, 0, IdentifierKind::Finess, 700);
    all_pass(rows, 2, IdentifierKind::Finess, 700);
    all_pass(rows, 8, IdentifierKind::Siret, 600);
}

#[test]
fn overseas_establishments_of_2026() {
    let Some(rows) = rows("etalab-cs1100502-extract-2026-05-12.csv") else { return };
    let rows: Vec<_> = rows.into_iter().filter(|row| row[0] == "structureet").collect();
    all_pass(&rows, 1, IdentifierKind::Finess, 13);
    all_pass(&rows, 2, IdentifierKind::Finess, 13);
    // The territory of the number is the one the file names.
    for row in &rows {
        let number = Finess::parse(&row[1]).unwrap();
        let territory = number.overseas().map(Overseas::file_code);
        assert_eq!(territory.unwrap_or("01"), row[13], "{}", row[1]);
    }
}

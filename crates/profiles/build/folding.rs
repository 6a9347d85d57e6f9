//! `data/folding.toml`.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Deserialize;

use crate::shared::read;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Folding {
    runs: Vec<(u32, char, u8)>,
    several: BTreeMap<String, String>,
    marks: BTreeMap<String, String>,
}

pub(crate) fn generate() -> String {
    let folding: Folding = read("folding.toml");
    let mut out = String::from("static RUNS: &[(u32, u8, u8)] = &[\n");
    let mut past = 0x80;
    for (first, letter, count) in &folding.runs {
        assert!(*first >= past, "runs are sorted: {first:X}");
        past = first + u32::from(*count);
        let letter = u8::try_from(*letter).expect("an ASCII letter");
        let last = letter + (count - 1);
        assert!(letter.is_ascii_alphanumeric() && last.is_ascii_alphanumeric(), "{first:X}: {letter}");
        writeln!(out, "    ({first}, {letter}, {count}),").expect("a String");
    }
    out.push_str("];\n\nstatic SEVERAL: &[(u32, &str)] = &[\n");
    for (code, letters) in sorted(&folding.several) {
        writeln!(out, "    ({code}, {letters:?}),").expect("a String");
    }
    out.push_str("];\n\nstatic MARKS: &[(u32, &str)] = &[\n");
    for (code, letters) in sorted(&folding.marks) {
        writeln!(out, "    ({code}, {letters:?}),").expect("a String");
    }
    out + "];\n"
}

fn sorted(table: &BTreeMap<String, String>) -> Vec<(u32, &str)> {
    let mut rows: Vec<(u32, &str)> = table
        .iter()
        .map(|(code, letters)| (u32::from_str_radix(code, 16).expect("a code point"), letters.as_str()))
        .collect();
    rows.sort_unstable();
    rows
}

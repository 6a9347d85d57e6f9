//! Checks `data/*.toml` and compiles them into tables, so that nothing is parsed at run time.

#![allow(clippy::expect_used, clippy::panic, reason = "a build script stops the build")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs, path::Path};

use serde::{Deserialize, de::DeserializeOwned};
use vocabulary::Document;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Abbreviations {
    stop_words: Vec<String>,
    abbreviation: Vec<Abbreviation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviation {
    short: String,
    long: Vec<String>,
    confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Categories {
    sources: Vec<String>,
    category: Vec<Category>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Category {
    code: u16,
    label: String,
    words: Vec<String>,
}

fn main() {
    println!("cargo::rerun-if-changed=data");
    let out = abbreviations(&read("abbreviations")) + &categories(&read("categories"));
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join("tables.rs"), out).expect("OUT_DIR is writable");
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = format!("data/{name}.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn abbreviations(table: &Abbreviations) -> String {
    let stop: BTreeSet<&str> = table.stop_words.iter().map(|word| folded(word)).collect();
    let mut rows: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &table.abbreviation {
        assert!(["C", "O", "I"].contains(&row.confidence.as_str()), "{}: confidence", row.short);
        let short = folded(&row.short);
        assert!(!short.contains(' ') && !stop.contains(short), "{short}: one word that is no stop word");
        let long = row.long.iter().map(|long| {
            let words = long.split(' ').collect::<Vec<_>>();
            assert!(words.iter().all(|word| !stop.contains(word)), "{long}: without stop words");
            folded(long)
        });
        assert!(rows.insert(short, long.collect()).is_none(), "{short} stands twice");
    }
    // One text without pointers, a line each: a table of them would be kilobytes more to download.
    let mut lines = String::new();
    for (short, all) in &rows {
        for long in all {
            writeln!(lines, "{short}={long}").expect("a String");
        }
    }
    format!(
        "pub(crate) static STOP_WORDS: &str = {:?};\npub(crate) static SHORT_AND_LONG: &str = {lines:?};\n",
        stop.into_iter().collect::<Vec<_>>().join(" ")
    )
}

fn categories(table: &Categories) -> String {
    for source in &table.sources {
        let id = source.split_once(", ").map_or(source.as_str(), |(id, _)| id);
        assert!(Document::by_id(id).is_some(), "no document {id}");
    }
    let mut rows: Vec<&Category> = table.category.iter().collect();
    rows.sort_by_key(|row| row.code);
    assert!(rows.is_sorted_by(|a, b| a.code < b.code), "each category once");
    let mut lines = String::new();
    for row in rows {
        assert!((1..=999).contains(&row.code) && !row.label.is_empty(), "{}", row.code);
        assert!(!row.label.contains(['=', '\n']), "{}: a label that separates", row.code);
        let words: Vec<&str> = row.words.iter().map(|word| folded(word)).collect();
        writeln!(lines, "{}={}={}", row.code, row.label, words.join(" ")).expect("a String");
    }
    format!("pub(crate) static CATEGORIES: &str = {lines:?};\n")
}

/// Words as the index holds them.
fn folded(text: &str) -> &str {
    let good = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b' ');
    assert!(good && !text.is_empty() && text.trim() == text, "{text:?} is not folded");
    text
}

//! What may come along with us: licences, one generation of each family, no cryptography in C.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Licences that ask for no more than their own text, or nothing.
const LICENCES: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

/// Cryptography in C and assembly, which does not come along to the browser. A dash ends the name of a family.
const REFUSED: [&str; 3] = ["aws-lc-", "openssl-sys", "ring"];

/// Families of which two generations would double the code and not understand each other's types.
const ONCE: [&str; 14] = [
    "aes",
    "cbc",
    "crypto-bigint",
    "der",
    "digest",
    "hmac",
    "pbkdf2",
    "pkcs1",
    "pkcs5",
    "pkcs8",
    "rsa",
    "sha2",
    "signature",
    "spki",
];

#[test]
fn every_dependency_has_a_licence_we_can_pass_on() {
    let refused: Vec<String> = delivered()
        .into_iter()
        .filter(|package| !acceptable(&package.licence))
        .map(|package| format!("{} {}: {:?}", package.name, package.version, package.licence))
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn no_refused_crate_is_in_the_tree() {
    let found: Vec<_> =
        locked().into_iter().filter(|name| REFUSED.iter().any(|refused| is_refused(name, refused))).collect();
    assert!(found.is_empty(), "in the tree: {found:?}");
}

#[test]
fn one_generation_of_each_family() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in delivered().into_iter().filter(|package| ONCE.contains(&package.name.as_str())) {
        versions.entry(package.name).or_default().push(package.version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    assert!(versions.is_empty(), "in several versions: {versions:?}");
}

#[test]
fn reads_licence_expressions() {
    assert!(acceptable("MIT"));
    assert!(acceptable("GPL-3.0 OR MIT"));
    assert!(acceptable("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(acceptable("Unlicense/MIT"));
    assert!(acceptable("Apache-2.0 WITH LLVM-exception OR GPL-2.0"));
    assert!(!acceptable("MIT AND GPL-3.0"));
    assert!(!acceptable("(MIT OR Apache-2.0) AND MPL-2.0"));
    assert!(!acceptable(""));
}

/// Whether an SPDX expression (or the older form with a slash) lets us choose licences of the list.
fn acceptable(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let verdict = any(&mut words);
    verdict && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>) -> bool {
    let mut verdict = all(words);
    while words.next_if_eq(&"OR").is_some() {
        verdict |= all(words);
    }
    verdict
}

fn all(words: &mut Words<'_>) -> bool {
    let mut verdict = one(words);
    while words.next_if_eq(&"AND").is_some() {
        verdict &= one(words);
    }
    verdict
}

fn one(words: &mut Words<'_>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let verdict = any(words);
        return words.next_if_eq(&")").is_some() && verdict;
    }
    let mut name = words.next().unwrap_or_default().to_owned();
    if words.next_if_eq(&"WITH").is_some() {
        name = format!("{name} WITH {}", words.next().unwrap_or_default());
    }
    LICENCES.contains(&name.as_str())
}

fn is_refused(name: &str, refused: &str) -> bool {
    if refused.ends_with('-') { name.starts_with(refused) } else { name == refused }
}

/// Every package of Cargo.lock, once for each version.
fn locked() -> Vec<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let names: Vec<String> = lock
        .lines()
        .filter_map(|line| Some(line.strip_prefix("name = \"")?.strip_suffix('"')?.to_owned()))
        .collect();
    assert!(names.iter().any(|name| name == "vocabulary"), "Cargo.lock was not read as expected");
    names
}

/// A package that a visitor downloads a part of.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    licence: String,
}

/// What the page and both modules are made of; macros only run while they are compiled.
/// `--locked` also proves that Cargo.lock fits the manifests.
fn delivered() -> BTreeSet<Package> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--locked", "--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"])
        .args(["--package", "app", "--package", "atelier", "--package", "js"])
        .args(["--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let packages: BTreeSet<Package> = text.lines().filter(|line| !line.is_empty()).map(package).collect();
    assert!(packages.iter().any(|package| package.name == "vocabulary"), "the tree was not read as expected");
    packages
}

/// From `name v1.2.3 (where)|licence`.
fn package(line: &str) -> Package {
    let (what, licence) = line.split_once('|').unwrap();
    let mut words = what.split(' ');
    let mut next = || words.next().unwrap_or_default().to_owned();
    Package { name: next(), version: next(), licence: licence.to_owned() }
}

fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&here).ancestors().nth(2).unwrap().to_path_buf()
}

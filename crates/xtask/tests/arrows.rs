//! The arrows between crates point down only (ARCHITECTURE.md): read from what cargo itself reads.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Each member of the workspace, and the members it may use in what it delivers. A new crate gets a row here.
const ARROWS: [(&str, &[&str]); 19] = [
    ("vocabulary", &[]),
    ("messages", &["vocabulary"]),
    ("profiles", &["vocabulary"]),
    ("pki", &["vocabulary"]),
    ("finess", &["vocabulary"]),
    ("papers", &["vocabulary"]),
    ("doctrine", &["profiles", "vocabulary"]),
    ("checks", &["pki", "profiles", "vocabulary"]),
    ("browser", &["pki", "vocabulary"]),
    ("estampille", &["checks", "doctrine", "finess", "messages", "papers", "pki", "profiles", "vocabulary"]),
    ("js", SHELL),
    ("atelier", SHELL),
    ("forge", &["browser", "pki"]),
    ("greffe", SHELL),
    ("markup", &[]),
    ("app", &["browser", "estampille", "markup", "messages", "pki", "vocabulary"]),
    // Judges use what they judge; nothing uses them.
    ("conformance", &["checks", "doctrine", "finess", "messages", "papers", "pki", "profiles", "vocabulary"]),
    ("hostile", &["checks", "estampille", "finess", "messages", "papers", "pki", "vocabulary"]),
    ("xtask", &[]),
];

const SHELL: &[&str] = &["browser", "estampille", "messages", "pki", "vocabulary"];

/// The only crates that know a browser exists.
const IN_A_BROWSER: [&str; 6] = ["app", "atelier", "browser", "forge", "greffe", "js"];

/// Names, or beginnings of names, of crates that call a browser.
const OF_A_BROWSER: [&str; 8] =
    ["gloo", "js-sys", "leptos", "serde-wasm-bindgen", "tsify", "wasm-bindgen", "wasm-streams", "web-sys"];

#[test]
fn arrows_point_down_only() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let members = members();
    let names: BTreeSet<&str> = members.keys().map(String::as_str).collect();
    let mut faults = Vec::new();
    for (name, dependencies) in &members {
        let Some(allowed) = allowed.get(name.as_str()) else {
            faults.push(format!("{name} has no row in ARROWS"));
            continue;
        };
        for dependency in dependencies.iter().filter(|dependency| names.contains(dependency.as_str())) {
            if !allowed.contains(&dependency.as_str()) {
                faults.push(format!("{name} → {dependency}"));
            }
        }
    }
    assert!(faults.is_empty(), "arrows that must not be: {faults:#?}");
    assert!(members.len() >= 13, "only {} members were read", members.len());
}

#[test]
fn the_allowed_arrows_make_no_circle() {
    // A crate may only use those above its row, the shells and judges being last.
    let order: Vec<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    for (place, (name, allowed)) in ARROWS.iter().enumerate() {
        for dependency in *allowed {
            let other = order.iter().position(|candidate| candidate == dependency);
            assert!(other.is_some_and(|other| other < place), "{name} → {dependency}");
        }
    }
}

#[test]
fn only_the_shells_know_a_browser() {
    for (name, dependencies) in members() {
        if IN_A_BROWSER.contains(&name.as_str()) {
            continue;
        }
        let known: Vec<_> = dependencies
            .iter()
            .filter(|dependency| OF_A_BROWSER.iter().any(|start| dependency.starts_with(start)))
            .collect();
        assert!(known.is_empty(), "{name} knows a browser: {known:?}");
    }
}

/// The members of the workspace, each with the names of the packages it uses in what it delivers
/// (also while building it; a test may use what it likes).
fn members() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap();
            let delivered = dependencies.iter().filter(|dependency| dependency["kind"] != "dev");
            let names = delivered.map(|dependency| dependency["name"].as_str().unwrap().to_owned());
            (package["name"].as_str().unwrap().to_owned(), names.collect())
        })
        .collect()
}

fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&here).ancestors().nth(2).unwrap().to_path_buf()
}

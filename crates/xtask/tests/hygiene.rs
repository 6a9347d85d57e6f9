//! What the repository must not hold: paths of a machine, names of registries, copies of the reference material.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};

/// In two pieces each, so that this file does not find itself.
const REGISTRIES: [(&str, &str); 5] = [
    ("registry.", "npmjs.org"),
    ("registry.", "yarnpkg.com"),
    ("static.", "crates.io"),
    ("index.", "crates.io"),
    ("npm.", "pkg.github.com"),
];

/// Beginnings of absolute paths of a developer's or a build machine.
const MACHINES: [(&str, &str); 6] =
    [("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("C:\\Us", "ers\\"), ("/wo", "rk/"), ("/tm", "p/")];

/// The only way to name Cargo's registry in a lock file; cargo writes it, for every registry mirror alike.
const CARGO_LOCK_SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn no_machine_and_no_registry_is_named() {
    let mut faults = Vec::new();
    for path in tracked() {
        let Ok(text) = fs::read_to_string(root().join(&path)) else {
            // Not text, or deleted and not yet committed.
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            let place = || format!("{}:{}", path.display(), number + 1);
            for (start, end) in REGISTRIES {
                if line.contains(&format!("{start}{end}")) {
                    faults.push(format!("{} names a registry", place()));
                }
            }
            if MACHINES.iter().any(|(start, end)| names_path(line, &format!("{start}{end}"))) {
                faults.push(format!("{} names a machine's path: {}", place(), line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_npm_lock_says_nothing_of_where_packages_come_from() {
    let lock = fs::read_to_string(root().join("package-lock.json")).unwrap();
    assert!(lock.contains("\"integrity\""), "the lock holds no package");
    assert!(!lock.contains("\"resolved\""), "package-lock.json was written without .npmrc");
}

#[test]
fn cargo_takes_packages_from_the_one_registry() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for line in lock.lines().filter(|line| line.starts_with("source = ")) {
        assert!(line.contains(CARGO_LOCK_SOURCE), "{line}");
    }
}

#[test]
fn no_reference_material_is_copied() {
    let Some(folder) = reference_material() else {
        eprintln!("the reference material is absent (ESTAMPILLE_REAL_DATA): copies of it are not looked for");
        return;
    };
    let mut known = BTreeMap::new();
    for path in files_under(&folder) {
        known.insert(digest(&path), path);
    }
    assert!(!known.is_empty(), "{} holds no file", folder.display());
    let copies: Vec<String> = tracked()
        .into_iter()
        .filter(|path| root().join(path).is_file())
        .filter_map(|path| {
            let original = known.get(&digest(&root().join(&path)))?;
            Some(format!("{} is a copy of {}", path.display(), original.display()))
        })
        .collect();
    assert!(copies.is_empty(), "{copies:#?}");
}

/// Whether `line` holds `start` as the beginning of a path, and not as the middle of a longer one or of an address.
fn names_path(line: &str, start: &str) -> bool {
    line.match_indices(start).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || "._-/~}{*".contains(c))
    })
}

#[test]
fn a_path_is_told_from_a_part_of_one() {
    let start = format!("{}{}", "/ho", "me/");
    assert!(names_path(&format!("in {start}x"), &start));
    assert!(names_path(&format!("\"{start}x\""), &start));
    assert!(!names_path(&format!("pages{start}x.rs"), &start));
}

/// What git keeps, or would keep at the next commit.
fn tracked() -> Vec<PathBuf> {
    let output = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let files: Vec<PathBuf> = text.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect();
    assert!(files.contains(&PathBuf::from("Cargo.toml")), "git lists no files");
    files
}

fn reference_material() -> Option<PathBuf> {
    let named = env::var_os("ESTAMPILLE_REAL_DATA").map(PathBuf::from);
    named.or_else(|| Some(root().parent()?.join("shared/fixtures"))).filter(|folder| folder.is_dir())
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_under(&path));
        } else {
            files.push(path);
        }
    }
    files
}

fn digest(path: &Path) -> Vec<u8> {
    Sha256::digest(fs::read(path).unwrap()).to_vec()
}

fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap();
    Path::new(&here).ancestors().nth(2).unwrap().to_path_buf()
}

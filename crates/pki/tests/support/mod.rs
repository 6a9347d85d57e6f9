//! What the integration tests share.
#![allow(dead_code, reason = "each test uses a part")]

pub(crate) mod authority;

use std::path::{Path, PathBuf};

/// The folder of real certificates, or nothing, with a word about it.
pub(crate) fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let folder = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or(beside, PathBuf::from);
    let folder = folder.join("igc-sante");
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "no real certificates at {}: set ESTAMPILLE_REAL_DATA; this test proved nothing",
        folder.display()
    );
    None
}

/// The files of one folder below, by name.
pub(crate) fn files(folder: &Path, below: &str) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder.join(below))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "pem"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    found.sort();
    found
}

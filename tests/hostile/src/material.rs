//! What the readers start from (`tests/cases/hostile/seeds`), and what once harmed them (`tests/cases/hostile/found`).

use std::fs;
use std::path::{Path, PathBuf};

use pki::file;

use crate::parts::join;

/// Bytes with a name for messages.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name of the file, or of what was made from it.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The seeds whose names begin with one of `prefixes`, sorted.
pub(crate) fn files(prefixes: &[&str]) -> Vec<Named> {
    let mut all = read_folder(&folder().join("seeds"));
    all.retain(|seed| prefixes.iter().any(|prefix| seed.name.starts_with(prefix)));
    assert!(!all.is_empty(), "no seed begins with {prefixes:?}");
    all
}

/// One seed, by its whole name.
pub fn seed(name: &str) -> Vec<u8> {
    let path = folder().join("seeds").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The inputs kept since they harmed this reader.
pub fn found(reader: &str) -> Vec<Named> {
    let folder = folder().join("found").join(reader);
    if folder.is_dir() { read_folder(&folder) } else { Vec::new() }
}

/// The readers that have inputs kept: the folders of `found`.
pub fn readers_with_found() -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder().join("found")) else { return Vec::new() };
    let folders = entries.map(|entry| entry.expect("the folder is listed"));
    folders.filter(|entry| entry.path().is_dir()).map(|entry| name_of(&entry.path())).collect()
}

/// Distinguished names, as the certificates and requests of the seeds hold them.
pub(crate) fn names() -> Vec<Named> {
    let mut names = vec![Named { name: "empty".to_owned(), bytes: vec![0x30, 0] }];
    for seed in files(&["certificate", "authority", "request"]) {
        let Ok(contents) = file::read(&seed.bytes) else { continue };
        let subjects = contents.certificates().map(|found| found.subject().raw());
        let subjects = subjects.chain(contents.requests().map(|found| found.subject().raw()));
        names.extend(
            subjects.map(|raw| Named { name: format!("subject of {}", seed.name), bytes: raw.to_vec() }),
        );
    }
    names
}

/// One of each identifier that people type, and dates; the numbers are reserved for tests, or documented examples.
pub(crate) fn identifiers() -> Vec<Named> {
    let texts = [
        "750712184",
        "01 0000 024",
        "2A0000014",
        "732829320",
        "732 829 320 00074",
        "10003456785",
        "810003456785",
        "899700245667",
        "1750712184",
        "318751275100020",
        "10B0152872",
        "essai.example.fr",
        "*.essai.fr",
        "xn--hpital-pxa.fr",
        "@essai.mssante.fr",
        "prenom.nom@essai.mssante.fr",
        "2026-07-01T00:00:00Z",
        "2026-07-01T02:00:00.5+02:00",
        "2026-07-01",
    ];
    texts.iter().map(|text| Named { name: (*text).to_owned(), bytes: text.as_bytes().to_vec() }).collect()
}

/// `certificate, request, key, chain, list`, as [`crate::split`] parts them.
pub(crate) fn checks() -> Vec<Named> {
    let sets = [
        ["certificate.der", "request.der", "", "authority.der", "list.der"],
        ["certificate.pem", "", "key-aes-256-cbc.pem", "bundle.pem", "list.pem"],
        ["bundle.pem", "request-ec.der", "key-ec-pkcs8.pem", "chain-der.p7b", "delta.der"],
        ["modern.p12", "", "", "authority.pem", ""],
        ["certificates-in-clear.p12", "request.pem", "", "", ""],
        ["authority.der", "", "", "", ""],
        [
            "certificate-strange-name.der",
            "request-strange-name.der",
            "",
            "certificate-strange-name.der",
            "list.der",
        ],
        ["certificate.der", "request-strange-name.der", "key-ec-pkcs8.pem", "modern-strange-name.p12", ""],
        ["key.jks", "", "key.jks", "", ""],
        ["error-page.html", "error-page.html", "error-page.html", "error-page.html", "error-page.html"],
    ];
    joined(&sets)
}

/// Six files, as [`crate::split`] parts them.
pub(crate) fn sets() -> Vec<Named> {
    joined(&[
        ["certificate.der", "request.der", "key.pem", "authority.der", "list.der", "modern.p12"],
        [
            "certificate.der",
            "certificate.pem",
            "key-aes-256-cbc.pem",
            "key-pkcs1.pem",
            "delta.der",
            "error-page.html",
        ],
        [
            "bundle.pem",
            "chain-der.p7b",
            "trust.jks",
            "key.jks",
            "certificates-in-clear.p12",
            "request-ec.der",
        ],
        [
            "certificate-strange-name.der",
            "request-strange-name.der",
            "modern-strange-name.p12",
            "error-page-strange.html",
            "certificate.der",
            "key.pem",
        ],
        ["certificate-pss-v1.der", "authority.pem", "list.pem", "list.der", "key-sha1.der", "public.pem"],
    ])
}

/// `certificate, key, chain`.
pub(crate) fn kits() -> Vec<Named> {
    joined(&[
        ["certificate.der", "key.pem", "authority.der"],
        ["bundle.pem", "key-aes-256-cbc.pem", "chain-der.p7b"],
        ["modern.p12", "", "authority.pem"],
        ["modern-strange-name.p12", "", ""],
        ["certificates-in-clear.p12", "", ""],
        ["certificate.pem", "modern.p12", "trust.jks"],
        ["chain.p7b", "key-dek-info.pem", "list.der"],
    ])
}

/// `certificate, request`.
pub(crate) fn renewals() -> Vec<Named> {
    joined(&[
        ["certificate.der", "request.der"],
        ["modern.p12", "request-ec.der"],
        ["bundle.pem", "key-pkcs8.der"],
        ["authority.pem", ""],
        ["certificate-strange-name.der", "request-strange-name.der"],
    ])
}

fn joined<const N: usize>(sets: &[[&str; N]]) -> Vec<Named> {
    let bytes = |name: &str| if name.is_empty() { Vec::new() } else { seed(name) };
    let join_set = |set: &[&str; N]| {
        let parts = set.map(bytes);
        join(&parts.each_ref().map(Vec::as_slice))
    };
    sets.iter().map(|set| Named { name: set.join(", "), bytes: join_set(set) }).collect()
}

fn read_folder(folder: &Path) -> Vec<Named> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut all: Vec<Named> = entries
        .map(|entry| entry.expect("the folder is listed").path())
        .filter(|path| path.extension().is_none_or(|extension| extension != "sh"))
        .map(|path| Named { name: name_of(&path), bytes: fs::read(&path).expect("a seed is read") })
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/hostile")
}

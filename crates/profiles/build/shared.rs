//! What every generator needs: reading, source references, words, writing.

use std::{env, fs, path::Path};

use serde::{Deserialize, de::DeserializeOwned};
use vocabulary::{Document, Environment, Product, Timestamp};

/// Confidence tag of a row.
#[derive(Clone, Copy, Deserialize)]
pub(crate) enum Tag {
    C,
    I,
    O,
    S,
    U,
}

impl Tag {
    pub(crate) fn rust(self) -> &'static str {
        match self {
            Self::C => "Confidence::Confirmed",
            Self::I => "Confidence::Inferred",
            Self::O => "Confidence::Official",
            Self::S => "Confidence::Secondary",
            Self::U => "Confidence::Unconfirmed",
        }
    }
}

pub(crate) fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new("data").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn write(name: &str, text: &str) {
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join(name), text).expect("OUT_DIR is writable");
}

/// `["f413-2019, produits"]` → `&[Source { … }]`; every rule has a source.
pub(crate) fn sources(what: &str, rows: &[String]) -> String {
    assert!(!rows.is_empty(), "{what} has no source");
    let mut out = String::from("&[");
    for row in rows {
        let (id, section) = match row.split_once(", ") {
            Some((id, section)) => (id, Some(section)),
            None => (row.as_str(), None),
        };
        assert!(Document::by_id(id).is_some(), "{what}: no document is called {id:?}");
        let constant = id.replace('-', "_").to_uppercase();
        out.push_str(&format!("Source {{ document: Document::{constant}, section: {section:?} }}, "));
    }
    out + "]"
}

/// A word of the vocabulary as its Rust variant: the derived `Debug` writes its name.
pub(crate) fn product(what: &str, word: &str) -> String {
    let product: Product = word.parse().unwrap_or_else(|_| panic!("{what}: no product is called {word:?}"));
    format!("Product::{product:?}")
}

pub(crate) fn environment(what: &str, word: &str) -> String {
    let environment: Environment =
        word.parse().unwrap_or_else(|_| panic!("{what}: no environment is called {word:?}"));
    format!("Environment::{environment:?}")
}

pub(crate) fn moment(what: &str, text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap_or_else(|| panic!("{what}: {text:?} is not a moment"))
}

pub(crate) fn oid<'a>(what: &str, text: &'a str) -> &'a str {
    let arcs: Vec<&str> = text.split('.').collect();
    let number = |arc: &&str| arc.parse::<u64>().is_ok_and(|value| value.to_string() == **arc);
    assert!(arcs.len() > 2 && arcs.iter().all(number), "{what}: {text:?} is not an OID");
    text
}

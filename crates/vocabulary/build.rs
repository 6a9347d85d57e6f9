//! Compiles `data/documents.toml` into a Rust table, so that nothing is parsed at run time.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a build script stops the build")]

use std::fmt::Write as _;
use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=data/documents.toml");
    let text = fs::read_to_string("data/documents.toml").expect("data/documents.toml is readable");
    let table: toml::Table = text.parse().expect("data/documents.toml is TOML");
    let mut out = String::from("/// The table of documents.\nstatic DOCUMENTS: &[Document] = &[\n");
    let mut constants = String::from("impl Document {\n");
    for (id, row) in &table {
        let title = row["title"].as_str().expect("title is a text");
        let url = row.get("url").map(|url| url.as_str().expect("url is a text"));
        let name = id.replace('-', "_").to_uppercase();
        writeln!(out, "    *Document::{name},").expect("a String");
        writeln!(constants, "    /// {title}.\n    pub const {name}: &'static Self = &Self {{ id: {id:?}, title: {title:?}, url: {url:?} }};")
            .expect("a String");
    }
    out.push_str("];\n\n");
    constants.push_str("}\n");
    let path = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("documents.rs");
    fs::write(path, out + &constants).expect("OUT_DIR is writable");
}

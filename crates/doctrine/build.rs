//! Checks the tables of `data/` and compiles them into Rust, so that nothing is parsed at run time. A word the
//! contract does not know, a document that is not in the vocabulary's table, an unknown key: the build stops and says
//! where.

#![allow(clippy::expect_used, clippy::panic, reason = "a build script stops the build")]

#[path = "build/emit.rs"]
mod emit;
#[path = "build/tables.rs"]
mod tables;

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    let out = [
        emit::sectors(&tables::read("sectors")),
        emit::products(&tables::read("products")),
        emit::services(&tables::read("services"), &tables::read("products")),
        emit::links(&tables::read("links")),
        emit::steps(&tables::read("steps"), &tables::read("links")),
        emit::lost_key(&tables::read("lost-key"), &tables::read("links")),
        emit::card(&tables::read("platform-card"), &tables::read("links")),
        emit::notices(&tables::read("notices")),
        emit::f413(&tables::read("f413"), &tables::read("links")),
        emit::register_sectors(&tables::read("register-sectors")),
    ]
    .concat();
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join("tables.rs"), out).expect("OUT_DIR is writable");
}

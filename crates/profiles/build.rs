//! Checks `data/*.toml` and compiles it into Rust tables, so that nothing is parsed at run time.

#![allow(clippy::expect_used, clippy::panic, reason = "a build script stops the build")]

#[path = "build/authorities.rs"]
mod authorities;
#[path = "build/common.rs"]
mod common;
#[path = "build/departments.rs"]
mod departments;
#[path = "build/folding.rs"]
mod folding;
#[path = "build/naming.rs"]
mod naming;
#[path = "build/products.rs"]
mod products;
#[path = "build/shared.rs"]
mod shared;
#[path = "build/subject.rs"]
mod subject;

fn main() {
    println!("cargo::rerun-if-changed=data");
    shared::write("authorities.rs", &authorities::generate());
    let common = common::read();
    shared::write("common.rs", &common::generate(&common));
    shared::write("departments.rs", &departments::generate());
    shared::write("folding.rs", &folding::generate());
    shared::write("naming.rs", &naming::generate());
    shared::write("products.rs", &products::generate(&common));
    shared::write("subject.rs", &subject::generate());
}

//! Every reader of Estampille under bytes that wish it harm.
//!
//! A [`Reader`] takes any bytes through one of the product's readers and through all that its result can be asked, and
//! asserts what must hold for any of them. The tests of this crate and the fuzzer (`fuzz/`) run the same readers on the
//! same seeds, so that what one finds the other replays.

// This crate only serves tests, where a broken expectation must stop the test with its reason.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

pub mod build;
mod check;
mod containers;
mod dossier;
mod identifiers;
mod keys;
mod look;
mod material;
mod mutation;
mod parts;
mod register;
mod sets;

pub use check::check;
pub use material::{Named, found, readers_with_found, seed};
pub use mutation::Mutator;
pub use parts::{join, split};
pub use sets::check_set;

/// One way into the product.
#[derive(Clone, Copy)]
pub struct Reader {
    /// Its name, also that of its fuzz target, and of its folder of inputs that were found.
    pub name: &'static str,
    /// Reads; panics when what must hold for any bytes does not.
    pub read: fn(&[u8]),
    /// The good inputs it starts from.
    pub seeds: fn() -> Vec<Named>,
}

/// Every reader.
pub const READERS: &[Reader] = &[
    Reader { name: "file", read: look::file, seeds: || material::files(&[""]) },
    Reader {
        name: "certificate",
        read: look::certificate,
        seeds: || material::files(&["certificate", "authority"]),
    },
    Reader { name: "request", read: look::request, seeds: || material::files(&["request"]) },
    Reader { name: "key", read: keys::key, seeds: || material::files(&["key", "bag"]) },
    Reader {
        name: "pem",
        read: look::pem,
        seeds: || material::files(&["text", "crlf", "bundle", "bag", "message", "key-dek"]),
    },
    Reader { name: "list", read: containers::list, seeds: || material::files(&["list", "delta"]) },
    Reader {
        name: "pkcs12",
        read: containers::pkcs12,
        seeds: || {
            material::files(&[
                "modern",
                "legacy",
                "certificates-in",
                "no-mac",
                "all-in",
                "empty",
                "unicode",
                "trust-java",
            ])
        },
    },
    Reader {
        name: "pkcs7",
        read: containers::pkcs7,
        seeds: || material::files(&["chain", "signed", "enveloped"]),
    },
    Reader {
        name: "keystore",
        read: containers::keystore,
        seeds: || material::files(&["trust.jks", "key.j"]),
    },
    Reader { name: "name", read: look::name, seeds: material::names },
    Reader { name: "identifier", read: identifiers::identifier, seeds: material::identifiers },
    Reader { name: "check", read: check::certificate, seeds: material::checks },
    Reader { name: "set", read: sets::set, seeds: material::sets },
    Reader {
        name: "papers",
        read: sets::papers,
        seeds: || material::files(&["certificate", "authority", "bundle", "modern", "chain-der"]),
    },
    Reader { name: "identify", read: check::identify, seeds: || material::files(&[""]) },
    Reader { name: "kit", read: check::kit, seeds: material::kits },
    Reader { name: "renewal", read: check::renewal, seeds: material::renewals },
    Reader { name: "inspect", read: check::request, seeds: || material::files(&["request"]) },
    Reader { name: "register", read: register::file, seeds: register::files },
    Reader { name: "dossier", read: dossier::file, seeds: dossier::files },
    Reader { name: "index", read: register::index, seeds: register::indexes },
];

/// The reader of that name.
pub fn reader(name: &str) -> &'static Reader {
    READERS.iter().find(|reader| reader.name == name).expect("a reader has this name")
}

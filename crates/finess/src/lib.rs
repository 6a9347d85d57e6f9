//! The public FINESS register: readers of its files, an index, search.
//!
//! ```
//! use finess::{Index, Options, Rows, Source};
//!
//! let extract = "finess;etalab;111;2026-05-12\n\
//!     structureet;010000024;010780054;CH DES ESSAIS;;;;;;;;;;01;;01440 VIRIAT;;;355;Centre Hospitalier;;;;;;;1;;;;;\n";
//! let mut rows = Rows::new();
//! let mut source = Source::new();
//! for piece in extract.as_bytes().chunks(16) {
//!     source.feed(piece, &mut rows).unwrap();
//! }
//! let report = source.finish(&mut rows).unwrap();
//! let index = Index::build(rows, report.date.as_deref()).unwrap();
//! let found = index.search("centre hospitalier essais viri", &Options::default());
//! assert_eq!(found.first().and_then(|record| record.number()).map(|number| number.text()).as_deref(), Some("010000024"));
//! ```
//!
//! | Type | What |
//! |---|---|
//! | [`Source`] | reads one file, piece by piece: historical extracts or FINESS+ structures, plain or gzip, told apart by themselves |
//! | [`Rows`] | what the sources told, packed |
//! | [`Index`] | the register as one buffer: made of rows, or loaded in a moment |
//! | [`Options`] | what a search is held to beside its words |
//!
//! Facts of a structure are given as the register tells them (codes of category, legal status, ESPIC); what follows from them is
//! the doctrine's matter. Nothing here knows a clock, a language or a browser. Memory is bounded whatever a file's size:
//! lines, texts, depth, rows and the index have their most.
//!
//! # What was measured
//!
//! `cargo run --release -p finess --example speed -- FILE` builds, loads and searches the given file, and compares the index
//! with a plain scan and with `fst`.

mod checksum;
mod index;
mod kind;
mod number;
mod rows;
mod search;
mod source;
mod words;
mod write;

pub use index::{Index, IndexError, MAX_INDEX, Record, VERSION};
pub use kind::Kind;
pub use number::Number;
pub use rows::{MAX_ROWS, Rows};
pub use search::{MAX_RESULTS, Options};
pub use source::{MAX_OCTETS, Origin, Source, SourceError, SourceReport};

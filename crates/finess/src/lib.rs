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
//! The extract of 2021-01-08 (94,839 sites, 46,625 legal entities, 23.5 MB unpacked), 2,018 queries that rules make from it
//! (`tests/support/queries.rs`), two shared cores, native, optimised for size; `examples/speed.rs` measures it again:
//!
//! | | p50 | p95 |
//! |---|---:|---:|
//! | this index (words sorted, lists of who has each), ranking included | 25 µs | 94 µs |
//! | the same, a query for each letter that is typed | 70 µs | 550 µs |
//! | `fst` for the words, the same kind of lists, no ranking | 54 µs | 132 µs |
//! | plain scan of folded lines (5.3 MB), no ranking | 1.4 ms | 5.3 ms |
//!
//! In WebAssembly: read and built in 0.9 s of processor, loaded in 6 ms, p50 0.07 ms, p95 1.0 ms, 57 MB of memory; the index is
//! 9.4 MB (3.4 MB after brotli). Of the queries 99.5 % find their structure among the first ten, 89 % first (a part of a
//! number fits several). `fst` would save 0.3 MB of the index and cost seven kilobytes of download.
//!
//! A file of 750 MB made up to the schema of FINESS+ (`examples/plus.rs`; 82,000 legal entities, 163,919 sites): 3.8 s of
//! processor and 121 MB natively, 6.4 s and 136 MB in WebAssembly, the index of 28 MB included.
//!
//! What reads JSON was chosen so (stand-alone module, brotli; 200 MB natively): `actson` 9.6 kB and 0.86 s,
//! `json-event-parser` 13.2 kB and 1.17 s. For gzip: `miniz_oxide` with our own header and checksum 12.1 kB, `flate2` 37.1 kB.

mod checksum;
mod index;
mod kind;
mod number;
mod rows;
mod search;
mod source;
mod words;
mod write;

pub use index::{Index, IndexError, MAX_INDEX, Record, VERSION, is_index};
pub use kind::Kind;
pub use number::Number;
pub use rows::{MAX_ROWS, Rows};
pub use search::{MAX_RESULTS, Options};
pub use source::{MAX_OCTETS, Origin, Source, SourceError, SourceReport};

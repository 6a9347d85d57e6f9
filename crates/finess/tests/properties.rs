//! What holds for any octets and any words.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::hint::black_box;

use finess::{Index, IndexError, Number, Options, Rows, Source};
use proptest::prelude::*;
use support::{PLUS, entities, gzip, index, read, sites};

fn ask(index: &Index) {
    for query in ["a", "ch saint", "01", "paris 75", "000"] {
        for record in index.search(query, &Options::default()) {
            black_box((
                record.name(),
                record.city(),
                record.category_label(),
                record.siret(),
                record.siren(),
            ));
            assert!(record.sites().count() <= index.len());
        }
    }
    for record in index.records() {
        black_box((
            record.number(),
            record.entity().and_then(|entity| entity.number()),
            record.sites().take(3).count(),
        ));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn numbers_come_back(text in "[0-9][0-9A-Z][0-9]{7}") {
        let number = Number::parse(&text).unwrap();
        prop_assert_eq!(number.text(), text);
    }

    #[test]
    fn no_octets_break_a_reader(bytes in proptest::collection::vec(any::<u8>(), 0..2000), piece in 1..300_usize) {
        let _ = read(&bytes, piece, &mut Rows::new());
        let _ = read(&gzip(&bytes), piece, &mut Rows::new());
        let _ = read(&[b"structureet;", &bytes[..]].concat(), piece, &mut Rows::new());
        let _ = read(&[b"{\"pmej\":[", &bytes[..]].concat(), piece, &mut Rows::new());
    }

    #[test]
    fn altered_files_give_an_index_or_a_reason(place in 0..4000_usize, byte in any::<u8>(), which in 0..4_usize, piece in 1..100_usize) {
        let both = sites() + &entities();
        let mut bytes = match which {
            0 => both.into_bytes(),
            1 => PLUS.as_bytes().to_vec(),
            2 => gzip(both.as_bytes()),
            _ => gzip(PLUS.as_bytes()),
        };
        let length = bytes.len();
        bytes[place % length] = byte;
        let mut rows = Rows::new();
        if let Ok(report) = read(&bytes, piece, &mut rows) {
            ask(&Index::build(rows, report.date.as_deref()).unwrap());
        }
    }

    #[test]
    fn pieces_do_not_matter(piece in 1..200_usize, plus in any::<bool>()) {
        let text = if plus { PLUS.to_owned() } else { sites() };
        let (mut one, mut other) = (Rows::new(), Rows::new());
        prop_assert_eq!(read(text.as_bytes(), piece, &mut one), read(text.as_bytes(), usize::MAX, &mut other));
        let (one, other) = (Index::build(one, None).unwrap(), Index::build(other, None).unwrap());
        prop_assert_eq!(one.bytes(), other.bytes());
    }

    #[test]
    fn a_damaged_index_is_refused(place in any::<prop::sample::Index>(), bit in 0..8_u8, cut in any::<prop::sample::Index>()) {
        let whole = index(&[sites().as_bytes()]).into_bytes();
        let mut altered = whole.clone();
        altered[place.index(whole.len())] ^= 1 << bit;
        prop_assert!(Index::load(altered).is_err());
        prop_assert!(Index::load(whole[..cut.index(whole.len())].to_vec()).is_err());
    }

    #[test]
    fn an_index_altered_with_its_checksum_breaks_nothing(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = index(&[sites().as_bytes(), entities().as_bytes()]).into_bytes();
        let length = bytes.len();
        for (place, byte) in changes {
            bytes[16 + place.index(length - 16)] = byte;
        }
        let sum = crc32(&bytes[16..]);
        bytes[12..16].copy_from_slice(&sum.to_le_bytes());
        if let Ok(index) = Index::load(bytes) {
            ask(&index);
        }
    }

    #[test]
    fn any_words_can_be_looked_for(query in "\\PC{0,60}") {
        let index = index(&[sites().as_bytes(), entities().as_bytes()]);
        let found = index.search(&query, &Options { limit: 500, ..Options::default() });
        prop_assert!(found.len() <= index.len());
    }

    #[test]
    fn a_whole_name_finds_its_structure(at in 0..8_usize) {
        let index = index(&[sites().as_bytes(), entities().as_bytes()]);
        let record = index.records().filter(|record| !record.name().is_empty()).nth(at).unwrap();
        let found = index.search(&format!("{} {}", record.name(), record.postcode().unwrap()), &Options::default());
        prop_assert!(found.iter().any(|other| other.number() == record.number()));
    }
}

#[test]
fn versions_and_other_files_are_told_apart() {
    let whole = index(&[sites().as_bytes()]).into_bytes();
    assert_eq!(Index::load(Vec::new()).unwrap_err(), IndexError::NotAnIndex);
    assert_eq!(Index::load(b"structureet;".to_vec()).unwrap_err(), IndexError::NotAnIndex);
    let mut older = whole.clone();
    older[8] = 99;
    assert_eq!(Index::load(older).unwrap_err(), IndexError::OtherVersion { found: 99 });
    assert_eq!(Index::load(whole[..whole.len() - 1].to_vec()).unwrap_err(), IndexError::Damaged);
    assert_eq!(Index::load(whole[..10].to_vec()).unwrap_err(), IndexError::Damaged);
    let again = Index::load(whole.clone()).unwrap();
    assert_eq!(again.bytes(), whole);
    // The same files give the same octets.
    assert_eq!(index(&[sites().as_bytes()]).bytes(), whole);
    drop(Source::default());
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |rest, _| if rest & 1 == 1 { 0xedb8_8320 ^ (rest >> 1) } else { rest >> 1 },
        )
    })
}

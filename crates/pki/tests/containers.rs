//! Containers made to harm, and containers of old tools.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests"
)]
#![cfg(feature = "rustcrypto")]

mod support;

use std::time::{Duration, Instant};

use pki::encrypted_key::{EncryptedKeyError, MAX_ROUNDS};
use pki::jks::{self, JksError};
use pki::passphrase::Passphrase;
use pki::pkcs7::{self, Pkcs7Error};
use pki::pkcs12::{
    self, Content, Integrity, Key, MAX_BAGS, Pkcs12Error, Profile, RANDOM_OCTETS, Unopened, WriteError,
};
use proptest::prelude::*;
use support::authority::{key, wanted};

const DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
const ENCRYPTED_DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06";
const SIGNED_DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
const PBE_3DES: &[u8] = b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x03";
const SHA1: &[u8] = b"\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00";

fn secret(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x84], &length[..], &content].concat()
}

/// The same with an indefinite length.
fn open_ended(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    [&[tag, 0x80], &parts.concat()[..], &[0, 0]].concat()
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, parts)
}

fn bag(kind: u8, value: &[u8], attributes: &[u8]) -> Vec<u8> {
    let id = [b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01", &[kind][..]].concat();
    sequence(&[&id, &element(0xa0, &[value]), attributes])
}

fn certificate_bag(der: &[u8]) -> Vec<u8> {
    let kind = b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x09\x16\x01";
    bag(3, &sequence(&[kind, &element(0xa0, &[&element(0x04, &[der])])]), b"")
}

/// A PKCS #12 with one part in clear.
fn p12(bags: &[u8], mac: &[u8]) -> Vec<u8> {
    let part = sequence(&[DATA, &element(0xa0, &[&element(0x04, &[&sequence(&[bags])])])]);
    of_parts(&part, mac)
}

fn of_parts(parts: &[u8], mac: &[u8]) -> Vec<u8> {
    let info = sequence(&[DATA, &element(0xa0, &[&element(0x04, &[&sequence(&[parts])])])]);
    sequence(&[&[2, 1, 3], &info, mac])
}

fn mac(rounds: &[u8]) -> Vec<u8> {
    let digest = sequence(&[SHA1, &element(0x04, &[&[1; 20]])]);
    sequence(&[&digest, &element(0x04, &[b"saltsalt"]), rounds])
}

/// Encrypted content or a key under triple DES, with so many rounds.
fn algorithm(rounds: &[u8]) -> Vec<u8> {
    sequence(&[PBE_3DES, &sequence(&[&element(0x04, &[b"saltsalt"]), rounds])])
}

fn encrypted_part(rounds: &[u8]) -> Vec<u8> {
    let content = element(0x80, &[&[7; 64]]);
    let info = sequence(&[DATA, &algorithm(rounds), &content]);
    sequence(&[ENCRYPTED_DATA, &element(0xa0, &[&sequence(&[&[2, 1, 0], &info])])])
}

fn key_bag(rounds: &[u8]) -> Vec<u8> {
    bag(2, &sequence(&[&algorithm(rounds), &element(0x04, &[&[7; 64]])]), b"")
}

/// 2^31, 2^31 − 1 and a number beyond every machine.
const TOO_MANY_ROUNDS: [&[u8]; 4] = [
    b"\x02\x05\x00\x80\x00\x00\x00",
    b"\x02\x04\x7f\xff\xff\xff",
    b"\x02\x09\x7f\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\x02\x01\x00",
];

/// No refusal may take longer, even in a debug build on a busy machine.
const AT_ONCE: Duration = Duration::from_secs(2);

#[test]
fn more_rounds_than_are_done_are_refused_at_once() {
    let started = Instant::now();
    for rounds in TOO_MANY_ROUNDS {
        for bytes in
            [p12(b"", &mac(rounds)), of_parts(&encrypted_part(rounds), b""), p12(&key_bag(rounds), b"")]
        {
            for passphrase in [Some(secret("secret")), None] {
                let error = pkcs12::read(&bytes, passphrase.as_ref()).unwrap_err();
                let Pkcs12Error::Rounds { most, .. } = error else { panic!("{error:?}") };
                assert_eq!(most, u64::from(MAX_ROUNDS));
                assert_eq!(error.code(), "key-derivation-rounds");
            }
        }
    }
    assert!(started.elapsed() < AT_ONCE, "{:?}", started.elapsed());
}

#[test]
fn many_bags_are_bounded() {
    let leaf = wanted(("Leaf", 1), ("Root", 0), None).make();
    let one = certificate_bag(leaf.raw());
    let read = pkcs12::read(&p12(&one.repeat(MAX_BAGS), b""), None).unwrap();
    assert_eq!(read.certificates.len(), MAX_BAGS);
    let error = pkcs12::read(&p12(&one.repeat(MAX_BAGS + 1), b""), None).unwrap_err();
    assert_eq!(error, Pkcs12Error::TooManyBags { most: MAX_BAGS });
    // Each key that asks for a million rounds: the sum is bounded, not only each.
    let rounds = b"\x02\x03\x2d\xc6\xc0";
    let error = pkcs12::read(&p12(&key_bag(rounds).repeat(2000), b""), Some(&secret("secret"))).unwrap_err();
    assert_eq!(error.code(), "key-derivation-rounds");
    let closed = pkcs12::read(&p12(&key_bag(rounds).repeat(2000), b""), None).unwrap();
    assert_eq!(closed.keys.len(), 2000);
}

#[test]
fn bags_in_bags_are_bounded() {
    let mut nested = certificate_bag(wanted(("Leaf", 1), ("Root", 0), None).make().raw());
    for depth in 1..8 {
        nested = bag(6, &sequence(&[&nested]), b"");
        let read = pkcs12::read(&p12(&nested, b""), None);
        if depth <= 4 {
            assert_eq!(read.unwrap().certificates.len(), 1, "{depth}");
        } else {
            assert_eq!(read.unwrap_err(), Pkcs12Error::TooDeep, "{depth}");
        }
    }
    let deep = [b"\x30\x82\x00\x80\x02\x01\x03"[..].to_vec(), [0x30, 0x80].repeat(50_000)].concat();
    assert_eq!(pkcs12::read(&deep, None).unwrap_err(), Pkcs12Error::Malformed);
    let deep = open_ended(0x30, &[&[2, 1, 3], &[0x30, 0x80].repeat(50_000)]);
    assert_eq!(pkcs12::read(&deep, None).unwrap_err(), Pkcs12Error::TooDeep);
}

#[test]
fn lengths_that_lie_are_refused() {
    let good = p12(&certificate_bag(b"\x30\x00"), &mac(b"\x02\x01\x01"));
    assert!(pkcs12::read(&good, None).is_ok());
    let huge = [&b"\x30\x88\x7f\xff\xff\xff\xff\xff\xff\xff\x02\x01\x03\x30"[..], &good].concat();
    assert_eq!(pkcs12::read(&huge, None).unwrap_err(), Pkcs12Error::Truncated);
    // Every length octet in turn.
    for at in 0..good.len() {
        for value in [0x00, 0x7f, 0x80, 0x84, 0xff] {
            let mut bytes = good.clone();
            bytes[at] = value;
            drop(pkcs12::read(&bytes, None));
            drop(pkcs12::read(&bytes, Some(&secret("secret"))));
        }
    }
}

#[test]
fn indefinite_lengths_and_chunks_are_read() {
    let leaf = wanted(("Leaf", 1), ("Root", 0), None).make();
    let bag = certificate_bag(leaf.raw());
    let contents = open_ended(0x30, &[&bag]);
    let (one, two) = contents.split_at(contents.len() / 2);
    let chunks = open_ended(0x24, &[&element(0x04, &[one]), &element(0x04, &[two])]);
    let part = open_ended(0x30, &[DATA, &open_ended(0xa0, &[&chunks])]);
    let safe = open_ended(0x30, &[&part]);
    let info =
        open_ended(0x30, &[DATA, &open_ended(0xa0, &[&open_ended(0x24, &[&element(0x04, &[&safe])])])]);
    let read = pkcs12::read(&open_ended(0x30, &[&[2, 1, 3], &info]), None).unwrap();
    assert_eq!(read.certificates[0].der, leaf.raw());
    assert_eq!(read.integrity, Integrity::None);
    let set = open_ended(0xa0, &[leaf.raw()]);
    let data = open_ended(0x30, &[b"\x02\x01\x01\x31\x00", &open_ended(0x30, &[DATA]), &set, b"\x31\x00"]);
    let bundle = pkcs7::read(&open_ended(0x30, &[SIGNED_DATA, &open_ended(0xa0, &[&data])])).unwrap();
    assert_eq!(bundle.certificates, [leaf.raw()]);
}

#[test]
fn what_is_protected_otherwise_is_named() {
    let unknown_hash = sequence(&[&sequence(&[b"\x06\x03\x2a\x03\x04"]), &element(0x04, &[&[1; 20]])]);
    let unknown = sequence(&[&unknown_hash, &element(0x04, &[b"salt"]), b"\x02\x01\x01"]);
    let read = pkcs12::read(&p12(&key_bag(b"\x02\x01\x01"), &unknown), None).unwrap();
    assert!(matches!(read.integrity, Integrity::Unsupported { .. }), "{read:?}");
    assert!(matches!(read.keys[0].key, Key::Encrypted { why: None, .. }));
    let rc4 = b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x01";
    let algorithm = sequence(&[rc4, &sequence(&[&element(0x04, &[b"salt"]), b"\x02\x01\x01"])]);
    let info = sequence(&[DATA, &algorithm, &element(0x80, &[b"content"])]);
    let part = sequence(&[ENCRYPTED_DATA, &element(0xa0, &[&sequence(&[&[2, 1, 0], &info])])]);
    let read = pkcs12::read(&of_parts(&part, b""), Some(&secret("secret"))).unwrap();
    let [Unopened::Scheme(EncryptedKeyError::UnsupportedScheme { .. })] = read.unopened.as_slice() else {
        panic!("{read:?}");
    };
    let signed = sequence(&[&[2, 1, 3], &sequence(&[SIGNED_DATA, &element(0xa0, &[b"\x30\x00"])])]);
    assert_eq!(pkcs12::read(&signed, None).unwrap_err(), Pkcs12Error::Signed);
    assert_eq!(pkcs12::read(b"\x30\x00", None).unwrap_err(), Pkcs12Error::NotPkcs12);
}

#[test]
fn bundles_are_bounded() {
    let many = b"\x30\x00".repeat(pkcs7::MAX_ITEMS + 1);
    let bundle = |set: &[u8]| {
        let data =
            sequence(&[b"\x02\x01\x01\x31\x00", &sequence(&[DATA]), &element(0xa0, &[set]), b"\x31\x00"]);
        sequence(&[SIGNED_DATA, &element(0xa0, &[&data])])
    };
    assert_eq!(pkcs7::read(&bundle(&many)).unwrap_err(), Pkcs7Error::TooMany { most: pkcs7::MAX_ITEMS });
    assert_eq!(pkcs7::read(&bundle(&many[2..])).unwrap().certificates.len(), pkcs7::MAX_ITEMS);
    let whole = bundle(b"\x30\x00");
    assert_eq!(pkcs7::read(&whole[..whole.len() - 1]).unwrap_err(), Pkcs7Error::Truncated);
}

#[test]
fn keystores_are_bounded() {
    let head = |count: u32| [&b"\xfe\xed\xfe\xed\0\0\0\x02"[..], &count.to_be_bytes()].concat();
    assert_eq!(jks::read(&head(u32::MAX)).unwrap_err(), JksError::TooMany { most: jks::MAX_ENTRIES });
    assert_eq!(jks::read(&head(1)).unwrap_err(), JksError::Truncated);
    let entry = b"\0\0\0\x01\0\x01a\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff";
    let error = jks::read(&[&head(1)[..], entry].concat()).unwrap_err();
    assert_eq!(error, JksError::TooMany { most: jks::MAX_ENTRIES });
    assert_eq!(jks::read(b"\xfe\xed\xfe\xed\0\0\0\x03\0\0\0\0").unwrap_err(), JksError::Version { found: 3 });
    for aliases in [["a", "A"], ["", "b"], [&"é".repeat(40_000), "b"]] {
        let entries = aliases.map(|alias| (alias, &b"\x30\x00"[..]));
        assert_eq!(jks::write_truststore(&entries, &secret("changeit"), 0).unwrap_err(), JksError::Alias);
    }
}

#[test]
fn a_passphrase_that_protects_nothing_or_that_old_readers_misread_is_refused() {
    let leaf = wanted(("Leaf", 1), ("Root", 0), None).make();
    let content = Content { key: key(1), certificate: leaf.raw(), chain: &[], friendly_name: None };
    let write = |text, profile| pkcs12::write(&content, &secret(text), profile, &[1; RANDOM_OCTETS]).err();
    assert_eq!(write("", Profile::Modern), Some(WriteError::PassphraseEmpty));
    assert_eq!(write("été", Profile::Legacy), Some(WriteError::PassphraseCharset));
    assert_eq!(write("tab\t", Profile::Legacy), Some(WriteError::PassphraseCharset));
    assert_eq!(write("été", Profile::Modern), None);
}

#[test]
fn every_draw_of_randomness_is_a_different_one() {
    let leaf = wanted(("Leaf", 1), ("Root", 0), None).make();
    let content = Content { key: key(1), certificate: leaf.raw(), chain: &[], friendly_name: None };
    let random: [u8; RANDOM_OCTETS] = std::array::from_fn(|at| u8::try_from(at).unwrap() | 0x80);
    for (profile, draws) in [(Profile::Modern, 5), (Profile::Legacy, 3)] {
        let written = pkcs12::write(&content, &secret("secret"), profile, &random).unwrap();
        for draw in 0..draws {
            let octets = &random[draw * 16..][..16];
            assert_eq!(written.windows(16).filter(|found| *found == octets).count(), 1, "{profile:?} {draw}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_is_written_is_read(
        text in "\\PC{1,30}",
        name in proptest::option::of("\\PC{1,20}"),
        chain in 0_usize..4,
        legacy: bool,
        seed: u8,
    ) {
        let leaf = wanted(("Leaf", 1), ("Root", 0), None).make();
        let root = wanted(("Root", 0), ("Root", 0), Some(None)).make();
        let above = vec![root.raw(); chain];
        let content =
            Content { key: key(1), certificate: leaf.raw(), chain: &above, friendly_name: name.as_deref() };
        let legacy = legacy && secret(&text).is_printable_ascii();
        let profile = if legacy { Profile::Legacy } else { Profile::Modern };
        let written = pkcs12::write(&content, &secret(&text), profile, &[seed; RANDOM_OCTETS]).unwrap();
        let read = pkcs12::read(&written, Some(&secret(&text))).unwrap();
        let found: Vec<&[u8]> = read.certificates.iter().map(|entry| entry.der.as_slice()).collect();
        prop_assert_eq!(found, [&[leaf.raw()], &above[..]].concat());
        prop_assert!(matches!(&read.keys[0].key, Key::Usable(opened) if opened.pkcs8() == key(1).pkcs8()));
        prop_assert_eq!(&read.certificates[0].local_key_id, &read.keys[0].local_key_id);
        prop_assert_eq!(&read.certificates[0].friendly_name, &name);
        let checked = matches!(read.integrity, Integrity::Mac { checked: true, .. });
        prop_assert!(checked);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_fail(bytes in proptest::collection::vec(any::<u8>(), 0..400), start in 0_usize..5) {
        let starts: [&[u8]; 5] =
            [b"", b"\x30\x80\x02\x01\x03\x30\x80", b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0\x03", b"\xce\xce\xce\xce\0\0\0\x02\0\0\0\x03", SIGNED_DATA];
        let bytes = [starts[start], &bytes].concat();
        drop(pkcs12::read(&bytes, None));
        drop(pkcs12::read(&bytes, Some(&secret(""))));
        drop(pkcs7::read(&bytes));
        drop(pkcs7::read(&open_ended(0x30, &[SIGNED_DATA, &bytes])));
        drop(jks::read(&bytes));
    }
}

//! How long a check takes without its signatures, and whether many take proportionally longer:
//! `cargo run --release -p checks --example speed`.

#![allow(
    dead_code,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measure, not the product"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::{hint::black_box, time::Instant};

use checks::{
    Expected,
    batch::{Batch, Surroundings},
    certificate::{CertificateInput, PrivateKeyGiven},
};
use pki::{certificate::Certificate, crl::RevocationList, signature::SignatureOutcome};
use support::{
    authority::{ListRecipe, Recipe},
    der::{bit_string, integer, sequence, time, tlv},
};
use vocabulary::Timestamp;

const REAL: [&str; 5] = [
    "C=FR",
    "O=ASIP-SANTE",
    "OU=0002 187512751",
    "OU=IGC-SANTE TEST",
    "CN=TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS",
];

fn main() {
    let issuer: Vec<String> = REAL.iter().map(|part| (*part).to_owned()).collect();
    let der = Recipe { issuer, ..Recipe::default() }.der();
    one_check(&der);
    for number in [1_000, 10_000] {
        many_checks(&der, number);
    }
    for entries in [10_000, 100_000, 1_000_000] {
        long_list(entries);
    }
}

fn one_check(der: &[u8]) {
    const TIMES: u32 = 2_000;
    let start = Instant::now();
    for _ in 0..TIMES {
        black_box(check(&[Certificate::read(der).unwrap()]));
    }
    println!("one check, read, planned and judged, signatures not counted: {:?}", start.elapsed() / TIMES);
    let start = Instant::now();
    for _ in 0..TIMES {
        black_box(Certificate::read(der).unwrap());
    }
    println!("  of which reading: {:?}", start.elapsed() / TIMES);
}

fn many_checks(der: &[u8], number: u32) {
    // Another serial number each, so that every signature is another.
    let place = der.windows(4).position(|window| window == [0x1d, 0x5d, 0xe2, 0x5e]).unwrap();
    let certificates: Vec<Certificate> = (0..number)
        .map(|number| {
            let mut der = der.to_vec();
            der[place + 4..place + 8].copy_from_slice(&number.to_be_bytes());
            Certificate::read(&der).unwrap()
        })
        .collect();
    let start = Instant::now();
    let found = check(&certificates);
    println!(
        "{number} checks together: {:?}, {:?} each, {found} findings",
        start.elapsed(),
        start.elapsed() / number
    );
}

fn check(certificates: &[Certificate]) -> usize {
    let surroundings = Surroundings::new(vec![], vec![]);
    let mut batch = Batch::new(&surroundings);
    let tickets: Vec<_> = certificates.iter().map(|certificate| batch.add(certificate, None)).collect();
    let outcomes = vec![SignatureOutcome::Valid; batch.tasks().len()];
    let expected = Expected::default();
    let at = Timestamp::parse("2026-11-20").unwrap();
    let reports = certificates.iter().zip(&tickets).map(|(certificate, ticket)| {
        let input = CertificateInput {
            certificate,
            csr: None,
            private_key: PrivateKeyGiven::None,
            expected: &expected,
            at,
        };
        batch.check(&input, ticket, &outcomes).findings.len()
    });
    reports.sum()
}

/// A list whose serial numbers begin alike and come in no order, as the real ones do.
fn long_list(entries: u32) {
    let serial = |number: u32| {
        let scattered = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        [&[0x1d, 0x5d, 0xe2, 0x5e, 0x3d, 0xc1, 0x4b, 0xde][..], &scattered.to_be_bytes()].concat()
    };
    let date = time("2026-10-01T08:00:00Z");
    let content: Vec<u8> =
        (0..entries).flat_map(|number| sequence(&[integer(&serial(number)), date.clone()])).collect();
    let der = with_entries(&ListRecipe::default().der(), &content);
    let start = Instant::now();
    let list = RevocationList::read(&der).unwrap();
    let read = start.elapsed();
    let start = Instant::now();
    let found = (0..1_000).filter(|number| list.revocation_of(&serial(number * 7)).is_some()).count();
    println!(
        "a list of {} entries, {} MB: read in {read:?}, {found} of 1000 found, {:?} each",
        list.entries(),
        der.len() / 1_000_000,
        start.elapsed() / 1_000
    );
}

/// An empty list with entries put in, its signature left as it is.
fn with_entries(der: &[u8], entries: &[u8]) -> Vec<u8> {
    let (tbs, rest) = split(content(der));
    let mut fields = content(tbs);
    let mut out = Vec::new();
    while !fields.is_empty() {
        let (field, after) = split(fields);
        // Before the extensions.
        if field[0] == 0xa0 {
            out.extend(tlv(0x30, entries));
        }
        out.extend(field);
        fields = after;
    }
    let (algorithm, _) = split(rest);
    sequence(&[tlv(0x30, &out), algorithm.to_vec(), bit_string(&[0; 256])])
}

/// The first element and what follows.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let header = header(bytes);
    bytes.split_at(header.0 + header.1)
}

fn content(element: &[u8]) -> &[u8] {
    let (header, length) = header(element);
    &element[header..header + length]
}

/// The lengths of header and content.
fn header(bytes: &[u8]) -> (usize, usize) {
    match bytes[1] {
        short @ ..=0x7f => (2, usize::from(short)),
        long => {
            let octets = usize::from(long & 0x7f);
            let length = bytes[2..2 + octets].iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet));
            (2 + octets, length)
        }
    }
}

//! Forms that no authority writes, and that other programs refuse or print otherwise.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests"
)]
#![cfg(feature = "rustcrypto")]

mod support;

use pki::certificate::{Certificate, CertificateError};
use pki::encrypted_key::{self, Pbes2Parameters};
use pki::file::{self, Item};
use pki::key::{KeyError, PrivateKey, PublicKey};
use pki::name::{Subject, SubjectParts};
use pki::request::{AlternativeNames, CertificationRequest, RequestContent, create};
use pki::rustcrypto::verify_now;
use pki::signature::SignatureOutcome;
use support::authority::{engine, key, wanted};

/// With the identifier octet of a SEQUENCE that is not constructed.
fn primitive(der: &[u8]) -> Vec<u8> {
    let mut der = der.to_vec();
    assert_eq!(der[0], 0x30);
    der[0] = 0x10;
    der
}

#[test]
fn what_is_not_a_constructed_sequence_is_refused() {
    let certificate = wanted(("Leaf", 0), ("Middle", 1), None).make();
    let altered = primitive(certificate.raw());
    assert_eq!(Certificate::read(&altered).err(), Some(CertificateError::NotACertificate));
    // The signed part inside as well.
    let mut inner = certificate.raw().to_vec();
    inner[4] = 0x10;
    assert_eq!(Certificate::read(&inner).err(), Some(CertificateError::NotACertificate));

    let content = RequestContent {
        subject: Subject::new(SubjectParts {
            common_name: Some("INSI-AUTO".to_owned()),
            ..SubjectParts::default()
        })
        .unwrap(),
        alternative_names: AlternativeNames::new(vec![], vec![]).unwrap(),
    };
    let request = pki::block_on(create(&content, key(0), &engine())).unwrap().unwrap();
    assert!(CertificationRequest::read_der(request.der()).is_ok());
    assert!(CertificationRequest::read_der(&primitive(request.der())).is_err());
    assert!(PrivateKey::from_pkcs8(&primitive(key(0).pkcs8())).is_err());
    assert!(PublicKey::read(&primitive(key(0).public_key().spki())).is_err());
    let sealed = encrypted_key::seal(&Pbes2Parameters::recommended([1; 16], [2; 16]), &[3; 1216]).unwrap();
    assert!(encrypted_key::is_encrypted_key(&sealed));
    assert!(!encrypted_key::is_encrypted_key(&primitive(&sealed)));

    // An empty list of revoked certificates: algorithm, issuer, date.
    let algorithm = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00";
    let tbs =
        [&b"\x30\x2d\x02\x01\x01"[..], algorithm, b"\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01A"]
            .concat();
    let tbs = [&tbs[..], b"\x17\x0d260101000000Z"].concat();
    let tbs = [&[0x30, u8::try_from(tbs.len() - 2).unwrap()][..], &tbs[2..]].concat();
    let list = [&tbs[..], algorithm, b"\x03\x02\x00\x01"].concat();
    let list = [&[0x30, u8::try_from(list.len()).unwrap()][..], &list].concat();
    let is_list = |der: &[u8]| {
        let items = file::read(der).map(|contents| contents.items).unwrap_or_default();
        items.iter().any(|item| matches!(item, Item::RevocationList(_)))
    };
    assert!(is_list(&list));
    assert!(!is_list(&primitive(&list)));
}

#[test]
fn a_serial_number_is_hexadecimal_and_nothing_else() {
    let certificate = wanted(("Leaf", 0), ("Middle", 1), None).make();
    let version_and_serial = [0xa0, 3, 2, 1, 2, 2, 1, 1];
    let at = certificate.raw().windows(8).position(|found| found == version_and_serial).unwrap();
    let with = |serial: u8| {
        let mut der = certificate.raw().to_vec();
        der[at + 7] = serial;
        let read = Certificate::read(&der).unwrap();
        (read.serial(), read.serial_is_positive())
    };
    assert_eq!(with(0x7f), ("7f".to_owned(), true));
    assert_eq!(with(0x80), ("80".to_owned(), false));
    assert_eq!(with(0xff), ("ff".to_owned(), false));
}

#[test]
fn a_signature_of_a_number_of_bits_is_not_valid() {
    let leaf = wanted(("Leaf", 0), ("Middle", 1), None).make();
    let verify =
        |certificate: &Certificate| verify_now(&certificate.signature_task(key(1).public_key().spki()));
    assert_eq!(verify(&leaf), SignatureOutcome::Valid);
    // The octet before those of the signature, which is the end: how many bits of the last one are unused.
    let mut altered = leaf.raw().to_vec();
    let place = altered.len() - leaf.signature().len() - 1;
    assert_eq!(altered[place], 0);
    altered[place] = 1;
    // DER also wants unused bits to be zero: half of all signatures make it refused at once.
    let outcome = Certificate::read(&altered).map_or(SignatureOutcome::Invalid, |read| verify(&read));
    assert_eq!(outcome, SignatureOutcome::Invalid);
}

#[test]
fn a_key_of_another_kind_is_named_by_its_label_and_not_called_damaged() {
    for (label, why) in [
        (
            "OPENSSH PRIVATE KEY",
            KeyError::UnsupportedAlgorithm { algorithm: "OPENSSH PRIVATE KEY".to_owned() },
        ),
        ("DSA PRIVATE KEY", KeyError::UnsupportedAlgorithm { algorithm: "DSA PRIVATE KEY".to_owned() }),
        ("RSA PRIVATE KEY", KeyError::Malformed),
        ("PRIVATE KEY", KeyError::Malformed),
    ] {
        let contents = file::read(pki::pem::encode(label, b"openssh-key-v1").as_bytes()).unwrap();
        let [Item::UnusableKey(key)] = contents.items.as_slice() else { panic!("{contents:?}") };
        assert_eq!(key.error, why, "{label}");
    }
}

//! Revocation lists, and the files that hold several things.

use std::hint::black_box;

use pki::certificate::Certificate;
use pki::crl::{self, RevocationList};
use pki::passphrase::Passphrase;
use pki::pkcs12::{self, Key, Pkcs12};
use pki::{jks, pkcs7};

use crate::keys::SECRET;
use crate::look::ask_certificate;

pub(crate) fn list(bytes: &[u8]) {
    if let Ok(list) = RevocationList::read(bytes) {
        assert_eq!(list.raw(), bytes, "the exact bytes are kept");
        ask_list(&list);
    }
}

pub(crate) fn ask_list(list: &RevocationList) {
    assert!(crl::is_revocation_list(list.raw()), "what was read has the outline");
    assert!(!list.tbs().is_empty(), "the signed part is there");
    let again = RevocationList::read(list.raw()).expect("read once, read twice");
    assert_eq!(&again, list);
    black_box((list.this_update(), list.next_update(), list.number(), list.is_delta()));
    black_box((list.scope(), list.authority_key_id(), list.unknown_critical(), list.entries()));
    black_box((list.signature_algorithm().name(), list.signature_algorithms_agree()));
    black_box((list.signature_task(&[]), list.issuer().rfc4514(), format!("{list:?}")));
    for serial in [&[][..], &[0], &[1], &[0x12, 0x34], &[0, 0x12, 0x35], &[0xff; 20]] {
        black_box(list.revocation_of(serial));
    }
}

/// Without a passphrase, with the right one of the seeds, and with an empty one.
pub(crate) fn pkcs12(bytes: &[u8]) {
    black_box(pkcs12::is_pkcs12(bytes));
    for secret in [None, Some(SECRET), Some("")] {
        let secret = secret.map(|secret| Passphrase::new(secret.to_owned()));
        match pkcs12::read(bytes, secret.as_ref()) {
            Ok(found) => ask_pkcs12(&found),
            Err(error) => drop(black_box(error.to_string())),
        }
    }
}

fn ask_pkcs12(found: &Pkcs12) {
    for entry in &found.certificates {
        if let Ok(certificate) = Certificate::read(&entry.der) {
            ask_certificate(&certificate);
        }
    }
    for entry in &found.keys {
        if let Key::Usable(key) = &entry.key {
            crate::keys::ask(key);
        }
    }
    let shown = format!("{:?}", found.keys);
    assert!(!shown.contains("pkcs8"), "a key is not shown: {shown}");
    for bytes in &found.revocation_lists {
        list(bytes);
    }
}

pub(crate) fn pkcs7(bytes: &[u8]) {
    match pkcs7::read(bytes) {
        Ok(found) => {
            for der in &found.certificates {
                crate::look::certificate(der);
            }
            for der in &found.revocation_lists {
                list(der);
            }
        }
        Err(error) => drop(black_box(error.to_string())),
    }
}

pub(crate) fn keystore(bytes: &[u8]) {
    match jks::read(bytes) {
        Ok(found) => {
            assert_eq!(Some(found.kind), jks::detect(bytes), "named as it was recognised");
            assert!(found.keys() <= found.entries.len(), "at most a key an entry");
            found.certificates().for_each(crate::look::certificate);
        }
        Err(error) => drop(black_box(error.to_string())),
    }
    black_box(jks::is_intact(bytes, &Passphrase::new(SECRET.to_owned())));
}

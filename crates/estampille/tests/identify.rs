//! Files of any kind: what they are, in words a person can act on.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests"
)]

mod support;

use std::sync::OnceLock;

use estampille::{
    Context,
    contract::{FileInput, FileReport, Secret},
    identify::identify,
};
use messages::Locale;
use pki::{
    certificate::Certificate,
    jks,
    passphrase::Passphrase,
    pem,
    pkcs12::{self, Content, Profile, RANDOM_OCTETS},
};
use proptest::prelude::*;
use support::{LEAF, chain, client, engine, key};
use vocabulary::Timestamp;

fn report(bytes: &[u8], passphrase: Option<&str>) -> FileReport {
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: Timestamp(1_795_000_000), engine: &engine };
    let secret = passphrase.map(|text| Secret::new(text.to_owned()));
    identify(&context, &FileInput::new(bytes.to_vec()), secret.as_ref())
}

fn codes(report: &FileReport) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.code.as_ref()).collect()
}

fn kinds(report: &FileReport) -> Vec<(&str, &str)> {
    report.items.iter().map(|item| (item.kind.as_ref(), item.label.as_str())).collect()
}

fn certificates() -> &'static [Certificate; 3] {
    static CHAIN: OnceLock<[Certificate; 3]> = OnceLock::new();
    CHAIN.get_or_init(|| chain(&client()))
}

fn p12(secret: &str, profile: Profile) -> Vec<u8> {
    let [leaf, intermediate, root] = certificates();
    let content = Content {
        key: key(LEAF),
        certificate: leaf.raw(),
        chain: &[intermediate.raw(), root.raw()],
        friendly_name: Some("INSI-AUTO"),
    };
    pkcs12::write(&content, &Passphrase::new(secret.to_owned()), profile, &[3; RANDOM_OCTETS]).unwrap()
}

#[test]
fn a_file_is_named_with_the_next_step() {
    let [leaf, intermediate, _] = certificates();
    let text = pem::encode(pem::CERTIFICATE, leaf.raw());
    let clear = key(LEAF).to_pem();
    let both = format!("{text}{}", *clear);
    let bundle = format!("{text}{}", pem::encode(pem::CERTIFICATE, intermediate.raw()));
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let damaged = text.replacen("MII", "M*I", 1);
    let name = leaf.common_name().unwrap();
    let certificate: &[(&str, &str)] = &[("certificate", &name)];
    let store =
        jks::write_truststore(&[("ac", intermediate.raw())], &Passphrase::new("changeit".to_owned()), 0);
    for (what, bytes, container, items, expected) in [
        ("PEM", text.as_bytes(), "pem", certificate, &["file-content"][..]),
        ("DER", leaf.raw(), "der", certificate, &["file-content"]),
        ("UTF-16", &utf16, "pem", certificate, &["file-content", "utf16-text"]),
        ("authority", intermediate.raw(), "der", &[("certificate", "Autorité d'essai")], &["file-content"]),
        (
            "bundle",
            bundle.as_bytes(),
            "pem",
            &[("certificate", &name), ("certificate", "Autorité d'essai")],
            &["file-content"],
        ),
        ("key", clear.as_bytes(), "pem", &[("private-key", "RSA 2048")], &["private-key-unprotected"]),
        (
            "both",
            both.as_bytes(),
            "pem",
            &[("certificate", &name), ("private-key", "RSA 2048")],
            &["file-content", "private-key-unprotected"],
        ),
        (
            "public key",
            key(LEAF).public_key().spki(),
            "der",
            &[("public-key", "RSA 2048")],
            &["file-content"],
        ),
        ("truststore", &store.unwrap(), "jks", &[("certificate", "Autorité d'essai")], &["java-keystore"]),
        ("damaged", damaged.as_bytes(), "pem", &[], &["broken-pem"]),
        ("cut", &leaf.raw()[..400], "der", &[], &["truncated"]),
        ("empty", b"\n", "empty", &[], &["empty-file"]),
        ("page", b"<html><title>Erreur 401</title>", "html", &[], &["html-page"]),
        ("zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "zip", &[], &["zip-archive"]),
        ("PDF", b"%PDF-1.7", "unknown", &[], &["pdf-document"]),
        ("text", b"Bonjour", "text", &[], &["plain-text"]),
        ("noise", &[0x80, 0, 1, 2, 3, 0xff], "unknown", &[], &["unknown-file"]),
        (
            "SSH",
            pem::encode("OPENSSH PRIVATE KEY", b"openssh-key-v1").as_bytes(),
            "pem",
            &[("private-key", "OPENSSH PRIVATE KEY")],
            &["ssh-key"],
        ),
    ] {
        let report = report(bytes, None);
        assert_eq!(report.container, container, "{what}");
        assert_eq!(kinds(&report), items, "{what}");
        assert_eq!(codes(&report), expected, "{what}");
        assert!(report.findings.iter().all(|finding| !finding.title.contains('{')), "{what}: {report:?}");
        let first = &report.findings[0];
        assert!(first.action.is_some(), "{what}: the next step: {first:?}");
    }
    assert_eq!(
        report(b"<html><title>Erreur 401</title>", None).findings[0].title,
        "Ce fichier est une page web\u{a0}: «\u{202f}Erreur 401\u{202f}»"
    );
    let line = report(damaged.as_bytes(), None).findings[0].title.clone();
    assert_eq!(line, "Le bloc «\u{202f}CERTIFICATE\u{202f}» est abîmé à la ligne 2");
}

#[test]
fn a_key_that_the_file_holds_encrypted_comes_back_encrypted() {
    let sealed = engine().encrypt_now(key(LEAF), &Passphrase::new("six mots".to_owned())).unwrap();
    let text = pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &sealed);
    for (passphrase, label, expected) in [
        (None, "PKCS #8", &["file-content", "passphrase-needed"][..]),
        (Some("sept mots"), "PKCS #8", &["file-content", "wrong-passphrase"]),
        (Some("six mots"), "RSA 2048", &["file-content", "passphrase-opens"]),
    ] {
        let report = report(text.as_bytes(), passphrase);
        assert_eq!(kinds(&report), [("encrypted-private-key", label)]);
        assert_eq!(codes(&report), expected);
        assert_eq!(report.items[0].der.as_bytes(), sealed);
    }
    for profile in [Profile::Modern, Profile::Legacy] {
        let bytes = p12("six mots", profile);
        let closed = report(&bytes, None);
        assert_eq!(codes(&closed), ["passphrase-needed"]);
        assert_eq!(codes(&report(&bytes, Some("autre"))), ["wrong-passphrase"]);
        let opened = report(&bytes, Some("six mots"));
        assert_eq!(codes(&opened), ["file-content", "passphrase-opens"]);
        assert_eq!(opened.container, "pkcs12");
        assert_eq!(opened.findings[0].title, "C'est un .p12\u{a0}: 3 certificats, 1 clé privée");
        let names: Vec<&str> = kinds(&opened).iter().map(|(kind, _)| *kind).collect();
        assert_eq!(names, ["certificate", "certificate", "certificate", "encrypted-private-key"]);
        assert_eq!(opened.items[3].der.as_bytes(), closed.items[0].der.as_bytes());
        let shown = format!("{opened:?}");
        assert!(!shown.contains("six mots") && !shown.contains("[48, 130"), "{shown}");
    }
}

#[test]
fn a_container_as_the_platform_writes_it_needs_no_passphrase_for_its_certificates() {
    // One part with the certificates in clear, one with the key under triple DES. The code over the whole is left out.
    let bytes = platform_p12();
    let report_without = report(&bytes, None);
    let no_code = "pkcs12-without-integrity";
    assert_eq!(codes(&report_without), ["file-content", "passphrase-needed", no_code]);
    let certificates: Vec<&str> = report_without
        .items
        .iter()
        .filter(|item| item.kind == "certificate")
        .map(|item| item.label.as_str())
        .collect();
    assert_eq!(certificates.len(), 3);
    assert_eq!(codes(&report(&bytes, Some("six mots"))), ["file-content", no_code, "passphrase-opens"]);
    let wrong = report(&bytes, Some("autre"));
    assert_eq!(codes(&wrong), ["file-content", "wrong-passphrase", no_code]);
    assert_eq!(wrong.items.len(), 4);
}

/// The structure of `domain/observed-profiles.md`, section 8, from what our own writer makes: its key part is kept, and
/// its certificates are put in clear.
fn platform_p12() -> Vec<u8> {
    let element = |tag: u8, parts: &[&[u8]]| {
        let content = parts.concat();
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82], &length[..], &content].concat()
    };
    const DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
    let sealed = report(&p12("six mots", Profile::Legacy), Some("six mots")).items[3].der.as_bytes().to_vec();
    let bag_id = |last: u8| [b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01", &[last][..]].concat();
    let id = b"\x31\x13\x30\x11\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x15\x31\x04\x04\x02\x0a\x0b";
    let certificate = |der: &[u8], attributes: &[u8]| {
        let kind = b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x09\x16\x01";
        let value = element(0x30, &[kind, &element(0xa0, &[&element(0x04, &[der])])]);
        element(0x30, &[&bag_id(3), &element(0xa0, &[&value]), attributes])
    };
    let [leaf, intermediate, root] = certificates();
    let bags =
        [certificate(leaf.raw(), id), certificate(intermediate.raw(), b""), certificate(root.raw(), b"")]
            .concat();
    let key = element(0x30, &[&bag_id(2), &element(0xa0, &[&sealed]), id]);
    let part = |bags: &[u8]| {
        let content = element(0xa0, &[&element(0x04, &[&element(0x30, &[bags])])]);
        element(0x30, &[DATA, &content])
    };
    let safe = element(0x30, &[&part(&bags), &part(&key)]);
    let info = element(0x30, &[DATA, &element(0xa0, &[&element(0x04, &[&safe])])]);
    element(0x30, &[&[2, 1, 3], &info])
}

/// Every certificate and list of the field, under its own name.
#[test]
fn real_files_are_named() {
    for (below, kind) in [("end-entity", "certificate"), ("ca", "certificate"), ("crl", "crl")] {
        for (name, file) in support::real(below) {
            let report = report(file.as_bytes(), None);
            assert!(
                report.items.iter().all(|item| item.kind == kind && !item.label.is_empty()),
                "{name}: {report:?}"
            );
            assert!(!report.items.is_empty(), "{name}");
            assert_eq!(codes(&report), ["file-content"], "{name}");
        }
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_fail(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), start in 0_usize..12) {
        let starts: [&[u8]; 12] = [
            b"", b"-----BEGIN CERTIFICATE-----\n", b"\x30\x82\x00\xc0\x02\x01\x03\x30", b"PK\x03\x04", b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\0\x01",
            b"\xff\xfe", b"MII", b"<html>", b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", b"{\"", b"\x30\x82", b"\xce\xce\xce\xce\0\0\0\x02",
        ];
        let mut input = starts[start].to_vec();
        input.append(&mut bytes);
        let report = report(&input, Some("secret"));
        prop_assert!(!report.findings.is_empty(), "{report:?}");
        prop_assert!(report.findings.iter().all(|finding| !finding.title.is_empty()));
    }
}

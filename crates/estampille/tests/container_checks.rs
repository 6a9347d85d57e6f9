//! A certificate checked in the container it came in.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests"
)]

mod support;

use estampille::{
    Context,
    certificate::check,
    contract::{CheckInput, CheckReport, FileInput, Secret},
};
use messages::Locale;
use pki::{
    certificate::Certificate,
    jks,
    passphrase::Passphrase,
    pem,
    pkcs12::{self, Content, Profile, RANDOM_OCTETS},
};
use support::{LEAF, OTHER, chain, client, engine, file, key};
use vocabulary::{Error, Timestamp};

/// 2026-07-01, while the certificates are valid.
const NOW: Timestamp = Timestamp(1_782_864_000);

fn checked(input: CheckInput) -> Result<CheckReport, Error> {
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: NOW, engine: &engine };
    pki::block_on(check(&context, input)).unwrap()
}

fn p12(key_number: usize, certificates: &[Certificate; 3]) -> FileInput {
    let [leaf, intermediate, root] = certificates;
    let content = Content {
        key: key(key_number),
        certificate: leaf.raw(),
        chain: &[intermediate.raw(), root.raw()],
        friendly_name: None,
    };
    let secret = Passphrase::new("six mots".to_owned());
    FileInput::new(pkcs12::write(&content, &secret, Profile::Modern, &[5; RANDOM_OCTETS]).unwrap())
}

/// A degenerate SignedData: RFC 5652, section 5.1.
fn p7b(certificates: &[&Certificate]) -> FileInput {
    let element = |tag: u8, content: &[u8]| {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82], &length[..], content].concat()
    };
    let oid = |last: u8| [&b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"[..], &[last]].concat();
    let all: Vec<u8> = certificates.iter().flat_map(|certificate| certificate.raw()).copied().collect();
    let inner =
        [&b"\x02\x01\x01\x31\x00"[..], &element(0x30, &oid(1)), &element(0xa0, &all), b"\x31\x00"].concat();
    FileInput::new(element(0x30, &[oid(2), element(0xa0, &element(0x30, &inner))].concat()))
}

fn severity<'a>(report: &'a CheckReport, code: &str) -> Option<&'a str> {
    report.findings.iter().find(|finding| finding.code == code).map(|finding| finding.severity.as_ref())
}

#[test]
fn a_pkcs12_is_a_certificate_its_key_and_its_chain() {
    let certificates = chain(&client());
    let anchor = Some(vec![file(&certificates[2])]);
    let secret = |text: &str| Some(Secret::new(text.to_owned()));
    let input = |container, passphrase| CheckInput {
        certificate: Some(container),
        passphrase,
        trust_anchors: anchor.clone(),
        ..CheckInput::default()
    };
    let report = checked(input(p12(LEAF, &certificates), secret("six mots"))).unwrap();
    assert_eq!(report.certificate.common_name.as_deref(), Some("INSI-AUTO"));
    assert_eq!(severity(&report, "key-matches-private-key"), Some("ok"));
    assert_eq!(report.chain.len(), 3);
    let report = checked(input(p12(OTHER, &certificates), secret("six mots"))).unwrap();
    assert_eq!(severity(&report, "key-matches-private-key"), Some("error"));
    for (passphrase, instead) in [(None, "passphrase-needed"), (secret("sept mots"), "wrong-passphrase")] {
        let error = checked(input(p12(LEAF, &certificates), passphrase)).unwrap_err();
        assert_eq!((error.code(), error.findings[0].code()), ("not-a-certificate", instead));
    }
    // As the key of a certificate given beside.
    let report = checked(CheckInput {
        private_key: Some(p12(LEAF, &certificates)),
        ..input(file(&certificates[0]), secret("six mots"))
    });
    assert_eq!(severity(&report.unwrap(), "key-matches-private-key"), Some("ok"));
    let report = checked(CheckInput {
        private_key: Some(p12(LEAF, &certificates)),
        ..input(file(&certificates[0]), None)
    });
    assert_eq!(severity(&report.unwrap(), "key-matches-private-key"), Some("warning"));
}

#[test]
fn a_key_is_opened_whatever_its_file() {
    let certificates = chain(&client());
    let sealed = engine().encrypt_now(key(LEAF), &Passphrase::new("six mots".to_owned())).unwrap();
    let text = pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &sealed);
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for given in [text.into_bytes(), sealed, body.into_bytes(), utf16] {
        for (passphrase, expected) in
            [(Some("six mots"), "ok"), (Some("sept mots"), "warning"), (None, "warning")]
        {
            let report = checked(CheckInput {
                certificate: Some(file(&certificates[0])),
                private_key: Some(FileInput::new(given.clone())),
                passphrase: passphrase.map(|text| Secret::new(text.to_owned())),
                ..CheckInput::default()
            });
            assert_eq!(
                severity(&report.unwrap(), "key-matches-private-key"),
                Some(expected),
                "{passphrase:?}"
            );
        }
    }
}

#[test]
fn a_bundle_gives_the_chain() {
    let certificates = chain(&client());
    let [leaf, intermediate, root] = &certificates;
    let anchor = Some(vec![file(root)]);
    let store =
        jks::write_truststore(&[("ac", intermediate.raw())], &Passphrase::new("changeit".to_owned()), 0);
    let utf16: Vec<u8> =
        pem::encode(pem::CERTIFICATE, intermediate.raw()).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for given in [p7b(&[root, intermediate]), FileInput::new(store.unwrap()), FileInput::new(utf16)] {
        let report = checked(CheckInput {
            certificate: Some(file(leaf)),
            chain: Some(vec![given]),
            trust_anchors: anchor.clone(),
            ..CheckInput::default()
        });
        let report = report.unwrap();
        assert_eq!(report.chain.len(), 3);
        assert_eq!(severity(&report, "side-file-unreadable"), None);
    }
    let report = checked(CheckInput {
        certificate: Some(p7b(&[root, intermediate, leaf])),
        trust_anchors: anchor.clone(),
        ..CheckInput::default()
    });
    let report = report.unwrap();
    assert_eq!(report.certificate.common_name.as_deref(), Some("INSI-AUTO"));
    assert_eq!(report.chain.len(), 3);
    let empty = checked(CheckInput { certificate: Some(p7b(&[])), ..CheckInput::default() }).unwrap_err();
    assert_eq!((empty.code(), empty.findings[0].code()), ("not-a-certificate", "malformed-pkcs7"));
}

//! The readers of files and of what they hold: all that a result can be asked is asked.

use std::hint::black_box;

use pki::certificate::Certificate;
use pki::file::{self, Contents, Encoding, Item};
use pki::key::PublicKey;
use pki::name::DistinguishedName;
use pki::passphrase::Passphrase;
use pki::pem as text;
use pki::request::CertificationRequest;

use crate::keys::SECRET;

/// Without a passphrase, then with that of the seeds.
pub(crate) fn file(bytes: &[u8]) {
    let without = file::read(bytes);
    let with = file::read_with(bytes, &[Passphrase::new(SECRET.to_owned())]);
    for read in [without, with] {
        match read {
            Ok(contents) => ask_contents(&contents),
            Err(error) => drop(black_box(error.to_string())),
        }
    }
}

fn ask_contents(contents: &Contents) {
    for item in &contents.items {
        match item {
            Item::Certificate(certificate) => ask_certificate(certificate),
            Item::Request(request) => ask_request(request),
            Item::PrivateKey(key) | Item::OpenedPrivateKey { key, .. } => crate::keys::ask(key),
            Item::PublicKey(key) => ask_public_key(key),
            Item::RevocationList(der) => crate::containers::list(der),
            Item::UnusableKey(key) => {
                assert!(format!("{key:?}").len() < 200, "a key is not shown");
                key.public_key.iter().for_each(ask_public_key);
            }
            _ => {}
        }
    }
    let is_container = matches!(contents.encoding, Encoding::Jks | Encoding::Pkcs7 | Encoding::Pkcs12);
    let nothing = contents.items.is_empty() && contents.notes.is_empty() && contents.problems.is_empty();
    assert!(is_container || !nothing, "of what was read there is something to say");
    assert!(contents.items.len() <= file::MAX_ITEMS && contents.notes.len() <= file::MAX_ITEMS);
}

pub(crate) fn certificate(bytes: &[u8]) {
    if let Ok(certificate) = Certificate::read(bytes) {
        assert_eq!(certificate.raw(), bytes, "the exact bytes are kept");
        ask_certificate(&certificate);
    }
}

pub(crate) fn request(bytes: &[u8]) {
    if let Ok(request) = CertificationRequest::read_der(bytes) {
        assert_eq!(request.raw(), bytes, "the exact bytes are kept");
        ask_request(&request);
    }
    if let Ok(request) = CertificationRequest::read(bytes) {
        ask_request(&request);
    }
}

pub(crate) fn pem(bytes: &[u8]) {
    let scan = text::scan(bytes);
    for block in scan.blocks() {
        assert!(!block.der().is_empty(), "an empty block is a problem");
        let again = text::encode(block.label(), block.der());
        let again = text::scan(again.as_bytes());
        let [only] = again.blocks() else { panic!("what we write we read: {again:?}") };
        assert_eq!((only.label(), only.der()), (block.label(), block.der()));
        black_box((block.line(), block.is_encrypted_the_old_way()));
    }
    if !scan.blocks().is_empty() {
        assert!(text::looks_like(bytes), "a block begins somewhere");
    }
}

pub(crate) fn name(bytes: &[u8]) {
    if let Ok(name) = DistinguishedName::read(bytes) {
        assert_eq!(name.raw(), bytes, "the exact bytes are kept");
        ask_name(&name);
    }
}

pub(crate) fn ask_certificate(certificate: &Certificate) {
    ask_name(certificate.subject());
    ask_name(certificate.issuer());
    ask_public_key(certificate.public_key());
    let again = Certificate::read(certificate.raw()).expect("read once, read twice");
    assert_eq!(&again, certificate);
    black_box((certificate.version(), certificate.serial(), certificate.serial_is_positive()));
    black_box((certificate.serial_octets(), certificate.not_before(), certificate.not_after()));
    black_box((certificate.signature_algorithm().name(), certificate.signature_algorithms_agree()));
    black_box((certificate.sha256(), certificate.sha1(), certificate.product_category()));
    black_box((certificate.common_name(), certificate.is_ca()));
    ask_extensions(certificate.extensions());
}

pub(crate) fn ask_request(request: &CertificationRequest) {
    ask_name(request.subject());
    ask_public_key(request.public_key());
    let again = CertificationRequest::read_der(request.raw()).expect("read once, read twice");
    assert_eq!(again.subject(), request.subject());
    black_box((request.attributes(), request.has_challenge_password(), request.signature_task()));
    ask_extensions(request.extensions());
}

fn ask_extensions(extensions: &pki::certificate::Extensions) {
    black_box((extensions.malformed(), extensions.repeated(), extensions.unknown_critical()));
    black_box((
        extensions.dns_names(),
        extensions.emails(),
        extensions.key_usage().map(|usage| usage.bits()),
    ));
}

pub(crate) fn ask_public_key(key: &PublicKey) {
    let again = PublicKey::read(key.spki()).expect("read once, read twice");
    assert_eq!(&again, key);
    black_box((key.sha256(), key.algorithm(), key.bits(), key.key_bytes()));
}

fn ask_name(name: &DistinguishedName) {
    black_box((name.openssl(), name.java(), name.common_name(), name.values_of("OU")));
    let text = name.rfc4514();
    assert!(!text.chars().any(char::is_control), "one line that can be copied: {text:?}");
    for attribute in name.attributes() {
        black_box((attribute.text(), attribute.string_type.name(), attribute.short_name()));
    }
    let again = DistinguishedName::read(name.raw()).expect("read once, read twice");
    assert_eq!(&again, name);
}

//! The certificates of a file, whatever it is.

use pki::{
    certificate::{Certificate, Glance},
    file,
};
use vocabulary::{Error, Topic, topics::failures as topics};

use crate::{certificate::not_a_certificate, contract::FileInput};

/// Every certificate of a file that can be read without a passphrase, in its order.
///
/// # Errors
///
/// `not-a-certificate` (or `too-large`) at this field, saying what the file is instead.
pub(crate) fn certificates(file: &FileInput, field: &str) -> Result<Vec<Certificate>, Error> {
    let contents = file::read(file.as_bytes());
    let found: Vec<Certificate> =
        contents.map(|contents| contents.certificates().cloned().collect()).unwrap_or_default();
    if found.is_empty() {
        return Err(Error { field: Some(field.to_owned()), ..not_a_certificate(file) });
    }
    Ok(found)
}

/// What each certificate of a file, PEM or DER, says at first sight.
///
/// # Errors
///
/// `not-a-certificate` (or `too-large`) at this field, saying what the file seems to be instead.
pub(crate) fn glances(file: &FileInput, field: &str) -> Result<Vec<Glance>, Error> {
    let bytes = file.as_bytes();
    if bytes.len() > file::MAX_FILE {
        return Err(Error::at(topics::TOO_LARGE, field));
    }
    let found = Glance::read_all(bytes);
    if found.is_empty() { Err(Error::at(instead(bytes), field)) } else { Ok(found) }
}

/// What bytes that hold no certificate seem to be, by their beginning alone.
fn instead(bytes: &[u8]) -> Topic {
    let head = bytes.get(..2048).unwrap_or(bytes);
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let holds = |part: &str| text.contains(part);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        topics::NOT_A_CERTIFICATE_EMPTY
    } else if holds("-----begin") {
        let known = [
            ("private key-----", topics::NOT_A_CERTIFICATE_KEY),
            ("certificate request-----", topics::NOT_A_CERTIFICATE_CSR),
            ("crl-----", topics::NOT_A_CERTIFICATE_CRL),
            ("pkcs7-----", topics::NOT_A_CERTIFICATE_PKCS7),
        ];
        let named = known.into_iter().find(|(label, _)| holds(label));
        named.map_or(topics::NOT_A_CERTIFICATE_BROKEN, |(_, topic)| topic)
    } else if holds("<html") || holds("<!doctype") {
        topics::NOT_A_CERTIFICATE_HTML
    } else if bytes.starts_with(&JAVA_KEYSTORE) {
        topics::NOT_A_CERTIFICATE_JKS
    } else if has_within(head, &PFX_VERSION, 8) {
        topics::NOT_A_CERTIFICATE_PKCS12
    } else if has_within(head, &SIGNED_DATA, 24) {
        topics::NOT_A_CERTIFICATE_PKCS7
    } else {
        topics::NOT_A_CERTIFICATE
    }
}

fn has_within(head: &[u8], needle: &[u8], most: usize) -> bool {
    head.windows(needle.len()).take(most).any(|window| window == needle)
}

/// The first octets of Java's own keystores.
const JAVA_KEYSTORE: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];

/// `version INTEGER v3(3)`, then the SEQUENCE of `authSafe` (RFC 7292, section 4).
const PFX_VERSION: [u8; 4] = [0x02, 0x01, 0x03, 0x30];

/// 1.2.840.113549.1.7.2, signedData (RFC 5652, section 5.1).
const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// The end-entity certificate of a file and those that came with it.
///
/// # Errors
///
/// Those of [`certificates`].
pub(crate) fn leaf(file: &FileInput, field: &str) -> Result<(Certificate, Vec<Certificate>), Error> {
    let mut found = certificates(file, field)?;
    let place = found.iter().position(|certificate| !certificate.is_ca()).unwrap_or_default();
    let leaf = found.remove(place);
    found.retain(|other| other.raw() != leaf.raw());
    Ok((leaf, found))
}

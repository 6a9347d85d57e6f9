//! What a file given by a person is, as far as it must be known before it is used.

use pki::{
    certificate::Certificate,
    file::{self, Item},
    key::PrivateKeyFile,
};

use crate::contract::FileInput;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// It holds a certificate.
    Certificate,
    /// A request (CSR).
    Request,
    /// A private key in clear.
    PrivateKey,
    /// A private key under a passphrase.
    EncryptedPrivateKey,
    /// A revocation list.
    RevocationList,
    /// PKCS #12, as the platform delivers keys it made.
    Pkcs12,
    /// PKCS #7, certificates without key.
    Pkcs7,
    /// A Java keystore.
    JavaKeystore,
    /// Text that begins as PEM and does not read to its end.
    BrokenPem,
    /// A web page, most often an error page saved under another name.
    Html,
    /// A PDF document.
    Pdf,
    /// A ZIP archive.
    Zip,
    /// Nothing.
    Empty,
    /// None of these.
    Unknown,
}

/// What a file is: the first of certificate, request, key that it holds, else what its beginning tells. Never fails,
/// whatever the bytes.
pub fn kind(file: &FileInput) -> FileKind {
    let bytes = file.as_bytes();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return FileKind::Empty;
    }
    let contents = file::read(bytes).ok();
    let items = contents.iter().flat_map(|contents| &contents.items);
    let named = items.filter_map(kind_of_item).min_by_key(|kind| rank(*kind));
    named.unwrap_or_else(|| kind_of_beginning(bytes))
}

fn kind_of_item(item: &Item) -> Option<FileKind> {
    match item {
        Item::Certificate(_) => Some(FileKind::Certificate),
        Item::Request(_) => Some(FileKind::Request),
        Item::PrivateKey(_) => Some(FileKind::PrivateKey),
        Item::EncryptedPrivateKey(_) => Some(FileKind::EncryptedPrivateKey),
        Item::RevocationList(_) => Some(FileKind::RevocationList),
        Item::Other { label, .. } if label.starts_with("PKCS7") || label == "CMS" => Some(FileKind::Pkcs7),
        _ => None,
    }
}

const fn rank(kind: FileKind) -> u8 {
    match kind {
        FileKind::Certificate => 0,
        FileKind::Request => 1,
        FileKind::PrivateKey | FileKind::EncryptedPrivateKey => 2,
        _ => 3,
    }
}

/// What the first bytes of a file tell, when nothing in it was read.
fn kind_of_beginning(bytes: &[u8]) -> FileKind {
    let head = bytes.get(..512).unwrap_or(bytes);
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.contains("-----begin") {
        FileKind::BrokenPem
    } else if ["<!doctype", "<html", "<head", "<?xml"].iter().any(|tag| text.starts_with(tag)) {
        FileKind::Html
    } else if head.starts_with(b"%PDF") {
        FileKind::Pdf
    } else if head.starts_with(b"PK\x03\x04") {
        FileKind::Zip
    } else if head.starts_with(&[0xfe, 0xed, 0xfe, 0xed]) || head.starts_with(&[0xce, 0xce, 0xce, 0xce]) {
        FileKind::JavaKeystore
    } else if head.starts_with(&[0x30]) && has_within(head, &PFX_VERSION, 8) {
        FileKind::Pkcs12
    } else if head.starts_with(&[0x30]) && has_within(head, &SIGNED_DATA, 24) {
        FileKind::Pkcs7
    } else {
        FileKind::Unknown
    }
}

fn has_within(head: &[u8], needle: &[u8], most: usize) -> bool {
    head.windows(needle.len()).take(most).any(|window| window == needle)
}

/// `version INTEGER v3(3)`, then the SEQUENCE of `authSafe` (RFC 7292, section 4).
const PFX_VERSION: [u8; 4] = [0x02, 0x01, 0x03, 0x30];

/// 1.2.840.113549.1.7.2, signedData (RFC 5652, section 5.1).
const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// Whether a certificate and a request are of the same key.
pub fn is_for(certificate: &FileInput, request: &FileInput) -> bool {
    let (Some(certificate), Some(request)) = (certificate_key(certificate), request_key(request)) else {
        return false;
    };
    certificate == request
}

/// The common name and the structure id that a certificate bears, as written in it.
pub fn bearer_of(certificate: &FileInput) -> Option<(String, String)> {
    let contents = file::read(certificate.as_bytes()).ok()?;
    let certificates: Vec<&Certificate> = contents.certificates().collect();
    let subject = leaf(&certificates)?.subject();
    Some((subject.common_name()?, subject.values_of("OU").into_iter().next()?))
}

/// Of several requests, the one made for this certificate's key; when none is, the first, to be told apart from it.
pub fn matching_request<'a>(
    certificate: &FileInput,
    requests: impl Iterator<Item = &'a FileInput> + Clone,
) -> Option<&'a FileInput> {
    requests.clone().find(|request| is_for(certificate, request)).or_else(|| requests.clone().next())
}

/// Of several keys, this certificate's; else one that is encrypted and may be; else the first.
pub fn matching_key<'a>(
    certificate: &FileInput,
    keys: impl Iterator<Item = &'a FileInput> + Clone,
) -> Option<&'a FileInput> {
    let wanted = certificate_key(certificate);
    let read = |key: &FileInput| PrivateKeyFile::read(key.as_bytes()).ok();
    let matches = |key: &FileInput| match read(key) {
        Some(PrivateKeyFile::Clear(key)) => Some(key.public_key().sha256()) == wanted,
        _ => false,
    };
    let encrypted = |key: &FileInput| matches!(read(key), Some(PrivateKeyFile::Encrypted(_)));
    keys.clone()
        .find(|key| matches(key))
        .or_else(|| keys.clone().find(|key| encrypted(key)))
        .or_else(|| keys.clone().next())
}

fn certificate_key(file: &FileInput) -> Option<String> {
    let contents = file::read(file.as_bytes()).ok()?;
    let certificates: Vec<&Certificate> = contents.certificates().collect();
    leaf(&certificates).map(|certificate| certificate.public_key().sha256())
}

fn request_key(file: &FileInput) -> Option<String> {
    let contents = file::read(file.as_bytes()).ok()?;
    contents.requests().next().map(|request| request.public_key().sha256())
}

/// The end-entity certificate among several: the first that is no authority, else the first.
pub(crate) fn leaf<'a>(certificates: &[&'a Certificate]) -> Option<&'a Certificate> {
    certificates.iter().find(|certificate| !certificate.is_ca()).or_else(|| certificates.first()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_what_they_hold() {
        for (bytes, expected) in [
            (&b""[..], FileKind::Empty),
            (b" \r\n\t", FileKind::Empty),
            (b"\xef\xbb\xbf<!DOCTYPE html><html>", FileKind::Html),
            (b"  <html lang=fr>", FileKind::Html),
            (b"%PDF-1.7", FileKind::Pdf),
            (b"PK\x03\x04....", FileKind::Zip),
            (b"\xfe\xed\xfe\xed\0\0\0\x02", FileKind::JavaKeystore),
            (b"\x30\x82\x0a\x00\x02\x01\x03\x30\x82", FileKind::Pkcs12),
            (b"\x30\x82\x0a\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", FileKind::Pkcs7),
            (b"-----BEGIN CERTIFICATE-----\nMIIB", FileKind::BrokenPem),
            (b"bonjour", FileKind::Unknown),
            (&[0x30; 600], FileKind::Unknown),
        ] {
            assert_eq!(
                kind(&FileInput::new(bytes.to_vec())),
                expected,
                "{:?}",
                bytes.get(..20).unwrap_or(bytes)
            );
        }
    }
}

//! What a file given by a person is, as far as it must be known before it is used.

use pki::{
    certificate::Certificate,
    file::{self, Encoding, FileError, Foreign, Item},
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

/// What a file is: the container it is, else the first of certificate, request, key that it holds, else what it is
/// instead. Never fails, whatever the bytes.
pub fn kind(file: &FileInput) -> FileKind {
    let contents = match file::read(file.as_bytes()) {
        Ok(contents) => contents,
        Err(FileError::Foreign(foreign)) => return kind_of_foreign(&foreign),
        Err(FileError::Truncated { encoding, .. }) => {
            return kind_of_container(encoding).unwrap_or(FileKind::Unknown);
        }
        Err(_) => return FileKind::Unknown,
    };
    if let Some(container) = kind_of_container(contents.encoding) {
        return container;
    }
    let named = contents.items.iter().filter_map(kind_of_item).min_by_key(|kind| rank(*kind));
    let is_text = contents.encoding == Encoding::Pem;
    named.unwrap_or(if is_text { FileKind::BrokenPem } else { FileKind::Unknown })
}

fn kind_of_container(encoding: Encoding) -> Option<FileKind> {
    match encoding {
        Encoding::Jks => Some(FileKind::JavaKeystore),
        Encoding::Pkcs7 => Some(FileKind::Pkcs7),
        Encoding::Pkcs12 => Some(FileKind::Pkcs12),
        _ => None,
    }
}

fn kind_of_item(item: &Item) -> Option<FileKind> {
    match item {
        Item::Certificate(_) => Some(FileKind::Certificate),
        Item::Request(_) => Some(FileKind::Request),
        Item::PrivateKey(_) => Some(FileKind::PrivateKey),
        Item::EncryptedPrivateKey(_) => Some(FileKind::EncryptedPrivateKey),
        Item::RevocationList(_) => Some(FileKind::RevocationList),
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

const fn kind_of_foreign(foreign: &Foreign) -> FileKind {
    match foreign {
        Foreign::Empty => FileKind::Empty,
        Foreign::Html { .. } | Foreign::Xml { .. } => FileKind::Html,
        Foreign::Pdf => FileKind::Pdf,
        Foreign::Zip { .. } => FileKind::Zip,
        _ => FileKind::Unknown,
    }
}

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
            (b"\x30\x82\x0a\x00\x30\x82", FileKind::Unknown),
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

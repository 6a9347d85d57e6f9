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
    /// Nothing.
    Empty,
    /// None of these.
    Unknown,
}

/// What a file is: the first of certificate, request, key that it holds. Never fails, whatever the bytes.
pub fn kind(file: &FileInput) -> FileKind {
    if file.as_bytes().iter().all(u8::is_ascii_whitespace) {
        return FileKind::Empty;
    }
    let Ok(contents) = file::read(file.as_bytes()) else { return FileKind::Unknown };
    let kind_of = |item: &Item| match item {
        Item::Certificate(_) => FileKind::Certificate,
        Item::Request(_) => FileKind::Request,
        Item::PrivateKey(_) => FileKind::PrivateKey,
        Item::EncryptedPrivateKey(_) => FileKind::EncryptedPrivateKey,
        _ => FileKind::Unknown,
    };
    let rank = |kind: &FileKind| match kind {
        FileKind::Certificate => 0,
        FileKind::Request => 1,
        FileKind::PrivateKey | FileKind::EncryptedPrivateKey => 2,
        FileKind::Empty | FileKind::Unknown => 3,
    };
    contents.items.iter().map(kind_of).min_by_key(rank).unwrap_or(FileKind::Unknown)
}

/// Whether a certificate and a request are of the same key.
pub fn is_for(certificate: &FileInput, request: &FileInput) -> bool {
    let (Some(certificate), Some(request)) = (certificate_key(certificate), request_key(request)) else {
        return false;
    };
    certificate == request
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

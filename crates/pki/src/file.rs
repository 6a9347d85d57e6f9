//! What a file holds: PEM with one or many blocks, or one DER object.
//!
//! Containers (PKCS #7, PKCS #12, JKS, ZIP) are not opened here.

use std::fmt;

use crate::asn1::Element;
use crate::certificate::Certificate;
use crate::crl;
use crate::encrypted_key;
use crate::key::{KeyError, PrivateKey, PrivateKeyFile, PublicKey};
use crate::pem;
use crate::request::CertificationRequest;

/// The longest file read, in octets.
pub const MAX_FILE: usize = 100 * 1024 * 1024;

/// What was found in a file.
#[derive(Debug)]
pub struct Contents {
    /// How it was written.
    pub encoding: Encoding,
    /// What could be named, in order.
    pub items: Vec<Item>,
    /// Blocks of PEM that could not be decoded.
    pub problems: Vec<pem::Problem>,
}

impl Contents {
    /// The certificates, in order.
    pub fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.items.iter().filter_map(|item| match item {
            Item::Certificate(certificate) => Some(certificate.as_ref()),
            _ => None,
        })
    }

    /// The requests, in order.
    pub fn requests(&self) -> impl Iterator<Item = &CertificationRequest> {
        self.items.iter().filter_map(|item| match item {
            Item::Request(request) => Some(request.as_ref()),
            _ => None,
        })
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// One binary object.
    Der,
    /// Text blocks.
    Pem,
}

/// One object of a file.
#[derive(Debug)]
#[non_exhaustive]
pub enum Item {
    /// A certificate.
    Certificate(Box<Certificate>),
    /// A DER EncryptedPrivateKeyInfo.
    EncryptedPrivateKey(Vec<u8>),
    /// A private key in clear.
    PrivateKey(Box<PrivateKey>),
    /// A revocation list (RFC 5280, section 5); [`crate::crl`] reads it further.
    RevocationList(Vec<u8>),
    /// A public key alone.
    PublicKey(PublicKey),
    /// A request.
    Request(Box<CertificationRequest>),
    /// A private key that cannot be used.
    UnusableKey(KeyError),
    /// Something else, with its PEM label when it has one.
    Other {
        /// The label, empty in DER.
        label: String,
        /// The bytes.
        der: Vec<u8>,
    },
}

/// Reads a file. Errors only say that it was not read: too long, or neither PEM nor one DER object.
///
/// An object is named by what it is; its PEM label is only asked when that does not tell.
pub fn read(bytes: &[u8]) -> Result<Contents, FileError> {
    if bytes.len() > MAX_FILE {
        return Err(FileError::TooLarge { octets: bytes.len() });
    }
    if !pem::looks_like(bytes) {
        // Editors and mail programs add a line end after binary data.
        let bytes = match Element::first(bytes) {
            Some((rest, object)) if rest.iter().all(u8::is_ascii_whitespace) => object.raw,
            _ => return Err(FileError::Unknown),
        };
        return Ok(Contents {
            encoding: Encoding::Der,
            items: vec![name_item("", bytes)],
            problems: Vec::new(),
        });
    }
    let scan = pem::scan(bytes);
    let items = scan.blocks().iter().map(|block| {
        if block.is_encrypted_the_old_way() {
            Item::UnusableKey(KeyError::LegacyEncryption)
        } else {
            name_item(block.label(), block.der())
        }
    });
    Ok(Contents { encoding: Encoding::Pem, items: items.collect(), problems: scan.problems().to_vec() })
}

fn name_item(label: &str, der: &[u8]) -> Item {
    if let Ok(certificate) = Certificate::read(der) {
        return Item::Certificate(Box::new(certificate));
    }
    if let Ok(request) = CertificationRequest::read_der(der) {
        return Item::Request(Box::new(request));
    }
    if crl::is_revocation_list(der) {
        return Item::RevocationList(der.to_vec());
    }
    if encrypted_key::is_encrypted_key(der) {
        return Item::EncryptedPrivateKey(der.to_vec());
    }
    match PrivateKeyFile::read(der) {
        Ok(PrivateKeyFile::Clear(key)) => return Item::PrivateKey(Box::new(key)),
        Ok(PrivateKeyFile::Encrypted(key)) => return Item::EncryptedPrivateKey(key),
        Err(KeyError::NotAPrivateKey) if label.ends_with("PRIVATE KEY") => {
            return Item::UnusableKey(KeyError::Malformed);
        }
        Err(KeyError::NotAPrivateKey) => {}
        Err(error) => return Item::UnusableKey(error),
    }
    match PublicKey::read(der) {
        Ok(key) => Item::PublicKey(key),
        Err(_) => Item::Other { label: label.to_owned(), der: der.to_vec() },
    }
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// Longer than [`MAX_FILE`].
    TooLarge {
        /// Found.
        octets: usize,
    },
    /// Neither PEM nor one DER object.
    Unknown,
}

impl FileError {
    /// Stable kebab-case code.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::Unknown => "unknown-file",
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for FileError {}

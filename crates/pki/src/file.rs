//! What a file holds, whatever it is: PEM with one or many blocks, base64 without markers, DER objects, the containers
//! PKCS #7, PKCS #12 and JKS; else what it is instead.
//!
//! An object is named by what it is; its PEM label is only asked when that does not tell. The work is proportional to the
//! file, and what passphrases cost is bounded ([`crate::pkcs12::MAX_TOTAL_ROUNDS`]).

mod foreign;
mod read;
mod text;

use std::fmt;

use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::encrypted_key::EncryptedKeyError;
use crate::jks::JksError;
use crate::key::{KeyError, PrivateKey, PublicKey};
use crate::passphrase::Passphrase;
use crate::pem;
use crate::pkcs7::Pkcs7Error;
use crate::pkcs12::Pkcs12Error;
use crate::request::CertificationRequest;

pub use foreign::Foreign;

/// The longest file read, in octets.
pub const MAX_FILE: usize = 100 * 1024 * 1024;

/// The most objects taken from one file.
pub const MAX_ITEMS: usize = 10_000;

/// Reads a file. Errors only say that it was not read: too long, cut, or something else than keys and certificates.
///
/// Nothing is decrypted, save what an empty passphrase opens at once.
pub fn read(bytes: &[u8]) -> Result<Contents, FileError> {
    read_with(bytes, &[])
}

/// The same, trying each passphrase on what is encrypted.
///
/// What none opens stays as it is ([`Item::EncryptedPrivateKey`]), and [`Note::WrongPassphrase`] says so: a wrong
/// passphrase is no error. Certificates of a container that stand in clear are read all the same.
pub fn read_with(bytes: &[u8], passphrases: &[Passphrase]) -> Result<Contents, FileError> {
    if bytes.len() > MAX_FILE {
        return Err(FileError::TooLarge { octets: bytes.len() });
    }
    read::read(bytes, passphrases)
}

/// What was found in a file.
#[derive(Debug)]
pub struct Contents {
    /// How it was written.
    pub encoding: Encoding,
    /// What could be named, in order.
    pub items: Vec<Item>,
    /// Blocks of PEM that could not be decoded.
    pub problems: Vec<pem::Problem>,
    /// What else there is to know, in order, each thing once.
    pub notes: Vec<Note>,
    /// The rounds of derivation that passphrases cost, for whoever opens many files.
    pub rounds: u64,
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

    /// The private keys that can be used, in order.
    pub fn private_keys(&self) -> impl Iterator<Item = &PrivateKey> {
        self.items.iter().filter_map(|item| match item {
            Item::PrivateKey(key) | Item::OpenedPrivateKey { key, .. } => Some(key.as_ref()),
            _ => None,
        })
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// Base64 without the markers of PEM.
    Base64,
    /// Binary objects, most often one.
    Der,
    /// A Java keystore, JKS or JCEKS.
    Jks,
    /// Text blocks.
    Pem,
    /// PKCS #7, binary or in one text block.
    Pkcs7,
    /// PKCS #12, binary or in one text block.
    Pkcs12,
}

/// One object of a file.
#[derive(Debug)]
#[non_exhaustive]
pub enum Item {
    /// A certificate.
    Certificate(Box<Certificate>),
    /// A DER EncryptedPrivateKeyInfo.
    EncryptedPrivateKey(Vec<u8>),
    /// A private key that the file holds encrypted, opened with a passphrase.
    OpenedPrivateKey {
        /// The key.
        key: Box<PrivateKey>,
        /// DER EncryptedPrivateKeyInfo, as the file holds it.
        sealed: Vec<u8>,
    },
    /// A private key in clear, or opened from an encryption of the whole.
    PrivateKey(Box<PrivateKey>),
    /// A revocation list (RFC 5280, section 5); [`crate::crl`] reads it further.
    RevocationList(Vec<u8>),
    /// A public key alone.
    PublicKey(PublicKey),
    /// A request.
    Request(Box<CertificationRequest>),
    /// A private key that cannot be used.
    UnusableKey(UnusableKey),
    /// Something else, with its PEM label when it has one.
    Other {
        /// The label, empty in DER.
        label: String,
        /// The bytes.
        der: Vec<u8>,
    },
}

/// A private key that cannot be used: for another algorithm than RSA, damaged, or encrypted the old OpenSSL way and not
/// opened.
pub struct UnusableKey {
    /// Why.
    pub error: KeyError,
    /// What the file holds of it.
    pub der: Zeroizing<Vec<u8>>,
    /// Its public half, when the file gives it.
    pub public_key: Option<PublicKey>,
}

impl fmt::Debug for UnusableKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnusableKey({:?}, …)", self.error)
    }
}

/// Something to know of a file beside what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// An object is cut: it announces more octets than there are.
    Cut {
        /// Its PEM label, empty when it has none.
        label: String,
        /// The line of its `BEGIN`, from 1; 0 when it has none.
        line: usize,
        /// Octets announced.
        announced: usize,
        /// Octets present.
        found: usize,
    },
    /// An empty passphrase opened it.
    EmptyPassphrase,
    /// Java keystore: private keys, which only Java opens.
    JavaKeys {
        /// How many.
        count: usize,
    },
    /// A Java keystore that was not read, or not to its end.
    JavaKeystore(Option<JksError>),
    /// A key under another passphrase than the rest of its container.
    KeyPassphrase,
    /// Base64 without the markers of PEM.
    NoMarkers,
    /// PKCS #12: nothing would tell that it was altered.
    NoIntegrity,
    /// PKCS #12: things that are neither certificates, keys nor lists.
    OtherBags {
        /// How many.
        count: usize,
    },
    /// Something is encrypted, and no passphrase was given.
    PassphraseNeeded,
    /// A PKCS #7 that was not read.
    Pkcs7(Pkcs7Error),
    /// A PKCS #12 that was not read.
    Pkcs12(Pkcs12Error),
    /// A part is encrypted for a certificate, not under a passphrase.
    PublicKeyEncryption,
    /// A block could only be read after it was set right.
    Repaired {
        /// Its label.
        label: String,
        /// The line of its `BEGIN`, from 1.
        line: usize,
        /// What was set right.
        repair: pem::Repair,
    },
    /// A PKCS #7 that is a signed message, not only a bundle of certificates.
    SignedMessage,
    /// More objects than are taken.
    TooManyItems {
        /// The bound.
        most: usize,
    },
    /// More work for passphrases than is done.
    TooMuchWork,
    /// Octets follow the last object.
    TrailingOctets {
        /// How many.
        count: usize,
    },
    /// An object reads neither as what it is labelled nor as anything else.
    Unreadable {
        /// Its PEM label, empty when it has none.
        label: String,
        /// The line of its `BEGIN`, from 1; 0 when it has none.
        line: usize,
    },
    /// Something is encrypted in a way that is not read.
    UnreadEncryption(EncryptedKeyError),
    /// The text was in UTF-16.
    Utf16,
    /// Something is encrypted, and no passphrase given opens it.
    WrongPassphrase,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// Something else than keys and certificates.
    Foreign(Foreign),
    /// Longer than [`MAX_FILE`].
    TooLarge {
        /// Found.
        octets: usize,
    },
    /// A DER object whose end is missing.
    Truncated {
        /// Octets that its beginning announces.
        announced: usize,
        /// Octets of the file.
        found: usize,
        /// What it would have been, when its beginning tells.
        encoding: Encoding,
    },
    /// Not recognised at all.
    Unknown,
}

impl FileError {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Foreign(_) => "foreign-file",
            Self::TooLarge { .. } => "too-large",
            Self::Truncated { .. } => "truncated",
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

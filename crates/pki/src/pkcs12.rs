//! PKCS #12 (RFC 7292): the `.p12` and `.pfx` that hold a key with its certificates.
//!
//! ```text
//! PFX ::= SEQUENCE { version INTEGER {v3(3)}, authSafe ContentInfo, macData MacData OPTIONAL }
//! AuthenticatedSafe ::= SEQUENCE OF ContentInfo   -- Data, EncryptedData or EnvelopedData
//! SafeContents ::= SEQUENCE OF SafeBag
//! SafeBag ::= SEQUENCE { bagId OBJECT IDENTIFIER, bagValue [0] EXPLICIT ANY, bagAttributes SET OPTIONAL }
//! MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }
//! ```
//!
//! What stands in clear is read without the passphrase: the IGC-Santé platform writes its certificates so.

mod integrity;
mod read;
mod write;

use std::fmt;

use zeroize::Zeroizing;

use crate::encrypted_key::EncryptedKeyError;
use crate::key::{KeyError, PrivateKey};
use crate::oid::Oid;

pub use integrity::Integrity;
pub(crate) use read::{Budget, read_within};
pub use read::{is_pkcs12, read};
pub use write::{Content, Profile, RANDOM_OCTETS, WriteError, write};

/// The most bags read from one file.
pub const MAX_BAGS: usize = 10_000;

/// The most rounds of derivation done for one file, over all its parts: some seconds in a browser.
pub const MAX_TOTAL_ROUNDS: u64 = 20_000_000;

/// What a PKCS #12 holds.
#[derive(Debug)]
pub struct Pkcs12 {
    /// The certificates, in the order of the file.
    pub certificates: Vec<CertificateEntry>,
    /// The private keys, in the order of the file.
    pub keys: Vec<KeyEntry>,
    /// DER revocation lists.
    pub revocation_lists: Vec<Vec<u8>>,
    /// The parts that were not opened: without a passphrase, each encrypted part.
    pub unopened: Vec<Unopened>,
    /// Bags that are none of these: secrets, certificates of another kind.
    pub other_bags: usize,
    /// What protects the whole from change.
    pub integrity: Integrity,
}

/// One certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateEntry {
    /// The DER certificate, not read further.
    pub der: Vec<u8>,
    /// The name shown by Windows, the alias of Java.
    pub friendly_name: Option<String>,
    /// What ties it to its key.
    pub local_key_id: Option<Vec<u8>>,
    /// Whether it stood in an encrypted part.
    pub was_encrypted: bool,
}

/// One private key.
#[derive(Debug)]
pub struct KeyEntry {
    /// The key, as far as it could be opened.
    pub key: Key,
    /// The name shown by Windows, the alias of Java.
    pub friendly_name: Option<String>,
    /// What ties it to its certificate.
    pub local_key_id: Option<Vec<u8>>,
    /// Whether the file holds it encrypted.
    pub was_encrypted: bool,
    /// DER EncryptedPrivateKeyInfo, when the file holds it as one that was opened.
    pub sealed: Option<Vec<u8>>,
}

/// A private key of a PKCS #12.
#[non_exhaustive]
pub enum Key {
    /// It can be used.
    Usable(PrivateKey),
    /// Still encrypted.
    Encrypted {
        /// DER EncryptedPrivateKeyInfo.
        der: Vec<u8>,
        /// Why, when a passphrase was given.
        why: Option<Unopened>,
    },
    /// In clear, and for another algorithm than RSA, or damaged.
    Unusable {
        /// DER PrivateKeyInfo.
        pkcs8: Zeroizing<Vec<u8>>,
        /// Why.
        error: KeyError,
    },
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usable(key) => key.fmt(f),
            Self::Encrypted { why, .. } => write!(f, "Encrypted({why:?})"),
            Self::Unusable { error, .. } => write!(f, "Unusable({error:?})"),
        }
    }
}

/// Why a part of a PKCS #12 was not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unopened {
    /// It is encrypted, and no passphrase was given.
    NoPassphrase,
    /// The passphrase that opens the rest does not open this one.
    OtherPassphrase,
    /// It is encrypted for a certificate, not under a passphrase.
    PublicKey,
    /// It is encrypted in a way that is not read.
    Scheme(EncryptedKeyError),
}

/// Why a PKCS #12 was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pkcs12Error {
    /// The passphrase is right, and the content was altered since it was written.
    Altered,
    /// Its structure does not read.
    Malformed,
    /// It does not have the outer structure of a PKCS #12.
    NotPkcs12,
    /// Opening it would take too many rounds.
    Rounds {
        /// As found, or the sum over the file; `u32::MAX` stands for anything beyond.
        found: u64,
        /// The bound.
        most: u64,
    },
    /// It is protected by a signature, not by a passphrase (RFC 7292, section 3.1).
    Signed,
    /// Nested deeper than is followed.
    TooDeep,
    /// More bags than are read.
    TooManyBags {
        /// The bound.
        most: usize,
    },
    /// Its end is missing.
    Truncated,
    /// Its integrity is protected in a way that is not read, so that no passphrase can be checked.
    UnsupportedIntegrity {
        /// The hash or scheme.
        algorithm: Oid,
    },
    /// The passphrase does not open it.
    WrongPassphrase,
}

impl Pkcs12Error {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Altered => "pkcs12-altered",
            Self::Malformed | Self::TooDeep => "malformed-pkcs12",
            Self::NotPkcs12 => "not-a-pkcs12",
            Self::Rounds { .. } => "key-derivation-rounds",
            Self::Signed | Self::UnsupportedIntegrity { .. } => "unsupported-pkcs12",
            Self::TooManyBags { .. } => "too-many-items",
            Self::Truncated => "truncated",
            Self::WrongPassphrase => "wrong-passphrase",
        }
    }
}

impl fmt::Display for Pkcs12Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Pkcs12Error {}

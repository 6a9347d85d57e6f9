//! Keys: what they are and how they are written; no mathematics but what tells a damaged private key.

mod consistency;
mod foreign;
mod private;
mod public;

use std::fmt;

use crate::oid::Oid;
use crate::pem;

pub(crate) use foreign::public_half;
pub(crate) use private::has_shape_of_a_key;
pub use private::{PrivateKey, PrivateKeyFile};
pub use public::{Curve, PublicKey, PublicKeyKind};

/// The sizes of RSA keys that can be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RsaBits {
    /// What every IGC-Santé certificate has.
    #[default]
    Bits2048,
    /// 3072 bits.
    Bits3072,
    /// 4096 bits.
    Bits4096,
}

impl RsaBits {
    /// Every size, smallest first.
    pub const ALL: [Self; 3] = [Self::Bits2048, Self::Bits3072, Self::Bits4096];

    /// The size in bits.
    pub fn get(self) -> u32 {
        match self {
            Self::Bits2048 => 2048,
            Self::Bits3072 => 3072,
            Self::Bits4096 => 4096,
        }
    }
}

impl TryFrom<u32> for RsaBits {
    type Error = KeyError;

    fn try_from(bits: u32) -> Result<Self, KeyError> {
        Self::ALL.into_iter().find(|known| known.get() == bits).ok_or(KeyError::UnsupportedSize { bits })
    }
}

/// Why a key cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// A PEM private key protected the old OpenSSL way (`DEK-Info`), outside PKCS #8.
    LegacyEncryption,
    /// It announces itself as a key but does not read as one, or its numbers do not fit together.
    Malformed,
    /// Nothing here is a private key.
    NotAPrivateKey,
    /// A private key for another algorithm than RSA; its dotted identifier or PEM label.
    UnsupportedAlgorithm {
        /// What it says it is.
        algorithm: String,
    },
    /// An RSA key of more than two primes.
    UnsupportedMultiPrime,
    /// An RSA size that is not offered, or that no reader accepts.
    UnsupportedSize {
        /// In bits.
        bits: u32,
    },
}

impl KeyError {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::LegacyEncryption => "unsupported-key-encryption",
            Self::Malformed => "malformed-key",
            Self::NotAPrivateKey => "not-a-private-key",
            Self::UnsupportedAlgorithm { .. } | Self::UnsupportedMultiPrime => "unsupported-key-algorithm",
            Self::UnsupportedSize { .. } => "unsupported-key-size",
        }
    }

    /// Why the content of a PEM block labelled as a private key is none: the label tells what the content does not.
    pub(crate) fn of_label(label: &str) -> Self {
        match label {
            pem::PRIVATE_KEY | pem::RSA_PRIVATE_KEY | pem::ENCRYPTED_PRIVATE_KEY => Self::Malformed,
            other => Self::UnsupportedAlgorithm { algorithm: other.to_owned() },
        }
    }

    pub(crate) fn algorithm(oid: &Oid) -> Self {
        Self::UnsupportedAlgorithm { algorithm: oid.as_str().to_owned() }
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for KeyError {}

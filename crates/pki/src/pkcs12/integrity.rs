//! What protects the whole file from change: RFC 7292, section 4, and RFC 9579 (PBMAC1).

use x509_parser::asn1_rs::Tag;

use super::Pkcs12Error;
use super::read::Budget;
use crate::asn1::Element;
use crate::encrypted_key::{
    EncryptedKeyError, Prf, Purpose, Secret, hmac, identifier, pbkdf2, pkcs12, read_pbkdf2, read_rounds, runs,
};
use crate::oid::{self, Oid};

/// What protects the whole file from change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Integrity {
    /// A code made of the passphrase.
    Mac {
        /// Its function.
        prf: Prf,
        /// Rounds of derivation.
        rounds: u32,
        /// Whether the scheme is the one of RFC 9579.
        pbmac1: bool,
        /// Whether a passphrase was given, and the code was right.
        checked: bool,
    },
    /// Nothing: a change would not be noticed.
    None,
    /// A code that is not read.
    Unsupported {
        /// The hash or scheme.
        algorithm: Oid,
    },
}

/// MacData, taken apart.
pub(super) enum Mac<'a> {
    Pbmac1 { prf: Prf, derivation: Prf, rounds: u32, salt: Vec<u8>, length: usize, expected: &'a [u8] },
    Pkcs12 { prf: Prf, rounds: u32, salt: &'a [u8], expected: &'a [u8] },
    Unsupported { algorithm: Oid },
}

impl<'a> Mac<'a> {
    pub(super) fn read(data: &Element<'a>) -> Result<Self, Pkcs12Error> {
        let parts = data.sequence().ok_or(Pkcs12Error::Malformed)?;
        let (digest, salt, rounds) = match parts.as_slice() {
            [digest, salt] => (digest, salt, None),
            [digest, salt, rounds] => (digest, salt, Some(rounds)),
            _ => return Err(Pkcs12Error::Malformed),
        };
        let digest = digest.sequence().ok_or(Pkcs12Error::Malformed)?;
        let [algorithm, expected] = digest.as_slice() else {
            return Err(Pkcs12Error::Malformed);
        };
        let expected = expected.octets().ok_or(Pkcs12Error::Malformed)?;
        let (algorithm, parameters) = identifier(algorithm).map_err(|_| Pkcs12Error::Malformed)?;
        if algorithm == oid::PBMAC1 {
            return read_pbmac1(parameters, expected);
        }
        let Some(prf) = Prf::of_hash(&algorithm) else {
            return Ok(Self::Unsupported { algorithm });
        };
        let salt = salt.octets().ok_or(Pkcs12Error::Malformed)?;
        let rounds = rounds.map_or(Ok(1), read_rounds)?;
        Ok(Self::Pkcs12 { prf, rounds, salt, expected })
    }

    pub(super) fn describe(&self, checked: bool) -> Integrity {
        match self {
            Self::Pbmac1 { prf, rounds, .. } => {
                Integrity::Mac { prf: *prf, rounds: *rounds, pbmac1: true, checked }
            }
            Self::Pkcs12 { prf, rounds, .. } => {
                Integrity::Mac { prf: *prf, rounds: *rounds, pbmac1: false, checked }
            }
            Self::Unsupported { algorithm } => Integrity::Unsupported { algorithm: algorithm.clone() },
        }
    }

    /// The octets of a secret that the code is made of.
    pub(super) fn material<'s>(&self, secret: &'s Secret) -> &'s [u8] {
        match self {
            Self::Pbmac1 { .. } => &secret.text,
            Self::Pkcs12 { .. } | Self::Unsupported { .. } => &secret.bmp,
        }
    }

    /// Whether the code over `content` is right under this secret; nothing when it cannot be told.
    pub(super) fn verify(
        &self,
        content: &[u8],
        secret: &Secret,
        budget: &mut Budget,
    ) -> Result<Option<bool>, Pkcs12Error> {
        let (prf, key, expected) = match self {
            Self::Pbmac1 { prf, derivation, rounds, salt, length, expected } => {
                budget.spend(u64::from(*rounds).saturating_mul(runs(*derivation, *length)))?;
                (*prf, pbkdf2(*derivation, &secret.text, salt, *rounds, *length), expected)
            }
            Self::Pkcs12 { prf, rounds, salt, expected } => {
                budget.spend(u64::from(*rounds))?;
                let key = pkcs12(*prf, Purpose::Integrity, &secret.bmp, salt, *rounds, prf.size());
                (*prf, key, expected)
            }
            Self::Unsupported { .. } => return Ok(None),
        };
        // Nobody measures the time of a comparison on their own machine.
        Ok(Some(hmac(prf, &key, content).as_slice() == *expected))
    }
}

/// `PBMAC1-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, messageAuthScheme AlgorithmIdentifier }`
fn read_pbmac1<'a>(parameters: Option<Element<'a>>, expected: &'a [u8]) -> Result<Mac<'a>, Pkcs12Error> {
    let parts = parameters.and_then(|parameters| parameters.sequence());
    let Some([derivation, scheme]) = parts.as_deref() else {
        return Err(Pkcs12Error::Malformed);
    };
    let (algorithm, _) = identifier(scheme).map_err(|_| Pkcs12Error::Malformed)?;
    let Some(prf) = Prf::of_hmac(&algorithm) else {
        return Ok(Mac::Unsupported { algorithm });
    };
    let (algorithm, parameters) = identifier(derivation).map_err(|_| Pkcs12Error::Malformed)?;
    if algorithm != oid::PBKDF2 {
        return Ok(Mac::Unsupported { algorithm });
    }
    let parameters = parameters.ok_or(Pkcs12Error::Malformed)?;
    // The length of the key must be there (RFC 9579, section 4).
    let lengths = parameters.sequence().unwrap_or_default();
    let length = lengths.get(2).filter(|length| length.is(Tag::Integer)).and_then(Element::unsigned);
    let length = length.and_then(|length| usize::try_from(length).ok()).filter(|length| *length <= 128);
    let length = length.ok_or(Pkcs12Error::Malformed)?;
    let (derivation, rounds, salt) = read_pbkdf2(&parameters, length)?;
    Ok(Mac::Pbmac1 { prf, derivation, rounds, salt, length, expected })
}

impl From<EncryptedKeyError> for Pkcs12Error {
    fn from(error: EncryptedKeyError) -> Self {
        match error {
            EncryptedKeyError::Rounds { found, most } => {
                Self::Rounds { found: u64::from(found), most: u64::from(most) }
            }
            EncryptedKeyError::UnsupportedDerivation { algorithm } => {
                Self::UnsupportedIntegrity { algorithm }
            }
            _ => Self::Malformed,
        }
    }
}

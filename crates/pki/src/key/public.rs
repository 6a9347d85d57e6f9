//! Public keys: SubjectPublicKeyInfo, RFC 5280 section 4.1.2.7.

use base64ct::{Base64, Encoding};
use der::asn1::BitStringRef;
use der::{Decode, Encode};
use sha2::{Digest, Sha256};
use x509_parser::asn1_rs;

use super::KeyError;
use crate::asn1::Element;
use crate::oid::{self, Oid};

/// A public key: its exact DER SubjectPublicKeyInfo, and what could be read of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PublicKey {
    spki: Vec<u8>,
    kind: PublicKeyKind,
}

impl PublicKey {
    /// Reads a DER SubjectPublicKeyInfo that fills `spki` to the end. An unknown algorithm, or a
    /// content that does not fit its algorithm, is no error: [`PublicKey::kind`] says it.
    pub fn read(spki: &[u8]) -> Result<Self, KeyError> {
        let parts = Element::only(spki).and_then(|info| info.sequence()).ok_or(KeyError::Malformed)?;
        let [algorithm, key] = parts.as_slice() else {
            return Err(KeyError::Malformed);
        };
        let algorithm = algorithm.sequence().ok_or(KeyError::Malformed)?;
        let identifier = algorithm.first().and_then(Element::oid).ok_or(KeyError::Malformed)?;
        if !key.is(asn1_rs::Tag::BitString) {
            return Err(KeyError::Malformed);
        }
        let bits = BitStringRef::from_der(key.raw).ok().and_then(|bits| bits.as_bytes()).unwrap_or_default();
        let kind = PublicKeyKind::read(identifier, algorithm.get(1), bits);
        Ok(Self { spki: spki.to_vec(), kind })
    }

    /// Wraps a DER PKCS #1 RSAPublicKey.
    pub(super) fn from_rsa(key: &pkcs1::RsaPublicKeyRef<'_>) -> Result<Self, KeyError> {
        let bits = key.to_der().map_err(|_| KeyError::Malformed)?;
        let spki = spki::SubjectPublicKeyInfoRef {
            algorithm: pkcs1::ALGORITHM_ID,
            subject_public_key: BitStringRef::from_bytes(&bits).map_err(|_| KeyError::Malformed)?,
        };
        Self::read(&spki.to_der().map_err(|_| KeyError::Malformed)?)
    }

    /// The exact DER SubjectPublicKeyInfo.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// What the key is.
    pub fn kind(&self) -> &PublicKeyKind {
        &self.kind
    }

    /// `RSA`, `EC`, `Ed25519`, `DSA`, else the dotted identifier.
    pub fn algorithm(&self) -> &str {
        match &self.kind {
            PublicKeyKind::Ec { .. } => "EC",
            PublicKeyKind::Ed25519 => "Ed25519",
            PublicKeyKind::Malformed { algorithm } | PublicKeyKind::Other { algorithm } => match algorithm {
                algorithm if *algorithm == oid::RSA_ENCRYPTION => "RSA",
                algorithm if *algorithm == oid::EC_PUBLIC_KEY => "EC",
                algorithm if *algorithm == oid::DSA => "DSA",
                algorithm => algorithm.as_str(),
            },
            PublicKeyKind::Rsa { .. } => "RSA",
        }
    }

    /// The size in bits, of the modulus or of the curve; nothing when unknown.
    pub fn bits(&self) -> Option<u32> {
        match &self.kind {
            PublicKeyKind::Ec { curve } => curve.bits(),
            PublicKeyKind::Ed25519 => Some(256),
            PublicKeyKind::Malformed { .. } | PublicKeyKind::Other { .. } => None,
            PublicKeyKind::Rsa { bits, .. } => Some(*bits),
        }
    }

    /// SHA-256 of the DER SubjectPublicKeyInfo, lower-case hexadecimal: the same key has the same
    /// digest in a key, a request and a certificate.
    pub fn sha256(&self) -> String {
        crate::digest::sha256(&self.spki)
    }

    /// The same in base64: the `pin-sha256` of RFC 7469, section 2.4, which `curl --pinnedpubkey sha256//…` takes.
    pub fn pin(&self) -> String {
        Base64::encode_string(&Sha256::digest(&self.spki))
    }

    /// The content of the BIT STRING: for RSA, the DER PKCS #1 RSAPublicKey.
    pub fn key_bytes(&self) -> Option<&[u8]> {
        let parts = Element::only(&self.spki)?.sequence()?;
        let [_, key] = parts.as_slice() else {
            return None;
        };
        BitStringRef::from_der(key.raw).ok()?.as_bytes()
    }
}

/// What a public key is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PublicKeyKind {
    /// Elliptic curve, RFC 5480.
    Ec {
        /// Its curve.
        curve: Curve,
    },
    /// Ed25519, RFC 8410.
    Ed25519,
    /// A known algorithm with a content that does not fit it.
    Malformed {
        /// The algorithm.
        algorithm: Oid,
    },
    /// Another algorithm.
    Other {
        /// The algorithm.
        algorithm: Oid,
    },
    /// RSA.
    Rsa {
        /// Size of the modulus.
        bits: u32,
        /// The modulus, big-endian, without leading zeros.
        modulus: Vec<u8>,
        /// The public exponent, big-endian, without leading zeros: `[1, 0, 1]` for 65537.
        exponent: Vec<u8>,
    },
}

impl PublicKeyKind {
    fn read(algorithm: Oid, parameters: Option<&Element<'_>>, bits: &[u8]) -> Self {
        if algorithm == oid::RSA_ENCRYPTION {
            let Ok(key) = pkcs1::RsaPublicKeyRef::from_der(bits) else {
                return Self::Malformed { algorithm };
            };
            let modulus = key.modulus.as_bytes().to_vec();
            return match bit_length(&modulus) {
                Some(bits) => Self::Rsa { bits, modulus, exponent: key.public_exponent.as_bytes().to_vec() },
                None => Self::Malformed { algorithm },
            };
        }
        if algorithm == oid::EC_PUBLIC_KEY {
            return match parameters.and_then(Element::oid) {
                Some(curve) => Self::Ec { curve: Curve::of(curve) },
                None => Self::Malformed { algorithm },
            };
        }
        if algorithm == oid::ED25519 {
            return match bits.len() {
                32 => Self::Ed25519,
                _ => Self::Malformed { algorithm },
            };
        }
        Self::Other { algorithm }
    }
}

/// An elliptic curve.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Curve {
    /// Another one.
    Other(Oid),
    /// P-256, secp256r1.
    P256,
    /// P-384, secp384r1.
    P384,
    /// P-521, secp521r1.
    P521,
}

impl Curve {
    /// Its size in bits, when known.
    pub fn bits(&self) -> Option<u32> {
        match self {
            Self::Other(_) => None,
            Self::P256 => Some(256),
            Self::P384 => Some(384),
            Self::P521 => Some(521),
        }
    }

    fn of(oid: Oid) -> Self {
        match oid {
            oid if oid == oid::P256 => Self::P256,
            oid if oid == oid::P384 => Self::P384,
            oid if oid == oid::P521 => Self::P521,
            oid => Self::Other(oid),
        }
    }
}

/// The bits of a big-endian number without leading zeros; nothing for zero.
pub(super) fn bit_length(number: &[u8]) -> Option<u32> {
    let (first, rest) = number.split_first()?;
    let first = 8_u32.checked_sub(first.leading_zeros())?;
    let rest = u32::try_from(rest.len()).ok()?.checked_mul(8)?;
    let bits = first.checked_add(rest)?;
    (bits > 0).then_some(bits)
}

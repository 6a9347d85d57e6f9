//! Signatures to verify: what was signed, by which key, how. The verification itself is an
//! engine's work, so that a browser may use its own mathematics.

use x509_parser::x509::AlgorithmIdentifier;

use crate::oid::{self, Oid};

/// One signature to verify. Everything is owned, so that tasks may travel to a worker.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SignatureTask {
    /// DER SubjectPublicKeyInfo of the presumed signer.
    pub spki: Vec<u8>,
    /// How it was signed.
    pub algorithm: SignatureAlgorithm,
    /// The exact bytes that were signed.
    pub message: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
}

/// The octets of a signature, as its BIT STRING holds them; none when it says that bits of the last one are unused, which
/// no signature has: OpenSSL does not verify such a one either, so it must not pass for valid here.
pub(crate) fn octets(unused_bits: u8, data: &[u8]) -> Vec<u8> {
    if unused_bits == 0 { data.to_vec() } else { Vec::new() }
}

/// What an engine says of a [`SignatureTask`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureOutcome {
    /// The key does not fit, or the message or signature was altered.
    Invalid,
    /// This engine does not know the algorithm or cannot use the key: nothing is proved.
    Unsupported,
    /// The key made this signature of this message.
    Valid,
}

/// How a certificate, a request or a list is signed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// ECDSA; the curve is that of the key.
    Ecdsa(Hash),
    /// Ed25519.
    Ed25519,
    /// Another algorithm.
    Other(Oid),
    /// RSASSA-PKCS1-v1_5, RFC 8017 section 8.2.
    RsaPkcs1(Hash),
    /// RSASSA-PSS, with parameters that are not read.
    RsaPss,
}

impl SignatureAlgorithm {
    /// The name most tools show: `sha256WithRSAEncryption`; the dotted identifier when unknown.
    pub fn name(&self) -> &str {
        match self {
            Self::Ecdsa(Hash::Md5 | Hash::Sha1) => "ecdsa-with-SHA1",
            Self::Ecdsa(Hash::Sha256) => "ecdsa-with-SHA256",
            Self::Ecdsa(Hash::Sha384) => "ecdsa-with-SHA384",
            Self::Ecdsa(Hash::Sha512) => "ecdsa-with-SHA512",
            Self::Ed25519 => "ED25519",
            Self::Other(oid) => oid.as_str(),
            Self::RsaPkcs1(Hash::Md5) => "md5WithRSAEncryption",
            Self::RsaPkcs1(Hash::Sha1) => "sha1WithRSAEncryption",
            Self::RsaPkcs1(Hash::Sha256) => "sha256WithRSAEncryption",
            Self::RsaPkcs1(Hash::Sha384) => "sha384WithRSAEncryption",
            Self::RsaPkcs1(Hash::Sha512) => "sha512WithRSAEncryption",
            Self::RsaPss => "rsassaPss",
        }
    }

    /// The hash, where the identifier tells it.
    pub fn hash(&self) -> Option<Hash> {
        match self {
            Self::Ecdsa(hash) | Self::RsaPkcs1(hash) => Some(*hash),
            Self::Ed25519 => Some(Hash::Sha512),
            Self::Other(_) | Self::RsaPss => None,
        }
    }

    pub(crate) fn read(identifier: &AlgorithmIdentifier<'_>) -> Self {
        Self::of(Oid::read(&identifier.algorithm))
    }

    fn of(algorithm: Oid) -> Self {
        const KNOWN: [(Oid, SignatureAlgorithm); 10] = [
            (oid::RSA_SHA256, SignatureAlgorithm::RsaPkcs1(Hash::Sha256)),
            (oid::RSA_SHA384, SignatureAlgorithm::RsaPkcs1(Hash::Sha384)),
            (oid::RSA_SHA512, SignatureAlgorithm::RsaPkcs1(Hash::Sha512)),
            (oid::RSA_SHA1, SignatureAlgorithm::RsaPkcs1(Hash::Sha1)),
            (oid::RSA_MD5, SignatureAlgorithm::RsaPkcs1(Hash::Md5)),
            (oid::RSA_PSS, SignatureAlgorithm::RsaPss),
            (oid::ECDSA_SHA256, SignatureAlgorithm::Ecdsa(Hash::Sha256)),
            (oid::ECDSA_SHA384, SignatureAlgorithm::Ecdsa(Hash::Sha384)),
            (oid::ECDSA_SHA512, SignatureAlgorithm::Ecdsa(Hash::Sha512)),
            (oid::ED25519, SignatureAlgorithm::Ed25519),
        ];
        KNOWN
            .into_iter()
            .find(|(known, _)| *known == algorithm)
            .map_or(Self::Other(algorithm), |(_, found)| found)
    }
}

/// A hash function, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hash {
    /// Broken; recognised, never verified.
    Md5,
    /// Broken for signatures; still verified, to name what an old file is.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

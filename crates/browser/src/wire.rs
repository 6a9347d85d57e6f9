//! What the second and the third module say to each other.
//!
//! A call is an [`Operation`] and parts, each a `Uint8Array`; the answer is one `Uint8Array`, or an error as text:
//! the code of an [`EngineError`], sometimes with a detail after a colon. Nothing else crosses: neither module reads the
//! other's memory.

use pki::engine::{self, EngineError};
use pki::key::KeyError;
use pki::signature::{Hash, SignatureAlgorithm, SignatureOutcome};

/// What the forge can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Parts: bits (four octets, big-endian). Answer: DER PrivateKeyInfo. Tells its progress.
    GenerateRsa,
    /// Parts: DER PrivateKeyInfo, message. Answer: signature.
    Sign,
    /// Parts, four a task: SubjectPublicKeyInfo, `algorithm_octet`, message, signature. Answer: an
    /// [`outcome_octet`] a task.
    Verify,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 3] = [Self::GenerateRsa, Self::Sign, Self::Verify];

    /// Its name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GenerateRsa => "generate-rsa",
            Self::Sign => "sign",
            Self::Verify => "verify",
        }
    }

    /// The operation with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }

    /// What fails when it fails.
    pub(crate) const fn failure(self) -> EngineError {
        match self {
            Self::GenerateRsa => EngineError::Failed(engine::Operation::Generate),
            // A verification that cannot be made has an outcome of its own, never an error.
            Self::Sign | Self::Verify => EngineError::Failed(engine::Operation::Sign),
        }
    }
}

const MULTI_PRIME: &str = "multi-prime";

/// An engine's error as text.
pub fn error_text(error: &EngineError) -> String {
    let code = error.code();
    match error {
        EngineError::Key(KeyError::UnsupportedAlgorithm { algorithm }) => format!("{code}:{algorithm}"),
        EngineError::Key(KeyError::UnsupportedMultiPrime) => format!("{code}:{MULTI_PRIME}"),
        EngineError::Key(KeyError::UnsupportedSize { bits }) => format!("{code}:{bits}"),
        _ => code.to_owned(),
    }
}

/// Reads [`error_text`].
pub(crate) fn error(text: &str, operation: Operation) -> EngineError {
    let (code, detail) = text.split_once(':').unwrap_or((text, ""));
    let fixed = [
        EngineError::Key(KeyError::Malformed),
        EngineError::Key(KeyError::NotAPrivateKey),
        EngineError::Randomness,
        EngineError::Unavailable,
    ];
    let algorithm = KeyError::UnsupportedAlgorithm { algorithm: detail.to_owned() };
    if code == algorithm.code() {
        let multi_prime = detail == MULTI_PRIME;
        return EngineError::Key(if multi_prime { KeyError::UnsupportedMultiPrime } else { algorithm });
    }
    let size = KeyError::UnsupportedSize { bits: detail.parse().unwrap_or_default() };
    if code == size.code() {
        return EngineError::Key(size);
    }
    fixed.into_iter().find(|known| known.code() == code).unwrap_or_else(|| operation.failure())
}

/// An algorithm the forge may know; `None` for those that no engine of ours verifies.
pub(crate) const fn algorithm_octet(algorithm: &SignatureAlgorithm) -> Option<u8> {
    match algorithm {
        SignatureAlgorithm::RsaPkcs1(hash) => Some(hash_octet(*hash)),
        _ => None,
    }
}

/// Reads [`algorithm_octet`].
pub fn algorithm(octet: u8) -> Option<SignatureAlgorithm> {
    HASHES.into_iter().find(|hash| hash_octet(*hash) == octet).map(SignatureAlgorithm::RsaPkcs1)
}

const HASHES: [Hash; 5] = [Hash::Md5, Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512];

const fn hash_octet(hash: Hash) -> u8 {
    match hash {
        Hash::Md5 => 0,
        Hash::Sha1 => 1,
        Hash::Sha256 => 2,
        Hash::Sha384 => 3,
        Hash::Sha512 => 4,
    }
}

/// An outcome as one octet.
pub const fn outcome_octet(outcome: SignatureOutcome) -> u8 {
    match outcome {
        SignatureOutcome::Invalid => 0,
        SignatureOutcome::Valid => 1,
        SignatureOutcome::Unsupported => 2,
    }
}

/// Reads [`outcome_octet`]; what is not an outcome proves nothing.
pub(crate) const fn outcome(octet: u8) -> SignatureOutcome {
    match octet {
        0 => SignatureOutcome::Invalid,
        1 => SignatureOutcome::Valid,
        _ => SignatureOutcome::Unsupported,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_told_apart() {
        for operation in Operation::ALL {
            assert_eq!(Operation::from_name(operation.name()), Some(operation));
        }
        assert_eq!(Operation::from_name("sing"), None);
    }

    #[test]
    fn errors_cross_unchanged() {
        let errors = [
            EngineError::Key(KeyError::Malformed),
            EngineError::Key(KeyError::UnsupportedAlgorithm { algorithm: "1.2.840.10045.2.1".to_owned() }),
            EngineError::Key(KeyError::UnsupportedMultiPrime),
            EngineError::Key(KeyError::UnsupportedSize { bits: 1024 }),
            EngineError::Failed(engine::Operation::Sign),
            EngineError::Randomness,
            EngineError::Unavailable,
        ];
        for expected in errors {
            assert_eq!(error(&error_text(&expected), Operation::Sign), expected);
        }
        assert_eq!(error("whatever", Operation::Sign), EngineError::Failed(engine::Operation::Sign));
    }

    #[test]
    fn algorithms_and_outcomes_cross_unchanged() {
        for expected in HASHES.map(SignatureAlgorithm::RsaPkcs1) {
            assert_eq!(algorithm_octet(&expected).and_then(algorithm), Some(expected));
        }
        assert_eq!(algorithm_octet(&SignatureAlgorithm::Ed25519), None);
        assert_eq!(algorithm_octet(&SignatureAlgorithm::RsaPss), None);
        assert_eq!(algorithm(0xff), None);
        for expected in [SignatureOutcome::Invalid, SignatureOutcome::Unsupported, SignatureOutcome::Valid] {
            assert_eq!(outcome(outcome_octet(expected)), expected);
        }
        assert_eq!(outcome(9), SignatureOutcome::Unsupported);
    }
}

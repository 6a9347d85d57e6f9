//! What the formats and engines could not do, as the errors of the contract.

use pki::{
    encrypted_key::EncryptedKeyError,
    engine::EngineError,
    key::KeyError,
    request::{CsrError, RequestError},
};
use vocabulary::{Error, topics::failures as topics};

/// A private key that cannot be used, at this field.
pub(crate) fn key(error: &KeyError, field: &str) -> Error {
    match error {
        KeyError::LegacyEncryption => Error::at(topics::KEY_LEGACY_ENCRYPTION, field),
        KeyError::Malformed => Error::at(topics::KEY_MALFORMED, field),
        KeyError::UnsupportedAlgorithm { algorithm } => Error::at(topics::KEY_ALGORITHM, field)
            .with("found", algorithm.chars().take(40).collect::<String>()),
        KeyError::UnsupportedMultiPrime => {
            Error::at(topics::KEY_ALGORITHM, field).with("found", "RSA multi-prime")
        }
        KeyError::UnsupportedSize { bits } => {
            Error::at(topics::KEY_SIZE, field).with("found", bits.to_string())
        }
        _ => Error::at(topics::NOT_A_PRIVATE_KEY, field),
    }
}

/// What an engine could not do. `key_field` and `passphrase_field` name the caller's fields.
pub(crate) fn engine(error: &EngineError, key_field: &str, passphrase_field: &str) -> Error {
    match error {
        EngineError::Key(error) => key(error, key_field),
        EngineError::EncryptedKey(error) => encrypted_key(error, key_field),
        EngineError::WrongPassphrase => Error::at(topics::WRONG_PASSPHRASE, passphrase_field),
        EngineError::Randomness => Error::new(topics::NO_RANDOMNESS),
        EngineError::Unavailable => Error::new(topics::ENGINE_UNAVAILABLE),
        _ => Error::new(topics::ENGINE_FAILED),
    }
}

/// A request that could not be written.
pub(crate) fn request(error: &CsrError) -> Error {
    match error {
        CsrError::BadName { name } => Error::at(topics::ALTERNATIVE_NAME, "dnsNames")
            .with("found", name.chars().take(80).collect::<String>()),
        CsrError::TooManyNames { found, most } => {
            Error::at(topics::TOO_MANY_NAMES, "dnsNames").with("found", *found).with("most", *most)
        }
        CsrError::Engine(error) => engine(error, "key.privateKey", "key.passphrase"),
        _ => Error::new(topics::ENGINE_FAILED),
    }
}

/// A file that is not a request.
pub(crate) fn not_a_request(error: &RequestError, field: &str) -> Error {
    match error {
        RequestError::TooLarge { .. } => Error::at(topics::TOO_LARGE, field),
        _ => Error::at(topics::NOT_A_CSR, field),
    }
}

fn encrypted_key(error: &EncryptedKeyError, field: &str) -> Error {
    match error {
        EncryptedKeyError::Rounds { .. } => Error::at(topics::KEY_DERIVATION_ROUNDS, field),
        EncryptedKeyError::Malformed => Error::at(topics::KEY_MALFORMED, field),
        _ => Error::at(topics::KEY_ENCRYPTION, field),
    }
}

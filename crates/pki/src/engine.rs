//! What needs randomness, a derivation or an asymmetric operation, as a trait: implemented over
//! WebCrypto, over the worker, and over RustCrypto in `crate::rustcrypto`.

use std::fmt;

use crate::encrypted_key::{self, EncryptedKeyError, Pbes2Parameters};
use crate::key::{KeyError, PrivateKey, RsaBits};
use crate::passphrase::Passphrase;
use crate::signature::{SignatureOutcome, SignatureTask};

/// The mathematics a use case asks for.
///
/// Methods are asynchronous because a browser's are; the futures need not be `Send`, a page having
/// one thread. Those of `crate::rustcrypto` never wait: `crate::block_on` runs them.
#[allow(async_fn_in_trait)]
pub trait Engine {
    /// Which one it is.
    fn name(&self) -> EngineName;

    /// Makes an RSA key with the public exponent 65537.
    async fn generate_rsa(&self, bits: RsaBits) -> Result<PrivateKey, EngineError>;

    /// Signs `message` with RSASSA-PKCS1-v1_5 and SHA-256.
    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError>;

    /// Verifies signatures, all at once where it can. One outcome a task, in the same order.
    async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome>;

    /// Encrypts a private key: a DER EncryptedPrivateKeyInfo with the parameters of
    /// [`crate::encrypted_key::Pbes2Parameters::recommended`].
    async fn encrypt(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError>;

    /// Opens a DER EncryptedPrivateKeyInfo.
    async fn decrypt(&self, encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError>;
}

/// [`Engine::encrypt`] in software and without waiting, with random octets from outside.
pub fn encrypt_now(
    salt: [u8; 16],
    vector: [u8; encrypted_key::BLOCK],
    key: &PrivateKey,
    passphrase: &Passphrase,
) -> Result<Vec<u8>, EngineError> {
    let parameters = Pbes2Parameters::recommended(salt, vector);
    let ciphertext = parameters.encrypt(passphrase, key.pkcs8());
    let ciphertext = ciphertext.ok_or(EngineError::Failed(Operation::Encrypt))?;
    Ok(encrypted_key::seal(&parameters, &ciphertext)?)
}

/// Which engine made something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EngineName {
    /// RustCrypto, in WebAssembly or natively.
    Wasm,
    /// The browser's `crypto.subtle`.
    WebCrypto,
}

impl EngineName {
    /// `webcrypto` or `wasm`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wasm => "wasm",
            Self::WebCrypto => "webcrypto",
        }
    }
}

/// Why an engine could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EngineError {
    /// What came out or went in is no usable key.
    Key(KeyError),
    /// The encrypted key's structure or parameters.
    EncryptedKey(EncryptedKeyError),
    /// The operation failed for a reason of the engine's own; its name is all that is told, so
    /// that no secret can leak into a message.
    Failed(Operation),
    /// There is no source of randomness, or it failed.
    Randomness,
    /// The engine is not there: no `crypto.subtle`, or the worker did not start.
    Unavailable,
    /// The passphrase does not open this key.
    WrongPassphrase,
}

impl EngineError {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Key(error) => error.code(),
            Self::EncryptedKey(error) => error.code(),
            Self::Failed(_) => "engine-failed",
            Self::Randomness => "no-randomness",
            Self::Unavailable => "engine-unavailable",
            Self::WrongPassphrase => "wrong-passphrase",
        }
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for EngineError {}

impl From<KeyError> for EngineError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<EncryptedKeyError> for EngineError {
    fn from(error: EncryptedKeyError) -> Self {
        Self::EncryptedKey(error)
    }
}

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Opening a private key.
    Decrypt,
    /// Protecting a private key.
    Encrypt,
    /// Making a key.
    Generate,
    /// Signing.
    Sign,
}

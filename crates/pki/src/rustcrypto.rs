//! The [`Engine`] made of RustCrypto: native tests, tools, and the worker of a page that has no
//! `crypto.subtle`.
//!
//! RUSTSEC-2023-0071 (timing of private operations) is accepted: signing happens on the holder's
//! own machine, blinded, for requests only, and nothing here decrypts for a remote party.

mod derivation;
mod random;
mod rsa;

use zeroize::Zeroizing;

use crate::encrypted_key::{self, Pbes2Parameters};
use crate::engine::{Engine, EngineError, EngineName};
use crate::key::{PrivateKey, RsaBits};
use crate::passphrase::Passphrase;
use crate::signature::{SignatureOutcome, SignatureTask};

pub use random::{Randomness, RandomnessError};

/// RustCrypto, with randomness from outside.
pub struct RustCrypto<R> {
    random: R,
    progress: Option<Box<dyn Fn(Progress)>>,
}

/// How far the making of a key is. Finding primes is luck: this tells work done, not work left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Primes found, of 2.
    pub primes: u32,
    /// Numbers tried so far.
    pub candidates: u32,
    /// Numbers that are tried on average for such a key.
    pub expected: u32,
}

impl<R: Randomness> RustCrypto<R> {
    /// An engine that draws from `random`.
    pub fn new(random: R) -> Self {
        Self { random, progress: None }
    }

    /// Calls `progress` before each number tried while a key is made.
    #[must_use]
    pub fn with_progress(mut self, progress: impl Fn(Progress) + 'static) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// [`Engine::generate_rsa`], without waiting.
    pub fn generate_rsa_now(&self, bits: RsaBits) -> Result<PrivateKey, EngineError> {
        rsa::generate(&self.random, bits, self.progress.as_deref())
    }

    /// [`Engine::sign`], without waiting.
    pub fn sign_now(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
        rsa::sign(&self.random, key, message)
    }

    /// [`Engine::encrypt`], without waiting.
    pub fn encrypt_now(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError> {
        let mut salt = [0; 16];
        let mut vector = [0; encrypted_key::BLOCK];
        self.random.fill(&mut salt)?;
        self.random.fill(&mut vector)?;
        let parameters = Pbes2Parameters::recommended(salt, vector);
        let ciphertext = derivation::encrypt(&parameters, passphrase, key.pkcs8())?;
        Ok(encrypted_key::seal(&parameters, &ciphertext)?)
    }
}

/// [`Engine::verify`] for one task, without waiting.
pub fn verify_now(task: &SignatureTask) -> SignatureOutcome {
    rsa::verify(task)
}

/// [`Engine::decrypt`], without waiting.
pub fn decrypt_now(encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
    let (parameters, ciphertext) = encrypted_key::open(encrypted)?;
    let clear: Zeroizing<Vec<u8>> = derivation::decrypt(&parameters, passphrase, &ciphertext)?;
    encrypted_key::recovered(&clear)
}

impl<R: Randomness> Engine for RustCrypto<R> {
    fn name(&self) -> EngineName {
        EngineName::Wasm
    }

    async fn generate_rsa(&self, bits: RsaBits) -> Result<PrivateKey, EngineError> {
        self.generate_rsa_now(bits)
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
        self.sign_now(key, message)
    }

    async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        tasks.iter().map(verify_now).collect()
    }

    async fn encrypt(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError> {
        self.encrypt_now(key, passphrase)
    }

    async fn decrypt(&self, encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
        decrypt_now(encrypted, passphrase)
    }
}

//! The [`Engine`] made of RustCrypto: native tests, tools, and the module that computes RSA for a page without
//! `crypto.subtle`.
//!
//! RUSTSEC-2023-0071 (timing of private operations) is accepted: signing happens on the holder's
//! own machine, blinded, for requests only, and nothing here decrypts for a remote party.

mod random;
mod rsa;

use crate::encrypted_key;
use crate::engine::{self, Engine, EngineError, EngineName};
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
        engine::encrypt_now(salt, vector, key, passphrase)
    }
}

/// [`Engine::verify`] for one task, without waiting.
pub fn verify_now(task: &SignatureTask) -> SignatureOutcome {
    rsa::verify(task)
}

/// [`Engine::decrypt`], without waiting.
pub fn decrypt_now(encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
    encrypted_key::decrypt(encrypted, passphrase)
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

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;

    use super::*;
    use crate::key::KeyError;

    fn machine() -> impl Randomness {
        |buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError)
    }

    #[test]
    fn a_source_that_fails_on_the_way_gives_no_key() {
        for draws in [0, 1] {
            let left = Cell::new(draws);
            let failing = move |buffer: &mut [u8]| {
                if left.get() == 0 {
                    return Err(RandomnessError);
                }
                left.set(left.get() - 1);
                machine().fill(buffer)
            };
            let made = RustCrypto::new(failing).generate_rsa_now(RsaBits::Bits2048);
            assert_eq!(made.unwrap_err(), EngineError::Randomness, "{draws}");
        }
        let never = RustCrypto::new(|_: &mut [u8]| Err(RandomnessError));
        let key = RustCrypto::new(machine()).generate_rsa_now(RsaBits::Bits2048).unwrap();
        let secret = Passphrase::new("secret".to_owned());
        assert_eq!(never.encrypt_now(&key, &secret).unwrap_err(), EngineError::Randomness);
        assert_eq!(never.sign_now(&key, b"message").unwrap_err(), EngineError::Randomness);
    }

    #[test]
    fn progress_is_told_before_each_number() {
        let seen: Rc<RefCell<Vec<Progress>>> = Rc::default();
        let sink = Rc::clone(&seen);
        let engine =
            RustCrypto::new(machine()).with_progress(move |progress| sink.borrow_mut().push(progress));
        engine.generate_rsa_now(RsaBits::Bits2048).unwrap();
        let seen = seen.borrow();
        assert!(seen.len() >= 2);
        assert_eq!(seen.first().unwrap().primes, 0);
        assert_eq!(seen.last().unwrap().primes, 1);
        assert!(seen.is_sorted_by_key(|progress| progress.candidates));
        assert!(seen.iter().all(|progress| progress.expected == 81));
    }

    #[test]
    fn secrets_are_not_shown() {
        let key = RustCrypto::new(machine()).generate_rsa_now(RsaBits::Bits2048).unwrap();
        assert_eq!(format!("{key:?}"), "PrivateKey(RSA Some(2048), …)");
        let secret = Passphrase::new("secret".to_owned());
        assert!(!format!("{secret:?}").contains("secret"));
    }

    #[test]
    fn a_key_whose_numbers_do_not_fit_never_comes_to_sign() {
        let key = RustCrypto::new(machine()).generate_rsa_now(RsaBits::Bits2048).unwrap();
        let mut altered = key.pkcs8().to_vec();
        // Inside the modulus.
        altered[60] ^= 1;
        assert_eq!(PrivateKey::from_pkcs8(&altered).err(), Some(KeyError::Malformed));
        // The passphrase was right when what it opened has the shape of a key.
        let damaged = EngineError::Key(KeyError::Malformed);
        assert_eq!(crate::encrypted_key::recovered(&altered).err(), Some(damaged));
        assert_eq!(crate::encrypted_key::recovered(&[7; 1200]).err(), Some(EngineError::WrongPassphrase));
    }

    #[test]
    fn verification_tells_invalid_from_unsupported() {
        use crate::signature::{Hash, SignatureAlgorithm};

        let engine = RustCrypto::new(machine());
        let key = engine.generate_rsa_now(RsaBits::Bits2048).unwrap();
        let task = SignatureTask {
            spki: key.public_key().spki().to_vec(),
            algorithm: SignatureAlgorithm::RsaPkcs1(Hash::Sha256),
            message: b"message".to_vec(),
            signature: engine.sign_now(&key, b"message").unwrap(),
        };
        assert_eq!(verify_now(&task), SignatureOutcome::Valid);
        let other = |change: &dyn Fn(&mut SignatureTask)| {
            let mut task = task.clone();
            change(&mut task);
            verify_now(&task)
        };
        let invalid = SignatureOutcome::Invalid;
        let unsupported = SignatureOutcome::Unsupported;
        assert_eq!(other(&|task| task.message.push(0)), invalid);
        assert_eq!(other(&|task| task.signature[5] ^= 1), invalid);
        assert_eq!(other(&|task| task.signature.clear()), invalid);
        assert_eq!(other(&|task| task.algorithm = SignatureAlgorithm::RsaPkcs1(Hash::Sha512)), invalid);
        assert_eq!(other(&|task| task.algorithm = SignatureAlgorithm::RsaPss), unsupported);
        assert_eq!(other(&|task| task.algorithm = SignatureAlgorithm::RsaPkcs1(Hash::Md5)), unsupported);
        assert_eq!(other(&|task| task.spki.clear()), unsupported);
    }
}

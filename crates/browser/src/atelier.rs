//! The second module as an engine: RustCrypto in WebAssembly, in a worker where there are workers.

mod queue;

use js_sys::{Function, Uint8Array};
use pki::encrypted_key;
use pki::engine::{Engine, EngineError, EngineName};
use pki::key::{PrivateKey, RsaBits};
use pki::passphrase::Passphrase;
use pki::signature::{SignatureOutcome, SignatureTask};
use std::rc::Rc;
use wasm_bindgen::JsValue;

use crate::wire::{self, Operation};
use queue::Queue;

/// Where the second module runs.
#[derive(Clone, Debug)]
pub enum Host {
    /// In a module worker. Never blocks the page.
    Worker {
        /// Address of `atelier-worker.js`: of the same origin, or a blob.
        url: String,
        /// The module itself (its address, its bytes or a compiled one) when it is not beside the worker's script.
        module: JsValue,
    },
    /// Where there is no worker (Node): `(operation, parts, progress) => Promise<Uint8Array>`, which loads the second
    /// module on first use and calls its `dispatch`.
    Inline(Function),
}

/// How far an RSA generation is. Finding primes is luck: this tells work done, not work left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Numbers tried so far.
    pub candidates: u32,
    /// Numbers that are tried on average for such a key.
    pub expected: u32,
}

/// The second module as an engine. Copies share one worker and one queue.
///
/// The worker starts with the first call. Calls are done one after the other. Dropping the future of a call, the
/// only way to interrupt an RSA generation, ends the worker; the next call starts another one, as it does after a
/// crash.
#[derive(Clone, Debug)]
pub struct Atelier(Rc<Queue>);

impl Atelier {
    /// An engine that will run there; nothing starts yet.
    pub fn new(host: Host) -> Self {
        Self(Queue::new(host))
    }

    /// Sets what is told while a key is made.
    pub fn on_progress(&self, tell: impl Fn(Progress) + 'static) {
        self.0.set_progress(Some(Rc::new(tell)));
    }

    /// Tells nobody any more.
    pub fn forget_progress(&self) {
        self.0.set_progress(None);
    }

    async fn call(
        &self,
        operation: Operation,
        parts: &[&[u8]],
    ) -> Result<zeroize::Zeroizing<Vec<u8>>, EngineError> {
        let parts = parts.iter().map(|part| Uint8Array::from(*part)).collect();
        self.0.call(operation, parts).await
    }
}

impl Engine for Atelier {
    fn name(&self) -> EngineName {
        EngineName::Wasm
    }

    async fn generate_rsa(&self, bits: RsaBits) -> Result<PrivateKey, EngineError> {
        let pkcs8 = self.call(Operation::GenerateRsa, &[&bits.get().to_be_bytes()]).await?;
        Ok(PrivateKey::from_pkcs8(&pkcs8)?)
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
        let signature = self.call(Operation::Sign, &[key.pkcs8(), message]).await?;
        Ok(signature.to_vec())
    }

    async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        let octets: Vec<Option<[u8; 1]>> =
            tasks.iter().map(|task| wire::algorithm_octet(&task.algorithm).map(|octet| [octet])).collect();
        let mut parts: Vec<&[u8]> = Vec::with_capacity(tasks.len().saturating_mul(4));
        for (task, octet) in tasks.iter().zip(&octets) {
            if let Some(octet) = octet {
                parts.extend([task.spki.as_slice(), octet, &task.message, &task.signature]);
            }
        }
        let answer = match parts.as_slice() {
            [] => Ok(zeroize::Zeroizing::default()),
            parts => self.call(Operation::Verify, parts).await,
        };
        let answer = answer.unwrap_or_default();
        let mut answers = answer.iter();
        let outcome = |sent: &Option<[u8; 1]>| match sent {
            Some(_) => answers.next().map_or(SignatureOutcome::Unsupported, |octet| wire::outcome(*octet)),
            None => SignatureOutcome::Unsupported,
        };
        octets.iter().map(outcome).collect()
    }

    async fn encrypt(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError> {
        let encrypted = self.call(Operation::Encrypt, &[key.pkcs8(), passphrase.as_bytes()]).await?;
        Ok(encrypted.to_vec())
    }

    async fn decrypt(&self, encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
        // What the structure or its bounds refuse is said here, with its details.
        encrypted_key::open(encrypted)?;
        let pkcs8 = self.call(Operation::Decrypt, &[encrypted, passphrase.as_bytes()]).await?;
        Ok(PrivateKey::from_pkcs8(&pkcs8)?)
    }
}

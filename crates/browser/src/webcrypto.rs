//! `crypto.subtle` as an engine. Its work is done off the main thread by the browser itself.

mod subtle;
mod verify;

use std::fmt;

use pki::encrypted_key::{self, Pbes2Parameters};
use pki::engine::{Engine, EngineError, EngineName, Operation};
use pki::key::{PrivateKey, RsaBits};
use pki::passphrase::Passphrase;
use pki::signature::{SignatureOutcome, SignatureTask};

use crate::{Atelier, random};
use subtle::Subtle;

/// `crypto.subtle` as an engine; what it cannot do is left to the atelier, when there is one.
///
/// Where there is no subtle (a page that is not a secure context), every call answers [`EngineError::Unavailable`].
#[derive(Clone)]
pub struct WebCrypto {
    subtle: Option<Subtle>,
    atelier: Option<Atelier>,
}

impl WebCrypto {
    /// The engine of this platform.
    pub fn new(atelier: Option<Atelier>) -> Self {
        Self { subtle: Subtle::find(), atelier }
    }

    /// Whether `globalThis.crypto.subtle` exists: in secure contexts and in Node.
    pub const fn is_available(&self) -> bool {
        self.subtle.is_some()
    }

    fn subtle(&self) -> Result<&Subtle, EngineError> {
        self.subtle.as_ref().ok_or(EngineError::Unavailable)
    }

    /// The other engine, for what this one cannot do.
    fn atelier(&self, otherwise: Operation) -> Result<&Atelier, EngineError> {
        self.atelier.as_ref().ok_or(EngineError::Failed(otherwise))
    }
}

impl Engine for WebCrypto {
    fn name(&self) -> EngineName {
        EngineName::WebCrypto
    }

    async fn generate_rsa(&self, bits: RsaBits) -> Result<PrivateKey, EngineError> {
        let pkcs8 = self.subtle()?.generate(bits).await;
        let pkcs8 = pkcs8.ok_or(EngineError::Failed(Operation::Generate))?;
        Ok(PrivateKey::from_pkcs8(&pkcs8)?)
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
        let subtle = self.subtle()?;
        let Some(handle) = subtle.signing_key(key.pkcs8()).await else {
            return self.atelier(Operation::Sign)?.sign(key, message).await;
        };
        let signature = subtle.sign(&handle, message).await;
        signature.map(|bytes| bytes.to_vec()).ok_or(EngineError::Failed(Operation::Sign))
    }

    async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        match &self.subtle {
            Some(subtle) => verify::all(&subtle.0, tasks).await,
            None => vec![SignatureOutcome::Unsupported; tasks.len()],
        }
    }

    async fn encrypt(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError> {
        let subtle = self.subtle()?;
        let parameters = Pbes2Parameters::recommended(random::octets()?, random::octets()?);
        let Some(handle) = subtle.derive(&parameters, passphrase, "encrypt").await else {
            return self.atelier(Operation::Encrypt)?.encrypt(key, passphrase).await;
        };
        let ciphertext = subtle.encrypt(&parameters, &handle, key.pkcs8()).await;
        let ciphertext = ciphertext.ok_or(EngineError::Failed(Operation::Encrypt))?;
        Ok(encrypted_key::seal(&parameters, &ciphertext)?)
    }

    async fn decrypt(&self, encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
        let subtle = self.subtle()?;
        let (parameters, ciphertext) = encrypted_key::open(encrypted)?;
        let Some(handle) = subtle.derive(&parameters, passphrase, "decrypt").await else {
            return self.atelier(Operation::Decrypt)?.decrypt(encrypted, passphrase).await;
        };
        // With whole blocks, which `open` has checked, only the padding can be wrong.
        let clear = subtle.decrypt(&parameters, &handle, &ciphertext).await;
        encrypted_key::recovered(&clear.ok_or(EngineError::WrongPassphrase)?)
    }
}

impl fmt::Debug for WebCrypto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let available = self.is_available();
        f.debug_struct("WebCrypto").field("available", &available).field("atelier", &self.atelier).finish()
    }
}

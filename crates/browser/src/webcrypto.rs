//! `crypto.subtle`: keys, signatures and derivations by the browser itself, off the thread that asks.

mod subtle;
mod verify;

use std::fmt;

use pki::encrypted_key::{self, Pbes2Parameters};
use pki::engine::{EngineError, Operation};
use pki::key::{PrivateKey, RsaBits};
use pki::passphrase::Passphrase;
use pki::signature::{SignatureOutcome, SignatureTask};

use crate::random;
use subtle::Subtle;

/// `crypto.subtle`, where it is.
///
/// A call that answers nothing is one that this browser cannot do; [`crate::Engines`] does it otherwise.
#[derive(Clone)]
pub struct WebCrypto(Subtle);

impl WebCrypto {
    /// That of this platform: in secure contexts and in Node.
    pub fn find() -> Option<Self> {
        Subtle::find().map(Self)
    }

    pub(crate) async fn generate_rsa(&self, bits: RsaBits) -> Result<PrivateKey, EngineError> {
        let pkcs8 = self.0.generate(bits).await;
        let pkcs8 = pkcs8.ok_or(EngineError::Failed(Operation::Generate))?;
        Ok(PrivateKey::from_pkcs8(&pkcs8)?)
    }

    pub(crate) async fn sign(
        &self,
        key: &PrivateKey,
        message: &[u8],
    ) -> Option<Result<Vec<u8>, EngineError>> {
        let handle = self.0.signing_key(key.pkcs8()).await?;
        let signature = self.0.sign(&handle, message).await;
        Some(signature.map(|bytes| bytes.to_vec()).ok_or(EngineError::Failed(Operation::Sign)))
    }

    pub(crate) async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        verify::all(&self.0.0, tasks).await
    }

    pub(crate) async fn encrypt(
        &self,
        key: &PrivateKey,
        passphrase: &Passphrase,
    ) -> Option<Result<Vec<u8>, EngineError>> {
        let (salt, vector) = match (random::octets(), random::octets()) {
            (Ok(salt), Ok(vector)) => (salt, vector),
            (Err(error), _) | (_, Err(error)) => return Some(Err(error)),
        };
        let parameters = Pbes2Parameters::recommended(salt, vector);
        let handle = self.0.derive(&parameters, passphrase, "encrypt").await?;
        let ciphertext = self.0.encrypt(&parameters, &handle, key.pkcs8()).await;
        let ciphertext = ciphertext.ok_or(EngineError::Failed(Operation::Encrypt));
        Some(ciphertext.and_then(|bytes| Ok(encrypted_key::seal(&parameters, &bytes)?)))
    }

    pub(crate) async fn decrypt(
        &self,
        encrypted: &[u8],
        passphrase: &Passphrase,
    ) -> Option<Result<PrivateKey, EngineError>> {
        // What this cannot open, software may; it also says why not.
        let (parameters, ciphertext) = encrypted_key::open(encrypted).ok()?;
        let handle = self.0.derive(&parameters, passphrase, "decrypt").await?;
        // With whole blocks, which `open` has checked, only the padding can be wrong.
        let clear = self.0.decrypt(&parameters, &handle, &ciphertext).await;
        Some(clear.ok_or(EngineError::WrongPassphrase).and_then(|clear| encrypted_key::recovered(&clear)))
    }
}

impl fmt::Debug for WebCrypto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebCrypto")
    }
}

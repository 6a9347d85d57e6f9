//! Which engine to use.

use std::fmt;

use pki::encrypted_key;
use pki::engine::{self, Engine, EngineError, EngineName};
use pki::key::{PrivateKey, RsaBits};
use pki::passphrase::Passphrase;
use pki::signature::{SignatureOutcome, SignatureTask};
use wasm_bindgen::closure::Closure;

use crate::{Forge, WebCrypto, random};

/// Which engine the caller wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// WebCrypto where it is, else software.
    #[default]
    Auto,
    /// WebCrypto.
    WebCrypto,
    /// Software, in WebAssembly.
    Wasm,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Auto, Self::WebCrypto, Self::Wasm];

    /// Its word in the public contract: `auto`, `webcrypto` or `wasm`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::WebCrypto => "webcrypto",
            Self::Wasm => "wasm",
        }
    }

    /// The choice with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == word)
    }
}

/// WebCrypto or software. What WebCrypto cannot do (a 192-bit key in Chromium, an odd RSA key) is left to software: RSA
/// to the [`Forge`], the rest is done here, in a worker, never in a page.
pub struct Engines {
    webcrypto: Option<WebCrypto>,
    forge: Forge,
    tell: Option<Closure<dyn Fn(u32, u32)>>,
    /// Asked for, whether it is there or not.
    only_webcrypto: bool,
}

impl Engines {
    /// The engine that was chosen. WebCrypto, asked for where there is none, answers that it is unavailable.
    pub fn pick(choice: Choice, forge: Forge) -> Self {
        let webcrypto = if choice == Choice::Wasm { None } else { WebCrypto::find() };
        Self { webcrypto, forge, tell: None, only_webcrypto: choice == Choice::WebCrypto }
    }

    /// The same, telling how far the making of a key in software is: the numbers tried, and those that are tried on
    /// average.
    #[must_use]
    pub fn with_progress(mut self, tell: impl Fn(u32, u32) + 'static) -> Self {
        self.tell = Some(Closure::new(tell));
        self
    }

    /// Software may be used, unless WebCrypto was asked for and is not there.
    fn allow_software(&self) -> Result<(), EngineError> {
        let missing = self.only_webcrypto && self.webcrypto.is_none();
        if missing { Err(EngineError::Unavailable) } else { Ok(()) }
    }
}

impl fmt::Debug for Engines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Engines").field(&self.name()).finish()
    }
}

impl Engine for Engines {
    fn name(&self) -> EngineName {
        if self.webcrypto.is_some() || self.only_webcrypto { EngineName::WebCrypto } else { EngineName::Wasm }
    }

    async fn generate_rsa(&self, bits: RsaBits) -> Result<PrivateKey, EngineError> {
        match &self.webcrypto {
            Some(engine) => engine.generate_rsa(bits).await,
            None => {
                self.allow_software()?;
                self.forge.generate_rsa(bits, self.tell.as_ref()).await
            }
        }
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
        if let Some(engine) = &self.webcrypto
            && let Some(signed) = engine.sign(key, message).await
        {
            return signed;
        }
        self.allow_software()?;
        self.forge.sign(key, message).await
    }

    async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        match &self.webcrypto {
            Some(engine) => engine.verify(tasks).await,
            None => self.forge.verify(tasks).await,
        }
    }

    async fn encrypt(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError> {
        if let Some(engine) = &self.webcrypto
            && let Some(sealed) = engine.encrypt(key, passphrase).await
        {
            return sealed;
        }
        self.allow_software()?;
        engine::encrypt_now(random::octets()?, random::octets()?, key, passphrase)
    }

    async fn decrypt(&self, encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
        if let Some(engine) = &self.webcrypto
            && let Some(opened) = engine.decrypt(encrypted, passphrase).await
        {
            return opened;
        }
        self.allow_software()?;
        encrypted_key::decrypt(encrypted, passphrase)
    }
}

//! Which engine to use.

use std::fmt;

use pki::engine::{Engine, EngineError, EngineName};
use pki::key::{PrivateKey, RsaBits};
use pki::passphrase::Passphrase;
use pki::rustcrypto::{Progress, RandomnessError, RustCrypto};
use pki::signature::{SignatureOutcome, SignatureTask};

use crate::{WebCrypto, random};

/// Which engine the caller wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// WebCrypto where it is, else RustCrypto.
    #[default]
    Auto,
    /// WebCrypto.
    WebCrypto,
    /// RustCrypto in WebAssembly.
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

/// RustCrypto that draws from the platform. It computes where it is called: in a worker, never in a page.
pub type Software = RustCrypto<fn(&mut [u8]) -> Result<(), RandomnessError>>;

/// One of the two engines. What WebCrypto cannot do (a 192-bit key in Chromium, an odd RSA key) is left to RustCrypto.
pub struct Engines {
    webcrypto: Option<WebCrypto>,
    software: Software,
    /// Asked for, whether it is there or not.
    only_webcrypto: bool,
}

impl Engines {
    /// The engine that was chosen. WebCrypto, asked for where there is none, answers that it is unavailable.
    pub fn pick(choice: Choice) -> Self {
        let webcrypto = if choice == Choice::Wasm { None } else { WebCrypto::find() };
        let software: Software = RustCrypto::new(|buffer| random::fill(buffer).map_err(|_| RandomnessError));
        Self { webcrypto, software, only_webcrypto: choice == Choice::WebCrypto }
    }

    /// The same, telling how far the making of a key in software is.
    #[must_use]
    pub fn with_progress(mut self, tell: impl Fn(Progress) + 'static) -> Self {
        self.software = self.software.with_progress(tell);
        self
    }

    /// RustCrypto, unless WebCrypto was asked for and is not there.
    fn software(&self) -> Result<&Software, EngineError> {
        let missing = self.only_webcrypto && self.webcrypto.is_none();
        if missing { Err(EngineError::Unavailable) } else { Ok(&self.software) }
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
            None => self.software()?.generate_rsa(bits).await,
        }
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
        if let Some(engine) = &self.webcrypto
            && let Some(signed) = engine.sign(key, message).await
        {
            return signed;
        }
        self.software()?.sign(key, message).await
    }

    async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        match &self.webcrypto {
            Some(engine) => engine.verify(tasks).await,
            None => self.software.verify(tasks).await,
        }
    }

    async fn encrypt(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError> {
        if let Some(engine) = &self.webcrypto
            && let Some(sealed) = engine.encrypt(key, passphrase).await
        {
            return sealed;
        }
        self.software()?.encrypt(key, passphrase).await
    }

    async fn decrypt(&self, encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
        if let Some(engine) = &self.webcrypto
            && let Some(opened) = engine.decrypt(encrypted, passphrase).await
        {
            return opened;
        }
        self.software()?.decrypt(encrypted, passphrase).await
    }
}

//! Which engine to use.

use pki::engine::{Engine, EngineError, EngineName};
use pki::key::{PrivateKey, RsaBits};
use pki::passphrase::Passphrase;
use pki::signature::{SignatureOutcome, SignatureTask};

use crate::{Atelier, WebCrypto};

/// Which engine the caller wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// WebCrypto where the page has it, else the atelier.
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

/// One of the two engines.
#[derive(Clone, Debug)]
pub enum Engines {
    /// RustCrypto in WebAssembly, in a worker.
    Atelier(Atelier),
    /// `crypto.subtle`.
    WebCrypto(WebCrypto),
}

impl Engines {
    /// The engine that was chosen. WebCrypto leaves what it cannot do to the atelier; asked for where there is none, it
    /// answers that it is unavailable.
    pub fn pick(choice: Choice, atelier: &Atelier) -> Self {
        let webcrypto = WebCrypto::new(Some(atelier.clone()));
        match choice {
            Choice::Auto if webcrypto.is_available() => Self::WebCrypto(webcrypto),
            Choice::WebCrypto => Self::WebCrypto(webcrypto),
            Choice::Auto | Choice::Wasm => Self::Atelier(atelier.clone()),
        }
    }
}

impl Engine for Engines {
    fn name(&self) -> EngineName {
        match self {
            Self::Atelier(engine) => engine.name(),
            Self::WebCrypto(engine) => engine.name(),
        }
    }

    async fn generate_rsa(&self, bits: RsaBits) -> Result<PrivateKey, EngineError> {
        match self {
            Self::Atelier(engine) => engine.generate_rsa(bits).await,
            Self::WebCrypto(engine) => engine.generate_rsa(bits).await,
        }
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
        match self {
            Self::Atelier(engine) => engine.sign(key, message).await,
            Self::WebCrypto(engine) => engine.sign(key, message).await,
        }
    }

    async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        match self {
            Self::Atelier(engine) => engine.verify(tasks).await,
            Self::WebCrypto(engine) => engine.verify(tasks).await,
        }
    }

    async fn encrypt(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError> {
        match self {
            Self::Atelier(engine) => engine.encrypt(key, passphrase).await,
            Self::WebCrypto(engine) => engine.encrypt(key, passphrase).await,
        }
    }

    async fn decrypt(&self, encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
        match self {
            Self::Atelier(engine) => engine.decrypt(encrypted, passphrase).await,
            Self::WebCrypto(engine) => engine.decrypt(encrypted, passphrase).await,
        }
    }
}

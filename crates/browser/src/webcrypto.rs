//! `crypto.subtle` as an engine. Its work is done off the main thread by the browser itself.

mod verify;

use std::fmt;

use js_sys::{Array, Object, Promise, Uint8Array};
use pki::encrypted_key::{self, Pbes2Parameters};
use pki::engine::{Engine, EngineError, EngineName, Operation};
use pki::key::{PrivateKey, RsaBits};
use pki::passphrase::Passphrase;
use pki::signature::{SignatureOutcome, SignatureTask};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::bytes::{Lent, take_buffer};
use crate::js::{has, object, property};
use crate::{Atelier, random};

/// `crypto.subtle` as an engine; what it cannot do is left to the atelier, when there is one.
#[derive(Clone)]
pub struct WebCrypto {
    subtle: SubtleCrypto,
    atelier: Option<Atelier>,
}

impl WebCrypto {
    /// The engine, where `globalThis.crypto.subtle` exists: in secure contexts and in Node.
    pub fn new(atelier: Option<Atelier>) -> Option<Self> {
        let crypto = property(&js_sys::global(), "crypto");
        has(&crypto, "subtle").then(|| Self { subtle: property(&crypto, "subtle").unchecked_into(), atelier })
    }

    async fn import(&self, format: &str, bytes: &[u8], algorithm: &Object, usage: &str) -> Option<CryptoKey> {
        let lent = Lent::new(bytes);
        let usages = Array::of1(&usage.into());
        let promise = self.subtle.import_key_with_object(format, &lent.0, algorithm, false, &usages);
        settle(promise).await?.dyn_into().ok()
    }

    /// The AES key that a passphrase and parameters give; `None` when subtle cannot derive it: a 192-bit key in
    /// Chromium, an empty passphrase in some browsers.
    async fn derive(
        &self,
        parameters: &Pbes2Parameters,
        passphrase: &Passphrase,
        usage: &str,
    ) -> Option<CryptoKey> {
        let pbkdf2 = object(&[("name", "PBKDF2".into())]);
        let secret = self.import("raw", passphrase.as_bytes(), &pbkdf2, "deriveKey").await?;
        let derivation = object(&[
            ("name", "PBKDF2".into()),
            ("hash", parameters.prf().hash_name().into()),
            ("salt", Uint8Array::from(parameters.salt()).into()),
            ("iterations", parameters.rounds().into()),
        ]);
        let length = u32::try_from(parameters.cipher().key_length()).ok()?.checked_mul(8)?;
        let cipher = object(&[("name", "AES-CBC".into()), ("length", length.into())]);
        // Derived as a key, not as bits: its octets never reach JavaScript.
        let usages = Array::of1(&usage.into());
        let promise =
            self.subtle.derive_key_with_object_and_object(&derivation, &secret, &cipher, false, &usages);
        settle(promise).await?.dyn_into().ok()
    }
}

impl fmt::Debug for WebCrypto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebCrypto").field("atelier", &self.atelier).finish_non_exhaustive()
    }
}

impl Engine for WebCrypto {
    fn name(&self) -> EngineName {
        EngineName::WebCrypto
    }

    async fn generate_rsa(&self, bits: RsaBits) -> Result<PrivateKey, EngineError> {
        const FAILED: EngineError = EngineError::Failed(Operation::Generate);
        let algorithm = rsa_sha256();
        let fits = [
            ("modulusLength", bits.get().into()),
            ("publicExponent", Uint8Array::from([1, 0, 1].as_slice()).into()),
        ];
        for (name, value) in fits {
            let _ = js_sys::Reflect::set(&algorithm, &name.into(), &value);
        }
        let usages = Array::of2(&"sign".into(), &"verify".into());
        // Extractable: the person must be able to save it.
        let pair =
            settle(self.subtle.generate_key_with_object(&algorithm, true, &usages)).await.ok_or(FAILED)?;
        let key: CryptoKey = property(&pair, "privateKey").dyn_into().map_err(|_| FAILED)?;
        let exported = settle(self.subtle.export_key("pkcs8", &key)).await.ok_or(FAILED)?;
        let pkcs8 = take_buffer(exported).ok_or(FAILED)?;
        Ok(PrivateKey::from_pkcs8(&pkcs8)?)
    }

    async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
        let algorithm = rsa_sha256();
        let Some(handle) = self.import("pkcs8", key.pkcs8(), &algorithm, "sign").await else {
            // PKCS #8 with attributes, or numbers the browser refuses: RustCrypto has its own opinion.
            return match &self.atelier {
                Some(atelier) => atelier.sign(key, message).await,
                None => Err(EngineError::Failed(Operation::Sign)),
            };
        };
        let message = Uint8Array::from(message);
        let promise = self.subtle.sign_with_object_and_js_u8_array(&algorithm, &handle, &message);
        let signature = settle(promise).await.and_then(take_buffer);
        signature.map(|bytes| bytes.to_vec()).ok_or(EngineError::Failed(Operation::Sign))
    }

    async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        verify::all(&self.subtle, tasks).await
    }

    async fn encrypt(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError> {
        let parameters = Pbes2Parameters::recommended(random::octets()?, random::octets()?);
        let Some(handle) = self.derive(&parameters, passphrase, "encrypt").await else {
            return match &self.atelier {
                Some(atelier) => atelier.encrypt(key, passphrase).await,
                None => Err(EngineError::Failed(Operation::Encrypt)),
            };
        };
        let clear = Lent::new(key.pkcs8());
        let promise =
            self.subtle.encrypt_with_object_and_js_u8_array(&aes_cbc(&parameters), &handle, &clear.0);
        let ciphertext = settle(promise).await.and_then(take_buffer);
        let ciphertext = ciphertext.ok_or(EngineError::Failed(Operation::Encrypt))?;
        Ok(encrypted_key::seal(&parameters, &ciphertext)?)
    }

    async fn decrypt(&self, encrypted: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
        let (parameters, ciphertext) = encrypted_key::open(encrypted)?;
        let Some(handle) = self.derive(&parameters, passphrase, "decrypt").await else {
            return match &self.atelier {
                Some(atelier) => atelier.decrypt(encrypted, passphrase).await,
                None => Err(EngineError::Failed(Operation::Decrypt)),
            };
        };
        let ciphertext = Uint8Array::from(ciphertext.as_slice());
        let promise =
            self.subtle.decrypt_with_object_and_js_u8_array(&aes_cbc(&parameters), &handle, &ciphertext);
        // With whole blocks, which `open` has checked, only the padding can be wrong.
        let clear = settle(promise).await.and_then(take_buffer).ok_or(EngineError::WrongPassphrase)?;
        encrypted_key::recovered(&clear)
    }
}

/// RSASSA-PKCS1-v1_5 with SHA-256, for every call that takes it.
fn rsa_sha256() -> Object {
    object(&[("name", "RSASSA-PKCS1-v1_5".into()), ("hash", "SHA-256".into())])
}

fn aes_cbc(parameters: &Pbes2Parameters) -> Object {
    let vector = Uint8Array::from(parameters.initialisation_vector().as_slice());
    object(&[("name", "AES-CBC".into()), ("iv", vector.into())])
}

/// What a call to subtle gives; its errors say nothing that could be told, so they become `None`.
async fn settle(called: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(called.ok()?).await.ok()
}

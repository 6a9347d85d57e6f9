//! The calls to `crypto.subtle`, with our types. Its errors say nothing that could be told to a person: they become
//! `None`.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use pki::encrypted_key::Pbes2Parameters;
use pki::key::RsaBits;
use pki::passphrase::Passphrase;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};
use zeroize::Zeroizing;

use crate::bytes::{Lent, take_buffer};
use crate::js::{has, object, property};

#[derive(Clone)]
pub(super) struct Subtle(pub(super) SubtleCrypto);

impl Subtle {
    /// Where `globalThis.crypto.subtle` exists: in secure contexts and in Node.
    pub(super) fn find() -> Option<Self> {
        let crypto = property(&js_sys::global(), "crypto");
        has(&crypto, "subtle").then(|| Self(property(&crypto, "subtle").unchecked_into()))
    }

    /// A new RSA key, DER PrivateKeyInfo.
    pub(super) async fn generate(&self, bits: RsaBits) -> Option<Zeroizing<Vec<u8>>> {
        let algorithm = rsa_sha256();
        let exponent = Uint8Array::from([1, 0, 1].as_slice());
        Reflect::set(&algorithm, &"modulusLength".into(), &bits.get().into()).ok()?;
        Reflect::set(&algorithm, &"publicExponent".into(), &exponent).ok()?;
        let usages = Array::of2(&"sign".into(), &"verify".into());
        // Extractable: the person must be able to save it.
        let pair = settle(self.0.generate_key_with_object(&algorithm, true, &usages)).await?;
        let key: CryptoKey = property(&pair, "privateKey").dyn_into().ok()?;
        settle(self.0.export_key("pkcs8", &key)).await.and_then(take_buffer)
    }

    /// A handle on a private key that may sign; `None` for PKCS #8 or numbers that the browser refuses.
    pub(super) async fn signing_key(&self, pkcs8: &[u8]) -> Option<CryptoKey> {
        self.import("pkcs8", pkcs8, &rsa_sha256(), "sign").await
    }

    pub(super) async fn sign(&self, key: &CryptoKey, message: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let message = Uint8Array::from(message);
        let call = self.0.sign_with_object_and_js_u8_array(&rsa_sha256(), key, &message);
        settle(call).await.and_then(take_buffer)
    }

    /// The AES key that a passphrase and parameters give, for one use; `None` when the browser cannot derive it: a
    /// 192-bit key in Chromium, an empty passphrase in some browsers.
    pub(super) async fn derive(
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
        let call = self.0.derive_key_with_object_and_object(&derivation, &secret, &cipher, false, &usages);
        settle(call).await?.dyn_into().ok()
    }

    pub(super) async fn encrypt(
        &self,
        parameters: &Pbes2Parameters,
        key: &CryptoKey,
        clear: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let clear = Lent::new(clear);
        let call = self.0.encrypt_with_object_and_js_u8_array(&aes_cbc(parameters), key, &clear.0);
        settle(call).await.and_then(take_buffer)
    }

    pub(super) async fn decrypt(
        &self,
        parameters: &Pbes2Parameters,
        key: &CryptoKey,
        ciphertext: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let ciphertext = Uint8Array::from(ciphertext);
        let call = self.0.decrypt_with_object_and_js_u8_array(&aes_cbc(parameters), key, &ciphertext);
        settle(call).await.and_then(take_buffer)
    }

    async fn import(&self, format: &str, bytes: &[u8], algorithm: &Object, usage: &str) -> Option<CryptoKey> {
        let lent = Lent::new(bytes);
        let usages = Array::of1(&usage.into());
        let call = self.0.import_key_with_object(format, &lent.0, algorithm, false, &usages);
        settle(call).await?.dyn_into().ok()
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

async fn settle(called: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(called.ok()?).await.ok()
}

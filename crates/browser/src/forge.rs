//! The third module, RSA in software, as the second one reaches it.

use js_sys::{Array, Function, Promise, Uint8Array};
use pki::engine::EngineError;
use pki::key::{PrivateKey, RsaBits};
use pki::signature::{SignatureOutcome, SignatureTask};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use zeroize::Zeroizing;

use crate::bytes::{self, Lent};
use crate::wire::{self, Operation};

/// `(operation, parts, progress) => Promise<Uint8Array>`: loads `crates/forge` on first use and calls its `dispatch`.
#[derive(Clone, Debug)]
pub struct Forge(Function);

impl Forge {
    /// The forge behind this function.
    pub fn new(dispatch: Function) -> Self {
        Self(dispatch)
    }

    /// A new RSA key. `tell` hears the numbers tried and the numbers that are tried on average.
    pub(crate) async fn generate_rsa(
        &self,
        bits: RsaBits,
        tell: Option<&Closure<dyn Fn(u32, u32)>>,
    ) -> Result<PrivateKey, EngineError> {
        let tell = tell.map_or(JsValue::UNDEFINED, |tell| tell.as_ref().clone());
        let pkcs8 = self.call(Operation::GenerateRsa, &[&bits.get().to_be_bytes()], &tell).await?;
        Ok(PrivateKey::from_pkcs8(&pkcs8)?)
    }

    pub(crate) async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
        let signature = self.call(Operation::Sign, &[key.pkcs8(), message], &JsValue::UNDEFINED).await?;
        Ok(signature.to_vec())
    }

    /// Nothing is proved by a forge that is not there.
    pub(crate) async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        let octets: Vec<Option<[u8; 1]>> =
            tasks.iter().map(|task| wire::algorithm_octet(&task.algorithm).map(|octet| [octet])).collect();
        let known = tasks.iter().zip(&octets).filter_map(|(task, octet)| Some((task, octet.as_ref()?)));
        let parts: Vec<&[u8]> = known
            .flat_map(|(task, octet)| [task.spki.as_slice(), octet, &task.message, &task.signature])
            .collect();
        let answers = match parts.is_empty() {
            true => Ok(Zeroizing::default()),
            false => self.call(Operation::Verify, &parts, &JsValue::UNDEFINED).await,
        };
        let answers = answers.unwrap_or_default();
        let mut answers = answers.iter().copied();
        let outcome = |octet: &Option<[u8; 1]>| match octet {
            Some(_) => answers.next().map_or(SignatureOutcome::Unsupported, wire::outcome),
            None => SignatureOutcome::Unsupported,
        };
        octets.iter().map(outcome).collect()
    }

    async fn call(
        &self,
        operation: Operation,
        parts: &[&[u8]],
        progress: &JsValue,
    ) -> Result<Zeroizing<Vec<u8>>, EngineError> {
        // Overwritten when the call ends, were it only that nobody waits for it any more.
        let lent: Vec<Lent> = parts.iter().map(|part| Lent::new(part)).collect();
        let parts: Array = lent.iter().map(|part| &part.0).collect();
        let called = self.0.call3(&JsValue::NULL, &operation.name().into(), &parts, progress);
        let answer = match called.and_then(JsCast::dyn_into::<Promise>) {
            Ok(promise) => JsFuture::from(promise).await,
            Err(error) => Err(error),
        };
        match answer.and_then(JsCast::dyn_into::<Uint8Array>) {
            Ok(bytes) => Ok(bytes::take(&bytes)),
            Err(error) => Err(match error.as_string() {
                Some(text) => wire::error(&text, operation),
                None => operation.failure(),
            }),
        }
    }
}

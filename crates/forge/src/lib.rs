//! The third module: RSA in software, for where the browser has none.
//!
//! A page over plain http has no `crypto.subtle`, and a caller may refuse to use it. Only then is this needed, and it is
//! the heaviest part of all, so the second module calls it through one door, [`dispatch`]: an operation and bytes in,
//! bytes out, as [`browser::wire`] says.

use browser::random;
use browser::wire::{self, Operation};
use js_sys::{Array, Function, Uint8Array};
use pki::engine::EngineError;
use pki::key::{KeyError, PrivateKey, RsaBits};
use pki::rustcrypto::{RandomnessError, RustCrypto, verify_now};
use pki::signature::SignatureTask;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// Does one [`Operation`]. `parts` is an array of `Uint8Array`, overwritten once read; `progress`, when it is a
/// function, is called with the numbers tried and the numbers expected while a key is made.
///
/// # Errors
/// The text of an engine's error, as [`wire::error_text`] writes it; never a part of the input.
#[wasm_bindgen]
pub fn dispatch(operation: &str, parts: Array, progress: JsValue) -> Result<Uint8Array, JsValue> {
    let parts = take_all(&parts);
    let answer = Operation::from_name(operation)
        .ok_or(EngineError::Unavailable)
        .and_then(|operation| perform(operation, &parts, progress.dyn_into().ok()));
    match answer {
        Ok(bytes) => Ok(Uint8Array::from(bytes.as_slice())),
        Err(error) => Err(JsValue::from_str(&wire::error_text(&error))),
    }
}

fn perform(
    operation: Operation,
    parts: &[Zeroizing<Vec<u8>>],
    progress: Option<Function>,
) -> Result<Zeroizing<Vec<u8>>, EngineError> {
    // The other end always sends as many as the operation takes.
    const WRONG_COUNT: EngineError = EngineError::Unavailable;
    match (operation, parts) {
        (Operation::GenerateRsa, [bits]) => generate(bits, progress),
        (Operation::Sign, [key, message]) => {
            engine().sign_now(&PrivateKey::from_pkcs8(key)?, message).map(Zeroizing::new)
        }
        (Operation::Verify, parts) => verify(parts).ok_or(WRONG_COUNT),
        _ => Err(WRONG_COUNT),
    }
}

fn generate(bits: &[u8], progress: Option<Function>) -> Result<Zeroizing<Vec<u8>>, EngineError> {
    let bits = bits.try_into().map(u32::from_be_bytes).map_err(|_| KeyError::UnsupportedSize { bits: 0 })?;
    let bits = RsaBits::try_from(bits)?;
    let key = match progress {
        Some(tell) => engine()
            .with_progress(move |at| {
                // Who listens does not decide whether the key is made.
                let _ = tell.call2(&JsValue::NULL, &at.candidates.into(), &at.expected.into());
            })
            .generate_rsa_now(bits)?,
        None => engine().generate_rsa_now(bits)?,
    };
    Ok(Zeroizing::new(key.pkcs8().to_vec()))
}

fn verify(parts: &[Zeroizing<Vec<u8>>]) -> Option<Zeroizing<Vec<u8>>> {
    let (tasks, rest) = parts.as_chunks::<4>();
    let outcomes = tasks.iter().map(|[spki, algorithm, message, signature]| {
        let task = SignatureTask {
            spki: spki.to_vec(),
            algorithm: wire::algorithm(*algorithm.first()?)?,
            message: message.to_vec(),
            signature: signature.to_vec(),
        };
        Some(wire::outcome_octet(verify_now(&task)))
    });
    let outcomes: Option<Vec<u8>> = outcomes.collect();
    outcomes.filter(|_| rest.is_empty()).map(Zeroizing::new)
}

fn engine() -> RustCrypto<impl Fn(&mut [u8]) -> Result<(), RandomnessError>> {
    RustCrypto::new(|buffer: &mut [u8]| random::fill(buffer).map_err(|_| RandomnessError))
}

/// Copies the parts into memory that is wiped, and overwrites them in JavaScript. What is no `Uint8Array` counts as
/// nothing.
fn take_all(parts: &Array) -> Vec<Zeroizing<Vec<u8>>> {
    let take = |part: JsValue| part.dyn_into().map(|bytes: Uint8Array| browser::bytes::take(&bytes));
    parts.iter().map(|part| take(part).unwrap_or_default()).collect()
}

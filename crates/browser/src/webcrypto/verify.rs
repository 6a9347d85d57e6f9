//! Many signatures at once: every call is made before the first is awaited, so the browser may spread them over its
//! threads. A key that signed several is imported once.

use std::collections::BTreeMap;

use der::asn1::UintRef;
use der::{Decode, Reader, SliceReader};
use js_sys::{Array, Object, Uint8Array};
use pki::key::{Curve, PublicKey, PublicKeyKind};
use pki::signature::{Hash, SignatureAlgorithm, SignatureOutcome, SignatureTask};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use crate::js::object;

pub(super) async fn all(subtle: &SubtleCrypto, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
    let keys = import_all(subtle, tasks).await;
    let messages = Octets::of(tasks.iter().map(|task| task.message.as_slice()));
    let signatures = Octets::of(tasks.iter().map(|task| task.signature.as_slice()));
    let calls: Vec<_> = tasks
        .iter()
        .enumerate()
        .map(|(index, task)| {
            let message = || messages.get(index, &task.message);
            start(subtle, &keys, task, message, || signatures.get(index, &task.signature))
        })
        .collect();
    let mut outcomes = Vec::with_capacity(tasks.len());
    for call in calls {
        outcomes.push(match call {
            Ok(call) => outcome(call).await,
            Err(outcome) => outcome,
        });
    }
    outcomes
}

/// The longest message that is copied with others.
const SHORT: usize = 64 * 1024;

/// The messages, or the signatures, of many tasks as one array: a thousand small ones take longer to make than to verify.
/// A long one, a revocation list, is copied alone.
struct Octets {
    all: Uint8Array,
    /// For each task, where its own are in there.
    places: Vec<Option<(u32, u32)>>,
}

impl Octets {
    fn of<'a>(each: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut all = Vec::new();
        let place = |octets: &'a [u8]| {
            let octets = Some(octets).filter(|octets| octets.len() <= SHORT)?;
            let start = u32::try_from(all.len()).ok()?;
            let end = u32::try_from(all.len().checked_add(octets.len())?).ok()?;
            all.extend_from_slice(octets);
            Some((start, end))
        };
        let places = each.map(place).collect();
        Self { all: Uint8Array::from(all.as_slice()), places }
    }

    fn get(&self, index: usize, octets: &[u8]) -> Uint8Array {
        match self.places.get(index).copied().flatten() {
            Some((start, end)) => self.all.subarray(start, end),
            None => octets.into(),
        }
    }
}

/// A key and what it is imported for: the same key serves several hashes under several handles.
type Use<'a> = (&'a [u8], &'a SignatureAlgorithm);

async fn import_all<'a>(subtle: &SubtleCrypto, tasks: &'a [SignatureTask]) -> BTreeMap<Use<'a>, CryptoKey> {
    let mut calls: BTreeMap<Use<'a>, JsFuture> = BTreeMap::new();
    for task in tasks {
        let key = (task.spki.as_slice(), &task.algorithm);
        if calls.contains_key(&key) {
            continue;
        }
        let Some(algorithm) = import_algorithm(task) else { continue };
        let spki = Uint8Array::from(task.spki.as_slice());
        let usages = Array::of1(&"verify".into());
        let call = subtle.import_key_with_object("spki", &spki, &algorithm, false, &usages);
        if let Ok(promise) = call {
            calls.insert(key, promise.into());
        }
    }
    let mut keys = BTreeMap::new();
    for (key, call) in calls {
        if let Some(handle) = call.await.ok().and_then(|handle| handle.dyn_into().ok()) {
            keys.insert(key, handle);
        }
    }
    keys
}

/// Asks for one verification, or says at once how it ends. `message` and `as_it_is`, the signature, are those of the task.
fn start(
    subtle: &SubtleCrypto,
    keys: &BTreeMap<Use<'_>, CryptoKey>,
    task: &SignatureTask,
    message: impl FnOnce() -> Uint8Array,
    as_it_is: impl FnOnce() -> Uint8Array,
) -> Result<JsFuture, SignatureOutcome> {
    const UNSUPPORTED: SignatureOutcome = SignatureOutcome::Unsupported;
    let key = keys.get(&(task.spki.as_slice(), &task.algorithm)).ok_or(UNSUPPORTED)?;
    let signature = task.signature.as_slice();
    let (algorithm, signature) = match &task.algorithm {
        SignatureAlgorithm::Ecdsa(hash) => {
            let name = name(*hash).ok_or(UNSUPPORTED)?;
            let length = curve(&task.spki).and_then(octets).ok_or(UNSUPPORTED)?;
            let numbers = fixed_length(signature, length).ok_or(SignatureOutcome::Invalid)?;
            let algorithm = object(&[("name", "ECDSA".into()), ("hash", name.into())]);
            (algorithm, Uint8Array::from(numbers.as_slice()))
        }
        SignatureAlgorithm::Ed25519 => (object(&[("name", "Ed25519".into())]), as_it_is()),
        SignatureAlgorithm::RsaPkcs1(_) => (object(&[("name", "RSASSA-PKCS1-v1_5".into())]), as_it_is()),
        _ => return Err(UNSUPPORTED),
    };
    let call =
        subtle.verify_with_object_and_js_u8_array_and_js_u8_array(&algorithm, key, &signature, &message());
    call.map(JsFuture::from).map_err(|_| UNSUPPORTED)
}

async fn outcome(call: JsFuture) -> SignatureOutcome {
    match call.await.ok().and_then(|answer| answer.as_bool()) {
        Some(true) => SignatureOutcome::Valid,
        Some(false) => SignatureOutcome::Invalid,
        None => SignatureOutcome::Unsupported,
    }
}

fn import_algorithm(task: &SignatureTask) -> Option<Object> {
    match &task.algorithm {
        SignatureAlgorithm::RsaPkcs1(hash) => {
            Some(object(&[("name", "RSASSA-PKCS1-v1_5".into()), ("hash", name(*hash)?.into())]))
        }
        SignatureAlgorithm::Ecdsa(_) => {
            let curve = match curve(&task.spki)? {
                Curve::P256 => "P-256",
                Curve::P384 => "P-384",
                Curve::P521 => "P-521",
                _ => return None,
            };
            Some(object(&[("name", "ECDSA".into()), ("namedCurve", curve.into())]))
        }
        SignatureAlgorithm::Ed25519 => Some(object(&[("name", "Ed25519".into())])),
        _ => None,
    }
}

const fn name(hash: Hash) -> Option<&'static str> {
    match hash {
        Hash::Md5 => None,
        Hash::Sha1 => Some("SHA-1"),
        Hash::Sha256 => Some("SHA-256"),
        Hash::Sha384 => Some("SHA-384"),
        Hash::Sha512 => Some("SHA-512"),
    }
}

fn curve(spki: &[u8]) -> Option<Curve> {
    match PublicKey::read(spki).ok()?.kind() {
        PublicKeyKind::Ec { curve } => Some(curve.clone()),
        _ => None,
    }
}

/// Octets of one coordinate.
fn octets(curve: Curve) -> Option<usize> {
    usize::try_from(curve.bits()?).ok().map(|bits| bits.div_ceil(8))
}

/// `SEQUENCE { r INTEGER, s INTEGER }` (RFC 3279, section 2.2.3) as WebCrypto wants it: r then s, each of `length`
/// octets.
fn fixed_length(signature: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut reader = SliceReader::new(signature).ok()?;
    let numbers: der::Result<_> =
        reader.sequence(|body| Ok((UintRef::decode(body)?, UintRef::decode(body)?)));
    let (r, s) = numbers.ok()?;
    reader.finish().ok()?;
    let mut fixed = Vec::with_capacity(length.saturating_mul(2));
    for number in [r, s] {
        let bytes = number.as_bytes();
        let padding = length.checked_sub(bytes.len())?;
        fixed.resize(fixed.len().saturating_add(padding), 0);
        fixed.extend_from_slice(bytes);
    }
    Some(fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_an_ecdsa_signature_get_their_length() {
        // r has a leading zero octet because its highest bit is set; s is short.
        let der = [0x30, 0x08, 0x02, 0x03, 0x00, 0x80, 0x01, 0x02, 0x01, 0x05];
        assert_eq!(fixed_length(&der, 3), Some(vec![0, 0x80, 0x01, 0, 0, 0x05]));
    }

    #[test]
    fn a_signature_that_is_none_is_refused() {
        for bytes in [&[][..], &[0x30, 0x00], &[0x30, 0x03, 0x02, 0x01, 0x05], &[0x02, 0x01, 0x05]] {
            assert_eq!(fixed_length(bytes, 32), None);
        }
        // Too long for the curve, or followed by something.
        assert_eq!(fixed_length(&[0x30, 0x07, 0x02, 0x02, 0x01, 0x01, 0x02, 0x01, 0x05], 1), None);
        assert_eq!(fixed_length(&[0x30, 0x06, 0x02, 0x01, 0x05, 0x02, 0x01, 0x05, 0x00], 1), None);
    }
}

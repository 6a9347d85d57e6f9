//! Bytes that cross between WebAssembly and JavaScript, where secrets must not stay behind.

use js_sys::{Array, ArrayBuffer, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// Copies bytes out of JavaScript and overwrites them there: the copy is then the only one.
pub fn take(bytes: &Uint8Array) -> Zeroizing<Vec<u8>> {
    let copy = Zeroizing::new(bytes.to_vec());
    wipe(bytes);
    copy
}

/// Copies bytes that are no secret out of JavaScript; `None` for anything else than a `Uint8Array`.
pub fn copy(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// [`take`] for what WebCrypto returns: an ArrayBuffer. `None` for anything else.
pub(crate) fn take_buffer(value: JsValue) -> Option<Zeroizing<Vec<u8>>> {
    let buffer = value.dyn_into::<ArrayBuffer>().ok()?;
    Some(take(&Uint8Array::new(&buffer)))
}

/// Overwrites bytes that live in JavaScript. Bytes that were transferred to a worker have no length here any more, and
/// `fill` would throw.
pub(crate) fn wipe(bytes: &Uint8Array) {
    let length = bytes.length();
    if length > 0 {
        bytes.fill(0, 0, length);
    }
}

/// Overwrites every `Uint8Array` that plain values hold.
pub fn wipe_all(values: &Array) {
    all_within(values).iter().for_each(wipe);
}

/// Every `Uint8Array` that plain values hold, each buffer once.
pub(crate) fn all_within(values: &Array) -> Vec<Uint8Array> {
    let mut found: Vec<Uint8Array> = Vec::new();
    // The façade's copies are no deeper than this, and ours are shallow.
    collect(values, 16, &mut found);
    found
}

fn collect(value: &JsValue, depth: u8, found: &mut Vec<Uint8Array>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        found.push(bytes.clone());
    } else if let Some(list) = value.dyn_ref::<Array>() {
        list.iter().for_each(|item| collect(&item, depth, found));
    } else if let Some(object) = value.dyn_ref::<Object>().filter(|value| !value.is_function()) {
        Object::values(object).iter().for_each(|item| collect(&item, depth, found));
    }
}

/// Bytes lent to JavaScript, overwritten when this is dropped.
#[derive(Debug)]
pub(crate) struct Lent(pub(crate) Uint8Array);

impl Lent {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self(Uint8Array::from(bytes))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        wipe(&self.0);
    }
}

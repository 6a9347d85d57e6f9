//! Small conversions between our bytes and JavaScript's.

use js_sys::{ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// A plain object with these properties.
pub(crate) fn object(properties: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // A fresh plain object takes any property.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// A property; `undefined` when absent, when `of` is no object, or when reading it throws.
pub(crate) fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Whether the property is there.
pub(crate) fn has(of: &JsValue, name: &str) -> bool {
    !property(of, name).is_undefined()
}

/// Copies bytes out of JavaScript and overwrites them there: the copy is then the only one.
pub(crate) fn take(bytes: &Uint8Array) -> Zeroizing<Vec<u8>> {
    let copy = Zeroizing::new(bytes.to_vec());
    wipe(bytes);
    copy
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

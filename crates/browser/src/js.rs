//! Small conversions between our values and JavaScript's.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

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

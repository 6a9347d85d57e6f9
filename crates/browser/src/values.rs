//! Our types as JavaScript's plain values, and back: what crosses to the second module and to a caller.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::{Deserializer, Serializer};
use wasm_bindgen::JsValue;

/// Reads a value.
///
/// # Errors
/// Where it is not of this type's shape: `subject.commonName`, empty for the value itself. What serde says of a failure
/// is dropped, since it quotes the value.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, String> {
    serde_path_to_error::deserialize(Deserializer::from(value)).map_err(|error| {
        let path = error.path().to_string();
        // The path of the value itself is written as a dot.
        if path == "." { String::new() } else { path }
    })
}

/// A plain value: no `Map`, no property that is `undefined`, bytes as `Uint8Array`.
pub fn write<T: Serialize>(value: &T) -> JsValue {
    let serializer = Serializer::new().serialize_maps_as_objects(true);
    // The contract's types hold nothing that JavaScript cannot: text, small numbers, bytes, lists.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

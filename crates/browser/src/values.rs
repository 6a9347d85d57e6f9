//! Our types as JavaScript's plain values, and back: what crosses to the second module and to a caller.

mod read;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use read::Plain;

/// Reads a value.
///
/// # Errors
/// Where it is not of this type's shape: `subject.commonName`, `files[2].name`, empty for the value itself.
pub fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, String> {
    T::deserialize(Plain(value)).map_err(|misshapen| misshapen.path)
}

/// A plain value: no `Map`, no property that is `undefined`, bytes as `Uint8Array`.
pub fn write<T: Serialize>(value: &T) -> JsValue {
    let serializer = Serializer::new().serialize_maps_as_objects(true);
    // The contract's types hold nothing that JavaScript cannot: text, small numbers, bytes, lists.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

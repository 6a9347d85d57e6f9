//! From JavaScript's values to the contract's types, back, and errors as JavaScript's.
//!
//! The values that come in are the plain copies that `web/embed/src/plain.ts` makes: reading them runs no code of the
//! caller's.

use js_sys::Reflect;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_wasm_bindgen::{Deserializer, Serializer};
use vocabulary::topics::errors::{INVALID_INPUT, PROFILE_SHAPE};
use vocabulary::{Error, Topic};
use wasm_bindgen::JsValue;

use crate::state;

/// What an error about a value's type is about.
#[derive(Clone, Copy)]
pub(crate) enum Input {
    /// An argument that is the whole input: fields are named from inside it.
    Whole,
    /// One of several arguments, by its name.
    Argument(&'static str),
    /// An order profile.
    Profile,
}

impl Input {
    fn topic(self) -> Topic {
        match self {
            Self::Profile => PROFILE_SHAPE,
            Self::Whole | Self::Argument(_) => INVALID_INPUT,
        }
    }

    /// The field's name, from the path inside the argument.
    fn field(self, path: &str) -> Option<String> {
        match (self, path) {
            (Self::Argument(name), "") => Some(name.to_owned()),
            (Self::Argument(name), path) if path.starts_with('[') => Some(format!("{name}{path}")),
            (Self::Argument(name), path) => Some(format!("{name}.{path}")),
            (_, "") => None,
            (_, path) => Some(path.to_owned()),
        }
    }

    /// The value is not of the contract's shape, at this path.
    pub(crate) fn refuse(self, path: &str) -> JsValue {
        error(&Error { topic: self.topic(), field: self.field(path), facts: Vec::new() })
    }
}

/// Reads an argument. What serde says of a failure is dropped, since it quotes the value; its place is kept.
pub(crate) fn read<T: DeserializeOwned>(value: JsValue, input: Input) -> Result<T, JsValue> {
    serde_path_to_error::deserialize(Deserializer::from(value)).map_err(|error| {
        let path = error.path().to_string();
        // The path of the value itself is written as a dot.
        input.refuse(if path == "." { "" } else { &path })
    })
}

/// A plain object: no `Map`, no property that is `undefined`, bytes as `Uint8Array`.
pub(crate) fn write<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let serializer = Serializer::new().serialize_maps_as_objects(true);
    // The contract's types hold nothing that JavaScript cannot: text, small numbers, bytes, lists.
    value.serialize(&serializer).map_err(|_| Input::Whole.refuse(""))
}

/// A real `Error`, named `EstampilleError`, with `code` and `field`.
pub(crate) fn error(error: &Error) -> JsValue {
    let text = messages::error(state::locale(), error);
    let lines: Vec<String> = [Some(text.title), text.detail, text.action].into_iter().flatten().collect();
    let thrown = js_sys::Error::new(&lines.join("\n"));
    thrown.set_name("EstampilleError");
    let properties = [("code", Some(error.code())), ("field", error.field.as_deref())];
    for (name, value) in properties {
        if let Some(value) = value {
            // A fresh error takes any property.
            let _ = Reflect::set(&thrown, &name.into(), &value.into());
        }
    }
    thrown.into()
}

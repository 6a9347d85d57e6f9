//! The fourth module: the FINESS register, the F413 and the dossier, always in a worker (in Node, inline).
//!
//! One door, [`dispatch`], as the second module has it: a use case by its name, plain values in and out. It has a worker of
//! its own, so that a search waits for no key and a key that is given up takes no register with it: a register lives here,
//! and whoever opened it holds its number.

mod calls;
mod registers;

use browser::{clock, values};
use estampille::contract::{Place, Refusal};
use js_sys::Array;
use messages::Locale;
use serde::de::DeserializeOwned;
use vocabulary::{Error, Timestamp};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Does one call, whose `arguments` are plain values.
///
/// # Errors
/// The use case's error, as a plain [`Refusal`].
#[wasm_bindgen]
pub async fn dispatch(call: String, locale: String, arguments: Array) -> Result<JsValue, JsValue> {
    let locale = Locale::from_tag(&locale).unwrap_or_default();
    let request = Request { locale, now: clock::now(), arguments };
    calls::answer(&call, &request).await.map_err(|error| values::write(&Refusal::new(locale, &error)))
}

/// A call's arguments and surroundings.
struct Request {
    locale: Locale,
    now: Timestamp,
    arguments: Array,
}

impl Request {
    /// The argument at this position, from zero.
    fn argument<T: DeserializeOwned>(&self, position: u32, place: Place) -> Result<T, Error> {
        values::read(self.arguments.get(position)).map_err(|path| place.refuse(&path))
    }
}

//! From JavaScript's values to the contract's types, back, and errors as JavaScript's.
//!
//! The values that come in are the plain copies that `web/embed/src/plain.ts` makes: reading them runs no code of the
//! caller's.

use browser::CallError;
use browser::values;
use estampille::contract::{Place, Refusal};
use js_sys::Reflect;
use serde::de::DeserializeOwned;
use vocabulary::Error;
use vocabulary::topics::failures::{ENGINE_FAILED, MODULE_NOT_LOADED};
use wasm_bindgen::JsValue;

use crate::state;

/// Reads an argument.
pub(crate) fn read<T: DeserializeOwned>(value: JsValue, place: Place) -> Result<T, JsValue> {
    values::read(value).map_err(|path| error(&place.refuse(&path)))
}

/// A real `Error`, named `EstampilleError`, with `code` and `field`.
pub(crate) fn error(error: &Error) -> JsValue {
    thrown(&Refusal::new(state::locale(), error))
}

/// What the second module refuses, or that it is not there, and then why as its `cause`.
pub(crate) fn call_error(failed: CallError) -> JsValue {
    match failed {
        CallError::Refused(value) => match values::read::<Refusal>(value) {
            Ok(refusal) => thrown(&refusal),
            Err(_) => error(&Error::new(ENGINE_FAILED)),
        },
        CallError::Lost => error(&Error::new(ENGINE_FAILED)),
        CallError::Unavailable(cause) => {
            let thrown = error(&Error::new(MODULE_NOT_LOADED));
            let cause = cause.as_string().map_or(cause, |text| js_sys::Error::new(&text).into());
            // A fresh error takes any property.
            let _ = Reflect::set(&thrown, &"cause".into(), &cause);
            thrown
        }
    }
}

fn thrown(refusal: &Refusal) -> JsValue {
    let thrown = js_sys::Error::new(&refusal.message());
    thrown.set_name("EstampilleError");
    let set = |name: &str, value: JsValue| {
        // A fresh error takes any property.
        let _ = Reflect::set(&thrown, &name.into(), &value);
    };
    set("code", refusal.code.as_ref().into());
    if let Some(field) = &refusal.field {
        set("field", field.into());
    }
    if !refusal.findings.is_empty() {
        set("findings", values::write(&refusal.findings));
    }
    thrown.into()
}

//! A file that the host serves, fetched where it is needed.

use js_sys::{ArrayBuffer, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::js::property;

/// Why a file did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotServed {
    /// The server answered otherwise than with a file: its status.
    Status(u32),
    /// No answer: no network, or the page's policy forbids the address.
    Unreachable,
    /// It is longer than what was allowed.
    TooLarge,
}

/// The octets at this address, at most so many.
///
/// # Errors
/// That it did not come.
pub async fn get(address: &str, most: usize) -> Result<Vec<u8>, NotServed> {
    let global = js_sys::global();
    let fetch: Function = property(&global, "fetch").dyn_into().map_err(|_| NotServed::Unreachable)?;
    let response = settled(fetch.call1(&global, &address.into())).await?;
    if !property(&response, "ok").is_truthy() {
        // A status is a number of three digits.
        #[allow(clippy::as_conversions, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let status = property(&response, "status").as_f64().unwrap_or_default() as u32;
        return Err(NotServed::Status(status));
    }
    let read: Function = property(&response, "arrayBuffer").dyn_into().map_err(|_| NotServed::Unreachable)?;
    let buffer = settled(read.call0(&response)).await?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(|_| NotServed::Unreachable)?;
    let bytes = Uint8Array::new(&buffer);
    match usize::try_from(bytes.length()) {
        Ok(length) if length <= most => Ok(bytes.to_vec()),
        _ => Err(NotServed::TooLarge),
    }
}

async fn settled(called: Result<JsValue, JsValue>) -> Result<JsValue, NotServed> {
    let promise: Promise =
        called.and_then(JsCast::dyn_into::<Promise>).map_err(|_| NotServed::Unreachable)?;
    JsFuture::from(promise).await.map_err(|_| NotServed::Unreachable)
}

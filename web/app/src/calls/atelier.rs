//! The way to the second module.

use std::cell::RefCell;

use browser::{Atelier, CallError, Progress, atelier::Host, values};
use estampille::contract::Refusal;
use js_sys::Array;
use messages::{Locale, Rendered};
use serde::de::DeserializeOwned;
use vocabulary::{
    Error,
    topics::failures::{ENGINE_FAILED, MODULE_NOT_LOADED},
};
use wasm_bindgen::JsValue;

use super::beside;
use crate::session::Session;

/// Asks the second module.
pub(super) async fn ask<T: DeserializeOwned>(
    locale: Locale,
    call: &str,
    arguments: &[JsValue],
    progress: Option<Box<dyn Fn(Progress)>>,
) -> Result<T, Refusal> {
    let failed = |topic| Refusal::new(locale, &Error::new(topic));
    let atelier = with_atelier(Clone::clone);
    let arguments: Array = arguments.iter().collect();
    match atelier.call(call, locale.tag(), arguments, progress).await {
        Ok(value) => values::read(value).map_err(|_| failed(ENGINE_FAILED)),
        Err(CallError::Refused(value)) => Err(values::read(value).unwrap_or_else(|_| failed(ENGINE_FAILED))),
        Err(CallError::Lost) => Err(failed(ENGINE_FAILED)),
        Err(CallError::Unavailable(_)) => Err(failed(MODULE_NOT_LOADED)),
    }
}

/// A refusal as it is shown; the host is told its code.
pub(super) fn rendered(session: Session, refusal: Refusal) -> Rendered {
    session.listener.tell_error(&refusal.code, refusal.field.as_deref());
    Rendered { title: refusal.title, detail: refusal.detail, action: refusal.action }
}

/// Fetches the second module once the first screen is there: from then on the page needs no network for anything.
pub(crate) fn warm_up(on_ready: impl FnOnce() + 'static) {
    gloo::timers::callback::Timeout::new(FIRST_SCREEN, move || {
        with_atelier(|atelier| atelier.warm_up(on_ready));
    })
    .forget();
}

/// Time left to the first screen before anything else is fetched, in milliseconds.
const FIRST_SCREEN: u32 = 200;

thread_local! {
    static ATELIER: RefCell<Option<Atelier>> = const { RefCell::new(None) };
}

/// Says where the second module's files are, before it is first called: the page is a guest in a document whose folder
/// has none.
pub(crate) fn atelier_is_at(host: Host) {
    ATELIER.set(Some(Atelier::new(host)));
}

/// The second module, started with the first call that needs it.
fn with_atelier<T>(use_it: impl FnOnce(&Atelier) -> T) -> T {
    ATELIER.with_borrow_mut(|slot| use_it(slot.get_or_insert_with(|| Atelier::new(beside_the_page()))))
}

fn beside_the_page() -> Host {
    Host::Worker {
        url: browser::inlined::worker_url().unwrap_or_else(|| beside("atelier-worker.js")).into(),
        module: JsValue::UNDEFINED,
        forge: JsValue::UNDEFINED,
    }
}

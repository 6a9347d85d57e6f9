//! What a page sets once: the language of the texts, and where the second module runs.

use std::cell::{Cell, RefCell};

use browser::{Atelier, Host};
use messages::Locale;
use wasm_bindgen::JsValue;

thread_local! {
    static LOCALE: Cell<Locale> = const { Cell::new(Locale::Fr) };
    static ATELIER: RefCell<Option<Atelier>> = const { RefCell::new(None) };
}

pub(crate) fn locale() -> Locale {
    LOCALE.get()
}

pub(crate) fn set_locale(locale: Locale) {
    LOCALE.set(locale);
}

pub(crate) fn set_host(host: Host) {
    ATELIER.set(Some(Atelier::new(host)));
}

/// The second module; beside the page when nobody said where it is.
pub(crate) fn atelier() -> Atelier {
    ATELIER.with_borrow_mut(|atelier| {
        let beside = || {
            Atelier::new(Host::Worker {
                url: "./atelier-worker.js".into(),
                module: JsValue::UNDEFINED,
                forge: JsValue::UNDEFINED,
            })
        };
        atelier.get_or_insert_with(beside).clone()
    })
}

//! What a page sets once: the language of the texts, and where the modules in workers run.

use std::cell::{Cell, RefCell};

use browser::{Atelier, Host, Shell};
use messages::Locale;
use wasm_bindgen::JsValue;

thread_local! {
    static LOCALE: Cell<Locale> = const { Cell::new(Locale::Fr) };
    static MODULES: RefCell<Option<[Atelier; 2]>> = const { RefCell::new(None) };
}

pub(crate) fn locale() -> Locale {
    LOCALE.get()
}

pub(crate) fn set_locale(locale: Locale) {
    LOCALE.set(locale);
}

/// The second and the fourth.
pub(crate) fn set_hosts(hosts: [Host; 2]) {
    MODULES.set(Some(hosts.map(Atelier::new)));
}

/// A module in a worker; beside the page when nobody said where it is.
pub(crate) fn module(shell: Shell) -> Atelier {
    MODULES.with_borrow_mut(|modules| {
        let beside = |serves| {
            Atelier::new(Host::Worker {
                url: "./atelier-worker.js".into(),
                serves,
                module: JsValue::UNDEFINED,
                others: JsValue::UNDEFINED,
            })
        };
        let [atelier, greffe] = modules.get_or_insert_with(|| [Shell::Atelier, Shell::Greffe].map(beside));
        match shell {
            Shell::Atelier => atelier.clone(),
            Shell::Greffe => greffe.clone(),
        }
    })
}

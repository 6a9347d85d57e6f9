//! The way to the modules in workers: the second and the fourth.

use std::cell::RefCell;

use browser::{Atelier, CallError, Host, Progress, Shell, values};
use estampille::contract::Refusal;
use js_sys::Array;
use leptos::prelude::GetUntracked;
use messages::{Locale, Rendered};
use serde::de::DeserializeOwned;
use vocabulary::{
    Error,
    topics::failures::{ENGINE_FAILED, MODULE_NOT_LOADED},
};
use wasm_bindgen::JsValue;

use super::beside;
use crate::{later, session::Session};

/// Asks the second module.
pub(super) async fn ask<T: DeserializeOwned>(
    locale: Locale,
    call: &str,
    arguments: &[JsValue],
    progress: Option<Box<dyn Fn(Progress)>>,
) -> Result<T, Refusal> {
    ask_of(Shell::Atelier, locale, call, arguments, progress).await
}

/// Asks the module of a worker.
pub(super) async fn ask_of<T: DeserializeOwned>(
    shell: Shell,
    locale: Locale,
    call: &str,
    arguments: &[JsValue],
    progress: Option<Box<dyn Fn(Progress)>>,
) -> Result<T, Refusal> {
    let failed = |topic| Refusal::new(locale, &Error::new(topic));
    let module = with_module(shell, Clone::clone);
    let arguments: Array = arguments.iter().collect();
    match module.call(call, locale.tag(), arguments, progress).await {
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

/// What is said of a part that did not arrive.
pub(crate) fn not_loaded(session: Session) -> Rendered {
    rendered(session, Refusal::new(session.locale.get_untracked(), &Error::new(MODULE_NOT_LOADED)))
}

/// Fetches the later screens and the second module once the first screen is there: from then on the page needs no network
/// for anything.
pub(crate) fn warm_up(session: Session, on_ready: impl FnOnce() + 'static) {
    gloo::timers::callback::Timeout::new(FIRST_SCREEN, move || {
        session.surface.spawn(async move {
            later::fetch(session).await;
            let atelier = with_module(Shell::Atelier, Clone::clone);
            let whole = atelier.clone();
            atelier.warm_up(move || {
                session.surface.spawn(async move {
                    // Its second part too. Should it not come, what needs it says so.
                    let locale = session.locale.get_untracked();
                    let _ = whole.call("stay", locale.tag(), Array::new(), None).await;
                    on_ready();
                });
            });
        });
    })
    .forget();
}

/// Time left to the first screen before anything else is fetched, in milliseconds.
const FIRST_SCREEN: u32 = 200;

thread_local! {
    static MODULES: RefCell<Option<[Atelier; 2]>> = const { RefCell::new(None) };
}

/// Says where the files of the second and the fourth module are, before they are first called: the page is a guest in a
/// document whose folder has none.
pub(crate) fn modules_are_at(hosts: [Host; 2]) {
    MODULES.set(Some(hosts.map(Atelier::new)));
}

/// A module, started with the first call that needs it.
fn with_module<T>(shell: Shell, use_it: impl FnOnce(&Atelier) -> T) -> T {
    MODULES.with_borrow_mut(|slot| {
        let beside = || [Shell::Atelier, Shell::Greffe].map(|shell| Atelier::new(beside_the_page(shell)));
        let [atelier, greffe] = slot.get_or_insert_with(beside);
        use_it(match shell {
            Shell::Atelier => atelier,
            Shell::Greffe => greffe,
        })
    })
}

fn beside_the_page(serves: Shell) -> Host {
    Host::Worker {
        url: browser::inlined::worker_url().unwrap_or_else(|| beside("atelier-worker.js")).into(),
        serves,
        module: JsValue::UNDEFINED,
        others: JsValue::UNDEFINED,
    }
}

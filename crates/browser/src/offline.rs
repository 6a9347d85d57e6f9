//! The page when the network or its server is missing: the service worker `sw.js`, and what it says.
//!
//! The service worker keeps the files of the page, all or none of them, and nothing else. A new version waits until
//! every page of ours is closed, or until the person asks for it: it never comes under a page that is open.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventTarget, MessageEvent};

use crate::inlined;
use crate::js::{has, object, property};
use crate::trusted;

/// Whether the page opens again without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The browser keeps all of it.
    Kept,
    /// It is one file, which holds all of it.
    Inlined,
    /// There are no service workers here: a page over plain http, or a browser that was told so.
    Impossible,
    /// The browser did not keep it: a file differs from what was built, or there is no room.
    Failed,
}

impl Standing {
    /// One word, for the root element and the tests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "ready",
            Self::Inlined => "single",
            Self::Impossible => "none",
            Self::Failed => "failed",
        }
    }
}

/// A version that is kept beside this one, and waits.
#[derive(Clone, Debug)]
pub struct Update(JsValue);

/// What became of an update that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeOver {
    /// It serves the page from now on: reload it.
    Done,
    /// Not yet: so many other pages of ours are open.
    Others(u32),
    /// It is no longer there: a later one has replaced it, or the browser gave it up.
    Gone,
}

/// Asks the browser to keep the page, whose service worker has this address; `offer` is called, now or later, with
/// each version that is ready to replace this one.
pub async fn keep(script: &str, offer: impl Fn(Update) + 'static) -> Standing {
    if inlined::worker_url().is_some() {
        return Standing::Inlined;
    }
    let Some(container) = container() else { return Standing::Impossible };
    match register(&container, script).await {
        Ok(registration) => follow(&registration, offer).await,
        Err(_) => Standing::Failed,
    }
}

impl Update {
    /// Lets this version serve the page, unless another page of ours is open: it would change under that one.
    pub async fn take_over(&self) -> TakeOver {
        let Some(container) = container() else { return TakeOver::Gone };
        let (tell, told) = oneshot::channel();
        let tell = Rc::new(RefCell::new(Some(tell)));
        let answer = move |tell: &RefCell<Option<oneshot::Sender<TakeOver>>>, outcome| {
            if let Some(tell) = tell.borrow_mut().take() {
                // Nobody waits when the page is left meanwhile.
                let _ = tell.send(outcome);
            }
        };
        let _state = listen(&self.0, "statechange", {
            let (tell, worker) = (Rc::clone(&tell), self.0.clone());
            move |_| match state(&worker).as_deref() {
                Some("activated") => answer(&tell, TakeOver::Done),
                Some("redundant") => answer(&tell, TakeOver::Gone),
                _ => {}
            }
        });
        let _message = listen(&container, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data).unwrap_or_default();
            if has(&data, "others") {
                // A count of pages.
                #[allow(clippy::as_conversions)]
                let others = property(&data, "others").as_f64().unwrap_or_default() as u32;
                answer(&tell, TakeOver::Others(others));
            }
        });
        // Messages wait for this where listeners are added by name.
        let _ = call(&container, "startMessages", &[]);
        match state(&self.0).as_deref() {
            Some("activated") => return TakeOver::Done,
            Some("redundant") | None => return TakeOver::Gone,
            _ => {}
        }
        if call(&self.0, "postMessage", &[JsValue::from_str("take-over")]).is_err() {
            return TakeOver::Gone;
        }
        told.await.unwrap_or(TakeOver::Gone)
    }
}

/// The browser's offer to install the page, as Chromium and Edge make it; it serves once.
#[derive(Clone, Debug)]
pub struct Installation(JsValue);

impl Installation {
    /// Shows the browser's own question.
    pub fn ask(&self) {
        // It refuses a second time, or without a gesture: there is nothing to add to what it says.
        let _ = call(&self.0, "prompt", &[]);
    }
}

/// Calls `offer` when the browser would install the page, whose own invitation is held back; `done` once it has.
pub fn on_installable(offer: impl Fn(Installation) + 'static, done: impl Fn() + 'static) {
    let window = gloo::utils::window();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window, "beforeinstallprompt", options, move |event| {
        event.prevent_default();
        offer(Installation(event.clone().into()));
    })
    .forget();
    EventListener::new(&window, "appinstalled", move |_| done()).forget();
}

fn container() -> Option<JsValue> {
    // Reading it throws where the page has no origin of its own.
    let container = property(&gloo::utils::window().navigator(), "serviceWorker");
    container.is_object().then_some(container)
}

async fn register(container: &JsValue, script: &str) -> Result<JsValue, JsValue> {
    trusted::allow(script);
    let options = object(&[("updateViaCache", "none".into())]);
    let promise = call(container, "register", &[trusted::script_url(script)?, options.into()])?;
    JsFuture::from(promise.dyn_into::<Promise>()?).await
}

/// Waits until a version is kept whole, and watches for the next one.
async fn follow(registration: &JsValue, offer: impl Fn(Update) + 'static) -> Standing {
    let offer = Rc::new(offer);
    let is_first = property(registration, "active").is_null();
    let waiting = property(registration, "waiting");
    if waiting.is_object() {
        offer(Update(waiting));
    }
    let installing = property(registration, "installing");
    let watched = Rc::new(RefCell::new(Vec::new()));
    let watch = {
        let (registration, watched) = (registration.clone(), Rc::clone(&watched));
        move |worker: JsValue| {
            let (offer, registration, installing) = (Rc::clone(&offer), registration.clone(), worker.clone());
            let listener = listen(&worker, "statechange", move |_| {
                // The first version of all waits for nobody.
                let replaces = property(&registration, "active").is_object();
                if state(&installing).as_deref() == Some("installed") && replaces {
                    offer(Update(installing.clone()));
                }
            });
            watched.borrow_mut().extend(listener);
        }
    };
    if installing.is_object() {
        watch(installing.clone());
    }
    if let Some(listener) = listen(registration, "updatefound", {
        let registration = registration.clone();
        move |_| watch(property(&registration, "installing"))
    }) {
        listener.forget();
    }
    if is_first { first_version(registration).await } else { Standing::Kept }
}

/// The first version is kept once it serves the page.
async fn first_version(registration: &JsValue) -> Standing {
    let known = ["installing", "waiting", "active"].map(|place| property(registration, place));
    let Some(worker) = known.into_iter().find(JsValue::is_object) else { return Standing::Failed };
    let (tell, told) = oneshot::channel();
    let tell = RefCell::new(Some(tell));
    let settled = |worker: &JsValue| match state(worker).as_deref() {
        Some("activated") => Some(Standing::Kept),
        Some("redundant") | None => Some(Standing::Failed),
        _ => None,
    };
    let _listener = listen(&worker, "statechange", {
        let worker = worker.clone();
        move |_| {
            if let Some(standing) = settled(&worker)
                && let Some(tell) = tell.borrow_mut().take()
            {
                let _ = tell.send(standing);
            }
        }
    });
    match settled(&worker) {
        Some(standing) => standing,
        None => told.await.unwrap_or(Standing::Failed),
    }
}

/// A service worker's state, in the platform's words.
fn state(worker: &JsValue) -> Option<String> {
    property(worker, "state").as_string()
}

fn listen(
    target: &JsValue,
    kind: &'static str,
    react: impl FnMut(&Event) + 'static,
) -> Option<EventListener> {
    let target = target.dyn_ref::<EventTarget>()?;
    Some(EventListener::new(target, kind, react))
}

fn call(on: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let arguments: Array = arguments.iter().collect();
    property(on, method).dyn_into::<Function>()?.apply(on, &arguments)
}

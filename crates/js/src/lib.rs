//! npm bindings of the core module: converters, nothing else.
//!
//! What chooses and words is answered here: each function reads its arguments into the contract's types, calls one use
//! case of `estampille`, and writes the result as plain values. What reads a file or touches a key goes on to the second
//! module ([`call()`]). The façade in `web/embed` gives them their TypeScript types and guards what comes in; they are of no
//! use alone.

mod convert;
mod state;

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use browser::{Host, Progress, Shell, clock, values};
use estampille::contract::{CsrRequest, FileInput, OrderProfile, Place};
use estampille::{calendar, identifier, order, request};
use js_sys::{Array, Function, Promise};
use messages::Locale;
use vocabulary::Error;
use vocabulary::topics::failures::ABORTED;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use convert::{call_error, error, read};

/// Semantic version of the package.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Sets the language of every text returned from now on: `fr` or `en`.
///
/// # Errors
/// `invalid-input` at `locale`.
#[wasm_bindgen(js_name = setLocale)]
pub fn set_locale(locale: JsValue) -> Result<(), JsValue> {
    let locale = locale.as_string().as_deref().and_then(Locale::from_tag);
    state::set_locale(locale.ok_or_else(|| error(&Place::Argument("locale").refuse("")))?);
    Ok(())
}

/// Says that the second and the fourth module run in workers, where the worker's script is (a text or a
/// `TrustedScriptURL`), and where the second, the third and the fourth module are when they are not beside it.
#[wasm_bindgen(js_name = hostWorker)]
pub fn host_worker(url: JsValue, atelier: JsValue, others: JsValue, greffe: JsValue) {
    state::set_hosts([
        Host::Worker { url: url.clone(), serves: Shell::Atelier, module: atelier, others },
        Host::Worker { url, serves: Shell::Greffe, module: greffe, others: JsValue::UNDEFINED },
    ]);
}

/// Says that the second and the fourth module run inline, and what calls them.
#[wasm_bindgen(js_name = hostInline)]
pub fn host_inline(atelier: Function, greffe: Function) {
    state::set_hosts([atelier, greffe].map(Host::Inline));
}

/// The error for a value that could not even be copied, at this path.
#[wasm_bindgen]
pub fn refusal(path: &str, of_profile: bool) -> JsValue {
    let place = if of_profile { Place::Profile } else { Place::Whole };
    error(&place.refuse(path))
}

/// The error for work that its caller stopped.
#[wasm_bindgen]
pub fn aborted() -> JsValue {
    error(&Error::new(ABORTED))
}

/// What an identifier is.
#[wasm_bindgen(js_name = parseIdentifier)]
pub fn parse_identifier(kind: JsValue, text: JsValue) -> Result<JsValue, JsValue> {
    let kind: String = read(kind, Place::Argument("kind"))?;
    let text: String = read(text, Place::Argument("text"))?;
    let report = identifier::parse(state::locale(), &kind, &text).map_err(|e| error(&e))?;
    Ok(values::write(&report))
}

/// Which certificates to order.
#[wasm_bindgen]
pub fn recommend(profile: JsValue) -> Result<JsValue, JsValue> {
    let profile: OrderProfile = read(profile, Place::Profile)?;
    let plan = order::recommend(state::locale(), clock::now(), &profile).map_err(|e| error(&e))?;
    Ok(values::write(&plan))
}

/// The same request made on the server.
#[wasm_bindgen(js_name = serverCommands)]
pub fn server_commands(request: JsValue) -> Result<JsValue, JsValue> {
    let request: CsrRequest = read(request, Place::Whole)?;
    Ok(values::write(&request::server_commands(&request).map_err(|e| error(&e))?))
}

/// Alarms before certificates end, as iCalendar.
#[wasm_bindgen(js_name = renewalCalendar)]
pub fn renewal_calendar(certificates: JsValue) -> Result<String, JsValue> {
    let certificates: Vec<FileInput> = read(certificates, Place::Argument("certificates"))?;
    calendar::renewal(state::locale(), clock::now(), &certificates).map_err(|e| error(&e))
}

/// A call of the second module, by the name it has in the contract; of the fourth when `of_greffe`. `progress`, when it is a function, is called with
/// what is done and what is expected in all. Once the promise `stopped` is settled, when there is one, nobody waits for
/// the answer any more: the worker ends, the next call starts another one.
///
/// # Errors
/// What the use case refuses, `module-not-loaded`, `engine-failed` or `aborted`.
#[wasm_bindgen]
pub async fn call(
    name: String,
    arguments: Array,
    progress: JsValue,
    stopped: JsValue,
    of_greffe: bool,
) -> Result<JsValue, JsValue> {
    let progress = progress.dyn_into::<Function>().ok().map(|tell| {
        let told = move |at: Progress| {
            // Who listens does not decide whether the work is done.
            let _ = tell.call2(&JsValue::NULL, &at.done.into(), &at.total.into());
        };
        Box::new(told) as Box<dyn Fn(Progress)>
    });
    let module = state::module(if of_greffe { Shell::Greffe } else { Shell::Atelier });
    let answer = module.call(&name, state::locale().tag(), arguments, progress);
    let answer = match stopped.dyn_into::<Promise>() {
        Ok(stopped) => unless(JsFuture::from(stopped), answer).await,
        Err(_) => Some(answer.await),
    };
    answer.ok_or_else(aborted)?.map_err(call_error)
}

/// What `work` gives, unless `stopped` comes first: then `work` is dropped.
async fn unless<T>(stopped: impl Future, work: impl Future<Output = T>) -> Option<T> {
    let (mut stopped, mut work) = (pin!(stopped), pin!(work));
    poll_fn(|cx| match stopped.as_mut().poll(cx) {
        Poll::Ready(_) => Poll::Ready(None),
        Poll::Pending => work.as_mut().poll(cx).map(Some),
    })
    .await
}

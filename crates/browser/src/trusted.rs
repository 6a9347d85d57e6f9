//! The one Trusted Types policy of the page, `estampille`.
//!
//! Under `require-trusted-types-for 'script'` a worker's address must come from a policy. Ours lets through the
//! addresses that were given to [`allow`] and nothing else. It is made once, where the browser has Trusted Types,
//! when the first address is asked for.

use std::cell::{OnceCell, RefCell};

use js_sys::{Function, TypeError};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::js::{object, property};

const NAME: &str = "estampille";

thread_local! {
    static ALLOWED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static POLICY: OnceCell<Option<JsValue>> = const { OnceCell::new() };
}

/// Lets an address of our own through: the worker's or the service worker's.
pub fn allow(url: &str) {
    ALLOWED.with_borrow_mut(|allowed| {
        if !allowed.iter().any(|known| known == url) {
            allowed.push(url.to_owned());
        }
    });
}

/// The address as a script's: a `TrustedScriptURL` where the browser has them, else the text.
///
/// # Errors
/// What the policy throws for an address that was not allowed.
pub fn script_url(url: &str) -> Result<JsValue, JsValue> {
    check(url)?;
    let policy = POLICY.with(|policy| policy.get_or_init(create).clone());
    let text = JsValue::from_str(url);
    match policy {
        Some(policy) => property(&policy, "createScriptURL").dyn_into::<Function>()?.call1(&policy, &text),
        None => Ok(text),
    }
}

/// `None` where the browser has no Trusted Types, or where the page's policy does not allow ours: the address is then
/// given as text, and a browser that enforces Trusted Types refuses it.
fn create() -> Option<JsValue> {
    let factory = property(&js_sys::global(), "trustedTypes");
    let create = property(&factory, "createPolicy").dyn_into::<Function>().ok()?;
    let rule =
        Closure::<dyn Fn(String) -> Result<String, JsValue>>::new(|url: String| check(&url).map(|()| url));
    let rules = object(&[("createScriptURL", rule.into_js_value())]);
    create.call2(&factory, &JsValue::from_str(NAME), &rules).ok()
}

fn check(url: &str) -> Result<(), JsValue> {
    if ALLOWED.with_borrow(|allowed| allowed.iter().any(|known| known == url)) {
        Ok(())
    } else {
        Err(TypeError::new("not a script of estampille").into())
    }
}

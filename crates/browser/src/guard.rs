//! The warning before a page with an unsaved key is left.

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// While armed, the browser asks before the page is closed, reloaded or left. Disarmed when dropped.
///
/// The listener exists only while armed: a page that has one is kept out of the back/forward cache.
#[derive(Debug, Default)]
pub struct SavedKeyGuard(Option<EventListener>);

impl SavedKeyGuard {
    /// A guard that is not armed.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Asks before the page is left, from now on.
    pub fn arm(&mut self) {
        if self.0.is_some() {
            return;
        }
        let window = gloo::utils::window();
        let options = EventListenerOptions::enable_prevent_default();
        self.0 = Some(EventListener::new_with_options(&window, "beforeunload", options, |event| {
            event.prevent_default();
            // Browsers before 2024 look at this only; they show a sentence of their own, whatever the text.
            let _ = Reflect::set(event, &JsValue::from_str("returnValue"), &JsValue::TRUE);
        }));
    }

    /// Lets the page be left.
    pub fn disarm(&mut self) {
        self.0 = None;
    }

    /// Whether it asks.
    pub const fn is_armed(&self) -> bool {
        self.0.is_some()
    }
}

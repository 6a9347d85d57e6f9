//! The page as a guest in an element: `web/embed/src/assistant.ts` makes it and lets it go.

use std::{any::Any, cell::RefCell, rc::Rc};

use browser::{Host, Shell, values};
use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::HtmlElement;

use crate::{
    calls,
    frame::Frame,
    listener::{Listener, tell_plans, tell_requests},
    session::Session,
    settings,
    surface::Surface,
};

/// Says where the files of the second, the third and the fourth module are: an address, or a `TrustedScriptURL`, and
/// addresses.
#[wasm_bindgen(js_name = hostWorker)]
pub fn host_worker(url: JsValue, atelier: JsValue, others: JsValue, greffe: JsValue) {
    calls::modules_are_at([
        Host::Worker { url: url.clone(), serves: Shell::Atelier, module: atelier, others },
        Host::Worker { url, serves: Shell::Greffe, module: greffe, others: JsValue::UNDEFINED },
    ]);
}

/// The page inside an element; it leaves when this is freed.
#[wasm_bindgen]
pub struct Guest {
    session: Session,
    _shown: Box<dyn Any>,
}

#[wasm_bindgen]
impl Guest {
    /// Shows the page in an element, which stands in the host's shadow root. `listener` is called with the name of an
    /// event, as in `EstampilleEvents`, and its detail.
    #[wasm_bindgen(constructor)]
    pub fn new(element: HtmlElement, listener: Function) -> Result<Guest, JsValue> {
        let session = Rc::new(RefCell::new(None));
        let shown = leptos::mount::mount_to(element.clone(), {
            let session = session.clone();
            move || {
                let surface = Surface::guest(element);
                let listener = Listener::of(listener);
                let on_start = move |started: Session| {
                    tell_plans(started);
                    tell_requests(started);
                    session.replace(Some(started));
                };
                ui! { <Frame surface=surface listener=listener on_start=on_start/> }
            }
        });
        let session = session.take().ok_or("the page did not start")?;
        Ok(Self { session, _shown: Box::new(shown) })
    }

    /// Sets what an attribute of the element says; nothing stands for an attribute that is gone. A word that is none of
    /// the attribute's is told as `invalid-input`, and changes nothing.
    pub fn set(&self, name: &str, value: Option<String>) {
        settings::set(self.session, name, value.as_deref());
    }

    /// What is known of the structure, as typed so far.
    #[wasm_bindgen(getter)]
    pub fn profile(&self) -> JsValue {
        self.session.draft.with_untracked(values::write)
    }

    /// Takes over what the host knows of the structure. What it leaves out stays as it was typed; what is of another shape
    /// is told as `invalid-input` with its path, and changes nothing.
    #[wasm_bindgen(setter)]
    pub fn set_profile(&self, profile: JsValue) {
        settings::set_profile(self.session, profile);
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.session.surface.leave();
    }
}

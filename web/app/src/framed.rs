//! The page in a frame of somebody else's: settings come and events go as messages, to and from the hosts that the page
//! names, and to nobody else. Not even their own scripts can read what is typed here.
//!
//! `<meta name="estampille-hosts" content="https://portal.example">` names them, separated by spaces. The page says
//! `{ type: "estampille-ready" }` when it listens. A host settles something by
//! `{ type: "estampille-set", name, value }`, as an attribute of the element would, or
//! `{ type: "estampille-profile", profile }`; from its first message on it is told the events of `EstampilleEvents`, as
//! `{ type, detail }`.

use std::{cell::RefCell, rc::Rc};

use gloo::events::EventListener;
use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageEvent, Window};

use crate::{listener::Listener, session::Session, settings, surface::keep};

/// The window around the page, and who may speak in it.
#[derive(Clone)]
pub(crate) struct Parent {
    window: Window,
    hosts: Vec<String>,
    /// Who has spoken.
    host: Rc<RefCell<Option<String>>>,
}

impl Parent {
    /// The host's window; nothing when the page is in no frame, or names no host.
    pub(crate) fn find() -> Option<Self> {
        let window = window().parent().ok().flatten()?;
        if Object::is(&window, &self::window()) {
            return None;
        }
        let named = document().query_selector("meta[name=\"estampille-hosts\"]").ok().flatten()?;
        let hosts: Vec<String> =
            named.get_attribute("content")?.split_ascii_whitespace().map(str::to_owned).collect();
        (!hosts.is_empty()).then(|| Self { window, hosts, host: Rc::default() })
    }

    /// Tells the host, once it has spoken.
    pub(crate) fn listener(&self) -> Listener {
        let this = self.clone();
        let tell = Closure::<dyn Fn(JsValue, JsValue)>::new(move |event, detail| {
            if let Some(host) = &*this.host.borrow() {
                this.post(&[("type", event), ("detail", detail)], host);
            }
        });
        Listener::of(tell.into_js_value().unchecked_into::<Function>())
    }

    /// Listens to the host, and says that it does.
    pub(crate) fn listen(&self, session: Session) {
        let this = self.clone();
        keep(EventListener::new(&window(), "message", move |event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                this.hear(session, event);
            }
        }));
        // To whomever is there: nothing is in it.
        self.post(&[("type", "estampille-ready".into())], "*");
    }

    fn hear(&self, session: Session, event: &MessageEvent) {
        let is_parent = event.source().is_some_and(|source| Object::is(&source, &self.window));
        let origin = event.origin();
        if !is_parent || !self.hosts.contains(&origin) {
            return;
        }
        let part = |name: &str| Reflect::get(&event.data(), &name.into()).unwrap_or_default();
        let known = part("type").as_string();
        let is_ours = known.as_deref().is_some_and(|kind| kind.starts_with("estampille-"));
        if is_ours {
            self.host.replace(Some(origin));
        }
        match known.as_deref() {
            Some("estampille-set") => {
                settings::set(
                    session,
                    &part("name").as_string().unwrap_or_default(),
                    part("value").as_string().as_deref(),
                );
            }
            Some("estampille-profile") => settings::set_profile(session, part("profile")),
            _ => {}
        }
    }

    fn post(&self, parts: &[(&str, JsValue)], to: &str) {
        let message = Object::new();
        for (name, value) in parts {
            let _ = Reflect::set(&message, &(*name).into(), value);
        }
        // A window that has gone meanwhile hears nothing.
        let _ = self.window.post_message(&message, to);
    }
}

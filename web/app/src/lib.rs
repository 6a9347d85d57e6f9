//! The page of Estampille: it renders what the use cases answer, and holds no rule.
//!
//! [`session`] is the state (what was typed, the screen shown, the keys made), [`pages`] one module a screen,
//! [`components`] what several screens use. Texts are constants of `messages::page`.

#![allow(unreachable_pub, reason = "the component macro writes `pub`")]

#[macro_use]
mod ui;

mod calls;
mod components;
mod frame;
mod framed;
mod guest;
mod later;
mod listener;
mod offline;
mod pages;
mod screen;
mod session;
mod settings;
mod surface;

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    frame::Frame,
    framed::Parent,
    listener::{Listener, tell_plans, tell_requests},
    surface::Surface,
};

/// Starts the page in its own document: replaces the static first screen of `index.html` by the live one.
#[wasm_bindgen]
pub fn start() {
    let Some(body) = document().body() else { return };
    while let Some(child) = body.first_child() {
        if body.remove_child(&child).is_err() {
            break;
        }
    }
    leptos::mount::mount_to_body(move || {
        let parent = Parent::find();
        let surface = if parent.is_some() { Surface::framed(body) } else { Surface::document(body) };
        let listener = parent.as_ref().map_or_else(Listener::nobody, Parent::listener);
        let on_start = move |session: session::Session| {
            session.register.served.set(calls::register_served());
            if let Some(parent) = parent {
                tell_plans(session);
                tell_requests(session);
                parent.listen(session);
            }
        };
        ui! { <Frame surface=surface listener=listener on_start=on_start/> }
    });
}

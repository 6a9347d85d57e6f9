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
mod guest;
mod offline;
mod pages;
mod screen;
mod session;
mod surface;

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{frame::Frame, guest::Listener, surface::Surface};

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
        ui! { <Frame surface=Surface::document(body) listener=Listener::nobody() on_start=|_| {}/> }
    });
}

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
mod pages;
mod screen;
mod session;

/// Starts the page: replaces the static first screen of `index.html` by the live one.
pub fn start() {
    let document = leptos::prelude::document();
    if let Some(body) = document.body() {
        while let Some(child) = body.first_child() {
            if body.remove_child(&child).is_err() {
                break;
            }
        }
    }
    leptos::mount::mount_to_body(frame::Frame);
}

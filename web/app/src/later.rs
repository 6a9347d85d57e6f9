//! The screens that come after the plan, and the search in the register. They and their texts are a second part of the page's module, which is loaded once
//! the first screens are there: who only wants to know what to order waits for half as much.

use futures_util::FutureExt;
use leptos::prelude::*;
use messages::page::frame;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::{
    calls,
    components::{Heading, Refused},
    pages,
    screen::Screen,
    session::{Session, session, tr},
};

/// Whether the second part is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    Awaited,
    Here,
    /// It did not arrive, or was of another build.
    Failed,
}

/// Loads the second part, unless it is there; `session.later` tells how it went.
pub(crate) async fn fetch(session: Session) {
    let arrival = if fetch_part().await.is_ok() { Arrival::Here } else { Arrival::Failed };
    if session.later.try_get_untracked().is_some_and(|known| known != arrival) {
        session.later.set(arrival);
    }
}

/// A screen of the second part, or what is said until it is there.
#[component]
pub(crate) fn Later(screen: Screen) -> impl IntoView {
    let session = session();
    let begin = move || {
        session.later.set(Arrival::Awaited);
        session.surface.spawn(fetch(session));
    };
    // What failed before may succeed now.
    if session.later.get_untracked() != Arrival::Here {
        begin();
    }
    move || {
        match session.later.get() {
        Arrival::Here => drawn(Part::Screen(screen.clone())),
        Arrival::Awaited => Some(ui! { <Heading text=tr(frame::LOADING)/> }.into_any()),
        Arrival::Failed => Some(
            ui! {
                <Heading text=tr(frame::NOT_LOADED)/>
                <Refused problem=calls::not_loaded(session)/>
                <p><button type="button" class="button primary" on:click=move |_| begin()>{tr(frame::LOAD_AGAIN)}</button></p>
            }
            .into_any(),
        ),
    }
    }
}

/// The search in the FINESS register, which a structure may be told without: nothing stands in its place until it is there.
#[component]
pub(crate) fn LaterRegister() -> impl IntoView {
    let session = session();
    if session.later.get_untracked() != Arrival::Here {
        session.surface.spawn(fetch(session));
    }
    let is_here = Memo::new(move |_| session.later.get() == Arrival::Here);
    move || is_here.get().then(|| drawn(Part::Register)).flatten()
}

/// What the second part draws.
enum Part {
    Screen(Screen),
    Register,
}

/// What is there is drawn at once: a screen must not blink at each change.
fn drawn(part: Part) -> Option<AnyView> {
    draw(part).now_or_never().and_then(Result::ok)
}

#[wasm_split(later, fallible, preload(fetch_part))]
fn draw(part: Part) -> Result<AnyView, SplitLoaderError> {
    let screen = match part {
        Part::Register => return Ok(ui! { <pages::RegisterSearch/> }.into_any()),
        Part::Screen(screen) => screen,
    };
    Ok(match screen {
        Screen::F413 => pages::F413Page().into_any(),
        Screen::Dossier => pages::Dossier().into_any(),
        Screen::Key(certificate) => ui! { <pages::KeyPage certificate=certificate/> }.into_any(),
        Screen::Platform(certificate) => ui! { <pages::Platform certificate=certificate/> }.into_any(),
        Screen::Check => pages::Check().into_any(),
        Screen::Finish => pages::Finish().into_any(),
        Screen::Renew => pages::Renew().into_any(),
        Screen::LostKey => pages::LostKey().into_any(),
        Screen::Fleet => pages::Fleet().into_any(),
        Screen::Proof => pages::Proof().into_any(),
        Screen::Home | Screen::Structure | Screen::Software | Screen::Plan => ().into_any(),
    })
}

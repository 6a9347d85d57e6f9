//! Finaliser: the files a machine reads.

use leptos::prelude::*;
use messages::page::finish;

use crate::{
    components::Heading,
    screen::Screen,
    session::{session, text, tr},
};

/// Finaliser: the files a machine reads.
#[component]
pub(crate) fn Finish() -> impl IntoView {
    let session = session();
    ui! {
        <Heading text=text(finish::TITLE)/>
        <p class="lead">{tr(finish::LEAD)}</p>
        <p>{tr(finish::NOTHING)}</p>
        <p class="actions">
            <button type="button" class="button primary" on:click=move |_| session.go(Screen::Check)>{tr(finish::TO_CHECK)}</button>
        </p>
    }
}

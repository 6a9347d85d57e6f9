//! Renouveler: the same certificate again, with a new key.

use leptos::prelude::*;
use messages::page::renew;

use crate::{
    components::Heading,
    screen::Screen,
    session::{session, text, tr},
};

/// Renouveler: the same certificate again, with a new key.
#[component]
pub(crate) fn Renew() -> impl IntoView {
    let session = session();
    ui! {
        <Heading text=text(renew::TITLE)/>
        <p class="lead">{tr(renew::LEAD)}</p>
        <p>{tr(renew::NOTHING)}</p>
        <p class="actions">
            <button type="button" class="button primary" on:click=move |_| session.go(Screen::Check)>{tr(renew::TO_CHECK)}</button>
        </p>
    }
}

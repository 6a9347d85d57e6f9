//! What to do when a key is lost or copied.

use leptos::prelude::*;
use messages::page::lost;

use crate::{
    components::Heading,
    session::{text, tr},
};

/// What to do when a key is lost or copied.
#[component]
pub(crate) fn LostKey() -> impl IntoView {
    ui! {
        <Heading text=text(lost::TITLE)/>
        <p class="lead">{tr(lost::LEAD)}</p>
    }
}

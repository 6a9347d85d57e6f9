//! Générer: the identity the certificate will bear, then its key and request, on the server or here.

mod commands;
mod here;
mod identity;

use std::sync::Arc;

use estampille::{contract::PlannedCertificate, request::Review};
use leptos::prelude::*;
use messages::page::{common, generate};

use crate::{
    calls,
    components::{Choice, Heading, Show},
    screen::Screen,
    session::{Place, fact, session, text, tr, tr_with},
};

use commands::Commands;
use here::Here;
use identity::Identity;

/// Key and request of one certificate.
#[component]
pub(crate) fn KeyPage(certificate: Arc<PlannedCertificate>) -> impl IntoView {
    let session = session();
    let certificate = StoredValue::new(certificate);
    let (product, name) =
        certificate.with_value(|c| (c.product.replacen('_', " ", 1), calls::shown_name(session, c)));
    let title = tr_with(generate::TITLE, move || vec![fact("name", format!("{product} · {}", name()))]);
    let place = Memo::new(move |_| session.order(&certificate.get_value()).place);
    let made = Memo::new(move |_| session.order(&certificate.get_value()).bundle.is_some());
    let choose =
        move |place| session.update_order(&certificate.get_value(), |order| order.place = Some(place));
    // Imposed by what is still missing: the server's name, or the address.
    let nameless =
        move || certificate.with_value(|c| c.common_name.rule != "free" && c.common_name.value.is_none());
    let review = Memo::new(move |_| {
        let planned = certificate.get_value();
        let order = session.order(&planned);
        let made = order.bundle.is_some();
        if made {
            Review { is_complete: true, ..Review::default() }
        } else {
            calls::review(session.locale.get(), &planned, &order)
        }
    });
    let ready = Signal::derive(move || review.with(|review| review.is_complete));
    let missing = move || certificate.with_value(|c| c.structure_id.is_none());
    ui! {
        <Heading text=Signal::derive(title)/>
        <Show when=nameless>
            <p class="problem" role="alert">{tr(generate::NAME_MISSING)}
                " "<button type="button" class="link" on:click=move |_| session.go(Screen::Software)>{tr(messages::page::plan::EDIT_SOFTWARE)}</button>
            </p>
        </Show>
        <Show when=missing>
            <p class="problem" role="alert">{tr(generate::STRUCTURE_MISSING)}
                " "<button type="button" class="link" on:click=move |_| session.go(Screen::Structure)>{tr(messages::page::plan::EDIT_STRUCTURE)}</button>
            </p>
        </Show>
        <Identity certificate=certificate locked=made review=review/>
        <fieldset class="choices" disabled=move || made.get()>
            <legend>{tr(generate::WHERE)}</legend>
            <p class="hint">{tr(generate::WHERE_LEAD)}</p>
            <Choice kind="radio" group="ou" label=text(generate::THERE) means=text(generate::THERE_MEANS)
                checked=Signal::derive(move || place.get() == Some(Place::There)) on_change=move |_| choose(Place::There)/>
            <Choice kind="radio" group="ou" label=text(generate::HERE) means=text(generate::HERE_MEANS)
                checked=Signal::derive(move || place.get() == Some(Place::Here)) on_change=move |_| choose(Place::Here)/>
        </fieldset>
        {move || match place.get() {
            Some(Place::There) => ui! { <Commands certificate=certificate/> }.into_any(),
            Some(Place::Here) => ui! { <Here certificate=certificate ready=ready/> }.into_any(),
            None => ().into_any(),
        }}
        <p class="actions">
            <button type="button" class="button" on:click=move |_| session.go(Screen::Plan)>{tr(common::BACK)}</button>
        </p>
    }
}

use std::sync::Arc;

use estampille::contract::{PlannedCertificate, PlatformRow};
use leptos::prelude::*;
use messages::page::card;

use crate::{
    calls,
    components::{CopyButton, Heading, SaveFile},
    screen::Screen,
    session::{fact, session, tr, tr_with},
};

/// The platform card: where to click, what to type, held beside the IGC-Santé site.
#[component]
pub(crate) fn Platform(certificate: Arc<PlannedCertificate>) -> impl IntoView {
    let session = session();
    let name = calls::shown_name(session, &certificate);
    let title = tr_with(card::TITLE, {
        let (name, product) = (name.clone(), certificate.product.replacen('_', " ", 1));
        move || vec![fact("name", format!("{product} · {}", name()))]
    });
    let id = StoredValue::new(certificate.id.clone());
    let rows = Memo::new(move |_| {
        session.plan.with(|plan| {
            let plan = plan.as_ref().ok()?;
            plan.platform_cards
                .iter()
                .find(|card| card.certificate == id.get_value())
                .map(|card| card.rows.clone())
        })
    });
    let renewed = {
        let certificate = certificate.clone();
        Memo::new(move |_| {
            let renews = session.order(&certificate).renews?;
            calls::renewed(session.locale.get(), &renews.renewal).map(|renewed| renewed.card.rows)
        })
    };
    // The name is the one of the request, which may have been changed by hand.
    let rows = move || {
        let rows = rows.get().or_else(|| renewed.get()).unwrap_or_default().into_iter();
        rows.map(|row| if row.is_common_name { PlatformRow { value: Some(name()), ..row } } else { row })
            .collect::<Vec<_>>()
    };
    let csr = {
        let certificate = certificate.clone();
        Memo::new(move |_| {
            let order = session.order(&certificate);
            let stem = order.bundle.as_ref().map(|bundle| bundle.file_stem.clone());
            order.csr_pem.map(|pem| (stem.unwrap_or_else(|| "demande".to_owned()), pem))
        })
    };
    let handed_out = {
        let certificate = certificate.clone();
        Callback::new(move |()| session.update_order(&certificate, |order| order.handed_out = true))
    };
    let next = {
        let id = certificate.id.clone();
        Memo::new(move |_| calls::next_certificate(session, &id))
    };
    let back = certificate.clone();
    ui! {
        <Heading text=Signal::derive(title)/>
        <p class="lead">{tr(card::LEAD)}</p>
        <ol class="platform-rows">
            {move || rows().into_iter().map(row).collect::<Vec<_>>()}
        </ol>
        <section>
            <h2>{tr(card::CSR)}</h2>
            {move || match csr.get() {
                Some((stem, pem)) => ui! {
                    <SaveFile name=Signal::stored(format!("{stem}.csr")) text=Signal::stored(pem) on_saved=handed_out/>
                }.into_any(),
                None => ui! { <p>{tr(card::CSR_THERE)}</p> }.into_any(),
            }}
        </section>
        <p class="actions no-print">
            <button type="button" class="button" on:click=move |_| session.go(Screen::Key(back.clone()))>{tr(messages::page::common::BACK)}</button>
            <button type="button" class="button" on:click=move |_| calls::print()>{tr(card::PRINT)}</button>
            {move || next.get().map(|next| ui! {
                <button type="button" class="button" on:click=move |_| session.go(Screen::Key(next.clone()))>{tr(card::NEXT_CERTIFICATE)}</button>
            })}
            <button type="button" class="button primary" on:click=move |_| session.go(Screen::Check)>{tr(card::NEXT)}</button>
        </p>
    }
}

fn row(row: PlatformRow) -> impl IntoView {
    let place = row.r#where.clone();
    let copy = row.copy;
    ui! {
        <li class="platform-row">
            <p class="platform-where">{row.r#where}</p>
            {row.value.map(|value| {
                let shown = value.clone();
                ui! {
                    <p class="platform-value">
                        <code>{shown}</code>
                        {copy.then(|| ui! { <CopyButton text=Signal::stored(value) name=Signal::stored(place)/> })}
                    </p>
                }
            })}
            {row.note.map(|note| ui! { <p class="hint">{note}</p> })}
        </li>
    }
}

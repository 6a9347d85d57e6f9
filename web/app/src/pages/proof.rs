//! « Vérifier vous-même »: each promise of the page, and how to check it without believing the page.

use estampille::contract::PinnedAuthority;
use leptos::prelude::*;
use messages::page::proof;

use crate::{
    calls,
    components::{CopyButton, Heading, Refused, Show},
    session::{fact, session, text, tr, tr_with},
};

/// « Vérifier vous-même ».
#[component]
pub(crate) fn Proof() -> impl IntoView {
    let session = session();
    let pins = RwSignal::new(None);
    session.surface.spawn(async move {
        let found = calls::pins(session).await;
        pins.try_set(Some(found));
    });
    let is_guest = session.surface.is_embedded();
    let count = tr_with(proof::NETWORK_COUNT, move || vec![fact("count", session.requests.get())]);
    let version = tr_with(proof::VERSION, || vec![fact("version", env!("CARGO_PKG_VERSION"))]);
    let build = calls::build().map(|hash| {
        ui! { <p><code class="dn">{calls::by_four(&hash)}</code><CopyButton text=Signal::stored(hash) name=text(proof::HASH)/></p> }
    });
    ui! {
        <Heading text=text(proof::TITLE)/>
        <p class="lead">{tr(proof::LEAD)}</p>
        <section>
            <h2>{tr(proof::NETWORK)}</h2>
            {(!is_guest).then(|| ui! { <p data-requests=move || session.requests.get().to_string()>{count}</p> })}
            <p>{tr(proof::NETWORK_HOW)}</p>
            {is_guest.then(|| ui! { <p class="note">{tr(proof::NETWORK_GUEST)}</p> })}
        </section>
        <section>
            <h2>{tr(proof::POLICY)}</h2>
            <p>{tr(proof::POLICY_WHAT)}</p>
            <p>{tr(proof::POLICY_HOW)}</p>
        </section>
        <section>
            <h2>{tr(proof::BUILD)}</h2>
            <p>{version}</p>
            {build}
            <p>{tr(proof::BUILD_HOW)}</p>
            <p>{tr(proof::BUILD_AGAIN)}</p>
        </section>
        <section>
            <h2>{tr(proof::PINS)}</h2>
            <p>{tr(proof::PINS_HOW)}</p>
            {move || pins.get().map(|found| match found {
                Ok(found) => ui! { <dl class="passport">{found.into_iter().map(pin).collect::<Vec<_>>()}</dl> }.into_any(),
                Err(problem) => ui! { <Refused problem=problem/> }.into_any(),
            })}
        </section>
        <section>
            <h2>{tr(proof::LIMITS)}</h2>
            <p>{tr(proof::LIMITS_WHAT)}</p>
            <Show when=move || is_guest><p>{tr(proof::LIMITS_GUEST)}</p></Show>
        </section>
    }
}

fn pin(authority: PinnedAuthority) -> impl IntoView {
    let name = authority.name.clone();
    ui! {
        <div data-sha256=authority.sha256.clone()>
            <dt>{authority.name}{authority.is_test.then(|| ui! { " "<span class="tag">"TEST"</span> })}</dt>
            <dd>
                <code class="dn">{calls::by_four(&authority.sha256)}</code>
                <CopyButton text=Signal::stored(authority.sha256.clone()) name=Signal::stored(name)/>
                {(!authority.is_confirmed).then(|| ui! { <p class="hint">{tr(proof::ONE_SOURCE)}</p> })}
                {authority.address.map(|address| ui! { <p class="hint">{address}</p> })}
            </dd>
        </div>
    }
}

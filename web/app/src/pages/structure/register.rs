//! The FINESS register on the structure's screen: where it comes from, and the search in it.

use std::rc::Rc;

use leptos::prelude::*;
use messages::page::register;
use vocabulary::Date;

use super::card::StructureCard;
use crate::{
    calls,
    components::{FileZone, FindingItem, Refused, Show, StructureSearch},
    session::{Session, fact, session, tr, tr_with},
};

/// The register: asked for, read, searched.
#[component]
pub(crate) fn RegisterSearch() -> impl IntoView {
    let session = session();
    let state = session.register;
    session.surface.spawn(calls::load_kept_register(session));
    let chosen = RwSignal::new(None);
    let is_reading = move || state.reading.get().is_some();
    let share = tr_with(register::READING, move || {
        vec![fact("share", u64::from(state.reading.get().unwrap_or_default()))]
    });
    ui! {
        <section class="register card" aria-labelledby="registre-titre">
            <h2 id="registre-titre">{tr(register::TITLE)}</h2>
            <p class="hint">{tr(register::LEAD)}</p>
            <Show when=is_reading>
                <p class="with-buttons">
                    <progress max="100" aria-labelledby="registre-titre" prop:value=move || f64::from(state.reading.get().unwrap_or_default())></progress>
                    <span>{share.clone()}</span>
                    <button type="button" class="button" id="arreter-lecture" on:click=move |_| calls::stop_reading(session)>{tr(register::STOP)}</button>
                </p>
            </Show>
            {move || state.problem.get().map(|problem| ui! { <Refused problem=problem/> })}
            <Show when=move || state.open.get().is_some()>
                <Opened/>
                <StructureSearch on_choose=move |hit| chosen.set(Some(hit))/>
                {move || chosen.get().map(|hit| ui! { <StructureCard hit=hit/> })}
            </Show>
            <Show when=move || state.open.get().is_none() && !is_reading()>
                <Sources/>
            </Show>
            <Show when=move || state.open.get().is_some() && !is_reading()>
                <details class="why"><summary>{tr(register::OTHER)}</summary><Sources/></details>
            </Show>
        </section>
    }
}

/// Where a register can be had.
#[component]
fn Sources() -> impl IntoView {
    let session = session();
    let served = session.register.served;
    let load = move |_| {
        if let Some(address) = served.get_untracked() {
            session.surface.spawn(calls::fetch_register(session, address));
        }
    };
    let read = move |files: Vec<web_sys::File>| {
        if !files.is_empty() {
            session.surface.spawn(calls::read_register(session, files));
        }
    };
    ui! {
        <Show when=move || served.get().is_some()>
            <p><button type="button" class="button" id="registre-fourni" on:click=load>{tr(register::LOAD)}</button></p>
        </Show>
        <p class="hint">{tr(register::FILE_HINT)}</p>
        <FileZone id="registre" label=register::FILE many=true on_files=Rc::new(read)/>
        <details class="why"><summary>{tr(register::WHERE)}</summary><p>{tr(register::WHERE_MEANS)}</p></details>
    }
}

/// Which register is open, what is worth knowing of it, and whether this browser keeps it.
#[component]
fn Opened() -> impl IntoView {
    let session = session();
    let state = session.register;
    let date = move || {
        let locale = session.locale.get();
        let date = state.open.with(|open| open.as_ref().and_then(|open| Date::parse(open.date.as_deref()?)));
        match date {
            Some(date) => register::DATE.with(locale, &[fact("date", date.midnight())]),
            None => register::UNDATED.get(locale).to_owned(),
        }
    };
    let findings = move || state.open.get().map(|open| open.findings.clone()).unwrap_or_default();
    Effect::new(move |before: Option<messages::Locale>| {
        let locale = session.locale.get();
        if before.is_some_and(|before| before != locale) {
            session.surface.spawn(calls::retell_register(session));
        }
        locale
    });
    let keep = move |_| session.surface.spawn(calls::keep_register(session));
    let forget = move |_| session.surface.spawn(calls::forget_register(session));
    let save = move |_| session.surface.spawn(save(session));
    ui! {
        <p class="register-date"><strong>{date}</strong></p>
        <For each=findings key=|finding| (finding.code.clone(), finding.title.clone()) let:finding>
            <FindingItem finding=finding compact=true/>
        </For>
        <Show when=move || state.is_kept.get()>
            <p class="with-buttons">
                <span>{tr(register::KEPT)}</span>
                <button type="button" class="button" id="oublier-registre" on:click=forget>{tr(register::FORGET)}</button>
                <button type="button" class="button quiet" on:click=save>{tr(register::SAVE)}</button>
            </p>
        </Show>
        <Show when=move || !state.is_kept.get()>
            <details class="why">
                <summary id="garder-registre">{tr(register::KEEP)}</summary>
                <p>{tr(register::KEEP_MEANS)}</p>
                {calls::is_from_a_disk().then(|| ui! { <p>{tr(register::KEEP_DISK)}</p> })}
                <p class="with-buttons">
                    <button type="button" class="button" on:click=keep>{tr(register::KEEP)}</button>
                    <button type="button" class="button quiet" on:click=save>{tr(register::SAVE)}</button>
                </p>
            </details>
        </Show>
    }
}

async fn save(session: Session) {
    let Some(index) = calls::register_index(session).await else { return };
    let name = register::SAVE_NAME.get(session.locale.get_untracked());
    // Should the browser refuse, the register is still there.
    let _ = browser::files::download(name, "application/octet-stream", index.as_bytes());
}

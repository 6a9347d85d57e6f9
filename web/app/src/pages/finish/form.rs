//! The passphrases and the name of a kit, and its making.

use std::sync::Arc;

use estampille::contract::{AssembleInput, FileInput, Refusal, Secret};
use leptos::prelude::*;
use messages::{
    Rendered,
    page::{common, finish, finish_kit as texts, key},
};

use super::{Made, Work};
use crate::{
    calls,
    components::{DropZone, Field, NewPassphrase, Refused, Show, is_accepted},
    session::{DroppedFile, fact, session, tr, tr_with},
};

/// Where a refusal is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    KeyPassphrase,
    KitPassphrase,
    Name,
    Whole,
}

#[component]
pub(super) fn Form(
    work: Work,
    /// The files that hold the key, or may.
    keys: Vec<String>,
    /// Whether a passphrase is needed to know.
    locked: bool,
) -> impl IntoView {
    let session = session();
    let Work { opening, protecting, name, .. } = work;
    let working = RwSignal::new(false);
    let too_weak = RwSignal::new(false);
    let refused = RwSignal::new(None::<(At, Rendered)>);
    let names = keys.clone();
    let hint = tr_with(texts::OPENING_HINT, move || vec![fact("names", names.clone())]);
    let keys = StoredValue::new(keys);
    let legacy = Memo::new(move |_| profile_of(work).as_deref() == Some("legacy"));
    let make = move || {
        if working.get_untracked() {
            return;
        }
        refused.set(None);
        if locked && opening.with_untracked(String::is_empty) {
            session.surface.focus_soon("phrase-de-la-cle");
            return;
        }
        too_weak.set(!protecting.with_untracked(|typed| is_accepted(typed)));
        if too_weak.get_untracked() {
            session.surface.focus_soon("phrase-du-kit");
            return;
        }
        working.set(true);
        let own = work.certificate();
        let input = AssembleInput {
            certificate: Some(own.content.clone()),
            private_key: None,
            passphrase: opening
                .with_untracked(|typed| (!typed.is_empty()).then(|| Secret::new(typed.clone()))),
            chain: Some(chain_files(work)),
            crls: None,
            profile: profile_of(work),
            output_passphrase: Some(Secret::new(protecting.get_untracked())),
            friendly_name: Some(name.get_untracked()).filter(|name| !name.trim().is_empty()),
        };
        let places: Vec<Option<FileInput>> = keys.with_value(|keys| {
            let beside =
                |key: &String| (*key != own.name).then(|| work.file(key)).map(|file| file.map(|f| f.content));
            keys.iter().map(|key| beside(key).flatten()).collect()
        });
        session.surface.spawn(async move {
            let locale = session.locale.get_untracked();
            match calls::make_kit(session, input, places).await {
                Ok(kit) => {
                    // Compared with the key now, for the evidence; then the words leave the fields.
                    let secrets = opening.try_get_untracked().into_iter().filter(|typed| !typed.is_empty());
                    let files = work.files.try_get_untracked().unwrap_or_default();
                    let progress = RwSignal::new(None);
                    let report = calls::check_set(session, locale, &files, secrets.collect(), progress).await;
                    let check = report
                        .ok()
                        .and_then(|report| calls::evidence_of(&report, &work.item_of(&report.items)?));
                    opening.try_set(String::new());
                    protecting.try_set(String::new());
                    work.made.try_set(Some(Made { kit: Arc::new(kit), check }));
                    session.say(texts::MADE.get(locale));
                    session.surface.focus_soon("kit-pret");
                }
                Err(refusal) => {
                    let at = place_of(&refusal);
                    let said =
                        Rendered { title: refusal.title, detail: refusal.detail, action: refusal.action };
                    refused.try_set(Some((at, said)));
                    session.surface.focus_soon(match at {
                        At::KeyPassphrase => "phrase-de-la-cle",
                        At::KitPassphrase => "phrase-du-kit",
                        At::Name => "nom-du-kit",
                        At::Whole => "kit-refuse",
                    });
                }
            }
            working.try_set(false);
        });
    };
    let said = move |place: At| {
        move || {
            let found = refused.get().filter(|(at, _)| *at == place);
            found.map(|(_, problem)| ui! { <Refused problem=problem/> })
        }
    };
    let about_kit =
        Signal::derive(move || if too_weak.get() { tr(key::TOO_WEAK)().to_owned() } else { String::new() });
    let is_wrong = move |place: At| {
        move || {
            if refused.with(|r| r.as_ref().is_some_and(|(at, _)| *at == place)) { "true" } else { "false" }
        }
    };
    let has_other_key = move || refused.with(|r| r.as_ref().is_some_and(|(at, _)| *at == At::Whole));
    let another = move |files: Vec<DroppedFile>| {
        refused.set(None);
        work.add(files);
    };
    let label = move || if work.made.with(Option::is_some) { tr(texts::AGAIN)() } else { tr(texts::MAKE)() };
    ui! {
        <section class="kit-form">
            <h2>{tr(texts::TITLE)}</h2>
            {locked.then(|| ui! {
                <div class="field">
                    <label for="phrase-de-la-cle">{tr(texts::OPENING)}</label>
                    <p class="hint" id="phrase-de-la-cle-aide">{hint.clone()}</p>
                    <input id="phrase-de-la-cle" type="password" autocomplete="off" spellcheck="false"
                        aria-describedby="phrase-de-la-cle-aide phrase-de-la-cle-avis" aria-invalid=is_wrong(At::KeyPassphrase)
                        disabled=move || working.get() prop:value=move || opening.get()
                        on:input:target=move |event| opening.set(event.target().value())/>
                    <div id="phrase-de-la-cle-avis">{said(At::KeyPassphrase)}</div>
                </div>
            })}
            <NewPassphrase id="phrase-du-kit" label=texts::PASSPHRASE hint=texts::PASSPHRASE_HINT value=protecting disabled=working
                problem=about_kit on_change=move |()| { too_weak.set(false); refused.update(|r| if r.as_ref().is_some_and(|(at, _)| *at == At::KitPassphrase) { *r = None }); }/>
            <Show when=move || legacy.get()><p class="note">{tr(texts::LEGACY_ASCII)}</p></Show>
            {said(At::KitPassphrase)}
            <Field id="nom-du-kit".to_owned() label=texts::NAME hint=texts::NAME_HINT value=name on_input=move |typed| name.set(typed)/>
            {said(At::Name)}
            <div id="kit-refuse" tabindex="-1">{said(At::Whole)}</div>
            <Show when=has_other_key>
                <DropZone id="autre-cle" label=finish::OTHER_KEY many=true on_files=another/>
            </Show>
            <p class="actions">
                <button type="button" class="button primary" disabled=move || working.get() on:click=move |_| make()>{label}</button>
            </p>
            <Show when=move || working.get()>
                <div class="working" role="status">
                    <p class="hint">{tr(texts::MAKING)}</p>
                    <progress aria-label=tr(common::WORKING)></progress>
                </div>
            </Show>
        </section>
    }
}

fn place_of(refusal: &Refusal) -> At {
    match refusal.field.as_deref() {
        Some("passphrase") => At::KeyPassphrase,
        Some("outputPassphrase") => At::KitPassphrase,
        Some("friendlyName") => At::Name,
        _ => At::Whole,
    }
}

/// The form of the container that the chosen machine reads.
fn profile_of(work: Work) -> Option<String> {
    let wanted = work.target.get()?;
    let choices = calls::targets(work.session.locale.get_untracked());
    choices.into_iter().find(|choice| choice.target == wanted).map(|choice| choice.profile.into_owned())
}

/// The authorities that were found; of a certificate that no one can read yet, everything that was given.
fn chain_files(work: Work) -> Vec<FileInput> {
    match work.chain.get_untracked() {
        Some(Ok(report)) => report.files.into_iter().map(|file| FileInput::new(file.der.0)).collect(),
        _ => work.session.chain.get_untracked().into_iter().map(|file| file.content).collect(),
    }
}

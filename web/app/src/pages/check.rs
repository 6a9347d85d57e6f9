//! Vérifier: files dropped, named, and each certificate checked with what came beside it.

mod others;
mod report;

use std::sync::Arc;

use estampille::contract::{CsrReport, SetItem};
use leptos::prelude::*;
use messages::page::check;

use super::set::{Checked, Together, Working, is_locked};
use crate::{
    calls,
    components::{DropZone, Findings, Heading, Seal, Show},
    screen::Screen,
    session::{DroppedFile, Session, fact, session, text, tr, tr_with},
};

use others::Others;
use report::Report;

/// Reported in full; beyond, each is folded under its sentence.
const MOST_OPEN: usize = 3;

/// Shown on this screen; the estate's takes more.
const MOST_SHOWN: usize = 50;

/// Vérifier.
#[component]
pub(crate) fn Check() -> impl IntoView {
    let session = session();
    let passphrases = RwSignal::new(Vec::<String>::new());
    let is_new = StoredValue::new(false);
    Effect::new(move |_| {
        session.files.track();
        is_new.set_value(true);
    });
    let checked = Checked::follow(session, session.files, passphrases, move |report| {
        let first = report.items.iter().find_map(|item| item.report.as_ref());
        let instead = report.items.iter().flat_map(|item| &item.findings).next();
        if let Some(said) = first.map(|first| &first.headline).or(instead.map(|finding| &finding.title)) {
            session.say(said.clone());
        }
        // The answer to new files is what one came for; another language moves nothing.
        if is_new.try_update_value(std::mem::take) == Some(true) {
            session.surface.show_soon(".verdict, .dropped");
        }
    });
    let reported = Memo::new(move |_| checked.items(|item| item.report.is_some()));
    let locked = Memo::new(move |_| checked.items(is_locked));
    let clear = move |_| {
        passphrases.set(Vec::new());
        session.files.set(Vec::new());
        session.surface.focus_heading();
    };
    let take = move |files: Vec<DroppedFile>| session.files.update(|all| all.extend(files));
    let many = move || reported.with(Vec::len) > MOST_SHOWN;
    let to_fleet = move |_| {
        session.fleet.set(session.files.get_untracked());
        session.files.set(Vec::new());
        session.go(Screen::Fleet);
    };
    let several_found = move || reported.with(Vec::len) > 1;
    let several = tr_with(check::SEVERAL, move || vec![fact("count", reported.with(Vec::len))]);
    let has_none = Memo::new(move |_| {
        let is_found = |item: &SetItem| ["certificate", "authority", "csr"].contains(&item.kind.as_ref());
        // What is under a passphrase is not read yet.
        let may_be = |item: &SetItem| is_found(item) || is_locked(item);
        checked.report.with(|report| report.as_ref().is_some_and(|all| !all.items.iter().any(may_be)))
    });
    let none = tr_with(check::NO_CERTIFICATE, move || vec![fact("count", session.files.with(Vec::len))]);
    let too_many = tr_with(check::TOO_MANY, move || vec![fact("count", MOST_SHOWN)]);
    ui! {
        <Heading text=text(check::TITLE)/>
        <p class="lead">{tr(check::LEAD)}</p>
        <DropZone id="fichiers" label=check::DROP many=true on_files=take/>
        <Working checked=checked/>
        <Show when=many>
            <p class="note">{too_many.clone()}
                " "<button type="button" class="link" on:click=to_fleet>{tr(check::TO_FLEET)}</button></p>
        </Show>
        <Show when=several_found><p class="hint">{several.clone()}</p></Show>
        {move || reports(session, checked, reported.get())}
        <Show when=move || has_none.get()>
            <section class="report none">
                <div class="verdict">
                    <Seal progress=100 verdict=Signal::stored(Some("warn".into()))/>
                    <h2 class="headline"><strong>{none.clone()}</strong></h2>
                </div>
            </section>
        </Show>
        <Unlock locked=locked passphrases=passphrases working=checked.working/>
        <Together checked=checked/>
        <Requests checked=checked/>
        <Others checked=checked/>
        <Show when=move || !session.files.with(Vec::is_empty)>
            <p class="actions no-print">
                <button type="button" class="button" on:click=clear>{tr(check::AGAIN)}</button>
            </p>
        </Show>
    }
}

fn reports(session: Session, checked: Checked, items: Vec<SetItem>) -> Vec<AnyView> {
    let open = items.len() <= MOST_OPEN;
    let shown = items.into_iter().take(MOST_SHOWN).map(|item| {
        let findings = checked.said_of(&item);
        let evidence = checked
            .report
            .with_untracked(|report| report.as_ref().and_then(|all| calls::evidence_of(all, &item)));
        ui! { <Report session=session item=Arc::new(item) findings=findings evidence=evidence open=open/> }
            .into_any()
    });
    shown.collect()
}

/// Asks for the passphrase of what could not be opened; the file stays, and a wrong one is asked again.
#[component]
fn Unlock(
    locked: Memo<Vec<SetItem>>,
    passphrases: RwSignal<Vec<String>>,
    working: RwSignal<bool>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let files = move || {
        let mut names: Vec<String> =
            locked.with(|items| items.iter().map(|item| item.name.clone()).collect());
        names.dedup();
        names
    };
    let hint = tr_with(check::PASSPHRASE_HINT, move || vec![fact("names", files())]);
    let wrong = move || {
        let tried = !passphrases.with(Vec::is_empty) && !working.get();
        tried.then(|| {
            locked.with(|items| {
                let finding =
                    items.iter().flat_map(|item| &item.findings).find(|f| f.code.ends_with("-locked"));
                finding.map(|finding| finding.title.clone())
            })
        })
    };
    let open = move || {
        let secret = typed.get_untracked();
        // Typed again, the same words would only be tried again.
        if !secret.is_empty() && !passphrases.with_untracked(|all| all.contains(&secret)) {
            passphrases.update(|all| all.push(secret));
        }
    };
    // The words leave the field once they have opened everything.
    Effect::new(move |_| {
        if locked.with(Vec::is_empty) {
            typed.set(String::new());
        }
    });
    ui! {
        <Show when=move || !locked.with(Vec::is_empty)>
            <div class="field unlock">
                <label for="phrase-cle">{tr(check::PASSPHRASE)}</label>
                <p class="hint" id="phrase-cle-aide">{hint.clone()}</p>
                <div class="with-buttons">
                    <input id="phrase-cle" type="password" autocomplete="off" aria-describedby="phrase-cle-aide"
                        prop:value=move || typed.get()
                        on:keydown=move |event| if event.key() == "Enter" { open() }
                        on:change=move |_| open()
                        on:input:target=move |event| typed.set(event.target().value())/>
                    <button type="button" class="button" disabled=move || working.get() on:click=move |_| open()>{tr(check::OPEN)}</button>
                </div>
                <p class="problem" role="alert">{wrong}</p>
            </div>
        </Show>
    }
}

/// What the requests hold that no certificate answers.
#[component]
fn Requests(checked: Checked) -> impl IntoView {
    let session = session();
    let reports = RwSignal::new(Vec::<(String, Arc<CsrReport>)>::new());
    let lone = Memo::new(move |_| {
        let items = checked.items(|item| item.kind == "csr" && item.certificate_file.is_none());
        items.into_iter().map(|item| item.name).collect::<Vec<_>>()
    });
    let run = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let names = lone.get();
        session.locale.track();
        run.update_value(|run| *run = run.wrapping_add(1));
        let this_run = run.get_value();
        let all = session.files.get_untracked();
        session.surface.spawn(async move {
            let mut found = Vec::new();
            for file in all.into_iter().filter(|file| names.contains(&file.name)).take(MOST_SHOWN) {
                // What does not read is said among the files.
                if let Ok(report) = calls::read_request(session, file.content).await {
                    found.push((file.name, Arc::new(report)));
                }
            }
            if run.try_get_value() == Some(this_run) {
                reports.try_set(found);
            }
        });
    });
    ui! {
        {move || reports.get().into_iter().map(|(name, report)| ui! {
            <section class="report">
                <h2>{tr(check::CSR_REPORT)}" : "{name}</h2>
                <p><code class="dn">{report.subject_rfc4514.clone()}</code></p>
                <Findings findings=Signal::stored(report.findings.clone())/>
            </section>
        }).collect::<Vec<_>>()}
    }
}

/// The file with this name.
fn file_named(session: Session, name: &str) -> Option<DroppedFile> {
    session.files.with_untracked(|all| all.iter().find(|file| file.name == name).cloned())
}

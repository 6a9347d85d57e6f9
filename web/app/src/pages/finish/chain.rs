//! The chain: what is there of it, what is missing, where it is, and where to drop it.

use estampille::contract::{FileInput, OfficialChain};
use leptos::prelude::*;
use messages::{
    Rendered,
    page::{finish, finish_chain as texts},
};

use super::Work;
use crate::{
    calls,
    components::{CopyButton, DropZone, Findings, Icon, Refused, Show},
    session::{DroppedFile, fact, session, text, tr, tr_with},
};

/// The most files kept as chain.
const MOST_FILES: usize = 20;

#[component]
pub(super) fn Chain(work: Work) -> impl IntoView {
    let session = session();
    let refused = RwSignal::new(None::<Rendered>);
    let report = Memo::new(move |_| work.chain.get().and_then(Result::ok));
    let complete = Memo::new(move |_| report.with(|report| report.as_ref().is_some_and(|r| r.is_complete)));
    let missing = Memo::new(move |_| report.with(|report| report.as_ref().is_some_and(|r| !r.is_complete)));
    let address = Memo::new(move |_| report.with(|report| report.as_ref().and_then(|r| r.address.clone())));
    let findings = Signal::derive(move || {
        report.with(|report| report.as_ref().map(|report| report.findings.clone()).unwrap_or_default())
    });
    let names = move || {
        report.with(|report| {
            let files = report.iter().flat_map(|report| &report.files);
            files.map(|file| file.authority.name.clone()).collect::<Vec<_>>()
        })
    };
    let there = tr_with(texts::THERE, move || vec![fact("names", names())]);
    let take = move |files: Vec<DroppedFile>| {
        refused.set(None);
        session.surface.spawn(async move {
            let locale = session.locale.get_untracked();
            for file in files {
                match calls::official_chain(session, &file).await {
                    Ok(found) => keep(work, file, &found),
                    Err(problem) => {
                        refused.try_set(Some(problem));
                    }
                }
            }
            session.say(texts::SAID_READ.get(locale));
        });
    };
    ui! {
        <section class="chain-state" class:hidden=move || report.with(Option::is_none)>
            <h2>{tr(texts::TITLE)}</h2>
            <Show when=move || complete.get()>
                <p class="good"><Icon name="ok"/>{there.clone()}</p>
            </Show>
            <Findings findings=findings/>
            <Show when=move || missing.get()>
                {move || address.get().map(|address| ui! {
                    <p class="platform-value"><code>{address.clone()}</code><CopyButton text=Signal::stored(address) name=text(texts::ADDRESS)/></p>
                    <p class="hint">{tr(texts::ADDRESS_HINT)}</p>
                })}
                <DropZone id="chaine" label=texts::DROP many=true on_files=take/>
                <p class="hint">{tr(texts::KEPT)}</p>
            </Show>
            {move || refused.get().map(|problem| ui! { <Refused problem=problem/> })}
            <Show when=move || missing.get()><p class="hint">{tr(finish::WITHOUT_CHAIN)}</p></Show>
        </section>
    }
}

/// What is official serves every certificate of the session; anything else this one only.
fn keep(work: Work, file: DroppedFile, found: &OfficialChain) {
    if found.authorities.is_empty() {
        work.add(vec![file]);
        return;
    }
    let kept = DroppedFile { name: file.name, content: FileInput::new(found.pem.clone().into_bytes()) };
    work.session.chain.update(|all| {
        if all.len() < MOST_FILES && !all.iter().any(|old| old.content == kept.content) {
            all.push(kept);
        }
    });
}

/// Takes the files that were dropped elsewhere on the page: a chain, a key, whatever they are.
pub(super) fn take_arrived(work: Work) {
    let session = work.session;
    Effect::new(move |_| {
        let files = session.arrived.get();
        if files.is_empty() {
            return;
        }
        session.arrived.set(Vec::new());
        session.surface.spawn(async move {
            let locale = session.locale.get_untracked();
            for file in files {
                match calls::official_chain(session, &file).await {
                    Ok(found) => keep(work, file, &found),
                    Err(_) => work.add(vec![file]),
                }
            }
            session.say(texts::SAID_READ.get(locale));
        });
    });
}

//! The dossier: the answers of an order, saved in a file and taken up again.

use std::sync::Arc;

use estampille::contract::DossierOpened;
use leptos::prelude::*;
use messages::{Rendered, page::dossier};

use crate::{
    calls,
    components::{DropZone, FindingItem, Heading, Refused},
    screen::Screen,
    session::{DroppedFile, fact, session, text, tr},
};

/// The dossier.
#[component]
pub(crate) fn Dossier() -> impl IntoView {
    let session = session();
    let opened = RwSignal::new(None::<Result<Arc<DossierOpened>, Rendered>>);
    let refused = RwSignal::new(None::<Rendered>);
    let take_up = move |dossier: Arc<DossierOpened>| {
        session.take_up(dossier.content.clone());
        session.say(dossier.finding.sentence());
        session.dossier.set(None);
        session.go(Screen::Plan);
    };
    let run = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let file = session.dossier.get();
        session.locale.track();
        run.update_value(|run| *run = run.wrapping_add(1));
        let this_run = run.get_value();
        let Some(file) = file else { return opened.set(None) };
        session.surface.spawn(async move {
            let answer = calls::open_dossier(session, &file).await.map(Arc::new);
            if run.try_get_value() != Some(this_run) {
                return;
            }
            match answer {
                Ok(dossier) if session.is_blank() => take_up(dossier),
                answer => {
                    opened.try_set(Some(answer));
                }
            }
        });
    });
    let save = move |_| {
        session.surface.spawn(async move {
            match calls::save_dossier(session, &session.kept()).await {
                Ok(file) => {
                    refused.try_set(None);
                    if calls::save(&file.name, &file.bytes.0) {
                        session.say(
                            dossier::SAVED.with(session.locale.get_untracked(), &[fact("name", file.name)]),
                        );
                    }
                }
                Err(problem) => {
                    refused.try_set(Some(problem));
                }
            }
        });
    };
    let take = move |files: Vec<DroppedFile>| session.dossier.set(files.into_iter().next());
    ui! {
        <Heading text=text(dossier::TITLE)/>
        <p class="lead">{tr(dossier::LEAD)}</p>
        <p class="actions"><button type="button" class="button primary" on:click=save>{tr(dossier::SAVE)}</button></p>
        {move || refused.get().map(|problem| ui! { <Refused problem=problem/> })}
        <h2>{tr(dossier::OPEN)}</h2>
        <DropZone id="dossier" label=dossier::DROP on_files=take/>
        {move || opened.get().map(|opened| match opened {
            Err(problem) => ui! { <Refused problem=problem/> },
            Ok(dossier) => {
                let finding = dossier.finding.clone();
                ui! {
                    <FindingItem finding=finding compact=true/>
                    <p>{tr(dossier::REPLACE)}</p>
                    <p class="actions">
                        <button type="button" class="button primary" on:click=move |_| take_up(dossier.clone())>{tr(dossier::REPLACE_NOW)}</button>
                        <button type="button" class="button" on:click=move |_| session.dossier.set(None)>{tr(dossier::KEEP)}</button>
                    </p>
                }
            }
        })}
        <p class="actions">
            <button type="button" class="button" on:click=move |_| session.go(Screen::Plan)>{tr(messages::page::f413::BACK)}</button>
        </p>
    }
}

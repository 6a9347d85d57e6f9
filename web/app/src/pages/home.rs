use leptos::prelude::*;
use messages::{
    Text,
    page::{check, dossier, home},
};

use crate::{
    calls,
    components::{DropZone, Heading},
    screen::Screen,
    session::{DroppedFile, session, text, tr},
};

/// The first screen: three doors, and a drop zone.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let session = session();
    let take = move |files: Vec<DroppedFile>| {
        let (dossiers, files): (Vec<_>, Vec<_>) = files.into_iter().partition(calls::may_be_a_dossier);
        if let Some(dossier) = dossiers.into_iter().next() {
            session.dossier.set(Some(dossier));
            return session.go(Screen::Dossier);
        }
        session.files.update(|all| all.extend(files));
        session.go(Screen::Check);
    };
    ui! {
        <Heading text=text(home::TITLE)/>
        <p class="lead">{tr(home::LEAD)}</p>
        <ul class="doors">
            <Door title=home::ORDER means=home::ORDER_MEANS screen=Screen::Structure/>
            <Door title=home::RECEIVED means=home::RECEIVED_MEANS screen=Screen::Check/>
            <Door title=home::FLEET means=home::FLEET_MEANS screen=Screen::Fleet/>
        </ul>
        <p class="hint">{tr(home::DROP)}</p>
        <DropZone id="fichier-accueil" label=check::DROP many=true
            on_files=take/>
        <p><button type="button" class="link" on:click=move |_| session.go(Screen::Dossier)>{tr(dossier::OPEN)}</button></p>
    }
}

#[component]
fn Door(title: Text, means: Text, screen: Screen) -> impl IntoView {
    let session = session();
    ui! {
        <li>
            <button type="button" class="door" on:click=move |_| session.go(screen.clone())>
                <span class="door-title">{tr(title)}</span>
                <span class="door-means">{tr(means)}</span>
            </button>
        </li>
    }
}

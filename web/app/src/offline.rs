//! The page without a network: whether it is kept, the version that waits to replace it, the browser's offer to
//! install it.

use browser::offline::{self, Installation, Standing, TakeOver, Update};
use leptos::prelude::*;
use messages::page::offline as texts;

use crate::{
    calls,
    components::Show,
    session::{Session, fact, session, tr, tr_with},
};

/// What is known of it.
#[derive(Clone, Copy)]
pub(crate) struct Offline {
    standing: RwSignal<Option<Standing>>,
    update: RwSignal<Option<Update>, LocalStorage>,
    installation: RwSignal<Option<Installation>, LocalStorage>,
    /// Other pages of ours that were open when the update was asked for.
    others: RwSignal<u32>,
}

impl Offline {
    /// Nothing is known yet. The browser may offer to install the page from now on.
    pub(crate) fn new() -> Self {
        let installation = RwSignal::new_local(None);
        offline::on_installable(move |offer| installation.set(Some(offer)), move || installation.set(None));
        Self {
            standing: RwSignal::new(None),
            update: RwSignal::new_local(None),
            installation,
            others: RwSignal::new(0),
        }
    }

    /// Asks the browser to keep the page: once all of it has been fetched, so that nobody waits for it. The root
    /// element's `data-offline` then says how it stands.
    pub(crate) fn begin(self, session: Session) {
        session.surface.spawn(async move {
            let offer = move |update| {
                self.update.set(Some(update));
                session.say(texts::UPDATE.get(session.locale.get_untracked()));
            };
            let standing = offline::keep(&calls::beside("sw.js"), offer).await;
            self.standing.set(Some(standing));
            session.surface.mark("data-offline", Some(standing.as_str()));
        });
    }

    /// Reloads the page in its new version, unless a key would be lost with it.
    fn take_over(self, session: Session) {
        let Some(update) = self.update.get_untracked() else { return };
        if session.has_unsaved() {
            return;
        }
        session.surface.spawn(async move {
            match update.take_over().await {
                TakeOver::Done => {
                    let _ = window().location().reload();
                }
                TakeOver::Others(count) => {
                    self.others.set(count);
                    session.say(
                        texts::OTHERS
                            .with(session.locale.get_untracked(), &[fact("count", u64::from(count))]),
                    );
                }
                TakeOver::Gone => self.update.set(None),
            }
        });
    }
}

/// The new version, offered under the header until it is taken or put off.
#[component]
pub(crate) fn UpdateOffer(offline: Offline) -> impl IntoView {
    let session = session();
    let others =
        Signal::derive(tr_with(texts::OTHERS, move || vec![fact("count", u64::from(offline.others.get()))]));
    ui! {
        <Show when=move || offline.update.with(Option::is_some)>
            <section class="banner offer" aria-label=tr(texts::REGION)>
                <p>{tr(texts::UPDATE)}</p>
                <Show when=move || session.has_unsaved()>
                    <p class="offer-why">{tr(texts::UNSAVED)}</p>
                </Show>
                <Show when={move || offline.others.get() > 0}>
                    <p class="offer-why">{others}</p>
                </Show>
                <p class="actions">
                    <button type="button" class="button" disabled=move || session.has_unsaved()
                        on:click=move |_| offline.take_over(session)>{tr(texts::UPDATE_NOW)}</button>
                    <button type="button" class="button quiet"
                        on:click=move |_| offline.update.set(None)>{tr(texts::LATER)}</button>
                </p>
            </section>
        </Show>
    }
}

/// What the footer says of it.
#[component]
pub(crate) fn Standings(offline: Offline) -> impl IntoView {
    let is = move |standing| offline.standing.get() == Some(standing);
    let install = move |_| {
        if let Some(installation) = offline.installation.get_untracked() {
            offline.installation.set(None);
            installation.ask();
        }
    };
    ui! {
        <Show when=move || is(Standing::Kept)>
            <li title=tr(texts::KEPT_WHY)>{tr(texts::KEPT)}</li>
        </Show>
        <Show when=move || is(Standing::Inlined)>
            <li title=tr(texts::INLINED_WHY)>{tr(texts::INLINED)}</li>
        </Show>
        <Show when=move || offline.installation.with(Option::is_some)>
            <li><button type="button" class="link" on:click=install>{tr(texts::INSTALL)}</button></li>
        </Show>
    }
}

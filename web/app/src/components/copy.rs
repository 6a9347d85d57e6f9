use leptos::{html::Textarea, prelude::*};
use messages::page::common;

use super::{Icon, Show};
use crate::session::{fact, session, tr};

/// A button that copies a text and says so.
#[component]
pub(crate) fn CopyButton(
    #[prop(into)] text: Signal<String>,
    /// What is copied, for screen readers: « Copier : Nom (CN) ».
    #[prop(into)]
    name: Signal<String>,
    /// Called when the browser refuses to copy, to offer another way.
    #[prop(optional)]
    on_refused: Option<Callback<()>>,
    /// Called when the text has been copied.
    #[prop(optional_no_strip)]
    on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let session = session();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let copying = text.get_untracked();
        session.surface.spawn(async move {
            let done = browser::clipboard::copy(&copying).await.is_ok();
            copied.try_set(done);
            let locale = session.locale.get_untracked();
            session.say(if done { common::COPIED.get(locale) } else { common::COPY_FAILED.get(locale) });
            if let Some(copied) = on_copied
                && done
            {
                copied.try_run(());
            }
            if let Some(refused) = on_refused
                && !done
            {
                refused.try_run(());
            }
        });
    };
    // « Copié » speaks of the text it copied, not of the next one.
    Effect::new(move |_| {
        text.track();
        copied.set(false);
    });
    let label = move || common::COPY_WHAT.with(session.locale.get(), &[fact("name", name.get())]);
    ui! {
        <button type="button" class="copy" class:done=copied on:click=copy aria-label=label>
            <Icon name=Signal::derive(move || if copied.get() { "ok" } else { "copy" })/>
            <span>{move || if copied.get() { tr(common::COPIED)() } else { tr(common::COPY)() }}</span>
        </button>
    }
}

/// A text to copy by hand or by button: commands, PEM, a distinguished name.
#[component]
pub(crate) fn TextBlock(
    #[prop(into)] text: Signal<String>,
    /// What it is, shown above and named to screen readers.
    #[prop(into)]
    name: Signal<String>,
    /// Called when the text has been copied.
    #[prop(optional_no_strip)]
    on_copied: Option<Callback<()>>,
) -> impl IntoView {
    let node = NodeRef::<Textarea>::new();
    let refused = RwSignal::new(false);
    let select = move || {
        refused.set(true);
        if let Some(area) = node.get_untracked() {
            let _ = area.focus();
            area.select();
        }
    };
    let rows = move || text.with(|text| text.lines().count().clamp(1, 14).to_string());
    ui! {
        <div class="text-block">
            <div class="text-block-head">
                <span class="text-block-name">{move || name.get()}</span>
                <CopyButton text=text name=name on_refused=Callback::new(move |()| select()) on_copied=on_copied/>
            </div>
            <textarea node_ref=node readonly=true rows=rows spellcheck="false" wrap="off"
                aria-label=move || name.get() prop:value=move || text.get()></textarea>
            <Show when=move || refused.get()>
                <p class="note">{tr(common::COPY_FAILED)}</p>
            </Show>
        </div>
    }
}

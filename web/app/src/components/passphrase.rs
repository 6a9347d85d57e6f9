use leptos::prelude::*;
use messages::{Text, page::key};

use super::Show;
use crate::{
    calls,
    session::{fact, session, tr, tr_with},
};

/// A passphrase to be chosen: shown or hidden, judged as it is typed, six words proposed.
#[component]
pub(crate) fn NewPassphrase(
    /// Unique in the page.
    id: &'static str,
    label: Text,
    hint: Text,
    value: RwSignal<String>,
    #[prop(into)] disabled: Signal<bool>,
    /// What is wrong with it, said below.
    #[prop(into)]
    problem: Signal<String>,
    /// Called when it is typed or proposed.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let session = session();
    let shown = RwSignal::new(false);
    let proposed = RwSignal::new(None::<String>);
    let strength = Memo::new(move |_| value.with(|typed| calls::passphrase_strength(typed)));
    let propose = move |_| {
        if let Some(words) = calls::propose_passphrase() {
            value.set(words.clone());
            proposed.set(Some(words));
            shown.set(true);
            on_change.run(());
        }
    };
    // Once used, the words are nowhere but with the person.
    Effect::new(move |_| {
        if value.with(String::is_empty) {
            proposed.set(None);
            shown.set(false);
        }
    });
    let invalid = move || if problem.with(String::is_empty) { "false" } else { "true" };
    ui! {
        <div class="field">
            <label for=id>{tr(label)}</label>
            <p class="hint" id=format!("{id}-aide")>{tr(hint)}</p>
            <div class="with-buttons">
                <input id=id type=move || if shown.get() { "text" } else { "password" } autocomplete="new-password"
                    spellcheck="false" aria-describedby=format!("{id}-aide {id}-solidite {id}-avis") aria-invalid=invalid
                    disabled=move || disabled.get() prop:value=move || value.get()
                    on:input:target=move |event| { value.set(event.target().value()); on_change.run(()); }/>
                <button type="button" class="button quiet" aria-pressed=move || if shown.get() { "true" } else { "false" }
                    on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {move || if shown.get() { tr(key::HIDE)() } else { tr(key::SHOW)() }}
                </button>
                <button type="button" class="button quiet" on:click=propose>{tr(key::PROPOSE)}</button>
            </div>
            <p id=format!("{id}-solidite") class="strength" class:hidden=move || value.with(String::is_empty) aria-live="polite">
                {tr(key::STRENGTH)}" : "
                <meter min="0" max="3" low="2" high="3" optimum="3" aria-hidden="true" prop:value=move || f64::from(strength.get())></meter>
                <strong>{move || STRENGTHS.get(usize::from(strength.get())).copied().unwrap_or(key::STRENGTH_0).get(session.locale.get())}</strong>
            </p>
            <Show when=move || proposed.with(|p| p.as_deref() == Some(value.get().as_str()))>
                <p class="proposed">{tr_with(key::PROPOSED, move || vec![fact("words", proposed.get().unwrap_or_default())])}</p>
            </Show>
            <p class="problem" role="alert" id=format!("{id}-avis")>{move || problem.get()}</p>
        </div>
    }
}

/// Whether a passphrase is « correcte » at least.
pub(crate) fn is_accepted(passphrase: &str) -> bool {
    calls::passphrase_strength(passphrase) >= ACCEPTED_STRENGTH
}

const ACCEPTED_STRENGTH: u8 = 2;

const STRENGTHS: [Text; 4] = [key::STRENGTH_0, key::STRENGTH_1, key::STRENGTH_2, key::STRENGTH_3];

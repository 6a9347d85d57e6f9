use estampille::contract::FinessHit;
use leptos::{ev::KeyboardEvent, prelude::*};
use messages::page::register;

use crate::{
    calls,
    session::{fact, session, text, tr},
};

/// The most structures that are shown; one more is asked for, to tell that there are others.
const SHOWN: usize = 8;

/// A field where a structure of the register is searched and chosen: a combobox with a list, as the ARIA patterns have it.
/// Its register is open.
#[component]
pub(crate) fn StructureSearch(#[prop(into)] on_choose: Callback<FinessHit>) -> impl IntoView {
    let session = session();
    let typed = RwSignal::new(String::new());
    let hits = RwSignal::new(Vec::<FinessHit>::new());
    let more = RwSignal::new(false);
    // Of the last search that was answered.
    let answered = RwSignal::new(false);
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<String>);
    let latest = StoredValue::new(0_u32);
    let search = move |query: String| {
        let number = latest.get_value().wrapping_add(1);
        latest.set_value(number);
        typed.set(query.clone());
        active.set(None);
        if query.trim().chars().count() < 2 {
            hits.set(Vec::new());
            answered.set(false);
            open.set(false);
            return;
        }
        session.surface.spawn(async move {
            let limit = u32::try_from(SHOWN + 1).unwrap_or(u32::MAX);
            let mut found = calls::search_register(session, &query, limit).await;
            // Something else was typed meanwhile, or the page has gone.
            if latest.try_get_value() != Some(number) {
                return;
            }
            more.set(found.len() > SHOWN);
            found.truncate(SHOWN);
            open.set(!found.is_empty());
            hits.set(found);
            answered.set(true);
        });
    };
    let choose = move |hit: FinessHit| {
        open.set(false);
        active.set(None);
        typed.set(name(session.locale.get_untracked(), &hit));
        on_choose.run(hit);
    };
    let step = move |forward: bool| {
        let list = hits.get_untracked();
        let at = active.with_untracked(|active| {
            let number = active.as_ref()?;
            list.iter().position(|hit| hit.number == *number)
        });
        let last = list.len().saturating_sub(1);
        let next = match (at, forward) {
            (None, true) => 0,
            (None, false) | (Some(0), false) => last,
            (Some(at), true) if at >= last => 0,
            (Some(at), true) => at.saturating_add(1),
            (Some(at), false) => at.saturating_sub(1),
        };
        open.set(!list.is_empty());
        active.set(list.get(next).map(|hit| hit.number.clone()));
        session.surface.show_soon("[role=option][aria-selected=true]");
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => step(true),
            "ArrowUp" => step(false),
            "Enter" => {
                let chosen = active.get_untracked().filter(|_| open.get_untracked());
                let list = hits.get_untracked();
                let Some(hit) = chosen.and_then(|number| list.into_iter().find(|hit| hit.number == number))
                else {
                    return;
                };
                choose(hit);
            }
            "Escape" if open.get_untracked() => open.set(false),
            "Escape" => search(String::new()),
            _ => return,
        }
        event.prevent_default();
    };
    let status = move || {
        let locale = session.locale.get();
        let count = hits.with(Vec::len);
        if !answered.get() {
            String::new()
        } else if count == 0 {
            register::FOUND_NONE.get(locale).to_owned()
        } else if more.get() {
            register::FOUND_MORE.with(locale, &[fact("count", count)])
        } else {
            register::FOUND.with(locale, &[fact("count", count)])
        }
    };
    ui! {
        <div class="field combobox">
            <label for="structure-cherchee">{tr(register::SEARCH)}</label>
            <p class="hint" id="structure-cherchee-aide">{tr(register::SEARCH_HINT)}</p>
            <input id="structure-cherchee" type="text" role="combobox" autocomplete="off" spellcheck="false"
                aria-autocomplete="list" aria-controls="structures-trouvees" aria-describedby="structure-cherchee-aide"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-activedescendant=move || active.get().map(|number| format!("structure-{number}"))
                prop:value=move || typed.get()
                on:input:target=move |event| search(event.target().value())
                on:keydown=on_key
                on:blur=move |_| open.set(false)/>
            <ul id="structures-trouvees" role="listbox" aria-label=move || text(register::RESULTS).get() hidden=move || !open.get()>
                <For each=move || hits.get() key=|hit| hit.number.clone() let:hit>
                    {option(hit, active, choose)}
                </For>
            </ul>
            <p class="hint" role="status">{status}</p>
        </div>
    }
}

fn option(
    hit: FinessHit,
    active: RwSignal<Option<String>>,
    choose: impl Fn(FinessHit) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = session();
    let number = StoredValue::new(hit.number.clone());
    let is_active = move || active.with(|active| active.as_deref() == Some(number.get_value().as_str()));
    let chosen = hit.clone();
    let (shown, described) = (hit.clone(), hit.clone());
    ui! {
        <li role="option" id=format!("structure-{}", hit.number)
            aria-selected=move || if is_active() { "true" } else { "false" }
            on:mousedown=move |event: leptos::ev::MouseEvent| event.prevent_default()
            on:click=move |_| choose(chosen.clone())>
            <span class="option-name">{move || name(session.locale.get(), &shown)}</span>
            <span class="option-means">{move || means(session.locale.get(), &described)}</span>
        </li>
    }
}

/// The name of a structure; of a legal entity whose name the files do not tell, that.
pub(crate) fn name(locale: messages::Locale, hit: &FinessHit) -> String {
    if hit.name.is_empty() { register::UNNAMED.get(locale).to_owned() } else { hit.name.clone() }
}

/// What tells structures of one name apart, in a line.
fn means(locale: messages::Locale, hit: &FinessHit) -> String {
    let kind = if hit.kind == "ej" { register::EJ } else { register::ET };
    let parts = [
        Some(kind.get(locale).to_owned()),
        Some(calls::grouped(&hit.number)),
        hit.city.clone(),
        hit.category_label.clone(),
        (!hit.open).then(|| register::CLOSED.get(locale).to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

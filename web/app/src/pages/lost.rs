//! What to do when a key is lost or copied: two doors, a list to tick, in order.

use std::collections::BTreeSet;

use estampille::contract::LostKeyStep;
use leptos::prelude::*;
use messages::{Text, page::lost};

use crate::{
    calls::{self, KeyFate},
    components::{Choice, CopyButton, Heading, Show, Sources},
    screen::Screen,
    session::{fact, session, text, tr, tr_with},
};

/// « Ma clé est perdue ou copiée ».
#[component]
pub(crate) fn LostKey() -> impl IntoView {
    let session = session();
    let fate = RwSignal::new(None::<KeyFate>);
    let ticked = RwSignal::new(BTreeSet::<usize>::new());
    let choose = move |chosen| {
        fate.set(Some(chosen));
        ticked.set(BTreeSet::new());
        // The focus stays: whoever tries the doors with the arrows is not carried away.
        session.say(title_of(chosen).get(session.locale.get_untracked()));
    };
    let steps = Memo::new(move |_| {
        fate.get().map(|fate| calls::lost_key(session.locale.get(), fate)).unwrap_or_default()
    });
    let door = |wanted: KeyFate, label: Text, means: Text| {
        ui! {
            <Choice kind="radio" group="sort" label=text(label) means=text(means)
                checked=Signal::derive(move || fate.get() == Some(wanted)) on_change=move |_| choose(wanted)/>
        }
    };
    let done = tr_with(lost::DONE, move || {
        vec![fact("done", ticked.with(BTreeSet::len)), fact("total", steps.with(Vec::len))]
    });
    let title = move || fate.get().map(|fate| title_of(fate).get(session.locale.get()));
    ui! {
        <Heading text=text(lost::TITLE)/>
        <p class="lead">{tr(lost::LEAD)}</p>
        <fieldset class="choices no-print">
            <legend>{tr(lost::WHICH)}</legend>
            {door(KeyFate::Copied, lost::COPIED, lost::COPIED_MEANS)}
            {door(KeyFate::Lost, lost::LOST, lost::LOST_MEANS)}
        </fieldset>
        <Show when=move || fate.get().is_some()>
            <section class="checklist">
                <h2>{title}</h2>
                <p class="hint" role="status">{done.clone()}</p>
                <ol class="procedure">
                    {move || (0..).zip(steps.get()).map(|(place, one)| ui! { <Step place=place step=one ticked=ticked/> }).collect::<Vec<_>>()}
                </ol>
                <h3>{tr(lost::LEGEND)}</h3>
                <dl class="legend">
                    {[(lost::OFFICIAL, lost::OFFICIAL_MEANS), (lost::INFERRED, lost::INFERRED_MEANS), (lost::UNCONFIRMED, lost::UNCONFIRMED_MEANS)]
                        .map(|(word, means)| ui! { <div><dt>{tr(word)}</dt><dd>{tr(means)}</dd></div> })}
                </dl>
                <p class="actions no-print">
                    <button type="button" class="button primary" on:click=move |_| session.go(Screen::Renew)>{tr(lost::TO_RENEW)}</button>
                    <button type="button" class="button" on:click=move |_| calls::print()>{tr(lost::PRINT)}</button>
                    <button type="button" class="button" on:click=move |_| session.go(Screen::Fleet)>{tr(lost::TO_FLEET)}</button>
                </p>
            </section>
        </Show>
    }
}

const fn title_of(fate: KeyFate) -> Text {
    match fate {
        KeyFate::Copied => lost::STEPS_COPIED,
        KeyFate::Lost => lost::STEPS_LOST,
    }
}

/// One thing to do, to be ticked.
#[component]
fn Step(place: usize, step: LostKeyStep, ticked: RwSignal<BTreeSet<usize>>) -> impl IntoView {
    let session = session();
    let who = step.who.clone();
    let who = tr_with(lost::WHO, move || {
        let names: Vec<String> =
            who.iter().map(|word| calls::term(session.locale.get(), "who", word)).collect();
        vec![fact("who", names)]
    });
    let worth = match step.confidence.as_ref() {
        "official" => lost::OFFICIAL,
        "inferred" => lost::INFERRED,
        _ => lost::UNCONFIRMED,
    };
    let tick = move |event: leptos::ev::Targeted<web_sys::Event, web_sys::HtmlInputElement>| {
        let on = event.target().checked();
        ticked.update(|all| {
            if on {
                all.insert(place);
            } else {
                all.remove(&place);
            }
        });
    };
    ui! {
        <li class:done=move || ticked.with(|all| all.contains(&place)) data-confidence=step.confidence.into_owned()>
            <h3><label class="tick"><input type="checkbox" prop:checked=move || ticked.with(|all| all.contains(&place)) on:change:target=tick/>
                <span>{step.title}</span></label></h3>
            {step.detail.map(|detail| ui! { <p>{detail}</p> })}
            {step.action.map(|action| ui! { <p class="finding-action">{action}</p> })}
            <p class="hint">{who}" · "<span class="tag">{tr(worth)}</span></p>
            {(!step.links.is_empty()).then(|| ui! {
                <ul class="links" aria-label=tr(lost::LINKS)>
                    {step.links.into_iter().map(|link| {
                        let shown = link.trim_start_matches("mailto:").to_owned();
                        let copied = shown.clone();
                        ui! { <li><code class="dn">{shown}</code><CopyButton text=Signal::stored(copied) name=text(lost::LINKS)/></li> }
                    }).collect::<Vec<_>>()}
                </ul>
            })}
            <Sources sources=step.sources/>
        </li>
    }
}

use estampille::contract::{Finding, Source};
use leptos::prelude::*;
use messages::page::{check, common};

use super::{CopyButton, Icon, Show};
use crate::{
    screen::Screen,
    session::{fact, session, text, tr, tr_with},
};

/// Findings grouped by severity: what to correct first, what passes folded at the end.
#[component]
pub(crate) fn Findings(#[prop(into)] findings: Signal<Vec<Finding>>) -> impl IntoView {
    let of = move |severity: &'static str| {
        findings.with(|all| all.iter().filter(|f| f.severity == severity).cloned().collect::<Vec<_>>())
    };
    let group = move |severity: &'static str, title: messages::Text| {
        let list = Memo::new(move |_| of(severity));
        ui! {
            <Show when=move || !list.with(Vec::is_empty)>
                <section class=format!("findings {severity}")>
                    <h3><Icon name=severity/>{tr(title)}</h3>
                    <ul>
                        <For each=move || list.get() key=|f| (f.code.clone(), f.title.clone(), f.detail.clone()) let:finding>
                            <li><FindingItem finding=finding/></li>
                        </For>
                    </ul>
                </section>
            </Show>
        }
    };
    let passed = Memo::new(move |_| of("ok"));
    let count = tr_with(common::SHOW_OK, move || vec![fact("count", passed.with(Vec::len))]);
    ui! {
        {group("error", common::ERROR)}
        {group("warning", common::WARNING)}
        {group("info", common::INFO)}
        <Show when=move || !passed.with(Vec::is_empty)>
            <details class="findings ok">
                <summary><Icon name="ok"/>{count()}</summary>
                <ul>
                    <For each=move || passed.get() key=|f| (f.code.clone(), f.title.clone(), f.detail.clone()) let:finding>
                        <li><FindingItem finding=finding/></li>
                    </For>
                </ul>
            </details>
        </Show>
    }
}

/// One finding: what happened, why, what to do, where it comes from.
#[component]
pub(crate) fn FindingItem(
    finding: Finding,
    /// Beside a field: without its sources.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let (severity, word) = match finding.severity.as_ref() {
        "error" => ("error", common::ERROR),
        "warning" => ("warning", common::WARNING),
        "ok" => ("ok", common::OK),
        _ => ("info", common::INFO),
    };
    let session = session();
    let lost = finding.is_about_lost_keys();
    let server_error = finding.server_error;
    ui! {
        <div class=format!("finding {severity}") data-code=finding.code.into_owned()>
            <p class="finding-title"><Icon name=severity/><span class="visually-hidden">{tr(word)}" : "</span>{finding.title}</p>
            {finding.detail.map(|detail| ui! { <p class="finding-detail">{detail}</p> })}
            {finding.action.map(|action| {
                let address = address_in(&action);
                ui! {
                    <p class="finding-action">{action}
                        {address.map(|address| ui! { " "<CopyButton text=Signal::stored(address) name=text(common::ADDRESS)/> })}</p>
                }
            })}
            {server_error.map(|code| {
                let text = tr_with(common::SERVER_ERROR, move || vec![fact("code", code.as_ref())]);
                ui! { <p class="finding-server">{text}</p> }
            })}
            {lost.then(|| ui! {
                <button type="button" class="link" on:click=move |_| session.go(Screen::LostKey)>{tr(check::LOST_KEY)}</button>
            })}
            {(!compact && !finding.sources.is_empty()).then(|| ui! { <Sources sources=finding.sources/> })}
        </div>
    }
}

/// The address that a sentence tells to copy.
fn address_in(sentence: &str) -> Option<String> {
    sentence.split_whitespace().find(|word| word.starts_with("http")).map(str::to_owned)
}

/// Where a rule comes from, folded.
#[component]
pub(crate) fn Sources(sources: Vec<Source>) -> impl IntoView {
    let items = sources
        .into_iter()
        .map(|source| {
            let section = source.section.map(|section| format!(", {section}"));
            ui! { <li>{source.document}{section}</li> }
        })
        .collect::<Vec<_>>();
    ui! {
        <details class="sources">
            <summary>{tr(common::SOURCES)}</summary>
            <ul>{items}</ul>
        </details>
    }
}

use estampille::contract::{EvidenceInput, EvidenceRow};
use leptos::prelude::*;
use messages::page::evidence;

use super::Icon;
use crate::{
    calls,
    session::{session, tr},
};

/// The evidence of a check: folded on the screen, alone on the paper when its button is pressed.
#[component]
pub(crate) fn EvidenceSheet(check: EvidenceInput) -> impl IntoView {
    let session = session();
    let printing = RwSignal::new(false);
    let opened = RwSignal::new(false);
    let sheet = Memo::new(move |_| opened.get().then(|| calls::evidence(session.locale.get(), &check)));
    let print = move |_| {
        printing.set(true);
        session.surface.print_only("fiche", move || printing.set(false));
    };
    ui! {
        <details class="why evidence" class:printed=move || printing.get()
            on:toggle=move |_| opened.set(true)>
            <summary class="no-print">{tr(evidence::OPEN)}</summary>
            <p class="actions no-print">
                <button type="button" class="button" on:click=print>{tr(evidence::PRINT)}</button>
            </p>
            {move || sheet.get().map(|sheet| ui! {
                <h3>{sheet.title}</h3>
                {sheet.notes.into_iter().map(|note| ui! { <p class="hint">{note}</p> }).collect::<Vec<_>>()}
                {sheet.sections.into_iter().map(|section| ui! {
                    <h4>{section.title}</h4>
                    <dl class="evidence-rows">{section.rows.into_iter().map(row).collect::<Vec<_>>()}</dl>
                }).collect::<Vec<_>>()}
            })}
        </details>
    }
}

fn row(row: EvidenceRow) -> impl IntoView {
    let icon = row.severity.as_deref().map(|severity| match severity {
        "error" => "error",
        "warning" => "warning",
        "ok" => "ok",
        _ => "info",
    });
    let value = if row.exact {
        ui! { <code class="dn">{row.value}</code> }
    } else {
        ui! { <span>{row.value}</span> }
    };
    let exact = row.exact;
    ui! {
        <div class=row.severity.map(|severity| severity.into_owned())>
            <dt>{icon.map(|name| ui! { <Icon name=name/> })}{row.label}</dt>
            <dd>
                {value}
                {row.more.into_iter().map(|more| if exact {
                    ui! { <br/><code class="dn">{calls::by_four(&more)}</code> }
                } else {
                    ui! { <span class="hint">{more}</span> }
                }).collect::<Vec<_>>()}
            </dd>
        </div>
    }
}

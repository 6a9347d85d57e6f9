use estampille::contract::Finding;
use leptos::prelude::*;
use messages::{Text, page::structure};
use vocabulary::IdentifierKind;

use super::{FindingItem, Icon, Show};
use crate::{
    calls,
    session::{session, tr},
};

/// A text field with its label, its help, and what is wrong with it.
#[component]
pub(crate) fn Field(
    /// Unique in the page.
    id: String,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    /// Kind of identifier it is read as, when it is one.
    #[prop(optional)]
    kind: Option<IdentifierKind>,
    /// Fixed by a rule: shown, not changed.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// Fits a number or a short name.
    #[prop(optional)]
    short: bool,
    /// What else is to be said of it.
    #[prop(optional, into)]
    remarks: Signal<Vec<Finding>>,
) -> impl IntoView {
    let session = session();
    let report = Memo::new(move |_| {
        let typed = value.get();
        let kind = kind.filter(|_| !typed.trim().is_empty());
        kind.map(|kind| calls::identifier(session.locale.get(), kind, &typed))
    });
    let invalid = move || {
        report.with(|report| report.as_ref().is_some_and(|report| !report.valid))
            || remarks.with(|remarks| remarks.iter().any(|remark| remark.severity == "error"))
    };
    // « Valide » is not said beside a doubt.
    let valid = move || {
        let doubt = |all: &Vec<Finding>| all.iter().any(|f| f.severity == "warning" || f.severity == "error");
        !remarks.with(doubt)
            && report.with(|report| {
                report.as_ref().is_some_and(|report| {
                    report.valid && report.findings.iter().all(|f| f.severity != "warning")
                })
            })
    };
    let (help_id, report_id) = (format!("{id}-aide"), format!("{id}-avis"));
    let described = if hint.is_some() { format!("{help_id} {report_id}") } else { report_id.clone() };
    ui! {
        <div class="field">
            <label for=id.clone()>{tr(label)}</label>
            {hint.map(|hint| ui! { <p class="hint" id=help_id>{tr(hint)}</p> })}
            <input id=id type="text" class:short=short class:number=kind.is_some() autocomplete="off" spellcheck="false"
                aria-describedby=described aria-invalid=move || if invalid() { "true" } else { "false" }
                readonly=move || locked.get()
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())/>
            <div id=report_id class="field-report" aria-live="polite">
                <Show when=valid>
                    <p class="field-ok"><Icon name="ok"/>{tr(if kind == Some(IdentifierKind::Fqdn) || kind == Some(IdentifierKind::Email) { structure::VALID_NAME } else { structure::VALID })}</p>
                </Show>
                <For each=move || report.get().map(|report| report.findings).unwrap_or_default()
                    key=|finding| (finding.code.clone(), finding.title.clone()) let:finding>
                    <FindingItem finding=finding compact=true/>
                </For>
                <Remarks remarks=remarks/>
            </div>
        </div>
    }
}

/// What is to be said of a field.
#[component]
pub(crate) fn Remarks(remarks: Signal<Vec<Finding>>) -> impl IntoView {
    ui! {
        <For each=move || remarks.get() key=|finding| (finding.code.clone(), finding.title.clone(), finding.detail.clone()) let:finding>
            <FindingItem finding=finding compact=true/>
        </For>
    }
}

/// A text field of several lines.
#[component]
pub(crate) fn LongField(
    id: String,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(default = 4)] rows: u32,
    /// Kind of identifier each line is read as.
    #[prop(optional)]
    kind: Option<IdentifierKind>,
    /// Fixed: shown, not changed.
    #[prop(optional, into)]
    locked: Signal<bool>,
) -> impl IntoView {
    let session = session();
    let (help_id, report_id) = (format!("{id}-aide"), format!("{id}-avis"));
    let described = if hint.is_some() { format!("{help_id} {report_id}") } else { report_id.clone() };
    let findings = Memo::new(move |_| {
        let locale = session.locale.get();
        let lines: Vec<String> = value.get().lines().map(str::to_owned).collect();
        let typed = lines.into_iter().filter(|line| !line.trim().is_empty());
        let read = typed.filter_map(|line| Some(calls::identifier(locale, kind?, &line).findings));
        read.flatten().collect::<Vec<_>>()
    });
    let invalid = move || findings.with(|all| all.iter().any(|finding| finding.severity == "error"));
    ui! {
        <div class="field">
            <label for=id.clone()>{tr(label)}</label>
            {hint.map(|hint| ui! { <p class="hint" id=help_id>{tr(hint)}</p> })}
            <textarea id=id rows=rows.to_string() autocomplete="off" spellcheck="false" aria-describedby=described
                aria-invalid=move || if invalid() { "true" } else { "false" }
                readonly=move || locked.get()
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())></textarea>
            <div id=report_id class="field-report" aria-live="polite">
                <For each=move || findings.get() key=|finding| (finding.code.clone(), finding.title.clone(), finding.detail.clone()) let:finding>
                    <FindingItem finding=finding compact=true/>
                </For>
            </div>
        </div>
    }
}

/// A radio button or a check box with its explanation.
#[component]
pub(crate) fn Choice(
    /// `radio` or `checkbox`.
    kind: &'static str,
    /// Groups radio buttons.
    #[prop(into)]
    group: String,
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] means: Option<Signal<String>>,
    #[prop(into)] checked: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
) -> impl IntoView {
    ui! {
        <label class="choice">
            <input type=kind name=group prop:checked=move || checked.get()
                on:change:target=move |event| on_change.run(event.target().checked())/>
            <span class="choice-text">
                <span class="choice-label">{move || label.get()}</span>
                {means.map(|means| ui! { <span class="choice-means">{move || means.get()}</span> })}
            </span>
        </label>
    }
}

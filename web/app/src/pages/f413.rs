//! Commander: the form F413, asked, checked as it is typed, and shown as it is to be copied.

use std::sync::Arc;

use estampille::contract::{F413Field, F413Form, F413Group, F413Question, F413Sheet, Finding};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use messages::{Rendered, page::f413};

use crate::{
    calls,
    components::{Choice, CopyButton, FindingItem, Findings, Heading, Refused, Remarks, Show},
    screen::Screen,
    session::{Session, fact, session, text, tr, tr_with},
};

/// Time left to who types before the form is prepared again, in milliseconds.
const PAUSE: u32 = 250;

/// Where the answers on how many administrators are asked for stand.
const ADMINISTRATORS: &str = "administrators";

type Shown = RwSignal<Option<Result<Arc<F413Form>, Rendered>>>;

/// The form F413.
#[component]
pub(crate) fn F413Page() -> impl IntoView {
    let session = session();
    let shown: Shown = RwSignal::new(None);
    let tried = RwSignal::new(false);
    prepare_as_typed(shown);
    let groups = move || form_of(shown, |form| form.groups.clone());
    ui! {
        <Heading text=text(f413::TITLE)/>
        <p class="lead no-print">{tr(f413::LEAD)}</p>
        <Show when=move || shown.with(Option::is_none)><p role="status">{tr(f413::WAITING)}</p></Show>
        {move || shown.with(|shown| shown.as_ref().and_then(|shown| shown.as_ref().err().cloned())).map(|problem| ui! { <Refused problem=problem/> })}
        <div class="no-print">
            <For each=groups key=|group| group.title.clone() let:group>
                <Group group=group shown=shown tried=tried/>
            </For>
        </div>
        <Show when=move || !form_of(shown, |form| form.sheets.clone()).is_empty()>
            <Sheets shown=shown tried=tried/>
        </Show>
        <p class="actions no-print">
            <button type="button" class="button" on:click=move |_| session.go(Screen::Plan)>{tr(f413::BACK)}</button>
        </p>
    }
}

/// Prepares the form anew a moment after something changed; the last answer alone is shown.
fn prepare_as_typed(shown: Shown) {
    let session = session();
    let run = StoredValue::new(0_u32);
    let pending = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |before: Option<()>| {
        session.locale.track();
        let (draft, answers) = (session.draft.get(), session.f413.get());
        run.update_value(|run| *run = run.wrapping_add(1));
        let this_run = run.get_value();
        let ask = move || {
            session.surface.spawn(async move {
                let answer = calls::f413_form(session, draft, &answers).await;
                if run.try_get_value() == Some(this_run) {
                    shown.try_set(Some(answer.map(Arc::new)));
                }
            });
        };
        let pause = if before.is_some() { PAUSE } else { 0 };
        // What was to be asked before is no longer asked.
        pending.set_value(Some(Timeout::new(pause, ask)));
    });
}

fn form_of<T>(shown: Shown, read: impl FnOnce(&F413Form) -> Vec<T>) -> Vec<T> {
    shown
        .with(|shown| shown.as_ref().and_then(|shown| shown.as_ref().ok()).map(|form| read(form)))
        .unwrap_or_default()
}

#[component]
fn Group(group: F413Group, shown: Shown, tried: RwSignal<bool>) -> impl IntoView {
    let title = StoredValue::new(group.title.clone());
    let of_people = group.questions.first().is_some_and(|question| question.path.starts_with(ADMINISTRATORS));
    let is_last = move || {
        form_of(shown, |form| {
            let mut people = form
                .groups
                .iter()
                .filter(|group| group.questions.iter().any(|one| one.path.starts_with(ADMINISTRATORS)));
            people
                .next_back()
                .map(|last| title.with_value(|title| last.title == *title))
                .into_iter()
                .collect()
        })
        .contains(&true)
    };
    let questions = move || {
        form_of(shown, |form| {
            let own = form.groups.iter().find(|group| title.with_value(|title| group.title == *title));
            own.map(|group| group.questions.clone()).unwrap_or_default()
        })
    };
    ui! {
        <fieldset class="card">
            <legend>{group.title}</legend>
            {group.hint.map(|hint| ui! { <p class="hint">{hint}</p> })}
            <For each=questions key=|question| (question.path.clone(), question.label.clone(), question.choices.len()) let:question>
                <Question question=question shown=shown tried=tried/>
            </For>
            {of_people.then(|| ui! { <Show when=is_last><People/></Show> })}
        </fieldset>
    }
}

/// One administrator more, or less.
#[component]
fn People() -> impl IntoView {
    let session = session();
    let count = move || {
        session
            .f413
            .with(|answers| answers.get(ADMINISTRATORS).and_then(|n| n.parse::<usize>().ok()))
            .unwrap_or(1)
    };
    let ask_for = move |count: usize| {
        session.f413.update(|answers| {
            answers.insert(ADMINISTRATORS.to_owned(), count.to_string());
        });
    };
    let add = move |_| {
        let next = count();
        ask_for(next.saturating_add(1));
        wait_for(session, format!("f413-{ADMINISTRATORS}-{next}--lastName"));
    };
    let remove = move |_| {
        let left = count().saturating_sub(1).max(1);
        let of_line = format!("{ADMINISTRATORS}[{left}]");
        session.f413.update(|answers| answers.retain(|path, _| !path.starts_with(&of_line)));
        ask_for(left);
        wait_for(session, "ajouter-administrateur".to_owned());
    };
    ui! {
        <p class="actions">
            <button type="button" class="button quiet" id="ajouter-administrateur" on:click=add>{tr(f413::ADD)}</button>
            <Show when=move || { count() > 1 }>
                <button type="button" class="button quiet" on:click=remove>{tr_with(f413::REMOVE, move || vec![fact("n", count())])}</button>
            </Show>
        </p>
    }
}

/// Moves the focus there once the form was prepared anew.
fn wait_for(session: Session, id: String) {
    const ANSWERED: u32 = 2 * PAUSE;
    Timeout::new(ANSWERED, move || session.surface.focus_soon(id)).forget();
}

#[component]
fn Question(question: F413Question, shown: Shown, tried: RwSignal<bool>) -> impl IntoView {
    let session = session();
    let F413Question { path, label, hint, choices, long, .. } = question;
    let id = format!("f413-{}", path.replace(['.', '[', ']'], "-"));
    let path = StoredValue::new(path);
    let now = Memo::new(move |_| {
        let own = form_of(shown, |form| {
            let questions = form.groups.iter().flat_map(|group| &group.questions);
            questions.filter(|one| path.with_value(|path| one.path == *path)).cloned().collect()
        });
        own.into_iter().next().map(|one| (one.value, one.findings)).unwrap_or_default()
    });
    let typed = move || session.f413.with(|answers| path.with_value(|path| answers.get(path).cloned()));
    // What is proposed stands there until something is typed.
    let value = move || typed().unwrap_or_else(|| now.with(|(value, _)| value.clone()));
    let write = move |text: String| {
        session.f413.update(|answers| {
            answers.insert(path.get_value(), text);
        });
    };
    // Nobody is told what is missing before having come to the end.
    let remarks = Signal::derive(move || -> Vec<Finding> {
        let said = now.with(|(_, findings)| findings.clone());
        said.into_iter().filter(|one| tried.get() || one.code != "f413-missing").collect()
    });
    let invalid = move || remarks.with(|remarks| remarks.iter().any(|one| one.severity == "error"));
    let (help_id, report_id) = (format!("{id}-aide"), format!("{id}-avis"));
    let report = report_id.clone();
    let remarks = move || ui! { <div id=report class="field-report" aria-live="polite"><Remarks remarks=remarks/></div> };
    if !choices.is_empty() {
        let choices: Vec<_> = choices
            .into_iter()
            .map(|choice| {
                let word = StoredValue::new(choice.value.into_owned());
                let checked = Signal::derive(move || word.with_value(|word| value() == *word));
                let choose = move |on: bool| if on { write(word.get_value()) };
                ui! { <Choice kind="radio" group=id.clone() label=Signal::stored(choice.label) checked=checked on_change=choose/> }
            })
            .collect();
        return ui! { <fieldset class="choices"><legend>{label}</legend>{choices}{remarks()}</fieldset> };
    }
    let described = if hint.is_some() { format!("{help_id} {report_id}") } else { report_id };
    let hint = hint.map(|hint| ui! { <p class="hint" id=help_id>{hint}</p> });
    let label = ui! { <label for=id.clone()>{label}</label> };
    let aria = move || if invalid() { "true" } else { "false" };
    if long {
        return ui! {
            <div class="field">{label}{hint}
                <textarea id=id rows="3" autocomplete="off" aria-describedby=described aria-invalid=aria
                    prop:value=value on:input:target=move |event| write(event.target().value())></textarea>
                {remarks()}
            </div>
        };
    }
    ui! {
        <div class="field">{label}{hint}
            <input id=id type="text" autocomplete="off" spellcheck="false" aria-describedby=described aria-invalid=aria
                prop:value=value on:input:target=move |event| write(event.target().value())/>
            {remarks()}
        </div>
    }
}

/// The sheets as they are copied, and the file to print.
#[component]
fn Sheets(shown: Shown, tried: RwSignal<bool>) -> impl IntoView {
    let session = session();
    let refused = RwSignal::new(None::<Rendered>);
    let count = move || form_of(shown, |form| vec![form.errors]).into_iter().next().unwrap_or_default();
    let download = move |_| {
        tried.set(true);
        let name = form_of(shown, |form| vec![form.file_name.clone()]).into_iter().next().unwrap_or_default();
        session.surface.spawn(async move {
            match calls::f413_pdf(session).await {
                Ok(bytes) => {
                    refused.try_set(None);
                    if calls::save(&name, &bytes) {
                        session.say(f413::SAVED.with(session.locale.get_untracked(), &[fact("name", name)]));
                    }
                }
                Err(problem) => {
                    refused.try_set(Some(problem));
                }
            }
        });
    };
    let findings = Signal::derive(move || form_of(shown, |form| form.findings.clone()));
    ui! {
        <section class="f413-sheets">
            <h2>{tr(f413::SHEETS)}</h2>
            <p class="note">{tr(f413::OFFICIAL)}</p>
            <Findings findings=findings/>
            <Show when=move || { count() > 0 }>
                <p class="problem no-print" role="status">{tr_with(f413::LEFT, move || vec![fact("count", count())])}</p>
            </Show>
            <p class="actions no-print">
                <button type="button" class="button primary" on:click=download>{tr(f413::PDF)}</button>
                <button type="button" class="button" on:click=move |_| { tried.set(true); calls::print(); }>{tr(messages::page::plan::PRINT)}</button>
            </p>
            {move || refused.get().map(|problem| ui! { <Refused problem=problem/> })}
            {move || form_of(shown, |form| form.sheets.clone()).into_iter().map(sheet).collect::<Vec<_>>()}
        </section>
    }
}

fn sheet(sheet: F413Sheet) -> impl IntoView {
    let mut sections: Vec<(String, Vec<F413Field>)> = Vec::new();
    for field in sheet.fields {
        match sections.last_mut().filter(|(title, _)| *title == field.section) {
            Some((_, fields)) => fields.push(field),
            None => sections.push((field.section.clone(), vec![field])),
        }
    }
    ui! {
        <section class="sheet">
            <h3>{sheet.title}</h3>
            {sections.into_iter().map(|(title, fields)| ui! {
                <h4>{title}</h4>
                <dl class="sheet-fields">{fields.into_iter().map(sheet_field).collect::<Vec<_>>()}</dl>
            }).collect::<Vec<_>>()}
            <h4>{tr(f413::NEXT)}</h4>
            {sheet.next.into_iter().map(|paragraph| ui! { <p class="wraps">{paragraph}</p> }).collect::<Vec<_>>()}
        </section>
    }
}

fn sheet_field(field: F413Field) -> impl IntoView {
    let (told, advice): (Vec<Finding>, Vec<Finding>) =
        field.findings.into_iter().partition(|finding| finding.severity != "info");
    // Advice is for who types; why a field is empty is for who copies.
    let why = field
        .value
        .is_empty()
        .then(|| advice.into_iter().map(|finding| finding.sentence()).collect::<Vec<_>>());
    let copied = (!field.tick && !field.value.is_empty()).then(|| (field.value.clone(), field.label.clone()));
    ui! {
        <div>
            <dt>{field.label}</dt>
            <dd>
                {(!field.value.is_empty()).then(|| ui! { <span class="wraps">{field.value}</span> })}
                {copied.map(|(value, label)| ui! { " "<CopyButton text=Signal::stored(value) name=Signal::stored(label)/> })}
                {why.into_iter().flatten().map(|sentence| ui! { <p class="hint">{sentence}</p> }).collect::<Vec<_>>()}
                {told.into_iter().map(|finding| ui! { <FindingItem finding=finding compact=true/> }).collect::<Vec<_>>()}
            </dd>
        </div>
    }
}

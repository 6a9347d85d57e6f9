use std::sync::Arc;

use estampille::{
    contract::{CheckInput, CheckReport},
    files::{self, FileKind},
};
use leptos::{prelude::*, task::spawn_local};
use messages::page::fleet;
use vocabulary::Timestamp;

use crate::{
    calls,
    components::{DropZone, Heading, Icon, Show},
    screen::Screen,
    session::{DroppedFile, Session, fact, session, text, tr, tr_with},
};

/// A certificate of the estate.
#[derive(Clone)]
struct Row {
    file: DroppedFile,
    report: Arc<CheckReport>,
}

/// Parc: many certificates, soonest expiry first.
#[component]
pub(crate) fn Fleet() -> impl IntoView {
    let session = session();
    let rows = RwSignal::new(Vec::<Row>::new());
    let others = RwSignal::new(Vec::<String>::new());
    let run = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let all = session.fleet.get();
        let locale = session.locale.get();
        run.update_value(|run| *run = run.wrapping_add(1));
        let this_run = run.get_value();
        spawn_local(async move {
            let (found, not_certificates) = check_all(locale, all).await;
            if run.try_get_value() == Some(this_run) {
                rows.try_set(found);
                others.try_set(not_certificates);
            }
        });
    });
    let take = move |files: Vec<DroppedFile>| session.fleet.update(|all| all.extend(files));
    let not_read = tr_with(fleet::NOT_READ, move || {
        others.with(|names| vec![fact("count", names.len()), fact("names", names.clone())])
    });
    ui! {
        <Heading text=text(fleet::TITLE)/>
        <p class="lead">{tr(fleet::LEAD)}</p>
        <DropZone id="parc" label=fleet::DROP many=true
            on_files=take/>
        <Show when=move || !others.with(Vec::is_empty)><p class="note">{not_read.clone()}</p></Show>
        <Show when=move || !rows.with(Vec::is_empty) fallback=move || ui! { <p class="hint">{tr(fleet::EMPTY)}</p> }>
            <div class="table-scroll" tabindex="0" role="region" aria-label=tr(fleet::CAPTION)>
                <table>
                    <caption>{tr(fleet::CAPTION)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr(fleet::STRUCTURE)}</th>
                            <th scope="col">{tr(fleet::PRODUCT)}</th>
                            <th scope="col">{tr(fleet::NAME)}</th>
                            <th scope="col">{tr(fleet::EXPIRY)}</th>
                            <th scope="col">{tr(fleet::STATE)}</th>
                            <th scope="col">{tr(fleet::FILE)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows.get().into_iter().map(|row| table_row(session, row)).collect::<Vec<_>>()}</tbody>
                </table>
            </div>
            <p class="actions"><button type="button" class="button" on:click=move |_| session.fleet.set(Vec::new())>{tr(fleet::CLEAR)}</button></p>
        </Show>
    }
}

fn table_row(session: Session, row: Row) -> impl IntoView {
    let summary = row.report.certificate.clone();
    let verdict = row.report.verdict.to_string();
    let (icon, word) = match verdict.as_str() {
        "pass" => ("ok", fleet::PASS),
        "warn" => ("warning", fleet::WARN),
        _ => ("error", fleet::FAIL),
    };
    let test = summary.environment == "test";
    let ends = Timestamp::parse(&summary.not_after);
    let date = move || ends.map(|ends| vocabulary_date(session, ends)).unwrap_or_default();
    let days = summary.days_left;
    let left = move || match u64::try_from(days) {
        Ok(days) => fleet::DAYS.with(session.locale.get(), &[fact("days", days)]),
        Err(_) => fleet::EXPIRED.get(session.locale.get()).to_owned(),
    };
    let name = summary.common_name.clone().unwrap_or_default();
    let open_label = tr_with(fleet::OPEN_NAME, {
        let name = name.clone();
        move || vec![fact("name", name.clone())]
    });
    let file_name = row.file.name.clone();
    let open = move |_| {
        session.files.set(vec![row.file.clone()]);
        session.go(Screen::Check);
    };
    let product = summary.product.map(|product| product.replacen('_', " ", 1));
    ui! {
        <tr data-verdict=verdict>
            <td>{summary.organization}</td>
            <td>{product}</td>
            <td><code>{name}</code></td>
            <td>{date}<br/><small>{left}</small></td>
            <td><span class=format!("state {icon}")><Icon name=icon/>{tr(word)}{test.then_some(" (TEST)")}</span>
                <button type="button" class="link" aria-label=open_label on:click=open>{tr(fleet::OPEN)}</button></td>
            <td>{file_name}</td>
        </tr>
    }
}

fn vocabulary_date(session: Session, at: Timestamp) -> String {
    DATE.with(session.locale.get(), &[fact("date", at)])
}

/// A date alone, written in full in each language.
const DATE: messages::Text = messages::Text { fr: "{date}", en: "{date}" };

async fn check_all(locale: messages::Locale, all: Vec<DroppedFile>) -> (Vec<Row>, Vec<String>) {
    let mut rows = Vec::new();
    let mut others = Vec::new();
    for file in all {
        if files::kind(&file.content) != FileKind::Certificate {
            others.push(file.name);
            continue;
        }
        let input = CheckInput { certificate: Some(file.content.clone()), ..CheckInput::default() };
        match calls::check_certificate(locale, input).await {
            Ok(report) => rows.push(Row { file, report: Arc::new(report) }),
            Err(_) => others.push(file.name),
        }
    }
    rows.sort_by_key(|row| row.report.certificate.days_left);
    (rows, others)
}

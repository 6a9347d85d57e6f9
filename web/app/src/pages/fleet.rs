//! Parc: many certificates, soonest expiry first.

use estampille::contract::{CheckReport, SetItem};
use leptos::prelude::*;
use messages::page::fleet;
use vocabulary::Timestamp;

use super::set::{Checked, Together, Working};
use crate::{
    components::{DropZone, Heading, Icon, Show},
    screen::Screen,
    session::{DroppedFile, Session, fact, session, text, tr, tr_with},
};

/// Parc.
#[component]
pub(crate) fn Fleet() -> impl IntoView {
    let session = session();
    let checked = Checked::follow(session, session.fleet, RwSignal::new(Vec::new()), |_| {});
    let rows = Memo::new(move |_| checked.items(|item| item.report.is_some()));
    let others = Memo::new(move |_| {
        // A key or a request that found its certificate is shown with it.
        let is_other = |item: &SetItem| {
            let kind = item.kind.as_ref();
            ["other", "private-key", "encrypted-private-key", "csr"].contains(&kind)
                && item.certificate_file.is_none()
        };
        checked.items(is_other).into_iter().map(|item| item.name).collect::<Vec<_>>()
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
        <Working checked=checked/>
        <Together checked=checked/>
        <Show when=move || !others.with(Vec::is_empty)><p class="note">{not_read.clone()}</p></Show>
        <Show when=move || !rows.with(Vec::is_empty) fallback=move || ui! { <p class="hint">{tr(fleet::EMPTY)}</p> }>
            <div class="table-scroll" tabindex="0" role="region" aria-label=tr(fleet::CAPTION)>
                <table>
                    <caption>{tr(fleet::CAPTION)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr(fleet::EXPIRY)}</th>
                            <th scope="col">{tr(fleet::NAME)}</th>
                            <th scope="col">{tr(fleet::STATE)}</th>
                            <th scope="col">{tr(fleet::STRUCTURE)}</th>
                            <th scope="col">{tr(fleet::PRODUCT)}</th>
                            <th scope="col">{tr(fleet::FILE)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || rows.get().into_iter().filter_map(|item| table_row(session, item)).collect::<Vec<_>>()}</tbody>
                </table>
            </div>
            <p class="hint">{tr(fleet::LEGEND)}</p>
            <p class="actions"><button type="button" class="button" on:click=move |_| session.fleet.set(Vec::new())>{tr(fleet::CLEAR)}</button></p>
        </Show>
    }
}

fn table_row(session: Session, item: SetItem) -> Option<AnyView> {
    let CheckReport { certificate: summary, verdict, .. } = item.report?;
    let (icon, word) = match verdict.as_ref() {
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
    let file_name = item.name.clone();
    let wanted: Vec<String> = [Some(item.name), item.key_file, item.csr_file].into_iter().flatten().collect();
    let open = move |_| {
        let files = session.fleet.with_untracked(|all| {
            all.iter().filter(|file| wanted.contains(&file.name)).cloned().collect::<Vec<_>>()
        });
        session.files.set(files);
        session.go(Screen::Check);
    };
    let product = summary.product.as_ref().map(|product| product.replacen('_', " ", 1));
    let row = ui! {
        <tr data-verdict=verdict.to_string()>
            <td>{date}<br/><small>{left}</small></td>
            <td><code>{name}</code></td>
            <td><span class=format!("state {icon}")><Icon name=icon/>{tr(word)}{test.then_some(" (TEST)")}</span>
                <button type="button" class="link" aria-label=open_label on:click=open>{tr(fleet::OPEN)}</button></td>
            <td>{summary.organization}</td>
            <td>{product}</td>
            <td>{file_name}</td>
        </tr>
    };
    Some(row.into_any())
}

fn vocabulary_date(session: Session, at: Timestamp) -> String {
    DATE.with(session.locale.get(), &[fact("date", at)])
}

/// A date alone, written in full in each language.
const DATE: messages::Text = messages::Text { fr: "{date}", en: "{date}" };

//! The kit that was made: its archive, the files and the commands of the machine, the alarm, the evidence.

use std::sync::Arc;

use estampille::contract::{Kit, KitFile, TargetGuide};
use leptos::prelude::*;
use messages::page::{check, common, finish, finish_ready as texts};

use super::{Made, Work};
use crate::{
    calls,
    components::{EvidenceSheet, Findings, Icon, Show, TextBlock, Tools},
    session::{fact, session, tr, tr_with},
};

#[component]
pub(super) fn Ready(work: Work, made: Made) -> impl IntoView {
    let session = session();
    let kit = StoredValue::new(made.kit.clone());
    let guide = Memo::new(move |_| {
        let target = work.target.get()?;
        kit.with_value(|kit| calls::guide(session.locale.get(), &target, &kit.facts))
    });
    let name = format!("{}.zip", made.kit.facts.file_stem);
    let zip = {
        let name = name.clone();
        move |_| {
            if kit.with_value(|kit| calls::save(&name, &kit.zip.0)) {
                session.say(
                    texts::ZIP_SAVED.with(session.locale.get_untracked(), &[fact("name", name.clone())]),
                );
            }
        }
    };
    let saved = RwSignal::new(false);
    let alarm = move |_| {
        let summary = work.pair.with_value(|pair| pair.summary.clone());
        saved.set(calls::save_calendar(session.locale.get_untracked(), &[summary]));
    };
    let other = Memo::new(move |_| guide.with(|guide| guide.as_ref().is_some_and(|g| g.other_profile)));
    let machine = move || {
        let title = guide.with(|guide| guide.as_ref().map(|g| g.choice.title.clone()).unwrap_or_default());
        vec![fact("machine", title)]
    };
    let other_said = tr_with(texts::OTHER_PROFILE, machine);
    let files_title = tr_with(texts::FILES, machine);
    let commands_title = tr_with(texts::COMMANDS, machine);
    ui! {
        <section class="kit-ready">
            <h2 id="kit-pret" tabindex="-1">{tr(texts::TITLE)}</h2>
            <Findings findings=Signal::stored(made.kit.findings.clone())/>
            <Show when=move || other.get()><p class="note">{other_said.clone()}</p></Show>
            <div class="save-file">
                <p class="file-name"><code>{name}</code></p>
                <button type="button" class="button primary" on:click=zip>{tr(texts::SAVE_ZIP)}</button>
                <p class="hint">{tr(texts::ZIP_HINT)}</p>
            </div>
            <p class="note keep"><Icon name="warning"/>{tr(texts::KEEP)}</p>
            <h3>{files_title}</h3>
            <ul class="kit-files">
                {move || guide.get().map(|guide| guide.files.into_iter().map(|file| ui! { <File kit=kit.get_value() file=file/> }).collect::<Vec<_>>())}
            </ul>
            <section class="commands">
                <h2>{commands_title}</h2>
                {move || guide.get().map(|TargetGuide { notes, tools, .. }| ui! {
                    <ul class="kit-notes">{notes.into_iter().map(|note| ui! { <li>{note}</li> }).collect::<Vec<_>>()}</ul>
                    <Tools tools=tools/>
                })}
            </section>
            <section class="afterwards">
                <h2>{tr(finish::AFTERWARDS)}</h2>
                <p>{tr(finish::ALARM_MEANS)}</p>
                <p class="actions no-print"><button type="button" class="button" on:click=alarm>{tr(check::ALARM)}</button></p>
                <p class="hint" role="status">{move || saved.get().then(|| tr(check::ALARM_SAVED)())}</p>
                {made.check.map(|check| ui! { <EvidenceSheet check=check/> })}
            </section>
        </section>
    }
}

/// One file, to be saved by itself; also as text where it is one.
#[component]
fn File(kit: Arc<Kit>, file: KitFile) -> impl IntoView {
    let content = calls::kit_content(&kit, &file);
    let text = (file.role != "pkcs12").then(|| String::from_utf8(content.clone()).ok()).flatten();
    let name = file.name.clone();
    let save = move |_| {
        calls::save(&name, &content);
    };
    let label = tr_with(texts::SAVE_FILE, {
        let name = file.name.clone();
        move || vec![fact("name", name.clone())]
    });
    ui! {
        <li data-role=file.role.into_owned()>
            <p class="file-line">
                <span><code>{file.name.clone()}</code>{file.secret.then(|| ui! { " "<span class="tag">{tr(texts::SECRET)}</span> })}</span>
                <button type="button" class="button quiet" on:click=save aria-label=label>{tr(texts::SAVE)}</button>
            </p>
            <p class="hint">{file.purpose}</p>
            {text.map(|text| ui! {
                <details class="as-text">
                    <summary>{tr(common::AS_TEXT)}</summary>
                    <TextBlock text=Signal::stored(text) name=Signal::stored(file.name)/>
                </details>
            })}
        </li>
    }
}

//! No key at hand: drop it, or bring the certificate to the server that kept it.

use estampille::contract::{ChainFile, Finding};
use leptos::prelude::*;
use messages::page::{check, commands, finish_there as texts};

use super::Work;
use crate::{
    calls,
    components::{Choice, DropZone, FindingItem, Show, Tools},
    pages::set::Checked,
    screen::Screen,
    session::{DroppedFile, fact, session, text, tr, tr_with},
};

#[component]
pub(super) fn KeyAbsent(work: Work, checked: Checked) -> impl IntoView {
    let session = session();
    let stayed = RwSignal::new(None::<bool>);
    let tool = RwSignal::new("openssl".to_owned());
    // The key that is there is another certificate's.
    let mismatch = Memo::new(move |_| {
        checked.report.with(|report| {
            let report = report.as_ref()?;
            let item = work.item_of(&report.items)?;
            let fits = |f: &&Finding| f.code == "key-matches-private-key" && f.severity == "error";
            report.findings_of(&item).find(fits).cloned()
        })
    });
    let take = move |files: Vec<DroppedFile>| work.add(files);
    let files =
        Memo::new(move |_| work.chain.get().and_then(Result::ok).map(|r| r.files).unwrap_or_default());
    let guides = move || {
        let authorities: Vec<_> =
            files.with(|files| files.iter().map(|file| file.authority.clone()).collect());
        let summary = work.pair.with_value(|pair| pair.summary.clone());
        calls::on_server(session.locale.get(), &summary, &authorities)
    };
    ui! {
        <section class="key-absent">
            <h2>{tr(texts::TITLE)}</h2>
            {move || mismatch.get().map(|finding| ui! { <FindingItem finding=finding/> })}
            <fieldset class="choices">
                <legend>{tr(texts::WHERE)}</legend>
                <Choice kind="radio" group="cle-ou" label=text(texts::HERE) means=text(texts::HERE_MEANS)
                    checked=Signal::derive(move || stayed.get() == Some(false)) on_change=move |_| stayed.set(Some(false))/>
                <Choice kind="radio" group="cle-ou" label=text(texts::STAYED) means=text(texts::STAYED_MEANS)
                    checked=Signal::derive(move || stayed.get() == Some(true)) on_change=move |_| stayed.set(Some(true))/>
            </fieldset>
            <Show when=move || stayed.get() == Some(false)>
                <DropZone id="cle-absente" label=texts::DROP many=true on_files=take/>
            </Show>
            <Show when=move || stayed.get() == Some(true)>
                <p>{tr(texts::LEAD)}</p>
                <Show when=move || !files.with(Vec::is_empty)>
                    <h3>{tr(texts::CHAIN_FILES)}</h3>
                    <ul class="kit-files">{move || files.get().into_iter().map(chain_file).collect::<Vec<_>>()}</ul>
                </Show>
                <fieldset class="choices inline">
                    <legend>{tr(commands::TOOL)}</legend>
                    {move || guides().into_iter().map(|guide| {
                        let word = guide.tool.into_owned();
                        let is_it = Signal::derive({ let word = word.clone(); move || tool.get() == word });
                        ui! {
                            <Choice kind="radio" group="outil-du-serveur" label=Signal::stored(guide.title) checked=is_it
                                on_change=move |_| tool.set(word.clone())/>
                        }
                    }).collect::<Vec<_>>()}
                </fieldset>
                {move || {
                    let chosen = guides().into_iter().filter(|guide| tool.get() == guide.tool).collect::<Vec<_>>();
                    ui! { <Tools tools=chosen/> }
                }}
            </Show>
            <p><button type="button" class="link" on:click=move |_| session.go(Screen::LostKey)>{tr(check::LOST_KEY)}</button></p>
        </section>
    }
}

fn chain_file(file: ChainFile) -> impl IntoView {
    let name = file.authority.file_name.clone();
    let label = tr_with(messages::page::finish_ready::SAVE_FILE, {
        let name = name.clone();
        move || vec![fact("name", name.clone())]
    });
    let shown = name.clone();
    let save = move |_| {
        calls::save(&name, &file.der.0);
    };
    ui! {
        <li>
            <p class="file-line">
                <span><code>{shown}</code></span>
                <button type="button" class="button quiet" on:click=save aria-label=label>{tr(messages::page::finish_ready::SAVE)}</button>
            </p>
            <p class="hint">{file.authority.name}</p>
        </li>
    }
}

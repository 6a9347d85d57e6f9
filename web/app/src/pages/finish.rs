//! Finaliser: which machine reads the certificate, the files it needs, what to do there.

mod chain;
mod form;
mod ready;
mod there;

use std::sync::Arc;

use estampille::contract::{ChainReport, EvidenceInput, Kit, SetItem};
use leptos::prelude::*;
use messages::{
    Rendered,
    page::{common, finish},
};
use vocabulary::Timestamp;

use super::set::{Checked, is_locked};
use crate::{
    calls,
    components::{Choice, Heading, PassportCard, Refused, Show},
    screen::Screen,
    session::{DroppedFile, Installing, Session, fact, session, text, tr, tr_with},
};

use chain::Chain;
use form::Form;
use ready::Ready;
use there::KeyAbsent;

/// Finaliser.
#[component]
pub(crate) fn Finish() -> impl IntoView {
    let session = session();
    ui! {
        <Heading text=text(finish::TITLE)/>
        <p class="lead">{tr(finish::LEAD)}</p>
        {move || match session.installing.get() {
            Some(pair) => ui! { <Install pair=Arc::new(pair)/> },
            None => ui! {
                <p>{tr(finish::NOTHING)}</p>
                <p class="actions">
                    <button type="button" class="button primary" on:click=move |_| session.go(Screen::Check)>{tr(finish::TO_CHECK)}</button>
                </p>
            },
        }}
    }
}

/// What is known and made for one certificate.
#[derive(Clone, Copy)]
struct Work {
    session: Session,
    pair: StoredValue<Arc<Installing>>,
    /// Everything at hand: the certificate, its key, what lay beside, what was dropped here.
    files: RwSignal<Vec<DroppedFile>>,
    /// The word of the machine.
    target: RwSignal<Option<String>>,
    /// What is known of the chain.
    chain: RwSignal<Option<Result<ChainReport, Rendered>>>,
    /// The passphrase of the key, as typed: it stays while it has not been used.
    opening: RwSignal<String>,
    /// The passphrase of the kit, as typed.
    protecting: RwSignal<String>,
    /// The name to be shown, as typed.
    name: RwSignal<String>,
    /// The kit, with the report on the certificate at the time it was made.
    made: RwSignal<Option<Made>>,
}

/// A kit that was made.
#[derive(Clone)]
struct Made {
    kit: Arc<Kit>,
    /// What was checked then.
    check: Option<EvidenceInput>,
}

/// Where the key is, as far as the files tell without any passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
enum KeyPlace {
    /// The files have not been looked at yet.
    Unknown,
    /// In this file, in clear.
    Open(String),
    /// In one of these, under a passphrase.
    Locked(Vec<String>),
    /// In none of them.
    Absent,
}

impl Work {
    /// The file with this name.
    fn file(self, name: &str) -> Option<DroppedFile> {
        self.files.with_untracked(|files| files.iter().find(|file| file.name == name).cloned())
    }

    /// Adds files; one of a name that is there takes its place.
    fn add(self, mut files: Vec<DroppedFile>) {
        let own = self.certificate();
        for file in &mut files {
            // The certificate's own place is never taken.
            if file.name == own.name && file.content != own.content {
                file.name.push_str(" (2)");
            }
        }
        let _ = self.files.try_update(|all| {
            all.retain(|old| !files.iter().any(|new| new.name == old.name));
            all.extend(files);
        });
    }

    fn certificate(self) -> DroppedFile {
        self.pair.with_value(|pair| pair.certificate.clone())
    }

    /// The item of the certificate that is installed.
    fn item_of(self, items: &[SetItem]) -> Option<SetItem> {
        let wanted = self.pair.with_value(|pair| pair.summary.sha256.clone());
        let fits = |item: &&SetItem| item.report.as_ref().is_some_and(|r| r.certificate.sha256 == wanted);
        items.iter().find(fits).cloned()
    }

    fn key_place(self, items: &[SetItem]) -> KeyPlace {
        if let Some(file) = self.item_of(items).and_then(|item| item.key_file) {
            return KeyPlace::Open(file);
        }
        let mut locked: Vec<String> =
            items.iter().filter(|item| is_locked(item)).map(|item| item.name.clone()).collect();
        // The one that Vérifier found first.
        let known = self.pair.with_value(|pair| pair.key.as_ref().map(|key| key.name.clone()));
        locked.sort_by_key(|name| Some(name) != known.as_ref());
        locked.dedup();
        if locked.is_empty() { KeyPlace::Absent } else { KeyPlace::Locked(locked) }
    }
}

#[component]
fn Install(pair: Arc<Installing>) -> impl IntoView {
    let session = session();
    let all = [Some(pair.certificate.clone()), pair.key.clone().filter(|key| *key != pair.certificate)];
    let all: Vec<DroppedFile> = all.into_iter().flatten().chain(pair.beside.iter().cloned()).collect();
    let work = Work {
        session,
        pair: StoredValue::new(pair.clone()),
        files: RwSignal::new(all),
        target: RwSignal::new(None),
        chain: RwSignal::new(None),
        opening: RwSignal::new(String::new()),
        protecting: RwSignal::new(String::new()),
        name: RwSignal::new(String::new()),
        made: RwSignal::new(None),
    };
    let checked = Checked::follow(session, work.files, RwSignal::new(Vec::new()), |_| {});
    let key = Memo::new(move |_| {
        checked.report.with(|report| match report {
            None => KeyPlace::Unknown,
            Some(report) => work.key_place(&report.items),
        })
    });
    // What Vérifier said is not forgotten here.
    let refusal = move || {
        let items = checked.items(|item| item.report.is_some());
        let report = work.item_of(&items)?.report.filter(|report| report.verdict == "fail")?;
        Some(Rendered { title: report.headline, detail: None, action: None })
    };
    follow_chain(work, checked);
    chain::take_arrived(work);
    let summary = &pair.summary;
    let (product, name) = (
        summary.product.as_ref().map(|product| product.replacen('_', " ", 1)).unwrap_or_default(),
        summary.common_name.clone().unwrap_or_else(|| summary.subject_rfc4514.clone()),
    );
    let until = Timestamp::parse(&summary.not_after);
    let until = tr_with(finish::UNTIL, move || until.map(|at| fact("until", at)).into_iter().collect());
    let targets = move || {
        let choices = calls::targets(session.locale.get()).into_iter();
        choices
            .map(|choice| {
                let word = choice.target.to_string();
                let is_it = Signal::derive({
                    let word = word.clone();
                    move || work.target.with(|target| target.as_deref() == Some(word.as_str()))
                });
                ui! {
                    <Choice kind="radio" group="machine" label=Signal::stored(choice.title) means=Signal::stored(choice.hint)
                        checked=is_it on_change=move |_| work.target.set(Some(word.clone()))/>
                }
            })
            .collect::<Vec<_>>()
    };
    let sha256 = summary.sha256.clone();
    let certificate = pair.certificate.clone();
    ui! {
        <section class="certificate">
            <p class="certificate-head"><strong>{name}</strong>" "<span class="product">{product}</span></p>
            <p class="hint">{until}" · "<code>{pair.certificate.name.clone()}</code></p>
            <PassportCard certificate=certificate sha256=sha256/>
        </section>
        {move || refusal().map(|problem| ui! { <Refused problem=problem/> })}
        <fieldset class="choices">
            <legend>{tr(finish::WHICH)}</legend>
            {targets}
        </fieldset>
        <Show when=move || work.target.with(Option::is_some)>
            <Chain work=work/>
            {move || checked.problem.get().map(|problem| ui! { <Refused problem=problem/> })}
            {move || match key.get() {
                KeyPlace::Unknown => ui! { <p class="hint" role="status">{tr(common::WORKING)}</p> },
                KeyPlace::Absent => ui! { <KeyAbsent work=work checked=checked/> },
                KeyPlace::Open(file) => ui! { <Form work=work keys=vec![file] locked=false/> },
                KeyPlace::Locked(files) => ui! { <Form work=work keys=files locked=true/> },
            }}
        </Show>
        {move || work.made.get().map(|made| ui! { <Ready work=work made=made/> })}
    }
}

/// Keeps what is known of the chain in step with the files at hand.
fn follow_chain(work: Work, checked: Checked) {
    let session = work.session;
    let beside = Memo::new(move |_| {
        let names: Vec<String> =
            checked.items(|item| item.kind == "authority").into_iter().map(|item| item.name).collect();
        let own = work.pair.with_value(|pair| pair.certificate.name.clone());
        let all = work.files.get().into_iter();
        all.filter(|file| file.name != own && names.contains(&file.name)).collect::<Vec<_>>()
    });
    let run = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let mut files = session.chain.get();
        files.extend(beside.get());
        session.locale.track();
        run.update_value(|run| *run = run.wrapping_add(1));
        let this_run = run.get_value();
        let certificate = work.certificate();
        session.surface.spawn(async move {
            let found = calls::chain_of(session, &certificate, &files).await;
            if run.try_get_value() == Some(this_run) {
                work.chain.try_set(Some(found));
            }
        });
    });
}

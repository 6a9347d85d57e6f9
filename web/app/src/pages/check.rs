//! Vérifier: files dropped, named, and the certificate checked with what came beside it.

mod report;

use std::sync::Arc;

use estampille::{
    contract::{CheckInput, CheckReport, CsrReport, FileInput, Secret},
    files::{self, FileKind},
};
use leptos::{prelude::*, task::spawn_local};
use messages::{
    Rendered, Text,
    page::{check, common},
};

use crate::{
    calls,
    components::{DropZone, Findings, Heading, Icon, Show},
    frame::focus_heading,
    screen::Screen,
    session::{DroppedFile, Session, fact, session, text, tr, tr_with},
};

use report::Report;

/// What checking the dropped files gave.
#[derive(Clone)]
enum Outcome {
    /// A certificate, by the name of its file.
    Certificate(String, Arc<CheckReport>),
    /// A request, when there is no certificate to hold it against.
    Request(String, Arc<CsrReport>),
    /// It could not be done.
    Refused(String, Rendered),
}

/// Checked one by one on this screen; the estate's takes more.
const MOST_FILES: usize = 20;

/// Vérifier.
#[component]
pub(crate) fn Check() -> impl IntoView {
    let session = session();
    let passphrase = RwSignal::new(String::new());
    let outcomes = RwSignal::new(Vec::<Outcome>::new());
    let working = RwSignal::new(false);
    let kinds = Memo::new(move |_| {
        session.files.with(|all| {
            all.iter().map(|file| (file.name.clone(), files::kind(&file.content))).collect::<Vec<_>>()
        })
    });
    let encrypted = Memo::new(move |_| {
        kinds.with(|kinds| {
            kinds
                .iter()
                .find(|(_, kind)| *kind == FileKind::EncryptedPrivateKey)
                .map(|(name, _)| name.clone())
        })
    });
    // A newer run makes an older one's answer worthless.
    let run = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let all = session.files.get();
        let secret = passphrase.get();
        let locale = session.locale.get();
        run.update_value(|run| *run = run.wrapping_add(1));
        let this_run = run.get_value();
        if all.len() > MOST_FILES {
            outcomes.set(Vec::new());
            working.set(false);
            return;
        }
        working.set(!all.is_empty());
        spawn_local(async move {
            let found = check_all(session, locale, &all, &secret).await;
            if run.try_get_value() == Some(this_run) {
                if let Some(Outcome::Certificate(_, report)) = found.first() {
                    session.say(report.headline.clone());
                }
                outcomes.try_set(found);
                working.try_set(false);
            }
        });
    });
    let clear = move |_| {
        passphrase.set(String::new());
        session.files.set(Vec::new());
        focus_heading();
    };
    let many = move || kinds.with(Vec::len) > MOST_FILES;
    let to_fleet = move |_| {
        session.fleet.set(session.files.get_untracked());
        session.files.set(Vec::new());
        session.go(Screen::Fleet);
    };
    let take = move |files: Vec<DroppedFile>| session.files.update(|all| all.extend(files));
    let hint =
        tr_with(check::PASSPHRASE_HINT, move || vec![fact("name", encrypted.get().unwrap_or_default())]);
    let certificates =
        move || outcomes.with(|all| all.iter().filter(|o| matches!(o, Outcome::Certificate(..))).count());
    let several_found = move || certificates() > 1;
    let several = tr_with(check::SEVERAL, move || vec![fact("count", certificates())]);
    ui! {
        <Heading text=text(check::TITLE)/>
        <p class="lead">{tr(check::LEAD)}</p>
        <DropZone id="fichiers" label=check::DROP many=true
            on_files=take/>
        <Show when=many>
            <p class="note">{tr(check::TOO_MANY)}
                " "<button type="button" class="link" on:click=to_fleet>{tr(check::TO_FLEET)}</button></p>
        </Show>
        <Show when=move || !kinds.with(Vec::is_empty) && !many()>
            <section class="dropped">
                <h2>{tr(check::FILES)}</h2>
                <ul>
                    {move || (0..).zip(kinds.get()).map(|(index, (name, kind))| file_item(session, index, name, kind)).collect::<Vec<_>>()}
                </ul>
            </section>
        </Show>
        <Show when=move || encrypted.with(Option::is_some)>
            <div class="field">
                <label for="phrase-cle">{tr(check::PASSPHRASE)}</label>
                <p class="hint" id="phrase-cle-aide">{hint.clone()}</p>
                <input id="phrase-cle" type="password" autocomplete="off" aria-describedby="phrase-cle-aide"
                    prop:value=move || passphrase.get()
                    on:change:target=move |event| passphrase.set(event.target().value())/>
            </div>
        </Show>
        <Show when=move || working.get()><p class="hint" role="status">{tr(common::WORKING)}</p></Show>
        <Show when=move || several_found()><p class="hint">{several.clone()}</p></Show>
        {move || outcomes.get().into_iter().map(|outcome| match outcome {
            Outcome::Certificate(name, report) => ui! { <Report name=name report=report/> }.into_any(),
            Outcome::Request(name, report) => ui! { <RequestReport name=name report=report/> }.into_any(),
            Outcome::Refused(name, problem) => refused(name, problem).into_any(),
        }).collect::<Vec<_>>()}
        <Show when=move || !kinds.with(Vec::is_empty)>
            <p class="actions no-print">
                <button type="button" class="button" on:click=clear>{tr(check::AGAIN)}</button>
            </p>
        </Show>
    }
}

fn file_item(session: Session, index: usize, name: String, kind: FileKind) -> impl IntoView {
    let sentence = tr_with(check::OTHER_KIND, {
        let name = name.clone();
        move || vec![fact("name", name.clone()), fact("kind", kind_text(kind).get(session.locale.get()))]
    });
    let forget_label = tr_with(check::FORGET, move || vec![fact("name", name.clone())]);
    let forget = move |_| {
        session.files.update(|all| {
            if index < all.len() {
                all.remove(index);
            }
        });
    };
    let help = kind_help(kind);
    let read = matches!(
        kind,
        FileKind::Certificate | FileKind::Request | FileKind::PrivateKey | FileKind::EncryptedPrivateKey
    );
    ui! {
        <li class:unknown=!read>
            <span><Icon name=if read { "ok" } else { "warning" }/>{sentence}</span>
            <button type="button" class="button quiet" on:click=forget aria-label=forget_label>"×"</button>
            {help.map(|help| ui! { <p class="hint">{tr(help)}</p> })}
        </li>
    }
}

const fn kind_text(kind: FileKind) -> Text {
    match kind {
        FileKind::Certificate => check::KIND_CERTIFICATE,
        FileKind::Request => check::KIND_CSR,
        FileKind::PrivateKey => check::KIND_KEY,
        FileKind::EncryptedPrivateKey => check::KIND_ENCRYPTED_KEY,
        FileKind::RevocationList => check::KIND_CRL,
        FileKind::Pkcs12 => check::KIND_PKCS12,
        FileKind::Pkcs7 => check::KIND_PKCS7,
        FileKind::JavaKeystore => check::KIND_JKS,
        FileKind::BrokenPem => check::KIND_BROKEN,
        FileKind::Html => check::KIND_HTML,
        FileKind::Pdf => check::KIND_PDF,
        FileKind::Zip => check::KIND_ZIP,
        FileKind::Empty => check::KIND_EMPTY,
        FileKind::Unknown => check::KIND_UNKNOWN,
    }
}

/// What to do with a file that is not checked here, or of which care must be taken.
const fn kind_help(kind: FileKind) -> Option<Text> {
    match kind {
        FileKind::Certificate => None,
        FileKind::Request => Some(check::HELP_CSR),
        FileKind::PrivateKey | FileKind::EncryptedPrivateKey => Some(check::HELP_KEY),
        FileKind::RevocationList => Some(check::HELP_CRL),
        FileKind::Pkcs12 => Some(check::HELP_PKCS12),
        FileKind::Pkcs7 => Some(check::HELP_PKCS7),
        FileKind::JavaKeystore => Some(check::HELP_JKS),
        FileKind::BrokenPem => Some(check::HELP_BROKEN),
        FileKind::Html => Some(check::HELP_HTML),
        FileKind::Pdf | FileKind::Unknown => Some(check::UNKNOWN_HELP),
        FileKind::Zip => Some(check::HELP_ZIP),
        FileKind::Empty => Some(check::HELP_EMPTY),
    }
}

#[component]
fn RequestReport(name: String, report: Arc<CsrReport>) -> impl IntoView {
    ui! {
        <section class="report">
            <h2>{tr(check::CSR_REPORT)}" : "{name}</h2>
            <p><code class="dn">{report.subject_rfc4514.clone()}</code></p>
            <Findings findings=Signal::stored(report.findings.clone())/>
        </section>
    }
}

fn refused(name: String, problem: Rendered) -> impl IntoView {
    ui! {
        <section class="report">
            <h2>{name}</h2>
            <div class="finding error" role="alert">
                <p class="finding-title"><Icon name="error"/>{problem.title}</p>
                {problem.detail.map(|detail| ui! { <p class="finding-detail">{detail}</p> })}
                {problem.action.map(|action| ui! { <p class="finding-action">{action}</p> })}
            </div>
        </section>
    }
}

/// Checks each certificate with the key and request that came beside it, or that were made here.
async fn check_all(
    session: Session,
    locale: messages::Locale,
    all: &[DroppedFile],
    passphrase: &str,
) -> Vec<Outcome> {
    let of_kind = |wanted: &[FileKind]| {
        all.iter().filter(|file| wanted.contains(&files::kind(&file.content))).collect::<Vec<_>>()
    };
    let certificates = of_kind(&[FileKind::Certificate]);
    let requests = of_kind(&[FileKind::Request]);
    let keys = of_kind(&[FileKind::PrivateKey, FileKind::EncryptedPrivateKey]);
    let mut outcomes = Vec::new();
    for file in &certificates {
        let content = &file.content;
        let input = CheckInput {
            certificate: Some(content.clone()),
            chain: Some(
                certificates
                    .iter()
                    .filter(|other| other.name != file.name)
                    .map(|f| f.content.clone())
                    .collect(),
            ),
            private_key: files::matching_key(content, keys.iter().map(|key| &key.content))
                // Before the passphrase is typed, nothing can be said of the key.
                .filter(|key| !passphrase.is_empty() || files::kind(key) != FileKind::EncryptedPrivateKey)
                .cloned(),
            passphrase: (!passphrase.is_empty()).then(|| Secret::new(passphrase.to_owned())),
            ..beside(session, content, &requests)
        };
        outcomes.push(match calls::check_certificate(locale, input).await {
            Ok(report) => Outcome::Certificate(file.name.clone(), Arc::new(report)),
            Err(problem) => Outcome::Refused(file.name.clone(), problem),
        });
    }
    if certificates.is_empty() {
        for file in requests {
            outcomes.push(match calls::read_request(locale, file.content.clone()).await {
                Ok(report) => Outcome::Request(file.name.clone(), Arc::new(report)),
                Err(problem) => Outcome::Refused(file.name.clone(), problem),
            });
        }
    }
    outcomes
}

/// The request and the expectation for a certificate: those prepared here when its key was made here, else what came
/// with it.
fn beside(session: Session, certificate: &FileInput, requests: &[&DroppedFile]) -> CheckInput {
    let dropped =
        files::matching_request(certificate, requests.iter().map(|request| &request.content)).cloned();
    // Made here for this key; else for this name and this structure, and then the key is another, which is told.
    let borne = files::bearer_of(certificate);
    let prepared = session.orders.with_untracked(|orders| {
        let made = orders.values().filter_map(|order| {
            let planned = order.planned.clone()?;
            let named = borne.as_ref().is_some_and(|(name, id)| {
                *name == order.common_name && Some(id) == planned.structure_id.as_ref()
            });
            Some((FileInput::new(order.csr_pem.clone()?.into_bytes()), planned, named))
        });
        let made: Vec<_> = made.collect();
        let of_key = made.iter().find(|(csr, _, _)| files::is_for(certificate, csr));
        of_key
            .or_else(|| made.iter().find(|(_, _, named)| *named))
            .map(|(csr, planned, _)| (csr.clone(), planned.clone()))
    });
    match prepared {
        Some((csr, planned)) => CheckInput {
            csr: Some(dropped.unwrap_or(csr)),
            expected: Some(calls::expected(session, &planned)),
            ..CheckInput::default()
        },
        None => CheckInput { csr: dropped, ..CheckInput::default() },
    }
}

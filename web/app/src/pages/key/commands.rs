use std::sync::Arc;

use estampille::{
    contract::{CsrReport, PlannedCertificate},
    request::Tools,
};
use leptos::prelude::*;
use messages::{Rendered, page::commands};

use crate::{
    calls,
    components::{Choice, DropZone, Findings, Refused, TextBlock},
    screen::Screen,
    session::{DroppedFile, fact, session, text, tr, tr_with},
};

/// The tools found on servers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tool {
    Openssl,
    Certreq,
    Keytool,
}

/// The commands that make the same request on the server, and the check of what they made.
#[component]
pub(super) fn Commands(certificate: StoredValue<Arc<PlannedCertificate>>) -> impl IntoView {
    let session = session();
    let tool = RwSignal::new(Tool::Openssl);
    let order = Memo::new(move |_| calls::OrderKey::of(&session.order(&certificate.get_value())));
    let commands = Memo::new(move |_| {
        order.track();
        calls::server_commands(&certificate.get_value(), &session.order(&certificate.get_value()))
    });
    let block = move |name: String, text: String| {
        let named = tr_with(commands::FILE, move || vec![fact("name", name.clone())]);
        ui! { <TextBlock text=Signal::stored(text) name=Signal::derive(named)/> }
    };
    let said = move |error: &vocabulary::Error| {
        let problem = messages::error(session.locale.get(), error);
        ui! { <Refused problem=problem/> }
    };
    let run = move |commands: String| {
        ui! { <TextBlock text=Signal::stored(commands) name=text(commands::RUN)/> }
    };
    ui! {
        <section>
            <h2>{tr(commands::TITLE)}</h2>
            <p class="hint">{tr(commands::LEAD)}</p>
            <fieldset class="choices inline">
                <legend>{tr(commands::TOOL)}</legend>
                {[(Tool::Openssl, commands::OPENSSL), (Tool::Certreq, commands::CERTREQ), (Tool::Keytool, commands::KEYTOOL)]
                    .map(|(each, label)| ui! {
                        <Choice kind="radio" group="outil" label=text(label) checked=Signal::derive(move || tool.get() == each)
                            on_change=move |_| tool.set(each)/>
                    })}
            </fieldset>
            {move || match commands.get() {
                Err(error) => said(&error).into_any(),
                Ok(Tools { file_stem, openssl, certreq, keytool }) => match tool.get() {
                    Tool::Openssl => match openssl {
                        Ok(made) => ui! {
                            <p>{tr(commands::OPENSSL_NOTE)}</p>
                            {block(format!("{file_stem}.cnf"), made.config)}
                            {run(made.commands)}
                        }.into_any(),
                        Err(error) => said(&error).into_any(),
                    },
                    Tool::Certreq => match certreq {
                        Ok(made) => ui! {
                            <p>{tr(commands::CERTREQ_NOTE)}</p>
                            {block(format!("{file_stem}.inf"), made.inf)}
                            {run(made.commands)}
                        }.into_any(),
                        Err(error) => said(&error).into_any(),
                    },
                    Tool::Keytool => match keytool {
                        Ok(made) => ui! {
                            <p>{tr(commands::KEYTOOL_NOTE)}</p>
                            {run(made.commands)}
                        }.into_any(),
                        Err(error) => said(&error).into_any(),
                    },
                },
            }}
        </section>
        <Inspection certificate=certificate/>
    }
}

/// Checks the request that the server's tool made.
#[component]
fn Inspection(certificate: StoredValue<Arc<PlannedCertificate>>) -> impl IntoView {
    let session = session();
    let report = RwSignal::new(None::<Result<CsrReport, Rendered>>);
    let inspect = move |files: Vec<DroppedFile>| {
        let Some(file) = files.into_iter().next() else { return };
        let planned = certificate.get_value();
        session.surface.spawn(async move {
            let locale = session.locale.get_untracked();
            let order = session.order(&planned);
            let found = match &order.renews {
                // An old key is refused before anything else is said of the request.
                Some(old) => calls::check_new_key(session, &old.certificate.content, &file.content).await,
                None => Ok(()),
            };
            let found = match found {
                Ok(()) => calls::inspect_request(session, file.content.clone(), &planned, &order).await,
                Err(problem) => Err(problem),
            };
            match &found {
                Ok(found) if found.verdict != "fail" => {
                    let pem = String::from_utf8_lossy(file.content.as_bytes()).into_owned();
                    session.update_order(&planned, |order| {
                        order.csr_pem = pem.contains("-----BEGIN").then_some(pem)
                    });
                    session.say(commands::GOOD.get(locale));
                }
                Ok(found) => session.say(found.findings.first().map(|f| f.title.clone()).unwrap_or_default()),
                Err(problem) => session.say(problem.title.clone()),
            }
            report.try_set(Some(found));
        });
    };
    let to_platform = move |_| session.go(Screen::Platform(certificate.get_value()));
    ui! {
        <section>
            <h2>{tr(commands::CHECK)}</h2>
            <p class="hint">{tr(commands::CHECK_LEAD)}</p>
            <DropZone id="csr" label=commands::CSR_FILE on_files=inspect/>
            {move || report.get().map(|found| match found {
                Ok(found) => ui! {
                    {(found.verdict != "fail").then(|| ui! { <p class="good">{tr(commands::GOOD)}</p> })}
                    <p><code class="dn">{found.subject_rfc4514.clone()}</code></p>
                    <Findings findings=Signal::stored(found.findings)/>
                }.into_any(),
                Err(problem) => ui! { <Refused problem=problem/> }.into_any(),
            })}
            <p class="actions">
                <button type="button" class="button primary" on:click=to_platform>{tr(commands::TO_PLATFORM)}</button>
            </p>
        </section>
    }
}

use std::sync::Arc;

use estampille::contract::{CsrBundle, FileInput, Finding, PlannedCertificate};
use futures_util::future::{AbortHandle, Aborted, abortable};
use leptos::prelude::*;
use messages::{
    Rendered, Text,
    page::{common, key},
};

use crate::{
    calls,
    components::{
        CopyButton, DropZone, Findings, LongField, NewPassphrase, Refused, SaveFile, Seal, Show, is_accepted,
    },
    screen::Screen,
    session::{DroppedFile, fact, session, text, tr, tr_with},
};

/// The key made in this page: passphrase, key, saved, read back, and only then the request.
#[component]
pub(super) fn Here(
    certificate: StoredValue<Arc<PlannedCertificate>>,
    /// Whether the identity card is complete.
    ready: Signal<bool>,
) -> impl IntoView {
    let session = session();
    let bundle = Memo::new(move |_| BundleRef(session.order(&certificate.get_value()).bundle));
    let kept = Memo::new(move |_| session.order(&certificate.get_value()).kept);
    let abandon = move |_| {
        session.update_order(&certificate.get_value(), |order| {
            order.bundle = None;
            order.kept = false;
            order.csr_pem = None;
            order.handed_out = false;
        });
        session.surface.focus_soon("ici");
    };
    ui! {
        <section class="here">
            <h2 id="ici" tabindex="-1">{tr(key::TITLE)}</h2>
            {move || match bundle.get().0 {
                None => ui! { <Make certificate=certificate ready=ready/> }.into_any(),
                Some(bundle) => ui! {
                    <Show when=move || !kept.get()><p class="good" role="status">{tr(key::MADE)}</p></Show>
                    <Save bundle=bundle.clone()/>
                    <ReadBack certificate=certificate bundle=bundle.clone()/>
                    <Request certificate=certificate bundle=bundle kept=kept/>
                    <details class="why">
                        <summary>{tr(key::AGAIN)}</summary>
                        <p>{tr(key::AGAIN_MEANS)}</p>
                        <button type="button" class="button" on:click=abandon>{tr(key::AGAIN_CONFIRM)}</button>
                    </details>
                }.into_any(),
            }}
        </section>
    }
}

/// Compares bundles by identity: a new key is a new bundle.
#[derive(Clone)]
struct BundleRef(Option<Arc<CsrBundle>>);

impl PartialEq for BundleRef {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        }
    }
}

#[component]
fn Make(certificate: StoredValue<Arc<PlannedCertificate>>, ready: Signal<bool>) -> impl IntoView {
    let session = session();
    let passphrase = RwSignal::new(String::new());
    let working = RwSignal::new(false);
    let failure = RwSignal::new(None::<Rendered>);
    let too_weak = RwSignal::new(false);
    // Dropping the call ends the worker that makes the key.
    let handle = StoredValue::new(None::<AbortHandle>);
    let progress = RwSignal::new(None::<f64>);
    let stop = move |_| {
        if let Some(handle) = handle.get_value() {
            handle.abort();
        }
    };
    let make = move |_| {
        if working.get_untracked() {
            return;
        }
        too_weak.set(!passphrase.with_untracked(|typed| is_accepted(typed)));
        if too_weak.get_untracked() {
            session.surface.focus_soon("phrase");
            return;
        }
        working.set(true);
        failure.set(None);
        let planned = certificate.get_value();
        let secret = passphrase.get_untracked();
        session.surface.spawn(async move {
            // A key is kept for its certificate also when the person looks at something else meanwhile.
            let order = session.order(&planned);
            let (making, abort) =
                abortable(calls::create_request(session, &planned, &order, secret, progress));
            handle.try_set_value(Some(abort));
            match making.await {
                Ok(Ok(bundle)) => {
                    // The words leave the field: from here on only the person has them.
                    passphrase.try_set(String::new());
                    session.update_order(&planned, |order| {
                        order.bundle = Some(Arc::new(bundle));
                        order.kept = false;
                        order.csr_pem = None;
                        order.handed_out = false;
                    });
                    session.say(key::MADE.get(session.locale.get_untracked()));
                    session.surface.focus_soon("garder");
                }
                Ok(Err(problem)) => drop(failure.try_set(Some(problem))),
                Err(Aborted) => session.surface.focus_soon("phrase"),
            }
            working.try_set(false);
        });
    };
    ui! {
        <NewPassphrase id="phrase" label=key::PASSPHRASE hint=key::PASSPHRASE_HINT value=passphrase disabled=working
            problem=Signal::derive(move || if too_weak.get() { tr(key::TOO_WEAK)().to_owned() } else { String::new() })
            on_change=move |()| too_weak.set(false)/>
        <p class="actions">
            <button type="button" class="button primary" disabled=move || working.get() || !ready.get() on:click=make>{tr(key::MAKE)}</button>
        </p>
        <Show when=move || !ready.get()><p class="hint">{tr(key::NOT_READY)}</p></Show>
        <Show when=move || working.get()>
            <div class="working" role="status">
                <p>{tr(key::MAKING)}</p>
                <progress aria-label=tr(key::MAKING) max="1" value=move || progress.get().map(|done| done.to_string())></progress>
                <Show when=calls::is_slow>
                    <p class="hint">{tr(key::MAKING_SLOW)}</p>
                    <button type="button" class="button" on:click=stop>{tr(common::CANCEL)}</button>
                </Show>
            </div>
        </Show>
        {move || failure.get().map(|problem| ui! { <Refused problem=problem/> })}
    }
}

#[component]
fn Save(bundle: Arc<CsrBundle>) -> impl IntoView {
    let session = session();
    let name = format!("{}.key", bundle.file_stem);
    let saved = RwSignal::new(false);
    let file = name.clone();
    let text = Signal::derive(move || bundle.private_key_pem.to_string());
    let said = tr_with(key::SAVED, {
        let name = name.clone();
        move || vec![fact("name", name.clone())]
    });
    let on_saved = {
        let said = said.clone();
        move |()| {
            saved.set(true);
            session.say(said());
        }
    };
    ui! {
        <section>
            <h3 id="garder" tabindex="-1">{tr(key::SAVE_TITLE)}</h3>
            <p>{tr(key::SAVE_LEAD)}</p>
            <SaveFile name=Signal::stored(file) text=text on_saved=Callback::new(on_saved) primary=true/>
            <Show when=move || saved.get()><p class="hint">{said.clone()}</p></Show>
            <p class="hint">{tr(key::WARNING_STAYS)}</p>
        </section>
    }
}

#[component]
fn ReadBack(certificate: StoredValue<Arc<PlannedCertificate>>, bundle: Arc<CsrBundle>) -> impl IntoView {
    let session = session();
    let name = format!("{}.key", bundle.file_stem);
    let expected = StoredValue::new(bundle.public_key_sha256.clone());
    let file = RwSignal::new(None::<DroppedFile>);
    let pasted = RwSignal::new(String::new());
    let passphrase = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Text>);
    let working = RwSignal::new(false);
    let kept = Memo::new(move |_| session.order(&certificate.get_value()).kept);
    let has_file = move || file.with(Option::is_some) || pasted.with(|text| !text.trim().is_empty());
    let verify = move || {
        if !has_file() || working.get_untracked() {
            return;
        }
        let content = file
            .with_untracked(|file| file.as_ref().map(|file| file.content.clone()))
            .unwrap_or_else(|| FileInput::new(pasted.get_untracked().into_bytes()));
        working.set(true);
        problem.set(None);
        let (planned, secret, fingerprint) =
            (certificate.get_value(), passphrase.get_untracked(), expected.get_value());
        session.surface.spawn(async move {
            let answer = calls::read_back(content, secret, fingerprint).await;
            working.try_set(false);
            match answer {
                Ok(()) => {
                    passphrase.try_set(String::new());
                    pasted.try_set(String::new());
                    session.update_order(&planned, |order| {
                        order.kept = true;
                        order.csr_pem = order.bundle.as_ref().map(|bundle| bundle.csr_pem.clone());
                    });
                    session.say(key::VERIFIED.get(session.locale.get_untracked()));
                    session.surface.focus_soon("demande");
                }
                Err(why) => {
                    problem.try_set(Some(why));
                    session.surface.focus_soon("phrase-relue");
                }
            }
        });
    };
    let take = move |files: Vec<DroppedFile>| {
        problem.set(None);
        file.set(files.into_iter().next());
    };
    let sentence =
        move || problem.get().map(|text| text.with(session.locale.get(), &[fact("name", name.clone())]));
    ui! {
        <section>
            <h3>{tr(key::VERIFY_TITLE)}</h3>
            <Show when=move || !kept.get() fallback=move || ui! {
                <p class="good verified"><Seal progress=100 verdict=Signal::stored(Some("pass".into()))/><span>{tr(key::VERIFIED)}</span></p>
            }>
                <p>{tr(key::VERIFY_LEAD)}</p>
                <DropZone id="cle" label=key::FILE
                    on_files=take/>
                {move || file.with(|file| file.as_ref().map(|file| ui! { <p class="file-name"><code>{file.name.clone()}</code></p> }))}
                <details class="as-text">
                    <summary>{tr(key::PASTE)}</summary>
                    <LongField id="cle-texte".to_owned() label=key::PASTE value=pasted on_input=move |typed| { file.set(None); pasted.set(typed); }/>
                </details>
                <div class="field">
                    <label for="phrase-relue">{tr(key::PASSPHRASE)}</label>
                    <input id="phrase-relue" type="password" autocomplete="off" prop:value=move || passphrase.get()
                        on:keydown=move |event| if event.key() == "Enter" { verify() }
                        on:input:target=move |event| passphrase.set(event.target().value())/>
                </div>
                <button type="button" class="button primary" disabled=move || !has_file() || working.get() on:click=move |_| verify()>{tr(key::VERIFY)}</button>
            </Show>
            <p class="problem" role="alert">{sentence}</p>
        </section>
    }
}

#[component]
fn Request(
    certificate: StoredValue<Arc<PlannedCertificate>>,
    bundle: Arc<CsrBundle>,
    kept: Memo<bool>,
) -> impl IntoView {
    let session = session();
    let bundle = StoredValue::new(bundle);
    let handed_out = Callback::new(move |()| {
        session.update_order(&certificate.get_value(), |order| order.handed_out = true)
    });
    let findings: Vec<Finding> = bundle.with_value(|b| b.findings.clone());
    let engine =
        bundle.with_value(|b| if b.engine == "webcrypto" { key::ENGINE_WEBCRYPTO } else { key::ENGINE_WASM });
    ui! {
        <section>
            <h3 id="demande" tabindex="-1">{tr(key::CSR_TITLE)}</h3>
            <Show when=move || kept.get() fallback=move || ui! { <p class="hint">{tr(key::CSR_LOCKED)}</p> }>
                <p>{tr(key::CSR_LEAD)}</p>
                <SaveFile name=Signal::stored(bundle.with_value(|b| format!("{}.csr", b.file_stem)))
                    text=Signal::stored(bundle.with_value(|b| b.csr_pem.clone())) primary=true on_saved=handed_out/>
                <dl class="passport">
                    <div><dt>{tr(key::SUBJECT)}</dt><dd><code class="dn">{bundle.with_value(|b| b.subject_rfc4514.clone())}</code>
                        <CopyButton text=Signal::stored(bundle.with_value(|b| b.subject_rfc4514.clone())) name=text(key::SUBJECT)/></dd></div>
                    <div><dt>{tr(key::FINGERPRINT)}</dt><dd><code class="dn">{calls::by_four(&bundle.with_value(|b| b.public_key_sha256.clone()))}</code>
                        <CopyButton text=Signal::stored(bundle.with_value(|b| b.public_key_sha256.clone())) name=text(key::FINGERPRINT)/></dd></div>
                </dl>
                <p class="hint">{tr(engine)}</p>
                <Findings findings=Signal::stored(findings.clone())/>
                <p class="actions">
                    <button type="button" class="button primary"
                        on:click=move |_| session.go(Screen::Platform(certificate.get_value()))>{tr(messages::page::commands::TO_PLATFORM)}</button>
                </p>
            </Show>
        </section>
    }
}

//! The FINESS register: read by the fourth module, shown here.

use std::sync::Arc;

use browser::Shell;
use estampille::contract::{FileInput, Finding, FinessHit, Refusal, RegisterOpened};
use js_sys::Uint8Array;
use leptos::prelude::*;
use messages::{
    Rendered,
    page::{common, register as texts},
};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::{
    atelier::{ask_of, rendered},
    device::count_request,
};
use crate::session::{Session, fact};

/// Octets of a file that are read at a time.
const PIECE: f64 = 1_048_576.0;

/// Reads these files in the place of the register that is open, which stays should they be none. Nothing is read further
/// once [`stop_reading`] was called.
pub(crate) async fn read_register(session: Session, files: Vec<File>) {
    begin(session);
    let answer = read(session, &files).await;
    end(session, answer).await;
}

/// Lets what is being read be.
pub(crate) fn stop_reading(session: Session) {
    session.register.reading.set(None);
    focus_register(session);
    session.say(texts::STOPPED.get(session.locale.get_untracked()));
}

/// Takes the index that the host serves.
pub(crate) async fn fetch_register(session: Session, address: String) {
    begin(session);
    count_request();
    let answer = ask(session, "registerFetch", &[address.into()]).await;
    end(session, answer.map_err(|refusal| rendered(session, refusal)).map(Some)).await;
}

/// Takes the register that this browser keeps, when there is one and none is open.
pub(crate) async fn load_kept_register(session: Session) {
    let register = session.register;
    if register.open.with_untracked(Option::is_some) || !browser::kept::is_there().await {
        return;
    }
    begin(session);
    let answer: Result<Option<RegisterOpened>, Refusal> = ask(session, "registerKept", &[]).await;
    if matches!(answer, Ok(Some(_))) {
        register.is_kept.try_set(true);
    }
    end(session, answer.map_err(|refusal| rendered(session, refusal))).await;
}

/// Keeps the register in this browser, until it is forgotten.
pub(crate) async fn keep_register(session: Session) {
    let Some(open) = session.register.open.get_untracked() else { return };
    said(session, ask(session, "registerKeep", &[open.register.into()]).await, true).await;
}

/// Forgets the register that this browser keeps; the one that is open stays.
pub(crate) async fn forget_register(session: Session) {
    said(session, ask(session, "registerForget", &[]).await, false).await;
}

/// What is worth knowing of the register, in the language that is shown now.
pub(crate) async fn retell_register(session: Session) {
    if let Some(findings) = about(session, "registerState", &[]).await {
        session.register.open.try_update(|open| {
            if let Some(open) = open {
                Arc::make_mut(open).findings = findings;
            }
        });
    }
}

/// The index, as a file that opens in a moment.
pub(crate) async fn register_index(session: Session) -> Option<FileInput> {
    about(session, "registerSave", &[]).await
}

/// The structures that fit what was typed.
pub(crate) async fn search_register(session: Session, query: &str, limit: u32) -> Vec<FinessHit> {
    let options = js_sys::Object::new();
    // A fresh object takes any property.
    let _ = js_sys::Reflect::set(&options, &"limit".into(), &limit.into());
    about(session, "registerSearch", &[query.into(), options.into()]).await.unwrap_or_default()
}

/// The structure of this number, with the reason of its sector.
pub(crate) async fn structure(session: Session, number: &str) -> Option<FinessHit> {
    about(session, "registerGet", &[number.into()]).await?
}

/// The sites of a legal entity.
pub(crate) async fn sites_of(session: Session, number: &str) -> Vec<FinessHit> {
    about(session, "registerSites", &[number.into()]).await.unwrap_or_default()
}

/// What the register says of a number that was typed where this bearer's is wanted.
pub(crate) async fn judge(session: Session, number: &str, bearer: &'static str) -> Vec<Finding> {
    about(session, "registerJudge", &[number.into(), bearer.into()]).await.unwrap_or_default()
}

/// Asks the register that is open; nothing when there is none. What it refuses is shown where the register is.
async fn about<T: DeserializeOwned>(session: Session, call: &str, arguments: &[JsValue]) -> Option<T> {
    let open = session.register.open.get_untracked()?;
    let mut all = vec![JsValue::from(open.register)];
    all.extend_from_slice(arguments);
    match ask(session, call, &all).await {
        Ok(answer) => Some(answer),
        Err(refusal) => {
            if refusal.code == "register-gone" {
                session.register.open.try_set(None);
            }
            session.register.problem.try_set(Some(rendered(session, refusal)));
            None
        }
    }
}

async fn ask<T: DeserializeOwned>(session: Session, call: &str, arguments: &[JsValue]) -> Result<T, Refusal> {
    ask_of(Shell::Greffe, session.locale.get_untracked(), call, arguments, None).await
}

fn begin(session: Session) {
    session.register.problem.set(None);
    session.register.reading.set(Some(0));
}

/// What is read replaces what was open; what is not leaves it.
async fn end(session: Session, answer: Result<Option<RegisterOpened>, Rendered>) {
    let register = session.register;
    register.reading.try_set(None);
    match answer {
        Ok(None) => {}
        Ok(Some(opened)) => {
            let said = opened.findings.first().map(|finding| finding.title.clone()).unwrap_or_default();
            let before = register.open.try_get_untracked().flatten();
            register.open.try_set(Some(Arc::new(opened)));
            session.say(said);
            session.surface.focus_soon("structure-cherchee");
            if let Some(before) = before {
                let _: Result<Option<u32>, _> = ask(session, "registerFree", &[before.register.into()]).await;
            }
        }
        Err(problem) => {
            register.problem.try_set(Some(problem));
            focus_register(session);
        }
    }
}

/// What had the focus is gone.
fn focus_register(session: Session) {
    let is_open = session.register.open.try_get_untracked().flatten().is_some();
    session.surface.focus_soon(if is_open { "structure-cherchee" } else { "registre" });
}

async fn read(session: Session, files: &[File]) -> Result<Option<RegisterOpened>, Rendered> {
    let refused = |refusal| rendered(session, refusal);
    if let [file] = files
        && estampille::register::is_index(&piece(session, file, 0.0, 16.0).await?.to_vec())
    {
        let index = piece(session, file, 0.0, file.size()).await?;
        return ask(session, "registerLoad", &[index.into()]).await.map(Some).map_err(refused);
    }
    let total: f64 = files.iter().map(|file| file.size()).sum();
    let number: u32 = ask(session, "registerBegin", &[]).await.map_err(refused)?;
    for file in files {
        let (size, mut at) = (file.size(), 0.0);
        while at < size {
            if session.register.reading.try_get_untracked().flatten().is_none() {
                let _: Result<Option<u32>, _> = ask(session, "registerFree", &[number.into()]).await;
                return Ok(None);
            }
            let end = (at + PIECE).min(size);
            let piece = piece(session, file, at, end).await?;
            let octets: f64 =
                ask(session, "registerFeed", &[number.into(), piece.into()]).await.map_err(refused)?;
            at = end;
            session.register.reading.try_update(|reading| {
                if let Some(share) = reading {
                    *share = hundredths(octets, total);
                }
            });
        }
        let _: Option<u32> = ask(session, "registerEndSource", &[number.into()]).await.map_err(refused)?;
    }
    ask(session, "registerEnd", &[number.into()]).await.map(Some).map_err(refused)
}

async fn piece(session: Session, file: &File, start: f64, end: f64) -> Result<Uint8Array, Rendered> {
    let read = async {
        let slice = file.slice_with_f64_and_f64(start, end)?;
        JsFuture::from(slice.array_buffer()).await
    };
    read.await.map(|buffer| Uint8Array::new(&buffer)).map_err(|_: JsValue| {
        let name = [fact("name", file.name())];
        let title = common::UNREADABLE.with(session.locale.get_untracked(), &name);
        Rendered { title, detail: None, action: None }
    })
}

#[allow(clippy::as_conversions, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn hundredths(done: f64, total: f64) -> u32 {
    (done / total * 100.0) as u32
}

/// What keeping or forgetting came to.
async fn said(session: Session, answer: Result<Option<u32>, Refusal>, kept: bool) {
    let register = session.register;
    match answer {
        Ok(_) => {
            register.is_kept.try_set(kept);
            register.problem.try_set(None);
            let text = if kept { texts::KEPT } else { texts::FORGOTTEN };
            session.say(text.get(session.locale.get_untracked()));
            // The button that was pressed is gone.
            session.surface.focus_soon(if kept { "oublier-registre" } else { "garder-registre" });
        }
        Err(refusal) => {
            register.problem.try_set(Some(rendered(session, refusal)));
        }
    }
}

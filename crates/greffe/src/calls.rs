//! The use cases, by name.

use browser::kept::{self, KeepError};
use browser::served::{self, NotServed};
use browser::values;
use estampille::contract::{DossierContent, F413Answers, F413Input, FinessOptions, OrderProfile, Place};
use estampille::{dossier, f413, register};
use vocabulary::topics::errors::INVALID_INPUT_WORD;
use vocabulary::topics::failures::ENGINE_UNAVAILABLE;
use vocabulary::topics::register::{BAD_INDEX_OTHER, NOT_KEPT, NOT_KEPT_QUOTA, NOT_REACHED, NOT_SERVED};
use vocabulary::{Bearer, Error};
use wasm_bindgen::JsValue;

use crate::{Request, registers};

/// Answers a call.
pub(crate) async fn answer(call: &str, request: &Request) -> Result<JsValue, Error> {
    match call {
        "dossierOpen" => {
            let opened = dossier::open(request.locale, &bytes(request, 0, "file")?)?;
            Ok(values::write(&opened))
        }
        "dossierSave" => {
            let content: DossierContent = request.argument(0, Place::Argument("content"))?;
            Ok(values::write(&dossier::save(request.locale, request.now, content)?))
        }
        "f413Form" => {
            let (profile, answers) = f413_answers(request)?;
            Ok(values::write(&f413::form(request.locale, request.now, profile, &answers)?))
        }
        "f413Pdf" => {
            let (profile, answers) = f413_answers(request)?;
            Ok(js(&f413::pdf(request.locale, request.now, profile, &answers)?.0))
        }
        "prepareF413" => {
            let input: F413Input = request.argument(0, Place::Whole)?;
            Ok(values::write(&f413::prepare(request.locale, request.now, &input)?))
        }
        "registerBegin" => Ok(registers::begin().into()),
        "registerEnd" => registers::end(number(request)?, request.locale, request.now),
        "registerEndSource" => registers::end_source(number(request)?).map(|()| JsValue::NULL),
        "registerFeed" => {
            registers::feed(number(request)?, &bytes(request, 1, "sources")?).map(JsValue::from)
        }
        "registerFetch" => fetch(request).await,
        "registerForget" => kept::forget().await.map(|()| JsValue::NULL).map_err(not_kept),
        "registerFree" => {
            registers::free(number(request)?);
            Ok(JsValue::NULL)
        }
        "registerGet" => get(request),
        "registerJudge" => judge(request),
        "registerKeep" => keep(request).await,
        "registerKept" => load_kept(request).await,
        "registerLoad" => registers::load(bytes(request, 0, "index")?, request.locale, request.now),
        "registerSave" => registers::with(number(request)?, |register| Ok(js(register.save()))),
        "registerSearch" => search(request),
        "registerSites" => sites(request),
        "registerState" => registers::with(number(request)?, |register| {
            Ok(values::write(&register.state(request.locale, request.now)))
        }),
        // The page's end and this one are of one build.
        _ => Err(Error::new(ENGINE_UNAVAILABLE)),
    }
}

/// For the page: the index that the host serves at this address.
async fn fetch(request: &Request) -> Result<JsValue, Error> {
    let address: String = request.argument(0, Place::Argument("register"))?;
    let index = served::get(&address, register::MOST_OCTETS).await.map_err(|why| match why {
        NotServed::Status(status) => Error::new(NOT_SERVED).with("found", status.to_string()),
        NotServed::Unreachable => Error::new(NOT_REACHED),
        NotServed::TooLarge => Error::new(BAD_INDEX_OTHER),
    })?;
    registers::load(index, request.locale, request.now)
}

/// For the page: keeps the index in this browser.
async fn keep(request: &Request) -> Result<JsValue, Error> {
    // A copy: other calls go on meanwhile, and may free the register.
    let mut index = Vec::new();
    registers::with(number(request)?, |register| {
        index.extend_from_slice(register.save());
        Ok(JsValue::NULL)
    })?;
    kept::put(KEPT, &index).await.map(|()| JsValue::NULL).map_err(not_kept)
}

/// For the page: the register this browser keeps; `null` when it keeps none. One that cannot be used is forgotten.
async fn load_kept(request: &Request) -> Result<JsValue, Error> {
    let Some(index) = kept::get(KEPT).await.map_err(not_kept)? else { return Ok(JsValue::NULL) };
    match registers::load(index, request.locale, request.now) {
        Ok(opened) => Ok(opened),
        Err(error) => {
            // Should it stay, it is refused again.
            let _ = kept::forget().await;
            Err(error)
        }
    }
}

/// What the index is kept under.
const KEPT: &str = "finess-register";

fn not_kept(why: KeepError) -> Error {
    Error::new(match why {
        KeepError::Quota => NOT_KEPT_QUOTA,
        KeepError::Refused => NOT_KEPT,
    })
}

/// For the page: what was typed for the form.
fn f413_answers(request: &Request) -> Result<(OrderProfile, F413Answers), Error> {
    Ok((request.argument(0, Place::Argument("profile"))?, request.argument(1, Place::Argument("answers"))?))
}

fn get(request: &Request) -> Result<JsValue, Error> {
    let wanted: String = request.argument(1, Place::Argument("number"))?;
    registers::with(number(request)?, |register| {
        // Nothing is `null`: what is absent from a message would be no answer.
        Ok(register.get(request.locale, &wanted).map_or(JsValue::NULL, |hit| values::write(&hit)))
    })
}

fn sites(request: &Request) -> Result<JsValue, Error> {
    let ej: String = request.argument(1, Place::Argument("ej"))?;
    registers::with(number(request)?, |register| Ok(values::write(&register.sites(&ej))))
}

fn search(request: &Request) -> Result<JsValue, Error> {
    let query: String = request.argument(1, Place::Argument("query"))?;
    let options: Option<FinessOptions> = request.argument(2, Place::Argument("options"))?;
    registers::with(number(request)?, |register| {
        Ok(values::write(&register.search(&query, &options.unwrap_or_default())?))
    })
}

/// For the page: what the register says of a number that was typed.
fn judge(request: &Request) -> Result<JsValue, Error> {
    let typed: String = request.argument(1, Place::Argument("number"))?;
    let bearer: String = request.argument(2, Place::Argument("bearer"))?;
    let bearer: Bearer = bearer.parse().map_err(|_| Error::at(INVALID_INPUT_WORD, "bearer"))?;
    registers::with(number(request)?, |register| {
        Ok(values::write(&register.judge(request.locale, &typed, bearer)))
    })
}

/// The number of a register, or of what is being read.
fn number(request: &Request) -> Result<u32, Error> {
    request.argument(0, Place::Argument("register"))
}

/// Octets, of any length: read without the plain values' way, which looks at each.
fn bytes(request: &Request, position: u32, name: &'static str) -> Result<Vec<u8>, Error> {
    browser::bytes::copy(&request.arguments.get(position)).ok_or_else(|| Place::Argument(name).refuse(""))
}

fn js(bytes: &[u8]) -> JsValue {
    js_sys::Uint8Array::from(bytes).into()
}

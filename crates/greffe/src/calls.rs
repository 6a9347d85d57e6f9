//! The use cases, by name.

use browser::values;
use estampille::contract::{FinessOptions, Place};
use vocabulary::topics::errors::INVALID_INPUT_WORD;
use vocabulary::topics::failures::ENGINE_UNAVAILABLE;
use vocabulary::{Bearer, Error};
use wasm_bindgen::JsValue;

use crate::{Request, registers};

/// Answers a call.
pub(crate) async fn answer(call: &str, request: &Request) -> Result<JsValue, Error> {
    match call {
        "registerBegin" => Ok(registers::begin().into()),
        "registerEnd" => registers::end(number(request)?, request.locale, request.now),
        "registerEndSource" => registers::end_source(number(request)?).map(|()| JsValue::NULL),
        "registerFeed" => {
            registers::feed(number(request)?, &bytes(request, 1, "sources")?).map(JsValue::from)
        }
        "registerFree" => {
            registers::free(number(request)?);
            Ok(JsValue::NULL)
        }
        "registerGet" => get(request),
        "registerJudge" => judge(request),
        "registerLoad" => registers::load(bytes(request, 0, "index")?, request.locale, request.now),
        "registerSave" => registers::with(number(request)?, |register| Ok(js(register.save()))),
        "registerSearch" => search(request),
        "registerSites" => sites(request),
        // The page's end and this one are of one build.
        _ => Err(Error::new(ENGINE_UNAVAILABLE)),
    }
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

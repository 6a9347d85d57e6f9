//! npm bindings of the core module: converters, nothing else.
//!
//! Each function reads its arguments into the contract's types, calls one use case of `estampille`, and writes the
//! result as plain values. The façade in `web/embed` gives them their TypeScript types and guards what comes in; they
//! are of no use alone.

mod convert;
mod state;

use browser::{Choice, Engines, Host, clock};
use estampille::contract::{CheckInput, CsrRequest, Expected, FileInput, OrderProfile};
use estampille::{Context, certificate, identifier, order, request};
use js_sys::Function;
use messages::Locale;
use vocabulary::Error;
use vocabulary::topics::errors::INVALID_INPUT_WORD;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use convert::{Input, error, read, write};

/// Semantic version of the package.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Sets the language of every text returned from now on: `fr` or `en`.
///
/// # Errors
/// `invalid-input` at `locale`.
#[wasm_bindgen(js_name = setLocale)]
pub fn set_locale(locale: JsValue) -> Result<(), JsValue> {
    let locale = locale.as_string().as_deref().and_then(Locale::from_tag);
    state::set_locale(locale.ok_or_else(|| Input::Argument("locale").refuse(""))?);
    Ok(())
}

/// Says that the second module runs in a worker, and where the worker's script is.
#[wasm_bindgen(js_name = hostWorker)]
pub fn host_worker(url: String, module: JsValue) {
    state::set_host(Host::Worker { url, module });
}

/// Says that the second module runs inline, and what calls it.
#[wasm_bindgen(js_name = hostInline)]
pub fn host_inline(dispatch: Function) {
    state::set_host(Host::Inline(dispatch));
}

/// The error for a value that could not even be copied, at this path.
#[wasm_bindgen]
pub fn refusal(path: &str, of_profile: bool) -> JsValue {
    let input = if of_profile { Input::Profile } else { Input::Whole };
    input.refuse(path)
}

/// What an identifier is.
#[wasm_bindgen(js_name = parseIdentifier)]
pub fn parse_identifier(kind: JsValue, text: JsValue) -> Result<JsValue, JsValue> {
    let kind: String = read(kind, Input::Argument("kind"))?;
    let text: String = read(text, Input::Argument("text"))?;
    write(&identifier::parse(state::locale(), &kind, &text).map_err(|e| error(&e))?)
}

/// Which certificates to order.
#[wasm_bindgen]
pub fn recommend(profile: JsValue) -> Result<JsValue, JsValue> {
    let profile: OrderProfile = read(profile, Input::Profile)?;
    write(&order::recommend(state::locale(), clock::now(), &profile).map_err(|e| error(&e))?)
}

/// A key and its request.
#[wasm_bindgen(js_name = createCsr)]
pub async fn create_csr(request: JsValue) -> Result<JsValue, JsValue> {
    let request: CsrRequest = read(request, Input::Whole)?;
    let engine = engine(choice(request.engine.as_deref()).map_err(|e| error(&e))?);
    write(&request::create(&context(&engine), request).await.map_err(|e| error(&e))?)
}

/// The same request made on the server.
#[wasm_bindgen(js_name = serverCommands)]
pub fn server_commands(request: JsValue) -> Result<JsValue, JsValue> {
    let request: CsrRequest = read(request, Input::Whole)?;
    write(&request::server_commands(&request).map_err(|e| error(&e))?)
}

/// What a request holds.
#[wasm_bindgen(js_name = inspectCsr)]
pub async fn inspect_csr(csr: JsValue, expected: JsValue) -> Result<JsValue, JsValue> {
    let csr: FileInput = read(csr, Input::Argument("csr"))?;
    let expected: Option<Expected> = read(expected, Input::Argument("expected"))?;
    let engine = engine(Choice::Auto);
    write(&request::inspect(&context(&engine), &csr, expected.as_ref()).await.map_err(|e| error(&e))?)
}

/// Whether a certificate is what it should be.
#[wasm_bindgen(js_name = checkCertificate)]
pub async fn check_certificate(input: JsValue) -> Result<JsValue, JsValue> {
    let input: CheckInput = read(input, Input::Whole)?;
    let engine = engine(Choice::Auto);
    write(&certificate::check(&context(&engine), input).await.map_err(|e| error(&e))?)
}

/// Which engine a word of the contract names; this crate alone knows that there are several.
fn choice(word: Option<&str>) -> Result<Choice, Error> {
    let Some(word) = word else { return Ok(Choice::Auto) };
    Choice::from_word(word).ok_or_else(|| {
        let allowed: Vec<String> = Choice::ALL.iter().map(|choice| choice.as_str().to_owned()).collect();
        // A word of a megabyte is not repeated in the sentence.
        let found: String = word.chars().take(40).collect();
        Error::at(INVALID_INPUT_WORD, "engine").with("found", found).with("allowed", allowed)
    })
}

fn engine(choice: Choice) -> Engines {
    Engines::pick(choice, &state::atelier())
}

fn context(engine: &Engines) -> Context<'_, Engines> {
    Context { locale: state::locale(), now: clock::now(), engine }
}

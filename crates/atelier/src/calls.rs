//! The use cases, by name.

use std::pin::Pin;

use browser::{Choice, Engines, random, values};
use estampille::contract::{
    AssembleInput, CheckInput, CsrRequest, Expected, FileInput, Place, RenewalInput, Secret, SetFile,
    SetOptions,
};
use estampille::{
    Context, certificate, identify, key_file, kit, passport as passports, pins, renewal as renewals, request,
    set,
};
use vocabulary::Error;
use vocabulary::topics::{
    errors::INVALID_INPUT_WORD,
    failures::{ENGINE_UNAVAILABLE, MODULE_NOT_LOADED},
};
use wasm_bindgen::JsValue;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::Request;

/// Answers a call. What reads and checks one thing is here; the rest is the module's second part, loaded when it is first
/// asked for.
pub(crate) async fn answer(call: &str, request: &Request) -> Result<JsValue, Error> {
    match call {
        "checkCertificate" => check_certificate(request).await,
        "identify" => identify_file(request),
        "inspectCsr" => inspect_csr(request).await,
        "pins" => Ok(values::write(&pins::all())),
        _ => {
            let answer = answer_later(call.to_owned(), request.clone()).await;
            answer.map_err(|_| Error::new(MODULE_NOT_LOADED))?.await
        }
    }
}

/// What is made or put together: keys, requests, sets, kits.
#[wasm_split(later, fallible)]
fn answer_later(call: String, request: Request) -> Result<Answering, SplitLoaderError> {
    Ok(Box::pin(async move {
        let request = &request;
        match call.as_str() {
            "assemble" => assemble(request).await,
            "chain" => chain(request).await,
            "checkNewKey" => check_new_key(request),
            "checkSet" => check_set(request).await,
            "createCsr" => create_csr(request).await,
            "officialChain" => official_chain(request),
            "passport" => passport(request),
            "readBack" => read_back(request).await,
            "renewal" => renewal(request),
            // For the page: all is there that will be needed when the network is gone.
            "stay" => Ok(JsValue::TRUE),
            // The page's end and this one are of one build.
            _ => Err(Error::new(ENGINE_UNAVAILABLE)),
        }
    }))
}

type Answering = Pin<Box<dyn Future<Output = Result<JsValue, Error>>>>;

async fn create_csr(request: &Request) -> Result<JsValue, Error> {
    let wanted: CsrRequest = request.argument(0, Place::Whole)?;
    let engine = request.engine(choice(wanted.engine.as_deref())?).with_progress(request.teller());
    Ok(values::write(&request::create(&context(request, &engine), wanted).await?))
}

fn identify_file(request: &Request) -> Result<JsValue, Error> {
    let file: FileInput = request.argument(0, Place::Argument("file"))?;
    let passphrase: Option<Secret> = request.argument(1, Place::Argument("passphrase"))?;
    let engine = request.engine(Choice::Auto);
    Ok(values::write(&identify::identify(&context(request, &engine), &file, passphrase.as_ref())))
}

async fn inspect_csr(request: &Request) -> Result<JsValue, Error> {
    let csr: FileInput = request.argument(0, Place::Argument("csr"))?;
    let expected: Option<Expected> = request.argument(1, Place::Argument("expected"))?;
    let engine = request.engine(Choice::Auto);
    Ok(values::write(&request::inspect(&context(request, &engine), &csr, expected.as_ref()).await?))
}

async fn check_certificate(request: &Request) -> Result<JsValue, Error> {
    let input: CheckInput = request.argument(0, Place::Whole)?;
    let engine = request.engine(Choice::Auto);
    Ok(values::write(&certificate::check(&context(request, &engine), input).await?))
}

async fn check_set(request: &Request) -> Result<JsValue, Error> {
    let files: Vec<SetFile> = request.argument(0, Place::Argument("files"))?;
    let options: Option<SetOptions> = request.argument(1, Place::Argument("options"))?;
    let engine = request.engine(Choice::Auto);
    let tell = request.teller();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let options = options.unwrap_or_default();
    let context = context(request, &engine);
    let progress = |done, total| tell(count(done), count(total));
    Ok(values::write(&set::check(&context, &files, &options, progress).await?))
}

/// For the page: whether a saved key is the one that was made.
async fn read_back(request: &Request) -> Result<JsValue, Error> {
    let file: FileInput = request.argument(0, Place::Argument("privateKey"))?;
    let passphrase: Secret = request.argument(1, Place::Argument("passphrase"))?;
    let fingerprint: String = request.argument(2, Place::Argument("publicKeySha256"))?;
    let engine = request.engine(Choice::Auto);
    let read = key_file::read_back(&engine, &file, &passphrase, &fingerprint).await?;
    Ok(values::write(&read))
}

async fn assemble(request: &Request) -> Result<JsValue, Error> {
    let input: AssembleInput = request.argument(0, Place::Whole)?;
    let engine = request.engine(Choice::Auto);
    let random = |buffer: &mut [u8]| random::fill(buffer).is_ok();
    Ok(values::write(&kit::assemble(&context(request, &engine), random, input).await?))
}

/// For the page: the chain of a certificate, before its kit is made.
async fn chain(request: &Request) -> Result<JsValue, Error> {
    let certificate: FileInput = request.argument(0, Place::Argument("certificate"))?;
    let files: Vec<FileInput> = request.argument(1, Place::Argument("chain"))?;
    let engine = request.engine(Choice::Auto);
    Ok(values::write(&kit::chain(&context(request, &engine), &certificate, &files).await?))
}

/// For the page: what a file holds of the official chain.
fn official_chain(request: &Request) -> Result<JsValue, Error> {
    let file: FileInput = request.argument(0, Place::Argument("chain"))?;
    Ok(values::write(&kit::official_chain(request.locale, &file)?))
}

/// For the page: a certificate's names, numbers and fingerprints, as operators ask for them.
fn passport(request: &Request) -> Result<JsValue, Error> {
    let certificate: FileInput = request.argument(0, Place::Argument("certificate"))?;
    Ok(values::write(&passports::of(&certificate)?))
}

/// For the page: from an old certificate, the request to make again.
fn renewal(request: &Request) -> Result<JsValue, Error> {
    let input: RenewalInput = request.argument(0, Place::Whole)?;
    Ok(values::write(&renewals::prepare(request.locale, request.now, &input)?))
}

/// For the page: refuses a request that takes up the key of the old certificate.
fn check_new_key(request: &Request) -> Result<JsValue, Error> {
    let certificate: FileInput = request.argument(0, Place::Argument("certificate"))?;
    let csr: FileInput = request.argument(1, Place::Argument("csr"))?;
    renewals::check_new_key(&certificate, &csr)?;
    Ok(JsValue::NULL)
}

fn context<'a>(request: &Request, engine: &'a Engines) -> Context<'a, Engines> {
    Context { locale: request.locale, now: request.now, engine }
}

/// Which engine a word of the contract names.
fn choice(word: Option<&str>) -> Result<Choice, Error> {
    let Some(word) = word else { return Ok(Choice::Auto) };
    Choice::from_word(word).ok_or_else(|| {
        let allowed: Vec<String> = Choice::ALL.iter().map(|choice| choice.as_str().to_owned()).collect();
        // A word of a megabyte is not repeated in the sentence.
        let found: String = word.chars().take(40).collect();
        Error::at(INVALID_INPUT_WORD, "engine").with("found", found).with("allowed", allowed)
    })
}

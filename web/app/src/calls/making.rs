//! Keys and requests.

use browser::{Progress, WebCrypto, values};
use estampille::{
    contract::{
        CsrBundle, CsrReport, CsrRequest, Expected, FileInput, KeyInput, PlannedCertificate, Refusal, Secret,
        Subject,
    },
    key_file::ReadBack,
    request::{self, Review, Tools},
};
use leptos::prelude::*;
use messages::{Locale, Rendered, Text, page::key};
use vocabulary::Error;

use super::atelier::{ask, rendered};
use crate::session::{Order, Session};

/// The parts of an order that the commands depend on.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OrderKey(String, String, String, String, u32, bool);

impl OrderKey {
    /// The parts of this order.
    pub(crate) fn of(order: &Order) -> Self {
        Self(
            order.department.clone(),
            order.organization.clone(),
            order.common_name.clone(),
            order.dns_names.clone(),
            order.bits,
            order.minimal,
        )
    }
}

/// What can be said of a request before it is made.
pub(crate) fn review(locale: Locale, certificate: &PlannedCertificate, order: &Order) -> Review {
    request::review(locale, &request_of(certificate, order))
}

/// The commands that make the request on the server.
pub(crate) fn server_commands(certificate: &PlannedCertificate, order: &Order) -> Result<Tools, Error> {
    request::tools(&request_of(certificate, order))
}

/// Makes a key and its request. `progress` shows how far the second module is with a key, from 0 to 1, where it makes it
/// itself. Finding primes is luck: the last part waits for it.
pub(crate) async fn create_request(
    session: Session,
    certificate: &PlannedCertificate,
    order: &Order,
    passphrase: String,
    progress: RwSignal<Option<f64>>,
) -> Result<CsrBundle, Rendered> {
    let mut content = request_of(certificate, order);
    content.key = Some(KeyInput { bits: Some(order.bits), ..KeyInput::default() });
    content.passphrase = Some(Secret::new(passphrase));
    progress.set(None);
    let tell = move |at: Progress| {
        let done = f64::from(at.done) / f64::from(at.total.max(1));
        progress.try_set(Some(done.min(MOST_PROGRESS)));
    };
    ask(session.locale.get_untracked(), "createCsr", &[values::write(&content)], Some(Box::new(tell)))
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// Never full before the key is there.
const MOST_PROGRESS: f64 = 0.95;

/// Checks a request made elsewhere against what this certificate needs.
pub(crate) async fn inspect_request(
    session: Session,
    csr: FileInput,
    certificate: &PlannedCertificate,
    order: &Order,
) -> Result<CsrReport, Rendered> {
    let expected = values::write(&expected_of(certificate, order));
    ask(session.locale.get_untracked(), "inspectCsr", &[values::write(&csr), expected], None)
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// Whether a file holds the key that was made; what to say otherwise.
pub(crate) async fn read_back(
    file: FileInput,
    passphrase: String,
    public_key_sha256: String,
) -> Result<(), Text> {
    let arguments =
        [values::write(&file), values::write(&Secret::new(passphrase)), public_key_sha256.as_str().into()];
    // Of a refusal, only the code is looked at: the sentences are the page's own.
    let answer: Result<ReadBack, Refusal> = ask(Locale::Fr, "readBack", &arguments, None).await;
    match answer {
        Ok(ReadBack::Kept) => Ok(()),
        Ok(ReadBack::InClear) => Err(key::PLAIN_KEY),
        Ok(ReadBack::Another) => Err(key::WRONG_KEY),
        Err(refusal) => Err(match refusal.code.as_ref() {
            "wrong-passphrase" => key::WRONG_PASSPHRASE,
            "engine-unavailable" | "engine-failed" | "module-not-loaded" => key::FAILED,
            _ => key::NOT_A_KEY,
        }),
    }
}

/// Six words, or nothing where there is no randomness.
pub(crate) fn propose_passphrase() -> Option<String> {
    let words = estampille::passphrase::propose(|buffer| browser::random::fill(buffer).is_ok())?;
    Some(words.to_string())
}

/// From 0, too weak, to 3, good.
pub(crate) fn passphrase_strength(passphrase: &str) -> u8 {
    estampille::passphrase::strength(passphrase).as_u8()
}

/// Whether keys are made in software, which takes seconds.
pub(crate) fn is_slow() -> bool {
    WebCrypto::find().is_none()
}

fn request_of(certificate: &PlannedCertificate, order: &Order) -> CsrRequest {
    CsrRequest {
        product: Some(certificate.product.to_string()),
        subject: Some(Subject {
            department: typed(&order.department),
            organization: typed(&order.organization),
            structure_id: certificate.structure_id.clone(),
            common_name: Some(order.common_name.clone()),
            country: None,
        }),
        dns_names: dns_names(order),
        emails: (certificate.common_name.rule == "email").then(|| vec![order.common_name.clone()]),
        key: Some(KeyInput { bits: Some(order.bits), ..KeyInput::default() }),
        minimal_subject: Some(order.minimal),
        ..CsrRequest::default()
    }
}

pub(super) fn expected_of(certificate: &PlannedCertificate, order: &Order) -> Expected {
    Expected {
        product: Some(certificate.product.to_string()),
        structure_id: certificate.structure_id.clone(),
        common_name: typed(&order.common_name),
        dns_names: dns_names(order),
        environment: None,
    }
}

fn dns_names(order: &Order) -> Option<Vec<String>> {
    let names: Vec<String> = order.dns_names.lines().filter_map(typed).collect();
    (!names.is_empty()).then_some(names)
}

/// What was typed, when anything was.
pub(super) fn typed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

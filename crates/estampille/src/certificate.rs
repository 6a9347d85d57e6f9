//! The check of a certificate: what it is, whether it is theirs, whether it will work.

mod headline;
mod summary;

use checks::certificate::{CertificateInput, PrivateKeyGiven, check as judge, plan};
use pki::{certificate::Certificate, engine::Engine, file, key::PublicKey, request::CertificationRequest};
use vocabulary::{
    Error, Timestamp,
    topics::{
        errors::{INVALID_INPUT, INVALID_INPUT_DATE},
        failures as topics,
    },
};

use crate::{
    Context,
    contract::{ChainElement, CheckInput, CheckReport, FileInput, findings},
    expected, failure, files, key_file,
};

/// Checks a certificate with what came beside it.
///
/// # Errors
///
/// `not-a-certificate` when nothing in the file reads as one; `not-a-csr` for a request that is none; a word or date
/// that is not one, with its field. A bad certificate is no error: the report says what is wrong.
pub async fn check(context: &Context<'_, impl Engine>, input: CheckInput) -> Result<CheckReport, Error> {
    let file = input.certificate.as_ref().ok_or_else(|| Error::at(INVALID_INPUT, "certificate"))?;
    let expected = expected::parse(input.expected.as_ref())?;
    let at = moment(input.at.as_deref(), context.now)?;
    let (leaf, mut extra) = split(certificates(file, "certificate")?)?;
    for (index, file) in input.chain.iter().flatten().enumerate() {
        extra.extend(certificates(file, &format!("chain[{index}]"))?);
    }
    let mut given = Vec::new();
    for (index, file) in input.trust_anchors.iter().flatten().enumerate() {
        given.extend(certificates(file, &format!("trustAnchors[{index}]"))?);
    }
    let csr = input.csr.as_ref().map(request).transpose()?;
    let key = private_key(context, &input).await;

    let plan = plan(&leaf, &extra, &given);
    let outcomes = context.engine.verify(plan.tasks()).await;
    let report = judge(&CertificateInput {
        certificate: &leaf,
        extra: &extra,
        plan: &plan,
        outcomes: &outcomes,
        csr: csr.as_ref(),
        private_key: key.given(),
        expected: &expected,
        revocation_lists: input.crls.as_ref().map_or(0, Vec::len),
        at,
    });
    let chain = report.chain.elements.iter().map(|element| ChainElement {
        subject_rfc4514: element.subject_rfc4514.clone(),
        sha256: summary::chain_sha256(element, &leaf, &extra),
        pinned: summary::is_pinned(element),
    });
    Ok(CheckReport {
        verdict: report.verdict().as_str(),
        headline: headline::write(context.locale, &leaf, &report, at),
        certificate: summary::write(&leaf, &report),
        chain: chain.collect(),
        findings: findings(context.locale, &report.findings),
    })
}

/// Every certificate of a file.
fn certificates(file: &FileInput, field: &str) -> Result<Vec<Certificate>, Error> {
    let contents = file::read(file.as_bytes()).map_err(|error| match error {
        file::FileError::TooLarge { .. } => Error::at(topics::TOO_LARGE, field),
        _ => Error::at(topics::NOT_A_CERTIFICATE, field),
    })?;
    let found: Vec<Certificate> = contents.certificates().cloned().collect();
    if found.is_empty() { Err(Error::at(topics::NOT_A_CERTIFICATE, field)) } else { Ok(found) }
}

/// The end-entity certificate, and the others.
fn split(all: Vec<Certificate>) -> Result<(Certificate, Vec<Certificate>), Error> {
    let leaf = files::leaf(&all.iter().collect::<Vec<_>>()).cloned();
    let leaf = leaf.ok_or_else(|| Error::at(topics::NOT_A_CERTIFICATE, "certificate"))?;
    let others = all.into_iter().filter(|other| other.raw() != leaf.raw()).collect();
    Ok((leaf, others))
}

fn request(file: &FileInput) -> Result<CertificationRequest, Error> {
    CertificationRequest::read(file.as_bytes()).map_err(|error| failure::not_a_request(&error, "csr"))
}

fn moment(given: Option<&str>, now: Timestamp) -> Result<Timestamp, Error> {
    let Some(text) = given else { return Ok(now) };
    Timestamp::parse(text).ok_or_else(|| {
        Error::at(INVALID_INPUT_DATE, "at").with("found", text.chars().take(40).collect::<String>())
    })
}

/// The private key given: only its public half goes on.
enum KeyGiven {
    None,
    Locked,
    Unreadable,
    Public(PublicKey),
}

impl KeyGiven {
    fn given(&self) -> PrivateKeyGiven<'_> {
        match self {
            Self::None => PrivateKeyGiven::None,
            Self::Locked => PrivateKeyGiven::Locked,
            Self::Unreadable => PrivateKeyGiven::Unreadable,
            Self::Public(key) => PrivateKeyGiven::Public(key),
        }
    }
}

async fn private_key(context: &Context<'_, impl Engine>, input: &CheckInput) -> KeyGiven {
    let Some(file) = &input.private_key else { return KeyGiven::None };
    match key_file::open(context.engine, file, input.passphrase.as_ref(), "privateKey", "passphrase").await {
        Ok(key) => KeyGiven::Public(key.public_key().clone()),
        Err(error) if ["wrong-passphrase", "passphrase-required"].contains(&error.code()) => KeyGiven::Locked,
        Err(_) => KeyGiven::Unreadable,
    }
}

//! The check of a certificate: what it is, whether it is theirs, whether it will work.
//!
//! One certificate is a batch of one. A set shares its [`Surroundings`] (what may have signed, the revocation lists)
//! and its [`Batch`]: every certificate is added, all signatures are verified at once, each is judged by
//! [`Batch::check`] and written by [`report`].

mod headline;
mod summary;

use checks::{
    batch::{Batch, Surroundings},
    certificate::{CertificateFindings, CertificateInput, PrivateKeyGiven},
};
use messages::Locale;
use pki::{
    certificate::Certificate,
    crl::RevocationList,
    engine::Engine,
    file::{self, Contents, Encoding, Item},
    key::{PrivateKey, PublicKey},
    passphrase::Passphrase,
    request::CertificationRequest,
};
use vocabulary::{
    Error, Finding, Timestamp, Topic, Verdict,
    topics::{
        errors::{INVALID_INPUT, INVALID_INPUT_DATE},
        failures as topics,
        files::PASSPHRASE_NEEDED_FOR_KEY,
    },
};

use crate::{
    Context,
    contract::{self, ChainElement, CheckInput, CheckReport, FileInput, Secret},
    expected, identify, key_file,
};

/// Checks a certificate with what came beside it.
///
/// # Errors
///
/// `not-a-certificate` when nothing in the file reads as one, saying what it is instead; a word, a structure id or a
/// date that is not one, with its field. A bad certificate is no error, nor is a file beside it that does not read: the
/// report says so.
pub async fn check(context: &Context<'_, impl Engine>, input: CheckInput) -> Result<CheckReport, Error> {
    let file = input.certificate.as_ref().ok_or_else(|| Error::at(INVALID_INPUT, "certificate"))?;
    let expected = expected::parse(input.expected.as_ref())?;
    let at = moment(input.at.as_deref(), context.now)?;
    let passphrase = input.passphrase.as_ref();
    let contents = contents(file, passphrase);
    let found: Vec<Certificate> = contents.iter().flat_map(Contents::certificates).cloned().collect();
    if found.is_empty() {
        return Err(not_a_certificate(file, passphrase));
    }
    let mut notes = Vec::new();
    let csr = input.csr.as_ref().and_then(|file| {
        let read = self::contents(file, None).and_then(|contents| contents.requests().next().cloned());
        if read.is_none() {
            notes.push(Finding::warning(topics::SIDE_FILE_CSR));
        }
        read
    });
    let key = match (&input.private_key, &contents) {
        (None, Some(contents)) => key_inside(contents, passphrase.is_some(), &mut notes),
        _ => private_key(context, &input).await,
    };
    let keys: Vec<&PublicKey> =
        csr.iter().map(CertificationRequest::public_key).chain(key.public()).collect();
    let (leaf, mut extra) = split(found, &keys, expected.common_name.as_deref(), &mut notes)
        .ok_or_else(|| not_a_certificate(file, passphrase))?;
    extra.extend(beside(input.chain.as_deref(), passphrase, topics::SIDE_FILE_CHAIN, &mut notes));
    let given = beside(input.trust_anchors.as_deref(), None, topics::SIDE_FILE_ANCHOR, &mut notes);

    let (lists, unreadable) = revocation_lists(input.crls.as_deref().unwrap_or_default());
    let surroundings = Surroundings::new(extra, given).with_lists(lists, unreadable);
    let mut batch = Batch::new(&surroundings);
    let ticket = batch.add(&leaf, csr.as_ref());
    let outcomes = context.engine.verify(batch.tasks()).await;
    let findings = batch.check(
        &CertificateInput {
            certificate: &leaf,
            csr: csr.as_ref(),
            private_key: key.given(),
            expected: &expected,
            at,
        },
        &ticket,
        &outcomes,
    );
    Ok(report(context.locale, &leaf, &surroundings, findings, notes, at))
}

/// Writes what was found of a certificate as the contract's report. `notes` are remarks on the files it came in.
pub fn report(
    locale: Locale,
    certificate: &Certificate,
    surroundings: &Surroundings,
    found: CertificateFindings,
    notes: Vec<Finding>,
    at: Timestamp,
) -> CheckReport {
    let write = &mut |finding| contract::Finding::new(locale, &finding);
    report_with(locale, certificate, surroundings, found, notes, at, write)
}

/// The same, with each finding written by `write`.
pub(crate) fn report_with<F>(
    locale: Locale,
    certificate: &Certificate,
    surroundings: &Surroundings,
    found: CertificateFindings,
    notes: Vec<Finding>,
    at: Timestamp,
    write: &mut dyn FnMut(Finding) -> F,
) -> CheckReport<F> {
    let headline = headline::write(locale, certificate, &found, at);
    let certificate = summary::write(certificate, &found);
    let chain = found.chain.elements.iter().map(|element| ChainElement {
        subject_rfc4514: element.subject_rfc4514.clone(),
        sha256: summary::chain_sha256(element, &certificate, surroundings),
        pinned: summary::is_pinned(element),
    });
    let chain = chain.collect();
    let crl_address = found.revocation_address.clone();
    let all = with_notes(found.findings, notes);
    CheckReport {
        verdict: Verdict::of(&all).as_str().into(),
        headline,
        certificate,
        chain,
        findings: all.into_iter().map(write).collect(),
        crl_address,
    }
}

/// The revocation lists of files, PEM or DER, several in one or not; and how many files hold none that reads.
pub fn revocation_lists(files: &[FileInput]) -> (Vec<RevocationList>, usize) {
    let mut lists = Vec::new();
    let mut unreadable = 0_usize;
    for file in files {
        let items = file::read(file.as_bytes()).map(|contents| contents.items).unwrap_or_default();
        let before = lists.len();
        lists.extend(items.iter().filter_map(|item| match item {
            Item::RevocationList(der) => RevocationList::read(der).ok(),
            _ => None,
        }));
        if lists.len() == before {
            unreadable = unreadable.saturating_add(1);
        }
    }
    (lists, unreadable)
}

/// What a file holds, whatever it is, a PKCS #7 or PKCS #12 included.
fn contents(file: &FileInput, passphrase: Option<&Secret>) -> Option<Contents> {
    let passphrase = passphrase.map(|secret| Passphrase::new(secret.expose().to_owned()));
    file::read_with(file.as_bytes(), passphrase.as_slice()).ok()
}

/// The certificates of the files given beside; a note when one holds none.
fn beside(
    files: Option<&[FileInput]>,
    passphrase: Option<&Secret>,
    note: Topic,
    notes: &mut Vec<Finding>,
) -> Vec<Certificate> {
    let mut all = Vec::new();
    for file in files.unwrap_or_default() {
        let before = all.len();
        all.extend(contents(file, passphrase).iter().flat_map(Contents::certificates).cloned());
        if all.len() == before && !notes.iter().any(|finding| finding.topic == note) {
            notes.push(Finding::warning(note));
        }
    }
    all
}

/// The key that came in the same file, as in a PKCS #12. That it stayed closed for want of a passphrase is only noted: its
/// certificates are judged all the same.
fn key_inside(contents: &Contents, asked: bool, notes: &mut Vec<Finding>) -> KeyGiven {
    let own = |key: &&PrivateKey| {
        contents.certificates().any(|certificate| certificate.public_key() == key.public_key())
    };
    let mut keys = contents.private_keys();
    if let Some(key) = contents.private_keys().find(own).or_else(|| keys.next()) {
        return KeyGiven::Public(key.public_key().clone());
    }
    let is_closed = contents.items.iter().any(|item| matches!(item, Item::EncryptedPrivateKey(_)));
    if is_closed && asked {
        return KeyGiven::Locked;
    }
    if is_closed && contents.encoding == Encoding::Pkcs12 {
        notes.push(Finding::info(PASSPHRASE_NEEDED_FOR_KEY));
    }
    KeyGiven::None
}

/// What the file is instead of a certificate.
pub(crate) fn not_a_certificate(file: &FileInput, passphrase: Option<&Secret>) -> Error {
    let is_too_large = file.as_bytes().len() > file::MAX_FILE;
    let topic = if is_too_large { topics::TOO_LARGE } else { topics::NOT_A_CERTIFICATE };
    Error { findings: identify::describe(file, passphrase), ..Error::at(topic, "certificate") }
}

/// The end-entity certificate that is meant, and the others: the one of a key given, else of the name expected, else the
/// first. That there were several is noted.
fn split(
    all: Vec<Certificate>,
    keys: &[&PublicKey],
    name: Option<&str>,
    notes: &mut Vec<Finding>,
) -> Option<(Certificate, Vec<Certificate>)> {
    let mut candidates: Vec<&Certificate> = all.iter().filter(|certificate| !certificate.is_ca()).collect();
    candidates.dedup_by(|a, b| a.raw() == b.raw());
    if candidates.len() > 1 {
        notes.push(Finding::info(topics::SEVERAL_CERTIFICATES).with("count", candidates.len()));
    }
    let of_key = candidates.iter().find(|certificate| keys.contains(&certificate.public_key()));
    let named = || {
        candidates.iter().find(|certificate| name.is_some() && certificate.common_name().as_deref() == name)
    };
    let leaf = of_key.or_else(named).or(candidates.first()).copied().or(all.first())?.clone();
    let others = all.into_iter().filter(|other| other.raw() != leaf.raw()).collect();
    Some((leaf, others))
}

/// The notes among the findings, after those of their severity.
fn with_notes(mut findings: Vec<Finding>, notes: Vec<Finding>) -> Vec<Finding> {
    for note in notes {
        let at =
            findings.iter().position(|finding| finding.severity < note.severity).unwrap_or(findings.len());
        findings.insert(at, note);
    }
    findings
}

pub(crate) fn moment(given: Option<&str>, now: Timestamp) -> Result<Timestamp, Error> {
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
    fn public(&self) -> Option<&PublicKey> {
        match self {
            Self::Public(key) => Some(key),
            _ => None,
        }
    }

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

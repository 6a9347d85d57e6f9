//! Files made by the project's own authority, for the tests of sets.
#![allow(dead_code, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

#[path = "../../../checks/tests/support/authority.rs"]
pub(crate) mod authority;
#[path = "../../../checks/tests/support/der.rs"]
pub(crate) mod der;

use std::cell::RefCell;

use authority::{AUTHORITY, Recipe, RequestRecipe, numbered_key};
use estampille::{
    Context,
    contract::{
        AwaitedCertificate, Expected, FileInput, Finding, PlanInput, PlannedInput, PlannedName, Secret,
        SetFile, SetOptions, SetReport,
    },
    set,
};
use messages::Locale;
use pki::{
    block_on,
    engine::Engine,
    key::PrivateKey,
    passphrase::Passphrase,
    pem,
    rustcrypto::{Randomness, RandomnessError, RustCrypto},
};
use serde::Deserialize;
use vocabulary::Timestamp;

/// One file of a case: exactly one of the parts, or several in `all`.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Written {
    pub(crate) name: String,
    /// What it changes of the usual recipe.
    pub(crate) certificate: Option<toml::Table>,
    pub(crate) request: Option<toml::Table>,
    /// A private key, in clear, or under this passphrase.
    pub(crate) key: Option<String>,
    pub(crate) under: Option<String>,
    /// The test authority's own certificate.
    pub(crate) authority: bool,
    pub(crate) text: Option<String>,
    /// A file of `tests/cases/hostile/seeds`.
    pub(crate) seed: Option<String>,
    pub(crate) all: Vec<Written>,
    pub(crate) der: bool,
}

impl Written {
    pub(crate) fn certificate(name: &str, certificate: toml::Table) -> Self {
        Self { name: name.to_owned(), certificate: Some(certificate), ..Self::default() }
    }

    pub(crate) fn key(name: &str, key: &str) -> Self {
        Self { name: name.to_owned(), key: Some(key.to_owned()), ..Self::default() }
    }

    fn bytes(&self) -> Vec<u8> {
        let pem = |label: &str, der: &[u8]| {
            if self.der { der.to_vec() } else { pem::encode(label, der).into_bytes() }
        };
        if let Some(certificate) = &self.certificate {
            let recipe: Recipe = toml::Value::Table(named(certificate)).try_into().unwrap();
            return pem(pem::CERTIFICATE, &recipe.der());
        }
        if let Some(request) = &self.request {
            return pem(pem::CERTIFICATE_REQUEST, request_recipe(request).make().raw());
        }
        if let Some(key) = &self.key {
            let key = private_key(key);
            let Some(passphrase) = &self.under else { return pem(pem::PRIVATE_KEY, key.pkcs8()) };
            let passphrase = Passphrase::new(passphrase.clone());
            return pem(pem::ENCRYPTED_PRIVATE_KEY, &engine().encrypt_now(key, &passphrase).unwrap());
        }
        if self.authority {
            return pem(pem::CERTIFICATE, &Recipe::authority(AUTHORITY, "authority").der());
        }
        if let Some(text) = &self.text {
            return text.clone().into_bytes();
        }
        if let Some(seed) = &self.seed {
            return self::seed(seed);
        }
        self.all.iter().flat_map(Self::bytes).collect()
    }
}

/// A file made by another tool, see `make.sh` beside it.
pub(crate) fn seed(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/hostile/seeds");
    std::fs::read(std::path::Path::new(folder).join(name)).unwrap()
}

/// With `cn` and `ou` put in the usual subject.
fn named(table: &toml::Table) -> toml::Table {
    let mut table = table.clone();
    let mut subject = Recipe::default().subject;
    for (key, place) in [("ou", 3), ("cn", 4)] {
        if let Some(value) = table.remove(key) {
            subject[place] = format!("{}={}", key.to_uppercase(), value.as_str().unwrap());
            table.insert("subject".to_owned(), toml::Value::try_from(&subject).unwrap());
        }
    }
    table
}

fn request_recipe(table: &toml::Table) -> RequestRecipe {
    toml::Value::Table(named(table)).try_into().unwrap()
}

fn private_key(name: &str) -> &'static PrivateKey {
    numbered_key(name).unwrap_or_else(|| panic!("{name}"))
}

pub(crate) fn files(written: &[Written]) -> Vec<SetFile> {
    let file = |file: &Written| SetFile { name: file.name.clone(), bytes: FileInput::new(file.bytes()) };
    written.iter().map(file).collect()
}

/// One entry of a plan.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Planned {
    id: String,
    product: String,
    exact: Option<String>,
    suggestion: Option<String>,
    structure_id: Option<String>,
}

pub(crate) fn plan(planned: &[Planned]) -> PlanInput {
    let entry = |planned: &Planned| PlannedInput {
        id: Some(planned.id.clone()),
        product: Some(planned.product.clone()),
        common_name: Some(PlannedName {
            rule: Some(if planned.exact.is_some() { "exact" } else { "free" }.to_owned()),
            value: planned.exact.clone(),
            suggestion: planned.suggestion.clone(),
        }),
        structure_id: planned.structure_id.clone(),
    };
    PlanInput { certificates: Some(planned.iter().map(entry).collect()) }
}

/// A request made in the session, and what is awaited.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Session {
    request: toml::Table,
    product: Option<String>,
    common_name: Option<String>,
    structure_id: Option<String>,
}

pub(crate) fn awaited(session: &[Session]) -> Vec<AwaitedCertificate> {
    let one = |session: &Session| AwaitedCertificate {
        csr: Some(FileInput::new(request_recipe(&session.request).make().raw().to_vec())),
        expected: Some(Expected {
            product: session.product.clone(),
            common_name: session.common_name.clone(),
            structure_id: session.structure_id.clone(),
            ..Expected::default()
        }),
    };
    session.iter().map(one).collect()
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

pub(crate) fn authority_file() -> FileInput {
    FileInput::new(Recipe::authority(AUTHORITY, "authority").der())
}

pub(crate) fn engine() -> RustCrypto<impl Randomness> {
    RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError))
}

/// Checks, and sees that progress only grows and ends.
pub(crate) fn run(files: &[SetFile], options: &SetOptions) -> SetReport {
    run_with(&engine(), files, options)
}

pub(crate) fn run_with(engine: &impl Engine, files: &[SetFile], options: &SetOptions) -> SetReport {
    let now = Timestamp::parse("2026-11-20T09:00:00Z").unwrap();
    let context = Context { locale: Locale::Fr, now, engine };
    let steps = RefCell::new(Vec::new());
    let progress = |done, total| steps.borrow_mut().push((done, total));
    let report = block_on(set::check(&context, files, options, progress)).unwrap().unwrap();
    let steps = steps.into_inner();
    assert!(steps.is_sorted(), "{steps:?}");
    assert!(steps.iter().all(|(done, total)| done <= total));
    assert_eq!(steps.last().unwrap().0, steps.last().unwrap().1);
    report
}

/// `severity code`.
pub(crate) fn said(finding: &Finding) -> String {
    format!("{} {}", finding.severity, finding.code)
}

/// `severity code: title`.
pub(crate) fn told(finding: &Finding) -> String {
    format!("{}: {}", said(finding), finding.title)
}

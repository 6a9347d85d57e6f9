//! Renewing: from an old certificate, the request to make again (same subject, same product, a new key), and what
//! would differ today.

use std::collections::BTreeSet;

use messages::{Locale, Text, papers::renewal as texts};
use pki::{
    certificate::Certificate,
    file::{self, Item},
    key::{PublicKey, RsaBits},
};
use profiles::{Authority, product};
use vocabulary::{
    Environment, Error, Fact, Finding, Product, Timestamp, Topic, Value, Verdict,
    topics::{failures, kits as topics},
};

use crate::{
    contract::{CsrRequest, FileInput, Renewal, RenewalInput, RenewalLine, Subject, findings},
    expected, material,
};

/// The length at which the authority was seen cutting the names of structures.
const CUT_ORGANIZATION: usize = 40;

/// The request that renews a certificate, with what `expected` (of a plan, say) changes in it.
///
/// # Errors
///
/// `not-a-certificate` for a file that holds none, or only an authority's; a word or a structure id of `expected` that
/// is not one, with its field.
pub fn prepare(locale: Locale, now: Timestamp, input: &RenewalInput) -> Result<Renewal, Error> {
    let expected = expected::parse(input.expected.as_ref())?;
    let file = input.certificate.as_ref();
    let file = file.ok_or_else(|| Error::at(vocabulary::topics::errors::INVALID_INPUT, "certificate"))?;
    let (old, _) = material::leaf(file, "certificate")?;
    if old.is_ca() {
        return Err(Error::at(topics::AUTHORITY, "certificate"));
    }
    let before = State::of(&old);
    let after = before.changed_by(&expected);
    let found = remarks(now, &old, &before, &after);
    Ok(Renewal {
        request: after.request(&old),
        lines: lines(locale, now, &old, &before, &after),
        verdict: Verdict::of(&found).as_str().into(),
        findings: findings(locale, &found),
        public_key_sha256: old.public_key().sha256(),
        not_after: Timestamp(old.not_after()).to_string(),
    })
}

/// Refuses a request, or a key in clear, that takes up the key of the old certificate.
///
/// # Errors
///
/// `key-reused` at `csr` when it does; `not-a-csr` when the file holds neither a request nor a key;
/// `not-a-certificate`.
pub fn check_new_key(certificate: &FileInput, request: &FileInput) -> Result<(), Error> {
    let (old, _) = material::leaf(certificate, "certificate")?;
    let contents = file::read(request.as_bytes()).ok();
    let items = contents.iter().flat_map(|contents| &contents.items);
    let keys: Vec<&PublicKey> = items
        .filter_map(|item| match item {
            Item::Request(request) => Some(request.public_key()),
            Item::PrivateKey(key) => Some(key.public_key()),
            Item::PublicKey(key) => Some(key),
            _ => None,
        })
        .collect();
    if keys.is_empty() {
        return Err(Error::at(failures::NOT_A_CSR, "csr"));
    }
    if keys.contains(&old.public_key()) { Err(reused(&name_of(&old))) } else { Ok(()) }
}

/// The same, by the fingerprints that [`Renewal`] and `CsrBundle` give.
///
/// # Errors
///
/// `key-reused` at `csr`.
pub fn check_new_fingerprint(renewal: &Renewal, public_key_sha256: &str) -> Result<(), Error> {
    let subject = renewal.request.subject.as_ref();
    let name = subject.and_then(|subject| subject.common_name.as_deref()).unwrap_or_default();
    if renewal.public_key_sha256.eq_ignore_ascii_case(public_key_sha256) { Err(reused(name)) } else { Ok(()) }
}

fn reused(name: &str) -> Error {
    Error::at(topics::KEY_REUSED, "csr").with("name", short(name))
}

/// What a certificate says, or a new one shall say.
#[derive(Clone)]
struct State {
    product: Option<Product>,
    structure_id: Option<String>,
    organization: Option<String>,
    department: Option<String>,
    common_name: Option<String>,
    dns_names: Vec<String>,
    emails: Vec<String>,
    environment: Option<Environment>,
}

impl State {
    fn of(certificate: &Certificate) -> Self {
        let subject = certificate.subject();
        let first = |name: &str| subject.values_of(name).into_iter().next();
        let extensions = certificate.extensions();
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Self {
            product: checks::recognise(certificate).product,
            structure_id: first("OU"),
            organization: first("O"),
            department: first("ST"),
            common_name: first("CN"),
            dns_names: owned(extensions.dns_names()),
            emails: owned(extensions.emails()),
            environment: issuer(certificate).map(|authority| authority.environment),
        }
    }

    fn changed_by(&self, expected: &checks::Expected) -> Self {
        let mut after = self.clone();
        after.product = expected.product.or(self.product);
        if let Some(id) = &expected.structure_id {
            after.structure_id = Some(id.as_str().to_owned());
        }
        if let Some(name) = &expected.common_name {
            after.common_name = Some(name.clone());
        }
        if !expected.dns_names.is_empty() {
            after.dns_names = expected.dns_names.clone();
        }
        after.environment = expected.environment.or(self.environment);
        after
    }

    /// A request without a key: a renewal never takes up the old one.
    fn request(&self, old: &Certificate) -> CsrRequest {
        let given = |names: &[String]| (!names.is_empty()).then(|| names.to_vec());
        CsrRequest {
            product: self.product.map(|product| product.as_str().to_owned()),
            subject: Some(Subject {
                country: old.subject().values_of("C").into_iter().next(),
                department: self.department.clone(),
                organization: self.organization.clone(),
                structure_id: self.structure_id.clone(),
                common_name: self.common_name.clone(),
            }),
            dns_names: given(&self.dns_names),
            emails: given(&self.emails),
            ..CsrRequest::default()
        }
    }
}

/// What to know before the request is made, gravest first.
fn remarks(now: Timestamp, old: &Certificate, before: &State, after: &State) -> Vec<Finding> {
    let until = Timestamp(old.not_after());
    let left = now.days_until(until);
    let mut found = Vec::new();
    let issuer_name = old.issuer().rfc4514();
    match Authority::by_subject(&issuer_name) {
        Some(authority) if authority.former => found.push(Finding::warning(topics::RENEWAL_FORMER_PKI)),
        None => {
            found.push(Finding::warning(topics::RENEWAL_OTHER_ISSUER).with("issuer", short(&issuer_name)));
        }
        Some(_) if now > until => {
            found.push(Finding::warning(topics::RENEWAL_TOO_LATE).with("until", until));
        }
        Some(_) => {
            let days = u64::try_from(left).unwrap_or_default();
            found.push(Finding::info(topics::RENEWAL_IN_TIME).with("until", until).with("days", days));
        }
    }
    if after.product.is_none() {
        found.push(Finding::warning(topics::RENEWAL_PRODUCT_UNKNOWN));
    }
    let mut differ = |topic: Topic, was: Option<Value>, is: Option<Value>| {
        if let (Some(was), Some(is)) = (was, is)
            && was != is
        {
            found.push(Finding::warning(topic).with("found", was).with("expected", is));
        }
    };
    let text = |text: &Option<String>| text.as_deref().map(|text| Value::from(short(text)));
    let named = |product: Option<Product>| product.map(|product| Value::from(spaced(product)));
    // The two seals give certificates that nothing tells apart.
    let seals = [Some(Product::OrgSign), Some(Product::ServSign)];
    if !(seals.contains(&before.product) && seals.contains(&after.product)) {
        differ(topics::RENEWAL_PRODUCT, named(before.product), named(after.product));
    }
    differ(topics::RENEWAL_STRUCTURE_ID, text(&before.structure_id), text(&after.structure_id));
    differ(topics::RENEWAL_COMMON_NAME, text(&before.common_name), text(&after.common_name));
    let term = |environment: Option<Environment>| environment.map(|one| Value::Term(environment_term(one)));
    differ(topics::RENEWAL_ENVIRONMENT, term(before.environment), term(after.environment));
    let set = |names: &[String]| {
        let mut set = BTreeSet::new();
        set.extend(names.iter().map(|name| name.to_ascii_lowercase()));
        set
    };
    if set(&before.dns_names) != set(&after.dns_names) {
        let list = |names: &[String]| names.iter().take(20).map(|name| short(name)).collect::<Vec<_>>();
        let finding = Finding::warning(topics::RENEWAL_DNS_NAMES);
        found.push(finding.with("found", list(&before.dns_names)).with("expected", list(&after.dns_names)));
    }
    if let (Some(was), Some(is)) = (months_of(old), months_today(after.product, now))
        && is < was
    {
        let finding = Finding::info(topics::RENEWAL_DURATION);
        found.push(finding.with("found", u64::from(was)).with("expected", u64::from(is)));
    }
    let (was, is) = (old.public_key().bits().unwrap_or_default(), RsaBits::default().get());
    if was > 0 && was < is && old.public_key().algorithm() == "RSA" {
        found.push(
            Finding::info(topics::RENEWAL_KEY).with("found", u64::from(was)).with("expected", u64::from(is)),
        );
    }
    if let Some(name) = before.organization.as_deref().filter(|name| name.chars().count() == CUT_ORGANIZATION)
    {
        found.push(Finding::info(topics::RENEWAL_ORGANIZATION).with("found", name));
    }
    Finding::gravest_first(&mut found, &|_| 0);
    found
}

/// Old and new, field by field.
fn lines(
    locale: Locale,
    now: Timestamp,
    old: &Certificate,
    before: &State,
    after: &State,
) -> Vec<RenewalLine> {
    let mut lines = Vec::new();
    let mut line = |field: &'static str, label: Text, was: Option<String>, is: Option<String>| {
        if was.is_some() || is.is_some() {
            let label = label.get(locale).to_owned();
            lines.push(RenewalLine { field: field.into(), label, changed: was != is, old: was, new: is });
        }
    };
    let joined = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
    let word = |environment: Option<Environment>| {
        environment
            .and_then(|one| messages::term(environment_term(one)))
            .map(|text| text.get(locale).to_owned())
    };
    line("product", texts::PRODUCT, before.product.map(spaced), after.product.map(spaced));
    line("structureId", texts::STRUCTURE_ID, before.structure_id.clone(), after.structure_id.clone());
    line("organization", texts::ORGANIZATION, before.organization.clone(), after.organization.clone());
    line("department", texts::DEPARTMENT, before.department.clone(), after.department.clone());
    line("commonName", texts::COMMON_NAME, before.common_name.clone(), after.common_name.clone());
    line("dnsNames", texts::DNS_NAMES, joined(&before.dns_names), joined(&after.dns_names));
    line("emails", texts::EMAILS, joined(&before.emails), joined(&after.emails));
    line("environment", texts::ENVIRONMENT, word(before.environment), word(after.environment));
    let months = |count: u32| texts::MONTHS.with(locale, &[fact("count", u64::from(count))]);
    line(
        "duration",
        texts::DURATION,
        months_of(old).map(months),
        months_today(after.product, now).map(months),
    );
    let key = old.public_key();
    let bits = |text: Text, algorithm: &str, count: u32| {
        text.with(locale, &[fact("algorithm", algorithm), fact("count", u64::from(count))])
    };
    let was = key.bits().map(|count| bits(texts::BITS, key.algorithm(), count));
    line("key", texts::KEY, was, Some(bits(texts::NEW_KEY, "RSA", RsaBits::default().get())));
    lines
}

/// The authority of the IGC-Santé that the certificate names as its issuer.
fn issuer(certificate: &Certificate) -> Option<&'static Authority> {
    Authority::by_subject(&certificate.issuer().rfc4514()).filter(|authority| !authority.former)
}

/// Months from the beginning to the end, where they are whole, a day more or less.
fn months_of(certificate: &Certificate) -> Option<u32> {
    let (from, until) = (Timestamp(certificate.not_before()), Timestamp(certificate.not_after()));
    (1..=120_i32)
        .find(|months| (-1..=1).contains(&from.plus_months(*months).days_until(until)))
        .and_then(|months| u32::try_from(months).ok())
}

/// Months for which the product is issued now, by what was seen.
fn months_today(wanted: Option<Product>, now: Timestamp) -> Option<u32> {
    let durations = product(wanted?).durations;
    let current = durations.iter().find(|duration| {
        duration.from.is_none_or(|from| from <= now) && duration.until.is_none_or(|until| now <= until)
    });
    current.map(|duration| duration.months)
}

const fn environment_term(environment: Environment) -> &'static str {
    match environment {
        Environment::Production => "environment.production",
        Environment::Test => "environment.test",
    }
}

fn name_of(certificate: &Certificate) -> String {
    certificate.common_name().unwrap_or_else(|| certificate.subject().rfc4514())
}

/// `ORG_AUTH_CLI` as people read it.
fn spaced(product: Product) -> String {
    product.as_str().replacen('_', " ", 1)
}

fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

fn fact(name: &'static str, value: impl Into<Value>) -> Fact {
    Fact { name, value: value.into() }
}

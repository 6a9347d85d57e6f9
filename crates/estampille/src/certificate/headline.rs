//! The verdict in one honest sentence.

use checks::{EntityKind, certificate::CertificateFindings};
use messages::Locale;
use pki::{certificate::Certificate, chain::AnchorKind};
use vocabulary::{
    Environment, Fact, Finding, Severity, Timestamp, Topic, Value, Verdict,
    topics::{checks as checks_topics, headlines as topics},
};

/// Writes it: what it is good for, whose it is ("yours" only after a key or request matched), until when, and what is
/// known of its revocation.
pub(super) fn write(
    locale: Locale,
    certificate: &Certificate,
    report: &CertificateFindings,
    at: Timestamp,
) -> String {
    let until = Timestamp(certificate.not_after());
    let name = certificate.common_name().unwrap_or_else(|| certificate.subject().rfc4514());
    let product = report.recognition.product.map(|product| product.as_str().replacen('_', " ", 1));
    let mut facts = vec![
        fact("name", name.chars().take(80).collect::<String>()),
        fact("until", until),
        fact("days", u64::try_from(at.days_until(until)).unwrap_or_default()),
        fact("product", product.unwrap_or_default()),
    ];
    let revocation = revocation(report);
    facts.extend(
        revocation
            .iter()
            .flat_map(|finding| &finding.facts)
            .filter(|fact| ["date", "published"].contains(&fact.name))
            .cloned(),
    );
    let state = revocation.and_then(|finding| state_of(finding.topic));
    let mut sentences = Vec::new();
    match report.verdict() {
        // Whatever else is wrong with it, nothing else mends this.
        Verdict::Fail if state.is_some_and(|topic| [topics::REVOKED, topics::SUSPENDED].contains(&topic)) => {
        }
        Verdict::Fail => {
            // An authority's certificate has its place, in the chain: that it is none of the person's is no fault of it.
            let is_authority = report.recognition.kind == EntityKind::Authority;
            if is_authority {
                sentences.push(topics::AUTHORITY);
            }
            let of_its_kind = |finding: &&Finding| is_authority && OF_AN_AUTHORITY.contains(&finding.code());
            let mut errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
            if let Some(worst) = errors.find(|finding| !of_its_kind(finding)) {
                facts.push(fact("reason", messages::finding(locale, worst).title));
                sentences.push(topics::REFUSED);
            }
        }
        verdict => {
            sentences.push(subject_of(report));
            if matches!(report.chain.anchor(), Some((_, AnchorKind::Given))) {
                sentences.push(topics::GIVEN_AUTHORITY);
            }
            sentences.push(if report.is_theirs { topics::THEIRS } else { topics::NOT_COMPARED });
            if report.environment == Some(Environment::Test) {
                sentences.push(topics::TEST);
            }
            sentences.push(topics::VALID_UNTIL);
            if verdict == Verdict::Warn {
                sentences.push(topics::TO_LOOK_AT);
            }
        }
    }
    sentences.extend(state);
    let written = sentences.into_iter().map(|topic| messages::render(locale, topic, &facts).title);
    written.collect::<Vec<_>>().join(" ")
}

/// What is a fault of every authority's certificate that is given in place of a structure's.
const OF_AN_AUTHORITY: [&str; 4] = [
    checks_topics::END_ENTITY.code,
    checks_topics::BASIC_CONSTRAINTS.code,
    checks_topics::KEY_MATCHES_CSR.code,
    checks_topics::KEY_MATCHES_PRIVATE_KEY.code,
];

fn revocation(report: &CertificateFindings) -> Option<&Finding> {
    report.findings.iter().find(|finding| finding.code() == checks_topics::REVOCATION.code)
}

/// What is said of revocation. That an authority is revoked is a fault among others, told as the reason.
fn state_of(found: Topic) -> Option<Topic> {
    match found {
        checks_topics::REVOCATION => Some(topics::NOT_REVOKED),
        checks_topics::REVOCATION_REVOKED => Some(topics::REVOKED),
        checks_topics::REVOCATION_HOLD => Some(topics::SUSPENDED),
        checks_topics::REVOCATION_LATER => Some(topics::REVOKED_LATER),
        checks_topics::REVOCATION_AUTHORITY_REVOKED => None,
        _ => Some(topics::REVOCATION_NOT_CHECKED),
    }
}

/// What the certificate is, in the words of what it serves.
fn subject_of(report: &CertificateFindings) -> Topic {
    let insi = |case: &str| {
        report.findings.iter().any(|finding| {
            finding.code() == "insi-name"
                && finding.severity == Severity::Ok
                && finding.facts.iter().any(|fact| matches!(&fact.value, Value::Text(text) if text == case))
        })
    };
    let is_awaited = report.findings.iter().any(|finding| finding.topic == checks_topics::END_ENTITY_PERSON);
    // INSi takes what the IGC-Santé issued, whatever a caller trusts.
    let is_igc = report.is_igc;
    match report.recognition.kind {
        EntityKind::Structure if is_igc && insi("INSI-AUTO") => topics::INSI_AUTO,
        EntityKind::Structure if is_igc && insi("INSI-MANU") => topics::INSI_MANU,
        EntityKind::Structure if report.recognition.product.is_some() => topics::PRODUCT,
        EntityKind::Authority => topics::AUTHORITY,
        EntityKind::Person if is_awaited => topics::PRODUCT,
        EntityKind::Card | EntityKind::Person => topics::PERSON,
        EntityKind::Structure => topics::CERTIFICATE,
    }
}

fn fact(name: &'static str, value: impl Into<Value>) -> Fact {
    Fact { name, value: value.into() }
}

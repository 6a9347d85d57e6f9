//! Usages and names against the profile of the product.

use pki::oid;
use profiles::{AltNameRule, Profile};
use vocabulary::{Document, Finding, Severity, Source, Topic, topics::checks as topics};

use crate::{
    certificate::Context,
    facts::{RFC5280, alternative_names, list, shown, source},
    recognition::{key_usages, purposes, same_set},
};

const CONSTRAINTS: Source = source(RFC5280, "§ 4.2.1.9");
const SEEN: Source = source(Document::SAMPLES, "usages par produit");

pub(super) fn key_usage(context: &Context<'_>) -> Option<Finding> {
    if !is_judged(context) {
        return None;
    }
    let extensions = context.certificate.extensions();
    let found = key_usages(extensions);
    let shown = list(found.iter().copied());
    let Some((profile, expected)) = rule(context, |profile| profile.key_usage) else {
        return Some(Finding::info(topics::KEY_USAGE_NOT_JUDGED).with("found", shown).from_source(SEEN));
    };
    let is_critical = extensions.get(&oid::KEY_USAGE).is_some_and(|extension| extension.critical);
    Some(if !same_set(&found, expected) {
        mismatch(topics::KEY_USAGE_MISMATCH, profile)
            .with("found", shown)
            .with("expected", list(expected.iter().copied()))
    } else if is_critical {
        judged(Finding::ok(topics::KEY_USAGE), profile).with("found", shown)
    } else {
        judged(Finding::warning(topics::KEY_USAGE_NOT_CRITICAL), profile).with("found", shown)
    })
}

pub(super) fn extended_key_usage(context: &Context<'_>) -> Option<Finding> {
    if !is_judged(context) {
        return None;
    }
    let found = purposes(context.certificate.extensions());
    let shown = list(found.iter().cloned());
    let Some((profile, expected)) = rule(context, |profile| profile.extended_key_usage) else {
        return Some(
            Finding::info(topics::EXTENDED_KEY_USAGE_NOT_JUDGED).with("found", shown).from_source(SEEN),
        );
    };
    Some(if same_set(&found, expected) {
        judged(Finding::ok(topics::EXTENDED_KEY_USAGE), profile).with("found", shown)
    } else {
        mismatch(topics::EXTENDED_KEY_USAGE_MISMATCH, profile)
            .with("found", shown)
            .with("expected", list(expected.iter().copied()))
    })
}

pub(super) fn basic_constraints(context: &Context<'_>) -> Option<Finding> {
    let finding = match context.certificate.extensions().basic_constraints() {
        Some(constraints) if constraints.ca => Finding::error(topics::BASIC_CONSTRAINTS_AUTHORITY),
        Some(_) => Finding::ok(topics::BASIC_CONSTRAINTS),
        None => Finding::info(topics::BASIC_CONSTRAINTS_ABSENT),
    };
    Some(finding.from_source(CONSTRAINTS))
}

pub(super) fn subject_alt_name(context: &Context<'_>) -> Option<Finding> {
    if !is_judged(context) {
        return None;
    }
    let extensions = context.certificate.extensions();
    let names = alternative_names(extensions);
    let found = list(names.iter().cloned());
    let dns = extensions.dns_names();
    let holds = |name: &str| dns.iter().any(|found| found.eq_ignore_ascii_case(name));
    let absent_of = |wanted: &[&str]| -> Vec<String> {
        wanted.iter().copied().filter(|name| !holds(name)).map(shown).collect()
    };
    // A name that was asked for is missing whatever the product.
    let expected: Vec<&str> = context.expected.dns_names.iter().map(String::as_str).collect();
    let asked = context.input.csr.map(|csr| csr.extensions().dns_names()).unwrap_or_default();
    for (wanted, severity) in [(expected, Severity::Error), (asked, Severity::Warning)] {
        let missing = absent_of(&wanted);
        if !missing.is_empty() {
            return Some(
                Finding::new(topics::SUBJECT_ALT_NAME_MISSING, severity)
                    .with("missing", list(missing))
                    .with("found", found)
                    .from_source(SEEN),
            );
        }
    }
    let Some((profile, rule)) = rule(context, |profile| profile.subject_alt_name) else {
        let finding = match names.is_empty() {
            true => Finding::ok(topics::SUBJECT_ALT_NAME_NONE),
            false => Finding::info(topics::SUBJECT_ALT_NAME_NOT_JUDGED),
        };
        return Some(finding.with("found", found).from_source(SEEN));
    };
    let product = profile.product.as_str();
    let present = match rule {
        AltNameRule::None => names.is_empty(),
        AltNameRule::Dns => !dns.is_empty(),
        AltNameRule::Mail => !extensions.emails().is_empty(),
        AltNameRule::Upn => !names.is_empty(),
    };
    let finding = match (rule, present) {
        (AltNameRule::None, true) => Finding::ok(topics::SUBJECT_ALT_NAME_NONE),
        (AltNameRule::None, false) => {
            // More names than expected do not stop a client certificate from working.
            Finding::new(
                topics::SUBJECT_ALT_NAME_UNEXPECTED,
                profile.confidence.fault().min(Severity::Warning),
            )
            .with("product", product)
        }
        (_, false) => {
            Finding::new(topics::SUBJECT_ALT_NAME_ABSENT, profile.confidence.fault()).with("product", product)
        }
        (AltNameRule::Dns, true) => match context.certificate.common_name() {
            Some(name) if !dns.first().is_some_and(|first| first.eq_ignore_ascii_case(&name)) => {
                Finding::warning(topics::SUBJECT_ALT_NAME_COMMON_NAME).with("expected", shown(&name))
            }
            _ => Finding::ok(topics::SUBJECT_ALT_NAME),
        },
        (_, true) => Finding::ok(topics::SUBJECT_ALT_NAME),
    };
    Some(judged(finding, profile).with("found", found))
}

/// Whether it is the certificate of a product, whichever.
fn is_judged(context: &Context<'_>) -> bool {
    !matches!(context.recognition.kind, crate::EntityKind::Authority | crate::EntityKind::Card)
}

fn rule<T>(
    context: &Context<'_>,
    part: impl Fn(&'static Profile) -> Option<T>,
) -> Option<(&'static Profile, T)> {
    let profile = context.profile?;
    Some((profile, part(profile)?))
}

fn mismatch(topic: Topic, profile: &'static Profile) -> Finding {
    judged(Finding::new(topic, profile.confidence.fault()), profile).with("product", profile.product.as_str())
}

fn judged(finding: Finding, profile: &'static Profile) -> Finding {
    finding.from_sources(profile.sources)
}

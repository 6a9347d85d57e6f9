//! What it is: kind, product, category, policy.

use profiles::{Category, Policy, Support, product as profile};
use vocabulary::{Document, Finding, Offer, Severity, Source, Value, topics::checks as topics};

use crate::{
    EntityKind, ProductConfidence,
    certificate::Context,
    facts::{list, shown, source},
    recognition::{are_alike, fits},
};

const PRODUCTS: Source = source(Document::F413_2019, "produits");
const SEEN: Source = source(Document::SAMPLES, "usages par produit");

pub(super) fn end_entity(context: &Context<'_>) -> Option<Finding> {
    let subject = shown(&context.certificate.subject().rfc4514());
    let offer = context.expected.product.map(vocabulary::Product::offer);
    let awaits_person = matches!(offer, Some(Offer::Pro | Offer::Ps));
    // Without an expectation it may be what the person wanted to look at.
    let instead = if offer.is_some() { Severity::Error } else { Severity::Warning };
    let finding = match context.recognition.kind {
        EntityKind::Authority => Finding::error(topics::END_ENTITY_AUTHORITY).with("found", subject),
        EntityKind::Card => Finding::new(topics::END_ENTITY_CARD, instead).with("found", subject),
        EntityKind::Person if awaits_person => Finding::ok(topics::END_ENTITY_PERSON),
        EntityKind::Person => Finding::new(topics::END_ENTITY_PERSON_INSTEAD, instead).with("found", subject),
        EntityKind::Structure if awaits_person => {
            // How the certificates of some people's products look is not known.
            let fault =
                context.expected.product.map_or(instead, |product| profile(product).confidence.fault());
            Finding::new(topics::END_ENTITY_STRUCTURE_INSTEAD, fault).with("found", subject)
        }
        EntityKind::Structure => Finding::ok(topics::END_ENTITY),
    };
    Some(finding.from_source(SEEN))
}

pub(super) fn product(context: &Context<'_>) -> Option<Finding> {
    let recognition = context.recognition;
    if matches!(recognition.kind, EntityKind::Authority | EntityKind::Card) {
        return None;
    }
    let finding = match (recognition.product, context.expected.product) {
        (None, _) => Finding::warning(topics::PRODUCT_UNKNOWN),
        (Some(found), Some(expected)) if are_alike(found, expected) => {
            Finding::ok(topics::PRODUCT_LOOK_ALIKE)
                .with("found", expected.as_str())
                .with("other", found.as_str())
        }
        // It is like both, of which the better known was named.
        (Some(found), Some(expected))
            if found != expected && fits(context.certificate, profile(expected)) && is_awaited(context) =>
        {
            Finding::ok(topics::PRODUCT_LOOK_ALIKE)
                .with("found", expected.as_str())
                .with("other", found.as_str())
        }
        (Some(found), Some(expected)) if found != expected => {
            // That it is not what was awaited is as sure as the row of what was awaited; and it is something else, if
            // only that is known.
            let severity = match recognition.fits() {
                true => profile(expected).confidence.fault().max(Severity::Warning),
                false => Severity::Warning,
            };
            Finding::new(topics::PRODUCT_MISMATCH, severity)
                .with("found", found.as_str())
                .with("expected", expected.as_str())
        }
        (Some(found), None) if found == vocabulary::Product::OrgSign => {
            Finding::ok(topics::PRODUCT_LOOK_ALIKE)
                .with("found", found.as_str())
                .with("other", vocabulary::Product::ServSign.as_str())
        }
        (Some(found), _) if recognition.confidence == ProductConfidence::Certain => {
            Finding::ok(topics::PRODUCT).with("found", found.as_str())
        }
        (Some(found), Some(_)) => Finding::ok(topics::PRODUCT_LIKELY).with("found", found.as_str()),
        (Some(found), None) => Finding::info(topics::PRODUCT_LIKELY).with("found", found.as_str()),
    };
    Some(finding.from_source(PRODUCTS).from_source(SEEN))
}

/// Whether it certifies what the expected product certifies, a person or a structure.
fn is_awaited(context: &Context<'_>) -> bool {
    let offer = context.expected.product.map(vocabulary::Product::offer);
    matches!(offer, Some(Offer::Pro | Offer::Ps)) == (context.recognition.kind == EntityKind::Person)
}

pub(super) fn product_category(context: &Context<'_>) -> Option<Finding> {
    if context.is_authority() {
        return None;
    }
    let Some(byte) = context.certificate.product_category() else {
        return Some(Finding::warning(topics::PRODUCT_CATEGORY_ABSENT).from_source(SEEN));
    };
    let found = format!("{byte:02x}");
    Some(match Category::of(byte) {
        Some(category) => match category.support {
            Support::Software => Finding::ok(topics::PRODUCT_CATEGORY),
            support => Finding::info(topics::PRODUCT_CATEGORY_OTHER).with(
                "support",
                Value::Term(match support {
                    Support::Card => "support.card",
                    Support::Module => "support.module",
                    Support::Software => "support.software",
                }),
            ),
        }
        .with("found", found)
        .from_sources(category.sources),
        None => Finding::info(topics::PRODUCT_CATEGORY_UNKNOWN).with("found", found).from_source(SEEN),
    })
}

pub(super) fn policy(context: &Context<'_>) -> Option<Finding> {
    if context.is_authority() {
        return None;
    }
    let policies = context.certificate.extensions().policies();
    if policies.is_empty() {
        return Some(Finding::info(topics::POLICY_ABSENT).from_source(SEEN));
    }
    let found = list(policies.iter().map(|policy| shown(policy.oid.as_str())));
    let Some(known) = policies.iter().find_map(|policy| Policy::of(policy.oid.as_str())) else {
        return Some(Finding::info(topics::POLICY_UNKNOWN).with("found", found).from_source(SEEN));
    };
    let product = context.profile.map(|profile| profile.product);
    let is_other =
        product.is_some_and(|product| !known.products.is_empty() && !known.products.contains(&product));
    let finding = if is_other {
        let expected = list(known.products.iter().map(|product| product.as_str()));
        Finding::info(topics::POLICY_OTHER_PRODUCT).with("expected", expected)
    } else {
        Finding::ok(topics::POLICY)
    };
    Some(finding.with("found", found).from_sources(known.sources))
}

//! Trust: the signature leads to a pinned key. A name proves nothing.

use pki::{
    chain::{AnchorKind, ChainElement, ChainFault},
    name::DistinguishedName,
};
use profiles::{Authority, FORMER_PKI, Pin};
use vocabulary::{Finding, Source, Timestamp, Topic, topics::checks as topics};

use crate::{
    certificate::Context,
    environment::is_igc,
    facts::{RFC5280, shown, source},
};

const PATH: Source = source(RFC5280, "§ 6.1");

pub(super) fn trusted(context: &Context<'_>) -> Option<Finding> {
    let finding = match context.chain.anchor() {
        Some((stem, AnchorKind::Pinned)) => anchored(context, Authority::by_stem(stem)?),
        Some((_, AnchorKind::Given)) => given(context),
        None => untrusted(context),
    };
    Some(finding.from_source(PATH))
}

/// Signatures lead to a pinned key.
fn anchored(context: &Context<'_>, authority: &'static Authority) -> Finding {
    if authority.former {
        return former(authority.subject);
    }
    if let Some(finding) = out_of_validity(context, Some(authority)) {
        return finding;
    }
    // Above the first pin the path goes on as far as signatures prove it: a confirmed root vouches for the
    // intermediate authority it signed.
    let confirmed = context
        .chain
        .elements
        .iter()
        .filter_map(pinned)
        .any(|authority| authority.confidence == Pin::Confirmed && !authority.former);
    let finding = match confirmed {
        true => Finding::ok(topics::CHAIN_TRUSTED),
        false => Finding::warning(topics::CHAIN_TRUSTED_SINGLE_SOURCE),
    };
    finding.with("authority", authority.name()).from_sources(authority.sources)
}

/// Signatures lead to a key the user gave.
fn given(context: &Context<'_>) -> Finding {
    if let Some(finding) = out_of_validity(context, None) {
        return finding;
    }
    let name = context.chain.anchored_at.and_then(|at| context.chain.elements.get(at));
    let name = name.map(|element| shown(first_part(&element.subject_rfc4514))).unwrap_or_default();
    Finding::warning(topics::CHAIN_TRUSTED_GIVEN_ANCHOR).with("authority", name)
}

/// Signatures lead nowhere: say why as exactly as can be.
fn untrusted(context: &Context<'_>) -> Finding {
    let issuer = context.certificate.issuer();
    let named = Authority::by_subject(&issuer.rfc4514());
    if let Some(authority) = named.filter(|authority| authority.former) {
        return former(authority.subject);
    }
    let faults = &context.chain.faults;
    if let Some(impostor) = impostor(context) {
        return with_name(topics::CHAIN_TRUSTED_LOOK_ALIKE, impostor);
    }
    let unsupported = faults.contains(&ChainFault::Unsupported);
    let refuted = faults.contains(&ChainFault::LookAlike);
    if faults.contains(&ChainFault::NotAnAuthority) {
        return with_name(topics::CHAIN_TRUSTED_NOT_AN_AUTHORITY, &short(issuer));
    }
    if unsupported && !refuted {
        return with_name(topics::CHAIN_TRUSTED_UNVERIFIED, &short(issuer))
            .with("algorithm", context.certificate.signature_algorithm().name());
    }
    // Something with the issuer's name was there, and did not make this signature.
    let issuer_was_there = refuted && context.chain.elements.len() == 1;
    if named.is_some() || issuer_was_there {
        return with_name(topics::CHAIN_TRUSTED_SIGNATURE_INVALID, &short(issuer));
    }
    match is_igc(issuer) {
        true => with_name(topics::CHAIN_TRUSTED_UNPINNED_AUTHORITY, &short(issuer)),
        false => with_name(topics::CHAIN_TRUSTED_UNKNOWN_AUTHORITY, &short(issuer)),
    }
}

/// The pinned name that something in the path bears without having its key: a signer that came along, the issuer it
/// claims, or the certificate itself when it claims to have signed itself.
fn impostor<'a>(context: &'a Context<'_>) -> Option<&'static str> {
    let elements: &'a [ChainElement] = &context.chain.elements;
    let above_leaf = elements.get(1..).unwrap_or_default();
    let bears_pinned_name = |name: &str| Authority::by_subject(name).map(Authority::name);
    let signer = above_leaf
        .iter()
        .filter(|element| element.anchor.is_none())
        .find_map(|element| bears_pinned_name(&element.subject_rfc4514));
    let claimed = || {
        let top = context.input.extra.get(above_leaf.last()?.extra?)?;
        bears_pinned_name(&top.issuer().rfc4514())
    };
    let itself = || {
        let certificate = context.certificate;
        certificate.is_self_issued().then(|| bears_pinned_name(&certificate.subject().rfc4514())).flatten()
    };
    signer.or_else(claimed).or_else(itself)
}

/// The authority of the path, pinned or come along, that is not valid at the moment of the check.
fn out_of_validity(context: &Context<'_>, pin: Option<&'static Authority>) -> Option<Finding> {
    let at = context.input.at;
    let came_along = context
        .chain
        .elements
        .iter()
        .filter_map(|element| context.input.extra.get(element.extra?))
        .map(|ca| (short(ca.subject()), Timestamp(ca.not_before()), Timestamp(ca.not_after())));
    let pin = pin.map(|pin| (pin.name().to_owned(), pin.not_before, pin.not_after));
    let (name, from, until) =
        pin.into_iter().chain(came_along).find(|(_, from, until)| at < *from || at > *until)?;
    Some(
        Finding::error(topics::CHAIN_TRUSTED_AUTHORITY_EXPIRED)
            .with("authority", name)
            .with("from", from)
            .with("until", until),
    )
}

fn former(subject: &str) -> Finding {
    with_name(topics::CHAIN_TRUSTED_FORMER_PKI, subject)
        .with("ended", FORMER_PKI.ended)
        .from_sources(FORMER_PKI.sources)
}

fn pinned(element: &ChainElement) -> Option<&'static Authority> {
    match &element.anchor {
        Some((stem, AnchorKind::Pinned)) => Authority::by_stem(stem),
        _ => None,
    }
}

fn with_name(topic: Topic, name: &str) -> Finding {
    Finding::error(topic).with("authority", name)
}

/// The common name of a printed name that begins with one, else the whole.
fn first_part(rfc4514: &str) -> &str {
    let first = rfc4514.split(',').next().and_then(|part| part.strip_prefix("CN="));
    first.filter(|name| !name.is_empty() && !name.ends_with('\\')).unwrap_or(rfc4514)
}

/// The common name, else the whole name.
fn short(name: &DistinguishedName) -> String {
    shown(&name.common_name().unwrap_or_else(|| name.rfc4514()))
}

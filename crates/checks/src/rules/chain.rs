//! Trust: the signature leads to a pinned key. A name proves nothing.

use pki::{
    certificate::Certificate,
    chain::{AnchorKind, ChainElement, ChainFault},
    name::DistinguishedName,
};
use profiles::{Authority, FORMER_PKI, Pin};
use vocabulary::{Finding, Severity, Source, Timestamp, Topic, topics::checks as topics};

use super::{judge_algorithm, judge_strength, judge_weakness};
use crate::{
    certificate::Context,
    environment::is_igc,
    facts::{RFC5280, key_name, list, shown, source},
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
    if let Some(finding) = weak(context).or_else(|| out_of_validity(context, Some(authority))) {
        return finding;
    }
    if let Some(finding) = constrained(context) {
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
    finding.with("authority", authority.name()).from_sources(authority.sources())
}

/// Signatures lead to a key the user gave.
fn given(context: &Context<'_>) -> Finding {
    if let Some(impostor) = impostor(context) {
        return with_name(topics::CHAIN_TRUSTED_LOOK_ALIKE, impostor);
    }
    if let Some(finding) = weak(context).or_else(|| out_of_validity(context, None)) {
        return finding;
    }
    if let Some(finding) = constrained(context) {
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
    // Not at all, or not that many below it.
    if faults.contains(&ChainFault::NotAnAuthority) || faults.contains(&ChainFault::PathTooLong) {
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

/// The pinned authority that something in the path passes itself off as, without having its key: a signer that came
/// along or was given, the issuer it claims, or the certificate itself when it claims to have signed itself.
pub(super) fn impostor(context: &Context<'_>) -> Option<&'static str> {
    let elements = &context.chain.elements;
    let above_leaf = elements.get(1..).unwrap_or_default();
    let signer = above_leaf.iter().filter(|element| pinned(element).is_none()).find_map(|element| {
        let by_key_id = || imitates_key_id(certificate_of(context, element)?);
        bears_pinned_name(&element.subject_rfc4514).or_else(by_key_id)
    });
    let claimed = || {
        // Whoever gives an authority need not give those above it: its issuer's name is no false claim.
        let top = above_leaf.last().filter(|top| top.anchor.is_none())?;
        bears_pinned_name(&certificate_of(context, top)?.issuer().rfc4514())
    };
    let itself = || {
        let certificate = context.certificate;
        let name = || bears_pinned_name(&certificate.subject().rfc4514());
        certificate.is_self_issued().then(|| name().or_else(|| imitates_key_id(certificate))).flatten()
    };
    signer.or_else(claimed).or_else(itself)
}

/// The pinned authority of this name. Programs compare names without regard to case, and so may people.
fn bears_pinned_name(name: &str) -> Option<&'static str> {
    let mut pins = Authority::all().iter();
    pins.find(|pin| pin.subject.eq_ignore_ascii_case(name)).map(Authority::name)
}

/// The pinned authority whose key identifier stands in the certificate of another key.
fn imitates_key_id(certificate: &Certificate) -> Option<&'static str> {
    let key_id = certificate.extensions().subject_key_id()?;
    let mut pins = Authority::all().iter().filter(|pin| pin.key_identifier() == key_id);
    pins.find(|pin| pin.public_key() != certificate.public_key().spki()).map(Authority::name)
}

/// The certificate of an element above the leaf: come along, or given.
fn certificate_of<'a>(context: &Context<'a>, element: &ChainElement) -> Option<&'a Certificate> {
    context.surroundings.certificate(element.extra?)
}

/// Certificates between the leaf and the anchor: nobody but the path vouches for them.
fn between<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Certificate> {
    let until = context.chain.anchored_at.unwrap_or_default();
    let elements = context.chain.elements.get(1..until).unwrap_or_default();
    elements.iter().filter_map(|element| certificate_of(context, element)).collect::<Vec<_>>().into_iter()
}

/// An authority of the path whose signature or key anybody could imitate. How an anchor is signed does not matter, what
/// it signs with does.
fn weak(context: &Context<'_>) -> Option<Finding> {
    let anchor = context.chain.anchored_at.and_then(|at| context.chain.elements.get(at));
    let anchor = anchor.filter(|anchor| pinned(anchor).is_none() && context.chain.anchored_at != Some(0));
    let anchor = anchor.and_then(|anchor| certificate_of(context, anchor));
    let signature = between(context).find_map(|ca| {
        let algorithm = ca.signature_algorithm();
        is_error(&judge_algorithm(algorithm)).then(|| (short(ca.subject()), algorithm.name().to_owned()))
    });
    let key = || {
        between(context).chain(anchor).find_map(|ca| {
            let key = ca.public_key();
            let is_weak =
                is_error(&judge_strength(key)) || judge_weakness(key).as_ref().is_some_and(is_error);
            is_weak.then(|| (short(ca.subject()), key_name(key)))
        })
    };
    let (authority, found) = signature.or_else(key)?;
    Some(with_name(topics::CHAIN_TRUSTED_WEAK_AUTHORITY, &authority).with("found", found))
}

/// An authority of the path with conditions that are not judged here: extensions nobody knows, or limits on names.
fn constrained(context: &Context<'_>) -> Option<Finding> {
    between(context).find_map(|ca| {
        let extensions = ca.extensions();
        let mut found: Vec<String> =
            extensions.unknown_critical().into_iter().map(|oid| shown(oid.as_str())).collect();
        let names = &pki::oid::NAME_CONSTRAINTS;
        if extensions.get(names).is_some() && !found.iter().any(|oid| oid == names.as_str()) {
            found.push(names.as_str().to_owned());
        }
        (!found.is_empty()).then(|| {
            Finding::warning(topics::CHAIN_TRUSTED_CONSTRAINED)
                .with("authority", short(ca.subject()))
                .with("found", list(found))
        })
    })
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// The authority of the path, pinned or come along, that is not valid at the moment of the check. The dates of an anchor
/// that was given are those of whoever gave it: RFC 5280, section 6.1.1 (d), does not look at them.
fn out_of_validity(context: &Context<'_>, pin: Option<&'static Authority>) -> Option<Finding> {
    let at = context.input.at;
    let anchor = context.chain.anchored_at;
    let elements = context.chain.elements.iter().enumerate();
    let came_along = elements
        .filter(|(position, element)| {
            let is_given = element.extra.is_some_and(|extra| context.surroundings.is_given(extra));
            !(is_given && Some(*position) >= anchor)
        })
        .filter_map(|(_, element)| certificate_of(context, element))
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

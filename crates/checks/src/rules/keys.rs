//! Keys: do they go together, are they strong?

use pki::key::{PublicKey, PublicKeyKind};
use pki::signature::{SignatureAlgorithm as Signed, SignatureOutcome};
use profiles::{Judgement, KEYS, SignatureAlgorithm};
use vocabulary::{Document, Finding, Source, topics::checks as topics};

use crate::{
    certificate::{Context, PrivateKeyGiven},
    facts::{RFC5280, key_name, rsa, short_digest, source},
    roca,
};

const SAME_KEY: Source = source(Document::RFC2986, "§ 4.1, subjectPKInfo");
const OWN_KEY: Source = source(RFC5280, "§ 4.1.2.7");
const FLAW: Source = source(Document::ROCA, "empreinte du module");

pub(super) fn matches_csr(context: &Context<'_>) -> Option<Finding> {
    let expected = context.input.csr?.public_key();
    let found = context.certificate.public_key();
    let refuted = context.csr_signature == Some(SignatureOutcome::Invalid);
    Some(
        if found == expected && refuted {
            Finding::warning(topics::KEY_MATCHES_CSR_ALTERED).with("key", short_digest(found))
        } else if found == expected {
            Finding::ok(topics::KEY_MATCHES_CSR).with("key", short_digest(found))
        } else {
            Finding::error(topics::KEY_MATCHES_CSR_MISMATCH)
                .with("found", short_digest(found))
                .with("expected", short_digest(expected))
        }
        .from_source(SAME_KEY),
    )
}

pub(super) fn matches_private_key(context: &Context<'_>) -> Option<Finding> {
    let found = context.certificate.public_key();
    let finding = match context.input.private_key {
        PrivateKeyGiven::None => return None,
        PrivateKeyGiven::Locked => Finding::warning(topics::KEY_MATCHES_PRIVATE_KEY_LOCKED),
        PrivateKeyGiven::Unreadable => Finding::warning(topics::KEY_MATCHES_PRIVATE_KEY_UNREADABLE),
        PrivateKeyGiven::Public(expected) if expected == found => {
            Finding::ok(topics::KEY_MATCHES_PRIVATE_KEY).with("key", short_digest(found))
        }
        PrivateKeyGiven::Public(expected) => Finding::error(topics::KEY_MATCHES_PRIVATE_KEY_MISMATCH)
            .with("found", short_digest(found))
            .with("expected", short_digest(expected)),
    };
    Some(finding.from_source(OWN_KEY))
}

pub(super) fn strength(context: &Context<'_>) -> Option<Finding> {
    let key = context.certificate.public_key();
    // The sizes awaited are those of structures and servers; the authorities' own keys are larger.
    if let (true, PublicKeyKind::Rsa { bits, .. }) = (context.is_authority(), key.kind())
        && (KEYS.rsa_bits_least..=KEYS.rsa_bits_most).contains(bits)
    {
        return Some(
            Finding::ok(topics::KEY_STRENGTH).with("found", key_name(key)).from_sources(KEYS.sources),
        );
    }
    Some(judge_strength(key))
}

/// Size and kind of a public key.
pub(crate) fn judge_strength(key: &PublicKey) -> Finding {
    let usual = rsa(KEYS.rsa_bits_default);
    let unusual = || {
        Finding::warning(topics::KEY_STRENGTH_UNUSUAL)
            .with("found", key_name(key))
            .with("expected", usual.clone())
    };
    let finding = match key.kind() {
        PublicKeyKind::Rsa { bits, .. } if *bits < KEYS.rsa_bits_least => {
            Finding::error(topics::KEY_STRENGTH_WEAK)
                .with("found", key_name(key))
                .with("expected", rsa(KEYS.rsa_bits_least))
        }
        PublicKeyKind::Rsa { bits, .. } if *bits > KEYS.rsa_bits_most => unusual(),
        PublicKeyKind::Rsa { bits, .. } if *bits > KEYS.rsa_bits_default => {
            Finding::info(topics::KEY_STRENGTH_LARGER).with("found", key_name(key)).with("expected", usual)
        }
        PublicKeyKind::Rsa { .. } => Finding::ok(topics::KEY_STRENGTH).with("found", key_name(key)),
        PublicKeyKind::Malformed { .. } => {
            Finding::error(topics::KEY_STRENGTH_UNREADABLE).with("found", key.algorithm())
        }
        _ => unusual(),
    };
    finding.from_sources(KEYS.sources)
}

pub(super) fn weakness(context: &Context<'_>) -> Option<Finding> {
    judge_weakness(context.certificate.public_key())
}

/// Known weaknesses of an RSA key; nothing for other keys.
pub(crate) fn judge_weakness(key: &PublicKey) -> Option<Finding> {
    let PublicKeyKind::Rsa { modulus, exponent, .. } = key.kind() else { return None };
    let usual = u64::from(KEYS.exponent_usual);
    // Beyond 64 bits an exponent is only unusual.
    let value = (exponent.len() <= 8)
        .then(|| exponent.iter().fold(0_u64, |value, octet| (value << 8) | u64::from(*octet)));
    let with_values = |finding: Finding, value: u64| {
        finding.with("found", value.to_string()).with("expected", usual.to_string())
    };
    let is_even = exponent.last().is_none_or(|octet| octet % 2 == 0);
    Some(
        match value {
            Some(value) if value <= 1 || is_even => {
                with_values(Finding::error(topics::WEAK_KEY_EXPONENT), value)
            }
            _ if roca::is_roca(modulus) => {
                return Some(Finding::error(topics::WEAK_KEY_ROCA).from_source(FLAW));
            }
            Some(value) if value < u64::from(KEYS.exponent_least) => {
                with_values(Finding::warning(topics::WEAK_KEY_SMALL_EXPONENT), value)
            }
            _ => Finding::ok(topics::WEAK_KEY),
        }
        .from_sources(KEYS.sources),
    )
}

/// The algorithm of a signature.
pub(crate) fn judge_algorithm(algorithm: &Signed) -> Finding {
    let usual = SignatureAlgorithm::usual().map_or("", |usual| usual.name);
    let known = SignatureAlgorithm::of(algorithm.name());
    let name = known.map_or(algorithm.name(), |known| known.name);
    let finding = match known.map(|known| known.judgement) {
        Some(Judgement::Accepted) => Finding::ok(topics::SIGNATURE_ALGORITHM),
        Some(Judgement::Unusual) => Finding::warning(topics::SIGNATURE_ALGORITHM_UNUSUAL),
        Some(Judgement::Refused) => Finding::error(topics::SIGNATURE_ALGORITHM_REFUSED),
        None => Finding::error(topics::SIGNATURE_ALGORITHM_UNKNOWN),
    };
    finding.with("found", name).with("expected", usual).from_sources(KEYS.sources)
}

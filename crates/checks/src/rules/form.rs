//! The form of the certificate, RFC 5280.

use vocabulary::{Finding, Source, topics::checks as topics};

use super::judge_algorithm;
use crate::{
    certificate::Context,
    facts::{RFC5280, list, shown, source},
};

const VERSION: Source = source(RFC5280, "§ 4.1.2.1");
const SERIAL: Source = source(RFC5280, "§ 4.1.2.2");
const ALGORITHM: Source = source(RFC5280, "§ 4.1.1.2");
const EXTENSIONS: Source = source(RFC5280, "§ 4.2");

/// RFC 5280, § 4.1.2.2.
const SERIAL_OCTETS: usize = 20;

pub(super) fn version(context: &Context<'_>) -> Option<Finding> {
    let found = context.certificate.version();
    let finding = match found {
        3 => Finding::ok(topics::VERSION),
        _ => Finding::error(topics::VERSION_OLD),
    };
    Some(finding.with("found", found.to_string()).from_source(VERSION))
}

pub(super) fn serial(context: &Context<'_>) -> Option<Finding> {
    let certificate = context.certificate;
    let found = certificate.serial();
    let is_zero = found.bytes().all(|digit| digit == b'0');
    let finding = if !certificate.serial_is_positive() || is_zero {
        Finding::warning(topics::SERIAL_NOT_POSITIVE)
    } else if certificate.serial_octets() > SERIAL_OCTETS {
        Finding::info(topics::SERIAL_TOO_LONG)
    } else {
        Finding::ok(topics::SERIAL)
    };
    Some(finding.with("found", shown(&found)).with("count", certificate.serial_octets()).from_source(SERIAL))
}

pub(super) fn signature_algorithm(context: &Context<'_>) -> Option<Finding> {
    let certificate = context.certificate;
    let algorithm = certificate.signature_algorithm();
    Some(if certificate.signature_algorithms_agree() {
        judge_algorithm(algorithm)
    } else {
        Finding::error(topics::SIGNATURE_ALGORITHM_DISAGREE)
            .with("found", algorithm.name())
            .from_source(ALGORITHM)
    })
}

pub(super) fn critical_extension(context: &Context<'_>) -> Option<Finding> {
    let extensions = context.certificate.extensions();
    let unknown = extensions.unknown_critical();
    let mut damaged = extensions.malformed();
    damaged.extend(extensions.repeated());
    let names = |oids: Vec<&pki::oid::Oid>| list(oids.into_iter().map(|oid| shown(oid.as_str())));
    let finding = if !unknown.is_empty() {
        Finding::error(topics::CRITICAL_EXTENSION_UNKNOWN).with("found", names(unknown))
    } else if !damaged.is_empty() {
        Finding::error(topics::CRITICAL_EXTENSION_MALFORMED).with("found", names(damaged))
    } else {
        Finding::ok(topics::CRITICAL_EXTENSION)
    };
    Some(finding.from_source(EXTENSIONS))
}

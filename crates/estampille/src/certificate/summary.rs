//! What a certificate says, spelled as the contract.

use checks::{batch::Surroundings, certificate::CertificateFindings};
use pki::{
    certificate::Certificate,
    chain::{AnchorKind, ChainElement},
};
use profiles::{Authority, Purpose};
use vocabulary::Timestamp;

use crate::contract::CertificateSummary;

/// Writes the summary.
pub(super) fn write(certificate: &Certificate, report: &CertificateFindings) -> CertificateSummary {
    let subject = certificate.subject();
    let extensions = certificate.extensions();
    let first = |name: &str| subject.values_of(name).into_iter().next();
    let key = certificate.public_key();
    let id = report.structure_id.as_ref();
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    CertificateSummary {
        product: report.recognition.product.map(|product| product.as_str().into()),
        product_confidence: report.recognition.confidence.as_str().into(),
        environment: report.environment.map_or("unknown", |environment| environment.as_str()).into(),
        gamme: report.gamme.map(|gamme| gamme.as_str().into()),
        subject_rfc4514: subject.rfc4514(),
        issuer_rfc4514: certificate.issuer().rfc4514(),
        serial: certificate.serial(),
        common_name: certificate.common_name(),
        organization: first("O"),
        department: first("ST"),
        structure_id: id.map(|id| id.as_str().to_owned()),
        structure_id_kind: id.map(|id| id.kind().as_str().into()),
        structure_number: id.map(|id| id.number().to_owned()),
        not_before: Timestamp(certificate.not_before()).to_string(),
        not_after: Timestamp(certificate.not_after()).to_string(),
        days_left: i32::try_from(report.days_left).unwrap_or(if report.days_left < 0 {
            i32::MIN
        } else {
            i32::MAX
        }),
        private_key_not_after: report.private_key_not_after.map(|at| at.to_string()),
        key_algorithm: key.algorithm().to_owned(),
        key_bits: key.bits().unwrap_or_default(),
        signature_algorithm: certificate.signature_algorithm().name().to_owned(),
        key_usage: extensions
            .key_usage()
            .map(|usage| usage.bits().into_iter().map(|bit| bit.name().to_owned()).collect())
            .unwrap_or_default(),
        extended_key_usage: extensions
            .extended_key_usage()
            .iter()
            .map(|oid| Purpose::name_of(oid.as_str()).unwrap_or(oid.as_str()).to_owned())
            .collect(),
        dns_names: owned(extensions.dns_names()),
        emails: owned(extensions.emails()),
        policies: extensions.policies().iter().map(|policy| policy.oid.as_str().to_owned()).collect(),
        sha256: certificate.sha256(),
        sha1: certificate.sha1(),
        public_key_sha256: key.sha256(),
    }
}

/// The fingerprint of an element of the chain: of the certificate that was given, or of the pinned one.
pub(super) fn chain_sha256(
    element: &ChainElement,
    leaf: &CertificateSummary,
    surroundings: &Surroundings,
) -> Option<String> {
    match (element.extra, &element.anchor) {
        (Some(position), _) => surroundings.sha256(position).map(str::to_owned),
        (None, Some((stem, AnchorKind::Pinned))) => {
            Authority::by_stem(stem).map(|authority| hex(authority.sha256()))
        }
        (None, Some((sha256, AnchorKind::Given))) => Some(sha256.clone()),
        (None, None) => Some(leaf.sha256.clone()),
    }
}

/// Whether an element's key is one the product knows.
pub(super) fn is_pinned(element: &ChainElement) -> bool {
    matches!(element.anchor, Some((_, AnchorKind::Pinned)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        use core::fmt::Write as _;
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

//! The contents of extensions, and how they are read.

use x509_parser::asn1_rs::{self, FromDer};
use x509_parser::extensions as parser;

use super::general_name::GeneralName;
use crate::asn1::{self, Element};
use crate::oid::{self, Oid};

/// keyUsage, section 4.2.1.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage {
    /// Bit 0 is digitalSignature, as in the standard's numbering.
    pub(super) flags: u16,
}

impl KeyUsage {
    /// Whether a bit is set.
    pub fn has(self, bit: KeyUsageBit) -> bool {
        self.flags & bit.mask() != 0
    }

    /// The bits that are set, in the order of the standard.
    pub fn bits(self) -> Vec<KeyUsageBit> {
        let all = KeyUsageBit::ALL.into_iter();
        all.filter(|bit| self.has(*bit)).collect()
    }
}

/// A bit of keyUsage, in the order of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyUsageBit {
    /// digitalSignature (0).
    DigitalSignature,
    /// nonRepudiation, also called contentCommitment (1).
    NonRepudiation,
    /// keyEncipherment (2).
    KeyEncipherment,
    /// dataEncipherment (3).
    DataEncipherment,
    /// keyAgreement (4).
    KeyAgreement,
    /// keyCertSign (5).
    KeyCertSign,
    /// cRLSign (6).
    CrlSign,
    /// encipherOnly (7).
    EncipherOnly,
    /// decipherOnly (8).
    DecipherOnly,
}

impl KeyUsageBit {
    /// Every bit.
    pub const ALL: [Self; 9] = [
        Self::DigitalSignature,
        Self::NonRepudiation,
        Self::KeyEncipherment,
        Self::DataEncipherment,
        Self::KeyAgreement,
        Self::KeyCertSign,
        Self::CrlSign,
        Self::EncipherOnly,
        Self::DecipherOnly,
    ];

    /// The name in the standard.
    pub fn name(self) -> &'static str {
        match self {
            Self::DigitalSignature => "digitalSignature",
            Self::NonRepudiation => "nonRepudiation",
            Self::KeyEncipherment => "keyEncipherment",
            Self::DataEncipherment => "dataEncipherment",
            Self::KeyAgreement => "keyAgreement",
            Self::KeyCertSign => "keyCertSign",
            Self::CrlSign => "cRLSign",
            Self::EncipherOnly => "encipherOnly",
            Self::DecipherOnly => "decipherOnly",
        }
    }

    fn mask(self) -> u16 {
        match self {
            Self::DigitalSignature => 1,
            Self::NonRepudiation => 1 << 1,
            Self::KeyEncipherment => 1 << 2,
            Self::DataEncipherment => 1 << 3,
            Self::KeyAgreement => 1 << 4,
            Self::KeyCertSign => 1 << 5,
            Self::CrlSign => 1 << 6,
            Self::EncipherOnly => 1 << 7,
            Self::DecipherOnly => 1 << 8,
        }
    }
}

/// basicConstraints, section 4.2.1.9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicConstraints {
    /// Whether the subject is an authority.
    pub ca: bool,
    /// The most intermediate authorities below it, when bounded.
    pub path_length: Option<u32>,
}

/// One policy of certificatePolicies, section 4.2.1.4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The policy.
    pub oid: Oid,
    /// The addresses of its practice statement.
    pub practice_statements: Vec<String>,
}

/// One entry of authorityInfoAccess, section 4.2.2.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessDescription {
    /// [`oid::OCSP`] or [`oid::CA_ISSUERS`], nearly always.
    pub method: Oid,
    /// Where.
    pub location: GeneralName,
}

/// privateKeyUsagePeriod, RFC 3280 section 4.2.1.4: seconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsagePeriod {
    /// First second.
    pub not_before: Option<i64>,
    /// Last second.
    pub not_after: Option<i64>,
}

/// Reads a structure of x509-parser that fills `value` to the end.
pub(super) fn whole<'a, T: FromDer<'a, x509_parser::error::X509Error>>(value: &'a [u8]) -> Option<T> {
    let (rest, read) = T::from_der(value).ok()?;
    rest.is_empty().then_some(read)
}

pub(super) fn authority_info_access(value: &[u8]) -> Option<Vec<AccessDescription>> {
    let descriptions = Element::only(value)?.sequence()?;
    descriptions
        .iter()
        .map(|description| {
            let parts = description.sequence()?;
            let [method, location] = parts.as_slice() else {
                return None;
            };
            let location = GeneralName::read_all(std::slice::from_ref(location))?.pop()?;
            Some(AccessDescription { method: method.oid()?, location })
        })
        .collect()
}

/// Only the addresses: what a person may have to fetch.
pub(super) fn distribution_points(value: &[u8]) -> Option<Vec<String>> {
    let points = whole::<parser::CRLDistributionPoints<'_>>(value)?;
    let names = points.points.iter().filter_map(|point| match point.distribution_point.as_ref() {
        Some(parser::DistributionPointName::FullName(names)) => Some(names),
        _ => None,
    });
    let addresses = names.flatten().filter_map(|name| match name {
        parser::GeneralName::URI(address) => Some((*address).to_owned()),
        _ => None,
    });
    Some(addresses.collect())
}

pub(super) fn purposes(value: &[u8]) -> Option<Vec<Oid>> {
    let purposes = Element::only(value)?.sequence()?;
    if purposes.is_empty() {
        return None;
    }
    purposes.iter().map(Element::oid).collect()
}

/// ```text
/// PolicyInformation ::= SEQUENCE {
///     policyIdentifier  OBJECT IDENTIFIER,
///     policyQualifiers  SEQUENCE OF SEQUENCE { OBJECT IDENTIFIER, ANY } OPTIONAL }
/// ```
pub(super) fn policies(value: &[u8]) -> Option<Vec<Policy>> {
    let policies = Element::only(value)?.sequence()?;
    policies
        .iter()
        .map(|policy| {
            let parts = policy.sequence()?;
            let (policy, qualifiers) = match parts.as_slice() {
                [policy] => (policy, Vec::new()),
                [policy, qualifiers] => (policy, qualifiers.sequence()?),
                _ => return None,
            };
            let mut practice_statements = Vec::new();
            for qualifier in qualifiers {
                let parts = qualifier.sequence()?;
                let [kind, statement] = parts.as_slice() else {
                    return None;
                };
                if kind.oid()? == oid::CPS_QUALIFIER {
                    let address = String::from_utf8(statement.content().to_vec()).ok()?;
                    practice_statements.push(address);
                }
            }
            Some(Policy { oid: policy.oid()?, practice_statements })
        })
        .collect()
}

/// ```text
/// PrivateKeyUsagePeriod ::= SEQUENCE {
///     notBefore  [0] IMPLICIT GeneralizedTime OPTIONAL,
///     notAfter   [1] IMPLICIT GeneralizedTime OPTIONAL }
/// ```
pub(super) fn usage_period(value: &[u8]) -> Option<UsagePeriod> {
    let parts = Element::only(value)?.sequence()?;
    let mut period = UsagePeriod { not_before: None, not_after: None };
    for part in &parts {
        let time = Some(generalized_time(part.content())?);
        if part.is_context(0) && period.not_before.is_none() && period.not_after.is_none() {
            period.not_before = time;
        } else if part.is_context(1) && period.not_after.is_none() {
            period.not_after = time;
        } else {
            return None;
        }
    }
    (!parts.is_empty()).then_some(period)
}

/// The content of a GeneralizedTime, in seconds since 1970-01-01 UTC.
fn generalized_time(content: &[u8]) -> Option<i64> {
    let der = asn1::element(der::Tag::GeneralizedTime, content).ok()?;
    let (_, time) = asn1_rs::GeneralizedTime::from_der(&der).ok()?;
    Some(time.utc_datetime().ok()?.unix_timestamp())
}

/// `04 01 xx`: an OCTET STRING of one octet inside the extension's own.
pub(super) fn product_category(value: &[u8]) -> Option<u8> {
    match Element::only(value)?.octets()? {
        [category] => Some(*category),
        _ => None,
    }
}

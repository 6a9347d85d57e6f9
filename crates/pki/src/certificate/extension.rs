//! Extensions, RFC 5280 section 4.2: each one as found, and its content where this crate knows it.

use x509_parser::asn1_rs::{self, FromDer};
use x509_parser::extensions as parser;

use super::general_name::GeneralName;
use crate::asn1::{self, Element};
use crate::oid::{self, Oid};

/// The extensions of a certificate or of a request, in encoded order, which is never to be judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    all: Vec<Extension>,
}

impl Extensions {
    pub(crate) fn read(extensions: &[parser::X509Extension<'_>]) -> Self {
        Self { all: extensions.iter().map(Extension::read).collect() }
    }

    /// Every extension, repeated ones included.
    pub fn iter(&self) -> impl Iterator<Item = &Extension> {
        self.all.iter()
    }

    /// The first extension of this type.
    pub fn get(&self, oid: &Oid) -> Option<&Extension> {
        self.all.iter().find(|extension| extension.oid == *oid)
    }

    /// keyUsage, when present and readable.
    pub fn key_usage(&self) -> Option<KeyUsage> {
        match self.get(&oid::KEY_USAGE)?.content {
            ExtensionContent::KeyUsage(usage) => Some(usage),
            _ => None,
        }
    }

    /// The purposes of extKeyUsage, in encoded order; none when absent or malformed.
    pub fn extended_key_usage(&self) -> &[Oid] {
        match self.content(&oid::EXTENDED_KEY_USAGE) {
            Some(ExtensionContent::ExtendedKeyUsage(purposes)) => purposes,
            _ => &[],
        }
    }

    /// basicConstraints, when present and readable.
    pub fn basic_constraints(&self) -> Option<BasicConstraints> {
        match self.get(&oid::BASIC_CONSTRAINTS)?.content {
            ExtensionContent::BasicConstraints(constraints) => Some(constraints),
            _ => None,
        }
    }

    /// The key identifier of subjectKeyIdentifier.
    pub fn subject_key_id(&self) -> Option<&[u8]> {
        match self.content(&oid::SUBJECT_KEY_IDENTIFIER)? {
            ExtensionContent::SubjectKeyIdentifier(id) => Some(id),
            _ => None,
        }
    }

    /// The key identifier of authorityKeyIdentifier, when it has one.
    pub fn authority_key_id(&self) -> Option<&[u8]> {
        match self.content(&oid::AUTHORITY_KEY_IDENTIFIER)? {
            ExtensionContent::AuthorityKeyIdentifier(id) => id.as_deref(),
            _ => None,
        }
    }

    /// The names of subjectAltName, in encoded order; none when absent or malformed.
    pub fn subject_alt_names(&self) -> &[GeneralName] {
        match self.content(&oid::SUBJECT_ALT_NAME) {
            Some(ExtensionContent::SubjectAltName(names)) => names,
            _ => &[],
        }
    }

    /// The host names of subjectAltName, in encoded order.
    pub fn dns_names(&self) -> Vec<&str> {
        let names = self.subject_alt_names().iter();
        names
            .filter_map(|name| match name {
                GeneralName::Dns(name) => Some(name.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The mail addresses of subjectAltName, in encoded order.
    pub fn emails(&self) -> Vec<&str> {
        let names = self.subject_alt_names().iter();
        names
            .filter_map(|name| match name {
                GeneralName::Email(email) => Some(email.as_str()),
                _ => None,
            })
            .collect()
    }

    /// certificatePolicies, in encoded order; none when absent or malformed.
    pub fn policies(&self) -> &[Policy] {
        match self.content(&oid::CERTIFICATE_POLICIES) {
            Some(ExtensionContent::CertificatePolicies(policies)) => policies,
            _ => &[],
        }
    }

    /// The addresses of cRLDistributionPoints, in encoded order.
    pub fn crl_addresses(&self) -> &[String] {
        match self.content(&oid::CRL_DISTRIBUTION_POINTS) {
            Some(ExtensionContent::CrlDistributionPoints(addresses)) => addresses,
            _ => &[],
        }
    }

    /// The addresses of freshestCRL, in encoded order.
    pub fn freshest_crl_addresses(&self) -> &[String] {
        match self.content(&oid::FRESHEST_CRL) {
            Some(ExtensionContent::FreshestCrl(addresses)) => addresses,
            _ => &[],
        }
    }

    /// authorityInfoAccess, in encoded order.
    pub fn authority_info_access(&self) -> &[AccessDescription] {
        match self.content(&oid::AUTHORITY_INFO_ACCESS) {
            Some(ExtensionContent::AuthorityInfoAccess(descriptions)) => descriptions,
            _ => &[],
        }
    }

    /// privateKeyUsagePeriod, when present and readable.
    pub fn private_key_usage_period(&self) -> Option<UsagePeriod> {
        match self.get(&oid::PRIVATE_KEY_USAGE_PERIOD)?.content {
            ExtensionContent::PrivateKeyUsagePeriod(period) => Some(period),
            _ => None,
        }
    }

    /// Types that appear more than once, which RFC 5280 forbids.
    pub fn repeated(&self) -> Vec<&Oid> {
        let mut repeated: Vec<&Oid> = Vec::new();
        for (position, extension) in self.all.iter().enumerate() {
            let seen = self.all.iter().take(position).any(|before| before.oid == extension.oid);
            if seen && !repeated.contains(&&extension.oid) {
                repeated.push(&extension.oid);
            }
        }
        repeated
    }

    /// Types whose content does not read.
    pub fn malformed(&self) -> Vec<&Oid> {
        self.oids_where(|extension| extension.content == ExtensionContent::Malformed)
    }

    /// Critical extensions this crate does not read: RFC 5280 says to refuse such a certificate.
    pub fn unknown_critical(&self) -> Vec<&Oid> {
        self.oids_where(|extension| extension.critical && extension.content == ExtensionContent::Unknown)
    }

    fn content(&self, oid: &Oid) -> Option<&ExtensionContent> {
        self.get(oid).map(|extension| &extension.content)
    }

    fn oids_where(&self, keep: impl Fn(&Extension) -> bool) -> Vec<&Oid> {
        let kept = self.all.iter().filter(|extension| keep(extension));
        kept.map(|extension| &extension.oid).collect()
    }
}

/// One extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// What it is.
    pub oid: Oid,
    /// Whether whoever does not know it must refuse the certificate.
    pub critical: bool,
    /// The content of its OCTET STRING, as encoded.
    pub value: Vec<u8>,
    /// The same, read.
    pub content: ExtensionContent,
}

impl Extension {
    fn read(extension: &parser::X509Extension<'_>) -> Self {
        let oid = Oid::read(&extension.oid);
        let content = ExtensionContent::read(&oid, extension.value);
        Self { oid, critical: extension.critical, value: extension.value.to_vec(), content }
    }
}

/// The content of an extension.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtensionContent {
    /// Where to find more about the issuer.
    AuthorityInfoAccess(Vec<AccessDescription>),
    /// The issuer's key identifier.
    AuthorityKeyIdentifier(Option<Vec<u8>>),
    /// Whether it is an authority.
    BasicConstraints(BasicConstraints),
    /// The policies it was issued under.
    CertificatePolicies(Vec<Policy>),
    /// Where the revocation lists are.
    CrlDistributionPoints(Vec<String>),
    /// What the key may be used for, by purpose.
    ExtendedKeyUsage(Vec<Oid>),
    /// Where the delta lists are.
    FreshestCrl(Vec<String>),
    /// What the key may be used for, by operation.
    KeyUsage(KeyUsage),
    /// A known extension whose value does not read to its end.
    Malformed,
    /// When the private key may be used.
    PrivateKeyUsagePeriod(UsagePeriod),
    /// The product category of the IGC-Santé.
    ProductCategory(u8),
    /// Other names of the subject.
    SubjectAltName(Vec<GeneralName>),
    /// The subject's key identifier.
    SubjectKeyIdentifier(Vec<u8>),
    /// An extension this crate does not read.
    Unknown,
}

impl ExtensionContent {
    fn read(extension: &Oid, value: &[u8]) -> Self {
        let read = match extension {
            known if *known == oid::AUTHORITY_INFO_ACCESS => {
                authority_info_access(value).map(Self::AuthorityInfoAccess)
            }
            known if *known == oid::AUTHORITY_KEY_IDENTIFIER => {
                whole::<parser::AuthorityKeyIdentifier<'_>>(value).map(|authority| {
                    let id = authority.key_identifier.map(|id| id.0.to_vec());
                    Self::AuthorityKeyIdentifier(id)
                })
            }
            known if *known == oid::BASIC_CONSTRAINTS => {
                whole::<parser::BasicConstraints>(value).map(|constraints| {
                    Self::BasicConstraints(BasicConstraints {
                        ca: constraints.ca,
                        path_length: constraints.path_len_constraint,
                    })
                })
            }
            known if *known == oid::CERTIFICATE_POLICIES => policies(value).map(Self::CertificatePolicies),
            known if *known == oid::CRL_DISTRIBUTION_POINTS => {
                distribution_points(value).map(Self::CrlDistributionPoints)
            }
            known if *known == oid::EXTENDED_KEY_USAGE => purposes(value).map(Self::ExtendedKeyUsage),
            known if *known == oid::FRESHEST_CRL => distribution_points(value).map(Self::FreshestCrl),
            known if *known == oid::KEY_USAGE => {
                whole::<parser::KeyUsage>(value).map(|usage| Self::KeyUsage(KeyUsage { flags: usage.flags }))
            }
            known if *known == oid::PRIVATE_KEY_USAGE_PERIOD => {
                usage_period(value).map(Self::PrivateKeyUsagePeriod)
            }
            known if *known == oid::PRODUCT_CATEGORY => product_category(value).map(Self::ProductCategory),
            known if *known == oid::SUBJECT_ALT_NAME => Element::only(value)
                .and_then(|names| names.sequence())
                .and_then(|names| GeneralName::read_all(&names))
                .map(Self::SubjectAltName),
            known if *known == oid::SUBJECT_KEY_IDENTIFIER => Element::only(value)
                .and_then(|id| id.octets())
                .map(|id| Self::SubjectKeyIdentifier(id.to_vec())),
            _ => return Self::Unknown,
        };
        read.unwrap_or(Self::Malformed)
    }
}

/// keyUsage, section 4.2.1.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage {
    /// Bit 0 is digitalSignature, as in the standard's numbering.
    flags: u16,
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
fn whole<'a, T: FromDer<'a, x509_parser::error::X509Error>>(value: &'a [u8]) -> Option<T> {
    let (rest, read) = T::from_der(value).ok()?;
    rest.is_empty().then_some(read)
}

fn authority_info_access(value: &[u8]) -> Option<Vec<AccessDescription>> {
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
fn distribution_points(value: &[u8]) -> Option<Vec<String>> {
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

fn purposes(value: &[u8]) -> Option<Vec<Oid>> {
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
fn policies(value: &[u8]) -> Option<Vec<Policy>> {
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
fn usage_period(value: &[u8]) -> Option<UsagePeriod> {
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
fn product_category(value: &[u8]) -> Option<u8> {
    match Element::only(value)?.octets()? {
        [category] => Some(*category),
        _ => None,
    }
}

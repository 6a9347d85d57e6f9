//! Extensions, RFC 5280 section 4.2: each one as found, and its content where this crate knows it.

use x509_parser::asn1_rs::Tag;
use x509_parser::extensions as parser;

use super::general_name::GeneralName;
use super::values::{
    AccessDescription, BasicConstraints, KeyUsage, Policy, UsagePeriod, authority_info_access,
    distribution_points, policies, product_category, purposes, usage_period, whole,
};
use crate::asn1::Element;
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

    /// Those of a request.
    pub(crate) fn read_elements(extensions: &[Element<'_>]) -> Option<Self> {
        extensions.iter().map(Extension::read_element).collect::<Option<_>>().map(|all| Self { all })
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
        Self::new(Oid::read(&extension.oid), extension.critical, extension.value)
    }

    /// `SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`
    fn read_element(extension: &Element<'_>) -> Option<Self> {
        let parts = extension.sequence()?;
        let (oid, critical, value) = match parts.as_slice() {
            [oid, value] => (oid, false, value),
            // Some write another octet than 0xff for "true".
            [oid, critical, value] if critical.is(Tag::Boolean) => (oid, critical.content() != [0], value),
            _ => return None,
        };
        Some(Self::new(oid.oid()?, critical, value.octets()?))
    }

    fn new(oid: Oid, critical: bool, value: &[u8]) -> Self {
        let content = ExtensionContent::read(&oid, value);
        Self { oid, critical, value: value.to_vec(), content }
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

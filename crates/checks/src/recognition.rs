//! What kind of certificate it is, and of which product, told by its content; nothing is proved by it.

use pki::{
    certificate::{Certificate, Extensions, GeneralName},
    oid,
};
use profiles::{
    AltNameRule, Authority, CARD_NUMBER, CARD_TYPE, Category, Confidence, Domain, Profile, Purpose, Support,
    product, products,
};
use vocabulary::{Offer, Product};

use crate::environment::is_igc;

/// What a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// Whom or what it certifies.
    pub kind: EntityKind,
    /// Its product; none for an authority or a card, or when no profile fits.
    pub product: Option<Product>,
    /// How sure the product is.
    pub confidence: ProductConfidence,
    /// Whether every usage is that of the product, or only some.
    fits: bool,
}

/// Whom or what a certificate certifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A certification authority.
    Authority,
    /// A person, whose key is in a CPx card.
    Card,
    /// A person, whose key is in software.
    Person,
    /// A structure or a server, or nothing that says otherwise.
    Structure,
}

/// How sure a product is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProductConfidence {
    /// No profile fits.
    Unknown,
    /// It fits, and so would others; or not all of it fits.
    Likely,
    /// It fits no other.
    Certain,
}

impl ProductConfidence {
    /// The spelling of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Unknown => "unknown",
        }
    }
}

impl Recognition {
    /// Whether every usage and name is that of the product.
    pub(crate) const fn fits(self) -> bool {
        self.fits
    }

    /// The profile its usages are judged against: the product's when all of it fits, else the one expected.
    pub(crate) fn judged_against(self, expected: Option<Product>) -> Option<&'static Profile> {
        if matches!(self.kind, EntityKind::Authority | EntityKind::Card) {
            return None;
        }
        let judged = if self.fits { self.product.or(expected) } else { expected.or(self.product) };
        judged.map(product)
    }
}

/// The two seals give certificates that nothing tells apart.
pub(crate) const fn are_alike(a: Product, b: Product) -> bool {
    matches!((a, b), (Product::OrgSign, Product::ServSign) | (Product::ServSign, Product::OrgSign))
}

/// Whether the usages and names of a certificate are all those of a product.
pub(crate) fn fits(certificate: &Certificate, profile: &Profile) -> bool {
    Usages::of(certificate.extensions()).fit(profile)
}

/// Tells what a certificate is by its content; nothing is proved by it.
pub fn recognise(certificate: &Certificate) -> Recognition {
    let kind = kind(certificate);
    if matches!(kind, EntityKind::Authority | EntityKind::Card) {
        return Recognition { kind, product: None, confidence: ProductConfidence::Unknown, fits: false };
    }
    let usages = Usages::of(certificate.extensions());
    let offered = |profile: &&Profile| {
        let offer = profile.product.offer();
        match kind {
            EntityKind::Person => matches!(offer, Offer::Pro | Offer::Ps),
            _ => matches!(offer, Offer::Org | Offer::Serv),
        }
    };
    // An employee's certificate names the structure, a health professional's does not.
    let names_structure = !certificate.subject().values_of("OU").is_empty();
    let best = |fits: &dyn Fn(&Profile) -> bool| {
        let candidates: Vec<&Profile> =
            products().iter().filter(offered).filter(|profile| fits(profile)).collect();
        let preferred = |profile: &&&Profile| {
            let of_employee = profile.product.offer() == Offer::Pro;
            let confirmed = matches!(profile.confidence, Confidence::Confirmed | Confidence::Official);
            (kind != EntityKind::Person || of_employee == names_structure, confirmed)
        };
        let found = *candidates.iter().max_by_key(preferred)?;
        let sure = matches!(found.confidence, Confidence::Confirmed | Confidence::Official)
            // The two seals look alike: never certain.
            && !matches!(found.product, Product::OrgSign | Product::ServSign)
            && (kind != EntityKind::Person || (found.product.offer() == Offer::Pro) == names_structure)
            && is_issued_for(certificate, found.domain);
        Some((found.product, if sure { ProductConfidence::Certain } else { ProductConfidence::Likely }))
    };
    let recognised =
        |(product, confidence), fits| Recognition { kind, product: Some(product), confidence, fits };
    if let Some(found) = best(&|profile| usages.fit(profile)) {
        return recognised(found, true);
    }
    // Not all fits: the purposes tell most, then the key usages; names alone tell nothing.
    let close = best(&|profile| usages.key(profile) && usages.purposes(profile))
        .or_else(|| best(&|profile| profile.extended_key_usage.is_some() && usages.purposes(profile)));
    match close {
        Some((product, _)) => recognised((product, ProductConfidence::Likely), false),
        None => Recognition { kind, product: None, confidence: ProductConfidence::Unknown, fits: false },
    }
}

fn kind(certificate: &Certificate) -> EntityKind {
    let extensions = certificate.extensions();
    let signs_certificates =
        extensions.key_usage().is_some_and(|usage| usage.has(pki::certificate::KeyUsageBit::KeyCertSign));
    if certificate.is_ca() || signs_certificates {
        return EntityKind::Authority;
    }
    let category = certificate.product_category().and_then(Category::of);
    let has = |dotted: &str| extensions.iter().any(|extension| extension.oid.as_str() == dotted);
    if category.is_some_and(|category| category.support == Support::Card)
        || has(CARD_TYPE)
        || has(CARD_NUMBER)
    {
        return EntityKind::Card;
    }
    let subject = certificate.subject();
    let is_named_as_person = [&oid::GIVEN_NAME, &oid::SURNAME]
        .into_iter()
        .all(|attribute| subject.attributes().any(|found| found.oid == *attribute));
    if is_named_as_person || issuer_domain(certificate) == Some(Domain::Personnes) {
        return EntityKind::Person;
    }
    EntityKind::Structure
}

/// Whether the issuer's name is that of an authority for this domain.
fn is_issued_for(certificate: &Certificate, domain: Domain) -> bool {
    issuer_domain(certificate) == Some(domain)
}

fn issuer_domain(certificate: &Certificate) -> Option<Domain> {
    let issuer = certificate.issuer();
    if let Some(authority) = Authority::by_subject(&issuer.rfc4514()) {
        return authority.domain;
    }
    let name = is_igc(issuer).then(|| issuer.common_name()).flatten()?;
    if name.ends_with(" ORGANISATIONS") {
        Some(Domain::Organisations)
    } else if name.ends_with(" PERSONNES") {
        Some(Domain::Personnes)
    } else {
        None
    }
}

/// The usages and names of a certificate, to be compared with profiles.
struct Usages {
    key: Vec<&'static str>,
    purposes: Vec<String>,
    has_dns: bool,
    has_mail: bool,
    has_principal: bool,
    has_names: bool,
}

impl Usages {
    fn of(extensions: &Extensions) -> Self {
        let principal = extensions.subject_alt_names().iter().any(
            |name| matches!(name, GeneralName::OtherName { oid: found, .. } if *found == oid::USER_PRINCIPAL_NAME),
        );
        Self {
            key: key_usages(extensions),
            purposes: purposes(extensions),
            has_dns: !extensions.dns_names().is_empty(),
            has_mail: !extensions.emails().is_empty(),
            has_principal: principal,
            has_names: extensions.get(&oid::SUBJECT_ALT_NAME).is_some(),
        }
    }

    fn fit(&self, profile: &Profile) -> bool {
        self.key(profile) && self.purposes(profile) && self.names(profile)
    }

    fn key(&self, profile: &Profile) -> bool {
        profile.key_usage.is_none_or(|expected| same_set(&self.key, expected))
    }

    fn purposes(&self, profile: &Profile) -> bool {
        profile.extended_key_usage.is_none_or(|expected| same_set(&self.purposes, expected))
    }

    fn names(&self, profile: &Profile) -> bool {
        match profile.subject_alt_name {
            None => true,
            Some(AltNameRule::None) => !self.has_names,
            Some(AltNameRule::Dns) => self.has_dns,
            Some(AltNameRule::Mail) => self.has_mail,
            Some(AltNameRule::Upn) => self.has_principal,
        }
    }
}

/// Names of the key usages, in the order of the standard.
pub(crate) fn key_usages(extensions: &Extensions) -> Vec<&'static str> {
    extensions
        .key_usage()
        .map(|usage| usage.bits().into_iter().map(|bit| bit.name()).collect())
        .unwrap_or_default()
}

/// Names of the purposes, in encoded order; dotted where there is no name.
pub(crate) fn purposes(extensions: &Extensions) -> Vec<String> {
    let name = |purpose: &oid::Oid| Purpose::name_of(purpose.as_str()).unwrap_or(purpose.as_str()).to_owned();
    extensions.extended_key_usage().iter().map(name).collect()
}

pub(crate) fn same_set<T: AsRef<str>>(found: &[T], expected: &[&str]) -> bool {
    expected.iter().all(|name| found.iter().any(|found| found.as_ref() == *name))
        && found.iter().all(|name| expected.contains(&name.as_ref()))
}

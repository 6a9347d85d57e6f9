//! What a certificate says of its environment and gamme. These are claims, but for the one of a pinned authority that
//! a verified signature leads to.

use pki::{certificate::Certificate, name::DistinguishedName};
use profiles::{Authority, Category, Gamme, Policy};
use vocabulary::Environment;

/// The signs of the environment; `None` where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signs {
    /// The pinned authority that signatures lead to: the only proof.
    pub(crate) pin: Option<Environment>,
    /// The issuer's common name.
    pub(crate) issuer: Option<Environment>,
    /// The issuer's organizational unit.
    pub(crate) unit: Option<Environment>,
    /// The product category.
    pub(crate) category: Option<Environment>,
    /// The certificate policy.
    pub(crate) policy: Option<Environment>,
}

impl Signs {
    pub(crate) fn of(certificate: &Certificate, pin: Option<&Authority>) -> Self {
        let issuer = certificate.issuer();
        let named = Authority::by_subject(&issuer.rfc4514()).map(|authority| authority.environment);
        let is_igc = is_igc(issuer);
        let common_name = issuer.common_name().unwrap_or_default();
        let units = issuer.values_of("OU");
        let policies = certificate.extensions().policies();
        Self {
            pin: pin.map(|authority| authority.environment),
            issuer: named.or_else(|| {
                let from_name = match common_name.starts_with("TEST ") {
                    true => Environment::Test,
                    false => Environment::Production,
                };
                (is_igc && common_name.contains("IGC-SANTE")).then_some(from_name)
            }),
            unit: is_igc
                .then(|| match units.iter().any(|unit| unit == "IGC-SANTE TEST") {
                    true => Some(Environment::Test),
                    false => units.iter().any(|unit| unit == "IGC-SANTE").then_some(Environment::Production),
                })
                .flatten(),
            category: certificate
                .product_category()
                .and_then(Category::of)
                .map(|category| category.environment),
            policy: policies
                .iter()
                .find_map(|policy| Policy::of(policy.oid.as_str()))
                .map(|policy| policy.environment),
        }
    }

    /// The environment, when at least one sign tells it and none disagrees.
    pub(crate) fn agreed(self) -> Option<Environment> {
        let mut told = self.all();
        let first = told.next()?;
        told.all(|other| other == first).then_some(first)
    }

    pub(crate) fn disagree(self) -> bool {
        self.agreed().is_none() && self.all().next().is_some()
    }

    fn all(self) -> impl Iterator<Item = Environment> {
        [self.pin, self.issuer, self.unit, self.category, self.policy].into_iter().flatten()
    }
}

/// Whether a name presents itself as one of the IGC-Santé's authorities.
pub(crate) fn is_igc(name: &DistinguishedName) -> bool {
    name.values_of("O").iter().any(|value| value == "ASIP-SANTE")
        && name.values_of("OU").iter().any(|value| value.starts_with("IGC-SANTE"))
}

/// The gamme of the pinned authority that signatures lead to, unless the issuer's name says another.
pub(crate) fn gamme(certificate: &Certificate, pin: &Authority) -> Option<Gamme> {
    pin.gamme.filter(|gamme| claimed_gamme(certificate).is_none_or(|claimed| claimed == *gamme))
}

/// The gamme in the issuer's name; of an authority, in its own.
fn claimed_gamme(certificate: &Certificate) -> Option<Gamme> {
    let issuer = certificate.issuer();
    let name = is_igc(issuer).then(|| issuer.common_name()).flatten()?;
    let has = |word: &str| name.split(' ').any(|part| part == word);
    if has("ELEMENTAIRE") {
        Some(Gamme::Elementaire)
    } else if has("STANDARD") {
        Some(Gamme::Standard)
    } else if has("FORT") {
        Some(Gamme::Fort)
    } else {
        None
    }
}

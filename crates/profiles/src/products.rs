//! The profile of each product. The table is `data/products.toml`.

use vocabulary::{Document, Product, Source, Timestamp};

use crate::{Confidence, Domain};

/// What the certificate of a product looks like. What is `None` is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The product.
    pub product: Product,
    /// Which intermediate authority issues it.
    pub domain: Domain,
    /// Exact set of key usages, RFC 5280 names.
    pub key_usage: Option<&'static [&'static str]>,
    /// Exact set of purposes, names of [`crate::Purpose`].
    pub extended_key_usage: Option<&'static [&'static str]>,
    /// What subjectAltName holds.
    pub subject_alt_name: Option<AltNameRule>,
    /// What the common name is.
    pub common_name: CommonNameRule,
    /// Whether the private key has a period of its own.
    pub private_key_usage_period: Option<PeriodRule>,
    /// Durations seen; empty when none is known.
    pub durations: &'static [Duration],
    /// How sure the row is.
    pub confidence: Confidence,
    /// Where it comes from.
    pub sources: &'static [Source],
}

/// What subjectAltName holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AltNameRule {
    /// DNS names, the common name first.
    Dns,
    /// Mail addresses.
    Mail,
    /// The extension is absent.
    None,
    /// A user principal name (otherName).
    Upn,
}

/// What the common name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommonNameRule {
    /// Fully qualified host name.
    Dns,
    /// Free text, the *service applicatif*; imposed for INSi.
    Free,
    /// Mail address.
    Mail,
    /// Identifier of a person.
    Person,
}

/// Whether a certificate holds privateKeyUsagePeriod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodRule {
    /// It does.
    Expected,
    /// It does not.
    Never,
}

/// A duration that certificates have had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    /// Months from notBefore to notAfter.
    pub months: u32,
    /// Months the private key may sign, when fewer.
    pub private_key_months: Option<u32>,
    /// First moment of issue it was seen at.
    pub from: Option<Timestamp>,
    /// Last moment of issue it was seen at.
    pub until: Option<Timestamp>,
}

/// Every profile, in the order of the vocabulary.
pub fn products() -> &'static [Profile] {
    PROFILES
}

/// The profile of a product.
pub fn product(product: Product) -> &'static Profile {
    // build.rs writes one row for every product.
    PROFILES.iter().find(|profile| profile.product == product).unwrap_or(FIRST)
}

const FIRST: &Profile = match PROFILES.first() {
    Some(profile) => profile,
    None => panic!("the table holds every product"),
};

include!(concat!(env!("OUT_DIR"), "/products.rs"));

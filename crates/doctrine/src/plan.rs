//! What to order, under which number, by which steps.

use profiles::CommonName;
use vocabulary::{
    Bearer, Date, Finding, Line, Product, Service, Source,
    identifiers::{Email, Fqdn, StructureId},
};

use crate::data::{Link, StepCode, When, Who};

/// The answer to a profile. Equal profiles give equal plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The bearer for the Ségur services; the kind of the contract's number where every service is outside Ségur. With
    /// several legal entities of different sectors, that of the first one; each certificate has its own.
    pub bearer: Bearer,
    /// The day the rules were last read against their sources.
    pub rules_date: Date,
    /// What may be chosen, recommended first, then in the order of the rules. With several legal entities, the
    /// options of all.
    pub options: Vec<BearerOption>,
    /// By installation, legal entity and site in the profile's order, then by product in the contract's.
    pub certificates: Vec<PlannedCertificate>,
    /// In the order they are taken; always ends with the alarm.
    pub steps: Vec<Step>,
    /// One for each certificate, in the same order.
    pub platform_cards: Vec<PlatformCard>,
    /// Gravest first.
    pub notices: Vec<Finding>,
}

/// A number that may be borne, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BearerOption {
    /// Whose number.
    pub bearer: Bearer,
    /// The one the plan follows.
    pub recommended: bool,
    /// Now, or at the next renewal.
    pub when: When,
    /// The title is the reason in one sentence, the detail what it means or what would change it.
    pub reason: Line,
    /// Where the rule comes from.
    pub sources: Vec<Source>,
}

/// A certificate to order, with a key of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedCertificate {
    /// Stable and readable: product (and imposed name), legal entity, site if any, installation, e.g.
    /// `org-auth-cli-insi-auto/ej1/dpi`. A `/` or `%` inside an id of the profile is written `%2F`, `%25`.
    pub id: String,
    /// What is ordered.
    pub product: Product,
    /// Whose number it bears.
    pub bearer: Bearer,
    /// Id of the legal entity.
    pub legal_entity: String,
    /// Id of the site, when a site bears it and is known.
    pub site: Option<String>,
    /// Id of the only installation that will hold it.
    pub instance: String,
    /// Every service it serves, in the contract's order.
    pub services: Vec<Service>,
    /// What stands in the CN.
    pub common_name: PlannedName,
    /// OU of the future certificate: present if and only if the number is known.
    pub structure_id: Option<StructureId>,
    /// Where the rules come from.
    pub sources: Vec<Source>,
}

/// The common name of a planned certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlannedName {
    /// This name and no other.
    Exact(&'static str),
    /// Any name of an application or structure, with a suggestion fit for a CN when there is one.
    Free(Option<CommonName>),
    /// The server's name, when given.
    Fqdn(Option<Fqdn>),
    /// The mail address, when given.
    Email(Option<Email>),
}

impl PlannedName {
    /// The rule's spelling in the public contract.
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Free(_) => "free",
            Self::Fqdn(_) => "fqdn",
            Self::Email(_) => "email",
        }
    }

    /// The name that must stand, when it is known.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::Exact(name) => Some(name),
            Self::Free(_) => None,
            Self::Fqdn(name) => name.as_ref().map(Fqdn::as_str),
            Self::Email(address) => address.as_ref().map(Email::as_str),
        }
    }

    /// A name that would do, where it is free.
    pub fn suggestion(&self) -> Option<&str> {
        match self {
            Self::Free(suggestion) => suggestion.as_ref().map(CommonName::as_str),
            Self::Exact(_) | Self::Fqdn(_) | Self::Email(_) => None,
        }
    }
}

/// A step around the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which step.
    pub code: StepCode,
    /// Its title and detail.
    pub line: Line,
    /// Who takes it.
    pub who: Who,
    /// Numbers of the forms: `101`, `413`…
    pub forms: &'static [&'static str],
    /// How long it takes; the title says it.
    pub duration: Option<Line>,
    /// Addresses the guides give.
    pub links: &'static [&'static Link],
    /// Where it comes from.
    pub sources: &'static [Source],
}

/// What to hold beside the platform while ordering one certificate: where to click, what to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformCard {
    /// Id of the certificate.
    pub certificate: String,
    /// In order.
    pub rows: Vec<CardLine>,
}

/// A row of the platform card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLine {
    /// Where to click or type; the title says it.
    pub place: Line,
    /// What to choose or type.
    pub value: Option<String>,
    /// Whether the value is to be copied as it is.
    pub copy: bool,
    /// What to beware of; the title says it.
    pub note: Option<Line>,
    /// Where it comes from.
    pub source: Source,
}

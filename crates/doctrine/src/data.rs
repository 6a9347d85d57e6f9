//! The rules, as the tables of `data/*.toml` compiled in by `build.rs`.

use profiles::{Confidence, Insi};

use crate::f413::{FormField, FormRemark, MailDomains, Role, Slot};
use crate::register::{CategoryRow, CategoryRule, CodeRow, Ownership, StatusRow};
use vocabulary::{
    Administrator, Bearer, Contract, Date, Document, Product, Sector, Service, Severity, Source, Topic,
    topics::{doctrine as topics, f413, register},
};

/// What is known of a sector: what a page must ask, and whose number its certificates bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectorRule {
    /// The sector.
    pub sector: Sector,
    /// Whose number.
    pub bearer: BearerRule,
    /// How it is bound to the ANS.
    pub contract: ContractKind,
    /// Whether it takes patients in charge.
    pub patients: bool,
    /// Where the rule comes from.
    pub sources: &'static [Source],
    /// How sure it is.
    pub confidence: Confidence,
}

impl SectorRule {
    /// Whether the contract in force changes the answer and must be asked.
    pub fn needs_contract(&self) -> bool {
        self.contract == ContractKind::Explicit
    }

    /// Whether the hospital it belongs to must be asked.
    pub fn needs_host_hospital(&self) -> bool {
        self.bearer == BearerRule::OfHospital
    }

    /// The numbers worth asking for, the preferred one first; those of the hospital's sector when it belongs to one.
    pub fn bearers(&self, host_hospital: Option<Sector>) -> &'static [Bearer] {
        match (self.bearer, host_hospital.map(|host| sector_rule(host).bearer)) {
            (BearerRule::FirstGiven { order, .. }, _)
            | (BearerRule::OfHospital, Some(BearerRule::FirstGiven { order, .. })) => order,
            (BearerRule::OfHospital, _) => &[],
        }
    }
}

/// The hospitals that a laboratory or a radiology department can belong to.
pub fn host_hospitals() -> &'static [Sector] {
    HOSTS
}

/// Whose number a sector's certificates bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BearerRule {
    /// As the hospital it belongs to.
    OfHospital,
    /// The first of these whose number is given.
    FirstGiven {
        /// In order of preference.
        order: &'static [Bearer],
        /// When none is given.
        otherwise: Bearer,
    },
}

/// How a sector is bound to the ANS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractKind {
    /// A contrat d'adhésion is signed, under a number.
    Explicit,
    /// Liberal sector: nothing to sign.
    Implicit,
}

/// When an option can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Now.
    Now,
    /// When the present certificates are renewed.
    AtRenewal,
}

impl When {
    /// The spelling of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::AtRenewal => "at-renewal",
        }
    }
}

/// What a service needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceInfo {
    /// The service.
    pub service: Service,
    /// Whether it is one of the Ségur.
    pub segur: bool,
    /// The products it needs, one certificate each.
    pub products: &'static [&'static ProductRule],
    /// The mode of calling INSi, whose name is imposed: its certificate then serves nothing else.
    pub insi: Option<Insi>,
    /// Where the rule comes from.
    pub sources: &'static [Source],
    /// How sure it is.
    pub confidence: Confidence,
}

impl ServiceInfo {
    /// Whether the installation's server name must be asked.
    pub fn needs_fqdn(&self) -> bool {
        self.products.iter().any(|rule| rule.field == Field::Fqdn)
    }

    /// Whether a mail address must be asked.
    pub fn needs_email(&self) -> bool {
        self.products.iter().any(|rule| rule.field == Field::Email)
    }
}

/// What the platform asks for a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductRule {
    /// The product.
    pub product: Product,
    /// The label to choose on the platform.
    pub usage: &'static str,
    /// What is typed as the future common name.
    pub field: Field,
    /// Where the rule comes from.
    pub sources: &'static [Source],
    /// How sure it is.
    pub confidence: Confidence,
}

/// The rule of a product, when a service leads to it or can be given it on demand: none for PS_*, which a professional
/// orders with their card.
pub fn product_rule(product: Product) -> Option<&'static ProductRule> {
    PRODUCTS.iter().find(|rule| rule.product == product).copied()
}

/// The platform's field that becomes the common name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// *Service applicatif*, free text.
    Service,
    /// Name of a server.
    Fqdn,
    /// Mail address.
    Email,
}

/// An address the guides give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Key of its label in the catalogue of terms.
    pub term: &'static str,
    /// The address; may have moved since.
    pub url: &'static str,
    /// Where it was read.
    pub sources: &'static [Source],
    /// How sure it is.
    pub confidence: Confidence,
}

/// The steps of the public contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepCode {
    /// The structure is known in the Annuaire Santé and has its number.
    AnnuaireKnown,
    /// Contrat d'adhésion.
    Contract,
    /// Contrat d'adhésion of the editor.
    EditorContract,
    /// Card of the représentant légal.
    LegalRepresentativeCard,
    /// Appointing a mandataire, when wanted.
    Mandataire,
    /// Card of the administrateur technique.
    AdministratorCard,
    /// The form that declares the administrateurs techniques.
    F413,
    /// The ANS handles the form.
    AnsProcessing,
    /// The order on the platform.
    Order,
    /// Withdrawal of the certificate.
    Withdraw,
    /// Installation.
    Install,
    /// Alarm before the end of the certificate.
    Alarm,
}

impl StepCode {
    /// The spelling of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AnnuaireKnown => "annuaire-known",
            Self::Contract => "contract",
            Self::EditorContract => "editor-contract",
            Self::LegalRepresentativeCard => "legal-representative-card",
            Self::Mandataire => "mandataire",
            Self::AdministratorCard => "administrator-card",
            Self::F413 => "f413",
            Self::AnsProcessing => "ans-processing",
            Self::Order => "order",
            Self::Withdraw => "withdraw",
            Self::Install => "install",
            Self::Alarm => "alarm",
        }
    }
}

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The structure's représentant légal (titulaire of a practice).
    RepresentantLegal,
    /// The mandataire.
    Mandataire,
    /// The administrateur technique, of the structure or of the editor.
    AdministrateurTechnique,
    /// The editor.
    Editeur,
    /// The ANS.
    Ans,
}

impl Who {
    /// The spelling of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RepresentantLegal => "representant-legal",
            Self::Mandataire => "mandataire",
            Self::AdministrateurTechnique => "administrateur-technique",
            Self::Editeur => "editeur",
            Self::Ans => "ans",
        }
    }

    /// Key of its name in the catalogue of terms.
    pub const fn term(self) -> &'static str {
        match self {
            Self::RepresentantLegal => "who.representant-legal",
            Self::Mandataire => "who.mandataire",
            Self::AdministrateurTechnique => "who.administrateur-technique",
            Self::Editeur => "who.editeur",
            Self::Ans => "who.ans",
        }
    }
}

/// An option for some sectors.
#[allow(dead_code, reason = "each row carries its confidence, also where nothing reads it yet")]
pub(crate) struct Choice {
    pub(crate) sectors: &'static [Sector],
    pub(crate) contract: Option<Contract>,
    pub(crate) bearer: Bearer,
    pub(crate) when: When,
    pub(crate) reason: Topic,
    pub(crate) sources: &'static [Source],
    pub(crate) confidence: Confidence,
}

/// The rule of projects wholly outside Ségur.
#[allow(dead_code, reason = "each row carries its confidence, also where nothing reads it yet")]
pub(crate) struct OutsideSegur {
    pub(crate) contract_reason: Topic,
    pub(crate) sector_reason: Topic,
    pub(crate) sources: &'static [Source],
    pub(crate) confidence: Confidence,
}

/// A step, and when it stands in a plan.
#[allow(dead_code, reason = "each row carries its confidence, also where nothing reads it yet")]
pub(crate) struct StepRow {
    pub(crate) code: StepCode,
    pub(crate) topic: Topic,
    pub(crate) who: Who,
    pub(crate) forms: &'static [&'static str],
    pub(crate) duration: Option<Topic>,
    pub(crate) links: &'static [&'static Link],
    pub(crate) administrator: Option<Administrator>,
    pub(crate) contract: Option<ContractKind>,
    pub(crate) patients: Option<bool>,
    pub(crate) in_force: Option<bool>,
    pub(crate) bearers: &'static [Bearer],
    pub(crate) always: bool,
    pub(crate) sources: &'static [Source],
    pub(crate) confidence: Confidence,
}

/// What became of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Nobody has it, or nobody can open it.
    Lost,
    /// Somebody else has it, or may have.
    Copied,
}

/// What to do about a lost or copied key.
pub(crate) struct LostKeyRow {
    pub(crate) topic: Topic,
    pub(crate) doors: &'static [Door],
    pub(crate) who: &'static [Who],
    pub(crate) links: &'static [&'static Link],
    pub(crate) sources: &'static [Source],
    pub(crate) confidence: Confidence,
}

/// A row of the platform card, and when it stands.
pub(crate) struct CardRow {
    pub(crate) topic: Topic,
    pub(crate) value: CardValue,
    pub(crate) copy: bool,
    pub(crate) fields: &'static [Field],
    pub(crate) notes: &'static [CardNote],
    pub(crate) source: Source,
}

/// What a row of the platform card gives to choose or type.
pub(crate) enum CardValue {
    Nothing,
    Url(&'static Link),
    Offer,
    Structure,
    Usage,
    Name,
}

/// A note on a row of the platform card, and when it stands.
pub(crate) struct CardNote {
    pub(crate) topic: Topic,
    pub(crate) bearers: &'static [Bearer],
    pub(crate) services: &'static [Service],
    pub(crate) exact: bool,
    pub(crate) missing: bool,
}

/// A notice, and when it stands.
#[allow(dead_code, reason = "each row carries its confidence, also where nothing reads it yet")]
pub(crate) struct NoticeRow {
    pub(crate) topic: Topic,
    pub(crate) condition: Condition,
    pub(crate) each: Each,
    pub(crate) severity: Severity,
    pub(crate) sectors: &'static [Sector],
    pub(crate) services: &'static [Service],
    pub(crate) sources: &'static [Source],
    pub(crate) confidence: Confidence,
}

/// What a notice is said for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Each {
    Plan,
    Entity,
    Instance,
}

/// The conditions of notices, each a few lines of `notices.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// The rule of the entity's sector is not confirmed.
    BearerUnconfirmed,
    /// A contract under the FINESS juridique, for a Ségur service whose rule is the FINESS géographique.
    ContractUnforeseen,
    /// A certificate of an offer that is bound to a domain.
    DomainPlanned,
    /// The certificates are managed by an editor, or ordered by a structure without patients.
    EditorOrNoPatients,
    /// The bearer is the FINESS juridique.
    EjBearer,
    /// A mail address is needed and absent.
    EmailMissing,
    /// A server name is needed and absent.
    FqdnMissing,
    /// Sectors and services are all that is asked.
    Holds,
    /// The entity is a laboratory or radiology department of a hospital.
    Hosted,
    /// The entity's sector signs nothing with the ANS.
    ImplicitContract,
    /// Several sites are said to be the main one.
    MainSiteAmbiguous,
    /// Several sites and none is said to be the main one.
    MainSiteMissing,
    /// More RPPS-rang than the form has room for.
    MoreRppsRangThanForm,
    /// The bearer's number is absent.
    NumberMissing,
    /// The rules were not read for too long.
    RulesOutdated,
    /// The entity is of the sector, whatever its software does.
    Sector,
    /// Two installations or more.
    SeveralInstances,
    /// Two legal entities or more.
    SeveralLegalEntities,
    /// Certificates borne by one RPPS-rang of several.
    SeveralRppsRang,
    /// The bearer is a site.
    SiteBearer,
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

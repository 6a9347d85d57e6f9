//! The form F413, which declares who may order certificates and of which types: what stands in each of its fields.
//!
//! [`prepare`] follows the plan of a profile: one sheet for each legal entity and number that bears certificates, the
//! boxes of their products ticked, every field judged as it was typed. The fields and what is said of them are data
//! (`data/f413.toml`); the rules that compare fields with each other or with the plan are here:
//!
//! | File | Concern |
//! |---|---|
//! | `sheets` | which sheets |
//! | `fill` | what stands in the fields of one |
//! | `people` | names, telephones, mailboxes, cards |
//! | `domains` | which domains cover what is planned |

mod domains;
mod fill;
mod people;
mod sheets;

use profiles::Confidence;
use vocabulary::{
    Bearer, Error, Finding, Product, Sector, Service, Severity, Source, Topic, topics::f413 as topics,
};

use crate::{certificates, need, profile::Profile, validate};

pub use domains::{mail_domain_proposed, server_domain_proposed};

/// More sheets than anybody signs at once.
const MOST_SHEETS: usize = 500;

/// Longer texts stand in no field of the form.
pub const LONGEST: usize = 600;

/// What is known beside the profile. Texts are as typed, empty where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Which box the signatory ticks.
    pub role: Option<Role>,
    /// Who signs.
    pub signatory: Person,
    /// Who may order, one line of the form each.
    pub administrators: Vec<Person>,
    /// What the certificates are for. Empty: what is proposed.
    pub usage: String,
    /// Who makes the software.
    pub editor: String,
    /// The software. Empty: the installations of the profile.
    pub solution: String,
    /// A domain, or one server. Empty: what is proposed from the plan.
    pub domain: String,
    /// How far the domain reaches.
    pub scope: Scope,
    /// A domain of mail addresses. Empty: what is proposed from the plan.
    pub mail_domain: String,
}

/// A person of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Person {
    pub card_number: String,
    pub last_name: String,
    pub first_name: String,
    pub phone: String,
    pub email: String,
}

/// In which quality the form is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// *Responsable légal*.
    RepresentantLegal,
    /// *Mandataire*.
    Mandataire,
    /// *Titulaire du cabinet*: under a RPPS-rang only.
    Titulaire,
}

impl Role {
    /// Every role, in the order of the form.
    pub const ALL: [Self; 3] = [Self::RepresentantLegal, Self::Mandataire, Self::Titulaire];

    /// The spelling of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RepresentantLegal => "representant-legal",
            Self::Mandataire => "mandataire",
            Self::Titulaire => "titulaire",
        }
    }
}

/// How far the habilitation for servers reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// What the plan asks for: one server, or the domain that several share.
    #[default]
    OfPlan,
    /// The domain and what is under it.
    Domain,
    /// One server.
    Server,
}

/// A line of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormField {
    /// What the engine knows it by.
    pub slot: Slot,
    /// Heading on the form; `{line}` stands for the number of the line.
    pub section: &'static str,
    /// Words on the form; `{line}` likewise.
    pub label: &'static str,
    /// Of a box: the products it stands for.
    pub products: &'static [Product],
    /// Where it was read.
    pub sources: &'static [Source],
    /// How sure it is.
    pub confidence: Confidence,
}

/// Every line of the form, in its order.
pub fn fields() -> &'static [FormField] {
    crate::data::F413_FIELDS
}

/// What a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Slot {
    StructureName,
    Finess,
    Siret,
    RppsRang,
    RoleLegalRepresentative,
    RoleMandataire,
    RoleTitulaire,
    SignatoryLastName,
    SignatoryFirstName,
    SignatoryPhone,
    SignatoryEmail,
    SignatoryCard,
    AdministratorCard,
    AdministratorLastName,
    AdministratorFirstName,
    AdministratorPhone,
    AdministratorEmail,
    Usage,
    Editor,
    Solution,
    Box,
    SslDomain,
    SslServer,
    ServerMailDomain,
    ProMailDomain,
    Terms,
    Date,
    Stamp,
    Signature,
}

/// Where the form is, where it goes, and where certificates are ordered once it was handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// Where the form is downloaded.
    pub form: &'static str,
    /// Where it is filled in online.
    pub online: &'static str,
    /// The mailbox it is sent to.
    pub mail: &'static str,
    /// The platform.
    pub platform: &'static str,
}

/// The addresses of the guides.
pub fn addresses() -> Addresses {
    let mail = crate::data::F413_MAILBOX.url;
    Addresses {
        form: crate::data::F413_FORM.url,
        online: crate::data::F413_ONLINE.url,
        mail: mail.strip_prefix("mailto:").unwrap_or(mail),
        platform: crate::data::F413_PLATFORM.url,
    }
}

/// What is said beside a field when all of this holds.
pub(crate) struct FormRemark {
    pub(crate) slot: Slot,
    pub(crate) topic: Topic,
    pub(crate) severity: Severity,
    pub(crate) roles: &'static [Role],
    pub(crate) sectors: &'static [Sector],
    pub(crate) not_sectors: &'static [Sector],
    pub(crate) bearers: &'static [Bearer],
    pub(crate) filled: bool,
    pub(crate) sources: &'static [Source],
    #[allow(dead_code, reason = "kept beside its rule")]
    pub(crate) confidence: Confidence,
}

/// Domains of mail addresses that tell something.
pub(crate) struct MailDomains {
    /// Open to everybody.
    pub(crate) public: &'static [&'static str],
    /// Reached from inside only.
    pub(crate) closed: &'static [&'static str],
    pub(crate) sources: &'static [Source],
    #[allow(dead_code, reason = "kept beside its rule")]
    pub(crate) confidence: Confidence,
}

/// What to write on the forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// In the profile's order.
    pub sheets: Vec<Sheet>,
    /// What concerns all of them.
    pub findings: Vec<Finding>,
}

/// One copy of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the structure it is for, when it is known.
    pub name: Option<String>,
    /// Whose number.
    pub bearer: Bearer,
    /// The number that is written, when it is known; the first of several RPPS-rang.
    pub number: Option<String>,
    /// Which copy of how many, for more RPPS-rang than a form has room for; from 1.
    pub part: (usize, usize),
    /// Every line of the form.
    pub entries: Vec<Entry>,
}

/// A field of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line of the form.
    pub field: &'static FormField,
    /// Its number where the form has several, from 1; else 0.
    pub line: usize,
    /// What to write.
    pub content: Content,
    /// Path of what it was made from, in the public contract's `F413Input`.
    pub input: Option<String>,
    /// What is to be said of it.
    pub findings: Vec<Finding>,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing: to be left empty, to be done by hand, or missing; the findings say which.
    Empty,
    /// This text.
    Text(String),
    /// A box, ticked or not.
    Tick(bool),
}

/// What to write on the forms of a profile. `usage` says what services are for, when nothing was typed.
///
/// # Errors
///
/// `invalid-profile` as [`crate::recommend`], and beyond 500 forms.
pub fn prepare(
    profile: &Profile,
    answers: &Answers,
    usage: &dyn Fn(&[Service]) -> String,
) -> Result<Prepared, Error> {
    let case = validate::validate(profile)?;
    let needs = need::needs(&case)?;
    let planned = certificates::plan(&needs);
    let copies = sheets::copies(&case, &planned);
    if copies.len() > MOST_SHEETS {
        return Err(Error::at(topics::TOO_MANY, "legalEntities")
            .with("count", copies.len())
            .with("limit", MOST_SHEETS));
    }
    let filled = copies.iter().map(|copy| fill::sheet(copy, answers, usage)).collect();
    Ok(Prepared { findings: sheets::findings(profile, answers, &copies), sheets: filled })
}

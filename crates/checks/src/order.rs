//! May this request be made? What cannot be right is refused before anything is made; what is doubtful is told.

mod key;

use pki::{
    name::{Subject, SubjectError, SubjectField, SubjectParts},
    request::AlternativeNames,
};
use profiles::{
    Attribute, COMMON_NAME_SOURCES, CommonName, CommonNameRule, Confidence, DEPARTMENT_SOURCES, Department,
    ORGANIZATION_SOURCES, Profile, product,
};
use vocabulary::{
    Document, Error, Finding, Offer, Product, Severity, Source,
    identifiers::{self, Email, Fqdn, StructureId},
    topics::requests as topics,
};

use crate::{
    facts::{in_order_of_action, named, shown, source},
    request::{common_name_fault, common_name_note, insi_finding},
};

/// A request somebody wants to make, as typed.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Its product.
    pub product: Product,
    /// `C`; France when not given.
    pub country: Option<&'a str>,
    /// `ST`.
    pub department: Option<&'a str>,
    /// `O`.
    pub organization: Option<&'a str>,
    /// `OU`.
    pub structure_id: Option<&'a str>,
    /// `CN`.
    pub common_name: &'a str,
    /// Host names; the common name is put first whether it is among them or not.
    pub dns_names: &'a [String],
    /// Mail addresses; the common name is put first.
    pub emails: &'a [String],
    /// Only the common name in the subject.
    pub minimal_subject: bool,
    /// Where the key comes from.
    pub key: WantedKey,
    /// Whether the private key leaves in clear.
    pub plain_key: bool,
}

/// The key of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WantedKey {
    /// A new RSA key of this size.
    New {
        /// Size of the modulus, in bits.
        bits: u32,
    },
    /// One that exists already.
    Reused,
}

/// A request that may be made.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// What it names, ready to be encoded.
    pub subject: Subject,
    /// Host names and mail addresses, ready to be encoded; the common name first.
    pub alternative_names: AlternativeNames,
    /// The common name.
    pub common_name: CommonName,
    /// The structure, when given.
    pub structure_id: Option<StructureId>,
    /// What the person should know, gravest first; never an error.
    pub findings: Vec<Finding>,
}

/// The order of findings of equal severity.
const CODES: &[&str] = &[
    "insi-name",
    "common-name",
    "structure-id",
    "test-identifier",
    "organization",
    "department",
    "country",
    "key-reused",
    "plain-key",
    "weak-key",
    "key-strength",
    "product-unconfirmed",
    "product-without-csr",
    "minimal-subject",
    "platform-untried",
];

const SUBJECT: Source = source(Document::SAMPLES, "sujet de 40 certificats de structure");
const OWN_CHOICE: Source = source(Document::ESTAMPILLE, "contenu de la demande");
const PRODUCTS: Source = source(Document::F413_2019, "produits");

/// Accepts or refuses a request before anything is made of it.
///
/// The error names the field of the caller's `CsrRequest` at fault (`subject.commonName`, `dnsNames[1]`…); an INSi
/// near miss is the error `insi-name`. A part of the subject that is not given is only told: the authority makes the
/// certificate's name itself.
pub fn accept(wanted: &Wanted<'_>) -> Result<Accepted, Error> {
    let mut findings = Vec::new();
    let profile = product(wanted.product);
    let common_name = common_name(wanted, profile, &mut findings)?;
    let structure_id = structure_id(wanted, &mut findings)?;
    let country = country(wanted, &mut findings)?;
    let organization = organization(wanted, &mut findings)?;
    let department = department(wanted, &mut findings)?;
    let alternative_names = alternative_names(wanted, profile, &common_name)?;
    product_notes(profile, &mut findings);
    key::notes(wanted, &mut findings);
    findings.push(Finding::info(topics::PLATFORM_UNTRIED).from_source(OWN_CHOICE));

    let name = Some(common_name.as_str().to_owned());
    let parts = if wanted.minimal_subject {
        findings.push(Finding::info(topics::MINIMAL_SUBJECT).from_source(OWN_CHOICE));
        SubjectParts { common_name: name, ..SubjectParts::default() }
    } else {
        SubjectParts {
            country: Some(country),
            state: department,
            organization,
            organizational_unit: structure_id.as_ref().map(|id| id.as_str().to_owned()),
            common_name: name,
        }
    };
    let subject = Subject::new(parts).map_err(|error| unencodable(&error))?;
    in_order_of_action(&mut findings, CODES);
    Ok(Accepted { subject, alternative_names, common_name, structure_id, findings })
}

fn common_name(
    wanted: &Wanted<'_>,
    profile: &Profile,
    findings: &mut Vec<Finding>,
) -> Result<CommonName, Error> {
    const FIELD: &str = "subject.commonName";
    let typed = wanted.common_name;
    let is_insi_product = wanted.product == profiles::insi::INSI_PRODUCT;
    // Before the rule of the common name: "INSI-AUTO " is first of all a misspelt INSI-AUTO.
    if let Some(finding) = insi_finding(typed, is_insi_product, Some(wanted.product)) {
        if finding.severity == Severity::Error {
            return Err(refusal(finding, FIELD));
        }
        if finding.severity > Severity::Ok {
            findings.push(finding);
        }
    }
    let name = CommonName::parse(typed)
        .map_err(|error| refusal(common_name_fault(error).with("found", shown(typed)), FIELD))?;
    let found = || shown(typed);
    match profile.common_name {
        CommonNameRule::Dns => match Fqdn::parse(typed) {
            None => return Err(Error::at(topics::COMMON_NAME_NOT_A_HOST, FIELD).with("found", found())),
            Some(host) if host.as_str() != typed => {
                return Err(Error::at(topics::COMMON_NAME_HOST_CASE, FIELD)
                    .with("found", found())
                    .with("expected", host.as_str()));
            }
            Some(_) => {}
        },
        CommonNameRule::Mail if Email::parse(typed).is_none() => {
            return Err(Error::at(topics::COMMON_NAME_NOT_AN_EMAIL, FIELD)
                .with("found", found())
                .with("product", wanted.product.as_str()));
        }
        // The characters of an address are its own.
        CommonNameRule::Mail => {}
        CommonNameRule::Free | CommonNameRule::Person => {
            let note = common_name_note(&name, false);
            if note.severity > Severity::Ok {
                findings.push(note.with("found", found()).from_sources(COMMON_NAME_SOURCES));
            }
        }
    }
    Ok(name)
}

fn structure_id(wanted: &Wanted<'_>, findings: &mut Vec<Finding>) -> Result<Option<StructureId>, Error> {
    let Some(typed) = given(wanted.structure_id) else {
        if is_structure(wanted) && !wanted.minimal_subject {
            findings.push(Finding::warning(topics::STRUCTURE_ID_REQUIRED).from_source(SUBJECT));
        }
        return Ok(None);
    };
    let Some(id) = StructureId::parse(typed) else {
        return Err(
            Error::at(topics::STRUCTURE_ID_INVALID, "subject.structureId").with("found", shown(typed))
        );
    };
    // A test number, a key that is wrong where that is tolerated…
    let report = identifiers::report(vocabulary::IdentifierKind::StructureId, typed);
    findings.extend(report.findings.into_iter().filter(|finding| finding.severity < Severity::Error));
    Ok(Some(id))
}

fn country(wanted: &Wanted<'_>, findings: &mut Vec<Finding>) -> Result<String, Error> {
    let Some(typed) = given(wanted.country) else { return Ok("FR".to_owned()) };
    if typed.len() != 2 || !typed.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(Error::at(topics::COUNTRY, "subject.country").with("found", shown(typed)));
    }
    if typed != "FR" {
        findings.push(Finding::warning(topics::COUNTRY_NOT_FRANCE).with("found", typed).from_source(SUBJECT));
    }
    Ok(typed.to_owned())
}

fn organization(wanted: &Wanted<'_>, findings: &mut Vec<Finding>) -> Result<Option<String>, Error> {
    const FIELD: &str = "subject.organization";
    let Some(typed) = given(wanted.organization) else {
        if is_structure(wanted) && !wanted.minimal_subject {
            findings.push(Finding::warning(topics::ORGANIZATION_REQUIRED).from_source(SUBJECT));
        }
        return Ok(None);
    };
    let typed = typed.trim();
    if let Some(character) = forbidden(typed) {
        return Err(Error::at(topics::ORGANIZATION_INVALID, FIELD).with("character", named(character)));
    }
    let length = typed.chars().count();
    let attribute = Attribute::of("O");
    let longest = attribute.map_or(usize::MAX, |attribute| attribute.longest);
    if length > longest {
        return Err(Error::at(topics::ORGANIZATION_TOO_LONG, FIELD)
            .with("count", length)
            .with("expected", longest));
    }
    if let Some(observed) =
        attribute.and_then(|attribute| attribute.observed_longest).filter(|most| length > *most)
    {
        findings.push(
            Finding::warning(topics::ORGANIZATION_LONG)
                .with("count", length)
                .with("expected", observed)
                .from_sources(ORGANIZATION_SOURCES),
        );
    }
    Ok(Some(typed.to_owned()))
}

fn department(wanted: &Wanted<'_>, findings: &mut Vec<Finding>) -> Result<Option<String>, Error> {
    let Some(typed) = given(wanted.department) else {
        if is_structure(wanted) && !wanted.minimal_subject {
            findings.push(Finding::warning(topics::DEPARTMENT_REQUIRED).from_source(SUBJECT));
        }
        return Ok(None);
    };
    let typed = typed.trim();
    let longest = Attribute::of("ST").map_or(usize::MAX, |attribute| attribute.longest);
    if forbidden(typed).is_some() || typed.chars().count() > longest {
        return Err(Error::at(topics::DEPARTMENT_INVALID, "subject.department").with("found", shown(typed)));
    }
    let code = typed.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")).map(|(_, code)| code);
    let finding = match (Department::worded(typed), code.and_then(Department::of)) {
        _ if !Department::has_shape(typed) => Some(Finding::warning(topics::DEPARTMENT_SHAPE)),
        (Some(known), _) if known.confidence == Confidence::Unconfirmed => {
            Some(Finding::info(topics::DEPARTMENT_UNCONFIRMED))
        }
        (Some(_), _) => None,
        (None, Some(known)) => {
            Some(Finding::warning(topics::DEPARTMENT_UNKNOWN).with("expected", known.wording))
        }
        (None, None) => Some(Finding::warning(topics::DEPARTMENT_UNLISTED)),
    };
    findings
        .extend(finding.map(|finding| finding.with("found", shown(typed)).from_sources(DEPARTMENT_SOURCES)));
    Ok(Some(typed.to_owned()))
}

fn alternative_names(
    wanted: &Wanted<'_>,
    profile: &Profile,
    common_name: &CommonName,
) -> Result<AlternativeNames, Error> {
    let code = wanted.product.as_str();
    let takes = |rule: CommonNameRule| profile.common_name == rule;
    if !takes(CommonNameRule::Dns) && !wanted.dns_names.is_empty() {
        return Err(Error::at(topics::DNS_NAMES_NOT_FOR_PRODUCT, "dnsNames").with("product", code));
    }
    if !takes(CommonNameRule::Mail) && !wanted.emails.is_empty() {
        return Err(Error::at(topics::EMAILS_NOT_FOR_PRODUCT, "emails").with("product", code));
    }
    let mut dns = Vec::new();
    let mut emails = Vec::new();
    if takes(CommonNameRule::Dns) {
        dns.push(common_name.as_str().to_owned());
    }
    if takes(CommonNameRule::Mail) {
        emails.push(common_name.as_str().to_owned());
    }
    for (at, typed) in wanted.dns_names.iter().enumerate() {
        let name = Fqdn::parse(typed).ok_or_else(|| {
            Error::at(topics::DNS_NAMES_INVALID, format!("dnsNames[{at}]")).with("found", shown(typed))
        })?;
        if !dns.iter().any(|known| known == name.as_str()) {
            dns.push(name.as_str().to_owned());
        }
    }
    for (at, typed) in wanted.emails.iter().enumerate() {
        let address = Email::parse(typed).ok_or_else(|| {
            Error::at(topics::EMAILS_INVALID, format!("emails[{at}]")).with("found", shown(typed))
        })?;
        if !emails.iter().any(|known| known == address.as_str()) {
            emails.push(address.as_str().to_owned());
        }
    }
    AlternativeNames::new(dns, emails).map_err(|error| match error {
        pki::request::CsrError::BadName { name } => {
            Error::at(topics::SAN_INVALID, "dnsNames").with("found", shown(&name))
        }
        _ => Error::at(topics::SAN_TOO_MANY, "dnsNames"),
    })
}

fn product_notes(profile: &Profile, findings: &mut Vec<Finding>) {
    let code = profile.product.as_str();
    if profile.product.offer() == Offer::Ps {
        findings
            .push(Finding::warning(topics::PRODUCT_WITHOUT_CSR).with("product", code).from_source(PRODUCTS));
    }
    if !matches!(profile.confidence, Confidence::Confirmed | Confidence::Official) {
        findings.push(
            Finding::info(topics::PRODUCT_UNCONFIRMED).with("product", code).from_sources(profile.sources),
        );
    }
}

/// A finding turned into the refusal of a field.
fn refusal(finding: Finding, field: &str) -> Error {
    Error { facts: finding.facts, ..Error::at(finding.topic, field) }
}

/// What the rules above let through and the encoder does not.
fn unencodable(error: &SubjectError) -> Error {
    let (topic, field) = match error.field {
        SubjectField::Country => (topics::COUNTRY, "subject.country"),
        SubjectField::State => (topics::DEPARTMENT_INVALID, "subject.department"),
        SubjectField::Organization => (topics::ORGANIZATION_INVALID, "subject.organization"),
        SubjectField::OrganizationalUnit => (topics::STRUCTURE_ID_INVALID, "subject.structureId"),
        SubjectField::CommonName => (topics::COMMON_NAME_CONTROL, "subject.commonName"),
    };
    Error::at(topic, field)
}

/// Control characters, and the two that break a line without being one.
fn forbidden(text: &str) -> Option<char> {
    text.chars().find(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// A field that holds something.
fn given(field: Option<&str>) -> Option<&str> {
    field.filter(|text| !text.trim().is_empty())
}

/// Whether the certificate will name a structure.
fn is_structure(wanted: &Wanted<'_>) -> bool {
    wanted.product.offer() != Offer::Ps
}

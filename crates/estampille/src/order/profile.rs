//! From the contract's `OrderProfile` to the doctrine's profile, naming the faulty field.

use doctrine::{LegalEntity, Profile, Site, SoftwareInstance};
use vocabulary::{
    Administrator, Date, Error, IdentifierKind, Timestamp,
    identifiers::{Email, Finess, Fqdn, RppsRang, Siret, term},
    topics::{
        errors::{PROFILE_IDENTIFIER, PROFILE_MISSING},
        failures::INVALID_PROFILE_DATE,
    },
};

use crate::{contract, words};

/// Parses a profile; `now` stands in for an order date that is not given.
pub(super) fn parse(given: &contract::OrderProfile, now: Timestamp) -> Result<Profile, Error> {
    let sector = given.sector.as_deref().ok_or_else(|| Error::at(PROFILE_MISSING, "sector"))?;
    Ok(Profile {
        sector: words::profile(sector, "sector")?,
        contract: word(given.contract.as_deref(), "contract")?,
        host_hospital: word(given.host_hospital.as_deref(), "hostHospital")?,
        legal_entities: each(given.legal_entities.as_deref(), "legalEntities", legal_entity)?,
        instances: each(given.instances.as_deref(), "instances", instance)?,
        administrator: word(given.administrator.as_deref(), "administrator")?
            .unwrap_or(Administrator::Structure),
        on: order_date(given.on.as_deref(), now)?,
    })
}

fn legal_entity(given: &contract::LegalEntity, path: &str) -> Result<LegalEntity, Error> {
    let at = |name: &str| format!("{path}.{name}");
    let rpps_rang = given.rpps_rang.as_deref().unwrap_or_default();
    let rpps_rang = rpps_rang.iter().enumerate().filter_map(|(index, text)| {
        identifier(Some(text), &at(&format!("rppsRang[{index}]")), IdentifierKind::RppsRang, RppsRang::parse)
            .transpose()
    });
    Ok(LegalEntity {
        id: required(given.id.as_deref(), &at("id"))?,
        name: text(given.name.as_deref()),
        sector: word(given.sector.as_deref(), &at("sector"))?,
        contract: word(given.contract.as_deref(), &at("contract"))?,
        finess_ej: finess(given.finess_ej.as_deref(), &at("finessEj"))?,
        siret: identifier(given.siret.as_deref(), &at("siret"), IdentifierKind::Siret, Siret::parse)?,
        rpps_rang: rpps_rang.collect::<Result<_, _>>()?,
        sites: match &given.sites {
            Some(sites) => each(Some(sites), &at("sites"), site)?,
            None => Vec::new(),
        },
    })
}

fn site(given: &contract::Site, path: &str) -> Result<Site, Error> {
    let at = |name: &str| format!("{path}.{name}");
    Ok(Site {
        id: required(given.id.as_deref(), &at("id"))?,
        name: text(given.name.as_deref()),
        finess_et: finess(given.finess_et.as_deref(), &at("finessEt"))?,
        main: given.main.unwrap_or_default(),
    })
}

fn instance(given: &contract::SoftwareInstance, path: &str) -> Result<SoftwareInstance, Error> {
    let at = |name: &str| format!("{path}.{name}");
    let services = given.services.as_deref().ok_or_else(|| Error::at(PROFILE_MISSING, at("services")))?;
    let service = |(index, word): (usize, &String)| words::profile(word, at(&format!("services[{index}]")));
    Ok(SoftwareInstance {
        id: required(given.id.as_deref(), &at("id"))?,
        name: required(given.name.as_deref(), &at("name"))?,
        services: services.iter().enumerate().map(service).collect::<Result<_, _>>()?,
        // Trimmed as the ids they name are.
        sites: given.sites.as_ref().map(|ids| ids.iter().map(|id| id.trim().to_owned()).collect()),
        fqdn: identifier(given.fqdn.as_deref(), &at("fqdn"), IdentifierKind::Fqdn, Fqdn::parse)?,
        email: identifier(given.email.as_deref(), &at("email"), IdentifierKind::Email, Email::parse)?,
    })
}

/// Parses the elements of a list that must be given, each with its path.
fn each<G, T>(
    given: Option<&[G]>,
    path: &str,
    parse: impl Fn(&G, &str) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let given = given.ok_or_else(|| Error::at(PROFILE_MISSING, path))?;
    given.iter().enumerate().map(|(index, element)| parse(element, &format!("{path}[{index}]"))).collect()
}

fn word<T: words::Words>(given: Option<&str>, path: &str) -> Result<Option<T>, Error> {
    given.map(|word| words::profile(word, path)).transpose()
}

fn finess(given: Option<&str>, path: &str) -> Result<Option<Finess>, Error> {
    identifier(given, path, IdentifierKind::Finess, Finess::parse)
}

/// An identifier that may be left empty.
fn identifier<T>(
    given: Option<&str>,
    path: &str,
    kind: IdentifierKind,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Error> {
    let Some(typed) = given.filter(|typed| !typed.trim().is_empty()) else { return Ok(None) };
    let refused = || {
        let found: String = typed.chars().take(40).collect();
        Error::at(PROFILE_IDENTIFIER, path).with("found", found).with("kind", term(kind))
    };
    parse(typed).map(Some).ok_or_else(refused)
}

fn required(given: Option<&str>, path: &str) -> Result<String, Error> {
    text(given).ok_or_else(|| Error::at(PROFILE_MISSING, path))
}

fn text(given: Option<&str>) -> Option<String> {
    given.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn order_date(given: Option<&str>, now: Timestamp) -> Result<Date, Error> {
    let Some(typed) = given else { return Ok(now.date()) };
    let refused = || {
        let found: String = typed.chars().take(40).collect();
        Error::at(INVALID_PROFILE_DATE, "on").with("found", found)
    };
    Timestamp::parse(typed).map(Timestamp::date).ok_or_else(refused)
}

//! Refuses a profile that contradicts itself, and names the field in the spelling of the public contract.

use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{Error, Sector, Value, identifiers::Finess, topics::errors as topics};

use crate::{
    data::{BearerRule, HOSTS, sector_rule},
    need::{Case, Entity},
    profile::{Profile, SoftwareInstance},
};

/// The profile with what follows from it, when nothing in it excludes something else.
pub(crate) fn validate(profile: &Profile) -> Result<Case<'_>, Error> {
    if profile.legal_entities.is_empty() {
        return Err(Error::at(topics::PROFILE_NO_LEGAL_ENTITY, "legalEntities"));
    }
    if profile.instances.is_empty() {
        return Err(Error::at(topics::PROFILE_NO_INSTANCE, "instances"));
    }
    host_hospital(profile)?;
    entity_ids(profile)?;
    let sites = site_ids(profile)?;
    numbers(profile)?;
    let entities: Vec<_> = profile
        .legal_entities
        .iter()
        .enumerate()
        .map(|(index, source)| Entity::new(profile, index, source))
        .collect();
    let case = Case { profile, entities, sites };
    instances(&case)?;
    Ok(case)
}

fn host_hospital(profile: &Profile) -> Result<(), Error> {
    let hosted = |sector: Sector| sector_rule(sector).bearer == BearerRule::OfHospital;
    let needed = profile
        .legal_entities
        .iter()
        .map(|entity| entity.sector.unwrap_or(profile.sector))
        .find(|s| hosted(*s));
    let field = "hostHospital";
    match (needed, profile.host_hospital) {
        (None, None) => Ok(()),
        (Some(sector), None) => {
            let sector = Value::Term(sector.term());
            Err(Error::at(topics::PROFILE_HOST_MISSING, field).with("sector", sector))
        }
        (_, Some(host)) if !HOSTS.contains(&host) => {
            Err(Error::at(topics::PROFILE_HOST_SECTOR, field).with("found", Value::Term(host.term())))
        }
        (Some(_), Some(_)) => Ok(()),
        (None, Some(_)) => {
            let sector = Value::Term(profile.sector.term());
            Err(Error::at(topics::PROFILE_HOST_NEEDLESS, field).with("sector", sector))
        }
    }
}

fn entity_ids(profile: &Profile) -> Result<(), Error> {
    let ids = profile.legal_entities.iter().enumerate();
    unique_ids(ids.map(|(at, entity)| (entity.id.as_str(), format!("legalEntities[{at}].id"))))
}

/// Where each site stands, by its id: legal entity, then place in it.
fn site_ids(profile: &Profile) -> Result<BTreeMap<&str, (usize, usize)>, Error> {
    let mut places = BTreeMap::new();
    for (entity_at, entity) in profile.legal_entities.iter().enumerate() {
        for (site_at, site) in entity.sites.iter().enumerate() {
            let field = || format!("legalEntities[{entity_at}].sites[{site_at}].id");
            given(&site.id, field)?;
            if places.insert(site.id.as_str(), (entity_at, site_at)).is_some() {
                return Err(duplicate(&site.id, field()));
            }
        }
    }
    Ok(places)
}

/// A number belongs to one thing only, and a FINESS is either an EJ's or an ET's (domain facts, identifiers §1).
fn numbers(profile: &Profile) -> Result<(), Error> {
    let mut ej = Seen::default();
    let mut et = Seen::default();
    let mut siret = Seen::default();
    let mut rpps_rang = Seen::default();
    for (at, entity) in profile.legal_entities.iter().enumerate() {
        if let Some(number) = &entity.finess_ej {
            ej.take(number.as_str(), "number.ej", || format!("legalEntities[{at}].finessEj"))?;
        }
        if let Some(number) = &entity.siret {
            siret.take(number.as_str(), "number.siret", || format!("legalEntities[{at}].siret"))?;
        }
        for (place, number) in entity.rpps_rang.iter().enumerate() {
            let field = || format!("legalEntities[{at}].rppsRang[{place}]");
            rpps_rang.take(number.as_str(), "number.rpps-rang", field)?;
        }
    }
    for (at, entity) in profile.legal_entities.iter().enumerate() {
        for (place, site) in entity.sites.iter().enumerate() {
            let Some(number) = site.finess_et.as_ref().map(Finess::as_str) else { continue };
            let field = || format!("legalEntities[{at}].sites[{place}].finessEt");
            if ej.0.contains(number) {
                return Err(Error::at(topics::PROFILE_NUMBER_EJ_AND_ET, field()).with("number", number));
            }
            et.take(number, "number.et", field)?;
        }
    }
    Ok(())
}

fn instances(case: &Case<'_>) -> Result<(), Error> {
    let instances = &case.profile.instances;
    let ids = instances.iter().enumerate();
    unique_ids(ids.map(|(at, instance)| (instance.id.as_str(), format!("instances[{at}].id"))))?;
    let any_hosted = case.entities.iter().any(Entity::is_hosted);
    for (at, instance) in instances.iter().enumerate() {
        let hosted = served_sites(case, instance, at, any_hosted)?;
        services(instance, at, hosted)?;
    }
    Ok(())
}

/// Checks the sites an installation names; whether one of them, or any when it names none, is a hospital's laboratory
/// or radiology department.
fn served_sites(
    case: &Case<'_>,
    instance: &SoftwareInstance,
    at: usize,
    any_hosted: bool,
) -> Result<bool, Error> {
    let Some(named) = &instance.sites else { return Ok(any_hosted) };
    if named.is_empty() {
        return Err(Error::at(topics::PROFILE_NO_SERVED_SITE, format!("instances[{at}].sites"))
            .with("instance", label(instance)));
    }
    let mut seen = BTreeSet::new();
    let mut hosted = false;
    for (place, id) in named.iter().enumerate() {
        let field = || format!("instances[{at}].sites[{place}]");
        let Some((entity, _)) = case.sites.get(id.as_str()) else {
            return Err(Error::at(topics::PROFILE_REFERENCE, field()).with("id", shown(id)));
        };
        if !seen.insert(id.as_str()) {
            return Err(Error::at(topics::PROFILE_SITE_TWICE, field()).with("id", shown(id)));
        }
        hosted |= case.entities.get(*entity).is_some_and(Entity::is_hosted);
    }
    Ok(hosted)
}

fn services(instance: &SoftwareInstance, at: usize, hosted: bool) -> Result<(), Error> {
    if instance.services.is_empty() && !hosted {
        return Err(Error::at(topics::PROFILE_NO_SERVICE, format!("instances[{at}].services"))
            .with("instance", label(instance)));
    }
    for (place, service) in instance.services.iter().enumerate() {
        if instance.services.iter().take(place).any(|earlier| earlier == service) {
            return Err(Error::at(
                topics::PROFILE_SERVICE_TWICE,
                format!("instances[{at}].services[{place}]"),
            )
            .with("service", Value::Term(service.term())));
        }
    }
    Ok(())
}

fn unique_ids<'a>(ids: impl Iterator<Item = (&'a str, String)>) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for (id, field) in ids {
        given(id, || field.clone())?;
        if !seen.insert(id) {
            return Err(duplicate(id, field));
        }
    }
    Ok(())
}

fn given(id: &str, field: impl FnOnce() -> String) -> Result<(), Error> {
    if id.trim().is_empty() { Err(Error::at(topics::PROFILE_MISSING, field())) } else { Ok(()) }
}

fn duplicate(id: &str, field: String) -> Error {
    Error::at(topics::PROFILE_DUPLICATE, field).with("id", shown(id))
}

/// Numbers met so far.
#[derive(Default)]
struct Seen<'a>(BTreeSet<&'a str>);

impl<'a> Seen<'a> {
    fn take(
        &mut self,
        number: &'a str,
        kind: &'static str,
        field: impl FnOnce() -> String,
    ) -> Result<(), Error> {
        if self.0.insert(number) {
            return Ok(());
        }
        Err(Error::at(topics::PROFILE_NUMBER_TWICE, field())
            .with("number", number)
            .with("kind", Value::Term(kind)))
    }
}

fn label(instance: &SoftwareInstance) -> String {
    shown(if instance.name.trim().is_empty() { &instance.id } else { instance.name.trim() })
}

/// At most 80 characters of a text given by the caller.
fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}

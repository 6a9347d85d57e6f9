//! Who needs certificates: an installation, for a legal entity it serves, under a bearer.

use std::collections::BTreeMap;

use vocabulary::{
    Bearer, Contract, Error, Sector, Source, arranged, identifiers::StructureId, sorted_places,
    topics::errors as topics,
};

use crate::{
    bearer, certificates,
    data::{BearerRule, SectorRule, sector_rule, service_info},
    profile::{LegalEntity, Profile, Site, SoftwareInstance},
};

/// More certificates than any structure or editor orders at once: beyond, the profile is a mistake.
const MOST_CERTIFICATES: usize = 5_000;

/// A valid profile, with what follows from it.
pub(crate) struct Case<'a> {
    pub(crate) profile: &'a Profile,
    /// In the profile's order.
    pub(crate) entities: Vec<Entity<'a>>,
    /// Where each site stands, by its id: legal entity, then place in it.
    pub(crate) sites: BTreeMap<&'a str, (usize, usize)>,
}

/// A legal entity with its sector's rules.
pub(crate) struct Entity<'a> {
    pub(crate) index: usize,
    pub(crate) source: &'a LegalEntity,
    /// The rule of its own sector.
    pub(crate) rule: &'static SectorRule,
    /// The rule its bearer follows: that of the hospital it belongs to, or its own.
    pub(crate) bearer_rule: &'static SectorRule,
    /// The contract in force, where the sector signs one.
    pub(crate) contract: Option<Contract>,
    /// Whether some site has its number.
    site_number_given: bool,
}

impl<'a> Entity<'a> {
    pub(crate) fn new(profile: &Profile, index: usize, source: &'a LegalEntity) -> Self {
        let rule = sector_rule(source.sector.unwrap_or(profile.sector));
        let bearer_rule = match (rule.bearer, profile.host_hospital) {
            (BearerRule::OfHospital, Some(host)) => sector_rule(host),
            _ => rule,
        };
        let contract = source.contract.or(profile.contract).filter(|_| rule.needs_contract());
        let site_number_given = source.sites.iter().any(|site| site.finess_et.is_some());
        Self { index, source, rule, bearer_rule, contract, site_number_given }
    }

    /// Whether it is a laboratory or radiology department of a hospital.
    pub(crate) fn is_hosted(&self) -> bool {
        self.rule.needs_host_hospital()
    }

    /// Whether its own sector, or that of the hospital it belongs to, is one of these.
    pub(crate) fn is_of(&self, sectors: &[Sector]) -> bool {
        sectors.contains(&self.rule.sector) || sectors.contains(&self.bearer_rule.sector)
    }

    /// How people know it.
    pub(crate) fn label(&self) -> &'a str {
        name_or_id(self.source.name.as_deref(), &self.source.id)
    }

    /// The bearer of its sector's rule, for all its sites.
    pub(crate) fn sector_bearer(&self) -> Bearer {
        bearer::by_rule(self, self.site_number_given)
    }

    /// The number the contract in force bears.
    pub(crate) fn contract_bearer(&self) -> Option<Bearer> {
        match self.contract {
            Some(Contract::Ej) => Some(Bearer::Ej),
            Some(Contract::Et) => Some(Bearer::Et),
            Some(Contract::Aucun) | None => None,
        }
    }
}

/// What one installation needs for one legal entity.
pub(crate) struct Need<'a> {
    pub(crate) instance: &'a SoftwareInstance,
    pub(crate) entity: &'a Entity<'a>,
    pub(crate) bearer: Bearer,
    /// Whether one of the services is of the Ségur.
    pub(crate) segur: bool,
    pub(crate) place: Place<'a>,
}

/// What bears the certificates.
pub(crate) enum Place<'a> {
    /// The legal entity.
    Entity,
    /// Each of these sites.
    Sites(Vec<&'a Site>),
    /// The main site.
    MainSite(&'a Site),
    /// The main site, which none of the several sites is said to be.
    NoMainSite,
    /// The main site, which several sites are said to be.
    SeveralMainSites,
}

impl<'a> Need<'a> {
    /// What bears a certificate each: the site when it is one and is known, and the structure id when the number is.
    pub(crate) fn spots(&self) -> Vec<(Option<&'a Site>, Option<StructureId>)> {
        let of_site = |site: &'a Site| (Some(site), site.finess_et.as_ref().map(StructureId::of_finess));
        match &self.place {
            Place::Entity => vec![(None, self.entity_number())],
            Place::Sites(sites) => sites.iter().map(|site| of_site(site)).collect(),
            Place::MainSite(site) => vec![of_site(site)],
            Place::NoMainSite | Place::SeveralMainSites => vec![(None, None)],
        }
    }

    /// The sites whose number is needed and absent. While the main site is unknown: those it may be.
    pub(crate) fn sites_without_number(&self) -> Vec<&'a Site> {
        let all = &self.entity.source.sites;
        let candidates: Vec<&Site> = match &self.place {
            Place::Entity => Vec::new(),
            Place::Sites(sites) => sites.clone(),
            Place::MainSite(site) => vec![site],
            Place::NoMainSite => all.iter().collect(),
            Place::SeveralMainSites => all.iter().filter(|site| site.main).collect(),
        };
        candidates.into_iter().filter(|site| site.finess_et.is_none()).collect()
    }

    /// Whether the legal entity bears the certificates and its number is absent.
    pub(crate) fn entity_number_is_missing(&self) -> bool {
        matches!(self.place, Place::Entity) && self.entity_number().is_none()
    }

    /// Where the rule of the bearer comes from.
    pub(crate) fn bearer_sources(&self) -> &'static [Source] {
        if self.segur || self.entity.contract_bearer().is_none() {
            self.entity.bearer_rule.sources
        } else {
            crate::data::OUTSIDE_SEGUR.sources
        }
    }

    fn entity_number(&self) -> Option<StructureId> {
        let entity = self.entity.source;
        match self.bearer {
            Bearer::Ej => entity.finess_ej.as_ref().map(StructureId::of_finess),
            Bearer::Siret => entity.siret.as_ref().map(StructureId::of_siret),
            Bearer::RppsRang => entity.rpps_rang.first().map(StructureId::of_rpps_rang),
            Bearer::Et | Bearer::EtSitePrincipal | Bearer::EtAuChoix => None,
        }
    }
}

/// The needs of every installation, by installation then legal entity, in the profile's order.
///
/// # Errors
///
/// `invalid-profile`: a legal entity without site where a site bears the certificates; more than 5,000 certificates.
pub(crate) fn needs<'a>(case: &'a Case<'a>) -> Result<Vec<Need<'a>>, Error> {
    let mut needs = Vec::new();
    let mut certificates = 0_usize;
    for (at, instance) in case.profile.instances.iter().enumerate() {
        if instance.services.is_empty() {
            continue;
        }
        let of_each_spot = certificates::count(instance);
        for (entity, served) in served(case, instance) {
            let need = need(instance, entity, served)?;
            let of_need = need.spots().len().saturating_mul(of_each_spot);
            certificates = certificates.saturating_add(of_need);
            if certificates > MOST_CERTIFICATES {
                let error = Error::at(topics::PROFILE_TOO_LARGE, format!("instances[{at}]"));
                return Err(error.with("limit", MOST_CERTIFICATES));
            }
            needs.push(need);
        }
    }
    Ok(needs)
}

/// How people know a site.
pub(crate) fn site_label(site: &Site) -> &str {
    name_or_id(site.name.as_deref(), &site.id)
}

/// How people know an installation.
pub(crate) fn instance_label(instance: &SoftwareInstance) -> &str {
    name_or_id(Some(&instance.name), &instance.id)
}

/// The sites of a legal entity that an installation serves: all, or some.
enum Served<'a> {
    All,
    Some(Vec<&'a Site>),
}

/// The legal entities an installation serves. One without sites is served by an installation that names none.
fn served<'a>(case: &'a Case<'a>, instance: &SoftwareInstance) -> Vec<(&'a Entity<'a>, Served<'a>)> {
    let Some(named) = &instance.sites else {
        return case.entities.iter().map(|entity| (entity, Served::All)).collect();
    };
    let places: Vec<_> = named.iter().filter_map(|id| case.sites.get(id.as_str()).copied()).collect();
    let in_order = sorted_places(places.len(), &|a, b| places.get(a).cmp(&places.get(b)));
    let mut by_entity: BTreeMap<usize, Vec<&Site>> = BTreeMap::new();
    for (entity_at, site_at) in arranged(places, &in_order) {
        let site = case.entities.get(entity_at).and_then(|entity| entity.source.sites.get(site_at));
        by_entity.entry(entity_at).or_default().extend(site);
    }
    by_entity
        .into_iter()
        .filter_map(|(at, sites)| Some((case.entities.get(at)?, Served::Some(sites))))
        .collect()
}

fn need<'a>(
    instance: &'a SoftwareInstance,
    entity: &'a Entity<'a>,
    served: Served<'a>,
) -> Result<Need<'a>, Error> {
    let segur = instance.services.iter().any(|service| service_info(*service).segur);
    let site_number_given = match &served {
        Served::All => entity.site_number_given,
        Served::Some(sites) => sites.iter().any(|site| site.finess_et.is_some()),
    };
    let bearer = match entity.contract_bearer() {
        Some(bearer) if !segur => bearer,
        _ => bearer::by_rule(entity, site_number_given),
    };
    let all = &entity.source.sites;
    let is_site = matches!(bearer, Bearer::Et | Bearer::EtSitePrincipal | Bearer::EtAuChoix);
    if is_site && all.is_empty() {
        let field = format!("legalEntities[{}].sites", entity.index);
        return Err(Error::at(topics::PROFILE_NO_SITE, field).with("entity", entity.label()));
    }
    let place = match (bearer, served) {
        (Bearer::Ej | Bearer::Siret | Bearer::RppsRang, _) => Place::Entity,
        (Bearer::EtSitePrincipal, _) => main_site(all),
        (Bearer::Et | Bearer::EtAuChoix, Served::All) => Place::Sites(all.iter().collect()),
        (Bearer::Et | Bearer::EtAuChoix, Served::Some(sites)) => Place::Sites(sites),
    };
    Ok(Need { instance, entity, bearer, segur, place })
}

/// A single site is the main one (procedure facts, section 7).
fn main_site(sites: &[Site]) -> Place<'_> {
    if let [site] = sites {
        return Place::MainSite(site);
    }
    let mut main = sites.iter().filter(|site| site.main);
    match (main.next(), main.next()) {
        (Some(site), None) => Place::MainSite(site),
        (None, _) => Place::NoMainSite,
        (Some(_), Some(_)) => Place::SeveralMainSites,
    }
}

fn name_or_id<'a>(name: Option<&'a str>, id: &'a str) -> &'a str {
    name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(id)
}

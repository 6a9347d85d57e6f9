//! Which sheets: one for each legal entity and number that bears certificates.

use vocabulary::{Bearer, Document, Finding, Product, Service, Source, topics::f413 as topics};

use super::Answers;
use crate::{
    data::F413_RPPS_RANG,
    need::{Case, Entity},
    plan::PlannedCertificate,
    profile::{Profile, Site},
};

/// A copy of the form, before it is filled.
pub(super) struct Copy<'a> {
    pub(super) entity: &'a Entity<'a>,
    pub(super) site: Option<&'a Site>,
    pub(super) bearer: Bearer,
    /// What is written where the form asks for a number: several of RPPS-rang only.
    pub(super) numbers: Vec<String>,
    pub(super) part: (usize, usize),
    /// What is ordered under it.
    pub(super) certificates: Vec<&'a PlannedCertificate>,
    /// The installations that will hold it, named by the person.
    pub(super) software: Vec<&'a str>,
}

impl Copy<'_> {
    /// Whether one of these is ordered.
    pub(super) fn orders(&self, products: &[Product]) -> bool {
        self.certificates.iter().any(|certificate| products.contains(&certificate.product))
    }

    /// What its certificates serve, in the contract's order.
    pub(super) fn services(&self) -> Vec<Service> {
        let serves = |service: &Service| self.certificates.iter().any(|one| one.services.contains(service));
        Service::ALL.iter().copied().filter(serves).collect()
    }
}

/// The copies to fill, by legal entity, bearer and site in the profile's order.
pub(super) fn copies<'a>(case: &'a Case<'a>, planned: &'a [PlannedCertificate]) -> Vec<Copy<'a>> {
    let mut copies = Vec::new();
    for entity in &case.entities {
        let of_entity = || planned.iter().filter(|one| one.legal_entity == entity.source.id);
        for bearer in Bearer::ALL.iter().copied() {
            let borne = || of_entity().filter(move |one| one.bearer == bearer);
            // A site that is not known yet has a form to itself: its number is missing there.
            let places = entity.source.sites.iter().map(Some).chain([None]);
            for site in places {
                let id = site.map(|site| site.id.as_str());
                let certificates: Vec<_> = borne().filter(|one| one.site.as_deref() == id).collect();
                if !certificates.is_empty() {
                    add(&mut copies, case, entity, site, bearer, &certificates);
                }
            }
        }
    }
    copies
}

fn add<'a>(
    copies: &mut Vec<Copy<'a>>,
    case: &'a Case<'a>,
    entity: &'a Entity<'a>,
    site: Option<&'a Site>,
    bearer: Bearer,
    certificates: &[&'a PlannedCertificate],
) {
    let source = entity.source;
    let numbers: Vec<String> = match bearer {
        Bearer::Ej => source.finess_ej.iter().map(|number| number.as_str().to_owned()).collect(),
        Bearer::Et | Bearer::EtSitePrincipal | Bearer::EtAuChoix => site
            .and_then(|site| site.finess_et.as_ref())
            .iter()
            .map(|number| number.as_str().to_owned())
            .collect(),
        Bearer::Siret => source.siret.iter().map(|number| number.as_str().to_owned()).collect(),
        Bearer::RppsRang => source.rpps_rang.iter().map(|number| number.as_str().to_owned()).collect(),
    };
    let holds = |id: &str| certificates.iter().any(|certificate| certificate.instance == id);
    let software: Vec<&str> = case
        .profile
        .instances
        .iter()
        .filter(|instance| holds(&instance.id))
        .map(|instance| instance.name.trim())
        .filter(|name| !name.is_empty())
        .collect();
    let parts = numbers.len().div_ceil(F413_RPPS_RANG).max(1);
    for part in 0..parts {
        let from = part.saturating_mul(F413_RPPS_RANG);
        copies.push(Copy {
            entity,
            site,
            bearer,
            numbers: numbers.iter().skip(from).take(F413_RPPS_RANG).cloned().collect(),
            part: (part.saturating_add(1), parts),
            certificates: certificates.to_vec(),
            software: software.clone(),
        });
    }
}

/// What concerns all copies.
pub(super) fn findings(profile: &Profile, answers: &Answers, copies: &[Copy<'_>]) -> Vec<Finding> {
    const FORM: Source = source(Document::F413, "§3–5");
    const GUIDES: [Source; 2] =
        [source(Document::HOP, "télécharger le formulaire 413"), source(Document::LBM, "p. 14")];
    let mut found = Vec::new();
    if copies.is_empty() {
        found.push(Finding::warning(topics::NOTHING_ORDERED));
        return found;
    }
    let mut entities: Vec<&str> = copies.iter().map(|copy| copy.entity.source.id.as_str()).collect();
    entities.dedup();
    if entities.len() > 1 {
        let said = Finding::warning(topics::SEVERAL_ENTITIES).with("count", entities.len());
        found.push(said.from_source(FORM));
    }
    if copies.iter().any(|copy| copy.part.1 > 1) {
        let said = Finding::info(topics::SECOND_FORM).with("limit", F413_RPPS_RANG);
        found.push(said.from_source(source(Document::F413, "§3.1, renvoi 1")));
    }
    let boxes = super::fields().iter().filter(|field| !field.products.is_empty());
    let several = |copy: &Copy<'_>| boxes.clone().filter(|field| copy.orders(field.products)).count() > 1;
    if copies.iter().any(several) {
        found.push(
            Finding::info(topics::SEVERAL_TYPES)
                .from_source(source(Document::F413, "§4.3"))
                .from_sources(&GUIDES),
        );
    }
    let ordered = |products: &[Product]| copies.iter().any(|copy| copy.orders(products));
    if !answers.domain.trim().is_empty() && !ordered(&[Product::ServSsl]) {
        found.push(Finding::info(topics::DOMAIN_UNUSED));
    }
    if !answers.mail_domain.trim().is_empty() && !ordered(super::fill::OF_MAIL) {
        found.push(Finding::info(topics::MAIL_DOMAIN_UNUSED));
    }
    if profile.instances.len() > 1 {
        found.push(Finding::info(topics::ONE_FORM_ENOUGH).from_sources(&GUIDES));
    }
    found
}

const fn source(document: &'static Document, section: &'static str) -> Source {
    Source { document, section: Some(section) }
}

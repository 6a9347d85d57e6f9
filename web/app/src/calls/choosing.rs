//! What is asked of a structure, and the plan that follows.

use estampille::{
    contract::{IdentifierReport, LegalEntity, OrderProfile, Plan},
    order::{self, Questions, ServiceNeeds},
};
use messages::{
    Locale,
    page::{software, structure},
};
use vocabulary::{IdentifierKind, Sector, Service, Timestamp};

use super::{making::typed, term};
use crate::{
    screen::Screen,
    session::{PlanProblem, fact},
};

/// What is worth asking of the structure described so far.
pub(crate) fn questions(draft: &OrderProfile) -> Option<Questions> {
    let sector = draft.sector.as_deref()?.parse().ok()?;
    let host = draft.host_hospital.as_deref().and_then(|word| word.parse().ok());
    let services: Vec<Service> = services_of(draft).collect();
    let outside = !services.is_empty() && services.iter().all(|service| !service_needs(*service).segur);
    Some(order::questions(sector, host, outside))
}

/// What is worth asking of a sector, before anything else is known.
pub(crate) fn sector_questions(sector: Sector) -> Questions {
    order::questions(sector, None, false)
}

/// The hospitals a hospital department can belong to.
pub(crate) fn host_hospitals() -> &'static [Sector] {
    order::host_hospitals()
}

/// What a service needs from its installation.
pub(crate) fn service_needs(service: Service) -> ServiceNeeds {
    order::service_needs(service)
}

/// The plan for what was typed so far.
pub(crate) fn recommend(locale: Locale, mut draft: OrderProfile) -> Result<Plan, PlanProblem> {
    name_the_unnamed(locale, &mut draft);
    let draft = ready(locale, draft);
    order::recommend(locale, browser::clock::now(), &draft).map_err(|error| PlanProblem {
        said: messages::error(locale, &error),
        is_unfinished: order::is_unfinished(&error),
        field: error.field,
    })
}

/// What was typed, as the use cases take it: empty fields are as if absent, and a software without a name gets one.
pub(super) fn ready(locale: Locale, mut draft: OrderProfile) -> OrderProfile {
    for entity in draft.legal_entities.iter_mut().flatten() {
        if let Some(numbers) = &mut entity.rpps_rang {
            numbers.retain(|number| !number.trim().is_empty());
        }
    }
    for (number, instance) in (1_usize..).zip(draft.instances.iter_mut().flatten()) {
        if instance.name.as_deref().is_none_or(|name| name.trim().is_empty()) {
            instance.name = Some(software::DEFAULT_NAME.with(locale, &[fact("n", number)]));
        }
        for optional in [&mut instance.fqdn, &mut instance.email] {
            if optional.as_deref().is_some_and(|typed| typed.trim().is_empty()) {
                *optional = None;
            }
        }
    }
    draft
}

/// Whose number the certificates will bear, its number when it is known, and why; as far as what was typed tells.
pub(crate) fn bearer(locale: Locale, draft: OrderProfile) -> Option<(String, Option<String>, String)> {
    let plan = recommend(locale, order::with_a_service(draft)).ok()?;
    let option = plan.options.iter().find(|option| option.recommended)?;
    let word = term(locale, "bearer", &option.bearer);
    let borne = plan.certificates.iter().find(|certificate| certificate.bearer == option.bearer);
    let number = borne.and_then(|one| Some(one.structure_id.as_deref()?.get(1..)?.to_owned()));
    Some((word, number, option.reason.clone()))
}

/// Where a field of the profile is typed: its screen, and the element that holds it.
pub(crate) fn place_of(draft: &OrderProfile, path: &str) -> (Screen, Option<String>) {
    let (list, rest) = path.split_once('[').unwrap_or((path, ""));
    let (index, rest) = rest.split_once(']').unwrap_or(("", rest));
    let index: Option<usize> = index.parse().ok();
    let field = rest.trim_start_matches('.');
    match list {
        "legalEntities" => {
            let entity = index.and_then(|index| draft.legal_entities.as_ref()?.get(index));
            let element = entity.and_then(|entity| entity_field(entity, field));
            (Screen::Structure, element)
        }
        "instances" => {
            let id = index.and_then(|index| draft.instances.as_ref()?.get(index)?.id.clone());
            let name = field.split('[').next().unwrap_or_default();
            let prefix =
                if ["fqdn", "email", "sites", "services"].contains(&name) { name } else { "logiciel" };
            (Screen::Software, id.map(|id| format!("{prefix}-{id}")))
        }
        _ => (Screen::Structure, None),
    }
}

fn entity_field(entity: &LegalEntity, field: &str) -> Option<String> {
    let id = entity.id.as_deref()?;
    let (name, rest) = field.split_once('[').unwrap_or((field, ""));
    match name {
        "finessEj" => Some(format!("ej-{id}")),
        "siret" => Some(format!("siret-{id}")),
        "rppsRang" => Some(format!("rpps-{id}")),
        "sites" => {
            let index: usize = rest.split_once(']')?.0.parse().ok()?;
            Some(format!("et-{}", entity.sites.as_ref()?.get(index)?.id.as_deref()?))
        }
        _ => Some(format!("nom-{id}")),
    }
}

/// Gives entities and sites without a name the one the page shows for them, so that no sentence names an id.
fn name_the_unnamed(locale: Locale, draft: &mut OrderProfile) {
    let alone = draft.legal_entities.as_ref().is_none_or(|entities| entities.len() < 2);
    for (number, entity) in (1_usize..).zip(draft.legal_entities.iter_mut().flatten()) {
        let name = entity.name.as_deref().and_then(typed).unwrap_or_else(|| {
            if alone {
                structure::ENTITY.get(locale).to_owned()
            } else {
                structure::ENTITY_N.with(locale, &[fact("n", number)])
            }
        });
        let only_site = entity.sites.as_ref().is_some_and(|sites| sites.len() == 1);
        for (number, site) in (1_usize..).zip(entity.sites.iter_mut().flatten()) {
            if site.name.as_deref().and_then(typed).is_none() {
                let numbered = || structure::SITE_N.with(locale, &[fact("n", number)]);
                site.name = Some(if only_site { name.clone() } else { numbered() });
            }
        }
        entity.name = Some(name);
    }
}

/// The day the rules were last read, as a moment to be written in full.
pub(crate) fn rules_date() -> Timestamp {
    order::rules_date().midnight()
}

/// What is wrong with a number as it is typed.
pub(crate) fn identifier(locale: Locale, kind: IdentifierKind, typed: &str) -> IdentifierReport {
    estampille::identifier::report(locale, kind, typed)
}

fn services_of(draft: &OrderProfile) -> impl Iterator<Item = Service> {
    let instances = draft.instances.iter().flatten();
    instances.flat_map(|instance| instance.services.iter().flatten()).filter_map(|word| word.parse().ok())
}

//! What to beware of: the rows of `notices.toml` whose conditions hold.

use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{
    Administrator, Bearer, Finding, Offer, Topic, Value, sort_places, topics::doctrine as topics,
};

use crate::{
    data::{
        BearerRule, Condition, Each, F413_RPPS_RANG, NOTICES, NoticeRow, OUTDATED_AFTER_MONTHS, RULES_DATE,
        service_info,
    },
    need::{Case, Entity, Need, Place, instance_label, site_label},
    profile::SoftwareInstance,
    terms::number_term,
};

/// The notices of a plan, gravest first.
pub(crate) fn notices(case: &Case<'_>, needs: &[Need<'_>]) -> Vec<Finding> {
    let mut notices: Vec<_> = NOTICES.iter().flat_map(|row| of_row(row, case, needs)).collect();
    Finding::gravest_first(&mut notices, &|_| 0);
    notices
}

fn of_row(row: &'static NoticeRow, case: &Case<'_>, needs: &[Need<'_>]) -> Vec<Finding> {
    let concerned: Vec<&Need<'_>> = needs.iter().filter(|need| of_need(row, need)).collect();
    match row.each {
        Each::Plan => once(row, case, &concerned).into_iter().collect(),
        Each::Instance => by_instance(&concerned)
            .into_iter()
            .map(|instance| finding(row, row.topic).with("instance", instance_label(instance)))
            .collect(),
        Each::Entity => by_entity_and_bearer(&concerned)
            .into_iter()
            .map(|(entity, bearer, sites)| {
                let missing = row.condition == Condition::NumberMissing && !sites.is_empty();
                let topic = if missing { topics::NOTICE_NUMBER_MISSING_SITES } else { row.topic };
                finding(row, topic)
                    .with("entity", entity.label())
                    .with("number", Value::Term(number_term(bearer)))
                    .with("count", sites.len())
                    .with("sites", listed(sites.into_iter()))
            })
            .collect(),
    }
}

/// A notice said once: it names what it concerns.
fn once(row: &'static NoticeRow, case: &Case<'_>, concerned: &[&Need<'_>]) -> Option<Finding> {
    let profile = case.profile;
    let entities: Vec<&Entity<'_>> = match row.condition {
        Condition::SeveralLegalEntities => {
            let several = case.entities.len() > 1;
            case.entities.iter().filter(|_| several).collect()
        }
        Condition::SeveralInstances => {
            return (profile.instances.len() > 1).then(|| {
                finding(row, row.topic)
                    .with("count", profile.instances.len())
                    .with("instances", listed(profile.instances.iter().map(instance_label)))
            });
        }
        Condition::RulesOutdated => {
            return (profile.on > RULES_DATE.plus_months(OUTDATED_AFTER_MONTHS))
                .then(|| finding(row, row.topic).with("date", RULES_DATE.midnight()));
        }
        Condition::EditorOrNoPatients => {
            let of_editor = profile.administrator == Administrator::Editeur;
            case.entities.iter().filter(|entity| of_editor || !entity.rule.patients).collect()
        }
        _ if is_of_entity(row.condition) => {
            case.entities.iter().filter(|entity| of_entity(row, entity)).collect()
        }
        _ => {
            let mut indices: Vec<_> = concerned.iter().map(|need| need.entity.index).collect();
            sort_places(&mut indices, &|a, b| a.cmp(&b));
            indices.dedup();
            indices.into_iter().filter_map(|at| case.entities.get(at)).collect()
        }
    };
    if entities.is_empty() {
        return None;
    }
    Some(
        finding(row, row.topic)
            .with("count", entities.len())
            .with("entities", listed(entities.iter().map(|entity| entity.label())))
            .with("instances", listed(by_instance(concerned).into_iter().map(instance_label))),
    )
}

/// Names for a sentence: the first ones when there are many. The fact `count` tells how many there are.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    const MOST: usize = 12;
    let mut listed: Vec<String> = names.take(MOST.saturating_add(1)).map(str::to_owned).collect();
    if listed.len() > MOST {
        listed.truncate(MOST);
        listed.push("…".to_owned());
    }
    listed
}

fn finding(row: &'static NoticeRow, topic: Topic) -> Finding {
    Finding::new(topic, row.severity).from_sources(row.sources)
}

/// Whether the condition looks at legal entities, whatever their software does.
const fn is_of_entity(condition: Condition) -> bool {
    matches!(
        condition,
        Condition::BearerUnconfirmed
            | Condition::Hosted
            | Condition::ImplicitContract
            | Condition::MoreRppsRangThanForm
            | Condition::Sector
    )
}

fn of_entity(row: &NoticeRow, entity: &Entity<'_>) -> bool {
    let bears_rpps_rang = matches!(
        entity.bearer_rule.bearer,
        BearerRule::FirstGiven { order, .. } if order.contains(&Bearer::RppsRang)
    );
    let holds = match row.condition {
        Condition::BearerUnconfirmed => entity.bearer_rule.confidence == profiles::Confidence::Unconfirmed,
        Condition::Hosted => entity.is_hosted(),
        Condition::ImplicitContract => !entity.rule.needs_contract(),
        Condition::MoreRppsRangThanForm => bears_rpps_rang && entity.source.rpps_rang.len() > F413_RPPS_RANG,
        Condition::Sector => true,
        _ => false,
    };
    holds && (row.sectors.is_empty() || entity.is_of(row.sectors))
}

fn of_need(row: &NoticeRow, need: &Need<'_>) -> bool {
    let services = || need.instance.services.iter().copied();
    let holds = match row.condition {
        Condition::ContractUnforeseen => {
            need.segur
                && need.entity.contract_bearer().is_some_and(|contract| {
                    contract == Bearer::Ej && number_term(contract) != number_term(need.bearer)
                })
        }
        Condition::DomainPlanned => services()
            .flat_map(|service| service_info(service).products)
            .any(|rule| matches!(rule.product.offer(), Offer::Serv | Offer::Pro)),
        Condition::EjBearer => need.bearer == Bearer::Ej,
        Condition::EmailMissing => {
            need.instance.email.is_none() && services().any(|service| service_info(service).needs_email())
        }
        Condition::FqdnMissing => {
            need.instance.fqdn.is_none() && services().any(|service| service_info(service).needs_fqdn())
        }
        Condition::Holds => true,
        Condition::MainSiteAmbiguous => matches!(need.place, Place::SeveralMainSites),
        Condition::MainSiteMissing => matches!(need.place, Place::NoMainSite),
        Condition::NumberMissing => {
            need.entity_number_is_missing() || !need.sites_without_number().is_empty()
        }
        Condition::SeveralRppsRang => {
            need.bearer == Bearer::RppsRang && need.entity.source.rpps_rang.len() > 1
        }
        Condition::SiteBearer => need.bearer != Bearer::Ej,
        _ => false,
    };
    holds
        && (row.sectors.is_empty() || need.entity.is_of(row.sectors))
        && (row.services.is_empty()
            || row.services.iter().any(|service| need.instance.services.contains(service)))
}

fn by_instance<'a>(needs: &[&Need<'a>]) -> Vec<&'a SoftwareInstance> {
    let mut instances: Vec<&SoftwareInstance> = needs.iter().map(|need| need.instance).collect();
    // Needs come by installation.
    instances.dedup_by(|a, b| core::ptr::eq(*a, *b));
    instances
}

/// The legal entities and their bearers, each with the names of the sites whose number is absent.
fn by_entity_and_bearer<'a>(needs: &[&Need<'a>]) -> Vec<(&'a Entity<'a>, Bearer, Vec<&'a str>)> {
    let mut without: BTreeMap<(usize, Bearer), (&Entity<'_>, BTreeSet<&str>)> = BTreeMap::new();
    for need in needs {
        let (_, ids) =
            without.entry((need.entity.index, need.bearer)).or_insert((need.entity, BTreeSet::new()));
        ids.extend(need.sites_without_number().into_iter().map(|site| site.id.as_str()));
    }
    without
        .into_iter()
        .map(|((_, bearer), (entity, ids))| {
            let sites = entity.source.sites.iter().filter(|site| ids.contains(site.id.as_str()));
            (entity, bearer, sites.map(site_label).collect())
        })
        .collect()
}

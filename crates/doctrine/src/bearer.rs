//! Whose number: the bearer of a need, of the plan, and the options.

use vocabulary::{Bearer, Line};

use crate::{
    data::{BearerRule, CHOICES, OUTSIDE_SEGUR, When},
    need::{Case, Entity, Need},
    plan::BearerOption,
};

/// The bearer of the sector's rule: the first whose number is given. `site_number_given` says it of the sites in
/// question.
pub(crate) fn by_rule(entity: &Entity<'_>, site_number_given: bool) -> Bearer {
    let BearerRule::FirstGiven { order, otherwise } = entity.bearer_rule.bearer else {
        // A valid profile names the hospital, whose rule is never again that of a hospital.
        return Bearer::Ej;
    };
    let given = |bearer: &Bearer| match bearer {
        Bearer::Ej => entity.source.finess_ej.is_some(),
        Bearer::Et | Bearer::EtSitePrincipal | Bearer::EtAuChoix => site_number_given,
        Bearer::Siret => entity.source.siret.is_some(),
        Bearer::RppsRang => !entity.source.rpps_rang.is_empty(),
    };
    order.iter().copied().find(given).unwrap_or(otherwise)
}

/// The bearer of the first legal entity that has a Ségur service, else of the first one.
pub(crate) fn of_plan(case: &Case<'_>, needs: &[Need<'_>]) -> Bearer {
    let first = |needs: &mut dyn Iterator<Item = &Need<'_>>| {
        needs.min_by_key(|need| need.entity.index).map(|need| need.bearer)
    };
    first(&mut needs.iter().filter(|need| need.segur))
        .or_else(|| first(&mut needs.iter()))
        .or_else(|| case.entities.first().map(Entity::sector_bearer))
        .unwrap_or(Bearer::Ej)
}

/// The options of every legal entity, each said once, recommended first.
pub(crate) fn options(case: &Case<'_>, needs: &[Need<'_>]) -> Vec<BearerOption> {
    let mut options = Vec::new();
    for (entity, chosen) in case.entities.iter().zip(chosen(case, needs)) {
        if chosen != entity.sector_bearer() && entity.contract_bearer() == Some(chosen) {
            outside_segur(entity, chosen, &mut options);
        } else {
            of_sector(entity, chosen, &mut options);
        }
    }
    let (mut options, others): (Vec<_>, Vec<_>) = options.into_iter().partition(|option| option.recommended);
    options.extend(others);
    options
}

/// The bearer of each legal entity: for its Ségur services, else for any, else by its rule.
pub(crate) fn chosen(case: &Case<'_>, needs: &[Need<'_>]) -> Vec<Bearer> {
    let mut chosen: Vec<_> = case.entities.iter().map(|entity| (entity.sector_bearer(), None)).collect();
    for need in needs {
        if let Some((bearer, segur)) = chosen.get_mut(need.entity.index)
            && (segur.is_none() || (need.segur && *segur == Some(false)))
        {
            (*bearer, *segur) = (need.bearer, Some(need.segur));
        }
    }
    chosen.into_iter().map(|(bearer, _)| bearer).collect()
}

/// Every service is outside Ségur and the contract bears another number than the sector's rule.
fn outside_segur(entity: &Entity<'_>, chosen: Bearer, options: &mut Vec<BearerOption>) {
    let option = |bearer, recommended, reason| BearerOption {
        bearer,
        recommended,
        when: When::Now,
        reason: Line::new(reason),
        sources: OUTSIDE_SEGUR.sources.to_vec(),
    };
    add(options, option(chosen, true, OUTSIDE_SEGUR.contract_reason));
    add(options, option(entity.sector_bearer(), false, OUTSIDE_SEGUR.sector_reason));
    if entity.is_hosted() {
        rows(entity, chosen, options, |row| row.sectors.contains(&entity.rule.sector));
    }
}

fn of_sector(entity: &Entity<'_>, chosen: Bearer, options: &mut Vec<BearerOption>) {
    rows(entity, chosen, options, |row| entity.is_of(row.sectors));
}

fn rows(
    entity: &Entity<'_>,
    chosen: Bearer,
    options: &mut Vec<BearerOption>,
    stands: impl Fn(&crate::data::Choice) -> bool,
) {
    let in_force = |row: &&crate::data::Choice| row.contract.is_none() || row.contract == entity.contract;
    for row in CHOICES.iter().filter(|row| stands(row)).filter(in_force) {
        add(
            options,
            BearerOption {
                bearer: row.bearer,
                recommended: row.when == When::Now && row.bearer == chosen,
                when: row.when,
                reason: Line::new(row.reason),
                sources: row.sources.to_vec(),
            },
        );
    }
}

fn add(options: &mut Vec<BearerOption>, option: BearerOption) {
    match options.iter_mut().find(|known| (known.bearer, known.when) == (option.bearer, option.when)) {
        Some(known) if option.recommended && !known.recommended => *known = option,
        Some(_) => {}
        None => options.push(option),
    }
}

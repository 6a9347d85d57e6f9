//! The steps around the order: the rows of `steps.toml` whose conditions hold.

use vocabulary::{Bearer, Line, Offer, Value, sort_places};

use crate::{
    bearer,
    data::{STEPS, StepRow},
    need::{Case, Entity, Need},
    plan::{PlannedCertificate, Step},
    terms::number_term,
};

/// The steps of a plan. Where nothing is ordered, only those that stand always.
pub(crate) fn steps(case: &Case<'_>, needs: &[Need<'_>], certificates: &[PlannedCertificate]) -> Vec<Step> {
    let chosen = bearer::chosen(case, needs);
    let mut served: Vec<_> = needs.iter().map(|need| need.entity.index).collect();
    sort_places(&mut served, &|a, b| a.cmp(&b));
    served.dedup();
    let entities: Vec<(&Entity<'_>, Bearer)> =
        served.iter().filter_map(|at| Some((case.entities.get(*at)?, *chosen.get(*at)?))).collect();
    let bearers: Vec<Bearer> = Bearer::ALL
        .iter()
        .copied()
        .filter(|bearer| needs.iter().any(|need| need.bearer == *bearer))
        .collect();
    let offers: Vec<String> = Offer::ALL
        .iter()
        .filter(|offer| certificates.iter().any(|certificate| certificate.product.offer() == **offer))
        .map(|offer| offer.as_str().to_owned())
        .collect();

    STEPS
        .iter()
        .filter_map(|row| {
            if certificates.is_empty() && !row.always {
                return None;
            }
            if row.administrator.is_some_and(|administrator| administrator != case.profile.administrator) {
                return None;
            }
            if !row.bearers.is_empty() && !row.bearers.iter().any(|bearer| bearers.contains(bearer)) {
                return None;
            }
            let concerned: Vec<_> =
                entities.iter().filter(|(entity, bearer)| of_entity(row, entity, *bearer)).collect();
            if !row.always && concerned.is_empty() {
                return None;
            }
            let bearer = concerned.first().map_or(Bearer::Ej, |(_, bearer)| *bearer);
            let line = Line::new(row.topic)
                .with("entities", concerned.len())
                .with("certificates", certificates.len())
                .with("offers", offers.clone())
                .with("bearer", Value::Term(bearer.term()))
                .with("number", Value::Term(number_term(bearer)));
            Some(Step {
                code: row.code,
                line,
                who: row.who,
                forms: row.forms,
                duration: row.duration.map(Line::new),
                links: row.links,
                sources: row.sources,
            })
        })
        .collect()
}

fn of_entity(row: &StepRow, entity: &Entity<'_>, bearer: Bearer) -> bool {
    row.contract.is_none_or(|contract| contract == entity.rule.contract)
        && row.patients.is_none_or(|patients| patients == entity.rule.patients)
        && row.in_force.is_none_or(|in_force| in_force == contract_bears(entity, bearer))
}

/// Whether the contract in force already bears the kind of number the certificates will. A structure without patients has
/// one contract, whatever its number.
fn contract_bears(entity: &Entity<'_>, bearer: Bearer) -> bool {
    entity
        .contract_bearer()
        .is_some_and(|contract| number_term(contract) == number_term(bearer) || bearer == Bearer::Siret)
}

//! From the doctrine's plan to the contract's, in the person's language.

use messages::{Locale, line};
use vocabulary::{Line, topics::doctrine as topics};

use crate::contract::{
    BearerOption, CommonName, Plan, PlannedCertificate, PlatformCard, PlatformRow, Source, Step, findings,
};

/// Writes a plan.
pub(super) fn write(locale: Locale, plan: doctrine::Plan) -> Plan {
    Plan {
        bearer: plan.bearer.as_str().into(),
        rules_date: plan.rules_date.to_string(),
        platform_cards: plan.platform_cards.into_iter().map(|card| platform_card(locale, card)).collect(),
        options: plan.options.into_iter().map(|option| bearer_option(locale, &option)).collect(),
        certificates: plan.certificates.into_iter().map(certificate).collect(),
        steps: plan.steps.iter().map(|each| step(locale, each)).collect(),
        notices: findings(locale, &plan.notices),
    }
}

fn bearer_option(locale: Locale, option: &doctrine::BearerOption) -> BearerOption {
    let reason = line(locale, &option.reason);
    BearerOption {
        bearer: option.bearer.as_str().into(),
        recommended: option.recommended,
        when: option.when.as_str().into(),
        reason: match reason.detail {
            Some(detail) => format!("{} {detail}", reason.title),
            None => reason.title,
        },
        sources: sources(&option.sources),
    }
}

fn certificate(planned: doctrine::PlannedCertificate) -> PlannedCertificate {
    PlannedCertificate {
        id: planned.id,
        product: planned.product.as_str().into(),
        bearer: planned.bearer.as_str().into(),
        legal_entity: planned.legal_entity,
        site: planned.site,
        instance: planned.instance,
        services: planned.services.iter().map(|service| service.as_str().into()).collect(),
        common_name: CommonName {
            rule: planned.common_name.rule().into(),
            value: planned.common_name.value().map(str::to_owned),
            suggestion: planned.common_name.suggestion().map(str::to_owned),
        },
        structure_id: planned.structure_id.map(|id| id.as_str().to_owned()),
        sources: sources(&planned.sources),
    }
}

fn step(locale: Locale, step: &doctrine::Step) -> Step {
    let text = line(locale, &step.line);
    Step {
        code: step.code.as_str().into(),
        title: text.title,
        detail: text.detail,
        who: step.who.as_str().into(),
        forms: step.forms.iter().map(|form| (*form).into()).collect(),
        duration: title(locale, step.duration.as_ref()),
        links: step.links.iter().map(|link| link.url.into()).collect(),
        sources: sources(step.sources),
    }
}

pub(super) fn platform_card(locale: Locale, card: doctrine::PlatformCard) -> PlatformCard {
    let row = |row: doctrine::CardLine| PlatformRow {
        r#where: line(locale, &row.place).title,
        value: row.value,
        copy: row.copy,
        is_common_name: [topics::CARD_SERVICE_FIELD, topics::CARD_FQDN_FIELD, topics::CARD_EMAIL_FIELD]
            .contains(&row.place.topic),
        note: title(locale, row.note.as_ref()),
        source: Source::from(&row.source),
    };
    PlatformCard { certificate: card.certificate, rows: card.rows.into_iter().map(row).collect() }
}

fn title(locale: Locale, text: Option<&Line>) -> Option<String> {
    text.map(|text| line(locale, text).title)
}

fn sources(sources: &[vocabulary::Source]) -> Vec<Source> {
    sources.iter().map(Source::from).collect()
}

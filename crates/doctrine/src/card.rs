//! The platform card of each certificate: the rows of `platform-card.toml` whose conditions hold.

use vocabulary::Line;

use crate::{
    data::{CARD, CardNote, CardRow, CardValue, ProductRule, product_rule},
    need::{Case, site_label},
    plan::{CardLine, PlannedCertificate, PlannedName, PlatformCard},
};

/// One card for each certificate, in the same order.
pub(crate) fn cards(case: &Case<'_>, certificates: &[PlannedCertificate]) -> Vec<PlatformCard> {
    certificates
        .iter()
        .map(|certificate| PlatformCard {
            certificate: certificate.id.clone(),
            rows: rows(certificate, &structure(case, certificate)),
        })
        .collect()
}

fn rows(certificate: &PlannedCertificate, structure: &str) -> Vec<CardLine> {
    let Some(product) = product_rule(certificate.product) else { return Vec::new() };
    CARD.iter()
        .filter(|row| row.fields.is_empty() || row.fields.contains(&product.field))
        .map(|row| {
            let value = value(row, certificate, product);
            let note = row.notes.iter().find(|note| stands(note, certificate, value.is_none()));
            CardLine {
                place: Line::new(row.topic).with("structure", structure),
                copy: row.copy && value.is_some(),
                note: note.map(|note| Line::new(note.topic).with("structure", structure)),
                source: row.source,
                value,
            }
        })
        .collect()
}

fn value(row: &CardRow, certificate: &PlannedCertificate, product: &ProductRule) -> Option<String> {
    let name = &certificate.common_name;
    match row.value {
        CardValue::Nothing => None,
        CardValue::Url(link) => Some(link.url.to_owned()),
        CardValue::Offer => Some(certificate.product.offer().as_str().to_owned()),
        CardValue::Structure => certificate.structure_id.as_ref().map(|id| id.as_str().to_owned()),
        CardValue::Usage => Some(product.usage.to_owned()),
        CardValue::Name => name.value().or(name.suggestion()).map(str::to_owned),
    }
}

fn stands(note: &CardNote, certificate: &PlannedCertificate, missing: bool) -> bool {
    (note.bearers.is_empty() || note.bearers.contains(&certificate.bearer))
        && (note.services.is_empty() || note.services.iter().any(|s| certificate.services.contains(s)))
        && (!note.exact || matches!(certificate.common_name, PlannedName::Exact(_)))
        && (!note.missing || missing)
}

/// How people know what bears the certificate: the site, else the legal entity.
fn structure(case: &Case<'_>, certificate: &PlannedCertificate) -> String {
    let site = certificate.site.as_deref().and_then(|id| {
        let (entity, site) = case.sites.get(id)?;
        case.entities.get(*entity)?.source.sites.get(*site)
    });
    let entity = || case.entities.iter().find(|entity| entity.source.id == certificate.legal_entity);
    match site {
        Some(site) => site_label(site).to_owned(),
        None => entity().map_or_else(String::new, |entity| entity.label().to_owned()),
    }
}

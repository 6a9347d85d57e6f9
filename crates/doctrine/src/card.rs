//! The platform card of each certificate: the rows of `platform-card.toml` whose conditions hold.

use profiles::{CommonName, InsiVerdict, insi};
use vocabulary::{
    Bearer, IdentifierKind, Line, Product,
    identifiers::{Email, Fqdn, StructureId},
};

use crate::{
    data::{CARD, CardNote, CardRow, CardValue, Field, ProductRule, product_rule},
    need::{Case, site_label},
    plan::{CardLine, PlannedCertificate, PlannedName, PlatformCard},
};

/// One card for each certificate, in the same order.
pub(crate) fn cards(case: &Case<'_>, certificates: &[PlannedCertificate]) -> Vec<PlatformCard> {
    certificates
        .iter()
        .map(|certificate| PlatformCard {
            certificate: certificate.id.clone(),
            rows: rows(certificate, &structure(case, certificate), Some(certificate.bearer)),
        })
        .collect()
}

/// A certificate ordered again as it was, without a plan: what stands in a plan's place, and its card. Nothing for a
/// product that is not ordered there.
///
/// `structure` is the name the structure goes by. Of a FINESS, nothing tells whether it is that of the entity or of a
/// site: the card then does not say which to choose.
pub fn renewal(
    product: Product,
    common_name: &str,
    structure_id: Option<StructureId>,
    structure: &str,
) -> Option<(PlannedName, PlatformCard)> {
    let rule = product_rule(product)?;
    let name = match (rule.field, insi::judge(common_name)) {
        (Field::Service, InsiVerdict::Exact(mode)) => PlannedName::Exact(mode.name()),
        (Field::Service, _) => PlannedName::Free(CommonName::parse(common_name).ok()),
        (Field::Fqdn, _) => PlannedName::Fqdn(Fqdn::parse(common_name)),
        (Field::Email, _) => PlannedName::Email(Email::parse(common_name)),
    };
    let bearer = structure_id.as_ref().and_then(|id| match id.kind() {
        IdentifierKind::Siret => Some(Bearer::Siret),
        IdentifierKind::RppsRang => Some(Bearer::RppsRang),
        _ => None,
    });
    let certificate = PlannedCertificate {
        id: String::new(),
        product,
        bearer: bearer.unwrap_or(Bearer::Et),
        legal_entity: String::new(),
        site: None,
        instance: String::new(),
        services: Vec::new(),
        common_name: name.clone(),
        structure_id,
        sources: Vec::new(),
    };
    let rows = rows(&certificate, structure, bearer);
    Some((name, PlatformCard { certificate: String::new(), rows }))
}

fn rows(certificate: &PlannedCertificate, structure: &str, bearer: Option<Bearer>) -> Vec<CardLine> {
    let Some(product) = product_rule(certificate.product) else { return Vec::new() };
    CARD.iter()
        .filter(|row| row.fields.is_empty() || row.fields.contains(&product.field))
        .map(|row| {
            let value = value(row, certificate, product);
            let note = row.notes.iter().find(|note| stands(note, certificate, bearer, value.is_none()));
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

fn stands(note: &CardNote, certificate: &PlannedCertificate, bearer: Option<Bearer>, missing: bool) -> bool {
    (note.bearers.is_empty() || bearer.is_some_and(|bearer| note.bearers.contains(&bearer)))
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

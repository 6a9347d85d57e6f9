//! A certificate to order again as it was, outside any plan.

use messages::Locale;
use vocabulary::identifiers::StructureId;

use super::plan;
use crate::{
    contract::{CommonName, CsrRequest, PlannedCertificate, Renewed},
    file_stem,
};

/// What stands in a plan's place for this request, which [`crate::renewal::prepare`] made; nothing for a product that
/// is not ordered on the platform.
pub fn renewed(locale: Locale, request: &CsrRequest) -> Option<Renewed> {
    let product = request.product.as_deref()?.parse().ok()?;
    let subject = request.subject.as_ref()?;
    let common_name = subject.common_name.as_deref()?;
    let structure_id = subject.structure_id.as_deref().and_then(StructureId::parse);
    let structure = subject.organization.as_deref().unwrap_or_default();
    let number = structure_id.as_ref().map(|id| id.as_str().to_owned());
    let stem = file_stem::of(Some(product), common_name, number.as_deref(), None);
    let (name, card) = doctrine::renewal(product, common_name, structure_id, structure)?;
    let planned = PlannedCertificate {
        // Of letters, digits and hyphens: it stands in an address.
        id: format!("renouvellement-{stem}"),
        product: product.as_str().into(),
        bearer: "".into(),
        legal_entity: String::new(),
        site: None,
        instance: String::new(),
        services: Vec::new(),
        common_name: CommonName {
            rule: name.rule().into(),
            value: name.value().map(str::to_owned),
            suggestion: name.suggestion().map(str::to_owned),
        },
        structure_id: number,
        sources: Vec::new(),
    };
    Some(Renewed { planned, card: plan::platform_card(locale, card) })
}

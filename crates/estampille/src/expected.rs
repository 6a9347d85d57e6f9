//! From the contract's `Expected` to what the checks compare with.

use vocabulary::{Error, identifiers::StructureId, topics::requests::STRUCTURE_ID_INVALID};

use crate::{contract, words};

/// Parses what the caller expects; nothing expected when nothing is given.
pub(crate) fn parse(given: Option<&contract::Expected>) -> Result<checks::Expected, Error> {
    let Some(given) = given else { return Ok(checks::Expected::default()) };
    let structure_id = |text: &String| {
        StructureId::parse(text).ok_or_else(|| {
            let found: String = text.chars().take(40).collect();
            Error::at(STRUCTURE_ID_INVALID, "expected.structureId").with("found", found)
        })
    };
    Ok(checks::Expected {
        product: given.product.as_deref().map(|word| words::input(word, "expected.product")).transpose()?,
        structure_id: given.structure_id.as_ref().map(structure_id).transpose()?,
        common_name: given.common_name.clone(),
        dns_names: given.dns_names.clone().unwrap_or_default(),
        environment: given
            .environment
            .as_deref()
            .map(|word| words::input(word, "expected.environment"))
            .transpose()?,
    })
}

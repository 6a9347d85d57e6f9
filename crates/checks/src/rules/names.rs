//! The common name, and the names of INSi.

use profiles::{COMMON_NAME_SOURCES, CommonName, CommonNameRule, Insi, InsiVerdict, insi};
use vocabulary::{Finding, Value, identifiers::Email, topics::checks as topics};

use crate::{
    certificate::Context,
    facts::{list, named, shown},
};

pub(super) fn common_name(context: &Context<'_>) -> Option<Finding> {
    if context.is_authority() {
        return None;
    }
    let name = context.certificate.common_name()?;
    let found = shown(&name);
    if let Some(expected) = context.expected.common_name.as_ref().filter(|expected| **expected != name) {
        return Some(
            Finding::error(topics::COMMON_NAME_MISMATCH)
                .with("found", found)
                .with("expected", shown(expected))
                .from_sources(COMMON_NAME_SOURCES),
        );
    }
    // People's names are identifiers of a register, with a slash.
    if !context.is_structure() {
        return Some(Finding::ok(topics::COMMON_NAME).with("found", found));
    }
    let asked = context.input.csr.and_then(|csr| csr.subject().common_name());
    let finding = match (CommonName::parse(&name), asked) {
        (_, Some(asked)) if asked != name => {
            Finding::warning(topics::COMMON_NAME_DIFFERS_FROM_REQUEST).with("expected", shown(&asked))
        }
        (Err(_), _) => Finding::warning(topics::COMMON_NAME_FAULTY),
        (Ok(parsed), _) => {
            let unusual = unusual_characters(&parsed, may_be_address(context, &name));
            if unusual.is_empty() {
                Finding::ok(topics::COMMON_NAME)
            } else {
                Finding::warning(topics::COMMON_NAME_UNUSUAL)
                    .with("characters", list(unusual.into_iter().map(named)))
            }
        }
    };
    Some(finding.with("found", found).from_sources(COMMON_NAME_SOURCES))
}

/// Whether the common name may be a mail address: that of the product, or the one it also has as such.
fn may_be_address(context: &Context<'_>, name: &str) -> bool {
    context.profile.is_some_and(|profile| profile.common_name == CommonNameRule::Mail)
        || context.certificate.extensions().emails().contains(&name)
}

/// The characters that certificates do not usually hold; those of a mail address are its own. Shared with
/// [`crate::request`].
pub(crate) fn unusual_characters(name: &CommonName, may_be_address: bool) -> Vec<char> {
    match may_be_address && Email::parse(name.as_str()).is_some() {
        true => Vec::new(),
        false => name.unusual(),
    }
}

pub(super) fn insi_name(context: &Context<'_>) -> Option<Finding> {
    if !context.is_structure() {
        return None;
    }
    let name = context.certificate.common_name()?;
    let product = context.profile.map(|profile| profile.product);
    let is_insi_product = product == Some(insi::INSI_PRODUCT);
    let found = shown(&name);
    let finding = match insi::judge(&name) {
        InsiVerdict::Exact(mode) if is_insi_product => {
            Finding::ok(topics::INSI_NAME).with("mode", insi_mode(mode))
        }
        InsiVerdict::Exact(_) => {
            let product = product?;
            Finding::warning(topics::INSI_NAME_PRODUCT)
                .with("product", product.as_str())
                .with("expected", insi::INSI_PRODUCT.as_str())
                .leading_to(insi::INSI_SERVER_ERROR)
        }
        _ if !is_insi_product => return None,
        InsiVerdict::NearMiss(meant) => Finding::error(topics::INSI_NAME_NEAR_MISS)
            .with("expected", spellings(meant))
            .leading_to(insi::INSI_SERVER_ERROR),
        InsiVerdict::Word => Finding::warning(topics::INSI_NAME_WORD).leading_to(insi::INSI_SERVER_ERROR),
        InsiVerdict::Other => Finding::ok(topics::INSI_NAME_OTHER),
    };
    Some(finding.with("found", found).from_sources(insi::INSI_SOURCES))
}

/// The right spelling, or both.
pub(crate) fn spellings(meant: &[Insi]) -> Value {
    match meant {
        [only] => Value::Text(only.name().to_owned()),
        _ => Value::Term("insi.either"),
    }
}

pub(crate) const fn insi_mode(mode: Insi) -> Value {
    Value::Term(match mode {
        Insi::Auto => "insi.auto",
        Insi::Manu => "insi.manu",
    })
}

//! Revocation: never "ok" without a list that was read and verified.

use pki::chain::AnchorKind;
use profiles::Authority;
use vocabulary::{Finding, Source, topics::checks as topics};

use crate::{
    certificate::Context,
    facts::{RFC5280, shown, source},
};

const LISTS: Source = source(RFC5280, "§ 5 et § 6.3");

pub(super) fn revocation(context: &Context<'_>) -> Option<Finding> {
    let finding = if context.input.revocation_lists > 0 {
        Finding::info(topics::REVOCATION_NOT_JUDGED).with("count", context.input.revocation_lists)
    } else {
        match address(context) {
            Some(address) => Finding::info(topics::REVOCATION_NOT_CHECKED).with("address", address),
            None => Finding::info(topics::REVOCATION_NOT_CHECKED_NO_ADDRESS),
        }
    };
    Some(finding.from_source(LISTS))
}

/// Where the list is: as its pinned issuer publishes it, else as the certificate says.
fn address(context: &Context<'_>) -> Option<String> {
    let issuer = context.chain.elements.get(1).and_then(|element| element.anchor.as_ref());
    let pinned = match issuer {
        Some((stem, AnchorKind::Pinned)) => Authority::by_stem(stem).and_then(Authority::crl_address),
        _ => None,
    };
    pinned.or_else(|| {
        let addresses = context.certificate.extensions().crl_addresses();
        addresses.iter().find(|address| address.starts_with("http")).map(|address| shown(address))
    })
}

//! A certificate that ends, a key that is lost.

use browser::values;
use estampille::{
    contract::{FileInput, LostKeyStep, Renewal, RenewalInput, Renewed},
    order::{self, KeyFate},
};
use leptos::prelude::GetUntracked;
use messages::{Locale, Rendered};

use super::atelier::{ask, rendered};
use crate::session::Session;

/// What renews a certificate.
pub(crate) async fn prepare_renewal(session: Session, certificate: &FileInput) -> Result<Renewal, Rendered> {
    let input = RenewalInput { certificate: Some(certificate.clone()), expected: None };
    ask(session.locale.get_untracked(), "renewal", &[values::write(&input)], None)
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// What stands in a plan's place for a renewal; nothing for a product that is not ordered on the platform.
pub(crate) fn renewed(locale: Locale, renewal: &Renewal) -> Option<Renewed> {
    order::renewed(locale, &renewal.request)
}

/// Refuses a request that takes up the key of the certificate it renews.
pub(crate) async fn check_new_key(
    session: Session,
    certificate: &FileInput,
    csr: &FileInput,
) -> Result<(), Rendered> {
    let arguments = [values::write(certificate), values::write(csr)];
    ask::<()>(session.locale.get_untracked(), "checkNewKey", &arguments, None)
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// What to do when a key is lost or copied, in order.
pub(crate) fn lost_key(locale: Locale, fate: KeyFate) -> Vec<LostKeyStep> {
    order::lost_key(locale, fate)
}

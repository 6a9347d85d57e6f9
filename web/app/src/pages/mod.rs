//! One module a screen.

mod check;
mod dossier;
mod f413;
mod finish;
mod fleet;
mod home;
mod key;
mod lost;
mod plan;
mod platform;
mod proof;
mod renew;
mod set;
mod software;
mod structure;
mod summary;

pub(crate) use check::Check;
pub(crate) use dossier::Dossier;
pub(crate) use f413::F413Page;
pub(crate) use finish::Finish;
pub(crate) use fleet::Fleet;
pub(crate) use home::Home;
pub(crate) use key::KeyPage;
pub(crate) use lost::LostKey;
pub(crate) use plan::PlanPage;
pub(crate) use platform::Platform;
pub(crate) use proof::Proof;
pub(crate) use renew::Renew;
pub(crate) use software::Software;
pub(crate) use structure::{RegisterSearch, Structure};
pub(crate) use summary::Summary;

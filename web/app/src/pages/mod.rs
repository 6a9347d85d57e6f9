//! One module a screen.

mod check;
mod fleet;
mod home;
mod key;
mod plan;
mod platform;
mod software;
mod structure;
mod summary;

pub(crate) use check::Check;
pub(crate) use fleet::Fleet;
pub(crate) use home::Home;
pub(crate) use key::KeyPage;
pub(crate) use plan::PlanPage;
pub(crate) use platform::Platform;
pub(crate) use software::Software;
pub(crate) use structure::Structure;
pub(crate) use summary::Summary;

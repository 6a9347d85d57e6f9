//! Which certificates to order, under which number; and what a page must ask to know it.

mod lost;
mod plan;
mod profile;
mod renewed;
mod structure;

use messages::Locale;
use vocabulary::{Bearer, Date, Error, Sector, Service, Timestamp, topics::errors};

use crate::contract::{OrderProfile, Plan};

pub use lost::{KeyFate, lost_key};
pub use renewed::renewed;
pub use structure::{is_of_another, take_structure, with_a_service, without_structures};

/// What to order, under which number, by which steps.
///
/// # Errors
///
/// `invalid-profile` with the path of the faulty field, spelled as in the contract.
pub fn recommend(locale: Locale, now: Timestamp, profile: &OrderProfile) -> Result<Plan, Error> {
    let profile = profile::parse(profile, now)?;
    Ok(plan::write(locale, doctrine::recommend(&profile)?))
}

/// The profile of a caller, parsed.
pub(crate) fn parsed(profile: &OrderProfile, now: Timestamp) -> Result<doctrine::Profile, Error> {
    profile::parse(profile, now)
}

/// Whether an error of [`recommend`] only says that a question has not been answered yet: nothing typed is wrong.
pub fn is_unfinished(error: &Error) -> bool {
    [errors::PROFILE_MISSING, errors::PROFILE_NO_SERVICE, errors::PROFILE_HOST_MISSING].contains(&error.topic)
}

/// The day the rules were last read against their sources.
pub const fn rules_date() -> Date {
    doctrine::rules_date()
}

/// What is worth asking of a structure of this sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "one answer a question")]
pub struct Questions {
    /// Which contract is in force.
    pub contract: bool,
    /// Nothing to ask: the contract is implicit.
    pub implicit_contract: bool,
    /// Which hospital it belongs to.
    pub host_hospital: bool,
    /// The FINESS juridique.
    pub finess_ej: bool,
    /// The FINESS géographique of the sites.
    pub finess_et: bool,
    /// Which site is the main one.
    pub main_site: bool,
    /// The SIRET.
    pub siret: bool,
    /// The RPPS-rang of the titulaires.
    pub rpps_rang: bool,
}

/// What is worth asking of a structure of this sector, belonging to this hospital where the sector asks it.
pub fn questions(sector: Sector, host_hospital: Option<Sector>, outside_segur: bool) -> Questions {
    let rule = doctrine::sector_rule(sector);
    let bearers = rule.bearers(host_hospital);
    let bears = |bearer| bearers.contains(&bearer);
    // Outside Ségur, the number of the contract in force is borne, whatever the sector's.
    let of_contract = outside_segur && rule.needs_contract();
    Questions {
        // The answers name FINESS numbers: a structure that bears none has nothing to answer.
        contract: rule.needs_contract() && (bears(Bearer::Ej) || bears(Bearer::Et)),
        implicit_contract: !rule.needs_contract() && !rule.needs_host_hospital(),
        host_hospital: rule.needs_host_hospital(),
        finess_ej: bears(Bearer::Ej) || of_contract,
        finess_et: bears(Bearer::Et)
            || bears(Bearer::EtSitePrincipal)
            || bears(Bearer::EtAuChoix)
            || of_contract,
        main_site: bears(Bearer::EtSitePrincipal),
        siret: bears(Bearer::Siret),
        rpps_rang: bears(Bearer::RppsRang),
    }
}

/// The hospitals that a hospital laboratory or radiology department can belong to.
pub fn host_hospitals() -> &'static [Sector] {
    doctrine::host_hospitals()
}

/// What a service needs from the installation that uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceNeeds {
    /// It is one of the Ségur services.
    pub segur: bool,
    /// The server's name must be given.
    pub fqdn: bool,
    /// A mail address must be given.
    pub email: bool,
}

/// What a service needs from the installation that uses it.
pub fn service_needs(service: Service) -> ServiceNeeds {
    let info = doctrine::service_info(service);
    ServiceNeeds { segur: info.segur, fqdn: info.needs_fqdn(), email: info.needs_email() }
}

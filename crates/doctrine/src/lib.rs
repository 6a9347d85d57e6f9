//! Which FINESS, which products, which steps: rules as data and a small engine.
//!
//! [`recommend`] takes a [`Profile`] (what the structure is, what its software must reach) and returns a [`Plan`]: the
//! number the certificates bear and why, the exact list of certificates, the steps around the order, a card to hold
//! beside the platform for each certificate, and what to beware of. The rules stand in `data/*.toml`, each row with
//! its source and its confidence; `build.rs` checks them and compiles them in. What a page must know to ask the
//! right questions is given by [`sector_rule`] and [`service_info`].
//!
//! | File | Concern |
//! |---|---|
//! | `validate` | refuses a profile that contradicts itself, and names the field |
//! | `need` | who needs certificates: an installation, a legal entity it serves, the sites, the bearer |
//! | `bearer` | whose number; the options |
//! | `certificates` | which products, which common names |
//! | `steps`, `card`, `notices` | the rows of the tables whose conditions hold |
//! | `f413` | the form that declares who may order: what stands in each of its fields |
//! | `register` | the sector that is proposed for a structure of the public register |

mod bearer;
mod card;
mod certificates;
mod data;
pub mod f413;
mod lost_key;
mod name;
mod need;
mod notices;
mod plan;
mod profile;
mod register;
mod steps;
mod terms;
mod validate;

pub use card::renewal;
pub use data::{
    BearerRule, ContractKind, Door, Field, Link, ProductRule, SectorRule, ServiceInfo, StepCode, When, Who,
    host_hospitals, product_rule, sector_rule, service_info,
};
pub use lost_key::{LostKeyStep, lost_key};
pub use plan::{BearerOption, CardLine, Plan, PlannedCertificate, PlannedName, PlatformCard, Step};
pub use profile::{LegalEntity, Profile, Site, SoftwareInstance};
pub use register::{
    Ownership, SectorProposal, SiteFacts, entity_sector, ownership, register_is_outdated, site_sector,
};
pub use terms::number_term;
use vocabulary::{Date, Error};

/// What to order, under which number, by which steps.
///
/// # Errors
///
/// `invalid-profile`, with the path of the faulty field in the spelling of the public contract
/// (`legalEntities[0].sites[1].id`), when the profile contradicts itself, lacks what the rules need, or would lead to
/// more than 5,000 certificates.
pub fn recommend(profile: &Profile) -> Result<Plan, Error> {
    let case = validate::validate(profile)?;
    let needs = need::needs(&case)?;
    let certificates = certificates::plan(&needs);
    Ok(Plan {
        bearer: bearer::of_plan(&case, &needs),
        rules_date: rules_date(),
        options: bearer::options(&case, &needs),
        steps: steps::steps(&case, &needs, &certificates),
        platform_cards: card::cards(&case, &certificates),
        notices: notices::notices(&case, &needs),
        certificates,
    })
}

/// The day the rules were last read against their sources.
pub const fn rules_date() -> Date {
    data::RULES_DATE
}

//! What each IGC-Santé product looks like, its certification authorities and naming rules.
//!
//! The facts are the TOML files of `data/`, each row with its source and its confidence; `build.rs` checks them and
//! compiles them into the tables this crate gives. Nothing here reads a certificate: `checks` brings documents and
//! these facts together.
//!
//! ```
//! use profiles::{Insi, InsiVerdict, insi, product};
//! use vocabulary::Product;
//!
//! assert_eq!(product(Product::OrgAuthCli).key_usage, Some(&["digitalSignature"][..]));
//! assert_eq!(insi::judge("INSI AUTO"), InsiVerdict::NearMiss(&[Insi::Auto]));
//! ```

mod authorities;
mod common;
mod confidence;
mod departments;
mod folding;
pub mod insi;
mod names;
mod products;
mod subject;

pub use authorities::{Authority, Domain, Gamme, Pin, Role};
pub use common::{
    CARD_NUMBER, CARD_TYPE, Category, FORMER_PKI, FormerPki, Judgement, KEYS, KNOW_HOW, KeyPolicy,
    PRODUCT_CATEGORY, PROFESSION, Policy, Purpose, RENEWAL, Renewal, SignatureAlgorithm, Support,
};
pub use confidence::Confidence;
pub use departments::{Department, departments};
pub use insi::{Insi, InsiVerdict};
pub use names::{COMMON_NAME_SOURCES, CommonName, CommonNameError, DEPARTMENT_SOURCES, ORGANIZATION_SOURCES};
pub use products::{AltNameRule, CommonNameRule, Duration, PeriodRule, Profile, product, products};
pub use subject::{Attribute, StringType, structure_subject};

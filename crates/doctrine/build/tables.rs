//! The shape of the data files. A key that is not here is refused.

use std::fs;

use serde::{Deserialize, de::DeserializeOwned};

/// Reads `data/<name>.toml`.
pub(crate) fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = format!("data/{name}.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Sectors {
    pub(crate) rules_date: String,
    pub(crate) outdated_after_months: i32,
    pub(crate) f413_rpps_rang: usize,
    pub(crate) hosts: Vec<String>,
    pub(crate) sector: Vec<Sector>,
    pub(crate) option: Vec<Choice>,
    pub(crate) outside_segur: OutsideSegur,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Sector {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) bearers: Vec<String>,
    pub(crate) default: Option<String>,
    #[serde(default)]
    pub(crate) host: bool,
    pub(crate) contract: String,
    pub(crate) patients: bool,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Choice {
    pub(crate) sectors: Vec<String>,
    pub(crate) contract: Option<String>,
    pub(crate) bearer: String,
    pub(crate) when: String,
    pub(crate) reason: String,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct OutsideSegur {
    pub(crate) contract_reason: String,
    pub(crate) sector_reason: String,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Products {
    pub(crate) product: Vec<Product>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) usage: String,
    pub(crate) field: String,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Services {
    pub(crate) service: Vec<Service>,
    pub(crate) reuse: Reuse,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Service {
    pub(crate) id: String,
    pub(crate) segur: bool,
    pub(crate) products: Vec<String>,
    pub(crate) insi: Option<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reuse {
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Links {
    pub(crate) link: Vec<Link>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Link {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Steps {
    pub(crate) step: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Step {
    pub(crate) code: String,
    pub(crate) case: String,
    pub(crate) who: String,
    #[serde(default)]
    pub(crate) forms: Vec<String>,
    pub(crate) duration: Option<String>,
    #[serde(default)]
    pub(crate) links: Vec<String>,
    pub(crate) administrator: Option<String>,
    pub(crate) contract: Option<String>,
    pub(crate) patients: Option<bool>,
    pub(crate) in_force: Option<bool>,
    #[serde(default)]
    pub(crate) bearers: Vec<String>,
    #[serde(default)]
    pub(crate) always: bool,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LostKey {
    pub(crate) row: Vec<LostKeyRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LostKeyRow {
    pub(crate) case: String,
    pub(crate) doors: Vec<String>,
    pub(crate) who: Vec<String>,
    #[serde(default)]
    pub(crate) links: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Card {
    pub(crate) row: Vec<CardRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardRow {
    pub(crate) r#where: String,
    pub(crate) value: Option<String>,
    pub(crate) link: Option<String>,
    #[serde(default)]
    pub(crate) copy: bool,
    #[serde(default)]
    pub(crate) fields: Vec<String>,
    #[serde(default)]
    pub(crate) notes: Vec<CardNote>,
    pub(crate) source: String,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardNote {
    pub(crate) note: String,
    #[serde(default)]
    pub(crate) bearers: Vec<String>,
    #[serde(default)]
    pub(crate) services: Vec<String>,
    #[serde(default)]
    pub(crate) exact: bool,
    #[serde(default)]
    pub(crate) missing: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notices {
    pub(crate) notice: Vec<Notice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Notice {
    pub(crate) code: String,
    pub(crate) case: Option<String>,
    pub(crate) condition: String,
    pub(crate) each: String,
    pub(crate) severity: String,
    #[serde(default)]
    pub(crate) sectors: Vec<String>,
    #[serde(default)]
    pub(crate) services: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RegisterSectors {
    pub(crate) outdated_after_months: i32,
    pub(crate) espic: Vec<OwnershipCodes>,
    pub(crate) status: Vec<OwnershipCodes>,
    pub(crate) hospital_status: HospitalStatus,
    pub(crate) category: Vec<RegisterCategory>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnershipCodes {
    pub(crate) codes: Vec<u8>,
    pub(crate) ownership: String,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HospitalStatus {
    pub(crate) codes: Vec<u8>,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterCategory {
    pub(crate) codes: Vec<u16>,
    pub(crate) sector: Option<String>,
    pub(crate) expects: Option<String>,
    pub(crate) otherwise: Option<String>,
    pub(crate) by: Option<String>,
    pub(crate) ask: Option<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct F413 {
    pub(crate) field: Vec<F413Field>,
    pub(crate) remark: Vec<F413Remark>,
    pub(crate) mail: F413Mail,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct F413Field {
    pub(crate) slot: String,
    pub(crate) section: String,
    pub(crate) label: String,
    #[serde(default)]
    pub(crate) products: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct F413Remark {
    pub(crate) slot: String,
    pub(crate) case: String,
    pub(crate) severity: String,
    #[serde(default)]
    pub(crate) roles: Vec<String>,
    #[serde(default)]
    pub(crate) sectors: Vec<String>,
    #[serde(default)]
    pub(crate) not_sectors: Vec<String>,
    #[serde(default)]
    pub(crate) bearers: Vec<String>,
    #[serde(default)]
    pub(crate) filled: bool,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct F413Mail {
    pub(crate) public: Vec<String>,
    pub(crate) closed: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) confidence: String,
}

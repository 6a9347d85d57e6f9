use serde::{Deserialize, Serialize};

use super::{Finding, Word};

/// A structure of the register.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FinessHit {
    /// Its FINESS number.
    pub number: String,
    /// `ej` or `et`.
    pub kind: Word,
    /// Its name, the long one where it has two. Empty for a legal entity of which the files tell the number alone.
    pub name: String,
    /// Its short name, when it has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// Its city, as mail is routed there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Its postcode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    /// Its department: `01`, `2A`, `971`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Code of its category, of a site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_code: Option<String>,
    /// What the category is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_label: Option<String>,
    /// SIRET of a site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub siret: Option<String>,
    /// SIREN of a legal entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub siren: Option<String>,
    /// Of a site: its legal entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ej: Option<String>,
    /// Of a legal entity: how many sites it has, closed ones included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub et_count: Option<usize>,
    /// The sector that is proposed; absent when the person must say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<Word>,
    /// Why it is proposed, or asked. Of a single structure, not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector_reason: Option<Finding>,
    /// Whether it is in activity.
    pub open: bool,
}

/// What a search is held to beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct FinessOptions {
    /// At most so many; 20 when absent.
    pub limit: Option<usize>,
    /// `ej` or `et`.
    pub kind: Option<String>,
    /// `01`, `2A`, `971`.
    pub department: Option<String>,
}

/// How many structures a register knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct RegisterSize {
    /// Legal entities.
    pub ej: usize,
    /// Sites.
    pub et: usize,
}

/// A register that was opened, as its keeper is told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct RegisterOpened {
    /// What to call it by.
    pub register: u32,
    /// How many structures it knows.
    pub size: RegisterSize,
    /// The day its files say, `AAAA-MM-JJ`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What is worth knowing of it, and of the files it was made of.
    pub findings: Vec<Finding>,
}

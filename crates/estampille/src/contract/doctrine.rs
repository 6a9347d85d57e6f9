use serde::{Deserialize, Serialize};

use super::{Finding, Source, Word};

/// What a structure is and wants, as a caller describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OrderProfile {
    /// Sector.
    pub sector: Option<String>,
    /// Contract in force with the ANS.
    pub contract: Option<String>,
    /// The hospital a laboratory or radiology department belongs to.
    pub host_hospital: Option<String>,
    /// Legal entities.
    pub legal_entities: Option<Vec<LegalEntity>>,
    /// Software installations.
    pub instances: Option<Vec<SoftwareInstance>>,
    /// Who manages the certificates.
    pub administrator: Option<String>,
    /// Order date.
    pub on: Option<String>,
}

/// A legal entity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct LegalEntity {
    pub id: Option<String>,
    pub name: Option<String>,
    pub sector: Option<String>,
    pub contract: Option<String>,
    pub finess_ej: Option<String>,
    pub siret: Option<String>,
    pub rpps_rang: Option<Vec<String>>,
    pub sites: Option<Vec<Site>>,
}

/// A site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct Site {
    pub id: Option<String>,
    pub name: Option<String>,
    pub finess_et: Option<String>,
    pub main: Option<bool>,
}

/// A software installation that will hold certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct SoftwareInstance {
    pub id: Option<String>,
    pub name: Option<String>,
    pub services: Option<Vec<String>>,
    pub sites: Option<Vec<String>>,
    pub fqdn: Option<String>,
    pub email: Option<String>,
}

/// A possible bearer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct BearerOption {
    pub bearer: Word,
    pub recommended: bool,
    pub when: Word,
    pub reason: String,
    pub sources: Vec<Source>,
}

/// The common name rule of a planned certificate.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct CommonName {
    pub rule: Word,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// A certificate to order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct PlannedCertificate {
    pub id: String,
    pub product: Word,
    pub bearer: Word,
    pub legal_entity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    pub instance: String,
    pub services: Vec<Word>,
    pub common_name: CommonName,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure_id: Option<String>,
    pub sources: Vec<Source>,
}

/// A step before or after the order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct Step {
    pub code: Word,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    pub who: Word,
    pub forms: Vec<Word>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// Addresses the guides give for this step.
    pub links: Vec<Word>,
    pub sources: Vec<Source>,
}

/// What to hold beside the platform while ordering one certificate.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct PlatformCard {
    pub certificate: String,
    pub rows: Vec<PlatformRow>,
}

/// A row of the platform card.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct PlatformRow {
    pub r#where: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    pub copy: bool,
    /// This is where the common name is typed.
    pub is_common_name: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub source: Source,
}

/// What to order, under which number, by which steps.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct Plan {
    pub bearer: Word,
    pub rules_date: String,
    pub platform_cards: Vec<PlatformCard>,
    pub options: Vec<BearerOption>,
    pub certificates: Vec<PlannedCertificate>,
    pub steps: Vec<Step>,
    pub notices: Vec<Finding>,
}

/// A certificate to order again as it was: what a page needs to make its request and to show its platform card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// As in a plan, save that nothing is known of entity, site and installation, nor of the bearer.
    pub planned: PlannedCertificate,
    /// What to hold beside the platform.
    pub card: PlatformCard,
}

/// Something to do about a lost or copied key, in its place in the order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct LostKeyStep {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Who can do it, by the words of `Step`.
    pub who: Vec<Word>,
    /// Addresses the guides give.
    pub links: Vec<Word>,
    pub sources: Vec<Source>,
    /// `official`, `inferred` from official texts, or `unconfirmed`.
    pub confidence: Word,
}

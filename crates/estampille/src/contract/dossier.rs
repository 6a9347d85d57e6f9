use serde::{Deserialize, Serialize};

use super::{ByteOutput, F413Answers, F413Sheet, Finding, OrderProfile};

/// What is kept of an order: answers, never a key, a request or a passphrase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DossierContent {
    /// The structures and their software.
    pub profile: OrderProfile,
    /// The steps that are done, by the codes of the contract.
    pub done: Vec<String>,
    /// What was typed for the F413.
    pub f413: F413Answers,
    /// What was typed for the certificates.
    pub certificates: Vec<DossierCertificate>,
}

/// What was typed for a certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DossierCertificate {
    /// Its id in the plan.
    pub id: String,
    /// Identifier of the structure, when it was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure_id: Option<String>,
    /// Department, as the directory writes it.
    pub department: String,
    /// Registered name.
    pub organization: String,
    /// Common name.
    pub common_name: String,
    /// Other names of a server, one a line.
    pub dns_names: String,
}

/// The file of a dossier, as it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct DossierFile {
    /// What to call it.
    pub name: String,
    /// Its octets.
    pub bytes: ByteOutput,
}

/// A dossier that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct DossierOpened {
    /// What it holds.
    pub content: DossierContent,
    /// What is to be said of it.
    pub finding: Finding,
}

/// What stands in the file, in this order.
#[derive(Deserialize, Serialize)]
pub(crate) struct Written {
    pub(crate) format: String,
    pub(crate) version: u32,
    #[serde(default)]
    pub(crate) about: String,
    #[serde(default)]
    pub(crate) saved: String,
    #[serde(default)]
    pub(crate) estampille: String,
    #[serde(flatten)]
    pub(crate) content: DossierContent,
    /// For people who read the file; made anew when it is opened.
    #[serde(default, skip_deserializing)]
    pub(crate) sheets: Vec<F413Sheet>,
}

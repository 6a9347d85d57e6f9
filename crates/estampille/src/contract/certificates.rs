use serde::{Deserialize, Serialize};

use super::{FileInput, Finding, Secret, Word};

/// What the caller expects of a certificate or a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct Expected {
    pub product: Option<String>,
    pub structure_id: Option<String>,
    pub common_name: Option<String>,
    pub dns_names: Option<Vec<String>>,
    pub environment: Option<String>,
}

/// What to check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct CheckInput {
    pub certificate: Option<FileInput>,
    pub chain: Option<Vec<FileInput>>,
    pub csr: Option<FileInput>,
    pub private_key: Option<FileInput>,
    pub passphrase: Option<Secret>,
    pub crls: Option<Vec<FileInput>>,
    pub expected: Option<Expected>,
    pub trust_anchors: Option<Vec<FileInput>>,
    pub at: Option<String>,
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct CertificateSummary {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Word>,
    pub product_confidence: Word,
    pub environment: Word,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gamme: Option<Word>,
    pub subject_rfc4514: String,
    pub issuer_rfc4514: String,
    pub serial: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure_id_kind: Option<Word>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure_number: Option<String>,
    pub not_before: String,
    pub not_after: String,
    pub days_left: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_key_not_after: Option<String>,
    pub key_algorithm: String,
    pub key_bits: u32,
    pub signature_algorithm: String,
    pub key_usage: Vec<String>,
    pub extended_key_usage: Vec<String>,
    pub dns_names: Vec<String>,
    pub emails: Vec<String>,
    pub policies: Vec<String>,
    pub sha256: String,
    pub sha1: String,
    pub public_key_sha256: String,
}

/// A certificate of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct ChainElement {
    pub subject_rfc4514: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    pub pinned: bool,
}

/// The verdict on a certificate and its reasons. `F` is a finding, or its place in a list that several reports share.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct CheckReport<F = Finding> {
    pub verdict: Word,
    pub headline: String,
    pub certificate: CertificateSummary,
    pub chain: Vec<ChainElement>,
    pub findings: Vec<F>,
    /// Where the revocation list of its issuer is published, to be copied: the page cannot fetch it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crl_address: Option<String>,
}

/// An authority that certificates are held to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PinnedAuthority {
    /// Its common name.
    pub name: String,
    /// Of the TEST hierarchy.
    pub is_test: bool,
    /// SHA-256 of its certificate, lower-case hexadecimal.
    pub sha256: String,
    /// Found in several independent places; otherwise in one.
    pub is_confirmed: bool,
    /// Where its certificate is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

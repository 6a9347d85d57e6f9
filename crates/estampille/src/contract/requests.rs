use serde::{Deserialize, Serialize};

use super::{ByteOutput, FileInput, Finding, Secret, Word};

/// Subject of the future certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct Subject {
    pub country: Option<String>,
    pub department: Option<String>,
    pub organization: Option<String>,
    pub structure_id: Option<String>,
    pub common_name: Option<String>,
}

/// The key of a request: a new one, or an existing one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct KeyInput {
    pub algorithm: Option<String>,
    pub bits: Option<u32>,
    pub private_key: Option<FileInput>,
    pub passphrase: Option<Secret>,
}

/// What to make a request for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct CsrRequest {
    pub product: Option<String>,
    pub subject: Option<Subject>,
    pub dns_names: Option<Vec<String>>,
    pub emails: Option<Vec<String>>,
    pub key: Option<KeyInput>,
    pub engine: Option<String>,
    pub passphrase: Option<Secret>,
    pub minimal_subject: Option<bool>,
    pub allow_plain_key: Option<bool>,
}

/// A request and its key.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct CsrBundle {
    pub csr_pem: String,
    pub csr_der: ByteOutput,
    pub private_key_pem: zeroize::Zeroizing<String>,
    pub engine: Word,
    pub public_key_sha256: String,
    pub subject_rfc4514: String,
    pub file_stem: String,
    pub findings: Vec<Finding>,
}

impl core::fmt::Debug for CsrBundle {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CsrBundle")
            .field("subject_rfc4514", &self.subject_rfc4514)
            .field("public_key_sha256", &self.public_key_sha256)
            .finish_non_exhaustive()
    }
}

/// How to make the request on the server itself. The commands name their files after `file_stem`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct ServerCommands {
    pub file_stem: String,
    pub openssl: OpensslCommands,
    pub certreq: CertreqCommands,
    pub keytool: KeytoolCommands,
}

/// With OpenSSL: a configuration file and the commands.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct OpensslCommands {
    pub config: String,
    pub commands: String,
}

/// With certreq of Windows: an INF file and the commands.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct CertreqCommands {
    pub inf: String,
    pub commands: String,
}

/// With keytool of Java.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct KeytoolCommands {
    pub commands: String,
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct PublicKeyFacts {
    pub algorithm: String,
    pub bits: u32,
    pub sha256: String,
}

/// What a request holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct CsrReport {
    pub subject_rfc4514: String,
    pub subject: Vec<(String, String, String)>,
    pub public_key: PublicKeyFacts,
    pub signature_algorithm: String,
    pub signature_valid: bool,
    pub dns_names: Vec<String>,
    pub emails: Vec<String>,
    pub verdict: Word,
    pub findings: Vec<Finding>,
}

use core::fmt;

use serde::{Deserialize, Serialize};

use super::{ByteOutput, CheckReport, CsrRequest, Expected, FileInput, Finding, Secret, Word};

/// What to make a kit of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct AssembleInput {
    pub certificate: Option<FileInput>,
    pub private_key: Option<FileInput>,
    pub passphrase: Option<Secret>,
    pub chain: Option<Vec<FileInput>>,
    /// Revocation lists: a kit of a revoked certificate says so.
    pub crls: Option<Vec<FileInput>>,
    pub profile: Option<String>,
    pub output_passphrase: Option<Secret>,
    pub friendly_name: Option<String>,
}

/// A certificate with its key, in every form a machine reads. Every private key in it is encrypted.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Kit {
    /// The key, the certificate, the chain.
    pub pkcs12: ByteOutput,
    /// The certificate, then the chain, the root included when it was given.
    pub full_chain_pem: String,
    /// PKCS #8, encrypted.
    pub encrypted_private_key_pem: String,
    /// The authorities of the chain, for Java; absent without a chain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truststore_jks: Option<ByteOutput>,
    /// All of it, with a readme.
    pub zip: ByteOutput,
    /// What to know before it is installed, gravest first.
    pub findings: Vec<Finding>,
    /// The files of the archive.
    pub files: Vec<KitFile>,
    /// What the guide of a kit needs to know of it.
    pub facts: KitFacts,
    /// SHA-256 of the certificate, lower-case hexadecimal.
    pub certificate_sha256: String,
    /// SHA-256 of the archive, likewise.
    pub zip_sha256: String,
}

impl fmt::Debug for Kit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kit").field("facts", &self.facts).finish_non_exhaustive()
    }
}

/// A file of a kit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct KitFile {
    /// Its name, ASCII.
    pub name: String,
    /// `pkcs12`, `key`, `leaf`, `full-chain`, `chain`, `truststore`, `authority`, `calendar` or `readme`.
    pub role: Word,
    /// Whether it holds the private key.
    pub secret: bool,
    /// What it is for, in the person's language.
    pub purpose: String,
}

/// What the commands for a machine depend on. Nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KitFacts {
    /// What the files are called, without extension.
    pub file_stem: String,
    /// The host name the certificate is for, when it is a server's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// `modern` or `legacy`: the form of the PKCS #12.
    pub profile: Word,
    /// Whether a server may present it.
    pub serves: bool,
    /// Whether a client may present it.
    pub calls: bool,
    /// SHA-1 of the certificate, lower-case hexadecimal: what Windows finds it by.
    pub sha1: String,
    /// The authorities of its chain, its issuer first.
    pub authorities: Vec<KitAuthority>,
}

/// An authority of a kit's chain.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KitAuthority {
    /// The file with its certificate, DER.
    pub file_name: String,
    /// Its common name.
    pub name: String,
    /// Whether it signed itself.
    pub is_root: bool,
}

/// A file with the chain of the IGC-Santé: what of it may be remembered and given with every certificate.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct OfficialChain {
    /// The certificates known by their fingerprints, in PEM; empty when there is none.
    pub pem: String,
    /// The same, by name.
    pub authorities: Vec<KitAuthority>,
    /// What was recognised, and what was left out.
    pub findings: Vec<Finding>,
}

/// What is known of a certificate's chain before its kit is made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChainReport {
    /// Whether it goes up to a root.
    pub is_complete: bool,
    /// What was found of it, the certificate's issuer first.
    pub files: Vec<ChainFile>,
    /// Where the official file of what is missing is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What is missing, what was left out.
    pub findings: Vec<Finding>,
}

/// The certificate of an authority, as a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ChainFile {
    /// Which authority.
    pub authority: KitAuthority,
    /// Its certificate.
    pub der: ByteOutput,
}

/// A machine that may read a kit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct TargetChoice {
    /// `windows`, `windows-server-2016`, `java`, `nginx-apache` or `other`.
    pub target: Word,
    /// Its name.
    pub title: String,
    /// Which machines that means.
    pub hint: String,
    /// The `profile` to assemble the kit with.
    pub profile: Word,
}

/// What to do with a kit on one kind of machine.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetGuide {
    /// The machine.
    pub choice: TargetChoice,
    /// Whether this kit's PKCS #12 is in another form than this machine needs.
    pub other_profile: bool,
    /// The files it needs.
    pub files: Vec<KitFile>,
    /// What to do, tool by tool.
    pub tools: Vec<ToolGuide>,
    /// What to know first.
    pub notes: Vec<String>,
}

/// What to do with one tool.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ToolGuide {
    /// `nginx`, `apache`, `windows`, `java` or `curl`.
    pub tool: Word,
    /// Its name.
    pub title: String,
    /// Where to stand.
    pub place: String,
    /// In order.
    pub commands: Vec<GuideCommand>,
}

/// A command, or lines of a configuration.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct GuideCommand {
    /// What it does.
    pub what: String,
    /// `sh`, `powershell`, `nginx`, `apache` or `java-options`.
    pub language: Word,
    /// To be copied as it is.
    pub text: String,
    /// Whether most people do without.
    pub optional: bool,
}

/// A name in every spelling that operators and configurations ask for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spellings {
    /// `CN=INSI-AUTO,OU=1…,O=…,ST=…,C=FR`.
    pub rfc4514: String,
    /// `openssl x509 -subject` since OpenSSL 3.2.
    pub openssl: String,
    /// The same in OpenSSL 3.0 and 3.1.
    pub openssl_before_3_2: String,
    /// `-nameopt RFC2253`; nginx's `$ssl_client_s_dn`, Apache's `SSL_CLIENT_S_DN`.
    pub openssl_rfc2253: String,
    /// `keytool` and `X500Principal.toString()`.
    pub java: String,
    /// Windows, IIS, .NET.
    pub windows: String,
}

/// What operators ask of a certificate, to be pasted. Hexadecimal is lower case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct Passport {
    pub subject: Spellings,
    pub issuer: Spellings,
    /// Hexadecimal, without leading zero octets.
    pub serial: String,
    /// Absent for a number that no tool would print so: negative, or longer than any real one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_decimal: Option<String>,
    pub sha256: String,
    pub sha1: String,
    /// SHA-256 of the DER SubjectPublicKeyInfo, hexadecimal.
    pub public_key_sha256: String,
    /// The same in base64, as `curl --pinnedpubkey sha256//…` takes it.
    pub public_key_pin: String,
    /// ISO 8601, UTC.
    pub not_before: String,
    /// ISO 8601, UTC.
    pub not_after: String,
}

/// An old certificate, and what is expected of the new one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct RenewalInput {
    pub certificate: Option<FileInput>,
    /// Of a plan, say; what it does not name stays as in the old certificate.
    pub expected: Option<Expected>,
}

/// How to renew a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Renewal {
    /// The request to make: same subject, same product, no key.
    pub request: CsrRequest,
    /// Old and new, field by field.
    pub lines: Vec<RenewalLine>,
    /// `warn` when something changes or it cannot be renewed, else `pass`.
    pub verdict: Word,
    /// What to know first.
    pub findings: Vec<Finding>,
    /// Of the old certificate's key, which the new request must not have.
    pub public_key_sha256: String,
    /// Until when it can be renewed, ISO 8601.
    pub not_after: String,
}

/// One field, in the old certificate and in the new request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct RenewalLine {
    /// `product`, `structureId`, `organization`, `department`, `commonName`, `dnsNames`, `emails`, `environment`,
    /// `duration` or `key`.
    pub field: Word,
    /// Its name in the person's language.
    pub label: String,
    /// What the old certificate bears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What the new one will bear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Whether they differ.
    pub changed: bool,
}

/// What an evidence sheet is made from. Nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceInput {
    /// Name of the certificate's file.
    #[serde(default)]
    pub file: Option<String>,
    /// Name of the file of the key that was compared.
    #[serde(default)]
    pub key_file: Option<String>,
    /// Name of the file of the request that was compared.
    #[serde(default)]
    pub csr_file: Option<String>,
    /// Names of the revocation lists that were given.
    #[serde(default)]
    pub crl_files: Vec<String>,
    /// The moment of the check, ISO 8601; the moment of the sheet when absent.
    #[serde(default)]
    pub at: Option<String>,
    /// What the check said.
    pub report: CheckReport,
}

/// The evidence of a check, to be printed. Nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Evidence {
    /// Its title.
    pub title: String,
    /// Who made it, when, by which rules.
    pub notes: Vec<String>,
    /// In order.
    pub sections: Vec<EvidenceSection>,
}

/// A part of an evidence sheet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct EvidenceSection {
    /// Its title.
    pub title: String,
    /// In order.
    pub rows: Vec<EvidenceRow>,
}

/// A row of an evidence sheet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct EvidenceRow {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
    /// More, below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
    /// `error`, `warning`, `info` or `ok`, for a finding or the verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Word>,
    /// Whether it is a fingerprint or a name to be shown letter by letter.
    pub exact: bool,
}

use serde::{Deserialize, Serialize};

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

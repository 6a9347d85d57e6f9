use serde::{Deserialize, Serialize};

use super::{FileInput, Finding, Word};

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct FileReport {
    /// `pem`, `der`, `pkcs7`, `pkcs12`, `jks`, `zip`, `html`, `text`, `empty` or `unknown`.
    pub container: Word,
    /// What it holds, in order.
    pub items: Vec<FileItem>,
    /// What it is first, then what is wrong with it, gravest first.
    pub findings: Vec<Finding>,
}

/// One thing in a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct FileItem {
    /// `certificate`, `csr`, `private-key`, `encrypted-private-key`, `public-key` or `crl`.
    pub kind: Word,
    /// A line that a person recognises it by.
    pub label: String,
    /// Its bytes. A private key that the file holds encrypted stays so, whatever the passphrase.
    pub der: FileInput,
}

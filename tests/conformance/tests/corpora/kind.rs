/// What a file holds, in the words of both readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Certificate,
    Request,
    RevocationList,
    /// In clear, or opened with one of the secrets.
    PrivateKey,
    PublicKey,
    /// Opened with one of the secrets.
    Pkcs12,
    Pkcs7,
}

impl Kind {
    pub(crate) const ALL: [Self; 7] = [
        Self::Certificate,
        Self::Request,
        Self::RevocationList,
        Self::PrivateKey,
        Self::PublicKey,
        Self::Pkcs12,
        Self::Pkcs7,
    ];

    /// Its name in the documentation.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Request => "request",
            Self::RevocationList => "revocation list",
            Self::PrivateKey => "private key",
            Self::PublicKey => "public key",
            Self::Pkcs12 => "PKCS #12",
            Self::Pkcs7 => "PKCS #7",
        }
    }
}

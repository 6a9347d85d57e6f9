//! The certification authorities. The table is `data/authorities.toml`.

use vocabulary::{Document, Environment, Source, Timestamp};

/// A certification authority, by the facts a signature is checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Stem of its files on the PKI's site, e.g. `ACI-EL-ORG`; the name of the row.
    pub stem: &'static str,
    /// Its subject, printed by RFC 4514.
    pub subject: &'static str,
    /// Place in the hierarchy.
    pub role: Role,
    /// Whom an intermediate authority certifies, when known.
    pub domain: Option<Domain>,
    /// Gamme; none for the former PKI.
    pub gamme: Option<Gamme>,
    /// Production or TEST.
    pub environment: Environment,
    /// Stem of the authority that signed it; none for a root.
    pub parent: Option<&'static str>,
    /// Of the former PKI (GIP-CPS): recognised, never trusted.
    pub former: bool,
    /// Beginning of its validity.
    pub not_before: Timestamp,
    /// End of its validity.
    pub not_after: Timestamp,
    /// How sure the row is.
    pub confidence: Pin,
}

/// What proves an authority, apart from what describes it: keys do not compress, and whoever only speaks of authorities
/// does not download them.
#[derive(Debug)]
struct Proof {
    serial: &'static [u8],
    key_identifier: &'static [u8],
    sha256: &'static [u8; 32],
    public_key: &'static [u8],
    origin: &'static str,
    sources: &'static [Source],
}

static UNPROVED: Proof =
    Proof { serial: &[], key_identifier: &[], sha256: &[0; 32], public_key: &[], origin: "", sources: &[] };

impl Authority {
    /// Every authority, those of the former PKI included.
    pub fn all() -> &'static [Self] {
        AUTHORITIES
    }

    /// The authority with this file stem.
    pub fn by_stem(stem: &str) -> Option<&'static Self> {
        AUTHORITIES.iter().find(|authority| authority.stem == stem)
    }

    /// The authority whose certificate has this SHA-256.
    pub fn by_sha256(sha256: &[u8; 32]) -> Option<&'static Self> {
        AUTHORITIES.iter().find(|authority| authority.sha256() == sha256)
    }

    /// The authority with this DER SubjectPublicKeyInfo.
    pub fn by_public_key(spki: &[u8]) -> Option<&'static Self> {
        AUTHORITIES.iter().find(|authority| authority.public_key() == spki)
    }

    /// The authority with this subject, printed by RFC 4514. A name proves nothing: a signature does.
    pub fn by_subject(subject: &str) -> Option<&'static Self> {
        AUTHORITIES.iter().find(|authority| authority.subject == subject)
    }

    /// Serial number, big-endian.
    pub fn serial(&self) -> &'static [u8] {
        self.proof().serial
    }

    /// subjectKeyIdentifier.
    pub fn key_identifier(&self) -> &'static [u8] {
        self.proof().key_identifier
    }

    /// SHA-256 of its DER certificate.
    pub fn sha256(&self) -> &'static [u8; 32] {
        self.proof().sha256
    }

    /// DER SubjectPublicKeyInfo: what its signatures are verified with.
    pub fn public_key(&self) -> &'static [u8] {
        self.proof().public_key
    }

    /// File of the set of real certificates the row was read from.
    pub fn origin(&self) -> &'static str {
        self.proof().origin
    }

    /// Where the row comes from.
    pub fn sources(&self) -> &'static [Source] {
        self.proof().sources
    }

    fn proof(&self) -> &'static Proof {
        // The two lists stand in the same order.
        let own = AUTHORITIES.iter().zip(PROOFS).find(|(authority, _)| authority.stem == self.stem);
        own.map_or(&UNPROVED, |(_, proof)| proof)
    }

    /// The authority that signed it, none for a root.
    pub fn issuer(&self) -> Option<&'static Self> {
        self.parent.and_then(Self::by_stem)
    }

    /// Its common name, or the first attribute of its printed subject.
    pub fn name(&self) -> &'static str {
        let first = self.subject.split(',').next().unwrap_or(self.subject);
        if self.former { self.subject } else { first.strip_prefix("CN=").unwrap_or(first) }
    }

    /// The official address of its full CRL; none for the former PKI.
    pub fn crl_address(&self) -> Option<String> {
        (!self.former).then(|| format!("http://igc-sante.esante.gouv.fr/CRL/{}.crl", self.stem))
    }

    /// The official address of the file with its chain (PKCS #7); none for the former PKI.
    pub fn chain_address(&self) -> Option<&'static str> {
        let address = match self.environment {
            Environment::Production => {
                "http://igc-sante.esante.gouv.fr/AC/Chaine_de_certification-IGC-Sante.p7b"
            }
            Environment::Test => {
                "http://igc-sante.esante.gouv.fr/AC%20TEST/Chaine_de_certification-IGC-Sante-TEST.p7b"
            }
        };
        (!self.former).then_some(address)
    }

    /// The official address of its certificate; none for the former PKI.
    pub fn certificate_address(&self) -> Option<String> {
        let folder = match self.environment {
            Environment::Production => "AC",
            Environment::Test => "AC%20TEST",
        };
        (!self.former).then(|| format!("http://igc-sante.esante.gouv.fr/{folder}/{}.cer", self.stem))
    }
}

/// How sure an authority's row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pin {
    /// Found in several independent places, signatures verified up to the root.
    Confirmed,
    /// One copy only, not compared with the official publication: a certificate it vouches for gets a warning.
    SingleSource,
}

/// Place in the hierarchy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Signed by a root, signs certificates of people and structures.
    Intermediate,
    /// Signs itself and the intermediate authorities.
    Root,
}

/// Whom an intermediate authority certifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Domain {
    /// Structures and servers.
    Organisations,
    /// Professionals and employees.
    Personnes,
}

/// Level of the IGC-Santé.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gamme {
    /// Software certificates.
    Elementaire,
    /// CPS cards.
    Fort,
    /// CPE cards.
    Standard,
}

impl Gamme {
    /// The spelling of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Elementaire => "elementaire",
            Self::Fort => "fort",
            Self::Standard => "standard",
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/authorities.rs"));

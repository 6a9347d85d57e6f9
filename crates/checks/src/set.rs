//! Several certificates together: an order, or a whole estate. What none of them shows alone: the same file twice, a
//! key that serves two certificates, INSi names exchanged, what a plan lacks, what ends first.
//!
//! Every function takes a time proportional to the certificates (and, against a plan, to the plan): certificates are
//! found by key, name and structure in ordered maps.

mod expiry;
mod insi;
mod plan;
mod repeats;
mod shared_keys;

use pki::certificate::Certificate;
use vocabulary::identifiers::StructureId;

use crate::{EntityKind, Recognition, facts::shown, recognition::recognise};

pub use expiry::expiring;
pub use insi::insi_names;
pub use plan::{Assignment, Wanted, WantedName, against_plan, assign};
pub use repeats::{Successions, duplicates, successions};
pub use shared_keys::shared_keys;

/// A certificate of the set that is no authority's. Each stands once, whatever the number of its copies.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// What it is.
    pub recognition: Recognition,
    /// The structure in its subject, when its number is well formed.
    pub structure_id: Option<StructureId>,
    /// Its common name, when it has exactly one.
    pub common_name: Option<String>,
    /// The names of the files it stands in; one at least, the first is what it is called by.
    pub files: Vec<&'a str>,
    /// The files of private keys that are its own.
    pub key_files: Vec<&'a str>,
    /// The requests with its key: their files, and the common names they ask for.
    pub requests: Vec<(&'a str, Option<String>)>,
    /// The common name that the person is known to have asked for with its key, when that is known.
    pub asked: Option<&'a str>,
}

impl<'a> Member<'a> {
    /// A certificate and the files it stands in, without key or request yet.
    pub fn new(certificate: &'a Certificate, files: Vec<&'a str>) -> Self {
        Self {
            certificate,
            recognition: recognise(certificate),
            structure_id: structure_id(certificate),
            common_name: certificate.common_name(),
            files,
            key_files: Vec::new(),
            requests: Vec::new(),
            asked: None,
        }
    }

    /// Whether it is, or may be, the certificate of a structure or a server.
    fn is_structure(&self) -> bool {
        self.recognition.kind == EntityKind::Structure
    }

    /// The name people know it by.
    fn name(&self) -> String {
        shown(&self.common_name.clone().unwrap_or_else(|| self.certificate.subject().rfc4514()))
    }

    /// The file it is called by.
    fn file(&self) -> String {
        shown(self.files.first().copied().unwrap_or_default())
    }

    /// Its product as people write it, empty when it is not known.
    fn product(&self) -> String {
        self.recognition.product.map(spaced).unwrap_or_default()
    }
}

/// The number in its first OU, as the authority writes it: without separators.
fn structure_id(certificate: &Certificate) -> Option<StructureId> {
    let text = certificate.subject().values_of("OU").into_iter().next()?;
    StructureId::parse(&text).filter(|id| id.as_str() == text)
}

/// "ORG AUTH_CLI".
fn spaced(product: vocabulary::Product) -> String {
    product.as_str().replacen('_', " ", 1)
}

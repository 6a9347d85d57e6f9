//! What may have signed leaves, sorted once for all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Anchor, AnchorName};
use crate::certificate::Certificate;
use crate::name::DistinguishedName;

/// Certificates and anchors among which issuers are looked for, found by name, key identifier and key: a leaf costs the
/// same among ten and among ten thousand.
#[derive(Clone, Debug)]
pub struct ChainPool<'a> {
    pub(super) extra: &'a [Certificate],
    pub(super) anchors: &'a [Anchor],
    /// Positions in `extra`, each certificate once: by the DER of the subject; by that and the key identifier; by the DER
    /// of the public key.
    by_subject: BTreeMap<&'a [u8], Vec<usize>>,
    by_subject_and_id: BTreeMap<(&'a [u8], &'a [u8]), Vec<usize>>,
    by_key: BTreeMap<&'a [u8], Vec<usize>>,
    /// Positions in `anchors`: by name, printed or DER; by the DER of the public key.
    anchors_by_printed: BTreeMap<&'a str, Vec<usize>>,
    anchors_by_subject: BTreeMap<&'a [u8], Vec<usize>>,
    anchors_by_key: BTreeMap<&'a [u8], Vec<usize>>,
}

impl<'a> ChainPool<'a> {
    /// Sorts them.
    pub fn new(extra: &'a [Certificate], anchors: &'a [Anchor]) -> Self {
        let mut pool = Self {
            extra,
            anchors,
            by_subject: BTreeMap::new(),
            by_subject_and_id: BTreeMap::new(),
            by_key: BTreeMap::new(),
            anchors_by_printed: BTreeMap::new(),
            anchors_by_subject: BTreeMap::new(),
            anchors_by_key: BTreeMap::new(),
        };
        let mut seen = BTreeSet::new();
        for (position, certificate) in extra.iter().enumerate() {
            // The same certificate may have come twice.
            if !seen.insert(certificate.raw()) {
                continue;
            }
            let subject = certificate.subject().raw();
            pool.by_subject.entry(subject).or_default().push(position);
            if let Some(id) = certificate.extensions().subject_key_id() {
                pool.by_subject_and_id.entry((subject, id)).or_default().push(position);
            }
            pool.by_key.entry(certificate.public_key().spki()).or_default().push(position);
        }
        for (position, anchor) in anchors.iter().enumerate() {
            match &anchor.subject {
                AnchorName::Rfc4514(name) => pool.anchors_by_printed.entry(name).or_default(),
                AnchorName::Der(der) => pool.anchors_by_subject.entry(der).or_default(),
            }
            .push(position);
            pool.anchors_by_key.entry(&anchor.spki).or_default().push(position);
        }
        pool
    }

    /// Positions of the certificates of this name.
    pub(super) fn named(&self, name: &DistinguishedName) -> &[usize] {
        slice(self.by_subject.get(name.raw()))
    }

    /// Positions of the certificates of this name with this key identifier.
    pub(super) fn identified<'b>(&'b self, name: &'b DistinguishedName, id: &'b [u8]) -> &'b [usize] {
        slice(self.by_subject_and_id.get(&(name.raw(), id)))
    }

    /// Positions of the certificates of this key.
    pub(super) fn of_key(&self, spki: &[u8]) -> &[usize] {
        slice(self.by_key.get(spki))
    }

    /// The anchors of this name.
    pub(super) fn anchors_named(
        &self,
        name: &DistinguishedName,
        printed: &str,
    ) -> impl Iterator<Item = (usize, &'a Anchor)> {
        let printed = slice(self.anchors_by_printed.get(printed)).iter();
        let all = printed.chain(slice(self.anchors_by_subject.get(name.raw())));
        all.filter_map(|position| Some((*position, self.anchors.get(*position)?)))
    }

    /// The anchors of this key.
    pub(super) fn anchors_of_key(&self, spki: &[u8]) -> impl Iterator<Item = &'a Anchor> {
        slice(self.anchors_by_key.get(spki)).iter().filter_map(|position| self.anchors.get(*position))
    }
}

fn slice(found: Option<&Vec<usize>>) -> &[usize] {
    found.map(Vec::as_slice).unwrap_or_default()
}

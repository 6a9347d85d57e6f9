//! Which key and which request go with which certificate: by public key, whatever the names of the files.

use std::collections::BTreeMap;

use pki::key::PublicKey;
use vocabulary::without_case;

use super::{
    awaited::Awaited,
    inventory::{Inventory, What},
};
use crate::contract::SetFile;

/// What goes together. Positions are those of the lists of [`Inventory`].
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// For each certificate that is no authority's, what goes with it.
    pub(super) leaves: Vec<Leaf>,
    /// For each private key, the leaf it is compared with.
    pub(super) leaf_of_key: Vec<Option<usize>>,
    /// For each request, the leaf it is compared with.
    pub(super) leaf_of_request: Vec<Option<usize>>,
    /// For each key, a request of its own.
    pub(super) request_of_key: Vec<Option<usize>>,
    /// For each request of this session, its leaf.
    pub(super) leaf_of_awaited: Vec<Option<usize>>,
    /// How many keys stay closed.
    pub(super) locked: usize,
}

/// A certificate to judge.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaf {
    /// The certificate.
    pub(super) certificate: usize,
    /// The entries where it stands, in the order of the files; one at least.
    pub(super) entries: Vec<usize>,
    /// Its private key, or one that was brought for it and is another.
    pub(super) key: Option<usize>,
    /// Its requests, or one that was brought for it and is another's.
    pub(super) requests: Vec<usize>,
    /// Whether key and requests are its own.
    pub(super) is_own: bool,
    /// The request of this session that it answers.
    pub(super) awaited: Option<usize>,
}

impl Pairs {
    /// Finds what goes together, in a time proportional to what there is.
    pub(super) fn find(inventory: &Inventory, awaited: &Awaited, files: &[SetFile]) -> Self {
        let mut pairs = Self {
            leaves: leaves(inventory),
            leaf_of_key: vec![None; inventory.keys.len()],
            leaf_of_request: vec![None; inventory.requests.len()],
            request_of_key: vec![None; inventory.keys.len()],
            leaf_of_awaited: vec![None; awaited.requests.len()],
            locked: inventory.entries.iter().filter(|entry| matches!(entry.what, What::Locked(_))).count(),
        };
        pairs.by_key(inventory, awaited);
        pairs.by_name(inventory, files);
        pairs
    }

    fn by_key(&mut self, inventory: &Inventory, awaited: &Awaited) {
        let keys = positions(inventory.keys.iter().map(PublicKey::spki));
        let requests = positions(inventory.requests.iter().map(|request| request.public_key().spki()));
        let session = positions(awaited.requests.iter().map(|request| request.csr.public_key().spki()));
        for (index, leaf) in self.leaves.iter_mut().enumerate() {
            let Some(certificate) = inventory.certificates.get(leaf.certificate) else { continue };
            let spki = certificate.public_key().spki();
            leaf.key = keys.get(spki).and_then(|found| found.first()).copied();
            leaf.requests = requests.get(spki).cloned().unwrap_or_default();
            leaf.awaited = session.get(spki).and_then(|found| found.first()).copied();
            leaf.is_own = leaf.key.is_some() || !leaf.requests.is_empty();
            note(&mut self.leaf_of_key, leaf.key, index);
            note(&mut self.leaf_of_awaited, leaf.awaited, index);
            for request in &leaf.requests {
                note(&mut self.leaf_of_request, Some(*request), index);
            }
        }
        for (key, request) in inventory.keys.iter().zip(&mut self.request_of_key) {
            *request = requests.get(key.spki()).and_then(|found| found.first()).copied();
        }
    }

    /// A certificate that found nothing of its own is compared with what was brought for it, to say that it is
    /// another's: what bears the same file name; or, when it is the only certificate, whatever there is.
    fn by_name(&mut self, inventory: &Inventory, files: &[SetFile]) {
        let is_alone = self.leaves.len() == 1;
        let name = |entry: &super::inventory::Entry| files.get(entry.file).map(|file| stem(&file.name));
        let mut keys: BTreeMap<String, usize> = BTreeMap::new();
        let mut requests: BTreeMap<String, usize> = BTreeMap::new();
        for entry in inventory.entries.iter().rev() {
            let name = if is_alone { Some(String::new()) } else { name(entry) };
            let Some(name) = name else { continue };
            match entry.what {
                What::Key { key, .. } if is_free(&self.leaf_of_key, key) => {
                    keys.insert(name, key);
                }
                What::Request(request) if is_free(&self.leaf_of_request, request) => {
                    requests.insert(name, request);
                }
                _ => {}
            }
        }
        for (index, leaf) in self.leaves.iter_mut().enumerate().filter(|(_, leaf)| !leaf.is_own) {
            if leaf.awaited.is_some() {
                continue;
            }
            let names =
                leaf.entries.iter().filter_map(|entry| inventory.entries.get(*entry)).filter_map(name);
            let names: Vec<String> = if is_alone { vec![String::new()] } else { names.collect() };
            leaf.key = names.iter().find_map(|name| keys.remove(name));
            leaf.requests = names.iter().find_map(|name| requests.remove(name)).into_iter().collect();
            note(&mut self.leaf_of_key, leaf.key, index);
            note(&mut self.leaf_of_request, leaf.requests.first().copied(), index);
        }
    }
}

/// The certificates to judge, each once, in the order of the files.
fn leaves(inventory: &Inventory) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut of_certificate: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, entry) in inventory.entries.iter().enumerate() {
        let What::Certificate(certificate) = entry.what else { continue };
        let leaf = *of_certificate.entry(certificate).or_insert_with(|| {
            leaves.push(Leaf { certificate, ..Leaf::default() });
            leaves.len().saturating_sub(1)
        });
        if let Some(leaf) = leaves.get_mut(leaf) {
            leaf.entries.push(index);
        }
    }
    leaves
}

fn positions<'a>(keys: impl Iterator<Item = &'a [u8]>) -> BTreeMap<&'a [u8], Vec<usize>> {
    let mut positions: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (index, key) in keys.enumerate() {
        positions.entry(key).or_default().push(index);
    }
    positions
}

/// Notes the first leaf of something.
fn note(leaves: &mut [Option<usize>], of: Option<usize>, leaf: usize) {
    if let Some(place) = of.and_then(|of| leaves.get_mut(of)) {
        place.get_or_insert(leaf);
    }
}

fn is_free(leaves: &[Option<usize>], of: usize) -> bool {
    leaves.get(of).is_some_and(Option::is_none)
}

/// The name of a file without folder and extension, as people compare names.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    without_case(stem)
}

//! The report, item by item.

use std::collections::{BTreeMap, BTreeSet};

use checks::set::Assignment;
use messages::Locale;
use pki::certificate::Certificate;
use vocabulary::{Finding, Verdict, arranged, sorted_places, topics::sets as topics};

use super::{
    awaited::Awaited,
    inventory::{Entry, Inventory, What},
    judge::JudgedLeaf,
    pairs::{Leaf, Pairs},
    shown,
};
use crate::contract::{self, SetFile, SetItem, SetPlace};

/// What the items are written from.
pub(super) struct Items<'a> {
    pub(super) locale: Locale,
    pub(super) files: &'a [SetFile],
    pub(super) inventory: &'a Inventory,
    pub(super) pairs: &'a Pairs,
    pub(super) awaited: &'a Awaited,
    pub(super) assignment: &'a Assignment,
    pub(super) followed_by: &'a [Option<usize>],
}

impl Items<'_> {
    /// Writes them: the certificates with their reports, soonest expiry first, then the rest in the order of the files.
    /// Also the worst verdict of any of them.
    pub(super) fn write(&self, reports: Vec<JudgedLeaf>, lists: &[usize]) -> (Vec<SetItem>, Verdict) {
        let places = Places::of(self.inventory, self.pairs, self.files.len());
        let mut worst = Verdict::Pass;
        let mut items = Vec::with_capacity(self.inventory.entries.len());
        let rank = |place: usize| reports.get(place).map(|report| (self.until(report.leaf), report.leaf));
        let soonest_first = sorted_places(reports.len(), &|a, b| rank(a).cmp(&rank(b)));
        for found in arranged(reports, &soonest_first) {
            let Some(leaf) = self.pairs.leaves.get(found.leaf) else { continue };
            let Some(entry) = leaf.entries.first().and_then(|at| self.inventory.entries.get(*at)) else {
                continue;
            };
            let said = [self.about_key(leaf).as_slice(), &entry.remarks].concat();
            worst = worst.max(found.verdict).max(Verdict::of(&said));
            items.push(SetItem {
                report: Some(found.report),
                crl_file: found.list.and_then(|list| self.list_name(list, &places)),
                ..self.certificate(entry, found.leaf, leaf, &places, &said)
            });
        }
        for (at, entry) in self.inventory.entries.iter().enumerate() {
            if let Some((item, said)) = self.other(at, entry, &places, lists) {
                worst = worst.max(Verdict::of(&said));
                items.push(item);
            }
        }
        (items, worst)
    }

    fn until(&self, leaf: usize) -> Option<i64> {
        let leaf = self.pairs.leaves.get(leaf)?;
        self.inventory.certificates.get(leaf.certificate).map(pki::certificate::Certificate::not_after)
    }

    fn certificate(
        &self,
        entry: &Entry,
        index: usize,
        leaf: &Leaf,
        places: &Places,
        said: &[Finding],
    ) -> SetItem {
        let own_key = leaf.key.filter(|_| leaf.is_own);
        let own_request = leaf.requests.first().filter(|_| leaf.is_own);
        let later = self.followed_by.get(index).copied().flatten();
        let planned = self.assignment.of_member.get(index).copied().flatten();
        SetItem {
            key_file: own_key.and_then(|key| self.name(places.file_of_key(key, entry.file)?)),
            csr_file: own_request.and_then(|request| self.name(*places.file_of_request.get(request)?)),
            planned: planned.and_then(|entry| self.awaited.ids.get(entry).cloned().flatten()),
            followed_by: later.and_then(|leaf| self.file_of_leaf(leaf)),
            ..self.item("certificate", entry, places, said)
        }
    }

    /// What a set with keys says of a certificate that found none.
    fn about_key(&self, leaf: &Leaf) -> Vec<Finding> {
        let is_alone = self.pairs.leaves.len() == 1;
        // Its report says it.
        if is_alone && self.pairs.locked > 0 {
            return Vec::new();
        }
        if leaf.key.is_some() || (self.inventory.keys.is_empty() && self.pairs.locked == 0) {
            return Vec::new();
        }
        if self.pairs.locked == 0 {
            return vec![Finding::info(topics::CERTIFICATE_WITHOUT_KEY)];
        }
        let closed = self.inventory.entries.iter().filter(|entry| matches!(entry.what, What::Locked(_)));
        let files =
            closed.take(32).filter_map(|entry| self.files.get(entry.file)).map(|file| file.name.as_str());
        vec![
            Finding::info(topics::CERTIFICATE_WITHOUT_KEY_LOCKED)
                .with("count", self.pairs.locked)
                .with("files", super::names(files)),
        ]
    }

    /// Everything else. Nothing for what was written already: a certificate with its report; an authority that stands
    /// in several files, once.
    fn other(
        &self,
        at: usize,
        entry: &Entry,
        places: &Places,
        lists: &[usize],
    ) -> Option<(SetItem, Vec<Finding>)> {
        let (kind, said, certificate_file, key) = match &entry.what {
            What::Authority(index) => {
                let is_told = entry.remarks.is_empty() && places.has_stood(at);
                if is_told && places.counts.get(entry.file).is_some_and(|count| *count > 1) {
                    return None;
                }
                let subject = self.inventory.certificates.get(*index)?.subject();
                let name = subject.common_name().unwrap_or_else(|| subject.rfc4514());
                (
                    "authority",
                    vec![Finding::info(topics::CHAIN_CERTIFICATE).with("name", shown(&name))],
                    None,
                    None,
                )
            }
            What::Certificate(_) => {
                if !places.has_stood(at) {
                    return None;
                }
                let first = places.first_of(at).and_then(|at| self.inventory.entries.get(at));
                let file = first.and_then(|first| self.name(first.file))?;
                let copy = Finding::info(topics::CERTIFICATE_COPY).with("file", shown(&file));
                ("certificate", vec![copy], Some(file), None)
            }
            What::Key { key, encrypted } => {
                let public = self.inventory.keys.get(*key)?;
                let kind = if *encrypted { "encrypted-private-key" } else { "private-key" };
                let file = self.own_leaf(&self.pairs.leaf_of_key, *key);
                let said = if file.is_some() { Vec::new() } else { vec![self.lone_key(*key, places)] };
                (kind, said, file, Some(public.sha256()))
            }
            What::Request(request) => {
                let found = self.inventory.requests.get(*request)?;
                let name = found.subject().common_name().unwrap_or_else(|| found.subject().rfc4514());
                let file = self.own_leaf(&self.pairs.leaf_of_request, *request);
                let lone = || Finding::info(topics::REQUEST_WITHOUT_CERTIFICATE).with("name", shown(&name));
                let said = if file.is_some() { Vec::new() } else { vec![lone()] };
                ("csr", said, file, Some(found.public_key().sha256()))
            }
            What::Locked(closed) => ("encrypted-private-key", vec![closed.clone()], None, None),
            What::List(list) => {
                let said = match lists.get(*list).copied().unwrap_or_default() {
                    0 => Finding::info(topics::LIST_NOT_USED),
                    count => Finding::info(topics::LIST_USED).with("count", count),
                };
                ("crl", vec![said], None, None)
            }
            What::Other(kind, said) => (*kind, said.clone(), None, None),
            What::Unusable(fault) => ("private-key", vec![fault.clone()], None, None),
        };
        let said = [said.as_slice(), &entry.remarks].concat();
        let item =
            SetItem { certificate_file, public_key_sha256: key, ..self.item(kind, entry, places, &said) };
        Some((item, said))
    }

    fn lone_key(&self, key: usize, places: &Places) -> Finding {
        let public = self.inventory.keys.get(key);
        let of = |certificate: &&Certificate| Some(certificate.public_key()) == public;
        // Only authorities are left: those of end entities have found their keys.
        if let Some(authority) = self.inventory.certificates.iter().find(of) {
            let name = authority.common_name().unwrap_or_else(|| authority.subject().rfc4514());
            return Finding::warning(topics::KEY_OF_AN_AUTHORITY).with("name", shown(&name));
        }
        let request = self.pairs.request_of_key.get(key).copied().flatten();
        let file = request.and_then(|request| self.name(*places.file_of_request.get(&request)?));
        match file {
            Some(file) => Finding::info(topics::KEY_WITHOUT_CERTIFICATE_REQUEST).with("file", shown(&file)),
            None => {
                let digest = public.map(pki::key::PublicKey::sha256).unwrap_or_default();
                let short: String = digest.chars().take(16).collect();
                Finding::info(topics::KEY_WITHOUT_CERTIFICATE).with("key", short)
            }
        }
    }

    /// The file of the certificate that something goes with.
    fn own_leaf(&self, leaves: &[Option<usize>], of: usize) -> Option<String> {
        let leaf = leaves.get(of).copied().flatten()?;
        self.pairs.leaves.get(leaf).filter(|leaf| leaf.is_own)?;
        self.file_of_leaf(leaf)
    }

    fn file_of_leaf(&self, leaf: usize) -> Option<String> {
        let entry = *self.pairs.leaves.get(leaf)?.entries.first()?;
        self.name(self.inventory.entries.get(entry)?.file)
    }

    fn list_name(&self, list: usize, places: &Places) -> Option<String> {
        match places.file_of_list.get(&list) {
            Some(file) => self.name(*file),
            None => self.inventory.list_names.get(list).cloned().flatten(),
        }
    }

    fn name(&self, file: usize) -> Option<String> {
        self.files.get(file).map(|file| file.name.clone())
    }

    fn item(&self, kind: &'static str, entry: &Entry, places: &Places, said: &[Finding]) -> SetItem {
        let count = places.counts.get(entry.file).copied().unwrap_or_default();
        SetItem {
            name: self.name(entry.file).unwrap_or_default(),
            kind: kind.into(),
            of: (count > 1).then_some(SetPlace { position: entry.position, count }),
            report: None,
            key_file: None,
            csr_file: None,
            crl_file: None,
            certificate_file: None,
            planned: None,
            followed_by: None,
            public_key_sha256: None,
            findings: contract::findings(self.locale, said),
        }
    }
}

/// Where things stand first.
#[derive(Default)]
struct Places {
    /// How many things each file holds.
    counts: Vec<usize>,
    /// For each entry, the first entry of the same certificate.
    first: BTreeMap<usize, usize>,
    files_of_key: BTreeSet<(usize, usize)>,
    file_of_request: BTreeMap<usize, usize>,
    file_of_list: BTreeMap<usize, usize>,
}

impl Places {
    fn of(inventory: &Inventory, pairs: &Pairs, files: usize) -> Self {
        let mut places = Self { counts: vec![0; files], ..Self::default() };
        let mut first_of_authority: BTreeMap<usize, usize> = BTreeMap::new();
        for leaf in &pairs.leaves {
            let Some(first) = leaf.entries.first() else { continue };
            places.first.extend(leaf.entries.iter().map(|entry| (*entry, *first)));
        }
        for (at, entry) in inventory.entries.iter().enumerate() {
            if let Some(count) = places.counts.get_mut(entry.file) {
                *count = count.saturating_add(1);
            }
            match entry.what {
                What::Authority(index) => {
                    let first = *first_of_authority.entry(index).or_insert(at);
                    places.first.insert(at, first);
                }
                What::Key { key, .. } => {
                    places.files_of_key.insert((key, entry.file));
                }
                What::Request(request) => {
                    places.file_of_request.entry(request).or_insert(entry.file);
                }
                What::List(list) => {
                    places.file_of_list.entry(list).or_insert(entry.file);
                }
                _ => {}
            }
        }
        places
    }

    fn first_of(&self, at: usize) -> Option<usize> {
        self.first.get(&at).copied()
    }

    /// Whether the same certificate stood before.
    fn has_stood(&self, at: usize) -> bool {
        self.first_of(at).is_some_and(|first| first != at)
    }

    /// The file of a key: this one when it is there too, else the first.
    fn file_of_key(&self, key: usize, file: usize) -> Option<usize> {
        if self.files_of_key.contains(&(key, file)) {
            return Some(file);
        }
        self.files_of_key.range((key, 0)..=(key, usize::MAX)).next().map(|(_, file)| *file)
    }
}

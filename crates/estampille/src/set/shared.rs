//! The findings of many reports, each written once.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher, RandomState},
};

use messages::Locale;
use vocabulary::Finding;

use crate::contract;

/// The findings met so far.
pub(super) struct Shared {
    locale: Locale,
    met: Vec<Finding>,
    written: Vec<contract::Finding>,
    /// Places in both, by hash.
    places: BTreeMap<u64, Vec<usize>>,
    hasher: RandomState,
}

impl Shared {
    pub(super) fn new(locale: Locale) -> Self {
        Self {
            locale,
            met: Vec::new(),
            written: Vec::new(),
            places: BTreeMap::new(),
            hasher: RandomState::new(),
        }
    }

    /// The place of a finding, which is written when it is met first.
    pub(super) fn place(&mut self, finding: Finding) -> usize {
        // Findings of one topic with the same facts hardly ever differ in the rest, which is long to hash.
        let hash = self.hasher.hash_one((finding.topic, finding.severity, &finding.facts));
        let same = self.places.entry(hash).or_default();
        if let Some(place) = same.iter().find(|place| self.met.get(**place) == Some(&finding)) {
            return *place;
        }
        let place = self.met.len();
        same.push(place);
        self.written.push(contract::Finding::new(self.locale, &finding));
        self.met.push(finding);
        place
    }

    /// All of them, written.
    pub(super) fn into_written(self) -> Vec<contract::Finding> {
        self.written
    }
}

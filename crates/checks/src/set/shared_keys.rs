//! One key for several certificates.

use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{Document, Finding, Source, topics::sets as topics};

use super::Member;
use crate::facts::{list, short_digest, shown, source};

const NEW_KEY: Source = source(Document::FAQ, "renouvellement");
const NO_DUPLICATION: Source = source(Document::F413_2019, "CGU v7, protection de la clé");
const ONE_KEY_EACH: Source = source(Document::LBM, "ne pas dupliquer certificat et clé");

/// The keys that several certificates bear.
///
/// Of one subject, it is a renewal with the old key: a warning, since a renewal asks for a new one. Across subjects, one
/// key in wrong hands compromises several uses: a warning within one structure, an error between two, since each is
/// to hold its keys alone.
pub fn shared_keys(members: &[Member<'_>]) -> Vec<Finding> {
    let mut of_key: BTreeMap<&[u8], Vec<&Member<'_>>> = BTreeMap::new();
    for member in members {
        of_key.entry(member.certificate.public_key().spki()).or_default().push(member);
    }
    of_key.into_values().filter(|group| group.len() > 1).filter_map(|group| shared_key(&group)).collect()
}

fn shared_key(group: &[&Member<'_>]) -> Option<Finding> {
    let first = group.first()?;
    // Collecting into a set would bring a sort of its own each time.
    let (mut subjects, mut structures, mut names) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for member in group {
        let subject = member.certificate.subject();
        subjects.insert(subject.raw());
        structures.insert(subject.values_of("OU").into_iter().next());
        names.insert(member.name());
    }
    let finding = if subjects.len() == 1 {
        Finding::warning(topics::SHARED_KEY).from_source(NEW_KEY)
    } else if structures.len() == 1 {
        Finding::warning(topics::SHARED_KEY_ACROSS_SUBJECTS).from_source(ONE_KEY_EACH)
    } else {
        let structures = structures.into_iter().flatten().map(|text| shown(&text));
        Finding::error(topics::SHARED_KEY_ACROSS_STRUCTURES).with("structures", list(structures))
    };
    Some(
        finding
            .with("count", group.len())
            .with("names", list(names))
            .with("files", list(group.iter().map(|member| member.file())))
            .with("key", short_digest(first.certificate.public_key()))
            .from_source(NO_DUPLICATION),
    )
}

//! The same certificate twice, and certificates of one name that follow each other.

use std::collections::BTreeMap;

use vocabulary::{Document, Finding, Product, Source, Timestamp, sort_places, topics::sets as topics};

use super::Member;
use crate::facts::{list, shown, source};

const RENEWAL: Source = source(Document::FAQ, "renouvellement");

/// The certificates that stand in several files, or several times in one.
pub fn duplicates(members: &[Member<'_>]) -> Vec<Finding> {
    let repeated = members.iter().filter(|member| member.files.len() > 1);
    repeated
        .map(|member| {
            Finding::info(topics::DUPLICATE_FILE)
                .with("name", member.name())
                .with("count", member.files.len())
                .with("files", list(member.files.iter().map(|file| shown(file))))
        })
        .collect()
}

/// Certificates of one name, product and authority, oldest first in each succession.
#[derive(Clone, Debug, Default)]
pub struct Successions {
    /// For each member, the latest of the same name; nothing for that one, nor when it is alone.
    pub followed_by: Vec<Option<usize>>,
    /// One finding a succession: which is the latest.
    pub findings: Vec<Finding>,
}

/// Finds certificates of the same subject, product and issuer: most often a certificate and its renewal.
pub fn successions(members: &[Member<'_>]) -> Successions {
    type Name<'a> = (&'a [u8], &'a [u8], Option<Product>);
    let mut named: BTreeMap<Name<'_>, Vec<usize>> = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        let certificate = member.certificate;
        let name = (certificate.subject().raw(), certificate.issuer().raw(), member.recognition.product);
        named.entry(name).or_default().push(index);
    }
    let mut found = Successions { followed_by: vec![None; members.len()], findings: Vec::new() };
    for mut group in named.into_values().filter(|group| group.len() > 1) {
        let dates = |index: usize| {
            members.get(index).map(|member| (member.certificate.not_before(), member.certificate.not_after()))
        };
        sort_places(&mut group, &|a, b| dates(a).cmp(&dates(b)));
        let begins = |index: &usize| members.get(*index).map(|member| member.certificate.not_before());
        let Some(latest) = group.pop() else { continue };
        // Made at the same moment, they stand side by side.
        let older: Vec<usize> = group.into_iter().filter(|index| begins(index) < begins(&latest)).collect();
        for index in &older {
            if let Some(follows) = found.followed_by.get_mut(*index) {
                *follows = Some(latest);
            }
        }
        found.findings.extend(succession(members, latest, &older));
    }
    found
}

fn succession(members: &[Member<'_>], latest: usize, older: &[usize]) -> Option<Finding> {
    let newest = members.get(latest)?;
    let older: Vec<&Member<'_>> = older.iter().filter_map(|index| members.get(*index)).collect();
    let ends = older.iter().map(|member| member.certificate.not_after()).max()?;
    Some(
        Finding::info(topics::DUPLICATE_FILE_RENEWED)
            .with("name", newest.name())
            .with("subject", shown(&newest.certificate.subject().rfc4514()))
            .with("newer", newest.file())
            .with("until", Timestamp(newest.certificate.not_after()))
            .with("count", older.len())
            .with("older", list(older.iter().map(|member| member.file())))
            .with("ends", Timestamp(ends))
            .from_source(RENEWAL),
    )
}

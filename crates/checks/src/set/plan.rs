//! A set against a plan: which certificate answers which entry, what is missing, what was not asked for.

use std::collections::BTreeMap;

use profiles::{InsiVerdict, insi};
use vocabulary::{
    Document, Finding, Product, Source, identifiers::StructureId, sorted_places, topics::sets as topics,
};

use super::{Member, spaced};
use crate::{
    facts::{shown, source},
    recognition::are_alike,
};

const COMPARED: Source = source(Document::ESTAMPILLE, "commande comparée à ce qui est reçu");

/// A certificate that a plan asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its product.
    pub product: Product,
    /// The structure it is for, when its number is known.
    pub structure_id: Option<StructureId>,
    /// Its common name.
    pub name: WantedName,
}

/// The common name that a plan asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WantedName {
    /// This one and no other: an INSi name, a host name, a mail address.
    Exact(String),
    /// Any; perhaps this one.
    Free(Option<String>),
}

impl WantedName {
    /// The only name that will do.
    pub fn exact(&self) -> Option<&str> {
        match self {
            Self::Exact(name) => Some(name),
            Self::Free(_) => None,
        }
    }

    /// The name, imposed or proposed.
    fn likely(&self) -> Option<&str> {
        match self {
            Self::Exact(name) => Some(name),
            Self::Free(name) => name.as_deref(),
        }
    }
}

/// Which certificate answers which entry of the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// For each entry of the plan, its certificate.
    pub of_wanted: Vec<Option<usize>>,
    /// For each certificate, its entry.
    pub of_member: Vec<Option<usize>>,
}

impl Assignment {
    fn set(&mut self, wanted: usize, member: usize) {
        if let (Some(of_wanted), Some(of_member)) =
            (self.of_wanted.get_mut(wanted), self.of_member.get_mut(member))
            && of_wanted.is_none()
            && of_member.is_none()
        {
            *of_wanted = Some(member);
            *of_member = Some(wanted);
        }
    }
}

/// Finds the certificate of each entry. `by_key` are pairs (entry, member) that a key proves; the others are found by
/// what they say, the best fit first: everything as planned, then a name that is near, then another structure or
/// another product under the right name. Of several that fit as well, the one that ends last is taken.
pub fn assign(members: &[Member<'_>], wanted: &[Wanted], by_key: &[(usize, usize)]) -> Assignment {
    let mut assignment =
        Assignment { of_wanted: vec![None; wanted.len()], of_member: vec![None; members.len()] };
    for (entry, member) in by_key {
        assignment.set(*entry, *member);
    }
    let mut of_structure: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    let end = |index: usize| members.get(index).map(|member| member.certificate.not_after());
    let latest_first = sorted_places(members.len(), &|a, b| end(b).cmp(&end(a)));
    for index in &latest_first {
        let structure = members.get(*index).and_then(|member| member.structure_id.as_ref());
        of_structure.entry(structure.map(StructureId::as_str)).or_default().push(*index);
    }
    // In an estate, a certificate of the right name for another structure is another structure's.
    let is_order = members.len() <= wanted.len();
    for fit in [Fit::Exact, Fit::Free, Fit::NearName, Fit::OtherProduct, Fit::OtherStructure] {
        if fit == Fit::OtherStructure && !is_order {
            continue;
        }
        for (entry, planned) in wanted.iter().enumerate() {
            if assignment.of_wanted.get(entry).is_none_or(Option::is_some) {
                continue;
            }
            let structure = planned.structure_id.as_ref().filter(|_| fit != Fit::OtherStructure);
            let candidates = match structure {
                Some(id) => of_structure.get(&Some(id.as_str())).map(Vec::as_slice).unwrap_or_default(),
                None => latest_first.as_slice(),
            };
            let found = candidates.iter().find(|index| {
                let is_free = assignment.of_member.get(**index).is_some_and(Option::is_none);
                is_free && members.get(**index).is_some_and(|member| fits(fit, planned, member))
            });
            if let Some(member) = found {
                assignment.set(entry, *member);
            }
        }
    }
    assignment
}

/// How well a certificate fits an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Exact,
    Free,
    NearName,
    OtherProduct,
    OtherStructure,
}

/// Whether it fits so; the structure has been compared, save where it may be another.
fn fits(fit: Fit, wanted: &Wanted, member: &Member<'_>) -> bool {
    let found = member.recognition.product;
    let is_product = found.is_some_and(|found| found == wanted.product || are_alike(found, wanted.product));
    let name = member.common_name.as_deref();
    let is_named = name.is_some() && name == wanted.name.likely();
    let verdict = name.map(insi::judge);
    match fit {
        Fit::Exact => is_product && is_named,
        // A certificate for INSi serves nothing else.
        Fit::Free => {
            is_product && wanted.name.exact().is_none() && !matches!(verdict, Some(InsiVerdict::Exact(_)))
        }
        Fit::NearName => {
            let same_letters = name
                .zip(wanted.name.exact())
                .is_some_and(|(found, wanted)| found.eq_ignore_ascii_case(wanted));
            let meant = match verdict {
                Some(InsiVerdict::NearMiss(meant)) => meant,
                _ => &[],
            };
            let is_meant = meant.iter().any(|mode| wanted.name.exact() == Some(mode.name()));
            is_product && (same_letters || is_meant)
        }
        Fit::OtherProduct => wanted.structure_id.is_some() && member.is_structure() && is_named,
        Fit::OtherStructure => is_product && wanted.name.exact().is_some() && is_named,
    }
}

/// What the plan asks for and nobody brought, and what was brought without being asked for, by the plan or otherwise.
/// `followed_by` is [`super::Successions::followed_by`]: an older certificate of a name that is planned is no surprise.
pub fn against_plan(
    members: &[Member<'_>],
    wanted: &[Wanted],
    assignment: &Assignment,
    followed_by: &[Option<usize>],
) -> Vec<Finding> {
    let missing = wanted.iter().zip(&assignment.of_wanted).filter(|(_, member)| member.is_none());
    let missing = missing.map(|(entry, _)| {
        let name = entry.name.likely();
        let topic = match (name, &entry.structure_id) {
            (Some(_), Some(_)) => topics::MISSING_CERTIFICATE,
            _ => topics::MISSING_CERTIFICATE_PARTLY_KNOWN,
        };
        Finding::warning(topic)
            .with("product", spaced(entry.product))
            .with("name", shown(name.unwrap_or_default()))
            .with("structure", entry.structure_id.as_ref().map(StructureId::as_str).unwrap_or_default())
    });
    let is_planned = |index: usize| assignment.of_member.get(index).copied().flatten().is_some();
    let unexpected = members.iter().enumerate().filter(|(index, member)| {
        let later = followed_by.get(*index).copied().flatten();
        let is_asked = is_planned(*index) || member.asked.is_some() || later.is_some_and(is_planned);
        member.is_structure() && !is_asked
    });
    let unexpected = unexpected.map(|(_, member)| {
        Finding::warning(topics::UNEXPECTED_CERTIFICATE)
            .with("name", member.name())
            .with("product", member.product())
            .with("file", member.file())
            .with("structure", shown(&member.certificate.subject().values_of("OU").join(", ")))
    });
    missing.chain(unexpected).map(|finding| finding.from_source(COMPARED)).collect()
}

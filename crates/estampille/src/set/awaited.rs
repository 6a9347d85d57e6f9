//! What is awaited: the plan, and the requests of this session.

use checks::{
    Expected,
    set::{Assignment, Wanted, WantedName},
};
use pki::request::CertificationRequest;
use vocabulary::{
    Error, Finding, Product,
    identifiers::StructureId,
    topics::{errors::INVALID_INPUT, requests::STRUCTURE_ID_INVALID, sets as topics},
};

use super::{
    MAX_PLANNED,
    pairs::{Leaf, Pairs},
};
use crate::{
    contract::{AwaitedCertificate, PlannedInput, SetOptions},
    expected, failure, words,
};

/// What is awaited.
#[derive(Debug, Default)]
pub(super) struct Awaited {
    /// The requests of this session.
    pub(super) requests: Vec<AwaitedRequest>,
    /// Whether there is a plan.
    pub(super) has_plan: bool,
    /// The entries of the plan.
    pub(super) wanted: Vec<Wanted>,
    /// The id of each entry.
    pub(super) ids: Vec<Option<String>>,
    /// What was too much.
    pub(super) limits: Vec<Finding>,
}

/// A request of this session.
#[derive(Debug)]
pub(super) struct AwaitedRequest {
    pub(super) csr: CertificationRequest,
    pub(super) expected: Expected,
}

impl Awaited {
    /// Parses what is awaited.
    ///
    /// # Errors
    ///
    /// A word, a structure id or a request that is none, with its field.
    pub(super) fn read(options: &SetOptions) -> Result<Self, Error> {
        let mut awaited = Self { has_plan: options.plan.is_some(), ..Self::default() };
        for (index, given) in options.expected.iter().flatten().enumerate() {
            awaited.requests.push(request(index, given)?);
        }
        let planned = options.plan.as_ref().and_then(|plan| plan.certificates.as_deref()).unwrap_or_default();
        for (index, given) in planned.iter().take(MAX_PLANNED).enumerate() {
            awaited.wanted.push(wanted(index, given)?);
            awaited.ids.push(given.id.clone());
        }
        if planned.len() > MAX_PLANNED {
            let finding = Finding::warning(topics::TOO_LONG_A_PLAN);
            awaited.limits.push(finding.with("found", planned.len()).with("most", MAX_PLANNED));
        }
        Ok(awaited)
    }

    /// The pairs (entry of the plan, certificate) that a request of this session proves.
    pub(super) fn proved_by_key(&self, pairs: &Pairs) -> Vec<(usize, usize)> {
        let mut taken = vec![false; self.wanted.len()];
        let mut proved = Vec::new();
        for (leaf, request) in self.answered(pairs) {
            let expected = &request.expected;
            let fits = |wanted: &Wanted| {
                Some(wanted.product) == expected.product
                    && (wanted.structure_id.is_none() || wanted.structure_id == expected.structure_id)
                    && wanted.name.exact().is_none_or(|name| Some(name) == expected.common_name.as_deref())
            };
            let entry = self
                .wanted
                .iter()
                .zip(&mut taken)
                .enumerate()
                .find(|(_, (wanted, taken))| !**taken && fits(wanted));
            if let Some((entry, (_, taken))) = entry {
                *taken = true;
                proved.push((entry, leaf));
            }
        }
        proved
    }

    /// For each certificate, what is awaited of it: by its own request, else by the plan.
    pub(super) fn expected(&self, pairs: &Pairs, assignment: &Assignment) -> Vec<Expected> {
        let planned = assignment.of_member.iter().map(|entry| entry.and_then(|entry| self.wanted.get(entry)));
        let mut all: Vec<Expected> =
            planned.map(|wanted| wanted.map(expected_of).unwrap_or_default()).collect();
        for (leaf, request) in self.answered(pairs) {
            if let Some(expected) = all.get_mut(leaf) {
                *expected = request.expected.clone();
            }
        }
        all
    }

    /// The common name that this session asked for with the key of a certificate.
    pub(super) fn asked(&self, leaf: &Leaf) -> Option<&str> {
        self.requests.get(leaf.awaited?)?.expected.common_name.as_deref()
    }

    /// The requests of this session that no certificate answers, save those whose entry of the plan is told missing.
    pub(super) fn unanswered(&self, pairs: &Pairs, assignment: &Assignment) -> Vec<Finding> {
        let missing = |name: &str| {
            let mut entries = self.wanted.iter().zip(&assignment.of_wanted);
            entries.any(|(wanted, member)| member.is_none() && wanted.name.exact() == Some(name))
        };
        let open = self.requests.iter().zip(&pairs.leaf_of_awaited).filter(|(_, leaf)| leaf.is_none());
        let names = open.map(|(request, _)| {
            let asked = request.csr.subject();
            asked.common_name().unwrap_or_else(|| asked.rfc4514())
        });
        names
            .filter(|name| !missing(name))
            .map(|name| Finding::info(topics::MISSING_CERTIFICATE_REQUEST).with("name", super::shown(&name)))
            .collect()
    }

    /// The certificates that answer a request of this session, with it.
    fn answered<'a>(&'a self, pairs: &'a Pairs) -> impl Iterator<Item = (usize, &'a AwaitedRequest)> {
        let leaves = pairs.leaves.iter().enumerate();
        leaves.filter_map(|(leaf, found)| Some((leaf, self.requests.get(found.awaited?)?)))
    }
}

fn request(index: usize, given: &AwaitedCertificate) -> Result<AwaitedRequest, Error> {
    let field = |name: &str| format!("expected[{index}].{name}");
    let file = given.csr.as_ref().ok_or_else(|| Error::at(INVALID_INPUT, field("csr")))?;
    let csr = CertificationRequest::read(file.as_bytes())
        .map_err(|error| failure::not_a_request(&error, &field("csr")))?;
    let expected = expected::parse(given.expected.as_ref())
        .map_err(|error| Error { field: error.field.as_deref().map(field), ..error })?;
    Ok(AwaitedRequest { csr, expected })
}

fn wanted(index: usize, given: &PlannedInput) -> Result<Wanted, Error> {
    let field = |name: &str| format!("plan.certificates[{index}].{name}");
    let product = given.product.as_deref().ok_or_else(|| Error::at(INVALID_INPUT, field("product")))?;
    let structure_id = |text: &String| {
        StructureId::parse(text).ok_or_else(|| {
            let found: String = text.chars().take(40).collect();
            Error::at(STRUCTURE_ID_INVALID, field("structureId")).with("found", found)
        })
    };
    let name = given.common_name.clone().unwrap_or_default();
    Ok(Wanted {
        product: words::input(product, field("product"))?,
        structure_id: given.structure_id.as_ref().map(structure_id).transpose()?,
        name: match (name.value, name.rule.as_deref()) {
            (Some(value), rule) if rule != Some("free") => WantedName::Exact(value),
            (value, _) => WantedName::Free(value.or(name.suggestion)),
        },
    })
}

fn expected_of(wanted: &Wanted) -> Expected {
    let host = wanted.name.exact().filter(|_| wanted.product == Product::ServSsl);
    Expected {
        product: Some(wanted.product),
        dns_names: host.map(str::to_owned).into_iter().collect(),
        structure_id: wanted.structure_id.clone(),
        common_name: wanted.name.exact().map(str::to_owned),
        ..Expected::default()
    }
}

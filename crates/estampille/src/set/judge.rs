//! Each certificate judged, with every signature of the set verified once, in one batch.

use std::collections::BTreeSet;

use checks::{
    Expected,
    batch::{Batch, Surroundings, Ticket},
    certificate::{CertificateInput, PrivateKeyGiven},
};
use pki::{certificate::Certificate, engine::Engine, request::CertificationRequest};
use vocabulary::{Timestamp, Verdict};

use super::{
    awaited::Awaited,
    inventory::Inventory,
    pairs::{Leaf, Pairs},
    shared::Shared,
};
use crate::{
    Context, certificate,
    contract::{CheckReport, Finding},
};

/// What became of the certificates.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// One a leaf.
    pub(super) reports: Vec<JudgedLeaf>,
    /// For each revocation list, how many certificates it judged.
    pub(super) lists: Vec<usize>,
    /// The findings of the reports, each once.
    pub(super) findings: Vec<Finding>,
}

/// What became of one certificate.
#[derive(Debug)]
pub(super) struct JudgedLeaf {
    /// Its position among the leaves.
    pub(super) leaf: usize,
    pub(super) report: CheckReport<usize>,
    pub(super) verdict: Verdict,
    /// The revocation list that judged it.
    pub(super) list: Option<usize>,
}

/// What the certificates are judged with.
pub(super) struct Judge<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) pairs: &'a Pairs,
    pub(super) awaited: &'a Awaited,
    /// One a leaf.
    pub(super) expected: &'a [Expected],
    pub(super) at: Timestamp,
}

impl Judge<'_> {
    /// Judges every leaf. `progress` is told the file of each.
    pub(super) async fn all(
        &self,
        context: &Context<'_, impl Engine>,
        surroundings: &Surroundings,
        progress: &impl Fn(usize),
    ) -> Judged {
        let mut batch = Batch::new(surroundings);
        let mut tickets: Vec<(usize, &Leaf, &Certificate, Ticket)> =
            Vec::with_capacity(self.pairs.leaves.len());
        for (index, leaf) in self.pairs.leaves.iter().enumerate() {
            if let Some(certificate) = self.inventory.certificates.get(leaf.certificate) {
                tickets.push((index, leaf, certificate, batch.add(certificate, self.request(leaf))));
            }
        }
        let outcomes = context.engine.verify(batch.tasks()).await;
        let mut judged = Judged { lists: vec![0; surroundings.lists().len()], ..Judged::default() };
        let mut shared = Shared::new(context.locale);
        let nothing = Expected::default();
        for (index, leaf, certificate, ticket) in &tickets {
            let input = CertificateInput {
                certificate,
                csr: self.request(leaf),
                private_key: self.private_key(leaf),
                expected: self.expected.get(*index).unwrap_or(&nothing),
                at: self.at,
            };
            let found = batch.check(&input, ticket, &outcomes);
            let list = found.revocation_list;
            if let Some(count) = list.and_then(|list| judged.lists.get_mut(list)) {
                *count = count.saturating_add(1);
            }
            let verdict = found.verdict();
            let write = &mut |finding| shared.place(finding);
            let report = certificate::report_with(
                context.locale,
                certificate,
                surroundings,
                found,
                Vec::new(),
                self.at,
                write,
            );
            judged.reports.push(JudgedLeaf { leaf: *index, report, verdict, list });
            let entry = leaf.entries.first().and_then(|entry| self.inventory.entries.get(*entry));
            progress(entry.map_or(0, |entry| entry.file));
        }
        judged.findings = shared.into_written();
        judged
    }

    /// The request a certificate is compared with: one of this session first, since it is surely the person's own.
    fn request(&self, leaf: &Leaf) -> Option<&CertificationRequest> {
        let session = leaf.awaited.and_then(|request| self.awaited.requests.get(request));
        let dropped = || self.inventory.requests.get(*leaf.requests.first()?);
        session.map(|request| &request.csr).or_else(dropped)
    }

    fn private_key(&self, leaf: &Leaf) -> PrivateKeyGiven<'_> {
        let public = leaf.key.and_then(|key| self.inventory.keys.get(key));
        match public {
            Some(key) => PrivateKeyGiven::Public(key),
            // Alone with a key that stays closed, it is that key which was brought for it.
            None if self.pairs.leaves.len() == 1 && self.pairs.locked > 0 => PrivateKeyGiven::Locked,
            None => PrivateKeyGiven::None,
        }
    }
}

/// What serves every certificate of the set: the authorities, and the lists, which are taken out of the inventory.
pub(super) fn surroundings(inventory: &mut Inventory, leaves: usize) -> Surroundings {
    let others = inventory.certificates.iter().filter(|certificate| !certificate.is_self_issued());
    // Collecting would bring a sort of its own.
    let mut issuers: BTreeSet<&[u8]> = BTreeSet::new();
    issuers.extend(others.map(|certificate| certificate.issuer().raw()));
    // What is no authority and passes itself off as one is looked at too, to be told.
    let may_sign =
        |certificate: &&Certificate| certificate.is_ca() || issuers.contains(certificate.subject().raw());
    let extra = inventory.certificates.iter().filter(may_sign).cloned().collect();
    let given = core::mem::take(&mut inventory.given);
    let lists = core::mem::take(&mut inventory.lists);
    let surroundings = Surroundings::new(extra, given).with_lists(lists, 0);
    if leaves > 1 { surroundings.as_heap() } else { surroundings }
}

//! From outcomes to a path.

use super::{AnchorKind, Authority, ChainPlan, LEAF, Link, MAX_DEPTH, Node, Source};
use crate::signature::SignatureOutcome;

/// The path that the outcomes prove, leaf first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The leaf, then each signer, as far as signatures prove it.
    pub elements: Vec<ChainElement>,
    /// The position in `elements` of the first anchor: what makes the leaf trusted.
    pub anchored_at: Option<usize>,
    /// Why no further, or what was put aside on the way.
    pub faults: Vec<ChainFault>,
}

impl Chain {
    /// The anchor that makes the leaf trusted: its id and its kind.
    pub fn anchor(&self) -> Option<(&str, AnchorKind)> {
        let anchor = self.elements.get(self.anchored_at?)?.anchor.as_ref()?;
        Some((anchor.0.as_str(), anchor.1))
    }
}

/// One element of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainElement {
    /// Its name, RFC 4514.
    pub subject_rfc4514: String,
    /// Its position among the extra certificates; nothing for the leaf, and for an anchor whose
    /// certificate was not given.
    pub extra: Option<usize>,
    /// The anchor whose name and key it has.
    pub anchor: Option<(String, AnchorKind)>,
}

/// Something that kept a certificate out of the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChainFault {
    /// A certificate has the issuer's name, and the signature is not from its key: another
    /// authority of the same name.
    LookAlike,
    /// It signed, and is not an authority (basicConstraints, keyUsage).
    NotAnAuthority,
    /// It signed, and allows fewer authorities below itself.
    PathTooLong,
    /// More candidates than are verified.
    TooManyCandidates,
    /// A signature whose algorithm or key the engine does not know: neither proved nor refuted.
    Unsupported,
}

impl ChainPlan {
    /// Builds the path that `outcomes` prove; one outcome a task, in the order of
    /// [`ChainPlan::tasks`]. A missing outcome counts as unsupported.
    ///
    /// Of several paths, the shortest to a pinned anchor is taken, then the shortest to a given
    /// one, then the longest of those that reach none. Above the first anchor, the path goes on as
    /// far as signatures prove it.
    pub fn resolve(&self, outcomes: &[SignatureOutcome]) -> Chain {
        let outcome = |link: &Link| {
            let outcome = outcomes.get(link.task).copied();
            outcome.unwrap_or(SignatureOutcome::Unsupported)
        };
        let proved: Vec<&Link> =
            self.links.iter().filter(|link| outcome(link) == SignatureOutcome::Valid).collect();
        let mut faults = Vec::new();
        if self.truncated {
            faults.push(ChainFault::TooManyCandidates);
        }
        for link in &self.links {
            match outcome(link) {
                SignatureOutcome::Valid => {}
                SignatureOutcome::Invalid => note(&mut faults, ChainFault::LookAlike),
                SignatureOutcome::Unsupported => note(&mut faults, ChainFault::Unsupported),
            }
        }

        let paths = self.paths(&proved, &mut faults);
        let best = [AnchorKind::Pinned, AnchorKind::Given].into_iter().find_map(|kind| {
            let reaching = paths.iter().filter(|path| self.end_kind(path, &proved) == Some(kind));
            reaching.min_by_key(|path| path.len())
        });
        let longest = || paths.iter().rev().max_by_key(|path| path.len());
        let mut path = best.or_else(longest).cloned().unwrap_or_default();
        let anchored_at = best.and_then(|path| path.len().checked_sub(1));
        if anchored_at.is_some() {
            extend(&mut path, &proved);
        }
        Chain {
            elements: path.iter().filter_map(|node| self.nodes.get(*node)).map(Node::element).collect(),
            anchored_at,
            faults,
        }
    }

    /// The shortest proved path from the leaf to each node it reaches, nearest first.
    ///
    /// Breadth first, each node once: a longer way to the same node could only break the bounds on
    /// length sooner.
    fn paths(&self, proved: &[&Link], faults: &mut Vec<ChainFault>) -> Vec<Vec<usize>> {
        if self.nodes.is_empty() {
            return Vec::new();
        }
        let mut paths = vec![vec![LEAF]];
        let mut position = 0;
        while let Some(path) = paths.get(position).cloned() {
            position = position.saturating_add(1);
            let Some(last) = path.last().copied().filter(|_| path.len() <= MAX_DEPTH) else {
                continue;
            };
            // An anchor that the user gave may sign what is below; others above do not make it an authority.
            let below = path.get(..path.len().saturating_sub(1)).unwrap_or_default();
            if last != LEAF && !self.is_pinned(last) && self.is_authority(last, below).is_err() {
                continue;
            }
            let links = proved.iter().filter(|link| link.child == last);
            for link in links.filter(|link| link.issuer != last) {
                if let Err(fault) = self.may_sign(link.issuer, &path) {
                    note(faults, fault);
                    continue;
                }
                let known = paths.iter().any(|path| path.last() == Some(&link.issuer));
                if !known {
                    let mut longer = path.clone();
                    longer.push(link.issuer);
                    paths.push(longer);
                }
            }
        }
        paths
    }

    /// Whether a node may have signed the path below it, leaf first: an anchor was trusted to sign.
    fn may_sign(&self, issuer: usize, below: &[usize]) -> Result<(), ChainFault> {
        match self.nodes.get(issuer).map(|node| node.anchor.is_some()) {
            Some(true) => Ok(()),
            _ => self.is_authority(issuer, below),
        }
    }

    fn is_pinned(&self, node: usize) -> bool {
        let anchor = self.nodes.get(node).and_then(|node| node.anchor.as_ref());
        matches!(anchor, Some((_, AnchorKind::Pinned)))
    }

    /// Whether a node's own certificate makes it an authority that allows the path below it, leaf first.
    fn is_authority(&self, issuer: usize, below: &[usize]) -> Result<(), ChainFault> {
        let authority = self.nodes.get(issuer).map(|node| node.authority);
        let Some(Authority::Yes { path_length }) = authority else {
            return Err(ChainFault::NotAnAuthority);
        };
        let intermediates = below.iter().skip(1);
        let counted = intermediates
            .filter_map(|node| self.nodes.get(*node))
            .filter(|node| !node.is_self_issued)
            .count();
        let allowed = path_length.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        match allowed {
            Some(allowed) if counted > allowed => Err(ChainFault::PathTooLong),
            _ => Ok(()),
        }
    }

    /// The kind of the anchor a path ends at. The leaf itself counts only with its own signature.
    fn end_kind(&self, path: &[usize], proved: &[&Link]) -> Option<AnchorKind> {
        let last = *path.last()?;
        let mut proved = proved.iter();
        if last == LEAF && !proved.any(|link| link.child == LEAF && link.issuer == LEAF) {
            return None;
        }
        let node = self.nodes.get(last)?;
        node.anchor.as_ref().map(|(_, kind)| *kind)
    }
}

fn note(faults: &mut Vec<ChainFault>, fault: ChainFault) {
    if !faults.contains(&fault) {
        faults.push(fault);
    }
}

/// Goes on above the last element while a signature proves it.
fn extend(path: &mut Vec<usize>, proved: &[&Link]) {
    while path.len() <= MAX_DEPTH {
        let last = path.last().copied();
        let above = proved.iter().find(|link| Some(link.child) == last && !path.contains(&link.issuer));
        match above {
            Some(link) => path.push(link.issuer),
            None => return,
        }
    }
}

impl Node {
    fn element(&self) -> ChainElement {
        ChainElement {
            subject_rfc4514: self.subject.clone(),
            extra: match self.source {
                Source::Extra(position) => Some(position),
                Source::AnchorOnly | Source::Leaf => None,
            },
            anchor: self.anchor.clone(),
        }
    }
}

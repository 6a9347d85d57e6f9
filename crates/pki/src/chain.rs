//! The path from a certificate to a known key.
//!
//! Two steps, because signatures are verified elsewhere: [`ChainPlan::new`] finds who may have
//! signed what and lists the signatures to verify; [`ChainPlan::resolve`] takes the outcomes and
//! says which path they prove. Names and key identifiers only *suggest*: a certificate is trusted
//! because its signature verifies with an anchor's key, or with the key of an authority that is
//! itself so trusted. An authority of the same name and the same identifier with another key
//! proves nothing.
//!
//! Dates, purposes and everything else that depends on a policy are not looked at.

mod pool;
mod resolve;

use crate::certificate::{Certificate, KeyUsageBit};
use crate::name::DistinguishedName;
use crate::signature::SignatureTask;

pub use pool::ChainPool;
pub use resolve::{Chain, ChainElement, ChainFault};

/// The most elements above the leaf.
pub const MAX_DEPTH: usize = 8;

/// The most signatures listed for one leaf: a hostile file may hold thousands of authorities of
/// the same name.
pub const MAX_TASKS: usize = 64;

/// The most issuers looked at for one certificate, and the most certificates and anchors of one leaf's graph: authorities
/// of the same name may also have the same key, which one signature proves for all.
const MAX_ISSUERS: usize = 32;
const MAX_NODES: usize = 128;

/// A key that is trusted beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// How the caller calls it.
    pub id: String,
    /// Where it comes from.
    pub kind: AnchorKind,
    /// The name of the authority.
    pub subject: AnchorName,
    /// Its subjectKeyIdentifier, when known: used to find it, never to trust it.
    pub subject_key_id: Option<Vec<u8>>,
    /// Its DER SubjectPublicKeyInfo.
    pub spki: Vec<u8>,
}

impl Anchor {
    /// An authority given as a certificate.
    pub fn from_certificate(id: impl Into<String>, kind: AnchorKind, ca: &Certificate) -> Self {
        Self {
            id: id.into(),
            kind,
            subject: AnchorName::Der(ca.subject().raw().to_vec()),
            subject_key_id: ca.extensions().subject_key_id().map(<[u8]>::to_vec),
            spki: ca.public_key().spki().to_vec(),
        }
    }

    /// The name in the RFC 4514 spelling.
    pub fn subject_rfc4514(&self) -> String {
        match &self.subject {
            AnchorName::Der(der) => {
                DistinguishedName::read(der).map(|name| name.rfc4514()).unwrap_or_default()
            }
            AnchorName::Rfc4514(text) => text.clone(),
        }
    }

    fn is_named(&self, name: &Named<'_>) -> bool {
        match &self.subject {
            AnchorName::Der(der) => name.name.raw() == der,
            AnchorName::Rfc4514(text) => name.printed == *text,
        }
    }
}

/// Where an anchor comes from. Both kinds make a path; what each is worth is for others to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnchorKind {
    /// Known to the product.
    Pinned,
    /// Given by the user for this check.
    Given,
}

/// The name of an anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnchorName {
    /// The exact DER.
    Der(Vec<u8>),
    /// As [`DistinguishedName::rfc4514`] prints it.
    Rfc4514(String),
}

/// The node of the leaf: the first one made.
const LEAF: usize = 0;

/// Who may have signed what.
#[derive(Clone, Debug)]
pub struct ChainPlan {
    nodes: Vec<Node>,
    links: Vec<Link>,
    tasks: Vec<SignatureTask>,
    truncated: bool,
}

impl ChainPlan {
    /// Looks for issuers of `leaf`, and of those found, among `anchors` and `extra` certificates
    /// (what came along: intermediates, roots, anything).
    pub fn new(leaf: &Certificate, extra: &[Certificate], anchors: &[Anchor]) -> Self {
        Self::within(leaf, &ChainPool::new(extra, anchors))
    }

    /// The same among certificates and anchors that were sorted once for many leaves.
    pub fn within(leaf: &Certificate, pool: &ChainPool<'_>) -> Self {
        Builder::new(leaf, pool).build()
    }

    /// The signatures to verify, in the order in which outcomes are expected.
    pub fn tasks(&self) -> &[SignatureTask] {
        &self.tasks
    }

    /// The signatures to verify, taken out: [`ChainPlan::resolve`] needs their outcomes only.
    pub fn take_tasks(&mut self) -> Vec<SignatureTask> {
        std::mem::take(&mut self.tasks)
    }
}

/// A certificate of the graph, or an anchor known without its certificate.
#[derive(Clone, Debug)]
struct Node {
    /// The leaf, one of the extra certificates, or nothing but the anchor.
    source: Source,
    /// The anchor whose key this is.
    anchor: Option<(String, AnchorKind)>,
    subject: String,
    is_self_issued: bool,
    /// What its own certificate says; an anchor that is the end of a path is not asked.
    authority: Authority,
}

/// Whether a node may sign certificates: RFC 5280 section 6.1.4 (k) to (n).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Authority {
    /// At most so many authorities below it, self-issued ones not counted; nothing for no bound.
    Yes {
        path_length: Option<u32>,
    },
    No,
}

impl Authority {
    fn of(certificate: &Certificate) -> Self {
        let extensions = certificate.extensions();
        let usage = extensions.key_usage();
        let may_sign = usage.is_none_or(|usage| usage.has(KeyUsageBit::KeyCertSign));
        match extensions.basic_constraints() {
            Some(constraints) if constraints.ca && may_sign => {
                Self::Yes { path_length: constraints.path_length }
            }
            _ => Self::No,
        }
    }
}

/// A name with its printed form, which anchors may be known by.
struct Named<'a> {
    name: &'a DistinguishedName,
    printed: String,
}

impl<'a> Named<'a> {
    fn new(name: &'a DistinguishedName) -> Self {
        Self { name, printed: name.rfc4514() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Leaf,
    Extra(usize),
    AnchorOnly,
}

/// "`child` may have been signed by `issuer`", proved or not by one task.
#[derive(Clone, Copy, Debug)]
struct Link {
    child: usize,
    issuer: usize,
    task: usize,
}

/// The leaf is at position 0, an extra certificate one above its position among them.
struct Builder<'a> {
    leaf: &'a Certificate,
    pool: &'a ChainPool<'a>,
    plan: ChainPlan,
    /// For each node, its certificate.
    of_node: Vec<Option<usize>>,
    /// For each node, its public key.
    keys: Vec<&'a [u8]>,
}

impl<'a> Builder<'a> {
    fn new(leaf: &'a Certificate, pool: &'a ChainPool<'a>) -> Self {
        Self {
            leaf,
            pool,
            plan: ChainPlan { nodes: Vec::new(), links: Vec::new(), tasks: Vec::new(), truncated: false },
            of_node: Vec::new(),
            keys: Vec::new(),
        }
    }

    fn build(mut self) -> ChainPlan {
        let leaf = self.node_of_certificate(0);
        let mut frontier: Vec<usize> = leaf.into_iter().collect();
        let mut visited = frontier.clone();
        for _ in 0..MAX_DEPTH {
            let mut next = Vec::new();
            for child in frontier {
                for issuer in self.link_issuers(child) {
                    if !visited.contains(&issuer) {
                        visited.push(issuer);
                        next.push(issuer);
                    }
                }
            }
            frontier = next;
        }
        self.plan
    }

    /// Adds the possible issuers of a node, and returns them.
    fn link_issuers(&mut self, child: usize) -> Vec<usize> {
        let Some(certificate) = self.certificate_of(child) else {
            return Vec::new();
        };
        let mut issuers = Vec::new();
        let candidates = self.candidates(certificate);
        self.plan.truncated |= candidates.len() > MAX_ISSUERS;
        for candidate in candidates.into_iter().take(MAX_ISSUERS) {
            let issuer = match candidate {
                Candidate::Anchor(position) => self.node_of_anchor(position),
                Candidate::Certificate(position) => self.node_of_certificate(position),
            };
            let Some(issuer) = issuer else {
                self.plan.truncated = true;
                continue;
            };
            let known = self.plan.links.iter();
            let mut known = known.filter(|link| link.child == child);
            if known.any(|link| link.issuer == issuer) {
                continue;
            }
            // That a root signs itself teaches nothing, unless the root is what is looked at: a
            // copy of its name and key that it did not sign is a forgery.
            if issuer == child && child != LEAF {
                continue;
            }
            let Some(task) = self.task(certificate, issuer) else {
                self.plan.truncated = true;
                break;
            };
            self.plan.links.push(Link { child, issuer, task });
            issuers.push(issuer);
        }
        issuers
    }

    /// Those whose name is the issuer's: first those whose key identifier is the one asked for,
    /// then those that have none, then the others; anchors before certificates.
    fn candidates(&self, child: &Certificate) -> Vec<Candidate> {
        let issuer = Named::new(child.issuer());
        let wanted = child.extensions().authority_key_id();
        let rank = |id: Option<&[u8]>| match (wanted, id) {
            (Some(wanted), Some(id)) if wanted == id => 0,
            (Some(_), Some(_)) => 2,
            _ => 1,
        };
        // One more of each than is looked at, so that it shows that there were more.
        let most = MAX_ISSUERS.saturating_add(1);
        let anchors = self.pool.anchors_named(issuer.name, &issuer.printed).take(most);
        let anchors = anchors
            .map(|(position, anchor)| (rank(anchor.subject_key_id.as_deref()), Candidate::Anchor(position)));
        let leaf = (self.leaf.subject() == issuer.name).then_some((0, self.leaf));
        let identified = wanted.map(|id| self.extra(self.pool.identified(issuer.name, id)).take(most));
        let named = self.extra(self.pool.named(issuer.name)).take(most);
        let certificates = leaf.into_iter().chain(identified.into_iter().flatten()).chain(named);
        let certificates = certificates
            .map(|(position, ca)| (rank(ca.extensions().subject_key_id()), Candidate::Certificate(position)));
        let ranked: Vec<(u8, Candidate)> = anchors.chain(certificates).collect();
        let mut found: Vec<Candidate> = Vec::new();
        // By rank, without a sort of its own: every copy of one is a kilobyte more to download.
        let in_order = (0..=2).flat_map(|rank| ranked.iter().filter(move |(own, _)| *own == rank));
        for (_, candidate) in in_order {
            if !found.contains(candidate) {
                found.push(*candidate);
            }
        }
        found
    }

    fn certificate_of(&self, node: usize) -> Option<&'a Certificate> {
        self.certificate((*self.of_node.get(node)?)?)
    }

    fn certificate(&self, position: usize) -> Option<&'a Certificate> {
        match position.checked_sub(1) {
            None => Some(self.leaf),
            Some(extra) => self.pool.extra.get(extra),
        }
    }

    /// Extra certificates, with the positions they have here.
    fn extra<'p>(
        &self,
        positions: &'p [usize],
    ) -> impl Iterator<Item = (usize, &'a Certificate)> + use<'p, 'a> {
        let extra = self.pool.extra;
        positions.iter().filter_map(move |position| Some((position.checked_add(1)?, extra.get(*position)?)))
    }

    fn node_of_certificate(&mut self, position: usize) -> Option<usize> {
        let certificate = self.certificate(position)?;
        // The leaf may be among the others too.
        let position = if certificate.raw() == self.leaf.raw() { 0 } else { position };
        if let Some(node) = self.of_node.iter().position(|of| *of == Some(position)) {
            return Some(node);
        }
        let key = certificate.public_key().spki();
        let subject = Named::new(certificate.subject());
        // The same key under another name is not the anchor.
        let anchors = self.pool.anchors_of_key(key);
        let anchor = anchors.filter(|anchor| anchor.is_named(&subject)).min_by_key(|anchor| anchor.kind);
        let source = match position.checked_sub(1) {
            None => Source::Leaf,
            Some(extra) => Source::Extra(extra),
        };
        if self.plan.nodes.len() >= MAX_NODES {
            return None;
        }
        self.plan.nodes.push(Node {
            source,
            anchor: anchor.map(|anchor| (anchor.id.clone(), anchor.kind)),
            subject: subject.printed,
            is_self_issued: certificate.is_self_issued(),
            authority: Authority::of(certificate),
        });
        self.of_node.push(Some(position));
        self.keys.push(key);
        self.plan.nodes.len().checked_sub(1)
    }

    /// The certificate of this anchor when it is there, else a node of its own.
    fn node_of_anchor(&mut self, position: usize) -> Option<usize> {
        let anchor = self.pool.anchors.get(position)?;
        let leaf = (self.leaf.public_key().spki() == anchor.spki).then_some((0, self.leaf));
        let certificate = leaf
            .into_iter()
            .chain(self.extra(self.pool.of_key(&anchor.spki)).take(MAX_ISSUERS))
            .find(|(_, ca)| anchor.is_named(&Named::new(ca.subject())))
            .map(|(position, _)| position);
        if let Some(certificate) = certificate {
            return self.node_of_certificate(certificate);
        }
        let found = self.plan.nodes.iter().position(|node| {
            node.source == Source::AnchorOnly && node.anchor.as_ref().is_some_and(|(id, _)| *id == anchor.id)
        });
        if found.is_some() || self.plan.nodes.len() >= MAX_NODES {
            return found;
        }
        self.plan.nodes.push(Node {
            source: Source::AnchorOnly,
            anchor: Some((anchor.id.clone(), anchor.kind)),
            subject: anchor.subject_rfc4514(),
            is_self_issued: false,
            authority: Authority::Yes { path_length: None },
        });
        self.of_node.push(None);
        self.keys.push(&anchor.spki);
        self.plan.nodes.len().checked_sub(1)
    }

    /// The task that proves a link, shared by links that ask the same; nothing beyond the bound.
    fn task(&mut self, child: &Certificate, issuer: usize) -> Option<usize> {
        let key = *self.keys.get(issuer)?;
        let found = self.plan.tasks.iter().position(|task| task.spki == key && task.message == child.tbs());
        if found.is_some() {
            return found;
        }
        if self.plan.tasks.len() >= MAX_TASKS {
            return None;
        }
        self.plan.tasks.push(child.signature_task(key));
        self.plan.tasks.len().checked_sub(1)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Candidate {
    Anchor(usize),
    Certificate(usize),
}

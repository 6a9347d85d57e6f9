//! Many checks with one verification.
//!
//! Certificates that came together share what may have signed them and the revocation lists. [`Surroundings`] holds
//! that, sorted once; a [`Batch`] lists every signature to verify, each once whatever the number of certificates that
//! ask for it (the one of a revocation list of a million entries, of an intermediate authority…); then each certificate
//! is judged with the outcomes.
//!
//! ```text
//! let surroundings = Surroundings::new(extra, given).with_lists(lists, unreadable);
//! let mut batch = Batch::new(&surroundings);
//! let tickets: Vec<Ticket> = inputs.iter().map(|input| batch.add(input.certificate, input.csr)).collect();
//! let outcomes = engine.verify(batch.tasks()).await;                        // elsewhere, all at once
//! for (input, ticket) in inputs.iter().zip(&tickets) {
//!     let findings = batch.check(input, ticket, &outcomes);                 // as often as one likes
//! }
//! ```

use std::{
    collections::BTreeMap,
    hash::{BuildHasher, RandomState},
    sync::OnceLock,
};

use pki::{
    certificate::Certificate,
    chain::{Anchor, AnchorKind, AnchorName, ChainPlan, ChainPool},
    crl::RevocationList,
    request::CertificationRequest,
    signature::{SignatureOutcome, SignatureTask},
};
use profiles::Authority;

use crate::certificate::{CertificateFindings, CertificateInput, judge};

/// The most signatures listed for a batch. Beyond it a hostile heap of authorities of one name would be verified for
/// hours; what is not listed counts as not verified.
pub const MAX_TASKS: usize = 50_000;

/// The most keys tried for one revocation list, and the most octets copied for them: the task of a list holds all of it.
const MAX_SIGNERS: usize = 8;
const MAX_COPIED: usize = 64 * 1024 * 1024;

/// What came beside certificates: other certificates, authorities given for the check, revocation lists.
#[derive(Debug)]
pub struct Surroundings {
    /// The certificates that came along, then those given as anchors.
    pool: Vec<Certificate>,
    /// Their fingerprints, once asked for: every report of a set names the same authorities.
    fingerprints: Vec<OnceLock<String>>,
    given_from: usize,
    anchors: Vec<Anchor>,
    lists: Vec<RevocationList>,
    unreadable_lists: usize,
    is_heap: bool,
    /// Positions in `lists`, by the printed name of the issuer.
    lists_by_issuer: BTreeMap<String, Vec<usize>>,
}

impl Surroundings {
    /// The certificates that came along (`extra`: intermediates, roots, anything), and the authorities `given` for this
    /// check. The pinned authorities are always there.
    ///
    /// For a set of certificates, `extra` need only hold those that may have signed others.
    pub fn new(extra: Vec<Certificate>, given: Vec<Certificate>) -> Self {
        let pinned = Authority::all().iter().map(|authority| Anchor {
            id: authority.stem.to_owned(),
            kind: AnchorKind::Pinned,
            subject: AnchorName::Rfc4514(authority.subject.to_owned()),
            subject_key_id: Some(authority.key_identifier().to_vec()),
            spki: authority.public_key().to_vec(),
        });
        let of_user = given.iter().map(|ca| Anchor::from_certificate(ca.sha256(), AnchorKind::Given, ca));
        let anchors = pinned.chain(of_user).collect();
        let given_from = extra.len();
        let mut pool = extra;
        // An authority that is given may itself be signed by another one.
        pool.extend(given);
        Self {
            fingerprints: pool.iter().map(|_| OnceLock::new()).collect(),
            pool,
            given_from,
            anchors,
            lists: Vec::new(),
            unreadable_lists: 0,
            is_heap: false,
            lists_by_issuer: BTreeMap::new(),
        }
    }

    /// Adds the revocation lists given for the check, and how many files that should have been lists did not read.
    #[must_use]
    pub fn with_lists(mut self, lists: Vec<RevocationList>, unreadable: usize) -> Self {
        self.unreadable_lists = unreadable;
        self.lists_by_issuer.clear();
        for (position, list) in lists.iter().enumerate() {
            self.lists_by_issuer.entry(list.issuer().rfc4514()).or_default().push(position);
        }
        self.lists = lists;
        self
    }

    /// Says that the lists were not given for one certificate but lie in a heap with many: that there are lists of other
    /// authorities is then no remark on a certificate.
    #[must_use]
    pub fn as_heap(mut self) -> Self {
        self.is_heap = true;
        self
    }

    /// The certificate at this position: [`pki::chain::ChainElement::extra`] of a report.
    pub fn certificate(&self, position: usize) -> Option<&Certificate> {
        self.pool.get(position)
    }

    /// Its SHA-256, lower-case hexadecimal.
    pub fn sha256(&self, position: usize) -> Option<&str> {
        let certificate = self.pool.get(position)?;
        Some(self.fingerprints.get(position)?.get_or_init(|| certificate.sha256()))
    }

    /// The revocation lists, in the order given.
    pub fn lists(&self) -> &[RevocationList] {
        &self.lists
    }

    /// Whether the certificate at this position was given as an anchor.
    pub(crate) fn is_given(&self, position: usize) -> bool {
        position >= self.given_from
    }

    /// How many lists were given for the certificate itself, and how many did not read.
    pub(crate) fn lists_given(&self) -> (usize, usize) {
        if self.is_heap { (0, 0) } else { (self.lists.len(), self.unreadable_lists) }
    }

    /// The lists whose issuer prints so, with their positions.
    pub(crate) fn lists_of<'a>(&'a self, issuer: &str) -> impl Iterator<Item = (usize, &'a RevocationList)> {
        let positions = self.lists_by_issuer.get(issuer).map(Vec::as_slice).unwrap_or_default();
        positions.iter().filter_map(|position| Some((*position, self.lists.get(*position)?)))
    }

    /// The keys of the authorities that have this name, known and given ones first.
    fn keys_named<'a>(&'a self, issuer: &str, list: &'a RevocationList) -> Vec<&'a [u8]> {
        let anchors = self.anchors.iter().filter(|anchor| match &anchor.subject {
            AnchorName::Rfc4514(name) => name == issuer,
            AnchorName::Der(der) => der == list.issuer().raw(),
        });
        let anchors = anchors.map(|anchor| anchor.spki.as_slice());
        let along = self.pool.iter().filter(|ca| ca.subject() == list.issuer());
        let most = MAX_COPIED.checked_div(list.raw().len()).unwrap_or(MAX_SIGNERS).clamp(1, MAX_SIGNERS);
        let mut keys: Vec<&[u8]> = Vec::new();
        for key in anchors.chain(along.map(|ca| ca.public_key().spki())) {
            if keys.len() < most && !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}

/// The signatures that a number of checks need, each listed once.
#[derive(Debug)]
pub struct Batch<'a> {
    surroundings: &'a Surroundings,
    pool: ChainPool<'a>,
    tasks: Vec<SignatureTask>,
    /// Positions in `tasks`, by hash.
    seen: BTreeMap<u64, Vec<usize>>,
    hasher: RandomState,
    /// For each list, the keys that may have signed it, each with its task.
    signers: Vec<Vec<(&'a [u8], usize)>>,
}

/// What a certificate asked of a batch.
#[derive(Debug)]
pub struct Ticket {
    pub(crate) plan: ChainPlan,
    /// For each task of the plan, its place in the batch; none beyond the bound.
    tasks: Vec<Option<usize>>,
    csr: Option<usize>,
}

impl<'a> Batch<'a> {
    /// A batch that knows the signatures of the revocation lists; none when there are no lists.
    pub fn new(surroundings: &'a Surroundings) -> Self {
        let mut batch = Self {
            surroundings,
            pool: ChainPool::new(&surroundings.pool, &surroundings.anchors),
            tasks: Vec::new(),
            seen: BTreeMap::new(),
            hasher: RandomState::new(),
            signers: Vec::new(),
        };
        for list in &surroundings.lists {
            let keys = surroundings.keys_named(&list.issuer().rfc4514(), list);
            let signers =
                keys.into_iter().filter_map(|key| Some((key, batch.task(list.signature_task(key))?)));
            let signers = signers.collect();
            batch.signers.push(signers);
        }
        batch
    }

    /// Lists the signatures that the check of a certificate needs, and that of the request it answers.
    pub fn add(&mut self, certificate: &Certificate, csr: Option<&CertificationRequest>) -> Ticket {
        let mut plan = ChainPlan::within(certificate, &self.pool);
        let tasks = plan.take_tasks().into_iter().map(|task| self.task(task)).collect();
        let csr = csr.and_then(|csr| self.task(csr.signature_task()));
        Ticket { plan, tasks, csr }
    }

    /// The signatures to verify, in the order in which outcomes are expected.
    pub fn tasks(&self) -> &[SignatureTask] {
        &self.tasks
    }

    /// Judges a certificate that was added. `outcomes` is what an engine said of [`Batch::tasks`]; one that is missing
    /// counts as not verified.
    pub fn check(
        &self,
        input: &CertificateInput<'_>,
        ticket: &Ticket,
        outcomes: &[SignatureOutcome],
    ) -> CertificateFindings {
        judge(input, self, ticket, outcomes)
    }

    pub(crate) fn surroundings(&self) -> &'a Surroundings {
        self.surroundings
    }

    /// What the outcomes say of a list being signed by this key; nothing when that was not asked.
    pub(crate) fn list_outcome(
        &self,
        list: usize,
        key: &[u8],
        outcomes: &[SignatureOutcome],
    ) -> Option<SignatureOutcome> {
        let signers = self.signers.get(list)?;
        let (_, task) = signers.iter().find(|(signer, _)| *signer == key)?;
        outcomes.get(*task).copied()
    }

    /// Whether the outcomes say that another key than this one signed a list, of an authority of the same name.
    pub(crate) fn is_signed_by_another(
        &self,
        list: usize,
        key: &[u8],
        outcomes: &[SignatureOutcome],
    ) -> bool {
        let signers = self.signers.get(list).map(Vec::as_slice).unwrap_or_default();
        signers
            .iter()
            .any(|(signer, task)| *signer != key && outcomes.get(*task) == Some(&SignatureOutcome::Valid))
    }

    /// The place of a task, added when it is not there yet; nothing beyond the bound.
    fn task(&mut self, task: SignatureTask) -> Option<usize> {
        let hash = self.hasher.hash_one(&task);
        let same = self.seen.entry(hash).or_default();
        let known = same.iter().copied().find(|place| self.tasks.get(*place) == Some(&task));
        if known.is_some() || self.tasks.len() >= MAX_TASKS {
            return known;
        }
        let place = self.tasks.len();
        same.push(place);
        self.tasks.push(task);
        Some(place)
    }
}

impl Ticket {
    /// The outcomes of the plan's tasks.
    pub(crate) fn chain_outcomes(&self, outcomes: &[SignatureOutcome]) -> Vec<SignatureOutcome> {
        let of = |place: &Option<usize>| place.and_then(|place| outcomes.get(place)).copied();
        self.tasks.iter().map(|place| of(place).unwrap_or(SignatureOutcome::Unsupported)).collect()
    }

    /// What the outcomes say of the request's own signature; nothing when there was none, or no answer.
    pub(crate) fn csr_outcome(&self, outcomes: &[SignatureOutcome]) -> Option<SignatureOutcome> {
        outcomes.get(self.csr?).copied()
    }
}

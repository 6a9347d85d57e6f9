//! Checking a certificate: what goes in, what comes out. [`crate::batch`] tells how.

use pki::{
    certificate::Certificate,
    chain::{AnchorKind, Chain},
    key::PublicKey,
    request::CertificationRequest,
    signature::SignatureOutcome,
};
use profiles::{Authority, Gamme, Profile};
use vocabulary::{Environment, Finding, Timestamp, Verdict, identifiers::StructureId};

use crate::{
    Expected, Recognition,
    batch::{Batch, Surroundings, Ticket},
    environment::{self, Signs},
    facts::in_order_of_action,
    recognition,
    revocation::{self, Revocations},
    rules::{self, RULES},
    structure::Structure,
};

/// What is known when a certificate is checked, besides what it shares with others.
#[derive(Clone, Copy, Debug)]
pub struct CertificateInput<'a> {
    /// The certificate.
    pub certificate: &'a Certificate,
    /// The request it answers: the one that was added to the batch with it.
    pub csr: Option<&'a CertificationRequest>,
    /// The private key it goes with.
    pub private_key: PrivateKeyGiven<'a>,
    /// What the person awaits.
    pub expected: &'a Expected,
    /// The moment of the check.
    pub at: Timestamp,
}

/// The private key given with a certificate. Only its public half is ever seen here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrivateKeyGiven<'a> {
    /// The passphrase does not open it.
    Locked,
    /// None was given.
    #[default]
    None,
    /// Its public half.
    Public(&'a PublicKey),
    /// It does not read as a key.
    Unreadable,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct CertificateFindings {
    /// Each applicable code once, gravest first, then in the order in which they are to be acted on.
    pub findings: Vec<Finding>,
    /// What kind of certificate it is, of which product.
    pub recognition: Recognition,
    /// The environment of the pinned authority its signatures lead to, when every sign agrees. Names alone establish
    /// nothing: without such a signature there is none, nor when the engine could verify nothing.
    pub environment: Option<Environment>,
    /// The gamme of that authority, with the same reserve.
    pub gamme: Option<Gamme>,
    /// Whether its signatures lead to a pinned authority of the IGC-Santé, the former PKI not counted. Only then may it
    /// be called one of the IGC-Santé's.
    pub is_igc: bool,
    /// The path signatures prove; ids of pinned anchors are [`Authority::stem`]s.
    pub chain: Chain,
    /// The structure in its subject, when its number is well formed.
    pub structure_id: Option<StructureId>,
    /// Whole days from the moment of the check to the end of validity; negative once expired.
    pub days_left: i64,
    /// When the private key may no longer be used, where the certificate says it.
    pub private_key_not_after: Option<Timestamp>,
    /// Whether a key or a request was given, and matches: only then may it be called theirs.
    pub is_theirs: bool,
    /// Of the lists given ([`Surroundings::lists`]), the one that tells whether it is revoked; nothing when none does.
    pub revocation_list: Option<usize>,
    /// Where the list of its issuer is published: as the pinned issuer does, else as the certificate says.
    pub revocation_address: Option<String>,
}

impl CertificateFindings {
    /// The verdict the findings lead to.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.findings)
    }
}

/// Checks a certificate with every rule that applies to it.
pub(crate) fn judge(
    input: &CertificateInput<'_>,
    batch: &Batch<'_>,
    ticket: &Ticket,
    outcomes: &[SignatureOutcome],
) -> CertificateFindings {
    let context = Context::new(input, batch, ticket, outcomes);
    let mut findings: Vec<Finding> = RULES.iter().filter_map(|rule| (rule.check)(&context)).collect();
    in_order_of_action(&mut findings, &rules::codes());
    let certificate = input.certificate;
    let matches = |key: Option<&PublicKey>| key.is_some_and(|key| key == certificate.public_key());
    let private_key = match input.private_key {
        PrivateKeyGiven::Public(key) => Some(key),
        _ => None,
    };
    let csr = input.csr.map(CertificationRequest::public_key);
    // A request that its own key did not sign does not show whose key it is.
    let csr_proves = context.csr_signature != Some(SignatureOutcome::Invalid);
    let is_theirs = (matches(private_key) || (matches(csr) && csr_proves))
        && private_key.is_none_or(|key| matches(Some(key)))
        && csr.is_none_or(|key| matches(Some(key)));
    let period = certificate.extensions().private_key_usage_period();
    CertificateFindings {
        findings,
        recognition: context.recognition,
        environment: context.environment(),
        gamme: context.pin().and_then(|pin| environment::gamme(certificate, pin)),
        is_igc: context.pin().is_some_and(|pin| !pin.former),
        structure_id: context.structure.as_ref().and_then(Structure::id),
        days_left: input.at.days_until(Timestamp(certificate.not_after())),
        private_key_not_after: period.and_then(|period| period.not_after).map(Timestamp),
        is_theirs,
        revocation_list: context.revocations.judged_by(),
        revocation_address: context.revocations.address,
        chain: context.chain,
    }
}

/// What every rule sees: the input, and what several rules need to know of it.
pub(crate) struct Context<'a> {
    pub(crate) input: &'a CertificateInput<'a>,
    pub(crate) certificate: &'a Certificate,
    pub(crate) expected: &'a Expected,
    pub(crate) surroundings: &'a Surroundings,
    /// What the outcomes say of the request's own signature.
    pub(crate) csr_signature: Option<SignatureOutcome>,
    pub(crate) recognition: Recognition,
    /// The profile usages and names are judged against.
    pub(crate) profile: Option<&'static Profile>,
    pub(crate) signs: Signs,
    pub(crate) structure: Option<Structure>,
    pub(crate) chain: Chain,
    /// What the revocation lists say of it and of the authorities above.
    pub(crate) revocations: Revocations,
}

impl<'a> Context<'a> {
    fn new(
        input: &'a CertificateInput<'a>,
        batch: &Batch<'a>,
        ticket: &Ticket,
        outcomes: &[SignatureOutcome],
    ) -> Self {
        let certificate = input.certificate;
        let recognition = recognition::recognise(certificate);
        let chain = ticket.plan.resolve(&ticket.chain_outcomes(outcomes));
        Self {
            input,
            certificate,
            expected: input.expected,
            surroundings: batch.surroundings(),
            csr_signature: ticket.csr_outcome(outcomes),
            recognition,
            profile: recognition.judged_against(input.expected.product),
            signs: Signs::of(certificate, pin_of(&chain)),
            structure: Structure::of(certificate.subject()),
            revocations: revocation::read(certificate, &chain, batch, outcomes, input.at),
            chain,
        }
    }

    /// The pinned authority that signatures lead to.
    pub(crate) fn pin(&self) -> Option<&'static Authority> {
        pin_of(&self.chain)
    }

    /// The environment, where a pinned authority vouches for it and nothing contradicts it.
    pub(crate) fn environment(&self) -> Option<Environment> {
        self.pin().and_then(|_| self.signs.agreed())
    }

    /// Whether it is, or may be, the certificate of a structure or a server.
    pub(crate) fn is_structure(&self) -> bool {
        self.recognition.kind == crate::EntityKind::Structure
    }

    /// Whether it is an authority's.
    pub(crate) fn is_authority(&self) -> bool {
        self.recognition.kind == crate::EntityKind::Authority
    }
}

fn pin_of(chain: &Chain) -> Option<&'static Authority> {
    match chain.anchor() {
        Some((stem, AnchorKind::Pinned)) => Authority::by_stem(stem),
        _ => None,
    }
}

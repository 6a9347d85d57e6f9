//! What the revocation lists say of a certificate and of the authorities above it: RFC 5280, section 6.3, for lists that
//! are at hand.
//!
//! A list speaks for an authority when that authority's key signed it: the key that signed the certificate, which is
//! pinned or given. An entry of such a list is believed whatever its age, since a revocation is not taken back; that
//! there is no entry is believed only of a full list that is in its time.

use pki::{
    certificate::{Certificate, KeyUsageBit},
    chain::{AnchorKind, Chain},
    crl::{Reason, Revocation, RevocationList},
    signature::SignatureOutcome,
};
use profiles::{Authority, Judgement, SignatureAlgorithm};
use vocabulary::Timestamp;

use crate::{
    batch::{Batch, Surroundings},
    facts::shown,
};

/// What the lists say.
#[derive(Clone, Debug)]
pub(crate) struct Revocations {
    /// Of the certificate itself.
    pub(crate) own: State,
    /// The first authority above it that a list revokes.
    pub(crate) authority: Option<RevokedAuthority>,
    /// Where the list of its issuer is published.
    pub(crate) address: Option<String>,
    /// The short name of its issuer.
    pub(crate) issuer: String,
}

/// What the lists say of one certificate.
#[derive(Clone, Debug)]
pub(crate) enum State {
    /// No list was given for it.
    NoList,
    /// Lists were given, and who signed the certificate is not established: nothing tells whose list it needs.
    NoIssuer,
    /// None of those given is its issuer's.
    Foreign(Foreign),
    /// A list of its issuer, or one that says so.
    List {
        /// Its position among those given.
        list: usize,
        said: Said,
    },
}

/// The lists that were given in place of the issuer's.
#[derive(Clone, Debug)]
pub(crate) enum Foreign {
    /// The list of the authority that signed the issuer.
    Above(String),
    /// Of other authorities, by their names.
    Other(Vec<String>),
    /// Files that do not read as lists.
    Unreadable,
}

/// What one list says of one certificate, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Said {
    /// Revoked at the moment of the check.
    Revoked { date: Timestamp, reason: Option<Why> },
    /// Suspended at the moment of the check.
    Hold { date: Timestamp },
    /// Not revoked at the moment of the check, and revoked since.
    Later { date: Timestamp },
    /// Not revoked.
    Good,
    /// Not listed, by a list made after the certificate's end: it no longer names it.
    AfterExpiry,
    /// Not listed, and the list is past its time.
    Stale { until: Timestamp },
    /// Not listed, and the list was made after the moment of the check.
    NotYet,
    /// Not listed, and nothing says how long the list is good for.
    NoEnd,
    /// Not listed in a list of changes.
    Delta,
    /// Taken off by a list of changes.
    TakenOff,
    /// Not listed in a list that does not cover it.
    Partial,
    /// The list has conditions that are not known.
    Conditions,
    /// Its issuer's name, another key.
    OtherKey,
    /// Its issuer may not sign lists.
    NotAllowed,
    /// Its signature could not be verified, or proves nothing.
    Unverified,
    /// Its issuer's name, and not its signature.
    Forged,
}

/// Why a certificate was revoked, in the order of RFC 5280.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Why(pub(crate) &'static str);

/// An authority that a list of its own issuer revokes.
#[derive(Clone, Debug)]
pub(crate) struct RevokedAuthority {
    pub(crate) name: String,
    pub(crate) date: Timestamp,
    pub(crate) reason: Option<Why>,
}

impl Revocations {
    /// The list that tells whether the certificate is revoked.
    pub(crate) fn judged_by(&self) -> Option<usize> {
        match self.own {
            State::List { list, said } if said <= Said::Good => Some(list),
            _ => None,
        }
    }
}

/// Asks the lists of the batch.
pub(crate) fn read(
    certificate: &Certificate,
    chain: &Chain,
    batch: &Batch<'_>,
    outcomes: &[SignatureOutcome],
    at: Timestamp,
) -> Revocations {
    let path = Path { certificate, chain, surroundings: batch.surroundings() };
    let ask = |below: &Holder<'_>, issuer: &Issuer<'_>| {
        let mut answers: Vec<(usize, Said, i64)> = Vec::new();
        for (position, list) in path.surroundings.lists_of(&issuer.name) {
            let outcome = batch.list_outcome(position, issuer.key, outcomes);
            let mut said = says(list, outcome, below, issuer, at);
            if said == Said::Forged && batch.is_signed_by_another(position, issuer.key, outcomes) {
                said = Said::OtherKey;
            }
            answers.push((position, said, list.this_update()));
        }
        best(&answers)
    };
    let issuer = path.issuer(0);
    let mut own = match &issuer {
        Some(issuer) => ask(&path.holder(0), issuer).map(|(list, said)| State::List { list, said }),
        None => None,
    };
    if own.is_none() {
        own = path.without_list(issuer.as_ref());
    }
    let above = (1..chain.elements.len().saturating_add(1)).find_map(|position| {
        let issuer = path.issuer(position)?;
        let (date, reason) = match ask(&path.holder(position), &issuer)?.1 {
            Said::Revoked { date, reason } => (date, reason),
            Said::Hold { date } => (date, Some(HOLD)),
            _ => return None,
        };
        Some(RevokedAuthority { name: path.name(position), date, reason })
    });
    Revocations {
        own: own.unwrap_or(State::NoList),
        authority: above,
        address: path.address(issuer.as_ref()),
        issuer: short(certificate.issuer()),
    }
}

/// The path of the certificate, and who stands where in it.
struct Path<'a> {
    certificate: &'a Certificate,
    chain: &'a Chain,
    surroundings: &'a Surroundings,
}

/// A certificate that lists are asked about.
struct Holder<'a> {
    serial: Vec<u8>,
    /// None for a pinned authority, known without its certificate.
    certificate: Option<&'a Certificate>,
    is_authority: bool,
}

/// An authority that signed a certificate, as the path proves it.
struct Issuer<'a> {
    /// As it is printed.
    name: String,
    key: &'a [u8],
    key_id: Option<&'a [u8]>,
    may_sign_lists: bool,
    pin: Option<&'static Authority>,
}

impl<'a> Path<'a> {
    /// The certificate at this place of the path, where there is one.
    fn certificate(&self, position: usize) -> Option<&'a Certificate> {
        match position {
            0 => Some(self.certificate),
            _ => self.surroundings.certificate(self.chain.elements.get(position)?.extra?),
        }
    }

    /// The pinned authority at this place.
    fn pin(&self, position: usize) -> Option<&'static Authority> {
        match self.chain.elements.get(position)?.anchor.as_ref()? {
            (stem, AnchorKind::Pinned) => Authority::by_stem(stem),
            _ => None,
        }
    }

    fn name(&self, position: usize) -> String {
        let pinned = self.pin(position).map(|pin| pin.name().to_owned());
        pinned.or_else(|| self.certificate(position).map(|ca| short(ca.subject()))).unwrap_or_default()
    }

    fn holder(&self, position: usize) -> Holder<'a> {
        let certificate = self.certificate(position);
        let serial = certificate.map(|certificate| certificate.serial_content().to_vec());
        // The pinned number is a magnitude: a zero in front keeps it positive.
        let pinned = || self.pin(position).map(|pin| [&[0], pin.serial()].concat());
        Holder {
            serial: serial.or_else(pinned).unwrap_or_default(),
            certificate,
            is_authority: position > 0 || self.certificate.is_ca(),
        }
    }

    /// Who signed what stands at this place: the next one of a path that leads to a key that is pinned or given, or the
    /// pinned parent of a pinned authority.
    fn issuer(&self, position: usize) -> Option<Issuer<'a>> {
        let above = position.checked_add(1)?;
        if let Some(parent) = self.pin(above).or_else(|| self.pin(position)?.issuer()) {
            return Some(Issuer {
                name: parent.subject.to_owned(),
                key: parent.public_key(),
                key_id: Some(parent.key_identifier()),
                may_sign_lists: true,
                pin: Some(parent),
            });
        }
        // Nobody vouches for what stands above the anchor.
        if self.chain.anchored_at < Some(above) {
            return None;
        }
        let ca = self.certificate(above)?;
        let usage = ca.extensions().key_usage();
        Some(Issuer {
            name: ca.subject().rfc4514(),
            key: ca.public_key().spki(),
            key_id: ca.extensions().subject_key_id(),
            may_sign_lists: usage.is_none_or(|usage| usage.has(KeyUsageBit::CrlSign)),
            pin: None,
        })
    }

    /// Why no list of the issuer was found.
    fn without_list(&self, issuer: Option<&Issuer<'_>>) -> Option<State> {
        const MOST: usize = 3;
        let (readable, unreadable) = self.surroundings.lists_given();
        // A root answers for itself: no list is about it.
        if self.certificate.is_self_issued() || (readable, unreadable) == (0, 0) {
            return None;
        }
        if readable == 0 {
            return Some(State::Foreign(Foreign::Unreadable));
        }
        if issuer.is_none() {
            return Some(State::NoIssuer);
        }
        if let Some(above) = self.issuer(1)
            && self.surroundings.lists_of(&above.name).next().is_some()
        {
            let printed = above.pin.map(|pin| pin.name().to_owned());
            let name = printed.or_else(|| self.certificate(2).map(|ca| short(ca.subject())));
            return Some(State::Foreign(Foreign::Above(name.unwrap_or(above.name))));
        }
        let mut names: Vec<String> = Vec::new();
        for list in self.surroundings.lists() {
            let name = short(list.issuer());
            if names.len() < MOST && !names.contains(&name) {
                names.push(name);
            }
        }
        Some(State::Foreign(Foreign::Other(names)))
    }

    /// Where the issuer's list is: as the pinned issuer publishes it, else as the certificate says.
    fn address(&self, issuer: Option<&Issuer<'_>>) -> Option<String> {
        let published = issuer.and_then(|issuer| issuer.pin).and_then(Authority::crl_address);
        published.or_else(|| {
            let addresses = self.certificate.extensions().crl_addresses();
            addresses.iter().find(|address| address.starts_with("http")).map(|address| shown(address))
        })
    }
}

/// What one list that has the issuer's name says.
fn says(
    list: &RevocationList,
    outcome: Option<SignatureOutcome>,
    below: &Holder<'_>,
    issuer: &Issuer<'_>,
    at: Timestamp,
) -> Said {
    let algorithm = SignatureAlgorithm::of(list.signature_algorithm().name());
    let is_sound = list.signature_algorithms_agree()
        && algorithm.is_some_and(|algorithm| algorithm.judgement != Judgement::Refused);
    match outcome {
        Some(SignatureOutcome::Invalid) => return Said::Forged,
        Some(SignatureOutcome::Valid) if is_sound => {}
        _ => return Said::Unverified,
    }
    let differs = |id: &[u8]| issuer.key_id.is_some_and(|known| known != id);
    if list.authority_key_id().is_some_and(differs) {
        return Said::OtherKey;
    }
    if !issuer.may_sign_lists {
        return Said::NotAllowed;
    }
    if !list.unknown_critical().is_empty() {
        return Said::Conditions;
    }
    let scope = list.scope();
    if scope.is_some_and(|scope| scope.indirect || scope.only_attribute_certificates) {
        return Said::Partial;
    }
    match list.revocation_of(&below.serial) {
        // Only lists of changes take entries off.
        Some(entry) if entry.reason == Some(Reason::RemoveFromCrl) && list.is_delta() => {
            return if Timestamp(entry.date) > at { Said::Delta } else { Said::TakenOff };
        }
        Some(entry) if entry.reason != Some(Reason::RemoveFromCrl) => return entered(&entry, at),
        _ if list.is_delta() => return Said::Delta,
        _ => {}
    }
    if scope.is_some_and(|scope| !covers(scope, below)) {
        return Said::Partial;
    }
    let made = Timestamp(list.this_update());
    if below.certificate.is_some_and(|certificate| Timestamp(certificate.not_after()) < made) {
        return Said::AfterExpiry;
    }
    match list.next_update().map(Timestamp) {
        None => Said::NoEnd,
        Some(until) if at > until => Said::Stale { until },
        Some(_) if at < made => Said::NotYet,
        Some(_) => Said::Good,
    }
}

fn entered(entry: &Revocation, at: Timestamp) -> Said {
    let date = Timestamp(entry.date);
    match entry.reason {
        _ if date > at => Said::Later { date },
        Some(Reason::CertificateHold) => Said::Hold { date },
        reason => Said::Revoked { date, reason: reason.map(why) },
    }
}

/// Whether a list of a part of the certificates covers this one.
fn covers(scope: &pki::crl::Scope, below: &Holder<'_>) -> bool {
    let is_of_kind = match below.is_authority {
        true => !scope.only_user_certificates,
        false => !scope.only_authority_certificates,
    };
    let named = || {
        let points = below.certificate.map(|certificate| certificate.extensions().crl_addresses());
        let names = points.unwrap_or_default();
        scope.addresses.iter().any(|address| names.contains(address))
    };
    is_of_kind && !scope.only_some_reasons && (!scope.distribution_point || named())
}

/// The most telling answer; of equal ones, that of the newest list.
fn best(answers: &[(usize, Said, i64)]) -> Option<(usize, Said)> {
    // A suspension that a newer list no longer names, or takes off, was lifted.
    let lifting =
        |said: &Said| matches!(said, Said::Good | Said::Stale { .. } | Said::NotYet | Said::TakenOff);
    let newest = answers.iter().filter(|(_, said, _)| lifting(said)).map(|(_, _, made)| *made).max();
    let lifted = |said: Said, made: i64| matches!(said, Said::Hold { .. }) && newest > Some(made);
    let rank = |said: Said| match said {
        // Whatever their dates.
        Said::Stale { .. } => Said::Stale { until: Timestamp(0) },
        other => other,
    };
    answers
        .iter()
        .filter(|(_, said, made)| !lifted(*said, *made))
        .min_by_key(|(_, said, made)| (rank(*said), std::cmp::Reverse(*made)))
        .map(|(list, said, _)| (*list, *said))
}

const HOLD: Why = Why("revocation-reason.hold");

/// The term of a reason.
const fn why(reason: Reason) -> Why {
    Why(match reason {
        Reason::KeyCompromise => "revocation-reason.key",
        Reason::CaCompromise | Reason::AaCompromise => "revocation-reason.authority",
        Reason::AffiliationChanged => "revocation-reason.affiliation",
        Reason::Superseded => "revocation-reason.superseded",
        Reason::CessationOfOperation => "revocation-reason.cessation",
        Reason::CertificateHold => "revocation-reason.hold",
        Reason::PrivilegeWithdrawn => "revocation-reason.privilege",
        Reason::Unspecified | Reason::RemoveFromCrl | Reason::Other(_) => "revocation-reason.none",
    })
}

/// The common name, else the whole name.
fn short(name: &pki::name::DistinguishedName) -> String {
    shown(&name.common_name().unwrap_or_else(|| name.rfc4514()))
}

//! The key of a request.

use pki::key::PublicKey;
use profiles::KEYS;
use vocabulary::{Document, Error, Finding, Severity, Source, topics::requests as topics};

use super::{Accepted, CODES, Wanted, WantedKey, refusal};
use crate::{
    facts::{in_order_of_action, rsa, source},
    rules::{judge_strength, judge_weakness},
};

const ONE_KEY: Source = source(Document::HOP, "un certificat et une clé par instance");
const OWN_CHOICE: Source = source(Document::ESTAMPILLE, "remise de la clé");

impl Accepted {
    /// Judges a key that exists already, once it is opened: the error `key-strength` or `weak-key`, field
    /// `key.privateKey`, when no certificate should bear it; else what is to be told of it joins the findings.
    pub fn judge_key(&mut self, key: &PublicKey) -> Result<(), Error> {
        for finding in [Some(judge_strength(key)), judge_weakness(key)].into_iter().flatten() {
            match finding.severity {
                Severity::Error => return Err(refusal(finding, "key.privateKey")),
                Severity::Ok => {}
                _ => self.findings.push(finding),
            }
        }
        in_order_of_action(&mut self.findings, CODES);
        Ok(())
    }
}

/// What is known of the key before it is there.
pub(super) fn notes(wanted: &Wanted<'_>, findings: &mut Vec<Finding>) {
    match wanted.key {
        WantedKey::Reused => findings.push(Finding::warning(topics::KEY_REUSED).from_source(ONE_KEY)),
        WantedKey::New { bits } if KEYS.rsa_bits_unconfirmed.contains(&bits) => findings.push(
            Finding::warning(topics::KEY_STRENGTH_UNCONFIRMED)
                .with("found", rsa(bits))
                .with("expected", rsa(KEYS.rsa_bits_default))
                .from_sources(KEYS.sources),
        ),
        WantedKey::New { .. } => {}
    }
    if wanted.plain_key {
        findings.push(Finding::warning(topics::PLAIN_KEY).from_source(OWN_CHOICE));
    }
}

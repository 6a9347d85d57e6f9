//! Opening encrypted keys and containers with the passphrases given for the whole set.

use std::collections::BTreeMap;

use pki::{
    encrypted_key,
    engine::{Engine, EngineError},
    file::{self, Contents, Encoding, Item, Note},
    key::{KeyError, PublicKey},
    passphrase::Passphrase,
};
use vocabulary::{Finding, topics::sets as topics};

use super::{MAX_PASSPHRASES, as_finding};
use crate::{contract::SetOptions, failure};

/// What may be spent in all on looking for passphrases, in rounds of derivation: some minutes.
const MAX_ROUNDS: u64 = 1_200_000_000;

/// What a try costs at least, however few its rounds.
const LEAST_ROUNDS: u64 = 100_000;

/// What became of a file that is encrypted as a whole.
pub(super) enum Opening {
    /// It stays closed, and why.
    Closed(Finding),
    /// It is not one.
    NotTried,
    /// A passphrase opened it.
    Opened,
}

/// The passphrases, the one that opened last first: people use one for many files.
pub(super) struct Opener {
    passphrases: Vec<Passphrase>,
    rounds_left: u64,
    /// What became of the keys already tried, by DER: the same file may have come twice.
    known: BTreeMap<Vec<u8>, Result<PublicKey, Finding>>,
}

impl Default for Opener {
    fn default() -> Self {
        Self { passphrases: Vec::new(), rounds_left: MAX_ROUNDS, known: BTreeMap::new() }
    }
}

impl Opener {
    pub(super) fn new(options: &SetOptions) -> Self {
        let given = options.passphrases.iter().flatten().take(MAX_PASSPHRASES);
        let passphrases = given.map(|secret| Passphrase::new(secret.expose().to_owned())).collect();
        Self { passphrases, ..Self::default() }
    }

    /// The public half of an encrypted key, else why it stays closed.
    pub(super) async fn open(&mut self, engine: &impl Engine, der: Vec<u8>) -> Result<PublicKey, Finding> {
        if let Some(known) = self.known.get(&der) {
            return known.clone();
        }
        let outcome = self.open_key(engine, &der).await;
        self.known.insert(der, outcome.clone());
        outcome
    }

    async fn open_key(&mut self, engine: &impl Engine, der: &[u8]) -> Result<PublicKey, Finding> {
        let rounds = encrypted_key::rounds(der);
        for index in 0..self.passphrases.len() {
            self.spend(rounds)?;
            let Some(passphrase) = self.passphrases.get(index) else { break };
            match engine.decrypt(der, passphrase).await {
                Ok(key) => {
                    self.passphrases.swap(0, index);
                    return Ok(key.public_key().clone());
                }
                Err(EngineError::WrongPassphrase) => {}
                Err(error) => return Err(as_finding(failure::engine(&error, "", ""))),
            }
        }
        Err(self.closed())
    }

    /// What a file holds, opened where only the whole file can be: a container, or a key encrypted the old way.
    pub(super) fn open_file(&mut self, bytes: &[u8], contents: Contents) -> (Contents, Opening) {
        let is_old = |item: &Item| match item {
            Item::UnusableKey(key) => key.error == KeyError::LegacyEncryption,
            _ => false,
        };
        let is_whole = contents.encoding == Encoding::Pkcs12 || contents.items.iter().any(is_old);
        if !is_whole || !contents.notes.contains(&Note::PassphraseNeeded) {
            return (contents, Opening::NotTried);
        }
        for index in 0..self.passphrases.len() {
            if let Err(finding) = self.spend(0) {
                return (contents, Opening::Closed(finding));
            }
            let Some(passphrase) = self.passphrases.get(index) else { break };
            let Ok(opened) = file::read_with(bytes, core::slice::from_ref(passphrase)) else { break };
            // What a container costs is known afterwards; one alone is bounded.
            self.rounds_left = self.rounds_left.saturating_sub(opened.rounds);
            if !opened.notes.contains(&Note::WrongPassphrase) {
                self.passphrases.swap(0, index);
                return (opened, Opening::Opened);
            }
        }
        let closed = self.closed();
        (contents, Opening::Closed(closed))
    }

    fn spend(&mut self, rounds: u64) -> Result<(), Finding> {
        let cost = rounds.max(LEAST_ROUNDS);
        let left = self.rounds_left.checked_sub(cost);
        self.rounds_left = left.ok_or_else(|| Finding::warning(topics::KEY_LOCKED_NOT_TRIED))?;
        Ok(())
    }

    /// No passphrase was given, or none opens it.
    fn closed(&self) -> Finding {
        match self.passphrases.len() {
            0 => Finding::warning(topics::KEY_LOCKED),
            count => Finding::warning(topics::KEY_LOCKED_WRONG).with("count", count),
        }
    }
}

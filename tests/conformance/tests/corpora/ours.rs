//! What we read in a file, by the reader that the product uses.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use pki::file::{self, Contents, Encoding, Item, Note};
use pki::passphrase::Passphrase;

use crate::kind::Kind;

#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// What was read.
    pub(crate) kinds: BTreeSet<Kind>,
    /// Why something was not, in words of our own.
    pub(crate) refused: BTreeSet<String>,
    pub(crate) time: Duration,
}

impl Reading {
    pub(crate) fn of(path: &Path, passphrases: &[String]) -> Self {
        let bytes = fs::read(path).expect("a file of the corpus is read");
        let passphrases: Vec<Passphrase> = passphrases.iter().cloned().map(Passphrase::new).collect();
        let started = Instant::now();
        let read = file::read_with(&bytes, &passphrases);
        let mut reading = Self { time: started.elapsed(), ..Self::default() };
        match read {
            Ok(contents) => reading.count(&contents),
            Err(error) => reading.refuse(&error),
        }
        reading
    }

    /// Containers count as such, as they do for OpenSSL, and not by what they hold.
    fn count(&mut self, contents: &Contents) {
        contents.problems.iter().for_each(|problem| self.refuse(&problem.fault));
        contents.notes.iter().for_each(|note| self.refuse(note));
        let is_closed = |note: &Note| {
            let closed =
                [Note::WrongPassphrase, Note::KeyPassphrase, Note::PassphraseNeeded, Note::TooMuchWork];
            matches!(note, Note::Pkcs12(_) | Note::UnreadEncryption(_)) || closed.contains(note)
        };
        let container = match contents.encoding {
            Encoding::Pkcs12 if !contents.notes.iter().any(is_closed) => Some(Kind::Pkcs12),
            Encoding::Pkcs7 if !contents.items.is_empty() => Some(Kind::Pkcs7),
            Encoding::Pkcs12 | Encoding::Pkcs7 => None,
            _ => return contents.items.iter().for_each(|item| self.note(item)),
        };
        self.kinds.extend(container);
    }

    fn note(&mut self, item: &Item) {
        let kind = match item {
            Item::Certificate(_) => Kind::Certificate,
            Item::Request(_) => Kind::Request,
            Item::RevocationList(_) => Kind::RevocationList,
            Item::PrivateKey(_) | Item::OpenedPrivateKey { .. } => Kind::PrivateKey,
            Item::PublicKey(_) => Kind::PublicKey,
            Item::EncryptedPrivateKey(_) => return self.refuse(&"still encrypted"),
            Item::UnusableKey(key) => return self.refuse(&key.error),
            Item::Other { label, .. } => return self.refuse(&format!("not named {label}")),
            other => panic!("a new kind of item, to be counted: {other:?}"),
        };
        self.kinds.insert(kind);
    }

    fn refuse(&mut self, why: &impl std::fmt::Debug) {
        self.refused.insert(format!("{why:?}"));
    }
}

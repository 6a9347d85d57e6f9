//! What the files hold, each thing once.

use std::collections::BTreeMap;

use pki::{
    certificate::Certificate,
    crl::RevocationList,
    engine::Engine,
    file::{self, Contents, Encoding, Item, Note, UnusableKey},
    key::{KeyError, PublicKey},
    request::CertificationRequest,
};
use vocabulary::{
    Finding, Severity,
    topics::{failures, sets as topics},
};

use super::{
    MAX_CERTIFICATES, MAX_FILES, MAX_OCTETS, as_finding,
    keys::{Opener, Opening},
};
use crate::{
    contract::{SetFile, SetOptions},
    failure, identify,
};

/// What the files hold.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    /// Everything, in the order of the files.
    pub(super) entries: Vec<Entry>,
    /// The certificates, authorities' too, each once.
    pub(super) certificates: Vec<Certificate>,
    /// The requests, each once.
    pub(super) requests: Vec<CertificationRequest>,
    /// The private keys that could be opened, each once: their public halves.
    pub(super) keys: Vec<PublicKey>,
    /// The revocation lists, each once.
    pub(super) lists: Vec<RevocationList>,
    /// For each, how the options call it, when they gave it.
    pub(super) list_names: Vec<Option<String>>,
    /// The authorities trusted for this check.
    pub(super) given: Vec<Certificate>,
    /// What was too much, and what the options gave that does not read.
    pub(super) notes: Vec<Finding>,
}

/// One thing, where it stands.
#[derive(Debug)]
pub(super) struct Entry {
    /// Which file.
    pub(super) file: usize,
    /// Where in it, from 1.
    pub(super) position: usize,
    /// What it is.
    pub(super) what: What,
    /// What is to be said of the file, with its first thing.
    pub(super) remarks: Vec<Finding>,
}

/// What a thing is; numbers are positions in the lists of [`Inventory`].
#[derive(Debug)]
pub(super) enum What {
    /// The certificate of an authority.
    Authority(usize),
    /// Another certificate.
    Certificate(usize),
    /// A private key that is in clear, or opened.
    Key { key: usize, encrypted: bool },
    /// A revocation list.
    List(usize),
    /// A private key that stays closed, and why.
    Locked(Finding),
    /// Something else, its kind, and what is said of it.
    Other(&'static str, Vec<Finding>),
    /// A request.
    Request(usize),
    /// A private key that cannot be used, and why.
    Unusable(Finding),
}

impl Inventory {
    /// Reads every file once, and tries the passphrases on what is encrypted. Takes a time proportional to the octets,
    /// and to the bounded number of passphrases tried.
    pub(super) async fn read(
        engine: &impl Engine,
        files: &[SetFile],
        options: &SetOptions,
        progress: &impl Fn(usize),
    ) -> Self {
        let mut reader = Reader { opener: Opener::new(options), ..Reader::default() };
        let mut octets = 0_usize;
        for (index, file) in files.iter().take(MAX_FILES).enumerate() {
            octets = octets.saturating_add(file.bytes.as_bytes().len());
            if octets > MAX_OCTETS {
                reader.beyond_octets(index);
            } else {
                reader.file(engine, index, file).await;
            }
            progress(index.saturating_add(1));
        }
        reader.options(options);
        if files.len() > MAX_FILES {
            let finding = Finding::error(topics::TOO_MANY_FILES);
            reader.found.notes.push(finding.with("found", files.len()).with("most", MAX_FILES));
        }
        if reader.refused_certificates > 0 {
            let found = MAX_CERTIFICATES.saturating_add(reader.refused_certificates);
            reader.too_many(found, MAX_CERTIFICATES);
        }
        reader.found
    }

    /// The private keys that stand in several files.
    pub(super) fn repeated_keys(&self, files: &[SetFile]) -> Vec<Finding> {
        let mut of_key: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for entry in &self.entries {
            if let What::Key { key, .. } = entry.what {
                let found = of_key.entry(key).or_default();
                if !found.contains(&entry.file) {
                    found.push(entry.file);
                }
            }
        }
        let repeated = of_key.into_iter().filter(|(_, found)| found.len() > 1);
        repeated
            .filter_map(|(key, found)| {
                let digest: String = self.keys.get(key)?.sha256().chars().take(16).collect();
                let names = found.iter().filter_map(|file| Some(files.get(*file)?.name.as_str()));
                Some(
                    Finding::info(topics::DUPLICATE_FILE_KEY)
                        .with("count", found.len())
                        .with("files", super::names(names))
                        .with("key", digest),
                )
            })
            .collect()
    }
}

#[derive(Default)]
struct Reader {
    found: Inventory,
    opener: Opener,
    /// Positions of what was met, by DER.
    certificates: BTreeMap<Vec<u8>, usize>,
    requests: BTreeMap<Vec<u8>, usize>,
    keys: BTreeMap<Vec<u8>, usize>,
    lists: BTreeMap<Vec<u8>, usize>,
    refused_certificates: usize,
}

impl Reader {
    async fn file(&mut self, engine: &impl Engine, index: usize, file: &SetFile) {
        let bytes = file.bytes.as_bytes();
        let mut found = Vec::new();
        let mut remarks = Vec::new();
        match file::read(bytes) {
            Ok(contents) => {
                let (mut contents, opening) = self.opener.open_file(bytes, contents);
                self.notes(&mut contents, &mut found);
                remarks = identify::remarks(&contents);
                let what = |contents: &Contents| identify::content(contents);
                let named = if contents.items.iter().any(is_used) { Vec::new() } else { what(&contents) };
                let hides_certificates =
                    contents.encoding == Encoding::Pkcs12 && contents.certificates().next().is_none();
                for item in contents.items {
                    self.item(engine, item, &opening, &mut found).await;
                }
                if let Opening::Closed(closed) = opening
                    && hides_certificates
                {
                    let needed = closed.topic == topics::KEY_LOCKED;
                    let said = if needed { Finding::warning(topics::CONTAINER_LOCKED) } else { closed };
                    found.push(What::Other("container", vec![said]));
                } else if found.is_empty() {
                    remarks.splice(0..0, named);
                }
            }
            Err(error) => remarks.push(identify::unread(&error).1),
        }
        if found.is_empty() {
            found.push(What::Other("other", Vec::new()));
        }
        // Something else among many files is to be looked at; it does not make the others worse.
        for finding in &mut remarks {
            finding.severity = finding.severity.min(Severity::Warning);
        }
        for (position, what) in found.into_iter().enumerate() {
            let position = position.saturating_add(1);
            self.found.entries.push(Entry {
                file: index,
                position,
                what,
                remarks: core::mem::take(&mut remarks),
            });
        }
    }

    /// Takes out what is told otherwise here: passphrases, keys of Java, bounds.
    fn notes(&mut self, contents: &mut Contents, found: &mut Vec<What>) {
        for note in &contents.notes {
            match note {
                // Only Java opens them.
                Note::JavaKeys { .. } => {
                    found.push(What::Other("container", identify::content(contents)));
                }
                Note::TooManyItems { most } => self.too_many(most.saturating_add(1), *most),
                _ => {}
            }
        }
        contents.notes.retain(|note| {
            !matches!(
                note,
                Note::PassphraseNeeded
                    | Note::WrongPassphrase
                    | Note::JavaKeys { .. }
                    | Note::TooManyItems { .. }
            )
        });
    }

    async fn item(&mut self, engine: &impl Engine, item: Item, opening: &Opening, found: &mut Vec<What>) {
        match item {
            Item::Certificate(certificate) => found.extend(self.certificate(*certificate)),
            Item::Request(request) => {
                let requests = &mut self.found.requests;
                let raw = request.raw().to_vec();
                let index = *self.requests.entry(raw).or_insert_with(|| add(requests, *request));
                found.push(What::Request(index));
            }
            Item::PrivateKey(key) => {
                let key = self.key(key.public_key().clone());
                found.push(What::Key { key, encrypted: matches!(opening, Opening::Opened) });
            }
            Item::OpenedPrivateKey { key, .. } => {
                let key = self.key(key.public_key().clone());
                found.push(What::Key { key, encrypted: true });
            }
            Item::EncryptedPrivateKey(der) => {
                let opened = match opening {
                    Opening::Closed(closed) => Err(closed.clone()),
                    _ => self.opener.open(engine, der).await,
                };
                found.push(match opened {
                    Ok(key) => What::Key { key: self.key(key), encrypted: true },
                    Err(closed) => What::Locked(closed),
                });
            }
            // One that is not for us may be a certificate's all the same.
            Item::UnusableKey(UnusableKey { public_key: Some(key), .. }) => {
                let key = self.key(key);
                found.push(What::Key { key, encrypted: false });
            }
            Item::UnusableKey(key) => found.push(match opening {
                Opening::Closed(closed) if key.error == KeyError::LegacyEncryption => {
                    What::Locked(closed.clone())
                }
                _ => What::Unusable(as_finding(failure::key(&key.error, ""))),
            }),
            Item::RevocationList(der) => self.list_item(&der, found),
            _ => {}
        }
    }

    fn too_many(&mut self, found: usize, most: usize) {
        let finding = Finding::error(topics::TOO_MANY_CERTIFICATES);
        self.found.notes.push(finding.with("found", found).with("most", most));
    }

    fn list_item(&mut self, der: &[u8], found: &mut Vec<What>) {
        found.push(match self.list(der, None) {
            Some(list) => What::List(list),
            None => What::Other("crl", vec![Finding::warning(topics::LIST_UNREADABLE)]),
        });
    }

    /// Nothing beyond the bound.
    fn certificate(&mut self, certificate: Certificate) -> Option<What> {
        let index = match self.certificates.get(certificate.raw()) {
            Some(index) => *index,
            None if self.found.certificates.len() >= MAX_CERTIFICATES => {
                self.refused_certificates = self.refused_certificates.saturating_add(1);
                return None;
            }
            None => {
                let raw = certificate.raw().to_vec();
                let index = add(&mut self.found.certificates, certificate);
                self.certificates.insert(raw, index);
                index
            }
        };
        let is_authority = self.found.certificates.get(index)?.is_ca();
        Some(if is_authority { What::Authority(index) } else { What::Certificate(index) })
    }

    fn key(&mut self, key: PublicKey) -> usize {
        let keys = &mut self.found.keys;
        *self.keys.entry(key.spki().to_vec()).or_insert_with(|| add(keys, key))
    }

    /// Nothing when it does not read to its end.
    fn list(&mut self, der: &[u8], name: Option<String>) -> Option<usize> {
        if let Some(list) = self.lists.get(der) {
            return Some(*list);
        }
        let list = add(&mut self.found.lists, RevocationList::read(der).ok()?);
        self.found.list_names.push(name);
        self.lists.insert(der.to_vec(), list);
        Some(list)
    }

    /// Lists and authorities given beside the files.
    fn options(&mut self, options: &SetOptions) {
        for (index, file) in options.crls.iter().flatten().enumerate() {
            let items = file::read(file.as_bytes()).map(|contents| contents.items).unwrap_or_default();
            let lists = items.iter().filter_map(|item| match item {
                Item::RevocationList(der) => self.list(der, Some(format!("crls[{index}]"))),
                _ => None,
            });
            if lists.count() == 0 {
                self.found.notes.push(Finding::warning(topics::LIST_UNREADABLE));
            }
        }
        for file in options.trust_anchors.iter().flatten() {
            let contents = file::read(file.as_bytes()).ok();
            let before = self.found.given.len();
            self.found.given.extend(contents.iter().flat_map(|contents| contents.certificates()).cloned());
            if self.found.given.len() == before {
                self.found.notes.push(Finding::warning(failures::SIDE_FILE_ANCHOR));
            }
        }
    }

    fn beyond_octets(&mut self, index: usize) {
        let finding = Finding::error(topics::TOO_MANY_OCTETS).with("most", MAX_OCTETS.div_euclid(1_000_000));
        if !self.found.notes.contains(&finding) {
            self.found.notes.push(finding);
        }
        let what = What::Other("other", Vec::new());
        self.found.entries.push(Entry { file: index, position: 1, what, remarks: Vec::new() });
    }
}

/// Whether a thing is one of those that a set is made of.
fn is_used(item: &Item) -> bool {
    !matches!(item, Item::PublicKey(_) | Item::Other { .. })
}

fn add<T>(list: &mut Vec<T>, thing: T) -> usize {
    list.push(thing);
    list.len().saturating_sub(1)
}

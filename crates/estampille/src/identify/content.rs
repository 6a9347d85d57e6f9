//! What a file holds: its items, and the sentence that names it.

use pki::{
    certificate::Certificate,
    crl::RevocationList,
    file::{Contents, Encoding, Item, Note, UnusableKey},
    key::{KeyError, PublicKey},
    name::DistinguishedName,
};
use vocabulary::{
    Finding, Topic,
    topics::{failures, files as topics},
};

use crate::{
    contract::{FileInput, FileItem, Word},
    failure,
    material::end_entity,
};

/// The longest label, in letters.
const LONGEST: usize = 120;

/// The items of the contract.
pub(super) fn items(contents: &Contents) -> Vec<FileItem> {
    contents.items.iter().filter_map(item).collect()
}

fn item(item: &Item) -> Option<FileItem> {
    let (kind, label, der) = match item {
        Item::Certificate(certificate) => ("certificate", name_of(certificate), certificate.raw()),
        Item::EncryptedPrivateKey(der) => ("encrypted-private-key", "PKCS #8".to_owned(), der.as_slice()),
        Item::OpenedPrivateKey { key, sealed } => {
            ("encrypted-private-key", key_label(key.public_key()), sealed.as_slice())
        }
        Item::PrivateKey(key) => ("private-key", key_label(key.public_key()), key.pkcs8()),
        Item::PublicKey(key) => ("public-key", key_label(key), key.spki()),
        Item::Request(request) => ("csr", short_name(request.subject()), request.raw()),
        Item::RevocationList(der) => ("crl", issuer(der), der.as_slice()),
        Item::UnusableKey(key) => {
            let kind = match key.error {
                KeyError::LegacyEncryption => "encrypted-private-key",
                _ => "private-key",
            };
            (kind, unusable_label(key), key.der.as_slice())
        }
        _ => return None,
    };
    Some(FileItem { kind: Word::Borrowed(kind), label, der: FileInput::new(der.to_vec()) })
}

/// What is said first: what the file is.
pub(super) fn of(contents: &Contents) -> Vec<Finding> {
    let counts = Counts::of(contents);
    let mut found = Vec::new();
    let is_container = matches!(contents.encoding, Encoding::Jks | Encoding::Pkcs7 | Encoding::Pkcs12);
    found.extend(if is_container { container(contents, &counts) } else { content(contents, &counts) });
    for item in &contents.items {
        match item {
            Item::PrivateKey(_) if !is_container => found.push(Finding::warning(topics::CLEAR_KEY)),
            Item::UnusableKey(key) => found.push(unusable(key)),
            _ => {}
        }
    }
    // One sentence serves any number of them.
    let mut seen: Vec<Topic> = Vec::new();
    found.retain(|finding| {
        let is_new = !seen.contains(&finding.topic);
        seen.push(finding.topic);
        is_new
    });
    found
}

fn container(contents: &Contents, counts: &Counts) -> Option<Finding> {
    let with =
        |topic| Finding::info(topic).with("certificates", counts.certificates).with("keys", counts.keys);
    match contents.encoding {
        Encoding::Jks => {
            let keys = contents.notes.iter().find_map(|note| match note {
                Note::JavaKeys { count } => Some(*count),
                _ => None,
            });
            Some(match keys {
                Some(count) => Finding::warning(topics::JAVA_KEYSTORE)
                    .with("certificates", counts.certificates)
                    .with("keys", count),
                // What was not read is said by the remarks.
                None if contents.items.is_empty() && !contents.notes.is_empty() => return None,
                None => with(topics::JAVA_TRUSTSTORE),
            })
        }
        // What was not read is said by the remarks.
        Encoding::Pkcs7 if contents.items.is_empty() => None,
        Encoding::Pkcs7 => Some(with(topics::PKCS7).with("lists", counts.lists)),
        // Its certificates may still be closed: no number is right then.
        Encoding::Pkcs12 if counts.certificates == 0 && !contents.notes.is_empty() => None,
        Encoding::Pkcs12 => Some(with(topics::PKCS12)),
        _ => None,
    }
}

fn content(contents: &Contents, counts: &Counts) -> Option<Finding> {
    let kinds = [counts.certificates, counts.keys, counts.requests, counts.lists, counts.public_keys];
    if kinds.iter().filter(|count| **count > 0).count() > 1 {
        return Some(
            Finding::info(topics::MIXED)
                .with("certificates", counts.certificates)
                .with("keys", counts.keys)
                .with("requests", counts.requests)
                .with("lists", counts.lists),
        );
    }
    let certificates: Vec<&Certificate> = contents.certificates().collect();
    if let Some(certificate) = end_entity(&certificates) {
        let topic = match certificates.len() {
            1 if certificate.is_ca() => topics::AUTHORITY,
            1 => topics::CERTIFICATE,
            _ => topics::CERTIFICATES,
        };
        return Some(
            Finding::info(topic).with("name", name_of(certificate)).with("count", certificates.len()),
        );
    }
    contents.items.iter().find_map(|item| match item {
        Item::Request(request) => {
            Some(Finding::info(topics::REQUEST).with("name", short_name(request.subject())))
        }
        Item::RevocationList(der) => Some(Finding::info(topics::REVOCATION_LIST).with("name", issuer(der))),
        Item::EncryptedPrivateKey(_) | Item::OpenedPrivateKey { .. } => {
            Some(Finding::info(topics::ENCRYPTED_KEY))
        }
        Item::PublicKey(_) => Some(Finding::info(topics::PUBLIC_KEY)),
        _ => None,
    })
}

/// Why a key cannot be used.
fn unusable(key: &UnusableKey) -> Finding {
    match &key.error {
        KeyError::UnsupportedAlgorithm { algorithm } if algorithm.starts_with("OPENSSH") => {
            Finding::error(topics::SSH_PRIVATE_KEY)
        }
        KeyError::UnsupportedAlgorithm { .. } if key.public_key.is_some() => {
            Finding::warning(failures::KEY_ALGORITHM).with("found", unusable_label(key))
        }
        error => {
            let error = failure::key(error, "");
            Finding { facts: error.facts, ..Finding::warning(error.topic) }
        }
    }
}

#[derive(Default)]
struct Counts {
    certificates: usize,
    keys: usize,
    requests: usize,
    lists: usize,
    public_keys: usize,
}

impl Counts {
    fn of(contents: &Contents) -> Self {
        let mut counts = Self::default();
        for item in &contents.items {
            let count = match item {
                Item::Certificate(_) => &mut counts.certificates,
                Item::Request(_) => &mut counts.requests,
                Item::RevocationList(_) => &mut counts.lists,
                Item::PublicKey(_) => &mut counts.public_keys,
                Item::EncryptedPrivateKey(_)
                | Item::OpenedPrivateKey { .. }
                | Item::PrivateKey(_)
                | Item::UnusableKey(_) => &mut counts.keys,
                _ => continue,
            };
            *count = count.saturating_add(1);
        }
        counts
    }
}

fn name_of(certificate: &Certificate) -> String {
    short_name(certificate.subject())
}

/// The common name, else the whole name.
fn short_name(name: &DistinguishedName) -> String {
    shown(&name.common_name().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| name.rfc4514()))
}

fn issuer(list: &[u8]) -> String {
    RevocationList::read(list).map(|list| short_name(list.issuer())).unwrap_or_default()
}

/// `RSA 2048`
fn key_label(key: &PublicKey) -> String {
    let bits = key.bits().map(|bits| format!(" {bits}")).unwrap_or_default();
    shown(&format!("{}{bits}", key.algorithm()))
}

fn unusable_label(key: &UnusableKey) -> String {
    match (&key.public_key, &key.error) {
        (Some(public), _) => key_label(public),
        (None, KeyError::UnsupportedAlgorithm { algorithm }) => shown(algorithm),
        _ => "PKCS #1".to_owned(),
    }
}

/// A text of someone else's: bounded, on one line.
fn shown(text: &str) -> String {
    messages::one_line(&text.chars().take(LONGEST).collect::<String>()).into_owned()
}

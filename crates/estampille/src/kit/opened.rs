//! What was given for a kit, opened: the certificate, its key, the certificates that came with them.

use core::cmp::Reverse;

use pki::{
    certificate::Certificate,
    engine::Engine,
    file::{self, Contents, Encoding, Item, Note},
    key::{PrivateKey, PrivateKeyFile},
    passphrase::Passphrase,
    pkcs12::Pkcs12Error,
};
use vocabulary::{
    Error, Finding, sorted_places,
    topics::{failures, kits as topics},
};

use super::{required, short};
use crate::{
    certificate::not_a_certificate,
    contract::{AssembleInput, FileInput, Secret},
    failure, key_file, material,
};

/// A certificate with its own key, and what came beside.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) leaf: Certificate,
    pub(super) beside: Vec<Certificate>,
    pub(super) key: PrivateKey,
    pub(super) key_in_clear: bool,
    pub(super) notes: Vec<Finding>,
}

/// Opens it.
pub(super) async fn open(engine: &impl Engine, input: &AssembleInput) -> Result<Opened, Error> {
    let file = input.certificate.as_ref().ok_or_else(|| required("certificate"))?;
    let secret = input.passphrase.as_ref();
    let contents = read(file, secret);
    let certificates: Vec<Certificate> = contents.iter().flat_map(Contents::certificates).cloned().collect();
    if certificates.is_empty() {
        let why = contents.as_ref().and_then(|contents| locked(contents, "certificate"));
        return Err(why.unwrap_or_else(|| not_a_certificate(file, secret)));
    }
    let keys = match (&input.private_key, &contents) {
        (Some(file), _) => keys_of(engine, file, secret).await?,
        (None, Some(contents)) => keys_beside(contents)?,
        (None, None) => return Err(not_a_certificate(file, secret)),
    };
    let mut notes = Vec::new();
    let (leaf, key, mut beside) = pair(certificates, keys.found, &mut notes)?;
    beside.extend(keys.beside);
    for file in input.chain.as_deref().unwrap_or_default() {
        match material::certificates(file, "chain") {
            Ok(found) => beside.extend(found),
            Err(_) if notes.iter().any(|note| note.topic == failures::SIDE_FILE_CHAIN) => {}
            Err(_) => notes.push(Finding::warning(failures::SIDE_FILE_CHAIN)),
        }
    }
    Ok(Opened { leaf, beside, key, key_in_clear: keys.in_clear, notes })
}

/// Private keys, whether their file holds them in clear, and the authorities it holds: the platform's container, given as
/// the key of a certificate, has the chain too.
struct Keys {
    found: Vec<PrivateKey>,
    in_clear: bool,
    beside: Vec<Certificate>,
}

fn read(file: &FileInput, secret: Option<&Secret>) -> Option<Contents> {
    let passphrases: Vec<Passphrase> =
        secret.iter().map(|secret| Passphrase::new(secret.expose().to_owned())).collect();
    file::read_with(file.as_bytes(), &passphrases).ok()
}

/// The keys that stand in the same file as the certificate.
fn keys_beside(contents: &Contents) -> Result<Keys, Error> {
    let keys = keys_in(contents);
    if !keys.found.is_empty() {
        return Ok(keys);
    }
    let without = || match contents.encoding {
        Encoding::Pkcs12 => Error::at(topics::CONTAINER_WITHOUT_KEY, "privateKey"),
        _ => Error::at(topics::KEY_ABSENT, "privateKey"),
    };
    Err(locked(contents, "certificate").unwrap_or_else(without))
}

/// The keys of the file given as key.
async fn keys_of(engine: &impl Engine, file: &FileInput, secret: Option<&Secret>) -> Result<Keys, Error> {
    let is_sealed = matches!(PrivateKeyFile::read(file.as_bytes()), Ok(PrivateKeyFile::Encrypted(_)));
    if !is_sealed && let Some(contents) = read(file, secret) {
        // In clear or in a container, which may hold several; other encodings, old encryptions.
        let keys = keys_in(&contents);
        if !keys.found.is_empty() {
            return Ok(keys);
        }
        if let Some(error) = locked(&contents, "privateKey") {
            return Err(error);
        }
    }
    // The engine derives faster where the browser does.
    let key = key_file::open(engine, file, secret, "privateKey", "passphrase").await?;
    let beside = read(file, None).as_ref().map(authorities).unwrap_or_default();
    Ok(Keys { found: vec![key], in_clear: !is_sealed, beside })
}

fn keys_in(contents: &Contents) -> Keys {
    let is_clear = |item: &Item| matches!(item, Item::PrivateKey(_)) && contents.encoding != Encoding::Pkcs12;
    Keys {
        found: contents.private_keys().map(PrivateKey::duplicate).collect(),
        in_clear: contents.items.iter().any(is_clear),
        beside: authorities(contents),
    }
}

fn authorities(contents: &Contents) -> Vec<Certificate> {
    contents.certificates().filter(|certificate| certificate.is_ca()).cloned().collect()
}

/// Why a file gave no key or no certificate, when it holds one: it is locked, damaged, or written in a way that is not
/// read. `field` names the file.
fn locked(contents: &Contents, field: &str) -> Option<Error> {
    let container = contents.encoding == Encoding::Pkcs12;
    let of_note = contents.notes.iter().find_map(|note| match note {
        Note::PassphraseNeeded if container => {
            Some(Error::at(topics::PASSPHRASE_NEEDED_CONTAINER, "passphrase"))
        }
        Note::PassphraseNeeded => Some(Error::at(failures::PASSPHRASE_NEEDED, "passphrase")),
        Note::WrongPassphrase | Note::KeyPassphrase if container => {
            Some(Error::at(topics::WRONG_PASSPHRASE_CONTAINER, "passphrase"))
        }
        Note::WrongPassphrase => Some(Error::at(failures::WRONG_PASSPHRASE, "passphrase")),
        Note::Pkcs12(Pkcs12Error::Rounds { .. }) | Note::TooMuchWork => {
            Some(Error::at(failures::KEY_DERIVATION_ROUNDS, field))
        }
        Note::Pkcs12(Pkcs12Error::Signed | Pkcs12Error::UnsupportedIntegrity { .. })
        | Note::PublicKeyEncryption => Some(Error::at(topics::CONTAINER_UNSUPPORTED, field)),
        Note::Pkcs12(_) => Some(Error::at(topics::CONTAINER_DAMAGED, field)),
        Note::UnreadEncryption(_) => Some(Error::at(failures::KEY_ENCRYPTION, field)),
        _ => None,
    });
    let unusable = || {
        contents.items.iter().find_map(|item| match item {
            Item::UnusableKey(key) => Some(failure::key(&key.error, field)),
            _ => None,
        })
    };
    of_note.or_else(unusable)
}

/// The certificate that one of the keys belongs to, that key, and the other certificates.
fn pair(
    mut all: Vec<Certificate>,
    mut keys: Vec<PrivateKey>,
    notes: &mut Vec<Finding>,
) -> Result<(Certificate, PrivateKey, Vec<Certificate>), Error> {
    let key_of =
        |certificate: &Certificate| keys.iter().position(|key| key.public_key() == certificate.public_key());
    // An end-entity certificate before an authority's, which is taken only when the key is its own; of two certificates
    // of one key, the one that lasts longer.
    let rank = |place: usize| {
        let certificate = all.get(place);
        (certificate.is_none_or(Certificate::is_ca), Reverse(certificate.map(Certificate::not_after)))
    };
    let places = sorted_places(all.len(), &|a, b| rank(a).cmp(&rank(b)));
    let found = places.iter().find_map(|place| Some((*place, key_of(all.get(*place)?)?)));
    let Some((place, which)) = found else {
        let first = places.first().and_then(|place| all.get(*place)).filter(|first| !first.is_ca());
        let (Some(first), Some(key)) = (first, keys.first()) else {
            return Err(Error::at(topics::AUTHORITY, "certificate"));
        };
        return Err(Error::at(topics::KEY_MISMATCH, "privateKey")
            .with("found", short(&key.public_key().sha256()))
            .with("expected", short(&first.public_key().sha256())));
    };
    let leaf = all.swap_remove(place);
    all.retain(|other| other.raw() != leaf.raw());
    let others = all.iter().filter(|other| !other.is_ca()).count();
    if others > 0 {
        notes.push(Finding::info(failures::SEVERAL_CERTIFICATES).with("count", others.saturating_add(1)));
    }
    all.retain(Certificate::is_ca);
    Ok((leaf, keys.swap_remove(which), all))
}

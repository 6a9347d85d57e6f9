//! What was given for a kit, opened: the certificate, its key, the certificates that came with them.

use pki::{
    certificate::Certificate,
    engine::Engine,
    file::MAX_FILE,
    key::{PrivateKey, PrivateKeyFile},
    passphrase::Passphrase,
    pkcs12::{self, Key, Pkcs12, Pkcs12Error, Unopened},
};
use vocabulary::{
    Error, Finding,
    topics::{failures, kits as topics},
};

use super::{required, short};
use crate::{
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
    let (certificates, contained) = contents(file, secret, input.private_key.is_some())?;
    let (keys, key_in_clear) = match &input.private_key {
        Some(file) => keys_of(engine, file, secret).await?,
        None if contained.is_some() => (contained.unwrap_or_default(), false),
        // A PEM may hold both.
        None => match key_file::open(engine, file, secret, "certificate", "passphrase").await {
            Ok(key) => {
                (vec![key], matches!(PrivateKeyFile::read(file.as_bytes()), Ok(PrivateKeyFile::Clear(_))))
            }
            Err(error) if error.code() == "not-a-private-key" => {
                return Err(Error::at(topics::KEY_ABSENT, "privateKey"));
            }
            Err(error) => return Err(error),
        },
    };
    let mut notes = Vec::new();
    let (leaf, key, mut beside) = pair(certificates, keys, &mut notes)?;
    for file in input.chain.as_deref().unwrap_or_default() {
        match material::certificates(file, "chain") {
            Ok(found) => beside.extend(found),
            Err(_) if notes.iter().any(|note| note.topic == failures::SIDE_FILE_CHAIN) => {}
            Err(_) => notes.push(Finding::warning(failures::SIDE_FILE_CHAIN)),
        }
    }
    Ok(Opened { leaf, beside, key, key_in_clear, notes })
}

/// The certificates of a file and, of a PKCS #12, its keys. With another key at hand, a container that the passphrase
/// does not open still gives the certificates it has in clear.
fn contents(
    file: &FileInput,
    secret: Option<&Secret>,
    has_key: bool,
) -> Result<(Vec<Certificate>, Option<Vec<PrivateKey>>), Error> {
    let bytes = file.as_bytes();
    if bytes.len() > MAX_FILE || !pkcs12::is_pkcs12(bytes) {
        return Ok((material::certificates(file, "certificate")?, None));
    }
    if has_key {
        let found = match container(bytes, secret, "certificate") {
            Ok(found) => found,
            Err(error) if error.code() == "wrong-passphrase" => container(bytes, None, "certificate")?,
            Err(error) => return Err(error),
        };
        return Ok((certificates(&found), None));
    }
    let found = container(bytes, secret, "certificate")?;
    let certificates = certificates(&found);
    Ok((certificates, Some(usable(found, secret)?)))
}

fn container(bytes: &[u8], secret: Option<&Secret>, field: &str) -> Result<Pkcs12, Error> {
    let passphrase = secret.map(|secret| Passphrase::new(secret.expose().to_owned()));
    pkcs12::read(bytes, passphrase.as_ref()).map_err(|error| match error {
        Pkcs12Error::WrongPassphrase => Error::at(topics::WRONG_PASSPHRASE_CONTAINER, "passphrase"),
        Pkcs12Error::Rounds { .. } => Error::at(failures::KEY_DERIVATION_ROUNDS, field),
        Pkcs12Error::Signed | Pkcs12Error::UnsupportedIntegrity { .. } => {
            Error::at(topics::CONTAINER_UNSUPPORTED, field)
        }
        _ => Error::at(topics::CONTAINER_DAMAGED, field),
    })
}

fn certificates(found: &Pkcs12) -> Vec<Certificate> {
    found.certificates.iter().filter_map(|entry| Certificate::read(&entry.der).ok()).collect()
}

/// The keys of a container that can be used; without any, why.
fn usable(found: Pkcs12, secret: Option<&Secret>) -> Result<Vec<PrivateKey>, Error> {
    let mut keys = Vec::new();
    let mut why = None;
    for entry in found.keys {
        match entry.key {
            Key::Usable(key) => keys.push(key),
            Key::Encrypted { why: None | Some(Unopened::NoPassphrase), .. } => {
                why = Some(Error::at(topics::PASSPHRASE_NEEDED_CONTAINER, "passphrase"));
            }
            Key::Encrypted { why: Some(Unopened::Scheme(_)), .. } => {
                why = Some(Error::at(failures::KEY_ENCRYPTION, "certificate"));
            }
            Key::Encrypted { .. } => why = Some(Error::at(topics::WRONG_PASSPHRASE_CONTAINER, "passphrase")),
            Key::Unusable { error, .. } => why = Some(failure::key(&error, "certificate")),
            _ => {}
        }
    }
    if !keys.is_empty() {
        return Ok(keys);
    }
    let closed = secret.is_none() && !found.unopened.is_empty();
    Err(why.unwrap_or_else(|| {
        if closed {
            Error::at(topics::PASSPHRASE_NEEDED_CONTAINER, "passphrase")
        } else {
            Error::at(topics::CONTAINER_WITHOUT_KEY, "privateKey")
        }
    }))
}

/// The keys of the file given as key, and whether it holds them in clear.
async fn keys_of(
    engine: &impl Engine,
    file: &FileInput,
    secret: Option<&Secret>,
) -> Result<(Vec<PrivateKey>, bool), Error> {
    let bytes = file.as_bytes();
    if bytes.len() <= MAX_FILE && pkcs12::is_pkcs12(bytes) {
        return Ok((usable(container(bytes, secret, "privateKey")?, secret)?, false));
    }
    let in_clear = matches!(PrivateKeyFile::read(bytes), Ok(PrivateKeyFile::Clear(_)));
    let key = key_file::open(engine, file, secret, "privateKey", "passphrase").await?;
    Ok((vec![key], in_clear))
}

/// The certificate that one of the keys belongs to, that key, and the other certificates.
fn pair(
    mut all: Vec<Certificate>,
    mut keys: Vec<PrivateKey>,
    notes: &mut Vec<Finding>,
) -> Result<(Certificate, PrivateKey, Vec<Certificate>), Error> {
    let key_of =
        |certificate: &Certificate| keys.iter().position(|key| key.public_key() == certificate.public_key());
    // An end-entity certificate before an authority's, which is taken only when the key is its own.
    let mut places: Vec<usize> = (0..all.len()).collect();
    places.sort_by_key(|place| all.get(*place).is_none_or(Certificate::is_ca));
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

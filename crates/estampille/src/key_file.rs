//! The key that was saved, read back before its request is handed out.

use pki::{
    encrypted_key,
    engine::{Engine, EngineError},
    file::{self, Note},
    key::{PrivateKey, PrivateKeyFile},
    passphrase::Passphrase,
};
use serde::{Deserialize, Serialize};
use vocabulary::{Error, topics::failures as topics};

use crate::{
    contract::{FileInput, Secret},
    failure,
};

/// What a file that should hold a key turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadBack {
    /// The key expected, encrypted, and the passphrase opens it.
    Kept,
    /// The key expected, but in clear.
    InClear,
    /// Another key.
    Another,
}

/// Whether a file holds the key with this public fingerprint, encrypted, and the passphrase opens it.
///
/// # Errors
///
/// `wrong-passphrase`, `not-a-private-key` and the other codes of keys that cannot be read.
pub async fn read_back(
    engine: &impl Engine,
    file: &FileInput,
    passphrase: &Secret,
    public_key_sha256: &str,
) -> Result<ReadBack, Error> {
    let encrypted = matches!(read(file, "privateKey")?, PrivateKeyFile::Encrypted(_));
    let key = open(engine, file, Some(passphrase), "privateKey", "passphrase").await?;
    Ok(match (key.public_key().sha256() == public_key_sha256, encrypted) {
        (true, true) => ReadBack::Kept,
        (true, false) => ReadBack::InClear,
        (false, _) => ReadBack::Another,
    })
}

/// The key of a file, opened with the passphrase when it is encrypted, whatever the file and the encryption are.
pub(crate) async fn open(
    engine: &impl Engine,
    file: &FileInput,
    passphrase: Option<&Secret>,
    key_field: &str,
    passphrase_field: &str,
) -> Result<PrivateKey, Error> {
    let passphrase = passphrase.map(|secret| Passphrase::new(secret.expose().to_owned()));
    let der = match PrivateKeyFile::read(file.as_bytes()) {
        Ok(PrivateKeyFile::Clear(key)) => return Ok(key),
        Ok(PrivateKeyFile::Encrypted(der)) => der,
        Err(error) => {
            let otherwise = failure::key(&error, key_field);
            return in_another_form(file, passphrase.as_ref(), passphrase_field).unwrap_or(Err(otherwise));
        }
    };
    let passphrase = passphrase.ok_or_else(|| Error::at(topics::PASSPHRASE_NEEDED, passphrase_field))?;
    let opened = match engine.decrypt(&der, &passphrase).await {
        // Engines know the current encryption only.
        Err(EngineError::EncryptedKey(_)) => encrypted_key::decrypt(&der, &passphrase),
        opened => opened,
    };
    opened.map_err(|error| failure::engine(&error, key_field, passphrase_field))
}

/// The key of a container, of a text without markers or in UTF-16, or one encrypted the old OpenSSL way; nothing when the
/// file holds none that could be used.
fn in_another_form(
    file: &FileInput,
    passphrase: Option<&Passphrase>,
    passphrase_field: &str,
) -> Option<Result<PrivateKey, Error>> {
    let contents = file::read_with(file.as_bytes(), passphrase.map_or(&[], std::slice::from_ref)).ok()?;
    if let Some(key) = contents.private_keys().next() {
        return Some(Ok(key.duplicate()));
    }
    let refused = |note: &Note| match note {
        Note::PassphraseNeeded => Some(Err(Error::at(topics::PASSPHRASE_NEEDED, passphrase_field))),
        Note::WrongPassphrase => Some(Err(Error::at(topics::WRONG_PASSPHRASE, passphrase_field))),
        _ => None,
    };
    contents.notes.iter().find_map(refused)
}

fn read(file: &FileInput, field: &str) -> Result<PrivateKeyFile, Error> {
    PrivateKeyFile::read(file.as_bytes()).map_err(|error| failure::key(&error, field))
}

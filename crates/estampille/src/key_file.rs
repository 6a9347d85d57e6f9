//! The key that was saved, read back before its request is handed out.

use pki::{
    engine::Engine,
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

/// The key of a file, opened with the passphrase when it is encrypted.
pub(crate) async fn open(
    engine: &impl Engine,
    file: &FileInput,
    passphrase: Option<&Secret>,
    key_field: &str,
    passphrase_field: &str,
) -> Result<PrivateKey, Error> {
    match read(file, key_field)? {
        PrivateKeyFile::Clear(key) => Ok(key),
        PrivateKeyFile::Encrypted(der) => {
            let secret = passphrase.ok_or_else(|| Error::at(topics::PASSPHRASE_NEEDED, passphrase_field))?;
            let passphrase = Passphrase::new(secret.expose().to_owned());
            let opened = engine.decrypt(&der, &passphrase).await;
            opened.map_err(|error| failure::engine(&error, key_field, passphrase_field))
        }
    }
}

fn read(file: &FileInput, field: &str) -> Result<PrivateKeyFile, Error> {
    PrivateKeyFile::read(file.as_bytes()).map_err(|error| failure::key(&error, field))
}

//! Private keys, in clear and protected.

use std::hint::black_box;

use pki::encrypted_key;
use pki::key::{PrivateKey, PrivateKeyFile};
use pki::passphrase::Passphrase;
use pki::rustcrypto::decrypt_now;

/// The secret of every protected seed.
pub(crate) const SECRET: &str = "azerty";

/// Beyond these rounds, opening is a wait that the product announces, and nothing to learn.
const PATIENCE: u32 = 4096;

pub(crate) fn key(bytes: &[u8]) {
    match PrivateKeyFile::read(bytes) {
        Ok(PrivateKeyFile::Clear(key)) => ask(&key),
        Ok(PrivateKeyFile::Encrypted(der)) => open(&der),
        Err(error) => drop(black_box(error.to_string())),
    }
}

fn open(der: &[u8]) {
    let rounds = encrypted_key::open(der).map(|(parameters, _)| parameters.rounds());
    if rounds.is_ok_and(|rounds| rounds > PATIENCE) {
        return;
    }
    match decrypt_now(der, &Passphrase::new(SECRET.to_owned())) {
        Ok(key) => ask(&key),
        Err(error) => drop(black_box(error.to_string())),
    }
}

pub(crate) fn ask(key: &PrivateKey) {
    let again = PrivateKey::from_pkcs8(key.pkcs8()).expect("read once, read twice");
    assert_eq!(again.public_key(), key.public_key());
    let shown = format!("{key:?}");
    assert!(shown.len() < 64, "a key is not shown: {shown}");
    crate::look::ask_public_key(key.public_key());
}

//! Keys encrypted as OpenSSL did before PKCS #8: `DEK-Info: AES-256-CBC,…` over a PKCS #1 or SEC1 key.
//!
//! The key is made of one run of MD5 over the passphrase and the beginning of the vector: it withstands no guessing.

use md5::{Digest, Md5};
use zeroize::Zeroizing;

use super::{Cipher, MAX_CIPHERTEXT};
use crate::passphrase::Passphrase;

/// What `DEK-Info` says.
#[derive(Debug)]
pub(crate) struct OldParameters {
    cipher: Cipher,
    vector: Vec<u8>,
}

impl OldParameters {
    /// Reads a cipher's name, a comma, and the vector in hexadecimal.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (cipher, vector) = text.split_once(',')?;
        let cipher = match cipher.trim().to_ascii_uppercase().as_str() {
            "AES-128-CBC" => Cipher::Aes128,
            "AES-192-CBC" => Cipher::Aes192,
            "AES-256-CBC" => Cipher::Aes256,
            "DES-CBC" => Cipher::Des,
            "DES-EDE3-CBC" => Cipher::TripleDes,
            _ => return None,
        };
        let digits = vector.trim().as_bytes();
        let octets =
            digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        let vector: Vec<u8> = octets.collect::<Option<_>>()?;
        (vector.len() == cipher.block()).then_some(Self { cipher, vector })
    }

    /// Deciphers; nothing when the padding does not fit, or the data is too long.
    pub(crate) fn decrypt(&self, passphrase: &Passphrase, data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        if data.len() > MAX_CIPHERTEXT {
            return None;
        }
        let salt = self.vector.get(..8)?;
        let length = self.cipher.key_length();
        let mut key = Zeroizing::new(Vec::with_capacity(length.saturating_add(16)));
        while key.len() < length {
            let last = key.len().saturating_sub(16);
            let hash = Md5::new().chain_update(key.get(last..)?).chain_update(passphrase.as_bytes());
            key.extend_from_slice(&hash.chain_update(salt).finalize());
        }
        key.truncate(length);
        self.cipher.decrypt(&key, &self.vector, data)
    }
}

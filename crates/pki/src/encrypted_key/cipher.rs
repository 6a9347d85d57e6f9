//! Block ciphers in CBC mode, with the padding of RFC 8018, section 6.1.1.

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyIvInit};
use cbc::{Decryptor, Encryptor};
use zeroize::Zeroizing;

/// A block cipher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    /// With 56 bits of key: only in very old keys.
    Des,
    /// With an effective key of so many bits: 40, 64 or 128.
    Rc2 {
        bits: u8,
    },
    TripleDes,
    /// With two keys of the three the same.
    TripleDesOfTwo,
}

impl Cipher {
    /// Octets of its key.
    pub(crate) fn key_length(self) -> usize {
        match self {
            Self::Aes128 | Self::TripleDesOfTwo => 16,
            Self::Aes192 | Self::TripleDes => 24,
            Self::Aes256 => 32,
            Self::Des => 8,
            Self::Rc2 { bits } => usize::from(bits.div_ceil(8)),
        }
    }

    /// Octets of its block, hence of the initialisation vector.
    pub(crate) fn block(self) -> usize {
        match self {
            Self::Aes128 | Self::Aes192 | Self::Aes256 => 16,
            Self::Des | Self::Rc2 { .. } | Self::TripleDes | Self::TripleDesOfTwo => 8,
        }
    }

    /// Deciphers; nothing when the padding does not fit, or a length is not the cipher's.
    pub(crate) fn decrypt(self, key: &[u8], vector: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        fn one<D: KeyIvInit + BlockModeDecrypt>(key: &[u8], vector: &[u8], data: &[u8]) -> Option<Vec<u8>> {
            D::new_from_slices(key, vector).ok()?.decrypt_padded_vec::<Pkcs7>(data).ok()
        }
        let clear = match self {
            Self::Aes128 => one::<Decryptor<aes::Aes128>>(key, vector, data),
            Self::Aes192 => one::<Decryptor<aes::Aes192>>(key, vector, data),
            Self::Aes256 => one::<Decryptor<aes::Aes256>>(key, vector, data),
            Self::Des => one::<Decryptor<des::Des>>(key, vector, data),
            Self::TripleDes => one::<Decryptor<des::TdesEde3>>(key, vector, data),
            Self::TripleDesOfTwo => one::<Decryptor<des::TdesEde2>>(key, vector, data),
            Self::Rc2 { bits } => {
                let key = key.get(..self.key_length())?;
                let cipher = rc2::Rc2::new_with_eff_key_len(key, usize::from(bits));
                let mode = Decryptor::inner_iv_slice_init(cipher, vector).ok()?;
                mode.decrypt_padded_vec::<Pkcs7>(data).ok()
            }
        };
        clear.map(Zeroizing::new)
    }

    /// Enciphers with one of the ciphers that are written, AES-256 and triple DES; nothing with another, or when a
    /// length is not the cipher's.
    pub(crate) fn encrypt(self, key: &[u8], vector: &[u8], clear: &[u8]) -> Option<Vec<u8>> {
        fn one<E: KeyIvInit + BlockModeEncrypt>(key: &[u8], vector: &[u8], clear: &[u8]) -> Option<Vec<u8>> {
            Some(E::new_from_slices(key, vector).ok()?.encrypt_padded_vec::<Pkcs7>(clear))
        }
        match self {
            Self::Aes256 => one::<Encryptor<aes::Aes256>>(key, vector, clear),
            Self::TripleDes => one::<Encryptor<des::TdesEde3>>(key, vector, clear),
            Self::Aes128 | Self::Aes192 | Self::Des | Self::Rc2 { .. } | Self::TripleDesOfTwo => None,
        }
    }
}

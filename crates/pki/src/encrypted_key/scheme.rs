//! Every scheme of encryption under a passphrase that is read, old ones included.

use zeroize::Zeroizing;

use super::derivation::{OldHash, Purpose, pbkdf1, pbkdf2, pkcs12, runs};
use super::{AesCbc, Cipher, EncryptedKeyError, Prf, identifier, read_pbkdf2, read_rounds, read_salt};
use crate::asn1::Element;
use crate::oid::{self, Oid};
use crate::passphrase::Passphrase;

/// How something is encrypted under a passphrase, within the bounds of the parent module.
#[derive(Debug)]
pub(crate) enum Scheme {
    /// RFC 8018, section 6.1: a hash, then 8 octets of key and 8 of vector.
    Pbes1 { hash: OldHash, cipher: Cipher, rounds: u32, salt: Vec<u8> },
    /// RFC 8018, section 6.2: PBKDF2, then a cipher.
    Pbes2 { prf: Prf, cipher: Cipher, rounds: u32, salt: Vec<u8>, vector: Vec<u8> },
    /// RFC 7292, appendix C: its own derivation with SHA-1, then a cipher.
    Pkcs12 { cipher: Cipher, rounds: u32, salt: Vec<u8> },
}

impl Scheme {
    /// Reads an `AlgorithmIdentifier`.
    pub(crate) fn read(algorithm: &Element<'_>) -> Result<Self, EncryptedKeyError> {
        let (scheme, parameters) = identifier(algorithm)?;
        if scheme == oid::PBES2 {
            return Self::read_pbes2(parameters);
        }
        let known = old_scheme(&scheme).ok_or(EncryptedKeyError::UnsupportedScheme { algorithm: scheme })?;
        let parts = parameters.and_then(|parameters| parameters.sequence());
        let (salt, rounds) = match parts.as_deref() {
            Some([salt, rounds]) => (read_salt(salt)?.to_vec(), read_rounds(rounds)?),
            _ => return Err(EncryptedKeyError::Malformed),
        };
        Ok(match known {
            Old::Pbes1(hash, cipher) => Self::Pbes1 { hash, cipher, rounds, salt },
            Old::Pkcs12(cipher) => Self::Pkcs12 { cipher, rounds, salt },
        })
    }

    fn read_pbes2(parameters: Option<Element<'_>>) -> Result<Self, EncryptedKeyError> {
        let parts = parameters.and_then(|parameters| parameters.sequence());
        let Some([derivation, encryption]) = parts.as_deref() else {
            return Err(EncryptedKeyError::Malformed);
        };
        let (cipher, vector) = read_cipher(encryption)?;
        let (derivation, parameters) = identifier(derivation)?;
        if derivation != oid::PBKDF2 {
            return Err(EncryptedKeyError::UnsupportedDerivation { algorithm: derivation });
        }
        let parameters = parameters.ok_or(EncryptedKeyError::Malformed)?;
        let (prf, rounds, salt) = read_pbkdf2(&parameters, cipher.key_length())?;
        Ok(Self::Pbes2 { prf, cipher, rounds, salt, vector })
    }

    /// Octets of a block of its cipher.
    pub(crate) fn block(&self) -> usize {
        match self {
            Self::Pbes1 { cipher, .. } | Self::Pbes2 { cipher, .. } | Self::Pkcs12 { cipher, .. } => {
                cipher.block()
            }
        }
    }

    /// The rounds that one attempt costs in all.
    pub(crate) fn cost(&self) -> u64 {
        let (rounds, times) = match self {
            Self::Pbes1 { rounds, .. } => (rounds, 1),
            Self::Pbes2 { prf, cipher, rounds, .. } => (rounds, runs(*prf, cipher.key_length())),
            // The key, then the vector.
            Self::Pkcs12 { cipher, rounds, .. } => {
                (rounds, runs(Prf::HmacSha1, cipher.key_length()).saturating_add(1))
            }
        };
        u64::from(*rounds).saturating_mul(times)
    }

    /// The encodings of a passphrase that this scheme makes different keys of, the right one first, for a key in a file of
    /// its own: what only NSS does, and only in a PKCS #12, is not tried.
    pub(crate) fn secrets(&self, passphrase: &Passphrase) -> Vec<Secret> {
        let mut all = Secret::all(passphrase);
        all.truncate(match self {
            Self::Pkcs12 { .. } => all.len().saturating_sub(1),
            Self::Pbes1 { .. } | Self::Pbes2 { .. } => 1,
        });
        all
    }

    /// The octets of a secret that the key is derived from.
    pub(crate) fn material<'a>(&self, secret: &'a Secret) -> &'a [u8] {
        match self {
            Self::Pbes1 { .. } | Self::Pbes2 { .. } => &secret.text,
            Self::Pkcs12 { .. } => &secret.bmp,
        }
    }

    /// Deciphers; nothing when the padding does not fit, which a wrong passphrase passes once in 256 times.
    pub(crate) fn decrypt(&self, secret: &Secret, data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Pbes1 { hash, cipher, rounds, salt } => {
                let derived = pbkdf1(*hash, &secret.text, salt, *rounds);
                let (key, vector) = derived.split_at_checked(8)?;
                cipher.decrypt(key, vector, data)
            }
            Self::Pbes2 { prf, cipher, rounds, salt, vector } => {
                let key = pbkdf2(*prf, &secret.text, salt, *rounds, cipher.key_length());
                cipher.decrypt(&key, vector, data)
            }
            Self::Pkcs12 { cipher, rounds, salt } => {
                let derive =
                    |purpose, length| pkcs12(Prf::HmacSha1, purpose, &secret.bmp, salt, *rounds, length);
                let key = derive(Purpose::Key, cipher.key_length());
                let vector = derive(Purpose::InitialisationVector, cipher.block());
                cipher.decrypt(&key, &vector, data)
            }
        }
    }
}

enum Old {
    Pbes1(OldHash, Cipher),
    Pkcs12(Cipher),
}

fn old_scheme(scheme: &Oid) -> Option<Old> {
    const RC2_64: Cipher = Cipher::Rc2 { bits: 64 };
    let known = [
        (oid::PBE_MD5_DES, Old::Pbes1(OldHash::Md5, Cipher::Des)),
        (oid::PBE_MD5_RC2, Old::Pbes1(OldHash::Md5, RC2_64)),
        (oid::PBE_SHA1_DES, Old::Pbes1(OldHash::Sha1, Cipher::Des)),
        (oid::PBE_SHA1_RC2, Old::Pbes1(OldHash::Sha1, RC2_64)),
        (oid::PBE_SHA_3DES, Old::Pkcs12(Cipher::TripleDes)),
        (oid::PBE_SHA_2DES, Old::Pkcs12(Cipher::TripleDesOfTwo)),
        (oid::PBE_SHA_RC2_128, Old::Pkcs12(Cipher::Rc2 { bits: 128 })),
        (oid::PBE_SHA_RC2_40, Old::Pkcs12(Cipher::Rc2 { bits: 40 })),
    ];
    known.into_iter().find(|(oid, _)| oid == scheme).map(|(_, old)| old)
}

fn read_cipher(element: &Element<'_>) -> Result<(Cipher, Vec<u8>), EncryptedKeyError> {
    let (algorithm, parameters) = identifier(element)?;
    let cipher = if algorithm == oid::DES_EDE3_CBC {
        Cipher::TripleDes
    } else {
        [AesCbc::Aes128, AesCbc::Aes192, AesCbc::Aes256]
            .into_iter()
            .find(|cipher| cipher.oid() == algorithm)
            .map(Cipher::from)
            .ok_or(EncryptedKeyError::UnsupportedCipher { algorithm })?
    };
    let vector = parameters.and_then(|parameters| parameters.octets());
    let vector = vector.filter(|vector| vector.len() == cipher.block());
    Ok((cipher, vector.ok_or(EncryptedKeyError::Malformed)?.to_vec()))
}

/// A passphrase as octets, in one of the encodings that producers use.
#[derive(Clone)]
pub(crate) struct Secret {
    /// What PBES1 and PBES2 derive from.
    pub(crate) text: Zeroizing<Vec<u8>>,
    /// What the derivation of PKCS #12 takes.
    pub(crate) bmp: Zeroizing<Vec<u8>>,
}

impl Secret {
    /// The encodings to try, the right one first.
    ///
    /// The standard one is UTF-8 and, for PKCS #12, a BMPString with its terminator. Others differ when
    /// the passphrase is empty (no octet at all: RFC 7292 leaves it open), when it has letters beyond ASCII (OpenSSL
    /// before 1.1 took each octet of the UTF-8 for a letter), and NSS, which derived PBES2 from the BMPString.
    pub(crate) fn all(passphrase: &Passphrase) -> Vec<Self> {
        let text = Zeroizing::new(passphrase.as_bytes().to_vec());
        let bmp = passphrase.to_bmp();
        let mut all = vec![Self { text: text.clone(), bmp: bmp.clone() }];
        if passphrase.is_empty() {
            all.push(Self { text: text.clone(), bmp: Zeroizing::new(Vec::new()) });
        }
        if !passphrase.as_str().is_ascii() {
            let widened = passphrase.as_bytes().iter().copied().map(char::from);
            all.push(Self { text, bmp: Passphrase::new(widened.collect()).to_bmp() });
        }
        all.push(Self { text: bmp.clone(), bmp });
        all
    }
}

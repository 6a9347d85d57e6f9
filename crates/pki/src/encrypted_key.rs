//! EncryptedPrivateKeyInfo (RFC 5958, section 3): the ASN.1, and the bounds.
//!
//! What is written is PBES2 (RFC 8018) with AES, and an engine derives and encrypts. What older tools wrote, PBES2
//! with triple DES, the schemes of PKCS #12 (RFC 7292, appendix C) and PBES1, is opened by [`decrypt`] alone.
//!
//! ```text
//! EncryptedPrivateKeyInfo ::= SEQUENCE {
//!     encryptionAlgorithm  AlgorithmIdentifier,   -- PBES2, PBES2-params
//!     encryptedData        OCTET STRING }
//! PBES2-params ::= SEQUENCE { keyDerivationFunc AlgorithmIdentifier, encryptionScheme AlgorithmIdentifier }
//! PBKDF2-params ::= SEQUENCE {
//!     salt OCTET STRING, iterationCount INTEGER, keyLength INTEGER OPTIONAL,
//!     prf AlgorithmIdentifier DEFAULT hmacWithSHA1 }
//! ```

mod cipher;
mod derivation;
mod old;
mod scheme;

use std::fmt;

use der::{Encode, Tag};

use crate::asn1::{self, Element};
use crate::engine::EngineError;
pub(crate) use crate::key::has_shape_of_a_key as is_clear_key;
use crate::key::{KeyError, PrivateKey};
use crate::oid::{self, Oid};
use crate::passphrase::Passphrase;

pub(crate) use cipher::Cipher;
pub(crate) use derivation::{Purpose, hmac, pbkdf2, pkcs12, runs};
pub(crate) use old::OldParameters;
pub(crate) use scheme::{Scheme, Secret};

/// Rounds written: OWASP's figure for PBKDF2-HMAC-SHA-256.
pub const RECOMMENDED_ROUNDS: u32 = 600_000;

/// The most rounds accepted when reading: RFC 8018, section 4.2, names ten million as what the most
/// critical keys may want; more would freeze a machine.
pub const MAX_ROUNDS: u32 = 10_000_000;

/// The longest salt accepted, in octets. OpenSSL writes 8 or 16, Java 20.
pub const MAX_SALT: usize = 128;

/// The longest encrypted key accepted, in octets: an RSA key of 16,384 bits takes less than 10 kB.
pub const MAX_CIPHERTEXT: usize = 64 * 1024;

/// Octets of an AES block, hence of the initialisation vector.
pub const BLOCK: usize = 16;

/// How a private key is protected: PBKDF2 then AES-CBC, within the bounds of this module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pbes2Parameters {
    prf: Prf,
    rounds: u32,
    salt: Vec<u8>,
    cipher: AesCbc,
    initialisation_vector: [u8; BLOCK],
}

impl Pbes2Parameters {
    /// What is written: PBKDF2-HMAC-SHA-256, 600,000 rounds, AES-256-CBC. Both arguments must be
    /// fresh random octets.
    pub fn recommended(salt: [u8; 16], initialisation_vector: [u8; BLOCK]) -> Self {
        Self::with_rounds(RECOMMENDED_ROUNDS, salt, initialisation_vector)
    }

    /// The same with another number of rounds.
    pub(crate) fn with_rounds(rounds: u32, salt: [u8; 16], initialisation_vector: [u8; BLOCK]) -> Self {
        Self {
            prf: Prf::HmacSha256,
            rounds,
            salt: salt.to_vec(),
            cipher: AesCbc::Aes256,
            initialisation_vector,
        }
    }

    /// The pseudo-random function of PBKDF2.
    pub fn prf(&self) -> Prf {
        self.prf
    }

    /// How many rounds; from 1 to [`MAX_ROUNDS`].
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// The salt; from 1 to [`MAX_SALT`] octets.
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }

    /// The cipher.
    pub fn cipher(&self) -> AesCbc {
        self.cipher
    }

    /// The initialisation vector.
    pub fn initialisation_vector(&self) -> &[u8; BLOCK] {
        &self.initialisation_vector
    }

    /// Reads the `AlgorithmIdentifier` of a protected key.
    fn read(algorithm: &Element<'_>) -> Result<Self, EncryptedKeyError> {
        let (scheme, parameters) = identifier(algorithm)?;
        if scheme != oid::PBES2 {
            return Err(EncryptedKeyError::UnsupportedScheme { algorithm: scheme });
        }
        let parts =
            parameters.and_then(|parameters| parameters.sequence()).ok_or(EncryptedKeyError::Malformed)?;
        let [derivation, encryption] = parts.as_slice() else {
            return Err(EncryptedKeyError::Malformed);
        };
        let (cipher, initialisation_vector) = read_cipher(encryption)?;
        let (derivation, parameters) = identifier(derivation)?;
        if derivation != oid::PBKDF2 {
            return Err(EncryptedKeyError::UnsupportedDerivation { algorithm: derivation });
        }
        let parameters = parameters.ok_or(EncryptedKeyError::Malformed)?;
        let (prf, rounds, salt) = read_pbkdf2(&parameters, cipher.key_length())?;
        Ok(Self { prf, rounds, salt, cipher, initialisation_vector })
    }

    /// Enciphers, with the key derived here.
    pub(crate) fn encrypt(&self, passphrase: &Passphrase, clear: &[u8]) -> Option<Vec<u8>> {
        let key = pbkdf2(self.prf, passphrase.as_bytes(), &self.salt, self.rounds, self.cipher.key_length());
        Cipher::from(self.cipher).encrypt(&key, &self.initialisation_vector, clear)
    }

    /// Writes the `AlgorithmIdentifier`.
    pub(crate) fn write(&self) -> der::Result<Vec<u8>> {
        let salt = asn1::element(Tag::OctetString, &self.salt)?;
        let rounds = self.rounds.to_der()?;
        let prf = match self.prf {
            // DER leaves a default value out.
            Prf::HmacSha1 => Vec::new(),
            prf => asn1::sequence(&[&asn1::object_identifier(&prf.oid())?, &[5, 0]])?,
        };
        let derivation = asn1::sequence(&[
            &asn1::object_identifier(&oid::PBKDF2)?,
            &asn1::sequence(&[&salt, &rounds, &prf])?,
        ])?;
        let encryption = asn1::sequence(&[
            &asn1::object_identifier(&self.cipher.oid())?,
            &asn1::element(Tag::OctetString, &self.initialisation_vector)?,
        ])?;
        asn1::sequence(&[
            &asn1::object_identifier(&oid::PBES2)?,
            &asn1::sequence(&[&derivation, &encryption])?,
        ])
    }
}

/// Joins parameters and ciphertext into a DER EncryptedPrivateKeyInfo.
pub fn seal(parameters: &Pbes2Parameters, ciphertext: &[u8]) -> Result<Vec<u8>, EncryptedKeyError> {
    check_ciphertext(ciphertext)?;
    let algorithm = parameters.write();
    let data = asn1::element(Tag::OctetString, ciphertext);
    algorithm
        .and_then(|algorithm| asn1::sequence(&[&algorithm, &data?]))
        .map_err(|_| EncryptedKeyError::Malformed)
}

/// Opens a DER EncryptedPrivateKeyInfo protected by any scheme that is read here, the old ones included; an engine
/// opens the current one faster.
///
/// # Errors
///
/// [`EngineError::EncryptedKey`] for a structure, a scheme or a number of rounds that is not read;
/// [`EngineError::WrongPassphrase`]; [`EngineError::Key`] for what came out.
pub fn decrypt(der: &[u8], passphrase: &Passphrase) -> Result<PrivateKey, EngineError> {
    let (scheme, data) = open_any(der)?;
    let mut last = EngineError::WrongPassphrase;
    for secret in scheme.secrets(passphrase) {
        match scheme.decrypt(&secret, data).map(|clear| recovered(&clear)) {
            Some(Ok(key)) => return Ok(key),
            Some(Err(error)) => last = error,
            None => {}
        }
    }
    Err(last)
}

/// Takes a DER EncryptedPrivateKeyInfo apart, within bounds, whichever scheme that is read here protects it.
pub(crate) fn open_any(der: &[u8]) -> Result<(Scheme, &[u8]), EncryptedKeyError> {
    let (algorithm, data) = split(der).ok_or(EncryptedKeyError::Malformed)?;
    let scheme = Scheme::read(&algorithm)?;
    let block = scheme.block();
    if data.is_empty() || !data.len().is_multiple_of(block) || data.len() > MAX_CIPHERTEXT {
        return Err(EncryptedKeyError::CiphertextLength { length: data.len() });
    }
    Ok((scheme, data))
}

/// The rounds of derivation that trying one passphrase on a DER EncryptedPrivateKeyInfo costs, whichever scheme protects
/// it; none when it is not one that is read.
pub fn rounds(der: &[u8]) -> u64 {
    open_any(der).map_or(0, |(scheme, _)| {
        // How many encodings a passphrase has does not depend on it, but for a few.
        let encodings = scheme.secrets(&Passphrase::new("é".to_owned())).len();
        scheme.cost().saturating_mul(u64::try_from(encodings).unwrap_or(u64::MAX))
    })
}

/// Whether a DER EncryptedPrivateKeyInfo can be opened here, given its passphrase.
pub fn check(der: &[u8]) -> Result<(), EncryptedKeyError> {
    open_any(der).map(|_| ())
}

/// Takes a DER EncryptedPrivateKeyInfo apart when [`Pbes2Parameters`] protect it, within bounds.
pub fn open(der: &[u8]) -> Result<(Pbes2Parameters, Vec<u8>), EncryptedKeyError> {
    let (algorithm, data) = split(der).ok_or(EncryptedKeyError::Malformed)?;
    let parameters = Pbes2Parameters::read(&algorithm)?;
    check_ciphertext(data)?;
    Ok((parameters, data.to_vec()))
}

fn check_ciphertext(ciphertext: &[u8]) -> Result<(), EncryptedKeyError> {
    let length = ciphertext.len();
    if length == 0 || !length.is_multiple_of(BLOCK) || length > MAX_CIPHERTEXT {
        return Err(EncryptedKeyError::CiphertextLength { length });
    }
    Ok(())
}

/// Reads what a decryption gave. With a wrong passphrase the padding still fits once in 256 times:
/// clear bytes that are no key at all are therefore a wrong passphrase, while a damaged key and one
/// for another algorithm are named.
pub fn recovered(clear: &[u8]) -> Result<PrivateKey, EngineError> {
    PrivateKey::from_pkcs8(clear).map_err(|error| match error {
        KeyError::Malformed if !is_clear_key(clear) => EngineError::WrongPassphrase,
        error => EngineError::Key(error),
    })
}

/// Whether these bytes have the shape of an EncryptedPrivateKeyInfo, whatever protects it.
pub fn is_encrypted_key(der: &[u8]) -> bool {
    split(der).is_some()
}

fn split(der: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let parts = Element::only(der)?.sequence()?;
    let [algorithm, data] = parts.as_slice() else {
        return None;
    };
    let (_, _) = identifier(algorithm).ok()?;
    Some((algorithm.clone(), data.octets()?))
}

/// `AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }`
pub(crate) fn identifier<'a>(element: &Element<'a>) -> Result<(Oid, Option<Element<'a>>), EncryptedKeyError> {
    let parts = element.sequence().ok_or(EncryptedKeyError::Malformed)?;
    let (algorithm, parameters) = match parts.as_slice() {
        [algorithm] => (algorithm, None),
        [algorithm, parameters] => (algorithm, Some(parameters.clone())),
        _ => return Err(EncryptedKeyError::Malformed),
    };
    let algorithm = algorithm.oid().ok_or(EncryptedKeyError::Malformed)?;
    Ok((algorithm, parameters))
}

fn read_cipher(element: &Element<'_>) -> Result<(AesCbc, [u8; BLOCK]), EncryptedKeyError> {
    let (algorithm, parameters) = identifier(element)?;
    let cipher = [AesCbc::Aes128, AesCbc::Aes192, AesCbc::Aes256]
        .into_iter()
        .find(|cipher| cipher.oid() == algorithm)
        .ok_or(EncryptedKeyError::UnsupportedCipher { algorithm })?;
    let vector = parameters
        .and_then(|parameters| parameters.octets())
        .and_then(|octets| <[u8; BLOCK]>::try_from(octets).ok())
        .ok_or(EncryptedKeyError::Malformed)?;
    Ok((cipher, vector))
}

/// Function, rounds and salt of PBKDF2-params, for a key of so many octets.
pub(crate) fn read_pbkdf2(
    element: &Element<'_>,
    key_length: usize,
) -> Result<(Prf, u32, Vec<u8>), EncryptedKeyError> {
    let parts = element.sequence().ok_or(EncryptedKeyError::Malformed)?;
    let (salt, rounds, options) = match parts.as_slice() {
        [salt, rounds, options @ ..] if options.len() <= 2 => (salt, rounds, options),
        _ => return Err(EncryptedKeyError::Malformed),
    };
    let salt = read_salt(salt)?;
    let rounds = read_rounds(rounds)?;
    let (length, prf) = match options {
        [] => (None, None),
        [only] if only.is(x509_parser::asn1_rs::Tag::Integer) => (Some(only), None),
        [only] => (None, Some(only)),
        [length, prf, ..] => (Some(length), Some(prf)),
    };
    if let Some(length) = length {
        let length = length.unsigned().ok_or(EncryptedKeyError::Malformed)?;
        if usize::try_from(length) != Ok(key_length) {
            return Err(EncryptedKeyError::KeyLength { length });
        }
    }
    let prf = match prf {
        None => Prf::HmacSha1,
        Some(prf) => {
            let (algorithm, _) = identifier(prf)?;
            Prf::of_hmac(&algorithm).ok_or(EncryptedKeyError::UnsupportedDerivation { algorithm })?
        }
    };
    Ok((prf, rounds, salt.to_vec()))
}

/// A salt of a bearable length.
pub(crate) fn read_salt<'a>(element: &Element<'a>) -> Result<&'a [u8], EncryptedKeyError> {
    let salt = element.octets().ok_or(EncryptedKeyError::Malformed)?;
    if salt.is_empty() || salt.len() > MAX_SALT {
        return Err(EncryptedKeyError::SaltLength { length: salt.len() });
    }
    Ok(salt)
}

/// A bearable number of rounds.
pub(crate) fn read_rounds(element: &Element<'_>) -> Result<u32, EncryptedKeyError> {
    if !element.is(x509_parser::asn1_rs::Tag::Integer) {
        return Err(EncryptedKeyError::Malformed);
    }
    // A count beyond 64 bits, negative or zero is as unusable as one beyond the bound.
    let rounds = element.unsigned().and_then(|rounds| u32::try_from(rounds).ok()).unwrap_or(u32::MAX);
    if rounds == 0 || rounds > MAX_ROUNDS {
        return Err(EncryptedKeyError::Rounds { found: rounds, most: MAX_ROUNDS });
    }
    Ok(rounds)
}

/// The pseudo-random function of PBKDF2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prf {
    /// HMAC-SHA-1: the default of RFC 8018, written by old tools.
    HmacSha1,
    /// HMAC-SHA-256.
    HmacSha256,
    /// HMAC-SHA-384.
    HmacSha384,
    /// HMAC-SHA-512.
    HmacSha512,
}

impl Prf {
    const ALL: [Self; 4] = [Self::HmacSha1, Self::HmacSha256, Self::HmacSha384, Self::HmacSha512];

    /// The function with this identifier.
    pub(crate) fn of_hmac(algorithm: &Oid) -> Option<Self> {
        Self::ALL.into_iter().find(|prf| prf.oid() == *algorithm)
    }

    /// The function over the hash with this identifier.
    pub(crate) fn of_hash(algorithm: &Oid) -> Option<Self> {
        Self::ALL.into_iter().find(|prf| prf.hash_oid() == *algorithm)
    }

    /// The identifier of its hash.
    pub(crate) fn hash_oid(self) -> Oid {
        match self {
            Self::HmacSha1 => oid::SHA1,
            Self::HmacSha256 => oid::SHA256,
            Self::HmacSha384 => oid::SHA384,
            Self::HmacSha512 => oid::SHA512,
        }
    }

    /// Octets of its result.
    pub(crate) fn size(self) -> usize {
        match self {
            Self::HmacSha1 => 20,
            Self::HmacSha256 => 32,
            Self::HmacSha384 => 48,
            Self::HmacSha512 => 64,
        }
    }

    /// Octets its hash takes at a time.
    pub(crate) fn block(self) -> usize {
        match self {
            Self::HmacSha1 | Self::HmacSha256 => 64,
            Self::HmacSha384 | Self::HmacSha512 => 128,
        }
    }

    /// Its identifier.
    pub fn oid(self) -> Oid {
        match self {
            Self::HmacSha1 => oid::HMAC_SHA1,
            Self::HmacSha256 => oid::HMAC_SHA256,
            Self::HmacSha384 => oid::HMAC_SHA384,
            Self::HmacSha512 => oid::HMAC_SHA512,
        }
    }

    /// The name of its hash in WebCrypto: `SHA-256`.
    pub fn hash_name(self) -> &'static str {
        match self {
            Self::HmacSha1 => "SHA-1",
            Self::HmacSha256 => "SHA-256",
            Self::HmacSha384 => "SHA-384",
            Self::HmacSha512 => "SHA-512",
        }
    }
}

/// AES in CBC mode, with the padding of RFC 8018, appendix B.2.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AesCbc {
    /// A key of 128 bits.
    Aes128,
    /// A key of 192 bits.
    Aes192,
    /// A key of 256 bits.
    Aes256,
}

impl AesCbc {
    /// Its identifier.
    pub fn oid(self) -> Oid {
        match self {
            Self::Aes128 => oid::AES_128_CBC,
            Self::Aes192 => oid::AES_192_CBC,
            Self::Aes256 => oid::AES_256_CBC,
        }
    }

    /// The length of its key, in octets.
    pub fn key_length(self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::Aes192 => 24,
            Self::Aes256 => 32,
        }
    }
}

impl From<AesCbc> for Cipher {
    fn from(cipher: AesCbc) -> Self {
        match cipher {
            AesCbc::Aes128 => Self::Aes128,
            AesCbc::Aes192 => Self::Aes192,
            AesCbc::Aes256 => Self::Aes256,
        }
    }
}

/// Why a protected key cannot be opened, whatever the passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncryptedKeyError {
    /// Not a whole number of blocks, or too long.
    CiphertextLength {
        /// In octets.
        length: usize,
    },
    /// A derived-key length that is not the cipher's.
    KeyLength {
        /// In octets.
        length: u64,
    },
    /// Not an EncryptedPrivateKeyInfo.
    Malformed,
    /// Too many rounds, or none.
    Rounds {
        /// As found; `u32::MAX` stands for anything beyond.
        found: u32,
        /// The bound.
        most: u32,
    },
    /// A salt that is empty or too long.
    SaltLength {
        /// In octets.
        length: usize,
    },
    /// A cipher that is not read, such as Camellia; for [`open`], any but AES-CBC.
    UnsupportedCipher {
        /// Its identifier.
        algorithm: Oid,
    },
    /// A derivation other than PBKDF2, such as scrypt, or an unknown pseudo-random function.
    UnsupportedDerivation {
        /// Its identifier.
        algorithm: Oid,
    },
    /// A scheme that is not read, such as the RC4 ones of PKCS #12; for [`open`], any but PBES2.
    UnsupportedScheme {
        /// Its identifier.
        algorithm: Oid,
    },
}

impl EncryptedKeyError {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CiphertextLength { .. } | Self::KeyLength { .. } | Self::Malformed => {
                "malformed-encrypted-key"
            }
            Self::Rounds { .. } => "key-derivation-rounds",
            Self::SaltLength { .. } => "key-derivation-salt",
            Self::UnsupportedCipher { .. }
            | Self::UnsupportedDerivation { .. }
            | Self::UnsupportedScheme { .. } => "unsupported-key-encryption",
        }
    }
}

impl fmt::Display for EncryptedKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for EncryptedKeyError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// An EncryptedPrivateKeyInfo with these parts.
    fn sealed(salt: &[u8], rounds: &[u8], length: &[u8], prf: &[u8], data: usize) -> Vec<u8> {
        let sequence = |parts: &[&[u8]]| asn1::sequence(parts).unwrap();
        let oid = |oid: &Oid| asn1::object_identifier(oid).unwrap();
        let octets = |content: &[u8]| asn1::element(Tag::OctetString, content).unwrap();
        let pbkdf2 = sequence(&[&octets(salt), rounds, length, prf]);
        let derivation = sequence(&[&oid(&oid::PBKDF2), &pbkdf2]);
        let cipher = sequence(&[&oid(&oid::AES_256_CBC), &octets(&[9; 16])]);
        let scheme = sequence(&[&oid(&oid::PBES2), &sequence(&[&derivation, &cipher])]);
        sequence(&[&scheme, &octets(&vec![1; data])])
    }

    const ONE: &[u8] = &[2, 1, 1];

    #[test]
    fn the_default_function_and_an_explicit_length_are_read() {
        let (parameters, data) = open(&sealed(b"salt", ONE, &[2, 1, 32], &[], 32)).unwrap();
        assert_eq!(parameters.prf(), Prf::HmacSha1);
        assert_eq!(parameters.rounds(), 1);
        assert_eq!(parameters.salt(), b"salt");
        assert_eq!(data.len(), 32);
    }

    #[test]
    fn bounds() {
        let rounds = |rounds: &[u8]| open(&sealed(b"salt", rounds, &[], &[], 32)).unwrap_err();
        for beyond in [
            &[2, 1, 0][..],
            &[2, 1, 0xff],
            &[2, 4, 0, 0x98, 0x96, 0x81],
            &[2, 5, 0, 0xff, 0xff, 0xff, 0xff],
            &[2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ] {
            assert_eq!(rounds(beyond).code(), "key-derivation-rounds", "{beyond:?}");
        }
        assert!(open(&sealed(b"salt", &[2, 4, 0, 0x98, 0x96, 0x80], &[], &[], 32)).is_ok());
        for salt in [&[][..], &[0; MAX_SALT + 1]] {
            let error = open(&sealed(salt, ONE, &[], &[], 32)).unwrap_err();
            assert_eq!(error.code(), "key-derivation-salt");
        }
        for data in [0, 15, 17, MAX_CIPHERTEXT + 16] {
            let error = open(&sealed(b"salt", ONE, &[], &[], data)).unwrap_err();
            assert_eq!(error, EncryptedKeyError::CiphertextLength { length: data });
        }
        let error = open(&sealed(b"salt", ONE, &[2, 1, 16], &[], 32)).unwrap_err();
        assert_eq!(error, EncryptedKeyError::KeyLength { length: 16 });
    }

    #[test]
    fn clear_bytes_that_are_no_key_are_a_wrong_passphrase() {
        assert_eq!(recovered(b"anything").unwrap_err(), EngineError::WrongPassphrase);
    }
}

//! Private keys: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017, appendix A.1.2), in PEM or DER.

use std::fmt;

use der::asn1::OctetStringRef;
use der::{Decode, Encode};
use x509_parser::asn1_rs;
use zeroize::Zeroizing;

use super::consistency::fits_together;
use super::public::bit_length;
use super::{KeyError, PublicKey};
use crate::asn1::Element;
use crate::encrypted_key;
use crate::oid::{self, Oid};
use crate::pem;

/// The largest RSA modulus accepted, in bits: OpenSSL's own bound.
const MAX_BITS: u32 = 16_384;

/// The longest file searched for a key, in octets.
const MAX_FILE: usize = 10 * 1024 * 1024;

/// An RSA private key, held as DER PKCS #8 in memory that is wiped when dropped, and never shown.
///
/// Its numbers fit together: one that was damaged is not read.
pub struct PrivateKey {
    pkcs8: Zeroizing<Vec<u8>>,
    public: PublicKey,
}

impl PrivateKey {
    /// Reads a DER PrivateKeyInfo that fills `der` to the end.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let info = pkcs8::PrivateKeyInfoRef::from_der(der).map_err(|_| match private_shape(der) {
            Some(Shape::Pkcs8(algorithm)) if algorithm != oid::RSA_ENCRYPTION => {
                KeyError::algorithm(&algorithm)
            }
            _ => KeyError::Malformed,
        })?;
        if info.algorithm.oid != pkcs1::ALGORITHM_OID {
            return Err(KeyError::UnsupportedAlgorithm { algorithm: info.algorithm.oid.to_string() });
        }
        let public = public_of(info.private_key.as_bytes())?;
        Ok(Self { pkcs8: Zeroizing::new(der.to_vec()), public })
    }

    /// Reads a DER PKCS #1 RSAPrivateKey that fills `der` to the end, and wraps it in PKCS #8.
    pub fn from_pkcs1(der: &[u8]) -> Result<Self, KeyError> {
        let public = public_of(der)?;
        let key = OctetStringRef::new(der).map_err(|_| KeyError::Malformed)?;
        let pkcs8 = pkcs8::PrivateKeyInfoRef::new(pkcs1::ALGORITHM_ID, key)
            .to_der()
            .map_err(|_| KeyError::Malformed)?;
        Ok(Self { pkcs8: Zeroizing::new(pkcs8), public })
    }

    /// DER PrivateKeyInfo, in clear.
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// The public half.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// `PRIVATE KEY` in PEM, **in clear**: only for those who asked for it.
    pub fn to_pem(&self) -> Zeroizing<String> {
        Zeroizing::new(pem::encode(pem::PRIVATE_KEY, &self.pkcs8))
    }

    /// A second copy, wiped on its own. Not `Clone`, so that copies are seen in the code.
    pub fn duplicate(&self) -> Self {
        Self { pkcs8: self.pkcs8.clone(), public: self.public.clone() }
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey(RSA {:?}, …)", self.public.bits())
    }
}

/// What a file with a private key holds.
#[derive(Debug)]
pub enum PrivateKeyFile {
    /// A key in clear.
    Clear(PrivateKey),
    /// A DER EncryptedPrivateKeyInfo, to be given to [`crate::engine::Engine::decrypt`].
    Encrypted(Vec<u8>),
}

impl PrivateKeyFile {
    /// Finds the first private key in PEM, with whatever else the file holds, or reads DER.
    pub fn read(bytes: &[u8]) -> Result<Self, KeyError> {
        if bytes.len() > MAX_FILE {
            return Err(KeyError::NotAPrivateKey);
        }
        if !pem::looks_like(bytes) {
            return Self::read_der(bytes);
        }
        let scan = pem::scan(bytes);
        let mut failure = None;
        for block in scan.blocks() {
            if !block.label().ends_with("PRIVATE KEY") {
                continue;
            }
            match Self::read_block(block) {
                Ok(found) => return Ok(found),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        Err(failure.unwrap_or(if scan.mentions("PRIVATE KEY") {
            KeyError::Malformed
        } else {
            KeyError::NotAPrivateKey
        }))
    }

    fn read_block(block: &pem::Block) -> Result<Self, KeyError> {
        if block.is_encrypted_the_old_way() {
            return Err(KeyError::LegacyEncryption);
        }
        Self::read_der(block.der()).map_err(|error| match error {
            KeyError::NotAPrivateKey => KeyError::of_label(block.label()),
            error => error,
        })
    }

    /// Reads one DER object.
    pub(crate) fn read_der(der: &[u8]) -> Result<Self, KeyError> {
        match private_shape(der) {
            Some(Shape::Encrypted) => Ok(Self::Encrypted(der.to_vec())),
            Some(Shape::Pkcs1) => PrivateKey::from_pkcs1(der).map(Self::Clear),
            Some(Shape::Pkcs8(_)) => PrivateKey::from_pkcs8(der).map(Self::Clear),
            Some(Shape::Sec1) => Err(KeyError::algorithm(&oid::EC_PUBLIC_KEY)),
            None => Err(KeyError::NotAPrivateKey),
        }
    }
}

/// The structures a private key may stand in.
enum Shape {
    Encrypted,
    Pkcs1,
    Pkcs8(Oid),
    Sec1,
}

/// Whether it is built like a private key in clear, whatever its numbers.
pub(crate) fn has_shape_of_a_key(der: &[u8]) -> bool {
    matches!(private_shape(der), Some(Shape::Pkcs8(_)))
}

/// Tells the structure by its first elements.
fn private_shape(der: &[u8]) -> Option<Shape> {
    if encrypted_key::is_encrypted_key(der) {
        return Some(Shape::Encrypted);
    }
    let parts = Element::only(der)?.sequence()?;
    match parts.as_slice() {
        [version, algorithm, key, ..] if version.is(asn1_rs::Tag::Integer) && key.octets().is_some() => {
            let algorithm = algorithm.sequence()?.first()?.oid()?;
            Some(Shape::Pkcs8(algorithm))
        }
        [version, key, ..] if version.unsigned() == Some(1) && key.octets().is_some() => Some(Shape::Sec1),
        numbers if numbers.len() >= 9 && numbers.iter().take(9).all(|n| n.is(asn1_rs::Tag::Integer)) => {
            Some(Shape::Pkcs1)
        }
        _ => None,
    }
}

/// The public half of a DER PKCS #1 RSAPrivateKey, with the bounds of this module.
fn public_of(pkcs1: &[u8]) -> Result<PublicKey, KeyError> {
    let key = pkcs1::RsaPrivateKeyRef::from_der(pkcs1).map_err(|_| KeyError::Malformed)?;
    if key.other_prime_infos.is_some() {
        return Err(KeyError::UnsupportedMultiPrime);
    }
    let bits = bit_length(key.modulus.as_bytes()).ok_or(KeyError::Malformed)?;
    if bits > MAX_BITS {
        return Err(KeyError::UnsupportedSize { bits });
    }
    let public = PublicKey::from_rsa(&key.public_key())?;
    if !fits_together(&key) {
        return Err(KeyError::Malformed);
    }
    Ok(public)
}

#[cfg(all(test, feature = "rustcrypto"))]
mod tests {
    use super::*;
    use crate::asn1;
    use crate::key::RsaBits;
    use crate::rustcrypto::{RandomnessError, RustCrypto};

    fn read_error(bytes: &[u8]) -> Option<KeyError> {
        PrivateKeyFile::read(bytes).err()
    }

    #[test]
    fn attributes_as_windows_exports_them_do_no_harm() {
        let engine =
            RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError));
        let key = engine.generate_rsa_now(RsaBits::Bits2048).unwrap();
        let parts = Element::only(key.pkcs8()).unwrap().sequence().unwrap();
        // attributes [0]: keyUsage, as in a PKCS #12 made by Windows.
        let attributes = b"\xa0\x0d\x30\x0b\x06\x03\x55\x1d\x0f\x31\x04\x03\x02\x00\x10";
        let mut with: Vec<&[u8]> = parts.iter().map(|part| part.raw).collect();
        with.push(attributes);
        let with = asn1::sequence(&with).unwrap();
        let PrivateKeyFile::Clear(read) = PrivateKeyFile::read(&with).unwrap() else {
            panic!("in clear");
        };
        assert_eq!(read.public_key(), key.public_key());
        assert!(engine.sign_now(&read, b"message").is_ok());
    }

    #[test]
    fn a_key_with_one_bit_changed_is_refused() {
        let engine =
            RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError));
        let key = engine.generate_rsa_now(RsaBits::Bits2048).unwrap();
        let outer = Element::only(key.pkcs8()).unwrap().sequence().unwrap();
        let pkcs1 = outer[2].octets().unwrap();
        assert_eq!(PrivateKey::from_pkcs1(pkcs1).unwrap().public_key(), key.public_key());
        let at = key.pkcs8().len() - pkcs1.len();
        // Every number but the version: n, e, d, p, q, dP, dQ, qInv.
        for (which, number) in Element::only(pkcs1).unwrap().sequence().unwrap().iter().enumerate().skip(1) {
            let content = number.content();
            let start = content.as_ptr() as usize - pkcs1.as_ptr() as usize;
            for octet in [0, content.len() / 2, content.len() - 1] {
                for bit in [0, 3, 7] {
                    let mut damaged = key.pkcs8().to_vec();
                    damaged[at + start + octet] ^= 1 << bit;
                    let error = PrivateKey::from_pkcs8(&damaged).err();
                    assert_eq!(error, Some(KeyError::Malformed), "number {which}, octet {octet}, bit {bit}");
                    let error = PrivateKey::from_pkcs1(&damaged[at..]).err();
                    assert_eq!(error, Some(KeyError::Malformed), "number {which}, octet {octet}, bit {bit}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_key_is_told_from_a_broken_one() {
        assert_eq!(read_error(b""), Some(KeyError::NotAPrivateKey));
        assert_eq!(read_error(b"some text"), Some(KeyError::NotAPrivateKey));
        let certificate = pem::encode(pem::CERTIFICATE, b"\x30\x00");
        assert_eq!(read_error(certificate.as_bytes()), Some(KeyError::NotAPrivateKey));
        for label in [pem::PRIVATE_KEY, pem::RSA_PRIVATE_KEY, pem::ENCRYPTED_PRIVATE_KEY] {
            let broken = pem::encode(label, b"\x30\x00");
            assert_eq!(read_error(broken.as_bytes()), Some(KeyError::Malformed), "{label}");
        }
        let cut = pem::encode(pem::PRIVATE_KEY, &[0; 200]);
        assert_eq!(read_error(&cut.as_bytes()[..150]), Some(KeyError::Malformed));
        let ssh = pem::encode("OPENSSH PRIVATE KEY", b"openssh-key-v1");
        assert_eq!(
            read_error(ssh.as_bytes()),
            Some(KeyError::UnsupportedAlgorithm { algorithm: "OPENSSH PRIVATE KEY".to_owned() })
        );
    }
}

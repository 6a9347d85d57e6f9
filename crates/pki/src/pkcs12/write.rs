//! Writing: one key, its certificate, the certificates above it.

use std::fmt;

use der::{Encode, Tag};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use crate::asn1::{element, object_identifier, sequence};
use crate::encrypted_key::{Cipher, Pbes2Parameters, Prf, Purpose, hmac, pkcs12};
use crate::key::PrivateKey;
use crate::oid::{self, Oid};
use crate::passphrase::Passphrase;

/// Octets of randomness that [`write()`] takes.
pub const RANDOM_OCTETS: usize = 96;

/// Rounds of each derivation, modern: the figure of the product's contract. OpenSSL 3 writes 2,048, Java 17 10,000.
const MODERN_ROUNDS: u32 = 100_000;

/// Rounds of each derivation, legacy. Old readers bound them: Java 8 at five million.
const LEGACY_ROUNDS: u32 = 10_000;

/// Which readers a PKCS #12 is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Triple DES and SHA-1, for Windows Server 2016 and Java before 8u301. Weak: only the passphrase and the place where
    /// the file is kept protect it.
    Legacy,
    /// AES-256-CBC (PBES2, PBKDF2-HMAC-SHA-256) and a code of HMAC-SHA-256: OpenSSL 1.1 and 3, Java 8u301 and 11.0.12
    /// onward, Windows Server 2019 onward.
    Modern,
}

/// What to write.
#[derive(Debug)]
pub struct Content<'a> {
    /// The private key.
    pub key: &'a PrivateKey,
    /// The DER certificate of this key. That they belong together is the caller's to check.
    pub certificate: &'a [u8],
    /// The DER certificates above it, its issuer first.
    pub chain: &'a [&'a [u8]],
    /// The name shown by Windows, the alias of Java.
    pub friendly_name: Option<&'a str>,
}

/// Writes a DER PKCS #12: one encrypted part with the certificates, the certificate of the key first, and one with the
/// key, tied together by a localKeyId. `random` must be fresh random octets.
///
/// With [`Profile::Modern`] any passphrase is written, and OpenSSL and NSS open it; Java only when
/// [`Passphrase::is_printable_ascii`].
///
/// # Errors
///
/// [`WriteError::PassphraseCharset`] for a legacy passphrase with anything but printable ASCII, which old readers
/// encode each in their own way; [`WriteError::PassphraseEmpty`]; [`WriteError::TooLarge`].
pub fn write(
    content: &Content<'_>,
    passphrase: &Passphrase,
    profile: Profile,
    random: &[u8; RANDOM_OCTETS],
) -> Result<Vec<u8>, WriteError> {
    if passphrase.is_empty() {
        return Err(WriteError::PassphraseEmpty);
    }
    if profile == Profile::Legacy && !passphrase.is_printable_ascii() {
        return Err(WriteError::PassphraseCharset);
    }
    let mut random = Random(random);
    assemble(content, passphrase, profile, &mut random).map_err(|_| WriteError::TooLarge)
}

fn assemble(
    content: &Content<'_>,
    passphrase: &Passphrase,
    profile: Profile,
    random: &mut Random<'_>,
) -> der::Result<Vec<u8>> {
    let attributes = attributes(content)?;
    let mut bags = certificate_bag(content.certificate, &attributes)?;
    for certificate in content.chain {
        bags.extend(certificate_bag(certificate, &[])?);
    }
    let (algorithm, data) = encrypt(passphrase, profile, random, &element(Tag::Sequence, &bags)?)?;
    let implicit = context(0, false, &data)?;
    let info = sequence(&[&object_identifier(&oid::DATA)?, &algorithm, &implicit])?;
    let encrypted = content_info(&oid::ENCRYPTED_DATA, &sequence(&[&0_u8.to_der()?, &info])?)?;

    let (algorithm, data) = encrypt(passphrase, profile, random, content.key.pkcs8())?;
    let key = sequence(&[&algorithm, &element(Tag::OctetString, &data)?])?;
    let key = bag(&oid::SHROUDED_KEY_BAG, &key, &attributes)?;
    let key = content_info(&oid::DATA, &element(Tag::OctetString, &element(Tag::Sequence, &key)?)?)?;

    let safe = sequence(&[&encrypted, &key])?;
    let mac = mac_data(passphrase, profile, random, &safe)?;
    let safe = content_info(&oid::DATA, &element(Tag::OctetString, &safe)?)?;
    sequence(&[&3_u8.to_der()?, &safe, &mac])
}

/// The algorithm and the ciphertext.
fn encrypt(
    passphrase: &Passphrase,
    profile: Profile,
    random: &mut Random<'_>,
    clear: &[u8],
) -> der::Result<(Vec<u8>, Vec<u8>)> {
    let salt: [u8; 16] = random.take();
    let (algorithm, data) = match profile {
        Profile::Modern => {
            let parameters = Pbes2Parameters::with_rounds(MODERN_ROUNDS, salt, random.take());
            (parameters.write()?, parameters.encrypt(passphrase, clear))
        }
        Profile::Legacy => {
            let cipher = Cipher::TripleDes;
            let secret = passphrase.to_bmp();
            let derive = |purpose, length| -> Zeroizing<Vec<u8>> {
                pkcs12(Prf::HmacSha1, purpose, &secret, &salt, LEGACY_ROUNDS, length)
            };
            let key = derive(Purpose::Key, cipher.key_length());
            let vector = derive(Purpose::InitialisationVector, cipher.block());
            let parameters = sequence(&[&element(Tag::OctetString, &salt)?, &LEGACY_ROUNDS.to_der()?])?;
            let algorithm = sequence(&[&object_identifier(&oid::PBE_SHA_3DES)?, &parameters])?;
            (algorithm, cipher.encrypt(&key, &vector, clear))
        }
    };
    data.map(|data| (algorithm, data)).ok_or_else(|| der::ErrorKind::Failed.into())
}

fn mac_data(
    passphrase: &Passphrase,
    profile: Profile,
    random: &mut Random<'_>,
    safe: &[u8],
) -> der::Result<Vec<u8>> {
    let (prf, rounds) = match profile {
        Profile::Modern => (Prf::HmacSha256, MODERN_ROUNDS),
        Profile::Legacy => (Prf::HmacSha1, LEGACY_ROUNDS),
    };
    let salt: [u8; 16] = random.take();
    let key = pkcs12(prf, Purpose::Integrity, &passphrase.to_bmp(), &salt, rounds, prf.size());
    let code = hmac(prf, &key, safe);
    let algorithm = sequence(&[&object_identifier(&prf.hash_oid())?, &[5, 0]])?;
    let digest = sequence(&[&algorithm, &element(Tag::OctetString, &code)?])?;
    sequence(&[&digest, &element(Tag::OctetString, &salt)?, &rounds.to_der()?])
}

/// `SET { localKeyId, friendlyName }`, in the order of DER: the shorter element first.
fn attributes(content: &Content<'_>) -> der::Result<Vec<u8>> {
    let attribute =
        |kind: &Oid, value: &[u8]| sequence(&[&object_identifier(kind)?, &element(Tag::Set, value)?]);
    // Any value does that is the same in both bags; OpenSSL and Windows take this one.
    let id = Sha1::digest(content.certificate);
    let mut all = vec![attribute(&oid::LOCAL_KEY_ID, &element(Tag::OctetString, &id)?)?];
    if let Some(name) = content.friendly_name.filter(|name| !name.is_empty()) {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
        all.push(attribute(&oid::FRIENDLY_NAME, &element(Tag::BmpString, &name)?)?);
    }
    if let [first, second] = all.as_mut_slice()
        && second < first
    {
        core::mem::swap(first, second);
    }
    element(Tag::Set, &all.concat())
}

fn certificate_bag(certificate: &[u8], attributes: &[u8]) -> der::Result<Vec<u8>> {
    let value = context(0, true, &element(Tag::OctetString, certificate)?)?;
    let value = sequence(&[&object_identifier(&oid::X509_CERTIFICATE)?, &value])?;
    bag(&oid::CERTIFICATE_BAG, &value, attributes)
}

fn bag(kind: &Oid, value: &[u8], attributes: &[u8]) -> der::Result<Vec<u8>> {
    sequence(&[&object_identifier(kind)?, &context(0, true, value)?, attributes])
}

fn content_info(kind: &Oid, content: &[u8]) -> der::Result<Vec<u8>> {
    sequence(&[&object_identifier(kind)?, &context(0, true, content)?])
}

fn context(number: u32, constructed: bool, content: &[u8]) -> der::Result<Vec<u8>> {
    element(Tag::ContextSpecific { constructed, number: der::TagNumber(number) }, content)
}

/// The randomness, handed out once.
struct Random<'a>(&'a [u8]);

impl Random<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut taken = [0; N];
        // RANDOM_OCTETS covers the five draws of 16: a test counts them.
        for (to, from) in taken.iter_mut().zip(self.0) {
            *to = *from;
        }
        self.0 = self.0.get(N..).unwrap_or_default();
        taken
    }
}

/// Why a PKCS #12 was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteError {
    /// A legacy passphrase with letters that old readers do not agree on.
    PassphraseCharset,
    /// An empty passphrase protects nothing.
    PassphraseEmpty,
    /// Longer than an encoding can say.
    TooLarge,
}

impl WriteError {
    /// Stable kebab-case code.
    pub fn code(self) -> &'static str {
        match self {
            Self::PassphraseCharset => "passphrase-charset",
            Self::PassphraseEmpty => "passphrase-required",
            Self::TooLarge => "too-large",
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for WriteError {}

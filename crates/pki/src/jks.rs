//! Java keystores of the old form, JKS and JCEKS: named, their certificates listed; truststores written.
//!
//! The form is Sun's own, big-endian: magic, version, number of entries, entries, and SHA-1 over the passphrase in
//! UTF-16, the words "Mighty Aphrodite" and all that precedes. Certificates stand in clear. Keys are under an encryption
//! of its own, and are not opened: `keytool -importkeystore` converts them.

use std::fmt;

use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use crate::passphrase::Passphrase;

/// The most entries, and the most certificates in all, read from one file.
pub const MAX_ENTRIES: usize = 10_000;

const JKS: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];
const JCEKS: [u8; 4] = [0xce, 0xce, 0xce, 0xce];
const SALT: &[u8] = b"Mighty Aphrodite";
const KEY_ENTRY: u32 = 1;
const TRUSTED_ENTRY: u32 = 2;
const DIGEST: usize = 20;

/// Which old form of keystore.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The same with stronger keys, and secret keys too.
    Jceks,
    /// Java's default until version 8.
    Jks,
}

/// What a keystore is, by its first octets.
pub fn detect(bytes: &[u8]) -> Option<Kind> {
    match bytes.first_chunk() {
        Some(&JKS) => Some(Kind::Jks),
        Some(&JCEKS) => Some(Kind::Jceks),
        _ => None,
    }
}

/// What a keystore holds in clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keystore {
    /// Which form.
    pub kind: Kind,
    /// The entries that were read, in order.
    pub entries: Vec<Entry>,
    /// Whether all were: a secret key of JCEKS does not say where it ends.
    pub complete: bool,
}

impl Keystore {
    /// Every certificate, in order.
    pub fn certificates(&self) -> impl Iterator<Item = &[u8]> {
        self.entries.iter().flat_map(|entry| &entry.certificates).map(Vec::as_slice)
    }

    /// How many private keys.
    pub fn keys(&self) -> usize {
        self.entries.iter().filter(|entry| entry.has_key).count()
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub alias: String,
    /// Whether it holds a private key.
    pub has_key: bool,
    /// DER: the trusted certificate, or the chain of the key, its own first.
    pub certificates: Vec<Vec<u8>>,
}

/// Lists a keystore, without its passphrase and without checking its integrity.
///
/// # Errors
///
/// See [`JksError`].
pub fn read(bytes: &[u8]) -> Result<Keystore, JksError> {
    let kind = detect(bytes).ok_or(JksError::NotAKeystore)?;
    let mut input = Input(bytes.get(4..).unwrap_or_default());
    let version = input.number()?;
    if version != 1 && version != 2 {
        return Err(JksError::Version { found: version });
    }
    let count = usize::try_from(input.number()?).unwrap_or(usize::MAX);
    if count > MAX_ENTRIES {
        return Err(JksError::TooMany { most: MAX_ENTRIES });
    }
    let mut keystore = Keystore { kind, entries: Vec::new(), complete: true };
    let mut left = MAX_ENTRIES;
    for _ in 0..count {
        let tag = input.number()?;
        let alias = input.text()?;
        input.take(8)?;
        let certificates = match tag {
            KEY_ENTRY => {
                input.sized()?;
                usize::try_from(input.number()?).unwrap_or(usize::MAX)
            }
            TRUSTED_ENTRY => 1,
            3 if kind == Kind::Jceks => {
                keystore.complete = false;
                return Ok(keystore);
            }
            _ => return Err(JksError::Malformed),
        };
        left = left.checked_sub(certificates).ok_or(JksError::TooMany { most: MAX_ENTRIES })?;
        let mut entry = Entry { alias, has_key: tag == KEY_ENTRY, certificates: Vec::new() };
        for _ in 0..certificates {
            if version == 2 {
                input.text()?;
            }
            entry.certificates.push(input.sized()?.to_vec());
        }
        keystore.entries.push(entry);
    }
    Ok(keystore)
}

/// Whether this passphrase made the code at the end: it is the right one, and nothing was altered.
pub fn is_intact(bytes: &[u8], passphrase: &Passphrase) -> bool {
    bytes
        .split_last_chunk::<DIGEST>()
        .is_some_and(|(content, expected)| integrity(content, passphrase) == *expected)
}

/// Writes a truststore: JKS version 2, one trusted certificate an entry, under the current time in milliseconds since
/// 1970. Aliases are written in lower case, as Java compares them.
///
/// # Errors
///
/// [`JksError::Alias`] for an empty, too long or repeated alias; [`JksError::TooMany`]; [`JksError::TooLarge`].
pub fn write_truststore(
    certificates: &[(&str, &[u8])],
    passphrase: &Passphrase,
    at_milliseconds: u64,
) -> Result<Vec<u8>, JksError> {
    if certificates.len() > MAX_ENTRIES {
        return Err(JksError::TooMany { most: MAX_ENTRIES });
    }
    let number = |value: usize| u32::try_from(value).map(u32::to_be_bytes).map_err(|_| JksError::TooLarge);
    let mut out = JKS.to_vec();
    out.extend(2_u32.to_be_bytes());
    out.extend(number(certificates.len())?);
    let mut aliases = std::collections::BTreeSet::new();
    for (alias, der) in certificates {
        let alias: String = alias.chars().map(lower_case).collect();
        out.extend(TRUSTED_ENTRY.to_be_bytes());
        write_text(&alias, &mut out)?;
        if alias.is_empty() || !aliases.insert(alias) {
            return Err(JksError::Alias);
        }
        out.extend(at_milliseconds.to_be_bytes());
        write_text("X.509", &mut out)?;
        out.extend(number(der.len())?);
        out.extend_from_slice(der);
    }
    let code = integrity(&out, passphrase);
    out.extend(code);
    Ok(out)
}

fn integrity(content: &[u8], passphrase: &Passphrase) -> [u8; DIGEST] {
    let mut secret = Zeroizing::new(Vec::with_capacity(passphrase.as_bytes().len().saturating_mul(2)));
    secret.extend(passphrase.as_str().encode_utf16().flat_map(u16::to_be_bytes));
    let hash = Sha1::new().chain_update(secret.as_slice()).chain_update(SALT).chain_update(content);
    hash.finalize().into()
}

/// Java looks aliases up in lower case. ASCII, Latin-1 and French: the tables of all of Unicode weigh more than the rest.
fn lower_case(typed: char) -> char {
    match typed {
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(u32::from(typed).wrapping_add(32)).unwrap_or(typed),
        'Œ' => 'œ',
        'Ÿ' => 'ÿ',
        _ => typed.to_ascii_lowercase(),
    }
}

/// The modified UTF-8 of `DataOutput.writeUTF`: each UTF-16 unit on its own, zero in two octets.
fn write_text(text: &str, out: &mut Vec<u8>) -> Result<(), JksError> {
    let mut octets = Vec::new();
    for unit in text.encode_utf16() {
        // Six bits, or five or four with the mark of a longer form.
        let low = |shift: u32| u8::try_from((unit >> shift) & 0x3f).unwrap_or(0) | 0x80;
        match unit {
            1..0x80 => octets.push(u8::try_from(unit).unwrap_or(b'?')),
            0..0x800 => octets.extend([0xc0 | (low(6) & 0x1f), low(0)]),
            0x800.. => octets.extend([0xe0 | (low(12) & 0x0f), low(6), low(0)]),
        }
    }
    let length = u16::try_from(octets.len()).map_err(|_| JksError::Alias)?;
    out.extend(length.to_be_bytes());
    out.extend(octets);
    Ok(())
}

/// What remains to be read.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], JksError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(JksError::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, JksError> {
        let octets = self.take(4)?.first_chunk().copied().ok_or(JksError::Truncated)?;
        Ok(u32::from_be_bytes(octets))
    }

    /// Octets after their length in 32 bits.
    fn sized(&mut self) -> Result<&'a [u8], JksError> {
        let length = usize::try_from(self.number()?).map_err(|_| JksError::Truncated)?;
        self.take(length)
    }

    /// Text after its length in 16 bits. Letters beyond 16 bits, written as two surrogates, are replaced.
    fn text(&mut self) -> Result<String, JksError> {
        let length = self.take(2)?.first_chunk().copied().ok_or(JksError::Truncated)?;
        let octets = self.take(usize::from(u16::from_be_bytes(length)))?;
        Ok(String::from_utf8_lossy(octets).into_owned())
    }
}

/// Why a keystore was not read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JksError {
    /// An alias that is empty, too long, or stands twice.
    Alias,
    /// Its structure does not read.
    Malformed,
    /// Not a JKS or JCEKS.
    NotAKeystore,
    /// A certificate longer than an entry can be.
    TooLarge,
    /// More entries or certificates than are read or written.
    TooMany {
        /// The bound.
        most: usize,
    },
    /// Its end is missing.
    Truncated,
    /// A version that is not known.
    Version {
        /// Found.
        found: u32,
    },
}

impl JksError {
    /// Stable kebab-case code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Alias => "keystore-alias",
            Self::Malformed | Self::Version { .. } => "malformed-keystore",
            Self::NotAKeystore => "not-a-keystore",
            Self::TooLarge => "too-large",
            Self::TooMany { .. } => "too-many-items",
            Self::Truncated => "truncated",
        }
    }
}

impl fmt::Display for JksError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for JksError {}

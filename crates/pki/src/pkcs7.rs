//! PKCS #7 (RFC 2315, RFC 5652): the `.p7b` that holds certificates without a key.
//!
//! ```text
//! SignedData ::= SEQUENCE {
//!     version, digestAlgorithms SET, encapContentInfo SEQUENCE,
//!     certificates [0] IMPLICIT SET OPTIONAL, crls [1] IMPLICIT SET OPTIONAL, signerInfos SET }
//! ```

use std::fmt;

use crate::asn1::{Element, SEQUENCE};
use crate::ber::{self, BerError};
use crate::oid;
use crate::pem;

/// The most certificates, and the most lists, read from one file.
pub const MAX_ITEMS: usize = 10_000;

/// What a SignedData holds beside what it signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pkcs7 {
    /// DER certificates, in the order of the file, which says nothing: a SET has none.
    pub certificates: Vec<Vec<u8>>,
    /// DER revocation lists.
    pub revocation_lists: Vec<Vec<u8>>,
    /// Whether someone signed something with it: a signed message, not a bundle of certificates.
    pub is_signed_message: bool,
}

/// Reads a SignedData: DER or BER, or the first PEM block that holds one, whatever its label. What follows is ignored.
/// No signature is looked at.
///
/// # Errors
///
/// See [`Pkcs7Error`].
pub fn read(bytes: &[u8]) -> Result<Pkcs7, Pkcs7Error> {
    if !pem::looks_like(bytes) {
        return read_der(bytes);
    }
    let scan = pem::scan(bytes);
    let mut failure = Pkcs7Error::NotPkcs7;
    for block in scan.blocks() {
        match read_der(block.der()) {
            Ok(found) => return Ok(found),
            Err(Pkcs7Error::NotPkcs7) => {}
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

/// Whether these bytes begin as a ContentInfo of PKCS #7, whatever it holds.
pub fn is_pkcs7(bytes: &[u8]) -> bool {
    // Not decoded: the end may be missing.
    let head = bytes.get(..bytes.len().min(32)).unwrap_or_default();
    let begin = match head {
        [SEQUENCE, 0x80, rest @ ..] => Some(rest),
        [SEQUENCE, length, rest @ ..] if *length > 0x80 => rest.get(usize::from(length & 0x7f)..),
        [SEQUENCE, _, rest @ ..] => Some(rest),
        _ => None,
    };
    begin.is_some_and(|begin| begin.starts_with(&PKCS7))
}

/// The beginning of every identifier 1.2.840.113549.1.7.x.
const PKCS7: [u8; 10] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

/// Reads a SignedData in DER or BER.
pub(crate) fn read_der(bytes: &[u8]) -> Result<Pkcs7, Pkcs7Error> {
    if !is_pkcs7(bytes) {
        return Err(Pkcs7Error::NotPkcs7);
    }
    let (der, _) = ber::definite(bytes).map_err(|error| match error {
        BerError::Truncated => Pkcs7Error::Truncated,
        _ => Pkcs7Error::Malformed,
    })?;
    let info = Element::only(&der).and_then(|info| info.sequence()).ok_or(Pkcs7Error::Malformed)?;
    let (kind, content) = match info.as_slice() {
        [kind, content] if content.is_context(0) => (kind, content),
        _ => return Err(Pkcs7Error::Malformed),
    };
    let kind = kind.oid().ok_or(Pkcs7Error::Malformed)?;
    if kind == oid::ENVELOPED_DATA || kind == oid::ENCRYPTED_DATA {
        return Err(Pkcs7Error::Encrypted);
    }
    if kind != oid::SIGNED_DATA {
        return Err(Pkcs7Error::NotPkcs7);
    }
    let data = Element::only(content.content()).and_then(|data| data.sequence());
    let data = data.ok_or(Pkcs7Error::Malformed)?;
    let [_, _, _, rest @ ..] = data.as_slice() else {
        return Err(Pkcs7Error::Malformed);
    };
    let mut found = Pkcs7::default();
    for part in rest {
        if part.is_context(0) {
            found.certificates = sequences(part)?;
        } else if part.is_context(1) {
            found.revocation_lists = sequences(part)?;
        } else {
            found.is_signed_message = !part.content().is_empty();
        }
    }
    Ok(found)
}

/// The members that are SEQUENCEs; those of other forms (attribute certificates, OCSP answers) have another tag.
fn sequences(set: &Element<'_>) -> Result<Vec<Vec<u8>>, Pkcs7Error> {
    let mut found = Vec::new();
    let mut rest = set.content();
    while !rest.is_empty() {
        if found.len() >= MAX_ITEMS {
            return Err(Pkcs7Error::TooMany { most: MAX_ITEMS });
        }
        let (after, member) = Element::first(rest).ok_or(Pkcs7Error::Malformed)?;
        if member.raw.first() == Some(&SEQUENCE) {
            found.push(member.raw.to_vec());
        }
        rest = after;
    }
    Ok(found)
}

/// Why a PKCS #7 was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pkcs7Error {
    /// An encrypted message.
    Encrypted,
    /// Its structure does not read.
    Malformed,
    /// Not a PKCS #7, or one that holds no certificates.
    NotPkcs7,
    /// More certificates or lists than are read.
    TooMany {
        /// The bound.
        most: usize,
    },
    /// Its end is missing.
    Truncated,
}

impl Pkcs7Error {
    /// Stable kebab-case code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted-message",
            Self::Malformed => "malformed-pkcs7",
            Self::NotPkcs7 => "not-a-pkcs7",
            Self::TooMany { .. } => "too-many-items",
            Self::Truncated => "truncated",
        }
    }
}

impl fmt::Display for Pkcs7Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Pkcs7Error {}

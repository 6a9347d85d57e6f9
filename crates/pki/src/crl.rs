//! Revocation lists (CRL), RFC 5280 section 5.
//!
//! A list is read once, in one pass, and kept as its own bytes and four octets an entry: a list of a million entries
//! can be shared by reference among all the certificates it is asked about, each answer taking some twenty
//! comparisons. What is read is not believed: [`RevocationList::signature_task`] says what to verify first, and a list
//! tells nothing when it does not verify, when [`RevocationList::unknown_critical`] is not empty, or when it is
//! [indirect](Scope::indirect).

mod entries;
mod scope;

use std::fmt;
use std::ops::Range;

use x509_parser::asn1_rs::{self, FromDer};
use x509_parser::time::ASN1Time;
use x509_parser::x509::AlgorithmIdentifier;

use crate::asn1::{self, Element};
use crate::file::MAX_FILE;
use crate::name::DistinguishedName;
use crate::oid::{self, Oid};
use crate::signature::{self, SignatureAlgorithm, SignatureTask};

use entries::Entries;
pub use entries::{Reason, Revocation};
pub use scope::Scope;

/// The longest list read, in octets: several million entries.
pub const MAX_LIST: usize = MAX_FILE;

/// A revocation list, full or partial.
#[derive(Clone, PartialEq, Eq)]
pub struct RevocationList {
    raw: Vec<u8>,
    tbs: Range<usize>,
    issuer: DistinguishedName,
    signature_algorithm: SignatureAlgorithm,
    signature_algorithms_agree: bool,
    signature: Vec<u8>,
    this_update: i64,
    next_update: Option<i64>,
    extensions: ListExtensions,
    entries: Entries,
}

/// What the extensions of a list say, section 5.2.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ListExtensions {
    number: Option<String>,
    is_delta: bool,
    scope: Option<Scope>,
    authority_key_id: Option<Vec<u8>>,
    unknown_critical: Vec<Oid>,
}

impl RevocationList {
    /// Reads a DER list that fills `der` to the end.
    ///
    /// # Errors
    ///
    /// Bytes that are no list, a list longer than [`MAX_LIST`], or one with a part that does not read: nothing of a
    /// damaged list can be relied on.
    pub fn read(der: &[u8]) -> Result<Self, ListError> {
        if der.len() > MAX_LIST {
            return Err(ListError::TooLarge { octets: der.len() });
        }
        let outline = Outline::read(der).ok_or(ListError::NotAList)?;
        Self::read_outline(der, &outline).ok_or(ListError::Malformed)
    }

    fn read_outline(der: &[u8], outline: &Outline<'_>) -> Option<Self> {
        let mut extensions = match &outline.extensions {
            Some(wrapped) => ListExtensions::read(wrapped.content())?,
            None => ListExtensions::default(),
        };
        let entries = match &outline.entries {
            Some(entries) => Entries::read(der, offset(der, entries.content())?, entries.content())?,
            None => Entries::default(),
        };
        for oid in entries.unknown_critical() {
            note(&mut extensions.unknown_critical, oid.clone());
        }
        // An entry that names another issuer makes a list indirect, whatever its extensions say.
        if entries.names_issuers() {
            extensions.scope.get_or_insert_default().indirect = true;
        }
        let algorithm = AlgorithmIdentifier::from_der(outline.algorithm.raw).ok()?.1;
        let start = offset(der, outline.tbs.raw)?;
        Some(Self {
            raw: der.to_vec(),
            tbs: start..start.checked_add(outline.tbs.raw.len())?,
            issuer: DistinguishedName::read(outline.issuer.raw).ok()?,
            signature_algorithm: SignatureAlgorithm::read(&algorithm),
            signature_algorithms_agree: outline.algorithm.raw == outline.inner_algorithm.raw,
            signature: outline.signature.clone(),
            this_update: moment(&outline.this_update)?,
            next_update: match &outline.next_update {
                Some(time) => Some(moment(time)?),
                None => None,
            },
            extensions,
            entries,
        })
    }

    /// The exact DER.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The exact DER of the part that is signed.
    pub fn tbs(&self) -> &[u8] {
        self.raw.get(self.tbs.clone()).unwrap_or_default()
    }

    /// Who signed it, by name.
    pub fn issuer(&self) -> &DistinguishedName {
        &self.issuer
    }

    /// When it was made, in seconds since 1970-01-01 UTC.
    pub fn this_update(&self) -> i64 {
        self.this_update
    }

    /// When the next one comes at the latest, in seconds since 1970-01-01 UTC. RFC 5280 demands it; without it nobody
    /// can tell a list of today from one of ten years ago.
    pub fn next_update(&self) -> Option<i64> {
        self.next_update
    }

    /// The number of the list, decimal; hexadecimal with `0x` beyond 64 bits.
    pub fn number(&self) -> Option<&str> {
        self.extensions.number.as_deref()
    }

    /// Whether it only tells what changed since a full list (deltaCRLIndicator, section 5.2.4).
    pub fn is_delta(&self) -> bool {
        self.extensions.is_delta
    }

    /// What it is limited to (issuingDistributionPoint, section 5.2.5); nothing when it covers every certificate of its
    /// issuer.
    pub fn scope(&self) -> Option<&Scope> {
        self.extensions.scope.as_ref()
    }

    /// The key identifier of authorityKeyIdentifier, when it has one.
    pub fn authority_key_id(&self) -> Option<&[u8]> {
        self.extensions.authority_key_id.as_deref()
    }

    /// Critical extensions of the list or of an entry that this crate does not read. Section 5.2: such a list must not
    /// be used to tell the status of any certificate.
    pub fn unknown_critical(&self) -> &[Oid] {
        &self.extensions.unknown_critical
    }

    /// How it is signed, as told outside the signed part.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.signature_algorithm
    }

    /// Whether the signed part names the same algorithm, as section 5.1.1.2 demands.
    pub fn signature_algorithms_agree(&self) -> bool {
        self.signature_algorithms_agree
    }

    /// How many certificates it names.
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    /// What it says of the certificate with this serial number, given as [`Certificate::serial_content`] does: the
    /// octets of the INTEGER, in two's complement, needless leading zeros allowed. The first entry counts, should there
    /// be several.
    ///
    /// [`Certificate::serial_content`]: crate::certificate::Certificate::serial_content
    pub fn revocation_of(&self, serial: &[u8]) -> Option<Revocation> {
        self.entries.find(&self.raw, serial)
    }

    /// What to verify to know that the key `issuer_spki` signed this list. The task holds a copy of the list.
    pub fn signature_task(&self, issuer_spki: &[u8]) -> SignatureTask {
        SignatureTask {
            spki: issuer_spki.to_vec(),
            algorithm: self.signature_algorithm.clone(),
            message: self.tbs().to_vec(),
            signature: self.signature.clone(),
        }
    }
}

/// Without the entries, of which there may be a million.
impl fmt::Debug for RevocationList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RevocationList")
            .field("issuer", &self.issuer.rfc4514())
            .field("this_update", &self.this_update)
            .field("next_update", &self.next_update)
            .field("extensions", &self.extensions)
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

/// Whether bytes have the outline of a list. Its entries are not looked at.
pub fn is_revocation_list(der: &[u8]) -> bool {
    Outline::read(der).is_some()
}

/// The parts of a list, not read further.
///
/// ```text
/// CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signature BIT STRING }
/// TBSCertList     ::= SEQUENCE {
///     version              INTEGER { v2(1) } OPTIONAL,
///     signature            AlgorithmIdentifier,
///     issuer               Name,
///     thisUpdate           Time,
///     nextUpdate           Time OPTIONAL,
///     revokedCertificates  SEQUENCE OF … OPTIONAL,
///     crlExtensions        [0] EXPLICIT Extensions OPTIONAL }
/// ```
struct Outline<'a> {
    tbs: Element<'a>,
    algorithm: Element<'a>,
    signature: Vec<u8>,
    inner_algorithm: Element<'a>,
    issuer: Element<'a>,
    this_update: Element<'a>,
    next_update: Option<Element<'a>>,
    entries: Option<Element<'a>>,
    extensions: Option<Element<'a>>,
}

impl<'a> Outline<'a> {
    fn read(der: &'a [u8]) -> Option<Self> {
        let parts: [Element<'a>; 3] = Element::only(der)?.sequence()?.try_into().ok()?;
        let [tbs, algorithm, signature] = parts;
        let [unused_bits, signature @ ..] =
            signature.is(asn1_rs::Tag::BitString).then(|| signature.content())?
        else {
            return None;
        };
        let mut fields = tbs.sequence()?.into_iter().peekable();
        let version = fields.next_if(|field| field.is(asn1_rs::Tag::Integer));
        if version.as_ref().is_some_and(|version| version.unsigned() != Some(1)) {
            return None;
        }
        let is_sequence = |field: &Element<'_>| field.raw.first() == Some(&asn1::SEQUENCE);
        let inner_algorithm = fields.next_if(is_sequence)?;
        let issuer = fields.next_if(is_sequence)?;
        let this_update = fields.next_if(is_time)?;
        let next_update = fields.next_if(is_time);
        let entries = fields.next_if(is_sequence);
        // Only the second version has extensions.
        let extensions = fields.next_if(|field| field.is_context(0) && version.is_some());
        if fields.next().is_some() {
            return None;
        }
        Some(Self {
            tbs,
            algorithm,
            signature: signature::octets(*unused_bits, signature),
            inner_algorithm,
            issuer,
            this_update,
            next_update,
            entries,
            extensions,
        })
    }
}

impl ListExtensions {
    /// Reads `Extensions`; nothing when one that matters does not read, or stands twice.
    fn read(wrapped: &[u8]) -> Option<Self> {
        let mut read = Self::default();
        let mut seen: Vec<Oid> = Vec::new();
        for extension in Element::only(wrapped)?.sequence()? {
            let ListExtension { oid, critical, value } = ListExtension::read(&extension)?;
            if seen.contains(&oid) {
                return None;
            }
            match &oid {
                known if *known == oid::CRL_NUMBER => read.number = Some(number(value)?),
                known if *known == oid::DELTA_CRL_INDICATOR => read.is_delta = true,
                known if *known == oid::ISSUING_DISTRIBUTION_POINT => read.scope = Some(Scope::read(value)?),
                known if *known == oid::AUTHORITY_KEY_IDENTIFIER => {
                    let parts = Element::only(value)?.sequence()?;
                    let id = parts.iter().find(|part| part.is_context(0));
                    read.authority_key_id = id.map(|id| id.content().to_vec());
                }
                _ if critical => note(&mut read.unknown_critical, oid.clone()),
                _ => {}
            }
            seen.push(oid);
        }
        Some(read)
    }
}

/// One extension of a list or of an entry.
struct ListExtension<'a> {
    oid: Oid,
    critical: bool,
    value: &'a [u8],
}

impl<'a> ListExtension<'a> {
    fn read(extension: &Element<'a>) -> Option<Self> {
        let parts = extension.sequence()?;
        let (oid, critical, value) = match parts.as_slice() {
            [oid, value] => (oid, false, value),
            [oid, critical, value] if critical.is(asn1_rs::Tag::Boolean) => {
                (oid, critical.content() != [0], value)
            }
            _ => return None,
        };
        Some(Self { oid: oid.oid()?, critical, value: value.octets()? })
    }
}

fn is_time(element: &Element<'_>) -> bool {
    element.is(asn1_rs::Tag::UtcTime) || element.is(asn1_rs::Tag::GeneralizedTime)
}

/// A Time, in seconds since 1970-01-01 UTC.
fn moment(time: &Element<'_>) -> Option<i64> {
    let (rest, read) = ASN1Time::from_der(time.raw).ok()?;
    (is_time(time) && rest.is_empty()).then(|| read.timestamp())
}

fn number(value: &[u8]) -> Option<String> {
    let number = Element::only(value).filter(|number| number.is(asn1_rs::Tag::Integer))?;
    Some(match number.unsigned() {
        Some(number) => number.to_string(),
        None => format!("0x{}", asn1::hex(number.content())),
    })
}

/// Where a part of `whole` begins in it.
fn offset(whole: &[u8], part: &[u8]) -> Option<usize> {
    part.as_ptr().addr().checked_sub(whole.as_ptr().addr()).filter(|at| *at <= whole.len())
}

/// Adds what is not yet there, up to a number nobody will read beyond.
fn note(found: &mut Vec<Oid>, oid: Oid) {
    const MOST: usize = 16;
    if found.len() < MOST && !found.contains(&oid) {
        found.push(oid);
    }
}

/// Why bytes are no usable list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListError {
    /// A list, of which a part does not read.
    Malformed,
    /// They do not have its structure.
    NotAList,
    /// Longer than [`MAX_LIST`].
    TooLarge {
        /// Found.
        octets: usize,
    },
}

impl ListError {
    /// Stable kebab-case code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed-list",
            Self::NotAList => "not-a-list",
            Self::TooLarge { .. } => "too-large",
        }
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for ListError {}

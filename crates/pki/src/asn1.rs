//! The few DER steps shared by the readers and writers of this crate.
//!
//! Reading goes through `asn1-rs`, which x509-parser brings, because it accepts any tag; writing
//! through `der`.

use der::{Encode, Tag};
use x509_parser::asn1_rs::{self, Any, FromDer};

use crate::oid::Oid;

/// The most elements read in one SEQUENCE or SET: far beyond anything real, and a bound on the
/// work a hostile file can ask for.
const MAX_ELEMENTS: usize = 10_000;

/// The identifier octet of a SEQUENCE, which is always constructed: X.690, sections 8.1.2.5 and 8.9.1.
pub(crate) const SEQUENCE: u8 = 0x30;

/// One element with its exact bytes.
#[derive(Clone, Debug)]
pub(crate) struct Element<'a> {
    /// Tag, length and content.
    pub(crate) raw: &'a [u8],
    pub(crate) any: Any<'a>,
}

impl<'a> Element<'a> {
    /// Reads one element that fills `bytes` to the end.
    pub(crate) fn only(bytes: &'a [u8]) -> Option<Self> {
        let (rest, element) = Self::first(bytes)?;
        rest.is_empty().then_some(element)
    }

    /// Reads one element and returns what follows.
    pub(crate) fn first(bytes: &'a [u8]) -> Option<(&'a [u8], Self)> {
        let (rest, any) = Any::from_der(bytes).ok()?;
        let raw = bytes.get(..bytes.len().checked_sub(rest.len())?)?;
        Some((rest, Self { raw, any }))
    }

    pub(crate) fn content(&self) -> &'a [u8] {
        self.any.data
    }

    pub(crate) fn is_constructed(&self) -> bool {
        self.any.header.constructed()
    }

    pub(crate) fn is(&self, tag: asn1_rs::Tag) -> bool {
        self.any.class() == asn1_rs::Class::Universal && self.any.tag() == tag
    }

    /// Whether this is the context-specific element `[number]`.
    pub(crate) fn is_context(&self, number: u32) -> bool {
        self.any.class() == asn1_rs::Class::ContextSpecific && self.any.tag().0 == number
    }

    /// The elements of a constructed value.
    pub(crate) fn children(&self) -> Option<Vec<Element<'a>>> {
        elements(self.content())
    }

    /// The elements of a SEQUENCE.
    pub(crate) fn sequence(&self) -> Option<Vec<Element<'a>>> {
        (self.raw.first() == Some(&SEQUENCE)).then(|| self.children()).flatten()
    }

    pub(crate) fn oid(&self) -> Option<Oid> {
        let (rest, oid) = asn1_rs::Oid::from_der(self.raw).ok()?;
        rest.is_empty().then(|| Oid::read(&oid))
    }

    pub(crate) fn octets(&self) -> Option<&'a [u8]> {
        self.is(asn1_rs::Tag::OctetString).then(|| self.content())
    }

    /// An INTEGER of at most 64 bits, not negative.
    pub(crate) fn unsigned(&self) -> Option<u64> {
        if !self.is(asn1_rs::Tag::Integer) {
            return None;
        }
        let content = match self.content() {
            [] => return None,
            [0, rest @ ..] => rest,
            [first, ..] if first & 0x80 != 0 => return None,
            content => content,
        };
        if content.len() > 8 {
            return None;
        }
        Some(content.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    }
}

/// The elements that follow each other in `bytes`, to the end; nothing when one does not read.
pub(crate) fn elements(mut bytes: &[u8]) -> Option<Vec<Element<'_>>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        if found.len() >= MAX_ELEMENTS {
            return None;
        }
        let (rest, element) = Element::first(bytes)?;
        found.push(element);
        bytes = rest;
    }
    Some(found)
}

/// Writes one element.
pub(crate) fn element(tag: Tag, content: &[u8]) -> der::Result<Vec<u8>> {
    der::asn1::AnyRef::new(tag, content)?.to_der()
}

/// Writes a SEQUENCE of elements already encoded.
pub(crate) fn sequence(parts: &[&[u8]]) -> der::Result<Vec<u8>> {
    element(Tag::Sequence, &parts.concat())
}

/// Writes an OBJECT IDENTIFIER.
pub(crate) fn object_identifier(oid: &Oid) -> der::Result<Vec<u8>> {
    der::asn1::ObjectIdentifier::new(oid.as_str())?.to_der()
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |value: u8| DIGITS.get(usize::from(value & 0x0f)).copied().unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

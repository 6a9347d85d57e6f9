//! BER (X.690, section 8) as old tools write it, brought to what the rest of this crate reads: definite lengths, and
//! octet strings in one piece.
//!
//! NSS, Apple's and Microsoft's tools write PKCS #7 and PKCS #12 with indefinite lengths and octet strings in chunks.
//! What is already definite is kept octet for octet, so that signatures over it stay true.

use std::borrow::Cow;
use std::fmt;

/// The deepest nesting followed. A certificate needs about twelve levels, a PKCS #12 about eight.
const MAX_DEPTH: usize = 64;

const CONSTRUCTED: u8 = 0x20;
const OCTET_STRING: u8 = 0x04;

/// Brings the first element of `bytes` to definite lengths; also gives how many octets of `bytes` it took.
pub(crate) fn definite(bytes: &[u8]) -> Result<(Cow<'_, [u8]>, usize), BerError> {
    let mut walk = Walk { changed: false };
    let length = walk.skip(bytes, 0)?;
    let element = bytes.get(..length).unwrap_or_default();
    if !walk.changed {
        return Ok((Cow::Borrowed(element), length));
    }
    let mut out = Vec::with_capacity(length);
    rewrite(element, 0, &mut out)?;
    Ok((Cow::Owned(out), length))
}

/// The octets that the first element of `bytes` announces, header included; nothing when its length is indefinite or
/// is not written as one.
pub(crate) fn announced(bytes: &[u8]) -> Option<usize> {
    let header = Header::read(bytes).ok()?;
    header.size.checked_add(header.content?)
}

/// Why bytes are not BER.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BerError {
    /// Not an element.
    Malformed,
    /// Nested deeper than is followed.
    TooDeep,
    /// The bytes end before the element does.
    Truncated,
}

impl fmt::Display for BerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "malformed",
            Self::TooDeep => "too-deep",
            Self::Truncated => "truncated",
        })
    }
}

/// Identifier and length octets.
struct Header {
    first: u8,
    /// How many octets the identifier takes.
    tag: usize,
    /// How many octets identifier and length take.
    size: usize,
    /// Nothing when indefinite.
    content: Option<usize>,
}

impl Header {
    fn read(bytes: &[u8]) -> Result<Self, BerError> {
        let at = |place: usize| bytes.get(place).copied().ok_or(BerError::Truncated);
        let first = at(0)?;
        let mut tag: usize = 1;
        if first & 0x1f == 0x1f {
            // A number in groups of seven bits; four groups go far beyond any real one.
            while at(tag)? & 0x80 != 0 {
                tag = tag.saturating_add(1);
                if tag > 4 {
                    return Err(BerError::Malformed);
                }
            }
            tag = tag.saturating_add(1);
        }
        let length = at(tag)?;
        let size = tag.saturating_add(1);
        if length < 0x80 {
            return Ok(Self { first, tag, size, content: Some(usize::from(length)) });
        }
        if length == 0x80 {
            let indefinite = first & CONSTRUCTED != 0;
            return if indefinite {
                Ok(Self { first, tag, size, content: None })
            } else {
                Err(BerError::Malformed)
            };
        }
        let count = usize::from(length & 0x7f);
        let end = size.saturating_add(count);
        let octets = bytes.get(size..end).ok_or(BerError::Truncated)?;
        let content = octets.iter().try_fold(0_usize, |sum, octet| {
            sum.checked_mul(256).and_then(|sum| sum.checked_add(usize::from(*octet)))
        });
        let content = content.ok_or(BerError::Malformed)?;
        Ok(Self { first, tag, size: end, content: Some(content) })
    }

    fn is_constructed(&self) -> bool {
        self.first & CONSTRUCTED != 0
    }

    /// An OCTET STRING in chunks.
    fn is_chunked(&self) -> bool {
        self.first == OCTET_STRING | CONSTRUCTED
    }
}

/// A look through an element that tells whether anything must be rewritten.
struct Walk {
    changed: bool,
}

impl Walk {
    /// The length of the first element, whose inside is sound.
    fn skip(&mut self, bytes: &[u8], depth: usize) -> Result<usize, BerError> {
        if depth > MAX_DEPTH {
            return Err(BerError::TooDeep);
        }
        let header = Header::read(bytes)?;
        self.changed |= header.content.is_none() || header.is_chunked();
        let deeper = depth.saturating_add(1);
        let mut place = header.size;
        match header.content {
            Some(content) => {
                let end = header.size.checked_add(content).ok_or(BerError::Malformed)?;
                let inside = bytes.get(..end).ok_or(BerError::Truncated)?;
                while header.is_constructed() && place < end {
                    let rest = inside.get(place..).unwrap_or_default();
                    // What does not fit its parent is not merely cut off.
                    let length = self.skip(rest, deeper).map_err(BerError::inside)?;
                    place = place.saturating_add(length);
                }
                Ok(end)
            }
            None => loop {
                let rest = bytes.get(place..).ok_or(BerError::Truncated)?;
                if rest.starts_with(&[0, 0]) {
                    return Ok(place.saturating_add(2));
                }
                place = place.saturating_add(self.skip(rest, deeper)?);
            },
        }
    }
}

impl BerError {
    fn inside(self) -> Self {
        match self {
            Self::Truncated => Self::Malformed,
            error => error,
        }
    }
}

/// Writes the first element with definite lengths; returns how many octets it took.
fn rewrite(bytes: &[u8], depth: usize, out: &mut Vec<u8>) -> Result<usize, BerError> {
    if depth > MAX_DEPTH {
        return Err(BerError::TooDeep);
    }
    let header = Header::read(bytes)?;
    let end = match header.content {
        Some(content) => Some(
            header.size.checked_add(content).filter(|end| *end <= bytes.len()).ok_or(BerError::Truncated)?,
        ),
        None => None,
    };
    if let (false, Some(end)) = (header.is_constructed(), end) {
        out.extend_from_slice(bytes.get(..end).unwrap_or_default());
        return Ok(end);
    }
    let mut content = Vec::new();
    let mut place = header.size;
    let taken = loop {
        let rest = match end {
            Some(end) if place >= end => break end,
            Some(end) => bytes.get(place..end).unwrap_or_default(),
            None => bytes.get(place..).unwrap_or_default(),
        };
        if end.is_none() && rest.starts_with(&[0, 0]) {
            break place.saturating_add(2);
        }
        let before = content.len();
        place = place.saturating_add(rewrite(rest, depth.saturating_add(1), &mut content)?);
        if header.is_chunked() {
            unwrap_chunk(&mut content, before)?;
        }
    };
    let original = bytes.get(..taken).unwrap_or_default();
    let same = end.is_some()
        && !header.is_chunked()
        && original.ends_with(&content)
        && original.len() == header.size.saturating_add(content.len());
    if same {
        out.extend_from_slice(original);
        return Ok(taken);
    }
    let identifier =
        if header.is_chunked() { &[OCTET_STRING] } else { bytes.get(..header.tag).unwrap_or_default() };
    out.extend_from_slice(identifier);
    write_length(content.len(), out);
    out.append(&mut content);
    Ok(taken)
}

/// Takes the header off the octet string that begins at `start`.
fn unwrap_chunk(content: &mut Vec<u8>, start: usize) -> Result<(), BerError> {
    let chunk = content.get(start..).unwrap_or_default();
    let header = Header::read(chunk)?;
    if header.first != OCTET_STRING {
        return Err(BerError::Malformed);
    }
    content.drain(start..start.saturating_add(header.size));
    Ok(())
}

pub(crate) fn write_length(length: usize, out: &mut Vec<u8>) {
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let octets = length.to_be_bytes();
            let skipped = octets.iter().take_while(|octet| **octet == 0).count();
            let octets = octets.get(skipped..).unwrap_or_default();
            // At most eight.
            out.push(0x80 | u8::try_from(octets.len()).unwrap_or(0));
            out.extend_from_slice(octets);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to_der(bytes: &[u8]) -> Result<Vec<u8>, BerError> {
        definite(bytes).map(|(der, _)| der.into_owned())
    }

    #[test]
    fn what_is_definite_is_kept_octet_for_octet() {
        // A length in more octets than needed stands as it is: a signature may cover it.
        for bytes in [&[0x30, 0x03, 0x02, 0x01, 0x05][..], &[0x30, 0x82, 0x00, 0x03, 0x02, 0x01, 0x05]] {
            let (der, length) = definite(bytes).unwrap();
            assert!(matches!(der, Cow::Borrowed(_)));
            assert_eq!((der.as_ref(), length), (bytes, bytes.len()));
        }
        let mixed = [0x30, 0x80, 0x30, 0x81, 0x03, 0x02, 0x01, 0x05, 0, 0];
        assert_eq!(to_der(&mixed).unwrap(), [0x30, 0x06, 0x30, 0x81, 0x03, 0x02, 0x01, 0x05]);
    }

    #[test]
    fn chunks_become_one_octet_string() {
        let chunks = [0x24, 0x80, 4, 2, 1, 2, 0x24, 0x03, 4, 1, 3, 0, 0, 0xff];
        let (der, length) = definite(&chunks).unwrap();
        assert_eq!(der.as_ref(), [4, 3, 1, 2, 3]);
        assert_eq!(length, chunks.len() - 1);
        assert_eq!(to_der(&[0x24, 0x03, 2, 1, 3]), Err(BerError::Malformed));
    }

    #[test]
    fn long_contents_get_long_lengths() {
        let mut chunks = vec![0x24, 0x80];
        for _ in 0..100 {
            chunks.extend_from_slice(&[4, 3, 7, 7, 7]);
        }
        chunks.extend_from_slice(&[0, 0]);
        let der = to_der(&chunks).unwrap();
        assert_eq!(der.get(..4), Some(&[4, 0x82, 0x01, 0x2c][..]));
        assert_eq!(der.len(), 304);
    }

    #[test]
    fn what_is_cut_is_told_from_what_is_wrong() {
        assert_eq!(to_der(&[0x30, 0x05, 1]), Err(BerError::Truncated));
        assert_eq!(to_der(&[0x30, 0x80, 2, 1]), Err(BerError::Truncated));
        assert_eq!(to_der(&[0x30, 0x02, 0x04, 0x05]), Err(BerError::Malformed));
        assert_eq!(to_der(&[0x04, 0x80, 0, 0]), Err(BerError::Malformed));
        assert_eq!(to_der(&[]), Err(BerError::Truncated));
        assert_eq!(to_der(&[0x30, 0x8f, 1]), Err(BerError::Truncated));
        assert_eq!(announced(&[0x30, 0x82, 0x10, 0x00, 1]), Some(4100));
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = [0x30, 0x80].repeat(100_000);
        assert_eq!(to_der(&deep), Err(BerError::TooDeep));
        let mut closed = [0x30, 0x80].repeat(60);
        closed.extend_from_slice(&[0; 120]);
        assert!(to_der(&closed).is_ok());
    }
}

//! The entries of a list: found by serial number, read when found.

use std::cmp::Ordering;

use x509_parser::asn1_rs;

use super::{ListExtension, moment, note};
use crate::asn1::Element;
use crate::oid::{self, Oid};

/// What a list says of one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// Since when, in seconds since 1970-01-01 UTC.
    pub date: i64,
    /// Why, where the list says it.
    pub reason: Option<Reason>,
}

/// CRLReason, RFC 5280 section 5.3.1, in the order of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// unspecified (0).
    Unspecified,
    /// keyCompromise (1).
    KeyCompromise,
    /// cACompromise (2).
    CaCompromise,
    /// affiliationChanged (3).
    AffiliationChanged,
    /// superseded (4).
    Superseded,
    /// cessationOfOperation (5).
    CessationOfOperation,
    /// certificateHold (6): suspended, the only reason that can be taken back.
    CertificateHold,
    /// removeFromCRL (8): only in a delta list, it takes an entry of the full list away.
    RemoveFromCrl,
    /// privilegeWithdrawn (9).
    PrivilegeWithdrawn,
    /// aACompromise (10).
    AaCompromise,
    /// A number the standard does not give a meaning to.
    Other(u8),
}

impl Reason {
    fn of(number: u8) -> Self {
        match number {
            0 => Self::Unspecified,
            1 => Self::KeyCompromise,
            2 => Self::CaCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::CertificateHold,
            8 => Self::RemoveFromCrl,
            9 => Self::PrivilegeWithdrawn,
            10 => Self::AaCompromise,
            other => Self::Other(other),
        }
    }
}

/// Where each entry begins in the list, in the order of the serial numbers: four octets an entry, no allocation each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entries {
    offsets: Vec<u32>,
    unknown_critical: Vec<Oid>,
    names_issuers: bool,
}

impl Entries {
    /// Reads `revokedCertificates`, whose content begins at `start` of `list`; nothing when an entry does not read.
    pub(super) fn read(list: &[u8], start: usize, content: &[u8]) -> Option<Self> {
        let mut entries = Self::default();
        let mut rest = content;
        while !rest.is_empty() {
            let at = start.checked_add(content.len().checked_sub(rest.len())?)?;
            let (after, entry) = Entry::first(rest)?;
            entries.look_at(&entry)?;
            entries.offsets.push(u32::try_from(at).ok()?);
            rest = after;
        }
        let serial = |offset: u32| serial_at(list, offset).unwrap_or_default();
        // By place among equals, so that the first one of a number stays the first.
        entries.offsets.sort_unstable_by(|a, b| compare(serial(*a), serial(*b)).then(a.cmp(b)));
        Some(entries)
    }

    fn look_at(&mut self, entry: &Entry<'_>) -> Option<()> {
        entry.date()?;
        let Some(extensions) = entry.extensions.as_ref().filter(|all| only_reason(all.raw).is_none()) else {
            return Some(());
        };
        for extension in extensions.sequence()? {
            let ListExtension { oid, critical, .. } = ListExtension::read(&extension)?;
            if oid == oid::CERTIFICATE_ISSUER {
                self.names_issuers = true;
            } else if critical && ![oid::REASON_CODE, oid::INVALIDITY_DATE].contains(&oid) {
                note(&mut self.unknown_critical, oid);
            }
        }
        entry.reason().map(|_| ())
    }

    pub(super) fn len(&self) -> usize {
        self.offsets.len()
    }

    pub(super) fn unknown_critical(&self) -> &[Oid] {
        &self.unknown_critical
    }

    /// Whether an entry is about the certificate of another issuer.
    pub(super) fn names_issuers(&self) -> bool {
        self.names_issuers
    }

    pub(super) fn find(&self, list: &[u8], serial: &[u8]) -> Option<Revocation> {
        let wanted = canonical(serial);
        let serial = |offset: u32| serial_at(list, offset).unwrap_or_default();
        let at = self.offsets.partition_point(|offset| compare(serial(*offset), wanted) == Ordering::Less);
        let offset = *self.offsets.get(at)?;
        if serial(offset) != wanted {
            return None;
        }
        let (_, entry) = Entry::first(list.get(usize::try_from(offset).ok()?..)?)?;
        Some(Revocation { date: entry.date()?, reason: entry.reason()? })
    }
}

/// `SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }`.
struct Entry<'a> {
    date: Element<'a>,
    extensions: Option<Element<'a>>,
}

impl<'a> Entry<'a> {
    /// Reads one entry and returns what follows.
    fn first(bytes: &'a [u8]) -> Option<(&'a [u8], Self)> {
        let (after, entry) = Element::first(bytes)?;
        if entry.raw.first() != Some(&crate::asn1::SEQUENCE) {
            return None;
        }
        let (rest, serial) = Element::first(entry.content())?;
        let (rest, date) = Element::first(rest)?;
        let extensions = if rest.is_empty() { None } else { Some(Element::only(rest)?) };
        let is_number = serial.is(asn1_rs::Tag::Integer) && !serial.content().is_empty();
        is_number.then_some((after, Self { date, extensions }))
    }

    fn date(&self) -> Option<i64> {
        moment(&self.date)
    }

    /// The reason, if any; nothing at all when it does not read.
    #[allow(clippy::option_option, reason = "absent is not malformed")]
    fn reason(&self) -> Option<Option<Reason>> {
        let Some(extensions) = &self.extensions else { return Some(None) };
        if let Some(reason) = only_reason(extensions.raw) {
            return Some(Some(reason));
        }
        for extension in extensions.sequence()? {
            let ListExtension { oid, value, .. } = ListExtension::read(&extension)?;
            if oid == oid::REASON_CODE {
                let reason = Element::only(value).filter(|value| value.is(asn1_rs::Tag::Enumerated))?;
                let [number] = reason.content() else { return None };
                return Some(Some(Reason::of(*number)));
            }
        }
        Some(None)
    }
}

/// The reason when it is the only extension, not critical: the case of every entry but a few, in lists of a million.
fn only_reason(extensions: &[u8]) -> Option<Reason> {
    const ONLY: [u8; 13] = [0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01];
    match extensions.strip_prefix(&ONLY)? {
        [number] => Some(Reason::of(*number)),
        _ => None,
    }
}

fn serial_at(list: &[u8], offset: u32) -> Option<&[u8]> {
    let (_, entry) = Element::first(list.get(usize::try_from(offset).ok()?..)?)?;
    let (_, serial) = Element::first(entry.content())?;
    Some(canonical(serial.content()))
}

/// By length first: any order that is the same on both sides will do.
fn compare(a: &[u8], b: &[u8]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// A number in two's complement without the leading zeros that change nothing.
fn canonical(mut content: &[u8]) -> &[u8] {
    while let [0, rest @ ..] = content {
        if rest.first().is_none_or(|second| second & 0x80 != 0) {
            break;
        }
        content = rest;
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_octet_stays() {
        assert_eq!(canonical(&[0, 0, 0x11]), [0x11]);
        assert_eq!(canonical(&[0, 0xff]), [0, 0xff]);
        assert_eq!(canonical(&[0, 0, 0xff]), [0, 0xff]);
        assert_eq!(canonical(&[0xff]), [0xff]);
        assert_eq!(canonical(&[0]), [0]);
        assert_eq!(canonical(&[]), Vec::<u8>::new());
    }
}

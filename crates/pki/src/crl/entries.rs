//! The entries of a list: found by serial number, read when found.

use x509_parser::asn1_rs;

use super::{ListExtension, note};
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

/// Where each entry begins in the list, in the order of a digest of the serial numbers: four octets an entry, no
/// allocation each.
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
        let mut keys = Vec::new();
        let mut rest = content;
        while !rest.is_empty() {
            let at = start.checked_add(content.len().checked_sub(rest.len())?)?;
            let (entry, after) = Entry::first(rest)?;
            entries.look_at(&entry)?;
            keys.push((digest(entry.serial), u32::try_from(at).ok()?));
            rest = after;
        }
        // Serial numbers of one digest, if ever, in an order of their own; equal ones by place, so that the first stays
        // the first.
        let serial = |offset: u32| serial_at(list, offset).unwrap_or_default();
        keys.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| serial(a.1).cmp(serial(b.1))).then_with(|| a.1.cmp(&b.1))
        });
        entries.offsets = keys.into_iter().map(|(_, offset)| offset).collect();
        Some(entries)
    }

    fn look_at(&mut self, entry: &Entry<'_>) -> Option<()> {
        let Some(extensions) = entry.extensions.filter(|all| only_reason(all).is_none()) else {
            return Some(());
        };
        for extension in Element::only(extensions)?.sequence()? {
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
        let wanted = (digest(wanted), wanted);
        let of = |offset: u32| {
            let serial = serial_at(list, offset).unwrap_or_default();
            (digest(serial), serial)
        };
        let at = self.offsets.partition_point(|offset| of(*offset) < wanted);
        let offset = *self.offsets.get(at)?;
        if of(offset) != wanted {
            return None;
        }
        let (entry, _) = Entry::first(list.get(usize::try_from(offset).ok()?..)?)?;
        Some(Revocation { date: entry.date, reason: entry.reason()? })
    }
}

/// `SEQUENCE { userCertificate INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL }`.
struct Entry<'a> {
    serial: &'a [u8],
    date: i64,
    /// The exact DER.
    extensions: Option<&'a [u8]>,
}

impl<'a> Entry<'a> {
    /// Reads one entry and returns what follows.
    fn first(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (entry, after) = part(bytes, &[SEQUENCE])?;
        let (serial, rest) = part(entry, &[INTEGER])?;
        let tag = *rest.first()?;
        let (date, rest) = part(rest, &[UTC_TIME, GENERALIZED_TIME])?;
        let extensions = (!rest.is_empty()).then_some(rest);
        if serial.is_empty() || extensions.is_some_and(|all| !matches!(part(all, &[SEQUENCE]), Some((_, []))))
        {
            return None;
        }
        Some((Self { serial: canonical(serial), date: moment(tag, date)?, extensions }, after))
    }

    /// The reason, if any; nothing at all when it does not read.
    #[allow(clippy::option_option, reason = "absent is not malformed")]
    fn reason(&self) -> Option<Option<Reason>> {
        let Some(extensions) = self.extensions else { return Some(None) };
        if let Some(reason) = only_reason(extensions) {
            return Some(Some(reason));
        }
        for extension in Element::only(extensions)?.sequence()? {
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
    let (entry, _) = part(list.get(usize::try_from(offset).ok()?..)?, &[SEQUENCE])?;
    let (serial, _) = part(entry, &[INTEGER])?;
    Some(canonical(serial))
}

const SEQUENCE: u8 = crate::asn1::SEQUENCE;
const INTEGER: u8 = 0x02;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The content of a DER element with one of these tags, and what follows. The general reader takes a hundred times as
/// long, which a list of a million entries makes seconds.
fn part<'a>(bytes: &'a [u8], tags: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let [tag, first, rest @ ..] = bytes else { return None };
    if !tags.contains(tag) {
        return None;
    }
    if *first < 0x80 {
        return rest.split_at_checked(usize::from(*first));
    }
    let (length, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
    // Four octets say more than a list may hold.
    if length.is_empty() || length.len() > 4 {
        return None;
    }
    let length = length.iter().fold(0_u32, |sum, octet| (sum << 8) | u32::from(*octet));
    rest.split_at_checked(usize::try_from(length).ok()?)
}

/// The moment of a Time, in seconds since 1970-01-01 UTC: to the second and in UTC, as RFC 5280 writes them.
fn moment(tag: u8, text: &[u8]) -> Option<i64> {
    let (year, rest) = match (tag, text.len()) {
        (UTC_TIME, 13) => {
            let (year, rest) = number(text)?;
            // Section 4.1.2.5.1.
            (if year < 50 { 2000 + year } else { 1900 + year }, rest)
        }
        (GENERALIZED_TIME, 15) => {
            let (century, rest) = number(text)?;
            let (year, rest) = number(rest)?;
            (century * 100 + year, rest)
        }
        _ => return None,
    };
    let (month, rest) = number(rest)?;
    let (day, rest) = number(rest)?;
    let (hour, rest) = number(rest)?;
    let (minute, rest) = number(rest)?;
    let (second, rest) = number(rest)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) || hour > 23 || minute > 59 || second > 59 || rest != b"Z" {
        return None;
    }
    // Days since 1970-01-01, years counted from March so that the leap day is the last.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
        - 719_469;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// Two digits, and what follows.
fn number(text: &[u8]) -> Option<(i64, &[u8])> {
    match text {
        [tens @ b'0'..=b'9', units @ b'0'..=b'9', rest @ ..] => {
            Some((i64::from(tens - b'0') * 10 + i64::from(units - b'0'), rest))
        }
        _ => None,
    }
}

/// FNV-1a. The serial numbers of one authority may all begin alike.
fn digest(serial: &[u8]) -> u64 {
    serial.iter().fold(0xcbf2_9ce4_8422_2325, |sum, octet| {
        (sum ^ u64::from(*octet)).wrapping_mul(0x0000_0100_0000_01b3)
    })
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

    #[test]
    fn moments_are_those_of_the_general_reader() {
        use x509_parser::asn1_rs::FromDer;
        use x509_parser::time::ASN1Time;

        for text in [
            "700101000000Z",
            "491231235959Z",
            "500101000000Z",
            "000229120000Z",
            "240229235959Z",
            "19700101000000Z",
            "19691231235959Z",
            "20000301000000Z",
            "21000228000000Z",
            "99991231235959Z",
            "00010101000000Z",
        ] {
            let tag = if text.len() == 13 { UTC_TIME } else { GENERALIZED_TIME };
            let der = [&[tag, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
            let expected = ASN1Time::from_der(&der).unwrap().1.timestamp();
            assert_eq!(moment(tag, text.as_bytes()), Some(expected), "{text}");
        }
        for text in [
            "",
            "2502290000Z",
            "250229000000Z",
            "250431000000Z",
            "251301000000Z",
            "250100000000Z",
            "250101240000Z",
            "250101006000Z",
            "250101000060Z",
            "250101000000+",
            "25010100000aZ",
            "21000229000000Z",
        ] {
            let tag = if text.len() == 13 { UTC_TIME } else { GENERALIZED_TIME };
            assert_eq!(moment(tag, text.as_bytes()), None, "{text}");
        }
        assert_eq!(moment(UTC_TIME, b"20250101000000Z"), None);
    }

    #[test]
    fn parts_are_bounded() {
        assert_eq!(part(&[0x30, 2, 1, 2, 3], &[SEQUENCE]), Some((&[1, 2][..], &[3][..])));
        assert_eq!(part(&[0x30, 0x81, 2, 1, 2, 3], &[SEQUENCE]), Some((&[1, 2][..], &[3][..])));
        for broken in [
            &[][..],
            &[0x30],
            &[0x30, 3, 1, 2],
            &[0x30, 0x80, 1],
            &[0x30, 0x81],
            &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 1],
            &[0x30, 0x85, 0, 0, 0, 0, 1, 1],
            &[0x30, 0xff],
            &[0x31, 0],
        ] {
            assert_eq!(part(broken, &[SEQUENCE]), None, "{broken:?}");
        }
    }
}

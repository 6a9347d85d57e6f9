//! What a certificate says of itself at first sight: its names, its number, when it ends.

use der::DateTime;
use x509_parser::asn1_rs::Tag;

use super::{MAX_CERTIFICATE, trimmed};
use crate::asn1::{self, Element};
use crate::name::DistinguishedName;
use crate::oid;
use crate::pem;

/// The few fields of a certificate that a reminder of its end shows, read without the rest: for the module that must stay
/// small. Of a certificate that keeps to RFC 5280 it tells what [`Certificate::read`](super::Certificate::read) does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// The serial number, as [`Certificate::serial`](super::Certificate::serial) writes it.
    pub serial: String,
    /// Who signed it, by name.
    pub issuer: DistinguishedName,
    /// Whom it names.
    pub subject: DistinguishedName,
    /// Last second of validity, in seconds since 1970-01-01 UTC.
    pub not_after: i64,
    /// Whether basicConstraints says that it is a certification authority.
    pub is_ca: bool,
    /// Last second of use of the private key, where privateKeyUsagePeriod tells it.
    pub key_not_after: Option<i64>,
    /// SHA-256 of the DER, lower-case hexadecimal.
    pub sha256: String,
}

impl Glance {
    /// Reads a DER certificate that fills `der` to the end.
    pub fn read(der: &[u8]) -> Option<Self> {
        if der.len() > MAX_CERTIFICATE {
            return None;
        }
        let outer = Element::only(der)?.sequence()?;
        let [tbs, _, _] = outer.as_slice() else { return None };
        let fields = tbs.sequence()?;
        let fields = match fields.as_slice() {
            [version, rest @ ..] if version.is_context(0) => rest,
            all => all,
        };
        let [serial, _, issuer, validity, subject, _, rest @ ..] = fields else { return None };
        let validity = validity.sequence()?;
        let [_, not_after] = validity.as_slice() else { return None };
        let extensions = rest.iter().find(|field| field.is_context(3));
        let extensions =
            extensions.map_or(Some(Vec::new()), |field| Element::only(field.content())?.sequence())?;
        let period = extension(&extensions, &oid::PRIVATE_KEY_USAGE_PERIOD);
        Some(Self {
            serial: asn1::hex(trimmed(serial.content())),
            issuer: DistinguishedName::read(issuer.raw).ok()?,
            subject: DistinguishedName::read(subject.raw).ok()?,
            not_after: time(not_after, not_after.is(Tag::UtcTime))?,
            is_ca: extension(&extensions, &oid::BASIC_CONSTRAINTS).is_some_and(is_ca),
            key_not_after: period.and_then(end_of_period),
            sha256: crate::digest::sha256(der),
        })
    }

    /// The certificates of a file: PEM, even with text around, or DER. None for anything else, such as a container.
    pub fn read_all(file: &[u8]) -> Vec<Self> {
        if pem::looks_like(file) {
            let scan = pem::scan(file);
            let named = scan.blocks().iter().filter(|block| block.label().ends_with(pem::CERTIFICATE));
            return named.filter_map(|block| Self::read(block.der())).collect();
        }
        Self::read(file).into_iter().collect()
    }
}

/// The content of the first extension of this type.
fn extension<'a>(extensions: &[Element<'a>], wanted: &oid::Oid) -> Option<&'a [u8]> {
    extensions.iter().find_map(|extension| {
        let parts = extension.sequence()?;
        let is_wanted = parts.first()?.oid().is_some_and(|oid| oid == *wanted);
        if is_wanted { parts.last()?.octets() } else { None }
    })
}

fn is_ca(value: &[u8]) -> bool {
    let parts = Element::only(value).and_then(|value| value.sequence());
    let first = parts.as_deref().and_then(<[Element<'_>]>::first);
    first.is_some_and(|first| first.is(Tag::Boolean) && first.content() != [0])
}

/// RFC 3280, section 4.2.1.4.
fn end_of_period(value: &[u8]) -> Option<i64> {
    let parts = Element::only(value)?.sequence()?;
    time(parts.iter().find(|part| part.is_context(1))?, false)
}

/// UTCTime, of two-digit years, or GeneralizedTime, as RFC 5280 section 4.1.2.5 writes them: `…YYMMDDHHMMSSZ`.
fn time(element: &Element<'_>, short_year: bool) -> Option<i64> {
    let text = core::str::from_utf8(element.content()).ok()?.strip_suffix('Z')?;
    let century = match text.get(..2)? {
        _ if !short_year => "",
        late if late >= "50" => "19",
        _ => "20",
    };
    let digits = [century, text].concat();
    if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize| digits.get(from..from.checked_add(2)?)?.parse::<u8>().ok();
    let year = digits.get(..4)?.parse().ok()?;
    let at = DateTime::new(year, part(4)?, part(6)?, part(8)?, part(10)?, part(12)?).ok()?;
    i64::try_from(at.unix_duration().as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(tag: u8, text: &str) -> Option<i64> {
        let der = [&[tag, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
        let element = Element::only(&der).unwrap();
        time(&element, element.is(Tag::UtcTime))
    }

    #[test]
    fn moments_are_read_as_written() {
        assert_eq!(moment(0x17, "700101000000Z"), Some(0));
        assert_eq!(moment(0x17, "261120093000Z"), Some(1_795_167_000));
        assert_eq!(moment(0x18, "20261120093000Z"), moment(0x17, "261120093000Z"));
        for broken in
            ["", "Z", "2611200930Z", "261120093000", "261120093000+0100", "26112009300éZ", "261320093000Z"]
        {
            assert_eq!(moment(0x17, broken), None, "{broken}");
        }
    }

    #[test]
    fn what_is_no_certificate_has_nothing_to_see() {
        for bytes in [&b""[..], b"\x30\x00", b"-----BEGIN CERTIFICATE-----", &[0x30; 600]] {
            assert_eq!(Glance::read_all(bytes), []);
        }
    }
}

//! A DER writer for tests: it writes what no honest tool would.

/// Tag, length, content.
pub(crate) fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    if length < 0x80 {
        out.push(u8::try_from(length).unwrap());
    } else {
        let octets: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect();
        out.push(0x80 | u8::try_from(octets.len()).unwrap());
        out.extend(octets);
    }
    out.extend_from_slice(content);
    out
}

pub(crate) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

pub(crate) fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x31, &parts.concat())
}

/// Content octets as they are: an INTEGER may be negative or badly padded.
pub(crate) fn integer(content: &[u8]) -> Vec<u8> {
    tlv(0x02, content)
}

/// A big-endian number, not negative.
pub(crate) fn unsigned(number: &[u8]) -> Vec<u8> {
    let mut content: Vec<u8> = number.iter().copied().skip_while(|octet| *octet == 0).collect();
    if content.first().is_none_or(|first| first & 0x80 != 0) {
        content.insert(0, 0);
    }
    integer(&content)
}

pub(crate) fn bit_string(content: &[u8]) -> Vec<u8> {
    tlv(0x03, &[&[0], content].concat())
}

pub(crate) fn octet_string(content: &[u8]) -> Vec<u8> {
    tlv(0x04, content)
}

pub(crate) fn null() -> Vec<u8> {
    tlv(0x05, &[])
}

pub(crate) fn boolean_true() -> Vec<u8> {
    tlv(0x01, &[0xff])
}

pub(crate) fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut content = Vec::new();
    for arc in std::iter::once(arcs[0] * 40 + arcs[1]).chain(arcs[2..].iter().copied()) {
        let mut groups = vec![u8::try_from(arc & 0x7f).unwrap()];
        let mut rest = arc >> 7;
        while rest > 0 {
            groups.insert(0, u8::try_from(rest & 0x7f).unwrap() | 0x80);
            rest >>= 7;
        }
        content.extend(groups);
    }
    tlv(0x06, &content)
}

/// `2026-11-20T09:30:00Z` as a UTCTime up to 2049, then a GeneralizedTime, RFC 5280 § 4.1.2.5.
pub(crate) fn time(moment: &str) -> Vec<u8> {
    let digits = format!("{}Z", moment.chars().filter(char::is_ascii_digit).collect::<String>());
    if moment < "2050" { tlv(0x17, &digits.as_bytes()[2..]) } else { tlv(0x18, digits.as_bytes()) }
}

/// The same, always as a GeneralizedTime, under another tag.
pub(crate) fn tagged_time(tag: u8, moment: &str) -> Vec<u8> {
    let digits = format!("{}Z", moment.chars().filter(char::is_ascii_digit).collect::<String>());
    tlv(tag, digits.as_bytes())
}

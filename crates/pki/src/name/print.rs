//! The spellings of a name that people paste into forms and configurations: RFC 4514, OpenSSL, Java, Windows.

use super::{Attribute, DistinguishedName, RelativeDistinguishedName, names};
use crate::asn1;

/// RFC 4514, section 2: parts in reverse order, attributes of one part in encoded order.
///
/// Types without a short name are written with their identifier and the hexadecimal of their DER
/// (section 2.4). Characters that section does not oblige to escape are left as they are, save
/// control characters, which would break a line.
pub(super) fn rfc4514(name: &DistinguishedName) -> String {
    let part = |rdn: &RelativeDistinguishedName| {
        joined(rdn, "+", |attribute| match names(&attribute.oid) {
            Some(names) => match attribute.text() {
                Some(text) => format!("{}={}", names.short, backslashed(&text)),
                None => format!("{}={}", names.short, hex_value(attribute)),
            },
            None => format!("{}={}", attribute.oid, hex_value(attribute)),
        })
    };
    let parts: Vec<String> = name.rdns().iter().rev().map(part).collect();
    parts.join(",")
}

/// OpenSSL's one-line form: encoded order, spaces around the equals sign, quotes around a value that needs them.
/// What is not ASCII stands as it is, or as `\C3\B4`.
pub(super) fn openssl_oneline(name: &DistinguishedName, beyond_ascii: BeyondAscii) -> String {
    let part = |rdn: &RelativeDistinguishedName| {
        joined(rdn, " + ", |attribute| {
            let value = match attribute.text() {
                Some(text) => openssl_value(&text, beyond_ascii),
                None => hex_value(attribute).to_ascii_uppercase(),
            };
            format!("{} = {value}", attribute.short_name())
        })
    };
    let parts: Vec<String> = name.rdns().iter().map(part).collect();
    parts.join(", ")
}

/// OpenSSL's `-nameopt utf8,sep_comma_plus_space`: nothing is quoted or escaped, save control characters, which would
/// break a line.
pub(super) fn openssl_plain(name: &DistinguishedName) -> String {
    let part = |rdn: &RelativeDistinguishedName| {
        joined(rdn, " + ", |attribute| {
            let mut value = String::new();
            match attribute.text() {
                Some(text) => push_all(&mut value, &text, BeyondAscii::Shown),
                None => value = hex_value(attribute).to_ascii_uppercase(),
            }
            format!("{}={value}", attribute.short_name())
        })
    };
    let parts: Vec<String> = name.rdns().iter().map(part).collect();
    parts.join(", ")
}

/// OpenSSL's `-nameopt RFC2253`: everything in reverse, the attributes of one part too; what is not ASCII as `\C3\B4`.
pub(super) fn openssl_rfc2253(name: &DistinguishedName) -> String {
    let attribute = |attribute: &Attribute| match (names(&attribute.oid), attribute.text()) {
        (Some(names), Some(text)) => format!("{}={}", names.short, openssl_backslashed(&text)),
        _ => format!("{}={}", attribute.short_name(), hex_value(attribute).to_ascii_uppercase()),
    };
    let part = |rdn: &RelativeDistinguishedName| {
        let attributes: Vec<String> = rdn.attributes().iter().rev().map(attribute).collect();
        attributes.join("+")
    };
    let parts: Vec<String> = name.rdns().iter().rev().map(part).collect();
    parts.join(",")
}

/// How a printer shows what is not ASCII.
#[derive(Clone, Copy)]
pub(super) enum BeyondAscii {
    /// As `\C3\B4`, octet by octet of UTF-8.
    Escaped,
    /// As it is.
    Shown,
}

/// Windows' `CertNameToStr(CERT_X500_NAME_STR | CERT_NAME_STR_REVERSE_FLAG)`, which .NET's `X509Certificate2.Subject`
/// and IIS show: everything in reverse, its own names (`S` for a state), quotes doubled inside quotes.
pub(super) fn windows(name: &DistinguishedName) -> String {
    let attribute = |attribute: &Attribute| {
        let key = match names(&attribute.oid).and_then(|names| names.windows) {
            Some(key) => key.to_owned(),
            None => format!("OID.{}", attribute.oid),
        };
        let value = match attribute.text() {
            Some(text) => windows_value(&text),
            None => hex_value(attribute).to_ascii_uppercase(),
        };
        format!("{key}={value}")
    };
    let part = |rdn: &RelativeDistinguishedName| {
        let attributes: Vec<String> = rdn.attributes().iter().map(attribute).collect();
        attributes.join(" + ")
    };
    let parts: Vec<String> = name.rdns().iter().rev().map(part).collect();
    parts.join(", ")
}

/// Java's `X500Name.toString()`, which `keytool -printcert` shows: parts in reverse order, quotes
/// around a value that needs them, Java's own names, `OID.` before an identifier.
pub(super) fn java(name: &DistinguishedName) -> String {
    let part = |rdn: &RelativeDistinguishedName| {
        joined(rdn, " + ", |attribute| {
            let keyword = match names(&attribute.oid).and_then(|names| names.java) {
                Some(keyword) => keyword.to_owned(),
                None => format!("OID.{}", attribute.oid),
            };
            let value = match attribute.text() {
                Some(text) => java_value(&text),
                None => hex_value(attribute),
            };
            format!("{keyword}={value}")
        })
    };
    let parts: Vec<String> = name.rdns().iter().rev().map(part).collect();
    parts.join(", ")
}

fn joined(rdn: &RelativeDistinguishedName, separator: &str, print: impl Fn(&Attribute) -> String) -> String {
    let attributes: Vec<String> = rdn.attributes().iter().map(print).collect();
    attributes.join(separator)
}

fn hex_value(attribute: &Attribute) -> String {
    format!("#{}", asn1::hex(attribute.value_der()))
}

/// RFC 4514, section 2.4.
fn backslashed(text: &str) -> String {
    // Nearly every value; a control character beyond ASCII begins with C2.
    let is_plain =
        |octet: u8| !matches!(octet, ..b' ' | 0x7f | 0xc2 | b'"' | b'+' | b',' | b';' | b'<' | b'>' | b'\\');
    if text.bytes().all(is_plain) && !text.starts_with([' ', '#']) && !text.ends_with(' ') {
        return text.to_owned();
    }
    let last = text.chars().count().saturating_sub(1);
    let mut out = String::with_capacity(text.len());
    for (position, character) in text.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            '#' if position == 0 => out.push_str("\\#"),
            ' ' if position == 0 || position == last => out.push_str("\\ "),
            control if control.is_control() => push_hex_pairs(&mut out, control, '\\'),
            other => out.push(other),
        }
    }
    out
}

fn openssl_value(text: &str, beyond_ascii: BeyondAscii) -> String {
    let quoted =
        text.starts_with([' ', '#']) || text.ends_with(' ') || text.contains([',', '+', '<', '>', ';']);
    let mut out = String::with_capacity(text.len().saturating_add(2));
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            other => push_escaped(&mut out, other, beyond_ascii),
        }
    }
    if quoted { format!("\"{out}\"") } else { out }
}

fn openssl_backslashed(text: &str) -> String {
    let last = text.chars().count().saturating_sub(1);
    let mut out = String::with_capacity(text.len());
    for (position, character) in text.chars().enumerate() {
        let at_edge =
            (character == ' ' && (position == 0 || position == last)) || (character == '#' && position == 0);
        if at_edge || matches!(character, '"' | '+' | ',' | ';' | '<' | '>' | '\\') {
            out.push('\\');
        }
        push_escaped(&mut out, character, BeyondAscii::Escaped);
    }
    out
}

fn push_all(out: &mut String, text: &str, beyond_ascii: BeyondAscii) {
    for character in text.chars() {
        push_escaped(out, character, beyond_ascii);
    }
}

/// A character, control characters always as `\0A`.
fn push_escaped(out: &mut String, character: char, beyond_ascii: BeyondAscii) {
    let escaped = character.is_ascii_control()
        || (!character.is_ascii() && matches!(beyond_ascii, BeyondAscii::Escaped));
    if escaped {
        push_hex_pairs(out, character, '\\');
    } else {
        out.push(character);
    }
}

/// Windows quotes a value that is empty, starts or ends with white space, or holds a separator, and doubles the quotes
/// inside.
fn windows_value(text: &str) -> String {
    let blank = |character: char| matches!(character, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r');
    let quoted = text.is_empty()
        || text.starts_with(blank)
        || text.ends_with(blank)
        || text.contains([',', '+', '=', '"', '\n', '<', '>', '#', ';']);
    if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// Java quotes a value that holds a separator, starts or ends with a space, or holds two spaces in
/// a row; inside, it escapes quotes and backslashes.
fn java_value(text: &str) -> String {
    let already_quoted = text.len() > 1 && text.starts_with('"') && text.ends_with('"');
    if already_quoted {
        let inside = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
        return format!("\"{}\"", java_escaped(inside));
    }
    let blank = |character: char| character == ' ' || character == '\n';
    let quoted = text.contains([',', '+', '=', '\n', '<', '>', '#', ';', '\\', '"'])
        || text.starts_with(blank)
        || text.ends_with(blank)
        || text.contains("  ");
    let out = java_escaped(text);
    if quoted { format!("\"{out}\"") } else { out }
}

fn java_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '"' || character == '\\' {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn push_hex_pairs(out: &mut String, character: char, before: char) {
    let mut buffer = [0; 4];
    for byte in character.encode_utf8(&mut buffer).bytes() {
        out.push(before);
        out.push_str(&asn1::hex(&[byte]).to_ascii_uppercase());
    }
}

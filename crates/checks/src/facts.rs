//! How values are shown in findings.

use pki::{certificate::Extensions, key::PublicKey, key::PublicKeyKind};
use vocabulary::{Document, Environment, Finding, IdentifierKind, Source, Value};

pub(crate) const RFC5280: &Document = Document::RFC5280;

pub(crate) const fn source(document: &'static Document, section: &'static str) -> Source {
    Source { document, section: Some(section) }
}

/// Gravest first, then by the place of their code.
pub(crate) fn in_order_of_action(findings: &mut [Finding], codes: &[&str]) {
    let place = |finding: &Finding| codes.iter().position(|code| *code == finding.code());
    Finding::gravest_first(findings, &|finding| place(finding).unwrap_or(codes.len()));
}

/// A text as it can stand in a sentence: bounded, without characters that would upset the line.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 80;
    let mut out: String = text
        .chars()
        .take(MOST)
        .map(|c| if c.is_control() || is_invisible(c) { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}

/// A character as a sentence can name it: with its code point where it could be taken for another.
pub(crate) fn named(c: char) -> String {
    let code = u32::from(c);
    if c.is_ascii_graphic() {
        c.to_string()
    } else if c.is_control() || c.is_whitespace() || is_invisible(c) {
        format!("U+{code:04X}")
    } else {
        format!("{c} (U+{code:04X})")
    }
}

/// Joiners, direction marks, soft hyphens: nothing one can see.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// The first characters of a digest: enough to tell two keys apart by eye.
pub(crate) fn short_digest(key: &PublicKey) -> String {
    key.sha256().chars().take(16).collect()
}

/// "RSA 2048".
pub(crate) fn key_name(key: &PublicKey) -> String {
    match (key.kind(), key.bits()) {
        (PublicKeyKind::Ed25519, _) | (_, None) => key.algorithm().to_owned(),
        (_, Some(bits)) => format!("{} {bits}", key.algorithm()),
    }
}

/// "RSA 2048", the size of this many bits.
pub(crate) fn rsa(bits: u32) -> String {
    format!("RSA {bits}")
}

pub(crate) const fn environment(environment: Environment) -> Value {
    Value::Term(match environment {
        Environment::Production => "environment.production",
        Environment::Test => "environment.test",
    })
}

pub(crate) const fn identifier(kind: IdentifierKind) -> Value {
    Value::Term(match kind {
        IdentifierKind::Finess => "identifier.finess",
        IdentifierKind::Siren => "identifier.siren",
        IdentifierKind::Siret => "identifier.siret",
        IdentifierKind::Rpps => "identifier.rpps",
        IdentifierKind::RppsRang => "identifier.rpps-rang",
        IdentifierKind::Adeli => "identifier.adeli",
        IdentifierKind::AdeliRang => "identifier.adeli-rang",
        IdentifierKind::StructureId => "identifier.structure-id",
        IdentifierKind::CardNumber => "identifier.card-number",
        IdentifierKind::Fqdn => "identifier.fqdn",
        IdentifierKind::MailDomain => "identifier.mail-domain",
        IdentifierKind::Email => "identifier.email",
    })
}

/// The values, or the word for none.
pub(crate) fn list(values: impl IntoIterator<Item = impl Into<String>>) -> Value {
    const MOST: usize = 20;
    let mut values: Vec<String> = values.into_iter().map(Into::into).collect();
    if values.is_empty() {
        return Value::Term("usage.none");
    }
    if values.len() > MOST {
        values.truncate(MOST);
        values.push("…".to_owned());
    }
    Value::List(values)
}

/// Host names and mail addresses of subjectAltName, as they are shown.
pub(crate) fn alternative_names(extensions: &Extensions) -> Vec<String> {
    use pki::certificate::GeneralName;
    extensions
        .subject_alt_names()
        .iter()
        .map(|name| match name {
            GeneralName::Dns(text) | GeneralName::Email(text) | GeneralName::Uri(text) => shown(text),
            GeneralName::OtherName { text: Some(text), .. } => shown(text),
            GeneralName::OtherName { oid, .. } => oid.to_string(),
            GeneralName::Directory(name) => shown(&name.rfc4514()),
            GeneralName::Ip(octets) => {
                octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(":")
            }
            _ => "?".to_owned(),
        })
        .collect()
}

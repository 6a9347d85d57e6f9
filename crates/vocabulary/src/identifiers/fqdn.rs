use core::net::{IpAddr, Ipv4Addr};

use super::{
    sources,
    typed::{is_invisible, named, shown, too_long_or_empty},
};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

identifier! {
    /// A fully qualified host name: at least two labels of letters, digits and hyphens, in lower case, without final
    /// dot. International names in their ASCII form (`xn--`). What a common name can hold is not judged here.
    Fqdn
}

/// Longest host name, in characters (RFC 1123 § 2.1, RFC 1035 § 2.3.4 without the root's octets).
pub(super) const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

impl Fqdn {
    /// The labels, from the host to the top-level domain.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.0.split('.')
    }

    /// Whether it is that domain or a name under it: what a habilitation for a domain covers.
    pub fn is_within(&self, domain: &Self) -> bool {
        self.0.strip_suffix(domain.as_str()).is_some_and(|host| host.is_empty() || host.ends_with('.'))
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        Some(Self(host(IdentifierKind::Fqdn, text, findings)?))
    }

    #[allow(clippy::unused_self, reason = "every kind tells its facts, this one has none")]
    pub(super) const fn facts(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// The host name in the text, in lower case; or nothing, and why. Shared with mail domains and addresses.
pub(super) fn host(kind: IdentifierKind, text: &str, findings: &mut Vec<Finding>) -> Option<String> {
    if let Some(finding) = too_long_or_empty(kind, text) {
        findings.push(finding);
        return None;
    }
    let name = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let before = findings.len();
    let bare = unwrapped(name, findings);
    if is_ip_address(bare) {
        findings.push(fault(topics::CHARSET_IP_ADDRESS).with("found", shown(bare)));
        return None;
    }
    let bare = without_port(bare, findings);
    let bare = bare.strip_prefix("*.").map_or(bare, |under| {
        findings.push(fault(topics::CHARSET_WILDCARD).with("found", shown(bare)));
        under
    });
    if bare.is_empty() {
        findings.truncate(before);
        findings.push(Finding::error(topics::LENGTH_EMPTY).with("kind", super::report::term(kind)));
        return None;
    }
    let host = bare.strip_suffix('.').unwrap_or(bare).to_ascii_lowercase();
    if let Some(finding) = characters(&host) {
        findings.push(finding);
    } else {
        labels(&host, findings);
    }
    (findings.len() == before).then_some(host)
}

/// The name out of an address of the web: without scheme, path, query.
fn unwrapped<'a>(name: &'a str, findings: &mut Vec<Finding>) -> &'a str {
    let after_scheme = name.split_once("://").map_or(name, |(_, rest)| rest);
    let end = after_scheme.find(['/', '?', '#', '\\']).unwrap_or(after_scheme.len());
    let bare = after_scheme.get(..end).unwrap_or(after_scheme);
    if bare.len() < name.len() {
        findings.push(fault(topics::CHARSET_URL).with("found", shown(name)).with("suggestion", shown(bare)));
    }
    bare
}

fn without_port<'a>(name: &'a str, findings: &mut Vec<Finding>) -> &'a str {
    match name.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => {
            findings
                .push(fault(topics::CHARSET_PORT).with("found", shown(name)).with("suggestion", shown(host)));
            host
        }
        _ => name,
    }
}

/// `192.0.2.1`, with or without port, `2001:db8::1`, `[2001:db8::1]:443`.
fn is_ip_address(name: &str) -> bool {
    let host = name.rsplit_once(':').map_or(name, |(host, _)| host);
    name.parse::<IpAddr>().is_ok() || host.parse::<Ipv4Addr>().is_ok() || name.starts_with('[')
}

fn characters(host: &str) -> Option<Finding> {
    let odd = host.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))?;
    let finding = match odd {
        '_' => fault(topics::CHARSET_UNDERSCORE),
        _ if !odd.is_ascii() && odd.is_alphanumeric() => {
            Finding::error(topics::CHARSET_PUNYCODE).from_source(sources::HOST_ASCII)
        }
        _ => fault(topics::CHARSET_HOST),
    };
    Some(finding.with("character", named(odd)).with("found", shown(host)))
}

fn labels(host: &str, findings: &mut Vec<Finding>) {
    if host.len() > LONGEST_NAME {
        findings.push(fault(topics::LENGTH_NAME).with("count", host.len()).with("expected", LONGEST_NAME));
        return;
    }
    if host.split('.').any(str::is_empty) {
        findings.push(fault(topics::CHARSET_EMPTY_LABEL).with("found", shown(host)));
        return;
    }
    for label in host.split('.') {
        if label.len() > LONGEST_LABEL {
            findings.push(
                fault(topics::LENGTH_LABEL)
                    .with("found", shown(label))
                    .with("count", label.len())
                    .with("expected", LONGEST_LABEL),
            );
        }
        if label.starts_with('-') || label.ends_with('-') {
            findings.push(fault(topics::CHARSET_HYPHEN).with("found", shown(label)));
        }
    }
    match host.rsplit_once('.') {
        None => findings.push(fault(topics::LENGTH_SINGLE_LABEL).with("found", shown(host))),
        Some((_, last)) if last.bytes().all(|b| b.is_ascii_digit()) => {
            findings.push(fault(topics::CHARSET_NUMERIC_SUFFIX).with("found", shown(last)));
        }
        Some(_) => {}
    }
}

fn fault(topic: crate::Topic) -> Finding {
    Finding::error(topic).from_source(sources::HOST)
}

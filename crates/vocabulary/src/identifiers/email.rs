use super::{
    MailDomain, fqdn, sources,
    typed::{is_invisible, named, shown, too_long_or_empty},
};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

identifier! {
    /// A mail address: a dot-atom (RFC 5321 § 4.1.2), an at sign, a host name in lower case.
    ///
    /// Quoted local parts and non-ASCII ones exist and are refused: no certificate or form here takes them.
    Email
}

const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_ADDRESS: usize = 254;

impl Email {
    /// What stands before the at sign, as typed: it may be case-sensitive.
    pub fn local_part(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// The domain, in lower case.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The domain as the F413 form writes it.
    pub fn mail_domain(&self) -> Option<MailDomain> {
        MailDomain::parse(self.domain())
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        if let Some(finding) = too_long_or_empty(IdentifierKind::Email, text) {
            findings.push(finding);
            return None;
        }
        let typed = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let at_signs = typed.matches('@').count();
        let Some((local, domain)) = typed.split_once('@').filter(|_| at_signs == 1) else {
            findings.push(fault(topics::CHARSET_AT_SIGN).with("found", shown(typed)).with("count", at_signs));
            return None;
        };
        let before = findings.len();
        findings.extend(local_part(local));
        let domain = fqdn::host(IdentifierKind::MailDomain, domain, findings)?;
        let address = format!("{local}@{domain}");
        if address.len() > LONGEST_ADDRESS {
            findings.push(
                Finding::error(topics::LENGTH_NAME)
                    .with("count", address.len())
                    .with("expected", LONGEST_ADDRESS)
                    .from_source(sources::MAIL_SIZES),
            );
        }
        (findings.len() == before).then_some(Self(address))
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("domain", self.domain().to_owned())]
    }
}

fn local_part(local: &str) -> Option<Finding> {
    let odd = local.chars().find(|c| !(c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(*c)));
    if let Some(odd) = odd {
        return Some(
            fault(topics::CHARSET_LOCAL_PART).with("character", named(odd)).with("found", shown(local)),
        );
    }
    if local.split('.').any(str::is_empty) {
        return Some(fault(topics::CHARSET_LOCAL_DOTS).with("found", shown(local)));
    }
    (local.len() > LONGEST_LOCAL_PART).then(|| {
        Finding::error(topics::LENGTH_LOCAL_PART)
            .with("count", local.len())
            .with("expected", LONGEST_LOCAL_PART)
            .from_source(sources::MAIL_SIZES)
    })
}

fn fault(topic: crate::Topic) -> Finding {
    Finding::error(topic).from_source(sources::MAIL)
}

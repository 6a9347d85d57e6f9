use super::{Email, fqdn, typed::is_invisible};
use crate::{Finding, IdentifierKind};

identifier! {
    /// The domain of mail addresses a habilitation covers, written `@domaine.fr` as on the F413 form.
    MailDomain
}

impl MailDomain {
    /// The domain without the at sign.
    pub fn domain(&self) -> &str {
        self.0.strip_prefix('@').unwrap_or(&self.0)
    }

    /// Whether the address is in this very domain.
    pub fn holds(&self, address: &Email) -> bool {
        address.domain() == self.domain()
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let typed = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let domain = typed.strip_prefix('@').unwrap_or(typed);
        Some(Self(format!("@{}", fqdn::host(IdentifierKind::MailDomain, domain, findings)?)))
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("domain", self.domain().to_owned())]
    }
}

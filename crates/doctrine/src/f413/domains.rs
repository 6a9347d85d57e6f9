//! Which domains cover what is planned, and what is proposed from it.

use vocabulary::IdentifierKind;
use vocabulary::{
    Document, Finding, Source,
    identifiers::{self, Email, Fqdn, MailDomain},
    topics::f413 as topics,
};

use super::Scope;
use crate::{
    data::F413_MAIL,
    plan::{PlannedCertificate, PlannedName},
};

const FORM: Source = Source { document: Document::F413, section: Some("§4.3") };
const NOTICE: Source = Source { document: Document::F413_2019, section: Some("notice §4.2") };

/// Second levels under `fr` that are nobody's own (Afnic's charter).
const SHARED_SUFFIXES: [&str; 6] = ["asso.fr", "com.fr", "gouv.fr", "nom.fr", "prd.fr", "tm.fr"];

/// What to write for these servers: the only one, or the narrowest domain that several share.
pub fn server_domain_proposed(servers: &[&Fqdn]) -> Option<(String, Scope)> {
    let (first, others) = servers.split_first()?;
    if others.iter().all(|other| other == first) {
        return Some((first.as_str().to_owned(), Scope::Server));
    }
    let labels = |name: &Fqdn| {
        let mut labels: Vec<String> = name.labels().map(str::to_owned).collect();
        labels.reverse();
        labels
    };
    let mut shared = labels(first);
    // The name of a server is not the domain of another.
    shared.pop();
    for other in others {
        let same = shared.iter().zip(labels(other)).take_while(|(a, b)| *a == b).count();
        shared.truncate(same);
    }
    shared.reverse();
    let domain = shared.join(".");
    let is_own = shared.len() > 1 && !SHARED_SUFFIXES.contains(&domain.as_str());
    is_own.then_some((domain, Scope::Domain))
}

/// What to write for these addresses: their domain, when they have the same.
pub fn mail_domain_proposed(addresses: &[&Email]) -> Option<String> {
    let (first, others) = addresses.split_first()?;
    let domain = first.mail_domain()?;
    others.iter().all(|other| domain.holds(other)).then(|| domain.as_str().to_owned())
}

/// The servers that are planned.
pub(super) fn servers<'a>(certificates: &[&'a PlannedCertificate]) -> Vec<&'a Fqdn> {
    let names = certificates.iter().filter_map(|one| match &one.common_name {
        PlannedName::Fqdn(Some(name)) => Some(name),
        _ => None,
    });
    names.collect()
}

/// The mail addresses that are planned.
pub(super) fn addresses<'a>(certificates: &[&'a PlannedCertificate]) -> Vec<&'a Email> {
    let names = certificates.iter().filter_map(|one| match &one.common_name {
        PlannedName::Email(Some(address)) => Some(address),
        _ => None,
    });
    names.collect()
}

/// What is said of the domain or the server that was typed or proposed, and how it is written.
pub(super) fn server(typed: &str, scope: Scope, planned: &[&Fqdn], found: &mut Vec<Finding>) -> String {
    let report = identifiers::report(IdentifierKind::Fqdn, typed);
    found.extend(report.findings);
    let Some(name) = Fqdn::parse(typed) else { return typed.trim().to_owned() };
    let by_form = |finding: Finding| finding.from_source(FORM).from_source(NOTICE);
    if SHARED_SUFFIXES.contains(&name.as_str()) {
        found.push(by_form(Finding::error(topics::DOMAIN_SHARED).with("found", name.as_str())));
    }
    let covers = |server: &&Fqdn| match scope {
        Scope::Domain => server.is_within(&name),
        Scope::OfPlan | Scope::Server => **server == name,
    };
    let left: Vec<String> =
        planned.iter().filter(|server| !covers(server)).map(|server| server.as_str().to_owned()).collect();
    if !left.is_empty() {
        let topic = match scope {
            Scope::Domain => topics::DOMAIN_UNCOVERED,
            Scope::OfPlan | Scope::Server => topics::SERVER_UNCOVERED,
        };
        let said = Finding::error(topic).with("found", name.as_str()).with("count", left.len());
        found.push(by_form(said.with("servers", left)));
    }
    if scope != Scope::Domain && name.labels().count() < 3 {
        found.push(by_form(Finding::warning(topics::SERVER_IS_DOMAIN).with("found", name.as_str())));
    }
    name.as_str().to_owned()
}

/// What is said of the domain of mail addresses that was typed or proposed, and how it is written.
pub(super) fn mail(typed: &str, planned: &[&Email], found: &mut Vec<Finding>) -> String {
    found.extend(identifiers::report(IdentifierKind::MailDomain, typed).findings);
    let Some(domain) = MailDomain::parse(typed) else { return typed.trim().to_owned() };
    let by_form = |finding: Finding| finding.from_source(FORM).from_source(NOTICE);
    if F413_MAIL.public.contains(&domain.domain()) {
        let said = Finding::error(topics::MAIL_DOMAIN_PUBLIC).with("found", domain.as_str());
        found.push(said.from_source(NOTICE).from_sources(F413_MAIL.sources));
    }
    let within = |address: &Email| {
        let under = address.domain().strip_suffix(domain.domain());
        under.is_some_and(|under| under.is_empty() || under.ends_with('.'))
    };
    let listed = |wanted: &dyn Fn(&Email) -> bool| -> Vec<String> {
        planned.iter().filter(|address| wanted(address)).map(|address| address.as_str().to_owned()).collect()
    };
    let left = listed(&|address| !within(address));
    if !left.is_empty() {
        let said = Finding::error(topics::MAIL_DOMAIN_UNCOVERED).with("found", domain.as_str());
        found.push(by_form(said.with("count", left.len()).with("addresses", left)));
    }
    let below = listed(&|address| within(address) && !domain.holds(address));
    if !below.is_empty() {
        let said = Finding::warning(topics::MAIL_DOMAIN_BELOW).with("found", domain.as_str());
        found.push(by_form(said.with("count", below.len()).with("addresses", below)));
    }
    domain.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed(names: &[&str]) -> Option<(String, Scope)> {
        let names: Vec<Fqdn> = names.iter().map(|name| Fqdn::parse(name).unwrap()).collect();
        server_domain_proposed(&names.iter().collect::<Vec<_>>())
    }

    #[test]
    fn the_narrowest_habilitation_is_proposed() {
        let server = |name: &str| Some((name.to_owned(), Scope::Server));
        let domain = |name: &str| Some((name.to_owned(), Scope::Domain));
        assert_eq!(proposed(&[]), None);
        assert_eq!(proposed(&["ms.ch-nevers.fr"]), server("ms.ch-nevers.fr"));
        assert_eq!(proposed(&["ms.ch-nevers.fr", "ms.ch-nevers.fr"]), server("ms.ch-nevers.fr"));
        assert_eq!(proposed(&["a.x.ch-nevers.fr", "b.x.ch-nevers.fr"]), domain("x.ch-nevers.fr"));
        assert_eq!(proposed(&["a.ch-nevers.fr", "b.x.ch-nevers.fr"]), domain("ch-nevers.fr"));
        assert_eq!(proposed(&["x.ch-nevers.fr", "b.x.ch-nevers.fr"]), domain("ch-nevers.fr"));
        assert_eq!(proposed(&["a.ch-nevers.fr", "b.ch-decize.fr"]), None);
        assert_eq!(proposed(&["a.asso.fr", "b.asso.fr"]), None);
    }
}

//! The calendar of what ends: one event a certificate, with alarms 90, 60 and 30 days before.

use std::collections::BTreeSet;

use messages::{Locale, papers::calendar as texts};
use papers::calendar::{Alarm, Calendar, Event};
use pki::certificate::{Certificate, Glance};
use profiles::{Authority, RENEWAL};
use vocabulary::{Environment, Error, Fact, Timestamp, Value, arranged, sorted_places};

use crate::{
    contract::{CertificateSummary, FileInput},
    material,
};

/// Where certificates of the IGC-Santé are ordered and renewed.
pub(crate) const PLATFORM: &str = "https://pfc.eservices.esante.gouv.fr";

/// Days before the end at which the calendar reminds: the contract's 90, 60 and 30.
const ALARMS: [i64; 3] = [RENEWAL.first_reminder_days, RENEWAL.notice_days, RENEWAL.last_reminder_days];

/// Days before the end at which it reminds once more, where all of [`ALARMS`] are past.
const LAST_ALARMS: [i64; 2] = [7, 1];

/// What a calendar says of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    name: String,
    product: Option<String>,
    structure_id: Option<String>,
    organization: Option<String>,
    subject: String,
    issuer: String,
    serial: String,
    sha256: String,
    not_after: Timestamp,
    key_not_after: Option<Timestamp>,
}

impl Due {
    /// From the summary of a check; nothing when its dates do not read.
    pub fn of_summary(summary: &CertificateSummary) -> Option<Self> {
        let key_not_after = summary.private_key_not_after.as_deref().and_then(Timestamp::parse);
        Some(Self {
            name: summary.common_name.clone().unwrap_or_else(|| summary.subject_rfc4514.clone()),
            product: summary.product.as_deref().map(spaced),
            structure_id: summary.structure_id.clone(),
            organization: summary.organization.clone(),
            subject: summary.subject_rfc4514.clone(),
            issuer: summary.issuer_rfc4514.clone(),
            serial: summary.serial.clone(),
            sha256: summary.sha256.clone(),
            not_after: Timestamp::parse(&summary.not_after)?,
            key_not_after,
        })
    }

    /// Nothing is said of the product: it takes the whole reader, which the module that answers at once has not.
    fn of_glance(glance: &Glance) -> Self {
        let subject = &glance.subject;
        let first = |name: &str| subject.values_of(name).into_iter().next();
        Self {
            name: subject.common_name().unwrap_or_else(|| subject.rfc4514()),
            product: None,
            structure_id: first("OU"),
            organization: first("O"),
            subject: subject.rfc4514(),
            issuer: glance.issuer.rfc4514(),
            serial: glance.serial.clone(),
            sha256: glance.sha256.clone(),
            not_after: Timestamp(glance.not_after),
            key_not_after: glance.key_not_after.map(Timestamp),
        }
    }

    pub(crate) fn of_certificate(certificate: &Certificate) -> Self {
        let subject = certificate.subject();
        let first = |name: &str| subject.values_of(name).into_iter().next();
        let period = certificate.extensions().private_key_usage_period();
        Self {
            name: certificate.common_name().unwrap_or_else(|| subject.rfc4514()),
            product: checks::recognise(certificate).product.map(|product| spaced(product.as_str())),
            structure_id: first("OU"),
            organization: first("O"),
            subject: subject.rfc4514(),
            issuer: certificate.issuer().rfc4514(),
            serial: certificate.serial(),
            sha256: certificate.sha256(),
            not_after: Timestamp(certificate.not_after()),
            key_not_after: period.and_then(|period| period.not_after).map(Timestamp),
        }
    }
}

/// The calendar of the certificates of these files, PEM or DER: each end-entity certificate once, soonest end first.
/// Certificates of authorities are left out.
///
/// `now` is when the calendar is written; the texts are in the language of `locale`.
///
/// # Errors
///
/// `not-a-certificate` at `certificates[n]` for a file that holds none, saying what it is instead.
pub fn renewal(locale: Locale, now: Timestamp, certificates: &[FileInput]) -> Result<String, Error> {
    let mut all = Vec::new();
    for (number, file) in certificates.iter().enumerate() {
        let found = material::glances(file, &format!("certificates[{number}]"))?;
        all.extend(found.iter().filter(|certificate| !certificate.is_ca).map(Due::of_glance));
    }
    Ok(write(locale, now, all))
}

/// The calendar of what ends, each certificate once, soonest end first.
pub fn write(locale: Locale, now: Timestamp, mut all: Vec<Due>) -> String {
    let mut seen = BTreeSet::new();
    all.retain(|due| seen.insert(due.sha256.clone()));
    let mut events: Vec<(Timestamp, Event)> = Vec::new();
    for due in &all {
        let texts = Texts { locale, now, due };
        // Both ends on one day are one end.
        let key_ends = due.key_not_after.filter(|end| end.date() < due.not_after.date());
        events.extend(key_ends.map(|end| (end, texts.end_of_key(end))));
        events.push((due.not_after, texts.end()));
    }
    let rank = |place: usize| events.get(place).map(|(end, event)| (*end, event.uid.as_str()));
    let soonest_first = sorted_places(events.len(), &|a, b| rank(a).cmp(&rank(b)));
    let events: Vec<Event> = arranged(events, &soonest_first).into_iter().map(|(_, event)| event).collect();
    let product = format!(
        "-//Estampille//Estampille {}//{}",
        env!("CARGO_PKG_VERSION"),
        locale.tag().to_ascii_uppercase()
    );
    Calendar { product: &product, name: texts::NAME.get(locale), language: locale.tag(), at: now }
        .write(&events)
}

/// The sentences on one certificate.
struct Texts<'a> {
    locale: Locale,
    now: Timestamp,
    due: &'a Due,
}

impl Texts<'_> {
    /// The end of the certificate.
    fn end(&self) -> Event {
        let end = self.due.not_after;
        let issuer = self.authority();
        let summary = match issuer {
            _ if self.due.product.is_none() => texts::SUMMARY_OTHER,
            Some(authority) if authority.environment == Environment::Test => texts::SUMMARY_TEST,
            _ => texts::SUMMARY,
        };
        self.event("end", end, summary, texts::UNTIL, &|days| {
            if issuer.is_none() {
                texts::ALARM_OTHER
            } else if days >= RENEWAL.first_reminder_days {
                texts::ALARM_PREPARE
            } else if days >= RENEWAL.notice_days {
                texts::ALARM_ORDER
            } else {
                texts::ALARM_LAST
            }
        })
    }

    /// The end of use of the private key, which comes before.
    fn end_of_key(&self, end: Timestamp) -> Event {
        let summary = if self.due.product.is_some() { texts::SUMMARY_KEY } else { texts::SUMMARY_KEY_OTHER };
        self.event("key", end, summary, texts::KEY_UNTIL, &|_| texts::ALARM_KEY)
    }

    fn event(
        &self,
        which: &str,
        end: Timestamp,
        summary: messages::Text,
        until: messages::Text,
        alarm: &dyn Fn(i64) -> messages::Text,
    ) -> Event {
        let facts = self.facts(end);
        let say = |text: messages::Text| text.with(self.locale, &facts);
        let mut lines = vec![say(until), String::new()];
        lines.push(say(texts::SOFTWARE));
        if self.due.product.is_some() {
            lines.push(say(texts::PRODUCT));
        }
        if self.due.structure_id.is_some() {
            let named = self.due.organization.is_some();
            lines.push(say(if named { texts::STRUCTURE_NAMED } else { texts::STRUCTURE }));
        }
        lines.extend([texts::SUBJECT, texts::ISSUER, texts::SERIAL, texts::SHA256].map(say));
        lines.extend([String::new(), say(texts::TO_DO)]);
        if self.authority().is_some() {
            lines.extend([texts::FIRST, texts::SECOND, texts::THIRD, texts::TOO_LATE].map(say));
        } else {
            lines.push(say(texts::OTHER_ISSUER));
        }
        let left = self.now.days_until(end);
        let is_late = (0..RENEWAL.last_reminder_days).contains(&left);
        let late: &[i64] = if is_late { &LAST_ALARMS } else { &[] };
        let alarms = ALARMS.iter().chain(late).filter_map(|days| {
            let days_before = u16::try_from(*days).ok()?;
            let mut facts = facts.clone();
            facts.push(fact("days", u64::from(days_before)));
            Some(Alarm { days_before, text: alarm(*days).with(self.locale, &facts) })
        });
        Event {
            // The same certificate gives the same event, in whatever language and whenever it is written.
            uid: format!("{}-{which}@estampille", self.due.sha256),
            day: end.date(),
            summary: say(summary),
            description: lines.join("\n"),
            url: self.authority().map(|_| PLATFORM.to_owned()),
            alarms: alarms.collect(),
        }
    }

    /// The authority of the IGC-Santé that the certificate names as its issuer: enough to say where to renew it.
    fn authority(&self) -> Option<&'static Authority> {
        Authority::by_subject(&self.due.issuer).filter(|authority| !authority.former)
    }

    fn facts(&self, end: Timestamp) -> Vec<Fact> {
        let due = self.due;
        vec![
            fact("name", short(&due.name)),
            fact("product", due.product.clone().unwrap_or_default()),
            fact("structure", due.structure_id.as_deref().map(short).unwrap_or_default()),
            fact("organization", due.organization.as_deref().map(short).unwrap_or_default()),
            fact("subject", long(&due.subject)),
            fact("issuer", long(&due.issuer)),
            fact("serial", long(&due.serial)),
            fact("sha256", due.sha256.clone()),
            fact("until", end),
            fact("expiry", due.not_after),
            fact("platform", PLATFORM),
        ]
    }
}

/// `ORG_AUTH_CLI` as people read it.
fn spaced(product: &str) -> String {
    product.replacen('_', " ", 1)
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}

fn long(text: &str) -> String {
    text.chars().take(500).collect()
}

fn fact(name: &'static str, value: impl Into<Value>) -> Fact {
    Fact { name, value: value.into() }
}

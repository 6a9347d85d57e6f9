//! What ends first.

use profiles::RENEWAL;
use vocabulary::{Finding, Severity, Timestamp, Topic, sorted_places, topics::sets as topics};

use super::Member;
use crate::facts::list;

/// The certificates that have ended, those to renew now and those to think of, one finding each. One that a later
/// certificate of the same name follows is not told: `followed_by` is [`super::Successions::followed_by`].
pub fn expiring(members: &[Member<'_>], followed_by: &[Option<usize>], at: Timestamp) -> Vec<Finding> {
    let last = members
        .iter()
        .enumerate()
        .filter(|(index, _)| followed_by.get(*index).copied().flatten().is_none())
        .map(|(_, member)| member);
    let last: Vec<(Timestamp, &Member<'_>)> =
        last.map(|member| (Timestamp(member.certificate.not_after()), member)).collect();
    let until = |place: usize| last.get(place).map(|(until, _)| *until);
    let soonest_first = sorted_places(last.len(), &|a, b| until(a).cmp(&until(b)));
    let dated: Vec<_> = soonest_first.into_iter().filter_map(|place| last.get(place)).collect();
    let between = |topic: Topic, severity: Severity, days: i64, takes: &dyn Fn(Timestamp, i64) -> bool| {
        let taken: Vec<_> = dated.iter().filter(|(until, _)| takes(*until, at.days_until(*until))).collect();
        let (first, _) = taken.first()?;
        let names = taken.iter().map(|(_, member)| member.name());
        Some(
            Finding::new(topic, severity)
                .with("count", taken.len())
                .with("days", u64::try_from(days).unwrap_or_default())
                .with("first", *first)
                .with("names", list(names))
                .from_sources(RENEWAL.sources),
        )
    };
    let (soon, later) = (RENEWAL.notice_days, RENEWAL.first_reminder_days);
    [
        between(topics::EXPIRING_SOON_EXPIRED, Severity::Error, 0, &|until, _| until < at),
        between(topics::EXPIRING_SOON, Severity::Warning, soon, &|until, days| until >= at && days <= soon),
        between(topics::EXPIRING_SOON_LATER, Severity::Info, later, &|_, days| days > soon && days <= later),
    ]
    .into_iter()
    .flatten()
    .collect()
}

//! Dates: validity, duration, renewal, use of the private key.

use profiles::{PeriodRule, RENEWAL};
use vocabulary::{Finding, Source, Timestamp, topics::checks as topics};

use crate::{
    certificate::Context,
    facts::{RFC5280, source},
};

const VALIDITY: Source = source(RFC5280, "§ 4.1.2.5");
const PRIVATE_KEY: Source = source(RFC5280, "extension privateKeyUsagePeriod (RFC 3280, § 4.2.1.4)");

pub(super) fn validity(context: &Context<'_>) -> Option<Finding> {
    let (from, until) = dates(context);
    let at = context.input.at;
    let finding = if until < from {
        Finding::error(topics::VALIDITY_INVERTED).with("from", from).with("until", until)
    } else if at > until {
        Finding::error(topics::VALIDITY_EXPIRED)
            .with("until", until)
            .with("days", count(until.days_until(at)))
    } else if at < from {
        Finding::error(topics::VALIDITY_NOT_YET).with("from", from).with("days", count(at.days_until(from)))
    } else {
        Finding::ok(topics::VALIDITY)
            .with("from", from)
            .with("until", until)
            .with("days", count(at.days_until(until)))
    };
    Some(finding.from_source(VALIDITY))
}

pub(super) fn duration(context: &Context<'_>) -> Option<Finding> {
    let profile = context.profile.filter(|profile| !profile.durations.is_empty())?;
    let (from, until) = dates(context);
    // Real certificates end at the time of day they began at; a day of grace covers other clocks.
    let lasts = |months: u32| {
        let end = from.plus_months(i32::try_from(months).unwrap_or(i32::MAX));
        until.0.abs_diff(end.0) <= 86_400
    };
    let finding = match profile.durations.iter().find(|duration| lasts(duration.months)) {
        Some(duration) => Finding::ok(topics::DURATION).with("months", u64::from(duration.months)),
        None => {
            let expected: Vec<String> =
                profile.durations.iter().map(|duration| duration.months.to_string()).collect();
            Finding::info(topics::DURATION_UNUSUAL)
                .with("days", count(from.days_until(until)))
                .with("expected", expected)
        }
    };
    Some(finding.from_sources(profile.sources))
}

pub(super) fn renewal_window(context: &Context<'_>) -> Option<Finding> {
    if context.is_authority() {
        return None;
    }
    let (_, until) = dates(context);
    let left = context.input.at.days_until(until);
    let period = context.certificate.extensions().private_key_usage_period();
    let key_until = period.and_then(|period| period.not_after).map(Timestamp);
    let key_left = key_until.map(|end| context.input.at.days_until(end));
    let finding = if left < 0 {
        Finding::warning(topics::RENEWAL_WINDOW_OVER)
    } else if let (Some(end), Some(days @ 0..)) = (key_until, key_left)
        && days <= RENEWAL.notice_days
        && days < left
    {
        // A seal is of no use once its private key may no longer sign.
        return Some(
            Finding::warning(topics::RENEWAL_WINDOW_KEY)
                .with("until", until)
                .with("end", end)
                .with("days", count(days))
                .from_sources(RENEWAL.sources),
        );
    } else if left <= RENEWAL.last_reminder_days {
        Finding::warning(topics::RENEWAL_WINDOW_URGENT)
    } else if left <= RENEWAL.notice_days {
        Finding::warning(topics::RENEWAL_WINDOW_DUE)
    } else if left <= RENEWAL.first_reminder_days {
        Finding::info(topics::RENEWAL_WINDOW_SOON)
    } else {
        Finding::ok(topics::RENEWAL_WINDOW)
    };
    Some(
        finding
            .with("until", until)
            .with("days", count(left))
            .with("notice", count(RENEWAL.notice_days))
            .from_sources(RENEWAL.sources),
    )
}

pub(super) fn private_key_usage_period(context: &Context<'_>) -> Option<Finding> {
    let period = context.certificate.extensions().private_key_usage_period();
    let rule = context.profile.and_then(|profile| profile.private_key_usage_period);
    let product = context.profile.map_or("", |profile| profile.product.as_str());
    let at = context.input.at;
    let finding = match (period, rule) {
        (None, Some(PeriodRule::Expected)) => {
            Finding::info(topics::PRIVATE_KEY_USAGE_PERIOD_ABSENT).with("product", product)
        }
        (None, _) => return None,
        (Some(period), rule) => {
            let from = period.not_before.map(Timestamp);
            let until = period.not_after.map(Timestamp);
            match (from, until) {
                (Some(from), _) if at < from => {
                    Finding::error(topics::PRIVATE_KEY_USAGE_PERIOD_NOT_YET).with("from", from)
                }
                (_, Some(until)) if at > until => {
                    Finding::error(topics::PRIVATE_KEY_USAGE_PERIOD_ENDED).with("until", until)
                }
                _ if rule == Some(PeriodRule::Never) => {
                    Finding::info(topics::PRIVATE_KEY_USAGE_PERIOD_UNEXPECTED).with("product", product)
                }
                (_, until) => Finding::ok(topics::PRIVATE_KEY_USAGE_PERIOD)
                    .with("until", until.unwrap_or(Timestamp(context.certificate.not_after()))),
            }
        }
    };
    Some(finding.from_source(PRIVATE_KEY))
}

fn dates(context: &Context<'_>) -> (Timestamp, Timestamp) {
    (Timestamp(context.certificate.not_before()), Timestamp(context.certificate.not_after()))
}

/// Days as a count that chooses a plural.
fn count(days: i64) -> u64 {
    u64::try_from(days).unwrap_or(0)
}

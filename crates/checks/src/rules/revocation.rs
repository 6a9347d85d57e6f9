//! Revocation: never "ok" without a full list that the issuer signed and that is in its time.

use vocabulary::{Finding, Source, Timestamp, Value, topics::checks as topics};

use super::chain;
use crate::{
    certificate::Context,
    facts::{RFC5280, list, shown, source},
    revocation::{Foreign, Said, State, Why},
};

const LISTS: Source = source(RFC5280, "§ 5 et § 6.3");

pub(super) fn revocation(context: &Context<'_>) -> Option<Finding> {
    let found = &context.revocations;
    let finding = match (&found.own, &found.authority) {
        (State::List { said: said @ (Said::Revoked { .. } | Said::Hold { .. }), list }, _) => {
            from_list(context, *list, *said)
        }
        // Whatever a list says of a certificate, its revoked authority answers for nothing.
        (_, Some(authority)) => Finding::error(topics::REVOCATION_AUTHORITY_REVOKED)
            .with("authority", authority.name.clone())
            .with("date", authority.date)
            .with("reason", reason(authority.reason)),
        (State::List { list, said }, None) => from_list(context, *list, *said),
        (State::Foreign(foreign), None) => match foreign {
            Foreign::Above(name) => {
                Finding::warning(topics::REVOCATION_LIST_ABOVE).with("found", name.clone())
            }
            Foreign::Other(names) => {
                Finding::warning(topics::REVOCATION_FOREIGN).with("found", list(names.iter().cloned()))
            }
            Foreign::Unreadable => Finding::warning(topics::REVOCATION_UNREADABLE),
        },
        (State::NoIssuer, None) => Finding::info(topics::REVOCATION_ISSUER_UNKNOWN),
        (State::NoList, None) => match found.address {
            Some(_) => Finding::info(topics::REVOCATION_NOT_CHECKED),
            None => Finding::info(topics::REVOCATION_NOT_CHECKED_NO_ADDRESS),
        },
    };
    Some(
        finding
            .with("address", address(found.address.as_ref()))
            .with("issuer", found.issuer.clone())
            .from_source(LISTS),
    )
}

/// What a list that has the issuer's name says.
fn from_list(context: &Context<'_>, position: usize, said: Said) -> Finding {
    let Some(list) = context.surroundings.lists().get(position) else {
        return Finding::info(topics::REVOCATION_ISSUER_UNKNOWN);
    };
    let finding = match said {
        Said::Revoked { date, reason: why } => {
            Finding::error(topics::REVOCATION_REVOKED).with("date", date).with("reason", reason(why))
        }
        Said::Hold { date } => Finding::error(topics::REVOCATION_HOLD).with("date", date),
        Said::Later { date } => {
            Finding::warning(topics::REVOCATION_LATER).with("date", date).with("at", context.input.at)
        }
        // Who passes itself off as an authority also writes the lists.
        Said::Good if chain::impostor(context).is_some() => Finding::info(topics::REVOCATION_ISSUER_UNKNOWN),
        Said::Good => Finding::ok(topics::REVOCATION)
            .with("until", Timestamp(list.next_update().unwrap_or(list.this_update()))),
        Said::AfterExpiry => Finding::info(topics::REVOCATION_AFTER_EXPIRY),
        Said::Stale { until } => Finding::warning(topics::REVOCATION_STALE).with("until", until),
        Said::NotYet => Finding::warning(topics::REVOCATION_NOT_YET),
        Said::NoEnd => Finding::warning(topics::REVOCATION_NO_END),
        Said::Delta | Said::TakenOff => Finding::warning(topics::REVOCATION_DELTA),
        Said::Partial => Finding::warning(topics::REVOCATION_PARTIAL),
        Said::Conditions => {
            let unknown = list.unknown_critical().iter().map(|oid| shown(oid.as_str()));
            Finding::warning(topics::REVOCATION_CONDITIONS).with("found", Value::List(unknown.collect()))
        }
        Said::OtherKey => Finding::warning(topics::REVOCATION_OTHER_KEY),
        Said::NotAllowed => Finding::warning(topics::REVOCATION_NOT_ALLOWED),
        Said::Unverified => Finding::warning(topics::REVOCATION_UNVERIFIED)
            .with("algorithm", shown(list.signature_algorithm().name())),
        Said::Forged => Finding::warning(topics::REVOCATION_FORGED),
    };
    finding.with("published", Timestamp(list.this_update()))
}

fn reason(why: Option<Why>) -> Value {
    Value::Term(why.map_or("revocation-reason.none", |why| why.0))
}

fn address(known: Option<&String>) -> Value {
    known.map_or(Value::Term("revocation-address.unknown"), |address| Value::Text(address.clone()))
}

//! What to do when a key is lost or copied, in the person's language.

use doctrine::{Door, LostKeyStep as Row};
use messages::{Locale, line};
use profiles::Confidence;

use crate::contract::{LostKeyStep, Source};

/// What became of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFate {
    /// Nobody has it, or nobody can open it.
    Lost,
    /// Somebody else has it, or may have.
    Copied,
}

/// What to do, in order.
pub fn lost_key(locale: Locale, fate: KeyFate) -> Vec<LostKeyStep> {
    let door = match fate {
        KeyFate::Lost => Door::Lost,
        KeyFate::Copied => Door::Copied,
    };
    doctrine::lost_key(door).iter().map(|row| step(locale, row)).collect()
}

fn step(locale: Locale, row: &Row) -> LostKeyStep {
    let text = line(locale, &row.line);
    LostKeyStep {
        title: text.title,
        detail: text.detail,
        action: text.action,
        who: row.who.iter().map(|who| who.as_str().into()).collect(),
        links: row.links.iter().map(|link| link.url.into()).collect(),
        sources: row.sources.iter().map(Source::from).collect(),
        confidence: match row.confidence {
            Confidence::Official | Confidence::Confirmed => "official",
            Confidence::Inferred | Confidence::Secondary => "inferred",
            Confidence::Unconfirmed => "unconfirmed",
        }
        .into(),
    }
}

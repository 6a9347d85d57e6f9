use super::{
    sources,
    typed::{Letters, Shape, part},
};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

identifier! {
    /// The number of a CPx card, third line on the card: ten digits, no known key.
    ///
    /// The guides write `2XXXXXXXXX`, and the cards seen begin so; another first digit is a warning.
    CardNumber
}

const SHAPE: Shape = Shape { kind: IdentifierKind::CardNumber, length: 10, letters: Letters::Nowhere };

impl CardNumber {
    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let number = SHAPE.read(text, findings)?;
        let first = part(&number, 0, 1);
        if first != "2" {
            findings.push(
                Finding::warning(topics::CHARSET_CARD_FIRST_DIGIT)
                    .with("found", number.as_str())
                    .with("character", first)
                    .from_source(sources::CARD)
                    .from_source(sources::CARD_SEEN),
            );
        }
        Some(Self(number))
    }

    #[allow(clippy::unused_self, reason = "every kind tells its facts, this one has none")]
    pub(super) const fn facts(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

use super::{
    luhn,
    report::term,
    sources,
    typed::{Letters, Shape, part},
};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

identifier! {
    /// A SIREN: nine digits, the last a Luhn key. Public bodies begin with 1 or 2.
    Siren
}

const SHAPE: Shape = Shape { kind: IdentifierKind::Siren, length: 9, letters: Letters::Nowhere };

impl Siren {
    /// Whether it is a fictitious number of the test environment: seven zeros in front, as test certificates have.
    pub fn is_test(&self) -> bool {
        is_test(&self.0)
    }

    /// Whether it is one of a public body.
    pub fn is_public(&self) -> bool {
        self.0.starts_with(['1', '2'])
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let number = SHAPE.read(text, findings)?;
        if !luhn::is_valid(&number) {
            let expected = luhn::key(part(&number, 0, 8)).unwrap_or_default();
            let finding = match luhn::swapped(&number, luhn::is_valid) {
                Some(suggestion) => Finding::error(topics::CHECK_KEY_SWAPPED).with("suggestion", suggestion),
                None => Finding::error(topics::CHECK_KEY),
            };
            findings.push(
                finding
                    .with("kind", term(IdentifierKind::Siren))
                    .with("number", number.as_str())
                    .with("found", part(&number, 8, 9))
                    .with("expected", expected.to_string())
                    .from_source(sources::SIREN),
            );
            return None;
        }
        if is_test(&number) {
            findings.push(
                Finding::warning(topics::TEST_IDENTIFIER)
                    .with("kind", term(IdentifierKind::Siren))
                    .with("number", number.as_str())
                    .from_source(sources::TEST),
            );
        }
        Some(Self(number))
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        if self.is_public() {
            facts.push(("public", "true".to_owned()));
        }
        if self.is_test() {
            facts.push(("environment", "test".to_owned()));
        }
        facts
    }
}

/// Test certificates name structures `00000000077081` and `00000001878818`; no real number begins so.
pub(super) fn is_test(number: &str) -> bool {
    number.starts_with("0000000")
}

use super::{
    report::term,
    sources,
    typed::{Letters, Shape, named, part},
};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

identifier! {
    /// An ADELI number: nine characters, no key. Being replaced by the RPPS.
    Adeli
}

identifier! {
    /// The ADELI-rang of a cabinet: ADELI (9) and rank (2), no key.
    AdeliRang
}

const ADELI: Shape = Shape { kind: IdentifierKind::Adeli, length: 9, letters: Letters::Anywhere };
const ADELI_RANG: Shape = Shape { kind: IdentifierKind::AdeliRang, length: 11, letters: Letters::Anywhere };

impl Adeli {
    /// Whether it is a fictitious number of the test environment (`0B6077602`).
    pub fn is_test(&self) -> bool {
        is_test(&self.0)
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let number = ADELI.read(text, findings)?;
        findings.extend(letters(&number));
        findings.extend(test(IdentifierKind::Adeli, &number));
        Some(Self(number))
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        environment(&self.0).into_iter().collect()
    }
}

impl AdeliRang {
    /// The ADELI part, nine characters.
    pub fn adeli(&self) -> Adeli {
        Adeli(part(&self.0, 0, 9).to_owned())
    }

    /// The rank of the cabinet, two characters.
    pub fn rank(&self) -> &str {
        part(&self.0, 9, 11)
    }

    /// Whether it is a fictitious number of the test environment.
    pub fn is_test(&self) -> bool {
        is_test(&self.0)
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let number = ADELI_RANG.read(text, findings)?;
        findings.extend(letters(&number));
        findings.extend(test(IdentifierKind::AdeliRang, &number));
        Some(Self(number))
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("adeli", part(&self.0, 0, 9).to_owned()), ("rank", self.rank().to_owned())];
        facts.extend(environment(&self.0));
        facts
    }
}

/// Letters were seen in second place only (`2A`, `9C`, `0B`); elsewhere the official pattern allows them.
fn letters(number: &str) -> Option<Finding> {
    let (place, letter) =
        number.chars().enumerate().find(|(place, c)| *place != 1 && c.is_ascii_uppercase())?;
    Some(
        Finding::warning(topics::CHARSET_ADELI)
            .with("found", number)
            .with("character", named(letter))
            .with("position", place.saturating_add(1))
            .from_source(sources::PROFESSIONAL),
    )
}

fn test(kind: IdentifierKind, number: &str) -> Option<Finding> {
    is_test(number).then(|| {
        Finding::warning(topics::TEST_IDENTIFIER)
            .with("kind", term(kind))
            .with("number", number)
            .from_source(sources::TEST)
    })
}

fn environment(number: &str) -> Option<(&'static str, String)> {
    is_test(number).then(|| ("environment", "test".to_owned()))
}

/// 0 or 1 and a letter, as the numbers of test structures.
fn is_test(number: &str) -> bool {
    let mut bytes = number.bytes();
    matches!(bytes.next(), Some(b'0' | b'1')) && bytes.next().is_some_and(|b| b.is_ascii_uppercase())
}

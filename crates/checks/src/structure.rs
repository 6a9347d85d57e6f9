//! The structure in a subject: its OU, read with leniency, since the authority wrote it.

use pki::name::DistinguishedName;
use vocabulary::identifiers::StructureId;
use vocabulary::{IdentifierKind, Severity, identifiers};

/// What the OU of a subject says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Structure {
    /// As it stands.
    pub(crate) text: String,
    pub(crate) shape: Shape,
    pub(crate) key: Key,
    /// A fictitious number of the test environment.
    pub(crate) is_test: bool,
}

/// Whether a text has the shape of an identifiant national de structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// It has, and the number is of those that exist.
    Good(IdentifierKind),
    /// Its length and characters are right, its department or third digit is not.
    Doubtful,
    Malformed,
}

/// The check key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    NotJudged,
    Right,
    Wrong,
}

impl Structure {
    /// The first OU; nothing when there is none.
    pub(crate) fn of(subject: &DistinguishedName) -> Option<Self> {
        Some(Self::read(subject.values_of("OU").into_iter().next()?))
    }

    fn read(text: String) -> Self {
        let report = identifiers::report(IdentifierKind::StructureId, &text);
        let has = |code: &str, severity: Severity| {
            report.findings.iter().any(|finding| finding.code() == code && finding.severity >= severity)
        };
        let only = |codes: &[&str]| {
            let mut errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
            errors.all(|finding| codes.contains(&finding.code()))
        };
        // The authority writes no separator: a number that has to be tidied is not one of its own.
        let tidy = report.canonical.as_deref().is_none_or(|canonical| canonical == text);
        let shape = if !tidy || !is_plain(&text) {
            Shape::Malformed
        } else if only(&["check-key", "look-alike"]) {
            type_of(&text).map_or(Shape::Malformed, Shape::Good)
        } else if only(&["check-key", "look-alike", "third-character", "department"]) {
            Shape::Doubtful
        } else {
            Shape::Malformed
        };
        let is_test = has("test-identifier", Severity::Ok);
        let key = match shape {
            _ if has("check-key", Severity::Warning) => Key::Wrong,
            Shape::Good(IdentifierKind::AdeliRang) => Key::NotJudged,
            Shape::Good(_) if !is_test => Key::Right,
            _ => Key::NotJudged,
        };
        Self { text, shape, key, is_test }
    }

    /// The number as a type, where its key is right too.
    pub(crate) fn id(&self) -> Option<StructureId> {
        StructureId::parse(&self.text).filter(|id| id.as_str() == self.text)
    }

    /// Without the type digit.
    pub(crate) fn number(&self) -> &str {
        self.text.get(1..).unwrap_or_default()
    }
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

/// Nomenclature TRE_G07.
fn type_of(text: &str) -> Option<IdentifierKind> {
    match text.bytes().next()? {
        b'0' => Some(IdentifierKind::AdeliRang),
        b'1' => Some(IdentifierKind::Finess),
        b'2' => Some(IdentifierKind::Siren),
        b'3' => Some(IdentifierKind::Siret),
        b'4' => Some(IdentifierKind::RppsRang),
        _ => None,
    }
}

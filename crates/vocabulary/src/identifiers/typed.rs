//! What people type, freed of what does not count.

use super::{report::term, sources};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

/// Texts longer than this many bytes are refused unread: no identifier, however spaced, comes near.
pub const LONGEST: usize = 1000;

/// The shape of a number: its kind, its length and where letters may stand.
pub(super) struct Shape {
    pub(super) kind: IdentifierKind,
    pub(super) length: usize,
    pub(super) letters: Letters,
}

/// Where a number may hold letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Nowhere,
    SecondPlace,
    Anywhere,
}

impl Shape {
    /// The number without separators, in capitals; or nothing, and why.
    pub(super) fn read(&self, text: &str, findings: &mut Vec<Finding>) -> Option<String> {
        if let Some(finding) = too_long_or_empty(self.kind, text) {
            findings.push(finding);
            return None;
        }
        if is_exponent(text.trim()) {
            findings.push(Finding::error(topics::CHARSET_SPREADSHEET).with("found", shown(text.trim())));
            return None;
        }
        let number = compact(text);
        let count = number.chars().count();
        let wrong_length = count != self.length;
        let foreign = number
            .chars()
            .enumerate()
            .find(|(place, character)| !self.takes(*place, *character, wrong_length));
        if let Some((place, character)) = foreign {
            findings.push(self.foreign(place, character));
        }
        if wrong_length {
            findings.push(
                Finding::error(topics::LENGTH)
                    .with("kind", term(self.kind))
                    .with("found", shown(&number))
                    .with("count", count)
                    .with("expected", self.length)
                    .from_source(sources::of_kind(self.kind)),
            );
        }
        (foreign.is_none() && !wrong_length).then_some(number)
    }

    /// Whether the character may stand there. In a number of the wrong length places mean nothing.
    fn takes(&self, place: usize, character: char, any_place: bool) -> bool {
        match self.letters {
            _ if character.is_ascii_digit() => true,
            Letters::Nowhere => false,
            Letters::SecondPlace => character.is_ascii_uppercase() && (any_place || place == 1),
            Letters::Anywhere => character.is_ascii_uppercase(),
        }
    }

    fn foreign(&self, place: usize, character: char) -> Finding {
        let digit = match character {
            'O' => Some("0"),
            'I' | 'L' => Some("1"),
            _ => None,
        };
        let topic = match self.letters {
            Letters::Nowhere => topics::CHARSET_DIGITS,
            Letters::SecondPlace => topics::CHARSET_FINESS,
            Letters::Anywhere => topics::CHARSET_ALPHANUMERIC,
        };
        let finding = match digit {
            Some(digit) => Finding::error(topics::CHARSET_LETTER_FOR_DIGIT).with("expected", digit),
            None => Finding::error(topic),
        };
        finding
            .with("kind", term(self.kind))
            .with("character", named(character))
            .with("position", place.saturating_add(1))
            .from_source(sources::of_kind(self.kind))
    }
}

/// The text without separators and invisible marks, ASCII letters in capitals.
pub(super) fn compact(text: &str) -> String {
    text.chars().filter(|c| !is_separator(*c) && !is_invisible(*c)).map(|c| c.to_ascii_uppercase()).collect()
}

/// The finding on a text that is not worth reading.
pub(super) fn too_long_or_empty(kind: IdentifierKind, text: &str) -> Option<Finding> {
    if text.len() > LONGEST {
        let count = text.chars().count();
        let finding = match kind {
            IdentifierKind::Fqdn | IdentifierKind::MailDomain | IdentifierKind::Email => {
                Finding::error(topics::LENGTH_NAME).with("expected", super::fqdn::LONGEST_NAME)
            }
            _ => Finding::error(topics::LENGTH)
                .with("kind", term(kind))
                .with("found", shown(text))
                .with("expected", length(kind)),
        };
        return Some(finding.with("count", count).from_source(sources::of_kind(kind)));
    }
    let is_empty = text.chars().all(|c| is_separator(c) || is_invisible(c));
    is_empty.then(|| Finding::error(topics::LENGTH_EMPTY).with("kind", term(kind)))
}

/// The length of the number, for kinds that have one.
const fn length(kind: IdentifierKind) -> usize {
    match kind {
        IdentifierKind::Finess | IdentifierKind::Siren | IdentifierKind::Adeli => 9,
        IdentifierKind::CardNumber => 10,
        IdentifierKind::Rpps | IdentifierKind::AdeliRang => 11,
        IdentifierKind::Siret | IdentifierKind::RppsRang => 14,
        // At most.
        IdentifierKind::StructureId => 15,
        IdentifierKind::Fqdn | IdentifierKind::MailDomain | IdentifierKind::Email => {
            super::fqdn::LONGEST_NAME
        }
    }
}

/// The text as it can be shown in a sentence: at most 60 characters, without marks that would upset it.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut out: String = text
        .chars()
        .take(MOST)
        .map(|c| if c.is_control() || is_invisible(c) { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}

/// A character as a sentence can name it: plain when it is plain, with its code point when it is not.
pub(super) fn named(character: char) -> String {
    let code = u32::from(character);
    if character.is_ascii_graphic() {
        character.to_string()
    } else if character.is_control() || character.is_whitespace() || is_invisible(character) {
        format!("U+{code:04X}")
    } else {
        format!("{character} (U+{code:04X})")
    }
}

/// Characters `from..to` of an ASCII text, empty when out of reach.
pub(super) fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// What people put between groups: spaces of every width, hyphens and dashes, dots.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// What copying from a document or a page brings along unseen: joiners, direction marks, soft hyphens.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
    )
}

/// `1,87513E+13`: what a spreadsheet makes of a long number.
fn is_exponent(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split_once(['E', 'e']).is_some_and(|(mantissa, exponent)| {
        mantissa.split_once([',', '.']).is_some_and(|(a, b)| digits(a) && digits(b))
            && digits(exponent.strip_prefix('+').unwrap_or(exponent))
    })
}

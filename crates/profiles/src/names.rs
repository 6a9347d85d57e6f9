//! The common name. Its rule is in `data/naming.toml`.

use core::fmt;

use vocabulary::{Document, Product, Source};

use crate::insi::Spelling;

/// A common name that the rules let through: 1 to 64 characters, no control character, no space at either end, no
/// two spaces together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CommonName(String);

impl CommonName {
    /// Most characters (X.520, ub-common-name).
    pub const LONGEST: usize = LONGEST;

    /// Reads a common name. Nothing is corrected: the authority copies the name as typed.
    pub fn parse(text: &str) -> Result<Self, CommonNameError> {
        if text.trim().is_empty() {
            return Err(CommonNameError::Empty);
        }
        if let Some(control) = text.chars().find(|c| breaks_lines(*c)) {
            return Err(CommonNameError::Control(control));
        }
        if text.trim() != text {
            return Err(CommonNameError::OuterSpace);
        }
        let mut previous_is_space = false;
        for c in text.chars() {
            if c.is_whitespace() && previous_is_space {
                return Err(CommonNameError::DoubleSpace);
            }
            previous_is_space = c.is_whitespace();
        }
        let length = text.chars().count();
        if length > LONGEST {
            return Err(CommonNameError::TooLong { length });
        }
        Ok(Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The characters outside those that certificates usually hold, each once, in order.
    pub fn unusual(&self) -> Vec<char> {
        let mut found = Vec::new();
        for c in self.0.chars() {
            let usual = c.is_ascii_alphanumeric() || ('À'..='ÿ').contains(&c) || MARKS.contains(c);
            if !usual && !found.contains(&c) {
                found.push(c);
            }
        }
        found
    }
}

/// Control characters, and the two that end a line without being one.
fn breaks_lines(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

impl fmt::Display for CommonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no common name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommonNameError {
    /// It holds a control character.
    Control(char),
    /// Two spaces stand together.
    DoubleSpace,
    /// There is nothing.
    Empty,
    /// It begins or ends with a space.
    OuterSpace,
    /// It has more than [`CommonName::LONGEST`] characters.
    TooLong {
        /// How many it has.
        length: usize,
    },
}

impl fmt::Display for CommonNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Control(_) => "a control character",
            Self::DoubleSpace => "two spaces together",
            Self::Empty => "empty",
            Self::OuterSpace => "a space at one end",
            Self::TooLong { .. } => "too long",
        })
    }
}

impl core::error::Error for CommonNameError {}

pub(crate) mod data {
    //! What `build.rs` made of `data/naming.toml`.
    use super::{Document, Product, Source, Spelling};

    include!(concat!(env!("OUT_DIR"), "/naming.rs"));

    pub(super) const LONGEST_NAME: usize = LONGEST;
    pub(super) const NAME_MARKS: &str = MARKS;
    pub(crate) const WORD: &str = INSI_WORD;
    pub(crate) const AUTO_SPELLING: Spelling = AUTO;
    pub(crate) const MANU_SPELLING: Spelling = MANU;
}

pub use data::{COMMON_NAME_SOURCES, DEPARTMENT_SOURCES, ORGANIZATION_SOURCES};
use data::{LONGEST_NAME as LONGEST, NAME_MARKS as MARKS};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_refused_or_kept_as_they_are() {
        for name in ["INSI-AUTO", "SAMU 75", "Proxy DMP CHU Nantes", "l'hôpital (site 2)", "a"] {
            let parsed = CommonName::parse(name).unwrap();
            assert_eq!((parsed.as_str(), parsed.unusual()), (name, vec![]));
        }
        for (name, error) in [
            ("", CommonNameError::Empty),
            ("  \t", CommonNameError::Empty),
            ("\u{a0}", CommonNameError::Empty),
            (" DMP", CommonNameError::OuterSpace),
            ("DMP\u{202f}", CommonNameError::OuterSpace),
            ("D  MP", CommonNameError::DoubleSpace),
            ("D \u{a0}MP", CommonNameError::DoubleSpace),
            ("D\0MP", CommonNameError::Control('\0')),
            ("DMP\n", CommonNameError::Control('\n')),
            ("D\u{2028}MP", CommonNameError::Control('\u{2028}')),
        ] {
            assert_eq!(CommonName::parse(name), Err(error), "{name:?}");
        }
        assert!(CommonName::parse(&"é".repeat(64)).is_ok());
        assert_eq!(CommonName::parse(&"é".repeat(65)), Err(CommonNameError::TooLong { length: 65 }));
    }

    #[test]
    fn unusual_characters_are_named_once() {
        let name = CommonName::parse("rpps.tra;asipsante;fr / \u{405}\u{405}").unwrap();
        assert_eq!(name.unusual(), [';', '/', '\u{405}']);
    }
}

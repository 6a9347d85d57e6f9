//! Every thing the product can say to a person, by name. The sentences are in the `messages` crate; a test there
//! fails when a topic has no sentence, or a sentence no topic.

use core::fmt;

/// What a sentence is about: a stable code of the public contract, and the case where one code has several
/// sentences (`validity` may be passed, expired, not begun).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Topic {
    /// Stable kebab-case code.
    pub code: &'static str,
    /// Case of the code, empty when it has only one.
    pub case: &'static str,
}

/// Written as `code` or `code.case`, the key of the message catalogue.
impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)?;
        if self.case.is_empty() { Ok(()) } else { write!(f, ".{}", self.case) }
    }
}

/// Declares topics: `NAME = "code";` or `NAME = "code" / "case";`, and `ALL`.
macro_rules! topics {
    ($($(#[$doc:meta])* $name:ident = $code:literal $(/ $case:literal)?;)*) => {
        $($(#[$doc])*
        pub const $name: $crate::Topic = $crate::Topic { code: $code, case: topics!(@case $($case)?) };)*

        /// Every topic of this module.
        pub const ALL: &[$crate::Topic] = &[$($name),*];
    };
    (@case) => { "" };
    (@case $case:literal) => { $case };
}

pub mod checks;
pub mod doctrine;
pub mod dossier;
pub mod errors;
pub mod f413;
pub mod failures;
pub mod files;
pub mod headlines;
pub mod identifiers;
pub mod kits;
pub mod lost;
pub mod register;
pub mod requests;
pub mod sets;

/// Every topic of the product.
pub fn all() -> impl Iterator<Item = Topic> {
    [
        checks::ALL,
        doctrine::ALL,
        dossier::ALL,
        errors::ALL,
        f413::ALL,
        failures::ALL,
        files::ALL,
        headlines::ALL,
        identifiers::ALL,
        kits::ALL,
        lost::ALL,
        register::ALL,
        requests::ALL,
        sets::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn topics_are_kebab_case_and_unique() {
        let mut seen = BTreeSet::new();
        for topic in all() {
            let word =
                |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            assert!(!topic.code.is_empty() && word(topic.code) && word(topic.case), "{topic}");
            assert!(seen.insert(topic), "{topic} stands twice");
        }
    }
}

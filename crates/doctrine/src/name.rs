//! Suggested common names: the installation's name, made fit.

use std::collections::{BTreeMap, btree_map::Entry};

use profiles::{CommonName, InsiVerdict, insi};
use vocabulary::without_case;

/// Suggestions that no two installations share, so that their certificates can be told apart.
#[derive(Default)]
pub(crate) struct Suggestions {
    /// Names given, without regard to case, each with the number the next equal one tries.
    taken: BTreeMap<String, u32>,
}

impl Suggestions {
    /// A common name from what the person calls the software. Nothing when no usual character is left, or when the name
    /// would be taken for one of INSi, which only a certificate for INSi may bear.
    pub(crate) fn of(&mut self, name: &str) -> Option<CommonName> {
        let base = fit(name, CommonName::LONGEST)?;
        if insi::judge(base.as_str()) != InsiVerdict::Other {
            return None;
        }
        let folded = without_case(base.as_str());
        let Some(mut number) = self.taken.get(&folded).copied() else {
            self.taken.insert(folded, 2);
            return Some(base);
        };
        loop {
            let suffix = format!(" {number}");
            let stem = fit(name, CommonName::LONGEST.saturating_sub(suffix.len()))?;
            let candidate = CommonName::parse(&format!("{stem}{suffix}")).ok()?;
            number = number.checked_add(1)?;
            if let Entry::Vacant(place) = self.taken.entry(without_case(candidate.as_str())) {
                place.insert(2);
                self.taken.insert(folded, number);
                return Some(candidate);
            }
        }
    }
}

/// The text as a common name of usual characters, at most this long.
fn fit(text: &str, longest: usize) -> Option<CommonName> {
    let straight = |c: char| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_control() => ' ',
        c => c,
    };
    // Long enough for any name, however much of it is dropped below; a caller's text has no bound of its own.
    let text: String = text.chars().take(1_000).map(straight).collect();
    let short = squeeze(&text, usize::MAX);
    let usual: String = short.chars().map(|c| if is_usual(c) { c } else { ' ' }).collect();
    CommonName::parse(&squeeze(&usual, longest)).ok()
}

/// One space between words, none at the ends, at most so many characters.
fn squeeze(text: &str, longest: usize) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let cut: String = words.join(" ").chars().take(longest).collect();
    cut.trim_end().to_owned()
}

fn is_usual(c: char) -> bool {
    let mut one = [0_u8; 4];
    c == ' ' || CommonName::parse(c.encode_utf8(&mut one)).is_ok_and(|name| name.unusual().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestion(name: &str) -> Option<String> {
        Suggestions::default().of(name).map(|name| name.as_str().to_owned())
    }

    #[test]
    fn usual_characters_lose_their_case() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_usual(*c)) {
            assert_eq!(without_case(&c.to_string()), c.to_lowercase().to_string(), "{c}");
        }
    }

    #[test]
    fn names_are_made_fit() {
        for (name, expected) in [
            ("DPI", Some("DPI")),
            ("  Proxy   DMP\tCHU Nantes ", Some("Proxy DMP CHU Nantes")),
            ("Éditeur d’images – site 2", Some("Éditeur d'images - site 2")),
            ("DPI n° 1 / Ѕ", Some("DPI n 1")),
            ("L\u{0}G\nC", Some("L G C")),
            ("", None),
            (" \u{a0}\n", None),
            ("/ § 中", None),
            ("INSI-AUTO", None),
            ("insi manuel", None),
            ("Passerelle INSi", None),
        ] {
            assert_eq!(suggestion(name).as_deref(), expected, "{name:?}");
        }
        assert_eq!(suggestion(&"é".repeat(100)), Some("é".repeat(64)));
        assert_eq!(suggestion(&format!("{} b", "a".repeat(63))), Some("a".repeat(63)));
    }

    #[test]
    fn equal_names_are_numbered() {
        let mut suggestions = Suggestions::default();
        let mut next = |name: &str| suggestions.of(name).unwrap().as_str().to_owned();
        assert_eq!(next("DPI"), "DPI");
        assert_eq!(next("dpi"), "dpi 2");
        assert_eq!(next("DPI "), "DPI 3");
        assert_eq!(next("DPI 2"), "DPI 2 2");
        let long = "a".repeat(64);
        assert_eq!(next(&long), long);
        assert_eq!(next(&long), format!("{} 2", "a".repeat(62)));
    }
}

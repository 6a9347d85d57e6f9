//! Every sentence of the product, in French and English.
//!
//! The texts are TOML files in `texts/<locale>/`, checked and compiled in by `build.rs`: when the product
//! starts, lists are cut at their separators and nothing else is parsed. Four kinds stand side by side:
//!
//! - `findings/*.toml`: what a [`Topic`](vocabulary::Topic) says, as `title`, `detail` and `action` (what happened,
//!   why, what to do). [`render()`] writes them with the facts of a finding, a line or an error.
//! - `terms.toml`: words that stand inside sentences (`bearer.ej`, `sector.officine`), by [`term`].
//! - `page/*.toml`: texts of the page, one constant each ([`page`]), so that a missing text does not compile and an
//!   unused one weighs nothing.
//! - `papers/*.toml`: the same for the files that people receive ([`papers`]): readme of a kit, calendar, evidence.
//!
//! A template names a fact as `{name}`; `{name|jour|jours}` chooses by count (singular below two in French, at one
//! in English).

mod render;

use std::iter;
use std::sync::LazyLock;

pub use render::{Rendered, error, finding, line, one_line, render};

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// French, the default.
    #[default]
    Fr,
    /// English.
    En,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The BCP 47 tag: `fr` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language with this tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }
}

/// A text in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// French.
    pub fr: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The text in this language.
    pub const fn get(self, locale: Locale) -> &'static str {
        match locale {
            Locale::Fr => self.fr,
            Locale::En => self.en,
        }
    }

    /// The text in this language with `{name}` replaced by the facts.
    pub fn with(self, locale: Locale, facts: &[vocabulary::Fact]) -> String {
        render::fill(self.get(locale), locale, facts)
    }
}

/// The sentences of one topic.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Code of the topic.
    pub code: &'static str,
    /// Case of the topic.
    pub case: &'static str,
    /// One line: what happened.
    pub title: Text,
    /// Why; what was found and what was expected.
    pub detail: Option<Text>,
    /// What the person should do now.
    pub action: Option<Text>,
}

/// The sentences of the catalogue, sorted by code and case.
pub fn entries() -> &'static [Entry] {
    static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let mut keys = generated::ENTRY_KEYS.split_terminator('\u{1f}');
        let mut texts = texts(generated::ENTRIES_FR, generated::ENTRIES_EN);
        let mut part = || texts.next().filter(|text| !text.fr.is_empty());
        let mut entry = || {
            Some(Entry {
                code: keys.next()?,
                case: keys.next()?,
                title: part()?,
                detail: part(),
                action: part(),
            })
        };
        iter::from_fn(&mut entry).collect()
    });
    &ENTRIES
}

/// The term with this key, e.g. `bearer.ej`.
pub fn term(key: &str) -> Option<Text> {
    static TERMS: LazyLock<Vec<(&str, Text)>> = LazyLock::new(|| {
        let keys = generated::TERM_KEYS.split_terminator('\u{1f}');
        keys.zip(texts(generated::TERMS_FR, generated::TERMS_EN)).collect()
    });
    let at = TERMS.binary_search_by(|(name, _)| (*name).cmp(key)).ok()?;
    TERMS.get(at).map(|(_, text)| *text)
}

/// The texts of two lists that `build.rs` wrote: the same number, in the same order.
fn texts(fr: &'static str, en: &'static str) -> impl Iterator<Item = Text> {
    fr.split_terminator('\u{1f}').zip(en.split_terminator('\u{1f}')).map(|(fr, en)| Text { fr, en })
}

mod generated {
    include!(concat!(env!("OUT_DIR"), "/findings.rs"));
    include!(concat!(env!("OUT_DIR"), "/terms.rs"));
}

/// Texts of the page: `page::home::TITLE` is `title` in the table `[home]`.
pub mod page {
    #![allow(missing_docs)]

    include!(concat!(env!("OUT_DIR"), "/page.rs"));
}

/// Texts of the files that people receive: `papers::calendar::NAME` is `name` in the table `[calendar]`.
pub mod papers {
    #![allow(missing_docs)]

    include!(concat!(env!("OUT_DIR"), "/papers.rs"));
}

//! Words as they are compared: lower case, without accents, acronyms without their dots, abbreviations both ways.

use vocabulary::sorted_places;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The most octets of a word that are compared.
const LONGEST_WORD: usize = 32;

/// The most words of one text.
const MOST_WORDS: usize = 64;

/// The folded words of one text, in one buffer that can be used again.
#[derive(Debug, Default)]
pub(crate) struct Words {
    text: String,
    /// Where each word begins and ends in `text`.
    places: Vec<(usize, usize)>,
}

impl Words {
    /// The words of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.fold(text);
        words
    }

    /// Takes the words of another text instead.
    pub(crate) fn fold(&mut self, text: &str) {
        self.text.clear();
        self.places.clear();
        let mut start = 0;
        // What stood between the last two words was a single dot or a single space: letters alone may be an acronym.
        let mut gap = Gap::Start;
        let mut acronym = Acronym::default();
        for c in text.chars() {
            let before = self.text.len();
            match class(c) {
                Class::Nothing => {}
                Class::Separator => {
                    if before > start {
                        self.end_word(start, &mut acronym, gap);
                        gap = Gap::Nothing;
                    }
                    start = self.text.len();
                    gap = gap.then(c);
                }
                Class::Letter(folded) => self.text.push(folded),
                Class::Letters(folded) => self.text.push_str(folded),
            }
            if self.places.len() >= MOST_WORDS {
                return;
            }
        }
        if self.text.len() > start {
            self.end_word(start, &mut acronym, gap);
        }
    }

    /// The words, in order.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        self.places.iter().map(|(start, end)| self.text.get(*start..*end).unwrap_or_default())
    }

    /// The words that tell something.
    pub(crate) fn telling(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        self.iter().filter(|word| !is_stop_word(word))
    }

    fn end_word(&mut self, start: usize, acronym: &mut Acronym, gap: Gap) {
        let mut end = self.text.len();
        if end - start > LONGEST_WORD {
            end = (start..=start + LONGEST_WORD)
                .rev()
                .find(|at| self.text.is_char_boundary(*at))
                .unwrap_or(start);
        }
        let is_letter = end - start == 1;
        let joins = is_letter && acronym.is_open && gap == acronym.gap.unwrap_or(gap) && gap.joins();
        if joins && let Some(last) = self.places.last_mut() {
            // The letters stand one behind the other: what separated them was not kept.
            last.1 = end;
            acronym.gap = Some(gap);
            return;
        }
        self.places.push((start, end));
        *acronym = Acronym { is_open: is_letter, gap: None };
    }
}

/// A word that is being made of single letters.
#[derive(Default)]
struct Acronym {
    is_open: bool,
    gap: Option<Gap>,
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Start,
    Nothing,
    Dot,
    Space,
    Other,
}

impl Gap {
    fn then(self, c: char) -> Self {
        match (self, c) {
            (Self::Start, _) => Self::Start,
            (Self::Nothing, '.') | (Self::Dot, ' ') => Self::Dot,
            (Self::Nothing, ' ') => Self::Space,
            _ => Self::Other,
        }
    }

    fn joins(self) -> bool {
        matches!(self, Self::Dot | Self::Space)
    }
}

/// Whether a word tells nothing from anything.
pub(crate) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.split(' ').any(|other| other == word)
}

/// The abbreviations, ready to be looked up both ways.
pub(crate) struct Abbreviations {
    /// Short and long, by the short one.
    short: Vec<(&'static str, &'static str)>,
    /// The first word of the long one, the others, and the short one, by the first.
    long: Vec<(&'static str, &'static str, &'static str)>,
}

impl Abbreviations {
    pub(crate) fn new() -> Self {
        let short: Vec<(&str, &str)> =
            SHORT_AND_LONG.lines().filter_map(|line| line.split_once('=')).collect();
        let first = |place: usize| short.get(place).map(|(_, long)| *long);
        let order = sorted_places(short.len(), &|a, b| first(a).cmp(&first(b)));
        let long = order.iter().filter_map(|place| {
            let (short, long) = short.get(*place)?;
            let (first, rest) = long.split_once(' ').unwrap_or((long, ""));
            Some((first, rest, *short))
        });
        let long = long.collect();
        Self { short, long }
    }

    /// The words that stand for others among these: the long form of what is short, the short form of what is long. A word may
    /// be told twice.
    pub(crate) fn expand(&self, words: &[&str], tell: &mut dyn FnMut(&'static str)) {
        for (place, word) in words.iter().enumerate() {
            let first = self.short.partition_point(|(short, _)| short < word);
            for (_, long) in self.short.iter().skip(first).take_while(|(short, _)| short == word) {
                let inside: Vec<&str> = long.split(' ').collect();
                long.split(' ').for_each(&mut *tell);
                // « CHU » is a « centre hospitalier » too.
                for start in 0..inside.len() {
                    self.shorten(inside.get(start..).unwrap_or_default(), tell);
                }
            }
            self.shorten(words.get(place..).unwrap_or_default(), tell);
        }
    }

    /// The short forms of what these words begin with.
    fn shorten(&self, words: &[&str], tell: &mut dyn FnMut(&'static str)) {
        let Some((word, after)) = words.split_first() else { return };
        let first = self.long.partition_point(|(first, _, _)| first < word);
        for (_, rest, short) in self.long.iter().skip(first).take_while(|(first, _, _)| first == word) {
            let mut following = after.iter();
            if rest.is_empty() || rest.split(' ').all(|wanted| following.next() == Some(&wanted)) {
                tell(short);
            }
        }
    }
}

/// Our label of a category, and the words by which it is looked for.
pub(crate) fn category(code: u16) -> (&'static str, &'static str) {
    let line = CATEGORIES.lines().find_map(|line| {
        let (found, rest) = line.split_once('=')?;
        (found.parse() == Ok(code)).then_some(rest)
    });
    line.and_then(|rest| rest.split_once('=')).unwrap_or_default()
}

enum Class {
    /// Stands inside a word and says nothing: accents of decomposed letters, invisible marks.
    Nothing,
    Separator,
    Letter(char),
    Letters(&'static str),
}

/// Latin letters without their marks; every other letter stays as it is.
fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() {
            Class::Letter(c.to_ascii_lowercase())
        } else {
            Class::Separator
        };
    }
    let letter = match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => 'a',
        'Ç' | 'ç' | 'Ć'..='č' => 'c',
        'Ð' | 'ð' | 'Ď'..='đ' => 'd',
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => 'e',
        'Ĝ'..='ģ' => 'g',
        'Ĥ'..='ħ' => 'h',
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => 'i',
        'Ĵ' | 'ĵ' => 'j',
        'Ķ'..='ĸ' => 'k',
        'Ĺ'..='ł' => 'l',
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => 'n',
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => 'o',
        'Ŕ'..='ř' => 'r',
        'Ś'..='š' => 's',
        'Ţ'..='ŧ' => 't',
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => 'u',
        'Ŵ' | 'ŵ' => 'w',
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => 'y',
        'Ź'..='ž' => 'z',
        'Æ' | 'æ' => return Class::Letters("ae"),
        'Œ' | 'œ' => return Class::Letters("oe"),
        'ß' => return Class::Letters("ss"),
        'º' | '°' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {
            return Class::Nothing;
        }
        '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{3000}' | '\u{fffd}' => {
            return Class::Separator;
        }
        other => other,
    };
    Class::Letter(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Words::of(text).iter().map(str::to_owned).collect()
    }

    fn others(text: &str) -> Vec<&'static str> {
        let words = Words::of(text);
        let telling: Vec<&str> = words.telling().collect();
        let mut found = Vec::new();
        Abbreviations::new().expand(&telling, &mut |word| found.push(word));
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn words_are_without_case_and_accents() {
        assert_eq!(
            words("Hôpital d'Évreux—Cœur  de l’Eure"),
            ["hopital", "d", "evreux", "coeur", "de", "l", "eure"]
        );
        assert_eq!(words("E\u{301}VREUX"), ["evreux"]);
        assert_eq!(words(" - "), [""; 0]);
        assert_eq!(words("N°3"), ["n3"]);
        assert_eq!(words(&"a".repeat(90)), ["a".repeat(32)]);
    }

    #[test]
    fn letters_alone_are_an_acronym() {
        assert_eq!(words("C.H. LOUIS CONSTANT"), ["ch", "louis", "constant"]);
        assert_eq!(words("E.H.P.A.D. EDMAR"), ["ehpad", "edmar"]);
        assert_eq!(words("Service (S.S.I.A.D)"), ["service", "ssiad"]);
        assert_eq!(words("C H U DE NANTES"), ["chu", "de", "nantes"]);
        assert_eq!(words("C. H. U. NANTES"), ["chu", "nantes"]);
        assert_eq!(words("L'AUTRE D'A B"), ["l", "autre", "d", "ab"]);
    }

    #[test]
    fn abbreviations_go_both_ways() {
        assert_eq!(others("CH de Fleyriat"), ["centre", "ch", "ctre", "hospitalier"]);
        assert!(others("centre hospitalier de Fleyriat").contains(&"ch"));
        assert!(others("CHU").contains(&"ch") && others("CHU").contains(&"universitaire"));
        assert_eq!(others("saint louis"), ["st"]);
        assert!(others("maison de retraite").contains(&"mdr"));
        assert_eq!(others("hospitalier centre"), ["ctre"]);
    }

    #[test]
    fn nothing_panics() {
        for text in ["", ".", "a.", "a.b", ".a.b.c.", "\u{301}", "日本語", "a b c d e f g h", "🏥 CH", "ﬁ"]
        {
            let folded = Words::of(text);
            Abbreviations::new().expand(&folded.telling().collect::<Vec<_>>(), &mut |_| ());
        }
    }
}

//! The words known here, and how French letters follow one another.

use std::sync::LazyLock;

use super::Cost;

/// The words of the proposals, sorted, one a line.
const LIST: &str = include_str!("../../data/words.txt");
/// Words and names people choose first, sorted, one a line, in small letters without accents.
const GUESSED: &str = include_str!("../../data/guessed.txt");

/// Letters of the longest word of the list.
pub(super) const LONGEST: usize = 8;
/// Letters of the shortest and of the longest word people choose first.
pub(super) const SHORTEST_GUESSED: usize = 3;
pub(super) const LONGEST_GUESSED: usize = 14;

/// Any letter of twenty-six.
const ANY_LETTER: Cost = 47;
/// The letters, and first of all what is none.
const LETTERS: usize = 27;

/// Read at the first use.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

pub(super) struct Lexicon {
    list: Vec<&'static str>,
    guessed: Vec<&'static str>,
    /// Cost of a letter after another.
    follows: [[Cost; LETTERS]; LETTERS],
}

impl Lexicon {
    fn read() -> Self {
        let list: Vec<_> = LIST.lines().collect();
        let follows = follows(&list);
        Self { list, guessed: GUESSED.lines().collect(), follows }
    }

    /// The word at a number, of which the eleven low bits count: every word is as likely as any other.
    pub(super) fn word(&self, number: u16) -> Option<&'static str> {
        self.list.get(usize::from(number & 0x7ff)).copied()
    }

    /// The place of a word of the list.
    pub(super) fn place(&self, word: &[u8]) -> Option<usize> {
        self.list.binary_search_by(|known| known.as_bytes().cmp(word)).ok()
    }

    /// Whether people choose this word first.
    pub(super) fn is_guessed(&self, word: &[u8]) -> bool {
        self.guessed.binary_search_by(|known| known.as_bytes().cmp(word)).is_ok()
    }

    /// The cost of a letter after another one, or after what is no letter.
    pub(super) fn letter(&self, before: u8, letter: u8) -> Cost {
        self.follows.get(index(before)).and_then(|row| row.get(index(letter))).copied().unwrap_or(ANY_LETTER)
    }
}

/// Counted in the list itself; a pair that never occurs there costs no more than any letter.
fn follows(list: &[&str]) -> [[Cost; LETTERS]; LETTERS] {
    let mut counts = [[1_usize; LETTERS]; LETTERS];
    for word in list {
        let mut before = 0;
        for letter in word.bytes().map(index) {
            if let Some(count) = counts.get_mut(before).and_then(|row| row.get_mut(letter)) {
                *count += 1;
            }
            before = letter;
        }
    }
    counts.map(|row| {
        let all = log2(row.iter().sum());
        row.map(|count| all.saturating_sub(log2(count)).min(ANY_LETTER))
    })
}

/// 1 to 26 for the small letters, 0 for anything else.
fn index(octet: u8) -> usize {
    if octet.is_ascii_lowercase() { usize::from(octet - b'a') + 1 } else { 0 }
}

/// The binary logarithm in tenths, a straight line between two powers: less than two tenths too low. Zero for zero.
pub(super) fn log2(number: usize) -> Cost {
    let Some(power) = number.checked_ilog2() else { return 0 };
    let floor = 1_usize << power;
    let part = (number - floor).saturating_mul(10) / floor;
    power * 10 + u32::try_from(part).unwrap_or(0)
}

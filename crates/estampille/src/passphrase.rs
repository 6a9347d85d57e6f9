//! Passphrases: proposing one, judging one.
//!
//! A proposal is six different words drawn evenly from the 2,048 of `data/words.txt`, that is 2048 × 2047 × … × 2043
//! possibilities, 66 bits less a hundredth. The words have four to eight letters without accents, differ from one
//! another by two letters at least, and none begins another: a letter misread on paper never makes another word.
//!
//! The judgement is an estimate in bits, on the safe side, of how many tries an attacker needs who knows this
//! program. The text is cut into the pieces that make it cheapest: words of the list, words people choose first
//! (`data/guessed.txt`), years, days, rows of the keyboard, copies of what stands before, and single characters,
//! where a letter costs less when it often follows the one before it in French words. It is no proof: what a person
//! has already used elsewhere, or what is written beside the screen, cannot be seen here.

mod lexicon;

use lexicon::LEXICON;
use zeroize::Zeroizing;

/// Words of a proposal.
pub const WORDS: usize = 6;

/// Stands between the words of a proposal.
///
/// A hyphen, not a space: it is seen on paper, its count is never in doubt, no form or spreadsheet trims it, and a
/// command line or a configuration file takes it without quotes.
pub const SEPARATOR: char = '-';

/// Characters of a passphrase that are examined; what follows neither adds to nor takes from the judgement.
pub const EXAMINED: usize = 1024;

/// Draws after which a source that keeps giving the same words is held to be broken.
const DRAWS: usize = 64;

/// How hard a passphrase is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Under 40 bits.
    TooWeak,
    /// Under 55 bits.
    Weak,
    /// Under 64 bits.
    Fair,
    /// 64 bits and more.
    Strong,
}

impl Strength {
    /// 0 for [`Strength::TooWeak`] to 3 for [`Strength::Strong`].
    #[must_use]
    pub const fn as_u8(self) -> u8 {
        match self {
            Self::TooWeak => 0,
            Self::Weak => 1,
            Self::Fair => 2,
            Self::Strong => 3,
        }
    }

    const fn of(cost: Cost) -> Self {
        match cost {
            0..400 => Self::TooWeak,
            400..550 => Self::Weak,
            550..640 => Self::Fair,
            _ => Self::Strong,
        }
    }
}

/// Proposes six different words joined by hyphens, always [`Strength::Strong`].
///
/// `random` fills the buffer with uniformly random octets and returns `true`, or `false` when it cannot. `None` when
/// it cannot, or when it keeps giving the same words.
pub fn propose(mut random: impl FnMut(&mut [u8]) -> bool) -> Option<Zeroizing<String>> {
    // Large enough for the longest words: a String that grows would leave copies behind.
    let mut proposal =
        Zeroizing::new(String::with_capacity(WORDS * (lexicon::LONGEST + SEPARATOR.len_utf8())));
    let mut count = 0;
    for _ in 0..DRAWS {
        let mut drawn = Zeroizing::new([0_u8; 2]);
        if !random(drawn.as_mut_slice()) {
            return None;
        }
        let word = LEXICON.word(u16::from_le_bytes(*drawn))?;
        if proposal.split(SEPARATOR).any(|known| known == word) {
            continue;
        }
        if count > 0 {
            proposal.push(SEPARATOR);
        }
        proposal.push_str(word);
        count += 1;
        if count == WORDS {
            return Some(proposal);
        }
    }
    None
}

/// How hard a passphrase is to guess. Takes any text; only its first [`EXAMINED`] characters count.
#[must_use]
pub fn strength(passphrase: &str) -> Strength {
    let text = Text::read(passphrase);
    Strength::of(list_words(&text).unwrap_or_else(|| cheapest(&text)))
}

/// Tenths of a bit.
type Cost = u32;

const LIST_WORD: Cost = 110;
/// One of some 250 words people choose first.
const GUESSED_WORD: Cost = 80;
const DIGIT: Cost = 33;
/// One of the thirty-two signs of a keyboard, or a letter of another script.
const SIGN: Cost = 50;
/// The signs chosen first: between words, or at the end.
const USUAL_SIGN: Cost = 20;
const USUAL_SIGNS: &str = " -_.!";
const SIGN_AGAIN: Cost = 10;
const ACCENT: Cost = 5;
const CASE: Cost = 10;
/// A year from 1940 to 2039.
const YEAR: Cost = 66;
/// A day and its month, in four digits.
const DAY: Cost = 85;
/// A row, a place in it and a direction.
const ROW: Cost = 70;
/// Shortest run along a row, shortest copy.
const RUN: usize = 3;

/// Rows of the keyboards, the alphabet and the digits, as [`fold`] leaves them.
const ROWS: [&[u8]; 10] = [
    b"abcdefghijklmnopqrstuvwxyz",
    b"0123456789",
    b"1234567890",
    b"azertyuiop",
    b"qsdfghjklm",
    b"wxcvbn",
    b"qwertyuiop",
    b"asdfghjkl",
    b"zxcvbnm",
    b"&e\"'(-e_ca",
];

/// What was typed, and the same in small letters without accents.
struct Text {
    typed: Zeroizing<Vec<char>>,
    folded: Zeroizing<Vec<u8>>,
}

impl Text {
    fn read(passphrase: &str) -> Self {
        let mut typed = Zeroizing::new(Vec::with_capacity(EXAMINED));
        typed.extend(passphrase.chars().take(EXAMINED));
        let mut folded = Zeroizing::new(Vec::with_capacity(EXAMINED));
        folded.extend(typed.iter().map(|&c| fold(c)));
        Self { typed, folded }
    }

    fn part(&self, at: usize, length: usize) -> Option<&[u8]> {
        self.folded.get(at..at.checked_add(length)?)
    }

    /// Whether the characters at two places are the same but for case and accents.
    fn same(&self, a: usize, b: usize) -> bool {
        match (self.folded.get(a), self.folded.get(b)) {
            (Some(&OTHER), Some(&OTHER)) => self.typed.get(a) == self.typed.get(b),
            (a, b) => a == b,
        }
    }

    /// What capitals add to a word: nothing, one choice for an initial or a whole word, else one each.
    fn capitals(&self, at: usize, length: usize) -> Cost {
        let word = self.typed.iter().skip(at).take(length);
        let count = word.clone().filter(|c| c.is_uppercase()).count();
        let usual = count == length || (count == 1 && word.clone().next().is_some_and(|c| c.is_uppercase()));
        if usual { CASE } else { CASE.saturating_mul(cost(count)) }
    }
}

/// A character that [`fold`] does not know.
const OTHER: u8 = 0;

/// The small ASCII letter under a French letter, an ASCII character as it is, [`OTHER`] for the rest.
fn fold(typed: char) -> u8 {
    match typed {
        'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => b'a',
        'ç' | 'Ç' => b'c',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => b'e',
        'î' | 'ï' | 'Î' | 'Ï' => b'i',
        'ô' | 'ö' | 'Ô' | 'Ö' => b'o',
        'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => b'u',
        'ÿ' | 'Ÿ' => b'y',
        _ if typed.is_ascii() => u8::try_from(typed).map_or(OTHER, |octet| octet.to_ascii_lowercase()),
        _ => OTHER,
    }
}

/// The cost of a text made of nothing but words of the list; a word counts once.
///
/// Taken apart from the rest so that a proposal is worth what it is worth, even where a chance likeness between two
/// of its words would make it look cheaper.
fn list_words(text: &Text) -> Option<Cost> {
    let mut seen: Vec<usize> = Vec::new();
    for word in text.folded.split(|octet| !octet.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let place = LEXICON.place(word)?;
        if !seen.contains(&place) {
            seen.push(place);
        }
    }
    (!seen.is_empty()).then(|| LIST_WORD.saturating_mul(cost(seen.len())))
}

/// The cost of a text cut into its cheapest pieces.
fn cheapest(text: &Text) -> Cost {
    let end = text.typed.len();
    let copies = longest_copies(text);
    // Cheapest way found to write all that stands before each place.
    let mut until = vec![Cost::MAX; end.saturating_add(1)];
    if let Some(start) = until.first_mut() {
        *start = 0;
    }
    for at in 0..end {
        let before = until.get(at).copied().unwrap_or(Cost::MAX);
        let mut piece = |length: usize, price: Cost| {
            if let Some(known) = until.get_mut(at.saturating_add(length)) {
                *known = (*known).min(before.saturating_add(price));
            }
        };
        piece(1, character(text, at));
        words(text, at, &mut piece);
        dates(text, at, &mut piece);
        rows(text, at, &mut piece);
        let copied = copies.get(at).copied().unwrap_or(0);
        for length in RUN..=copied {
            piece(length, lexicon::log2(at.saturating_add(1)).saturating_add(lexicon::log2(length)));
        }
    }
    until.last().copied().unwrap_or(0)
}

fn words(text: &Text, at: usize, piece: &mut impl FnMut(usize, Cost)) {
    for length in lexicon::SHORTEST_GUESSED..=lexicon::LONGEST_GUESSED {
        let Some(part) = text.part(at, length) else { return };
        if LEXICON.is_guessed(part) {
            piece(length, GUESSED_WORD.saturating_add(text.capitals(at, length)));
        } else if LEXICON.place(part).is_some() {
            piece(length, LIST_WORD.saturating_add(text.capitals(at, length)));
        }
    }
}

fn dates(text: &Text, at: usize, piece: &mut impl FnMut(usize, Cost)) {
    let Some(digits) = text.part(at, 4).filter(|part| part.iter().all(u8::is_ascii_digit)) else { return };
    let number = digits.iter().fold(0_u32, |number, digit| number * 10 + u32::from(digit - b'0'));
    let (first, second) = (number / 100, number % 100);
    if (1940..2040).contains(&number) {
        piece(4, YEAR);
    }
    let day_and_month = |day, month| (1..=31).contains(&day) && (1..=12).contains(&month);
    if day_and_month(first, second) || day_and_month(second, first) {
        piece(4, DAY);
    }
}

fn rows(text: &Text, at: usize, piece: &mut impl FnMut(usize, Cost)) {
    let Some(typed) = text.folded.get(at..) else { return };
    for row in ROWS {
        for (place, _) in row.iter().enumerate().filter(|(_, key)| Some(*key) == typed.first()) {
            let forward = common(typed.iter(), row.iter().skip(place));
            let backward = common(typed.iter(), row.iter().take(place + 1).rev());
            for length in RUN..=forward.max(backward) {
                piece(length, ROW.saturating_add(lexicon::log2(length)));
            }
        }
    }
}

fn common<'a>(a: impl Iterator<Item = &'a u8>, b: impl Iterator<Item = &'a u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// The cost of one character, knowing those before it.
fn character(text: &Text, at: usize) -> Cost {
    let (Some(&typed), Some(&folded)) = (text.typed.get(at), text.folded.get(at)) else { return 0 };
    let before = at.checked_sub(1);
    if folded.is_ascii_lowercase() {
        let previous = before.and_then(|place| text.folded.get(place)).copied().unwrap_or(OTHER);
        let accent = if typed.is_ascii() { 0 } else { ACCENT };
        let shifts = typed.is_uppercase()
            != before.and_then(|place| text.typed.get(place)).is_some_and(|c| c.is_uppercase());
        LEXICON.letter(previous, folded) + accent + if shifts { CASE } else { 0 }
    } else if folded.is_ascii_digit() {
        DIGIT
    } else if text.typed.iter().take(at).any(|&c| c == typed) {
        SIGN_AGAIN
    } else if USUAL_SIGNS.contains(typed) {
        USUAL_SIGN
    } else {
        SIGN
    }
}

/// At each place, the length of the longest piece that already stands before it, overlapping allowed.
fn longest_copies(text: &Text) -> Vec<usize> {
    let end = text.typed.len();
    let mut longest = vec![0; end];
    // lengths[b]: how long the texts from the current place and from b stay the same.
    let mut lengths = vec![0_usize; end];
    for at in (0..end).rev() {
        let mut best = 0;
        for earlier in 0..at {
            // Still the value for the place after the current one.
            let after = lengths.get(earlier + 1).copied().unwrap_or(0);
            let length = if text.same(at, earlier) { after + 1 } else { 0 };
            if let Some(slot) = lengths.get_mut(earlier) {
                *slot = length;
            }
            best = best.max(length);
        }
        if let Some(slot) = lengths.get_mut(at) {
            *slot = 0;
        }
        if let Some(slot) = longest.get_mut(at) {
            *slot = best;
        }
    }
    longest
}

fn cost(count: usize) -> Cost {
    Cost::try_from(count).unwrap_or(Cost::MAX)
}

#[cfg(test)]
mod tests;

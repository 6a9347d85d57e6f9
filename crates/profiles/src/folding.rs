//! Folding of a name to its letters and digits: NFKC, upper case, letters and digits only. Table `data/folding.toml`.

use std::ops::RangeInclusive;

/// Letters that become marks.
const HALFWIDTH_VOICED: char = '\u{ff9e}';
const HALFWIDTH_SEMI_VOICED: char = '\u{ff9f}';

/// What stands for any letter or digit that is not ASCII.
pub(crate) const FOREIGN: u8 = b'?';

/// The letters and digits of a name after NFKC and upper-casing. A letter beyond ASCII is [`FOREIGN`]: it can equal
/// none of the names we compare with. A symbol made of such letters counts as one or none, and of stacked marks any
/// that joins the letter counts, even where a normaliser would have it blocked by another.
pub(crate) fn fold(name: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let code = u32::from(c);
        if c.is_ascii_alphanumeric() {
            out.push(u8::try_from(c.to_ascii_uppercase()).unwrap_or(FOREIGN));
        } else if c.is_ascii() {
            // Separators vanish.
            continue;
        } else if let Some(letter) = run_letter(code) {
            out.push(letter);
        } else if let Some(letters) = letters_of(SEVERAL, code) {
            out.extend_from_slice(letters.as_bytes());
        } else if c.is_alphanumeric() && !matches!(c, HALFWIDTH_VOICED | HALFWIDTH_SEMI_VOICED) {
            out.push(FOREIGN);
        } else {
            continue;
        }
        // A mark after a letter makes it another letter (I + grave), or vanishes (I + stroke).
        let is_small = (c.is_lowercase() && !RAISED_CAPITALS.contains(&c)) || c == SMALL_AT_ITS_END;
        let base = out.last().map(|last| if is_small { last.to_ascii_lowercase() } else { *last });
        let mut composed = false;
        while let Some(mark) = chars.peek().copied().filter(|c| is_mark(*c)) {
            let joins = letters_of(MARKS, u32::from(mark)).unwrap_or_default().as_bytes();
            composed |= !takes_no_mark(c) && base.is_some_and(|base| joins.contains(&base));
            chars.next();
        }
        if let (true, Some(last)) = (composed, out.last_mut()) {
            *last = FOREIGN;
        }
    }
    out
}

/// `№` is written `No`.
const SMALL_AT_ITS_END: char = '\u{2116}';

/// Unicode counts them among the small letters; their normal forms are capitals.
const RAISED_CAPITALS: RangeInclusive<char> = '\u{1d2c}'..='\u{1d42}';

/// Characters that are no letter to a normaliser, or whose normal form ends with a bracket, a full stop or a mark.
fn takes_no_mark(c: char) -> bool {
    matches!(c, 'ß' | 'ẞ' | 'ı' | '\u{13f}' | '\u{140}' | '\u{1f0}' | '\u{1e96}'..='\u{1e99}' | '\u{249c}'..='\u{24b5}' | '\u{1d6a4}' | '\u{1f110}'..='\u{1f12b}')
}

/// Marks that join a Latin letter or vanish; a few of these blocks are letters in their own right.
fn is_mark(c: char) -> bool {
    let is_combining = matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}');
    is_combining && !c.is_alphanumeric()
}

fn run_letter(code: u32) -> Option<u8> {
    let next = RUNS.partition_point(|(first, _, _)| *first <= code);
    let (first, letter, count) = RUNS.get(next.checked_sub(1)?)?;
    let offset = u8::try_from(code - first).ok()?;
    (offset < *count).then(|| letter.wrapping_add(offset))
}

fn letters_of(table: &'static [(u32, &'static str)], code: u32) -> Option<&'static str> {
    let at = table.binary_search_by_key(&code, |(code, _)| *code).ok()?;
    table.get(at).map(|(_, letters)| *letters)
}

include!(concat!(env!("OUT_DIR"), "/folding.rs"));

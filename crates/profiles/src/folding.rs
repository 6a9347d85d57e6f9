//! Folding of a name to its letters and digits: NFKC, upper case, letters and digits only. Table `data/folding.toml`.

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
            // A mark after the letter makes it another letter (I + grave), or vanishes (I + stroke).
            let mut composed = false;
            while let Some(mark) = chars.peek().copied().filter(|c| is_mark(*c)) {
                composed |= letters_of(MARKS, u32::from(mark)).is_some_and(|letters| letters.contains(c));
                chars.next();
            }
            let upper = u8::try_from(c.to_ascii_uppercase()).unwrap_or(FOREIGN);
            out.push(if composed { FOREIGN } else { upper });
        } else if c.is_ascii() {
            // Separators vanish.
        } else if let Some(letter) = run_letter(code) {
            out.push(letter);
        } else if let Some(letters) = letters_of(SEVERAL, code) {
            out.extend_from_slice(letters.as_bytes());
        } else if c.is_alphanumeric() && !matches!(c, HALFWIDTH_VOICED | HALFWIDTH_SEMI_VOICED) {
            out.push(FOREIGN);
        }
    }
    out
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

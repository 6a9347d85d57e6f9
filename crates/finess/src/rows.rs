//! What the readers give: rows, packed as they come, until an index is made of them.

use std::collections::HashMap;

use vocabulary::identifiers::Overseas;

use crate::{kind::Kind, number::Number, source::SourceError};

/// The most rows: four times what FINESS+ holds.
pub const MAX_ROWS: usize = 1_000_000;

/// The most octets of names.
const MAX_TEXT: usize = 200_000_000;

/// The most octets of one name.
const MAX_NAME: usize = 200;

/// One structure as a file tells it. Texts are as they stand there; empty where it says nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) kind: Kind,
    pub(crate) number: Number,
    /// Of a site, its legal entity.
    pub(crate) entity: Option<Number>,
    /// The long name, or the only one.
    pub(crate) name: &'a str,
    pub(crate) short: &'a str,
    pub(crate) complement: &'a str,
    pub(crate) postcode: &'a str,
    pub(crate) city: &'a str,
    pub(crate) department: &'a str,
    pub(crate) category: Option<u16>,
    pub(crate) category_label: &'a str,
    /// SIRET of a site, SIREN of a legal entity.
    pub(crate) siret: &'a str,
    /// Legal status (TRE_R72) of a legal entity, ESPIC code (TRE_R73) of a site.
    pub(crate) status: Option<u16>,
    pub(crate) open: bool,
}

impl Row<'_> {
    /// A row of which nothing more is known.
    pub(crate) const fn of(kind: Kind, number: Number) -> Self {
        Row {
            kind,
            number,
            entity: None,
            name: "",
            short: "",
            complement: "",
            postcode: "",
            city: "",
            department: "",
            category: None,
            category_label: "",
            siret: "",
            status: None,
            open: true,
        }
    }
}

/// Everything the files told so far.
#[derive(Debug, Default)]
pub struct Rows {
    pub(crate) rows: Vec<Packed>,
    /// Names, one behind the other.
    pub(crate) text: String,
    /// Postcode, department and city of each place, by its number.
    pub(crate) places: Vec<Box<str>>,
    place_numbers: HashMap<Box<str>, u32>,
    /// The label of each category that came with one, by its code.
    pub(crate) labels: Vec<String>,
    key: String,
}

/// A row; its texts stand in [`Rows::text`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packed {
    pub(crate) number: Number,
    pub(crate) kind: Kind,
    pub(crate) open: bool,
    pub(crate) entity: Option<Number>,
    pub(crate) place: u32,
    pub(crate) category: u16,
    pub(crate) status: Option<u8>,
    /// Fourteen digits, the last five zero where it is a SIREN; zero where there is none.
    pub(crate) siret: u64,
    pub(crate) start: usize,
    pub(crate) name: u16,
    pub(crate) short: u16,
    pub(crate) complement: u16,
}

/// Between the parts of a place.
pub(crate) const BETWEEN: char = '\u{1f}';

impl Rows {
    /// No rows yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many rows came.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none came.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn push(&mut self, row: &Row<'_>) -> Result<(), SourceError> {
        if self.rows.len() >= MAX_ROWS || self.text.len() > MAX_TEXT {
            return Err(SourceError::TooLarge);
        }
        if let Some(category) = row.category.filter(|_| !row.category_label.is_empty()) {
            let place = usize::from(category);
            if self.labels.len() <= place {
                self.labels.resize(place.saturating_add(1), String::new());
            }
            if let Some(label) = self.labels.get_mut(place).filter(|label| label.is_empty()) {
                clean(row.category_label, label);
            }
        }
        let place = self.place(row);
        let start = self.text.len();
        let name = self.add(row.name);
        let short = self.add(if row.short == row.name { "" } else { row.short });
        let complement = self.add(row.complement);
        self.rows.push(Packed {
            number: row.number,
            kind: row.kind,
            open: row.open,
            entity: row.entity,
            place,
            category: row.category.unwrap_or_default(),
            status: row.status.and_then(|status| u8::try_from(status).ok()),
            siret: siret(row.siret),
            start,
            name,
            short,
            complement,
        });
        Ok(())
    }

    /// The sites from this row on belong to that legal entity.
    pub(crate) fn belong(&mut self, from: usize, entity: Number) {
        let later = self.rows.get_mut(from..).unwrap_or_default();
        later.iter_mut().filter(|row| row.kind == Kind::Et).for_each(|row| row.entity = Some(entity));
    }

    /// The three texts of a row: name, short name when it differs, complement.
    pub(crate) fn texts(&self, row: &Packed) -> [&str; 3] {
        let mut at = row.start;
        [row.name, row.short, row.complement].map(|length| {
            let end = at.saturating_add(usize::from(length));
            let text = self.text.get(at..end).unwrap_or_default();
            at = end;
            text
        })
    }

    fn add(&mut self, text: &str) -> u16 {
        let before = self.text.len();
        clean(text, &mut self.text);
        u16::try_from(self.text.len().saturating_sub(before)).unwrap_or_default()
    }

    fn place(&mut self, row: &Row<'_>) -> u32 {
        let mut key = core::mem::take(&mut self.key);
        key.clear();
        key.push_str(short_text(row.postcode, 8));
        key.push(BETWEEN);
        key.push_str(short_text(row.department, 3));
        key.push(BETWEEN);
        clean(row.city, &mut key);
        let number = match self.place_numbers.get(key.as_str()) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
                let owned: Box<str> = key.as_str().into();
                self.places.push(owned.clone());
                self.place_numbers.insert(owned, number);
                number
            }
        };
        self.key = key;
        number
    }
}

/// A code of at most so many digits; zero is a code too.
pub(crate) fn code(text: &str, digits: usize) -> Option<u16> {
    let text = text.trim();
    let is_code = !text.is_empty() && text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| text.parse().ok())?
}

/// From `01440 VIRIAT`.
pub(crate) fn split_routing(line: &str) -> (&str, &str) {
    let line = line.trim();
    match line.split_at_checked(5) {
        Some((postcode, city)) if postcode.bytes().all(|byte| byte.is_ascii_digit()) => {
            (postcode, city.trim())
        }
        _ => ("", line),
    }
}

/// The department, by its number in the official list (`2A`, `971`). The extracts name overseas departments by codes of
/// their own; where nothing is told, the postcode or the number does.
pub(crate) fn department<'a>(told: &'a str, postcode: &'a str, number: Number) -> &'a str {
    let told = told.trim();
    if let Some(territory) = Overseas::ALL.into_iter().find(|territory| territory.file_code() == told) {
        return territory.insee_code();
    }
    if told.len() == 2 && !["97", "98", "20"].contains(&told) {
        return told;
    }
    match postcode.get(..2) {
        Some("97" | "98") => postcode.get(..3).unwrap_or_default(),
        Some("20") if number.bytes().starts_with(b"2B") => "2B",
        Some("20") if number.bytes().starts_with(b"2A") => "2A",
        Some("20") => {
            if postcode < "20200" {
                "2A"
            } else {
                "2B"
            }
        }
        Some(department) => department,
        None => "",
    }
}

/// Whether letters were lost: UTF-8 that was taken for something else, or what could not be decoded.
pub(crate) fn is_misspelt(name: &str) -> bool {
    name.contains('\u{fffd}')
        || name.match_indices(['Ã', 'Â']).any(|(at, letter)| {
            let next = name.get(at.saturating_add(letter.len())..).and_then(|rest| rest.chars().next());
            next.is_some_and(|c| ('\u{80}'..='\u{bf}').contains(&c))
        })
}

/// Digits of a SIRET, or of a SIREN with five zeroes.
fn siret(text: &str) -> u64 {
    let is_number = matches!(text.len(), 9 | 14) && text.bytes().all(|byte| byte.is_ascii_digit());
    let value: u64 = if is_number { text.parse().unwrap_or_default() } else { 0 };
    if text.len() == 9 { value.saturating_mul(100_000) } else { value }
}

fn short_text(text: &str, most: usize) -> &str {
    let text = text.trim();
    if text.len() <= most && !text.contains(char::is_control) { text } else { "" }
}

/// One line with single spaces; names that were quoted twice lose their quotes.
fn clean(text: &str, out: &mut String) {
    let mut text = text.trim();
    while let Some(inside) = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|_| text.as_bytes().windows(2).any(|pair| pair == b"\"\""))
    {
        text = inside.trim();
    }
    let start = out.len();
    let mut last = ' ';
    for c in text.chars() {
        let c = match c {
            // Marks that nobody sees, and that would turn the line a name stands in.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                continue;
            }
            '\u{a0}' | '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        };
        if (c == ' ' || c == '"') && last == c || c == ' ' && out.len() == start {
            continue;
        }
        if out.len().saturating_sub(start).saturating_add(c.len_utf8()) > MAX_NAME {
            break;
        }
        out.push(c);
        last = c;
    }
    while out.len() > start && out.ends_with(' ') {
        out.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        let mut out = String::new();
        clean(text, &mut out);
        out
    }

    #[test]
    fn names_are_cleaned() {
        assert_eq!(cleaned("  CMPP  INTERSECTORIEL \t ALOES "), "CMPP INTERSECTORIEL ALOES");
        assert_eq!(cleaned("\"ACCUEIL DE JOUR \"\"AUX  LUCIOLES\"\"\""), "ACCUEIL DE JOUR \"AUX LUCIOLES\"");
        assert_eq!(cleaned("\"LES BOURBES\""), "\"LES BOURBES\"");
        assert_eq!(cleaned("\u{1}A\u{7}B"), "A B");
        assert_eq!(cleaned("\u{202e}A\u{2066}B\u{2028}C\u{feff}"), "AB C");
        assert_eq!(cleaned(&"é".repeat(300)).len(), MAX_NAME);
        for text in ["", "\"", "\"\"", "\"\"\"", " \" \" "] {
            cleaned(text);
        }
    }

    #[test]
    fn departments_are_those_of_the_official_list() {
        let corsican = Number::parse("2B0000020").unwrap();
        let other = Number::parse("010000024").unwrap();
        assert_eq!(department("9A", "97133", other), "971");
        assert_eq!(department("9J", "98600", other), "986");
        assert_eq!(department("97", "97417", other), "974");
        assert_eq!(department("2A", "20000", other), "2A");
        assert_eq!(department("", "20600", other), "2B");
        assert_eq!(department("", "20000", corsican), "2B");
        assert_eq!(department("", "01440", other), "01");
        assert_eq!(department("01", "", other), "01");
        assert_eq!(department("", "", other), "");
    }

    #[test]
    fn what_was_decoded_wrongly_is_noticed() {
        assert!(is_misspelt("H\u{c3}\u{b4}PITAL") && is_misspelt("H\u{fffd}PITAL"));
        assert!(!is_misspelt("HÔPITAL") && !is_misspelt("SÃO") && !is_misspelt("Ã"));
    }

    #[test]
    fn codes_and_numbers() {
        assert_eq!(
            (code("01", 2), code("", 2), code("123", 2), code("A1", 2), code(" 6 ", 1)),
            (Some(1), None, None, None, Some(6))
        );
        assert_eq!(siret("77220148900022"), 77_220_148_900_022);
        assert_eq!(siret("772201489"), 77_220_148_900_000);
        assert_eq!((siret(""), siret("7722"), siret("7722014890002X")), (0, 0, 0));
        assert_eq!(split_routing("01440 VIRIAT"), ("01440", "VIRIAT"));
        assert_eq!(split_routing("VIRIAT"), ("", "VIRIAT"));
        assert_eq!(split_routing(""), ("", ""));
    }
}

//! Historical extracts: text with `;`, no header, a line `finess;etalab;<n>;<AAAA-MM-JJ>` first. UTF-8 or ISO-8859-1, told
//! line by line: a line with accents in the one is hardly ever text in the other.
//!
//! Columns: format notice of the extracts 1100501 (legal entities), 1100502 and 1100507 (sites).

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use vocabulary::Date;

use super::{Origin, SourceError, SourceReport, shown};
use crate::{
    kind::Kind,
    number::Number,
    rows::{Row, Rows, code, department, is_misspelt, split_routing},
};

/// The most octets of a line: forty times the longest seen.
const MAX_LINE: usize = 16 * 1024;

/// The most fields that are looked at: twice those of the longest line.
const MAX_FIELDS: usize = 64;

pub(super) struct Extract {
    line: Vec<u8>,
    /// The line is longer than is read: the rest of it is let go.
    overlong: bool,
    csv: Box<Reader>,
    fields: Vec<u8>,
    other: Option<String>,
    known_lines: bool,
    report: SourceReport,
}

impl core::fmt::Debug for Extract {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Extract({:?})", self.report)
    }
}

impl Extract {
    pub(super) fn new() -> Self {
        Self {
            line: Vec::new(),
            overlong: false,
            csv: Box::new(ReaderBuilder::new().delimiter(b';').build()),
            fields: vec![0; MAX_LINE],
            other: None,
            known_lines: false,
            report: SourceReport {
                origin: Origin::Extract,
                date: None,
                sites: 0,
                entities: 0,
                skipped: 0,
                misspelt: 0,
            },
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8], rows: &mut Rows) -> Result<(), SourceError> {
        let mut pieces = bytes.split(|byte| *byte == b'\n');
        let mut piece = pieces.next();
        while let Some(text) = piece {
            piece = pieces.next();
            if self.line.len().saturating_add(text.len()) > MAX_LINE {
                self.overlong = true;
                self.line.clear();
            } else if !self.overlong {
                self.line.extend_from_slice(text);
            }
            if piece.is_some() {
                self.end_line(rows)?;
            }
        }
        Ok(())
    }

    pub(super) fn finish(mut self, rows: &mut Rows) -> Result<SourceReport, SourceError> {
        self.end_line(rows)?;
        if self.report.sites == 0 && self.report.entities == 0 {
            return Err(match self.other {
                Some(kind) if !self.known_lines => SourceError::OtherExtract { kind },
                _ => SourceError::NoStructure,
            });
        }
        Ok(self.report)
    }

    fn end_line(&mut self, rows: &mut Rows) -> Result<(), SourceError> {
        let line = core::mem::take(&mut self.line);
        if core::mem::take(&mut self.overlong) {
            self.report.skipped = self.report.skipped.saturating_add(1);
        } else {
            self.read_line(line.trim_ascii(), rows)?;
        }
        self.line = line;
        self.line.clear();
        Ok(())
    }

    fn read_line(&mut self, line: &[u8], rows: &mut Rows) -> Result<(), SourceError> {
        if line.is_empty() {
            return Ok(());
        }
        let text = decoded(line);
        // A line of its own for the parser: a quote that is not closed swallows no other line.
        self.csv.reset();
        let mut ends = [0; MAX_FIELDS];
        if self.fields.len() < text.len() {
            self.fields.resize(text.len(), 0);
        }
        let (_, read, written, mut count) =
            self.csv.read_record(text.as_bytes(), &mut self.fields, &mut ends);
        if read == text.len()
            && let (_, free) = self.fields.split_at_mut(written)
            && let Some(free_ends) = ends.get_mut(count..)
        {
            let (result, _, _, more) = self.csv.read_record(&[], free, free_ends);
            if result == ReadRecordResult::Record {
                count = count.saturating_add(more);
            }
        }
        let fields = core::mem::take(&mut self.fields);
        let line = Fields { text: &fields, ends: ends.get(..count).unwrap_or_default() };
        let done = self.take(&line, rows);
        self.fields = fields;
        done
    }

    fn take(&mut self, line: &Fields<'_>, rows: &mut Rows) -> Result<(), SourceError> {
        match line.at(0) {
            "structureet" => {
                self.known_lines = true;
                match site(line) {
                    Some(row) => {
                        self.report.misspelt =
                            self.report.misspelt.saturating_add(u32::from(is_misspelt(row.name)));
                        self.report.sites = self.report.sites.saturating_add(1);
                        rows.push(&row)
                    }
                    None => self.skip(),
                }
            }
            "structureej" => {
                self.known_lines = true;
                match entity(line) {
                    Some(row) => {
                        self.report.misspelt =
                            self.report.misspelt.saturating_add(u32::from(is_misspelt(row.name)));
                        self.report.entities = self.report.entities.saturating_add(1);
                        rows.push(&row)
                    }
                    None => self.skip(),
                }
            }
            "geolocalisation" => {
                self.known_lines = true;
                Ok(())
            }
            "finess" => {
                let date = line.at(3).trim();
                if Date::parse(date).is_some() {
                    self.report.date = Some(date.to_owned());
                }
                Ok(())
            }
            kind => {
                self.other.get_or_insert_with(|| shown(kind.as_bytes()));
                self.skip()
            }
        }
    }

    fn skip(&mut self) -> Result<(), SourceError> {
        self.report.skipped = self.report.skipped.saturating_add(1);
        Ok(())
    }
}

/// The fields of a line, one behind the other.
struct Fields<'a> {
    text: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    /// The field at this place, from zero; empty when the line has no such field.
    fn at(&self, place: usize) -> &'a str {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before).copied()).unwrap_or(0);
        let field = self.ends.get(place).and_then(|end| self.text.get(start..*end)).unwrap_or_default();
        core::str::from_utf8(field).unwrap_or_default()
    }

    fn count(&self) -> usize {
        self.ends.len()
    }
}

/// The places of the columns of `structureet`; the line has 32, and the last may be cut off.
fn site<'a>(line: &Fields<'a>) -> Option<Row<'a>> {
    const LEAST: usize = 23;
    if line.count() < LEAST {
        return None;
    }
    let number = Number::parse(line.at(1))?;
    let (postcode, city) = split_routing(line.at(15));
    let (short, long) = (line.at(3), line.at(4));
    Some(Row {
        entity: Number::parse(line.at(2)),
        name: if long.trim().is_empty() { short } else { long },
        short,
        complement: line.at(5),
        postcode,
        city,
        department: department(line.at(13), postcode, number),
        category: code(line.at(18), 3),
        category_label: line.at(19),
        siret: line.at(22).trim(),
        status: code(line.at(26), 1),
        ..Row::of(Kind::Et, number)
    })
}

/// The places of the columns of `structureej`; the line has 23.
fn entity<'a>(line: &Fields<'a>) -> Option<Row<'a>> {
    const LEAST: usize = 17;
    if line.count() < LEAST {
        return None;
    }
    let number = Number::parse(line.at(1))?;
    let (postcode, city) = split_routing(line.at(12));
    let (short, long) = (line.at(2), line.at(3));
    Some(Row {
        name: if long.trim().is_empty() { short } else { long },
        short,
        complement: line.at(4),
        postcode,
        city,
        department: department(line.at(13), postcode, number),
        siret: line.at(20).trim(),
        status: code(line.at(16), 2),
        ..Row::of(Kind::Ej, number)
    })
}

/// The line as text: UTF-8, else ISO-8859-1 with the letters that Windows puts in its gap.
fn decoded(line: &[u8]) -> Cow<'_, str> {
    match core::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(line.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x85 => '…',
        0x8c => 'Œ',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x9c => 'œ',
        0x9f => 'Ÿ',
        other => char::from(other),
    }
}

//! Where everything stands: lines broken at their column, blocks kept together, pages turned.

use super::{
    Document, Row, Sheet,
    letters::{Font, encoded, width},
};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.0, 842.0);
const TOP: f32 = 790.0;
const BOTTOM: f32 = 64.0;
pub(super) const LEFT: f32 = 50.0;
pub(super) const RIGHT: f32 = 545.0;
const VALUES: f32 = 232.0;
const GAP: f32 = 12.0;

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// In reading order.
    pub(super) blocks: Vec<Block>,
    /// Thin lines across, by their height.
    pub(super) rules: Vec<f32>,
}

/// What a screen reader takes as one.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) lines: Vec<Line>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Title,
    Heading,
    Text,
}

/// A line of text.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) style: Style,
    pub(super) text: Vec<u8>,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) font: Font,
    pub(super) size: f32,
    /// Red, green, blue.
    pub(super) color: [f32; 3],
}

const INK: [f32; 3] = [0.11, 0.14, 0.19];
const SOFT: [f32; 3] = [0.30, 0.35, 0.40];
const SEAL: [f32; 3] = [0.12, 0.31, 0.47];

const TITLE: Style = Style { font: Font::Bold, size: 15.0, color: INK };
const HEADING: Style = Style { font: Font::Bold, size: 11.0, color: SEAL };
const LABEL: Style = Style { font: Font::Plain, size: 9.5, color: SOFT };
const VALUE: Style = Style { font: Font::Bold, size: 10.5, color: INK };
const NOTE: Style = Style { font: Font::Plain, size: 8.5, color: SOFT };
const TEXT: Style = Style { font: Font::Plain, size: 9.5, color: INK };
pub(super) const FOOT: Style = Style { font: Font::Plain, size: 8.5, color: SOFT };

/// The pages of a document.
pub(super) fn pages(document: &Document<'_>) -> Vec<Page> {
    let mut pages = Vec::new();
    for sheet in &document.sheets {
        let mut cursor = Cursor { pages: &mut pages, y: TOP };
        cursor.turn();
        cursor.sheet(sheet);
    }
    if pages.is_empty() {
        pages.push(Page::default());
    }
    pages
}

struct Cursor<'a> {
    pages: &'a mut Vec<Page>,
    y: f32,
}

/// Lines of one block, before they are placed.
struct Piece {
    kind: Kind,
    x: f32,
    style: Style,
    lines: Vec<Vec<u8>>,
}

impl Piece {
    fn new(kind: Kind, text: &str, style: Style, from: f32, to: f32) -> Self {
        Self { kind, x: from, style, lines: wrapped(text, style, to - from) }
    }

    fn height(&self) -> f32 {
        self.style.size * LEADING * count(&self.lines)
    }
}

const LEADING: f32 = 1.32;

impl Cursor<'_> {
    fn sheet(&mut self, sheet: &Sheet) {
        self.place(vec![vec![Piece::new(Kind::Title, &sheet.title, TITLE, LEFT, RIGHT)]], 6.0);
        self.place(vec![vec![Piece::new(Kind::Text, &sheet.notice, NOTE, LEFT, RIGHT)]], 4.0);
        for section in &sheet.sections {
            let first = section.rows.first().map_or(0.0, |row| height(&row_pieces(row)));
            let heading = Piece::new(Kind::Heading, &section.title, HEADING, LEFT, RIGHT);
            self.space(10.0);
            self.need(heading.height() + first + 8.0);
            self.place(vec![vec![heading]], 3.0);
            for row in &section.rows {
                self.need(height(&row_pieces(row)) + 6.0);
                self.rule();
                self.place(row_pieces(row), 3.0);
            }
        }
        if let Some((title, paragraphs)) = &sheet.closing {
            let heading = Piece::new(Kind::Heading, title, HEADING, LEFT, RIGHT);
            self.space(12.0);
            self.need(heading.height() + 40.0);
            self.place(vec![vec![heading]], 3.0);
            for paragraph in paragraphs {
                self.place(vec![vec![Piece::new(Kind::Text, paragraph, TEXT, LEFT, RIGHT)]], 4.0);
            }
        }
    }

    /// Turns the page when less than this is left, unless the page is new.
    fn need(&mut self, height: f32) {
        if self.y - height < BOTTOM && self.y < TOP {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = TOP;
    }

    fn space(&mut self, height: f32) {
        if self.y < TOP {
            self.y -= height;
        }
    }

    fn rule(&mut self) {
        let y = self.y;
        if let Some(page) = self.pages.last_mut() {
            page.rules.push(y);
        }
        self.y -= 3.0;
    }

    /// Places columns side by side, each of pieces one below the other, in reading order.
    fn place(&mut self, columns: Vec<Vec<Piece>>, after: f32) {
        let top = self.y;
        let page = self.pages.len();
        let mut lowest = top;
        for column in columns {
            // A column that turned the page has taken the others with it.
            self.y = if self.pages.len() == page { top } else { self.y };
            for piece in column {
                self.piece(piece);
            }
            lowest = if self.pages.len() == page { lowest.min(self.y) } else { self.y };
        }
        self.y = lowest - after;
    }

    fn piece(&mut self, piece: Piece) {
        let leading = piece.style.size * LEADING;
        let mut lines = Vec::new();
        for text in piece.lines {
            if self.y - leading < BOTTOM {
                self.block(piece.kind, std::mem::take(&mut lines));
                self.turn();
            }
            self.y -= leading;
            lines.push(Line { x: piece.x, y: self.y + leading * 0.24, style: piece.style, text });
        }
        self.block(piece.kind, lines);
    }

    fn block(&mut self, kind: Kind, lines: Vec<Line>) {
        if let Some(page) = self.pages.last_mut()
            && !lines.is_empty()
        {
            page.blocks.push(Block { kind, lines });
        }
    }
}

fn row_pieces(row: &Row) -> Vec<Vec<Piece>> {
    let label = Piece::new(Kind::Text, &row.label, LABEL, LEFT, VALUES - GAP);
    let mut values = vec![Piece::new(Kind::Text, &row.value, VALUE, VALUES, RIGHT)];
    values.extend(row.notes.iter().map(|note| Piece::new(Kind::Text, note, NOTE, VALUES, RIGHT)));
    vec![vec![label], values]
}

fn height(columns: &[Vec<Piece>]) -> f32 {
    columns.iter().map(|column| column.iter().map(Piece::height).sum()).fold(0.0, f32::max)
}

/// The lines of a text in a column: broken at spaces, and inside a word that is wider than the column.
fn wrapped(text: &str, style: Style, room: f32) -> Vec<Vec<u8>> {
    let fits = |line: &[u8]| width_in_points(line, style) <= room;
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut line: Vec<u8> = Vec::new();
    let text = encoded(text);
    for word in text.split(|octet| *octet == b' ').filter(|word| !word.is_empty()) {
        let joined = if line.is_empty() { word.to_vec() } else { [&line, &b" "[..], word].concat() };
        if fits(&joined) {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for octet in word {
            line.push(*octet);
            if !fits(&line) && line.len() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, vec![*octet]));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

pub(super) fn width_in_points(text: &[u8], style: Style) -> f32 {
    let thousandths = u16::try_from(width(style.font, text)).map_or(f32::MAX, f32::from);
    thousandths * style.size / 1000.0
}

/// A number of lines, as a length is multiplied by it.
fn count<T>(list: &[T]) -> f32 {
    f32::from(u16::try_from(list.len()).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_where_the_column_ends() {
        let lines = wrapped("Centre hospitalier de l'agglomération de Nevers", LABEL, 120.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| width_in_points(line, LABEL) <= 120.0));
        let long = "x".repeat(200);
        let lines = wrapped(&long, LABEL, 120.0);
        assert_eq!(lines.concat(), long.as_bytes());
        assert!(lines.iter().all(|line| width_in_points(line, LABEL) <= 120.0));
        assert_eq!(wrapped("", LABEL, 120.0), Vec::<Vec<u8>>::new());
        // A letter wider than its column stands alone, and the end comes.
        assert_eq!(wrapped("WW", LABEL, 1.0).len(), 2);
    }

    #[test]
    fn a_row_longer_than_a_page_is_cut_and_nothing_is_lost() {
        let row = Row { label: "a ".repeat(2000), value: "é ".repeat(3000), notes: vec!["n".to_owned()] };
        let section = super::super::Section { title: "T".to_owned(), rows: vec![row] };
        let sheet = Sheet { title: "S".to_owned(), sections: vec![section], ..Sheet::default() };
        let document = Document {
            title: "",
            subject: "",
            creator: "",
            language: "fr",
            at: vocabulary::Timestamp(0),
            sheets: vec![sheet],
        };
        let pages = pages(&document);
        assert!(pages.len() > 2);
        let lines = || pages.iter().flat_map(|page| &page.blocks).flat_map(|block| &block.lines);
        assert!(lines().all(|line| line.y >= BOTTOM && line.y < TOP));
        assert_eq!(lines().flat_map(|line| &line.text).filter(|octet| **octet == 0xe9).count(), 3000);
    }
}

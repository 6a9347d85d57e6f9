//! Sheets of labelled values as a PDF file: A4 pages, text that can be selected, tagged for screen readers.
//!
//! The two fonts are Helvetica and Helvetica-Bold, which every reader has (ISO 32000-1, 9.6.2.2), in WinAnsiEncoding:
//! French stands in it whole. Of other letters the base letter is written, and [`unwritable`] names them before.
//! Nothing is compressed and nothing is random: the same sheets give the same bytes.

mod layout;
mod letters;
mod write;

use vocabulary::Timestamp;

pub use letters::unwritable;

/// A file to write.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// What windows and lists of files show.
    pub title: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// What made it.
    pub creator: &'a str,
    /// BCP 47 tag of the language its texts are in.
    pub language: &'a str,
    /// When it is made.
    pub at: Timestamp,
    /// Each begins a page.
    pub sheets: Vec<Sheet>,
}

/// What is written on pages of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Above the first page.
    pub title: String,
    /// Below the title.
    pub notice: String,
    /// In order.
    pub sections: Vec<Section>,
    /// Title and paragraphs after the sections.
    pub closing: Option<(String, Vec<String>)>,
}

/// Rows under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// In order.
    pub rows: Vec<Row>,
}

/// A label, its value, and what is to be said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What is asked.
    pub label: String,
    /// What is answered.
    pub value: String,
    /// Below the value, smaller.
    pub notes: Vec<String>,
}

impl Document<'_> {
    /// Writes the file. `foot` says which page of how many it is.
    pub fn write(&self, foot: &dyn Fn(usize, usize) -> String) -> Vec<u8> {
        write::document(self, &layout::pages(self), foot)
    }
}

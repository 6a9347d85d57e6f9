//! The documents rules come from. The table is `data/documents.toml`, checked and compiled in by `build.rs`.

/// A document that rules are read from.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// Short stable name used in data files, e.g. `hop`.
    pub id: &'static str,
    /// Its title, in French, as it is cited to people.
    pub title: &'static str,
    /// Where it was published, when known; may have moved since.
    pub url: Option<&'static str>,
}

/// The same when they have the same short name: a table holds each once.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Document {}

impl Document {
    /// The document with this short name.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        DOCUMENTS.iter().find(|document| document.id == id)
    }

    /// Every document of the table.
    pub fn all() -> &'static [Self] {
        DOCUMENTS
    }
}

/// Where a rule comes from: a document and the place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub document: &'static Document,
    /// Page, section or clause.
    pub section: Option<&'static str>,
}

include!(concat!(env!("OUT_DIR"), "/documents.rs"));

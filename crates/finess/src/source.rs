//! The files of the register, read as streams: what each is, is told by its first octets.
//!
//! | Module | Reads |
//! |---|---|
//! | `gunzip` | gzip around any of the others (RFC 1952) |
//! | `extract` | historical extracts: `structureet`, `structureej`, `geolocalisation` lines |
//! | `structures` | FINESS+ structures, JSON |

mod extract;
mod gunzip;
mod structures;

use core::fmt;

use crate::rows::Rows;
use extract::Extract;
use gunzip::Gunzip;
use structures::Structures;

/// The most octets of one file, unpacked: ten times what FINESS+ weighs.
pub const MAX_OCTETS: u64 = 8 << 30;

/// The octets by which a file is told apart, at most.
const HEAD: usize = 16 * 1024;

/// Reads one file of the register, piece by piece, in bounded memory.
#[derive(Debug)]
pub struct Source {
    packing: Packing,
    body: Body,
}

#[derive(Debug)]
enum Packing {
    /// Fewer than two octets came yet.
    Unknown(Vec<u8>),
    Plain,
    Gzip(Box<Gunzip>),
}

/// What kind of file of the register was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A historical extract.
    Extract,
    /// FINESS+ structures.
    FinessPlus,
}

/// What was read of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceReport {
    /// Which kind of file.
    pub origin: Origin,
    /// The day the file says it was made, `AAAA-MM-JJ`.
    pub date: Option<String>,
    /// Sites read.
    pub sites: u32,
    /// Legal entities read.
    pub entities: u32,
    /// Lines or objects left out: without a FINESS number, cut, or too long.
    pub skipped: u32,
    /// Names in which letters were lost before the file came here.
    pub misspelt: u32,
}

/// Why a file cannot be read as the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// It holds nothing.
    Empty,
    /// A web page, or XML.
    WebPage,
    /// An archive, or a document of an office program.
    Archive,
    /// An index that was made before: to be loaded, not built.
    Index,
    /// Text in UTF-16.
    Utf16,
    /// JSON that is not UTF-8.
    NotUtf8,
    /// Another table.
    OtherTable {
        /// Its first line, shortened.
        head: String,
    },
    /// Another extract of FINESS.
    OtherExtract {
        /// The first word of its lines.
        kind: String,
    },
    /// JSON of another shape.
    OtherJson {
        /// The names at its top.
        keys: Vec<String>,
    },
    /// The activities of FINESS+, which name no structure.
    Activities,
    /// None of these.
    Unknown,
    /// It ends before its end.
    Truncated {
        /// Whether it is the gzip around it that ends.
        packed: bool,
    },
    /// It was altered: gzip that does not unpack, JSON that is none.
    Damaged {
        /// Whether it is the gzip around it.
        packed: bool,
        /// After how many octets of the text, unpacked.
        octet: u64,
    },
    /// A file of the register without one structure.
    NoStructure,
    /// More than is read.
    TooLarge,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an empty file",
            Self::WebPage => "a web page",
            Self::Archive => "an archive or an office document",
            Self::Index => "an index that was already made",
            Self::Utf16 => "text in UTF-16",
            Self::NotUtf8 => "JSON that is not UTF-8",
            Self::OtherTable { .. } => "another table",
            Self::OtherExtract { .. } => "another extract of FINESS",
            Self::OtherJson { .. } => "JSON of another shape",
            Self::Activities => "the activities of FINESS+, not its structures",
            Self::Unknown => "no file of the register",
            Self::Truncated { .. } => "a file that ends before its end",
            Self::Damaged { .. } => "a damaged file",
            Self::NoStructure => "a file of the register without one structure",
            Self::TooLarge => "more than is read",
        })
    }
}

impl core::error::Error for SourceError {}

impl Default for Source {
    fn default() -> Self {
        Self::new()
    }
}

impl Source {
    /// A reader for one file.
    pub fn new() -> Self {
        Self { packing: Packing::Unknown(Vec::new()), body: Body::new() }
    }

    /// Takes the next octets of the file; what is whole goes to `rows`.
    ///
    /// # Errors
    ///
    /// As soon as it is known that the file is none of the register, or cannot be read on.
    pub fn feed(&mut self, bytes: &[u8], rows: &mut Rows) -> Result<(), SourceError> {
        let held;
        let mut bytes = bytes;
        if let Packing::Unknown(first) = &mut self.packing {
            first.extend_from_slice(bytes);
            if first.len() < 2 {
                return Ok(());
            }
            held = core::mem::take(first);
            bytes = &held;
            self.packing = match bytes {
                [0x1f, 0x8b, ..] => Packing::Gzip(Box::new(Gunzip::new())),
                _ => Packing::Plain,
            };
        }
        match &mut self.packing {
            Packing::Gzip(gunzip) => gunzip.feed(bytes, &mut |piece| self.body.feed(piece, rows)),
            _ => self.body.feed(bytes, rows),
        }
    }

    /// The file ended.
    ///
    /// # Errors
    ///
    /// It ended too early, or held no structure.
    pub fn finish(mut self, rows: &mut Rows) -> Result<SourceReport, SourceError> {
        match &mut self.packing {
            Packing::Unknown(first) => {
                let first = core::mem::take(first);
                self.body.feed(&first, rows)?;
            }
            Packing::Gzip(gunzip) => gunzip.finish()?,
            Packing::Plain => {}
        }
        self.body.finish(rows)
    }
}

/// The file, unpacked.
#[derive(Debug)]
struct Body {
    octets: u64,
    reader: Reader,
}

#[derive(Debug)]
enum Reader {
    /// Not enough came to tell.
    Undecided(Vec<u8>),
    Extract(Box<Extract>),
    Structures(Box<Structures>),
}

impl Body {
    fn new() -> Self {
        Self { octets: 0, reader: Reader::Undecided(Vec::new()) }
    }

    fn feed(&mut self, bytes: &[u8], rows: &mut Rows) -> Result<(), SourceError> {
        self.octets = self.octets.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.octets > MAX_OCTETS {
            return Err(SourceError::TooLarge);
        }
        match &mut self.reader {
            Reader::Undecided(head) => {
                head.extend_from_slice(bytes);
                let line_ends = head.contains(&b'\n');
                if head.len() >= HEAD || line_ends || head.trim_ascii_start().first() == Some(&b'{') {
                    self.decide(rows)?;
                }
                Ok(())
            }
            Reader::Extract(extract) => extract.feed(bytes, rows),
            Reader::Structures(structures) => structures.feed(bytes, rows),
        }
    }

    fn finish(mut self, rows: &mut Rows) -> Result<SourceReport, SourceError> {
        if matches!(self.reader, Reader::Undecided(_)) {
            self.decide(rows)?;
        }
        match self.reader {
            Reader::Extract(extract) => extract.finish(rows),
            Reader::Structures(structures) => structures.finish(rows),
            Reader::Undecided(_) => Err(SourceError::Empty),
        }
    }

    /// Chooses the reader by what came so far, and gives it that.
    fn decide(&mut self, rows: &mut Rows) -> Result<(), SourceError> {
        let Reader::Undecided(head) = &mut self.reader else { return Ok(()) };
        let head = core::mem::take(head);
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
        let begins =
            |with: &[u8]| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        let first = text.trim_ascii_start();
        let utf16 = head.starts_with(b"\xff\xfe")
            || head.starts_with(b"\xfe\xff")
            || matches!(text, [a, 0, b, 0, ..] | [0, a, 0, b, ..] if *a != 0 && *b != 0);
        if first.is_empty() {
            return Err(if self.octets > HEAD as u64 { SourceError::Unknown } else { SourceError::Empty });
        }
        if utf16 {
            return Err(SourceError::Utf16);
        }
        if begins(crate::index::MAGIC) {
            return Err(SourceError::Index);
        }
        if [&b"PK\x03\x04"[..], b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0", b"BZh", b"\xfd7zXZ", b"%PDF"]
            .iter()
            .any(|magic| text.starts_with(magic))
        {
            return Err(SourceError::Archive);
        }
        match first.first() {
            Some(b'<') => return Err(SourceError::WebPage),
            Some(b'{' | b'[') => {
                let mut structures = Box::new(Structures::new());
                structures.feed(text, rows)?;
                self.reader = Reader::Structures(structures);
                return Ok(());
            }
            _ => {}
        }
        if [&b"finess;"[..], b"structureet;", b"structureej;", b"geolocalisation;"]
            .iter()
            .any(|word| begins(word))
        {
            let mut extract = Box::new(Extract::new());
            extract.feed(text, rows)?;
            self.reader = Reader::Extract(extract);
            return Ok(());
        }
        let line = first.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
        if line.contains(&0) || !line.iter().any(|byte| matches!(byte, b';' | b',' | b'\t')) {
            return Err(SourceError::Unknown);
        }
        Err(SourceError::OtherTable { head: shown(line) })
    }
}

/// A line of someone else's, short enough for a sentence.
fn shown(line: &[u8]) -> String {
    const MOST: usize = 80;
    let text = String::from_utf8_lossy(line.get(..line.len().min(4 * MOST)).unwrap_or_default());
    let mut out: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST).collect();
    if text.chars().count() > MOST {
        out.push('…');
    }
    out
}

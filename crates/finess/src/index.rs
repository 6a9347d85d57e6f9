//! The index: one buffer, used where it lies. Columns of fixed width, texts with their ends, all little-endian.
//!
//! | Octets | What |
//! |---|---|
//! | 8 | `ESTFINES` |
//! | 4 | version |
//! | 4 | CRC-32 of all that follows |
//! | 4 | length of the whole |
//! | 8 each | where each section begins, and its length |
//! | … | the sections, in the order of [`Section`] |
//!
//! Loading looks at the header, the checksum and the lengths of the columns, and allocates nothing. An index that was altered on
//! purpose, checksum included, gives wrong answers and no panic: every access is bounded.

use core::fmt;

use crate::{checksum::Crc32, kind::Kind, number::Number, rows::BETWEEN};

/// How an index begins.
pub(crate) const MAGIC: &[u8; 8] = b"ESTFINES";

/// Whether a file that begins so says that it is an index.
pub fn is_index(start: &[u8]) -> bool {
    start.starts_with(MAGIC)
}

/// The layout described here. Another one gets another number, and is made anew from the files.
pub const VERSION: u32 = 1;

/// The most octets of an index.
pub const MAX_INDEX: usize = 256 << 20;

const HEADER: usize = 20;

/// What a column holds where it holds nothing.
pub(crate) const NONE: u32 = u32::MAX;
pub(crate) const NO_STATUS: u8 = u8::MAX;

/// Bits of the column of flags.
pub(crate) const IS_SITE: u8 = 1;
pub(crate) const IS_OPEN: u8 = 2;

/// The parts of an index.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Section {
    /// The date the files say, as text.
    Date,
    /// By number, ascending; what follows is in this order.
    Numbers,
    Flags,
    /// Legal status or ESPIC code.
    Status,
    Category,
    Place,
    /// Of a site, its legal entity; of a legal entity, where its sites begin in `Sites`.
    Link,
    Siret,
    /// How many words the name has.
    Words,
    /// Where the name of each ends in `Names`.
    NameEnds,
    /// Name, and the short one behind a separator.
    Names,
    PlaceEnds,
    /// Postcode, department, city.
    Places,
    /// The sites of each legal entity, one entity after the other.
    Sites,
    /// Those that have a SIRET or SIREN, ascending by it.
    BySiret,
    /// A line for each category: code, label.
    Categories,
    CategoryWordEnds,
    /// Every word of the categories with a code, ascending.
    CategoryWords,
    TokenEnds,
    /// Every word of names and cities, ascending.
    Tokens,
    PostingEnds,
    /// Who has each word: distances, with what it is a word of.
    Postings,
}

/// How many sections there are.
pub(crate) const SECTIONS: usize = Section::Postings as usize + 1;

const DIRECTORY: usize = SECTIONS * 8;

/// Why an index cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexError {
    /// It is none.
    NotAnIndex,
    /// It was made by another version of the product.
    OtherVersion {
        /// Which one.
        found: u32,
    },
    /// It was cut or altered.
    Damaged,
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnIndex => f.write_str("not an index of the register"),
            Self::OtherVersion { found } => write!(f, "an index of version {found}"),
            Self::Damaged => f.write_str("a damaged index"),
        }
    }
}

impl core::error::Error for IndexError {}

/// The register, ready to be searched.
pub struct Index {
    bytes: Vec<u8>,
    /// Where each section begins and ends.
    sections: [(usize, usize); SECTIONS],
    entities: usize,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({} structures, {} octets)", self.len(), self.bytes.len())
    }
}

impl Index {
    /// Takes an index that [`Index::bytes`] gave.
    ///
    /// # Errors
    ///
    /// It is none, it is of another version, or it was damaged.
    pub fn load(bytes: Vec<u8>) -> Result<Self, IndexError> {
        let word = |at: usize| u32_at(&bytes, at);
        if !bytes.starts_with(MAGIC) {
            return Err(IndexError::NotAnIndex);
        }
        let version = word(8).ok_or(IndexError::Damaged)?;
        if version != VERSION {
            return Err(IndexError::OtherVersion { found: version });
        }
        let body = bytes.get(16..).ok_or(IndexError::Damaged)?;
        let length = word(16).and_then(|length| usize::try_from(length).ok());
        if length != Some(bytes.len()) || bytes.len() > MAX_INDEX || word(12) != Some(Crc32::of(body)) {
            return Err(IndexError::Damaged);
        }
        let mut sections = [(0, 0); SECTIONS];
        for (section, place) in sections.iter_mut().zip((HEADER..).step_by(8)) {
            let start = word(place).and_then(|start| usize::try_from(start).ok());
            let size = word(place.saturating_add(4)).and_then(|size| usize::try_from(size).ok());
            let (Some(start), Some(size)) = (start, size) else { return Err(IndexError::Damaged) };
            let end = start.checked_add(size).filter(|end| *end <= bytes.len()).ok_or(IndexError::Damaged)?;
            *section = (start, end);
        }
        let mut index = Self { bytes, sections, entities: 0 };
        let count = index.len();
        let columns = [
            (Section::Flags, 1),
            (Section::Status, 1),
            (Section::Category, 2),
            (Section::Place, 4),
            (Section::Link, 4),
            (Section::Siret, 8),
            (Section::Words, 1),
            (Section::NameEnds, 4),
        ];
        if columns
            .iter()
            .any(|(section, width)| Some(index.section(*section).len()) != count.checked_mul(*width))
        {
            return Err(IndexError::Damaged);
        }
        index.entities = index.section(Section::Flags).iter().filter(|flags| **flags & IS_SITE == 0).count();
        Ok(index)
    }

    /// The index as a file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The index as a file, the index being no more.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How many legal entities it knows, also those of which the files told the number alone.
    pub const fn entities(&self) -> usize {
        self.entities
    }

    /// How many sites.
    pub fn sites(&self) -> usize {
        self.len().saturating_sub(self.entities)
    }

    /// How many of both.
    pub fn len(&self) -> usize {
        self.section(Section::Numbers).len() / 4
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The day the files were made, `AAAA-MM-JJ`, as they say.
    pub fn date(&self) -> Option<&str> {
        Some(self.text(Section::Date)).filter(|date| !date.is_empty())
    }

    /// The structure with this number; a number is either a legal entity's or a site's.
    pub fn get(&self, number: Number) -> Option<Record<'_>> {
        let place = self.numbers_from(number);
        let record = Record { index: self, at: place };
        (record.packed() == Some(number.packed())).then_some(record)
    }

    /// Every structure, by number.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        (0..self.len()).map(|at| Record { index: self, at })
    }

    /// The place of the first number that is not below this one.
    pub(crate) fn numbers_from(&self, number: Number) -> usize {
        let column = self.section(Section::Numbers);
        partition(self.len(), |at| {
            u32_at(column, at.saturating_mul(4)).is_some_and(|packed| packed < number.packed())
        })
    }

    pub(crate) fn record(&self, at: usize) -> Option<Record<'_>> {
        (at < self.len()).then_some(Record { index: self, at })
    }

    pub(crate) fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.sections.get(section as usize).copied().unwrap_or_default();
        self.bytes.get(start..end).unwrap_or_default()
    }

    pub(crate) fn u32(&self, section: Section, at: usize) -> Option<u32> {
        u32_at(self.section(section), at.checked_mul(4)?)
    }

    pub(crate) fn place_in(&self, section: Section, at: usize) -> Option<usize> {
        usize::try_from(self.u32(section, at)?).ok()
    }

    /// The octets of one of several things whose ends stand in another section.
    pub(crate) fn part(&self, ends: Section, all: Section, at: usize) -> &[u8] {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.place_in(ends, before));
        let end = self.place_in(ends, at);
        let (Some(start), Some(end)) = (start, end) else { return &[] };
        self.section(all).get(start..end).unwrap_or_default()
    }

    fn text(&self, section: Section) -> &str {
        core::str::from_utf8(self.section(section)).unwrap_or_default()
    }

    /// The categories that occur: code, label.
    fn categories(&self) -> impl Iterator<Item = (u16, &str)> {
        self.text(Section::Categories).split('\n').filter_map(|line| {
            let (code, label) = line.split_once(BETWEEN)?;
            Some((code.parse().ok()?, label))
        })
    }
}

/// A structure of an index.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    index: &'a Index,
    at: usize,
}

impl<'a> Record<'a> {
    /// Its FINESS number.
    pub fn number(&self) -> Option<Number> {
        Number::from_packed(self.packed()?)
    }

    fn packed(&self) -> Option<u32> {
        self.index.u32(Section::Numbers, self.at)
    }

    fn flags(&self) -> u8 {
        self.index.section(Section::Flags).get(self.at).copied().unwrap_or_default()
    }

    /// Legal entity or site.
    pub fn kind(&self) -> Kind {
        if self.flags() & IS_SITE == 0 { Kind::Ej } else { Kind::Et }
    }

    /// Whether it is in activity.
    pub fn is_open(&self) -> bool {
        self.flags() & IS_OPEN != 0
    }

    fn names(&self) -> &'a str {
        core::str::from_utf8(self.index.part(Section::NameEnds, Section::Names, self.at)).unwrap_or_default()
    }

    /// Its name, the long one where there are two. Empty for a legal entity of which the files told the number alone.
    pub fn name(&self) -> &'a str {
        let names = self.names();
        names.split_once(BETWEEN).map_or(names, |(name, _)| name)
    }

    /// Its short name, when it has one of its own.
    pub fn short_name(&self) -> Option<&'a str> {
        self.names().split_once(BETWEEN).map(|(_, short)| short)
    }

    /// Postcode, department, city.
    fn place(&self) -> [&'a str; 3] {
        let place = self.index.place_in(Section::Place, self.at);
        let text = place.map_or(&[][..], |place| self.index.part(Section::PlaceEnds, Section::Places, place));
        let mut parts = core::str::from_utf8(text).unwrap_or_default().split(BETWEEN);
        [(); 3].map(|()| parts.next().unwrap_or_default())
    }

    /// Its postcode.
    pub fn postcode(&self) -> Option<&'a str> {
        let [postcode, _, _] = self.place();
        some(postcode)
    }

    /// Its department, by its number in the official list: `01`, `2A`, `971`.
    pub fn department(&self) -> Option<&'a str> {
        let [_, department, _] = self.place();
        some(department)
    }

    /// Its city, as mail is routed there: it may end in CEDEX.
    pub fn city(&self) -> Option<&'a str> {
        let [_, _, city] = self.place();
        some(city)
    }

    /// The code of its category (TRE_R66); a legal entity has none.
    pub fn category(&self) -> Option<u16> {
        let place = self.at.checked_mul(2)?;
        let &[a, b] = self.index.section(Section::Category).get(place..place.checked_add(2)?)? else {
            return None;
        };
        Some(u16::from_le_bytes([a, b])).filter(|code| *code != 0)
    }

    /// What its category is called.
    pub fn category_label(&self) -> Option<&'a str> {
        let code = self.category()?;
        self.index.categories().find(|(found, _)| *found == code).and_then(|(_, label)| some(label))
    }

    /// Legal status (TRE_R72) of a legal entity, ESPIC code (TRE_R73) of a site.
    pub fn status(&self) -> Option<u8> {
        self.index.section(Section::Status).get(self.at).copied().filter(|status| *status != NO_STATUS)
    }

    fn siret_or_siren(&self) -> Option<u64> {
        siret_at(self.index, self.at)
    }

    /// The SIRET of a site.
    pub fn siret(&self) -> Option<String> {
        (self.kind() == Kind::Et).then(|| self.siret_or_siren())?.map(|siret| format!("{siret:014}"))
    }

    /// The SIREN of a legal entity.
    pub fn siren(&self) -> Option<String> {
        (self.kind() == Kind::Ej)
            .then(|| self.siret_or_siren())?
            .map(|siret| format!("{:09}", siret / 100_000))
    }

    /// Of a site, its legal entity.
    pub fn entity(&self) -> Option<Self> {
        if self.kind() == Kind::Ej {
            return None;
        }
        let entity = self.index.record(self.index.place_in(Section::Link, self.at)?)?;
        (entity.kind() == Kind::Ej).then_some(entity)
    }

    /// Of a legal entity, its sites by number.
    pub fn sites(&self) -> impl Iterator<Item = Self> + use<'a> {
        let first = (self.kind() == Kind::Ej).then(|| self.index.place_in(Section::Link, self.at)).flatten();
        let (index, entity) = (self.index, self.at);
        // An altered index could have a start and no end: the section ends it.
        let sites = first.into_iter().flat_map(move |first| {
            (first..).map_while(move |place| index.record(index.place_in(Section::Sites, place)?))
        });
        sites.take_while(move |site| index.place_in(Section::Link, site.at) == Some(entity))
    }

    /// Words of the name that tell something, at most 255.
    pub(crate) fn words(&self) -> u8 {
        self.index.section(Section::Words).get(self.at).copied().unwrap_or_default()
    }
}

pub(crate) fn siret_at(index: &Index, at: usize) -> Option<u64> {
    let place = at.checked_mul(8)?;
    let bytes = index.section(Section::Siret).get(place..place.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?)).filter(|siret| *siret != 0)
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let &[a, b, c, d] = bytes.get(at..at.checked_add(4)?)? else { return None };
    Some(u32::from_le_bytes([a, b, c, d]))
}

/// The first place that is not `before`, in a list of this length where all that are come first.
pub(crate) fn partition(length: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) { low = middle.saturating_add(1) } else { high = middle }
    }
    low
}

/// Puts the sections of an index together.
pub(crate) fn assemble(sections: &[Vec<u8>; SECTIONS]) -> Option<Vec<u8>> {
    let total =
        sections.iter().try_fold(HEADER + DIRECTORY, |all, section| all.checked_add(section.len()))?;
    let mut bytes = Vec::with_capacity(total);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend_from_slice(&u32::try_from(total).ok()?.to_le_bytes());
    let mut start = HEADER + DIRECTORY;
    for section in sections {
        bytes.extend_from_slice(&u32::try_from(start).ok()?.to_le_bytes());
        bytes.extend_from_slice(&u32::try_from(section.len()).ok()?.to_le_bytes());
        start = start.checked_add(section.len())?;
    }
    for section in sections {
        bytes.extend_from_slice(section);
    }
    let sum = Crc32::of(bytes.get(16..)?);
    bytes.get_mut(12..16)?.copy_from_slice(&sum.to_le_bytes());
    (bytes.len() <= MAX_INDEX).then_some(bytes)
}

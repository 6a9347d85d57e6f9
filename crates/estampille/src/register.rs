//! The public FINESS register on the user's machine: made from the official files or loaded from an index, then searched.
//!
//! Everything is synchronous and fed piece by piece, so that a worker can drive it: tell how far it is after each piece, and
//! stop by letting go of the [`Builder`]. What was loaded before is another value, and stays.

use doctrine::{SectorProposal, SiteFacts};
use finess::{Index, IndexError, Kind, Number, Options, Record, Rows, Source, SourceError, SourceReport};
use messages::Locale;
use vocabulary::{
    Bearer, Date, Error, Finding as Found, Severity, Timestamp,
    identifiers::Finess,
    topics::{errors::INVALID_INPUT_WORD, register as topics},
};

use crate::contract::{self, FinessHit, FinessOptions, RegisterSize, findings};

/// The longest index that is taken, in octets.
pub const MOST_OCTETS: usize = finess::MAX_INDEX;

/// Whether a file that begins so says that it is an index, to be loaded and not read.
pub fn is_index(start: &[u8]) -> bool {
    finess::is_index(start)
}

/// Octets taken at a time from a file that is already in memory.
const PIECE: usize = 256 * 1024;

/// Reads the files of the register, one after the other.
#[derive(Debug, Default)]
pub struct Builder {
    rows: Rows,
    source: Option<Source>,
    octets: u64,
    done: Vec<SourceReport>,
}

impl Builder {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next octets of the present file: plain or gzip, extract or FINESS+, told apart by themselves.
    ///
    /// # Errors
    ///
    /// `not-a-register`, `register-encoding`, `register-damaged`, `register-too-large`, at `sources[n]`. Nothing more is to
    /// be fed then.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.octets = self.octets.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let source = self.source.get_or_insert_with(Source::new);
        source.feed(bytes, &mut self.rows).map_err(|error| refusal(&error, self.done.len()))
    }

    /// The present file ended; another may follow.
    ///
    /// # Errors
    ///
    /// As [`Builder::feed`], and `register-truncated`, `register-without-structure`.
    pub fn end_source(&mut self) -> Result<(), Error> {
        let source = self.source.take().unwrap_or_default();
        let report = source.finish(&mut self.rows).map_err(|error| refusal(&error, self.done.len()))?;
        self.done.push(report);
        Ok(())
    }

    /// Octets taken so far, of all files.
    pub const fn octets(&self) -> u64 {
        self.octets
    }

    /// Makes the register of what was read, and says what is worth knowing of the files.
    ///
    /// # Errors
    ///
    /// `register-without-source` when nothing was fed; those of [`Builder::end_source`] when a file had not ended.
    pub fn finish(mut self, locale: Locale) -> Result<(Register, Vec<contract::Finding>), Error> {
        if self.source.is_some() {
            self.end_source()?;
        }
        if self.done.is_empty() {
            return Err(Error::at(topics::NO_SOURCE, "sources"));
        }
        // The day of the oldest file: what it tells is not younger.
        let date = self.done.iter().filter_map(|report| report.date.as_deref()).min().map(str::to_owned);
        let index = Index::build(self.rows, date.as_deref()).map_err(|error| refusal(&error, 0))?;
        let register = Register { index };
        let mut found = register.remarks();
        found.extend(told(&self.done));
        Ok((register, findings(locale, &found)))
    }
}

/// What is said of how the files could be read.
fn told(reports: &[SourceReport]) -> Vec<Found> {
    let sum =
        |count: fn(&SourceReport) -> u32| reports.iter().map(|report| u64::from(count(report))).sum::<u64>();
    let (skipped, misspelt) = (sum(|report| report.skipped), sum(|report| report.misspelt));
    let mut found = Vec::new();
    if skipped > 0 {
        found.push(Found::warning(topics::SKIPPED).with("count", skipped));
    }
    if misspelt > 0 {
        found.push(Found::warning(topics::ENCODING_LOST).with("count", misspelt));
    }
    found
}

/// The register, in memory.
#[derive(Debug)]
pub struct Register {
    index: Index,
}

impl Register {
    /// Makes a register of files that are in memory. `progress` is told how many octets were read.
    ///
    /// # Errors
    ///
    /// As [`Builder`].
    pub fn build(
        locale: Locale,
        sources: &[&[u8]],
        mut progress: impl FnMut(u64),
    ) -> Result<(Self, Vec<contract::Finding>), Error> {
        let mut builder = Builder::new();
        for source in sources {
            for piece in source.chunks(PIECE) {
                builder.feed(piece)?;
                progress(builder.octets());
            }
            builder.end_source()?;
        }
        builder.finish(locale)
    }

    /// Takes an index that [`Register::save`] gave.
    ///
    /// # Errors
    ///
    /// `bad-index`: it is none, was made by another version, or was damaged.
    pub fn load(index: Vec<u8>) -> Result<Self, Error> {
        let index = Index::load(index).map_err(|error| match error {
            IndexError::NotAnIndex => Error::at(topics::BAD_INDEX_OTHER, "index"),
            IndexError::OtherVersion { found } => Error::at(topics::BAD_INDEX_VERSION, "index")
                .with("found", found.to_string())
                .with("expected", finess::VERSION.to_string()),
            IndexError::Damaged => Error::at(topics::BAD_INDEX, "index"),
        })?;
        Ok(Self { index })
    }

    /// The index, as a file that loads in a moment.
    pub fn save(&self) -> &[u8] {
        self.index.bytes()
    }

    /// How many structures it knows.
    pub fn size(&self) -> RegisterSize {
        RegisterSize { ej: self.index.entities(), et: self.index.sites() }
    }

    /// The day its files say, `AAAA-MM-JJ`.
    pub fn date(&self) -> Option<&str> {
        self.index.date()
    }

    /// The structure with this number, and why its sector is proposed or asked.
    pub fn get(&self, locale: Locale, number: &str) -> Option<FinessHit> {
        let record = self.record(number)?;
        let proposal = sector(&record, true);
        let reason = reason(&proposal);
        Some(FinessHit {
            sector_reason: Some(contract::Finding::new(locale, &reason)),
            ..hit(&record, proposal.sector.map(|sector| sector.as_str()))
        })
    }

    /// The sites of a legal entity, by number, closed ones included; none for any other number.
    pub fn sites(&self, ej: &str) -> Vec<FinessHit> {
        let sites = self.record(ej).into_iter().flat_map(|record| record.sites());
        sites.map(|site| listed(&site)).collect()
    }

    /// The structures that have every word of the query, the best first (see [`finess`]).
    ///
    /// # Errors
    ///
    /// `invalid-input` at `options.kind` for a kind that is neither `ej` nor `et`.
    pub fn search(&self, query: &str, options: &FinessOptions) -> Result<Vec<FinessHit>, Error> {
        let kind = match options.kind.as_deref() {
            None => None,
            Some("ej") => Some(Kind::Ej),
            Some("et") => Some(Kind::Et),
            Some(other) => {
                return Err(Error::at(INVALID_INPUT_WORD, "options.kind")
                    .with("found", other.chars().take(40).collect::<String>())
                    .with("allowed", vec!["ej".to_owned(), "et".to_owned()]));
            }
        };
        let department = options.department.as_deref().map(|typed| typed.trim().to_uppercase());
        let options = Options {
            limit: options.limit.unwrap_or_else(|| Options::default().limit),
            kind,
            department: department.as_deref().filter(|department| !department.is_empty()),
        };
        Ok(self.index.search(query, &options).iter().map(listed).collect())
    }

    /// What is worth knowing of this register at this moment: how much it knows, how old it is.
    pub fn state(&self, locale: Locale, now: Timestamp) -> Vec<contract::Finding> {
        let mut found = self.remarks();
        match self.date().and_then(Date::parse) {
            Some(date) if doctrine::register_is_outdated(date, now.date()) => {
                found.push(Found::warning(topics::OUTDATED).with("date", date.midnight()));
            }
            Some(_) => {}
            None => found.push(Found::info(topics::UNDATED)),
        }
        findings(locale, &found)
    }

    /// What the register says of a number that was typed where `bearer`'s is wanted: whose it is, whether it is of that kind, and
    /// which to take instead. Nothing where no FINESS number is wanted, or the text is none (see [`crate::identifier`]), or it
    /// is one of tests.
    pub fn judge(&self, locale: Locale, number: &str, bearer: Bearer) -> Vec<contract::Finding> {
        let wanted = match bearer {
            Bearer::Ej => Kind::Ej,
            Bearer::Et | Bearer::EtSitePrincipal | Bearer::EtAuChoix => Kind::Et,
            Bearer::Siret | Bearer::RppsRang => return Vec::new(),
        };
        let Some(typed) = Finess::parse(number).filter(|number| !number.is_test()) else { return Vec::new() };
        let found = match self.record(number) {
            None => vec![Found::warning(topics::NUMBER_UNKNOWN).with("number", typed.as_str())],
            Some(record) => {
                let mut found = vec![kind(&record, wanted, bearer)];
                if !record.is_open() {
                    found.push(named(Found::warning(topics::NUMBER_CLOSED), &record));
                }
                found
            }
        };
        findings(locale, &found)
    }

    fn remarks(&self) -> Vec<Found> {
        let (sites, entities) = (self.index.sites(), self.index.entities());
        let mut found = vec![Found::info(topics::READ).with("sites", sites).with("entities", entities)];
        let unnamed = self
            .index
            .records()
            .filter(|record| record.kind() == Kind::Ej && record.name().is_empty())
            .count();
        if unnamed > 0 {
            found.push(Found::warning(topics::WITHOUT_ENTITIES).with("count", unnamed).with("all", entities));
        }
        if sites == 0 {
            found.push(Found::warning(topics::WITHOUT_SITES).with("count", entities));
        }
        found
    }

    fn record(&self, number: &str) -> Option<Record<'_>> {
        let typed = Finess::parse(number);
        let number = typed.as_ref().map_or(number, |number| number.as_str());
        self.index.get(Number::parse(number)?)
    }
}

/// Whether a structure is of the kind that is wanted, and what to take instead.
fn kind(record: &Record<'_>, wanted: Kind, bearer: Bearer) -> Found {
    const SHOWN: usize = 5;
    if record.kind() == wanted {
        return named(Found::ok(topics::NUMBER_RIGHT), record);
    }
    let with_number = |record: &Record<'_>| {
        let number = record.number().map(|number| number.text()).unwrap_or_default();
        format!("{number} {}", record.name())
    };
    match wanted {
        Kind::Et => {
            let mut sites: Vec<String> = Vec::new();
            let mut count = 0_usize;
            for site in record.sites().filter(Record::is_open) {
                count = count.saturating_add(1);
                if sites.len() < SHOWN {
                    sites.push(with_number(&site));
                }
            }
            if count > sites.len() {
                sites.push("…".to_owned());
            }
            let topic = match bearer {
                Bearer::EtSitePrincipal => topics::NUMBER_IS_ENTITY_MAIN,
                _ => topics::NUMBER_IS_ENTITY,
            };
            named(Found::error(topic), record).with("count", count).with("sites", sites)
        }
        Kind::Ej => {
            let entity = record.entity();
            let number =
                entity.and_then(|entity| entity.number()).map(|number| number.text()).unwrap_or_default();
            named(Found::error(topics::NUMBER_IS_SITE), record)
                .with("entity", number)
                .with("entity-name", entity.map_or("", |entity| entity.name()))
        }
    }
}

fn named(found: Found, record: &Record<'_>) -> Found {
    let number = record.number().map(|number| number.text()).unwrap_or_default();
    // A legal entity may have no name in the files: its number stands for it.
    let name = if record.name().is_empty() { number.clone() } else { record.name().to_owned() };
    let city = record.city().unwrap_or("–").to_owned();
    found.with("number", number).with("name", name).with("city", city)
}

/// A structure in a list.
fn listed(record: &Record<'_>) -> FinessHit {
    hit(record, sector(record, false).sector.map(|sector| sector.as_str()))
}

fn hit(record: &Record<'_>, sector: Option<&'static str>) -> FinessHit {
    let text = |number: Option<Number>| number.map(|number| number.text());
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let is_entity = record.kind() == Kind::Ej;
    FinessHit {
        number: text(record.number()).unwrap_or_default(),
        kind: if is_entity { "ej" } else { "et" }.into(),
        name: record.name().to_owned(),
        short_name: owned(record.short_name()),
        city: owned(record.city()),
        postcode: owned(record.postcode()),
        department: owned(record.department()),
        category_code: record.category().map(|code| code.to_string()),
        category_label: owned(record.category_label()),
        siret: record.siret(),
        siren: record.siren(),
        ej: text(record.entity().and_then(|entity| entity.number())),
        et_count: is_entity.then(|| record.sites().count()),
        sector: sector.map(contract::Word::from),
        sector_reason: None,
        open: record.is_open(),
    }
}

/// The sector of a structure, as the doctrine proposes it.
fn sector(record: &Record<'_>, in_words: bool) -> SectorProposal {
    let of_site = |site: &Record<'_>, legal_status: Option<u8>| {
        doctrine::site_sector(&SiteFacts {
            category: site.category(),
            category_label: if in_words { site.category_label().unwrap_or_default() } else { "" },
            espic: site.status(),
            legal_status,
        })
    };
    match record.kind() {
        Kind::Et => of_site(record, record.entity().and_then(|entity| entity.status())),
        Kind::Ej => {
            let sites: Vec<SectorProposal> =
                record.sites().filter(Record::is_open).map(|site| of_site(&site, record.status())).collect();
            doctrine::entity_sector(record.status(), &sites)
        }
    }
}

fn reason(proposal: &SectorProposal) -> Found {
    Found {
        topic: proposal.reason.topic,
        severity: Severity::Info,
        facts: proposal.reason.facts.clone(),
        sources: proposal.sources.to_vec(),
        server_error: None,
    }
}

/// A file that is none of the register, as an error that says what it is.
fn refusal(error: &SourceError, source: usize) -> Error {
    let at = |topic| Error::at(topic, format!("sources[{source}]"));
    match error {
        SourceError::Empty => at(topics::NOT_A_REGISTER_EMPTY),
        SourceError::WebPage => at(topics::NOT_A_REGISTER_HTML),
        SourceError::Archive => at(topics::NOT_A_REGISTER_ARCHIVE),
        SourceError::Index => at(topics::NOT_A_REGISTER_INDEX),
        SourceError::Utf16 => at(topics::ENCODING_UTF16),
        SourceError::NotUtf8 => at(topics::ENCODING_JSON),
        SourceError::OtherTable { head } => at(topics::NOT_A_REGISTER_TABLE).with("found", head.as_str()),
        SourceError::OtherExtract { kind } => at(topics::NOT_A_REGISTER_EXTRACT).with("found", kind.as_str()),
        SourceError::OtherJson { keys } if keys.is_empty() => at(topics::NOT_A_REGISTER_JSON_UNNAMED),
        SourceError::OtherJson { keys } => at(topics::NOT_A_REGISTER_JSON).with("found", keys.clone()),
        SourceError::Activities => at(topics::NOT_A_REGISTER_ACTIVITIES),
        SourceError::Unknown => at(topics::NOT_A_REGISTER),
        SourceError::Truncated { packed: true } => at(topics::TRUNCATED_GZIP),
        SourceError::Truncated { packed: false } => at(topics::TRUNCATED),
        SourceError::Damaged { packed: true, octet } => {
            at(topics::DAMAGED_GZIP).with("octet", octet.to_string())
        }
        SourceError::Damaged { packed: false, octet } => at(topics::DAMAGED).with("octet", octet.to_string()),
        SourceError::NoStructure => at(topics::NO_STRUCTURE),
        SourceError::TooLarge => at(topics::TOO_LARGE),
    }
}

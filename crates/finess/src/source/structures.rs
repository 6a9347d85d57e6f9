//! FINESS+ structures: JSON, `pmej[]` with its `ege[]`; everything else is passed over. About 750 MB, most of it events.
//!
//! Two shapes are read: the one that is published (codes as texts, `nomEgeCourt`, `informationsGeneralesPMEJ`) and the one of
//! the first schema (codes as `{code, system}`, `informationsGeneralesPmej`). Names may stand in any order: a site is kept
//! until its object ends, a legal entity until its sites are read.

use actson::feeder::JsonFeeder;
use actson::options::JsonParserOptionsBuilder;
use actson::parser::ParserError;
use actson::{JsonEvent, JsonParser};
use vocabulary::Date;

use super::{Origin, SourceError, SourceReport, shown};
use crate::{
    kind::Kind,
    number::Number,
    rows::{Row, Rows, code, department, is_misspelt},
};

/// How deep objects may stand in one another: the file has seven levels.
const MAX_DEPTH: usize = 64;

/// The most octets between two things the parser tells: far more than the longest text.
const MAX_TEXT: usize = 1024 * 1024;

/// The most octets kept of one text.
const MAX_KEPT: usize = 512;

/// The most names at the top that are told of another file.
const MAX_KEYS: usize = 8;

pub(super) struct Structures {
    parser: JsonParser<Chunk>,
    /// Octets since the parser told something.
    silent: usize,
    octets: u64,
    place: Place,
    keys: Vec<String>,
    has_structures: bool,
    report: SourceReport,
}

impl core::fmt::Debug for Structures {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Structures({:?})", self.report)
    }
}

impl Structures {
    pub(super) fn new() -> Self {
        let options = JsonParserOptionsBuilder::default().with_max_depth(MAX_DEPTH).build();
        Self {
            parser: JsonParser::new_with_options(Chunk::default(), options),
            silent: 0,
            octets: 0,
            place: Place::default(),
            keys: Vec::new(),
            has_structures: false,
            report: SourceReport {
                origin: Origin::FinessPlus,
                date: None,
                sites: 0,
                entities: 0,
                skipped: 0,
                misspelt: 0,
            },
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8], rows: &mut Rows) -> Result<(), SourceError> {
        self.octets = self.octets.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        for piece in bytes.chunks(MAX_TEXT) {
            self.silent = self.silent.saturating_add(piece.len());
            self.parser.feeder.fill(piece);
            self.read(rows)?;
            if self.silent > MAX_TEXT.saturating_mul(2) {
                return Err(SourceError::Damaged { packed: false, octet: self.octets });
            }
        }
        Ok(())
    }

    pub(super) fn finish(mut self, rows: &mut Rows) -> Result<SourceReport, SourceError> {
        self.parser.feeder.end();
        self.read(rows)?;
        if !self.has_structures {
            return Err(SourceError::OtherJson { keys: self.keys });
        }
        if self.report.sites == 0 && self.report.entities == 0 {
            return Err(SourceError::NoStructure);
        }
        Ok(self.report)
    }

    /// All that the octets given so far tell.
    fn read(&mut self, rows: &mut Rows) -> Result<(), SourceError> {
        loop {
            let event = match self.parser.next_event() {
                Ok(Some(JsonEvent::NeedMoreInput) | None) => return Ok(()),
                Ok(Some(event)) => event,
                Err(ParserError::NoMoreInput) => return Err(SourceError::Truncated { packed: false }),
                Err(_) => {
                    let octet = u64::try_from(self.parser.parsed_bytes()).unwrap_or(u64::MAX);
                    return Err(SourceError::Damaged { packed: false, octet });
                }
            };
            self.silent = 0;
            self.take(event, rows)?;
        }
    }

    fn take(&mut self, event: JsonEvent, rows: &mut Rows) -> Result<(), SourceError> {
        let place = &mut self.place;
        match event {
            JsonEvent::StartObject | JsonEvent::StartArray => {
                if place.passed_over > 0 {
                    place.passed_over = place.passed_over.saturating_add(1);
                    return Ok(());
                }
                match place.level().enter(place.key, event == JsonEvent::StartArray) {
                    Some(level) => self.open(level, rows),
                    None => place.passed_over = 1,
                }
                Ok(())
            }
            JsonEvent::EndObject | JsonEvent::EndArray => {
                if place.passed_over > 0 {
                    place.passed_over = place.passed_over.saturating_sub(1);
                    return Ok(());
                }
                self.close(rows)
            }
            JsonEvent::FieldName if place.passed_over == 0 => {
                let name = self.parser.current_str().map_err(|_| SourceError::NotUtf8)?;
                place.key = Key::of(name);
                match place.level() {
                    Level::Top if self.keys.len() < MAX_KEYS => self.keys.push(shown(name.as_bytes())),
                    Level::Entity | Level::Site if place.key == Key::Activities => {
                        return Err(SourceError::Activities);
                    }
                    _ => {}
                }
                Ok(())
            }
            JsonEvent::ValueString if place.passed_over == 0 => {
                let text = self.parser.current_str().map_err(|_| SourceError::NotUtf8)?;
                match place.level() {
                    Level::Top if place.key == Key::Generated => {
                        let day = text.get(..10).unwrap_or_default();
                        self.report.date = Date::parse(day).map(|_| day.to_owned());
                    }
                    // `{code, system}` of the first schema, and lists of one code.
                    Level::Coded(key) if place.key == Key::Code => place.give(key, text),
                    Level::Codes(key) => place.give(key, text),
                    Level::Coded(_) => {}
                    _ => place.give(place.key, text),
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, level: Level, rows: &Rows) {
        match level {
            Level::Structures => self.has_structures = true,
            Level::Entity => {
                self.place.entity.clear();
                self.place.first_site = rows.len();
            }
            Level::Site => self.place.site.clear(),
            Level::Address => self.place.kept_mut().begin_address(),
            _ => {}
        }
        self.place.levels.push(level);
        self.place.key = Key::Other;
    }

    fn close(&mut self, rows: &mut Rows) -> Result<(), SourceError> {
        let place = &mut self.place;
        let level = place.level();
        place.levels.pop();
        place.key = Key::Other;
        let (kept, kind) = match level {
            Level::Site => (&mut place.site, Kind::Et),
            Level::Entity => (&mut place.entity, Kind::Ej),
            _ => return Ok(()),
        };
        self.report.misspelt = self.report.misspelt.saturating_add(u32::from(is_misspelt(&kept.long)));
        let Some(row) = kept.row(kind) else {
            self.report.skipped = self.report.skipped.saturating_add(1);
            return Ok(());
        };
        rows.push(&row)?;
        match kind {
            Kind::Et => self.report.sites = self.report.sites.saturating_add(1),
            Kind::Ej => {
                self.report.entities = self.report.entities.saturating_add(1);
                rows.belong(place.first_site, row.number);
            }
        }
        Ok(())
    }
}

/// Where in the file the parser is.
#[derive(Default)]
struct Place {
    levels: Vec<Level>,
    /// How deep it is in something that is not read.
    passed_over: u32,
    key: Key,
    entity: Kept,
    site: Kept,
    /// The row of the first site of the legal entity.
    first_site: usize,
}

impl Place {
    fn level(&self) -> Level {
        self.levels.last().copied().unwrap_or(Level::Outside)
    }

    /// What the texts belong to: the site when one is open, else the legal entity.
    fn kept_mut(&mut self) -> &mut Kept {
        if self.levels.contains(&Level::Site) { &mut self.site } else { &mut self.entity }
    }

    fn give(&mut self, key: Key, text: &str) {
        self.kept_mut().give(key, text);
    }
}

/// The objects and arrays that are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Outside,
    Top,
    Structures,
    Entity,
    Sites,
    Site,
    General,
    Addresses,
    Address,
    Coded(Key),
    Codes(Key),
}

impl Level {
    /// What an object or an array is that stands here under this name, when it is read.
    fn enter(self, key: Key, is_array: bool) -> Option<Self> {
        Some(match (self, key, is_array) {
            (Self::Outside, _, false) => Self::Top,
            (Self::Top, Key::Structures, true) => Self::Structures,
            (Self::Structures, _, false) => Self::Entity,
            (Self::Entity, Key::Sites, true) => Self::Sites,
            (Self::Sites, _, false) => Self::Site,
            (Self::Entity | Self::Site, Key::General, false) => Self::General,
            (Self::Entity | Self::Site, Key::Address, true) => Self::Addresses,
            (Self::Addresses, _, false) => Self::Address,
            (
                Self::Entity | Self::Site | Self::General,
                Key::LegalStatus | Key::Category | Key::State | Key::Espic,
                false,
            ) => Self::Coded(key),
            (Self::Site | Self::General, Key::Espic, true) => Self::Codes(key),
            _ => return None,
        })
    }
}

/// The names that are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Key {
    #[default]
    Other,
    Structures,
    Sites,
    General,
    Address,
    Generated,
    Activities,
    Number,
    Long,
    Short,
    Complement,
    Siren,
    Siret,
    LegalStatus,
    Category,
    Espic,
    State,
    Closed,
    Postcode,
    City,
    Commune,
    Code,
}

impl Key {
    fn of(name: &str) -> Self {
        match name {
            "pmej" => Self::Structures,
            "ege" => Self::Sites,
            "informationsGeneralesPMEJ"
            | "informationsGeneralesPmej"
            | "informationsGeneralesEGE"
            | "informationsGeneralesEge" => Self::General,
            "adresse" => Self::Address,
            "generatedAt" => Self::Generated,
            "activitesAutorisees" | "activitesExercees" => Self::Activities,
            "numFinessPm" | "numFinessEge" => Self::Number,
            "denominationLonguePmSmsse" | "nomEgeLong" => Self::Long,
            "denominationPm" | "nomEgeCourt" => Self::Short,
            "complementDenominationEg" | "complementAdressePmSmsse" => Self::Complement,
            "siren" => Self::Siren,
            "siret" => Self::Siret,
            "statutJuridique" => Self::LegalStatus,
            "categorieentiteGeographiqueExercice" | "categorieEntiteGeographiqueExercice" => Self::Category,
            "espic" => Self::Espic,
            "etatObjet" => Self::State,
            "dateFermeture" => Self::Closed,
            "codePostal" => Self::Postcode,
            "ligneAcheminement" => Self::City,
            "cogCommune" => Self::Commune,
            "code" => Self::Code,
            _ => Self::Other,
        }
    }
}

/// What is known of the object that is being read.
#[derive(Default)]
struct Kept {
    number: String,
    long: String,
    short: String,
    complement: String,
    /// SIREN or SIRET.
    siret: String,
    legal_status: String,
    category: String,
    espic: String,
    state: String,
    closed: String,
    address: Address,
    /// Addresses that were read before this one.
    addresses: u32,
}

#[derive(Default)]
struct Address {
    postcode: String,
    city: String,
    commune: String,
}

impl Kept {
    fn clear(&mut self) {
        for text in [
            &mut self.number,
            &mut self.long,
            &mut self.short,
            &mut self.complement,
            &mut self.siret,
            &mut self.legal_status,
            &mut self.category,
            &mut self.espic,
            &mut self.state,
            &mut self.closed,
            &mut self.address.postcode,
            &mut self.address.city,
            &mut self.address.commune,
        ] {
            text.clear();
        }
        self.addresses = 0;
    }

    /// The first address is the one of the place; up to 150 others follow it.
    fn begin_address(&mut self) {
        self.addresses = self.addresses.saturating_add(1);
    }

    fn give(&mut self, key: Key, text: &str) {
        let is_first_address = self.addresses <= 1;
        let field = match key {
            Key::Number => &mut self.number,
            Key::Long => &mut self.long,
            Key::Short => &mut self.short,
            Key::Complement => &mut self.complement,
            Key::Siren | Key::Siret => &mut self.siret,
            Key::LegalStatus => &mut self.legal_status,
            Key::Category => &mut self.category,
            // A list of one, as far as was seen.
            Key::Espic if self.espic.is_empty() => &mut self.espic,
            Key::State => &mut self.state,
            Key::Closed => &mut self.closed,
            Key::Postcode if is_first_address => &mut self.address.postcode,
            Key::City if is_first_address => &mut self.address.city,
            Key::Commune if is_first_address => &mut self.address.commune,
            _ => return,
        };
        field.clear();
        let mut length = text.len().min(MAX_KEPT);
        while !text.is_char_boundary(length) {
            length = length.saturating_sub(1);
        }
        field.push_str(text.get(..length).unwrap_or_default().trim());
    }

    fn row(&self, kind: Kind) -> Option<Row<'_>> {
        let number = Number::parse(&self.number)?;
        // Overseas the commune's code and the postcode begin alike; elsewhere the commune's is the sure one.
        let from_commune = self.address.commune.get(..2).unwrap_or_default();
        Some(Row {
            name: if self.long.is_empty() { &self.short } else { &self.long },
            short: &self.short,
            complement: if kind == Kind::Et { &self.complement } else { "" },
            postcode: &self.address.postcode,
            city: &self.address.city,
            department: department(from_commune, &self.address.postcode, number),
            category: if kind == Kind::Et { code(&self.category, 3) } else { None },
            siret: &self.siret,
            status: match kind {
                Kind::Ej => code(&self.legal_status, 2),
                Kind::Et => code(&self.espic, 1),
            },
            open: match self.state.as_str() {
                "A" => true,
                "" => self.closed.is_empty(),
                _ => false,
            },
            ..Row::of(kind, number)
        })
    }
}

/// What the parser reads from: a copy of the octets that came last.
#[derive(Default)]
struct Chunk {
    octets: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Chunk {
    fn fill(&mut self, bytes: &[u8]) {
        self.octets.clear();
        self.octets.extend_from_slice(bytes);
        self.at = 0;
    }

    fn end(&mut self) {
        self.ended = true;
    }
}

impl JsonFeeder for Chunk {
    fn has_input(&self) -> bool {
        self.at < self.octets.len()
    }

    fn is_done(&self) -> bool {
        self.ended && !self.has_input()
    }

    fn next_input(&mut self) -> Option<u8> {
        let byte = self.octets.get(self.at).copied()?;
        self.at = self.at.saturating_add(1);
        Some(byte)
    }
}

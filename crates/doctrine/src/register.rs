//! The sector that is proposed for a structure of the public FINESS register. The rules are `data/register-sectors.toml`.

use profiles::Confidence;
use vocabulary::{Date, Line, Sector, Source, Topic, Value, topics::register as topics};

use crate::data::{ESPIC, HOSPITAL_STATUS, REGISTER_CATEGORIES, REGISTER_OUTDATED_AFTER_MONTHS, STATUS};

/// What the register says of a site. What it does not say is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SiteFacts<'a> {
    /// Code of its category (TRE_R66).
    pub category: Option<u16>,
    /// What the category is called, for the reason.
    pub category_label: &'a str,
    /// ESPIC code of the site (TRE_R73).
    pub espic: Option<u8>,
    /// Legal status of its legal entity (TRE_R72).
    pub legal_status: Option<u8>,
}

/// Who owns a hospital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The State, a hospital district, a commune.
    Public,
    /// An association, a foundation, a mutual society.
    NonProfit,
    /// A company, a person.
    ForProfit,
}

impl Ownership {
    /// Key of its name in the catalogue of terms.
    pub const fn term(self) -> &'static str {
        match self {
            Self::Public => "ownership.public",
            Self::NonProfit => "ownership.non-profit",
            Self::ForProfit => "ownership.for-profit",
        }
    }

    const fn hospital(self) -> Sector {
        match self {
            Self::Public => Sector::EtablissementPublic,
            Self::NonProfit => Sector::PriveNonLucratif,
            Self::ForProfit => Sector::PriveLucratif,
        }
    }
}

/// A sector, or nothing when the person must say; and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectorProposal {
    /// The sector that is proposed.
    pub sector: Option<Sector>,
    /// Why it is, or why it is asked.
    pub reason: Line,
    /// Where the rule comes from.
    pub sources: &'static [Source],
    /// How sure the rule is; absent when none was found.
    pub confidence: Option<Confidence>,
}

/// Who owns a structure, as its ESPIC code tells, else the legal status of its entity; and whether the code told.
pub fn ownership(espic: Option<u8>, legal_status: Option<u8>) -> Option<(Ownership, bool)> {
    let of = |table: &[CodeRow], code: Option<u8>| {
        let code = code?;
        table.iter().find(|row| row.codes.contains(&code)).map(|row| row.ownership)
    };
    of(ESPIC, espic)
        .map(|found| (found, true))
        .or_else(|| of(STATUS, legal_status).map(|found| (found, false)))
}

/// The sector of a site.
pub fn site_sector(site: &SiteFacts<'_>) -> SectorProposal {
    let Some(category) = site.category else { return asked(topics::ASK_NO_CATEGORY, site, None) };
    let Some(row) = REGISTER_CATEGORIES.iter().find(|row| row.codes.contains(&category)) else {
        return asked(topics::ASK_CATEGORY, site, None);
    };
    let owned = ownership(site.espic, site.legal_status);
    match (row.rule, owned) {
        (CategoryRule::Ask(topic), _) => asked(topic, site, Some(row)),
        (CategoryRule::Is(sector), _) => proposed(sector, topics::SECTOR_BY_CATEGORY, site, row, None),
        (CategoryRule::ByOwnership, Some((owner, by_espic))) => {
            let topic = if by_espic { topics::SECTOR_BY_ESPIC } else { topics::SECTOR_BY_STATUS };
            proposed(owner.hospital(), topic, site, row, Some(owner))
        }
        (CategoryRule::ByOwnership, None) => asked(topics::ASK_OWNERSHIP, site, Some(row)),
        (CategoryRule::IsWhen { sector, expects, otherwise }, owned) => match owned {
            Some((owner, _)) if owner != expects => {
                let mut asked = asked(otherwise, site, Some(row));
                asked.reason = asked.reason.with("ownership", Value::Term(owner.term()));
                asked
            }
            _ => proposed(sector, topics::SECTOR_BY_CATEGORY, site, row, None),
        },
    }
}

/// The sector of a legal entity, from its legal status and from what was found of its sites that are in activity.
pub fn entity_sector(legal_status: Option<u8>, sites: &[SectorProposal]) -> SectorProposal {
    if let Some(status) = legal_status
        && HOSPITAL_STATUS.codes.contains(&status)
    {
        return SectorProposal {
            sector: Some(Sector::EtablissementPublic),
            reason: Line::new(topics::SECTOR_BY_HOSPITAL_STATUS).with("status", format!("{status:02}")),
            sources: HOSPITAL_STATUS.sources,
            confidence: Some(HOSPITAL_STATUS.confidence),
        };
    }
    let unknown = |topic: Topic| SectorProposal {
        sector: None,
        reason: Line::new(topic).with("count", sites.len()),
        sources: &[],
        confidence: None,
    };
    match sites.split_first() {
        None => unknown(topics::ASK_NO_SITE),
        // What is said of the only site is said of it.
        Some((only, [])) => only.clone(),
        Some((first, others)) => match first.sector {
            Some(sector) if others.iter().all(|other| other.sector == Some(sector)) => SectorProposal {
                reason: Line::new(topics::SECTOR_BY_SITES).with("count", sites.len()),
                ..first.clone()
            },
            _ => unknown(topics::ASK_SITES),
        },
    }
}

/// Whether a register of this day is old.
pub fn register_is_outdated(date: Date, today: Date) -> bool {
    date.plus_months(REGISTER_OUTDATED_AFTER_MONTHS) < today
}

fn proposed(
    sector: Sector,
    topic: Topic,
    site: &SiteFacts<'_>,
    row: &'static CategoryRow,
    owner: Option<Ownership>,
) -> SectorProposal {
    let reason = facts(Line::new(topic), site);
    SectorProposal {
        sector: Some(sector),
        reason: match owner {
            Some(owner) => reason.with("ownership", Value::Term(owner.term())),
            None => reason,
        },
        sources: row.sources,
        confidence: Some(row.confidence),
    }
}

fn asked(topic: Topic, site: &SiteFacts<'_>, row: Option<&'static CategoryRow>) -> SectorProposal {
    SectorProposal {
        sector: None,
        reason: facts(Line::new(topic), site),
        sources: row.map_or(&[], |row| row.sources),
        confidence: row.map(|row| row.confidence),
    }
}

fn facts(line: Line, site: &SiteFacts<'_>) -> Line {
    let category = site.category.map_or_else(String::new, |code| code.to_string());
    let category = match site.category_label {
        "" => category,
        label => format!("{category}, {label}"),
    };
    let code =
        |code: Option<u8>, width: usize| code.map_or_else(String::new, |code| format!("{code:0width$}"));
    line.with("category", category)
        .with("espic", code(site.espic, 1))
        .with("status", code(site.legal_status, 2))
}

/// Codes that tell who owns a structure.
#[allow(dead_code, reason = "each row carries its source and confidence, also where nothing reads it yet")]
pub(crate) struct CodeRow {
    pub(crate) codes: &'static [u8],
    pub(crate) ownership: Ownership,
    pub(crate) sources: &'static [Source],
    pub(crate) confidence: Confidence,
}

/// Legal statuses that tell the sector alone.
pub(crate) struct StatusRow {
    pub(crate) codes: &'static [u8],
    pub(crate) sources: &'static [Source],
    pub(crate) confidence: Confidence,
}

/// Categories and what they tell.
pub(crate) struct CategoryRow {
    pub(crate) codes: &'static [u16],
    pub(crate) rule: CategoryRule,
    pub(crate) sources: &'static [Source],
    pub(crate) confidence: Confidence,
}

/// What a category tells.
#[derive(Clone, Copy)]
pub(crate) enum CategoryRule {
    /// The sector.
    Is(Sector),
    /// The sector, unless the owner is known to be another.
    IsWhen { sector: Sector, expects: Ownership, otherwise: Topic },
    /// A hospital: its owner tells the sector.
    ByOwnership,
    /// Nothing.
    Ask(Topic),
}

//! Where the rules on identifiers come from.

use crate::{Document, IdentifierKind, Source};

const fn source(document: &'static Document, section: &'static str) -> Source {
    Source { document, section: Some(section) }
}

pub(super) const FINESS: Source = source(Document::MOS, "EntiteJuridique, EntiteGeographique, numéro FINESS");
pub(super) const FINESS_CHECKED: Source = source(Document::FINESS_DATA, "numéros FINESS");
pub(super) const FINESS_FILES: Source = source(Document::FINESS, "code département");
pub(super) const SIREN: Source = source(Document::INSEE, "SIREN");
pub(super) const SIRET: Source = source(Document::INSEE, "SIRET");
pub(super) const SIRET_CHECKED: Source =
    source(Document::FINESS_DATA, "numéros SIRET : 83 363 clés justes sur 83 365");
pub(super) const PROFESSIONAL: Source = source(Document::MOS, "Professionnel");
pub(super) const STRUCTURE_ID: Source = source(Document::TRE_G07, "types d'identifiant de structure");
pub(super) const PERSON_ID: Source = source(Document::MOS, "identifiant national de personne (PS_IdNat)");
pub(super) const CARD: Source = source(Document::LBM, "numéro de carte");
pub(super) const CARD_SEEN: Source = source(Document::SAMPLES, "extension 1.2.250.1.71.1.2.3");
pub(super) const TEST: Source = source(Document::SAMPLES, "OU des certificats de test");
pub(super) const HOST: Source = source(Document::RFC1123, "§ 2.1");
pub(super) const HOST_ASCII: Source = source(Document::RFC5890, "§ 2.3.2");
pub(super) const MAIL: Source = source(Document::RFC5321, "§ 4.1.2");
pub(super) const MAIL_SIZES: Source = source(Document::RFC5321, "§ 4.5.3.1");
pub(super) const DOMAIN: Source = source(Document::F413_2019, "domaine de messagerie");

/// Where the shape of this kind comes from.
pub(super) const fn of_kind(kind: IdentifierKind) -> Source {
    match kind {
        IdentifierKind::Finess => FINESS,
        IdentifierKind::Siren => SIREN,
        IdentifierKind::Siret => SIRET,
        IdentifierKind::Rpps
        | IdentifierKind::RppsRang
        | IdentifierKind::Adeli
        | IdentifierKind::AdeliRang => PROFESSIONAL,
        IdentifierKind::StructureId => STRUCTURE_ID,
        IdentifierKind::CardNumber => CARD,
        IdentifierKind::Fqdn => HOST,
        IdentifierKind::MailDomain => DOMAIN,
        IdentifierKind::Email => MAIL,
    }
}

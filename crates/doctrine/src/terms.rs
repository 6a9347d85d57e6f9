//! Keys of the words that stand inside sentences, in the catalogue of terms, where they are not those of a word's own.

use vocabulary::Bearer;

/// The kind of number the bearer has, without saying whose.
pub const fn number_term(bearer: Bearer) -> &'static str {
    match bearer {
        Bearer::Ej => "number.ej",
        Bearer::Et | Bearer::EtSitePrincipal | Bearer::EtAuChoix => "number.et",
        Bearer::Siret => "number.siret",
        Bearer::RppsRang => "number.rpps-rang",
    }
}

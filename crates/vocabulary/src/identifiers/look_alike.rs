//! What a text looks like when it is not, or not only, what it was given for.

use super::{
    Email, Finess, LONGEST, MailDomain, Siren,
    report::term,
    rpps, siret, sources,
    structure_id::{after_type_digit, type_digit},
    typed::{compact, part, shown},
};
use crate::{Finding, IdentifierKind as Kind, topics::identifiers as topics};

/// Adds what the text looks like besides `kind`.
pub(super) fn look(kind: Kind, text: &str, valid: bool, findings: &mut Vec<Finding>) {
    if text.len() > LONGEST {
        return;
    }
    match kind {
        Kind::Fqdn | Kind::MailDomain | Kind::Email => {
            if !valid {
                findings.extend(name(kind, text));
            }
        }
        _ => {
            let number = compact(text);
            findings.extend(if valid { ambiguity(kind, &number) } else { mistake(kind, text, &number) });
        }
    }
}

/// A valid number that would be valid as another kind too. What is always so (a FINESS has the key of a SIREN) is
/// not told.
fn ambiguity(kind: Kind, number: &str) -> Option<Finding> {
    let tell = |finding: Finding, other| {
        finding
            .with("kind", term(kind))
            .with("found", number)
            .with("other", term(other))
            .from_source(sources::of_kind(other))
    };
    let info = || Finding::info(topics::LOOK_ALIKE_AMBIGUOUS);
    let warning = || Finding::warning(topics::LOOK_ALIKE_AMBIGUOUS);
    match kind {
        Kind::Finess if part(number, 1, 2) == "O" => {
            let suggestion = number.replacen('O', "0", 1);
            is_real_finess(&suggestion).then(|| {
                Finding::warning(topics::LOOK_ALIKE_LETTER_O)
                    .with("kind", term(kind))
                    .with("found", number)
                    .with("suggestion", suggestion)
                    .from_source(sources::FINESS)
            })
        }
        Kind::Siren if is_real_finess(number) => Some(tell(info(), Kind::Finess)),
        Kind::Adeli if is_real_finess(number) && !is_letter(number, 1) => Some(tell(warning(), Kind::Finess)),
        Kind::AdeliRang if rpps::is_likely_rpps(number) => Some(tell(warning(), Kind::Rpps)),
        Kind::Siret if rpps::is_likely_rpps_rang(number) => {
            Some(tell(if siret::has_right_keys(number) { info() } else { warning() }, Kind::RppsRang))
        }
        Kind::RppsRang if siret::has_right_keys(number) => {
            Some(tell(if rpps::is_likely_rpps_rang(number) { info() } else { warning() }, Kind::Siret))
        }
        Kind::CardNumber => after_type_digit(Kind::Finess, number)
            .filter(|finess| is_real_finess(finess))
            .map(|_| tell(warning(), Kind::StructureId)),
        _ => None,
    }
}

/// A number that is not valid, but is as something else.
fn mistake(kind: Kind, text: &str, number: &str) -> Option<Finding> {
    let finding = |topic, source| {
        Finding::warning(topic).with("kind", term(kind)).with("found", shown(text.trim())).from_source(source)
    };
    if let Some((left, right)) = number.split_once('/') {
        return match kind {
            Kind::CardNumber if left.len() == 10 && is_card(right) => {
                Some(finding(topics::LOOK_ALIKE_CARD_SERIAL, sources::CARD_SEEN).with("suggestion", right))
            }
            Kind::StructureId => person_id(left).map(|id| id.tell(finding)),
            _ => None,
        };
    }
    if kind == Kind::StructureId {
        if let Some(id) = person_id(number) {
            return Some(id.tell(finding));
        }
        let (other, digit) = bare(number).and_then(|other| Some((other, type_digit(other)?)))?;
        return Some(
            finding(topics::LOOK_ALIKE_NO_TYPE_DIGIT, sources::STRUCTURE_ID)
                .with("other", term(other))
                .with("character", digit)
                .with("suggestion", format!("{digit}{number}")),
        );
    }
    let inner = after_type_digit(kind, number).filter(|inner| bare(inner) == Some(kind) || is(kind, inner));
    if let Some(inner) = inner {
        return Some(
            finding(topics::LOOK_ALIKE_TYPE_DIGIT, sources::STRUCTURE_ID)
                .with("character", type_digit(kind).unwrap_or_default())
                .with("suggestion", inner),
        );
    }
    match kind {
        Kind::Rpps => {
            if let Some(inner) = number.strip_prefix('8').filter(|inner| rpps::is_likely_rpps(inner)) {
                return Some(finding(topics::LOOK_ALIKE_PS_ID, sources::PERSON_ID).with("suggestion", inner));
            }
        }
        Kind::Siren if siret::has_right_keys(number) => {
            return Some(
                finding(topics::LOOK_ALIKE_SIRET, sources::SIRET).with("suggestion", part(number, 0, 9)),
            );
        }
        _ => {}
    }
    let other = bare(number).filter(|other| *other != kind).or_else(|| ten_characters(kind, number))?;
    Some(finding(topics::LOOK_ALIKE, sources::of_kind(other)).with("other", term(other)))
}

/// A structure id and a card number may be the same ten digits (2 and a SIREN): the likelier where people type
/// the numbers of persons is the card.
fn ten_characters(kind: Kind, number: &str) -> Option<Kind> {
    let card = is_card(number).then_some(Kind::CardNumber).filter(|_| kind != Kind::CardNumber);
    let structure = with_type_digit(number);
    match kind {
        Kind::Rpps | Kind::RppsRang | Kind::Adeli | Kind::AdeliRang => card.or(structure),
        _ => structure.or(card),
    }
}

/// The kind a bare number truly is, by length and key; the likelier first where two fit.
pub(super) fn bare(number: &str) -> Option<Kind> {
    const KINDS: [Kind; 5] = [Kind::Finess, Kind::Siren, Kind::RppsRang, Kind::Siret, Kind::Rpps];
    KINDS.into_iter().find(|kind| is(*kind, number))
}

fn is(kind: Kind, number: &str) -> bool {
    match kind {
        Kind::Finess => is_real_finess(number),
        Kind::Siren => Siren::parse(number).is_some(),
        Kind::RppsRang => rpps::is_likely_rpps_rang(number),
        Kind::Siret => siret::has_right_keys(number),
        Kind::Rpps => rpps::is_likely_rpps(number),
        _ => false,
    }
}

/// A number after its type digit, as the OU of a certificate holds it.
fn with_type_digit(number: &str) -> Option<Kind> {
    [Kind::Finess, Kind::Siren, Kind::Siret, Kind::RppsRang]
        .into_iter()
        .any(|kind| after_type_digit(kind, number).is_some_and(|inner| is(kind, inner)))
        .then_some(Kind::StructureId)
}

/// Ten digits beginning with 2: without a key, all there is to know a card number by.
fn is_card(number: &str) -> bool {
    number.len() == 10 && number.starts_with('2') && number.bytes().all(|b| b.is_ascii_digit())
}

/// A FINESS that is valid beyond doubt or openly fictitious.
fn is_real_finess(number: &str) -> bool {
    Finess::parse(number).is_some_and(|finess| finess.as_str() == number && part(number, 1, 2) != "O")
}

fn is_letter(number: &str, place: usize) -> bool {
    number.as_bytes().get(place).is_some_and(u8::is_ascii_uppercase)
}

/// The number of a structure behind the prefix of a person id, whose digits differ from those of structures.
struct PersonId<'a> {
    prefix: &'a str,
    other: Kind,
    number: &'a str,
}

impl PersonId<'_> {
    fn tell(&self, finding: impl Fn(crate::Topic, crate::Source) -> Finding) -> Finding {
        let digit = type_digit(self.other).unwrap_or_default();
        finding(topics::LOOK_ALIKE_PERSON_ID, sources::PERSON_ID)
            .with("other", term(self.other))
            .with("prefix", self.prefix)
            .with("character", digit)
            .with("suggestion", format!("{digit}{}", self.number))
    }
}

fn person_id(typed: &str) -> Option<PersonId<'_>> {
    let (prefix, number) = typed.split_at_checked(1)?;
    let other = match prefix {
        "3" => Kind::Finess,
        "4" => Kind::Siren,
        "5" => Kind::Siret,
        "6" => Kind::RppsRang,
        _ => return None,
    };
    is(other, number).then_some(PersonId { prefix, other, number })
}

/// A name or an address given for the other.
fn name(kind: Kind, text: &str) -> Option<Finding> {
    let finding = |topic| Finding::warning(topic).with("found", shown(text.trim()));
    match kind {
        Kind::Email => MailDomain::parse(text).map(|_| finding(topics::LOOK_ALIKE_DOMAIN)),
        _ => {
            let domain = Email::parse(text).map(|address| address.domain().to_owned()).or_else(|| {
                let domain = MailDomain::parse(text).filter(|_| kind == Kind::Fqdn)?;
                Some(domain.domain().to_owned())
            })?;
            let suggestion = if kind == Kind::MailDomain { format!("@{domain}") } else { domain };
            Some(finding(topics::LOOK_ALIKE_EMAIL).with("suggestion", suggestion))
        }
    }
}

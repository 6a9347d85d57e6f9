use super::{
    luhn,
    report::term,
    sources,
    typed::{Letters, Shape, compact, part, shown},
};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

identifier! {
    /// A SIRET: fourteen digits, the SIREN (9) and the NIC (5).
    ///
    /// Its Luhn key is judged with a warning only: two of the 83,365 of the register fail it, La Poste has a
    /// rule of its own for its sites, and numbers of Monaco hold letters.
    Siret
}

const SHAPE: Shape = Shape { kind: IdentifierKind::Siret, length: 14, letters: Letters::Nowhere };

/// The SIREN of La Poste.
const LA_POSTE: &str = "356000000";

impl Siret {
    /// The SIREN part, nine characters. Not a [`Siren`](super::Siren): its key may be one of the exceptions.
    pub fn siren(&self) -> &str {
        part(&self.0, 0, 9)
    }

    /// The NIC, five characters.
    pub fn nic(&self) -> &str {
        part(&self.0, 9, 14)
    }

    /// Whether it is a fictitious number of the test environment.
    pub fn is_test(&self) -> bool {
        super::siren::is_test(&self.0)
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        if let Some(number) = of_monaco(text) {
            findings.push(
                Finding::warning(topics::CHARSET_MONACO)
                    .with("found", number.as_str())
                    .from_source(sources::SIRET),
            );
            return Some(Self(number));
        }
        if let Some(restored) = restored(text) {
            findings.push(
                Finding::error(topics::LENGTH_LEADING_ZERO)
                    .with("kind", term(IdentifierKind::Siret))
                    .with("found", shown(text.trim()))
                    .with("suggestion", restored)
                    .from_source(sources::SIRET),
            );
            return None;
        }
        let number = SHAPE.read(text, findings)?;
        findings.extend(check_key(&number));
        if super::siren::is_test(&number) {
            findings.push(
                Finding::warning(topics::TEST_IDENTIFIER)
                    .with("kind", term(IdentifierKind::Siret))
                    .with("number", number.as_str())
                    .from_source(sources::TEST),
            );
        }
        Some(Self(number))
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("siren", self.siren().to_owned()), ("nic", self.nic().to_owned())];
        if self.is_test() {
            facts.push(("environment", "test".to_owned()));
        }
        facts
    }
}

/// Whether the fourteen digits and the nine of their SIREN have their keys.
pub(super) fn has_right_keys(number: &str) -> bool {
    number.len() == 14 && number.bytes().all(|b| b.is_ascii_digit()) && check_key(number).is_none()
}

fn check_key(number: &str) -> Option<Finding> {
    let siren = part(number, 0, 9);
    let finding = |topic| {
        Finding::warning(topic)
            .with("kind", term(IdentifierKind::Siret))
            .with("number", number)
            .from_source(sources::SIRET)
            .from_source(sources::SIRET_CHECKED)
    };
    let key = |body: &str| luhn::key(body).unwrap_or_default().to_string();
    if siren == LA_POSTE {
        let sum: u64 = number.chars().filter_map(|c| c.to_digit(10)).map(u64::from).sum();
        return (!luhn::is_valid(number) && !sum.is_multiple_of(5))
            .then(|| finding(topics::CHECK_KEY_LA_POSTE).with("found", sum));
    }
    if !luhn::is_valid(siren) {
        return Some(
            finding(topics::CHECK_KEY_SIRET_SIREN)
                .with("part", siren)
                .with("found", part(siren, 8, 9))
                .with("expected", key(part(siren, 0, 8))),
        );
    }
    (!luhn::is_valid(number)).then(|| {
        finding(topics::CHECK_KEY_TOLERATED)
            .with("found", part(number, 13, 14))
            .with("expected", key(part(number, 0, 13)))
    })
}

/// `MONACOCONFO001` and its like: fourteen characters that begin with the name of the country.
fn of_monaco(text: &str) -> Option<String> {
    if text.len() > super::LONGEST {
        return None;
    }
    let number = compact(text);
    let fits = number.len() == 14 && number.bytes().all(|b| b.is_ascii_alphanumeric());
    (fits && number.starts_with("MONACO")).then_some(number)
}

/// The number with the zero a spreadsheet drops, when that gives it its keys.
fn restored(text: &str) -> Option<String> {
    if text.len() > super::LONGEST {
        return None;
    }
    let restored = format!("0{}", compact(text));
    (has_right_keys(&restored) && !super::siren::is_test(&restored)).then_some(restored)
}

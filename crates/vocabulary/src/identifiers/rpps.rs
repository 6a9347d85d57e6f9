use super::{
    luhn,
    report::term,
    sources,
    typed::{Letters, Shape, part},
};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

identifier! {
    /// The RPPS number of a professional: eleven digits, the last a Luhn key.
    ///
    /// The key is judged with a warning only: an official example does not obey it.
    Rpps
}

identifier! {
    /// The RPPS-rang of a cabinet: RPPS (11), rank (2) and a Luhn key over the fourteen.
    ///
    /// The key is judged with a warning only: it was verified on three test numbers, not on real ones.
    RppsRang
}

const RPPS: Shape = Shape { kind: IdentifierKind::Rpps, length: 11, letters: Letters::Nowhere };
const RPPS_RANG: Shape = Shape { kind: IdentifierKind::RppsRang, length: 14, letters: Letters::Nowhere };

impl Rpps {
    /// Whether it is a fictitious number of the test environment.
    pub fn is_test(&self) -> bool {
        is_test(&self.0)
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let number = RPPS.read(text, findings)?;
        findings.extend(check_key(IdentifierKind::Rpps, &number));
        findings.extend(test(IdentifierKind::Rpps, &number));
        Some(Self(number))
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        environment(&self.0).into_iter().collect()
    }
}

impl RppsRang {
    /// The RPPS part, eleven digits.
    pub fn rpps(&self) -> Rpps {
        Rpps(part(&self.0, 0, 11).to_owned())
    }

    /// The rank of the cabinet, two digits, `00` included.
    pub fn rank(&self) -> &str {
        part(&self.0, 11, 13)
    }

    /// Whether it is a fictitious number of the test environment.
    pub fn is_test(&self) -> bool {
        is_test(&self.0)
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        let number = RPPS_RANG.read(text, findings)?;
        let rpps = part(&number, 0, 11);
        if luhn::is_valid(&number) && !luhn::is_valid(rpps) {
            findings.push(
                Finding::warning(topics::CHECK_KEY_RPPS_PART)
                    .with("number", number.as_str())
                    .with("part", rpps)
                    .with("found", part(rpps, 10, 11))
                    .with("expected", luhn::key(part(rpps, 0, 10)).unwrap_or_default().to_string())
                    .from_source(sources::PROFESSIONAL),
            );
        }
        findings.extend(check_key(IdentifierKind::RppsRang, &number));
        findings.extend(test(IdentifierKind::RppsRang, &number));
        Some(Self(number))
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("rpps", part(&self.0, 0, 11).to_owned()), ("rank", self.rank().to_owned())];
        facts.extend(environment(&self.0));
        facts
    }
}

/// Whether the eleven digits have their key and begin as RPPS numbers seen do: `10`, or `9970` in test.
pub(super) fn is_likely_rpps(number: &str) -> bool {
    number.len() == 11 && (number.starts_with("10") || is_test(number)) && luhn::is_valid(number)
}

/// The same of a RPPS-rang. A SIRET of a SIREN in `10…` has the same keys (two zeros after a SIREN keep its Luhn sum),
/// and what tells it is the NIC, nearly always `00…`, where an RPPS ends with any two digits.
pub(super) fn is_likely_rpps_rang(number: &str) -> bool {
    number.len() == 14
        && is_likely_rpps(part(number, 0, 11))
        && part(number, 9, 11) != "00"
        && luhn::is_valid(number)
}

fn check_key(kind: IdentifierKind, number: &str) -> Option<Finding> {
    let (body, found) = number.split_at_checked(number.len().saturating_sub(1))?;
    let expected = luhn::key(body)?.to_string();
    (found != expected).then(|| {
        Finding::warning(topics::CHECK_KEY_TOLERATED)
            .with("kind", term(kind))
            .with("number", number)
            .with("found", found)
            .with("expected", expected)
            .from_source(sources::PROFESSIONAL)
    })
}

fn test(kind: IdentifierKind, number: &str) -> Option<Finding> {
    is_test(number).then(|| {
        Finding::warning(topics::TEST_IDENTIFIER)
            .with("kind", term(kind))
            .with("number", number)
            .from_source(sources::TEST)
    })
}

fn environment(number: &str) -> Option<(&'static str, String)> {
    is_test(number).then(|| ("environment", "test".to_owned()))
}

/// Every number of a test certificate begins with 9970; zeros in front are nobody's.
fn is_test(number: &str) -> bool {
    number.starts_with("9970") || number.starts_with("0000000")
}

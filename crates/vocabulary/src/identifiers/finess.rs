use super::{
    Overseas, luhn,
    report::term,
    sources,
    typed::{Letters, Shape, compact, part, shown},
};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

identifier! {
    /// A FINESS number: nine characters, department in front, a Luhn key at the end where A counts 1 and B counts 2.
    ///
    /// It never says whether it is juridique (EJ) or géographique (ET): both share format, range and key.
    /// Test structures have a letter in second place after 0 or 1; their key is not judged.
    Finess
}

const SHAPE: Shape = Shape { kind: IdentifierKind::Finess, length: 9, letters: Letters::SecondPlace };

impl Finess {
    /// Whether it is a fictitious number of the test environment (`0B0152872`).
    pub fn is_test(&self) -> bool {
        is_test(&self.0)
    }

    /// The first two characters: `01`–`95`, `2A`, `2B`, `97`, `98`. A test number has none.
    pub fn department(&self) -> Option<&str> {
        (!self.is_test()).then(|| part(&self.0, 0, 2))
    }

    /// The overseas territory, told by the fourth character; nothing when it is not one of those known.
    pub fn overseas(&self) -> Option<Overseas> {
        Overseas::find(|territory| self.0.starts_with(territory.prefix()))
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        if let Some(restored) = restored(text) {
            findings.push(
                Finding::error(topics::LENGTH_LEADING_ZERO)
                    .with("kind", term(IdentifierKind::Finess))
                    .with("found", shown(text.trim()))
                    .with("suggestion", restored)
                    .from_source(sources::FINESS),
            );
            return None;
        }
        let number = SHAPE.read(text, findings)?;
        if is_test(&number) {
            findings.push(
                Finding::warning(topics::TEST_IDENTIFIER)
                    .with("kind", term(IdentifierKind::Finess))
                    .with("number", number.as_str())
                    .from_source(sources::TEST),
            );
            return Some(Self(number));
        }
        let faults = [department(&number), third_character(&number), check_key(&number)];
        let wrong = faults.iter().any(Option::is_some);
        findings.extend(faults.into_iter().flatten());
        if wrong {
            return None;
        }
        findings.extend(territory(&number));
        Some(Self(number))
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        if let Some(department) = self.department() {
            facts.push(("department", department.to_owned()));
        }
        if let Some(territory) = self.overseas() {
            facts.push(("territory", territory.insee_code().to_owned()));
        }
        if self.is_test() {
            facts.push(("environment", "test".to_owned()));
        }
        facts
    }
}

/// The number with the zero a spreadsheet drops, when that makes it a real one.
fn restored(text: &str) -> Option<String> {
    if text.len() > super::LONGEST {
        return None;
    }
    let number = compact(text);
    let digits = number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit());
    let restored = format!("0{number}");
    (digits && is_real(&restored)).then_some(restored)
}

/// A number of nine characters that obeys every rule of real ones.
fn is_real(number: &str) -> bool {
    department(number).is_none() && third_character(number).is_none() && has_right_key(number)
}

/// `^[01][A-Z]\d{7}$`, what the ANS gives to test structures.
fn is_test(number: &str) -> bool {
    let mut bytes = number.bytes();
    matches!(bytes.next(), Some(b'0' | b'1'))
        && bytes.next().is_some_and(|b| b.is_ascii_uppercase())
        && bytes.len() == 7
        && bytes.all(|b| b.is_ascii_digit())
}

fn department(number: &str) -> Option<Finding> {
    let code = part(number, 0, 2);
    let known = match code {
        "20" => false,
        "2A" | "2B" | "97" | "98" => true,
        _ => code.parse::<u8>().is_ok_and(|code| (1..=95).contains(&code)),
    };
    if known {
        return None;
    }
    let overseas = Overseas::find(|territory| territory.file_code() == code);
    let finding = match overseas {
        Some(territory) => Finding::error(topics::DEPARTMENT_FILE_CODE).with("expected", territory.prefix()),
        None if code == "20" => Finding::error(topics::DEPARTMENT_CORSICA),
        None => Finding::error(topics::DEPARTMENT),
    };
    let source = if overseas.is_some() { sources::FINESS_FILES } else { sources::FINESS };
    Some(finding.with("number", number).with("found", code).from_source(source))
}

fn third_character(number: &str) -> Option<Finding> {
    let third = part(number, 2, 3);
    if third == "0" {
        return None;
    }
    let insee = part(number, 0, 3);
    let finding = match Overseas::find(|territory| territory.insee_code() == insee) {
        Some(territory) => Finding::error(topics::THIRD_CHARACTER_OVERSEAS)
            .with("found", insee)
            .with("expected", territory.prefix()),
        None => Finding::error(topics::THIRD_CHARACTER).with("found", third),
    };
    Some(finding.with("number", number).from_source(sources::FINESS).from_source(sources::FINESS_CHECKED))
}

fn check_key(number: &str) -> Option<Finding> {
    if has_right_key(number) {
        return None;
    }
    // Without a key there is a letter other than A or B in second place: the department says so.
    let expected = luhn::key(part(&counted(number), 0, 8))?;
    let finding = match luhn::swapped(number, is_real) {
        Some(suggestion) => Finding::error(topics::CHECK_KEY_SWAPPED).with("suggestion", suggestion),
        None => Finding::error(topics::CHECK_KEY),
    };
    Some(
        finding
            .with("kind", term(IdentifierKind::Finess))
            .with("number", number)
            .with("found", part(number, 8, 9))
            .with("expected", expected.to_string())
            .from_source(sources::FINESS)
            .from_source(sources::FINESS_CHECKED),
    )
}

fn has_right_key(number: &str) -> bool {
    luhn::is_valid(&counted(number))
}

/// The number as its key counts it: `2A` as 21, `2B` as 22. Of 750 Corsican numbers all obey, and to no other value.
fn counted(number: &str) -> String {
    match number.split_at_checked(2) {
        Some(("2A", rest)) => format!("21{rest}"),
        Some(("2B", rest)) => format!("22{rest}"),
        _ => number.to_owned(),
    }
}

/// A territory not met yet is told, not refused: the list comes from numbers seen.
fn territory(number: &str) -> Option<Finding> {
    let overseas = matches!(part(number, 0, 2), "97" | "98");
    let known = Overseas::find(|territory| number.starts_with(territory.prefix())).is_some();
    (overseas && !known).then(|| {
        Finding::warning(topics::DEPARTMENT_TERRITORY)
            .with("number", number)
            .with("found", part(number, 0, 4))
            .from_source(sources::FINESS)
    })
}

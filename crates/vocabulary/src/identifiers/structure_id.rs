use super::{
    AdeliRang, Finess, RppsRang, Siren, Siret, look_alike,
    report::term,
    sources,
    typed::{compact, named, part, shown, too_long_or_empty},
};
use crate::{Finding, IdentifierKind, topics::identifiers as topics};

identifier! {
    /// The identifiant national de structure (struct_IdNat), the OU of certificates: a type digit and the number.
    ///
    /// It is always split at the first character: `10…` is a FINESS of département 0x, not a type 10.
    StructureId
}

impl StructureId {
    /// `1` + FINESS, juridique or géographique.
    pub fn of_finess(number: &Finess) -> Self {
        Self::join(IdentifierKind::Finess, number.as_str())
    }

    /// `2` + SIREN.
    pub fn of_siren(number: &Siren) -> Self {
        Self::join(IdentifierKind::Siren, number.as_str())
    }

    /// `3` + SIRET.
    pub fn of_siret(number: &Siret) -> Self {
        Self::join(IdentifierKind::Siret, number.as_str())
    }

    /// `4` + RPPS-rang.
    pub fn of_rpps_rang(number: &RppsRang) -> Self {
        Self::join(IdentifierKind::RppsRang, number.as_str())
    }

    /// `0` + ADELI-rang.
    pub fn of_adeli_rang(number: &AdeliRang) -> Self {
        Self::join(IdentifierKind::AdeliRang, number.as_str())
    }

    /// The kind of the number inside.
    pub fn kind(&self) -> IdentifierKind {
        match self.0.as_bytes().first() {
            Some(b'1') => IdentifierKind::Finess,
            Some(b'2') => IdentifierKind::Siren,
            Some(b'3') => IdentifierKind::Siret,
            Some(b'4') => IdentifierKind::RppsRang,
            // `read` and the builders put nothing else in front.
            _ => IdentifierKind::AdeliRang,
        }
    }

    /// The number inside, without the type digit.
    pub fn number(&self) -> &str {
        self.0.get(1..).unwrap_or_default()
    }

    /// The FINESS inside, when it holds one.
    pub fn finess(&self) -> Option<Finess> {
        if self.kind() == IdentifierKind::Finess { Finess::parse(self.number()) } else { None }
    }

    /// Whether the number inside is a fictitious one of the test environment.
    pub fn is_test(&self) -> bool {
        match self.kind() {
            IdentifierKind::Finess => Finess::parse(self.number()).is_some_and(|number| number.is_test()),
            IdentifierKind::Siren => Siren::parse(self.number()).is_some_and(|number| number.is_test()),
            IdentifierKind::Siret => Siret::parse(self.number()).is_some_and(|number| number.is_test()),
            IdentifierKind::RppsRang => RppsRang::parse(self.number()).is_some_and(|number| number.is_test()),
            _ => AdeliRang::parse(self.number()).is_some_and(|number| number.is_test()),
        }
    }

    /// The department of the FINESS inside; other numbers and test ones tell none.
    pub fn department(&self) -> Option<String> {
        self.finess()?.department().map(str::to_owned)
    }

    pub(super) fn read(text: &str, findings: &mut Vec<Finding>) -> Option<Self> {
        if let Some(finding) = too_long_or_empty(IdentifierKind::StructureId, text) {
            findings.push(finding);
            return None;
        }
        let typed = compact(text);
        let first = typed.chars().next()?;
        let number = typed.get(first.len_utf8()..).unwrap_or_default();
        let mut inner = Vec::new();
        let read = match first {
            '0' => AdeliRang::read(number, &mut inner).map(|number| Self::of_adeli_rang(&number)),
            '1' => Finess::read(number, &mut inner).map(|number| Self::of_finess(&number)),
            '2' => Siren::read(number, &mut inner).map(|number| Self::of_siren(&number)),
            '3' => Siret::read(number, &mut inner).map(|number| Self::of_siret(&number)),
            '4' => RppsRang::read(number, &mut inner).map(|number| Self::of_rpps_rang(&number)),
            _ => {
                inner.push(unknown_type(first, &typed));
                None
            }
        };
        // A number without its type digit is told as such: what it lacks under its first digit would mislead.
        if read.is_none() && (number.is_empty() || is_bare(&typed)) && first.is_ascii_digit() {
            inner = vec![too_short(first, &typed)];
        }
        findings.append(&mut inner);
        read
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let number = self.number();
        let mut facts = vec![("kind", self.kind().as_str().to_owned()), ("number", number.to_owned())];
        facts.extend(
            match self.kind() {
                IdentifierKind::Finess => Finess::parse(number).map(|number| number.facts()),
                IdentifierKind::Siren => Siren::parse(number).map(|number| number.facts()),
                IdentifierKind::Siret => Siret::parse(number).map(|number| number.facts()),
                IdentifierKind::RppsRang => RppsRang::parse(number).map(|number| number.facts()),
                _ => AdeliRang::parse(number).map(|number| number.facts()),
            }
            .unwrap_or_default(),
        );
        facts
    }

    fn join(kind: IdentifierKind, number: &str) -> Self {
        Self(format!("{}{number}", type_digit(kind).unwrap_or_default()))
    }
}

/// The type digit before a number of this kind (TRE_G07); nothing for kinds that identify no structure.
pub(super) const fn type_digit(kind: IdentifierKind) -> Option<&'static str> {
    match kind {
        IdentifierKind::AdeliRang => Some("0"),
        IdentifierKind::Finess => Some("1"),
        IdentifierKind::Siren => Some("2"),
        IdentifierKind::Siret => Some("3"),
        IdentifierKind::RppsRang => Some("4"),
        _ => None,
    }
}

fn unknown_type(first: char, typed: &str) -> Finding {
    let topic = match first {
        '5' | '6' => topics::CHARSET_TYPE_CLOSED,
        _ => topics::CHARSET_TYPE_UNKNOWN,
    };
    Finding::error(topic)
        .with("found", shown(typed))
        .with("character", named(first))
        .from_source(sources::STRUCTURE_ID)
}

/// A number that a type digit would make a structure id.
fn is_bare(typed: &str) -> bool {
    look_alike::bare(typed).and_then(type_digit).is_some()
}

fn too_short(first: char, typed: &str) -> Finding {
    let expected = match (is_bare(typed), first) {
        (true, _) => typed.len().saturating_add(1),
        (false, '0') => 12,
        (false, '3' | '4') => 15,
        (false, _) => 10,
    };
    Finding::error(topics::LENGTH)
        .with("kind", term(IdentifierKind::StructureId))
        .with("found", shown(typed))
        .with("count", typed.chars().count())
        .with("expected", expected)
        .from_source(sources::STRUCTURE_ID)
}

/// The number of a text that begins with the type digit of `kind`, as typed.
pub(super) fn after_type_digit(kind: IdentifierKind, typed: &str) -> Option<&str> {
    typed.strip_prefix(type_digit(kind)?).filter(|number| !part(number, 0, 1).is_empty())
}

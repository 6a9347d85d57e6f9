//! The subject of a request, in the shape of the certificates the IGC-Santé issues:
//! `C, ST, O, OU, CN`, `C` a PrintableString and the others UTF8Strings.

use std::fmt;

use der::Tag;

use super::DistinguishedName;
use crate::asn1;
use crate::oid::{self, Oid};

/// What may stand in the subject of a request, before it is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectParts {
    /// `C`: two letters, upper case.
    pub country: Option<String>,
    /// `ST`: `Paris (75)`.
    pub state: Option<String>,
    /// `O`: the registered name.
    pub organization: Option<String>,
    /// `OU`: the national identifier of the structure.
    pub organizational_unit: Option<String>,
    /// `CN`.
    pub common_name: Option<String>,
}

/// A subject that can be encoded: at least one part, none empty, none longer than X.520 allows,
/// no control character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    parts: Vec<(SubjectField, String)>,
    name: DistinguishedName,
}

impl Subject {
    /// Checks the parts; the order in which they will be encoded is always `C, ST, O, OU, CN`.
    pub fn new(parts: SubjectParts) -> Result<Self, SubjectError> {
        let SubjectParts { country, state, organization, organizational_unit, common_name } = parts;
        let parts = [
            (SubjectField::Country, country),
            (SubjectField::State, state),
            (SubjectField::Organization, organization),
            (SubjectField::OrganizationalUnit, organizational_unit),
            (SubjectField::CommonName, common_name),
        ]
        .into_iter()
        .filter_map(|(field, value)| value.map(|value| (field, value)))
        .map(|(field, value)| field.check(&value).map(|()| (field, value)))
        .collect::<Result<Vec<_>, _>>()?;
        if parts.is_empty() {
            return Err(SubjectError { field: SubjectField::CommonName, fault: SubjectFault::Empty });
        }
        let name = encode(&parts)
            .ok()
            .and_then(|der| DistinguishedName::read(&der).ok())
            .ok_or(SubjectError { field: SubjectField::CommonName, fault: SubjectFault::NotEncodable })?;
        Ok(Self { parts, name })
    }

    /// Only a common name: what remains to try when a platform refuses the full subject.
    pub fn minimal(common_name: impl Into<String>) -> Result<Self, SubjectError> {
        Self::new(SubjectParts { common_name: Some(common_name.into()), ..SubjectParts::default() })
    }

    /// The parts that are there, in encoded order.
    pub fn parts(&self) -> impl Iterator<Item = (SubjectField, &str)> {
        self.parts.iter().map(|(field, value)| (*field, value.as_str()))
    }

    /// The value of one part.
    pub fn get(&self, field: SubjectField) -> Option<&str> {
        self.parts().find(|(candidate, _)| *candidate == field).map(|(_, value)| value)
    }

    /// The name as it will be read in the request; its `raw` is the DER to be encoded.
    pub fn distinguished_name(&self) -> &DistinguishedName {
        &self.name
    }
}

fn encode(parts: &[(SubjectField, String)]) -> der::Result<Vec<u8>> {
    let mut rdns = Vec::new();
    for (field, value) in parts {
        let kind = asn1::object_identifier(&field.oid())?;
        let value = asn1::element(field.tag(), value.as_bytes())?;
        rdns.extend(asn1::element(Tag::Set, &asn1::sequence(&[&kind, &value])?)?);
    }
    asn1::element(Tag::Sequence, &rdns)
}

/// A part of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SubjectField {
    /// `C`.
    Country,
    /// `ST`.
    State,
    /// `O`.
    Organization,
    /// `OU`.
    OrganizationalUnit,
    /// `CN`.
    CommonName,
}

impl SubjectField {
    /// `C`, `ST`, `O`, `OU` or `CN`.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Country => "C",
            Self::State => "ST",
            Self::Organization => "O",
            Self::OrganizationalUnit => "OU",
            Self::CommonName => "CN",
        }
    }

    /// `countryName`, `stateOrProvinceName`…: the long names OpenSSL's configuration files use.
    pub fn long_name(self) -> &'static str {
        match self {
            Self::Country => "countryName",
            Self::State => "stateOrProvinceName",
            Self::Organization => "organizationName",
            Self::OrganizationalUnit => "organizationalUnitName",
            Self::CommonName => "commonName",
        }
    }

    /// The attribute type.
    pub fn oid(self) -> Oid {
        match self {
            Self::Country => oid::COUNTRY,
            Self::State => oid::STATE,
            Self::Organization => oid::ORGANIZATION,
            Self::OrganizationalUnit => oid::ORGANIZATIONAL_UNIT,
            Self::CommonName => oid::COMMON_NAME,
        }
    }

    /// The most characters X.520 and RFC 5280, appendix A, allow.
    pub fn upper_bound(self) -> usize {
        match self {
            Self::Country => 2,
            Self::State => 128,
            Self::Organization | Self::OrganizationalUnit | Self::CommonName => 64,
        }
    }

    pub(crate) fn tag(self) -> Tag {
        match self {
            Self::Country => Tag::PrintableString,
            _ => Tag::Utf8String,
        }
    }

    fn check(self, value: &str) -> Result<(), SubjectError> {
        let fault = |fault| Err(SubjectError { field: self, fault });
        let length = value.chars().count();
        if length == 0 {
            return fault(SubjectFault::Empty);
        }
        if self == Self::Country && !(length == 2 && value.chars().all(|letter| letter.is_ascii_uppercase()))
        {
            return fault(SubjectFault::NotACountry);
        }
        if length > self.upper_bound() {
            return fault(SubjectFault::TooLong { length, most: self.upper_bound() });
        }
        let breaks_lines =
            |character: char| character.is_control() || character == '\u{2028}' || character == '\u{2029}';
        match value.chars().find(|character| breaks_lines(*character)) {
            Some(character) => fault(SubjectFault::ControlCharacter { character }),
            None => Ok(()),
        }
    }
}

/// A part of a subject that cannot be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectError {
    /// Which part.
    pub field: SubjectField,
    /// What is wrong with it.
    pub fault: SubjectFault,
}

impl SubjectError {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self.fault {
            SubjectFault::ControlCharacter { .. } => "subject-control-character",
            SubjectFault::Empty => "subject-empty",
            SubjectFault::NotACountry => "subject-country",
            SubjectFault::NotEncodable => "subject-not-encodable",
            SubjectFault::TooLong { .. } => "subject-too-long",
        }
    }
}

impl fmt::Display for SubjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.code(), self.field.short_name())
    }
}

impl std::error::Error for SubjectError {}

/// What is wrong with a part of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SubjectFault {
    /// A character that breaks a line or is not text.
    ControlCharacter {
        /// The first one found.
        character: char,
    },
    /// Nothing in it; for the common name, also: nothing in the whole subject.
    Empty,
    /// Not two upper-case letters.
    NotACountry,
    /// The encoder refused it, which no value that passes the other checks should cause.
    NotEncodable,
    /// Beyond the upper bound.
    TooLong {
        /// In characters.
        length: usize,
        /// The bound, in characters.
        most: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> SubjectParts {
        SubjectParts {
            country: Some("FR".to_owned()),
            state: Some("Rhône (69)".to_owned()),
            organization: Some("LABORATOIRE".to_owned()),
            organizational_unit: Some("1690000000".to_owned()),
            common_name: Some("INSI-AUTO".to_owned()),
        }
    }

    fn fault(change: impl FnOnce(&mut SubjectParts)) -> SubjectError {
        let mut parts = parts();
        change(&mut parts);
        Subject::new(parts).unwrap_err()
    }

    #[test]
    fn order_and_string_types_are_those_of_real_certificates() {
        let subject = Subject::new(parts()).unwrap();
        let name = subject.distinguished_name();
        assert_eq!(name.rfc4514(), "CN=INSI-AUTO,OU=1690000000,O=LABORATOIRE,ST=Rhône (69),C=FR");
        let types: Vec<&str> = name.attributes().map(|attribute| attribute.string_type.name()).collect();
        assert_eq!(types, ["PrintableString", "UTF8String", "UTF8String", "UTF8String", "UTF8String"]);
    }

    #[test]
    fn faults_name_the_part() {
        let error = fault(|parts| parts.state = Some(String::new()));
        assert_eq!(error.field, SubjectField::State);
        assert_eq!(error.code(), "subject-empty");
        let error = fault(|parts| parts.common_name = Some("é".repeat(65)));
        assert_eq!(error.field, SubjectField::CommonName);
        assert_eq!(error.fault, SubjectFault::TooLong { length: 65, most: 64 });
        for country in ["fr", "F", "FRA", "F1", "ÉÉ"] {
            let error = fault(|parts| parts.country = Some(country.to_owned()));
            assert_eq!(error.code(), "subject-country", "{country}");
        }
        for character in ['\n', '\r', '\0', '\u{7f}', '\u{85}', '\u{2028}'] {
            let error = fault(|parts| parts.organization = Some(format!("a{character}b")));
            assert_eq!(error.fault, SubjectFault::ControlCharacter { character });
        }
        assert_eq!(Subject::new(SubjectParts::default()).unwrap_err().code(), "subject-empty");
    }
}

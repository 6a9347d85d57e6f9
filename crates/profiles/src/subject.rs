//! The subject of structure certificates. The table is `data/subject.toml`.

use vocabulary::{Document, Source};

use crate::Confidence;

/// An attribute of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Short name of RFC 4514.
    pub name: &'static str,
    /// Dotted OID.
    pub oid: &'static str,
    /// ASN.1 string type.
    pub string: StringType,
    /// Most characters (X.520).
    pub longest: usize,
    /// Length at which values have been seen cut.
    pub observed_longest: Option<usize>,
    /// How sure the row is.
    pub confidence: Confidence,
    /// Where it comes from.
    pub sources: &'static [Source],
}

/// An ASN.1 string type of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StringType {
    /// PrintableString.
    Printable,
    /// UTF8String.
    Utf8,
}

impl StringType {
    /// Its ASN.1 name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Printable => "PrintableString",
            Self::Utf8 => "UTF8String",
        }
    }
}

/// The attributes of a structure's subject in encoded order, each exactly once.
pub fn structure_subject() -> &'static [Attribute] {
    ATTRIBUTES
}

impl Attribute {
    /// The attribute with this short name.
    pub fn of(name: &str) -> Option<&'static Self> {
        ATTRIBUTES.iter().find(|attribute| attribute.name == name)
    }
}

include!(concat!(env!("OUT_DIR"), "/subject.rs"));

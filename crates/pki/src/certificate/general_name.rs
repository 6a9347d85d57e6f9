//! GeneralName, RFC 5280 section 4.2.1.6.

use x509_parser::asn1_rs;

use crate::asn1::Element;
use crate::name::DistinguishedName;
use crate::oid::Oid;

/// A name of another form than a distinguished name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GeneralName {
    /// A distinguished name.
    Directory(DistinguishedName),
    /// A host name.
    Dns(String),
    /// A mail address (rfc822Name).
    Email(String),
    /// An IP address: 4 or 16 octets.
    Ip(Vec<u8>),
    /// A form this crate does not read, or a content that does not fit its form.
    Other {
        /// The number of its tag.
        tag: u32,
        /// Its exact DER.
        der: Vec<u8>,
    },
    /// A name defined elsewhere (otherName), such as a user principal name.
    OtherName {
        /// What it is.
        oid: Oid,
        /// Its value, when it is a UTF-8 or ASCII string.
        text: Option<String>,
    },
    /// An address.
    Uri(String),
}

impl GeneralName {
    /// Reads the names of a GeneralNames; nothing when the structure is broken.
    pub(super) fn read_all(names: &[Element<'_>]) -> Option<Vec<Self>> {
        names.iter().map(Self::read).collect()
    }

    fn read(element: &Element<'_>) -> Option<Self> {
        if element.any.class() != asn1_rs::Class::ContextSpecific {
            return None;
        }
        let tag = element.any.tag().0;
        let read = match tag {
            0 => Self::read_other_name(element),
            1 => ascii(element).map(Self::Email),
            2 => ascii(element).map(Self::Dns),
            4 => DistinguishedName::read(element.content()).ok().map(Self::Directory),
            6 => ascii(element).map(Self::Uri),
            7 => matches!(element.content().len(), 4 | 16).then(|| Self::Ip(element.content().to_vec())),
            _ => None,
        };
        Some(read.unwrap_or_else(|| Self::Other { tag, der: element.raw.to_vec() }))
    }

    /// `OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }`
    fn read_other_name(element: &Element<'_>) -> Option<Self> {
        let parts = element.children()?;
        let [oid, value] = parts.as_slice() else {
            return None;
        };
        let value = Element::only(value.is_context(0).then(|| value.content())?)?;
        let is_text = value.is(asn1_rs::Tag::Utf8String)
            || value.is(asn1_rs::Tag::Ia5String)
            || value.is(asn1_rs::Tag::PrintableString);
        Some(Self::OtherName {
            oid: oid.oid()?,
            text: is_text.then(|| String::from_utf8(value.content().to_vec()).ok()).flatten(),
        })
    }
}

/// IA5String by definition; UTF-8 is read too, since some authorities write it.
fn ascii(element: &Element<'_>) -> Option<String> {
    String::from_utf8(element.content().to_vec()).ok()
}

//! Distinguished names (X.501, RFC 5280 section 4.1.2.4) as they are encoded: order, string types
//! and bytes are kept, whatever they are.

mod print;
mod subject;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use x509_parser::asn1_rs;

use crate::asn1::{self, Element};
use crate::oid::{self, Oid};

pub use subject::{Subject, SubjectError, SubjectFault, SubjectField, SubjectParts};

/// A distinguished name: its parts in encoded order, and its exact DER, which alone is compared.
#[derive(Clone)]
pub struct DistinguishedName {
    rdns: Vec<RelativeDistinguishedName>,
    raw: Vec<u8>,
    /// Its spelling of RFC 4514, once asked for: most names are compared so, and shown so, many times.
    printed: OnceLock<String>,
}

impl PartialEq for DistinguishedName {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl Eq for DistinguishedName {}

impl Hash for DistinguishedName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}

impl DistinguishedName {
    /// Reads a DER `Name` that fills `der` to the end.
    ///
    /// Values are never refused: one that does not decode keeps its bytes. An error says that the
    /// structure itself is broken.
    pub fn read(der: &[u8]) -> Result<Self, NameError> {
        let rdns = Element::only(der)
            .and_then(|name| name.sequence())
            .ok_or(NameError::Malformed)?
            .iter()
            .map(RelativeDistinguishedName::read)
            .collect::<Result<_, _>>()?;
        Ok(Self { rdns, raw: der.to_vec(), printed: OnceLock::new() })
    }

    /// The exact DER.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The parts, in encoded order.
    pub fn rdns(&self) -> &[RelativeDistinguishedName] {
        &self.rdns
    }

    /// Every attribute, in encoded order, those of a multi-valued part one after the other.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.rdns.iter().flat_map(|rdn| &rdn.attributes)
    }

    /// Every value of one attribute type, as text, in encoded order. A value that does not decode
    /// is given as `#` and the hexadecimal of its DER, as RFC 4514 writes it.
    pub fn values(&self, attribute_type: &Oid) -> Vec<String> {
        self.attributes()
            .filter(|attribute| attribute.oid == *attribute_type)
            .map(Attribute::display)
            .collect()
    }

    /// Every value of the attribute with this short name (`CN`, `OU`, `ST`…); none when the name
    /// is not one of [`short_name`].
    pub fn values_of(&self, short_name: &str) -> Vec<String> {
        NAMES
            .iter()
            .find(|names| names.short == short_name)
            .map(|names| self.values(&names.oid))
            .unwrap_or_default()
    }

    /// The value of `CN` when there is exactly one.
    pub fn common_name(&self) -> Option<String> {
        match self.values(&oid::COMMON_NAME).as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// Whether there is no part at all, which RFC 5280 allows in a subject.
    pub fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// RFC 4514: last part first, `CN=INSI-AUTO,OU=1…,O=…,ST=…,C=FR`. The spelling that operators
    /// ask for.
    pub fn rfc4514(&self) -> String {
        self.printed.get_or_init(|| print::rfc4514(self)).clone()
    }

    /// What `openssl x509 -subject -nameopt oneline,-esc_msb,utf8` prints: `C = FR, ST = …, CN = INSI-AUTO`.
    pub fn openssl(&self) -> String {
        print::openssl_oneline(self, print::BeyondAscii::Shown)
    }

    /// What `openssl x509 -subject` prints in OpenSSL 3.0 and 3.1: `C = FR, ST = C\C3\B4te-d'Or (21), CN = INSI-AUTO`.
    pub fn openssl_before_3_2(&self) -> String {
        print::openssl_oneline(self, print::BeyondAscii::Escaped)
    }

    /// What `openssl x509 -subject` prints since OpenSSL 3.2: `C=FR, ST=Côte-d'Or (21), CN=INSI-AUTO`.
    pub fn openssl_since_3_2(&self) -> String {
        print::openssl_plain(self)
    }

    /// What `openssl x509 -subject -nameopt RFC2253` prints, and what nginx (`$ssl_client_s_dn`) and Apache
    /// (`SSL_CLIENT_S_DN`) compare: `CN=INSI-AUTO,ST=C\C3\B4te-d'Or (21),C=FR`.
    pub fn openssl_rfc2253(&self) -> String {
        print::openssl_rfc2253(self)
    }

    /// What Java's tools print: `CN=INSI-AUTO, OU=1…, O=…, ST=…, C=FR`.
    pub fn java(&self) -> String {
        print::java(self)
    }

    /// What Windows, IIS and .NET print: `CN=INSI-AUTO, OU=1…, O=…, S=…, C=FR`.
    pub fn windows(&self) -> String {
        print::windows(self)
    }
}

impl fmt::Debug for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc4514())
    }
}

impl fmt::Display for DistinguishedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc4514())
    }
}

/// One part of a name: a single attribute nearly always, several for people
/// (`{GN + CN + SN}` in IGC-Santé names).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelativeDistinguishedName {
    attributes: Vec<Attribute>,
}

impl RelativeDistinguishedName {
    /// The attributes, in encoded order; at least one.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    fn read(element: &Element<'_>) -> Result<Self, NameError> {
        if !element.is(asn1_rs::Tag::Set) {
            return Err(NameError::Malformed);
        }
        let attributes = element
            .children()
            .ok_or(NameError::Malformed)?
            .iter()
            .map(|attribute| Attribute::read(attribute).ok_or(NameError::Malformed))
            .collect::<Result<Vec<_>, _>>()?;
        if attributes.is_empty() {
            return Err(NameError::Malformed);
        }
        Ok(Self { attributes })
    }
}

/// One attribute: its type, its string type, its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Attribute {
    /// What the value is: `2.5.4.3` for a common name.
    pub oid: Oid,
    /// The ASN.1 type of the value.
    pub string_type: StringType,
    /// The content of the value, as encoded.
    pub bytes: Vec<u8>,
    /// The value with its tag and length.
    der: Vec<u8>,
}

impl Attribute {
    /// The value as text; nothing when it is no string or its bytes are not valid in its type.
    pub fn text(&self) -> Option<String> {
        self.string_type.decode(&self.bytes)
    }

    /// The value as text, else `#` and the hexadecimal of its DER.
    pub fn display(&self) -> String {
        self.text().unwrap_or_else(|| format!("#{}", asn1::hex(&self.der)))
    }

    /// `CN`, `OU`…, else the dotted identifier.
    pub fn short_name(&self) -> &str {
        short_name(&self.oid).unwrap_or(self.oid.as_str())
    }

    /// The value with its tag and length.
    pub fn value_der(&self) -> &[u8] {
        &self.der
    }

    fn read(element: &Element<'_>) -> Option<Self> {
        let parts = element.sequence()?;
        let [kind, value] = parts.as_slice() else {
            return None;
        };
        Some(Self {
            oid: kind.oid()?,
            string_type: StringType::of(value),
            bytes: value.content().to_vec(),
            der: value.raw.to_vec(),
        })
    }
}

/// The ASN.1 type of a value in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StringType {
    /// Two octets a character, big-endian.
    Bmp,
    /// ASCII.
    Ia5,
    /// Digits and space.
    Numeric,
    /// Anything else; the number of its tag.
    Other(u32),
    /// Letters, digits and a few signs: the type of `C`.
    Printable,
    /// T.61, read as ISO 8859-1 as everyone does.
    T61,
    /// Four octets a character, big-endian.
    Universal,
    /// The type RFC 5280 asks for.
    Utf8,
    /// ASCII without control characters.
    Visible,
}

impl StringType {
    /// The name of the type in ASN.1, with the historical spelling `T61String`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bmp => "BMPString",
            Self::Ia5 => "IA5String",
            Self::Numeric => "NumericString",
            Self::Other(_) => "OTHER",
            Self::Printable => "PrintableString",
            Self::T61 => "T61String",
            Self::Universal => "UniversalString",
            Self::Utf8 => "UTF8String",
            Self::Visible => "VisibleString",
        }
    }

    fn of(value: &Element<'_>) -> Self {
        let tag = value.any.tag();
        if value.any.class() != asn1_rs::Class::Universal || value.any.header.is_constructed() {
            return Self::Other(tag.0);
        }
        match tag {
            asn1_rs::Tag::BmpString => Self::Bmp,
            asn1_rs::Tag::Ia5String => Self::Ia5,
            asn1_rs::Tag::NumericString => Self::Numeric,
            asn1_rs::Tag::PrintableString => Self::Printable,
            asn1_rs::Tag::T61String => Self::T61,
            asn1_rs::Tag::UniversalString => Self::Universal,
            asn1_rs::Tag::Utf8String => Self::Utf8,
            asn1_rs::Tag::VisibleString => Self::Visible,
            other => Self::Other(other.0),
        }
    }

    /// Lenient on the alphabet (a PrintableString with `*` or `@` is read), strict on the encoding.
    fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => String::from_utf8(bytes.to_vec()).ok(),
            Self::Ia5 | Self::Numeric | Self::Printable | Self::Visible => {
                bytes.is_ascii().then(|| bytes.iter().copied().map(char::from).collect())
            }
            Self::T61 => Some(bytes.iter().copied().map(char::from).collect()),
            Self::Bmp => {
                let (pairs, rest) = bytes.as_chunks::<2>();
                let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
                rest.is_empty().then(|| char::decode_utf16(units).collect::<Result<_, _>>().ok()).flatten()
            }
            Self::Universal => {
                let (quads, rest) = bytes.as_chunks::<4>();
                rest.is_empty()
                    .then(|| quads.iter().map(|quad| char::from_u32(u32::from_be_bytes(*quad))).collect())
                    .flatten()
            }
            Self::Other(_) => None,
        }
    }
}

/// Why a name could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameError {
    /// It is not a SEQUENCE of SETs of attributes.
    Malformed,
}

impl NameError {
    /// Stable kebab-case code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed-name",
        }
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for NameError {}

/// `CN`, `OU`… : the names of RFC 4514 and, beyond them, OpenSSL's; nothing for another type.
pub fn short_name(oid: &Oid) -> Option<&'static str> {
    names(oid).map(|names| names.short)
}

fn names(oid: &Oid) -> Option<&'static AttributeNames> {
    NAMES.iter().find(|names| names.oid == *oid)
}

/// How each tool names an attribute type.
struct AttributeNames {
    oid: Oid,
    /// RFC 4514 and OpenSSL.
    short: &'static str,
    /// Java, where it has a name of its own.
    java: Option<&'static str>,
    /// Windows, where it has a name of its own.
    windows: Option<&'static str>,
}

static NAMES: [AttributeNames; 15] = [
    names_of(oid::COMMON_NAME, "CN", Some("CN"), Some("CN")),
    names_of(oid::SURNAME, "SN", Some("SURNAME"), Some("SN")),
    names_of(oid::SERIAL_NUMBER, "serialNumber", Some("SERIALNUMBER"), Some("SERIALNUMBER")),
    names_of(oid::COUNTRY, "C", Some("C"), Some("C")),
    names_of(oid::LOCALITY, "L", Some("L"), Some("L")),
    names_of(oid::STATE, "ST", Some("ST"), Some("S")),
    names_of(oid::STREET, "street", Some("STREET"), Some("STREET")),
    names_of(oid::ORGANIZATION, "O", Some("O"), Some("O")),
    names_of(oid::ORGANIZATIONAL_UNIT, "OU", Some("OU"), Some("OU")),
    names_of(oid::TITLE, "title", Some("T"), Some("T")),
    names_of(oid::GIVEN_NAME, "GN", Some("GIVENNAME"), Some("G")),
    names_of(oid::ORGANIZATION_IDENTIFIER, "organizationIdentifier", None, None),
    names_of(oid::USER_ID, "UID", Some("UID"), None),
    names_of(oid::DOMAIN_COMPONENT, "DC", Some("DC"), Some("DC")),
    names_of(oid::EMAIL_ADDRESS, "emailAddress", Some("EMAILADDRESS"), Some("E")),
];

const fn names_of(
    oid: Oid,
    short: &'static str,
    java: Option<&'static str>,
    windows: Option<&'static str>,
) -> AttributeNames {
    AttributeNames { oid, short, java, windows }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name of one attribute.
    fn one(oid: &[u8], tag: u8, value: &[u8]) -> DistinguishedName {
        let wrap = |tag: u8, content: &[u8]| {
            let mut out = vec![tag, u8::try_from(content.len()).unwrap()];
            out.extend(content);
            out
        };
        let parts = [wrap(0x06, oid), wrap(tag, value)].concat();
        let der = wrap(0x30, &wrap(0x31, &wrap(0x30, &parts)));
        DistinguishedName::read(&der).unwrap()
    }

    const CN: &[u8] = &[0x55, 0x04, 0x03];

    #[test]
    fn string_types_are_named_and_decoded() {
        for (tag, bytes, name, text) in [
            (0x0c, &b"h\xc3\xb4pital"[..], "UTF8String", Some("hôpital")),
            (0x0c, b"\xff", "UTF8String", None),
            (0x13, b"a*b", "PrintableString", Some("a*b")),
            (0x14, b"h\xf4pital", "T61String", Some("hôpital")),
            (0x16, b"a@b", "IA5String", Some("a@b")),
            (0x16, b"\xe9", "IA5String", None),
            (0x1e, b"\x00h\x00\xf4", "BMPString", Some("hô")),
            (0x1e, b"\x00h\x00", "BMPString", None),
            (0x1e, b"\xd8\x00", "BMPString", None),
            (0x1c, b"\x00\x01\xf3\xe5", "UniversalString", Some("🏥")),
            (0x12, b"12", "NumericString", Some("12")),
            (0x1a, b"ab", "VisibleString", Some("ab")),
            (0x04, b"ab", "OTHER", None),
        ] {
            let read = one(CN, tag, bytes);
            let attribute = read.attributes().next().unwrap();
            assert_eq!(attribute.string_type.name(), name);
            assert_eq!(attribute.text().as_deref(), text, "{name} {bytes:?}");
            assert_eq!(attribute.bytes, bytes);
        }
    }

    #[test]
    fn what_does_not_decode_is_printed_in_hexadecimal() {
        let read = one(CN, 0x0c, b"\xff");
        assert_eq!(read.rfc4514(), "CN=#0c01ff");
        assert_eq!(read.openssl(), "CN = #0C01FF");
        assert_eq!(read.common_name().as_deref(), Some("#0c01ff"));
    }

    #[test]
    fn unknown_types_are_printed_by_their_identifier() {
        // 1.2.250.1.71.9
        let read = one(&[0x2a, 0x81, 0x7a, 0x01, 0x47, 0x09], 0x0c, b"a");
        assert_eq!(read.rfc4514(), "1.2.250.1.71.9=#0c0161");
        assert_eq!(read.openssl(), "1.2.250.1.71.9 = a");
        assert_eq!(read.java(), "OID.1.2.250.1.71.9=a");
        assert_eq!(read.windows(), "OID.1.2.250.1.71.9=a");
        assert_eq!(read.openssl_rfc2253(), "1.2.250.1.71.9=#0C0161");
    }

    #[test]
    fn windows_quotes_as_windows_does() {
        let shown = |text: &str| one(CN, 0x0c, text.as_bytes()).windows();
        assert_eq!(shown("Côte-d'Or (21)"), "CN=Côte-d'Or (21)");
        assert_eq!(shown("Dupont, Durand"), "CN=\"Dupont, Durand\"");
        assert_eq!(shown("Le \"Grand\" Site"), "CN=\"Le \"\"Grand\"\" Site\"");
        assert_eq!(shown(" a"), "CN=\" a\"");
        assert_eq!(shown("a\\b"), "CN=a\\b");
        assert_eq!(shown(""), "CN=\"\"");
        assert_eq!(one(&[0x55, 0x04, 0x08], 0x0c, b"Paris (75)").windows(), "S=Paris (75)");
    }

    #[test]
    fn parts_are_found_by_short_name() {
        let subject = Subject::minimal("INSI-AUTO").unwrap();
        let name = subject.distinguished_name();
        assert_eq!(name.values_of("CN"), ["INSI-AUTO"]);
        assert!(name.values_of("OU").is_empty());
        assert!(name.values_of("no such type").is_empty());
    }

    #[test]
    fn a_broken_structure_is_an_error() {
        for broken in [
            &b""[..],
            b"\x30",
            b"\x31\x00",
            b"\x30\x02\x31\x00",
            b"\x30\x02\x30\x00",
            b"\x30\x00\x00",
            b"\x30\x07\x31\x05\x30\x03\x06\x01\x55",
        ] {
            assert_eq!(DistinguishedName::read(broken), Err(NameError::Malformed), "{broken:?}");
        }
        assert!(DistinguishedName::read(b"\x30\x00").unwrap().is_empty());
    }
}

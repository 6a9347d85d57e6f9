//! Certificates (X.509 version 3, RFC 5280) as an owned model of what is in them.
//!
//! Reading judges nothing. An extension that does not read is there as malformed; only bytes that
//! are no certificate at all are an error.

mod extension;
mod general_name;
mod glance;
mod values;

use std::fmt;

use sha1::{Digest, Sha1};
use x509_parser::certificate::X509CertificateParser;
use x509_parser::nom::Parser;

use crate::asn1::{self, Element};
use crate::key::PublicKey;
use crate::name::DistinguishedName;
use crate::oid::{self, Oid};
use crate::signature::{self, SignatureAlgorithm, SignatureTask};

pub use extension::{Extension, ExtensionContent, Extensions};
pub use general_name::GeneralName;
pub use glance::Glance;
pub use values::{AccessDescription, BasicConstraints, KeyUsage, KeyUsageBit, Policy, UsagePeriod};

/// The longest certificate read, in octets. Real ones take two or three thousand.
pub const MAX_CERTIFICATE: usize = 1024 * 1024;

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    raw: Vec<u8>,
    tbs: Vec<u8>,
    version: u32,
    serial: Vec<u8>,
    issuer: DistinguishedName,
    subject: DistinguishedName,
    not_before: i64,
    not_after: i64,
    public_key: PublicKey,
    signature_algorithm: SignatureAlgorithm,
    signature_algorithms_agree: bool,
    signature: Vec<u8>,
    extensions: Extensions,
}

impl Certificate {
    /// Reads a DER certificate that fills `der` to the end.
    pub fn read(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > MAX_CERTIFICATE {
            return Err(CertificateError::TooLarge { octets: der.len() });
        }
        // The parser also takes a SEQUENCE that is not marked as constructed, which no other program does.
        if der.first() != Some(&asn1::SEQUENCE) {
            return Err(CertificateError::NotACertificate);
        }
        let (rest, parsed) = X509CertificateParser::new()
            .with_deep_parse_extensions(false)
            .parse(der)
            .map_err(|_| CertificateError::NotACertificate)?;
        if !rest.is_empty() {
            return Err(CertificateError::TrailingData { octets: rest.len() });
        }
        let tbs = parsed.tbs_certificate.as_ref();
        let fields = TbsFields::read(tbs).ok_or(CertificateError::NotACertificate)?;
        let name = |raw| DistinguishedName::read(raw).map_err(|_| CertificateError::NotACertificate);
        Ok(Self {
            raw: der.to_vec(),
            tbs: tbs.to_vec(),
            version: parsed.version.0.saturating_add(1),
            serial: fields.serial.to_vec(),
            issuer: name(fields.issuer)?,
            subject: name(fields.subject)?,
            not_before: parsed.validity.not_before.timestamp(),
            not_after: parsed.validity.not_after.timestamp(),
            public_key: PublicKey::read(fields.public_key).map_err(|_| CertificateError::NotACertificate)?,
            signature_algorithm: SignatureAlgorithm::read(&parsed.signature_algorithm),
            signature_algorithms_agree: parsed.signature_algorithm == parsed.tbs_certificate.signature,
            signature: signature::octets(parsed.signature_value.unused_bits, &parsed.signature_value.data),
            extensions: Extensions::read(parsed.extensions()),
        })
    }

    /// The exact DER.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The exact DER of the part that is signed.
    pub fn tbs(&self) -> &[u8] {
        &self.tbs
    }

    /// 1, 2 or 3 as people count, one more than encoded.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The serial number as lower-case hexadecimal without leading zero octets. A negative one, which RFC 5280 forbids,
    /// is shown by its octets as encoded, in two's complement; [`Certificate::serial_is_positive`] tells it apart.
    pub fn serial(&self) -> String {
        asn1::hex(trimmed(&self.serial))
    }

    /// The octets of the serial number as encoded, in two's complement: what a revocation list is asked for.
    pub fn serial_content(&self) -> &[u8] {
        &self.serial
    }

    /// Whether the serial number is at least zero.
    pub fn serial_is_positive(&self) -> bool {
        self.serial.first().is_none_or(|first| first & 0x80 == 0)
    }

    /// How many octets the serial number takes, the sign octet included; RFC 5280 allows 20.
    pub fn serial_octets(&self) -> usize {
        self.serial.len()
    }

    /// Who signed it, by name.
    pub fn issuer(&self) -> &DistinguishedName {
        &self.issuer
    }

    /// Whom it names.
    pub fn subject(&self) -> &DistinguishedName {
        &self.subject
    }

    /// First second of validity, in seconds since 1970-01-01 UTC.
    pub fn not_before(&self) -> i64 {
        self.not_before
    }

    /// Last second of validity, in seconds since 1970-01-01 UTC.
    pub fn not_after(&self) -> i64 {
        self.not_after
    }

    /// The key it certifies.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// How it is signed, as told outside the signed part.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.signature_algorithm
    }

    /// Whether the signed part names the same algorithm with the same parameters, as RFC 5280,
    /// section 4.1.1.2, demands.
    pub fn signature_algorithms_agree(&self) -> bool {
        self.signature_algorithms_agree
    }

    /// The signature.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// The extensions.
    pub fn extensions(&self) -> &Extensions {
        &self.extensions
    }

    /// Whether issuer and subject are the same name, byte for byte.
    pub fn is_self_issued(&self) -> bool {
        self.issuer == self.subject
    }

    /// Whether basicConstraints says that it is a certification authority.
    pub fn is_ca(&self) -> bool {
        self.extensions.basic_constraints().is_some_and(|constraints| constraints.ca)
    }

    /// Values of the attribute `O`, `OU`, `CN`… of the subject.
    pub fn subject_values(&self, attribute_type: &Oid) -> Vec<String> {
        self.subject.values(attribute_type)
    }

    /// The value of `CN` in the subject when there is exactly one.
    pub fn common_name(&self) -> Option<String> {
        self.subject.common_name()
    }

    /// SHA-256 of the DER, lower-case hexadecimal: the fingerprint tools show.
    pub fn sha256(&self) -> String {
        crate::digest::sha256(&self.raw)
    }

    /// SHA-1 of the DER, lower-case hexadecimal.
    pub fn sha1(&self) -> String {
        asn1::hex(&Sha1::digest(&self.raw))
    }

    /// What to verify to know that the key `issuer_spki` signed this certificate.
    pub fn signature_task(&self, issuer_spki: &[u8]) -> SignatureTask {
        SignatureTask {
            spki: issuer_spki.to_vec(),
            algorithm: self.signature_algorithm.clone(),
            message: self.tbs.clone(),
            signature: self.signature.clone(),
        }
    }

    /// The product category of the IGC-Santé (extension 1.2.250.1.71.1.2.5): one octet inside an
    /// OCTET STRING.
    pub fn product_category(&self) -> Option<u8> {
        match self.extensions.get(&oid::PRODUCT_CATEGORY)?.content {
            ExtensionContent::ProductCategory(category) => Some(category),
            _ => None,
        }
    }
}

/// The exact bytes of the fields whose encoding matters.
struct TbsFields<'a> {
    serial: &'a [u8],
    issuer: &'a [u8],
    subject: &'a [u8],
    public_key: &'a [u8],
}

impl<'a> TbsFields<'a> {
    fn read(tbs: &'a [u8]) -> Option<Self> {
        let fields = Element::only(tbs)?.sequence()?;
        let fields = match fields.as_slice() {
            [version, rest @ ..] if version.is_context(0) => rest,
            all => all,
        };
        let [serial, _, issuer, _, subject, public_key, ..] = fields else {
            return None;
        };
        Some(Self {
            serial: serial.content(),
            issuer: issuer.raw,
            subject: subject.raw,
            public_key: public_key.raw,
        })
    }
}

/// Without leading zero octets, but never nothing.
fn trimmed(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|octet| **octet == 0).count();
    let kept = zeros.min(number.len().saturating_sub(1));
    number.get(kept..).unwrap_or_default()
}

/// Why bytes are no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CertificateError {
    /// They do not have its structure.
    NotACertificate,
    /// Longer than [`MAX_CERTIFICATE`].
    TooLarge {
        /// Found.
        octets: usize,
    },
    /// A certificate, then something else.
    TrailingData {
        /// How much follows.
        octets: usize,
    },
}

impl CertificateError {
    /// Stable kebab-case code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotACertificate => "not-a-certificate",
            Self::TooLarge { .. } => "too-large",
            Self::TrailingData { .. } => "trailing-data",
        }
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for CertificateError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_are_not_printed() {
        assert_eq!(trimmed(&[0, 0x11, 0x20]), [0x11, 0x20]);
        assert_eq!(trimmed(&[0, 0]), [0]);
        assert_eq!(trimmed(&[]), Vec::<u8>::new());
    }

    #[test]
    fn what_is_no_certificate_is_named() {
        assert_eq!(Certificate::read(b"").unwrap_err(), CertificateError::NotACertificate);
        assert_eq!(Certificate::read(&vec![0; MAX_CERTIFICATE + 1]).unwrap_err().code(), "too-large");
    }
}

//! Reading a request, whoever made it.

use std::fmt;

use x509_parser::asn1_rs::{FromDer, Tag};
use x509_parser::x509::AlgorithmIdentifier;

use crate::asn1::Element;
use crate::certificate::Extensions;
use crate::key::PublicKey;
use crate::name::DistinguishedName;
use crate::oid::{self, Oid};
use crate::pem;
use crate::signature::{self, SignatureAlgorithm, SignatureTask};

/// The longest request read, in octets of DER.
pub const MAX_REQUEST: usize = 1024 * 1024;

/// The longest file searched for a request, in octets.
const MAX_FILE: usize = 10 * 1024 * 1024;

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificationRequest {
    raw: Vec<u8>,
    tbs: Vec<u8>,
    subject: DistinguishedName,
    public_key: PublicKey,
    signature_algorithm: SignatureAlgorithm,
    signature: Vec<u8>,
    attributes: Vec<Oid>,
    extensions: Extensions,
}

impl CertificationRequest {
    /// Reads DER, or the first request found in PEM.
    pub fn read(bytes: &[u8]) -> Result<Self, RequestError> {
        if !pem::looks_like(bytes) {
            return Self::read_der(bytes);
        }
        if bytes.len() > MAX_FILE {
            return Err(RequestError::TooLarge { octets: bytes.len() });
        }
        let scan = pem::scan(bytes);
        let mut requests = scan.blocks().iter().filter_map(|block| Self::read_der(block.der()).ok());
        requests.next().ok_or(RequestError::NotARequest)
    }

    /// Reads a DER request that fills `der` to the end.
    pub fn read_der(der: &[u8]) -> Result<Self, RequestError> {
        if der.len() > MAX_REQUEST {
            return Err(RequestError::TooLarge { octets: der.len() });
        }
        let (rest, request) = Element::first(der).ok_or(RequestError::NotARequest)?;
        let read = Self::read_element(&request).ok_or(RequestError::NotARequest)?;
        if rest.is_empty() { Ok(read) } else { Err(RequestError::TrailingData { octets: rest.len() }) }
    }

    /// Step by step: the reader of x509-parser would also read every extension it knows, which no other reader here asks
    /// for, and weigh as much as all that is used of it.
    fn read_element(request: &Element<'_>) -> Option<Self> {
        let parts = request.sequence()?;
        let [info, algorithm, signature] = parts.as_slice() else { return None };
        let fields = info.sequence()?;
        let [version, subject, public_key, rest @ ..] = fields.as_slice() else { return None };
        let [unused_bits, signature_octets @ ..] = signature.content() else { return None };
        if version.unsigned().is_none() || !signature.is(Tag::BitString) {
            return None;
        }
        let attributes = attributes(rest)?;
        let requested = attributes.iter().find(|(kind, _)| *kind == oid::EXTENSION_REQUEST);
        let extensions = match requested {
            Some((_, values)) => Extensions::read_elements(&values.children()?.first()?.sequence()?)?,
            None => Extensions::default(),
        };
        let (_, algorithm) = AlgorithmIdentifier::from_der(algorithm.raw).ok()?;
        Some(Self {
            raw: request.raw.to_vec(),
            tbs: info.raw.to_vec(),
            subject: DistinguishedName::read(subject.raw).ok()?,
            public_key: PublicKey::read(public_key.raw).ok()?,
            signature_algorithm: SignatureAlgorithm::read(&algorithm),
            signature: signature::octets(*unused_bits, signature_octets),
            attributes: attributes.into_iter().map(|(kind, _)| kind).collect(),
            extensions,
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

    /// The subject asked for.
    pub fn subject(&self) -> &DistinguishedName {
        &self.subject
    }

    /// The key to be certified.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// How it is signed.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        &self.signature_algorithm
    }

    /// The types of its attributes, in encoded order.
    pub fn attributes(&self) -> &[Oid] {
        &self.attributes
    }

    /// Whether it carries a challenge password, in clear as the standard has it.
    pub fn has_challenge_password(&self) -> bool {
        self.attributes.contains(&oid::CHALLENGE_PASSWORD)
    }

    /// The extensions asked for; those of the first extensionRequest.
    pub fn extensions(&self) -> &Extensions {
        &self.extensions
    }

    /// What to verify to know that whoever made it holds the private key.
    pub fn signature_task(&self) -> SignatureTask {
        SignatureTask {
            spki: self.public_key.spki().to_vec(),
            algorithm: self.signature_algorithm.clone(),
            message: self.tbs.clone(),
            signature: self.signature.clone(),
        }
    }
}

/// `attributes [0] IMPLICIT SET OF SEQUENCE { type OBJECT IDENTIFIER, values SET OF ANY }`
fn attributes<'a>(rest: &[Element<'a>]) -> Option<Vec<(Oid, Element<'a>)>> {
    let attributes = match rest {
        // Some old tools leave the empty set out.
        [] => return Some(Vec::new()),
        [attributes] if attributes.is_context(0) => attributes.children()?,
        _ => return None,
    };
    let attribute = |attribute: &Element<'a>| {
        let parts = attribute.sequence()?;
        let [kind, values] = parts.as_slice() else { return None };
        Some((kind.oid()?, values.clone()))
    };
    attributes.iter().map(attribute).collect()
}

/// Why bytes are no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// They do not have its structure.
    NotARequest,
    /// Longer than [`MAX_REQUEST`].
    TooLarge {
        /// Found.
        octets: usize,
    },
    /// A request, then something else.
    TrailingData {
        /// How much follows.
        octets: usize,
    },
}

impl RequestError {
    /// Stable kebab-case code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotARequest => "not-a-csr",
            Self::TooLarge { .. } => "too-large",
            Self::TrailingData { .. } => "trailing-data",
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for RequestError {}

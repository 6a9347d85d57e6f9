//! Reading a request, whoever made it.

use std::fmt;

use x509_parser::asn1_rs::FromDer;
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::cri_attributes::ParsedCriAttribute;

use crate::asn1::{Element, SEQUENCE};
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
        if der.first() != Some(&SEQUENCE) {
            return Err(RequestError::NotARequest);
        }
        let (rest, parsed) =
            X509CertificationRequest::from_der(der).map_err(|_| RequestError::NotARequest)?;
        if !rest.is_empty() {
            return Err(RequestError::TrailingData { octets: rest.len() });
        }
        let info = &parsed.certification_request_info;
        let fields =
            Element::only(info.raw).and_then(|info| info.sequence()).ok_or(RequestError::NotARequest)?;
        let [_, subject, public_key, rest @ ..] = fields.as_slice() else {
            return Err(RequestError::NotARequest);
        };
        let extensions = info.iter_attributes().find_map(|attribute| match attribute.parsed_attribute() {
            ParsedCriAttribute::ExtensionRequest(request) => Some(Extensions::read(&request.extensions)),
            _ => None,
        });
        Ok(Self {
            raw: der.to_vec(),
            tbs: info.raw.to_vec(),
            subject: DistinguishedName::read(subject.raw).map_err(|_| RequestError::NotARequest)?,
            public_key: PublicKey::read(public_key.raw).map_err(|_| RequestError::NotARequest)?,
            signature_algorithm: SignatureAlgorithm::read(&parsed.signature_algorithm),
            signature: signature::octets(parsed.signature_value.unused_bits, &parsed.signature_value.data),
            attributes: attribute_types(rest).ok_or(RequestError::NotARequest)?,
            extensions: extensions.unwrap_or_default(),
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
fn attribute_types(rest: &[Element<'_>]) -> Option<Vec<Oid>> {
    let attributes = match rest {
        // Some old tools leave the empty set out.
        [] => return Some(Vec::new()),
        [attributes] if attributes.is_context(0) => attributes.children()?,
        _ => return None,
    };
    attributes.iter().map(|attribute| attribute.sequence()?.first()?.oid()).collect()
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

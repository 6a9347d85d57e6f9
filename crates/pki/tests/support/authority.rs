//! Certificates made for a test: names, key identifiers and signatures as one likes.

use std::sync::LazyLock;

use pki::certificate::Certificate;
use pki::key::{PrivateKey, RsaBits};
use pki::rustcrypto::{Randomness, RandomnessError, RustCrypto};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyIdMethod, KeyUsagePurpose, PKCS_RSA_SHA256,
    PublicKeyData, SerialNumber,
};

/// Keys, since making one takes a while.
static KEYS: LazyLock<Vec<PrivateKey>> = LazyLock::new(|| {
    let make = |_| engine().generate_rsa_now(RsaBits::Bits2048).unwrap();
    (0..5).map(make).collect()
});

/// The engine, with the machine's randomness.
pub(crate) fn engine() -> RustCrypto<impl Randomness> {
    RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError))
}

/// One of a few keys, always the same for a number.
pub(crate) fn key(number: usize) -> &'static PrivateKey {
    &KEYS[number]
}

/// What a certificate shall be.
#[derive(Clone)]
pub(crate) struct Wanted {
    pub(crate) subject: &'static str,
    pub(crate) subject_key: usize,
    pub(crate) subject_key_id: u8,
    pub(crate) issuer: &'static str,
    pub(crate) issuer_key: usize,
    pub(crate) issuer_key_id: u8,
    /// Whether it is an authority, and how many may be below.
    pub(crate) ca: Option<Option<u8>>,
    pub(crate) serial: u64,
}

/// An authority or a leaf whose key identifier is the number of its key.
pub(crate) fn wanted(
    (subject, subject_key): (&'static str, usize),
    (issuer, issuer_key): (&'static str, usize),
    ca: Option<Option<u8>>,
) -> Wanted {
    Wanted {
        subject,
        subject_key,
        subject_key_id: u8::try_from(subject_key).unwrap(),
        issuer,
        issuer_key,
        issuer_key_id: u8::try_from(issuer_key).unwrap(),
        ca,
        serial: 1,
    }
}

impl Wanted {
    /// Signs it.
    pub(crate) fn make(&self) -> Certificate {
        let mut parameters = parameters_of(self.subject, self.subject_key_id, self.ca);
        parameters.use_authority_key_identifier_extension = true;
        parameters.serial_number = Some(SerialNumber::from(self.serial));
        let above = parameters_of(self.issuer, self.issuer_key_id, Some(None));
        let issuer = Issuer::new(above, Signer(key(self.issuer_key)));
        let made = parameters.signed_by(&Signer(key(self.subject_key)), &issuer);
        Certificate::read(made.unwrap().der()).unwrap()
    }
}

fn parameters_of(name: &str, key_id: u8, ca: Option<Option<u8>>) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.key_identifier_method = KeyIdMethod::PreSpecified(vec![key_id; 20]);
    match ca {
        None => {
            parameters.is_ca = IsCa::ExplicitNoCa;
            parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        }
        Some(length) => {
            let constraints = length.map_or(BasicConstraints::Unconstrained, BasicConstraints::Constrained);
            parameters.is_ca = IsCa::Ca(constraints);
            parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        }
    }
    parameters
}

struct Signer(&'static PrivateKey);

impl PublicKeyData for Signer {
    fn der_bytes(&self) -> &[u8] {
        self.0.public_key().key_bytes().unwrap()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &PKCS_RSA_SHA256
    }
}

impl rcgen::SigningKey for Signer {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(engine().sign_now(self.0, message).unwrap())
    }
}

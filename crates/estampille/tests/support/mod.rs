//! A test authority: root, intermediate, leaf, with keys made once.

#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use estampille::contract::FileInput;
use pki::certificate::Certificate;
use pki::key::{PrivateKey, RsaBits};
use pki::rustcrypto::{Randomness, RandomnessError, RustCrypto};
use rcgen::KeyIdMethod;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, DnValue, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyUsagePurpose, PKCS_RSA_SHA256, PublicKeyData, SanType, SerialNumber,
};

/// Keys, since making one takes a while: root, intermediate, leaf, another.
static KEYS: LazyLock<Vec<PrivateKey>> =
    LazyLock::new(|| (0..4).map(|_| engine().generate_rsa_now(RsaBits::Bits2048).unwrap()).collect());

pub const ROOT: usize = 0;
pub const INTERMEDIATE: usize = 1;
pub const LEAF: usize = 2;
pub const OTHER: usize = 3;

pub fn engine() -> RustCrypto<impl Randomness> {
    RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError))
}

pub fn random(buffer: &mut [u8]) -> bool {
    getrandom::fill(buffer).is_ok()
}

pub fn key(number: usize) -> &'static PrivateKey {
    &KEYS[number]
}

/// What a certificate names and may do.
pub struct Wanted<'a> {
    pub subject: &'a [(&'a str, &'a str)],
    pub purposes: &'a [ExtendedKeyUsagePurpose],
    pub dns_names: &'a [&'a str],
    pub ca: bool,
}

pub const ROOT_NAME: &[(&str, &str)] = &[("C", "FR"), ("O", "ESSAI"), ("CN", "Racine d'essai")];
pub const INTERMEDIATE_NAME: &[(&str, &str)] = &[("C", "FR"), ("O", "ESSAI"), ("CN", "Autorité d'essai")];

pub const LEAF_NAME: &[(&str, &str)] = &[
    ("C", "FR"),
    ("ST", "Côte-d'Or (21)"),
    ("O", "LABORATOIRE DES LILAS"),
    ("OU", "1750712184"),
    ("CN", "INSI-AUTO"),
];

pub fn authority<'a>(subject: &'a [(&'a str, &'a str)]) -> Wanted<'a> {
    Wanted { subject, purposes: &[], dns_names: &[], ca: true }
}

pub fn client() -> Wanted<'static> {
    Wanted { subject: LEAF_NAME, purposes: &[ExtendedKeyUsagePurpose::ClientAuth], dns_names: &[], ca: false }
}

/// A certificate for one key, signed by another under that name.
pub fn issue(
    wanted: &Wanted<'_>,
    subject_key: usize,
    issuer: &[(&str, &str)],
    issuer_key: usize,
) -> Certificate {
    signed(parameters(wanted, subject_key), subject_key, issuer, issuer_key)
}

fn signed(
    mut parameters: CertificateParams,
    subject_key: usize,
    issuer: &[(&str, &str)],
    issuer_key: usize,
) -> Certificate {
    parameters.use_authority_key_identifier_extension = true;
    parameters.serial_number = Some(SerialNumber::from(0x1120_0000 + subject_key as u64));
    let above = self::parameters(&authority(issuer), issuer_key);
    let issuer = Issuer::new(above, Signer(key(issuer_key)));
    let made = parameters.signed_by(&Signer(key(subject_key)), &issuer).unwrap();
    Certificate::read(made.der()).unwrap()
}

/// The same, ending with the beginning of this year.
pub fn until(
    year: i32,
    wanted: &Wanted<'_>,
    subject_key: usize,
    issuer: &[(&str, &str)],
    issuer_key: usize,
) -> Certificate {
    let mut parameters = parameters(wanted, subject_key);
    parameters.not_after = rcgen::date_time_ymd(year, 1, 1);
    signed(parameters, subject_key, issuer, issuer_key)
}

/// Leaf, intermediate, root.
pub fn chain(leaf: &Wanted<'_>) -> [Certificate; 3] {
    [
        issue(leaf, LEAF, INTERMEDIATE_NAME, INTERMEDIATE),
        issue(&authority(INTERMEDIATE_NAME), INTERMEDIATE, ROOT_NAME, ROOT),
        issue(&authority(ROOT_NAME), ROOT, ROOT_NAME, ROOT),
    ]
}

pub fn file(certificate: &Certificate) -> FileInput {
    FileInput::new(certificate.raw().to_vec())
}

fn parameters(wanted: &Wanted<'_>, key: usize) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.key_identifier_method = KeyIdMethod::PreSpecified(vec![u8::try_from(key).unwrap(); 20]);
    parameters.not_before = rcgen::date_time_ymd(2025, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(2028, 1, 1);
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    for (name, value) in wanted.subject {
        let kind = match *name {
            "C" => DnType::CountryName,
            "ST" => DnType::StateOrProvinceName,
            "O" => DnType::OrganizationName,
            "OU" => DnType::OrganizationalUnitName,
            _ => DnType::CommonName,
        };
        let value = match *name {
            "C" => DnValue::PrintableString((*value).try_into().unwrap()),
            _ => DnValue::Utf8String((*value).to_owned()),
        };
        parameters.distinguished_name.push(kind, value);
    }
    parameters.extended_key_usages = wanted.purposes.to_vec();
    parameters.subject_alt_names =
        wanted.dns_names.iter().map(|name| SanType::DnsName((*name).try_into().unwrap())).collect();
    if wanted.ca {
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    } else {
        parameters.is_ca = IsCa::ExplicitNoCa;
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
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

/// The real files below this folder, sorted; none, and a word about it, where they are absent.
pub fn real(below: &str) -> Vec<(String, FileInput)> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let folder = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or(beside, PathBuf::from).join("igc-sante");
    let Ok(entries) = std::fs::read_dir(folder.join(below)) else {
        println!("no real certificates: set ESTAMPILLE_REAL_DATA; this test proved nothing");
        return Vec::new();
    };
    let mut found: Vec<_> = entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, FileInput::new(std::fs::read(path).unwrap()))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

//! The table of authorities holds what the real CA certificates hold, field by field.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "tests")]

use std::{fs, path::PathBuf};

use profiles::{Authority, Pin, Role};
use sha2::{Digest, Sha256};
use x509_parser::prelude::*;

/// The set of real certificates: `ESTAMPILLE_REAL_DATA`, or `shared/fixtures` beside the project.
fn real_data() -> Option<PathBuf> {
    let root = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures")),
        PathBuf::from,
    );
    let folder = root.join("igc-sante/ca");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("Real certificates are absent ({}): the table is not compared with them.", folder.display());
    None
}

#[test]
fn every_field_is_that_of_the_certificate() {
    let Some(folder) = real_data() else { return };
    for authority in Authority::all() {
        let stem = authority.stem;
        let text =
            fs::read(folder.join(authority.origin())).unwrap_or_else(|error| panic!("{stem}: {error}"));
        let (_, pem) = parse_x509_pem(&text).unwrap();
        let certificate = pem.parse_x509().unwrap();
        let tbs = &certificate.tbs_certificate;
        assert_eq!(<[u8; 32]>::from(Sha256::digest(&pem.contents)), *authority.sha256(), "{stem}");
        assert_eq!(rfc4514(&tbs.subject), authority.subject, "{stem}");
        assert_eq!(tbs.raw_serial(), authority.serial(), "{stem}");
        assert_eq!(tbs.validity.not_before.timestamp(), authority.not_before.0, "{stem}");
        assert_eq!(tbs.validity.not_after.timestamp(), authority.not_after.0, "{stem}");
        assert_eq!(tbs.subject_pki.raw, authority.public_key(), "{stem}");
        let identifier = tbs.extensions().iter().find_map(|extension| match extension.parsed_extension() {
            ParsedExtension::SubjectKeyIdentifier(identifier) => Some(identifier.0),
            _ => None,
        });
        assert_eq!(identifier, Some(authority.key_identifier()), "{stem}");
        assert_eq!(tbs.subject == tbs.issuer, authority.role == Role::Root, "{stem}");
        let issuer = authority.issuer().map_or(authority.subject, |parent| parent.subject);
        assert_eq!(rfc4514(&tbs.issuer), issuer, "{stem}");
    }
    let files = fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, Authority::all().len(), "a CA certificate has no row");
}

/// The facts of the "Trust anchors" table: first and last bytes of the fingerprint.
#[test]
fn the_confirmed_pins_are_those_found_in_several_places() {
    let confirmed: Vec<(&str, u8, u8)> = Authority::all()
        .iter()
        .filter(|authority| authority.confidence == Pin::Confirmed)
        .map(|authority| (authority.stem, authority.sha256()[0], authority.sha256()[31]))
        .collect();
    assert_eq!(
        confirmed,
        [
            ("ACI-EL-ORG", 0xd8, 0xb2),
            ("ACI-EL-ORG-TEST", 0xdc, 0xf6),
            ("ACI-EL-PP-TEST", 0x67, 0x1f),
            ("ACR-EL", 0x2d, 0x7f),
            ("ACR-EL-TEST", 0x01, 0x05),
        ]
    );
    assert!(
        Authority::all()
            .iter()
            .all(|authority| !authority.former || authority.confidence == Pin::SingleSource)
    );
}

#[test]
fn addresses_are_those_certificates_give() {
    let authority = Authority::by_stem("ACI-EL-ORG-TEST").unwrap();
    assert_eq!(
        authority.crl_address().as_deref(),
        Some("http://igc-sante.esante.gouv.fr/CRL/ACI-EL-ORG-TEST.crl")
    );
    assert_eq!(
        authority.certificate_address().as_deref(),
        Some("http://igc-sante.esante.gouv.fr/AC%20TEST/ACI-EL-ORG-TEST.cer")
    );
    assert_eq!(authority.name(), "TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS");
    assert_eq!(Authority::by_stem("GIP-CPS").unwrap().crl_address(), None);
}

fn rfc4514(name: &X509Name) -> String {
    let mut parts: Vec<String> = name
        .iter_attributes()
        .map(|attribute| {
            let short = oid2abbrev(attribute.attr_type(), oid_registry()).unwrap();
            format!("{short}={}", attribute.as_str().unwrap())
        })
        .collect();
    parts.reverse();
    parts.join(",")
}

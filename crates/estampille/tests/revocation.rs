//! Revocation lists given with a certificate: files of any form, what the headline says, where the list is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "../../checks/tests/support/mod.rs"]
mod support;

use estampille::{
    Context, certificate,
    contract::{CheckInput, CheckReport, FileInput},
};
use messages::Locale;
use pki::rustcrypto::{RandomnessError, RustCrypto};
use support::authority::{AUTHORITY, EntryRecipe, ListRecipe, Recipe};
use vocabulary::Timestamp;

const ADDRESS: &str = "http://essai.fr/1.crl";

fn check(locale: Locale, lists: &[Vec<u8>]) -> CheckReport {
    let engine = RustCrypto::new(|_: &mut [u8]| Err(RandomnessError));
    let now = Timestamp::parse("2026-11-20").unwrap();
    let certificate = Recipe { crl_address: Some(ADDRESS.into()), ..Recipe::default() };
    let input = CheckInput {
        certificate: Some(FileInput::new(certificate.der())),
        trust_anchors: Some(vec![FileInput::new(Recipe::authority(AUTHORITY, "authority").der())]),
        crls: Some(lists.iter().cloned().map(FileInput::new).collect()),
        ..CheckInput::default()
    };
    pki::block_on(certificate::check(&Context { locale, now, engine: &engine }, input)).unwrap().unwrap()
}

fn pem(der: &[u8]) -> Vec<u8> {
    pki::pem::encode("X509 CRL", der).into_bytes()
}

fn state(report: &CheckReport) -> &str {
    let mut found = report.findings.iter().filter(|finding| finding.code == "revocation");
    let severity = found.next().unwrap().severity.as_ref();
    assert!(found.next().is_none());
    severity
}

fn good() -> Vec<u8> {
    ListRecipe::default().der()
}

fn revoking() -> Vec<u8> {
    let entries = vec![EntryRecipe::of(&Recipe::default().serial, "2026-10-01T08:00:00Z")];
    ListRecipe { entries, ..ListRecipe::default() }.der()
}

#[test]
fn a_list_is_read_whatever_its_form() {
    let bare = check(Locale::Fr, &[]);
    assert_eq!((state(&bare), bare.crl_address.as_deref()), ("info", Some(ADDRESS)));
    assert!(bare.headline.ends_with("Révocation non vérifiée."), "{}", bare.headline);
    let der = check(Locale::Fr, &[good()]);
    assert_eq!(state(&der), "ok");
    assert!(der.headline.ends_with("Non révoqué selon la liste du 18 novembre 2026."), "{}", der.headline);
    assert_eq!(check(Locale::Fr, &[pem(&good())]), der);
    // Several in one file, the last one saying it.
    let mut both = pem(&good());
    both.extend(pem(&revoking()));
    assert_eq!(state(&check(Locale::Fr, &[both])), "error");
    assert_eq!(state(&check(Locale::Fr, &[b"<html>".to_vec(), good()])), "ok");
    for unreadable in [b"<html>".to_vec(), Vec::new(), good()[..200].to_vec(), Recipe::default().der()] {
        let report = check(Locale::Fr, &[unreadable]);
        assert_eq!(state(&report), "warning");
        assert!(report.headline.ends_with("Révocation non vérifiée."), "{}", report.headline);
    }
}

#[test]
fn a_revoked_certificate_is_called_so_first() {
    let french = check(Locale::Fr, &[revoking()]);
    assert_eq!(french.verdict, "fail");
    assert_eq!(french.headline, "Révoqué le 1er octobre 2026\u{a0}: ne pas l'installer.");
    assert_eq!(french.findings[0].code, "revocation");
    let english = check(Locale::En, &[revoking()]);
    assert_eq!(english.headline, "Revoked on 1 October 2026: do not install it.");
}

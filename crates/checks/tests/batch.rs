//! Many certificates at once: each signature is listed once, and each certificate gets the report it would get alone.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use checks::{
    Expected,
    batch::{Batch, Surroundings},
    certificate::{CertificateFindings, CertificateInput, PrivateKeyGiven},
};
use pki::{
    certificate::Certificate,
    rustcrypto::verify_now,
    signature::{SignatureOutcome, SignatureTask},
};
use support::{
    Case,
    authority::{AUTHORITY, EntryRecipe, ListRecipe, Recipe, RequestRecipe},
    said,
};
use vocabulary::Timestamp;

const BELOW: &[&str] = &["C=FR", "CN=AC Basse"];

fn leaf(serial: u8) -> Certificate {
    let issuer = BELOW.iter().map(|part| (*part).to_owned()).collect();
    Recipe {
        serial: format!("11{serial:02x}"),
        issuer,
        signed_by: support::authority::Holder::OtherLeaf,
        ..Recipe::default()
    }
    .make()
}

fn below() -> Certificate {
    let issuer = AUTHORITY.iter().map(|part| (*part).to_owned()).collect();
    Recipe { issuer, ..Recipe::authority(BELOW, "other-leaf") }.make()
}

fn list_of_below(revoked: u8) -> ListRecipe {
    ListRecipe {
        issuer: BELOW.iter().map(|part| (*part).to_owned()).collect(),
        signed_by: support::authority::Holder::OtherLeaf,
        entries: vec![EntryRecipe::of(&format!("11{revoked:02x}"), "2026-10-01T08:00:00Z")],
        ..ListRecipe::default()
    }
}

fn verify(tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
    tasks.iter().map(verify_now).collect()
}

fn input<'a>(certificate: &'a Certificate, expected: &'a Expected) -> CertificateInput<'a> {
    let at = Timestamp::parse("2026-11-20").unwrap();
    CertificateInput { certificate, csr: None, private_key: PrivateKeyGiven::None, expected, at }
}

#[test]
fn a_set_asks_each_signature_once_and_gets_the_reports_of_each_alone() {
    let leaves: Vec<Certificate> = (0..40).map(leaf).collect();
    let root = Recipe::authority(AUTHORITY, "authority").make();
    let list = list_of_below(7).make();
    let surroundings =
        Surroundings::new(vec![below()], vec![root.clone()]).with_lists(vec![list.clone()], 0).as_heap();
    let mut batch = Batch::new(&surroundings);
    let tickets: Vec<_> = leaves.iter().map(|leaf| batch.add(leaf, None)).collect();
    // The list, the authority between, and one for each leaf.
    assert_eq!(batch.tasks().len(), 42);
    batch.add(&leaves[3], None);
    assert_eq!(batch.tasks().len(), 42);

    let outcomes = verify(batch.tasks());
    let expected = Expected::default();
    let reports: Vec<CertificateFindings> = leaves
        .iter()
        .zip(&tickets)
        .map(|(leaf, ticket)| batch.check(&input(leaf, &expected), ticket, &outcomes))
        .collect();
    for (number, (leaf, report)) in leaves.iter().zip(&reports).enumerate() {
        let state = if number == 7 { "error revoked" } else { "ok" };
        assert_eq!(said(&report.findings, "revocation"), state, "{number}");
        assert_eq!(report.revocation_list, Some(0));
        let mut alone = Case::of(leaf);
        let (extra, given, lists) = ([below()], [root.clone()], [list.clone()]);
        (alone.extra, alone.given, alone.lists) = (&extra, &given, &lists);
        assert_eq!(alone.check().findings, report.findings);
    }
}

#[test]
fn requests_are_verified_with_the_rest() {
    let certificate = Recipe::default().make();
    let request = RequestRecipe::default().make();
    let surroundings = Surroundings::new(vec![], vec![Recipe::authority(AUTHORITY, "authority").make()]);
    let mut batch = Batch::new(&surroundings);
    let ticket = batch.add(&certificate, Some(&request));
    assert_eq!(batch.tasks().len(), 2);
    let expected = Expected::default();
    let input = CertificateInput { csr: Some(&request), ..input(&certificate, &expected) };
    let said_with = |outcomes: &[SignatureOutcome]| {
        said(&batch.check(&input, &ticket, outcomes).findings, "key-matches-csr")
    };
    assert_eq!(said_with(&verify(batch.tasks())), "ok");
    assert_eq!(said_with(&[SignatureOutcome::Valid, SignatureOutcome::Invalid]), "warning altered");
    // An answer that never came refutes nothing.
    assert_eq!(said_with(&[]), "ok");
}

#[test]
fn in_a_heap_a_list_of_another_authority_is_no_remark() {
    let certificate =
        Recipe { crl_address: Some("http://essai.fr/1.crl".into()), ..Recipe::default() }.make();
    let root = Recipe::authority(AUTHORITY, "authority").make();
    let surroundings = |is_heap: bool| {
        let all = Surroundings::new(vec![], vec![root.clone()]).with_lists(vec![list_of_below(1).make()], 1);
        if is_heap { all.as_heap() } else { all }
    };
    for (is_heap, state) in [(false, "warning foreign"), (true, "info not-checked")] {
        let surroundings = surroundings(is_heap);
        let mut batch = Batch::new(&surroundings);
        let ticket = batch.add(&certificate, None);
        let report = batch.check(&input(&certificate, &Expected::default()), &ticket, &verify(batch.tasks()));
        assert_eq!(said(&report.findings, "revocation"), state);
        assert_eq!(report.revocation_list, None);
    }
}

#[test]
fn a_list_that_many_keys_may_have_signed_is_tried_with_some() {
    // Twenty authorities of one name; one of them signed. Those given come first.
    let names: Vec<String> = AUTHORITY.iter().map(|part| (*part).to_owned()).collect();
    let others = (0..20).map(|number| {
        // A modulus of its own for each: the keys are never used.
        let mut der = Recipe { subject: names.clone(), ..Recipe::authority(AUTHORITY, "rsa-4096") }.der();
        let at = der.windows(8).position(|window| window == [0xf1; 8]).unwrap();
        der[at + 40] = number;
        Certificate::read(&der).unwrap()
    });
    let surroundings =
        Surroundings::new(others.collect(), vec![Recipe::authority(AUTHORITY, "authority").make()])
            .with_lists(vec![ListRecipe::default().make()], 0);
    let batch = Batch::new(&surroundings);
    assert_eq!(batch.tasks().len(), 8);
    assert_eq!(verify_now(&batch.tasks()[0]), SignatureOutcome::Valid);
}

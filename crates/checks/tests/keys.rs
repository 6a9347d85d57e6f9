//! Does it go together: certificate, private key, request.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use checks::certificate::PrivateKeyGiven;
use support::{
    Case,
    authority::{AUTHORITY, Holder, Recipe, RequestRecipe, key},
    remarks, said,
};
use vocabulary::Verdict;

#[test]
fn the_private_key_decides() {
    let certificate = Recipe::default().make();
    let mut case = Case::of(&certificate);
    let said_of = |case: &Case<'_>| {
        let report = case.check();
        (said(&report.findings, "key-matches-private-key"), report.is_theirs)
    };
    assert_eq!(said_of(&case), ("nothing".into(), false));
    case.private_key = PrivateKeyGiven::Public(key(Holder::Leaf).public_key());
    assert_eq!(said_of(&case), ("ok".into(), true));
    case.private_key = PrivateKeyGiven::Public(key(Holder::OtherLeaf).public_key());
    assert_eq!(said_of(&case), ("error mismatch".into(), false));
    case.private_key = PrivateKeyGiven::Locked;
    assert_eq!(said_of(&case), ("warning locked".into(), false));
    case.private_key = PrivateKeyGiven::Unreadable;
    assert_eq!(said_of(&case), ("warning unreadable".into(), false));
}

#[test]
fn the_request_decides() {
    let certificate = Recipe::default().make();
    let mine = RequestRecipe::default().make();
    let other = RequestRecipe { key: "other-leaf".into(), ..RequestRecipe::default() }.make();
    let mut case = Case::of(&certificate);
    case.csr = Some(&mine);
    let report = case.check();
    assert_eq!((said(&report.findings, "key-matches-csr"), report.is_theirs), ("ok".into(), true));
    case.csr = Some(&other);
    let report = case.check();
    assert_eq!(
        (said(&report.findings, "key-matches-csr"), report.is_theirs),
        ("error mismatch".into(), false)
    );
    assert_eq!(report.verdict(), Verdict::Fail);
    // A key that matches does not make up for a request that does not.
    case.private_key = PrivateKeyGiven::Public(key(Holder::Leaf).public_key());
    assert!(!case.check().is_theirs);
}

#[test]
fn a_request_that_its_key_did_not_sign_proves_nothing() {
    let certificate = Recipe::default().make();
    let altered = RequestRecipe { altered: true, ..RequestRecipe::default() }.make();
    let mut case = Case::of(&certificate);
    case.csr = Some(&altered);
    let report = case.check();
    assert_eq!(
        (said(&report.findings, "key-matches-csr"), report.is_theirs),
        ("warning altered".into(), false)
    );
    // The private key does.
    case.private_key = PrivateKeyGiven::Public(key(Holder::Leaf).public_key());
    assert!(case.check().is_theirs);
    // Another key in an altered request stays the graver fault.
    let other = RequestRecipe { key: "other-leaf".into(), ..RequestRecipe::default() }.make();
    case.csr = Some(&other);
    assert_eq!(said(&case.check().findings, "key-matches-csr"), "error mismatch");
}

#[test]
fn what_the_authority_changed_from_the_request_is_told() {
    let strings = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let authority = Recipe::authority(AUTHORITY, "authority").make();
    let request = RequestRecipe {
        subject: strings(&["C=FR", "ST=Paris (75)", "O=Hopital", "OU=1750712184", "CN=Autre"]),
        dns_names: strings(&["essai.fr"]),
        ..RequestRecipe::default()
    }
    .make();
    let certificate = Recipe::default().make();
    let mut case = Case::of(&certificate);
    case.given = std::slice::from_ref(&authority);
    case.csr = Some(&request);
    let report = case.check();
    assert_eq!(
        remarks(&report.findings)[..5],
        [
            "warning chain-trusted.given-anchor",
            "warning structure-id.differs-from-request",
            "warning common-name.differs-from-request",
            "warning subject-alt-name.missing",
            "warning organization.differs-from-request",
        ]
    );
}

#[test]
fn a_name_cut_by_the_directory_is_not_another_name() {
    let strings = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let subject =
        |name: &str| strings(&["C=FR", "ST=Paris (75)", &format!("O={name}"), "OU=10B0152872", "CN=Essai"]);
    let whole = "CENTRE HOSPITALIER INTERCOMMUNAL DE L'ESSAI";
    let certificate = Recipe { subject: subject(&whole[..40]), ..Recipe::default() }.make();
    let request = RequestRecipe { subject: subject(whole), ..RequestRecipe::default() }.make();
    let mut case = Case::of(&certificate);
    case.csr = Some(&request);
    assert_eq!(said(&case.check().findings, "organization"), "info cut");
}

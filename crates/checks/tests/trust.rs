//! Trust: only a verified signature of a pinned key. Look-alikes are named, whichever way they come.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use checks::certificate::CertificateFindings;
use pki::{certificate::Certificate, signature::SignatureOutcome};
use profiles::{Authority, Gamme};
use support::{
    Case,
    authority::{AUTHORITY, Holder, Recipe},
    find, said,
};
use vocabulary::{Environment, Severity, Timestamp, Value};

/// The name of the real TEST authority for structures.
const REAL: &[&str] = &[
    "C=FR",
    "O=ASIP-SANTE",
    "OU=0002 187512751",
    "OU=IGC-SANTE TEST",
    "CN=TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS",
];
const REAL_ROOT: &[&str] = &[
    "C=FR",
    "O=ASIP-SANTE",
    "OU=0002 187512751",
    "OU=IGC-SANTE TEST",
    "CN=TEST AC RACINE IGC-SANTE ELEMENTAIRE",
];

fn strings(name: &[&str]) -> Vec<String> {
    name.iter().map(|part| (*part).to_owned()).collect()
}

/// An authority with a pinned name and key identifier, and another key.
fn look_alike(name: &[&str]) -> Certificate {
    let rfc4514 = name.iter().rev().copied().collect::<Vec<_>>().join(",");
    let pinned = Authority::by_subject(&rfc4514).unwrap();
    let key_identifier = pinned.key_identifier().iter().map(|octet| format!("{octet:02x}")).collect();
    Recipe { signed_by: Holder::Impostor, key_identifier, ..Recipe::authority(name, "impostor") }.make()
}

fn leaf_of(name: &[&str], signed_by: Holder) -> Certificate {
    Recipe { issuer: strings(name), signed_by, ..Recipe::default() }.make()
}

fn check(leaf: &Certificate, extra: &[Certificate], given: &[Certificate]) -> CertificateFindings {
    let mut case = Case::of(leaf);
    case.extra = extra;
    case.given = given;
    case.check()
}

fn trust(leaf: &Certificate, extra: &[Certificate], given: &[Certificate]) -> String {
    said(&check(leaf, extra, given).findings, "chain-trusted")
}

#[test]
fn a_look_alike_authority_is_refused() {
    let leaf = leaf_of(REAL, Holder::Impostor);
    // Alone, the certificate only has a signature that is not the authority's.
    assert_eq!(trust(&leaf, &[], &[]), "error signature-invalid");
    // With its authority along, the authority is exposed.
    let report = check(&leaf, &[look_alike(REAL)], &[]);
    let finding = find(&report.findings, "chain-trusted").unwrap();
    assert_eq!(said(&report.findings, "chain-trusted"), "error look-alike");
    let name = finding.facts.iter().find(|fact| fact.name == "authority").unwrap();
    assert_eq!(name.value, Value::Text("TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS".into()));
    assert!(report.chain.elements.iter().all(|element| element.anchor.is_none()));
    assert_eq!(report.findings[0].code(), "chain-trusted", "what to act on stands first");
}

#[test]
fn a_look_alike_further_up_is_refused() {
    // The intermediate has a name of its own, the root the real one's.
    let between = [&AUTHORITY[..4], &["CN=TEST AC ESSAI"]].concat();
    let intermediate = Recipe {
        issuer: strings(REAL_ROOT),
        signed_by: Holder::Impostor,
        ..Recipe::authority(&between, "authority")
    }
    .make();
    let leaf = leaf_of(&between, Holder::Authority);
    assert_eq!(trust(&leaf, &[look_alike(REAL_ROOT), intermediate.clone()], &[]), "error look-alike");
    // Even when the false root is not shown: the intermediate claims to be signed by the real one, and is not.
    assert_eq!(trust(&leaf, &[intermediate], &[]), "error look-alike");
}

#[test]
fn a_look_alike_root_shown_by_itself_is_refused() {
    assert_eq!(trust(&look_alike(REAL_ROOT), &[], &[]), "error look-alike");
}

#[test]
fn a_look_alike_in_the_chain_does_not_harm_a_true_certificate() {
    let Some(folder) = support::real_data() else { return };
    let certificates = support::certificates(&folder, "end-entity");
    let (_, true_one) = certificates.iter().find(|(name, _)| name.ends_with("hemadialyse-2025")).unwrap();
    assert_eq!(trust(true_one, &[look_alike(REAL), look_alike(REAL_ROOT)], &[]), "ok");
}

#[test]
fn a_look_alike_given_as_an_anchor_is_an_impostor_all_the_same() {
    let leaf = leaf_of(REAL, Holder::Impostor);
    let report = check(&leaf, &[], &[look_alike(REAL)]);
    assert_eq!(said(&report.findings, "chain-trusted"), "error look-alike");
    assert_eq!(said(&report.findings, "environment"), "info claimed");
    assert_eq!((report.environment, report.gamme, report.is_igc), (None, None, false));
    // Also when it came along as well, when it stands above, and when its name is only almost the same.
    assert_eq!(trust(&leaf, &[look_alike(REAL)], &[look_alike(REAL)]), "error look-alike");
    let below = &["C=FR", "CN=Essai"];
    let intermediate = Recipe {
        issuer: strings(REAL_ROOT),
        signed_by: Holder::Impostor,
        ..Recipe::authority(below, "authority")
    }
    .make();
    let leaf = leaf_of(below, Holder::Authority);
    assert_eq!(trust(&leaf, &[intermediate], &[look_alike(REAL_ROOT)]), "error look-alike");
    let lower: Vec<String> = REAL.iter().map(|part| part.replace("ORGANISATIONS", "organisations")).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let leaf = leaf_of(&lower, Holder::Authority);
    assert_eq!(trust(&leaf, &[], &[Recipe::authority(&lower, "authority").make()]), "error look-alike");
}

#[test]
fn the_key_identifier_of_a_known_authority_on_another_key_is_an_imposture() {
    let imitated = Authority::by_stem("ACI-EL-ORG").unwrap();
    let key_identifier: String =
        imitated.key_identifier().iter().map(|octet| format!("{octet:02x}")).collect();
    let name = &["C=FR", "CN=Essai"];
    let authority = Recipe { key_identifier, ..Recipe::authority(name, "authority") }.make();
    let leaf = leaf_of(name, Holder::Authority);
    assert_eq!(trust(&leaf, &[], std::slice::from_ref(&authority)), "error look-alike");
    assert_eq!(trust(&leaf, std::slice::from_ref(&authority), &[]), "error look-alike");
    assert_eq!(trust(&authority, &[], &[]), "error look-alike");
}

#[test]
fn names_alone_establish_no_environment() {
    let leaf = Recipe::default().make();
    let given = Recipe::authority(AUTHORITY, "authority").make();
    for given in [vec![], vec![given]] {
        let report = check(&leaf, &[], &given);
        assert_eq!(said(&report.findings, "environment"), "info claimed");
        assert_eq!((report.environment, report.gamme, report.is_igc), (None, None, false));
    }
}

#[test]
fn a_weak_or_constrained_authority_on_the_way_is_told() {
    let root = Recipe::authority(AUTHORITY, "authority").make();
    let below = &["C=FR", "CN=Essai"];
    let between = || Recipe { issuer: strings(AUTHORITY), ..Recipe::authority(below, "other-leaf") };
    let leaf = leaf_of(below, Holder::OtherLeaf);
    let root = std::slice::from_ref(&root);
    let trust_through = |recipe: Recipe| trust(&leaf, &[recipe.make()], root);
    assert_eq!(trust_through(between()), "warning given-anchor");
    assert_eq!(trust_through(Recipe { name_constraints: true, ..between() }), "warning constrained");
    let unknown = |critical| Recipe {
        unknown_extension: Some("1.2.3.4".into()),
        unknown_extension_critical: critical,
        ..between()
    };
    assert_eq!(trust_through(unknown(true)), "warning constrained");
    assert_eq!(trust_through(unknown(false)), "warning given-anchor");

    // An engine that still computes SHA-1 says that the signature is right.
    let sha1 = Recipe { algorithm: "1.2.840.113549.1.1.5".into(), ..between() }.make();
    let mut case = Case::of(&leaf);
    case.extra = std::slice::from_ref(&sha1);
    case.given = root;
    let report = case.check_with(&|tasks| vec![SignatureOutcome::Valid; tasks.len()]);
    assert_eq!(said(&report.findings, "chain-trusted"), "error weak-authority");
}

#[test]
fn an_altered_certificate_is_refused() {
    let Some(folder) = support::real_data() else { return };
    for (name, certificate) in support::certificates(&folder, "end-entity") {
        let mut der = certificate.raw().to_vec();
        let last = der.len() - 1;
        der[last] ^= 1;
        let altered = Certificate::read(&der).unwrap();
        let found = trust(&altered, &[], &[]);
        assert!(
            ["error signature-invalid", "error former-pki", "error unpinned-authority"]
                .contains(&found.as_str()),
            "{name}: {found}"
        );
    }
}

#[test]
fn other_authorities_are_told_apart() {
    let given = Recipe::authority(AUTHORITY, "authority").make();
    let leaf = Recipe::default().make();
    assert_eq!(trust(&leaf, &[], std::slice::from_ref(&given)), "warning given-anchor");
    // It presents itself as the IGC-Santé's, and no key of it is known.
    assert_eq!(trust(&leaf, &[], &[]), "error unpinned-authority");
    assert_eq!(trust(&leaf, std::slice::from_ref(&given), &[]), "error unpinned-authority");
    let elsewhere = leaf_of(&["C=FR", "O=Ailleurs", "CN=AC Ailleurs"], Holder::Authority);
    assert_eq!(trust(&elsewhere, &[], &[]), "error unknown-authority");
    let former = leaf_of(&["C=FR", "O=GIP-CPS", "OU=AC-CLASSE-4"], Holder::Authority);
    assert_eq!(trust(&former, &[], &[]), "error former-pki");
    // A structure's certificate signs another one.
    let signer =
        Recipe { subject: strings(&["C=FR", "CN=Structure"]), key: "other-leaf".into(), ..Recipe::default() };
    let below = leaf_of(&["C=FR", "CN=Structure"], Holder::OtherLeaf);
    assert_eq!(trust(&below, &[signer.make()], &[given]), "error not-an-authority");
}

#[test]
fn a_signature_that_could_not_be_computed_proves_nothing() {
    let leaf = leaf_of(REAL, Holder::Authority);
    let case = Case::of(&leaf);
    let report = |outcomes: &[SignatureOutcome]| case.check_with(&|_| outcomes.to_vec());
    let unverified = report(&[SignatureOutcome::Unsupported]);
    assert_eq!(said(&unverified.findings, "chain-trusted"), "error unverified");
    // Nor does it establish where the certificate comes from.
    assert_eq!(said(&unverified.findings, "environment"), "info claimed");
    assert_eq!((unverified.environment, unverified.gamme, unverified.is_igc), (None, None, false));
    // Outcomes that never came count the same.
    assert_eq!(said(&report(&[]).findings, "chain-trusted"), "error unverified");
    assert_eq!(
        said(&report(&[SignatureOutcome::Invalid]).findings, "chain-trusted"),
        "error signature-invalid"
    );
    let valid = report(&[SignatureOutcome::Valid]);
    assert_eq!(said(&valid.findings, "chain-trusted"), "ok");
    assert_eq!(said(&valid.findings, "environment"), "ok");
    assert_eq!(valid.environment, Some(Environment::Test));
    assert_eq!((valid.gamme, valid.is_igc), (Some(Gamme::Elementaire), true));
}

#[test]
fn an_authority_out_of_its_validity_is_told() {
    let Some(folder) = support::real_data() else { return };
    let certificates = support::certificates(&folder, "end-entity");
    let (_, certificate) = certificates.iter().find(|(name, _)| name.ends_with("hemadialyse-2025")).unwrap();
    let mut case = Case::of(certificate);
    case.at = Timestamp::parse("2033-07-01").unwrap();
    assert_eq!(said(&case.check().findings, "chain-trusted"), "error authority-expired");
}

#[test]
fn an_authority_that_came_along_out_of_its_validity_is_told() {
    let root = Recipe::authority(AUTHORITY, "authority").make();
    let below = &["C=FR", "CN=Essai"];
    let between = Recipe {
        issuer: strings(AUTHORITY),
        not_after: "2026-01-01T00:00:00Z".into(),
        ..Recipe::authority(below, "other-leaf")
    }
    .make();
    let leaf = leaf_of(below, Holder::OtherLeaf);
    assert_eq!(trust(&leaf, &[between], &[root]), "error authority-expired");
}

#[test]
fn a_confirmed_root_vouches_for_the_authority_it_signed() {
    let Some(folder) = support::real_data() else { return };
    let authorities = support::certificates(&folder, "ca");
    let of = |stem: &str| {
        let pin = Authority::by_stem(stem).unwrap();
        &authorities.iter().find(|(_, ca)| ca.public_key().spki() == pin.public_key()).unwrap().1
    };
    // Both are known from one copy only; the first was signed by a root found in several places.
    assert_eq!(trust(of("ACI-EL-PP"), &[], &[]), "ok");
    assert_eq!(trust(of("ACI-ST-PP"), &[], &[]), "warning single-source");
}

#[test]
fn every_real_authority_is_named_as_one() {
    let Some(folder) = support::real_data() else { return };
    for (name, certificate) in support::certificates(&folder, "ca") {
        let mut case = Case::of(&certificate);
        case.at = Timestamp(certificate.not_before()).plus_days(30);
        let report = case.check();
        assert_eq!(said(&report.findings, "end-entity"), "error authority", "{name}");
        let trust = find(&report.findings, "chain-trusted").unwrap();
        let former = name.starts_with("legacy");
        assert_eq!(trust.topic.case == "former-pki", former, "{name}");
        assert_eq!(trust.severity == Severity::Error, former, "{name}");
    }
}

//! Whatever the bytes, a check ends with a report.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::sync::LazyLock;

use checks::{Expected, request::RequestInput};
use pki::{
    certificate::Certificate, crl::RevocationList, request::CertificationRequest, signature::SignatureOutcome,
};
use proptest::prelude::*;
use support::{
    Case,
    authority::{AUTHORITY, EntryRecipe, ListRecipe, Recipe, RequestRecipe},
};
use vocabulary::{Product, Timestamp, identifiers::StructureId};

fn expected() -> Expected {
    Expected {
        product: Some(Product::ServSsl),
        structure_id: StructureId::parse("1750712184"),
        common_name: Some("essai.fr".into()),
        dns_names: vec!["essai.fr".into()],
        environment: None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn a_certificate_with_altered_octets(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        at in any::<i64>(),
        with_expectation in any::<bool>(),
    ) {
        let mut der = Recipe {
            dns_names: vec!["essai.fr".into()],
            private_key_until: Some("2027-01-01T00:00:00Z".into()),
            ..Recipe::default()
        }
        .der();
        for (place, value) in edits {
            let place = place.index(der.len());
            der[place] = value;
        }
        let Ok(certificate) = Certificate::read(&der) else { return Ok(()) };
        let given = [Recipe::authority(AUTHORITY, "authority").make()];
        let mut case = Case::of(&certificate);
        case.given = &given;
        case.extra = &given;
        case.at = Timestamp(at);
        if with_expectation {
            case.expected = expected();
        }
        let report = case.check();
        for finding in &report.findings {
            prop_assert_eq!(report.findings.iter().filter(|other| other.code() == finding.code()).count(), 1);
            prop_assert!(!finding.sources.is_empty(), "{}", finding.topic);
        }
        prop_assert!(report.findings.windows(2).all(|pair| pair[0].severity >= pair[1].severity));
    }

    /// Nothing of an altered list is believed, neither that a certificate is revoked nor that it is not.
    #[test]
    fn a_list_with_altered_octets(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        at in 1_790_000_000..1_800_000_000_i64,
    ) {
        static SEEDS: LazyLock<(Vec<u8>, Certificate, Certificate)> = LazyLock::new(|| {
            let entries = vec![EntryRecipe::of("55", "2026-10-01T08:00:00Z")];
            let list = ListRecipe { entries, only: Some("users".into()), ..ListRecipe::default() };
            (list.der(), Recipe::default().make(), Recipe::authority(AUTHORITY, "authority").make())
        });
        let (list, certificate, authority) = &*SEEDS;
        let mut der = list.clone();
        for (place, value) in edits {
            let place = place.index(der.len());
            der[place] = value;
        }
        prop_assume!(der != *list);
        let Ok(list) = RevocationList::read(&der) else { return Ok(()) };
        let lists = [list];
        let given = [authority.clone()];
        let mut case = Case::of(certificate);
        case.given = &given;
        case.lists = &lists;
        case.at = Timestamp(at);
        let report = case.check();
        let found = support::said(&report.findings, "revocation");
        prop_assert!(["warning forged", "warning unverified", "warning foreign"].contains(&found.as_str()), "{found}");
        prop_assert_eq!(report.revocation_list, None);
    }

    #[test]
    fn a_request_with_altered_octets(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        with_expectation in any::<bool>(),
    ) {
        let mut der = RequestRecipe { dns_names: vec!["essai.fr".into()], ..RequestRecipe::default() }
            .make()
            .raw()
            .to_vec();
        for (place, value) in edits {
            let place = place.index(der.len());
            der[place] = value;
        }
        let Ok(request) = CertificationRequest::read_der(&der) else { return Ok(()) };
        let expected = if with_expectation { expected() } else { Expected::default() };
        let report = checks::request::check(&RequestInput {
            request: &request,
            signature: SignatureOutcome::Invalid,
            expected: &expected,
        });
        prop_assert!(report.findings.windows(2).all(|pair| pair[0].severity >= pair[1].severity));
    }
}

//! Every real certificate reads, and its chain is found or not as it should be.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a broken expectation must stop the test with its reason"
)]
#![cfg(feature = "rustcrypto")]

mod support;

use pki::certificate::{Certificate, KeyUsageBit};
use pki::chain::{Anchor, AnchorKind, AnchorName, ChainPlan};
use pki::file;
use pki::oid;
use pki::rustcrypto::verify_now;
use pki::signature::SignatureOutcome;

fn certificate(bytes: &[u8]) -> Certificate {
    file::read(bytes).unwrap().certificates().next().unwrap().clone()
}

fn authorities(folder: &std::path::Path) -> Vec<(String, Certificate)> {
    support::files(folder, "ca").into_iter().map(|(name, bytes)| (name, certificate(&bytes))).collect()
}

fn verify(plan: &ChainPlan) -> Vec<SignatureOutcome> {
    plan.tasks().iter().map(verify_now).collect()
}

#[test]
fn every_one_reads_and_has_what_all_have() {
    let Some(folder) = support::real_data() else {
        return;
    };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.md")).unwrap();
    let mut seen = 0;
    for (name, bytes) in support::files(&folder, "end-entity") {
        let certificate = certificate(&bytes);
        seen += 1;
        assert_eq!(certificate.version(), 3, "{name}");
        assert!(certificate.signature_algorithms_agree(), "{name}");
        assert!(certificate.serial_is_positive(), "{name}");
        assert!(manifest.contains(&certificate.sha256()), "{name}");
        assert!(manifest.contains(&certificate.serial().to_uppercase()), "{name} {}", certificate.serial());
        let extensions = certificate.extensions();
        assert_eq!(extensions.malformed(), Vec::<&oid::Oid>::new(), "{name}");
        assert_eq!(extensions.repeated(), Vec::<&oid::Oid>::new(), "{name}");
        assert_eq!(extensions.unknown_critical(), Vec::<&oid::Oid>::new());
        assert!(extensions.key_usage().is_some(), "{name}");
        assert!(!extensions.extended_key_usage().is_empty(), "{name}");
        assert!(extensions.authority_key_id().is_some(), "{name}");
        assert!(!certificate.is_ca(), "{name}");
        if !name.starts_with("legacy") {
            assert_eq!(certificate.public_key().bits(), Some(2048), "{name}");
            assert!(certificate.product_category().is_some(), "{name}");
            assert_eq!(extensions.policies().len(), 1, "{name}");
            assert_eq!(extensions.policies()[0].practice_statements.len(), 1);
            assert_eq!(extensions.crl_addresses().len(), 2, "{name}");
            assert_eq!(extensions.freshest_crl_addresses().len(), 1, "{name}");
            assert_eq!(extensions.authority_info_access().len(), 2, "{name}");
        }
        if name.contains("serv-ssl") && !name.starts_with("legacy") {
            let first = extensions.dns_names().first().map(|name| (*name).to_owned());
            assert_eq!(first, certificate.common_name(), "{name}");
        }
        if name.contains("org-sign") || name.contains("ps-sign") {
            let period = extensions.private_key_usage_period().unwrap();
            assert!(period.not_after.unwrap() <= certificate.not_after(), "{name}");
        }
    }
    assert!(seen > 30);
}

#[test]
fn authorities_read() {
    let Some(folder) = support::real_data() else {
        return;
    };
    for (name, ca) in authorities(&folder) {
        assert!(ca.is_ca(), "{name}");
        let usage = ca.extensions().key_usage().unwrap();
        assert!(usage.has(KeyUsageBit::KeyCertSign), "{name}");
        assert_eq!(ca.is_self_issued(), name.contains("racine"), "{name}");
    }
}

#[test]
fn chains_reach_pinned_keys_and_only_those() {
    let Some(folder) = support::real_data() else {
        return;
    };
    let authorities = authorities(&folder);
    let pins: Vec<Anchor> = authorities
        .iter()
        .filter(|(name, _)| !name.starts_with("legacy"))
        .map(|(name, ca)| Anchor {
            subject: AnchorName::Rfc4514(ca.subject().rfc4514()),
            ..Anchor::from_certificate(name, AnchorKind::Pinned, ca)
        })
        .collect();
    let extra: Vec<Certificate> = authorities.iter().map(|(_, ca)| ca.clone()).collect();
    let mut refused = Vec::new();
    for (name, bytes) in support::files(&folder, "end-entity") {
        let leaf = certificate(&bytes);
        let bare = ChainPlan::new(&leaf, &[], &pins);
        let bare = bare.resolve(&verify(&bare));
        let full = ChainPlan::new(&leaf, &extra, &pins);
        let full = full.resolve(&verify(&full));
        assert_eq!(bare.anchored_at.is_some(), full.anchored_at.is_some(), "{name}");
        if full.anchored_at.is_none() {
            refused.push(name);
            continue;
        }
        assert_eq!(bare.elements.len(), 2, "{name}: {bare:?}");
        assert!(full.faults.is_empty(), "{name}: {full:?}");
    }
    println!("refused: {refused:#?}");
    assert!(refused.iter().any(|name| name.starts_with("legacy")));
}

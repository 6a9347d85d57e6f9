//! Renewals of real certificates, the refusal of an old key, and the evidence of a check.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod support;

use estampille::{
    Context, certificate,
    contract::{CheckInput, EvidenceInput, Expected, FileInput, RenewalInput},
    evidence, passport, renewal, request,
};
use messages::Locale;
use pki::{block_on, pem};
use support::{chain, client, engine, key, real};
use vocabulary::Timestamp;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-20T09:30:00Z").unwrap()
}

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn find(name: &str) -> Option<FileInput> {
    real("end-entity").into_iter().find(|(found, _)| found.contains(name)).map(|(_, file)| file)
}

fn prepared(file: &FileInput, expected: Option<Expected>) -> estampille::contract::Renewal {
    let input = RenewalInput { certificate: Some(file.clone()), expected };
    renewal::prepare(Locale::Fr, now(), &input).unwrap()
}

fn codes(renewal: &estampille::contract::Renewal) -> Vec<(&str, &str)> {
    renewal.findings.iter().map(|finding| (&*finding.code, &*finding.severity)).collect()
}

#[test]
fn the_same_subject_and_product_and_never_the_key() {
    let Some(file) = find("hemadialyse-2025") else { return };
    let renewal = prepared(&file, None);
    let request = &renewal.request;
    assert_eq!(request.product.as_deref(), Some("ORG_AUTH_CLI"));
    let subject = request.subject.as_ref().unwrap();
    let old = passport::of(&file).unwrap();
    let rebuilt = [
        ("CN", &subject.common_name),
        ("OU", &subject.structure_id),
        ("O", &subject.organization),
        ("ST", &subject.department),
        ("C", &subject.country),
    ];
    let rebuilt: Vec<String> =
        rebuilt.iter().map(|(name, value)| format!("{name}={}", value.as_deref().unwrap())).collect();
    assert_eq!(rebuilt.join(","), old.subject.rfc4514);
    assert!(request.key.is_none() && request.passphrase.is_none());
    assert_eq!(codes(&renewal), [("renewal-in-time", "info")]);
    assert_eq!(renewal.verdict, "pass");
    assert_eq!(renewal.public_key_sha256, old.public_key_sha256);
    assert!(renewal.lines.iter().all(|line| !line.changed || line.field == "key"), "{:?}", renewal.lines);
}

#[test]
fn every_real_certificate_of_a_structure_gives_a_request_that_may_be_made() {
    let mut count = 0;
    for (name, file) in real("end-entity").into_iter().filter(|(name, _)| name.contains("-el-org-")) {
        let renewal = prepared(&file, None);
        let review = request::review(Locale::Fr, &renewal.request);
        let refused: Vec<_> =
            review.remarks.iter().filter(|remark| remark.finding.severity == "error").collect();
        assert!(refused.is_empty(), "{name}: {refused:?}");
        count += 1;
    }
    assert!(count == 0 || count > 15);
}

#[test]
fn every_real_certificate_is_prepared_or_told() {
    for (name, file) in real("end-entity") {
        for locale in Locale::ALL {
            let input = RenewalInput { certificate: Some(file.clone()), expected: None };
            let renewal = renewal::prepare(locale, now(), &input).unwrap();
            assert!(!renewal.findings.is_empty() && !renewal.lines.is_empty(), "{name}");
            for finding in &renewal.findings {
                assert!(finding.title.len() > 20 && !finding.title.contains(['{', '}']), "{}", finding.title);
            }
        }
    }
}

#[test]
fn what_differs_today_is_said() {
    let Some(file) = find("hemadialyse-2025") else { return };
    let expected = Expected {
        product: text("ORG_SIGN"),
        structure_id: text("1750712184"),
        common_name: text("DMP"),
        environment: text("production"),
        dns_names: Some(vec!["dmp.exemple.fr".to_owned()]),
    };
    let renewal = prepared(&file, Some(expected));
    assert_eq!(renewal.verdict, "warn");
    assert_eq!(renewal.request.product.as_deref(), Some("ORG_SIGN"));
    let subject = renewal.request.subject.as_ref().unwrap();
    assert_eq!(subject.structure_id.as_deref(), Some("1750712184"));
    assert_eq!(
        codes(&renewal).iter().filter(|found| **found == ("renewal-difference", "warning")).count(),
        5
    );
    let changed: Vec<&str> =
        renewal.lines.iter().filter(|line| line.changed).map(|line| &*line.field).collect();
    assert_eq!(changed, ["product", "structureId", "commonName", "dnsNames", "environment", "key"]);
    for finding in &renewal.findings {
        assert!(finding.detail.is_some() && finding.action.is_some(), "{}", finding.title);
    }
}

#[test]
fn a_server_of_three_years_is_followed_by_one_of_two() {
    let Some(file) = find("prod-el-serv-ssl-tops-demo-asipsante-fr-2019") else { return };
    let renewal = prepared(&file, None);
    let found = codes(&renewal);
    assert!(found.contains(&("renewal-too-late", "warning")), "{found:?}");
    assert!(found.contains(&("renewal-difference", "info")), "{found:?}");
    let duration = renewal.lines.iter().find(|line| line.field == "duration").unwrap();
    assert_eq!((duration.old.as_deref(), duration.new.as_deref()), (Some("36 mois"), Some("24 mois")));
    assert_eq!(renewal.request.dns_names.as_ref().unwrap()[0], "tops.demo.asipsante.fr");
}

#[test]
fn what_cannot_be_renewed_is_said_or_refused() {
    let Some(former) = find("legacy-test-classe4-serv-ssl-cpx") else { return };
    assert!(codes(&prepared(&former, None)).iter().any(|(code, _)| *code == "renewal-former-pki"));
    let (_, authority) = real("ca").remove(4);
    let input = RenewalInput { certificate: Some(authority), expected: None };
    let error = renewal::prepare(Locale::Fr, now(), &input).unwrap_err();
    assert_eq!((error.code(), error.topic.case), ("not-a-certificate", "authority"));
    let error = renewal::prepare(Locale::Fr, now(), &RenewalInput::default()).unwrap_err();
    assert_eq!(error.code(), "invalid-input");
    let bad = Expected { structure_id: text("75"), ..Expected::default() };
    let input = RenewalInput { certificate: Some(former), expected: Some(bad) };
    assert_eq!(
        renewal::prepare(Locale::Fr, now(), &input).unwrap_err().field.as_deref(),
        Some("expected.structureId")
    );
}

#[test]
fn the_old_key_is_refused_with_the_reason() {
    let all = chain(&client());
    let old = support::file(&all[0]);
    let same = FileInput::new(key(support::LEAF).to_pem().as_bytes().to_vec());
    let error = renewal::check_new_key(&old, &same).unwrap_err();
    assert_eq!((error.code(), error.field.as_deref()), ("key-reused", Some("csr")));
    let said = messages::error(Locale::Fr, &error);
    assert!(said.detail.unwrap().contains("nouvelle clé") && said.action.unwrap().contains("INSI-AUTO"));
    let other = FileInput::new(key(support::OTHER).to_pem().as_bytes().to_vec());
    assert!(renewal::check_new_key(&old, &other).is_ok());
    assert_eq!(renewal::check_new_key(&old, &old).unwrap_err().code(), "not-a-csr");

    // By request, and by the fingerprints that a page has.
    let prepared = prepared(&old, None);
    let engine = engine();
    let content = pki::request::RequestContent {
        subject: pki::name::Subject::minimal("INSI-AUTO").unwrap(),
        alternative_names: pki::request::AlternativeNames::default(),
    };
    for (number, reused) in [(support::LEAF, true), (support::OTHER, false)] {
        let csr = block_on(pki::request::create(&content, key(number), &engine)).unwrap().unwrap();
        let file = FileInput::new(pem::encode(pem::CERTIFICATE_REQUEST, csr.der()).into_bytes());
        assert_eq!(renewal::check_new_key(&old, &file).is_err(), reused);
        let sha256 = key(number).public_key().sha256();
        assert_eq!(renewal::check_new_fingerprint(&prepared, &sha256).is_err(), reused);
    }
}

#[test]
fn the_evidence_tells_the_check_and_nothing_secret() {
    let Some(file) = find("hemadialyse-2025") else { return };
    let engine = engine();
    for locale in Locale::ALL {
        let context = Context { locale, now: now(), engine: &engine };
        let input = CheckInput { certificate: Some(file.clone()), ..CheckInput::default() };
        let report = block_on(certificate::check(&context, input)).unwrap().unwrap();
        let sheet = evidence::sheet(
            locale,
            now(),
            &EvidenceInput {
                file: text("certificat.cer"),
                key_file: None,
                csr_file: text("demande.csr"),
                crl_files: vec!["ACI-EL-ORG-TEST.crl".to_owned()],
                at: text("2026-11-19T22:15:30Z"),
                report: report.clone(),
            },
        );
        assert_eq!(sheet.sections.len(), 4);
        let rows = sheet.sections.iter().flat_map(|section| &section.rows);
        let all: String = rows
            .flat_map(|row| core::iter::once(&row.value).chain(&row.more))
            .map(|text| format!("{text}\n"))
            .collect();
        for expected in [
            report.certificate.sha256.as_str(),
            &report.certificate.public_key_sha256,
            &report.certificate.serial,
            &report.headline,
            "certificat.cer",
            "demande.csr",
            "ACI-EL-ORG-TEST.crl",
            "22:15:30",
        ] {
            assert!(all.contains(expected), "{expected}");
        }
        for finding in &report.findings {
            assert!(all.contains(&finding.title), "{}", finding.title);
        }
        assert_eq!(sheet.sections[3].rows.len(), report.findings.len());
        assert!(sheet.notes.len() == 2 && !all.contains("PRIVATE KEY"));
        // It comes back from the worker as it went.
        let json = serde_json::to_string(&sheet).unwrap();
        assert_eq!(serde_json::from_str::<estampille::contract::Evidence>(&json).unwrap(), sheet);
    }
}

//! Calendars of real certificates, and of what is none.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a broken expectation must stop the test")]

mod support;

use estampille::{
    calendar::{self, Due},
    contract::{CertificateSummary, FileInput},
};
use messages::Locale;
use pki::file;
use support::real;
use vocabulary::Timestamp;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-20T09:30:00Z").unwrap()
}

fn files(named: Vec<(String, FileInput)>) -> Vec<FileInput> {
    named.into_iter().map(|(_, file)| file).collect()
}

#[test]
fn nothing_gives_an_empty_calendar() {
    let written = calendar::renewal(Locale::Fr, now(), &[]).unwrap();
    assert!(written.starts_with("BEGIN:VCALENDAR\r\n") && written.ends_with("END:VCALENDAR\r\n"));
    assert!(!written.contains("VEVENT"));
}

#[test]
fn what_is_no_certificate_is_named_with_its_place() {
    let html = FileInput::new(b"<html>".to_vec());
    let error = calendar::renewal(Locale::Fr, now(), &[html]).unwrap_err();
    assert_eq!((error.code(), error.field.as_deref()), ("not-a-certificate", Some("certificates[0]")));
}

#[test]
fn each_certificate_stands_once_and_authorities_do_not() {
    let leaves = real("end-entity");
    if leaves.is_empty() {
        return;
    }
    let count = leaves.len();
    let sealed = leaves
        .iter()
        .filter(|(_, file)| {
            let contents = file::read(file.as_bytes()).unwrap();
            let certificate = contents.certificates().next().unwrap();
            let period = certificate.extensions().private_key_usage_period();
            period
                .and_then(|period| period.not_after)
                .is_some_and(|end| end < certificate.not_after() - 86_400)
        })
        .count();
    assert!(sealed > 3);
    let all: Vec<_> =
        files(leaves.clone()).into_iter().chain(files(leaves)).chain(files(real("ca"))).collect();
    let written = calendar::renewal(Locale::Fr, now(), &all).unwrap();
    assert_eq!(written.matches("BEGIN:VEVENT").count(), count + sealed);
    let days: Vec<_> = written.lines().filter(|line| line.starts_with("DTSTART")).collect();
    assert!(days.is_sorted(), "soonest first");
    assert_eq!(calendar::renewal(Locale::Fr, now(), &all).unwrap(), written);
}

#[test]
fn the_reader_knows_which_certificate_and_what_to_do() {
    let Some((_, file)) = real("end-entity").into_iter().find(|(name, _)| name.contains("hemadialyse-2025"))
    else {
        return;
    };
    for locale in Locale::ALL {
        let written = calendar::renewal(locale, now(), std::slice::from_ref(&file)).unwrap();
        let unfolded = written.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";");
        let contents = file::read(file.as_bytes()).unwrap();
        let certificate = contents.certificates().next().unwrap();
        for expected in [
            certificate.common_name().unwrap(),
            certificate.subject().values_of("OU").remove(0),
            certificate.subject().rfc4514(),
            certificate.serial(),
            certificate.sha256(),
            "TEST".to_owned(),
            "https://pfc.eservices.esante.gouv.fr".to_owned(),
            "F413".to_owned(),
        ] {
            assert!(unfolded.contains(&expected), "{expected} is not in\n{unfolded}");
        }
        for trigger in ["TRIGGER:-P90D", "TRIGGER:-P60D", "TRIGGER:-P30D"] {
            assert_eq!(written.matches(trigger).count(), 1);
        }
        assert_eq!(written.matches("BEGIN:VALARM").count(), 3);
    }
}

#[test]
fn a_certificate_about_to_end_reminds_once_more() {
    let Some((_, file)) = real("end-entity").into_iter().find(|(name, _)| name.contains("hemadialyse-2025"))
    else {
        return;
    };
    let contents = file::read(file.as_bytes()).unwrap();
    let end = Timestamp(contents.certificates().next().unwrap().not_after());
    let count = |now: Timestamp| {
        let written = calendar::renewal(Locale::Fr, now, std::slice::from_ref(&file)).unwrap();
        written.matches("BEGIN:VALARM").count()
    };
    assert_eq!(count(end.plus_days(-31)), 3);
    assert_eq!(count(end.plus_days(-20)), 5);
    assert_eq!(count(end.plus_days(1)), 3);
}

#[test]
fn a_thousand_certificates_with_names_of_every_kind() {
    let summary = |number: usize| CertificateSummary {
        product: Some("ORG_AUTH_CLI".into()),
        product_confidence: "certain".into(),
        environment: "production".into(),
        gamme: None,
        subject_rfc4514: format!("CN=a\\;b\\,c\\\\d\n{number},OU=1750712184,C=FR"),
        issuer_rfc4514:
            "CN=AC IGC-SANTE ELEMENTAIRE ORGANISATIONS,OU=IGC-SANTE,OU=0002 187512751,O=ASIP-SANTE,C=FR"
                .to_owned(),
        serial: format!("{number:x}"),
        common_name: Some(format!("a;b,c\\d\nBEGIN:VEVENT\r\n{number} hôpital 🏥")),
        organization: Some("L'Hôpital; \"Grand\" Site, à côté".to_owned()),
        department: None,
        structure_id: Some("1750712184".to_owned()),
        structure_id_kind: None,
        structure_number: None,
        not_before: "2025-01-01T00:00:00Z".to_owned(),
        not_after: "2028-01-01T00:00:00Z".to_owned(),
        days_left: 400,
        private_key_not_after: None,
        key_algorithm: "RSA".to_owned(),
        key_bits: 2048,
        signature_algorithm: "sha256WithRSAEncryption".to_owned(),
        key_usage: Vec::new(),
        extended_key_usage: Vec::new(),
        dns_names: Vec::new(),
        emails: Vec::new(),
        policies: Vec::new(),
        sha256: format!("{number:064x}"),
        sha1: format!("{number:040x}"),
        public_key_sha256: format!("{number:064x}"),
    };
    let all: Vec<_> = (0..1000).filter_map(|number| Due::of_summary(&summary(number))).collect();
    let written = calendar::write(Locale::Fr, now(), all);
    assert_eq!(written.matches("\r\nBEGIN:VEVENT\r\n").count(), 1000);
    assert_eq!(written.matches("\r\nEND:VALARM\r\n").count(), 3000);
    for line in written.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    let unfolded = written.replace("\r\n ", "");
    assert!(unfolded.contains(
        "SUMMARY;LANGUAGE=fr:Fin du certificat «\u{202f}a\\;b\\,c\\\\d\u{fffd}BEGIN:VEVENT\u{fffd}\u{fffd}7 hôpital 🏥"
    ));
    let mut damaged = summary(1);
    damaged.not_after = "soon".to_owned();
    assert!(Due::of_summary(&damaged).is_none());
}

#[test]
fn many_copies_of_a_file_are_one_certificate() {
    let leaves = real("end-entity");
    let Some((_, file)) = leaves.into_iter().find(|(name, _)| name.contains("insi-auto")) else { return };
    let written = calendar::renewal(Locale::En, now(), &vec![file; 1000]).unwrap();
    assert_eq!(written.matches("BEGIN:VEVENT").count(), 1);
}

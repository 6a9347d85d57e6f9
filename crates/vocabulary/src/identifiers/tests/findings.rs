//! What is said of numbers with something wrong.

use super::*;
use crate::{
    IdentifierKind::{self, *},
    identifiers::report,
};

/// The text gives exactly these findings; with an error among them it has no canonical form.
fn says(kind: IdentifierKind, text: &str, expected: &[&str]) -> Report {
    let report = report(kind, text);
    assert_eq!(told(&report), expected, "{kind} {text:?}");
    assert_eq!(report.is_valid(), !has_error(&report), "{kind} {text:?}");
    report
}

/// The fact of the finding at this place.
fn at(report: &Report, place: usize, name: &str) -> String {
    fact(&report.findings[place], name).unwrap_or_else(|| panic!("{name} is a fact of {report:?}"))
}

#[test]
fn a_wrong_key_is_told_with_the_right_one() {
    let report = says(Finess, "010000017", &["error check-key"]);
    assert_eq!((at(&report, 0, "found"), at(&report, 0, "expected")), ("7".to_owned(), "6".to_owned()));
    assert_eq!(at(&report, 0, "number"), "010000017");
    let report = says(Finess, "2A0000015", &["error check-key.swapped"]);
    assert_eq!(at(&report, 0, "expected"), "4");
    let report = says(Siren, "732829321", &["error check-key"]);
    assert_eq!(at(&report, 0, "expected"), "0");
    let report = says(StructureId, "1010000017", &["error check-key"]);
    assert_eq!(at(&report, 0, "kind"), "identifier.finess");
}

#[test]
fn two_digits_exchanged_are_found() {
    let report = says(Finess, "750712148", &["error check-key.swapped"]);
    assert_eq!(at(&report, 0, "suggestion"), "750712184");
}

#[test]
fn keys_with_known_exceptions_warn() {
    // Two real numbers of the register, and an official example.
    says(Siret, "47769662900020", &["warning check-key.tolerated"]);
    says(Siret, "10004071700015", &["warning check-key.siret-siren"]);
    let report = says(Rpps, "10005678901", &["warning check-key.tolerated"]);
    assert_eq!((at(&report, 0, "found"), at(&report, 0, "expected")), ("1".to_owned(), "8".to_owned()));
    says(RppsRang, "10002813839015", &["warning check-key.tolerated"]);
    says(Siret, "35600000000002", &["warning check-key.la-poste"]);
    says(Siret, "MONACOCONFO001", &["warning charset.monaco"]);
    says(StructureId, "3MONACOCONFO001", &["warning charset.monaco"]);
}

#[test]
fn a_siren_typed_as_a_finess_is_recognised() {
    let report = says(Finess, "732829320", &["error third-character", "warning look-alike"]);
    assert_eq!(at(&report, 1, "other"), "identifier.siren");
    let report = says(Finess, "18751275100020", &["error length", "warning look-alike"]);
    assert_eq!(at(&report, 1, "other"), "identifier.siret");
    assert_eq!((at(&report, 0, "count"), at(&report, 0, "expected")), ("14".to_owned(), "9".to_owned()));
    let report = says(Siren, "010000016", &["info look-alike.ambiguous"]);
    assert_eq!(at(&report, 0, "other"), "identifier.finess");
    let report = says(Siret, "750712184", &["error length", "warning look-alike"]);
    assert_eq!(at(&report, 1, "other"), "identifier.finess");
    let report = says(Siren, "187 512 751 00020", &["error length", "warning look-alike.siret"]);
    assert_eq!(at(&report, 1, "suggestion"), "187512751");
}

#[test]
fn a_number_is_told_from_its_structure_id() {
    for (kind, typed, number) in [
        (Finess, "1750712184", "750712184"),
        (Finess, "12A0000014", "2A0000014"),
        (Finess, "10B0152872", "0B0152872"),
        (Siren, "2187512751", "187512751"),
        (Siret, "318751275100020", "18751275100020"),
        (RppsRang, "499700367909006", "99700367909006"),
    ] {
        let report = says(kind, typed, &["error length", "warning look-alike.type-digit"]);
        assert_eq!(at(&report, 1, "suggestion"), number, "{typed}");
    }
    for (typed, id) in [
        ("750712184", "1750712184"),
        ("010000016", "1010000016"),
        ("187512751", "2187512751"),
        ("552100554", "2552100554"),
        ("18751275100020", "318751275100020"),
        ("99700367909006", "499700367909006"),
    ] {
        let report = says(StructureId, typed, &["error length", "warning look-alike.no-type-digit"]);
        assert_eq!(at(&report, 1, "suggestion"), id, "{typed}");
        assert_eq!(at(&report, 0, "kind"), "identifier.structure-id");
    }
    let report = says(Rpps, "1750712184", &["error length", "warning look-alike"]);
    assert_eq!(at(&report, 1, "other"), "identifier.structure-id");
}

#[test]
fn prefixes_that_are_none_are_explained() {
    says(StructureId, "5123456789", &["error charset.type-closed"]);
    let report =
        says(StructureId, "518751275100020", &["error charset.type-closed", "warning look-alike.person-id"]);
    assert_eq!(at(&report, 1, "suggestion"), "318751275100020");
    says(StructureId, "6750712184", &["error charset.type-closed"]);
    says(StructureId, "9750712184", &["error charset.type-unknown"]);
    says(StructureId, "X750712184", &["error charset.type-unknown"]);
    says(StructureId, "é", &["error charset.type-unknown"]);
    let report = says(StructureId, "3750712184", &["error length", "warning look-alike.person-id"]);
    assert_eq!(at(&report, 1, "suggestion"), "1750712184");
    let report = says(
        StructureId,
        "30B0057881/CPET0002",
        &["error charset.digits", "error length", "warning look-alike.person-id"],
    );
    assert_eq!(at(&report, 2, "suggestion"), "10B0057881");
    let report = says(StructureId, "1", &["error length"]);
    assert_eq!((at(&report, 0, "count"), at(&report, 0, "expected")), ("1".to_owned(), "10".to_owned()));
}

#[test]
fn departments_are_judged() {
    let report = says(Finess, "9A0000012", &["error department.file-code"]);
    assert_eq!(at(&report, 0, "expected"), "9701");
    says(Finess, "200000016", &["error department.corsica", "warning look-alike"]);
    says(Finess, "000000000", &["error department", "warning look-alike"]);
    says(Finess, "990000005", &["error department", "error check-key"]);
    says(Finess, "3C0000012", &["error department"]);
    let report = says(Finess, "971000011", &["error third-character.overseas", "error check-key"]);
    assert_eq!(at(&report, 0, "expected"), "9701");
    let report = says(Finess, "970600011", &["warning department.territory"]);
    assert_eq!(at(&report, 0, "found"), "9706");
}

#[test]
fn a_zero_lost_in_a_spreadsheet_is_found() {
    let report = says(Finess, "10000016", &["error length.leading-zero"]);
    assert_eq!(at(&report, 0, "suggestion"), "010000016");
    let report = says(StructureId, "110000016", &["error length.leading-zero"]);
    assert_eq!(at(&report, 0, "suggestion"), "010000016");
    let report = says(Siret, "0552013500004", &["error length.leading-zero"]);
    assert_eq!(at(&report, 0, "suggestion"), "00552013500004");
    says(Siret, "1,87513E+13", &["error charset.spreadsheet"]);
    says(Siret, "1.87513e13", &["error charset.spreadsheet"]);
    says(Finess, "75071218", &["error length"]);
}

#[test]
fn letters_and_marks_are_named() {
    let report = says(Finess, "7507l2184", &["error charset.letter-for-digit"]);
    assert_eq!((at(&report, 0, "position"), at(&report, 0, "expected")), ("5".to_owned(), "1".to_owned()));
    let report = says(Finess, "75O712184", &["error charset.letter-for-digit"]);
    assert_eq!(at(&report, 0, "expected"), "0");
    let report = says(Finess, "75071218A", &["error charset.finess"]);
    assert_eq!((at(&report, 0, "position"), at(&report, 0, "character")), ("9".to_owned(), "A".to_owned()));
    let report = says(Siren, "18751275１", &["error charset.digits"]);
    assert_eq!(at(&report, 0, "character"), "１ (U+FF11)");
    let report = says(Siren, "18751275\0", &["error charset.digits"]);
    assert_eq!(at(&report, 0, "character"), "U+0000");
    let report = says(Adeli, "75991234😀", &["error charset.alphanumeric"]);
    assert_eq!(at(&report, 0, "character"), "😀 (U+1F600)");
    says(Adeli, "ABCDEFGHI", &["warning charset.adeli"]);
    let report = says(Finess, "1O0780101", &["warning test-identifier"]);
    assert_eq!(report.canonical.as_deref(), Some("1O0780101"));
    let report = says(Finess, "1O0000017", &["warning test-identifier", "warning look-alike.letter-o"]);
    assert_eq!(at(&report, 1, "suggestion"), "100000017");
}

#[test]
fn professionals_and_cards_are_told_apart() {
    let report = says(Rpps, "810002813839", &["error length", "warning look-alike.ps-id"]);
    assert_eq!(at(&report, 1, "suggestion"), "10002813839");
    let report = says(Rpps, "2800262487", &["error length", "warning look-alike"]);
    assert_eq!(at(&report, 1, "other"), "identifier.card-number");
    let report = says(Rpps, "99700367909006", &["error length", "warning look-alike"]);
    assert_eq!(at(&report, 1, "other"), "identifier.rpps-rang");
    let report = says(CardNumber, "10002813839", &["error length", "warning look-alike"]);
    assert_eq!(at(&report, 1, "other"), "identifier.rpps");
    let report = says(
        CardNumber,
        "8025000001/2800262487",
        &["error charset.digits", "error length", "warning look-alike.card-serial"],
    );
    assert_eq!(at(&report, 2, "suggestion"), "2800262487");
    says(CardNumber, "1800262488", &["warning charset.card-first-digit"]);
    says(CardNumber, "1750712184", &["warning charset.card-first-digit", "warning look-alike.ambiguous"]);
    // A SIRET of fourteen digits where a RPPS-rang is due, and the other way round.
    let report = says(RppsRang, "73282932000074", &["warning look-alike.ambiguous"]);
    assert_eq!(at(&report, 0, "other"), "identifier.siret");
    let report = says(RppsRang, "10002813830019", &["warning check-key.rpps-part"]);
    assert_eq!(
        (at(&report, 0, "part"), at(&report, 0, "expected")),
        ("10002813830".to_owned(), "9".to_owned())
    );

    let report =
        says(Siret, "99700367909006", &["warning check-key.siret-siren", "warning look-alike.ambiguous"]);
    assert_eq!(at(&report, 1, "other"), "identifier.rpps-rang");
    says(Adeli, "750712184", &["warning look-alike.ambiguous"]);
    says(AdeliRang, "10002813839", &["warning look-alike.ambiguous"]);
}

#[test]
fn host_names_are_judged() {
    for (text, expected) in [
        ("https://portail.hopital.fr/accueil", &["error charset.url"][..]),
        ("portail.hopital.fr/", &["error charset.url"]),
        ("portail.hopital.fr:443", &["error charset.port"]),
        ("https://portail.hopital.fr:8443/x", &["error charset.url", "error charset.port"]),
        ("*.hopital.fr", &["error charset.wildcard"]),
        ("192.0.2.1", &["error charset.ip-address"]),
        ("192.0.2.1:443", &["error charset.ip-address"]),
        ("2001:db8::1", &["error charset.ip-address"]),
        ("[2001:db8::1]:443", &["error charset.ip-address"]),
        ("srv_web.hopital.fr", &["error charset.underscore"]),
        ("hôpital.fr", &["error charset.punycode"]),
        ("rpps.tra.henix;asipsante.fr", &["error charset.host"]),
        ("portail hopital.fr", &["error charset.host"]),
        ("portail\0.fr", &["error charset.host"]),
        ("portail", &["error length.single-label"]),
        ("localhost.", &["error length.single-label"]),
        ("portail..fr", &["error charset.empty-label"]),
        (".hopital.fr", &["error charset.empty-label"]),
        (".", &["error length.empty"]),
        ("https://", &["error length.empty"]),
        ("*.", &["error length.empty"]),
        ("-a.hopital.fr", &["error charset.hyphen"]),
        ("a.hopital.123", &["error charset.numeric-suffix"]),
        ("a@hopital.fr", &["error charset.host", "warning look-alike.email"]),
        ("@hopital.fr", &["error charset.host", "warning look-alike.email"]),
    ] {
        says(Fqdn, text, expected);
    }
    let report = says(Fqdn, "https://portail.hopital.fr/x", &["error charset.url"]);
    assert_eq!(at(&report, 0, "suggestion"), "portail.hopital.fr");
    let label = "a".repeat(64);
    says(Fqdn, &format!("{label}.fr"), &["error length.label"]);
    says(Fqdn, &format!("{}fr", "abcdefg.".repeat(32)), &["error length.name"]);
    assert!(report_is_valid(&format!("{}fr", "abcdefg.".repeat(31))));
    assert!(report_is_valid(&format!("{}.fr", "a".repeat(63))));
}

fn report_is_valid(name: &str) -> bool {
    report(Fqdn, name).is_valid()
}

#[test]
fn addresses_are_judged() {
    for (text, expected) in [
        ("a@b@hopital.fr", &["error charset.at-sign"][..]),
        ("contact", &["error charset.at-sign"]),
        ("hopital.fr", &["error charset.at-sign", "warning look-alike.domain"]),
        ("@hopital.fr", &["error charset.local-dots", "warning look-alike.domain"]),
        ("a@", &["error length.empty"]),
        ("a..b@hopital.fr", &["error charset.local-dots"]),
        (".a@hopital.fr", &["error charset.local-dots"]),
        ("mailto:a@hopital.fr", &["error charset.local-part"]),
        ("jérôme@hopital.fr", &["error charset.local-part"]),
        ("Jeanne <a@hopital.fr>", &["error charset.local-part", "error charset.host"]),
        ("a@hopital", &["error length.single-label"]),
        ("a@192.0.2.1", &["error charset.ip-address"]),
        ("a@srv_1.fr", &["error charset.underscore"]),
    ] {
        says(Email, text, expected);
    }
    says(Email, &format!("{}@hopital.fr", "a".repeat(65)), &["error length.local-part"]);
    says(Email, &format!("{}@{}fr", "a".repeat(60), "abcdefg.".repeat(25)), &["error length.name"]);
    let report = says(MailDomain, "contact@hopital.fr", &["error charset.host", "warning look-alike.email"]);
    assert_eq!(at(&report, 1, "suggestion"), "@hopital.fr");
    says(MailDomain, "@", &["error length.empty"]);
}

#[test]
fn empty_and_huge_texts_are_told_at_once() {
    let blank = " \u{a0}\n\u{200e}";
    let noise = "7😀\u{202e}\0".repeat(130_000);
    for kind in IdentifierKind::ALL {
        says(*kind, "", &["error length.empty"]);
        says(*kind, blank, &["error length.empty"]);
        let report = report(*kind, &noise);
        assert!(!report.is_valid() && report.findings.len() == 1, "{kind}");
        assert_eq!(report.findings[0].code(), "length", "{kind}");
        for fact in &report.findings[0].facts {
            assert!(format!("{:?}", fact.value).len() < 1000, "{kind}: {} is bounded", fact.name);
        }
    }
}

#[test]
fn every_judgement_names_its_source() {
    for (kind, text) in [
        (Finess, "010000017"),
        (Siren, "732829321"),
        (Siret, "10004071700015"),
        (Rpps, "10005678901"),
        (CardNumber, "1800262488"),
        (StructureId, "6750712184"),
        (Fqdn, "a_b.fr"),
        (Email, "a..b@hopital.fr"),
    ] {
        for finding in report(kind, text).findings {
            assert!(!finding.sources.is_empty(), "{text}: {}", finding.topic);
        }
    }
}

//! Numbers that are known to be valid or not.

use super::*;
use crate::{
    IdentifierKind::{self, *},
    identifiers::{self as ids, report},
};

/// Valid, and nothing to say.
const CLEAN: &[(IdentifierKind, &[&str])] = &[
    (
        IdentifierKind::Finess,
        &[
            "010000016",
            "010780195",
            "540002698",
            "350005179",
            "750712184",
            "970100012",
            "980501506",
            "2A0000014",
            "2A0023271",
            "2B0000012",
        ],
    ),
    (IdentifierKind::Siren, &["187512751", "732829320", "356000000"]),
    (
        IdentifierKind::Siret,
        &["18751275100020", "73282932000074", "26010004500012", "35600000000048", "35600000000001"],
    ),
    (IdentifierKind::Rpps, &["10002813839"]),
    (IdentifierKind::CardNumber, &["2800262487", "2600301752"]),
    (IdentifierKind::StructureId, &["1750712184", "12A0000014", "2187512751", "318751275100020"]),
    (IdentifierKind::Adeli, &["759912345", "2A1234567", "9C1234567"]),
    (IdentifierKind::AdeliRang, &["75991234501"]),
    (IdentifierKind::Fqdn, &["portail.hopital.fr", "xn--hpital-xxa.fr", "a-1.b2.sante.fr"]),
    (IdentifierKind::MailDomain, &["@hopital.fr"]),
    (IdentifierKind::Email, &["jeanne.o'hara+igc@hopital.fr"]),
];

/// Fictitious numbers: valid, in the test environment, with one warning.
const TEST: &[(IdentifierKind, &[&str])] = &[
    (IdentifierKind::Finess, &["0B0152872", "0B0221636", "1B0073160", "1B0062640"]),
    (IdentifierKind::Rpps, &["99700218896", "99700523527", "99700041983"]),
    (IdentifierKind::RppsRang, &["99700024450014", "99700367909006"]),
    (IdentifierKind::Adeli, &["0B6077602"]),
    (IdentifierKind::Siret, &["00000000077081", "00000001878818"]),
    // The OUs of test certificates.
    (
        IdentifierKind::StructureId,
        &[
            "10B0152872",
            "10B0221636",
            "10B0166914",
            "10B0039129",
            "10B0057881",
            "11B0073160",
            "11B0062640",
            "300000000077081",
            "300000001878818",
            "499700367909006",
            "00B607760201",
        ],
    ),
];

#[test]
fn valid_numbers_have_nothing_to_say() {
    for (kind, texts) in CLEAN {
        for text in *texts {
            let report = report(*kind, text);
            assert_eq!(report.canonical.as_deref(), Some(*text), "{kind} {text}");
            assert_eq!(told(&report), [""; 0], "{kind} {text}");
            assert_eq!(known(&report, "environment"), None, "{kind} {text}");
        }
    }
}

#[test]
fn test_numbers_are_valid_with_a_warning() {
    for (kind, texts) in TEST {
        for text in *texts {
            let report = report(*kind, text);
            assert_eq!(report.canonical.as_deref(), Some(*text), "{kind} {text}");
            assert_eq!(told(&report), ["warning test-identifier"], "{kind} {text}");
            assert_eq!(known(&report, "environment"), Some("test"), "{kind} {text}");
        }
    }
}

#[test]
fn what_people_type_is_read() {
    for (kind, typed, canonical) in [
        (Finess, " 75 071 218 4 ", "750712184"),
        (Finess, "75\u{a0}071\u{202f}2184\n", "750712184"),
        (Finess, "75-071-2184", "750712184"),
        (Finess, "75.071.2184", "750712184"),
        (Finess, "\u{200e}2a 000 0014\u{feff}", "2A0000014"),
        (Siret, "187 512 751 00020", "18751275100020"),
        (StructureId, "1 75 071 218 4", "1750712184"),
        (StructureId, "10b0152872", "10B0152872"),
        (CardNumber, "28 0026 2487", "2800262487"),
        (Fqdn, " Portail.Hopital.FR. ", "portail.hopital.fr"),
        (MailDomain, "Hopital.fr", "@hopital.fr"),
        (Email, "Jeanne@Hopital.FR", "Jeanne@hopital.fr"),
    ] {
        assert_eq!(report(kind, typed).canonical.as_deref(), Some(canonical), "{typed:?}");
    }
}

#[test]
fn a_finess_tells_its_department() {
    let of = |text: &str| {
        let finess = ids::Finess::parse(text).unwrap();
        (
            finess.department().map(str::to_owned),
            finess.overseas().map(ids::Overseas::insee_code),
            finess.is_test(),
        )
    };
    assert_eq!(of("750712184"), (Some("75".to_owned()), None, false));
    assert_eq!(of("2A0000014"), (Some("2A".to_owned()), None, false));
    assert_eq!(of("970100012"), (Some("97".to_owned()), Some("971"), false));
    assert_eq!(of("980501506"), (Some("98".to_owned()), Some("976"), false));
    assert_eq!(of("980600027"), (Some("98".to_owned()), Some("986"), false));
    assert_eq!(of("0B0152872"), (None, None, true));
    let report = report(Finess, "970100012");
    assert_eq!((known(&report, "department"), known(&report, "territory")), (Some("97"), Some("971")));
}

#[test]
fn a_structure_id_is_split_at_the_first_character() {
    for (text, kind, number) in [
        ("1010000016", Finess, "010000016"),
        ("2187512751", Siren, "187512751"),
        ("318751275100020", Siret, "18751275100020"),
        ("499700367909006", RppsRang, "99700367909006"),
        ("075991234501", AdeliRang, "75991234501"),
    ] {
        let id = ids::StructureId::parse(text).unwrap();
        assert_eq!((id.kind(), id.number()), (kind, number));
        let report = report(StructureId, text);
        assert_eq!((known(&report, "kind"), known(&report, "number")), (Some(kind.as_str()), Some(number)));
    }
    let id = ids::StructureId::parse("12A0000014").unwrap();
    assert_eq!(id.department().as_deref(), Some("2A"));
    assert!(!id.is_test());
    assert!(ids::StructureId::parse("10B0152872").unwrap().is_test());
    assert!(ids::StructureId::parse("499700367909006").unwrap().is_test());
}

#[test]
fn structure_ids_are_built_from_their_number() {
    use ids::{AdeliRang, Finess, RppsRang, Siren, Siret, StructureId};
    let finess = Finess::parse("750712184").unwrap();
    for (built, text) in [
        (StructureId::of_finess(&finess), "1750712184"),
        (StructureId::of_siren(&Siren::parse("187512751").unwrap()), "2187512751"),
        (StructureId::of_siret(&Siret::parse("18751275100020").unwrap()), "318751275100020"),
        (StructureId::of_rpps_rang(&RppsRang::parse("99700024450014").unwrap()), "499700024450014"),
        (StructureId::of_adeli_rang(&AdeliRang::parse("75991234501").unwrap()), "075991234501"),
    ] {
        assert_eq!(built.as_str(), text);
        assert_eq!(StructureId::parse(text), Some(built));
    }
    assert_eq!(StructureId::of_finess(&finess).finess(), Some(finess));
    assert_eq!(StructureId::parse("2187512751").unwrap().finess(), None);
}

#[test]
fn numbers_with_parts_tell_them() {
    let rang = ids::RppsRang::parse("99700367909006").unwrap();
    assert_eq!((rang.rpps().as_str(), rang.rank()), ("99700367909", "00"));
    let siret = ids::Siret::parse("18751275100020").unwrap();
    assert_eq!((siret.siren(), siret.nic()), ("187512751", "00020"));
    let rang = ids::AdeliRang::parse("75991234501").unwrap();
    assert_eq!((rang.adeli().as_str(), rang.rank()), ("759912345", "01"));
    let told = report(Siret, "18751275100020");
    assert_eq!((known(&told, "siren"), known(&told, "nic")), (Some("187512751"), Some("00020")));
    assert_eq!(known(&report(Siren, "187512751"), "public"), Some("true"));
    assert_eq!(known(&report(Siren, "732829320"), "public"), None);
}

#[test]
fn a_domain_covers_its_names_and_addresses() {
    use ids::{Email, Fqdn, MailDomain};
    let domain = Fqdn::parse("hopital.fr").unwrap();
    let within = |name: &str| Fqdn::parse(name).unwrap().is_within(&domain);
    assert!(within("hopital.fr") && within("a.b.hopital.fr"));
    assert!(!within("autrehopital.fr") && !within("hopital.fr.example.org"));
    let address = Email::parse("a.b@hopital.fr").unwrap();
    assert_eq!((address.local_part(), address.domain()), ("a.b", "hopital.fr"));
    assert!(MailDomain::parse("hopital.fr").unwrap().holds(&address));
    assert!(!MailDomain::parse("sih.hopital.fr").unwrap().holds(&address));
    assert_eq!(address.mail_domain(), MailDomain::parse("@hopital.fr"));
    assert_eq!(Fqdn::parse("a.hopital.fr").unwrap().labels().collect::<Vec<_>>(), ["a", "hopital", "fr"]);
}

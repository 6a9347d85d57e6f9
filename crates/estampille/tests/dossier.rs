//! A dossier comes back as it was saved; whatever else is dropped says what it is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use estampille::{
    contract::{DossierCertificate, DossierContent, LegalEntity, OrderProfile, Refusal, SoftwareInstance},
    dossier,
};
use messages::Locale;
use proptest::prelude::*;
use vocabulary::Timestamp;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T10:00:00Z").unwrap()
}

fn content() -> DossierContent {
    let entity = LegalEntity {
        id: Some("ej1".to_owned()),
        name: Some("Centre hospitalier de l'Évêché « Ş »".to_owned()),
        finess_ej: Some("750712184".to_owned()),
        sites: Some(Vec::new()),
        ..LegalEntity::default()
    };
    let instance = SoftwareInstance {
        id: Some("logiciel3".to_owned()),
        name: Some("DPI".to_owned()),
        services: Some(vec!["dmp".to_owned()]),
        ..SoftwareInstance::default()
    };
    DossierContent {
        profile: OrderProfile {
            sector: Some("etablissement-public".to_owned()),
            legal_entities: Some(vec![entity]),
            instances: Some(vec![instance]),
            ..OrderProfile::default()
        },
        done: vec!["contract".to_owned(), "f413".to_owned()],
        f413: [("signatory.lastName".to_owned(), "LÉVÊQUE".to_owned())].into(),
        certificates: vec![DossierCertificate {
            id: "org-auth-cli/ej1".to_owned(),
            ..DossierCertificate::default()
        }],
    }
}

fn saved() -> String {
    let file = dossier::save(Locale::Fr, now(), content()).unwrap();
    assert_eq!(file.name, "dossier-centre-hospitalier-de-l-eveche-2026-11-21.estampille.json");
    String::from_utf8(file.bytes.0).unwrap()
}

fn code(file: &[u8]) -> String {
    dossier::open(Locale::Fr, file).unwrap_err().topic.to_string()
}

#[test]
fn what_was_saved_comes_back() {
    let text = saved();
    assert!(text.contains("sans aucun secret"));
    // The sheets stand in it for people.
    assert!(text.contains("Dénomination de la structure"));
    let opened = dossier::open(Locale::Fr, text.as_bytes()).unwrap();
    assert_eq!(opened.content, content());
    assert_eq!(opened.finding.detail.as_deref(), Some("Enregistré le 21 novembre 2026."));
    // As an editor of text may have saved it again.
    let again = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(dossier::open(Locale::Fr, again.as_bytes()).unwrap().content, content());
}

#[test]
fn an_order_not_begun_can_be_kept_too() {
    let file = dossier::save(Locale::En, now(), DossierContent::default()).unwrap();
    assert_eq!(file.name, "dossier-commande-2026-11-21.estampille.json");
    assert_eq!(dossier::open(Locale::En, &file.bytes.0).unwrap().content, DossierContent::default());
}

#[test]
fn a_bad_file_says_what_it_is() {
    let text = saved();
    let cases: [(&str, Vec<u8>); 14] = [
        ("not-a-dossier.empty", Vec::new()),
        ("not-a-dossier.empty", b" \n".to_vec()),
        ("not-a-dossier", b"bonjour".to_vec()),
        ("not-a-dossier", vec![0xff, 0xfe, 0]),
        ("not-a-dossier", b"{\"a\": ".to_vec()),
        ("not-a-dossier.json", b"{}".to_vec()),
        ("not-a-dossier.json", b"[1, 2]".to_vec()),
        ("not-a-dossier.json", b"{\"format\": \"autre\", \"version\": 1}".to_vec()),
        ("not-a-dossier.register", b"{\"schemaVersion\": \"v1.0.0\", \"pmej\": [".to_vec()),
        ("dossier-damaged", text.as_bytes()[..text.len() / 2].to_vec()),
        ("dossier-damaged", text.replacen("DPI", "D\u{7}PI", 1).into_bytes()),
        ("dossier-damaged.content", text.replacen("\"done\": [", "\"done\": 3, \"x\": [", 1).into_bytes()),
        ("dossier-future", text.replacen("\"version\": 1", "\"version\": 2", 1).into_bytes()),
        ("dossier-too-large", [b"{".to_vec(), vec![b' '; 3 << 20]].concat()),
    ];
    for (wanted, file) in cases {
        assert_eq!(code(&file), wanted, "{}", String::from_utf8_lossy(&file[..file.len().min(60)]));
        for locale in Locale::ALL {
            let refusal = Refusal::new(locale, &dossier::open(locale, &file).unwrap_err());
            assert!(refusal.action.is_some_and(|action| !action.is_empty()), "{wanted}");
        }
    }
}

/// The future may hold anything beside its version.
#[test]
fn a_future_version_is_told_whatever_it_holds() {
    let text = r#"{"format": "estampille-dossier", "version": 7, "profile": 12}"#;
    let error = dossier::open(Locale::Fr, text.as_bytes()).unwrap_err();
    assert_eq!(error.code(), "dossier-future");
    assert!(messages::error(Locale::Fr, &error).detail.unwrap().contains('7'));
}

/// There is no field that a key or a passphrase could stand in.
#[test]
fn nothing_else_than_answers_is_kept() {
    let text =
        saved().replacen("\"done\": [", "\"privateKey\": \"x\", \"passphrase\": \"y\", \"done\": [", 1);
    let opened = dossier::open(Locale::Fr, text.as_bytes()).unwrap();
    let again = dossier::save(Locale::Fr, now(), opened.content).unwrap();
    let again = String::from_utf8(again.bytes.0).unwrap();
    assert!(!again.contains("privateKey") && !again.contains("passphrase"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = dossier::open(Locale::Fr, &bytes);
    }

    #[test]
    fn no_cut_makes_it_panic_or_pass(at in 1_usize..2000, flip in any::<u8>()) {
        let mut bytes = saved().into_bytes();
        let at = at % (bytes.len() - 2);
        bytes[at] ^= flip;
        let _ = dossier::open(Locale::Fr, &bytes);
        let whole = saved().into_bytes();
        prop_assert!(dossier::open(Locale::Fr, &whole[..at]).is_err());
    }
}

//! Dossiers, and the form F413 of whatever stands in them.

use std::hint::black_box;

use estampille::{contract::DossierContent, dossier, f413};
use messages::Locale;
use vocabulary::Timestamp;

use crate::Named;

const NOW: Timestamp = Timestamp(1_795_167_000);

/// What opens is saved again and opens as the same; its form is filled, or refused.
pub(crate) fn file(bytes: &[u8]) {
    let Ok(opened) = dossier::open(Locale::Fr, bytes) else { return };
    let content = opened.content;
    if let Ok(saved) = dossier::save(Locale::Fr, NOW, content.clone()) {
        let again = dossier::open(Locale::En, &saved.bytes.0).expect("what was saved opens");
        assert_eq!(again.content, content);
        assert!(saved.name.is_ascii() && saved.name.ends_with(".estampille.json"), "{}", saved.name);
    }
    let DossierContent { profile, f413: answers, .. } = content;
    if let Ok(form) = f413::form(Locale::En, NOW, profile.clone(), &answers) {
        black_box(&form);
        let pdf = f413::pdf(Locale::Fr, NOW, profile, &answers).expect("what has a form has a file");
        assert!(pdf.0.starts_with(b"%PDF-"));
    }
}

/// Dossiers of several sectors, whole and not.
pub(crate) fn files() -> Vec<Named> {
    let profiles = [
        r#"{"sector":"lbm-ville","legalEntities":[{"id":"e","name":"LABO","sites":[{"id":"s","finessEt":"590049011","main":true}]}],"instances":[{"id":"i","name":"SGL","services":["dmp","insi-auto"]}]}"#,
        r#"{"sector":"radiologie-ville","legalEntities":[{"id":"e","rppsRang":["10002813839010"],"sites":[{"id":"s"}]}],"instances":[{"id":"i","name":"RIS","services":["drimbox"]}]}"#,
        r#"{"sector":"etablissement-public","legalEntities":[{"id":"e","finessEj":"750712184","sites":[]}],"instances":[{"id":"i","name":"M","services":["hprim-net","serveur-web"],"fqdn":"a.exemple.fr","email":"a@exemple.fr"}]}"#,
    ];
    let answers = r#"{"signatory.role":"mandataire","signatory.lastName":"É","signatory.phone":"+33 3 86 93 93 93","administrators":"2","administrators[1].cardNumber":"2000000001","domain.value":"exemple.fr","domain.scope":"domain","mailDomain":"@exemple.fr"}"#;
    let mut all: Vec<Named> = profiles
        .iter()
        .enumerate()
        .map(|(at, profile)| {
            let text = format!(
                r#"{{"format":"estampille-dossier","version":1,"saved":"2026-11-21","profile":{profile},"done":["f413"],"f413":{answers},"certificates":[]}}"#
            );
            Named { name: format!("dossier {at}"), bytes: text.into_bytes() }
        })
        .collect();
    let saved = dossier::save(Locale::Fr, NOW, DossierContent::default()).expect("an empty one is saved");
    all.push(Named { name: "empty".to_owned(), bytes: saved.bytes.0 });
    all
}

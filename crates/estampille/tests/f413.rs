//! The F413 as it is filled from a plan: what is proposed, what is judged, what is left empty, and why.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use estampille::{
    contract::{F413, F413Answers, F413Field, F413Input},
    f413,
};
use messages::Locale;
use serde_json::{Value, json};
use vocabulary::Timestamp;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T10:00:00Z").unwrap()
}

/// A whole input, with what a test changes of it.
fn input(change: impl FnOnce(&mut Value)) -> F413Input {
    let person = |card: &str, last: &str| {
        json!({ "cardNumber": card, "lastName": last, "firstName": "Anne", "phone": "0386939393",
                "email": "certificats@ch-nevers.fr" })
    };
    let mut signatory = person("2000000001", "LÉVÊQUE");
    signatory["role"] = json!("representant-legal");
    let mut value = json!({
        "profile": {
            "sector": "etablissement-public",
            "legalEntities": [{ "id": "e", "name": "CENTRE HOSPITALIER", "finessEj": "750712184", "sites": [] }],
            "instances": [{ "id": "i", "name": "DPI", "services": ["dmp"] }],
            "on": "2026-11-21",
        },
        "signatory": signatory,
        "administrators": [person("2000000002", "MARTIN")],
        "usage": "", "editor": "Exemple",
    });
    change(&mut value);
    serde_json::from_value(value).unwrap()
}

fn prepared(change: impl FnOnce(&mut Value)) -> F413 {
    f413::prepare(Locale::Fr, now(), &input(change)).unwrap()
}

fn field<'a>(result: &'a F413, label: &str) -> &'a F413Field {
    result.sheets[0]
        .fields
        .iter()
        .find(|field| field.label.contains(label))
        .unwrap_or_else(|| panic!("{label}"))
}

/// Codes and severities of what is amiss, all sheets together.
fn amiss(result: &F413) -> Vec<String> {
    let fields = result.sheets.iter().flat_map(|sheet| &sheet.fields).flat_map(|field| &field.findings);
    let all = fields.chain(&result.findings).filter(|finding| finding.severity != "info");
    all.map(|finding| format!("{} {}", finding.severity, finding.code)).collect()
}

#[test]
fn a_whole_form_has_nothing_amiss() {
    let result = prepared(|_| ());
    assert_eq!(amiss(&result), Vec::<String>::new());
    assert_eq!(field(&result, "FINESS").value, "750712184");
    assert_eq!(field(&result, "SIRET").value, "");
    assert_eq!(field(&result, "SIRET").findings[0].title, "Ne pas remplir");
    assert_eq!(field(&result, "Téléphone").value, "03 86 93 93 93");
    assert_eq!(field(&result, "Précisions").value, "Authentification et signature sur le DMP");
    assert_eq!(field(&result, "Solution").value, "DPI");
    assert_eq!(field(&result, "Certificat ORG").value, "à cocher");
    assert_eq!(field(&result, "Certificat logiciel PRO").value, "ne pas cocher");
    assert!(
        field(&result, "PRO : Certificat pour").findings[0].detail.as_deref().unwrap().contains("commande")
    );
    assert!(result.pdf.0.starts_with(b"%PDF-1.7"));
    assert!(result.sheets[0].next[0].contains("monserviceclient.certificats@esante.gouv.fr"));
}

#[test]
fn nothing_typed_is_all_that_is_missing() {
    let result = prepared(|value| {
        value["signatory"] = json!({});
        value["administrators"] = json!([]);
        value["editor"] = json!("");
        value["profile"]["legalEntities"][0] = json!({ "id": "e", "sites": [] });
    });
    let missing = amiss(&result);
    assert_eq!(missing.iter().filter(|code| *code == "error f413-missing").count(), 8, "{missing:?}");
    assert!(missing.contains(&"error f413-administrator-missing".to_owned()));
    assert!(missing.contains(&"warning f413-missing".to_owned()), "the editor is advised");
    assert!(result.sheets[0].title.contains("structure sans nom"));
}

/// Who may sign follows from the sector.
#[test]
fn the_box_of_who_signs_is_judged() {
    let role = |sector: &str, role: &str, rpps: bool| {
        amiss(&prepared(|value| {
            value["signatory"]["role"] = json!(role);
            value["profile"]["sector"] = json!(sector);
            let entity = &mut value["profile"]["legalEntities"][0];
            entity["sites"] = json!([{ "id": "s", "name": "Site", "finessEt": "590049011", "main": true }]);
            if rpps {
                *entity = json!({ "id": "e", "name": "CABINET", "sites": [{ "id": "s" }], "rppsRang": ["10002813839010"] });
            }
        }))
    };
    let fine = Vec::<String>::new();
    assert_eq!(role("etablissement-public", "representant-legal", false), fine);
    assert_eq!(role("etablissement-public", "mandataire", false), fine);
    assert_eq!(role("lbm-ville", "representant-legal", false), fine);
    assert_eq!(role("lbm-ville", "mandataire", false), ["warning f413-role"]);
    assert_eq!(role("officine", "titulaire", false), ["error f413-role"]);
    assert_eq!(role("etablissement-public", "titulaire", false), ["error f413-role"]);
    assert_eq!(role("radiologie-ville", "titulaire", true), fine);
    assert_eq!(role("radiologie-ville", "mandataire", true), fine);
    assert_eq!(role("radiologie-ville", "representant-legal", true), ["warning f413-role"]);
}

#[test]
fn domains_cover_what_is_planned() {
    let with = |fqdns: &[&str], domain: Value| {
        prepared(|value| {
            let instance = |(at, fqdn): (usize, &&str)| json!({ "id": format!("i{at}"), "name": "Serveur", "services": ["serveur-web"], "fqdn": fqdn });
            value["profile"]["instances"] = fqdns.iter().enumerate().map(instance).collect();
            value["domain"] = domain;
        })
    };
    let result = with(&["ms.ch-nevers.fr"], Value::Null);
    assert_eq!(field(&result, "restreint au serveur").value, "ms.ch-nevers.fr");
    assert_eq!(field(&result, "pour le nom de domaine suivant").value, "");
    let result = with(&["a.ch-nevers.fr", "b.ch-nevers.fr"], Value::Null);
    assert_eq!(field(&result, "pour le nom de domaine suivant").value, "ch-nevers.fr");
    assert_eq!(amiss(&result), Vec::<String>::new());
    let judged = |fqdns: &[&str], value: &str, scope: &str| {
        amiss(&with(fqdns, json!({ "value": value, "scope": scope })))
    };
    assert_eq!(judged(&["a.ch-nevers.fr"], "ch-decize.fr", "domain"), ["error f413-domain"]);
    assert_eq!(
        judged(&["a.ch-nevers.fr", "b.ch-nevers.fr"], "a.ch-nevers.fr", "server"),
        ["error f413-domain"]
    );
    assert_eq!(
        judged(&["a.ch-nevers.fr"], "ch-nevers.fr", "server"),
        ["error f413-domain", "warning f413-domain"]
    );
    assert_eq!(judged(&["a.asso.fr"], "asso.fr", "domain"), ["error f413-domain"]);
    assert_eq!(judged(&["a.ch-nevers.fr"], "sous_domaine.ch-nevers.fr", "server"), ["error charset"]);
    let none = amiss(&with(&["a.ch-nevers.fr", "b.ch-decize.fr"], Value::Null));
    assert_eq!(none, ["error f413-missing"]);
}

#[test]
fn mail_domains_cover_what_is_planned() {
    let with = |email: &str, domain: &str| {
        amiss(&prepared(|value| {
            value["profile"]["instances"] =
                json!([{ "id": "i", "name": "HPRIM", "services": ["hprim-net"], "email": email }]);
            value["mailDomain"] = json!(domain);
        }))
    };
    let fine = Vec::<String>::new();
    assert_eq!(with("labo@ch-nevers.fr", ""), fine);
    assert_eq!(with("labo@ch-nevers.fr", "ch-nevers.fr"), fine);
    assert_eq!(with("labo@hprim.ch-nevers.fr", "@ch-nevers.fr"), ["warning f413-mail-domain"]);
    assert_eq!(with("labo@notch-nevers.fr", "@ch-nevers.fr"), ["error f413-mail-domain"]);
    assert_eq!(with("labo@gmail.com", ""), ["error f413-mail-domain"]);
}

#[test]
fn several_structures_are_told_apart() {
    let result = prepared(|value| {
        value["profile"]["legalEntities"] = json!([
            { "id": "a", "name": "UN", "finessEj": "750712184", "sites": [] },
            { "id": "b", "name": "DEUX", "finessEj": "590049011", "sites": [] },
        ]);
    });
    assert_eq!(result.sheets.len(), 2);
    assert!(amiss(&result).contains(&"warning f413-several-entities".to_owned()));
}

#[test]
fn the_same_card_twice_is_seen() {
    let result = prepared(|value| {
        value["administrators"] = json!([value["administrators"][0], value["administrators"][0]])
    });
    assert_eq!(amiss(&result), ["error f413-administrator-twice"]);
}

#[test]
fn what_cannot_be_done_names_its_field() {
    let refused = |change: &dyn Fn(&mut Value)| {
        let error = f413::prepare(Locale::Fr, now(), &input(change)).unwrap_err();
        (error.code().to_owned(), error.field.unwrap_or_default())
    };
    let pair = |code: &str, field: &str| (code.to_owned(), field.to_owned());
    assert_eq!(
        refused(&|value| value["signatory"]["role"] = json!("maire")),
        pair("invalid-input", "signatory.role")
    );
    assert_eq!(
        refused(&|value| value["domain"] = json!({ "scope": "world" })),
        pair("invalid-input", "domain.scope")
    );
    assert_eq!(refused(&|value| value["profile"] = json!({})), pair("invalid-profile", "profile.sector"));
    let number = pair("invalid-profile", "profile.legalEntities[0].finessEj");
    assert_eq!(refused(&|value| value["profile"]["legalEntities"][0]["finessEj"] = json!("1")), number);
    let many: Vec<Value> = (0..501).map(|at| json!({ "id": format!("e{at}"), "sites": [] })).collect();
    assert_eq!(refused(&|value| value["profile"]["legalEntities"] = json!(many)).0, "invalid-profile");
}

/// The page keeps answers by path: the same form comes of both.
#[test]
fn a_page_asks_for_what_the_contract_takes() {
    let whole = input(|_| ());
    let profile = whole.profile.clone().unwrap();
    let mut answers = F413Answers::new();
    let form = f413::form(Locale::Fr, now(), profile.clone(), &answers).unwrap();
    let questions: Vec<String> =
        form.groups.iter().flat_map(|group| &group.questions).map(|question| question.path.clone()).collect();
    assert!(
        questions.contains(&"signatory.role".to_owned()) && !questions.contains(&"domain.value".to_owned())
    );
    let value = serde_json::to_value(&whole).unwrap();
    for path in &questions {
        let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
        if let Some(text) = value.pointer(&pointer).and_then(Value::as_str) {
            answers.insert(path.clone(), text.to_owned());
        }
    }
    let form = f413::form(Locale::Fr, now(), profile.clone(), &answers).unwrap();
    let direct = f413::prepare(Locale::Fr, now(), &whole).unwrap();
    assert_eq!(form.sheets, direct.sheets);
    assert_eq!(f413::pdf(Locale::Fr, now(), profile, &answers).unwrap(), direct.pdf);
    let usage = form
        .groups
        .iter()
        .flat_map(|group| &group.questions)
        .find(|question| question.path == "usage")
        .unwrap();
    assert_eq!(usage.value, "Authentification et signature sur le DMP");
    assert_eq!(usage.findings[0].code, "f413-proposed");
}

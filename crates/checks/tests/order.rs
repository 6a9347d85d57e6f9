//! What may be asked for, and what is told about it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use checks::order::{Wanted, WantedKey, accept};
use proptest::prelude::*;
use support::{assert_told, authority::RequestRecipe, remarks, said};
use vocabulary::{Error, Product, Value};

const GOOD: Wanted<'_> = Wanted {
    product: Product::OrgAuthCli,
    country: None,
    department: Some("Paris (75)"),
    organization: Some("HOPITAL D'ESSAI"),
    structure_id: Some("1750712184"),
    common_name: "INSI-AUTO",
    dns_names: &[],
    emails: &[],
    minimal_subject: false,
    key: WantedKey::New { bits: 2048 },
    plain_key: false,
};

fn refused(wanted: &Wanted<'_>) -> (String, String) {
    let error: Error = accept(wanted).unwrap_err();
    assert_told(error.topic, &error.facts);
    (error.topic.to_string(), error.field.unwrap_or_default())
}

fn told(wanted: &Wanted<'_>) -> Vec<String> {
    let accepted = accept(wanted).unwrap();
    for finding in &accepted.findings {
        assert_told(finding.topic, &finding.facts);
    }
    let mut told = remarks(&accepted.findings);
    told.retain(|remark| remark != "info platform-untried");
    told
}

#[test]
fn a_good_request_is_the_mirror_of_the_future_certificate() {
    let accepted = accept(&GOOD).unwrap();
    assert_eq!(
        accepted.subject.distinguished_name().rfc4514(),
        "CN=INSI-AUTO,OU=1750712184,O=HOPITAL D'ESSAI,ST=Paris (75),C=FR"
    );
    assert!(accepted.alternative_names.is_empty());
    assert_eq!(told(&GOOD), Vec::<String>::new());
    let minimal = accept(&Wanted { minimal_subject: true, ..GOOD }).unwrap();
    assert_eq!(minimal.subject.distinguished_name().rfc4514(), "CN=INSI-AUTO");
    assert_eq!(said(&minimal.findings, "minimal-subject"), "info");
}

#[test]
fn insi_near_misses_are_refused_with_the_right_spelling() {
    for (name, expected) in [
        ("INSI AUTO", "INSI-AUTO"),
        ("INSI_AUTO", "INSI-AUTO"),
        ("insi-auto", "INSI-AUTO"),
        ("INSI-AUTOO", "INSI-AUTO"),
        ("INSI\u{2010}AUTO", "INSI-AUTO"),
        ("ＩＮＳＩ-ＡＵＴＯ", "INSI-AUTO"),
        ("INSl-AUTO", "INSI-AUTO"),
        ("ÌNSI-AUTO", "INSI-AUTO"),
        (" INSI-AUTO ", "INSI-AUTO"),
        ("INSI-MANUEL", "INSI-MANU"),
    ] {
        let error = accept(&Wanted { common_name: name, ..GOOD }).unwrap_err();
        assert_eq!(
            (error.code(), error.field.as_deref()),
            ("insi-name", Some("subject.commonName")),
            "{name}"
        );
        let fact = error.facts.iter().find(|fact| fact.name == "expected").unwrap();
        assert_eq!(fact.value, Value::Text(expected.into()), "{name}");
    }
    let undecidable = accept(&Wanted { common_name: "INSi", ..GOOD }).unwrap_err();
    let fact = undecidable.facts.iter().find(|fact| fact.name == "expected").unwrap();
    assert_eq!(fact.value, Value::Term("insi.either"));
    // Another product is free to use such a name; INSI as a word is told.
    assert_eq!(
        told(&Wanted { common_name: "INSI AUTO", product: Product::OrgConf, ..GOOD }),
        Vec::<String>::new()
    );
    assert_eq!(told(&Wanted { common_name: "Passerelle INSi", ..GOOD }), ["warning insi-name.word"]);
    assert_eq!(told(&Wanted { product: Product::OrgSign, ..GOOD }), ["warning insi-name.product"]);
}

#[test]
fn what_cannot_be_right_is_refused_at_its_field() {
    let long = "é".repeat(65);
    let dns = ["*.essai.fr".to_owned()];
    let one_name = ["essai.fr".to_owned()];
    let mails = ["pas une adresse".to_owned()];
    let ssl = Wanted { product: Product::ServSsl, common_name: "essai.fr", ..GOOD };
    let mail = Wanted { product: Product::ServSmime, common_name: "boite@essai.fr", ..GOOD };
    for (wanted, code, field) in [
        (Wanted { common_name: "", ..GOOD }, "common-name.empty", "subject.commonName"),
        (Wanted { common_name: "Essai ", ..GOOD }, "common-name.outer-space", "subject.commonName"),
        (Wanted { common_name: "Es  sai", ..GOOD }, "common-name.double-space", "subject.commonName"),
        (Wanted { common_name: "Es\tsai", ..GOOD }, "common-name.control", "subject.commonName"),
        (Wanted { common_name: &long, ..GOOD }, "common-name.too-long", "subject.commonName"),
        (Wanted { structure_id: Some("750712184"), ..GOOD }, "structure-id.invalid", "subject.structureId"),
        (Wanted { structure_id: Some("1750712185"), ..GOOD }, "structure-id.invalid", "subject.structureId"),
        (Wanted { country: Some("France"), ..GOOD }, "country", "subject.country"),
        (Wanted { organization: Some(&long), ..GOOD }, "organization.too-long", "subject.organization"),
        (Wanted { organization: Some("A\u{2028}B"), ..GOOD }, "organization.invalid", "subject.organization"),
        (Wanted { department: Some("Paris\n(75)"), ..GOOD }, "department.invalid", "subject.department"),
        (Wanted { dns_names: &one_name, ..GOOD }, "dns-names.not-for-product", "dnsNames"),
        (Wanted { emails: &mails, ..GOOD }, "emails.not-for-product", "emails"),
        (Wanted { common_name: "essai", ..ssl }, "common-name.not-a-host", "subject.commonName"),
        (Wanted { common_name: "Essai.fr", ..ssl }, "common-name.host-case", "subject.commonName"),
        (Wanted { dns_names: &dns, ..ssl }, "dns-names.invalid", "dnsNames[0]"),
        (Wanted { common_name: "essai.fr", ..mail }, "common-name.not-an-email", "subject.commonName"),
        (Wanted { emails: &mails, ..mail }, "emails.invalid", "emails[0]"),
    ] {
        assert_eq!(refused(&wanted), (code.to_owned(), field.to_owned()));
    }
}

#[test]
fn what_is_doubtful_is_told() {
    let name = "CENTRE HOSPITALIER INTERCOMMUNAL DE L'ESSAI";
    for (wanted, expected) in [
        (Wanted { organization: Some(name), ..GOOD }, vec!["warning organization.long"]),
        (Wanted { organization: None, ..GOOD }, vec!["warning organization.required"]),
        (Wanted { department: Some("  "), ..GOOD }, vec!["warning department.required"]),
        (Wanted { structure_id: None, ..GOOD }, vec!["warning structure-id.required"]),
        (Wanted { structure_id: Some("10B0152872"), ..GOOD }, vec!["warning test-identifier"]),
        (Wanted { department: Some("Paris"), ..GOOD }, vec!["warning department.shape"]),
        (Wanted { department: Some("Rhone (69)"), ..GOOD }, vec!["warning department.unknown"]),
        (Wanted { department: Some("Ailleurs (99)"), ..GOOD }, vec!["warning department.unlisted"]),
        (Wanted { department: Some("Corse-du-Sud (2A)"), ..GOOD }, vec!["info department.unconfirmed"]),
        (Wanted { country: Some("BE"), ..GOOD }, vec!["warning country.not-france"]),
        (Wanted { key: WantedKey::New { bits: 4096 }, ..GOOD }, vec!["warning key-strength.unconfirmed"]),
        (
            Wanted { key: WantedKey::Reused, plain_key: true, ..GOOD },
            vec!["warning key-reused", "warning plain-key"],
        ),
        (Wanted { common_name: "a;b", ..GOOD }, vec!["warning common-name.unusual"]),
        (
            Wanted { product: Product::ServConf, common_name: "boite@essai.fr", ..GOOD },
            vec!["info product-unconfirmed"],
        ),
        (
            Wanted { product: Product::PsAuth, common_name: "899700523527", structure_id: None, ..GOOD },
            vec!["warning product-without-csr"],
        ),
    ] {
        assert_eq!(told(&wanted), expected);
    }
}

#[test]
fn the_common_name_is_the_first_alternative_name() {
    let names = ["www.essai.fr".to_owned(), "ESSAI.fr".to_owned(), "www.essai.fr.".to_owned()];
    let wanted = Wanted { product: Product::ServSsl, common_name: "essai.fr", dns_names: &names, ..GOOD };
    assert_eq!(accept(&wanted).unwrap().alternative_names.dns(), ["essai.fr", "www.essai.fr"]);
    let crowd: Vec<String> = (0..300).map(|number| format!("s{number}.essai.fr")).collect();
    assert_eq!(refused(&Wanted { dns_names: &crowd, ..wanted }), ("san.too-many".into(), "dnsNames".into()));
    let addresses = ["autre@essai.fr".to_owned()];
    let wanted =
        Wanted { product: Product::ServSmime, common_name: "boite@essai.fr", emails: &addresses, ..GOOD };
    assert_eq!(accept(&wanted).unwrap().alternative_names.emails(), ["boite@essai.fr", "autre@essai.fr"]);
}

#[test]
fn a_key_that_exists_already_is_judged() {
    let judged = |name: &str| {
        let mut accepted = accept(&Wanted { key: WantedKey::Reused, ..GOOD }).unwrap();
        let request = RequestRecipe { key: name.into(), ..RequestRecipe::default() }.make();
        match accepted.judge_key(request.public_key()) {
            Ok(()) => remarks(&accepted.findings).join(", "),
            Err(error) => {
                assert_told(error.topic, &error.facts);
                format!("{} at {}", error.topic, error.field.unwrap())
            }
        }
    };
    assert_eq!(judged("leaf"), "warning key-reused, info platform-untried");
    assert_eq!(judged("rsa-1024"), "key-strength.weak at key.privateKey");
    assert_eq!(judged("exponent-1"), "weak-key.exponent at key.privateKey");
    assert_eq!(judged("roca"), "weak-key.roca at key.privateKey");
    assert_eq!(
        judged("exponent-3"),
        "warning key-reused, warning weak-key.small-exponent, info platform-untried"
    );
    assert_eq!(judged("rsa-4096"), "warning key-reused, info key-strength.larger, info platform-untried");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn nothing_typed_panics(
        texts in prop::collection::vec(any::<String>(), 7),
        product in prop::sample::select(Product::ALL),
        minimal_subject in any::<bool>(),
        bits in any::<u32>(),
    ) {
        let wanted = Wanted {
            product,
            country: Some(&texts[0]),
            department: Some(&texts[1]),
            organization: Some(&texts[2]),
            structure_id: Some(&texts[3]),
            common_name: &texts[4],
            dns_names: &texts[5..6],
            emails: &texts[6..],
            minimal_subject,
            key: WantedKey::New { bits },
            plain_key: false,
        };
        let _ = accept(&wanted);
        // One bad field at a time goes further.
        let _ = accept(&Wanted { common_name: &texts[4], ..GOOD });
        let _ = accept(&Wanted { organization: Some(&texts[2]), department: Some(&texts[1]), ..GOOD });
    }

    #[test]
    fn what_is_accepted_can_be_encoded(name in "[ -~À-ÿ]{0,70}") {
        if let Ok(accepted) = accept(&Wanted { common_name: &name, ..GOOD }) {
            prop_assert_eq!(accepted.subject.distinguished_name().common_name(), Some(name));
        }
    }
}

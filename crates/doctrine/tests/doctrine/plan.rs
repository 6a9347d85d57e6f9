//! What stands inside a plan: numbers, names, sources, cards, steps, facts.

use doctrine::{Plan, When, recommend};
use vocabulary::{Severity, Value};

use crate::common::ProfileText;

fn plan(profile: &str) -> Plan {
    let profile: ProfileText = toml::from_str(profile).unwrap();
    recommend(&profile.parse()).unwrap()
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(list) => list.join(", "),
        Value::Count(count) => count.to_string(),
        Value::Term(term) => (*term).to_owned(),
        Value::Date(moment) => moment.to_string(),
    }
}

#[test]
fn certificates_bear_the_numbers_given() {
    let plan = plan(
        r#"
        sector = "etablissement-public"
        legalEntities = [
            { id = "ch", finessEj = "010780054", sites = [{ id = "c", finessEt = "010000016" }] },
            { id = "sa", sector = "prive-lucratif", sites = [{ id = "p", finessEt = "2A0000014" }, { id = "q" }] },
            { id = "cab", sector = "radiologie-ville", rppsRang = ["10002813839010", "10002813839028"] },
            { id = "ed", sector = "hors-soins", siret = "18751275100020" },
        ]
        instances = [{ id = "i", name = "Proxy  MSS du groupe", services = ["mssante-bal", "ror"] }]
        "#,
    );
    let found: Vec<_> = plan
        .certificates
        .iter()
        .map(|one| (one.id.as_str(), one.structure_id.as_ref().map(|id| id.as_str().to_owned())))
        .collect();
    assert_eq!(
        found,
        [
            ("org-auth-cli/ch/i", Some("1010780054".to_owned())),
            ("org-auth-cli/sa/p/i", Some("12A0000014".to_owned())),
            ("org-auth-cli/sa/q/i", None),
            ("org-auth-cli/cab/i", Some("410002813839010".to_owned())),
            ("org-auth-cli/ed/i", Some("318751275100020".to_owned())),
        ]
    );
    for one in &plan.certificates {
        assert_eq!(one.common_name.suggestion(), Some("Proxy MSS du groupe"));
        assert_eq!(one.common_name.value(), None);
        assert_eq!(
            one.services.iter().map(|service| service.as_str()).collect::<Vec<_>>(),
            ["mssante-bal", "ror"]
        );
        let documents: Vec<_> = one.sources.iter().map(|source| source.document.id).collect();
        assert!(documents.contains(&"hop") && documents.contains(&"f413"), "{documents:?}");
    }
}

#[test]
fn ids_that_hold_the_separator_stay_apart() {
    let plan = plan(
        r#"
        sector = "prive-lucratif"
        legalEntities = [{ id = "a", sites = [{ id = "b/c" }, { id = "b%2Fc" }, { id = "b" }] }]
        instances = [
            { id = "c/d", name = "X", services = ["ror"], sites = ["b"] },
            { id = "d", name = "Y", services = ["ror"], sites = ["b/c", "b%2Fc"] },
        ]
        "#,
    );
    let ids: Vec<_> = plan.certificates.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["org-auth-cli/a/b/c%2Fd", "org-auth-cli/a/b%2Fc/d", "org-auth-cli/a/b%252Fc/d"]);
}

#[test]
fn installations_of_the_same_name_are_suggested_different_ones() {
    let plan = plan(
        r#"
        sector = "etablissement-public"
        legalEntities = [{ id = "ch", finessEj = "010780054", sites = [{ id = "a" }] }]
        instances = [
            { id = "1", name = "DPI", services = ["dmp"] },
            { id = "2", name = "dpi", services = ["dmp"] },
            { id = "3", name = "INSi auto", services = ["insi-auto", "dmp"] },
        ]
        "#,
    );
    let names: Vec<_> = plan
        .certificates
        .iter()
        .map(|one| {
            let name = &one.common_name;
            (one.instance.as_str(), one.product.as_str(), name.rule(), name.value().or(name.suggestion()))
        })
        .collect();
    assert_eq!(
        names,
        [
            ("1", "ORG_AUTH_CLI", "free", Some("DPI")),
            ("1", "ORG_SIGN", "free", Some("DPI")),
            ("2", "ORG_AUTH_CLI", "free", Some("dpi 2")),
            ("2", "ORG_SIGN", "free", Some("dpi 2")),
            ("3", "ORG_AUTH_CLI", "exact", Some("INSI-AUTO")),
            // A free name that INSi would be taken for is not suggested.
            ("3", "ORG_AUTH_CLI", "free", None),
            ("3", "ORG_SIGN", "free", None),
        ]
    );
}

#[test]
fn the_platform_card_says_where_to_click_and_what_to_type() {
    let plan = plan(
        r#"
        sector = "lbm-ville"
        legalEntities = [{ id = "selas", sites = [{ id = "s", name = "Laboratoire du Parc", finessEt = "590049011" }] }]
        instances = [{ id = "sgl", name = "SGL", services = ["insi-manu", "psig", "hprim-net", "pro-sante-connect"], fqdn = "sgl.exemple-sante.fr" }]
        "#,
    );
    let cards: Vec<Vec<_>> = plan
        .platform_cards
        .iter()
        .map(|card| {
            card.rows
                .iter()
                .map(|row| {
                    let note = row.note.as_ref().map(|note| note.topic.case);
                    (row.place.topic.case, row.value.as_deref(), row.copy, note)
                })
                .collect()
        })
        .collect();
    let card = |usage, offer, field: (&'static str, Option<&'static str>, bool, &'static str)| {
        vec![
            ("log-in", Some("https://pfc.eservices.esante.gouv.fr"), true, Some("log-in")),
            ("menu", None, false, None),
            ("offer", Some(offer), false, None),
            ("structure", Some("1590049011"), true, Some("structure-main-site")),
            ("new-product", None, false, Some("renewal")),
            ("usage", Some(usage), false, None),
            (field.0, field.1, field.2, Some(field.3)),
            ("contact-email", None, false, Some("contact-email")),
            ("informed-email", None, false, Some("informed-email")),
            ("csr", None, false, Some("csr")),
            ("finish", None, false, Some("finish")),
            ("revocation-code", None, false, Some("revocation-code")),
            ("accept", None, false, None),
            ("download", None, false, Some("download")),
        ]
    };
    assert_eq!(
        cards,
        [
            card("AUTH_CLI", "ORG", ("service-field", Some("INSI-MANU"), true, "insi-name")),
            card("AUTH_CLI", "ORG", ("service-field", Some("SGL"), true, "psc-name")),
            card("SSL_SERV", "SERV", ("fqdn-field", Some("sgl.exemple-sante.fr"), true, "fqdn")),
            card("S/MIME", "SERV", ("email-field", None, false, "email-missing")),
        ]
    );
    let ids: Vec<_> = plan.certificates.iter().map(|one| &one.id).collect();
    assert_eq!(plan.platform_cards.iter().map(|card| &card.certificate).collect::<Vec<_>>(), ids);
    for card in &plan.platform_cards {
        let structure = &card.rows[3].place.facts[0];
        assert_eq!((structure.name, text(&structure.value).as_str()), ("structure", "Laboratoire du Parc"));
    }
}

#[test]
fn the_card_warns_of_the_exact_structure() {
    let note = |sector: &str, entity: &str| {
        let plan = plan(&format!(
            r#"
            sector = "{sector}"
            legalEntities = [{{ id = "e", {entity} }}]
            instances = [{{ id = "i", name = "I", services = ["ror"] }}]
            "#
        ));
        let row = &plan.platform_cards[0].rows[3];
        (row.value.clone(), row.note.as_ref().unwrap().topic.case)
    };
    let one = |text: &str| Some(text.to_owned());
    assert_eq!(note("etablissement-public", "finessEj = '010780054'"), (one("1010780054"), "structure-ej"));
    assert_eq!(
        note("officine", "sites = [{ id = 's', finessEt = '010000016' }]"),
        (one("1010000016"), "structure-et")
    );
    assert_eq!(
        note("cabinet-ville", "siret = '73282932000074'"),
        (one("373282932000074"), "structure-siret")
    );
    assert_eq!(
        note("radiologie-ville", "rppsRang = ['10002813839010']"),
        (one("410002813839010"), "structure-rpps-rang")
    );
    assert_eq!(note("officine", "sites = [{ id = 's' }]"), (None, "structure-missing"));
}

#[test]
fn steps_have_people_forms_delays_and_links() {
    let plan = plan(
        r#"
        sector = "etablissement-public"
        administrator = "editeur"
        legalEntities = [{ id = "ch", finessEj = "010780054", sites = [{ id = "a" }] }]
        instances = [{ id = "i", name = "I", services = ["ror", "serveur-web"], fqdn = "i.exemple-sante.fr" }]
        "#,
    );
    let found: Vec<_> = plan
        .steps
        .iter()
        .map(|step| {
            let duration = step.duration.as_ref().map(|line| line.topic.case);
            (step.code.as_str(), step.who.as_str(), step.forms.join("+"), duration)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("annuaire-known", "representant-legal", String::new(), Some("ten-minutes")),
            ("contract", "representant-legal", "101".to_owned(), None),
            ("editor-contract", "editeur", "102".to_owned(), None),
            ("legal-representative-card", "representant-legal", "101".to_owned(), Some("post")),
            ("mandataire", "representant-legal", "301+502".to_owned(), None),
            ("administrator-card", "editeur", "301".to_owned(), Some("post")),
            ("f413", "representant-legal", "413".to_owned(), Some("form")),
            ("ans-processing", "ans", String::new(), Some("three-working-days")),
            ("order", "administrateur-technique", String::new(), Some("fifteen-minutes")),
            ("withdraw", "administrateur-technique", String::new(), None),
            ("install", "administrateur-technique", String::new(), None),
            ("alarm", "administrateur-technique", String::new(), None),
        ]
    );
    let f413 = plan.steps.iter().find(|step| step.code.as_str() == "f413").unwrap();
    let urls: Vec<_> = f413.links.iter().map(|link| link.url).collect();
    assert_eq!(
        urls,
        [
            "https://esante.gouv.fr/documents/413",
            "https://www.demarches-simplifiees.fr/commencer/f413",
            "mailto:monserviceclient.certificats@esante.gouv.fr",
        ]
    );
    let fact = |name: &str| text(&f413.line.facts.iter().find(|fact| fact.name == name).unwrap().value);
    assert_eq!(
        (fact("offers"), fact("number"), fact("certificates")),
        ("ORG, SERV".to_owned(), "number.ej".to_owned(), "2".to_owned())
    );
    assert!(plan.steps.iter().all(|step| !step.sources.is_empty()));
}

#[test]
fn notices_name_what_they_concern() {
    let plan = plan(
        r#"
        sector = "lbm-ville"
        on = "2028-01-01"
        legalEntities = [
            { id = "a", name = "SELAS A", sites = [{ id = "a1" }, { id = "a2", name = "Parc" }] },
            { id = "b", sites = [{ id = "b1", finessEt = "590049011", main = true }, { id = "b2" }] },
        ]
        instances = [{ id = "sgl", name = "SGL", services = ["psig", "ror"] }, { id = "web", name = "", services = ["serveur-web"] }]
        "#,
    );
    let find = |code: &str| plan.notices.iter().filter(|notice| notice.code() == code).collect::<Vec<_>>();
    let fact = |notice: &vocabulary::Finding, name: &str| {
        text(&notice.facts.iter().find(|fact| fact.name == name).unwrap().value)
    };
    let missing = find("main-site-missing");
    assert_eq!(missing.len(), 1);
    assert_eq!(fact(missing[0], "entity"), "SELAS A");
    let numbers = find("number-missing");
    assert_eq!(numbers.len(), 1);
    assert_eq!(
        (fact(numbers[0], "entity"), fact(numbers[0], "sites"), fact(numbers[0], "count")),
        ("SELAS A".to_owned(), "a1, Parc".to_owned(), "2".to_owned())
    );
    let servers: Vec<_> = find("fqdn-missing").into_iter().map(|notice| fact(notice, "instance")).collect();
    assert_eq!(servers, ["SGL", "web"]);
    assert_eq!(fact(find("no-sharing-across-legal-entities")[0], "entities"), "SELAS A, b");
    assert_eq!(fact(find("one-key-per-instance")[0], "instances"), "SGL, web");
    assert_eq!(fact(find("rules-outdated")[0], "date"), "2026-11-01T00:00:00Z");
    let severities: Vec<_> = plan.notices.iter().map(|notice| notice.severity).collect();
    assert!(severities.is_sorted_by(|a, b| a >= b), "{severities:?}");
    assert_eq!(severities.iter().filter(|severity| **severity == Severity::Error).count(), 3);
    assert!(plan.notices.iter().all(|notice| !notice.sources.is_empty()));
}

#[test]
fn severities_are_those_of_the_contract() {
    let expected = [
        ("private-ej-announced", Severity::Info),
        ("contract-unforeseen", Severity::Warning),
        ("no-sharing-across-legal-entities", Severity::Warning),
        ("no-editor-certificate", Severity::Warning),
        ("main-site-missing", Severity::Error),
        ("main-site-ambiguous", Severity::Error),
        ("number-missing", Severity::Warning),
        ("insi-dedicated-name", Severity::Info),
        ("one-key-per-instance", Severity::Warning),
        ("dmp-finess-metadata", Severity::Info),
        ("measurement-period", Severity::Info),
        ("dossier-pharmaceutique-product", Severity::Warning),
        ("psc-client-id", Severity::Warning),
        ("rpps-rang-second-form", Severity::Info),
        ("implicit-contract", Severity::Info),
        ("fqdn-missing", Severity::Error),
        ("email-missing", Severity::Error),
        ("keep-existing", Severity::Info),
        ("hospital-certificate-usable", Severity::Info),
        ("site-without-cps", Severity::Info),
        ("domain-owner-letter", Severity::Info),
        ("rules-outdated", Severity::Warning),
    ];
    let mut seen = std::collections::BTreeMap::new();
    for case in ["sectors", "needs", "notices"].into_iter().flat_map(crate::common::cases) {
        for notice in recommend(&case.profile.parse()).unwrap().notices {
            seen.insert(notice.code(), notice.severity);
        }
    }
    for (code, severity) in expected {
        assert_eq!(seen.get(code), Some(&severity), "{code}");
    }
}

#[test]
fn options_say_when_and_why() {
    let plan = plan(
        r#"
        sector = "etablissement-public"
        contract = "et"
        legalEntities = [{ id = "ch", sites = [{ id = "a" }] }]
        instances = [{ id = "i", name = "I", services = ["ror"] }]
        "#,
    );
    let found: Vec<_> = plan.options.iter().map(|option| (option.when, option.reason.topic.case)).collect();
    assert_eq!(
        found,
        [(When::Now, "public-ej"), (When::Now, "et-until-renewal"), (When::AtRenewal, "ej-at-renewal"),]
    );
    assert!(plan.options.iter().all(|option| !option.sources.is_empty()));
}

#[test]
fn a_profile_beyond_measure_is_refused() {
    let sites: Vec<_> = (0..2_600).map(|at| format!("{{ id = 's{at}' }}")).collect();
    let profile: ProfileText = toml::from_str(&format!(
        r#"
        sector = "prive-lucratif"
        legalEntities = [{{ id = "e", sites = [{}] }}]
        instances = [{{ id = "i", name = "I", services = ["ror"] }}, {{ id = "j", name = "J", services = ["ror"] }}]
        "#,
        sites.join(", ")
    ))
    .unwrap();
    let error = recommend(&profile.parse()).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.topic.case),
        ("invalid-profile at instances[1]", "too-large")
    );
}

#[test]
fn long_lists_are_cut() {
    let entities: Vec<_> = (0..40).map(|at| format!("{{ id = 'e{at}' }}")).collect();
    let plan = plan(&format!(
        r#"
        sector = "etablissement-public"
        legalEntities = [{}]
        instances = [{{ id = "i", name = "I", services = ["ror"] }}]
        "#,
        entities.join(", ")
    ));
    let notice = plan.notices.iter().find(|one| one.code() == "no-sharing-across-legal-entities").unwrap();
    let fact = |name: &str| text(&notice.facts.iter().find(|fact| fact.name == name).unwrap().value);
    assert_eq!(fact("entities"), "e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, …");
    assert_eq!(fact("count"), "40");
    assert_eq!(plan.certificates.len(), 40);
}

#[test]
fn the_largest_plan_is_made_without_delay() {
    let names: Vec<_> =
        (0..1_250).map(|at| format!("{{ id = 'i{at}', name = 'DPI', services = ['dmp'] }}")).collect();
    let start = std::time::Instant::now();
    let plan = plan(&format!(
        r#"
        sector = "etablissement-public"
        legalEntities = [{{ id = "a" }}, {{ id = "b" }}]
        instances = [{}]
        "#,
        names.join(", ")
    ));
    assert_eq!(plan.certificates.len(), 5_000);
    // A debug build on a busy machine; quadratic work would take minutes.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

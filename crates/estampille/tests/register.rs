//! The register as the page and the npm package use it.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::fs;
use std::path::PathBuf;

use estampille::contract::{FinessHit, FinessOptions, Refusal};
use estampille::register::{Builder, Register};
use messages::Locale;
use vocabulary::{Bearer, Timestamp};

const SITES: &str = "finess;etalab;111;2026-05-12\n\
structureet;010000024;010780054;CH DES ESSAIS;CENTRE HOSPITALIER DES ESSAIS;;;1;R;X;;;451;01;AIN;01440 VIRIAT;;;355;Centre Hospitalier (C.H.);1102;;26010004500012;;;;1;;;;;\n\
structureet;010000032;010780054;LES LILAS;RESIDENCE LES LILAS;;;1;R;X;;;451;01;AIN;01300 BELLEY;;;500;EHPAD;4401;;;;;;;;;;;\n\
structureet;690000011;690000003;LBM STE CLAIRE;;;;1;R;X;;;001;69;RHONE;69003 LYON 3EME;;;611;Laboratoire;3101;;81234567800017;;;;;;;;;\n\
structureet;690000029;690000003;LBM GERLAND;;;;1;R;X;;;001;69;RHONE;69007 LYON 7EME;;;611;Laboratoire;3101;;81234567800025;;;;;;;;;\n\
structureet;750000018;750000026;CLINIQUE DES ESSAIS;;;;1;R;X;;;001;75;PARIS;75012 PARIS;;;365;Pluridisciplinaire;1110;;;;;;9;;;;;\n\
structureet;750000034;750000042;IMAGERIE DES ESSAIS;;;;1;R;X;;;001;75;PARIS;75012 PARIS;;;698;Autre;1205;;;;;;0;;;;;\n";

const ENTITIES: &str = "finess;etalab;111;2026-05-10\n\
structureej;010780054;CH DES ESSAIS;CENTRE HOSPITALIER DES ESSAIS;;1;R;X;;;;451;01440 VIRIAT;01;AIN;;13;Public;;;260100045;;\n\
structureej;690000003;SELAS DES RIVES;;;1;R;X;;;;001;69003 LYON;69;RHONE;;91;SELAS;;;812345678;;\n\
structureej;750000026;CLINIQUE SA;;;1;R;X;;;;001;75012 PARIS;75;PARIS;;73;SA;;;;;\n";

fn both() -> Register {
    Register::build(Locale::Fr, &[SITES.as_bytes(), ENTITIES.as_bytes()], |_| ()).unwrap().0
}

fn sector(register: &Register, number: &str) -> (Option<String>, String) {
    let hit = register.get(Locale::Fr, number).unwrap();
    (hit.sector.map(|sector| sector.into_owned()), hit.sector_reason.unwrap().code.into_owned())
}

fn numbers(hits: &[FinessHit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.number.as_str()).collect()
}

#[test]
fn from_files_to_cards() {
    let mut told = Vec::new();
    let sources: [&[u8]; 2] = [SITES.as_bytes(), ENTITIES.as_bytes()];
    let (register, findings) = Register::build(Locale::Fr, &sources, |octets| told.push(octets)).unwrap();
    assert_eq!(told, [SITES.len() as u64, (SITES.len() + ENTITIES.len()) as u64]);
    assert_eq!((register.size().ej, register.size().et), (4, 6));
    assert_eq!(register.date(), Some("2026-05-10"), "no younger than the older of the two");
    let codes: Vec<_> = findings.iter().map(|finding| finding.code.as_ref()).collect();
    assert_eq!(codes, ["register-read", "register-without-entities"], "one entity has no row of its own");

    let site = register.get(Locale::Fr, "010 000 024").unwrap();
    assert_eq!(
        (site.kind.as_ref(), site.name.as_str(), site.short_name.as_deref()),
        ("et", "CENTRE HOSPITALIER DES ESSAIS", Some("CH DES ESSAIS"))
    );
    assert_eq!(
        (site.city.as_deref(), site.postcode.as_deref(), site.department.as_deref()),
        (Some("VIRIAT"), Some("01440"), Some("01"))
    );
    assert_eq!(
        (site.category_code.as_deref(), site.category_label.as_deref()),
        (Some("355"), Some("Centre Hospitalier (C.H.)"))
    );
    assert_eq!(
        (site.siret.as_deref(), site.ej.as_deref(), site.et_count),
        (Some("26010004500012"), Some("010780054"), None)
    );
    let entity = register.get(Locale::Fr, "010780054").unwrap();
    assert_eq!(
        (entity.kind.as_ref(), entity.siren.as_deref(), entity.et_count, entity.open),
        ("ej", Some("260100045"), Some(2), true)
    );
    assert_eq!(numbers(&register.sites("010780054")), ["010000024", "010000032"]);
    assert!(register.sites("010000024").is_empty() && register.sites("x").is_empty());
    assert_eq!(register.get(Locale::Fr, "010000016"), None);
    assert_eq!(register.get(Locale::Fr, "bonjour"), None);
}

#[test]
fn sectors_are_proposed_with_their_reason_or_asked() {
    let register = both();
    assert_eq!(
        sector(&register, "010000024"),
        (Some("etablissement-public".to_owned()), "sector-proposed".to_owned())
    );
    assert_eq!(
        sector(&register, "010780054").0.as_deref(),
        Some("etablissement-public"),
        "by its legal status"
    );
    assert_eq!(sector(&register, "010000032").0.as_deref(), Some("medico-social"));
    assert_eq!(sector(&register, "690000003").0.as_deref(), Some("lbm-ville"), "as all its sites");
    // The site's code tells nothing, the status of its entity does.
    assert_eq!(sector(&register, "750000018").0.as_deref(), Some("prive-lucratif"));
    assert_eq!(sector(&register, "750000034"), (None, "sector-to-choose".to_owned()));
    // Without the file of the entities it is asked.
    let (sites, findings) = Register::build(Locale::Fr, &[SITES.as_bytes()], |_| ()).unwrap();
    assert_eq!(sector(&sites, "750000018"), (None, "sector-to-choose".to_owned()));
    assert!(findings.iter().any(|finding| finding.code == "register-without-entities"));
    let reason = register.get(Locale::En, "750000018").unwrap().sector_reason.unwrap();
    assert_eq!(
        reason.detail.as_deref(),
        Some(
            "The FINESS register gives category 365, Pluridisciplinaire, and legal status 73: private for-profit."
        )
    );
    assert!(!reason.sources.is_empty());
}

#[test]
fn an_index_is_saved_and_loaded() {
    let register = both();
    let again = Register::load(register.save().to_vec()).unwrap();
    for query in ["essais", "labo gerland", "750000018", "ehpad lilas"] {
        let options = FinessOptions::default();
        let found = register.search(query, &options).unwrap();
        assert!(!found.is_empty());
        assert_eq!(found, again.search(query, &options).unwrap());
    }
    let only =
        FinessOptions { kind: Some("et".to_owned()), department: Some(" 75 ".to_owned()), limit: Some(1) };
    assert_eq!(numbers(&register.search("essais", &only).unwrap()), ["750000018"]);
    let wrong = FinessOptions { kind: Some("site".to_owned()), ..FinessOptions::default() };
    let refused = register.search("essais", &wrong).unwrap_err();
    assert_eq!((refused.code(), refused.field.as_deref()), ("invalid-input", Some("options.kind")));

    let mut damaged = register.save().to_vec();
    let place = damaged.len() / 2;
    damaged[place] ^= 1;
    let mut older = register.save().to_vec();
    older[8] = 200;
    for (bytes, case) in
        [(damaged, ""), (older, "version"), (b"<html>".to_vec(), "other"), (Vec::new(), "other")]
    {
        let refused = Register::load(bytes).unwrap_err();
        assert_eq!((refused.code(), refused.topic.case), ("bad-index", case));
        for locale in Locale::ALL {
            let text = Refusal::new(locale, &refused);
            assert!(text.action.is_some() && !text.message().contains("  "), "{text:?}");
        }
    }
}

#[test]
fn a_wrong_file_is_named_and_what_was_loaded_stays() {
    let register = both();
    let cases: [(&[u8], &str, &str); 9] = [
        (b"", "not-a-register", "empty"),
        (b"<!DOCTYPE html>", "not-a-register", "html"),
        (b"PK\x03\x04", "not-a-register", "archive"),
        (register.save(), "not-a-register", "index"),
        (b"nom;ville\nA;B\n", "not-a-register", "table"),
        (br#"{"records":[]}"#, "not-a-register", "json"),
        (br#"[]"#, "not-a-register", "json-unnamed"),
        (br#"{"pmej":["#, "register-truncated", ""),
        (b"finess;etalab;1;2026-01-01\n", "register-without-structure", ""),
    ];
    for (bytes, code, case) in cases {
        let refused = Register::build(Locale::Fr, &[SITES.as_bytes(), bytes], |_| ()).unwrap_err();
        assert_eq!((refused.code(), refused.topic.case), (code, case));
        assert_eq!(refused.field.as_deref(), Some("sources[1]"));
        for locale in Locale::ALL {
            let text = Refusal::new(locale, &refused);
            assert!(text.action.is_some(), "{code}.{case}");
            assert!(!text.message().contains('{') || case == "json", "{text:?}");
        }
    }
    assert_eq!(Register::build(Locale::Fr, &[], |_| ()).unwrap_err().code(), "register-without-source");
    assert_eq!(register.search("gerland", &FinessOptions::default()).unwrap().len(), 1);
}

#[test]
fn a_builder_is_driven_piece_by_piece() {
    let mut builder = Builder::new();
    for text in [SITES, ENTITIES] {
        for piece in text.as_bytes().chunks(50) {
            builder.feed(piece).unwrap();
        }
        builder.end_source().unwrap();
    }
    assert_eq!(builder.octets(), (SITES.len() + ENTITIES.len()) as u64);
    assert_eq!(builder.finish(Locale::Fr).unwrap().0.save(), both().save());
    // A file that was not said to end is ended.
    let mut builder = Builder::new();
    builder.feed(SITES.as_bytes()).unwrap();
    assert_eq!(builder.finish(Locale::Fr).unwrap().0.size().et, 6);
    assert_eq!(Builder::new().finish(Locale::Fr).unwrap_err().code(), "register-without-source");
}

#[test]
fn a_register_says_how_old_it_is() {
    let codes = |register: &Register, now: &str| -> Vec<String> {
        let now = Timestamp::parse(now).unwrap();
        register.state(Locale::Fr, now).iter().map(|finding| finding.code.clone().into_owned()).collect()
    };
    let register = both();
    assert!(!codes(&register, "2027-05-10").contains(&"register-outdated".to_owned()));
    assert!(codes(&register, "2027-05-11").contains(&"register-outdated".to_owned()));
    let undated = SITES.split_once('\n').unwrap().1;
    let (register, _) = Register::build(Locale::Fr, &[undated.as_bytes()], |_| ()).unwrap();
    assert_eq!(register.date(), None);
    assert!(codes(&register, "2026-11-20").contains(&"register-outdated".to_owned()));
}

#[test]
fn a_number_that_is_typed_is_held_against_it() {
    let register = both();
    let judged = |number: &str, bearer: Bearer| {
        let found = register.judge(Locale::Fr, number, bearer);
        found.iter().map(|finding| format!("{} {}", finding.severity, finding.code)).collect::<Vec<_>>()
    };
    assert_eq!(judged("010 780 054", Bearer::Ej), ["ok finess-kind"]);
    assert_eq!(judged("010000024", Bearer::Et), ["ok finess-kind"]);
    assert_eq!(judged("010000024", Bearer::Ej), ["error finess-kind"]);
    assert_eq!(judged("010780054", Bearer::EtAuChoix), ["error finess-kind"]);
    assert_eq!(judged("750712184", Bearer::Ej), ["warning finess-not-in-register"]);
    assert_eq!(judged("010780054", Bearer::Siret), [""; 0]);
    assert_eq!(judged("bonjour", Bearer::Ej), [""; 0]);
    assert_eq!(judged("0B0152872", Bearer::Et), [""; 0]);
    // The numbers of the made-up laboratories have no right key: those of a real shape are judged by `record` alone.
    let text = SITES.replace("690000003", "010780054");
    let (labs, _) = Register::build(Locale::Fr, &[text.as_bytes(), ENTITIES.as_bytes()], |_| ()).unwrap();
    let said = labs.judge(Locale::Fr, "010780054", Bearer::EtSitePrincipal).remove(0);
    assert_eq!(
        said.title,
        "Ce numéro est celui de l'entité juridique\u{202f}; il faut celui du site principal"
    );
    assert!(
        said.detail.as_deref().is_some_and(
            |detail| detail.contains("4 établissements") && detail.contains("690000011 LBM STE CLAIRE")
        ),
        "{said:?}"
    );
    let said = labs.judge(Locale::Fr, "010000024", Bearer::Ej).remove(0);
    assert!(
        said.detail
            .as_deref()
            .is_some_and(|detail| detail.ends_with("010780054 CENTRE HOSPITALIER DES ESSAIS.")),
        "{said:?}"
    );
}

#[test]
fn lines_left_out_and_lost_accents_are_told() {
    let text = format!(
        "{SITES}structureet;coupée\nstructureet;010000040;010780054;H\u{c3}\u{b4}PITAL;;;;;;;;;;01;;01440 VIRIAT;;;355;;;;;;;;;;;;;\n"
    );
    let (_, findings) = Register::build(Locale::Fr, &[text.as_bytes()], |_| ()).unwrap();
    let titles: Vec<_> = findings.iter().map(|finding| finding.title.as_str()).collect();
    assert!(titles.contains(&"1 ligne n'a pas été lue"), "{titles:?}");
    assert!(titles.contains(&"1 nom a perdu ses accents"), "{titles:?}");
}

#[test]
fn the_real_register() {
    let root = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures")),
        PathBuf::from,
    );
    let path = root.join("finess/etalab-cs1100502-rebuilt-2021-01-08.csv.gz");
    let Ok(bytes) = fs::read(&path) else {
        println!("REGISTER ABSENT, NOTHING VERIFIED: {}", path.display());
        return;
    };
    let (register, _) = Register::build(Locale::Fr, &[&bytes], |_| ()).unwrap();
    let first =
        |query: &str| register.search(query, &FinessOptions::default()).unwrap().into_iter().next().unwrap();
    let hospital = first("ch fleyriat viriat");
    assert_eq!(
        (hospital.number.as_str(), hospital.sector.as_deref()),
        ("010000024", Some("etablissement-public"))
    );
    assert_eq!(first("pharmacie de gex").sector.as_deref(), Some("officine"));
    // Half of the register has a sector; imaging has none.
    let every = register
        .search("imagerie medicale", &FinessOptions { limit: Some(200), ..FinessOptions::default() })
        .unwrap();
    assert!(
        every
            .iter()
            .filter(|hit| matches!(hit.category_code.as_deref(), Some("698" | "699")))
            .all(|hit| hit.sector.is_none())
    );
}

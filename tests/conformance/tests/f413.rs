//! The PDF of the F413, as poppler reads it: every field of every sheet, word for word and in order.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use conformance::{Folder, pdfinfo, pdftotext};
use estampille::{
    contract::{F413, F413Domain, F413Input, F413Person, LegalEntity, OrderProfile, Site, SoftwareInstance},
    f413,
};
use messages::Locale;
use vocabulary::Timestamp;

const NOW: &str = "2026-11-21T10:00:00Z";

fn owned(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn person(role: Option<&str>, last: &str, first: &str, card: &str) -> F413Person {
    F413Person {
        role: role.map(str::to_owned),
        card_number: owned(card),
        last_name: owned(last),
        first_name: owned(first),
        phone: owned("0495290000"),
        email: owned("certificats@ch-exemple.fr"),
    }
}

struct Structure<'a> {
    sector: &'a str,
    name: &'a str,
    ej: Option<&'a str>,
    siret: Option<&'a str>,
    rpps: &'a [&'a str],
    sites: &'a [(&'a str, &'a str)],
    role: &'a str,
    services: &'a [&'a str],
}

fn input(of: &Structure<'_>) -> F413Input {
    let site = |(at, (name, number)): (usize, &(&str, &str))| Site {
        id: Some(format!("s{at}")),
        name: owned(name),
        finess_et: (!number.is_empty()).then(|| (*number).to_owned()),
        main: Some(at == 0),
    };
    let entity = LegalEntity {
        id: owned("e"),
        name: owned(of.name),
        finess_ej: of.ej.map(str::to_owned),
        siret: of.siret.map(str::to_owned),
        rpps_rang: Some(of.rpps.iter().map(|number| (*number).to_owned()).collect()),
        sites: Some(of.sites.iter().enumerate().map(site).collect()),
        ..LegalEntity::default()
    };
    let instance = SoftwareInstance {
        id: owned("i"),
        name: owned("Dossier patient ŒNOPHILE « Évolué »"),
        services: Some(of.services.iter().map(|service| (*service).to_owned()).collect()),
        fqdn: owned("ms.ch-exemple.fr"),
        email: owned("messagerie@ch-exemple.fr"),
        ..SoftwareInstance::default()
    };
    F413Input {
        profile: Some(OrderProfile {
            sector: owned(of.sector),
            legal_entities: Some(vec![entity]),
            instances: Some(vec![instance]),
            on: owned("2026-11-21"),
            ..OrderProfile::default()
        }),
        signatory: Some(person(
            Some(of.role),
            "LÉVÊQUE-D'ŒUVRE de la FRANÇAISE-NOËL-AŸ",
            "Anaïs Zoë",
            "2000000001",
        )),
        administrators: Some(vec![
            person(None, "MARTIN", "Éléonore", "2000000002"),
            person(None, "NGUYỄN-ŞAHİN", "Łucja", "2000000003"),
        ]),
        editor: owned("Éditeur d'Exemple & Fils (SA) — 100 %"),
        domain: Some(F413Domain::default()),
        ..F413Input::default()
    }
}

const SIX: [Structure<'static>; 6] = [
    Structure {
        sector: "etablissement-public",
        name: "CENTRE HOSPITALIER DE LA MISÉRICORDE D'AJACCIO ET DU GOLFE",
        ej: Some("2A0000014"),
        siret: None,
        rpps: &[],
        sites: &[("Site", "")],
        role: "mandataire",
        services: &["dmp", "insi-auto", "mssante-operateur"],
    },
    Structure {
        sector: "prive-lucratif",
        name: "SAS CLINIQUES DE BASTIA",
        ej: None,
        siret: None,
        rpps: &[],
        sites: &[
            ("Clinique Maymard", "2B0000046"),
            ("Clinique Saint-Antoine du Cap Corse, 40 lits et places", "2B0000053"),
        ],
        role: "representant-legal",
        services: &["dmp", "hprim-net"],
    },
    Structure {
        sector: "lbm-ville",
        name: "SELAS LABORATOIRE DES SŒURS DE L'ÎLE",
        ej: None,
        siret: None,
        rpps: &[],
        sites: &[("Siège", "970100228"), ("Annexe", "970100236")],
        role: "representant-legal",
        services: &["insi-auto", "dmp"],
    },
    Structure {
        sector: "officine",
        name: "PHARMACIE DE L'ÉCLUSE",
        ej: None,
        siret: None,
        rpps: &[],
        sites: &[("Pharmacie", "590049011")],
        role: "titulaire",
        services: &["dossier-pharmaceutique"],
    },
    Structure {
        sector: "radiologie-ville",
        name: "CABINET DE RADIOLOGIE DU PORT",
        ej: None,
        siret: None,
        rpps: &["RPPS1", "RPPS2", "RPPS3", "RPPS4", "RPPS5"],
        sites: &[("Cabinet", "")],
        role: "titulaire",
        services: &["dmp"],
    },
    Structure {
        sector: "hors-soins",
        name: "GIP E-SANTÉ OCÉAN INDIEN",
        ej: None,
        siret: Some("73282932000074"),
        rpps: &[],
        sites: &[],
        role: "representant-legal",
        services: &["serveur-web", "ror"],
    },
];

/// A number with the key it needs: of a FINESS or a RPPS-rang whose last digit was made up.
fn with_key(kind: &str, number: &str) -> String {
    let is_valid = |text: &str| estampille::identifier::parse(Locale::Fr, kind, text).unwrap().valid;
    if is_valid(number) {
        return number.to_owned();
    }
    let stem = &number[..number.len() - 1];
    (0..10).map(|key| format!("{stem}{key}")).find(|text| is_valid(text)).expect("a key fits")
}

fn rpps_rang(at: usize) -> String {
    let rpps = with_key("rpps", &format!("1000001234{at}"));
    format!("{rpps}00{at}")
}

fn prepared(of: &Structure<'_>, locale: Locale) -> F413 {
    let mut input = input(of);
    for entity in input.profile.iter_mut().flat_map(|profile| profile.legal_entities.iter_mut().flatten()) {
        entity.finess_ej = entity.finess_ej.take().map(|number| with_key("finess", &number));
        for site in entity.sites.iter_mut().flatten() {
            site.finess_et = site.finess_et.take().map(|number| with_key("finess", &number));
        }
        for (at, number) in entity.rpps_rang.iter_mut().flatten().enumerate() {
            *number = rpps_rang(at);
        }
    }
    f413::prepare(locale, Timestamp::parse(NOW).unwrap(), &input)
        .unwrap_or_else(|error| panic!("{}: {error}", of.sector))
}

/// As one reads: any run of spaces is one.
fn plain(text: &str) -> String {
    text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What the fonts have of it.
fn written(text: &str) -> String {
    let replaced = |c: char| match c {
        'ễ' => 'ê',
        'Ễ' => 'E',
        'Ş' => 'S',
        'İ' => 'I',
        'Ł' => 'L',
        other => other,
    };
    plain(text).chars().map(replaced).collect()
}

#[test]
fn the_text_of_the_file_is_the_sheets() {
    let (Some(judge), Some(info)) = (pdftotext(), pdfinfo()) else { return };
    for locale in Locale::ALL {
        for of in &SIX {
            let result = prepared(of, locale);
            let folder = Folder::new();
            folder.write("f413.pdf", &result.pdf.0);
            let text = judge.demand(folder.path(), &["-raw", "-enc", "UTF-8", "f413.pdf", "-"], b"").text();
            let text = without_feet(&text, locale);
            let mut rest = text.as_str();
            for sheet in &result.sheets {
                rest = after(rest, &sheet.title, of.sector);
                let mut section = "";
                for field in &sheet.fields {
                    if field.section != section {
                        section = &field.section;
                        rest = after(rest, section, of.sector);
                    }
                    // Nothing of another field between a label and its value.
                    let value = written(&field.value);
                    let joined = if value.is_empty() {
                        field.label.clone()
                    } else {
                        format!("{} {value}", field.label)
                    };
                    rest = after(rest, &joined, of.sector);
                }
                for paragraph in &sheet.next {
                    rest = after(rest, paragraph, of.sector);
                }
            }
            assert_eq!(plain(rest), "", "{}: nothing after the last sheet", of.sector);
            let said = info.demand(folder.path(), &["f413.pdf"], b"").text();
            let title = if locale == Locale::Fr {
                "Préparation du formulaire F413"
            } else {
                "Preparing the form F413"
            };
            assert!(said.contains(title), "{said}");
            assert!(said.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{said}");
            assert!(said.contains("A4") && said.contains("2026"), "{said}");
            // A language is where readers look for it.
            let lang = format!("/Lang ({})", locale.tag());
            assert!(result.pdf.0.windows(lang.len()).any(|window| window == lang.as_bytes()), "{lang}");
        }
    }
}

/// The same order gives the same octets, and another order others.
#[test]
fn the_same_order_gives_the_same_file() {
    let file = |of: &Structure<'_>| prepared(of, Locale::Fr).pdf.0;
    assert_eq!(file(&SIX[0]), file(&SIX[0]));
    assert_ne!(file(&SIX[0]), file(&SIX[1]));
}

#[test]
fn letters_that_the_fonts_have_not_are_named() {
    let result = prepared(&SIX[0], Locale::Fr);
    let letters = result.sheets[0]
        .fields
        .iter()
        .flat_map(|field| &field.findings)
        .filter(|one| one.code == "f413-letters");
    let said: Vec<&str> = letters.map(|one| one.title.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains('Ş') && said[0].contains('İ') && said[1].contains('Ł'), "{said:?}");
}

#[test]
fn a_form_for_each_number() {
    let titles = |at: usize| {
        prepared(&SIX[at], Locale::Fr).sheets.into_iter().map(|sheet| sheet.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(0).len(), 1);
    assert_eq!(titles(1).len(), 2, "one a site");
    assert_eq!(titles(2).len(), 1, "the main site only");
    assert_eq!(titles(4).len(), 2, "a fifth RPPS-rang");
    assert!(titles(4)[1].contains("2 sur 2"), "{:?}", titles(4));
}

fn after<'a>(text: &'a str, wanted: &str, sector: &str) -> &'a str {
    let wanted = plain(wanted);
    let at = text.find(&wanted).unwrap_or_else(|| panic!("{sector}: « {wanted} » is not in\n{text}"));
    &text[at + wanted.len()..]
}

/// The text without what stands at the foot of each page.
fn without_feet(text: &str, locale: Locale) -> String {
    let of = if locale == Locale::Fr { "sur" } else { "of" };
    let is_foot = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        matches!(words.as_slice(), ["Page", page, between, pages]
            if *between == of && page.parse::<u32>().is_ok() && pages.parse::<u32>().is_ok())
    };
    let pages = text.matches('\u{c}').count();
    let feet = text.lines().filter(|line| is_foot(line.trim_start_matches('\u{c}'))).count();
    assert_eq!(feet, pages, "a foot on every page");
    plain(
        &text
            .lines()
            .filter(|line| !is_foot(line.trim_start_matches('\u{c}')))
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

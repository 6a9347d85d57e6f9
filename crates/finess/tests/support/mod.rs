//! Files of the register: made up, generated, and real ones where they are.

// Each test takes its own part of this; helpers of tests may break off.
#![allow(dead_code, clippy::unwrap_used, clippy::print_stdout)]

use std::fs;
use std::path::PathBuf;

use finess::{Index, Rows, Source, SourceError, SourceReport};

/// A file of the real register: `ESTAMPILLE_REAL_DATA`, or `shared/fixtures` beside the project.
pub(crate) fn real(name: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures")),
        PathBuf::from,
    );
    let path = root.join("finess").join(name);
    match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            println!("REGISTER ABSENT, NOTHING VERIFIED: {}: {error}", path.display());
            None
        }
    }
}

/// Reads one file in pieces of this size.
pub(crate) fn read(bytes: &[u8], piece: usize, rows: &mut Rows) -> Result<SourceReport, SourceError> {
    let mut source = Source::new();
    for part in bytes.chunks(piece) {
        source.feed(part, rows)?;
    }
    source.finish(rows)
}

/// The index of these files.
pub(crate) fn index(files: &[&[u8]]) -> Index {
    let mut rows = Rows::new();
    let mut date = None;
    for file in files {
        let report = read(file, 64 * 1024, &mut rows).unwrap();
        date = date.max(report.date);
    }
    Index::build(rows, date.as_deref()).unwrap()
}

/// A line of `structureet`: number, entity, name, short name, department code, routing, category, label, SIRET, ESPIC code.
pub(crate) fn site(fields: [&str; 10]) -> String {
    let [number, entity, long, short, department, routing, category, label, siret, espic] = fields;
    format!(
        "structureet;{number};{entity};{short};{long};;;1;R;DES ESSAIS;;;001;{department};;{routing};0100000000;;{category};{label};;;{siret};;;;{espic};;2001-01-01;;2026-01-01;\n"
    )
}

/// A line of `structureej`: number, name, short name, department code, routing, legal status, SIREN.
pub(crate) fn entity(fields: [&str; 7]) -> String {
    let [number, long, short, department, routing, status, siren] = fields;
    format!(
        "structureej;{number};{short};{long};;1;R;DES ESSAIS;;;;001;{routing};{department};;0100000000;{status};;;;{siren};;2001-01-01\n"
    )
}

/// A small register of our own: two hospitals, laboratories, pharmacies, Corsica, overseas.
pub(crate) fn sites() -> String {
    let mut out = String::from("finess;etalab;111;2026-05-12\n");
    for fields in [
        [
            "010000024",
            "010780054",
            "CENTRE HOSPITALIER DES ESSAIS",
            "CH DES ESSAIS",
            "01",
            "01440 VIRIAT",
            "355",
            "Centre Hospitalier (C.H.)",
            "26010004500012",
            "1",
        ],
        [
            "010000032",
            "010780054",
            "RESIDENCE LES LILAS",
            "LES LILAS",
            "01",
            "01300 BELLEY",
            "500",
            "Etablissement d'hébergement pour personnes âgées dépendantes",
            "26010004500020",
            "",
        ],
        [
            "2A0000014",
            "2A0000022",
            "CLINIQUE DU MAQUIS",
            "CLINIQUE DU MAQUIS",
            "2A",
            "20000 AJACCIO",
            "365",
            "Etablissement de Soins Pluridisciplinaire",
            "",
            "0",
        ],
        [
            "970102018",
            "970113015",
            "HÔPITAL SAINT BARTHÉLEMY",
            "HOPITAL ST BARTHELEMY",
            "9A",
            "97133 ST BARTHELEMY",
            "355",
            "Centre Hospitalier (C.H.)",
            "",
            "1",
        ],
        [
            "690000011",
            "690000003",
            "LABORATOIRE DE BIOLOGIE MEDICALE SAINTE CLAIRE",
            "LBM STE CLAIRE",
            "69",
            "69003 LYON 3EME",
            "611",
            "Laboratoire de Biologie Médicale",
            "81234567800017",
            "",
        ],
        [
            "690000029",
            "690000003",
            "LABORATOIRE DE BIOLOGIE MEDICALE GERLAND",
            "LBM GERLAND",
            "69",
            "69007 LYON 7EME",
            "611",
            "Laboratoire de Biologie Médicale",
            "81234567800025",
            "",
        ],
        [
            "750000018",
            "750000026",
            "PHARMACIE DE L'ÉGLISE",
            "PHIE DE L'EGLISE",
            "75",
            "75012 PARIS",
            "620",
            "Pharmacie d'Officine",
            "",
            "",
        ],
        [
            "750000034",
            "750000042",
            "GRANDE PHARMACIE CŒUR DE VILLE",
            "",
            "75",
            "75651 PARIS CEDEX 13",
            "620",
            "Pharmacie d'Officine",
            "",
            "",
        ],
    ] {
        out += &site(fields);
    }
    out
}

/// The legal entities of some of them.
pub(crate) fn entities() -> String {
    let mut out = String::from("finess;etalab;111;2026-05-12\n");
    for fields in [
        [
            "010780054",
            "CENTRE HOSPITALIER DES ESSAIS",
            "CH DES ESSAIS",
            "01",
            "01440 VIRIAT",
            "13",
            "260100045",
        ],
        ["690000003", "SELAS DES DEUX RIVES", "SELAS DEUX RIVES", "69", "69003 LYON 3EME", "91", "812345678"],
        ["750000026", "SARL PHARMACIE DE L'EGLISE", "", "75", "75012 PARIS", "72", ""],
    ] {
        out += &entity(fields);
    }
    out
}

/// As ISO-8859-1.
pub(crate) fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect()
}

/// One member of gzip around these bytes.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = b"\x1f\x8b\x08\x08\0\0\0\0\0\xffregister\0".to_vec();
    out.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    out.extend(crc32(bytes).to_le_bytes());
    out.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |rest, _| if rest & 1 == 1 { 0xedb8_8320 ^ (rest >> 1) } else { rest >> 1 },
        )
    })
}

/// FINESS+ as it is published: codes as texts, groups first, closed structures included.
pub(crate) const PLUS: &str = r#"{
  "schemaVersion" : "v1.0.0",
  "generatedAt" : "2026-09-01T02:00:00.123Z",
  "gcc" : [ { "gccId" : "1", "nomGcc" : "Essais", "evenement" : [ { "evenementId" : "7" } ], "etatObjet" : "A" } ],
  "gco" : [ ],
  "pmej" : [ {
    "informationsGeneralesPMEJ" : {
      "denominationLonguePmSmsse" : "CENTRE HOSPITALIER DES ESSAIS   ",
      "denominationPm" : "CH DES ESSAIS", "numFinessPm" : "010780054", "siren" : "260100045", "statutJuridique" : "13"
    },
    "adresse" : [ { "usageAdresse" : "02", "cogCommune" : "01451", "ligneAcheminement" : "VIRIAT", "codePostal" : "01440" } ],
    "evenement" : [ { "etatObjet1" : "005", "siret" : "99999999999999" } ],
    "ege" : [ {
      "informationsGeneralesEGE" : {
        "nomEgeCourt" : "CH DES ESSAIS", "nomEgeLong" : "CENTRE HOSPITALIER DES ESSAIS, \u00e9t\u00e9",
        "numFinessEge" : "010000024", "espic" : [ "1" ], "siret" : "26010004500012"
      },
      "categorieentiteGeographiqueExercice" : "355",
      "adresse" : [
        { "cogCommune" : "01451", "ligneAcheminement" : "VIRIAT", "codePostal" : "01440", "coordonneesGeographique" : { "codePostal" : "00000" } },
        { "cogCommune" : "75112", "ligneAcheminement" : "PARIS", "codePostal" : "75012" }
      ],
      "etatObjet" : "A"
    }, {
      "informationsGeneralesEGE" : { "nomEgeCourt" : "ANNEXE", "nomEgeLong" : "ANNEXE FERMEE", "numFinessEge" : "010000032", "dateFermeture" : "1993-01-01" },
      "categorieentiteGeographiqueExercice" : "321", "adresse" : [ ], "etatObjet" : "I"
    } ],
    "etatObjet" : "A"
  }, {
    "informationsGeneralesPMEJ" : { "denominationPm" : "SANS SITE", "denominationLonguePmSmsse" : "SANS SITE", "numFinessPm" : "2B0000020", "statutJuridique" : "61" },
    "adresse" : [ { "cogCommune" : "2B033", "ligneAcheminement" : "BASTIA", "codePostal" : "20200" } ], "ege" : [ ], "etatObjet" : "I"
  } ]
}"#;

/// The same shape as the first schema had it.
pub(crate) const FIRST_SCHEMA: &str = r#"{"pmej":[{"ege":[{"etatObjet":{"code":"A","system":"s"},"siret":"26010004500012",
"categorieEntiteGeographiqueExercice":{"system":"s","code":"355"},"informationsGeneralesEGE":{"numFinessEge":"010000024","nomEgeLong":"CH DES ESSAIS"},
"adresse":[{"codePostal":"01440","ligneAcheminement":"VIRIAT","cogCommune":"01451"}]}],
"informationsGeneralesPmej":{"numFinessPm":"010780054","denominationPm":"CH DES ESSAIS","statutJuridique":{"code":"13","system":"s"},
"etatObjet":{"code":"A"}},"adresse":[]}],"gco":[],"gcc":[]}"#;

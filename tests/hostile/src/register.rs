//! The files of the FINESS register, and its index.

use std::hint::black_box;

use estampille::contract::{FinessOptions, Refusal};
use estampille::register::{Builder, Register};
use messages::Locale;

use crate::material::Named;

const SITES: &str = "finess;etalab;111;2026-05-12\n\
structureet;010000024;010780054;CH DES ESSAIS;\"CENTRE HOSPITALIER \"\"DES ESSAIS\"\"\";;;1;R;X;;;451;01;AIN;01440 VIRIAT;;;355;Centre Hospitalier (C.H.);1102;;26010004500012;;;;1;;;;;\n\
structureet;2A0000014;2A0000022;CLINIQUE DU MAQUIS;;;;1;R;X;;;001;2A;CORSE;20000 AJACCIO;;;365;Pluri;1110;;;;;;0;;;;;\n\
geolocalisation;010000024;1;2;3;2026-01-01\n";

const ENTITIES: &str =
    "structureej;010780054;CH DES ESSAIS;;;1;R;X;;;;451;01440 VIRIAT;01;AIN;;13;Public;;;260100045;;\n";

const PLUS: &str = r#"{"schemaVersion":"v1.0.0","generatedAt":"2026-09-01T02:00:00Z","gcc":[],"pmej":[{"informationsGeneralesPMEJ":{"denominationPm":"CH","numFinessPm":"010780054","siren":"260100045","statutJuridique":"13"},"evenement":[{"x":[{"y":1.5e3}]}],"ege":[{"informationsGeneralesEGE":{"nomEgeLong":"CH DES ESSAIS \u00e9","numFinessEge":"010000024","espic":["1"],"siret":"26010004500012"},"categorieentiteGeographiqueExercice":"355","adresse":[{"codePostal":"01440","ligneAcheminement":"VIRIAT","cogCommune":"01451"}],"etatObjet":"I"}],"etatObjet":"A"}]}"#;

/// The seeds of the files: both extracts, in both encodings, FINESS+, each plain and packed.
pub(crate) fn files() -> Vec<Named> {
    let both = format!("{SITES}{ENTITIES}");
    let western =
        both.replace("ESSAIS", "\u{e9}T\u{c9}S").chars().map(|c| u32::from(c).to_le_bytes()[0]).collect();
    let plain = [
        ("sites", SITES.as_bytes().to_vec()),
        ("both", both.into_bytes()),
        ("western", western),
        ("plus", PLUS.as_bytes().to_vec()),
    ];
    plain
        .into_iter()
        .flat_map(|(name, bytes)| {
            let packed = Named { name: format!("{name}.gz"), bytes: stored(&bytes) };
            [Named { name: name.to_owned(), bytes }, packed]
        })
        .collect()
}

/// The seed of the index.
pub(crate) fn indexes() -> Vec<Named> {
    let sources: [&[u8]; 2] = [SITES.as_bytes(), ENTITIES.as_bytes()];
    let (register, _) = Register::build(Locale::Fr, &sources, |_| ()).expect("a register");
    vec![Named { name: "index".to_owned(), bytes: register.save().to_vec() }]
}

/// Any octets as a file of the register, in pieces whose size they choose.
pub(crate) fn file(bytes: &[u8]) {
    let piece = bytes.last().map_or(1, |byte| usize::from(*byte) + 1);
    let mut builder = Builder::new();
    let fed = bytes.chunks(piece).try_for_each(|part| builder.feed(part)).and_then(|()| builder.end_source());
    if let Err(error) = fed {
        for locale in Locale::ALL {
            let refusal = Refusal::new(locale, &error);
            assert!(refusal.action.is_some(), "{}: nothing to do is said", error.code());
            assert!(refusal.message().lines().count() <= 3, "one line a sentence: {}", refusal.message());
        }
        return;
    }
    let (register, findings) = builder.finish(Locale::Fr).expect("what was read whole is a register");
    assert!(!findings.is_empty() && register.size().ej + register.size().et > 0);
    let again = Register::load(register.save().to_vec()).expect("what was saved is loaded");
    assert_eq!(again.size(), register.size());
    ask(&register);
}

/// Any octets as an index; also with a checksum that is right, so that what lies behind it is tried.
pub(crate) fn index(bytes: &[u8]) {
    let mut summed = bytes.to_vec();
    if let Some(length) = u32::try_from(bytes.len()).ok().filter(|length| *length >= 20) {
        summed[16..20].copy_from_slice(&length.to_le_bytes());
        let sum = crc32(&summed[16..]);
        summed[12..16].copy_from_slice(&sum.to_le_bytes());
    }
    for bytes in [bytes.to_vec(), summed] {
        match Register::load(bytes) {
            Ok(register) => ask(&register),
            Err(error) => assert_eq!(error.code(), "bad-index"),
        }
    }
}

/// All that can be asked of a register.
fn ask(register: &Register) {
    let everything = FinessOptions { limit: Some(usize::MAX), ..FinessOptions::default() };
    for query in ["ch", "essais viriat", "0100", "26010004500012", "clinique 2a", "e", "\u{e9}t\u{e9}"] {
        for hit in register.search(query, &everything).expect("no query is refused") {
            black_box(register.sites(&hit.number));
            let one = register.get(Locale::Fr, &hit.number);
            black_box(one);
        }
    }
    black_box((register.date(), register.size()));
}

/// gzip without compression: the parts that are compared are the header, the blocks and the end.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("one block");
    let mut out = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01".to_vec();
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(bytes);
    out.extend(crc32(bytes).to_le_bytes());
    out.extend(u32::from(length).to_le_bytes());
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

//! `data/authorities.toml`.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Deserialize;

use crate::shared::{environment, moment, read, sources};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Row {
    subject: String,
    role: Role,
    domain: Option<Domain>,
    gamme: Option<Gamme>,
    environment: String,
    parent: Option<String>,
    #[serde(default)]
    former: bool,
    serial: String,
    not_before: String,
    not_after: String,
    key_identifier: String,
    sha256: String,
    public_key: String,
    confidence: Pin,
    origin: String,
    sources: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Role {
    Intermediate,
    Root,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Domain {
    Organisations,
    Personnes,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Gamme {
    Elementaire,
    Fort,
    Standard,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Pin {
    Confirmed,
    SingleSource,
}

pub(crate) fn generate() -> String {
    let rows: BTreeMap<String, Row> = read("authorities.toml");
    let mut out = String::from("static AUTHORITIES: &[Authority] = &[\n");
    let mut proofs = String::from("static PROOFS: &[Proof] = &[\n");
    for (stem, row) in &rows {
        let not_before = moment(stem, &row.not_before);
        let not_after = moment(stem, &row.not_after);
        assert!(not_before < not_after, "{stem}: ends before it begins");
        assert_eq!(row.parent.is_some(), row.role == Role::Intermediate, "{stem}: roots have no parent");
        if let Some(parent) = &row.parent {
            let parent = rows.get(parent).unwrap_or_else(|| panic!("{stem}: no authority {parent:?}"));
            assert!(parent.role == Role::Root && parent.environment == row.environment, "{stem}: its parent");
            assert_eq!(parent.former, row.former, "{stem}: its parent");
        }
        assert_eq!(row.gamme.is_none(), row.former, "{stem}: the IGC-Santé has gammes");
        for (other, twin) in rows.iter().filter(|(other, _)| *other != stem) {
            assert!(row.subject != twin.subject && row.public_key != twin.public_key, "{stem} is {other}");
        }
        let public_key = base64(stem, &row.public_key);
        assert_eq!(public_key.first(), Some(&0x30), "{stem}: a public key is a SEQUENCE");
        let sha256 = hexadecimal(stem, &row.sha256);
        assert_eq!(sha256.len(), 32, "{stem}: SHA-256 has 32 bytes");
        writeln!(
            out,
            "    Authority {{ stem: {stem:?}, subject: {:?}, role: Role::{:?}, domain: {}, gamme: {}, \
             environment: {}, parent: {:?}, former: {}, not_before: Timestamp({}), not_after: Timestamp({}), \
             confidence: Pin::{:?} }},",
            row.subject,
            row.role,
            row.domain.map_or("None".to_owned(), |domain| format!("Some(Domain::{domain:?})")),
            row.gamme.map_or("None".to_owned(), |gamme| format!("Some(Gamme::{gamme:?})")),
            environment(stem, &row.environment),
            row.parent,
            row.former,
            not_before.0,
            not_after.0,
            row.confidence,
        )
        .expect("a String");
        writeln!(
            proofs,
            "    Proof {{ serial: &{:?}, key_identifier: &{:?}, sha256: &{sha256:?}, public_key: &{public_key:?}, \
             origin: {:?}, sources: {} }},",
            hexadecimal(stem, &row.serial),
            hexadecimal(stem, &row.key_identifier),
            row.origin,
            sources(stem, &row.sources),
        )
        .expect("a String");
    }
    out + "];\n" + &proofs + "];\n"
}

fn hexadecimal(what: &str, text: &str) -> Vec<u8> {
    assert!(!text.is_empty() && text.len().is_multiple_of(2), "{what}: {text:?} is not hexadecimal");
    (0..text.len())
        .step_by(2)
        .map(|at| {
            let pair = text.get(at..at + 2).unwrap_or_default();
            u8::from_str_radix(pair, 16).unwrap_or_else(|_| panic!("{what}: {text:?} is not hexadecimal"))
        })
        .collect()
}

fn base64(what: &str, text: &str) -> Vec<u8> {
    let mut bits = 0_u32;
    let mut count = 0;
    let mut bytes = Vec::new();
    for symbol in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = match symbol {
            b'A'..=b'Z' => symbol - b'A',
            b'a'..=b'z' => symbol - b'a' + 26,
            b'0'..=b'9' => symbol - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => panic!("{what}: its public key is not base64"),
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).expect("eight bits"));
            bits &= (1 << count) - 1;
        }
    }
    bytes
}

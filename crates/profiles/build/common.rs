//! `data/common.toml`.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Deserialize;

use crate::shared::{Tag, environment, moment, oid, product, sources};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Common {
    pub(crate) purposes: BTreeMap<String, String>,
    private_extensions: BTreeMap<String, String>,
    category: Vec<Category>,
    policy: Vec<Policy>,
    keys: Keys,
    signature: Vec<Signature>,
    renewal: Renewal,
    former_pki: FormerPki,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Category {
    byte: u8,
    support: Support,
    environment: String,
    confidence: Tag,
    sources: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Support {
    Card,
    Module,
    Software,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Policy {
    oid: String,
    environment: String,
    products: Vec<String>,
    confidence: Tag,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Keys {
    rsa_bits_least: u32,
    rsa_bits_default: u32,
    rsa_bits_unconfirmed: Vec<u32>,
    rsa_bits_most: u32,
    exponent_usual: u32,
    exponent_least: u32,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Signature {
    oid: String,
    name: String,
    judgement: Judgement,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Judgement {
    Accepted,
    Refused,
    Unusual,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Renewal {
    first_reminder_days: i64,
    notice_days: i64,
    last_reminder_days: i64,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FormerPki {
    name: String,
    ended: String,
    sources: Vec<String>,
}

pub(crate) fn read() -> Common {
    crate::shared::read("common.toml")
}

pub(crate) fn generate(common: &Common) -> String {
    let mut out = String::from("static PURPOSES: &[Purpose] = &[\n");
    for (name, dotted) in &common.purposes {
        writeln!(out, "    Purpose {{ name: {name:?}, oid: {:?} }},", oid(name, dotted)).expect("a String");
    }
    out.push_str("];\n\n");
    for (name, dotted) in &common.private_extensions {
        let constant = name.replace('-', "_").to_uppercase();
        writeln!(
            out,
            "/// Private extension {name:?}.\npub const {constant}: &str = {:?};",
            oid(name, dotted)
        )
        .expect("a String");
    }
    out.push_str("\nstatic CATEGORIES: &[Category] = &[\n");
    for row in &common.category {
        let what = format!("category {}", row.byte);
        writeln!(
            out,
            "    Category {{ byte: {}, support: Support::{:?}, environment: {}, confidence: {}, sources: {} }},",
            row.byte,
            row.support,
            environment(&what, &row.environment),
            row.confidence.rust(),
            sources(&what, &row.sources),
        )
        .expect("a String");
    }
    out.push_str("];\n\nstatic POLICIES: &[Policy] = &[\n");
    for row in &common.policy {
        let products: Vec<String> = row.products.iter().map(|word| product(&row.oid, word)).collect();
        writeln!(
            out,
            "    Policy {{ oid: {:?}, environment: {}, products: &[{}], confidence: {}, sources: {} }},",
            oid("policy", &row.oid),
            environment(&row.oid, &row.environment),
            products.join(", "),
            row.confidence.rust(),
            sources(&row.oid, &row.sources),
        )
        .expect("a String");
    }
    out.push_str("];\n\nstatic SIGNATURES: &[SignatureAlgorithm] = &[\n");
    for row in &common.signature {
        writeln!(
            out,
            "    SignatureAlgorithm {{ oid: {:?}, name: {:?}, judgement: Judgement::{:?} }},",
            oid(&row.name, &row.oid),
            row.name,
            row.judgement,
        )
        .expect("a String");
    }
    let keys = &common.keys;
    assert!(
        keys.rsa_bits_least <= keys.rsa_bits_default && keys.rsa_bits_default < keys.rsa_bits_most,
        "key sizes are in order"
    );
    let renewal = &common.renewal;
    assert!(
        renewal.last_reminder_days < renewal.notice_days && renewal.notice_days < renewal.first_reminder_days,
        "reminders are in order"
    );
    let former = &common.former_pki;
    writeln!(
        out,
        "];\n\n/// The key policy.\npub static KEYS: KeyPolicy = KeyPolicy {{ rsa_bits_least: {}, rsa_bits_default: {}, \
         rsa_bits_unconfirmed: &{:?}, rsa_bits_most: {}, exponent_usual: {}, exponent_least: {}, sources: {} }};\n\n\
         /// When a renewal is due.\npub static RENEWAL: Renewal = Renewal {{ first_reminder_days: {}, \
         notice_days: {}, last_reminder_days: {}, sources: {} }};\n\n\
         /// The PKI before the IGC-Santé.\npub static FORMER_PKI: FormerPki = FormerPki {{ name: {:?}, \
         ended: Timestamp({}), sources: {} }};",
        keys.rsa_bits_least,
        keys.rsa_bits_default,
        keys.rsa_bits_unconfirmed,
        keys.rsa_bits_most,
        keys.exponent_usual,
        keys.exponent_least,
        sources("keys", &keys.sources),
        renewal.first_reminder_days,
        renewal.notice_days,
        renewal.last_reminder_days,
        sources("renewal", &renewal.sources),
        former.name,
        moment("former-pki", &former.ended).0,
        sources("former-pki", &former.sources),
    )
    .expect("a String");
    out
}

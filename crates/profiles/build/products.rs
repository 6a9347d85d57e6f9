//! `data/products.toml`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use serde::Deserialize;
use vocabulary::Product;

use crate::{
    common::Common,
    shared::{Tag, moment, product, read, sources},
};

/// RFC 5280, section 4.2.1.3.
const KEY_USAGES: [&str; 9] = [
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Row {
    domain: Domain,
    key_usage: Option<Vec<String>>,
    extended_key_usage: Option<Vec<String>>,
    subject_alt_name: Option<AltName>,
    common_name: CommonName,
    private_key_usage_period: Option<Period>,
    #[serde(default)]
    durations: Vec<Duration>,
    confidence: Tag,
    sources: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Domain {
    Organisations,
    Personnes,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AltName {
    Dns,
    Mail,
    None,
    Upn,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CommonName {
    Dns,
    Free,
    Mail,
    Person,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Period {
    Expected,
    Never,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Duration {
    months: u32,
    private_key_months: Option<u32>,
    from: Option<String>,
    until: Option<String>,
}

pub(crate) fn generate(common: &Common) -> String {
    let rows: BTreeMap<String, Row> = read("products.toml");
    let names: BTreeSet<&str> = rows.keys().map(String::as_str).collect();
    let expected: BTreeSet<&str> = Product::ALL.iter().map(|product| product.as_str()).collect();
    assert_eq!(names, expected, "every product has its profile");
    // In the order of the vocabulary, so that a product finds its profile by its place.
    let mut out = String::from("static PROFILES: &[Profile] = &[\n");
    for word in Product::ALL {
        let code = word.as_str();
        let row = rows.get(code).expect("checked above");
        let usages = row.key_usage.as_ref().map(|usages| {
            for usage in usages {
                assert!(KEY_USAGES.contains(&usage.as_str()), "{code}: no key usage is called {usage:?}");
            }
            usages.clone()
        });
        let purposes = row.extended_key_usage.as_ref().map(|purposes| {
            for purpose in purposes {
                assert!(common.purposes.contains_key(purpose), "{code}: no purpose is called {purpose:?}");
            }
            purposes.clone()
        });
        writeln!(
            out,
            "    Profile {{ product: {}, domain: Domain::{:?}, key_usage: {}, extended_key_usage: {}, \
             subject_alt_name: {}, common_name: CommonNameRule::{:?}, private_key_usage_period: {}, \
             durations: &[{}], confidence: {}, sources: {} }},",
            product(code, code),
            row.domain,
            list(usages.as_deref()),
            list(purposes.as_deref()),
            option("AltNameRule", row.subject_alt_name.map(|rule| format!("{rule:?}"))),
            row.common_name,
            option("PeriodRule", row.private_key_usage_period.map(|rule| format!("{rule:?}"))),
            row.durations.iter().map(|duration| written(code, duration)).collect::<Vec<_>>().join(", "),
            row.confidence.rust(),
            sources(code, &row.sources),
        )
        .expect("a String");
    }
    out + "];\n"
}

fn list(names: Option<&[String]>) -> String {
    names.map_or("None".to_owned(), |names| format!("Some(&{names:?})"))
}

fn option(kind: &str, variant: Option<String>) -> String {
    variant.map_or("None".to_owned(), |variant| format!("Some({kind}::{variant})"))
}

fn written(code: &str, duration: &Duration) -> String {
    let bound = |text: &Option<String>| {
        text.as_ref().map_or("None".to_owned(), |text| format!("Some(Timestamp({}))", moment(code, text).0))
    };
    format!(
        "Duration {{ months: {}, private_key_months: {:?}, from: {}, until: {} }}",
        duration.months,
        duration.private_key_months,
        bound(&duration.from),
        bound(&duration.until)
    )
}

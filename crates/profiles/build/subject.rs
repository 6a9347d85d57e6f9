//! `data/subject.toml`.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::shared::{Tag, oid, read, sources};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Subject {
    attribute: Vec<Attribute>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Attribute {
    name: String,
    oid: String,
    string: StringType,
    longest: usize,
    observed_longest: Option<usize>,
    confidence: Tag,
    sources: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
enum StringType {
    #[serde(rename = "PrintableString")]
    Printable,
    #[serde(rename = "UTF8String")]
    Utf8,
}

pub(crate) fn generate() -> String {
    let subject: Subject = read("subject.toml");
    let mut out = String::from("static ATTRIBUTES: &[Attribute] = &[\n");
    for row in &subject.attribute {
        writeln!(
            out,
            "    Attribute {{ name: {:?}, oid: {:?}, string: StringType::{:?}, longest: {}, observed_longest: {:?}, \
             confidence: {}, sources: {} }},",
            row.name,
            oid(&row.name, &row.oid),
            row.string,
            row.longest,
            row.observed_longest,
            row.confidence.rust(),
            sources(&row.name, &row.sources),
        )
        .expect("a String");
    }
    out + "];\n"
}

//! `data/departments.toml`.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Deserialize;

use crate::shared::{Tag, read};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    confidence: Tag,
}

pub(crate) fn generate() -> String {
    let rows: BTreeMap<String, Row> = read("departments.toml");
    let mut out = String::from("static DEPARTMENTS: &[Department] = &[\n");
    for (code, row) in &rows {
        assert!(
            matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_alphanumeric()),
            "{code:?} is not a department"
        );
        writeln!(
            out,
            "    Department {{ code: {code:?}, name: {:?}, wording: {:?}, confidence: {} }},",
            row.name,
            format!("{} ({code})", row.name),
            row.confidence.rust()
        )
        .expect("a String");
    }
    out + "];\n"
}

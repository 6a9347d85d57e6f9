//! What an identifier is, and what is wrong with it.

use std::collections::BTreeMap;

use messages::Locale;
use vocabulary::{Error, IdentifierKind, identifiers};

use crate::{
    contract::{IdentifierReport, findings},
    words,
};

/// Reads what a person typed as an identifier of this kind.
///
/// # Errors
///
/// `invalid-input` at `kind` when the contract has no such kind. A bad identifier is no error: the report says what
/// is wrong.
pub fn parse(locale: Locale, kind: &str, text: &str) -> Result<IdentifierReport, Error> {
    Ok(report(locale, words::input::<IdentifierKind>(kind, "kind")?, text))
}

/// The same, for a kind that is known.
pub fn report(locale: Locale, kind: IdentifierKind, text: &str) -> IdentifierReport {
    let report = identifiers::report(kind, text);
    let valid = report.is_valid();
    let mut facts = BTreeMap::new();
    // Not collected: that would sort first, and a sort is four kilobytes of the module.
    for (name, value) in report.facts {
        facts.insert(name.into(), value);
    }
    IdentifierReport {
        kind: kind.as_str().into(),
        valid,
        facts,
        findings: findings(locale, &report.findings),
        canonical: report.canonical,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_spelled_as_the_contract() {
        let report = parse(Locale::Fr, "finess", " 75 0712 184 ").unwrap();
        assert_eq!((report.valid, report.canonical.as_deref()), (true, Some("750712184")));
        assert_eq!(report.facts.get("department").map(String::as_str), Some("75"));
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["kind"], "finess");
        assert_eq!(json["facts"]["department"], "75");
        assert_eq!(json["findings"], serde_json::json!([]));
    }

    #[test]
    fn an_unknown_kind_is_an_error_with_its_field() {
        let error = parse(Locale::Fr, "FINESS", "750712184").unwrap_err();
        assert_eq!((error.code(), error.field.as_deref()), ("invalid-input", Some("kind")));
    }
}

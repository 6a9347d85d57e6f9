use messages::Locale;
use vocabulary::{Error, Severity, topics::requests as topics};

use super::wanted::Prepared;
use crate::contract::{CsrRequest, Finding};

/// What can be said of a request before it is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// What is wrong or doubtful, gravest first.
    pub remarks: Vec<Remark>,
    /// Whether the request can be made, and names its structure in full (or only the common name, on purpose).
    pub is_complete: bool,
}

/// A finding and the field it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Path of the field in the caller's `CsrRequest`, when it is about one.
    pub field: Option<String>,
    /// What to say.
    pub finding: Finding,
}

/// Judges a request as it is typed. Nothing is made, and nothing fails: a refusal is the first remark.
pub fn review(locale: Locale, request: &CsrRequest) -> Review {
    match Prepared::new(request) {
        Err(error) => Review { remarks: vec![refusal(locale, &error)], is_complete: false },
        Ok(prepared) => {
            let findings = prepared.accepted.findings;
            let lacking =
                [topics::ORGANIZATION_REQUIRED, topics::DEPARTMENT_REQUIRED, topics::STRUCTURE_ID_REQUIRED];
            Review {
                is_complete: !findings.iter().any(|finding| lacking.contains(&finding.topic)),
                remarks: findings
                    .iter()
                    .filter_map(|finding| {
                        let field = field_of(finding.code())?;
                        Some(Remark { field: Some(field.to_owned()), finding: Finding::new(locale, finding) })
                    })
                    .collect(),
            }
        }
    }
}

fn refusal(locale: Locale, error: &Error) -> Remark {
    let text = messages::error(locale, error);
    Remark {
        field: error.field.clone(),
        finding: Finding {
            code: error.code().into(),
            severity: Severity::Error.as_str().into(),
            title: text.title,
            detail: text.detail,
            action: text.action,
            server_error: None,
            sources: Vec::new(),
        },
    }
}

/// The field that a finding of a request is about; the others are told once it is made.
fn field_of(code: &str) -> Option<&'static str> {
    match code {
        "common-name" | "insi-name" => Some("subject.commonName"),
        "organization" => Some("subject.organization"),
        "department" => Some("subject.department"),
        "structure-id" | "test-identifier" => Some("subject.structureId"),
        _ => None,
    }
}

use messages::Locale;
use serde::{Deserialize, Serialize};
use vocabulary::Error;

use super::{Finding, Word, findings};

/// An error with its sentences, in one language: what `EstampilleError` is made of.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Refusal {
    /// Stable kebab-case code.
    pub code: Word,
    /// Path of the faulty field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// One line: what happened.
    pub title: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What to do now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// What a file is instead of what was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl Refusal {
    /// Writes an error in this language. Where it says what a file is instead of what was asked for, that is the why, and
    /// its next step is what to do.
    pub fn new(locale: Locale, error: &Error) -> Self {
        let text = messages::error(locale, error);
        let findings = findings(locale, &error.findings);
        let (detail, action) = match findings.first() {
            Some(instead) => (Some(instead.sentence()), instead.action.clone()),
            None => (text.detail, text.action),
        };
        Self {
            code: error.code().into(),
            field: error.field.clone(),
            title: text.title,
            detail,
            action,
            findings,
        }
    }

    /// Its sentences, one a line.
    pub fn message(&self) -> String {
        let lines = [Some(&self.title), self.detail.as_ref(), self.action.as_ref()];
        lines.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}

use messages::Locale;
use serde::{Deserialize, Serialize};

use super::Word;

/// A finding with its sentences, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable kebab-case code.
    pub code: Word,
    /// `ok`, `info`, `warning` or `error`.
    pub severity: Word,
    /// One line.
    pub title: String,
    /// What was found and what was expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What to do now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The server error this fault leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_error: Option<Word>,
    /// Where the rule comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

impl Finding {
    /// Whether something is amiss with a private key, or with which key belongs where: then the person may have lost it.
    pub fn is_about_lost_keys(&self) -> bool {
        const CODES: [&str; 9] = [
            "certificate-without-key",
            "container-locked",
            "key-locked",
            "key-matches-csr",
            "key-matches-private-key",
            "key-strength",
            "shared-key",
            "shared-key-across-subjects",
            "weak-key",
        ];
        self.severity != "ok" && CODES.contains(&self.code.as_ref())
    }

    /// Title and detail as running text.
    pub fn sentence(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{}. {detail}", self.title),
            None => format!("{}.", self.title),
        }
    }

    /// Writes a finding in this language.
    pub fn new(locale: Locale, finding: &vocabulary::Finding) -> Self {
        let text = messages::finding(locale, finding);
        Self {
            code: finding.code().into(),
            severity: finding.severity.as_str().into(),
            title: text.title,
            detail: text.detail,
            action: text.action,
            server_error: finding.server_error.map(Word::from),
            sources: finding.sources.iter().map(Source::from).collect(),
        }
    }
}

/// Writes several findings in this language.
pub fn findings(locale: Locale, findings: &[vocabulary::Finding]) -> Vec<Finding> {
    findings.iter().map(|finding| Finding::new(locale, finding)).collect()
}

/// Where a rule comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Source {
    /// Title of the document.
    pub document: Word,
    /// Page, section or clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<Word>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Word>,
}

impl From<&vocabulary::Source> for Source {
    fn from(source: &vocabulary::Source) -> Self {
        Self {
            document: source.document.title.into(),
            section: source.section.map(Word::from),
            url: source.document.url.map(Word::from),
        }
    }
}

/// What an identifier is and whether it is valid.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct IdentifierReport {
    /// The kind it was read as.
    pub kind: Word,
    /// Whether it can be used.
    pub valid: bool,
    /// Upper case, no spaces. Present when valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// What can be told from it.
    pub facts: std::collections::BTreeMap<Word, String>,
    /// What is wrong or worth knowing.
    pub findings: Vec<Finding>,
}

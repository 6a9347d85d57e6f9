use messages::Locale;
use serde::Serialize;

/// A finding with its sentences, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable kebab-case code.
    pub code: &'static str,
    /// `ok`, `info`, `warning` or `error`.
    pub severity: &'static str,
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
    pub server_error: Option<&'static str>,
    /// Where the rule comes from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

impl Finding {
    /// Writes a finding in this language.
    pub fn new(locale: Locale, finding: &vocabulary::Finding) -> Self {
        let text = messages::finding(locale, finding);
        Self {
            code: finding.code(),
            severity: finding.severity.as_str(),
            title: text.title,
            detail: text.detail,
            action: text.action,
            server_error: finding.server_error,
            sources: finding.sources.iter().map(Source::from).collect(),
        }
    }
}

/// Writes several findings in this language.
pub fn findings(locale: Locale, findings: &[vocabulary::Finding]) -> Vec<Finding> {
    findings.iter().map(|finding| Finding::new(locale, finding)).collect()
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Title of the document.
    pub document: &'static str,
    /// Page, section or clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<&'static str>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'static str>,
}

impl From<&vocabulary::Source> for Source {
    fn from(source: &vocabulary::Source) -> Self {
        Self { document: source.document.title, section: source.section, url: source.document.url }
    }
}

/// What an identifier is and whether it is valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentifierReport {
    /// The kind it was read as.
    pub kind: &'static str,
    /// Whether it can be used.
    pub valid: bool,
    /// Upper case, no spaces. Present when valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// What can be told from it.
    pub facts: std::collections::BTreeMap<&'static str, String>,
    /// What is wrong or worth knowing.
    pub findings: Vec<Finding>,
}

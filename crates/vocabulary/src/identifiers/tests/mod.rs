mod findings;
mod properties;
mod register;
mod vectors;

use super::Report;
use crate::{Finding, Severity, Value};

/// The findings as `severity code.case`, in order.
fn told(report: &Report) -> Vec<String> {
    report.findings.iter().map(|finding| format!("{} {}", finding.severity.as_str(), finding.topic)).collect()
}

/// The report's fact of that name.
fn known<'a>(report: &'a Report, name: &str) -> Option<&'a str> {
    report.facts.iter().find(|(fact, _)| *fact == name).map(|(_, value)| value.as_str())
}

/// The finding's fact of that name, as text.
fn fact(finding: &Finding, name: &str) -> Option<String> {
    finding.facts.iter().find(|fact| fact.name == name).map(|fact| match &fact.value {
        Value::Text(text) => text.clone(),
        Value::Count(count) => count.to_string(),
        Value::Term(key) => (*key).to_owned(),
        other => format!("{other:?}"),
    })
}

fn has_error(report: &Report) -> bool {
    report.findings.iter().any(|finding| finding.severity == Severity::Error)
}

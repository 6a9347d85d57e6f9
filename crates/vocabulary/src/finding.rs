use core::cmp::Reverse;

use crate::{Source, Timestamp, Topic, sorted_places};

/// An observation on the user's input: what it is about, how grave it is, and the facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it says; the message catalogue holds the sentences.
    pub topic: Topic,
    /// How grave it is.
    pub severity: Severity,
    /// The values the sentences name.
    pub facts: Vec<Fact>,
    /// Where the rule comes from.
    pub sources: Vec<Source>,
    /// The error a remote service answers with when this fault is left in place, e.g. `DESIR_560`.
    pub server_error: Option<&'static str>,
}

impl Finding {
    /// A finding without facts or sources yet.
    pub fn new(topic: Topic, severity: Severity) -> Self {
        Self { topic, severity, facts: Vec::new(), sources: Vec::new(), server_error: None }
    }

    /// A check that passed.
    pub fn ok(topic: Topic) -> Self {
        Self::new(topic, Severity::Ok)
    }

    /// Something worth knowing.
    pub fn info(topic: Topic) -> Self {
        Self::new(topic, Severity::Info)
    }

    /// Something to look at.
    pub fn warning(topic: Topic) -> Self {
        Self::new(topic, Severity::Warning)
    }

    /// A fault: do not use the thing as it is.
    pub fn error(topic: Topic) -> Self {
        Self::new(topic, Severity::Error)
    }

    /// Adds a named value for the sentences.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.push(Fact { name, value: value.into() });
        self
    }

    /// Adds a source.
    #[must_use]
    pub fn from_source(mut self, source: Source) -> Self {
        self.sources.push(source);
        self
    }

    /// Adds several sources.
    #[must_use]
    pub fn from_sources(mut self, sources: &[Source]) -> Self {
        self.sources.extend_from_slice(sources);
        self
    }

    /// Names the remote error this fault leads to.
    #[must_use]
    pub fn leading_to(mut self, server_error: &'static str) -> Self {
        self.server_error = Some(server_error);
        self
    }

    /// Sorts the gravest first, then by their place in another order; equals stay as they were. Not generic, since
    /// every copy of a sort adds three kilobytes to the modules.
    pub fn gravest_first(findings: &mut [Self], place: &dyn Fn(&Self) -> usize) {
        let keys: Vec<_> =
            findings.iter().map(|finding| (Reverse(finding.severity), place(finding))).collect();
        let order = sorted_places(keys.len(), &|a, b| keys.get(a).cmp(&keys.get(b)));
        for at in 0..findings.len() {
            // What stood there may have been exchanged for one before.
            let mut from = order.get(at).copied().unwrap_or(at);
            while from < at {
                from = order.get(from).copied().unwrap_or(at);
            }
            findings.swap(at, from);
        }
    }

    /// The stable kebab-case code of the public contract.
    pub fn code(&self) -> &'static str {
        self.topic.code
    }
}

/// A sentence to be written, with its facts: what a [`Finding`] is without severity. Reasons, steps and rows of
/// the platform card are lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which sentence.
    pub topic: Topic,
    /// The values it names.
    pub facts: Vec<Fact>,
}

impl Line {
    /// A line without facts.
    pub fn new(topic: Topic) -> Self {
        Self { topic, facts: Vec::new() }
    }

    /// Adds a named value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.push(Fact { name, value: value.into() });
        self
    }
}

/// A named value in a finding or a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    /// The placeholder it fills, e.g. `found`.
    pub name: &'static str,
    /// What fills it.
    pub value: Value,
}

/// A value a sentence can name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Text shown as it is: a number, a name, a code.
    Text(String),
    /// A count, which can choose a plural.
    Count(u64),
    /// A moment, written as a date in the person's language.
    Date(Timestamp),
    /// The key of a term of the catalogue, written in the person's language (`bearer.ej`, `environment.test`).
    Term(&'static str),
    /// Several texts, joined with commas.
    List(Vec<String>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Count(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

impl From<Timestamp> for Value {
    fn from(moment: Timestamp) -> Self {
        Self::Date(moment)
    }
}

impl From<Vec<String>> for Value {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

/// How grave a finding is, as in the public contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A check that passed.
    Ok,
    /// Worth knowing.
    Info,
    /// Look at it.
    Warning,
    /// Do not use it.
    Error,
}

impl Severity {
    /// The spelling of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The conclusion of a report: `Fail` on any error, `Warn` on any warning, else `Pass`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing to correct or look at.
    Pass,
    /// Something to look at.
    Warn,
    /// Something to correct.
    Fail,
}

impl Verdict {
    /// The verdict the findings lead to.
    pub fn of(findings: &[Finding]) -> Self {
        match findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Error) => Self::Fail,
            Some(Severity::Warning) => Self::Warn,
            _ => Self::Pass,
        }
    }

    /// The spelling of the public contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

use core::fmt;

use crate::{Fact, Finding, Topic, Value};

/// We cannot do what was asked: a stable code, the faulty field, and the facts for the sentence.
///
/// Holds no secret and no sentence. The `messages` crate writes the text; the npm package turns it into an
/// `EstampilleError`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What went wrong; `topic.code` is the stable code.
    pub topic: Topic,
    /// Path of the faulty field in the caller's input, e.g. `subject.commonName` or `instances[0].services`.
    pub field: Option<String>,
    /// The values the sentence names.
    pub facts: Vec<Fact>,
    /// What is said of a file that is not what was asked for.
    pub findings: Vec<Finding>,
}

impl Error {
    /// An error about the whole input.
    pub fn new(topic: Topic) -> Self {
        Self { topic, field: None, facts: Vec::new(), findings: Vec::new() }
    }

    /// An error about one field.
    pub fn at(topic: Topic, field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::new(topic) }
    }

    /// Adds a named value for the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.push(Fact { name, value: value.into() });
        self
    }

    /// The stable kebab-case code.
    pub fn code(&self) -> &'static str {
        self.topic.code
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.topic.code)?;
        match &self.field {
            Some(field) => write!(f, " at {field}"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for Error {}

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ByteOutput, Finding, OrderProfile, Word};

/// What is known of the forms to fill.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct F413Input {
    /// What is ordered.
    pub profile: Option<OrderProfile>,
    /// Who signs.
    pub signatory: Option<F413Person>,
    /// Who may order.
    pub administrators: Option<Vec<F413Person>>,
    /// What the certificates are for.
    pub usage: Option<String>,
    /// Who makes the software.
    pub editor: Option<String>,
    /// The software.
    pub solution: Option<String>,
    /// A domain, or one server.
    pub domain: Option<F413Domain>,
    /// A domain of mail addresses.
    pub mail_domain: Option<String>,
}

/// A person of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct F413Person {
    /// Of the signatory only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    pub card_number: Option<String>,
    pub last_name: Option<String>,
    pub first_name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// A domain, or one server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct F413Domain {
    /// Its name.
    pub value: Option<String>,
    /// `domain` or `server`.
    pub scope: Option<String>,
}

/// The same by the paths of its fields (`signatory.lastName`, `administrators[0].email`), as a page keeps what was
/// typed; `administrators` is how many lines were asked for.
pub type F413Answers = BTreeMap<String, String>;

/// What to write on the forms.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct F413 {
    /// One for each copy of the form.
    pub sheets: Vec<F413Sheet>,
    /// What concerns all of them.
    pub findings: Vec<Finding>,
    /// The sheets as a PDF file.
    pub pdf: ByteOutput,
}

/// One copy of the form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct F413Sheet {
    /// Whose, and under which number.
    pub title: String,
    /// Every field of the form, in its order.
    pub fields: Vec<F413Field>,
    /// Where it goes, what comes next and when: a paragraph each.
    pub next: Vec<String>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct F413Field {
    /// Heading on the form.
    pub section: String,
    /// Words on the form.
    pub label: String,
    /// What to write; for a box, whether to tick it; empty for what is left empty or done by hand.
    pub value: String,
    /// What is to be said of it.
    pub findings: Vec<Finding>,
    /// Path of what it was made from in [`F413Input`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<String>,
    /// A box of the form, not a text.
    pub tick: bool,
}

/// For the page: what to ask, and the sheets so far.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct F413Form {
    /// What to ask, in order.
    pub groups: Vec<F413Group>,
    /// As in [`F413`].
    pub sheets: Vec<F413Sheet>,
    /// As in [`F413`].
    pub findings: Vec<Finding>,
    /// What to call the PDF file.
    pub file_name: String,
    /// How many errors the sheets still have.
    pub errors: usize,
}

/// Questions under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct F413Group {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    pub questions: Vec<F413Question>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct F413Question {
    /// Key of its answer in [`F413Answers`].
    pub path: String,
    /// What is asked.
    pub label: String,
    /// What helps to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What may be chosen; empty where one types.
    pub choices: Vec<F413Choice>,
    /// Fits a longer text.
    pub long: bool,
    /// What was answered, or is proposed.
    pub value: String,
    /// What is to be said of it.
    pub findings: Vec<Finding>,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct F413Choice {
    pub value: Word,
    pub label: String,
}

//! For the page: what to ask, with what was answered or is proposed, and what is to be said of it.

use doctrine::f413::{self as rules, Role, Scope, Slot};
use messages::{Locale, Text, papers::f413 as texts};
use vocabulary::Bearer;

use super::{fact, input};
use crate::contract::{F413Answers, F413Choice, F413Group, F413Question, F413Sheet, Finding};

struct Asker<'a> {
    locale: Locale,
    answers: &'a F413Answers,
    sheets: &'a [F413Sheet],
}

/// The questions of an order.
pub(super) fn groups(
    locale: Locale,
    prepared: &rules::Prepared,
    answers: &F413Answers,
    sheets: &[F413Sheet],
) -> Vec<F413Group> {
    let asker = Asker { locale, answers, sheets };
    let mut groups = vec![asker.signatory(prepared)];
    groups.extend((0..input::administrators(answers)).map(|line| asker.administrator(line)));
    groups.push(asker.group(
        texts::USE,
        None,
        vec![
            F413Question { long: true, ..asker.question("usage", texts::USE_LABEL, None) },
            asker.question("editor", texts::EDITOR, None),
            asker.question("solution", texts::SOLUTION, None),
        ],
    ));
    let written = |slots: &[Slot]| {
        let entries = prepared.sheets.iter().flat_map(|sheet| &sheet.entries);
        entries.filter(|entry| slots.contains(&entry.field.slot)).any(|entry| entry.input.is_some())
    };
    let mut domains = Vec::new();
    if written(&[Slot::SslDomain, Slot::SslServer]) {
        domains.push(asker.question("domain.value", texts::DOMAIN, None));
        domains.push(asker.scope(prepared));
    }
    if written(&[Slot::ServerMailDomain, Slot::ProMailDomain]) {
        domains.push(asker.question("mailDomain", texts::MAIL_DOMAIN, Some(texts::MAIL_DOMAIN_HINT)));
    }
    if !domains.is_empty() {
        groups.push(asker.group(texts::DOMAINS, None, domains));
    }
    groups
}

impl Asker<'_> {
    fn group(&self, title: Text, hint: Option<Text>, questions: Vec<F413Question>) -> F413Group {
        let hint = hint.map(|hint| hint.get(self.locale).to_owned());
        F413Group { title: title.get(self.locale).to_owned(), hint, questions }
    }

    fn signatory(&self, prepared: &rules::Prepared) -> F413Group {
        let titulaire = prepared.sheets.iter().any(|sheet| sheet.bearer == Bearer::RppsRang);
        let chosen = self.answers.get("signatory.role").map(String::as_str);
        // A box that fits no sheet is not offered, unless it was ticked before the plan changed.
        let offered = |role: &&Role| **role != Role::Titulaire || titulaire || chosen == Some(role.as_str());
        let choices = Role::ALL.iter().filter(offered).map(|role| F413Choice {
            value: role.as_str().into(),
            label: match role {
                Role::RepresentantLegal => texts::ROLE_LEGAL,
                Role::Mandataire => texts::ROLE_MANDATAIRE,
                Role::Titulaire => texts::ROLE_TITULAIRE,
            }
            .get(self.locale)
            .to_owned(),
        });
        let role = F413Question {
            choices: choices.collect(),
            value: chosen.unwrap_or_default().to_owned(),
            ..self.question("signatory.role", texts::ROLE, None)
        };
        let mut questions = vec![role];
        questions.extend(self.person("signatory"));
        self.group(texts::SIGNATORY, Some(texts::SIGNATORY_HINT), questions)
    }

    fn administrator(&self, line: usize) -> F413Group {
        let title = texts::ADMINISTRATOR.with(self.locale, &[fact("n", line.saturating_add(1))]);
        let questions = self.person(&format!("administrators[{line}]"));
        let hint = (line == 0).then_some(texts::ADMINISTRATOR_HINT);
        F413Group { title, ..self.group(texts::ADMINISTRATOR, hint, questions) }
    }

    fn person(&self, path: &str) -> Vec<F413Question> {
        let question = |name: &str, label| self.question(&format!("{path}.{name}"), label, None);
        vec![
            question("lastName", texts::LAST_NAME),
            question("firstName", texts::FIRST_NAME),
            question("phone", texts::PHONE),
            question("email", texts::EMAIL),
            question("cardNumber", texts::CARD),
        ]
    }

    fn scope(&self, prepared: &rules::Prepared) -> F413Question {
        let choice = |scope, text: Text| F413Choice {
            value: input::scope_word(scope).into(),
            label: text.get(self.locale).to_owned(),
        };
        let chosen = self.answers.get("domain.scope").filter(|word| !word.is_empty()).cloned();
        let as_domain = prepared
            .sheets
            .iter()
            .flat_map(|sheet| &sheet.entries)
            .any(|entry| entry.field.slot == Slot::SslDomain && entry.content != rules::Content::Empty);
        let proposed = input::scope_word(if as_domain { Scope::Domain } else { Scope::Server });
        F413Question {
            choices: vec![
                choice(Scope::Server, texts::SCOPE_SERVER),
                choice(Scope::Domain, texts::SCOPE_DOMAIN),
            ],
            value: chosen.unwrap_or_else(|| proposed.to_owned()),
            findings: Vec::new(),
            ..self.question("domain.scope", texts::SCOPE, None)
        }
    }

    /// What was typed stays as it was typed; what is proposed is as it is written.
    fn question(&self, path: &str, label: Text, hint: Option<Text>) -> F413Question {
        let fields = || {
            let fields = self.sheets.iter().flat_map(|sheet| &sheet.fields);
            fields.filter(|field| field.input.as_deref() == Some(path))
        };
        let typed = self.answers.get(path).filter(|text| !text.is_empty()).cloned();
        let proposed = || fields().find(|field| !field.tick).map(|field| field.value.clone());
        let mut findings: Vec<Finding> = Vec::new();
        for finding in fields().flat_map(|field| &field.findings) {
            if !findings.contains(finding) {
                findings.push(finding.clone());
            }
        }
        F413Question {
            path: path.to_owned(),
            label: label.get(self.locale).to_owned(),
            hint: hint.map(|hint| hint.get(self.locale).to_owned()),
            choices: Vec::new(),
            long: false,
            value: typed.or_else(proposed).unwrap_or_default(),
            findings,
        }
    }
}

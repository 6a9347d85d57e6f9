//! What was given, as the rules take it.

use doctrine::f413::{Answers, Person, Role, Scope};
use vocabulary::{Error, topics::errors::INVALID_INPUT_WORD};

use crate::contract::{F413Answers, F413Domain, F413Input, F413Person, OrderProfile};

/// More lines than anybody declares on a form.
const MOST_ADMINISTRATORS: usize = 50;

/// The answers, with their words parsed.
pub(super) fn answers(input: &F413Input) -> Result<Answers, Error> {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    let signatory = input.signatory.clone().unwrap_or_default();
    let domain = input.domain.clone().unwrap_or_default();
    let administrators = input.administrators.iter().flatten().take(MOST_ADMINISTRATORS).map(person);
    Ok(Answers {
        role: word(signatory.role.as_deref(), "signatory.role", &Role::ALL, Role::as_str)?,
        signatory: person(&signatory),
        administrators: administrators.filter(|person| *person != Person::default()).collect(),
        usage: text(&input.usage),
        editor: text(&input.editor),
        solution: text(&input.solution),
        domain: text(&domain.value),
        scope: word(domain.scope.as_deref(), "domain.scope", &[Scope::Domain, Scope::Server], scope_word)?
            .unwrap_or_default(),
        mail_domain: text(&input.mail_domain),
    })
}

/// The answers of a page, as the contract spells them.
pub(super) fn of_answers(profile: OrderProfile, answers: &F413Answers) -> F413Input {
    let at = |path: &str| answers.get(path).cloned().filter(|text| !text.is_empty());
    let person = |path: &str| F413Person {
        role: at(&format!("{path}.role")),
        card_number: at(&format!("{path}.cardNumber")),
        last_name: at(&format!("{path}.lastName")),
        first_name: at(&format!("{path}.firstName")),
        phone: at(&format!("{path}.phone")),
        email: at(&format!("{path}.email")),
    };
    let administrators =
        (0..administrators(answers)).map(|line| person(&format!("administrators[{line}]"))).collect();
    F413Input {
        profile: Some(profile),
        signatory: Some(person("signatory")),
        administrators: Some(administrators),
        usage: at("usage"),
        editor: at("editor"),
        solution: at("solution"),
        domain: Some(F413Domain { value: at("domain.value"), scope: at("domain.scope") }),
        mail_domain: at("mailDomain"),
    }
}

/// How many lines a page asks for.
pub(super) fn administrators(answers: &F413Answers) -> usize {
    let asked = answers.get("administrators").and_then(|text| text.parse::<usize>().ok());
    asked.unwrap_or(1).clamp(1, MOST_ADMINISTRATORS)
}

pub(super) const fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::OfPlan => "",
        Scope::Domain => "domain",
        Scope::Server => "server",
    }
}

fn person(given: &F413Person) -> Person {
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    Person {
        card_number: text(&given.card_number),
        last_name: text(&given.last_name),
        first_name: text(&given.first_name),
        phone: text(&given.phone),
        email: text(&given.email),
    }
}

fn word<T: Copy>(
    given: Option<&str>,
    field: &str,
    all: &[T],
    spelling: fn(T) -> &'static str,
) -> Result<Option<T>, Error> {
    let Some(given) = given else { return Ok(None) };
    match all.iter().find(|one| spelling(**one) == given) {
        Some(one) => Ok(Some(*one)),
        None => {
            let allowed: Vec<String> = all.iter().map(|one| spelling(*one).to_owned()).collect();
            let found: String = given.chars().take(40).collect();
            Err(Error::at(INVALID_INPUT_WORD, field).with("found", found).with("allowed", allowed))
        }
    }
}

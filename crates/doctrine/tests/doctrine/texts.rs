//! The sentences find the facts they name, and the links, people and services their labels.

use std::collections::BTreeSet;

use doctrine::{Plan, recommend};
use messages::{Entry, entries, term};
use vocabulary::{Fact, Line, Sector, Service, Topic};

use crate::common::cases;

/// Names between braces of the sentences of a topic.
fn named(entry: &Entry) -> BTreeSet<&'static str> {
    [Some(entry.title), entry.detail, entry.action]
        .into_iter()
        .flatten()
        .flat_map(|text| text.fr.split('{').skip(1))
        .map(|rest| rest.split(['}', '|']).next().unwrap())
        .collect()
}

fn check(topic: Topic, facts: &[Fact]) {
    let entry = entries()
        .iter()
        .find(|entry| (entry.code, entry.case) == (topic.code, topic.case))
        .unwrap_or_else(|| panic!("{topic} has no sentence"));
    for name in named(entry) {
        assert!(facts.iter().any(|fact| fact.name == name), "{topic} names {name}, which is not given");
    }
}

fn lines(plan: &Plan) -> Vec<&Line> {
    let mut lines: Vec<&Line> = plan.options.iter().map(|option| &option.reason).collect();
    for step in &plan.steps {
        lines.push(&step.line);
        lines.extend(&step.duration);
    }
    for row in plan.platform_cards.iter().flat_map(|card| &card.rows) {
        lines.push(&row.place);
        lines.extend(&row.note);
    }
    lines
}

#[test]
fn sentences_find_their_facts() {
    for case in ["sectors", "needs", "notices", "refused"].into_iter().flat_map(cases) {
        match recommend(&case.profile.parse()) {
            Ok(plan) => {
                lines(&plan).into_iter().for_each(|line| check(line.topic, &line.facts));
                plan.notices.iter().for_each(|notice| check(notice.topic, &notice.facts));
                for link in plan.steps.iter().flat_map(|step| step.links) {
                    assert!(term(link.term).is_some(), "{}", link.term);
                }
                for step in &plan.steps {
                    assert!(term(step.who.term()).is_some(), "{}", step.who.term());
                    for form in step.forms {
                        assert!(term(&format!("form.{form}")).is_some(), "{form}");
                    }
                }
            }
            Err(error) => check(error.topic, &error.facts),
        }
    }
}

#[test]
fn sectors_and_services_have_labels() {
    for sector in Sector::ALL {
        assert!(term(sector.term()).is_some() && term(&format!("sector-example.{sector}")).is_some());
    }
    for service in Service::ALL {
        assert!(term(service.term()).is_some() && term(&format!("service-short.{service}")).is_some());
    }
}

//! The worked cases: the design's, and the project's own in `tests/cases/doctrine`.

use std::collections::BTreeSet;

use crate::common::{Case, certificates, notices, options, root};
use doctrine::{Plan, recommend};
use vocabulary::topics;

/// Checks what both kinds of case fix exactly; the plan, when there is one.
fn check(case: &Case) -> Option<Plan> {
    let at = &case.name;
    let plan = match (recommend(&case.profile.parse()), &case.expect.error) {
        (Ok(plan), None) => plan,
        (Err(error), Some(expected)) => {
            assert_eq!(error.code(), "invalid-profile", "{at}");
            let found = format!("{} {}", error.field.as_deref().unwrap_or("-"), error.topic.case);
            assert_eq!(found, *expected, "{at}");
            return None;
        }
        (Err(error), None) => panic!("{at}: {error}"),
        (Ok(_), Some(expected)) => panic!("{at}: not refused ({expected})"),
    };
    if let Some(bearer) = &case.expect.bearer {
        assert_eq!(plan.bearer.as_str(), bearer, "{at}");
    }
    if let Some(expected) = &case.expect.certificates {
        let mut expected = expected.clone();
        expected.sort();
        assert_eq!(certificates(&plan), expected, "{at}");
    }
    Some(plan)
}

#[test]
fn the_cases_of_the_design_hold() {
    let path = root().join("../shared/design/doctrine-cases.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("{} is absent: the project's own cases stand alone", path.display());
        return;
    };
    let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let cases: Vec<Case> = rows
        .into_iter()
        .filter(|row| row.get("profile").is_some())
        .map(|row| serde_json::from_value(row).unwrap())
        .collect();
    assert!(!cases.is_empty());
    for case in &cases {
        let plan = check(case).unwrap();
        for expected in case.expect.notices.iter().flatten() {
            assert!(notices(&plan).contains(expected), "{}: {expected} in {:?}", case.name, notices(&plan));
        }
        for expected in case.expect.options.iter().flatten() {
            assert!(options(&plan).contains(expected), "{}: {expected:?} in {:?}", case.name, options(&plan));
        }
    }
}

#[test]
fn our_cases_hold() {
    let mut given = BTreeSet::new();
    let mut withheld = BTreeSet::new();
    let mut steps = BTreeSet::new();
    for case in ["sectors", "needs", "notices", "refused"].into_iter().flat_map(crate::common::cases) {
        let at = &case.name;
        let Some(plan) = check(&case) else { continue };
        if let Some(expected) = &case.expect.options {
            assert_eq!(options(&plan), *expected, "{at}");
        }
        if let Some(expected) = &case.expect.notices {
            let mut expected = expected.clone();
            expected.sort();
            assert_eq!(notices(&plan), expected, "{at}");
            let all = topics::doctrine::ALL.iter().map(ToString::to_string);
            withheld.extend(all.filter(|topic| !expected.contains(topic)));
            given.extend(expected);
        }
        let of_plan: Vec<_> = plan.steps.iter().map(|step| step.line.topic.case.to_owned()).collect();
        if let Some(expected) = &case.expect.steps {
            assert_eq!(of_plan, *expected, "{at}");
            steps.extend(of_plan);
        }
    }
    // Every notice has a case that gives it and one that does not; every step stands in a case.
    let lines = ["bearer-reason", "step", "duration", "card", "card-note"];
    for topic in topics::doctrine::ALL {
        let key = topic.to_string();
        if topic.code == "step" {
            assert!(steps.contains(topic.case), "no case has the step {}", topic.case);
        } else if !lines.contains(&topic.code) {
            assert!(given.contains(&key), "no case gives {key}");
            assert!(withheld.contains(&key), "no case withholds {key}");
        }
    }
}

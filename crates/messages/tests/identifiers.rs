//! The sentences on identifiers: every one is reached by something people type, and finds its facts.

use std::collections::BTreeSet;

use messages::{Locale, entries, finding};
use vocabulary::{
    IdentifierKind::{self, *},
    Value,
    identifiers::report,
    topics::identifiers as topics,
};

/// Texts that reach every sentence together.
const TYPED: &[(IdentifierKind, &str)] = &[
    (Finess, ""),
    (Finess, "75071218"),
    (Finess, "10000016"),
    (Finess, "010000017"),
    (Finess, "750712148"),
    (Finess, "732829320"),
    (Finess, "971000011"),
    (Finess, "990000005"),
    (Finess, "9A0000012"),
    (Finess, "200000016"),
    (Finess, "970600011"),
    (Finess, "75071218A"),
    (Finess, "75O712184"),
    (Finess, "1O0000017"),
    (Finess, "1750712184"),
    (Siren, "18751275１"),
    (Siren, "010000016"),
    (Siren, "18751275100020"),
    (Siret, "1,87513E+13"),
    (Siret, "MONACOCONFO001"),
    (Siret, "47769662900020"),
    (Siret, "10004071700015"),
    (Siret, "35600000000002"),
    (Rpps, "810002813839"),
    (RppsRang, "10002813830019"),
    (Adeli, "7599123é5"),
    (Adeli, "ABCDEFGHI"),
    (AdeliRang, "0B607760201"),
    (AdeliRang, "0B60776020"),
    (CardNumber, "1800262488"),
    (CardNumber, "8025000001/2800262487"),
    (StructureId, "750712184"),
    (StructureId, "3750712184"),
    (StructureId, "6750712184"),
    (StructureId, "X750712184"),
    (Fqdn, "portail"),
    (Fqdn, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.fr"),
    (Fqdn, "a;b.fr"),
    (Fqdn, "a_b.fr"),
    (Fqdn, "hôpital.fr"),
    (Fqdn, "https://hopital.fr/accueil"),
    (Fqdn, "hopital.fr:443"),
    (Fqdn, "*.hopital.fr"),
    (Fqdn, "192.0.2.1"),
    (Fqdn, "a..fr"),
    (Fqdn, "-a.fr"),
    (Fqdn, "a.123"),
    (Fqdn, "contact@hopital.fr"),
    (MailDomain, "contact@hopital.fr"),
    (Email, "contact"),
    (Email, "hopital.fr"),
    (Email, "é@hopital.fr"),
    (Email, "a..b@hopital.fr"),
    (Email, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@hopital.fr"),
];

#[test]
fn every_sentence_is_reached_and_finds_its_facts() {
    let long = format!("{}fr", "abcdefg.".repeat(40));
    let typed = TYPED.iter().copied().chain([(Fqdn, long.as_str())]);
    let mut reached = BTreeSet::new();
    for (kind, text) in typed {
        for found in report(kind, text).findings {
            let entry = entries()
                .iter()
                .find(|entry| (entry.code, entry.case) == (found.topic.code, found.topic.case))
                .unwrap_or_else(|| panic!("{} has a text", found.topic));
            for template in [Some(entry.title), entry.detail, entry.action].into_iter().flatten() {
                for name in names(template.fr) {
                    assert!(
                        found.facts.iter().any(|fact| fact.name == name),
                        "{kind} {text:?}: {} names {name:?}, which is not among {:?}",
                        found.topic,
                        found.facts
                    );
                }
            }
            for fact in &found.facts {
                if let Value::Term(key) = fact.value {
                    assert!(messages::term(key).is_some(), "{key} is a term");
                }
            }
            for locale in Locale::ALL {
                let written = finding(locale, &found);
                assert!(written.detail.is_some() && written.action.is_some(), "{}", found.topic);
            }
            reached.insert(found.topic);
        }
    }
    let missed: Vec<_> = topics::ALL.iter().filter(|topic| !reached.contains(topic)).collect();
    assert!(missed.is_empty(), "sentences nothing reaches: {missed:?}");
}

#[test]
fn a_sentence_tells_both_values() {
    let found = report(Finess, "010000017").findings.remove(0);
    let written = finding(Locale::Fr, &found);
    assert_eq!(written.title, "La clé de contrôle de ce numéro FINESS est fausse");
    let detail = written.detail.unwrap();
    assert!(detail.contains("010000017 se termine par 7") && detail.contains("devrait être 6"), "{detail}");
}

/// The facts a template names.
fn names(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(inside, _)| inside.split('|').next().unwrap_or(inside))
        .collect()
}

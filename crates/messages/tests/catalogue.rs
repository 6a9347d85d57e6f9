//! The catalogue and the topics are the same set.

use std::collections::BTreeSet;

use messages::Text;
use vocabulary::topics;

/// Every sentence with its name: those of findings, and those of the files that people receive.
fn sentences() -> impl Iterator<Item = (String, Text)> {
    let findings = messages::entries().iter().flat_map(|entry| {
        let texts = [Some(entry.title), entry.detail, entry.action].into_iter().flatten();
        texts.map(|text| (format!("{}.{}", entry.code, entry.case), text))
    });
    findings.chain(messages::papers::ALL.iter().map(|(key, text)| ((*key).to_owned(), *text)))
}

#[test]
fn every_topic_has_a_text_and_every_text_a_topic() {
    let topics: BTreeSet<String> = topics::all().map(|topic| topic.to_string()).collect();
    let texts: BTreeSet<String> = messages::entries()
        .iter()
        .map(|entry| vocabulary::Topic { code: entry.code, case: entry.case }.to_string())
        .collect();
    let without_text: Vec<_> = topics.difference(&texts).collect();
    let without_topic: Vec<_> = texts.difference(&topics).collect();
    assert!(without_text.is_empty(), "topics without a text: {without_text:?}");
    assert!(without_topic.is_empty(), "texts without a topic: {without_topic:?}");
}

#[test]
fn french_stands_as_french_is_printed() {
    for (name, text) in sentences() {
        for (at, mark) in text.fr.char_indices().filter(|(_, c)| [';', '!', '?', '»'].contains(c)) {
            let before = text.fr[..at].chars().next_back();
            assert!(
                before.is_none_or(|c| c == '\u{202f}' || c == '\u{a0}' || c == '…' || c == '('),
                "{name}: {mark} without a no-break space in {:?}",
                text.fr
            );
        }
    }
}

#[test]
fn colons_and_quotes_are_spaced_as_each_language_prints_them() {
    for (name, text) in sentences() {
        let at = |what: &str| format!("{name}: {what} in {text:?}");
        assert!(!text.fr.contains(" :"), "{}", at("a plain space before a colon"));
        assert!(!text.fr.contains("« "), "{}", at("a plain space after «"));
        assert!(!text.fr.contains('’'), "{}", at("a curved apostrophe"));
        for mark in [" :", " ;", "\u{a0}", "\u{202f}"] {
            assert!(!text.en.contains(mark), "{}", at("a French space"));
        }
    }
}

/// « Retirer un certificat » is to collect it: "withdraw" would say that it is revoked. A private key has a passphrase.
#[test]
fn words_that_mislead_are_not_used() {
    for (name, text) in sentences() {
        let said = |text: &str, words: &[&str]| words.iter().any(|word| text.to_lowercase().contains(word));
        assert!(!said(text.en, &["withdraw", "password", "editor"]), "{name}: {text:?}");
        assert!(!said(text.fr, &["mot de passe", "k-bis"]), "{name}: {text:?}");
    }
}

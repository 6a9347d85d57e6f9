use std::borrow::Cow;

use vocabulary::{Date, Error, Fact, Finding, Line, Topic, Value};

use crate::{Entry, Locale, Text, entries, term};

/// A topic's sentences, written with its facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// One line: what happened.
    pub title: String,
    /// Why.
    pub detail: Option<String>,
    /// What to do.
    pub action: Option<String>,
}

/// Writes a topic with its facts. A topic without a text, which a test excludes, is written as its key.
pub fn render(locale: Locale, topic: Topic, facts: &[Fact]) -> Rendered {
    let Some(entry) = entry(topic) else {
        return Rendered { title: topic.to_string(), ..Rendered::default() };
    };
    let write = |text: Text| fill(text.get(locale), locale, facts);
    Rendered { title: write(entry.title), detail: entry.detail.map(write), action: entry.action.map(write) }
}

/// Writes a finding.
pub fn finding(locale: Locale, finding: &Finding) -> Rendered {
    render(locale, finding.topic, &finding.facts)
}

/// Writes a line.
pub fn line(locale: Locale, line: &Line) -> Rendered {
    render(locale, line.topic, &line.facts)
}

/// Writes an error.
pub fn error(locale: Locale, error: &Error) -> Rendered {
    render(locale, error.topic, &error.facts)
}

fn entry(topic: Topic) -> Option<&'static Entry> {
    let key = (topic.code, topic.case);
    let at = entries().binary_search_by(|entry| (entry.code, entry.case).cmp(&key)).ok()?;
    entries().get(at)
}

/// Replaces `{name}`, `{name|one|many}` by the word that suits a count, and `{name|open|close}` by the items of a list,
/// each between its marks. What names no fact is left out; `build.rs` has checked the braces.
pub(crate) fn fill(template: &str, locale: Locale, facts: &[Fact]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((inside, next)) = after.split_once('}') else { break };
        let mut parts = inside.split('|');
        let name = parts.next().unwrap_or_default();
        let value = facts.iter().find(|fact| fact.name == name).map(|fact| &fact.value);
        match (value, parts.next(), parts.next()) {
            (Some(Value::Count(count)), Some(one), Some(many)) => {
                out.push_str(if is_singular(locale, *count) { one } else { many });
            }
            (Some(Value::List(items)), Some(open), Some(close)) => {
                let quoted: Vec<_> =
                    items.iter().map(|item| [open, &one_line(item), close].concat()).collect();
                out.push_str(&quoted.join(", "));
            }
            (Some(value), _, _) => push(&mut out, locale, value),
            (None, _, _) => {}
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

fn push(out: &mut String, locale: Locale, value: &Value) {
    match value {
        Value::Text(text) => out.push_str(&one_line(text)),
        Value::Count(count) => out.push_str(&count.to_string()),
        Value::Date(moment) => out.push_str(&date(locale, moment.date())),
        Value::Term(key) => out.push_str(term(key).map_or(key, |text| text.get(locale))),
        Value::List(items) => out.push_str(&one_line(&items.join(", "))),
    }
}

/// What a stranger wrote, fit to stand in a sentence: characters that break the line, ring, or turn the direction of what
/// follows them become the replacement character (Unicode Standard Annex 9; "Trojan Source").
pub fn one_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(breaks) {
        Cow::Owned(text.chars().map(|c| if breaks(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// In French zero and one are singular, in English only one.
const fn is_singular(locale: Locale, count: u64) -> bool {
    match locale {
        Locale::Fr => count < 2,
        Locale::En => count == 1,
    }
}

/// A date in full: "25 avril 2028", "1er mai 2028", "25 April 2028".
fn date(locale: Locale, date: Date) -> String {
    let month = usize::from(date.month()).saturating_sub(1);
    match locale {
        Locale::Fr => {
            let ordinal = if date.day() == 1 { "er" } else { "" };
            format!("{}{ordinal} {} {}", date.day(), MONTHS_FR.get(month).unwrap_or(&""), date.year())
        }
        Locale::En => format!("{} {} {}", date.day(), MONTHS_EN.get(month).unwrap_or(&""), date.year()),
    }
}

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use vocabulary::Timestamp;

    use super::*;

    fn fact(name: &'static str, value: impl Into<Value>) -> Fact {
        Fact { name, value: value.into() }
    }

    #[test]
    fn what_a_stranger_wrote_does_not_turn_the_sentence() {
        let facts =
            [fact("name", "fr.\u{202e}gpj.exe\n"), fact("all", vec!["a\u{2066}".to_owned(), "b".to_owned()])];
        let replaced = "« fr.\u{fffd}gpj.exe\u{fffd} », <a\u{fffd}>, <b>";
        assert_eq!(fill("« {name} », {all|<|>}", Locale::Fr, &facts), replaced);
        assert_eq!(fill("{all}", Locale::Fr, &facts), "a\u{fffd}, b");
        assert!(matches!(one_line("Clinique des Lilas, شفاء"), Cow::Borrowed(_)));
    }

    #[test]
    fn templates_are_filled() {
        let facts = [
            fact("days", 1_u64),
            fact("until", Timestamp::parse("2028-05-01").unwrap()),
            fact("name", "INSI-AUTO"),
        ];
        let fr = |template| fill(template, Locale::Fr, &facts);
        assert_eq!(
            fr("{name} : {days} {days|jour|jours}, le {until}."),
            "INSI-AUTO : 1 jour, le 1er mai 2028."
        );
        assert_eq!(fr("rien"), "rien");
        assert_eq!(fr("{absent}!"), "!");
        let marks = fact("marks", Value::List(vec![",".to_owned(), "=".to_owned()]));
        assert_eq!(fill("{marks|« | »}", Locale::Fr, &[marks]), "« , », « = »");
        assert_eq!(fill("{n} {n|day|days}", Locale::En, &[fact("n", 0_u64)]), "0 days");
        assert_eq!(fill("{n} {n|jour|jours}", Locale::Fr, &[fact("n", 0_u64)]), "0 jour");
    }

    #[test]
    fn a_fact_is_not_a_template() {
        assert_eq!(fill("{a}", Locale::Fr, &[fact("a", "{b}"), fact("b", "c")]), "{b}");
    }
}

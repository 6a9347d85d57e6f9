//! Calendars read back by a strict reader of RFC 5545, written from the RFC and not from the writer.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing)]

use papers::calendar::{Alarm, Calendar, Event};
use proptest::prelude::*;
use vocabulary::{Date, Timestamp};

const CALENDAR: Calendar<'static> = Calendar {
    product: "-//Estampille//Estampille//FR",
    name: "Certificats; échéances",
    language: "fr",
    at: Timestamp(1_795_167_000),
};

fn event(uid: &str, summary: &str, description: &str) -> Event {
    Event {
        uid: uid.to_owned(),
        day: Date::new(2028, 4, 25).unwrap(),
        summary: summary.to_owned(),
        description: description.to_owned(),
        url: Some("https://pfc.eservices.esante.gouv.fr".to_owned()),
        alarms: [90, 60, 30].map(|days_before| Alarm { days_before, text: summary.to_owned() }).to_vec(),
    }
}

#[test]
fn a_calendar_without_events_is_one() {
    assert_eq!(read(&CALENDAR.write(&[])).children.len(), 0);
}

#[test]
fn a_calendar_says_what_it_was_given() {
    let summary = "Clé ; « INSI-AUTO », l'an\\nouveau 🏥";
    let description = "Une ligne\nune autre, plus longue : ".to_owned() + &"é".repeat(200);
    let written = CALENDAR.write(&[event("a@estampille", summary, &description)]);
    let calendar = read(&written);
    assert_eq!(calendar.text("X-WR-CALNAME"), "Certificats; échéances");
    let [event] = calendar.children.as_slice() else { panic!("one event") };
    assert_eq!(event.name, "VEVENT");
    assert_eq!(event.value("UID"), "a@estampille");
    assert_eq!(event.value("DTSTAMP"), "20261120T093000Z");
    assert_eq!(event.value("DTSTART;VALUE=DATE"), "20280425");
    assert_eq!(event.text("SUMMARY;LANGUAGE=fr"), summary);
    assert_eq!(event.text("DESCRIPTION;LANGUAGE=fr"), description);
    assert_eq!(event.value("URL"), "https://pfc.eservices.esante.gouv.fr");
    let triggers: Vec<_> = event.children.iter().map(|alarm| alarm.value("TRIGGER")).collect();
    assert_eq!(triggers, ["-P90D", "-P60D", "-P30D"]);
    for alarm in &event.children {
        assert_eq!((alarm.name.as_str(), alarm.value("ACTION")), ("VALARM", "DISPLAY"));
        assert_eq!(alarm.text("DESCRIPTION;LANGUAGE=fr"), summary);
    }
}

#[test]
fn line_breaks_and_control_characters_do_not_break_out() {
    let written = CALENDAR.write(&[event("a", "x\r\nBEGIN:VEVENT\r\ny\u{0}z\u{85}w\rv", "")]);
    let calendar = read(&written);
    assert_eq!(calendar.children.len(), 1);
    assert_eq!(calendar.children[0].text("SUMMARY;LANGUAGE=fr"), "x\nBEGIN:VEVENT\ny z\nw\nv");
    let mut bad = event("a", "b", "");
    bad.url = Some("https://a\r\nBEGIN:VEVENT".to_owned());
    assert!(!read(&CALENDAR.write(&[bad])).children[0].has("URL"));
}

#[test]
fn days_before_our_times_are_written_all_the_same() {
    let mut old = event("a", "b", "");
    old.day = Date::new(-1, 1, 1).unwrap();
    assert_eq!(read(&CALENDAR.write(&[old])).children[0].value("DTSTART;VALUE=DATE"), "19000101");
}

proptest! {
    #[test]
    fn any_text_comes_back(summary in any::<String>(), description in "[^\\p{Cc}\u{2028}\u{2029}]{0,400}") {
        let written = CALENDAR.write(&[event("uid", &summary, &description)]);
        let calendar = read(&written);
        prop_assert_eq!(calendar.children.len(), 1);
        if !description.is_empty() {
            prop_assert_eq!(calendar.children[0].text("DESCRIPTION;LANGUAGE=fr"), description);
        }
        let expected = summary.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
        let expected: String =
            expected.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { ' ' } else { c }).collect();
        prop_assert_eq!(calendar.children[0].text("SUMMARY;LANGUAGE=fr"), expected);
    }
}

/// A component: its properties in order, and the components in it.
struct Component {
    name: String,
    properties: Vec<(String, String)>,
    children: Vec<Component>,
}

impl Component {
    fn has(&self, name: &str) -> bool {
        self.properties.iter().any(|(found, _)| found == name)
    }

    fn value(&self, name: &str) -> &str {
        let mut found = self.properties.iter().filter(|(found, _)| found == name);
        let (_, value) = found.next().unwrap_or_else(|| panic!("{} has no {name}", self.name));
        assert!(found.next().is_none(), "{name} stands twice");
        value
    }

    fn text(&self, name: &str) -> String {
        let mut out = String::new();
        let mut rest = self.value(name).chars();
        while let Some(character) = rest.next() {
            match character {
                '\\' => match rest.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(escaped @ ('\\' | ';' | ',')) => out.push(escaped),
                    other => panic!("\\{other:?} is no escape"),
                },
                ';' | ',' => panic!("{character} is not escaped in {name}"),
                other => out.push(other),
            }
        }
        out
    }
}

fn read(text: &str) -> Component {
    assert!(text.ends_with("\r\n"), "the last line ends");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "lines end with CR LF");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.chars().any(|c| c.is_control() && c != '\t'), "a control character: {line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    let mut lines = unfolded.split_terminator("\r\n");
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let calendar = component("VCALENDAR", &mut lines);
    assert_eq!(lines.next(), None);
    for needed in ["VERSION", "PRODID"] {
        calendar.value(needed);
    }
    for event in &calendar.children {
        for needed in ["UID", "DTSTAMP"] {
            event.value(needed);
        }
    }
    calendar
}

fn component<'a>(name: &str, lines: &mut impl Iterator<Item = &'a str>) -> Component {
    let mut found = Component { name: name.to_owned(), properties: Vec::new(), children: Vec::new() };
    loop {
        let line = lines.next().unwrap_or_else(|| panic!("{name} does not end"));
        let (property, value) = line.split_once(':').unwrap_or_else(|| panic!("{line:?} has no colon"));
        let base = property.split(';').next().unwrap();
        assert!(
            !base.is_empty()
                && base.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-'),
            "{property}"
        );
        match base {
            "BEGIN" => found.children.push(component(value, lines)),
            "END" => {
                assert_eq!(value, name);
                return found;
            }
            _ => found.properties.push((property.to_owned(), value.to_owned())),
        }
    }
}

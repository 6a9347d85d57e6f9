//! Calendars (iCalendar, RFC 5545): events that last a whole day, with alarms some days before.
//!
//! Lines end with CR LF and are folded at 75 octets, never inside a character; texts are escaped (section 3.3.11).
//! Nothing is random: an event keeps its UID from one writing to the next, so that a calendar imported twice updates
//! its events and shows none of them twice.

use vocabulary::{Date, Timestamp};

/// A calendar to write.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// What made it, e.g. `-//Estampille//Estampille 0.1//FR`; section 3.7.3.
    pub product: &'a str,
    /// The name some programs show.
    pub name: &'a str,
    /// BCP 47 tag of the language its texts are in.
    pub language: &'a str,
    /// When it is written.
    pub at: Timestamp,
}

/// Something that happens on a day, wherever one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What tells it from every other event of the world, and stays.
    pub uid: String,
    /// The day; before 1900 it is written as 1 January 1900.
    pub day: Date,
    /// One line.
    pub summary: String,
    /// More, on several lines.
    pub description: String,
    /// Where to go.
    pub url: Option<String>,
    /// Reminders.
    pub alarms: Vec<Alarm>,
}

/// A reminder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// How many days before the beginning of the event's day.
    pub days_before: u16,
    /// What it shows.
    pub text: String,
}

impl Calendar<'_> {
    /// Writes the calendar with these events, in this order.
    pub fn write(&self, events: &[Event]) -> String {
        let mut out = Lines(String::new());
        out.line("BEGIN", "VCALENDAR");
        out.line("VERSION", "2.0");
        out.line("PRODID", &escaped(self.product));
        out.line("CALSCALE", "GREGORIAN");
        out.line("METHOD", "PUBLISH");
        out.line("X-WR-CALNAME", &escaped(self.name));
        let stamp = compact(&self.at.to_string());
        for event in events {
            self.write_event(&mut out, event, &stamp);
        }
        out.line("END", "VCALENDAR");
        out.0
    }

    fn write_event(&self, out: &mut Lines, event: &Event, stamp: &str) {
        let text = |name: &str| format!("{name};LANGUAGE={}", self.language);
        out.line("BEGIN", "VEVENT");
        out.line("UID", &escaped(&event.uid));
        out.line("DTSTAMP", stamp);
        // The end is left out: a date alone lasts that day (section 3.6.1).
        out.line("DTSTART;VALUE=DATE", &compact(&in_our_times(event.day).to_string()));
        out.line(&text("SUMMARY"), &escaped(&event.summary));
        if !event.description.is_empty() {
            out.line(&text("DESCRIPTION"), &escaped(&event.description));
        }
        if let Some(url) = event.url.as_deref().filter(|url| !url.contains(char::is_control)) {
            out.line("URL", url);
        }
        // Nobody is busy that day.
        out.line("TRANSP", "TRANSPARENT");
        for alarm in &event.alarms {
            out.line("BEGIN", "VALARM");
            out.line("ACTION", "DISPLAY");
            out.line("TRIGGER", &format!("-P{}D", alarm.days_before));
            out.line(&text("DESCRIPTION"), &escaped(&alarm.text));
            out.line("END", "VALARM");
        }
        out.line("END", "VEVENT");
    }
}

/// Content lines, folded.
struct Lines(String);

impl Lines {
    fn line(&mut self, name: &str, value: &str) {
        let mut room = LONGEST_LINE;
        for character in name.chars().chain([':']).chain(value.chars()) {
            let size = character.len_utf8();
            if size > room {
                self.0.push_str("\r\n ");
                room = LONGEST_LINE.saturating_sub(1);
            }
            self.0.push(character);
            room = room.saturating_sub(size);
        }
        self.0.push_str("\r\n");
    }
}

/// In octets, the line break not counted: section 3.1.
const LONGEST_LINE: usize = 75;

/// A TEXT value, section 3.3.11. Line breaks of any kind become `\n`; other control characters, which the format does
/// not allow, become spaces.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// `2026-11-20T09:30:00Z` becomes `20261120T093000Z`.
fn compact(text: &str) -> String {
    text.replace(['-', ':'], "")
}

/// Four digits of a year are all the format has, and programs differ on those before ours.
fn in_our_times(day: Date) -> Date {
    Date::new(1900, 1, 1).map_or(day, |first| day.max(first))
}

//! The readme of a kit: what it is of, each file, the commands, what to do next. Text for Windows as for Linux: UTF-8
//! with a byte-order mark, lines that end with CR LF.

use messages::{Locale, Text, papers::kit as texts};
use vocabulary::{Fact, Timestamp};

use super::{
    commands::fact,
    guide::{self, Tool},
};
use crate::{
    calendar::PLATFORM,
    contract::{Finding, KitFacts, KitFile, Passport},
};

/// What the readme tells of the certificate.
pub(super) struct Subject<'a> {
    pub(super) name: &'a str,
    pub(super) product: Option<&'a str>,
    pub(super) structure: Option<&'a str>,
    pub(super) passport: &'a Passport,
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    pub(super) is_igc: bool,
}

/// Writes it.
pub(super) fn write(
    locale: Locale,
    now: Timestamp,
    subject: &Subject<'_>,
    files: &[KitFile],
    facts: &KitFacts,
    findings: &[Finding],
) -> String {
    let mut readme = Readme { locale, out: String::from("\u{feff}") };
    let name: String = subject.name.chars().take(80).collect();
    let known = vec![
        fact("name", name),
        fact("on", now),
        fact("version", env!("CARGO_PKG_VERSION")),
        fact("product", subject.product.unwrap_or_default().replacen('_', " ", 1)),
        fact("structure", subject.structure.unwrap_or_default()),
        fact("subject", shown(&subject.passport.subject.rfc4514)),
        fact("issuer", shown(&subject.passport.issuer.rfc4514)),
        fact("serial", shown(&subject.passport.serial)),
        fact("sha256", subject.passport.sha256.as_str()),
        fact("from", subject.not_before),
        fact("until", subject.not_after),
        fact("platform", PLATFORM),
    ];
    readme.title(&texts::TITLE.with(locale, &known), '=');
    readme.line(&texts::MADE.with(locale, &known));

    readme.heading(texts::CERTIFICATE);
    if subject.product.is_some() {
        readme.say(texts::PRODUCT, &known);
    }
    if subject.structure.is_some() {
        readme.say(texts::STRUCTURE, &known);
    }
    for text in [texts::SUBJECT, texts::ISSUER, texts::SERIAL, texts::SHA256, texts::VALIDITY] {
        readme.say(text, &known);
    }

    readme.findings(findings);

    readme.heading(texts::FILES);
    for file in files {
        readme.line(&file.name);
        readme.line(&format!("    {}", file.purpose));
    }

    readme.heading(texts::BEFORE);
    for note in guide::notes(locale, facts) {
        readme.line(&note);
    }
    for guide in Tool::ALL.into_iter().filter_map(|tool| guide::tool_guide(locale, tool, facts)) {
        readme.title(&guide.title, '-');
        readme.line(&guide.place);
        for command in &guide.commands {
            readme.line("");
            readme.line(&command.what);
            readme.line("");
            for line in command.text.lines() {
                readme.line(&format!("    {line}"));
            }
        }
    }

    readme.heading(texts::AFTER);
    readme.say(texts::KEEP, &known);
    if subject.is_igc {
        readme.say(texts::LOST, &known);
        readme.say(texts::RENEW, &known);
    }
    readme.out
}

struct Readme {
    locale: Locale,
    out: String,
}

impl Readme {
    /// A title underlined, after an empty line unless it is the first.
    fn title(&mut self, text: &str, under: char) {
        if self.out.len() > '\u{feff}'.len_utf8() {
            self.line("");
        }
        self.line(text);
        let width = text.chars().count();
        self.line(&core::iter::repeat_n(under, width).collect::<String>());
    }

    fn heading(&mut self, text: Text) {
        self.title(text.get(self.locale), '-');
    }

    fn say(&mut self, text: Text, facts: &[Fact]) {
        let line = text.with(self.locale, facts);
        self.line(&line);
    }

    fn findings(&mut self, findings: &[Finding]) {
        let told: Vec<&Finding> =
            findings.iter().filter(|finding| ["error", "warning"].contains(&&*finding.severity)).collect();
        if told.is_empty() {
            return;
        }
        self.heading(texts::TO_LOOK_AT);
        for finding in told {
            self.line(&format!("- {}", finding.title));
            if let Some(detail) = &finding.detail {
                self.line(&format!("  {detail}"));
            }
            if let Some(action) = &finding.action {
                let action = texts::TO_DO.with(self.locale, &[fact("action", action.as_str())]);
                self.line(&format!("  {action}"));
            }
        }
    }

    /// One line: what would break it does not.
    fn line(&mut self, text: &str) {
        self.out.extend(text.chars().map(|character| if character.is_control() { ' ' } else { character }));
        self.out.push_str("\r\n");
    }
}

fn shown(text: &str) -> String {
    text.chars().take(500).collect()
}

//! The evidence sheet: what was checked, when, with what, and what was found, as rows that a page prints.
//!
//! It is made of a report, so that it says what the person saw; neither key nor passphrase ever reaches it.

use messages::{Locale, Text, papers::evidence as texts};
use vocabulary::{Fact, Timestamp, Value};

use crate::{
    contract::{CheckReport, Evidence, EvidenceInput, EvidenceRow, EvidenceSection, Finding, Word},
    order,
};

/// The sheet of one check. `now` is when the sheet is made.
pub fn sheet(locale: Locale, now: Timestamp, input: &EvidenceInput) -> Evidence {
    let writer = Writer { locale };
    let version = fact("version", env!("CARGO_PKG_VERSION"));
    let mut notes = vec![texts::MADE.with(locale, &[fact("on", now), version])];
    notes.push(texts::RULES.with(locale, &[fact("on", order::rules_date().midnight())]));
    let at = input.at.as_deref().and_then(Timestamp::parse).unwrap_or(now);
    let mut sections =
        vec![writer.check(input, at), writer.certificate(&input.report), writer.chain(&input.report)];
    sections.push(writer.findings(&input.report.findings));
    sections.retain(|section| !section.rows.is_empty());
    Evidence { title: texts::TITLE.get(locale).to_owned(), notes, sections }
}

struct Writer {
    locale: Locale,
}

impl Writer {
    fn check(&self, input: &EvidenceInput, at: Timestamp) -> EvidenceSection {
        let report = &input.report;
        let (verdict, severity) = match &*report.verdict {
            "fail" => (texts::VERDICT_FAIL, "error"),
            "warn" => (texts::VERDICT_WARN, "warning"),
            _ => (texts::VERDICT_PASS, "ok"),
        };
        let none = || self.say(texts::NONE);
        let clock = at.to_string().get(11..19).unwrap_or_default().to_owned();
        let mut rows = vec![
            EvidenceRow { severity: Some(severity.into()), ..self.row(texts::VERDICT, self.say(verdict)) },
            self.row(texts::HEADLINE, report.headline.clone()),
            self.row(texts::AT, texts::MOMENT.with(self.locale, &[fact("on", at), fact("clock", clock)])),
        ];
        if let Some(file) = &input.file {
            rows.push(self.row(texts::FILE, file.clone()));
        }
        rows.push(self.row(texts::KEY_FILE, input.key_file.clone().unwrap_or_else(none)));
        rows.push(self.row(texts::CSR_FILE, input.csr_file.clone().unwrap_or_else(none)));
        let lists = if input.crl_files.is_empty() { none() } else { input.crl_files.join(", ") };
        rows.push(self.row(texts::CRL_FILE, lists));
        self.section(texts::CHECK, rows)
    }

    fn certificate(&self, report: &CheckReport) -> EvidenceSection {
        let summary = &report.certificate;
        let product = match (&summary.product, &*summary.product_confidence) {
            (Some(product), "certain") => spaced(product),
            (Some(product), _) => {
                texts::PRODUCT_LIKELY.with(self.locale, &[fact("product", spaced(product))])
            }
            (None, _) => self.say(texts::PRODUCT_UNKNOWN),
        };
        let environment = match &*summary.environment {
            "production" => messages::term("environment.production"),
            "test" => messages::term("environment.test"),
            _ => None,
        };
        let environment =
            environment.map_or_else(|| self.say(texts::ENVIRONMENT_UNKNOWN), |text| self.say(text));
        let date = |text: &str| Timestamp::parse(text).map_or_else(|| Value::from(text), Value::from);
        let validity = [
            Fact { name: "from", value: date(&summary.not_before) },
            Fact { name: "until", value: date(&summary.not_after) },
        ];
        let bits =
            [fact("algorithm", summary.key_algorithm.as_str()), fact("count", u64::from(summary.key_bits))];
        let mut rows = vec![
            self.row(texts::PRODUCT, product),
            self.row(texts::ENVIRONMENT, environment),
            self.exact(texts::SUBJECT, &summary.subject_rfc4514),
            self.exact(texts::ISSUER, &summary.issuer_rfc4514),
            self.exact(texts::SERIAL, &summary.serial),
            self.row(texts::VALIDITY, texts::FROM_TO.with(self.locale, &validity)),
        ];
        if let Some(until) = &summary.private_key_not_after {
            let until = [Fact { name: "until", value: date(until) }];
            rows.push(self.row(texts::KEY_UNTIL, texts::DATE.with(self.locale, &until)));
        }
        rows.push(self.row(texts::KEY, texts::KEY_BITS.with(self.locale, &bits)));
        rows.push(self.exact(texts::SHA256, &summary.sha256));
        rows.push(self.exact(texts::SHA1, &summary.sha1));
        rows.push(self.exact(texts::PUBLIC_KEY, &summary.public_key_sha256));
        for (label, names) in [(texts::NAMES, &summary.dns_names), (texts::EMAILS, &summary.emails)] {
            if !names.is_empty() {
                rows.push(self.row(label, names.join(", ")));
            }
        }
        self.section(texts::CERTIFICATE, rows)
    }

    fn chain(&self, report: &CheckReport) -> EvidenceSection {
        let rows = report.chain.iter().enumerate().map(|(place, element)| {
            let which = match (place, element.pinned) {
                (_, true) => texts::CHAIN_PINNED,
                (0, false) => texts::CHAIN_LEAF,
                (_, false) => texts::CHAIN_OTHER,
            };
            EvidenceRow {
                more: element.sha256.iter().cloned().collect(),
                exact: true,
                ..self.row(which, element.subject_rfc4514.clone())
            }
        });
        self.section(texts::CHAIN, rows.collect())
    }

    fn findings(&self, findings: &[Finding]) -> EvidenceSection {
        let rows = findings.iter().map(|finding| {
            let label = match &*finding.severity {
                "error" => texts::SEVERITY_ERROR,
                "warning" => texts::SEVERITY_WARNING,
                "info" => texts::SEVERITY_INFO,
                _ => texts::SEVERITY_OK,
            };
            let action = finding.action.as_deref().filter(|_| finding.severity != "ok");
            let action = action.map(|text| texts::TO_DO.with(self.locale, &[fact("action", text)]));
            EvidenceRow {
                more: finding.detail.clone().into_iter().chain(action).collect(),
                severity: Some(finding.severity.clone()),
                ..self.row(label, finding.title.clone())
            }
        });
        self.section(texts::FINDINGS, rows.collect())
    }

    fn section(&self, title: Text, rows: Vec<EvidenceRow>) -> EvidenceSection {
        EvidenceSection { title: self.say(title), rows }
    }

    fn row(&self, label: Text, value: String) -> EvidenceRow {
        EvidenceRow { label: self.say(label), value, more: Vec::new(), severity: None::<Word>, exact: false }
    }

    fn exact(&self, label: Text, value: &str) -> EvidenceRow {
        EvidenceRow { exact: true, ..self.row(label, value.to_owned()) }
    }

    fn say(&self, text: Text) -> String {
        text.get(self.locale).to_owned()
    }
}

/// `ORG_AUTH_CLI` as people read it.
fn spaced(product: &str) -> String {
    product.replacen('_', " ", 1)
}

fn fact(name: &'static str, value: impl Into<Value>) -> Fact {
    Fact { name, value: value.into() }
}

//! The sheets as a PDF file.

use messages::{Locale, papers::f413 as texts};
use papers::pdf::{Document, Row, Section, Sheet};
use vocabulary::Timestamp;

use super::fact;
use crate::{
    contract::{F413Field, F413Sheet},
    order,
};

/// The file, whose fields are those of the sheets, word for word.
pub(super) fn pdf(locale: Locale, now: Timestamp, sheets: &[F413Sheet]) -> Vec<u8> {
    let dates = [fact("on", now), fact("rules", order::rules_date().midnight())];
    let notice = texts::NOTICE.with(locale, &dates);
    let document = Document {
        title: texts::PDF_TITLE.get(locale),
        subject: texts::PDF_SUBJECT.get(locale),
        creator: concat!("Estampille ", env!("CARGO_PKG_VERSION")),
        language: locale.tag(),
        at: now,
        sheets: sheets.iter().map(|sheet| paper(locale, sheet, &notice)).collect(),
    };
    document.write(&|page, pages| texts::PAGE.with(locale, &[fact("page", page), fact("pages", pages)]))
}

fn paper(locale: Locale, sheet: &F413Sheet, notice: &str) -> Sheet {
    let mut sections: Vec<Section> = Vec::new();
    for field in &sheet.fields {
        let row = Row { label: field.label.clone(), value: field.value.clone(), notes: notes(field) };
        match sections.last_mut().filter(|section| section.title == field.section) {
            Some(section) => section.rows.push(row),
            None => sections.push(Section { title: field.section.clone(), rows: vec![row] }),
        }
    }
    Sheet {
        title: sheet.title.clone(),
        notice: notice.to_owned(),
        sections,
        closing: Some((texts::NEXT.get(locale).to_owned(), sheet.next.clone())),
    }
}

/// On paper: what is wrong, and why a field is empty. Advice for whoever types stays on the screen.
fn notes(field: &F413Field) -> Vec<String> {
    let said = field.findings.iter().filter(|finding| finding.severity != "info" || field.value.is_empty());
    said.map(|finding| match &finding.action {
        Some(action) => format!("{} {action}", finding.sentence()),
        None => finding.sentence(),
    })
    .collect()
}

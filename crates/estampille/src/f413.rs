//! The form F413: what to write in each field, checked as it is typed, and the sheets as a PDF file.
//!
//! The rules are [`doctrine::f413`]'s. The words on the form and what is written on it are French whatever the language:
//! so is the form.

mod input;
mod paper;
mod questions;

use doctrine::f413 as rules;
use messages::{Locale, Text, papers::f413 as texts};
use vocabulary::{Error, Fact, Finding as Found, Service, Timestamp, Value, topics::f413 as topics};

use crate::{
    contract::{
        ByteOutput, F413, F413Answers, F413Field, F413Form, F413Input, F413Sheet, OrderProfile, findings,
    },
    order,
};

/// The sheets of an order, and the file to print.
///
/// # Errors
///
/// `invalid-profile` as [`order::recommend`], with its path under `profile`; `invalid-input` for a role or a scope that
/// the contract has not. Whatever else is missing or wrong is said by the findings.
pub fn prepare(locale: Locale, now: Timestamp, input: &F413Input) -> Result<F413, Error> {
    let prepared = prepared(now, input)?;
    let (sheets, findings) = written(locale, &prepared);
    let pdf = ByteOutput(paper::pdf(locale, now, &sheets));
    Ok(F413 { sheets, findings, pdf })
}

/// For the page: what to ask next to the sheets so far.
///
/// # Errors
///
/// As [`prepare`].
pub fn form(
    locale: Locale,
    now: Timestamp,
    profile: OrderProfile,
    answers: &F413Answers,
) -> Result<F413Form, Error> {
    let input = input::of_answers(profile, answers);
    let prepared = prepared(now, &input)?;
    let (sheets, findings) = written(locale, &prepared);
    let groups = questions::groups(locale, &prepared, answers, &sheets);
    let number = match prepared.sheets.as_slice() {
        [only] => only.number.as_deref(),
        _ => None,
    };
    let file_name = number.map_or_else(|| "f413.pdf".to_owned(), |number| format!("f413_{number}.pdf"));
    let fields = sheets.iter().flat_map(|sheet| &sheet.fields);
    let errors =
        fields.flat_map(|field| &field.findings).filter(|finding| finding.severity == "error").count();
    Ok(F413Form { groups, sheets, findings, file_name, errors })
}

/// For the page: the file to print, of what was answered.
///
/// # Errors
///
/// As [`prepare`].
pub fn pdf(
    locale: Locale,
    now: Timestamp,
    profile: OrderProfile,
    answers: &F413Answers,
) -> Result<ByteOutput, Error> {
    Ok(prepare(locale, now, &input::of_answers(profile, answers))?.pdf)
}

fn prepared(now: Timestamp, input: &F413Input) -> Result<rules::Prepared, Error> {
    let under_profile = |mut error: Error| {
        error.field = Some(error.field.map_or("profile".to_owned(), |field| format!("profile.{field}")));
        error
    };
    let given = input.profile.clone().unwrap_or_default();
    let profile = order::parsed(&given, now).map_err(under_profile)?;
    let answers = input::answers(input)?;
    rules::prepare(&profile, &answers, &usage).map_err(under_profile)
}

/// What services are for, in a sentence of the form.
fn usage(services: &[Service]) -> String {
    let words: Vec<&str> = services.iter().map(|service| usage_of(*service).get(Locale::Fr)).collect();
    let sentence = words.join(", ");
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

const fn usage_of(service: Service) -> Text {
    match service {
        Service::Dmp => texts::USAGE_OF_DMP,
        Service::InsiAuto => texts::USAGE_OF_INSI_AUTO,
        Service::InsiManu => texts::USAGE_OF_INSI_MANU,
        Service::MssanteBal => texts::USAGE_OF_MSSANTE_BAL,
        Service::MssanteOperateur => texts::USAGE_OF_MSSANTE_OPERATEUR,
        Service::ProSanteConnect => texts::USAGE_OF_PRO_SANTE_CONNECT,
        Service::Ror => texts::USAGE_OF_ROR,
        Service::Roc => texts::USAGE_OF_ROC,
        Service::AnnuaireSante => texts::USAGE_OF_ANNUAIRE_SANTE,
        Service::Drimbox => texts::USAGE_OF_DRIMBOX,
        Service::PflauPull => texts::USAGE_OF_PFLAU_PULL,
        Service::PflauPush => texts::USAGE_OF_PFLAU_PUSH,
        Service::DossierPharmaceutique => texts::USAGE_OF_DOSSIER_PHARMACEUTIQUE,
        Service::HprimNet => texts::USAGE_OF_HPRIM_NET,
        Service::Diapason => texts::USAGE_OF_DIAPASON,
        Service::Psig => texts::USAGE_OF_PSIG,
        Service::ServeurWeb => texts::USAGE_OF_SERVEUR_WEB,
        Service::Chiffrement => texts::USAGE_OF_CHIFFREMENT,
        Service::AutreSegur => texts::USAGE_OF_AUTRE_SEGUR,
        Service::AutreHorsSegur => texts::USAGE_OF_AUTRE_HORS_SEGUR,
    }
}

fn written(locale: Locale, prepared: &rules::Prepared) -> (Vec<F413Sheet>, Vec<crate::contract::Finding>) {
    let sheets = prepared.sheets.iter().map(|sheet| written_sheet(locale, sheet)).collect();
    (sheets, findings(locale, &prepared.findings))
}

fn written_sheet(locale: Locale, sheet: &rules::Sheet) -> F413Sheet {
    let name =
        sheet.name.clone().unwrap_or_else(|| messages::papers::dossier::UNNAMED.get(locale).to_owned());
    let number = sheet.number.clone().unwrap_or_else(|| texts::NO_NUMBER.get(locale).to_owned());
    let (part, parts) = sheet.part;
    let facts = [fact("name", name), fact("number", number), fact("part", part), fact("parts", parts)];
    let title = if parts > 1 { texts::SHEET_PART } else { texts::SHEET };
    F413Sheet {
        title: title.with(locale, &facts),
        fields: sheet.entries.iter().map(|entry| field(locale, entry)).collect(),
        next: next(locale),
    }
}

fn field(locale: Locale, entry: &rules::Entry) -> F413Field {
    let numbered = |text: &str| text.replace("{line}", &entry.line.to_string());
    let mut found = entry.findings.clone();
    let (value, tick) = match &entry.content {
        rules::Content::Empty => (String::new(), false),
        rules::Content::Tick(true) => (texts::TICK.get(locale).to_owned(), true),
        rules::Content::Tick(false) => (texts::NO_TICK.get(locale).to_owned(), true),
        rules::Content::Text(text) => {
            let letters = papers::pdf::unwritable(text);
            if !letters.is_empty() {
                let letters: Vec<String> =
                    letters.into_iter().take(12).map(|c| format!("{c} (U+{:04X})", u32::from(c))).collect();
                let said = Found::warning(topics::LETTERS).with("found", text.as_str());
                found.push(said.with("letters", Value::List(letters)));
            }
            (text.clone(), false)
        }
    };
    F413Field {
        section: numbered(entry.field.section),
        label: numbered(entry.field.label),
        value,
        findings: findings(locale, &found),
        input: entry.input.clone(),
        tick,
    }
}

/// Where a form goes, what comes next and when.
fn next(locale: Locale) -> Vec<String> {
    let rules::Addresses { form, online, mail, platform } = rules::addresses();
    let facts = [fact("form", form), fact("online", online), fact("mail", mail), fact("platform", platform)];
    [texts::SEND_FORM, texts::RECEIPT, texts::DELAY, texts::ORDER]
        .map(|text| text.with(locale, &facts))
        .to_vec()
}

fn fact(name: &'static str, value: impl Into<Value>) -> Fact {
    Fact { name, value: value.into() }
}

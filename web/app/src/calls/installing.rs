//! Kits, and the papers that go with them.

use browser::values;
use estampille::{
    contract::{
        AssembleInput, CertificateSummary, ChainReport, Evidence, EvidenceInput, FileInput, Kit,
        KitAuthority, KitFacts, KitFile, OfficialChain, Passport, Refusal, SetItem, SetReport, TargetChoice,
        TargetGuide, ToolGuide,
    },
    evidence,
    kit::{self, Target},
};
use leptos::prelude::GetUntracked;
use messages::{Locale, Rendered};
use vocabulary::{Error, topics::failures::ENGINE_FAILED};

use super::atelier::{ask, rendered};
use crate::session::{DroppedFile, Session};

/// The machines to choose from.
pub(crate) fn targets(locale: Locale) -> Vec<TargetChoice> {
    kit::targets(locale)
}

/// What to do with a kit on this machine.
pub(crate) fn guide(locale: Locale, target: &str, facts: &KitFacts) -> Option<TargetGuide> {
    Some(kit::for_target(locale, Target::from_word(target)?, facts))
}

/// The content of a file of a kit.
pub(crate) fn kit_content(kit: &Kit, file: &KitFile) -> Vec<u8> {
    kit::content(kit, file).unwrap_or_default().to_vec()
}

/// Makes a kit with the first of these keys that opens and is the certificate's. Why not, otherwise: a passphrase to
/// type again before anything else, since the file it does not open may hold the key.
pub(crate) async fn make_kit(
    session: Session,
    input: AssembleInput,
    keys: Vec<Option<FileInput>>,
) -> Result<Kit, Refusal> {
    let locale = session.locale.get_untracked();
    let mut refused: Option<Refusal> = None;
    for private_key in keys {
        let content = values::write(&AssembleInput { private_key, ..input.clone() });
        let made: Result<Kit, Refusal> = ask(locale, "assemble", &[content], None).await;
        match made {
            Ok(kit) => {
                session.listener.tell_kit(&kit);
                return Ok(kit);
            }
            Err(refusal) => {
                let field = refusal.field.as_deref();
                let is_last =
                    field.is_some_and(|field| field == "outputPassphrase" || field == "friendlyName");
                if is_last || refused.is_none() || field == Some("passphrase") {
                    refused = Some(refusal);
                }
                if is_last {
                    break;
                }
            }
        }
    }
    let refusal = refused.unwrap_or_else(|| Refusal::new(locale, &Error::new(ENGINE_FAILED)));
    session.listener.tell_error(&refusal.code, refusal.field.as_deref());
    Err(refusal)
}

/// What is known of a certificate's chain, among these files.
pub(crate) async fn chain_of(
    session: Session,
    certificate: &DroppedFile,
    files: &[DroppedFile],
) -> Result<ChainReport, Rendered> {
    let files: Vec<FileInput> = files.iter().map(|file| file.content.clone()).collect();
    let arguments = [values::write(&certificate.content), values::write(&files)];
    ask(session.locale.get_untracked(), "chain", &arguments, None)
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// What to do on the server that kept the key of a certificate.
pub(crate) fn on_server(
    locale: Locale,
    summary: &CertificateSummary,
    authorities: &[KitAuthority],
) -> Vec<ToolGuide> {
    kit::on_server(locale, summary, authorities)
}

/// The passport of a certificate; nothing for a file that holds none.
pub(crate) async fn passport(locale: Locale, certificate: &FileInput) -> Option<Passport> {
    ask(locale, "passport", &[values::write(certificate)], None).await.ok()
}

/// What the evidence of a check is made from; nothing for what has no report.
pub(crate) fn evidence_of(report: &SetReport, item: &SetItem) -> Option<EvidenceInput> {
    Some(EvidenceInput {
        file: Some(item.name.clone()),
        key_file: item.key_file.clone(),
        csr_file: item.csr_file.clone(),
        crl_files: item.crl_file.iter().cloned().collect(),
        at: Some(browser::clock::now().to_string()),
        report: report.report(item)?,
    })
}

/// The evidence of a check.
pub(crate) fn evidence(locale: Locale, input: &EvidenceInput) -> Evidence {
    evidence::sheet(locale, browser::clock::now(), input)
}

/// What a file holds of the official chain.
pub(crate) async fn official_chain(session: Session, file: &DroppedFile) -> Result<OfficialChain, Rendered> {
    ask(session.locale.get_untracked(), "officialChain", &[values::write(&file.content)], None)
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// Saves a file; whether the browser took it.
pub(crate) fn save(name: &str, content: &[u8]) -> bool {
    browser::files::download(name, "application/octet-stream", content).is_ok()
}

//! The form F413 and the dossier, of which the fourth module knows the rules.

use browser::{Shell, values};
use estampille::contract::{
    ByteOutput, DossierContent, DossierFile, DossierOpened, F413Answers, F413Form, OrderProfile,
};
use leptos::prelude::{GetUntracked, WithUntracked};
use messages::Rendered;

use super::{
    atelier::{ask_of, rendered},
    choosing::ready,
};
use crate::session::{DroppedFile, Session};

/// What the form asks, and what to write on it so far.
pub(crate) async fn f413_form(
    session: Session,
    draft: OrderProfile,
    answers: &F413Answers,
) -> Result<F413Form, Rendered> {
    let locale = session.locale.get_untracked();
    let arguments = [values::write(&ready(locale, draft)), values::write(answers)];
    ask_of(Shell::Greffe, locale, "f413Form", &arguments, None)
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// The sheets as a PDF file.
pub(crate) async fn f413_pdf(session: Session) -> Result<Vec<u8>, Rendered> {
    let locale = session.locale.get_untracked();
    let draft = ready(locale, session.draft.get_untracked());
    let arguments = [values::write(&draft), session.f413.with_untracked(values::write)];
    let pdf: Result<ByteOutput, _> = ask_of(Shell::Greffe, locale, "f413Pdf", &arguments, None).await;
    pdf.map(|pdf| pdf.0).map_err(|refusal| rendered(session, refusal))
}

/// The file of a dossier.
pub(crate) async fn save_dossier(
    session: Session,
    content: &DossierContent,
) -> Result<DossierFile, Rendered> {
    let locale = session.locale.get_untracked();
    ask_of(Shell::Greffe, locale, "dossierSave", &[values::write(content)], None)
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// What a file holds of an order.
pub(crate) async fn open_dossier(session: Session, file: &DroppedFile) -> Result<DossierOpened, Rendered> {
    let locale = session.locale.get_untracked();
    ask_of(Shell::Greffe, locale, "dossierOpen", &[values::write(&file.content)], None)
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// Whether a file is one to try as a dossier: JSON, whole or not. No file of the other screens begins so.
pub(crate) fn may_be_a_dossier(file: &DroppedFile) -> bool {
    let content = file.content.as_bytes();
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    content.trim_ascii_start().starts_with(b"{") || file.name.ends_with(".estampille.json")
}

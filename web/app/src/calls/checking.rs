//! Files and certificates that came.

use browser::{Progress, values};
use estampille::{
    calendar,
    contract::{
        AwaitedCertificate, CertificateSummary, CsrReport, FileInput, PinnedAuthority, Secret, SetFile,
        SetOptions, SetReport,
    },
};
use leptos::prelude::*;
use messages::{Locale, Rendered, page::common};

use super::{
    atelier::{ask, rendered},
    making::expected_of,
};
use crate::session::{DroppedFile, Session};

/// Checks files together, with the requests made in this session.
pub(crate) async fn check_set(
    session: Session,
    locale: Locale,
    files: &[DroppedFile],
    passphrases: Vec<String>,
    progress: RwSignal<Option<f64>>,
) -> Result<SetReport, Rendered> {
    let expected = session.orders.with_untracked(|orders| {
        let made = orders.values().filter_map(|order| {
            let csr = FileInput::new(order.csr_pem.clone()?.into_bytes());
            let expected = expected_of(order.planned.as_ref()?, order);
            Some(AwaitedCertificate { csr: Some(csr), expected: Some(expected) })
        });
        made.collect::<Vec<_>>()
    });
    let options = SetOptions {
        passphrases: Some(passphrases.into_iter().map(Secret::new).collect()),
        expected: Some(expected),
        // By the page's clock, as everything else it shows.
        at: Some(browser::clock::now().to_string()),
        ..SetOptions::default()
    };
    let files: Vec<SetFile> =
        files.iter().map(|file| SetFile { name: file.name.clone(), bytes: file.content.clone() }).collect();
    let tell = move |at: Progress| {
        progress.try_set(Some(f64::from(at.done) / f64::from(at.total.max(1))));
    };
    let arguments = [values::write(&files), values::write(&options)];
    ask(locale, "checkSet", &arguments, Some(Box::new(tell)))
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// Checks a request that nothing is expected of.
pub(crate) async fn read_request(session: Session, csr: FileInput) -> Result<CsrReport, Rendered> {
    ask(session.locale.get_untracked(), "inspectCsr", &[values::write(&csr)], None)
        .await
        .map_err(|refusal| rendered(session, refusal))
}

/// Saves the alarms before these certificates end; whether the browser took the file.
pub(crate) fn save_calendar(locale: Locale, certificates: &[CertificateSummary]) -> bool {
    let due = certificates.iter().filter_map(calendar::Due::of_summary).collect();
    let text = calendar::write(locale, browser::clock::now(), due);
    browser::files::download(common::CALENDAR_FILE.get(locale), "text/calendar", text.as_bytes()).is_ok()
}

/// The authorities that certificates are held to.
pub(crate) async fn pins(session: Session) -> Result<Vec<PinnedAuthority>, Rendered> {
    ask(session.locale.get_untracked(), "pins", &[], None).await.map_err(|refusal| rendered(session, refusal))
}

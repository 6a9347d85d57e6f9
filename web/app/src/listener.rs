//! What the page tells its host. No private key and no passphrase is among it.

use std::collections::BTreeSet;

use browser::values;
use estampille::contract::{CheckReport, FileInput, Kit, Plan, SetReport};
use js_sys::Function;
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::{calls, session::Session};

/// Who is told what happens; nobody, when the document is the page's own.
#[derive(Clone, Copy)]
pub(crate) struct Listener(StoredValue<Option<Function>, LocalStorage>);

impl Listener {
    /// Nobody listens.
    pub(crate) fn nobody() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// This function is called with the name of an event, as in `EstampilleEvents`, and its detail.
    pub(crate) fn of(function: Function) -> Self {
        Self(StoredValue::new_local(Some(function)))
    }

    fn is_there(self) -> bool {
        self.0.try_with_value(Option::is_some).unwrap_or_default()
    }

    fn tell(self, event: &str, detail: &impl Serialize) {
        // Let go before it is called: what it does may end the page.
        if let Some(Some(function)) = self.0.try_get_value() {
            // What it throws is the host's own.
            let _ = function.call2(&JsValue::NULL, &event.into(), &values::write(detail));
        }
    }

    /// Something could not be done.
    pub(crate) fn tell_error(self, code: &str, field: Option<&str>) {
        #[derive(Serialize)]
        struct Detail<'a> {
            code: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            field: Option<&'a str>,
        }
        self.tell("estampille-error", &Detail { code, field });
    }

    /// Certificates were checked.
    pub(crate) fn tell_checks(self, report: &SetReport) {
        if self.is_there() {
            let reports: Vec<CheckReport> =
                report.items.iter().filter_map(|item| report.report(item)).collect();
            for report in reports {
                self.tell("estampille-check", &report);
            }
        }
    }

    /// A kit was made: what its files are called, and the fingerprint of the archive.
    pub(crate) fn tell_kit(self, kit: &Kit) {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Detail<'a> {
            file_names: Vec<&'a str>,
            sha256: &'a str,
        }
        let file_names = kit.files.iter().map(|file| file.name.as_str()).collect();
        self.tell("estampille-kit", &Detail { file_names, sha256: &kit.zip_sha256 });
    }
}

/// Tells each plan that is shown, once.
pub(crate) fn tell_plans(session: Session) {
    let told = StoredValue::new(None::<Plan>);
    Effect::new(move |_| {
        let is_shown = session.screen.with(|screen| screen.step().is_some_and(|step| step >= 3));
        let Some(plan) = session.plan.get().ok().filter(|_| is_shown) else { return };
        if told.with_value(|told| told.as_ref() != Some(&plan)) {
            session.listener.tell("estampille-plan", &plan);
            told.set_value(Some(plan));
        }
    });
}

/// Tells each request that may be handed out, once: its key has been saved, or was never here.
pub(crate) fn tell_requests(session: Session) {
    let told = StoredValue::new(BTreeSet::<String>::new());
    Effect::new(move |_| {
        let ready: Vec<(String, String)> = session.orders.with(|orders| {
            let ready = orders.values().filter_map(|order| {
                Some((order.planned.as_ref()?.product.to_string(), order.csr_pem.clone()?))
            });
            ready.collect()
        });
        for (product, csr_pem) in ready {
            let is_new = told.try_update_value(|told| told.insert(csr_pem.clone()));
            if is_new == Some(true) {
                session.surface.spawn(tell_request(session, product, csr_pem));
            }
        }
    });
}

async fn tell_request(session: Session, product: String, csr_pem: String) {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Detail {
        csr_pem: String,
        public_key_sha256: String,
        subject_rfc4514: String,
        product: String,
    }
    // Read as anyone will read it.
    let file = FileInput::new(csr_pem.clone().into_bytes());
    if let Ok(report) = calls::read_request(session, file).await {
        let detail = Detail {
            csr_pem,
            public_key_sha256: report.public_key.sha256.clone(),
            subject_rfc4514: report.subject_rfc4514.clone(),
            product,
        };
        session.listener.tell("estampille-csr", &detail);
    }
}

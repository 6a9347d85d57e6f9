//! Files checked together, for the screens that take many: what the second module says of them, always of the latest.

use std::sync::Arc;

use estampille::contract::{Finding, SetItem, SetReport};
use leptos::prelude::*;
use messages::{
    Rendered,
    page::{check, common},
};

use crate::{
    calls,
    components::{Findings, Refused, Show},
    session::{DroppedFile, Session, tr},
};

/// What is known of files.
#[derive(Clone, Copy)]
pub(super) struct Checked {
    /// The report on the files as they last were; nothing before the first.
    pub(super) report: RwSignal<Option<Arc<SetReport>>>,
    /// Why there is none.
    pub(super) problem: RwSignal<Option<Rendered>>,
    /// A newer report is being made.
    pub(super) working: RwSignal<bool>,
    /// How far it is, from 0 to 1.
    pub(super) progress: RwSignal<Option<f64>>,
}

impl Checked {
    /// Follows files, the passphrases typed and the language. `done` is told of each report.
    pub(super) fn follow(
        session: Session,
        files: RwSignal<Vec<DroppedFile>>,
        passphrases: RwSignal<Vec<String>>,
        done: impl Fn(&SetReport) + Copy + 'static,
    ) -> Self {
        let checked = Self {
            report: RwSignal::new(None),
            problem: RwSignal::new(None),
            working: RwSignal::new(false),
            progress: RwSignal::new(None),
        };
        // A newer run makes an older one's answer worthless.
        let run = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let all = files.get();
            let secrets = passphrases.get();
            let locale = session.locale.get();
            run.update_value(|run| *run = run.wrapping_add(1));
            let this_run = run.get_value();
            checked.problem.set(None);
            if all.is_empty() {
                checked.report.set(None);
                checked.working.set(false);
                return;
            }
            checked.working.set(true);
            checked.progress.set(None);
            session.surface.spawn(async move {
                let found = calls::check_set(session, locale, &all, secrets, checked.progress).await;
                if run.try_get_value() != Some(this_run) {
                    return;
                }
                match found {
                    Ok(report) => {
                        session.listener.tell_checks(&report);
                        done(&report);
                        checked.report.try_set(Some(Arc::new(report)));
                    }
                    Err(problem) => {
                        checked.report.try_set(None);
                        checked.problem.try_set(Some(problem));
                    }
                }
                checked.working.try_set(false);
            });
        });
        checked
    }

    /// The items of the last report that fit.
    pub(super) fn items(self, fits: impl Fn(&SetItem) -> bool) -> Vec<SetItem> {
        self.report.with(|report| {
            let items = report.iter().flat_map(|report| &report.items);
            items.filter(|item| fits(item)).cloned().collect()
        })
    }

    /// What is to be said of an item of the last report: of its file, then what its certificate's report found.
    pub(super) fn said_of(self, item: &SetItem) -> Vec<Finding> {
        self.report.with_untracked(|report| {
            let found = report.iter().flat_map(|report| report.findings_of(item));
            item.findings.iter().chain(found).cloned().collect()
        })
    }
}

/// That files are being read, or why they cannot be.
#[component]
pub(super) fn Working(checked: Checked) -> impl IntoView {
    ui! {
        <Show when=move || checked.working.get()>
            <div class="working" role="status">
                <p class="hint">{tr(common::WORKING)}</p>
                <progress aria-label=tr(common::WORKING) max="1" value=move || checked.progress.get().map(|done| done.to_string())></progress>
            </div>
        </Show>
        {move || checked.problem.get().map(|problem| ui! { <Refused problem=problem/> })}
    }
}

/// What the files show together.
#[component]
pub(super) fn Together(checked: Checked) -> impl IntoView {
    let findings = Signal::derive(move || {
        checked
            .report
            .with(|report| report.as_ref().map(|report| report.findings.clone()).unwrap_or_default())
    });
    ui! {
        <Show when=move || !findings.with(Vec::is_empty)>
            <section class="together">
                <h2>{tr(check::TOGETHER)}</h2>
                <Findings findings=findings/>
            </section>
        </Show>
    }
}

/// Whether something is under a passphrase that was not given yet.
pub(super) fn is_locked(item: &SetItem) -> bool {
    item.findings.iter().any(|finding| ["key-locked", "container-locked"].contains(&finding.code.as_ref()))
}

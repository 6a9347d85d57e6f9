use std::sync::Arc;

use estampille::contract::PlannedCertificate;
use leptos::prelude::*;
use messages::page::plan;

use crate::{
    calls,
    components::{Icon, Show},
    screen::Screen,
    session::{Order, fact, session, tr, tr_with},
};

/// What will be ordered and why, live beside every step of an order.
#[component]
pub(crate) fn Summary() -> impl IntoView {
    let session = session();
    let ordering = move || session.screen.with(|screen| screen.step().is_some_and(|step| step < 6));
    let certificates = Memo::new(move |_| {
        session.plan.with(|p| p.as_ref().map(|p| p.certificates.clone()).unwrap_or_default())
    });
    let bearer = Memo::new(move |_| session.plan.with(|p| p.as_ref().ok().map(|p| p.bearer.clone())));
    let reason = move || {
        session.plan.with(|plan| {
            let plan = plan.as_ref().ok()?;
            plan.options.iter().find(|o| o.bearer == plan.bearer).map(|o| o.reason.clone())
        })
    };
    let why_empty = move || {
        let problem = session
            .plan
            .with(|plan| plan.as_ref().err().filter(|p| !p.is_unfinished).map(|p| p.said.title.clone()));
        problem.unwrap_or_else(|| plan::SUMMARY_EMPTY.get(session.locale.get()).to_owned())
    };
    let behind = Memo::new(move |_| calls::left_behind(session));
    let count = tr_with(plan::SUMMARY_COUNT, move || vec![fact("count", certificates.with(Vec::len))]);
    let summary_text = count.clone();
    ui! {
        <Show when=ordering>
            <aside class="summary no-print" aria-label=tr(plan::SUMMARY)>
                <details open=session.surface.is_wide()>
                    <summary><h2>{tr(plan::SUMMARY)}</h2><span class="summary-count">{summary_text.clone()}</span></summary>
                    <Show when=move || !certificates.with(Vec::is_empty)
                        fallback=move || ui! { <p class="hint">{why_empty}</p> }>
                        <p class="summary-bearer">{move || bearer.get().map(|b| calls::bearer_name(session, &b))}</p>
                        <details class="why"><summary>{tr(plan::WHY)}</summary><p>{reason}</p></details>
                        <ul>
                            <For each=move || certificates.get() key=|c| (Order::key_of(c), calls::certificate_name(c)) let:certificate>
                                <Line certificate=Arc::new(certificate)/>
                            </For>
                        </ul>
                    </Show>
                    <Show when=move || !behind.with(Vec::is_empty)>
                        <p class="hint">{tr(plan::LEFT_BEHIND)}</p>
                        <ul>
                            <For each=move || behind.get() key=|c| Order::key_of(c) let:certificate>
                                <Line certificate=certificate/>
                            </For>
                        </ul>
                    </Show>
                </details>
            </aside>
        </Show>
    }
}

#[component]
fn Line(certificate: Arc<PlannedCertificate>) -> impl IntoView {
    let session = session();
    let state = calls::order_state(session, &certificate);
    let icon = move || {
        if state.get() == plan::STATE_DONE {
            "ok"
        } else if state.get() == plan::STATE_KEY {
            "warning"
        } else {
            "todo"
        }
    };
    let current = {
        let key = Order::key_of(&certificate);
        move || {
            session.screen.with(|screen| match screen {
                Screen::Key(shown) | Screen::Platform(shown) => Order::key_of(shown) == key,
                _ => false,
            })
        }
    };
    let target = certificate.clone();
    ui! {
        <li class:current=current>
            <button type="button" class="summary-line" on:click=move |_| session.go(Screen::Key(target.clone()))>
                <span class="product">{certificate.product.replacen('_', " ", 1)}</span>
                <span class="common-name">{calls::shown_name(session, &certificate)}</span>
                <span class="hint">{calls::place_name(session, &certificate)}</span>
                <span class="state"><Icon name=Signal::derive(icon)/>{move || state.get().get(session.locale.get())}</span>
            </button>
        </li>
    }
}

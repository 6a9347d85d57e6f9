//! Renouveler: the same certificate again, with a new key.

use std::sync::Arc;

use estampille::contract::{Renewal, RenewalLine};
use leptos::prelude::*;
use messages::{Rendered, page::renew};

use crate::{
    calls,
    components::{DropZone, Findings, Heading, Refused, Show},
    screen::Screen,
    session::{DroppedFile, Renews, Session, session, text, tr},
};

/// Renouveler.
#[component]
pub(crate) fn Renew() -> impl IntoView {
    let session = session();
    let found = RwSignal::new(None::<Result<Arc<Renewal>, Rendered>>);
    let run = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let file = session.renewing.get();
        let locale = session.locale.get();
        run.update_value(|run| *run = run.wrapping_add(1));
        let this_run = run.get_value();
        let Some(file) = file else { return found.set(None) };
        session.surface.spawn(async move {
            let answer = calls::prepare_renewal(session, &file.content).await.map(Arc::new);
            if run.try_get_value() != Some(this_run) {
                return;
            }
            if answer.is_ok() {
                session.say(renew::SAID.get(locale));
            }
            found.try_set(Some(answer));
        });
    });
    let take = move |files: Vec<DroppedFile>| session.renewing.set(files.into_iter().next());
    let again = move |_| {
        session.renewing.set(None);
        session.surface.focus_soon("ancien");
    };
    let named = move || session.renewing.with(|file| file.as_ref().map(|file| file.name.clone()));
    ui! {
        <Heading text=text(renew::TITLE)/>
        <p class="lead">{tr(renew::LEAD)}</p>
        <Show when=move || session.renewing.with(Option::is_none) || found.with(|f| matches!(f, Some(Err(_))))>
            <DropZone id="ancien" label=renew::DROP on_files=take/>
            <p class="hint">{tr(renew::DROP_HINT)}</p>
        </Show>
        {move || named().map(|name| ui! {
            <p class="file-line wraps"><code>{name}</code>
                <button type="button" class="button quiet" on:click=again>{tr(renew::ANOTHER)}</button></p>
        })}
        {move || found.get().map(|found| match found {
            Ok(renewal) => ui! { <Prepared renewal=renewal/> },
            Err(problem) => ui! { <Refused problem=problem/> },
        })}
    }
}

#[component]
fn Prepared(renewal: Arc<Renewal>) -> impl IntoView {
    let session = session();
    let can = calls::renewed(session.locale.get_untracked(), &renewal).is_some();
    let make = {
        let renewal = renewal.clone();
        move |_| begin(session, &renewal)
    };
    ui! {
        <section>
            <h2>{tr(renew::CAN)}</h2>
            <Findings findings=Signal::stored(renewal.findings.clone())/>
        </section>
        <section>
            <h2>{tr(renew::COMPARE)}</h2>
            <dl class="compare">
                {renewal.lines.iter().cloned().map(line).collect::<Vec<_>>()}
            </dl>
        </section>
        <section>
            <h2>{tr(renew::NEXT_TITLE)}</h2>
            {if can {
                ui! {
                    <p>{tr(renew::NEXT)}</p>
                    <p class="actions"><button type="button" class="button primary" on:click=make.clone()>{tr(renew::MAKE)}</button></p>
                }
            } else {
                ui! {
                    <p>{tr(renew::NOT_ORDERED)}</p>
                    <p class="actions"><button type="button" class="button" on:click=move |_| session.go(Screen::Structure)>{tr(renew::TO_ORDER)}</button></p>
                }
            }}
        </section>
    }
}

/// One field, old and new.
fn line(line: RenewalLine) -> impl IntoView {
    let shown = |label: messages::Text, value: Option<String>| {
        let value = match value {
            Some(value) => ui! { <code class="dn">{value}</code> },
            None => ui! { <span class="hint">{tr(renew::NOTHING_THERE)}</span> },
        };
        ui! { <dd><span class="hint">{tr(label)}" : "</span>{value}</dd> }
    };
    let word = if line.changed { renew::CHANGED } else { renew::SAME };
    ui! {
        <div class:changed=line.changed data-field=line.field.into_owned()>
            <dt>{line.label}" "<span class="tag">{tr(word)}</span></dt>
            {if line.changed {
                ui! { {shown(renew::OLD, line.old)}{shown(renew::NEW, line.new)} }
            } else {
                ui! { <dd><code class="dn">{line.new}</code></dd> }
            }}
        </div>
    }
}

/// To the key's screen, its fields filled in.
fn begin(session: Session, renewal: &Arc<Renewal>) {
    let Some(certificate) = session.renewing.get_untracked() else { return };
    let Some(renewed) = calls::renewed(session.locale.get_untracked(), renewal) else { return };
    let planned = Arc::new(renewed.planned);
    let subject = renewal.request.subject.clone().unwrap_or_default();
    session.update_order(&planned, |order| {
        // What was made for it before stays: only a new order is filled in.
        if order.renews.is_none() {
            order.department = subject.department.unwrap_or_default();
            order.organization = subject.organization.unwrap_or_default();
            order.common_name = subject.common_name.unwrap_or_default();
            order.dns_names = renewal.request.dns_names.clone().unwrap_or_default().join("\n");
        }
        order.renews = Some(Arc::new(Renews { certificate, renewal: renewal.as_ref().clone() }));
    });
    session.go(Screen::Key(planned));
}

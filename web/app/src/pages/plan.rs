use std::sync::Arc;

use estampille::contract::{BearerOption, Plan, PlannedCertificate, Step};
use leptos::prelude::*;
use messages::page::{dossier, f413, plan};

use crate::{
    calls,
    components::{Choice, CopyButton, Findings, Heading, Obstacle, Sources},
    screen::Screen,
    session::{fact, session, text, tr, tr_with},
};

/// Choisir, 3: what to order, under which number, by which steps.
#[component]
pub(crate) fn PlanPage() -> impl IntoView {
    let session = session();
    ui! {
        <Heading text=text(plan::TITLE)/>
        {move || match session.plan.get() {
            Ok(ordered) => ui! { <Ordered ordered=ordered/> }.into_any(),
            Err(problem) => ui! { <h2>{tr(plan::CANNOT)}</h2><Obstacle problem=problem/> }.into_any(),
        }}
        <p class="actions no-print">
            <button type="button" class="button" on:click=move |_| session.go(Screen::Structure)>{tr(plan::EDIT_STRUCTURE)}</button>
            <button type="button" class="button" on:click=move |_| session.go(Screen::Software)>{tr(plan::EDIT_SOFTWARE)}</button>
            <button type="button" class="button" on:click=move |_| calls::print()>{tr(plan::PRINT)}</button>
            <button type="button" class="button" on:click=move |_| session.go(Screen::Dossier)>{tr(dossier::TITLE)}</button>
        </p>
    }
}

#[component]
fn Ordered(ordered: Plan) -> impl IntoView {
    let session = session();
    let bearer = ordered.bearer.clone();
    let named = bearer.clone();
    let sentence = tr_with(plan::BEARER, move || vec![fact("bearer", calls::bearer_name(session, &named))]);
    let reason = ordered.options.iter().find(|option| option.bearer == bearer).cloned();
    let others: Vec<BearerOption> =
        ordered.options.iter().filter(|option| Some(*option) != reason.as_ref()).cloned().collect();
    let numbers = calls::numbers_borne(&ordered);
    let count = ordered.certificates.len();
    let has_others = !others.is_empty();
    let notices = ordered.notices.clone();
    let codes: Vec<_> = ordered.steps.iter().map(|step| step.code.clone()).collect();
    let progress = move || {
        let done = session.done.with(|done| codes.iter().filter(|code| done.contains(&***code)).count());
        vec![fact("done", done), fact("total", codes.len())]
    };
    ui! {
        <section class="bearer">
            <p class="statement">{sentence}</p>
            {(!numbers.is_empty()).then(|| ui! {
                <ul class="numbers">
                    {numbers.into_iter().map(|(shown, number)| ui! {
                        <li><code>{shown}</code><CopyButton text=Signal::stored(number) name=text(plan::NUMBER)/></li>
                    }).collect::<Vec<_>>()}
                </ul>
            })}
            {reason.map(|option| ui! {
                <details class="why">
                    <summary>{tr(plan::WHY)}</summary>
                    <p>{option.reason}</p>
                    <Sources sources=option.sources/>
                </details>
            })}
            {has_others.then(|| ui! {
                <details class="why">
                    <summary>{tr(plan::OPTIONS)}</summary>
                    <ul>{others.into_iter().map(option_item).collect::<Vec<_>>()}</ul>
                </details>
            })}
        </section>
        <p class="note no-print">{tr(plan::NOTHING_KEPT)}</p>
        <section>
            <h2>{tr_with(plan::CERTIFICATES, move || vec![fact("count", count)])}</h2>
            <ol class="certificates">
                {ordered.certificates.into_iter().map(|c| ui! { <Certificate certificate=Arc::new(c)/> }).collect::<Vec<_>>()}
            </ol>
        </section>
        <section>
            <h2>{tr(plan::NOTICES)}</h2>
            <Findings findings=Signal::stored(notices)/>
        </section>
        <section>
            <h2>{tr(plan::STEPS)}</h2>
            <p class="hint">{tr_with(dossier::DONE_COUNT, progress)}</p>
            <ol class="procedure">{ordered.steps.into_iter().map(step_item).collect::<Vec<_>>()}</ol>
        </section>
    }
}

fn option_item(option: BearerOption) -> impl IntoView {
    let session = session();
    let when = if option.when == "now" { plan::NOW } else { plan::AT_RENEWAL };
    let recommended = option.recommended;
    ui! {
        <li>
            <strong>{move || calls::term(session.locale.get(), "bearer", &option.bearer)}</strong>
            ", "{tr(when)}{recommended.then(|| ui! { <span class="tag">{tr(plan::RECOMMENDED)}</span> })}
            <p>{option.reason}</p>
            <Sources sources=option.sources/>
        </li>
    }
}

/// One certificate to order, with the way to prepare it.
#[component]
fn Certificate(certificate: Arc<PlannedCertificate>) -> impl IntoView {
    let session = session();
    let shown = certificate.clone();
    let services = shown.services.clone();
    let services = tr_with(plan::SERVES, move || {
        let locale = session.locale.get();
        let names: Vec<String> =
            services.iter().map(|service| calls::term(locale, "service", service)).collect();
        vec![fact("services", names)]
    });
    let instance = calls::instance_name(session, &shown.instance);
    let site = shown.site.as_deref().map(|site| calls::site_name(session, site));
    let several_entities =
        session.draft.with_untracked(|d| d.legal_entities.as_ref().is_some_and(|e| e.len() > 1));
    let entity = several_entities.then(|| calls::entity_name(session, &shown.legal_entity));
    let name = calls::shown_name(session, &shown);
    let prepare = tr_with(plan::PREPARE_FOR, {
        let (name, product) = (name.clone(), shown.product.replacen('_', " ", 1));
        move || vec![fact("name", format!("{product} {}", name()))]
    });
    let rule = match shown.common_name.rule.as_ref() {
        "free" => plan::NAME_FREE,
        "fqdn" => plan::NAME_HOST,
        "email" => plan::NAME_EMAIL,
        _ => plan::NAME_IMPOSED,
    };
    let number = shown.structure_id.clone();
    let state = calls::order_state(session, &certificate);
    let target = certificate;
    ui! {
        <li class="certificate">
            <p class="certificate-head">
                <span class="product">{shown.product.replacen('_', " ", 1)}</span>
                <span class="common-name"><code>{name}</code>" "<small>{tr(rule)}</small></span>
            </p>
            <ul class="facts">
                <li>{services}</li>
                <li>{tr_with(plan::ON_INSTANCE, move || vec![fact("instance", instance())])}</li>
                {site.map(|site| ui! { <li>{tr_with(plan::SITE, move || vec![fact("site", site())])}</li> })}
                {entity.map(|entity| ui! { <li>{tr_with(plan::ENTITY, move || vec![fact("entity", entity())])}</li> })}
                <li>{tr(plan::STRUCTURE_ID)}" : "{match number {
                    Some(number) => ui! { <code>{number}</code> }.into_any(),
                    None => ui! { <span class="missing">{tr(plan::NUMBER_MISSING)}</span> }.into_any(),
                }}</li>
            </ul>
            <p class="certificate-foot no-print">
                <span class="state">{move || state.get().get(session.locale.get())}</span>
                <button type="button" class="button primary" aria-label=prepare
                    on:click=move |_| session.go(Screen::Key(target.clone()))>{tr(plan::PREPARE)}</button>
            </p>
            <Sources sources=shown.sources.clone()/>
        </li>
    }
}

fn step_item(step: Step) -> impl IntoView {
    let session = session();
    let who = step.who;
    let forms = step.forms.iter().map(|form| format!("F{form}")).collect::<Vec<_>>().join(", ");
    let links = step.links.clone();
    let code = StoredValue::new(step.code.to_string());
    let is_form = step.code == "f413";
    let done = Signal::derive(move || session.done.with(|done| code.with_value(|code| done.contains(code))));
    let tick = move |on: bool| {
        session.done.update(|done| {
            if on {
                done.insert(code.get_value());
            } else {
                code.with_value(|code| done.remove(code));
            }
        });
    };
    ui! {
        <li data-step=step.code class:done=done>
            <h3>{step.title}</h3>
            {step.detail.map(|detail| ui! { <p>{detail}</p> })}
            <ul class="facts">
                <li>{tr(plan::WHO)}" : "{move || calls::term(session.locale.get(), "who", &who)}</li>
                {(!forms.is_empty()).then(|| ui! { <li>{tr(plan::FORMS)}" : "{forms}</li> })}
                {step.duration.map(|duration| ui! { <li>{tr(plan::DURATION)}" : "{duration}</li> })}
            </ul>
            {(!links.is_empty()).then(|| ui! {
                <details class="sources">
                    <summary>{tr(plan::LINKS)}</summary>
                    <ul>{links.into_iter().map(|link| ui! { <li><code>{link}</code></li> }).collect::<Vec<_>>()}</ul>
                </details>
            })}
            {is_form.then(|| ui! {
                <p class="no-print"><button type="button" class="button" on:click=move |_| session.go(Screen::F413)>{tr(f413::OPEN)}</button></p>
            })}
            <Choice kind="checkbox" group="etapes" label=text(dossier::DONE_STEP) checked=done on_change=tick/>
            <Sources sources=step.sources/>
        </li>
    }
}

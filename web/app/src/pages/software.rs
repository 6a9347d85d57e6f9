use estampille::contract::SoftwareInstance;
use leptos::prelude::*;
use messages::page::{common, software};
use vocabulary::{Administrator, IdentifierKind, Service};

use crate::{
    calls,
    components::{Choice, Field, Heading, Obstacle, Show},
    screen::Screen,
    session::{Session, fact, new_instance, session, text, tr, tr_with},
    settings::Lockable,
};

/// Choisir, 2: the software.
#[component]
pub(crate) fn Software() -> impl IntoView {
    let session = session();
    let tried = RwSignal::new(false);
    let ids = Memo::new(move |_| {
        session.draft.with(|d| d.instances.iter().flatten().filter_map(|i| i.id.clone()).collect::<Vec<_>>())
    });
    let alone = Signal::derive(move || ids.with(Vec::len) < 2);
    let nothing = move || {
        session.draft.with(|d| {
            !d.instances.iter().flatten().any(|i| i.services.as_ref().is_some_and(|s| !s.is_empty()))
        })
    };
    let unnamed = move || {
        session.draft.with(|d| {
            d.instances.iter().flatten().any(|i| i.name.as_deref().is_none_or(|name| name.trim().is_empty()))
        })
    };
    let lacking = move || {
        if nothing() {
            Some(software::MISSING_SERVICE)
        } else if unnamed() {
            Some(software::MISSING_NAME)
        } else {
            None
        }
    };
    let obstacle = move || session.plan.get().err();
    let add = move |_| {
        session.draft.update(|draft| {
            let instance = new_instance(session);
            session.surface.focus_soon(format!("logiciel-{}", instance.id.as_deref().unwrap_or_default()));
            draft.instances.get_or_insert_default().push(instance);
        });
    };
    let proceed = move |_| {
        tried.set(true);
        match (lacking(), obstacle()) {
            (Some(text), _) => session.say(text.get(session.locale.get_untracked())),
            (None, Some(_)) => session.surface.focus_soon("obstacle"),
            (None, None) => session.go(Screen::Plan),
        }
    };
    ui! {
        <Heading text=text(software::TITLE)/>
        <p class="lead">{tr(software::LEAD)}</p>
        <For each=move || ids.get() key=Clone::clone let:id>
            <Instance id=id alone=alone/>
        </For>
        <button type="button" class="button quiet" id="ajouter-logiciel" on:click=add>{tr(software::ADD)}</button>
        <AdministratorQuestion/>
        <p class="problem" role="alert">{move || tried.get().then(lacking).flatten().map(|text| text.get(session.locale.get()))}</p>
        {move || (tried.get() && lacking().is_none()).then(obstacle).flatten().map(|problem| ui! { <Obstacle problem=problem/> })}
        <p class="actions">
            <button type="button" class="button" on:click=move |_| session.go(Screen::Structure)>{tr(common::BACK)}</button>
            <button type="button" class="button primary" on:click=proceed>{tr(common::CONTINUE)}</button>
        </p>
    }
}

#[component]
fn Instance(id: String, alone: Signal<bool>) -> impl IntoView {
    let session = session();
    let id = StoredValue::new(id);
    let position = move || {
        session.draft.with(|d| {
            let at =
                d.instances.iter().flatten().position(|i| i.id.as_deref() == Some(id.get_value().as_str()));
            at.unwrap_or_default() + 1
        })
    };
    let needs = move |which: fn(&calls::ServiceNeeds) -> bool| {
        read(session, id, |i| {
            i.services
                .iter()
                .flatten()
                .filter_map(|word| word.parse().ok())
                .any(|s| which(&calls::service_needs(s)))
        })
        .unwrap_or_default()
    };
    let group = move |segur: bool| {
        let services = Service::ALL.iter().filter(move |s| calls::service_needs(**s).segur == segur);
        services.map(|service| service_choice(session, id, *service)).collect::<Vec<_>>()
    };
    let remove = move |_| {
        session.draft.update(|d| {
            if let Some(instances) = &mut d.instances {
                instances.retain(|i| i.id.as_deref() != Some(id.get_value().as_str()));
            }
        });
        session.surface.focus_soon("ajouter-logiciel");
    };
    ui! {
        <fieldset class="card">
            <legend>{tr_with(software::INSTANCE_N, move || vec![fact("n", position())])}</legend>
            <Field id=format!("logiciel-{}", id.get_value()) label=software::NAME hint=software::NAME_HINT
                value=value(session, id, |i| &i.name) on_input=setter(session, id, |i| &mut i.name)/>
            <fieldset class="choices services" disabled=move || session.is_locked(Lockable::Services) id=format!("services-{}", id.get_value()) tabindex="-1">
                <legend>{tr(software::SERVICES)}</legend>
                <p class="group">{tr(software::SEGUR)}</p>
                {group(true)}
                <details open=move || needs(|n| !n.segur)>
                    <summary>{tr(software::OTHERS)}</summary>
                    {group(false)}
                </details>
            </fieldset>
            <Show when=move || needs(|n| n.fqdn)>
                <Field id=format!("fqdn-{}", id.get_value()) label=software::FQDN hint=software::FQDN_HINT kind=IdentifierKind::Fqdn
                    value=value(session, id, |i| &i.fqdn) on_input=setter(session, id, |i| &mut i.fqdn)/>
            </Show>
            <Show when=move || needs(|n| n.email)>
                <Field id=format!("email-{}", id.get_value()) label=software::EMAIL hint=software::EMAIL_HINT kind=IdentifierKind::Email
                    value=value(session, id, |i| &i.email) on_input=setter(session, id, |i| &mut i.email)/>
            </Show>
            <SitesServed id=id/>
            <Show when=move || !alone.get()>
                <button type="button" class="button quiet" on:click=remove>
                    {tr_with(software::REMOVE, move || vec![fact("n", position())])}
                </button>
            </Show>
        </fieldset>
    }
}

fn service_choice(session: Session, id: StoredValue<String>, service: Service) -> impl IntoView {
    let word = service.as_str();
    let label = Signal::derive(move || calls::term(session.locale.get(), "service", word));
    let checked =
        move || read(session, id, |i| i.services.iter().flatten().any(|s| s == word)).unwrap_or_default();
    let change = move |on: bool| {
        write(session, id, |i| {
            let services = i.services.get_or_insert_default();
            services.retain(|s| s != word);
            if on {
                services.push(word.to_owned());
            }
        });
    };
    ui! { <Choice kind="checkbox" group=format!("services-{}", id.get_value()) label=label checked=Signal::derive(checked) on_change=change/> }
}

/// Which sites a software serves: asked only when there are several.
#[component]
fn SitesServed(id: StoredValue<String>) -> impl IntoView {
    let session = session();
    let sites =
        Memo::new(move |_| session.draft.with(|draft| calls::site_names(draft, session.locale.get())));
    let some = move || read(session, id, |i| i.sites.is_some()).unwrap_or_default();
    let choose = move |all: bool| {
        write(session, id, |i| {
            i.sites =
                if all { None } else { Some(sites.with(|s| s.iter().map(|(id, _)| id.clone()).collect())) };
        });
    };
    let choices = move || {
        let choice = |(site, name): (String, String)| {
            let site = StoredValue::new(site);
            let checked = move || {
                read(session, id, |i| i.sites.iter().flatten().any(|s| *s == site.get_value()))
                    .unwrap_or_default()
            };
            let change = move |on: bool| {
                write(session, id, |i| {
                    let list = i.sites.get_or_insert_default();
                    list.retain(|s| *s != site.get_value());
                    if on {
                        list.push(site.get_value());
                    }
                });
            };
            ui! { <Choice kind="checkbox" group=format!("sites-{}", id.get_value()) label=Signal::stored(name) checked=Signal::derive(checked) on_change=change/> }
        };
        sites.get().into_iter().map(choice).collect::<Vec<_>>()
    };
    ui! {
        <Show when=move || sites.with(|s| s.len() > 1)>
            <fieldset class="choices" id=format!("sites-{}", id.get_value()) tabindex="-1">
                <legend>{tr(software::SITES)}</legend>
                <Choice kind="radio" group=format!("tous-{}", id.get_value()) label=text(software::SITES_ALL)
                    checked=Signal::derive(move || !some()) on_change=move |_| choose(true)/>
                <Choice kind="radio" group=format!("tous-{}", id.get_value()) label=text(software::SITES_SOME)
                    checked=Signal::derive(some) on_change=move |_| choose(false)/>
                <Show when=some><div class="nested">{choices}</div></Show>
            </fieldset>
        </Show>
    }
}

#[component]
fn AdministratorQuestion() -> impl IntoView {
    let session = session();
    let choices = Administrator::ALL.iter().map(|who| {
        let word = who.as_str();
        let label = match who {
            Administrator::Structure => software::ADMINISTRATOR_STRUCTURE,
            Administrator::Editeur => software::ADMINISTRATOR_EDITEUR,
        };
        ui! {
            <Choice kind="radio" group="administrateur" label=text(label)
                checked=Signal::derive(move || session.draft.with(|d| d.administrator.as_deref() == Some(word)))
                on_change=move |_| session.draft.update(|d| d.administrator = Some(word.to_owned()))/>
        }
    });
    ui! {
        <fieldset class="choices">
            <legend>{tr(software::ADMINISTRATOR)}</legend>
            <p class="hint">{tr(software::ADMINISTRATOR_HINT)}</p>
            {choices.collect::<Vec<_>>()}
        </fieldset>
    }
}

fn read<T>(session: Session, id: StoredValue<String>, get: impl FnOnce(&SoftwareInstance) -> T) -> Option<T> {
    session.draft.with(|draft| {
        let found =
            draft.instances.iter().flatten().find(|i| i.id.as_deref() == Some(id.get_value().as_str()));
        found.map(get)
    })
}

fn write(session: Session, id: StoredValue<String>, change: impl FnOnce(&mut SoftwareInstance)) {
    session.draft.update(|draft| {
        let found =
            draft.instances.iter_mut().flatten().find(|i| i.id.as_deref() == Some(id.get_value().as_str()));
        if let Some(instance) = found {
            change(instance);
        }
    });
}

fn value(
    session: Session,
    id: StoredValue<String>,
    get: fn(&SoftwareInstance) -> &Option<String>,
) -> Signal<String> {
    Signal::derive(move || read(session, id, |i| get(i).clone()).flatten().unwrap_or_default())
}

fn setter(
    session: Session,
    id: StoredValue<String>,
    field: fn(&mut SoftwareInstance) -> &mut Option<String>,
) -> Callback<String> {
    Callback::new(move |typed| write(session, id, |i| *field(i) = Some(typed)))
}

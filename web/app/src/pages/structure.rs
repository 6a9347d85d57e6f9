mod card;
mod register;

use estampille::contract::{Finding, LegalEntity, OrderProfile, Site};
use leptos::prelude::*;
use messages::page::{common, glossary, structure};
use vocabulary::{Contract, IdentifierKind, Sector};

use self::card::BearerNote;
pub(crate) use self::register::RegisterSearch;
use crate::{
    calls,
    components::{Choice, Field, Heading, LongField, Obstacle, Show, Term},
    later::LaterRegister,
    screen::Screen,
    session::{Session, fact, new_entity, new_site, session, text, tr, tr_with},
    settings::Lockable,
};

/// Choisir, 1: the structure.
#[component]
pub(crate) fn Structure() -> impl IntoView {
    let session = session();
    let tried = RwSignal::new(false);
    let sector = sector_of(session);
    let questions = Memo::new(move |_| session.draft.with(calls::questions));
    let missing = move || {
        session.draft.with(|draft| match questions.get() {
            None => Some(structure::MISSING_SECTOR),
            Some(questions) if questions.host_hospital && draft.host_hospital.is_none() => {
                Some(structure::MISSING_HOST)
            }
            Some(_) => None,
        })
    };
    // What is wrong with the software is said on its own screen.
    let obstacle = move || {
        let problem = session.plan.get().err().filter(|problem| !problem.is_unfinished)?;
        let path = problem.field.clone().unwrap_or_default();
        let here = session.draft.with(|draft| calls::place_of(draft, &path)).0 == Screen::Structure;
        here.then_some(problem)
    };
    let proceed = move |_| {
        tried.set(true);
        match missing() {
            None if obstacle().is_some() => session.surface.focus_soon("obstacle"),
            None => session.go(Screen::Software),
            Some(text) => session.say(text.get(session.locale.get_untracked())),
        }
    };
    ui! {
        <Heading text=text(structure::TITLE)/>
        <p class="lead">{tr(structure::LEAD)}</p>
        <Show when=move || !session.is_locked(Lockable::StructureId)>
            <LaterRegister/>
        </Show>
        <fieldset class="choices" disabled=move || session.is_locked(Lockable::Sector)>
            <legend>{tr(structure::SECTOR)}</legend>
            {Sector::ALL.iter().map(|each| sector_choice(session, sector, *each)).collect::<Vec<_>>()}
        </fieldset>
        <Show when=move || questions.get().is_some_and(|q| q.implicit_contract)>
            <p class="note">{tr(structure::CONTRACT_IMPLICIT)}</p>
        </Show>
        <Show when=move || questions.get().is_some_and(|q| q.contract)>
            <ContractQuestion/>
        </Show>
        <Show when=move || questions.get().is_some_and(|q| q.host_hospital)>
            <HostQuestion/>
        </Show>
        <Show when=move || questions.get().is_some()>
            <Entities questions=questions/>
        </Show>
        <BearerNote/>
        <p class="problem" role="alert">{move || (tried.get()).then(missing).flatten().map(|text| text.get(session.locale.get()))}</p>
        {move || tried.get().then(obstacle).flatten().map(|problem| ui! { <Obstacle problem=problem/> })}
        <p class="actions"><button type="button" class="button primary" on:click=proceed>{tr(common::CONTINUE)}</button></p>
    }
}

/// Whether the host has settled this field.
fn fixed(session: Session, field: Lockable) -> Signal<bool> {
    Signal::derive(move || session.is_locked(field))
}

fn sector_of(session: Session) -> Memo<Option<Sector>> {
    Memo::new(move |_| session.draft.with(|draft| draft.sector.as_deref().and_then(|word| word.parse().ok())))
}

fn sector_choice(session: Session, chosen: Memo<Option<Sector>>, sector: Sector) -> impl IntoView {
    let label = Signal::derive(move || calls::term(session.locale.get(), "sector", sector.as_str()));
    let means = Signal::derive(move || calls::term(session.locale.get(), "sector-example", sector.as_str()));
    ui! {
        <Choice kind="radio" group="secteur" label=label means=means
            checked=Signal::derive(move || chosen.get() == Some(sector))
            on_change=move |_| session.draft.update(|draft| {
                draft.sector = Some(sector.as_str().to_owned());
                forget_what_is_not_asked(draft, sector);
            })/>
    }
}

/// An answer to a question that the new sector does not ask would contradict it.
fn forget_what_is_not_asked(draft: &mut OrderProfile, sector: Sector) {
    let questions = calls::sector_questions(sector);
    if !questions.contract {
        draft.contract = None;
    }
    if !questions.host_hospital {
        draft.host_hospital = None;
    }
}

/// A software no longer serves a site that is gone; one that served only such sites serves them all.
fn forget_removed_sites(draft: &mut OrderProfile) {
    let sites = draft.legal_entities.iter().flatten().flat_map(|entity| entity.sites.iter().flatten());
    let known: Vec<String> = sites.filter_map(|site| site.id.clone()).collect();
    for instance in draft.instances.iter_mut().flatten() {
        if let Some(served) = &mut instance.sites {
            served.retain(|id| known.contains(id));
            if served.is_empty() || known.len() < 2 {
                instance.sites = None;
            }
        }
    }
}

#[component]
fn ContractQuestion() -> impl IntoView {
    let session = session();
    let label = |contract: &Contract| match contract {
        Contract::Aucun => structure::CONTRACT_AUCUN,
        Contract::Ej => structure::CONTRACT_EJ,
        Contract::Et => structure::CONTRACT_ET,
    };
    let choices = Contract::ALL.iter().map(|contract| {
        let word = contract.as_str();
        ui! {
            <Choice kind="radio" group="contrat" label=text(label(contract))
                checked=Signal::derive(move || session.draft.with(|d| d.contract.as_deref().unwrap_or("aucun") == word))
                on_change=move |_| session.draft.update(|d| d.contract = Some(word.to_owned()))/>
        }
    });
    ui! {
        <fieldset class="choices" disabled=move || session.is_locked(Lockable::Contract)>
            <legend>{tr(structure::CONTRACT)}</legend>
            <p class="hint">{tr(structure::CONTRACT_HINT)}</p>
            {choices.collect::<Vec<_>>()}
        </fieldset>
    }
}

#[component]
fn HostQuestion() -> impl IntoView {
    let session = session();
    let choices = calls::host_hospitals().iter().map(|host| {
        let word = host.as_str();
        let label = Signal::derive(move || calls::term(session.locale.get(), "sector", word));
        ui! {
            <Choice kind="radio" group="hopital" label=label
                checked=Signal::derive(move || session.draft.with(|d| d.host_hospital.as_deref() == Some(word)))
                on_change=move |_| session.draft.update(|d| d.host_hospital = Some(word.to_owned()))/>
        }
    });
    ui! {
        <fieldset class="choices" disabled=move || session.is_locked(Lockable::Sector)>
            <legend>{tr(structure::HOST)}</legend>
            <p class="hint">{tr(structure::HOST_HINT)}</p>
            {choices.collect::<Vec<_>>()}
        </fieldset>
    }
}

/// The legal entities with their numbers and sites.
#[component]
fn Entities(questions: Memo<Option<calls::Questions>>) -> impl IntoView {
    let session = session();
    let ids = Memo::new(move |_| {
        session
            .draft
            .with(|d| d.legal_entities.iter().flatten().filter_map(|e| e.id.clone()).collect::<Vec<_>>())
    });
    let alone = Signal::derive(move || ids.with(Vec::len) < 2);
    let add = move |_| {
        session.draft.update(|draft| {
            let entity = new_entity(session);
            session.surface.focus_soon(format!("nom-{}", entity.id.as_deref().unwrap_or_default()));
            draft.legal_entities.get_or_insert_default().push(entity);
        });
    };
    ui! {
        <section class="entities">
            <p class="hint terms">
                <Term word=glossary::EJ means=glossary::EJ_MEANS/>
                <Term word=glossary::ET means=glossary::ET_MEANS/>
            </p>
            <details class="why"><summary>{tr(structure::FIND)}</summary><p>{tr(structure::FIND_MEANS)}</p></details>
            <For each=move || ids.get() key=Clone::clone let:id>
                <Entity id=id questions=questions alone=alone/>
            </For>
            <p class="hint">{tr(structure::ENTITIES_HINT)}</p>
            <button type="button" class="button quiet" id="ajouter-entite" on:click=add
                disabled=move || session.is_locked(Lockable::StructureId)>{tr(structure::ADD_ENTITY)}</button>
            <p class="hint">{tr(structure::LATER)}</p>
        </section>
    }
}

#[component]
fn Entity(id: String, questions: Memo<Option<calls::Questions>>, alone: Signal<bool>) -> impl IntoView {
    let session = session();
    let id = StoredValue::new(id);
    let asks = move |which: fn(&calls::Questions) -> bool| questions.with(|q| q.as_ref().is_some_and(which));
    let position = move || {
        session.draft.with(|d| {
            let at = d
                .legal_entities
                .iter()
                .flatten()
                .position(|e| e.id.as_deref() == Some(id.get_value().as_str()));
            at.unwrap_or_default() + 1
        })
    };
    let title = move || {
        let locale = session.locale.get();
        if alone.get() {
            structure::ENTITY.get(locale).to_owned()
        } else {
            structure::ENTITY_N.with(locale, &[fact("n", position())])
        }
    };
    let sites = Memo::new(move |_| {
        read(session, id, |e| e.sites.iter().flatten().filter_map(|s| s.id.clone()).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let add_site = move |_| {
        write(session, id, |entity| {
            let site = new_site(session);
            session.surface.focus_soon(format!("site-{}", site.id.as_deref().unwrap_or_default()));
            entity.sites.get_or_insert_default().push(site);
        });
    };
    let remove = move |_| {
        session.draft.update(|d| {
            if let Some(entities) = &mut d.legal_entities {
                entities.retain(|e| e.id.as_deref() != Some(id.get_value().as_str()));
            }
            forget_removed_sites(d);
        });
        session.surface.focus_soon("ajouter-entite");
    };
    let rpps =
        move || read(session, id, |e| e.rpps_rang.clone().unwrap_or_default().join("\n")).unwrap_or_default();
    ui! {
        <fieldset class="card">
            <legend>{title}</legend>
            <Field id=format!("nom-{}", id.get_value()) label=structure::NAME hint=structure::NAME_HINT locked=fixed(session, Lockable::Name)
                value=value(session, id, |e| &e.name) on_input=setter(session, id, |e| &mut e.name)/>
            <Show when=move || asks(|q| q.finess_ej)>
                <Field id=format!("ej-{}", id.get_value()) label=structure::FINESS_EJ hint=structure::FINESS_EJ_HINT locked=fixed(session, Lockable::StructureId)
                    kind=IdentifierKind::Finess short=true value=value(session, id, |e| &e.finess_ej)
                    remarks=judged(session, value(session, id, |e| &e.finess_ej), Signal::stored("ej")) on_input=setter(session, id, |e| &mut e.finess_ej)/>
            </Show>
            <Show when=move || asks(|q| q.rpps_rang)>
                <LongField id=format!("rpps-{}", id.get_value()) label=structure::RPPS_RANG hint=structure::RPPS_RANG_HINT locked=fixed(session, Lockable::StructureId) kind=IdentifierKind::RppsRang
                    value=Signal::derive(rpps)
                    on_input=move |typed: String| write(session, id, |e| e.rpps_rang = Some(typed.lines().map(str::to_owned).collect()))/>
            </Show>
            <Show when=move || asks(|q| q.siret)>
                <Field id=format!("siret-{}", id.get_value()) label=structure::SIRET hint=structure::SIRET_HINT locked=fixed(session, Lockable::StructureId)
                    kind=IdentifierKind::Siret short=true value=value(session, id, |e| &e.siret) on_input=setter(session, id, |e| &mut e.siret)/>
            </Show>
            <Show when=move || asks(|q| q.finess_et)>
                <div class="sites">
                    <h2>{tr(structure::SITES)}</h2>
                    <For each=move || sites.get() key=Clone::clone let:site>
                        <SiteFields entity=id site=site questions=questions alone=Signal::derive(move || sites.with(Vec::len) < 2)/>
                    </For>
                    <button type="button" class="button quiet" id=format!("ajouter-site-{}", id.get_value()) on:click=add_site
                        disabled=move || session.is_locked(Lockable::StructureId)>{tr(structure::ADD_SITE)}</button>
                </div>
            </Show>
            <Show when=move || !alone.get()>
                <button type="button" class="button quiet" on:click=remove>
                    {tr_with(structure::REMOVE_ENTITY, move || vec![fact("n", position())])}
                </button>
            </Show>
        </fieldset>
    }
}

#[component]
fn SiteFields(
    entity: StoredValue<String>,
    site: String,
    questions: Memo<Option<calls::Questions>>,
    alone: Signal<bool>,
) -> impl IntoView {
    let session = session();
    let site = StoredValue::new(site);
    let at = move || {
        let position = read(session, entity, |e| {
            e.sites.iter().flatten().position(|s| s.id.as_deref() == Some(site.get_value().as_str()))
        });
        position.flatten().unwrap_or_default() + 1
    };
    let change = move |change: Box<dyn FnOnce(&mut Site)>| {
        write(session, entity, |e| {
            let found =
                e.sites.iter_mut().flatten().find(|s| s.id.as_deref() == Some(site.get_value().as_str()));
            if let Some(found) = found {
                change(found);
            }
        });
    };
    let get = move |field: fn(&Site) -> Option<String>| {
        Signal::derive(move || {
            let found = read(session, entity, |e| {
                e.sites
                    .iter()
                    .flatten()
                    .find(|s| s.id.as_deref() == Some(site.get_value().as_str()))
                    .and_then(field)
            });
            found.flatten().unwrap_or_default()
        })
    };
    let is_main = Signal::derive(move || {
        read(session, entity, |e| {
            e.sites
                .iter()
                .flatten()
                .any(|s| s.main == Some(true) && s.id.as_deref() == Some(site.get_value().as_str()))
        })
        .unwrap_or_default()
    });
    let bearer = Signal::derive(move || {
        let asks_main = questions.with(|q| q.as_ref().is_some_and(|q| q.main_site));
        if asks_main && (alone.get() || is_main.get()) { "et-site-principal" } else { "et" }
    });
    let make_main = move |_| {
        write(session, entity, |e| {
            for each in e.sites.iter_mut().flatten() {
                each.main = Some(each.id.as_deref() == Some(site.get_value().as_str()));
            }
        });
    };
    let remove = move |_| {
        write(session, entity, |e| {
            if let Some(sites) = &mut e.sites {
                sites.retain(|s| s.id.as_deref() != Some(site.get_value().as_str()));
            }
        });
        session.draft.update(forget_removed_sites);
        session.surface.focus_soon(format!("ajouter-site-{}", entity.get_value()));
    };
    let key = site.get_value();
    ui! {
        <fieldset class="site">
            <legend>{tr_with(structure::SITE_N, move || vec![fact("n", at())])}</legend>
            <Show when=move || !alone.get()>
                <Field id=format!("site-{}", site.get_value()) label=structure::SITE_NAME value=get(|s| s.name.clone())
                    on_input=move |typed: String| change(Box::new(move |s| s.name = Some(typed)))/>
            </Show>
            <Show when=move || questions.with(|q| q.as_ref().is_some_and(|q| q.finess_et))>
                <Field id=format!("et-{}", site.get_value()) label=structure::FINESS_ET hint=structure::FINESS_ET_HINT locked=fixed(session, Lockable::StructureId) kind=IdentifierKind::Finess short=true
                    value=get(|s| s.finess_et.clone()) remarks=judged(session, get(|s| s.finess_et.clone()), bearer)
                    on_input=move |typed: String| change(Box::new(move |s| s.finess_et = Some(typed)))/>
            </Show>
            <Show when=move || !alone.get() && questions.with(|q| q.as_ref().is_some_and(|q| q.main_site))>
                <Choice kind="radio" group=format!("principal-{}", entity.get_value()) label=text(structure::MAIN)
                    means=text(structure::MAIN_HINT) checked=is_main on_change=make_main/>
            </Show>
            <Show when=move || !alone.get()>
                <button type="button" class="button quiet" on:click=remove data-site=key.clone()>
                    {tr_with(structure::REMOVE_SITE, move || vec![fact("n", at())])}
                </button>
            </Show>
        </fieldset>
    }
}

/// What the register says of a number where this bearer's is wanted; nothing without a register.
fn judged(session: Session, number: Signal<String>, bearer: Signal<&'static str>) -> Signal<Vec<Finding>> {
    let found = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        let (typed, bearer) = (number.get(), bearer.get());
        session.locale.track();
        if session.register.open.with(Option::is_none) || typed.trim().is_empty() {
            found.set(Vec::new());
            return;
        }
        session.surface.spawn(async move {
            let said = calls::judge(session, &typed, bearer).await;
            let is_wrong = said.iter().any(|finding| finding.severity == "error");
            session.register.wrong.try_update(|wrong| {
                wrong.retain(|number| *number != typed);
                if is_wrong {
                    wrong.push(typed.clone());
                }
            });
            // Something else was typed meanwhile, or the page has gone.
            if number.try_get_untracked() == Some(typed) {
                found.try_set(said);
            }
        });
    });
    found.into()
}

fn read<T>(session: Session, id: StoredValue<String>, get: impl FnOnce(&LegalEntity) -> T) -> Option<T> {
    session.draft.with(|draft| {
        let entity =
            draft.legal_entities.iter().flatten().find(|e| e.id.as_deref() == Some(id.get_value().as_str()));
        entity.map(get)
    })
}

fn write(session: Session, id: StoredValue<String>, change: impl FnOnce(&mut LegalEntity)) {
    session.draft.update(|draft| {
        let found = draft
            .legal_entities
            .iter_mut()
            .flatten()
            .find(|e| e.id.as_deref() == Some(id.get_value().as_str()));
        if let Some(entity) = found {
            change(entity);
        }
    });
}

fn value(
    session: Session,
    id: StoredValue<String>,
    get: fn(&LegalEntity) -> &Option<String>,
) -> Signal<String> {
    Signal::derive(move || read(session, id, |e| get(e).clone()).flatten().unwrap_or_default())
}

fn setter(
    session: Session,
    id: StoredValue<String>,
    field: fn(&mut LegalEntity) -> &mut Option<String>,
) -> Callback<String> {
    Callback::new(move |typed| write(session, id, |e| *field(e) = Some(typed)))
}

//! What the register knows of a structure: a site with its legal entity, a legal entity with its sites.

use estampille::{
    contract::FinessHit,
    order::{is_of_another, take_structure, without_structures},
};
use leptos::prelude::*;
use messages::page::register;

use crate::{
    calls,
    components::{CopyButton, FindingItem, structure_name},
    session::{Session, fact, session, text, tr, tr_with},
};

/// The most sites of a legal entity that are shown.
const SHOWN: usize = 12;

/// A structure, what goes with it, and the way to take it over.
#[component]
pub(crate) fn StructureCard(hit: FinessHit) -> impl IntoView {
    let session = session();
    let known = RwSignal::new(None::<Known>);
    Effect::new(move |_| {
        // In the language shown.
        session.locale.track();
        let hit = hit.clone();
        session.surface.spawn(async move {
            let found = Known::of(session, hit).await;
            known.try_set(found);
        });
    });
    move || known.get().map(|known| card(session, known))
}

/// A structure with its legal entity, when it is a site, or its sites.
#[derive(Clone)]
struct Known {
    hit: FinessHit,
    entity: Option<FinessHit>,
    sites: Vec<FinessHit>,
}

impl Known {
    async fn of(session: Session, hit: FinessHit) -> Option<Self> {
        let hit = calls::structure(session, &hit.number).await?;
        let (mut entity, mut sites) = (None, Vec::new());
        if hit.kind == "ej" {
            sites = calls::sites_of(session, &hit.number).await;
        } else if let Some(number) = &hit.ej {
            entity = calls::structure(session, number).await;
        }
        Some(Self { hit, entity, sites })
    }
}

fn card(session: Session, known: Known) -> impl IntoView {
    let Known { hit, entity, sites } = known;
    let locale = session.locale.get();
    let is_entity = hit.kind == "ej";
    let own = if is_entity { register::NUMBER_EJ } else { register::NUMBER_ET };
    let sector = hit.sector.as_ref().map(|word| calls::term(locale, "sector", word));
    let rows = [
        (
            register::NUMBER_EJ,
            entity.as_ref().map(|entity| format!("{} {}", calls::grouped(&entity.number), entity.name)),
        ),
        (
            register::PLACE,
            hit.city.clone().map(|city| format!("{} {city}", hit.postcode.clone().unwrap_or_default())),
        ),
        (register::CATEGORY, hit.category_label.clone()),
        (register::SECTOR, sector),
    ];
    let rows = rows.into_iter().filter_map(|(label, value)| {
        let value = value?;
        Some(ui! { <div><dt>{tr(label)}</dt><dd>{value}</dd></div> })
    });
    let name = structure_name(locale, &hit);
    let title = if hit.open { name } else { format!("{name} ({})", register::CLOSED.get(locale)) };
    let reason = hit.sector_reason.clone();
    let of_another = {
        let hit = hit.clone();
        Memo::new(move |_| session.draft.with(|draft| is_of_another(draft, &hit)))
    };
    let (hit_taken, entity_taken) = (hit.clone(), entity.clone());
    let ways = move || {
        let take = |replacing: bool| {
            let (hit, entity) = (hit_taken.clone(), entity_taken.clone());
            move |_| {
                if replacing {
                    replace(session);
                }
                take(session, &hit, entity.as_ref());
            }
        };
        // Two structures are seldom ordered for at once, and a wrong one is soon taken.
        if of_another.get() {
            ui! {
                <p class="actions">
                    <button type="button" class="button primary" id="prendre-structure" on:click=take(true)>{tr(register::REPLACE)}</button>
                    <button type="button" class="button" on:click=take(false)>{tr(register::ADD)}</button>
                </p>
            }
            .into_any()
        } else {
            ui! { <p><button type="button" class="button primary" id="prendre-structure" on:click=take(false)>{tr(register::TAKE)}</button></p> }
                .into_any()
        }
    };
    ui! {
        <article class="structure-card" aria-labelledby="structure-titre">
            <h3 id="structure-titre">{title}</h3>
            <dl>
                <div><dt>{tr(own)}</dt><dd><code>{calls::grouped(&hit.number)}</code><CopyButton text=Signal::stored(hit.number.clone()) name=text(own)/></dd></div>
                {rows.collect::<Vec<_>>()}
            </dl>
            {reason.map(|reason| ui! { <FindingItem finding=reason compact=true/> })}
            {ways}
            {is_entity.then(|| its_sites(session, &hit, sites))}
        </article>
    }
}

fn its_sites(session: Session, entity: &FinessHit, sites: Vec<FinessHit>) -> impl IntoView {
    let open: Vec<FinessHit> = sites.into_iter().filter(|site| site.open).collect();
    let others = open.len().saturating_sub(SHOWN);
    let none = open.is_empty();
    let items = open.into_iter().take(SHOWN).map(|site| {
        let label = register::TAKE_NAMED.with(session.locale.get(), &[fact("name", site.name.clone())]);
        let line = format!("{} · {}", calls::grouped(&site.number), site.city.clone().unwrap_or_default());
        let entity = entity.clone();
        ui! {
            <li>
                <button type="button" class="link" on:click=move |_| take(session, &site, Some(&entity))>{label}</button>
                <span class="option-means">{line}</span>
            </li>
        }
    });
    ui! {
        <h4>{tr(register::ITS_SITES)}</h4>
        {none.then(|| ui! { <p class="hint">{tr(register::NO_SITE)}</p> })}
        <ul class="its-sites">{items.collect::<Vec<_>>()}</ul>
        {(others > 0).then(|| {
            let more = tr_with(register::MORE_SITES, move || vec![fact("count", others)]);
            ui! { <p class="hint">{more}</p> }
        })}
    }
}

/// Empties what is ordered of its structures, and of the sector that the register proposed for them.
fn replace(session: Session) {
    let proposed = session.register.proposed;
    session.draft.update(|draft| {
        without_structures(draft);
        if draft.sector == proposed.get_value() && !session.is_locked(crate::settings::Lockable::Sector) {
            draft.sector = None;
        }
    });
}

/// Takes a structure into what is ordered.
fn take(session: Session, hit: &FinessHit, entity: Option<&FinessHit>) {
    let proposed = session.register.proposed;
    session.draft.update(|draft| {
        // What the person chose is theirs; what the register proposed before is not.
        let is_open = draft.sector.is_none() || draft.sector == proposed.get_value();
        let is_open = is_open && !session.is_locked(crate::settings::Lockable::Sector);
        take_structure(draft, hit, entity, is_open, |start| format!("{start}{}", session.number()));
        if is_open {
            proposed.set_value(draft.sector.clone());
        }
    });
    let locale = session.locale.get_untracked();
    let name = structure_name(locale, hit);
    session.say(register::TAKEN.with(locale, &[fact("name", name)]));
    session.surface.focus_soon("porteur");
}

/// Whose number the certificates will bear, and why, as soon as it is known.
#[component]
pub(crate) fn BearerNote() -> impl IntoView {
    let session = session();
    let bearer = Memo::new(move |_| {
        session.register.open.get()?;
        calls::bearer(session.locale.get(), session.draft.get())
    });
    move || {
        bearer.get().map(|(bearer, number, reason)| {
            let locale = session.locale.get();
            let number = number.filter(|number| !session.register.wrong.with(|wrong| wrong.contains(number)));
            let said = match number.map(|number| calls::grouped(&number)) {
                Some(number) => register::BEARS.with(locale, &[fact("bearer", bearer), fact("number", number)]),
                None => register::BEARS_UNKNOWN.with(locale, &[fact("bearer", bearer)]),
            };
            ui! {
                <div class="note" id="porteur" tabindex="-1"><p><strong>{said}</strong></p><p>{reason}</p></div>
            }
        })
    }
}

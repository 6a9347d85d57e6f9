//! What things are called on the screens.

use std::sync::Arc;

use estampille::{
    contract::{OrderProfile, Plan, PlannedCertificate},
    request,
};
use leptos::prelude::*;
use messages::{
    Locale, Text,
    page::{plan, software, structure},
};

use crate::session::{Order, Session, fact};

/// A term of the catalogue, in this language; empty when there is none.
pub(crate) fn term(locale: Locale, table: &str, word: &str) -> String {
    messages::term(&format!("{table}.{word}")).map(|text| text.get(locale).to_owned()).unwrap_or_default()
}

/// The name of an installation, as typed.
pub(crate) fn instance_name(session: Session, id: &str) -> impl Fn() -> String + Clone + Send + Sync + use<> {
    let id = id.to_owned();
    move || {
        session.draft.with(|draft| {
            let instances = draft.instances.iter().flatten();
            let found = (1_usize..).zip(instances).find(|(_, i)| i.id.as_deref() == Some(id.as_str()));
            let typed =
                found.and_then(|(_, instance)| instance.name.clone()).filter(|name| !name.trim().is_empty());
            let number = found.map_or(1, |(number, _)| number);
            typed.unwrap_or_else(|| software::DEFAULT_NAME.with(session.locale.get(), &[fact("n", number)]))
        })
    }
}

/// The name of a site, as typed, or its number in the list.
pub(crate) fn site_name(session: Session, id: &str) -> impl Fn() -> String + Clone + Send + Sync + use<> {
    let id = id.to_owned();
    move || {
        let names = session.draft.with(|draft| site_names(draft, session.locale.get()));
        names.into_iter().find(|(site, _)| *site == id).map(|(_, name)| name).unwrap_or_default()
    }
}

/// The name of a legal entity, as typed, or its number in the list.
pub(crate) fn entity_name(session: Session, id: &str) -> impl Fn() -> String + Clone + Send + Sync + use<> {
    let id = id.to_owned();
    move || {
        session.draft.with(|draft| {
            let entities = draft.legal_entities.iter().flatten();
            let found = (1_usize..).zip(entities).find(|(_, e)| e.id.as_deref() == Some(id.as_str()));
            let typed =
                found.and_then(|(_, entity)| entity.name.clone()).filter(|name| !name.trim().is_empty());
            let number = found.map_or(1, |(number, _)| number);
            typed.unwrap_or_else(|| structure::ENTITY_N.with(session.locale.get(), &[fact("n", number)]))
        })
    }
}

/// Every site with its name, its number standing in for a name that was not typed.
pub(crate) fn site_names(draft: &OrderProfile, locale: Locale) -> Vec<(String, String)> {
    let sites = draft.legal_entities.iter().flatten().flat_map(|entity| entity.sites.iter().flatten());
    (1_usize..)
        .zip(sites)
        .filter_map(|(number, site)| {
            let typed = site.name.clone().filter(|name| !name.trim().is_empty());
            let number = || structure::SITE_N.with(locale, &[fact("n", number)]);
            let name = typed.or_else(|| site.finess_et.clone()).unwrap_or_else(number);
            Some((site.id.clone()?, name))
        })
        .collect()
}

/// What a certificate is called where an order is shown: the name typed for it, else the planned one.
pub(crate) fn shown_name(
    session: Session,
    certificate: &PlannedCertificate,
) -> impl Fn() -> String + Clone + Send + Sync + use<> {
    let certificate = certificate.clone();
    move || session.order(&certificate).common_name
}

/// Where a planned certificate goes, when there is more than one place: its site, or its entity.
pub(crate) fn place_name(
    session: Session,
    certificate: &PlannedCertificate,
) -> impl Fn() -> Option<String> + Clone + Send + Sync + use<> {
    let (site, entity) = (certificate.site.clone(), certificate.legal_entity.clone());
    move || {
        let (entities, sites) = session.draft.with(|draft| {
            let entities = draft.legal_entities.iter().flatten();
            (entities.clone().count(), entities.flat_map(|entity| entity.sites.iter().flatten()).count())
        });
        match &site {
            Some(site) if sites > 1 => Some(site_name(session, site)()),
            _ if entities > 1 => Some(entity_name(session, &entity)()),
            _ => None,
        }
    }
}

/// The bearer in words; of a structure with one site, the number is not that of « chaque site ».
pub(crate) fn bearer_name(session: Session, bearer: &str) -> String {
    let locale = session.locale.get();
    let sites = session.draft.with(|draft| {
        draft.legal_entities.iter().flatten().map(|e| e.sites.iter().flatten().count()).sum::<usize>()
    });
    if bearer == "et" && sites < 2 {
        structure::FINESS_ET.get(locale).to_owned()
    } else {
        term(locale, "bearer", bearer)
    }
}

/// What a planned certificate is called: its imposed name, else the suggested one.
pub(crate) fn certificate_name(certificate: &PlannedCertificate) -> String {
    let name = &certificate.common_name;
    name.value.clone().or_else(|| name.suggestion.clone()).unwrap_or_default()
}

/// The numbers the certificates bear, without the type digit, each once: grouped to be read, and as it is copied.
pub(crate) fn numbers_borne(plan: &Plan) -> Vec<(String, String)> {
    let mut numbers: Vec<String> = plan
        .certificates
        .iter()
        .filter_map(|certificate| certificate.structure_id.as_deref()?.get(1..).map(str::to_owned))
        .collect();
    numbers.sort();
    numbers.dedup();
    numbers.into_iter().map(|number| (grouped(&number), number)).collect()
}

/// A FINESS as 59 004 9011, a SIRET as 123 456 789 00012.
pub(crate) fn grouped(number: &str) -> String {
    let cuts: &[usize] = if number.len() == 9 { &[2, 5] } else { &[3, 6, 9] };
    let mut out = String::with_capacity(number.len() + cuts.len());
    for (index, character) in number.chars().enumerate() {
        if cuts.contains(&index) {
            out.push('\u{202f}');
        }
        out.push(character);
    }
    out
}

/// The certificate planned after this one.
pub(crate) fn next_certificate(session: Session, id: &str) -> Option<Arc<PlannedCertificate>> {
    session.plan.with(|plan| {
        let mut certificates = plan.as_ref().ok()?.certificates.iter().skip_while(|c| c.id != id);
        certificates.nth(1).cloned().map(Arc::new)
    })
}

/// How far a certificate's key and request are.
pub(crate) fn order_state(session: Session, certificate: &PlannedCertificate) -> Memo<Text> {
    let key = Order::key_of(certificate);
    Memo::new(move |_| {
        session.orders.with(|orders| match orders.get(&key) {
            Some(order) if order.csr_pem.is_some() => plan::STATE_DONE,
            Some(order) if order.kept => plan::STATE_SAVED,
            Some(order) if order.bundle.is_some() => plan::STATE_KEY,
            _ => plan::STATE_TODO,
        })
    })
}

/// Certificates that something was made for, and that the plan no longer has as they were.
pub(crate) fn left_behind(session: Session) -> Vec<Arc<PlannedCertificate>> {
    let planned: Vec<String> = session.plan.with(|plan| {
        let certificates = plan.as_ref().map(|plan| plan.certificates.iter().map(Order::key_of).collect());
        certificates.unwrap_or_default()
    });
    session.orders.with(|orders| {
        let made = orders.iter().filter(|(key, order)| {
            order.bundle.is_some() && order.renews.is_none() && !planned.contains(key)
        });
        made.filter_map(|(_, order)| order.planned.clone()).collect()
    })
}

/// The department of the certificate's structure, as the directory writes it, when its number tells it.
pub(crate) fn department_of(certificate: &PlannedCertificate) -> Option<String> {
    request::department_of(certificate.structure_id.as_deref()?).map(str::to_owned)
}

/// A fingerprint grouped by four.
pub(crate) fn by_four(hexadecimal: &str) -> String {
    let mut grouped = String::with_capacity(hexadecimal.len() * 5 / 4);
    for (index, character) in hexadecimal.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(character);
    }
    grouped
}

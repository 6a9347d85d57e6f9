//! The page's calls to the use cases, with its engine, its clock and its way of showing failures.
//!
//! No rule stands here: inputs are put into the contract's types, and answers handed to the views.

use std::{cell::RefCell, sync::Arc};

use browser::{Atelier, CallError, Progress, WebCrypto, atelier::Host, values};
use estampille::{
    calendar,
    contract::{
        AssembleInput, AwaitedCertificate, CertificateSummary, ChainReport, CsrBundle, CsrReport, CsrRequest,
        Evidence, EvidenceInput, Expected, FileInput, IdentifierReport, KeyInput, Kit, KitAuthority,
        KitFacts, KitFile, LegalEntity, LostKeyStep, OfficialChain, OrderProfile, Passport, Plan,
        PlannedCertificate, Refusal, Renewal, RenewalInput, Renewed, Secret, SetFile, SetItem, SetOptions,
        SetReport, Subject, TargetChoice, TargetGuide, ToolGuide,
    },
    evidence,
    key_file::ReadBack,
    kit::{self, Target},
    order,
    request::{self, Review, Tools},
};
use js_sys::Array;
use leptos::prelude::*;
use messages::{
    Locale, Rendered, Text,
    page::{common, key, plan, software, structure},
};
use serde::de::DeserializeOwned;
use vocabulary::{
    Error, IdentifierKind, Sector, Service, Timestamp,
    topics::failures::{ENGINE_FAILED, ENGINE_UNAVAILABLE},
};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    screen::Screen,
    session::{DroppedFile, Order, PlanProblem, Session, fact},
};

pub(crate) use estampille::order::{KeyFate, Questions, ServiceNeeds};

// ------------------------------------------------------------------ choosing

/// What is worth asking of the structure described so far.
pub(crate) fn questions(draft: &OrderProfile) -> Option<Questions> {
    let sector = draft.sector.as_deref()?.parse().ok()?;
    let host = draft.host_hospital.as_deref().and_then(|word| word.parse().ok());
    let services: Vec<Service> = services_of(draft).collect();
    let outside = !services.is_empty() && services.iter().all(|service| !service_needs(*service).segur);
    Some(order::questions(sector, host, outside))
}

/// What is worth asking of a sector, before anything else is known.
pub(crate) fn sector_questions(sector: Sector) -> Questions {
    order::questions(sector, None, false)
}

/// The hospitals a hospital department can belong to.
pub(crate) fn host_hospitals() -> &'static [Sector] {
    order::host_hospitals()
}

/// What a service needs from its installation.
pub(crate) fn service_needs(service: Service) -> ServiceNeeds {
    order::service_needs(service)
}

/// The plan for what was typed so far. Empty fields are as if absent, and a software without a name gets one.
pub(crate) fn recommend(locale: Locale, mut draft: OrderProfile) -> Result<Plan, PlanProblem> {
    name_the_unnamed(locale, &mut draft);
    for entity in draft.legal_entities.iter_mut().flatten() {
        if let Some(numbers) = &mut entity.rpps_rang {
            numbers.retain(|number| !number.trim().is_empty());
        }
    }
    for (number, instance) in (1_usize..).zip(draft.instances.iter_mut().flatten()) {
        if instance.name.as_deref().is_none_or(|name| name.trim().is_empty()) {
            instance.name = Some(software::DEFAULT_NAME.with(locale, &[fact("n", number)]));
        }
        for optional in [&mut instance.fqdn, &mut instance.email] {
            if optional.as_deref().is_some_and(|typed| typed.trim().is_empty()) {
                *optional = None;
            }
        }
    }
    order::recommend(locale, browser::clock::now(), &draft).map_err(|error| PlanProblem {
        said: said(locale, &error),
        is_unfinished: order::is_unfinished(&error),
        field: error.field,
    })
}

/// Where a field of the profile is typed: its screen, and the element that holds it.
pub(crate) fn place_of(draft: &OrderProfile, path: &str) -> (Screen, Option<String>) {
    let (list, rest) = path.split_once('[').unwrap_or((path, ""));
    let (index, rest) = rest.split_once(']').unwrap_or(("", rest));
    let index: Option<usize> = index.parse().ok();
    let field = rest.trim_start_matches('.');
    match list {
        "legalEntities" => {
            let entity = index.and_then(|index| draft.legal_entities.as_ref()?.get(index));
            let element = entity.and_then(|entity| entity_field(entity, field));
            (Screen::Structure, element)
        }
        "instances" => {
            let id = index.and_then(|index| draft.instances.as_ref()?.get(index)?.id.clone());
            let name = field.split('[').next().unwrap_or_default();
            let prefix =
                if ["fqdn", "email", "sites", "services"].contains(&name) { name } else { "logiciel" };
            (Screen::Software, id.map(|id| format!("{prefix}-{id}")))
        }
        _ => (Screen::Structure, None),
    }
}

fn entity_field(entity: &LegalEntity, field: &str) -> Option<String> {
    let id = entity.id.as_deref()?;
    let (name, rest) = field.split_once('[').unwrap_or((field, ""));
    match name {
        "finessEj" => Some(format!("ej-{id}")),
        "siret" => Some(format!("siret-{id}")),
        "rppsRang" => Some(format!("rpps-{id}")),
        "sites" => {
            let index: usize = rest.split_once(']')?.0.parse().ok()?;
            Some(format!("et-{}", entity.sites.as_ref()?.get(index)?.id.as_deref()?))
        }
        _ => Some(format!("nom-{id}")),
    }
}

/// Moves the focus to an element once it is there.
pub(crate) fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    // Views are made in microtasks: they are all there before the next task, and nothing can be typed in between.
    gloo::timers::callback::Timeout::new(0, move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    })
    .forget();
}

/// Gives entities and sites without a name the one the page shows for them, so that no sentence names an id.
fn name_the_unnamed(locale: Locale, draft: &mut OrderProfile) {
    let alone = draft.legal_entities.as_ref().is_none_or(|entities| entities.len() < 2);
    for (number, entity) in (1_usize..).zip(draft.legal_entities.iter_mut().flatten()) {
        let name = entity.name.as_deref().and_then(typed).unwrap_or_else(|| {
            if alone {
                structure::ENTITY.get(locale).to_owned()
            } else {
                structure::ENTITY_N.with(locale, &[fact("n", number)])
            }
        });
        let only_site = entity.sites.as_ref().is_some_and(|sites| sites.len() == 1);
        for (number, site) in (1_usize..).zip(entity.sites.iter_mut().flatten()) {
            if site.name.as_deref().and_then(typed).is_none() {
                let numbered = || structure::SITE_N.with(locale, &[fact("n", number)]);
                site.name = Some(if only_site { name.clone() } else { numbered() });
            }
        }
        entity.name = Some(name);
    }
}

/// The day the rules were last read, as a moment to be written in full.
pub(crate) fn rules_date() -> Timestamp {
    order::rules_date().midnight()
}

/// What is wrong with a number as it is typed.
pub(crate) fn identifier(locale: Locale, kind: IdentifierKind, typed: &str) -> IdentifierReport {
    estampille::identifier::report(locale, kind, typed)
}

fn services_of(draft: &OrderProfile) -> impl Iterator<Item = Service> {
    let instances = draft.instances.iter().flatten();
    instances.flat_map(|instance| instance.services.iter().flatten()).filter_map(|word| word.parse().ok())
}

// --------------------------------------------------------------------- names

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
fn grouped(number: &str) -> String {
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

// ---------------------------------------------------------------- generating

/// The parts of an order that the commands depend on.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OrderKey(String, String, String, String, u32, bool);

impl OrderKey {
    /// The parts of this order.
    pub(crate) fn of(order: &Order) -> Self {
        Self(
            order.department.clone(),
            order.organization.clone(),
            order.common_name.clone(),
            order.dns_names.clone(),
            order.bits,
            order.minimal,
        )
    }
}

/// What can be said of a request before it is made.
pub(crate) fn review(locale: Locale, certificate: &PlannedCertificate, order: &Order) -> Review {
    request::review(locale, &request_of(certificate, order))
}

/// The commands that make the request on the server.
pub(crate) fn server_commands(certificate: &PlannedCertificate, order: &Order) -> Result<Tools, Error> {
    request::tools(&request_of(certificate, order))
}

/// Makes a key and its request. `progress` shows how far the second module is with a key, from 0 to 1, where it makes it
/// itself. Finding primes is luck: the last part waits for it.
pub(crate) async fn create_request(
    locale: Locale,
    certificate: &PlannedCertificate,
    order: &Order,
    passphrase: String,
    progress: RwSignal<Option<f64>>,
) -> Result<CsrBundle, Rendered> {
    let mut content = request_of(certificate, order);
    content.key = Some(KeyInput { bits: Some(order.bits), ..KeyInput::default() });
    content.passphrase = Some(Secret::new(passphrase));
    progress.set(None);
    let tell = move |at: Progress| {
        let done = f64::from(at.done) / f64::from(at.total.max(1));
        progress.try_set(Some(done.min(MOST_PROGRESS)));
    };
    ask(locale, "createCsr", &[values::write(&content)], Some(Box::new(tell))).await.map_err(rendered)
}

/// Never full before the key is there.
const MOST_PROGRESS: f64 = 0.95;

/// Checks a request made elsewhere against what this certificate needs.
pub(crate) async fn inspect_request(
    locale: Locale,
    csr: FileInput,
    certificate: &PlannedCertificate,
    order: &Order,
) -> Result<CsrReport, Rendered> {
    let expected = values::write(&expected_of(certificate, order));
    ask(locale, "inspectCsr", &[values::write(&csr), expected], None).await.map_err(rendered)
}

/// Whether a file holds the key that was made; what to say otherwise.
pub(crate) async fn read_back(
    file: FileInput,
    passphrase: String,
    public_key_sha256: String,
) -> Result<(), Text> {
    let arguments =
        [values::write(&file), values::write(&Secret::new(passphrase)), public_key_sha256.as_str().into()];
    // Of a refusal, only the code is looked at: the sentences are the page's own.
    let answer: Result<ReadBack, Refusal> = ask(Locale::Fr, "readBack", &arguments, None).await;
    match answer {
        Ok(ReadBack::Kept) => Ok(()),
        Ok(ReadBack::InClear) => Err(key::PLAIN_KEY),
        Ok(ReadBack::Another) => Err(key::WRONG_KEY),
        Err(refusal) => Err(match refusal.code.as_ref() {
            "wrong-passphrase" => key::WRONG_PASSPHRASE,
            "engine-unavailable" | "engine-failed" => key::FAILED,
            _ => key::NOT_A_KEY,
        }),
    }
}

/// Six words, or nothing where there is no randomness.
pub(crate) fn propose_passphrase() -> Option<String> {
    let words = estampille::passphrase::propose(|buffer| browser::random::fill(buffer).is_ok())?;
    Some(words.to_string())
}

/// From 0, too weak, to 3, good.
pub(crate) fn passphrase_strength(passphrase: &str) -> u8 {
    estampille::passphrase::strength(passphrase).as_u8()
}

/// Whether keys are made in software, which takes seconds.
pub(crate) fn is_slow() -> bool {
    WebCrypto::find().is_none()
}

fn request_of(certificate: &PlannedCertificate, order: &Order) -> CsrRequest {
    CsrRequest {
        product: Some(certificate.product.to_string()),
        subject: Some(Subject {
            department: typed(&order.department),
            organization: typed(&order.organization),
            structure_id: certificate.structure_id.clone(),
            common_name: Some(order.common_name.clone()),
            country: None,
        }),
        dns_names: dns_names(order),
        emails: (certificate.common_name.rule == "email").then(|| vec![order.common_name.clone()]),
        key: Some(KeyInput { bits: Some(order.bits), ..KeyInput::default() }),
        minimal_subject: Some(order.minimal),
        ..CsrRequest::default()
    }
}

fn expected_of(certificate: &PlannedCertificate, order: &Order) -> Expected {
    Expected {
        product: Some(certificate.product.to_string()),
        structure_id: certificate.structure_id.clone(),
        common_name: typed(&order.common_name),
        dns_names: dns_names(order),
        environment: None,
    }
}

fn dns_names(order: &Order) -> Option<Vec<String>> {
    let names: Vec<String> = order.dns_names.lines().filter_map(typed).collect();
    (!names.is_empty()).then_some(names)
}

fn typed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

// ------------------------------------------------------------------ checking

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
    ask(locale, "checkSet", &arguments, Some(Box::new(tell))).await.map_err(rendered)
}

/// Checks a request that nothing is expected of.
pub(crate) async fn read_request(locale: Locale, csr: FileInput) -> Result<CsrReport, Rendered> {
    ask(locale, "inspectCsr", &[values::write(&csr)], None).await.map_err(rendered)
}

/// Saves the alarms before these certificates end; whether the browser took the file.
pub(crate) fn save_calendar(locale: Locale, certificates: &[CertificateSummary]) -> bool {
    let due = certificates.iter().filter_map(calendar::Due::of_summary).collect();
    let text = calendar::write(locale, browser::clock::now(), due);
    browser::files::download(common::CALENDAR_FILE.get(locale), "text/calendar", text.as_bytes()).is_ok()
}

// ---------------------------------------------------------------- installing

/// The machines to choose from.
pub(crate) fn targets(locale: Locale) -> Vec<TargetChoice> {
    kit::targets(locale)
}

/// What to do with a kit on this machine.
pub(crate) fn guide(locale: Locale, target: &str, facts: &KitFacts) -> Option<TargetGuide> {
    Some(kit::for_target(locale, Target::from_word(target)?, facts))
}

/// The content of a file of a kit.
pub(crate) fn kit_content(kit: &Kit, file: &KitFile) -> Vec<u8> {
    kit::content(kit, file).unwrap_or_default().to_vec()
}

/// Makes a kit with the first of these keys that opens and is the certificate's. Why not, otherwise: a passphrase to
/// type again before anything else, since the file it does not open may hold the key.
pub(crate) async fn make_kit(
    locale: Locale,
    input: AssembleInput,
    keys: Vec<Option<FileInput>>,
) -> Result<Kit, Refusal> {
    let mut refused: Option<Refusal> = None;
    for private_key in keys {
        let content = values::write(&AssembleInput { private_key, ..input.clone() });
        match ask(locale, "assemble", &[content], None).await {
            Ok(kit) => return Ok(kit),
            Err(refusal) => {
                let field = refusal.field.as_deref();
                if field.is_some_and(|field| field == "outputPassphrase" || field == "friendlyName") {
                    return Err(refusal);
                }
                if refused.is_none() || field == Some("passphrase") {
                    refused = Some(refusal);
                }
            }
        }
    }
    Err(refused.unwrap_or_else(|| Refusal::new(locale, &Error::new(ENGINE_FAILED))))
}

/// What is known of a certificate's chain, among these files.
pub(crate) async fn chain_of(
    locale: Locale,
    certificate: &DroppedFile,
    files: &[DroppedFile],
) -> Result<ChainReport, Rendered> {
    let files: Vec<FileInput> = files.iter().map(|file| file.content.clone()).collect();
    let arguments = [values::write(&certificate.content), values::write(&files)];
    ask(locale, "chain", &arguments, None).await.map_err(rendered)
}

/// What to do on the server that kept the key of a certificate.
pub(crate) fn on_server(
    locale: Locale,
    summary: &CertificateSummary,
    authorities: &[KitAuthority],
) -> Vec<ToolGuide> {
    kit::on_server(locale, summary, authorities)
}

/// The passport of a certificate; nothing for a file that holds none.
pub(crate) async fn passport(locale: Locale, certificate: &FileInput) -> Option<Passport> {
    ask(locale, "passport", &[values::write(certificate)], None).await.ok()
}

/// What the evidence of a check is made from; nothing for what has no report.
pub(crate) fn evidence_of(report: &SetReport, item: &SetItem) -> Option<EvidenceInput> {
    Some(EvidenceInput {
        file: Some(item.name.clone()),
        key_file: item.key_file.clone(),
        csr_file: item.csr_file.clone(),
        crl_files: item.crl_file.iter().cloned().collect(),
        at: Some(browser::clock::now().to_string()),
        report: report.report(item)?,
    })
}

/// The evidence of a check.
pub(crate) fn evidence(locale: Locale, input: &EvidenceInput) -> Evidence {
    evidence::sheet(locale, browser::clock::now(), input)
}

/// What a file holds of the official chain.
pub(crate) async fn official_chain(locale: Locale, file: &DroppedFile) -> Result<OfficialChain, Rendered> {
    ask(locale, "officialChain", &[values::write(&file.content)], None).await.map_err(rendered)
}

/// Saves a file; whether the browser took it.
pub(crate) fn save(name: &str, content: &[u8]) -> bool {
    browser::files::download(name, "application/octet-stream", content).is_ok()
}

// ------------------------------------------------------- renewing, losing

/// What renews a certificate.
pub(crate) async fn prepare_renewal(locale: Locale, certificate: &FileInput) -> Result<Renewal, Rendered> {
    let input = RenewalInput { certificate: Some(certificate.clone()), expected: None };
    ask(locale, "renewal", &[values::write(&input)], None).await.map_err(rendered)
}

/// What stands in a plan's place for a renewal; nothing for a product that is not ordered on the platform.
pub(crate) fn renewed(locale: Locale, renewal: &Renewal) -> Option<Renewed> {
    order::renewed(locale, &renewal.request)
}

/// Refuses a request that takes up the key of the certificate it renews.
pub(crate) async fn check_new_key(
    locale: Locale,
    certificate: &FileInput,
    csr: &FileInput,
) -> Result<(), Rendered> {
    let arguments = [values::write(certificate), values::write(csr)];
    ask::<()>(locale, "checkNewKey", &arguments, None).await.map_err(rendered)
}

/// What to do when a key is lost or copied, in order.
pub(crate) fn lost_key(locale: Locale, fate: KeyFate) -> Vec<LostKeyStep> {
    order::lost_key(locale, fate)
}

// ------------------------------------------------------- the second module

/// Asks the second module.
async fn ask<T: DeserializeOwned>(
    locale: Locale,
    call: &str,
    arguments: &[JsValue],
    progress: Option<Box<dyn Fn(Progress)>>,
) -> Result<T, Refusal> {
    let failed = |topic| Refusal::new(locale, &Error::new(topic));
    let atelier = with_atelier(Clone::clone);
    let arguments: Array = arguments.iter().collect();
    match atelier.call(call, locale.tag(), arguments, progress).await {
        Ok(value) => values::read(value).map_err(|_| failed(ENGINE_FAILED)),
        Err(CallError::Refused(value)) => Err(values::read(value).unwrap_or_else(|_| failed(ENGINE_FAILED))),
        Err(CallError::Lost) => Err(failed(ENGINE_FAILED)),
        Err(CallError::Unavailable) => Err(failed(ENGINE_UNAVAILABLE)),
    }
}

fn rendered(refusal: Refusal) -> Rendered {
    Rendered { title: refusal.title, detail: refusal.detail, action: refusal.action }
}

/// Fetches the second module once the first screen is there: from then on the page needs no network for anything. The
/// root element's `data-atelier` becomes `ready`, and requests are counted.
pub(crate) fn warm_up(requests: RwSignal<usize>) {
    gloo::timers::callback::Timeout::new(FIRST_SCREEN, move || {
        with_atelier(|atelier| {
            atelier.warm_up(move || {
                if let Some(root) = document().document_element() {
                    let _ = root.set_attribute("data-atelier", "ready");
                }
                count_requests(requests);
            });
        });
    })
    .forget();
}

/// Time left to the first screen before anything else is fetched, in milliseconds.
const FIRST_SCREEN: u32 = 200;

thread_local! {
    static ATELIER: RefCell<Option<Atelier>> = const { RefCell::new(None) };
}

/// The second module, started with the first call that needs it.
fn with_atelier<T>(use_it: impl FnOnce(&Atelier) -> T) -> T {
    ATELIER.with_borrow_mut(|slot| {
        use_it(slot.get_or_insert_with(|| {
            let base = document().base_uri().ok().flatten().unwrap_or_default();
            let folder = base.split('#').next().unwrap_or_default();
            let folder = folder.rsplit_once('/').map_or(folder, |(folder, _)| folder);
            Atelier::new(Host::Worker {
                url: format!("{folder}/atelier-worker.js"),
                module: JsValue::UNDEFINED,
                forge: JsValue::UNDEFINED,
            })
        }))
    })
}

// -------------------------------------------------------------- the browser

/// Whether the page came over a protected connection, or from this computer.
pub(crate) fn is_secure() -> bool {
    window().is_secure_context()
}

/// Opens the browser's print dialog.
pub(crate) fn print() {
    let _ = window().print();
}

/// Opens the print dialog for one part of the page: the root element's `data-print` names it meanwhile. `done` is called
/// when it is closed.
pub(crate) fn print_only(part: &'static str, done: impl FnOnce() + 'static) {
    let Some(root) = document().document_element() else { return };
    let _ = root.set_attribute("data-print", part);
    // What is to be printed is shown by then.
    gloo::timers::callback::Timeout::new(0, move || {
        print();
        let _ = root.remove_attribute("data-print");
        done();
    })
    .forget();
}

/// Counts the requests made since now.
fn count_requests(count: RwSignal<usize>) {
    let started = window().performance().map_or(0.0, |performance| performance.now());
    let update = move || count.set(requests_after(started));
    gloo::timers::callback::Interval::new(2_000, update).forget();
}

/// What the browser fetched after this moment of the page, in milliseconds. Texts inside the page and files made by it
/// have addresses too (`data:`, `blob:`), and ask for nothing.
fn requests_after(started: f64) -> usize {
    let Some(performance) = window().performance() else { return 0 };
    let entries = performance.get_entries_by_type("resource");
    let fetched = entries.iter().filter_map(|entry| entry.dyn_into::<web_sys::PerformanceEntry>().ok());
    fetched.filter(|entry| entry.start_time() > started && entry.name().starts_with("http")).count()
}

/// Whether there is room for the summary beside the step.
pub(crate) fn is_wide() -> bool {
    window().match_media("(min-width: 70rem)").ok().flatten().is_some_and(|query| query.matches())
}

fn said(locale: Locale, error: &Error) -> Rendered {
    messages::error(locale, error)
}

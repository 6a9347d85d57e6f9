use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use estampille::contract::{
    CertificateSummary, CsrBundle, DossierCertificate, DossierContent, F413Answers, LegalEntity,
    OrderProfile, Plan, PlannedCertificate, RegisterOpened, Renewal, Site, SoftwareInstance,
};
use leptos::prelude::*;
use messages::{Locale, Rendered, Text};
use vocabulary::Fact;

use crate::{
    calls, later::Arrival, listener::Listener, screen::Screen, settings::Lockable, surface::Surface,
};

/// The state of the page. Everything typed lives here, so that going back and forth loses nothing.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// Where the page is shown.
    pub(crate) surface: Surface,
    /// Who is told what happens: the host, when the page is its guest.
    pub(crate) listener: Listener,
    /// Language of the texts.
    pub(crate) locale: RwSignal<Locale>,
    /// Light, dark, or as the computer says.
    pub(crate) theme: RwSignal<Theme>,
    /// What is shown; changed by [`Session::go`].
    pub(crate) screen: RwSignal<Screen>,
    /// Whether the person has moved since the page was opened: only then is the focus moved.
    pub(crate) moved: RwSignal<bool>,
    /// The structure and its software, as typed.
    pub(crate) draft: RwSignal<OrderProfile>,
    /// What the draft leads to.
    pub(crate) plan: Memo<Result<Plan, PlanProblem>>,
    /// Numbers for the ids of entities, sites and software: never given twice, so that nothing made for one is taken for
    /// another.
    next_id: StoredValue<usize>,
    /// What has been made for each certificate, by [`Order::key_of`].
    pub(crate) orders: RwSignal<BTreeMap<String, Order>>,
    /// What was typed for the form F413, by the paths of its fields.
    pub(crate) f413: RwSignal<F413Answers>,
    /// The steps that are done, by their codes.
    pub(crate) done: RwSignal<BTreeSet<String>>,
    /// A file that may be a dossier, to be opened.
    pub(crate) dossier: RwSignal<Option<DroppedFile>>,
    /// Files dropped to be checked.
    pub(crate) files: RwSignal<Vec<DroppedFile>>,
    /// The certificate to be installed, with what goes with it.
    pub(crate) installing: RwSignal<Option<Installing>>,
    /// The certificate to be renewed.
    pub(crate) renewing: RwSignal<Option<DroppedFile>>,
    /// Chains of certification given in this session, for every kit.
    pub(crate) chain: RwSignal<Vec<DroppedFile>>,
    /// Files dropped beside the certificate that is being installed, until its screen takes them.
    pub(crate) arrived: RwSignal<Vec<DroppedFile>>,
    /// Files of the estate.
    pub(crate) fleet: RwSignal<Vec<DroppedFile>>,
    /// Whether the screens after the plan are loaded.
    pub(crate) later: RwSignal<Arrival>,
    /// Whether a file is held over the page.
    pub(crate) veil: RwSignal<bool>,
    /// What a screen reader is told next.
    pub(crate) announcement: RwSignal<String>,
    /// What was asked of the network since the page is there.
    pub(crate) requests: RwSignal<usize>,
    /// What the host has settled, and is not asked.
    pub(crate) locked: RwSignal<Vec<Lockable>>,
    /// The FINESS register, once it is there.
    pub(crate) register: Register,
}

/// The FINESS register, as the page holds it: its structures are in the fourth module.
#[derive(Clone, Copy)]
pub(crate) struct Register {
    /// The one that is searched.
    pub(crate) open: RwSignal<Option<Arc<RegisterOpened>>>,
    /// How much of another one is read, in hundredths, while it is.
    pub(crate) reading: RwSignal<Option<u32>>,
    /// Why the last one asked for did not come, or was not kept.
    pub(crate) problem: RwSignal<Option<Rendered>>,
    /// Whether this browser keeps one.
    pub(crate) is_kept: RwSignal<bool>,
    /// Where the host serves an index.
    pub(crate) served: RwSignal<Option<String>>,
    /// Numbers that are not of the kind wanted where they stand.
    pub(crate) wrong: RwSignal<Vec<String>>,
    /// The sector that stands in the draft because the register proposed it.
    pub(crate) proposed: StoredValue<Option<String>>,
}

impl Register {
    fn new() -> Self {
        Self {
            open: RwSignal::new(None),
            reading: RwSignal::new(None),
            problem: RwSignal::new(None),
            is_kept: RwSignal::new(false),
            served: RwSignal::new(None),
            wrong: RwSignal::new(Vec::new()),
            proposed: StoredValue::new(None),
        }
    }
}

/// Why there is no plan for what was typed so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlanProblem {
    /// Path of the field at fault, spelled as in the contract.
    pub(crate) field: Option<String>,
    /// What to say.
    pub(crate) said: Rendered,
    /// Nothing is wrong: not everything has been answered yet.
    pub(crate) is_unfinished: bool,
}

/// Light, dark, or as the computer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the computer says.
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of the root element's `data-theme`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What has been typed and made for one certificate.
#[derive(Clone, Default)]
pub(crate) struct Order {
    /// The certificate, as it was planned when something was last typed or made for it.
    pub(crate) planned: Option<Arc<PlannedCertificate>>,
    /// What the plan and the structure proposed when something was last typed.
    pub(crate) proposed: Proposed,
    /// Department, as the directory writes it.
    pub(crate) department: String,
    /// Registered name.
    pub(crate) organization: String,
    /// Common name.
    pub(crate) common_name: String,
    /// Other names of the server, one a line.
    pub(crate) dns_names: String,
    /// Key size in bits.
    pub(crate) bits: u32,
    /// Only the common name in the subject.
    pub(crate) minimal: bool,
    /// Where the key is made.
    pub(crate) place: Option<Place>,
    /// The key and request made here.
    pub(crate) bundle: Option<Arc<CsrBundle>>,
    /// Whether the key was saved and read back.
    pub(crate) kept: bool,
    /// The request, once it may be handed out (made here and kept, or made on the server and read).
    pub(crate) csr_pem: Option<String>,
    /// Whether the request has left the page, as a file or copied.
    pub(crate) handed_out: bool,
    /// What it renews, when it is not of a plan.
    pub(crate) renews: Option<Arc<Renews>>,
}

/// The certificate that an order renews.
pub(crate) struct Renews {
    /// Its file.
    pub(crate) certificate: DroppedFile,
    /// What is made of it.
    pub(crate) renewal: Renewal,
}

/// What stands in the fields before anybody types.
#[derive(Clone, Default)]
pub(crate) struct Proposed {
    department: String,
    organization: String,
    common_name: String,
}

impl Order {
    /// What a certificate's order is filed under. The number is part of it: what was made for one structure is not
    /// offered for another, and stays at hand when the structure is corrected.
    pub(crate) fn key_of(certificate: &PlannedCertificate) -> String {
        format!("{}#{}", certificate.id, certificate.structure_id.as_deref().unwrap_or_default())
    }

    /// Whether a key, or the request made with it, exists in this page only.
    pub(crate) const fn is_unsaved(&self) -> bool {
        self.bundle.is_some() && !(self.kept && self.handed_out)
    }
}

/// Where a key is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// On the server that will hold the certificate.
    There,
    /// In this page.
    Here,
}

/// A file the person gave.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DroppedFile {
    /// Its name.
    pub(crate) name: String,
    /// Its content; wiped when dropped, since it may hold a key.
    pub(crate) content: estampille::contract::FileInput,
}

/// A certificate on its way to the machine that reads it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Installing {
    /// The file of the certificate.
    pub(crate) certificate: DroppedFile,
    /// What it says.
    pub(crate) summary: CertificateSummary,
    /// The file of its key, where one was found; the certificate's own when it is a PKCS #12.
    pub(crate) key: Option<DroppedFile>,
    /// Other files that were there: authorities among them.
    pub(crate) beside: Vec<DroppedFile>,
}

impl Session {
    /// A new session, given to all components by context.
    pub(crate) fn provide(surface: Surface, listener: Listener) -> Self {
        let locale = RwSignal::new(Locale::Fr);
        let draft = RwSignal::new(OrderProfile::default());
        let plan = Memo::new(move |_| draft.with(|draft| calls::recommend(locale.get(), draft.clone())));
        let session = Self {
            surface,
            listener,
            locale,
            theme: RwSignal::new(Theme::Auto),
            screen: RwSignal::new(Screen::Home),
            moved: RwSignal::new(false),
            draft,
            plan,
            orders: RwSignal::new(BTreeMap::new()),
            f413: RwSignal::new(BTreeMap::new()),
            done: RwSignal::new(BTreeSet::new()),
            dossier: RwSignal::new(None),
            files: RwSignal::new(Vec::new()),
            installing: RwSignal::new(None),
            renewing: RwSignal::new(None),
            chain: RwSignal::new(Vec::new()),
            arrived: RwSignal::new(Vec::new()),
            fleet: RwSignal::new(Vec::new()),
            later: RwSignal::new(Arrival::Awaited),
            veil: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            requests: RwSignal::new(0),
            locked: RwSignal::new(Vec::new()),
            register: Register::new(),
            next_id: StoredValue::new(1),
        };
        draft.set(first_draft(session));
        provide_context(session);
        session
    }

    /// Shows a screen and writes it to the address, so that the browser's back button works.
    pub(crate) fn go(self, screen: Screen) {
        // The screen already shown is not made anew: what it is doing would lose its ground.
        if self.screen.with_untracked(|shown| *shown == screen) {
            return;
        }
        if !self.surface.is_embedded() {
            let _ = window().location().set_hash(&screen.path());
        }
        self.moved.set(true);
        self.screen.set(screen);
    }

    /// Shows the screen of the address, after the back button or a typed fragment.
    pub(crate) fn follow_address(self) {
        self.moved.set(true);
        self.open_address();
    }

    /// Shows the screen of the address the page was opened with.
    pub(crate) fn open_address(self) {
        let hash = window().location().hash().unwrap_or_default();
        let screen = Screen::from_path(&hash, |id| self.certificate(id));
        if self.screen.with_untracked(|shown| *shown != screen) {
            self.screen.set(screen);
        }
    }

    /// A certificate of the plan, or one that something was made for, by its id.
    fn certificate(self, id: &str) -> Option<Arc<PlannedCertificate>> {
        let planned = self.plan.with_untracked(|plan| {
            let certificates = plan.as_ref().map(|plan| plan.certificates.iter()).into_iter().flatten();
            certificates.into_iter().find(|certificate| certificate.id == id).cloned().map(Arc::new)
        });
        planned.or_else(|| {
            self.orders.with_untracked(|orders| {
                orders.values().find_map(|order| order.planned.clone().filter(|planned| planned.id == id))
            })
        })
    }

    /// A number never given before in this session.
    pub(crate) fn number(self) -> usize {
        let number = self.next_id.get_value();
        self.next_id.set_value(number.saturating_add(1));
        number
    }

    /// Tells screen readers something.
    pub(crate) fn say(self, text: impl Into<String>) {
        self.announcement.set(text.into());
    }

    /// Changes what is kept for a certificate, starting from what the plan and the structure say.
    pub(crate) fn update_order(self, certificate: &PlannedCertificate, change: impl FnOnce(&mut Order)) {
        let current = self.order(certificate);
        self.orders.update(|orders| {
            let order = orders.entry(Order::key_of(certificate)).or_default();
            *order = current;
            order.planned = Some(Arc::new(certificate.clone()));
            change(order);
        });
    }

    /// What is kept for a certificate, or what the plan and the structure say. What was not typed by hand follows them,
    /// until a key or a request is made.
    pub(crate) fn order(self, certificate: &PlannedCertificate) -> Order {
        let first = self.first_order(certificate);
        let Some(mut order) = self.orders.with(|orders| orders.get(&Order::key_of(certificate)).cloned())
        else {
            return first;
        };
        if order.bundle.is_none() && order.csr_pem.is_none() {
            let current = first.proposed.clone();
            let before = std::mem::replace(&mut order.proposed, current);
            for (typed, proposed, current) in [
                (&mut order.department, &before.department, first.department),
                (&mut order.organization, &before.organization, first.organization),
                (&mut order.common_name, &before.common_name, first.common_name),
            ] {
                if typed == proposed {
                    *typed = current;
                }
            }
        }
        order
    }

    fn first_order(self, certificate: &PlannedCertificate) -> Order {
        let name = &certificate.common_name;
        self.draft.with_untracked(|draft| {
            let entity = draft
                .legal_entities
                .iter()
                .flatten()
                .find(|entity| entity.id.as_deref() == Some(certificate.legal_entity.as_str()));
            let proposed = Proposed {
                department: calls::department_of(certificate).unwrap_or_default(),
                organization: entity.and_then(|entity| entity.name.clone()).unwrap_or_default(),
                common_name: name.value.clone().or_else(|| name.suggestion.clone()).unwrap_or_default(),
            };
            Order {
                department: proposed.department.clone(),
                organization: proposed.organization.clone(),
                common_name: proposed.common_name.clone(),
                proposed,
                bits: 2048,
                ..Order::default()
            }
        })
    }

    /// What a dossier keeps of the session.
    pub(crate) fn kept(self) -> DossierContent {
        let certificates = self.orders.with_untracked(|orders| {
            let kept = orders.values().filter(|order| order.renews.is_none());
            let kept = kept.filter_map(|order| {
                let planned = order.planned.as_ref()?;
                Some(DossierCertificate {
                    id: planned.id.clone(),
                    structure_id: planned.structure_id.clone(),
                    department: order.department.clone(),
                    organization: order.organization.clone(),
                    common_name: order.common_name.clone(),
                    dns_names: order.dns_names.clone(),
                })
            });
            kept.collect()
        });
        DossierContent {
            profile: self.draft.get_untracked(),
            done: self.done.with_untracked(|done| done.iter().cloned().collect()),
            f413: self.f413.get_untracked(),
            certificates,
        }
    }

    /// Whether nothing was typed yet that a dossier would replace.
    pub(crate) fn is_blank(self) -> bool {
        let blank = self.draft.with_untracked(|draft| {
            let entities = draft.legal_entities.iter().flatten();
            let named = entities.clone().any(|entity| {
                [&entity.name, &entity.finess_ej, &entity.siret]
                    .into_iter()
                    .flatten()
                    .any(|text| !text.is_empty())
            });
            let services =
                draft.instances.iter().flatten().any(|one| one.services.iter().flatten().next().is_some());
            draft.sector.is_none() && !named && !services
        });
        blank && self.f413.with_untracked(BTreeMap::is_empty)
    }

    /// Takes up a dossier in place of what was typed. What was made here, keys above all, stays.
    pub(crate) fn take_up(self, content: DossierContent) {
        let DossierContent { profile, done, f413, certificates } = content;
        self.draft
            .set(OrderProfile { administrator: Some("structure".to_owned()), ..OrderProfile::default() });
        self.take_over(profile);
        // Who answered nothing there begins as everybody does.
        let first = first_draft(self);
        self.draft.update(|draft| {
            draft.legal_entities = draft.legal_entities.take().or(first.legal_entities);
            draft.instances = draft.instances.take().or(first.instances);
        });
        self.done.set(done.into_iter().collect());
        self.f413.set(f413);
        for kept in certificates {
            let planned = self.plan.with_untracked(|plan| {
                let all = plan.as_ref().map(|plan| plan.certificates.iter()).into_iter().flatten();
                all.into_iter()
                    .find(|one| one.id == kept.id && one.structure_id == kept.structure_id)
                    .cloned()
            });
            let Some(planned) = planned else { continue };
            if self.order(&planned).bundle.is_some() {
                continue;
            }
            self.update_order(&planned, |order| {
                order.department = kept.department;
                order.organization = kept.organization;
                // An imposed name is the plan's.
                if planned.common_name.rule == "free" {
                    order.common_name = kept.common_name;
                }
                order.dns_names = kept.dns_names;
            });
        }
    }

    /// Takes over what the host knows: what it leaves out stays as it was. Whoever has no id gets one.
    pub(crate) fn take_over(self, given: OrderProfile) {
        let mut draft = self.draft.get_untracked();
        let OrderProfile { sector, contract, host_hospital, legal_entities, instances, administrator, on } =
            given;
        for (own, given) in [
            (&mut draft.sector, sector),
            (&mut draft.contract, contract),
            (&mut draft.host_hospital, host_hospital),
            (&mut draft.administrator, administrator),
            (&mut draft.on, on),
        ] {
            if given.is_some() {
                *own = given;
            }
        }
        self.number_after(&legal_entities, &instances);
        if let Some(mut entities) = legal_entities.filter(|entities| !entities.is_empty()) {
            for entity in &mut entities {
                entity.id.get_or_insert_with(|| format!("ej{}", self.number()));
                let sites = entity.sites.get_or_insert_default();
                if sites.is_empty() {
                    sites.push(new_site(self));
                }
                for site in sites {
                    site.id.get_or_insert_with(|| format!("site{}", self.number()));
                }
            }
            draft.legal_entities = Some(entities);
        }
        if let Some(mut instances) = instances.filter(|instances| !instances.is_empty()) {
            for instance in &mut instances {
                instance.id.get_or_insert_with(|| format!("logiciel{}", self.number()));
            }
            draft.instances = Some(instances);
        }
        self.draft.set(draft);
    }

    /// Numbers given from now on are above those that these ids end with.
    fn number_after(self, entities: &Option<Vec<LegalEntity>>, instances: &Option<Vec<SoftwareInstance>>) {
        let sites = entities.iter().flatten().flat_map(|entity| entity.sites.iter().flatten());
        let ids = entities.iter().flatten().map(|entity| &entity.id);
        let ids = ids.chain(sites.map(|site| &site.id)).chain(instances.iter().flatten().map(|one| &one.id));
        let number = |id: &String| {
            let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
            digits.parse::<usize>().ok()
        };
        let highest = ids.flatten().filter_map(number).max().unwrap_or_default();
        self.next_id.update_value(|next| *next = (*next).max(highest.saturating_add(1)));
    }

    /// Whether the host has settled this.
    pub(crate) fn is_locked(self, field: Lockable) -> bool {
        self.locked.with(|locked| locked.contains(&field))
    }

    /// Whether a key, or a request, exists in this page only.
    pub(crate) fn has_unsaved(self) -> bool {
        self.orders.with(|orders| orders.values().any(Order::is_unsaved))
    }
}

/// The session of the page.
pub(crate) fn session() -> Session {
    expect_session(use_context())
}

#[allow(clippy::expect_used, reason = "`Frame` provides the session before anything else is made")]
fn expect_session(session: Option<Session>) -> Session {
    session.expect("the frame provides the session")
}

/// A text of the page, in the language shown.
pub(crate) fn tr(text: Text) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let locale = session().locale;
    move || text.get(locale.get())
}

/// A text of the page as a signal, for components that show it.
pub(crate) fn text(text: Text) -> Signal<String> {
    let locale = session().locale;
    Signal::derive(move || text.get(locale.get()).to_owned())
}

/// A text of the page with facts, in the language shown.
pub(crate) fn tr_with(
    text: Text,
    facts: impl Fn() -> Vec<Fact> + Clone + Send + Sync + 'static,
) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    let locale = session().locale;
    move || text.with(locale.get(), &facts())
}

/// A named value for [`tr_with`].
pub(crate) fn fact(name: &'static str, value: impl Into<vocabulary::Value>) -> Fact {
    Fact { name, value: value.into() }
}

/// One legal entity with one site and one software: what most people have.
fn first_draft(session: Session) -> OrderProfile {
    OrderProfile {
        legal_entities: Some(vec![new_entity(session)]),
        instances: Some(vec![new_instance(session)]),
        administrator: Some("structure".to_owned()),
        ..OrderProfile::default()
    }
}

/// An empty legal entity with one site.
pub(crate) fn new_entity(session: Session) -> LegalEntity {
    let id = format!("ej{}", session.number());
    LegalEntity { id: Some(id), sites: Some(vec![new_site(session)]), ..LegalEntity::default() }
}

/// An empty site.
pub(crate) fn new_site(session: Session) -> Site {
    Site { id: Some(format!("site{}", session.number())), ..Site::default() }
}

/// A software without services yet.
pub(crate) fn new_instance(session: Session) -> SoftwareInstance {
    SoftwareInstance {
        id: Some(format!("logiciel{}", session.number())),
        name: Some(String::new()),
        services: Some(Vec::new()),
        ..SoftwareInstance::default()
    }
}

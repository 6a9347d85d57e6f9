use std::{collections::BTreeMap, sync::Arc};

use estampille::contract::{
    CsrBundle, LegalEntity, OrderProfile, Plan, PlannedCertificate, Site, SoftwareInstance,
};
use leptos::prelude::*;
use messages::{Locale, Rendered, Text};
use vocabulary::Fact;

use crate::{calls, screen::Screen};

/// The state of the page. Everything typed lives here, so that going back and forth loses nothing.
#[derive(Clone, Copy)]
pub(crate) struct Session {
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
    pub(crate) plan: Memo<Result<Plan, Rendered>>,
    /// What has been made for each certificate, by [`Order::key_of`].
    pub(crate) orders: RwSignal<BTreeMap<String, Order>>,
    /// Files dropped to be checked.
    pub(crate) files: RwSignal<Vec<DroppedFile>>,
    /// Files of the estate.
    pub(crate) fleet: RwSignal<Vec<DroppedFile>>,
    /// What a screen reader is told next.
    pub(crate) announcement: RwSignal<String>,
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
}

impl Order {
    /// What a certificate's order is filed under. The number is part of it: what was made for one structure is not
    /// offered for another, and stays at hand when the structure is corrected.
    pub(crate) fn key_of(certificate: &PlannedCertificate) -> String {
        format!("{}#{}", certificate.id, certificate.structure_id.as_deref().unwrap_or_default())
    }

    /// Whether a key exists in this page only.
    pub(crate) const fn has_unsaved_key(&self) -> bool {
        self.bundle.is_some() && !self.kept
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

impl Session {
    /// A new session, given to all components by context.
    pub(crate) fn provide() -> Self {
        let locale = RwSignal::new(Locale::Fr);
        let draft = RwSignal::new(first_draft());
        let plan = Memo::new(move |_| draft.with(|draft| calls::recommend(locale.get(), draft.clone())));
        let session = Self {
            locale,
            theme: RwSignal::new(Theme::Auto),
            screen: RwSignal::new(Screen::Home),
            moved: RwSignal::new(false),
            draft,
            plan,
            orders: RwSignal::new(BTreeMap::new()),
            files: RwSignal::new(Vec::new()),
            fleet: RwSignal::new(Vec::new()),
            announcement: RwSignal::new(String::new()),
        };
        provide_context(session);
        session
    }

    /// Shows a screen and writes it to the address, so that the browser's back button works.
    pub(crate) fn go(self, screen: Screen) {
        if self.screen.with_untracked(|shown| *shown != screen) {
            let _ = window().location().set_hash(&screen.path());
        }
        self.moved.set(true);
        self.screen.set(screen);
    }

    /// Shows the screen of the address, after the back button or a typed fragment.
    pub(crate) fn follow_address(self) {
        let hash = window().location().hash().unwrap_or_default();
        let screen = self.plan.with_untracked(|plan| Screen::from_path(&hash, plan.as_ref().ok()));
        if self.screen.with_untracked(|shown| *shown != screen) {
            self.moved.set(true);
            self.screen.set(screen);
        }
    }

    /// Tells screen readers something.
    pub(crate) fn say(self, text: impl Into<String>) {
        self.announcement.set(text.into());
    }

    /// Changes what is kept for a certificate, starting from what the plan and the structure say.
    pub(crate) fn update_order(self, certificate: &PlannedCertificate, change: impl FnOnce(&mut Order)) {
        let first = self.first_order(certificate);
        self.orders.update(|orders| {
            let order = orders.entry(Order::key_of(certificate)).or_insert(first);
            order.planned = Some(Arc::new(certificate.clone()));
            change(order);
        });
    }

    /// What is kept for a certificate, or what the plan and the structure say.
    pub(crate) fn order(self, certificate: &PlannedCertificate) -> Order {
        self.orders
            .with(|orders| orders.get(&Order::key_of(certificate)).cloned())
            .unwrap_or_else(|| self.first_order(certificate))
    }

    fn first_order(self, certificate: &PlannedCertificate) -> Order {
        let name = &certificate.common_name;
        self.draft.with_untracked(|draft| {
            let entity = draft
                .legal_entities
                .iter()
                .flatten()
                .find(|entity| entity.id.as_deref() == Some(certificate.legal_entity.as_str()));
            Order {
                department: calls::department_of(certificate).unwrap_or_default(),
                organization: entity.and_then(|entity| entity.name.clone()).unwrap_or_default(),
                common_name: name.value.clone().or_else(|| name.suggestion.clone()).unwrap_or_default(),
                bits: 2048,
                ..Order::default()
            }
        })
    }

    /// Whether a key exists in this page only.
    pub(crate) fn has_unsaved_key(self) -> bool {
        self.orders.with(|orders| orders.values().any(Order::has_unsaved_key))
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
fn first_draft() -> OrderProfile {
    OrderProfile {
        legal_entities: Some(vec![new_entity(1)]),
        instances: Some(vec![new_instance(1)]),
        administrator: Some("structure".to_owned()),
        ..OrderProfile::default()
    }
}

/// An empty legal entity with one site.
pub(crate) fn new_entity(number: usize) -> LegalEntity {
    let id = format!("ej{number}");
    let sites = vec![new_site(&id, 1)];
    LegalEntity { id: Some(id), sites: Some(sites), ..LegalEntity::default() }
}

/// An empty site.
pub(crate) fn new_site(entity: &str, number: usize) -> Site {
    Site { id: Some(format!("{entity}-site{number}")), ..Site::default() }
}

/// A software without services yet.
pub(crate) fn new_instance(number: usize) -> SoftwareInstance {
    SoftwareInstance {
        id: Some(format!("logiciel{number}")),
        name: Some(String::new()),
        services: Some(Vec::new()),
        ..SoftwareInstance::default()
    }
}

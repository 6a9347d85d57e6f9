//! The page as a guest: what its host sets, and what it tells its host. No private key and no passphrase is among it.

use std::{any::Any, cell::RefCell, collections::BTreeSet, rc::Rc};

use browser::{Host, values};
use estampille::contract::{CheckReport, FileInput, Kit, OrderProfile, Plan, SetReport};
use js_sys::Function;
use leptos::prelude::*;
use messages::Locale;
use serde::Serialize;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::HtmlElement;

use crate::{calls, frame::Frame, screen::Screen, session::Session, surface::Surface};

/// Says where the files of the second and the third module are: an address, or a `TrustedScriptURL`, and addresses.
#[wasm_bindgen(js_name = hostWorker)]
pub fn host_worker(url: JsValue, module: JsValue, forge: JsValue) {
    calls::atelier_is_at(Host::Worker { url, module, forge });
}

/// The page inside an element; it leaves when this is freed.
#[wasm_bindgen]
pub struct Guest {
    session: Session,
    _shown: Box<dyn Any>,
}

#[wasm_bindgen]
impl Guest {
    /// Shows the page in an element, which stands in the host's shadow root. `listener` is called with the name of an
    /// event, as in `EstampilleEvents`, and its detail.
    #[wasm_bindgen(constructor)]
    pub fn new(element: HtmlElement, listener: Function) -> Result<Guest, JsValue> {
        let session = Rc::new(RefCell::new(None));
        let shown = leptos::mount::mount_to(element.clone(), {
            let session = session.clone();
            move || {
                let surface = Surface::guest(element);
                let listener = Listener::of(listener);
                let on_start = move |started: Session| {
                    tell_plans(started);
                    tell_requests(started);
                    session.replace(Some(started));
                };
                ui! { <Frame surface=surface listener=listener on_start=on_start/> }
            }
        });
        let session = session.take().ok_or("the page did not start")?;
        Ok(Self { session, _shown: Box::new(shown) })
    }

    /// Sets what an attribute of the element says; nothing stands for an attribute that is gone. A word that is none of
    /// the attribute's is told as `invalid-input`, and changes nothing.
    pub fn set(&self, name: &str, value: Option<String>) {
        let value = value.as_deref();
        let is_known = match name {
            "lang" => self.set_locale(value),
            // styles/main.css reads it where it stands.
            "theme" => value.is_none_or(|word| ["auto", "light", "dark"].contains(&word)),
            "journey" => self.set_journey(value),
            "locked" => self.set_locked(value),
            _ => false,
        };
        if !is_known {
            self.session.listener.tell_error("invalid-input", Some(name));
        }
    }

    /// What is known of the structure, as typed so far.
    #[wasm_bindgen(getter)]
    pub fn profile(&self) -> JsValue {
        self.session.draft.with_untracked(values::write)
    }

    /// Takes over what the host knows of the structure. What it leaves out stays as it was typed; what is of another shape
    /// is told as `invalid-input` with its path, and changes nothing.
    #[wasm_bindgen(setter)]
    pub fn set_profile(&self, profile: JsValue) {
        match values::read::<OrderProfile>(profile) {
            Ok(profile) => self.session.take_over(profile),
            Err(path) => {
                let path = if path.is_empty() { "profile".to_owned() } else { format!("profile.{path}") };
                self.session.listener.tell_error("invalid-input", Some(&path));
            }
        }
    }

    fn set_locale(&self, value: Option<&str>) -> bool {
        // `fr-FR` is French.
        let language = value.map_or("fr", |tag| tag.split('-').next().unwrap_or_default());
        let locale = Locale::from_tag(&language.to_ascii_lowercase());
        if let Some(locale) = locale {
            self.session.locale.set(locale);
        }
        locale.is_some()
    }

    fn set_journey(&self, value: Option<&str>) -> bool {
        let screen = match value {
            None => Screen::Home,
            Some("choisir") => Screen::Structure,
            // Both need a plan, which shows what is missing for one.
            Some("commander" | "generer") => Screen::Plan,
            Some("verifier") => Screen::Check,
            Some("finaliser") => Screen::Finish,
            Some("parc") => Screen::Fleet,
            Some(_) => return false,
        };
        // The host moved, not the person: the focus stays where it is.
        self.session.screen.set(screen);
        true
    }

    fn set_locked(&self, value: Option<&str>) -> bool {
        let words = value.unwrap_or_default().split_ascii_whitespace();
        let fields: Vec<Option<Lockable>> = words.map(Lockable::from_word).collect();
        self.session.locked.set(fields.iter().flatten().copied().collect());
        fields.iter().all(Option::is_some)
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.session.surface.leave();
    }
}

/// A field that a host may settle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lockable {
    /// The sector, and the hospital it belongs to.
    Sector,
    /// The contract with the ANS.
    Contract,
    /// The structure's name.
    Name,
    /// Its numbers: FINESS, SIRET, RPPS-rang.
    StructureId,
    /// The services of each software.
    Services,
}

impl Lockable {
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "sector" => Self::Sector,
            "contract" => Self::Contract,
            "name" => Self::Name,
            "structureId" => Self::StructureId,
            "services" => Self::Services,
            _ => return None,
        })
    }
}

/// Who is told what happens; nobody, when the document is the page's own.
#[derive(Clone, Copy)]
pub(crate) struct Listener(StoredValue<Option<Function>, LocalStorage>);

impl Listener {
    /// Nobody listens.
    pub(crate) fn nobody() -> Self {
        Self(StoredValue::new_local(None))
    }

    fn of(function: Function) -> Self {
        Self(StoredValue::new_local(Some(function)))
    }

    fn is_there(self) -> bool {
        self.0.try_with_value(Option::is_some).unwrap_or_default()
    }

    fn tell(self, event: &str, detail: &impl Serialize) {
        // Let go before it is called: what it does may end the page.
        if let Some(Some(function)) = self.0.try_get_value() {
            // What it throws is the host's own.
            let _ = function.call2(&JsValue::NULL, &event.into(), &values::write(detail));
        }
    }

    /// Something could not be done.
    pub(crate) fn tell_error(self, code: &str, field: Option<&str>) {
        #[derive(Serialize)]
        struct Detail<'a> {
            code: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            field: Option<&'a str>,
        }
        self.tell("estampille-error", &Detail { code, field });
    }

    /// Certificates were checked.
    pub(crate) fn tell_checks(self, report: &SetReport) {
        if self.is_there() {
            let reports: Vec<CheckReport> =
                report.items.iter().filter_map(|item| report.report(item)).collect();
            for report in reports {
                self.tell("estampille-check", &report);
            }
        }
    }

    /// A kit was made: what its files are called, and the fingerprint of the archive.
    pub(crate) fn tell_kit(self, kit: &Kit) {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Detail<'a> {
            file_names: Vec<&'a str>,
            sha256: &'a str,
        }
        let file_names = kit.files.iter().map(|file| file.name.as_str()).collect();
        self.tell("estampille-kit", &Detail { file_names, sha256: &kit.zip_sha256 });
    }
}

/// Tells each plan that is shown, once.
fn tell_plans(session: Session) {
    let told = StoredValue::new(None::<Plan>);
    Effect::new(move |_| {
        let is_shown = session.screen.with(|screen| screen.step().is_some_and(|step| step >= 3));
        let Some(plan) = session.plan.get().ok().filter(|_| is_shown) else { return };
        if told.with_value(|told| told.as_ref() != Some(&plan)) {
            session.listener.tell("estampille-plan", &plan);
            told.set_value(Some(plan));
        }
    });
}

/// Tells each request that may be handed out, once: its key has been saved, or was never here.
fn tell_requests(session: Session) {
    let told = StoredValue::new(BTreeSet::<String>::new());
    Effect::new(move |_| {
        let ready: Vec<(String, String)> = session.orders.with(|orders| {
            let ready = orders.values().filter_map(|order| {
                Some((order.planned.as_ref()?.product.to_string(), order.csr_pem.clone()?))
            });
            ready.collect()
        });
        for (product, csr_pem) in ready {
            let is_new = told.try_update_value(|told| told.insert(csr_pem.clone()));
            if is_new == Some(true) {
                session.surface.spawn(tell_request(session, product, csr_pem));
            }
        }
    });
}

async fn tell_request(session: Session, product: String, csr_pem: String) {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Detail {
        csr_pem: String,
        public_key_sha256: String,
        subject_rfc4514: String,
        product: String,
    }
    // Read as anyone will read it.
    let file = FileInput::new(csr_pem.clone().into_bytes());
    if let Ok(report) = calls::read_request(session, file).await {
        let detail = Detail {
            csr_pem,
            public_key_sha256: report.public_key.sha256.clone(),
            subject_rfc4514: report.subject_rfc4514.clone(),
            product,
        };
        session.listener.tell("estampille-csr", &detail);
    }
}

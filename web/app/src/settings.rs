//! What a host settles of its guest: by attributes of the element, or by messages to the frame.

use browser::values;
use estampille::contract::OrderProfile;
use leptos::prelude::*;
use messages::Locale;
use wasm_bindgen::JsValue;

use crate::{
    calls,
    screen::Screen,
    session::{Session, Theme},
};

/// Sets `lang`, `theme`, `journey`, `locked` or `register`; nothing stands for what is not settled any more. A word that is none of
/// the setting's is told as `invalid-input`.
pub(crate) fn set(session: Session, name: &str, value: Option<&str>) {
    let is_known = match name {
        "lang" => set_locale(session, value),
        "theme" => set_theme(session, value),
        "journey" => set_journey(session, value),
        "locked" => set_locked(session, value),
        "register" => set_register(session, value),
        _ => false,
    };
    if !is_known {
        session.listener.tell_error("invalid-input", Some(name));
    }
}

/// Takes over what the host knows of the structure. What it leaves out stays as it was typed; what is of another shape is
/// told as `invalid-input` with its path, and changes nothing.
pub(crate) fn set_profile(session: Session, profile: JsValue) {
    match values::read::<OrderProfile>(profile) {
        Ok(profile) => session.take_over(profile),
        Err(path) => {
            let path = if path.is_empty() { "profile".to_owned() } else { format!("profile.{path}") };
            session.listener.tell_error("invalid-input", Some(&path));
        }
    }
}

fn set_locale(session: Session, value: Option<&str>) -> bool {
    // `fr-FR` is French.
    let language = value.map_or("fr", |tag| tag.split('-').next().unwrap_or_default());
    let locale = Locale::from_tag(&language.to_ascii_lowercase());
    if let Some(locale) = locale {
        session.locale.set(locale);
    }
    locale.is_some()
}

fn set_theme(session: Session, value: Option<&str>) -> bool {
    let theme = match value {
        None | Some("auto") => Theme::Auto,
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        Some(_) => return false,
    };
    session.theme.set(theme);
    true
}

fn set_journey(session: Session, value: Option<&str>) -> bool {
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
    session.screen.set(screen);
    true
}

/// An index of the FINESS register that the host serves, from where its page stands.
fn set_register(session: Session, value: Option<&str>) -> bool {
    session.register.served.set(value.map(calls::address));
    true
}

/// What is known is settled, also beside what is not.
fn set_locked(session: Session, value: Option<&str>) -> bool {
    let words = value.unwrap_or_default().split_ascii_whitespace();
    let fields: Vec<Option<Lockable>> = words.map(Lockable::from_word).collect();
    session.locked.set(fields.iter().flatten().copied().collect());
    fields.iter().all(Option::is_some)
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

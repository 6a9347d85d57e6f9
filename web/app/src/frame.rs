use gloo::{events::EventListener, timers::callback::Interval};
use leptos::{html::Dialog, prelude::*};
use messages::{
    Locale, Text,
    page::{frame, glossary, help, proof},
};
use wasm_bindgen::JsCast;

use crate::{
    calls,
    components::{Seal, Show, listed, read_files},
    later::Later,
    listener::Listener,
    offline::{Offline, Standings, UpdateOffer},
    pages,
    screen::Screen,
    session::{Session, Theme, fact, session, tr, tr_with},
    surface::{Surface, keep},
};

/// Everything around the screens: header, steps, summary, footer, and what works on the whole page.
#[component]
pub(crate) fn Frame(
    surface: Surface,
    /// Who is told what happens.
    listener: Listener,
    /// Given the session, which the host changes from outside.
    on_start: impl FnOnce(Session) + 'static,
) -> impl IntoView {
    let session = Session::provide(surface, listener);
    // A host's own pages are the host's to keep.
    let offline = (!surface.is_embedded()).then(Offline::new);
    let over = session.veil;
    let help = NodeRef::<Dialog>::new();
    follow(session);
    listen_for_drops(session, over);
    listen_for_help(session, help);
    on_start(session);
    let is_guest = surface.is_guest();
    let shown = move || {
        session.screen.with(|screen| match screen.clone() {
            Screen::Home => pages::Home().into_any(),
            Screen::Structure => pages::Structure().into_any(),
            Screen::Software => pages::Software().into_any(),
            Screen::Plan => pages::PlanPage().into_any(),
            later => ui! { <Later screen=later/> }.into_any(),
        })
    };
    ui! {
        {(!is_guest).then(|| ui! {
            <a class="skip" href="#contenu" on:click=move |event| { event.prevent_default(); session.surface.focus_heading(); }>{tr(frame::SKIP)}</a>
        })}
        <Header help=help/>
        <Show when=move || !calls::is_secure()>
            <aside class="banner warning" aria-label=tr(frame::INSECURE_LABEL)>{tr(frame::INSECURE)}</aside>
        </Show>
        {offline.map(|offline| ui! { <UpdateOffer offline=offline/> })}
        <div class="layout" class:ordering=move || session.screen.with(Screen::is_ordering)>
            <Steps/>
            // A host's document has a main part of its own.
            {if is_guest {
                ui! { <section class="main" id="contenu" part="main" aria-label=tr(frame::NAME)>{shown}</section> }.into_any()
            } else {
                ui! { <main class="main" id="contenu" part="main">{shown}</main> }.into_any()
            }}
            <pages::Summary/>
        </div>
        <Footer offline=offline/>
        <p class="visually-hidden" role="status" aria-live="polite">{move || session.announcement.get()}</p>
        <Show when=move || over.get()>
            <div class="drop-veil" aria-hidden="true"><p>{tr(frame::GLOBAL_DROP)}</p></div>
        </Show>
        <Help node=help/>
    }
}

#[component]
fn Header(help: NodeRef<Dialog>) -> impl IntoView {
    let session = session();
    let theme_label = move || match session.theme.get() {
        Theme::Auto => frame::THEME_AUTO.get(session.locale.get()),
        Theme::Light => frame::THEME_LIGHT.get(session.locale.get()),
        Theme::Dark => frame::THEME_DARK.get(session.locale.get()),
    };
    let next_theme = move |_| {
        session.theme.update(|theme| {
            *theme = match theme {
                Theme::Auto => Theme::Light,
                Theme::Light => Theme::Dark,
                Theme::Dark => Theme::Auto,
            };
        });
    };
    let other_language = move |_| {
        session.locale.update(|locale| *locale = if *locale == Locale::Fr { Locale::En } else { Locale::Fr });
    };
    let progress = move || session.screen.with(ring);
    ui! {
        <header class="frame-header" part="header">
            <button type="button" class="brand" on:click=move |_| session.go(Screen::Home)>
                <Seal progress=Signal::derive(progress)/>
                <span>{tr(frame::NAME)}</span>
            </button>
            <nav aria-label=tr(frame::JOURNEYS)>
                <Door text=frame::ORDER screen=Screen::Structure inside=Screen::is_ordering/>
                <Door text=frame::RECEIVED screen=Screen::Check inside=|s| *s == Screen::Check/>
                <Door text=frame::FLEET screen=Screen::Fleet inside=|s| *s == Screen::Fleet/>
            </nav>
            <div class="frame-tools">
                <button type="button" class="tool" on:click=other_language
                    lang=move || if session.locale.get() == Locale::Fr { "en" } else { "fr" }>{tr(frame::OTHER_LANGUAGE)}</button>
                // A host settles how its guest looks.
                {(!session.surface.is_embedded()).then(|| ui! {
                    <button type="button" class="tool" on:click=next_theme aria-label=theme_label title=theme_label>
                        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
                            <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="2"></circle>
                            <path d="M10 3a7 7 0 0 1 0 14Z" fill="currentColor"></path>
                        </svg>
                    </button>
                })}
                <button type="button" class="tool" on:click=move |_| open(help) aria-label=tr(frame::HELP) title=tr(frame::HELP)>"?"</button>
            </div>
            <p class="promise" title=tr(frame::TAGLINE_WHY)>{tr(frame::TAGLINE)}</p>
        </header>
    }
}

/// One of the three doors, in the header.
#[component]
fn Door(text: Text, screen: Screen, inside: fn(&Screen) -> bool) -> impl IntoView {
    let session = session();
    let target = screen.clone();
    let current = move || if session.screen.with(inside) { Some("page") } else { None };
    ui! {
        <a href=screen.path() aria-current=current
            on:click=move |event| { event.prevent_default(); session.go(target.clone()); }>{tr(text)}</a>
    }
}

/// The path of an order: where one is, what is behind.
#[component]
fn Steps() -> impl IntoView {
    let session = session();
    let step = move || session.screen.with(Screen::step);
    let has_ordered = move || session.orders.with(|orders| orders.values().any(|o| o.csr_pem.is_some()));
    let in_order = move || step().is_some() && (session.screen.with(Screen::is_ordering) || has_ordered());
    let name = move || {
        step().and_then(|step| STEPS.get(step.saturating_sub(1))).copied().unwrap_or(frame::STEP_STRUCTURE)
    };
    let narrow = tr_with(frame::STEP_OF, move || {
        let locale = session.locale.get();
        vec![fact("n", step().unwrap_or(1)), fact("total", STEPS.len()), fact("name", name().get(locale))]
    });
    let items = move || {
        (1..)
            .zip(STEPS)
            .map(|(number, name)| {
                let state = move || match step() {
                    Some(step) if number < step => "done",
                    Some(step) if number == step => "current",
                    _ => "todo",
                };
                let target = match number {
                    1 => Some(Screen::Structure),
                    2 => Some(Screen::Software),
                    3 => Some(Screen::Plan),
                    _ => None,
                };
                let reachable = move || state() == "done" && number <= 3;
                let word = move || match state() {
                    "done" => frame::DONE.get(session.locale.get()),
                    "current" => frame::CURRENT.get(session.locale.get()),
                    _ => "",
                };
                ui! {
                    <li class=state aria-current=move || (state() == "current").then_some("step")>
                        {move || match target.clone().filter(|_| reachable()) {
                            Some(screen) => ui! {
                                <button type="button" class="link" on:click=move |_| session.go(screen.clone())>{tr(name)}</button>
                            }.into_any(),
                            None => ui! { <span>{tr(name)}</span> }.into_any(),
                        }}
                        <span class="visually-hidden">" "{word}</span>
                    </li>
                }
            })
            .collect::<Vec<_>>()
    };
    ui! {
        <Show when=move || in_order()>
            <nav class="steps" part="steps" aria-label=tr(frame::STEPS)>
                <p class="steps-narrow">{narrow.clone()}</p>
                <ol>{items}</ol>
            </nav>
        </Show>
    }
}

#[component]
fn Footer(offline: Option<Offline>) -> impl IntoView {
    let session = session();
    let requests = session.requests;
    let counted_from = RwSignal::new(None::<f64>);
    calls::warm_up(session, move || {
        session.surface.mark("data-atelier", Some("ready"));
        counted_from.try_set(Some(calls::moment()));
        if let Some(offline) = offline {
            offline.begin(session);
        }
    });
    // A host's own requests are no business of its guest.
    let is_counting = !session.surface.is_embedded();
    if is_counting {
        keep(Interval::new(2_000, move || {
            if let Some(from) = counted_from.get_untracked() {
                requests.set(calls::requests_after(from));
            }
        }));
    }
    let version = tr_with(frame::VERSION, || vec![fact("version", env!("CARGO_PKG_VERSION"))]);
    let rules = tr_with(frame::RULES, || vec![fact("date", calls::rules_date())]);
    let count = tr_with(frame::REQUESTS, move || vec![fact("count", requests.get())]);
    ui! {
        <footer part="footer">
            <ul>
                <li>{version}</li>
                <li>{rules}</li>
                <li>{tr(frame::INDEPENDENT)}</li>
                {is_counting.then(|| ui! { <li title=tr(frame::REQUESTS_WHY)>{count}</li> })}
                {offline.map(|offline| ui! { <Standings offline=offline/> })}
                <li><button type="button" class="link" on:click=move |_| session.go(Screen::Proof)>{tr(proof::TITLE)}</button></li>
            </ul>
            <Show when=move || session.screen.with(|s| matches!(s, Screen::Key(_) | Screen::Platform(_)))>
                <p>{tr(frame::UNTRIED)}</p>
            </Show>
        </footer>
    }
}

#[component]
fn Help(node: NodeRef<Dialog>) -> impl IntoView {
    let words = [
        (glossary::FINESS, glossary::FINESS_MEANS),
        (glossary::EJ, glossary::EJ_MEANS),
        (glossary::ET, glossary::ET_MEANS),
        (glossary::CERTIFICATE, glossary::CERTIFICATE_MEANS),
        (glossary::KEY, glossary::KEY_MEANS),
        (glossary::CSR, glossary::CSR_MEANS),
        (glossary::CN, glossary::CN_MEANS),
        (glossary::PASSPHRASE, glossary::PASSPHRASE_MEANS),
    ];
    let list = words.map(|(word, means)| ui! { <div><dt>{tr(word)}</dt><dd>{tr(means)}</dd></div> });
    let close = move |_| {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    ui! {
        <dialog node_ref=node class="help" aria-labelledby="aide-titre">
            <div class="help-head"><h2 id="aide-titre">{tr(help::TITLE)}</h2>
            <button type="button" class="button" on:click=close>{tr(help::CLOSE)}</button></div>
            <h3>{tr(help::WORDS)}</h3>
            <dl>{list.into_iter().collect::<Vec<_>>()}</dl>
            <h3>{tr(help::KEYS)}</h3>
            <ul>
                <li>{tr(help::KEY_HELP)}</li>
                <li>{tr(help::KEY_TAB)}</li>
                <li>{tr(help::KEY_ESCAPE)}</li>
            </ul>
        </dialog>
    }
}

/// How far the ring of the mark is closed.
fn ring(screen: &Screen) -> u32 {
    match screen.step() {
        Some(step) => u32::try_from(step * 100 / STEPS.len()).unwrap_or(100),
        None => 8,
    }
}

const STEPS: [Text; 7] = [
    frame::STEP_STRUCTURE,
    frame::STEP_SOFTWARE,
    frame::STEP_PLAN,
    frame::STEP_KEY,
    frame::STEP_PLATFORM,
    frame::STEP_CHECK,
    frame::STEP_FINISH,
];

/// Keeps what is around the page in step with the session: language, theme, address, guard.
fn follow(session: Session) {
    Effect::new(move |_| session.surface.mark("lang", Some(session.locale.get().tag())));
    Effect::new(move |_| session.surface.mark("data-theme", Some(session.theme.get().as_str())));
    let guard = StoredValue::new_local(browser::guard::SavedKeyGuard::new());
    Effect::new(move |_| {
        let unsaved = session.has_unsaved();
        guard.update_value(|guard| if unsaved { guard.arm() } else { guard.disarm() });
    });
    if !session.surface.is_embedded() {
        session.open_address();
        keep(EventListener::new(&window(), "hashchange", move |_| session.follow_address()));
    }
}

/// A file dropped anywhere on the page is one to check.
fn listen_for_drops(session: Session, over: RwSignal<bool>) {
    session.surface.listen("dragover", move |event| {
        event.prevent_default();
        over.set(true);
    });
    session.surface.listen("dragleave", move |event| {
        // Leaving the window has no related target; passing from one element to another has one.
        let event: &web_sys::DragEvent = event.unchecked_ref();
        if !session.surface.holds(event.related_target()) {
            over.set(false);
        }
    });
    session.surface.listen("drop", move |event| {
        event.prevent_default();
        over.set(false);
        let event: &web_sys::DragEvent = event.unchecked_ref();
        let chosen = listed(event.data_transfer().and_then(|data| data.files()));
        session.surface.spawn(async move {
            let (files, refused) = read_files(session.locale.get_untracked(), chosen).await;
            for sentence in refused {
                session.say(sentence);
            }
            let (dossiers, files): (Vec<_>, Vec<_>) = files.into_iter().partition(calls::may_be_a_dossier);
            if let Some(dossier) = dossiers.into_iter().next() {
                session.dossier.set(Some(dossier));
                session.go(Screen::Dossier);
            }
            if !files.is_empty() {
                let installing = session.installing.with_untracked(Option::is_some);
                match session.screen.get_untracked() {
                    Screen::Fleet => session.fleet.update(|all| all.extend(files)),
                    // What was typed there is not lost.
                    Screen::Finish if installing => session.arrived.set(files),
                    Screen::Renew => session.renewing.set(files.into_iter().next()),
                    _ => {
                        session.files.update(|all| all.extend(files));
                        session.go(Screen::Check);
                    }
                }
            }
        });
    });
}

/// `?` opens the help, except where one types.
fn listen_for_help(session: Session, help: NodeRef<Dialog>) {
    session.surface.listen("keydown", move |event| {
        let event: &web_sys::KeyboardEvent = event.unchecked_ref();
        let typing = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
        if event.key() == "?" && !typing {
            open(help);
        }
    });
}

fn open(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked()
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

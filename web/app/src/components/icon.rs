use estampille::contract::Word;
use leptos::prelude::*;

/// The sign of a severity or a state; always beside a word, so hidden from screen readers.
#[component]
pub(crate) fn Icon(
    /// `ok`, `info`, `warning`, `error`, `todo`, `copy`.
    #[prop(into)]
    name: Signal<&'static str>,
) -> impl IntoView {
    let path = move || match name.get() {
        "ok" => "M4 10.5 8.2 15 16 5.5",
        "warning" => "M10 3 18 17 2 17Z M10 8v4 M10 14.4v.2",
        "error" => "M5 5 15 15 M15 5 5 15",
        "todo" => "M10 4a6 6 0 1 1 0 12a6 6 0 1 1 0-12",
        "copy" => "M7 3h9v11 M4 6h9v11H4Z",
        _ => "M10 9v6 M10 5.4v.2",
    };
    ui! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"></path>
        </svg>
    }
}

/// The mark: a stamped ring that closes as the path advances, and becomes the verdict's seal.
#[component]
pub(crate) fn Seal(
    /// How far the ring is closed, 0 to 100.
    #[prop(into)]
    progress: Signal<u32>,
    /// `pass`, `warn`, `fail`, or nothing while there is no verdict.
    #[prop(into, optional)]
    verdict: Signal<Option<Word>>,
) -> impl IntoView {
    let sign = move || match verdict.get().as_deref() {
        Some("pass") => "M15 24.5 21.5 31 33.5 17.5",
        Some("warn") => "M24 14v12 M24 33v.2",
        Some("fail") => "M17 17 31 31 M31 17 17 31",
        _ => "",
    };
    ui! {
        <svg class="seal" class:pass=move || verdict.get().as_deref() == Some("pass") class:warn=move || verdict.get().as_deref() == Some("warn")
            class:fail=move || verdict.get().as_deref() == Some("fail") viewBox="0 0 48 48" aria-hidden="true" focusable="false">
            <circle class="seal-ground" cx="24" cy="24" r="20" fill="none" stroke-width="3"></circle>
            <circle class="seal-ring" cx="24" cy="24" r="20" fill="none" stroke-width="3" pathLength="100"
                stroke-dasharray=move || format!("{} 100", progress.get().min(100)) transform="rotate(-90 24 24)"></circle>
            <circle class="seal-inner" cx="24" cy="24" r="15.5" fill="none" stroke-width="1" stroke-dasharray="1.6 2.4"></circle>
            <path class="seal-sign" d=sign fill="none" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"></path>
        </svg>
    }
}

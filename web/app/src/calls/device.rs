//! What the page asks of the browser it is shown in.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Whether the page came over a protected connection, or from this computer.
pub(crate) fn is_secure() -> bool {
    window().is_secure_context()
}

/// The address of a file beside the page.
pub(crate) fn beside(name: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let folder = base.split(['?', '#']).next().unwrap_or_default();
    let folder = folder.rsplit_once('/').map_or(folder, |(folder, _)| folder);
    format!("{folder}/{name}")
}

/// Opens the browser's print dialog.
pub(crate) fn print() {
    let _ = window().print();
}

/// The moment, in milliseconds since the page was opened.
pub(crate) fn moment() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// What the browser fetched after this moment of the page, in milliseconds. Texts inside the page and files made by it
/// have addresses too (`data:`, `blob:`), and ask for nothing.
pub(crate) fn requests_after(started: f64) -> usize {
    let Some(performance) = window().performance() else { return 0 };
    let entries = performance.get_entries_by_type("resource");
    let fetched = entries.iter().filter_map(|entry| entry.dyn_into::<web_sys::PerformanceEntry>().ok());
    fetched.filter(|entry| entry.start_time() > started && entry.name().starts_with("http")).count()
}

/// SHA-256 of the page's module, as the build wrote it into the script that starts it; a guest has none.
pub(crate) fn build() -> Option<String> {
    document().document_element()?.get_attribute("data-build")
}

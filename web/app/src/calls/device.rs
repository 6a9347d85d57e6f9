//! What the page asks of the browser it is shown in.

use std::cell::Cell;

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

/// An address as the document it stands in means it.
pub(crate) fn address(relative: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(relative, &base).map_or_else(|_| relative.to_owned(), |url| url.href())
}

/// Where the host serves an index of the FINESS register, as `cargo xtask build` wrote it into the page.
pub(crate) fn register_served() -> Option<String> {
    let meta = document().query_selector("meta[name=estampille-register]").ok()??;
    meta.get_attribute("content").filter(|content| !content.is_empty()).map(|content| address(&content))
}

/// Whether the page was opened from a disk: some browsers give all such pages one storage.
pub(crate) fn is_from_a_disk() -> bool {
    window().location().protocol().is_ok_and(|protocol| protocol == "file:")
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
/// have addresses too (`data:`, `blob:`), and ask for nothing; nor does the script of a second worker, which the browser
/// has already.
pub(crate) fn requests_after(started: f64) -> usize {
    let Some(performance) = window().performance() else { return 0 };
    let entries = performance.get_entries_by_type("resource");
    let fetched = entries.iter().filter_map(|entry| entry.dyn_into::<web_sys::PerformanceEntry>().ok());
    let worker = beside("atelier-worker.js");
    let asks = |name: String| name.starts_with("http") && name != worker;
    let by_the_page = fetched.filter(|entry| entry.start_time() > started && asks(entry.name())).count();
    by_the_page.saturating_add(BY_WORKERS.get())
}

thread_local! {
    /// Files that a worker fetched because the person asked for them: the page's own list does not have them.
    static BY_WORKERS: Cell<usize> = const { Cell::new(0) };
}

/// A worker fetches a file that the person asked for.
pub(super) fn count_request() {
    BY_WORKERS.set(BY_WORKERS.get().saturating_add(1));
}

/// SHA-256 of the page's module, as the build wrote it into the script that starts it; a guest has none.
pub(crate) fn build() -> Option<String> {
    document().document_element()?.get_attribute("data-build")
}

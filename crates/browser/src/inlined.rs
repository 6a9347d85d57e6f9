//! The page in one file: what it holds where others fetch.
//!
//! Every file that stands beside the page is inside. Scripts that call `fetch` by its plain name are answered from there,
//! the generated ones among them; a method of `window` or of the worker's scope would ask the network, which the file's
//! policy refuses.

use js_sys::{Reflect, Symbol};

/// The address of the worker's script when the page is a single file that holds it: a blob of this page. Written by
/// `crates/xtask/assets/single/page.js` before the page starts, under a symbol, for which no element's id can stand.
pub fn worker_url() -> Option<String> {
    Reflect::get(&js_sys::global(), &Symbol::for_("estampille.worker")).ok()?.as_string()
}

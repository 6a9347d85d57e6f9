//! Copying text.

use wasm_bindgen_futures::JsFuture;

use crate::js::has;

/// The text was not copied: no clipboard (a page that is not a secure context), or the browser refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCopied;

/// Copies text; `Ok` only once the browser says that it did.
pub async fn copy(text: &str) -> Result<(), NotCopied> {
    let navigator = gloo::utils::window().navigator();
    if !has(&navigator, "clipboard") {
        return Err(NotCopied);
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.map(drop).map_err(|_| NotCopied)
}

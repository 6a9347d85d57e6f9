use leptos::prelude::*;
use messages::page::common;

use super::TextBlock;
use crate::session::tr;

/// Browsers change the ending of a file they take for text.
const MEDIA_TYPE: &str = "application/octet-stream";

/// A file to save, and its text for computers that block the download.
#[component]
pub(crate) fn SaveFile(
    #[prop(into)] name: Signal<String>,
    #[prop(into)] text: Signal<String>,
    /// Called when the download has been handed to the browser, or the text copied.
    #[prop(optional)]
    on_saved: Option<Callback<()>>,
    /// Marks the main button of the screen.
    #[prop(optional)]
    primary: bool,
) -> impl IntoView {
    let save = move |_| {
        let done = text.with_untracked(|text| {
            browser::files::download(&name.get_untracked(), MEDIA_TYPE, text.as_bytes())
        });
        if let Some(saved) = on_saved
            && done.is_ok()
        {
            saved.run(());
        }
    };
    ui! {
        <div class="save-file">
            <p class="file-name"><code>{move || name.get()}</code></p>
            <button type="button" class="button" class:primary=primary on:click=save>{tr(common::DOWNLOAD)}</button>
            <details class="as-text">
                <summary>{tr(common::AS_TEXT)}</summary>
                <TextBlock text=text name=name on_copied=on_saved/>
            </details>
        </div>
    }
}

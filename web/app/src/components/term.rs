use leptos::prelude::*;
use messages::Text;

use crate::session::tr;

/// A word of the glossary, underlined with dots: opened by click, key or touch.
#[component]
pub(crate) fn Term(word: Text, means: Text) -> impl IntoView {
    ui! {
        <details class="term">
            <summary>{tr(word)}</summary>
            <span class="term-means">{tr(means)}</span>
        </details>
    }
}

use leptos::{html::H1, prelude::*};
use messages::page;

use crate::session::session;

/// The title of a screen. It takes the focus when the person has moved there, so that a screen reader begins at the
/// new step, and names the browser's tab.
#[component]
pub(crate) fn Heading(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let node = NodeRef::<H1>::new();
    let session = session();
    Effect::new(move |_| {
        let title = format!("{} · {}", text.get(), page::frame::NAME.get(session.locale.get()));
        if !session.surface.is_embedded() {
            document().set_title(&title);
        }
    });
    Effect::new(move |_| {
        if let Some(heading) = node.get()
            && session.moved.get_untracked()
        {
            let _ = heading.focus();
            session.surface.to_top();
        }
    });
    ui! { <h1 node_ref=node tabindex="-1">{move || text.get()}</h1> }
}

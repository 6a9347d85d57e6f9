use leptos::prelude::*;
use messages::Rendered;

use super::Icon;

/// Why something cannot be done, in a person's words.
#[component]
pub(crate) fn Refused(problem: Rendered) -> impl IntoView {
    ui! {
        <div class="finding error" role="alert">
            <p class="finding-title"><Icon name="error"/>{problem.title}</p>
            {problem.detail.map(|detail| ui! { <p class="finding-detail">{detail}</p> })}
            {problem.action.map(|action| ui! { <p class="finding-action">{action}</p> })}
        </div>
    }
}

use leptos::prelude::*;
use messages::page::plan;

use crate::{
    calls,
    session::{PlanProblem, session, tr},
};

/// What stands in the way of a plan, with the way to the field at fault.
#[component]
pub(crate) fn Obstacle(problem: PlanProblem) -> impl IntoView {
    let session = session();
    let field = problem.field.clone();
    let correct = move |_| {
        let place =
            field.as_deref().map(|path| session.draft.with_untracked(|draft| calls::place_of(draft, path)));
        if let Some((screen, element)) = place {
            session.go(screen);
            if let Some(element) = element {
                session.surface.focus_soon(element);
            }
        }
    };
    ui! {
        <div id="obstacle" class="finding error" role="alert" tabindex="-1">
            <p class="finding-title">{problem.said.title}</p>
            {problem.said.detail.map(|detail| ui! { <p class="finding-detail">{detail}</p> })}
            {problem.said.action.map(|action| ui! { <p class="finding-action">{action}</p> })}
            <button type="button" class="link" on:click=correct>{tr(plan::CORRECT)}</button>
        </div>
    }
}

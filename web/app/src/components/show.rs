use leptos::{children::ViewFn, prelude::*};

/// A question whose answer may change while the page is shown.
pub(crate) struct Condition(Box<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(condition: F) -> Self {
        Self(Box::new(condition))
    }
}

/// What is there only while a condition holds. Leptos has one too, but its code comes once more for each place that
/// uses it.
#[component]
pub(crate) fn Show(
    #[prop(into)] when: Condition,
    children: ChildrenFn,
    #[prop(optional, into)] fallback: ViewFn,
) -> impl IntoView {
    let holds = ArcMemo::new(move |_| (when.0)());
    move || if holds.get() { children() } else { fallback.run() }
}

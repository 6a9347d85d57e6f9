/// `view!`, as every view of the page must be written.
///
/// Leptos writes static parts of a plain `view!` with `innerHTML`, which our Trusted Types policy refuses; giving a
/// global class turns that off. `cargo xtask test` finds no `innerHTML` in what is built.
///
/// Each view leaves its type here: a tree of types would come again for every place it stands in. (Leptos'
/// `erase_components` does so for attributes too, but with `innerHTML`.)
macro_rules! ui {
    ($($tokens:tt)*) => {
        ::leptos::prelude::IntoAny::into_any(::leptos::view! { class="", $($tokens)* })
    };
}

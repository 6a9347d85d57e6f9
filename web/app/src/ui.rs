/// `view!`, as every view of the page must be written.
///
/// Leptos writes static parts of a plain `view!` with `innerHTML`, which our Trusted Types policy refuses; giving a
/// global class turns that off. `cargo xtask test` finds no `innerHTML` in what is built.
macro_rules! ui {
    ($($tokens:tt)*) => { ::leptos::view! { class="", $($tokens)* } };
}

//! How views are made: [`ui!`](markup::ui) writes a view as a template and what fills it, and what is here makes nodes of
//! it and follows what changes.
//!
//! Leptos' own `view!` makes a type of every element; its reactive values, its components and its `AnyView` are used as
//! they are. The fixed parts of a plain `view!` would also be written with `innerHTML`, which our Trusted Types policy
//! refuses: here every node is created and every attribute set.

mod child;
mod listener;
mod value;
mod view;

pub(crate) use child::{Child, LeptosKind, OwnKind, kind_of};
pub(crate) use listener::{Listener, listen, listen_at, node};
pub(crate) use value::{Follow, Value};
pub(crate) use view::{Hole, View};

/// A view of the page, as `AnyView`.
macro_rules! ui {
    ($($tokens:tt)*) => {
        ::markup::ui! { $($tokens)* }
    };
}

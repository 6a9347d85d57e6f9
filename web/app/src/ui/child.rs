use std::{borrow::Cow, marker::PhantomData};

use leptos::{
    prelude::{AnyView, IntoAny, IntoView, Mountable, Render, RenderEffect},
    tachys::renderer::{
        Rndr,
        types::{Element, Node, Placeholder, Text},
    },
};

use super::view::insert_before;

/// What stands in a view for an expression between braces, or for a component.
pub(crate) enum Child {
    /// Nothing to see.
    Nothing,
    /// A text.
    Text(Cow<'static, str>),
    /// Several, one after the other.
    Many(Vec<Child>),
    /// What this answers, and again when what it read changes.
    Follow(Box<dyn FnMut() -> Child>),
    /// A view, or what only Leptos knows to show.
    Other(AnyView),
}

/// A child that was made.
pub(super) enum ChildState {
    Nothing(Placeholder),
    Text(Text, Cow<'static, str>),
    Many(Vec<ChildState>, Placeholder),
    Follow(RenderEffect<ChildState>),
    Other(Box<<AnyView as Render>::State>),
}

impl Child {
    pub(super) fn build(self) -> ChildState {
        match self {
            Self::Nothing => ChildState::Nothing(Rndr::create_placeholder()),
            Self::Text(text) => ChildState::Text(Rndr::create_text_node(&text), text),
            Self::Many(children) => {
                let states = children.into_iter().map(Self::build).collect();
                ChildState::Many(states, Rndr::create_placeholder())
            }
            Self::Follow(mut child) => {
                ChildState::Follow(RenderEffect::new(move |before: Option<ChildState>| match before {
                    Some(mut state) => {
                        child().rebuild(&mut state);
                        state
                    }
                    None => child().build(),
                }))
            }
            Self::Other(view) => ChildState::Other(Box::new(view.build())),
        }
    }

    /// What stays alike keeps its nodes; what follows something else is made anew.
    pub(super) fn rebuild(self, state: &mut ChildState) {
        match (self, &mut *state) {
            (Self::Nothing, ChildState::Nothing(_)) => {}
            (Self::Text(new), ChildState::Text(node, text)) => {
                if new != *text {
                    Rndr::set_text(node, &new);
                    *text = new;
                }
            }
            (Self::Many(new), ChildState::Many(states, end)) => rebuild_many(new, states, end),
            (Self::Other(view), ChildState::Other(state)) => view.rebuild(state),
            (other, _) => {
                let mut new = other.build();
                state.insert_before_this(&mut new);
                state.unmount();
                *state = new;
            }
        }
    }
}

fn rebuild_many(new: Vec<Child>, states: &mut Vec<ChildState>, end: &Placeholder) {
    let count = new.len();
    for gone in states.iter_mut().skip(count) {
        gone.unmount();
    }
    states.truncate(count);
    let mut new = new.into_iter();
    for (state, child) in states.iter_mut().zip(&mut new) {
        child.rebuild(state);
    }
    for child in new {
        let mut state = child.build();
        insert_before(end, &mut state);
        states.push(state);
    }
}

impl Mountable for ChildState {
    fn unmount(&mut self) {
        match self {
            Self::Nothing(node) => Rndr::remove(node),
            Self::Text(node, _) => Rndr::remove(node),
            Self::Many(states, end) => {
                states.iter_mut().for_each(Mountable::unmount);
                Rndr::remove(end);
            }
            Self::Follow(effect) => effect.unmount(),
            Self::Other(state) => state.unmount(),
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        match self {
            Self::Nothing(node) => Rndr::insert_node(parent, node, marker),
            Self::Text(node, _) => Rndr::insert_node(parent, node, marker),
            Self::Many(states, end) => {
                states.iter_mut().for_each(|state| state.mount(parent, marker));
                Rndr::insert_node(parent, end, marker);
            }
            Self::Follow(effect) => effect.mount(parent, marker),
            Self::Other(state) => state.mount(parent, marker),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Self::Nothing(node) => insert_before(node, child),
            Self::Text(node, _) => insert_before(node, child),
            Self::Many(states, end) => {
                states.first().is_some_and(|first| first.insert_before_this(child))
                    || insert_before(end, child)
            }
            Self::Follow(effect) => effect.insert_before_this(child),
            Self::Other(state) => state.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<Element> {
        match self {
            Self::Nothing(_) | Self::Text(..) => Vec::new(),
            Self::Many(states, _) => states.iter().flat_map(Mountable::elements).collect(),
            Self::Follow(effect) => effect.elements(),
            Self::Other(state) => state.elements(),
        }
    }
}

/// What the page shows without Leptos' help.
pub(crate) trait IntoChild {
    fn into_child(self) -> Child;
}

impl IntoChild for () {
    fn into_child(self) -> Child {
        Child::Nothing
    }
}

impl IntoChild for AnyView {
    fn into_child(self) -> Child {
        Child::Other(self)
    }
}

impl<T: IntoChild> IntoChild for Option<T> {
    fn into_child(self) -> Child {
        self.map_or(Child::Nothing, T::into_child)
    }
}

impl<T: IntoChild> IntoChild for Vec<T> {
    fn into_child(self) -> Child {
        Child::Many(self.into_iter().map(T::into_child).collect())
    }
}

impl<T: IntoChild, F: FnMut() -> T + 'static> IntoChild for F {
    fn into_child(mut self) -> Child {
        Child::Follow(Box::new(move || self().into_child()))
    }
}

macro_rules! texts {
    ($($type:ty)*) => {
        $(impl IntoChild for $type {
            fn into_child(self) -> Child {
                Child::Text(self.into())
            }
        })*
    };
}

texts!(&'static str String Cow<'static, str>);

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl IntoChild for $type {
            fn into_child(self) -> Child {
                Child::Text(self.to_string().into())
            }
        })*
    };
}

numbers!(u32 u64 usize);

/// Asked which way an expression goes into a view: `(&kind_of(&value)).kind()` finds the page's own way before Leptos'.
pub(crate) struct Kind<T>(PhantomData<T>);

pub(crate) fn kind_of<T>(_: &T) -> Kind<T> {
    Kind(PhantomData)
}

/// Types that the page shows itself.
pub(crate) trait OwnKind {
    fn kind(&self) -> Own {
        Own
    }
}

impl<T: IntoChild> OwnKind for Kind<T> {}

/// Types that Leptos shows: signals, and what components answer.
pub(crate) trait LeptosKind {
    fn kind(&self) -> Leptos {
        Leptos
    }
}

impl<T: IntoView> LeptosKind for &Kind<T> {}

pub(crate) struct Own;

impl Own {
    pub(crate) fn child<T: IntoChild>(self, value: T) -> Child {
        value.into_child()
    }
}

pub(crate) struct Leptos;

impl Leptos {
    pub(crate) fn child<T: IntoView>(self, value: T) -> Child {
        Child::Other(value.into_any())
    }
}

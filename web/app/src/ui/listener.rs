use std::borrow::Cow;

use leptos::{
    ev::Targeted,
    html::ElementType,
    prelude::Owner,
    tachys::{
        html::{event::EventDescriptor, node_ref::NodeRefContainer},
        renderer::{
            RemoveEventHandler, Rndr,
            types::{Element, Event},
        },
    },
};
use wasm_bindgen::JsCast;

use super::Hole;

/// What is done when an element is told of an event.
pub(crate) struct Listener {
    event: Cow<'static, str>,
    handle: Box<dyn FnMut(Event)>,
    /// Where the view was written: what is made while handling lives as long.
    owner: Owner,
}

/// A listener on an element; it stops when this is dropped.
pub(super) struct ListenerState {
    element: Element,
    _remove: RemoveEventHandler<Element>,
}

impl Listener {
    pub(super) fn build(self, element: &Element) -> ListenerState {
        let Self { event, mut handle, owner } = self;
        let told = Box::new(move |event| owner.with(|| handle(event)));
        ListenerState { element: element.clone(), _remove: Rndr::add_event_listener(element, &event, told) }
    }

    pub(super) fn rebuild(self, state: &mut ListenerState) {
        let element = state.element.clone();
        *state = self.build(&element);
    }
}

/// `on:event=…`.
pub(crate) fn listen<E>(event: E, mut handle: impl FnMut(E::EventType) + 'static) -> Hole
where
    E: EventDescriptor,
    E::EventType: JsCast,
{
    listener(event.name(), Box::new(move |event| handle(event.unchecked_into())))
}

/// `on:event:target=…`: the event, whose target is an element of this kind.
pub(crate) fn listen_at<E, T>(
    event: E,
    mut handle: impl FnMut(Targeted<E::EventType, T::Output>) + 'static,
) -> Hole
where
    E: EventDescriptor,
    E::EventType: JsCast,
    T: ElementType,
{
    let handle = move |event: Event| handle(Targeted::from(event.unchecked_into::<E::EventType>()));
    listener(event.name(), Box::new(handle))
}

fn listener(event: Cow<'static, str>, handle: Box<dyn FnMut(Event)>) -> Hole {
    Hole::Listener(Listener { event, handle, owner: Owner::current().unwrap_or_default() })
}

/// `node_ref=…`.
pub(crate) fn node<E, C>(container: C) -> Hole
where
    E: ElementType,
    C: NodeRefContainer<E>,
{
    Hole::Node(Box::new(move |element| container.clone().load(element)))
}

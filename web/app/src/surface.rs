//! Where the page is shown: a document of its own, alone or framed, or an element in the shadow of somebody else's.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use futures_util::future::{AbortHandle, abortable};
use gloo::events::{EventListener, EventListenerOptions};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement};

/// Where the page is shown. Nothing outside it is looked at or changed, save what only a document has.
#[derive(Clone, Copy)]
pub(crate) struct Surface(StoredValue<Rc<Place>, LocalStorage>);

struct Place {
    /// The document's body, or the element that holds the page in a shadow root.
    element: HtmlElement,
    kind: Kind,
    /// What is being done.
    tasks: RefCell<BTreeMap<u32, AbortHandle>>,
}

/// How much of what is around the page is its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The document, its address and its title.
    Alone,
    /// The document, in a frame: its addresses would be steps of the host's history.
    Framed,
    /// Nothing.
    Guest,
}

impl Surface {
    /// The document is the page's own.
    pub(crate) fn document(body: HtmlElement) -> Self {
        Self::new(body, Kind::Alone)
    }

    /// The document is the page's own, and stands in a frame of somebody else's.
    pub(crate) fn framed(body: HtmlElement) -> Self {
        Self::new(body, Kind::Framed)
    }

    /// The page is a guest in somebody else's document.
    pub(crate) fn guest(element: HtmlElement) -> Self {
        Self::new(element, Kind::Guest)
    }

    fn new(element: HtmlElement, kind: Kind) -> Self {
        let place = Place { element, kind, tasks: RefCell::new(BTreeMap::new()) };
        Self(StoredValue::new_local(Rc::new(place)))
    }

    /// Whether the page has a host, which settles how it looks; it has neither an address nor a title then.
    pub(crate) fn is_embedded(self) -> bool {
        self.0.with_value(|place| place.kind != Kind::Alone)
    }

    /// Whether the document is somebody else's.
    pub(crate) fn is_guest(self) -> bool {
        self.0.with_value(|place| place.kind == Kind::Guest)
    }

    /// Does something that takes time, for as long as the page is shown: what a guest had begun ends with it, at once.
    pub(crate) fn spawn(self, task: impl Future<Output = ()> + 'static) {
        let Some(place) = self.0.try_get_value() else { return };
        let (task, handle) = abortable(task);
        let number = place.tasks.borrow().keys().next_back().map_or(0, |last| last.wrapping_add(1));
        place.tasks.borrow_mut().insert(number, handle);
        spawn_local(async move {
            let _ = task.await;
            place.tasks.borrow_mut().remove(&number);
        });
    }

    /// Ends what has begun; the page is about to leave.
    pub(crate) fn leave(self) {
        if let Some(place) = self.0.try_get_value() {
            for handle in place.tasks.borrow().values() {
                handle.abort();
            }
        }
    }

    /// Whether this is inside the page.
    pub(crate) fn holds(self, target: Option<EventTarget>) -> bool {
        let Some(node) = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok()) else {
            return false;
        };
        !self.is_guest() || self.0.with_value(|place| place.element.contains(Some(&node)))
    }

    /// The first element of the page that fits.
    pub(crate) fn find(self, selector: &str) -> Option<HtmlElement> {
        let element = self.0.try_with_value(|place| place.element.clone())?;
        element.query_selector(selector).ok().flatten()?.dyn_into().ok()
    }

    /// The element of this id, made of letters, digits and hyphens.
    pub(crate) fn by_id(self, id: &str) -> Option<HtmlElement> {
        self.find(&format!("[id=\"{id}\"]"))
    }

    /// Moves the focus to the element of this id once it is there.
    pub(crate) fn focus_soon(self, id: impl Into<String>) {
        let id = id.into();
        // Views are made in microtasks: they are all there before the next task, and nothing can be typed in between.
        gloo::timers::callback::Timeout::new(0, move || {
            if let Some(element) = self.by_id(&id) {
                let _ = element.focus();
            }
        })
        .forget();
    }

    /// Moves the focus to the title of the screen.
    pub(crate) fn focus_heading(self) {
        if let Some(heading) = self.find(".main h1") {
            let _ = heading.focus();
        }
    }

    /// Shows a screen from its top.
    pub(crate) fn to_top(self) {
        if self.is_guest() {
            // The host's page is not moved further than needed.
            if let Some(heading) = self.find(".main h1") {
                show(&heading);
            }
        } else {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Brings the first of these elements into sight once it is there, unless all of it is in sight.
    pub(crate) fn show_soon(self, selector: &'static str) {
        gloo::timers::callback::Timeout::new(0, move || {
            if let Some(element) = self.find(selector) {
                show(&element);
            }
        })
        .forget();
    }

    /// Opens the print dialog for one part of the page: `data-print` names it meanwhile. `done` is called when it is
    /// closed.
    pub(crate) fn print_only(self, part: &'static str, done: impl FnOnce() + 'static) {
        self.mark("data-print", Some(part));
        // What is to be printed is shown by then.
        gloo::timers::callback::Timeout::new(0, move || {
            crate::calls::print();
            self.mark("data-print", None);
            done();
        })
        .forget();
    }

    /// Whether there is room for the summary beside the step, as in styles/frame.css.
    pub(crate) fn is_wide(self) -> bool {
        const ROOM: i32 = 1116;
        self.0.with_value(|place| place.element.client_width() >= ROOM)
    }

    /// Sets an attribute that style sheets and browsers read: on the root element of a document of our own, else on the
    /// element that holds the page.
    pub(crate) fn mark(self, name: &str, value: Option<&str>) {
        let Some(element) = self.marked() else { return };
        let _ = match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        };
    }

    fn marked(self) -> Option<Element> {
        let place = self.0.try_get_value()?;
        if place.kind == Kind::Guest {
            Some(place.element.clone().into())
        } else {
            document().document_element()
        }
    }

    /// Listens to what happens anywhere on the page, for as long as it is shown.
    pub(crate) fn listen(self, event: &'static str, react: impl FnMut(&Event) + 'static) {
        let Some(place) = self.0.try_get_value() else { return };
        let document = document();
        let target: &EventTarget = if place.kind == Kind::Guest { &place.element } else { &document };
        let options = EventListenerOptions::enable_prevent_default();
        keep(EventListener::new_with_options(target, event, options, react));
    }
}

/// Keeps something for as long as the page is shown.
pub(crate) fn keep<T: 'static>(kept: T) {
    // Owned by the component that is being made, and dropped with it.
    let _ = StoredValue::new_local(kept);
}

/// Brings an element into sight, unless all of it is in sight.
fn show(element: &HtmlElement) {
    let place = element.get_bounding_client_rect();
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    if place.top() < 0.0 || height.is_some_and(|height| place.bottom() > height) {
        element.scroll_into_view();
    }
}

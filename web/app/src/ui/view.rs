use leptos::{
    prelude::{AddAnyAttr, Mountable, Render, RenderHtml},
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        renderer::{
            CastFrom, Rndr,
            types::{Element, Node},
        },
        view::{Position, PositionState},
    },
};
use send_wrapper::SendWrapper;

use super::{
    Child, Listener, Value,
    child::ChildState,
    listener::ListenerState,
    value::{Place, Target, ValueState},
};

/// Ends every part of a template.
const END: char = '\u{1f}';

const SVG: &str = "http://www.w3.org/2000/svg";

/// A view before it is shown: what is fixed in it as one text, and what fills its holes.
///
/// Each part of the template begins with its kind: `<tag` and `(tag` open an element, of HTML and of SVG; `>` closes it;
/// `"text` is a text; `=name` an attribute, whose value is the next part; `*` stands for a child; `@name`, `.name` and
/// `$name` for an attribute, a class and a property; `!` for a listener; `&` for what takes the element itself. A child
/// stands among its siblings, all others before the `>` of their element.
pub(crate) struct View {
    template: &'static str,
    // Whatever is in there is made, used and dropped on the page's thread.
    holes: SendWrapper<Vec<Hole>>,
}

/// What fills a hole.
pub(crate) enum Hole {
    /// Of `*`.
    Child(Child),
    /// Of `@`, `.` and `$`.
    Value(Value),
    /// Of `!`.
    Listener(Listener),
    /// Of `&`.
    Node(Box<dyn Fn(&Element)>),
}

impl View {
    /// What [`ui!`](markup::ui) writes: as many holes as the template has, of the kinds it has them, in its order.
    pub(crate) fn new(template: &'static str, holes: Vec<Hole>) -> Self {
        Self { template, holes: SendWrapper::new(holes) }
    }
}

impl Render for View {
    type State = ViewState;

    fn build(self) -> ViewState {
        let mut building = Building { open: Vec::new(), roots: Vec::new(), filled: Vec::new() };
        let mut holes = self.holes.take().into_iter();
        let mut parts = self.template.split_terminator(END);
        while let Some((kind, name)) = parts.next().and_then(|part| part.split_at_checked(1)) {
            match kind {
                "<" => building.open.push(Rndr::create_element(name, None)),
                "(" => building.open.push(Rndr::create_element(name, Some(SVG))),
                ">" => building.close(),
                "\"" => building.put(Rndr::create_text_node(name).into()),
                "=" => {
                    if let (Some(element), Some(value)) = (building.open.last(), parts.next()) {
                        Rndr::set_attribute(element, name, value);
                    }
                }
                _ => {
                    if let Some(hole) = holes.next() {
                        building.fill(kind, name, hole);
                    }
                }
            }
        }
        ViewState { template: self.template, roots: building.roots, filled: building.filled }
    }

    /// The same view again keeps its nodes, and with them the focus and what was typed.
    fn rebuild(self, state: &mut ViewState) {
        if std::ptr::eq(self.template, state.template) {
            for (hole, filled) in self.holes.take().into_iter().zip(&mut state.filled) {
                refill(hole, filled);
            }
        } else {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
        }
    }
}

/// A view that is being made.
struct Building {
    open: Vec<Element>,
    roots: Vec<Root>,
    filled: Vec<Filled>,
}

impl Building {
    fn close(&mut self) {
        if let Some(element) = self.open.pop() {
            self.put(element.into());
        }
    }

    fn put(&mut self, node: Node) {
        match self.open.last() {
            Some(parent) => Rndr::insert_node(parent, &node, None),
            None => self.roots.push(Root::Node(node)),
        }
    }

    fn fill(&mut self, kind: &str, name: &'static str, hole: Hole) {
        let filled = match (hole, self.open.last()) {
            (Hole::Child(child), parent) => {
                let mut child = child.build();
                match parent {
                    Some(parent) => child.mount(parent, None),
                    None => self.roots.push(Root::Filled(self.filled.len())),
                }
                Filled::Child(child)
            }
            (Hole::Value(value), Some(element)) => {
                let target = match kind {
                    "." => Target::Class,
                    "$" => Target::Property,
                    _ => Target::Attribute,
                };
                Filled::Value(value.build(Place { element: element.clone(), target, name }))
            }
            (Hole::Listener(listener), Some(element)) => Filled::Listener(listener.build(element)),
            (Hole::Node(take), Some(element)) => {
                take(element);
                Filled::Node(element.clone())
            }
            // Only children stand outside elements.
            (_, None) => return,
        };
        self.filled.push(filled);
    }
}

fn refill(hole: Hole, filled: &mut Filled) {
    match (hole, filled) {
        (Hole::Child(child), Filled::Child(state)) => child.rebuild(state),
        (Hole::Value(value), Filled::Value(state)) => value.rebuild(state),
        (Hole::Listener(listener), Filled::Listener(state)) => listener.rebuild(state),
        (Hole::Node(take), Filled::Node(element)) => take(element),
        // A template's holes keep their kinds.
        _ => {}
    }
}

/// A view that was made.
pub(crate) struct ViewState {
    template: &'static str,
    roots: Vec<Root>,
    filled: Vec<Filled>,
}

/// What stands at the top of a view.
enum Root {
    Node(Node),
    /// Which of what is filled.
    Filled(usize),
}

enum Filled {
    Child(ChildState),
    Value(ValueState),
    Listener(ListenerState),
    Node(Element),
}

impl ViewState {
    fn child(&self, place: usize) -> Option<&ChildState> {
        match self.filled.get(place) {
            Some(Filled::Child(child)) => Some(child),
            _ => None,
        }
    }
}

impl Mountable for ViewState {
    fn unmount(&mut self) {
        for root in &self.roots {
            match root {
                Root::Node(node) => Rndr::remove(node),
                Root::Filled(place) => {
                    if let Some(Filled::Child(child)) = self.filled.get_mut(*place) {
                        child.unmount();
                    }
                }
            }
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        for root in &self.roots {
            match root {
                Root::Node(node) => Rndr::insert_node(parent, node, marker),
                Root::Filled(place) => {
                    if let Some(Filled::Child(child)) = self.filled.get_mut(*place) {
                        child.mount(parent, marker);
                    }
                }
            }
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.roots.iter().any(|root| match root {
            Root::Node(node) => insert_before(node, child),
            Root::Filled(place) => self.child(*place).is_some_and(|own| own.insert_before_this(child)),
        })
    }

    fn elements(&self) -> Vec<Element> {
        let elements = |root: &Root| match root {
            Root::Node(node) => Element::cast_from(node.clone()).into_iter().collect(),
            Root::Filled(place) => self.child(*place).map(Mountable::elements).unwrap_or_default(),
        };
        self.roots.iter().flat_map(elements).collect()
    }
}

/// Puts something before a node, where that is shown.
pub(super) fn insert_before(node: &Node, child: &mut dyn Mountable) -> bool {
    match Rndr::get_parent(node).and_then(Element::cast_from) {
        Some(parent) => {
            child.mount(&parent, Some(node));
            true
        }
        None => false,
    }
}

/// A view that stays as it is: Leptos adds attributes to components only where `{..}` is written.
impl AddAnyAttr for View {
    type Output<Added: Attribute> = Self;

    fn add_any_attr<Added: Attribute>(self, _: Added) -> Self {
        self
    }
}

/// Asked for by `AnyView`, used on servers only.
impl RenderHtml for View {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> ViewState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

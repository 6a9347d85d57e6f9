//! Elements: what is fixed as text, what changes as holes.

use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement};
use syn::{Error, Expr, Lit, Result};

use crate::{block, child, component, is_component};

/// Ends every part of a template, since no text holds it.
const END: char = '\u{1f}';

/// The template of a view, as `web/app/src/ui/template.rs` reads it, and what fills its holes, in their order.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) template: String,
    pub(crate) holes: Vec<Tokens>,
}

impl Written {
    pub(crate) fn node(&mut self, node: &Node, inside_svg: bool) -> Result<()> {
        match node {
            Node::Comment(_) => Ok(()),
            Node::Fragment(fragment) => {
                fragment.children.iter().try_for_each(|child| self.node(child, inside_svg))
            }
            Node::Text(text) => self.text(&text.value_string(), node),
            Node::RawText(text) => self.text(&text.to_string_best(), node),
            Node::Block(inside) => {
                self.hole("*", "", child(&block(inside)?));
                Ok(())
            }
            Node::Element(element) if is_component(element) => {
                self.hole("*", "", child(&component::written(element)?));
                Ok(())
            }
            Node::Element(element) => self.element(element, inside_svg),
            _ => Err(Error::new_spanned(node, "not part of a view")),
        }
    }

    fn element(&mut self, element: &NodeElement<rstml::Infallible>, inside_svg: bool) -> Result<()> {
        let tag = element.name().to_string();
        let is_svg = inside_svg || tag == "svg";
        self.part(if is_svg { "(" } else { "<" }, &tag);
        let mut attributes = Vec::new();
        for attribute in element.attributes() {
            match attribute {
                NodeAttribute::Attribute(attribute) => {
                    attributes.push((attribute.key.to_string(), attribute))
                }
                NodeAttribute::Block(block) => {
                    return Err(Error::new_spanned(block, "an attribute has a name"));
                }
            }
        }
        // `class` writes over what a `class:name` before it has added.
        attributes.sort_by_key(|(name, _)| name != "class");
        element.children.iter().try_for_each(|child| self.node(child, is_svg))?;
        // As Leptos evaluates them: what a child takes a copy of, an attribute may take away.
        for (name, attribute) in attributes {
            self.attribute(&tag, &name, attribute)?;
        }
        self.part(">", "");
        Ok(())
    }

    fn attribute(&mut self, tag: &str, name: &str, attribute: &KeyedAttribute) -> Result<()> {
        let value = match attribute.value() {
            Some(value) => quote!(#[allow(unused_braces)] #value),
            None => quote!(true),
        };
        let ui = quote!(crate::ui);
        match name.split_once(':') {
            None if name == "node_ref" => {
                let of = element_type(tag);
                self.hole("&", "", quote!(#ui::node::<#of, _>(#value)));
            }
            None => match fixed(attribute) {
                Some(Some(text)) => {
                    self.part("=", name);
                    self.part("", &text);
                }
                Some(None) => {}
                None => self.hole("@", name, quote!(#ui::Hole::Value(#ui::Follow::follow(#value)))),
            },
            Some(("class", name)) => {
                self.hole(".", name, quote!(#ui::Hole::Value(#ui::Follow::follow(#value))));
            }
            Some(("prop", name)) => {
                self.hole("$", name, quote!(#ui::Hole::Value(#ui::Follow::follow(#value))));
            }
            Some(("on", event)) => match event.split_once(':') {
                None => {
                    let event = format_ident!("{event}");
                    self.hole("!", "", quote!(#ui::listen(::leptos::ev::#event, #value)));
                }
                Some((event, "target")) => {
                    let (event, of) = (format_ident!("{event}"), element_type(tag));
                    self.hole("!", "", quote!(#ui::listen_at::<_, #of>(::leptos::ev::#event, #value)));
                }
                Some(_) => {
                    return Err(Error::new_spanned(&attribute.key, "an event, or an event and `target`"));
                }
            },
            Some(_) => return Err(Error::new_spanned(&attribute.key, "`class:`, `prop:` or `on:`")),
        }
        Ok(())
    }

    fn text(&mut self, text: &str, node: &Node) -> Result<()> {
        if text.contains(END) {
            return Err(Error::new_spanned(node, "a text of a view holds no unit separator"));
        }
        self.part("\"", text);
        Ok(())
    }

    fn hole(&mut self, kind: &str, name: &str, value: Tokens) {
        self.part(kind, name);
        self.holes.push(value);
    }

    fn part(&mut self, kind: &str, text: &str) {
        self.template.push_str(kind);
        self.template.push_str(text);
        self.template.push(END);
    }
}

/// An attribute that never changes: its text, or nothing where it is not there at all.
fn fixed(attribute: &KeyedAttribute) -> Option<Option<String>> {
    match attribute.value() {
        None => Some(Some(String::new())),
        Some(Expr::Lit(literal)) => match &literal.lit {
            Lit::Bool(is_there) => Some(is_there.value.then(String::new)),
            _ => attribute.value_literal_string().filter(|text| !text.contains(END)).map(Some),
        },
        Some(_) => None,
    }
}

/// Leptos' type of an element.
fn element_type(tag: &str) -> Tokens {
    let mut letters = tag.chars();
    let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let name = format_ident!("{name}");
    quote!(::leptos::html::#name)
}

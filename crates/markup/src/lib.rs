//! The macro in which the views of the page are written.
//!
//! It reads the syntax of Leptos' `view!` (elements, blocks, components, `class:`, `prop:`, `on:`, `let:`, `node_ref`)
//! and writes calls of `web/app/src/ui`. Leptos makes a type of each element, with its attributes and children in it, and
//! of each type a dozen functions: half of what the page weighed. Here all that is fixed in a view becomes one text, which
//! one function of the page reads, and only what changes becomes code.

mod component;
mod element;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use rstml::{
    Parser, ParserConfig,
    node::{Node, NodeBlock, NodeElement, NodeName},
};
use syn::{Error, Result};

use element::Written;

/// A view as `AnyView`.
#[proc_macro]
pub fn ui(tokens: TokenStream) -> TokenStream {
    let view = Parser::new(ParserConfig::default()).parse_simple(tokens).and_then(|nodes| view(&nodes));
    view.unwrap_or_else(|error| {
        let error = error.into_compile_error();
        quote!({ #error })
    })
    .into()
}

/// The expression of a view.
fn view(nodes: &[Node]) -> Result<Tokens> {
    if let [Node::Element(element)] = nodes
        && is_component(element)
    {
        let made = component::written(element)?;
        return Ok(quote!(::leptos::prelude::IntoAny::into_any(#made)));
    }
    let mut written = Written::default();
    for node in nodes {
        written.node(node, false)?;
    }
    let Written { template, holes } = written;
    Ok(quote! {
        ::leptos::prelude::IntoAny::into_any(
            crate::ui::View::new(#template, ::std::vec![#(#holes),*])
        )
    })
}

/// A name with a capital, or a path.
fn is_component(element: &NodeElement<rstml::Infallible>) -> bool {
    match element.name() {
        NodeName::Path(name) => {
            let last = name.path.segments.last().map(|segment| segment.ident.to_string());
            name.path.segments.len() > 1 || last.is_some_and(|name| name.starts_with(char::is_uppercase))
        }
        _ => false,
    }
}

/// What a block or a component leaves in the template, whatever its type. The page's own kinds of children come first;
/// what only Leptos knows is left to Leptos.
fn child(value: &Tokens) -> Tokens {
    quote! {
        crate::ui::Hole::Child({
            use crate::ui::{LeptosKind as _, OwnKind as _};
            #[allow(unused_braces)]
            let value = #value;
            (&crate::ui::kind_of(&value)).kind().child(value)
        })
    }
}

fn block(block: &NodeBlock) -> Result<Tokens> {
    match block {
        NodeBlock::ValidBlock(block) => Ok(quote!(#block)),
        NodeBlock::Invalid(block) => Err(Error::new_spanned(&block.body, "this block does not read")),
    }
}

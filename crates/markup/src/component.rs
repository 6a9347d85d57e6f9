//! Components: functions of Leptos' `#[component]`, called with their properties by name.

use proc_macro2::{Span, TokenStream as Tokens};
use quote::quote;
use rstml::node::{KeyedAttribute, KeyedAttributeValue, NodeAttribute, NodeElement, NodeName};
use syn::{Error, Result, spanned::Spanned};

use crate::view;

/// The call of a component.
pub(crate) fn written(element: &NodeElement<rstml::Infallible>) -> Result<Tokens> {
    let component = element.name();
    let (mut properties, mut bound) = (Vec::new(), Vec::new());
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new_spanned(attribute, "a property has a name"));
        };
        let name = attribute.key.to_string();
        match name.split_once(':') {
            None if name == "let" => bound.push(pattern(attribute)?),
            None => {
                let key = &attribute.key;
                let value = attribute.value().map_or_else(|| quote!(#key), |value| quote!(#value));
                properties.push(quote!(.#key(#[allow(unused_braces)] { #value })));
            }
            Some(("let", item)) => {
                // Where it was written, so that the children see it.
                let item = syn::Ident::new(item, named(attribute));
                bound.push(quote!(#item));
            }
            Some(_) => return Err(Error::new_spanned(&attribute.key, "a property, or `let:`")),
        }
    }
    let children = if element.children.is_empty() {
        quote!()
    } else {
        let view = view(&element.children)?;
        match bound.is_empty() {
            true => quote!(.children(::leptos::children::ToChildren::to_children(move || #view))),
            false => quote!(.children(move |#(#bound),*| #view)),
        }
    };
    Ok(quote! {
        ::leptos::component::component_view(
            &#component,
            ::leptos::component::component_props_builder(&#component) #(#properties)* #children .build(),
        )
    })
}

/// Where the name in `let:name` stands.
fn named(attribute: &KeyedAttribute) -> Span {
    match &attribute.key {
        NodeName::Punctuated(parts) => parts.last().map_or_else(Span::call_site, Spanned::span),
        key => key.span(),
    }
}

/// `let(pattern)`.
fn pattern(attribute: &KeyedAttribute) -> Result<Tokens> {
    match &attribute.possible_value {
        KeyedAttributeValue::Binding(binding) => {
            let inputs = &binding.inputs;
            Ok(quote!(#inputs))
        }
        _ => Err(Error::new_spanned(&attribute.key, "`let` has a pattern")),
    }
}

//! The words all crates of Estampille share.
//!
//! What a check, a rule or a reader has to say is a [`Finding`]: a stable [`Topic`], a [`Severity`], the facts
//! in fields and the [`Source`]s. Sentences are not here: the `messages` crate writes them from the topic and
//! the facts, in the person's language.
//!
//! Identifiers (FINESS, SIRET, structure id…) are parsed into types that cannot hold a bad value; the sectors,
//! services, products and bearers of the public contract are enumerations with their contract spelling.

mod error;
mod finding;
pub mod identifiers;
mod lean;
mod source;
mod time;
pub mod topics;
mod words;

pub use error::Error;
pub use finding::{Fact, Finding, Line, Severity, Value, Verdict};
pub use lean::{arranged, sort_places, sorted_places, without_case};
pub use source::{Document, Source};
pub use time::{Date, Timestamp};
pub use topics::Topic;
pub use words::{
    Administrator, Bearer, Contract, Environment, IdentifierKind, Offer, Product, Sector, Service,
    UnknownWord,
};

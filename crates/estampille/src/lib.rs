//! The use cases of Estampille, one module each: what the page and the npm package call, so that a person and a
//! program get the same answers.
//!
//! This crate joins the others; it holds no rule of its own. Texts come back in the language of the
//! [`Context`], time and cryptography from its clock reading and its engine.

pub mod contract;

use messages::Locale;
use pki::engine::Engine;
use vocabulary::Timestamp;

/// What a use case needs from outside: the language of the texts, the moment, the engine.
#[derive(Debug)]
pub struct Context<'a, E: Engine> {
    /// Language of every text returned.
    pub locale: Locale,
    /// The moment of the call.
    pub now: Timestamp,
    /// Keys, signatures and derivations.
    pub engine: &'a E,
}

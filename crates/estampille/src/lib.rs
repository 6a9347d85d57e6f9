//! The use cases of Estampille, one module each: what the page and the npm package call, so that a person and a
//! program get the same answers.
//!
//! | Module | Use case |
//! |---|---|
//! | [`identifier`] | what an identifier is, and what is wrong with it |
//! | [`order`] | which certificates to order, under which number; what a page must ask |
//! | [`f413`] | the form that declares who may order: its fields, checked, and the file to print |
//! | [`dossier`] | the answers of an order, in a file that the user keeps |
//! | [`request`] | key and request; the commands for the server; the check of a request |
//! | [`key_file`] | the key that was saved, read back |
//! | [`mod@identify`] | what a file is, whatever it is |
//! | [`certificate`] | the check of a certificate |
//! | [`kit`] | a certificate with its key, in every form a machine reads, and what to do there |
//! | [`calendar`] | when certificates end, for a calendar |
//! | [`passport`] | a certificate's names, numbers and fingerprints, as operators ask for them |
//! | [`pins`] | the authorities that certificates are held to |
//! | [`renewal`] | from an old certificate, the request to make again, and what differs today |
//! | [`evidence`] | what was checked, when, with what, to be printed |
//! | [`set`] | many files at once: an order against a plan, or a whole estate |
//! | [`register`] | the public FINESS register: made of its files, searched, which sector a structure is of |
//! | [`passphrase`] | proposing and judging passphrases |
//! | [`contract`] | the public contract as Rust types |
//!
//! This crate joins the others; it holds no rule of its own. Texts come back in the language of the
//! [`Context`], time and cryptography from its clock reading and its engine.

pub mod calendar;
pub mod certificate;
pub mod contract;
pub mod dossier;
pub mod evidence;
mod expected;
pub mod f413;
mod failure;
mod file_stem;
pub mod identifier;
pub mod identify;
pub mod key_file;
pub mod kit;
mod material;
pub mod order;
pub mod passphrase;
pub mod passport;
pub mod pins;
pub mod register;
pub mod renewal;
pub mod request;
pub mod set;
mod words;

use messages::Locale;
use pki::engine::Engine;
use vocabulary::Timestamp;

pub use vocabulary::Error;

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

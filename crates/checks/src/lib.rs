//! One rule, one function: document, profile, expectation, signature facts and time in, findings out.
//!
//! `pki` says what is in a document, `profiles` what should be; here the two meet. Nothing here verifies a
//! signature, reads a clock or trusts a name: signatures are asked for ([`batch::Batch::tasks`]), verified elsewhere,
//! and come back as facts.
//!
//! - [`certificate`]: is this certificate the one expected, and will it work?
//! - [`batch`]: one such check, or a thousand that share what surrounds them
//! - [`request`]: is this request one the platform can take?
//! - [`order`]: may such a request be made at all?
//! - [`set`]: what do several certificates show together?
//!
//! A check never fails because a document is bad: it returns what could be read, plus findings. Findings come
//! gravest first, then in the order in which they are to be acted on, so that the first is the one to act on.
//! A row of data that is not confirmed never makes an error ([`profiles::Confidence::fault`]).

pub mod batch;
pub mod certificate;
mod environment;
mod expected;
mod facts;
pub mod order;
mod recognition;
pub mod request;
mod revocation;
mod roca;
mod rules;
pub mod set;
mod structure;

pub use expected::Expected;
pub use recognition::{EntityKind, ProductConfidence, Recognition, recognise};

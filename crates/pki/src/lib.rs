//! Formats and mathematics of keys, requests and certificates, without policy.
//!
//! What goes in are bytes, names and keys; what comes out says what is there, in the words of the
//! formats. Nothing here knows what a certificate should look like, what time it is, or where
//! randomness comes from: those are arguments. Nothing here panics on any input.
//!
//! | Module | Holds |
//! |---|---|
//! | [`name`] | distinguished names as encoded, their three spellings, the subject of a request |
//! | [`key`], [`passphrase`], [`encrypted_key`] | keys, and how they are protected |
//! | [`engine`], `rustcrypto` | the mathematics as a trait, and one implementation |
//! | [`request`] | requests (PKCS #10), written and read |
//! | [`certificate`] | certificates, as an owned model |
//! | [`crl`] | revocation lists |
//! | [`signature`], [`chain`] | what to verify, and the path from a certificate to a known key |
//! | [`pem`], [`mod@file`] | what a file holds |
//! | [`digest`] | fingerprints |
//! | [`pkcs12`], [`pkcs7`], [`jks`] | containers, read and written |
//! | [`server_commands`] | the same request made with openssl, certreq or keytool |
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "rustcrypto")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use pki::key::RsaBits;
//! use pki::name::{Subject, SubjectParts};
//! use pki::request::{AlternativeNames, RequestContent, create};
//! use pki::rustcrypto::{RandomnessError, RustCrypto};
//!
//! let engine = RustCrypto::new(|buffer: &mut [u8]| {
//!     getrandom::fill(buffer).map_err(|_| RandomnessError)
//! });
//! let key = engine.generate_rsa_now(RsaBits::Bits2048)?;
//! let content = RequestContent {
//!     subject: Subject::new(SubjectParts {
//!         country: Some("FR".into()),
//!         state: Some("Rhône (69)".into()),
//!         common_name: Some("INSI-AUTO".into()),
//!         ..SubjectParts::default()
//!     })?,
//!     alternative_names: AlternativeNames::default(),
//! };
//! let csr = pki::block_on(create(&content, &key, &engine)).ok_or("waits")??;
//! assert_eq!(csr.request().subject().rfc4514(), "CN=INSI-AUTO,ST=Rhône (69),C=FR");
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "rustcrypto"))]
//! # fn main() {}
//! ```

mod asn1;
mod ber;
pub mod certificate;
pub mod chain;
pub mod crl;
pub mod digest;
pub mod encrypted_key;
pub mod engine;
pub mod file;
pub mod jks;
pub mod key;
pub mod name;
pub mod oid;
pub mod passphrase;
pub mod pem;
pub mod pkcs12;
pub mod pkcs7;
pub mod request;
#[cfg(feature = "rustcrypto")]
pub mod rustcrypto;
mod search;
pub mod server_commands;
pub mod signature;

/// Runs a future that never waits, as those of [`rustcrypto`] are; nothing when
/// it does wait.
#[cfg(feature = "rustcrypto")]
pub fn block_on<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => Some(value),
        std::task::Poll::Pending => None,
    }
}

//! Requests (PKCS #10, RFC 2986): writing and reading.

mod read;
mod write;

pub use read::{CertificationRequest, MAX_REQUEST, RequestError};
pub use write::{AlternativeNames, Csr, CsrError, RequestContent, create};

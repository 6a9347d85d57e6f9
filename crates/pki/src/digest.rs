//! Fingerprints as tools show them.

use sha2::{Digest as _, Sha256};

use crate::asn1;

/// SHA-256 of any bytes, lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    asn1::hex(&Sha256::digest(bytes))
}

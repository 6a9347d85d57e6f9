//! The certificates of a file, whatever it is.

use pki::{certificate::Certificate, file, pkcs7, pkcs12};
use vocabulary::Error;

use crate::{certificate::not_a_certificate, contract::FileInput};

/// Every certificate of a file, in its order.
///
/// # Errors
///
/// `not-a-certificate` (or `too-large`) at this field, saying what the file is instead.
pub(crate) fn certificates(file: &FileInput, field: &str) -> Result<Vec<Certificate>, Error> {
    let found = read(file.as_bytes());
    if found.is_empty() {
        return Err(Error { field: Some(field.to_owned()), ..not_a_certificate(file) });
    }
    Ok(found)
}

/// The certificates of PEM, DER, a PKCS #7, or a PKCS #12 that has them in clear, as the platform writes it.
fn read(bytes: &[u8]) -> Vec<Certificate> {
    if bytes.len() > file::MAX_FILE {
        return Vec::new();
    }
    let parsed = |der: &[u8]| Certificate::read(der).ok();
    if pkcs12::is_pkcs12(bytes) {
        let found = pkcs12::read(bytes, None).map(|found| found.certificates).unwrap_or_default();
        return found.iter().filter_map(|entry| parsed(&entry.der)).collect();
    }
    let plain: Vec<Certificate> =
        file::read(bytes).map(|contents| contents.certificates().cloned().collect()).unwrap_or_default();
    if !plain.is_empty() {
        return plain;
    }
    let found = pkcs7::read(bytes).map(|found| found.certificates).unwrap_or_default();
    found.iter().filter_map(|der| parsed(der)).collect()
}

/// The end-entity certificate of a file and those that came with it.
///
/// # Errors
///
/// Those of [`certificates`].
pub(crate) fn leaf(file: &FileInput, field: &str) -> Result<(Certificate, Vec<Certificate>), Error> {
    let mut found = certificates(file, field)?;
    let place = found.iter().position(|certificate| !certificate.is_ca()).unwrap_or_default();
    let leaf = found.remove(place);
    found.retain(|other| other.raw() != leaf.raw());
    Ok((leaf, found))
}

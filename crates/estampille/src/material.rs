//! The certificates of a file, whatever it is.

use pki::{certificate::Certificate, file};
use vocabulary::Error;

use crate::{certificate::not_a_certificate, contract::FileInput};

/// Every certificate of a file that can be read without a passphrase, in its order.
///
/// # Errors
///
/// `not-a-certificate` (or `too-large`) at this field, saying what the file is instead.
pub(crate) fn certificates(file: &FileInput, field: &str) -> Result<Vec<Certificate>, Error> {
    let contents = file::read(file.as_bytes()).ok();
    let found: Vec<Certificate> = contents.iter().flat_map(file::Contents::certificates).cloned().collect();
    if found.is_empty() {
        return Err(Error { field: Some(field.to_owned()), ..not_a_certificate(file) });
    }
    Ok(found)
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

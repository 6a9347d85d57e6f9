//! The certificates of a file, whatever it is.

use pki::{
    certificate::{Certificate, Glance},
    file,
};
use vocabulary::{Error, topics::failures as topics};

use crate::{certificate::not_a_certificate, contract::FileInput};

/// Every certificate of a file that can be read without a passphrase, in its order.
///
/// # Errors
///
/// `not-a-certificate` (or `too-large`) at this field, saying what the file is instead.
pub(crate) fn certificates(file: &FileInput, field: &str) -> Result<Vec<Certificate>, Error> {
    let contents = file::read(file.as_bytes());
    let found: Vec<Certificate> =
        contents.map(|contents| contents.certificates().cloned().collect()).unwrap_or_default();
    if found.is_empty() {
        return Err(Error { field: Some(field.to_owned()), ..not_a_certificate(file, None) });
    }
    Ok(found)
}

/// What each certificate of a file, PEM or DER, says at first sight.
///
/// # Errors
///
/// `not-a-certificate` (or `too-large`) at this field.
pub(crate) fn glances(file: &FileInput, field: &str) -> Result<Vec<Glance>, Error> {
    let bytes = file.as_bytes();
    if bytes.len() > file::MAX_FILE {
        return Err(Error::at(topics::TOO_LARGE, field));
    }
    let found = Glance::read_all(bytes);
    if found.is_empty() { Err(Error::at(topics::NOT_A_CERTIFICATE, field)) } else { Ok(found) }
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

/// The end-entity certificate among several: the first that is no authority, else the first.
pub(crate) fn end_entity<'a>(certificates: &[&'a Certificate]) -> Option<&'a Certificate> {
    certificates.iter().find(|certificate| !certificate.is_ca()).or_else(|| certificates.first()).copied()
}

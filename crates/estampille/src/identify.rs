//! What a file is, whatever it is.

mod content;
mod foreign;
mod remarks;

use pki::{
    engine::Engine,
    file::{self, Contents, Encoding, FileError},
    passphrase::Passphrase,
};
use vocabulary::{Finding, topics::failures};

use crate::{
    Context,
    contract::{FileInput, FileItem, FileReport, Secret, Word, findings},
};

/// Says what a file is, what it holds and what to do with it. Never fails, whatever the bytes.
///
/// The certificates of a PKCS #12 are read without its passphrase when they are in clear. The passphrase opens what is
/// encrypted, to tell what it is; private keys are returned as the file holds them, encrypted ones encrypted. Work is
/// bounded: 100 MB, 10,000 things, some seconds for passphrases.
pub fn identify(
    context: &Context<'_, impl Engine>,
    file: &FileInput,
    passphrase: Option<&Secret>,
) -> FileReport {
    let (container, items, found) = read(file, passphrase);
    FileReport { container: Word::Borrowed(container), items, findings: findings(context.locale, &found) }
}

/// What is said of a file that was given in the place of another.
pub(crate) fn describe(file: &FileInput, passphrase: Option<&Secret>) -> Vec<Finding> {
    read(file, passphrase).2
}

/// The container, what is in it, what is said of it.
fn read(file: &FileInput, passphrase: Option<&Secret>) -> (&'static str, Vec<FileItem>, Vec<Finding>) {
    let given = passphrase.map(|secret| Passphrase::new(secret.expose().to_owned()));
    let (container, items, mut found) = match file::read_with(file.as_bytes(), given.as_slice()) {
        Ok(contents) => {
            let mut found = remarks::of(&contents, given.is_some());
            Finding::gravest_first(&mut found, &|_| 0);
            let what = content::of(&contents);
            found.splice(0..0, what);
            (container(contents.encoding), content::items(&contents), found)
        }
        Err(error) => {
            let (container, finding) = unread(&error);
            (container, Vec::new(), vec![finding])
        }
    };
    found.dedup();
    (container, items, found)
}

fn container(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Base64 => "text",
        Encoding::Der => "der",
        Encoding::Jks => "jks",
        Encoding::Pem => "pem",
        Encoding::Pkcs7 => "pkcs7",
        Encoding::Pkcs12 => "pkcs12",
        _ => "unknown",
    }
}

/// What there is to say of a file that was read, beside what its things are.
pub(crate) fn remarks(contents: &Contents) -> Vec<Finding> {
    remarks::of(contents, false)
}

/// What a file is that was read.
pub(crate) fn content(contents: &Contents) -> Vec<Finding> {
    content::of(contents)
}

/// The container, and what is said of it.
pub(crate) fn unread(error: &FileError) -> (&'static str, Finding) {
    match error {
        FileError::Foreign(foreign) => foreign::of(foreign),
        FileError::TooLarge { .. } => ("unknown", Finding::error(failures::TOO_LARGE)),
        FileError::Truncated { announced, found, encoding } => {
            (container(*encoding), foreign::truncated(*announced, *found, *encoding))
        }
        _ => ("unknown", foreign::unknown()),
    }
}

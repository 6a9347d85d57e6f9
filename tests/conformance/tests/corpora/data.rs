//! `corpora.toml`, and where the corpora are.

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::document::{Difference, Who};
use crate::kind::Kind;

/// What is read, and why OpenSSL reads it otherwise.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Corpora {
    pub(crate) folders: Vec<Folder>,
    /// Read by us alone: OpenSSL has no command for such files.
    pub(crate) others: Vec<Folder>,
    pub(crate) reasons: Vec<Reason>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Folder {
    pub(crate) path: String,
    /// Secrets of its protected files, each tried.
    #[serde(default)]
    passphrases: Vec<String>,
}

/// Why one of us reads what the other does not.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    pub(crate) kind: Kind,
    /// Who alone reads it.
    pub(crate) only: Who,
    /// Which files: a part of what we say of them…
    said: Option<String>,
    /// … or their names.
    #[serde(default)]
    files: Vec<String>,
    pub(crate) why: String,
}

impl Corpora {
    pub(crate) fn load() -> Self {
        toml::from_str(include_str!("../../corpora.toml")).expect("corpora.toml reads")
    }

    pub(crate) fn all_folders(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().chain(&self.others).map(|folder| folder.path.as_str())
    }

    pub(crate) fn passphrases_of(&self, path: &str) -> &[String] {
        let mut all = self.folders.iter().chain(&self.others);
        all.find(|folder| folder.path == path).map(|folder| folder.passphrases.as_slice()).unwrap_or_default()
    }

    /// The one reason of a difference.
    pub(crate) fn reason(&self, difference: &Difference) -> Option<&Reason> {
        let mut fitting = self.reasons.iter().filter(|reason| reason.fits(difference));
        let first = fitting.next()?;
        let second = fitting.next();
        assert!(second.is_none(), "two reasons for {difference:?}: {:?} and {second:?}", first.why);
        Some(first)
    }
}

impl Reason {
    fn fits(&self, difference: &Difference) -> bool {
        let named = self.files.iter().any(|file| difference.file.ends_with(file));
        let said =
            self.said.as_ref().is_some_and(|part| difference.said.iter().any(|said| said.contains(part)));
        self.kind == difference.kind && self.only == difference.only && (named || said)
    }
}

/// Where the corpora are installed, or nothing, and it is said.
pub(crate) fn corpus() -> Option<PathBuf> {
    let named = env::var_os("ESTAMPILLE_CORPORA").map(PathBuf::from);
    let beside_the_build =
        || Path::new(env!("CARGO_TARGET_TMPDIR")).parent().map(|target| target.join("corpora"));
    let folder = named.or_else(beside_the_build)?.join("cryptography_vectors");
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "the public corpora are not installed (`cargo xtask corpora` does it): this test proved nothing"
    );
    None
}

/// The files of one folder, not of those below it, sorted by name.
pub(crate) fn files_of(corpus: &Path, folder: &str) -> Vec<PathBuf> {
    let path = corpus.join(folder);
    let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder is listed").path()).collect();
    files.retain(|path| path.is_file() && path.extension().is_none_or(|extension| extension != "py"));
    files.sort();
    files
}

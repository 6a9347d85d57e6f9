//! `docs/corpora.md`: written from what was read, and read back to compare.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::data::Reason;
use crate::kind::Kind;
use crate::ours::Reading;

/// Which of the two readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Who {
    Openssl,
    We,
}

/// One of us read a kind of object in a file, the other did not.
#[derive(Debug)]
pub(crate) struct Difference {
    /// Folder and name.
    pub(crate) file: String,
    pub(crate) kind: Kind,
    pub(crate) only: Who,
    /// What we said of the file.
    pub(crate) said: BTreeSet<String>,
}

impl Difference {
    pub(crate) fn between(folder: &str, file: &Path, ours: &Reading, theirs: &BTreeSet<Kind>) -> Vec<Self> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let of = |kind: &Kind, only| Self {
            file: format!("{folder}/{name}"),
            kind: *kind,
            only,
            said: ours.refused.clone(),
        };
        let we = ours.kinds.difference(theirs).map(|kind| of(kind, Who::We));
        let they = theirs.difference(&ours.kinds).map(|kind| of(kind, Who::Openssl));
        we.chain(they).collect()
    }
}

/// How many files of a folder hold a kind.
pub(crate) type Counts = BTreeMap<(String, Kind), usize>;

#[derive(Debug, Default)]
struct Row {
    we: usize,
    /// Nothing where OpenSSL has no command.
    openssl: Option<usize>,
    both: usize,
}

/// The page.
#[derive(Debug)]
pub(crate) struct Document {
    openssl: String,
    /// Folders in the order they were counted, with their files.
    folders: Vec<(String, usize)>,
    rows: BTreeMap<(String, Kind), Row>,
    differences: BTreeMap<(Who, Kind, String), Vec<String>>,
}

/// Names are given where there are no more of them than this.
const NAMED: usize = 12;

impl Document {
    pub(crate) fn new(openssl: String) -> Self {
        Self { openssl, folders: Vec::new(), rows: BTreeMap::new(), differences: BTreeMap::new() }
    }

    pub(crate) fn count(&mut self, folder: &str, ours: &BTreeSet<Kind>, theirs: &BTreeSet<Kind>) {
        self.count_file(folder);
        for kind in ours.union(theirs) {
            let row = self.rows.entry((folder.to_owned(), *kind)).or_default();
            row.we += usize::from(ours.contains(kind));
            *row.openssl.get_or_insert(0) += usize::from(theirs.contains(kind));
            row.both += usize::from(ours.contains(kind) && theirs.contains(kind));
        }
    }

    pub(crate) fn count_alone(&mut self, folder: &str, ours: &BTreeSet<Kind>) {
        self.count_file(folder);
        for kind in ours {
            self.rows.entry((folder.to_owned(), *kind)).or_default().we += 1;
        }
    }

    fn count_file(&mut self, folder: &str) {
        match self.folders.last_mut() {
            Some((last, count)) if last == folder => *count += 1,
            _ => self.folders.push((folder.to_owned(), 1)),
        }
    }

    pub(crate) fn explain(&mut self, reason: &Reason, difference: Difference) {
        let key = (reason.only, reason.kind, reason.why.clone());
        self.differences.entry(key).or_default().push(difference.file);
    }

    pub(crate) fn uses(&self, reason: &Reason) -> bool {
        self.differences.contains_key(&(reason.only, reason.kind, reason.why.clone()))
    }

    /// Writes the page when `cargo xtask corpora` asks for it, else compares it with the one there is.
    pub(crate) fn write_or_compare(&self) {
        let text = self.text().expect("text is written");
        if std::env::var_os("ESTAMPILLE_CORPORA_WRITE").is_some() {
            fs::write(path(), text).expect("docs/corpora.md is written");
        } else {
            assert_eq!(written(), text, "docs/corpora.md is not of this reader, or of another OpenSSL");
        }
    }

    fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = HEAD.replace("{openssl}", &self.openssl);
        writeln!(text, "\n{TABLE}\n|---|---:|---|---:|---:|---:|")?;
        for (folder, files) in &self.folders {
            let mut any = false;
            for kind in Kind::ALL {
                let Some(row) = self.rows.get(&(folder.clone(), kind)) else { continue };
                let (openssl, both) = match row.openssl {
                    Some(count) => (count.to_string(), row.both.to_string()),
                    None => ("–".to_owned(), "–".to_owned()),
                };
                writeln!(text, "| {folder} | {files} | {} | {} | {openssl} | {both} |", kind.name(), row.we)?;
                any = true;
            }
            if !any {
                writeln!(text, "| {folder} | {files} | – | 0 | 0 | 0 |")?;
            }
        }
        for (who, title) in
            [(Who::Openssl, "## What OpenSSL alone reads"), (Who::We, "## What we alone read")]
        {
            writeln!(text, "\n{title}\n")?;
            for ((_, kind, why), files) in self.differences.iter().filter(|((only, _, _), _)| *only == who) {
                writeln!(text, "- {}, {}: {why}{}", kind.name(), count(files.len()), names(files))?;
            }
        }
        text.push_str(TAIL);
        Ok(text)
    }
}

fn count(files: usize) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}

fn names(files: &[String]) -> String {
    if files.len() > NAMED {
        return String::new();
    }
    let short = files.iter().map(|file| file.rsplit('/').next().unwrap_or(file));
    format!(" (`{}`)", short.collect::<Vec<_>>().join("`, `"))
}

/// Our column of the page.
pub(crate) fn our_counts(page: &str) -> Counts {
    let rows =
        page.lines().skip_while(|line| *line != TABLE).skip(2).take_while(|line| line.starts_with('|'));
    let mut counts = Counts::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let ["", folder, _, kind, we, _, _, ""] = cells.as_slice() else {
            panic!("a row of six cells: {row}")
        };
        let we: usize = we.parse().unwrap_or_else(|_| panic!("a count: {row}"));
        if let Some(kind) = Kind::ALL.into_iter().find(|known| known.name() == *kind)
            && we > 0
        {
            counts.insert(((*folder).to_owned(), kind), we);
        }
    }
    assert!(!counts.is_empty(), "docs/corpora.md has no table");
    counts
}

/// The page as it is.
pub(crate) fn written() -> String {
    fs::read_to_string(path()).expect("docs/corpora.md is there")
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/corpora.md")
}

const TABLE: &str = "| Folder | Files | Kind | We read | OpenSSL reads | Both |";

const HEAD: &str = "\
# Public corpora

<!-- Written by `cargo xtask corpora`; the words are in tests/conformance/tests/corpora/document.rs, the reasons in
     tests/conformance/corpora.toml. -->

What our readers make of files that others collected to try readers with: `cryptography_vectors` 43.0.0 from PyPI, which
holds the NIST PKI test suite (PKITS) and what the authors of the Python package *cryptography* keep from OpenSSL,
GnuTLS, Go and the field. `cargo xtask corpora` installs it by its hash, reads every file with the reader that the page
uses, asks {openssl} about the same file, and writes this page. `cargo test -p conformance` counts our column again and
refuses another result; where the corpus is not installed it says that it proved nothing.

No file makes a reader panic or wait. A file counts under each kind of object that is read in it. OpenSSL reads when its
command for that kind succeeds (`x509`, `req`, `crl`, `pkey`, `pkey -pubin`, `pkcs12` also with `-legacy`, `pkcs7`);
protected files are tried with the secrets that the authors publish. To read is not to find good: many of these files are
faulty on purpose, and the faults are then the business of the checks.
";

const TAIL: &str = "
## Chains

PKITS tries path validation: policies, name constraints, name comparison, paths through several lists. Estampille has no
general path validator, on purpose: the authorities it knows are pinned by their key, and a certificate is under one of
them or it is not. So the 250 verdicts of PKITS are not claimed. What is compared is what the product does use: whether the
signature of each certificate and list verifies under a certificate of the suite that bears the issuer's name
(`tests/conformance/tests/corpora/signatures.rs`, with the exceptions by name).
";

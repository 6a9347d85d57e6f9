//! The dossier: the answers of an order in a file that the user keeps, and that the page takes up again.
//!
//! JSON that a person can read, with a format and a version. It holds what was typed: structures, software, steps done,
//! the F413; no key, no request, no passphrase can stand in it, for want of a field.

use messages::{Locale, papers::dossier as texts};
use serde::Deserialize;
use vocabulary::{Error, Finding as Found, Timestamp, topics::dossier as topics};

use crate::{
    contract::{ByteOutput, DossierContent, DossierFile, DossierOpened, Finding, Written},
    f413,
    file_stem::slug,
};

/// What tells the file.
const FORMAT: &str = "estampille-dossier";

/// The version that is written, and the last one that is read.
const VERSION: u32 = 1;

/// More than any order needs, in kilobytes.
const LARGEST: usize = 2048;

/// Far enough to know what a file is.
const HEAD: usize = 4096;

/// The file of a dossier.
///
/// # Errors
///
/// `dossier-too-large`: it could not be opened again.
pub fn save(locale: Locale, now: Timestamp, content: DossierContent) -> Result<DossierFile, Error> {
    let name = name(&content);
    // Without a plan there is no sheet yet.
    let sheets = f413::form(locale, now, content.profile.clone(), &content.f413);
    let written = Written {
        format: FORMAT.to_owned(),
        version: VERSION,
        about: texts::ABOUT.get(locale).to_owned(),
        saved: now.to_string(),
        estampille: env!("CARGO_PKG_VERSION").to_owned(),
        content,
        sheets: sheets.map(|form| form.sheets).unwrap_or_default(),
    };
    // Texts and lists only: always JSON.
    let mut bytes = serde_json::to_vec_pretty(&written).unwrap_or_default();
    bytes.push(b'\n');
    if bytes.len() > LARGEST.saturating_mul(1024) {
        // What the file can do without.
        let short = Written { sheets: Vec::new(), ..written };
        bytes = serde_json::to_vec(&short).unwrap_or_default();
    }
    bounded(&bytes)?;
    let stem =
        name.map(|name| slug(&name)).filter(|stem| !stem.is_empty()).unwrap_or_else(|| "commande".to_owned());
    Ok(DossierFile {
        name: format!("dossier-{stem}-{}.estampille.json", now.date()),
        bytes: ByteOutput(bytes),
    })
}

/// What a file holds.
///
/// # Errors
///
/// `not-a-dossier`, `dossier-damaged`, `dossier-future`, `dossier-too-large`, each with what the file is.
pub fn open(locale: Locale, file: &[u8]) -> Result<DossierOpened, Error> {
    let text = readable(file)?;
    let head: Head = serde_json::from_str(text).map_err(|error| unreadable(text, &error))?;
    if head.format.as_ref().and_then(serde_json::Value::as_str) != Some(FORMAT) {
        return Err(Error::new(if is_of_the_register(text) {
            topics::NOT_A_DOSSIER_REGISTER
        } else {
            topics::NOT_A_DOSSIER_JSON
        }));
    }
    if let Some(found) =
        head.version.as_ref().and_then(serde_json::Value::as_u64).filter(|found| *found > u64::from(VERSION))
    {
        return Err(Error::new(topics::FUTURE)
            .with("found", found.to_string())
            .with("known", VERSION.to_string()));
    }
    let written: Written = serde_json::from_str(text).map_err(|_| Error::new(topics::DAMAGED_CONTENT))?;
    if written.version != VERSION {
        return Err(Error::new(topics::DAMAGED_CONTENT));
    }
    let name = name(&written.content).unwrap_or_else(|| texts::UNNAMED.get(locale).to_owned());
    let mut said = Found::info(topics::OPENED).with("name", name);
    said = match Timestamp::parse(&written.saved) {
        Some(saved) => said.with("on", saved),
        None => said.with("on", "–"),
    };
    Ok(DossierOpened { content: written.content, finding: Finding::new(locale, &said) })
}

#[derive(Deserialize)]
struct Head {
    format: Option<serde_json::Value>,
    version: Option<serde_json::Value>,
}

/// The text of a file that may be a dossier.
fn readable(file: &[u8]) -> Result<&str, Error> {
    let head = file.get(..HEAD.min(file.len())).unwrap_or_default();
    if is_of_the_register(&String::from_utf8_lossy(head)) {
        return Err(Error::new(topics::NOT_A_DOSSIER_REGISTER));
    }
    bounded(file)?;
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let text = str::from_utf8(file).map_err(|error| {
        let lines =
            file.get(..error.valid_up_to()).unwrap_or_default().iter().filter(|octet| **octet == b'\n');
        damaged_or_other(file, lines.count().saturating_add(1))
    })?;
    if text.trim().is_empty() {
        return Err(Error::new(topics::NOT_A_DOSSIER_EMPTY));
    }
    Ok(text)
}

fn bounded(file: &[u8]) -> Result<(), Error> {
    if file.len() > LARGEST.saturating_mul(1024) {
        return Err(Error::new(topics::TOO_LARGE).with("limit", LARGEST));
    }
    Ok(())
}

fn unreadable(text: &str, error: &serde_json::Error) -> Error {
    // JSON of another shape at its root is JSON all the same.
    if error.is_data() {
        return Error::new(topics::NOT_A_DOSSIER_JSON);
    }
    damaged_or_other(text.as_bytes(), error.line())
}

fn damaged_or_other(file: &[u8], line: usize) -> Error {
    let head = file.get(..HEAD.min(file.len())).unwrap_or_default();
    if head.windows(FORMAT.len()).any(|window| window == FORMAT.as_bytes()) {
        Error::new(topics::DAMAGED).with("place", line)
    } else {
        Error::new(topics::NOT_A_DOSSIER)
    }
}

/// FINESS+ names its identifiers so; a dossier, cut or whole, says what it is before any of its fields.
fn is_of_the_register(text: &str) -> bool {
    let head: String = text.chars().take(HEAD).collect::<String>().to_lowercase();
    !head.contains(FORMAT)
        && ["\"pmej\"", "informationsgeneralespm", "\"nofiness"].iter().any(|name| head.contains(name))
}

/// The first structure that has a name.
fn name(content: &DossierContent) -> Option<String> {
    let entities = content.profile.legal_entities.iter().flatten();
    let mut names = entities.filter_map(|entity| entity.name.as_deref()).map(str::trim);
    names.find(|name| !name.is_empty()).map(str::to_owned)
}

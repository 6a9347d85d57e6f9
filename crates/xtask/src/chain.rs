//! `chain`: the official chain file of the IGC-Santé, compared with the pinned fingerprints and built in.
//!
//! The certificates of the authorities are not part of the project. What is kept of the file goes to `dist/`, which is
//! never committed, and from there into each page and package that is built.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::project::Project;
use crate::run::{capture, program};

/// The file in the page and in the package: PEM, one certificate after the other.
pub(crate) const FILE: &str = "igc-sante-chain.pem";

const PINS: &str = "crates/profiles/data/authorities.toml";

/// Compares the files with the pins, says what it found, and keeps what is pinned for the builds to come.
pub(crate) fn command(project: &Project, files: &[String]) -> Result<(), Failure> {
    if files.is_empty() || files.iter().any(|file| file.starts_with("--")) {
        return Err(Failure::new(
            "chain takes files: cargo xtask chain Chaine_de_certification-IGC-Sante.p7b",
        ));
    }
    let path = project.root.join(PINS);
    let pins = pins(&fs::read_to_string(&path).map_err(Failure::at(&path))?)?;
    let mut found = Vec::new();
    for file in files {
        found.extend(certificates(project, Path::new(file))?);
    }
    let compared: Vec<(Found, Match)> = found
        .into_iter()
        .map(|one| {
            let verdict = compare(&one, &pins);
            (one, verdict)
        })
        .collect();
    for (one, verdict) in &compared {
        println!("  {:<26} {}\n  {:<26} {}", verdict.word(&pins), one.subject, "", one.sha256);
    }
    if compared.iter().any(|(_, verdict)| matches!(verdict, Match::Impostor(_))) {
        return Err(Failure::new(
            "a certificate bears the name of a pinned authority and another fingerprint: this is not the official file, \
             or the pins are wrong. Nothing was kept.",
        ));
    }
    let mut kept: Vec<(&Pin, &Found)> = compared
        .iter()
        .filter_map(|(one, verdict)| match verdict {
            Match::Pinned(place) => Some((pins.get(*place)?, one)),
            _ => None,
        })
        .collect();
    kept.sort_by(|a, b| a.0.stem.cmp(&b.0.stem));
    kept.dedup_by(|a, b| a.0.stem == b.0.stem);
    if kept.is_empty() {
        return Err(Failure::new("no certificate of these files is a pinned one. Nothing was kept."));
    }
    let absent: Vec<&str> = pins
        .iter()
        .filter(|pin| !pin.former && !kept.iter().any(|(known, _)| known.stem == pin.stem))
        .map(|pin| pin.stem.as_str())
        .collect();
    if !absent.is_empty() {
        println!("\nPinned, and not in these files: {}", absent.join(", "));
    }
    let single: Vec<&str> =
        kept.iter().filter(|(pin, _)| !pin.confirmed).map(|(pin, _)| pin.stem.as_str()).collect();
    if !single.is_empty() {
        println!(
            "\nKnown from a single source until now: {}. If this file comes from the official address, its fingerprints \
             confirm these rows of {PINS}.",
            single.join(", ")
        );
    }
    let text: String = kept.iter().flat_map(|(pin, one)| [pin.stem.as_str(), "\n", &one.pem]).collect();
    let path = kept_file(project);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::at(folder))?;
    }
    fs::write(&path, text).map_err(Failure::at(&path))?;
    println!(
        "\n{} authorities kept in dist/chain/{FILE}: `cargo xtask build` and `package` put them beside the page and the \
         package. Delete that file to build without.",
        kept.len()
    );
    Ok(())
}

/// Puts the chain that was kept, if any, among the files of an output.
pub(crate) fn copy_into(project: &Project, folder: &Path) -> Result<(), Failure> {
    let path = kept_file(project);
    if path.is_file() {
        fs::copy(&path, folder.join(FILE)).map_err(Failure::at(&path))?;
    }
    Ok(())
}

fn kept_file(project: &Project) -> PathBuf {
    project.dist.join("chain").join(FILE)
}

/// A pinned authority.
#[derive(Debug, Default, PartialEq, Eq)]
struct Pin {
    stem: String,
    subject: String,
    sha256: String,
    confirmed: bool,
    former: bool,
}

/// A certificate of a file.
struct Found {
    subject: String,
    sha256: String,
    pem: String,
}

/// What a certificate is beside the pins.
#[derive(Debug, PartialEq, Eq)]
enum Match {
    /// The certificate of this pin.
    Pinned(usize),
    /// The name of this pin with another fingerprint.
    Impostor(usize),
    /// None of them.
    Unknown,
}

impl Match {
    fn word(&self, pins: &[Pin]) -> String {
        let stem = |place: &usize| pins.get(*place).map_or("", |pin| pin.stem.as_str());
        match self {
            Self::Pinned(place) => format!("pinned   {}", stem(place)),
            Self::Impostor(place) => format!("IMPOSTOR {}", stem(place)),
            Self::Unknown => "unknown, left out".to_owned(),
        }
    }
}

fn compare(found: &Found, pins: &[Pin]) -> Match {
    if let Some(place) = pins.iter().position(|pin| pin.sha256 == found.sha256) {
        return Match::Pinned(place);
    }
    pins.iter().position(|pin| pin.subject == found.subject).map_or(Match::Unknown, Match::Impostor)
}

/// The rows of the table: a name between brackets, then `key = "value"` lines. Only what is compared is read.
fn pins(text: &str) -> Result<Vec<Pin>, Failure> {
    let mut pins: Vec<Pin> = Vec::new();
    for line in text.lines() {
        if let Some(stem) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            pins.push(Pin { stem: stem.to_owned(), ..Pin::default() });
            continue;
        }
        let (Some(pin), Some((key, value))) = (pins.last_mut(), line.split_once(" = ")) else { continue };
        let value = value.trim_matches('"');
        match key {
            "subject" => value.clone_into(&mut pin.subject),
            "sha256" => pin.sha256 = value.to_ascii_lowercase(),
            "confidence" => pin.confirmed = value == "confirmed",
            "former" => pin.former = value == "true",
            _ => {}
        }
    }
    let whole = |pin: &Pin| pin.sha256.len() == 64 && !pin.subject.is_empty();
    match pins.iter().find(|pin| !whole(pin)) {
        None if !pins.is_empty() => Ok(pins),
        Some(pin) => Err(Failure::new(format!("{PINS}: [{}] has no sha256 or no subject", pin.stem))),
        None => Err(Failure::new(format!("{PINS} has no rows"))),
    }
}

/// The certificates of a file (PKCS #7 in DER or PEM, or PEM), as OpenSSL reads them.
fn certificates(project: &Project, file: &Path) -> Result<Vec<Found>, Failure> {
    // A relative path is the caller's, who may not stand in the checkout.
    let file = std::path::absolute(file).map_err(Failure::at(file))?;
    let bytes = fs::read(&file).map_err(Failure::at(&file))?;
    let print = |form: &str| {
        let mut command = program(project, "openssl");
        capture(command.args(["pkcs7", "-print_certs", "-inform", form, "-in"]).arg(&file))
    };
    let text = print("DER")
        .or_else(|_| print("PEM"))
        .unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned());
    let scratch = project.work().join("chain.pem");
    if let Some(folder) = scratch.parent() {
        fs::create_dir_all(folder).map_err(Failure::at(folder))?;
    }
    let mut found = Vec::new();
    for pem in blocks(&text) {
        fs::write(&scratch, &pem).map_err(Failure::at(&scratch))?;
        let mut command = program(project, "openssl");
        command.args([
            "x509",
            "-noout",
            "-subject",
            "-fingerprint",
            "-sha256",
            "-nameopt",
            "RFC2253,-esc_msb,utf8",
        ]);
        let said = capture(command.arg("-in").arg(&scratch))?;
        found.push(described(&said, pem).ok_or_else(|| Failure::new(format!("openssl says {said:?}")))?);
    }
    fs::remove_file(&scratch).ok();
    if found.is_empty() {
        return Err(Failure::new(format!("{}: no certificate is read in it", file.display())));
    }
    Ok(found)
}

fn described(said: &str, pem: String) -> Option<Found> {
    let after = |name: &str| {
        let mut lines = said.lines();
        lines.find_map(|line| line.strip_prefix(name)?.split_once('=').map(|(_, value)| value.to_owned()))
    };
    let fingerprint = after("sha256 Fingerprint").or_else(|| after("SHA256 Fingerprint"))?;
    Some(Found { subject: after("subject")?, sha256: fingerprint.replace(':', "").to_ascii_lowercase(), pem })
}

/// The certificates of a text in PEM.
fn blocks(text: &str) -> Vec<String> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    const END: &str = "-----END CERTIFICATE-----";
    let parts = text.split(BEGIN).skip(1);
    parts.filter_map(|part| Some(format!("{BEGIN}{}{END}\n", part.split_once(END)?.0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn real_pins() -> Vec<Pin> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = here.join("../..").join(PINS);
        pins(&fs::read_to_string(path).unwrap()).unwrap()
    }

    #[test]
    fn the_pins_are_read_from_their_table() {
        let pins = real_pins();
        assert!(pins.len() >= 13, "{}", pins.len());
        let root = pins.iter().find(|pin| pin.stem == "ACR-EL").unwrap();
        assert!(root.confirmed && !root.former);
        assert_eq!(root.sha256, "2d9e22ca19f777c6b745257c723ecb8df3c35fa6f1f6ec36b83600c97346967f");
        assert!(root.subject.starts_with("CN=AC RACINE IGC-SANTE ELEMENTAIRE,OU=IGC-SANTE,"));
        assert!(pins.iter().any(|pin| pin.former) && pins.iter().any(|pin| !pin.confirmed));
        assert!(super::pins("[A]\nsubject = \"CN=A\"\n").is_err());
        assert!(super::pins("").is_err());
    }

    #[test]
    fn a_known_name_with_another_fingerprint_is_an_impostor() {
        let pins = real_pins();
        let found = |subject: &str, sha256: &str| Found {
            subject: subject.to_owned(),
            sha256: sha256.to_owned(),
            pem: String::new(),
        };
        let place = pins.iter().position(|pin| pin.stem == "ACI-EL-ORG").unwrap();
        let pin = &pins[place];
        assert_eq!(compare(&found(&pin.subject, &pin.sha256), &pins), Match::Pinned(place));
        assert_eq!(compare(&found(&pin.subject, &"0".repeat(64)), &pins), Match::Impostor(place));
        assert_eq!(compare(&found("CN=Autre", &"0".repeat(64)), &pins), Match::Unknown);
    }

    #[test]
    fn what_openssl_says_is_taken_apart() {
        let said = "subject=CN=A,O=Œuvre\nsha256 Fingerprint=AB:CD\n";
        let found = described(said, "pem".to_owned()).unwrap();
        assert_eq!((found.subject.as_str(), found.sha256.as_str()), ("CN=A,O=Œuvre", "abcd"));
        assert!(described("subject=CN=A\n", String::new()).is_none());
        let text = "subject=x\n-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n\n-----BEGIN CERTIFICATE-----\nBB";
        assert_eq!(blocks(text), ["-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n"]);
    }
}

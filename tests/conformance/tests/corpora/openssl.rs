//! What OpenSSL reads in a file: each of its commands is asked.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use conformance::Judge;

use crate::kind::Kind;

pub(crate) fn version(openssl: &Judge) -> String {
    let text = openssl.demand(Path::new("."), &["version"], &[]).text();
    text.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

pub(crate) fn kinds(openssl: &Judge, path: &Path, passphrases: &[String]) -> BTreeSet<Kind> {
    let bytes = fs::read(path).expect("a file of the corpus is read");
    let is_pem = bytes.windows(11).any(|window| window == b"-----BEGIN ");
    let form = if is_pem { "PEM" } else { "DER" };
    let name = path.to_string_lossy();
    let asks = |arguments: &[&str]| openssl.ask(Path::new("."), arguments, &[]).accepted;
    let with_secret = |arguments: &[&str]| {
        let none = [String::new()];
        let secrets = if passphrases.is_empty() { &none } else { passphrases };
        secrets.iter().any(|secret| asks(&[arguments, &["-passin", &format!("pass:{secret}")]].concat()))
    };
    // Its other commands also look into a PKCS #12, and ask for its secret.
    if path.extension().is_some_and(|extension| extension == "p12") {
        let accepted = with_secret(&["pkcs12", "-in", &name, "-noout"])
            || with_secret(&["pkcs12", "-legacy", "-in", &name, "-noout"]);
        return accepted.then_some(Kind::Pkcs12).into_iter().collect();
    }
    let commands: [(Kind, &[&str]); 5] = [
        (Kind::Certificate, &["x509"]),
        (Kind::Request, &["req"]),
        (Kind::RevocationList, &["crl"]),
        (Kind::PublicKey, &["pkey", "-pubin"]),
        (Kind::Pkcs7, &["pkcs7"]),
    ];
    let file = ["-in", &name, "-inform", form, "-noout"];
    let accepted = commands.into_iter().filter(|(_, command)| asks(&[command, &file[..]].concat()));
    let mut kinds: BTreeSet<Kind> = accepted.map(|(kind, _)| kind).collect();
    if with_secret(&[&["pkey"], &file[..]].concat()) {
        kinds.insert(Kind::PrivateKey);
    }
    kinds
}

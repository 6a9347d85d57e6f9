//! OpenSSL and keytool print the names and facts of real certificates as we do.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a broken expectation must stop the test with its reason"
)]

use std::path::{Path, PathBuf};

use conformance::{Folder, keytool, openssl};
use pki::certificate::Certificate;

fn real_certificates() -> Vec<(PathBuf, Certificate)> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let folder = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or(beside, PathBuf::from);
    let mut found = Vec::new();
    for below in ["ca", "end-entity"] {
        let Ok(entries) = std::fs::read_dir(folder.join("igc-sante").join(below)) else {
            println!("no real certificates: set ESTAMPILLE_REAL_DATA; this test proved nothing");
            return Vec::new();
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "pem") {
                let contents = pki::file::read(&std::fs::read(&path).unwrap()).unwrap();
                let certificate = contents.certificates().next().unwrap().clone();
                found.push((path.canonicalize().unwrap(), certificate));
            }
        }
    }
    assert!(found.len() > 40);
    found
}

#[test]
fn openssl_says_the_same() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    for (path, certificate) in real_certificates() {
        let file = path.to_str().unwrap();
        let ask = |options: &[&str]| {
            let mut arguments = vec!["x509", "-in", file, "-noout"];
            arguments.extend(options);
            openssl.demand(folder.path(), &arguments, b"").text()
        };
        let oneline = ask(&["-subject", "-issuer", "-nameopt", "oneline,-esc_msb,utf8"]);
        assert_eq!(
            oneline,
            format!(
                "subject={}\nissuer={}\n",
                certificate.subject().openssl(),
                certificate.issuer().openssl()
            )
        );
        let theirs = ask(&["-subject", "-nameopt", "RFC2253,-esc_msb,utf8"]);
        let theirs = theirs.trim_end().trim_start_matches("subject=");
        let ours = certificate.subject().rfc4514();
        let rdns = certificate.subject().rdns();
        if rdns.iter().all(|rdn| rdn.attributes().len() == 1) {
            assert_eq!(theirs, ours);
        } else {
            // In a part of several attributes OpenSSL reverses these too; RFC 4514 leaves their
            // order free.
            let sorted = |text: &str| {
                let mut parts: Vec<String> = text.split(['+', ',']).map(str::to_owned).collect();
                parts.sort();
                parts
            };
            assert_eq!(sorted(theirs), sorted(&ours));
        }
        let facts = ask(&["-serial", "-fingerprint", "-sha256"]).replace(':', "");
        let serial = format!("serial={}\n", certificate.serial().to_uppercase());
        assert!(facts.contains(&serial), "{facts}");
        assert!(facts.contains(&certificate.sha256().to_uppercase()));
        for (seconds, option) in
            [(certificate.not_before(), "-startdate"), (certificate.not_after(), "-enddate")]
        {
            let printed = ask(&[option, "-dateopt", "iso_8601"]);
            let (_, printed) = printed.trim().split_once('=').unwrap();
            assert_eq!(printed, iso(seconds));
        }
    }
}

#[test]
fn keytool_says_the_same() {
    let Some(keytool) = keytool() else { return };
    let folder = Folder::new();
    let certificates = real_certificates();
    // keytool takes a second each: names of every shape, not every certificate.
    let shapes = ["insi-auto", "ps-auth", "legacy-test-classe4", "asipsign-flux", "racine-fort"];
    let chosen: Vec<_> = certificates
        .iter()
        .filter(|(path, _)| {
            let name = path.to_string_lossy();
            shapes.iter().any(|shape| name.contains(shape))
        })
        .collect();
    assert!(certificates.is_empty() || chosen.len() >= shapes.len());
    for (path, certificate) in chosen {
        let file = path.to_str().unwrap();
        let arguments = ["-J-Duser.language=en", "-printcert", "-file", file];
        let printed = keytool.demand(folder.path(), &arguments, b"").text();
        for line in [
            format!("Owner: {}\n", certificate.subject().java()),
            format!("Issuer: {}\n", certificate.issuer().java()),
            format!("Serial number: {}\n", certificate.serial()),
        ] {
            assert!(printed.contains(&line), "{line}{printed}");
        }
    }
}

/// Subjects that try every quoting, in OpenSSL's `-subj` syntax (where `/`, `+`, `=` and `\\` are escaped).
const AWKWARD: [&str; 12] = [
    "/C=FR/ST=Côte-d'Or (21)/O=HÔPITAL ŒUVRE – SŒURS/OU=1210987654/CN=SAMU 21",
    "/C=FR/O=Dupont, Durand et Cie/CN=Laboratoire; Dupont",
    "/C=FR/O=Le \"Grand\" Site/CN=\"Lilas\"",
    "/C=FR/O=A\\+B/CN=un\\=deux",
    "/C=FR/O=#1 des sites/CN=# deux #",
    "/C=FR/O=a\\\\b/CN=fin\\\\",
    "/C=FR/O=<a> & |b|/CN=*.exemple.fr",
    "/C=FR/O= bords /CN=deux  blancs",
    "/C=FR/O=Santé 🏥/CN=ẞ",
    "/C=FR/title=Médecin/GN=Zoé+CN=899700075064+SN=D'Été, fille",
    "/C=FR/ST=Paris (75)/O=LABO/OU=1750712184/title=Cadre/GN=Anne+CN=30B0057881\\/CPET0002+SN=\"Née\" Le Goff",
    "/C=FR/L=Lyon/street=1, rue de l'Hôpital/CN=INSI-AUTO",
];

fn awkward_certificates(folder: &Folder) -> Vec<(String, Certificate)> {
    let Some(openssl) = openssl() else { return Vec::new() };
    let key = ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "key.pem"];
    openssl.demand(folder.path(), &key, b"");
    AWKWARD
        .iter()
        .enumerate()
        .map(|(number, subject)| {
            let file = format!("{number}.pem");
            let arguments = [
                "req", "-x509", "-new", "-key", "key.pem", "-utf8", "-days", "2", "-subj", subject, "-out",
                &file,
            ];
            openssl.demand(folder.path(), &arguments, b"");
            let contents = pki::file::read(&folder.read(&file)).unwrap();
            (file, contents.certificates().next().unwrap().clone())
        })
        .collect()
}

#[test]
fn openssl_spells_names_the_same_in_each_of_its_ways() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let awkward = awkward_certificates(&folder);
    assert!(!awkward.is_empty());
    let real = real_certificates().into_iter();
    let real = real.map(|(path, certificate)| (path.to_str().unwrap().to_owned(), certificate));
    let version = openssl.demand(folder.path(), &["version"], b"").text();
    let plain_is_default = !["OpenSSL 3.0", "OpenSSL 3.1"].iter().any(|old| version.starts_with(old));
    for (file, certificate) in awkward.into_iter().chain(real) {
        let ask = |options: &[&str]| {
            let mut arguments = vec!["x509", "-in", file.as_str(), "-noout", "-subject"];
            arguments.extend(options);
            let printed = openssl.demand(folder.path(), &arguments, b"").text();
            printed.strip_prefix("subject=").unwrap().strip_suffix('\n').unwrap().to_owned()
        };
        let name = certificate.subject();
        assert_eq!(ask(&["-nameopt", "oneline"]), name.openssl_before_3_2(), "{file}");
        assert_eq!(ask(&["-nameopt", "utf8,sep_comma_plus_space"]), name.openssl_since_3_2(), "{file}");
        assert_eq!(ask(&["-nameopt", "RFC2253"]), name.openssl_rfc2253(), "{file}");
        let default = if plain_is_default { name.openssl_since_3_2() } else { name.openssl_before_3_2() };
        assert_eq!(ask(&[]), default, "{file}");
    }
}

#[test]
fn keytool_spells_awkward_names_the_same() {
    let Some(keytool) = keytool() else { return };
    let folder = Folder::new();
    for (file, certificate) in awkward_certificates(&folder) {
        let arguments = ["-J-Duser.language=en", "-printcert", "-file", file.as_str()];
        let printed = keytool.demand(folder.path(), &arguments, b"").text();
        let line = format!("Owner: {}\n", certificate.subject().java());
        assert!(printed.contains(&line), "{line}{printed}");
    }
}

/// A date from seconds since 1970, in the test's own arithmetic rather than the reader's.
fn iso(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let mut year = 1970;
    let mut left = days;
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    while left >= 365 + i64::from(leap(year)) {
        left -= 365 + i64::from(leap(year));
        year += 1;
    }
    let february = 28 + i64::from(leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02} {:02}:{:02}:{:02}Z", left + 1, rest / 3600, rest / 60 % 60, rest % 60)
}

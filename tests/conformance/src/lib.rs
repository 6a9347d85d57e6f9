//! Independent judges of what Estampille reads and writes: OpenSSL, keytool, NSS.
//!
//! A missing judge is a failure that says how to get it, unless `ESTAMPILLE_SKIP_JUDGES` is set.

// This crate only serves tests, where a broken expectation must stop the test with its reason.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod folder;
mod judge;

use pki::name::{Subject, SubjectParts};
use pki::rustcrypto::{RandomnessError, RustCrypto};

pub use folder::Folder;
pub use judge::{
    Judge, Verdict, certutil, curl, keytool, nginx, openssl, pdfinfo, pdftotext, pk12util, shell_line, unzip,
};

/// The engine under judgement, with the machine's randomness.
pub fn engine() -> RustCrypto<impl pki::rustcrypto::Randomness> {
    RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError))
}

/// Runs one of the engine's futures, which never wait.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    pki::block_on(future).expect("the native engine does not wait")
}

/// A case: a name for messages, and a subject.
pub struct Case {
    /// For messages and file names.
    pub name: &'static str,
    /// The subject.
    pub subject: Subject,
}

/// Subjects that real structures have, and subjects that try every quoting.
pub fn subjects() -> Vec<Case> {
    let full = |name, department: &str, organization: &str, unit: &str, common_name: &str| {
        let parts = SubjectParts {
            country: Some("FR".to_owned()),
            state: Some(department.to_owned()),
            organization: Some(organization.to_owned()),
            organizational_unit: Some(unit.to_owned()),
            common_name: Some(common_name.to_owned()),
        };
        Case { name, subject: Subject::new(parts).expect("a valid subject") }
    };
    let plain =
        |name, common_name: &str| full(name, "Paris (75)", "CLINIQUE DES LILAS", "1750712184", common_name);
    vec![
        full("laboratory", "Paris (75)", "LABORATOIRE DES LILAS", "1750712184", "INSI-AUTO"),
        full("rhone", "Rhône (69)", "CENTRE DE SANTE RPPS15287", "10B0152872", "INSI-MANU"),
        full("cote-d-or", "Côte-d'Or (21)", "HÔPITAL ŒUVRE DE L'ÉGLISE – SŒURS", "1210987654", "SAMU 21"),
        full(
            "forty",
            "Paris (75)",
            "AGENCE D'INFORMATION & DE SANTE PARTAGEE",
            "318751275100020",
            "Proxy DMP CHU Nantes",
        ),
        plain("comma", "Laboratoire Dupont, Durand"),
        plain("plus", "A+B"),
        plain("quote", "Le \"Grand\" Site"),
        plain("quoted-whole", "\"Lilas\""),
        plain("apostrophes", "L'un d''eux"),
        plain("hash", "#1 des sites # deux"),
        plain("backslash", "a\\b\\"),
        plain("semicolon", "rpps.tra.henix;asipsante.fr"),
        plain("dollar", "$ENV::HOME ${HOME} $(id) `id` $$"),
        plain("percent", "100 %PATH% %%"),
        plain("angles", "<a> & |b| ^c !d! ~ * ? =e"),
        plain("edge-spaces", " bords "),
        plain("two-spaces", "deux  blancs"),
        plain("continued", "fin\\n \\"),
        plain("emoji", "Santé 🏥 ẞ"),
        full("longest", &"é".repeat(128), &"O".repeat(64), &"1".repeat(64), &"ç".repeat(64)),
        Case { name: "minimal", subject: Subject::minimal("INSI-AUTO").expect("a valid subject") },
    ]
}

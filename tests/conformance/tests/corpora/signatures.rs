//! The signatures of PKITS: which certificates and lists do not verify, and why.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pki::certificate::Certificate;
use pki::crl::RevocationList;
use pki::name::DistinguishedName;
use pki::rustcrypto::verify_now;
use pki::signature::{SignatureOutcome, SignatureTask};

use crate::data::files_of;

/// What is not valid, by file name without its extension. Every other signature of the suite verifies.
pub(crate) type Exceptions = BTreeMap<String, Fault>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The key of the issuer did not make it.
    Invalid,
    /// No certificate of the suite bears the issuer's name, octet for octet.
    NoIssuer,
    /// Not read at all.
    Unread,
    /// DSA, which we do not verify.
    Unsupported,
}

/// What the authors say of their files ("Conformance Testing of Relying Party Client Certificate Path Processing Logic"),
/// save that names are compared octet for octet here: the suite also has issuers in another case, with other spaces or in
/// another string type (RFC 5280, section 7.1), which none of the pinned authorities has.
pub(crate) fn meant() -> Exceptions {
    let invalid = ["BadCRLSignatureCACRL", "BadSignedCACert", "InvalidEESignatureTest3EE"];
    let no_issuer = [
        "BadCRLIssuerNameCACRL",
        "InvalidNameChainingOrderTest2EE",
        "InvalidNameChainingTest1EE",
        "RolloverfromPrintableStringtoUTF8StringCACRL",
        "TwoCRLsCABadCRL",
        "ValidNameChainingCapitalizationTest5EE",
        "ValidNameChainingWhitespaceTest3EE",
        "ValidNameChainingWhitespaceTest4EE",
        "ValidRolloverfromPrintableStringtoUTF8StringTest10EE",
        "ValidUTF8StringCaseInsensitiveMatchTest11EE",
    ];
    let unsupported = [
        "DSACACRL",
        "DSAParametersInheritedCACRL",
        "DSAParametersInheritedCACert",
        "InvalidDSASignatureTest6EE",
        "ValidDSAParameterInheritanceTest5EE",
        "ValidDSASignaturesTest4EE",
    ];
    let invalid = invalid.map(|name| (name, Fault::Invalid));
    let no_issuer = no_issuer.map(|name| (name, Fault::NoIssuer));
    let unsupported = unsupported.map(|name| (name, Fault::Unsupported));
    let all = invalid.into_iter().chain(no_issuer).chain(unsupported);
    all.map(|(name, fault)| (name.to_owned(), fault)).collect()
}

pub(crate) fn judge(corpus: &Path) -> Exceptions {
    let certificates = read(corpus, "certs", Certificate::read);
    let lists = read(corpus, "crls", RevocationList::read);
    assert!(certificates.len() > 400 && lists.len() > 170, "the suite is whole");
    let issuers = |name: &DistinguishedName| {
        let wanted = name.clone();
        let readable = certificates.values().filter_map(|read| read.as_ref().ok());
        readable.filter(move |candidate| *candidate.subject() == wanted)
    };
    let of_certificates = certificates.iter().map(|(name, read)| {
        let Ok(certificate) = read else { return (name.clone(), Some(Fault::Unread)) };
        let keys = issuers(certificate.issuer());
        let tasks = keys.map(|issuer| certificate.signature_task(issuer.public_key().spki()));
        (name.clone(), fault(tasks))
    });
    let of_lists = lists.iter().map(|(name, read)| {
        let Ok(list) = read else { return (name.clone(), Some(Fault::Unread)) };
        let tasks = issuers(list.issuer()).map(|issuer| list.signature_task(issuer.public_key().spki()));
        (name.clone(), fault(tasks))
    });
    of_certificates.chain(of_lists).filter_map(|(name, fault)| Some((name, fault?))).collect()
}

/// Several authorities may bear a name, after a change of key: one that fits is enough.
fn fault(tasks: impl Iterator<Item = SignatureTask>) -> Option<Fault> {
    let mut fault = Fault::NoIssuer;
    for task in tasks {
        match verify_now(&task) {
            SignatureOutcome::Valid => return None,
            SignatureOutcome::Invalid => fault = Fault::Invalid,
            SignatureOutcome::Unsupported => fault = Fault::Unsupported,
        }
    }
    Some(fault)
}

fn read<T>(corpus: &Path, folder: &str, read: impl Fn(&[u8]) -> T) -> BTreeMap<String, T> {
    let files = files_of(corpus, &format!("x509/PKITS_data/{folder}"));
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    files
        .iter()
        .map(|path| (name(path), read(&fs::read(path).expect("a file of the corpus is read"))))
        .collect()
}

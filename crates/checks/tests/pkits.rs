//! The revocation tests of PKITS (NIST, *Public Key Interoperability Test Suite*, 4.4, 4.5, 4.7, 4.14, 4.15), where the
//! public corpora are installed. What it calls invalid because of revocation is never "ok" here; what it calls valid is
//! "ok" or, where it takes what Estampille does not do (lists signed by another key than the certificate, lists of
//! several authorities, lists put together from parts, points named by directory names), not checked.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use checks::{
    Expected,
    batch::{Batch, Surroundings},
    certificate::{CertificateInput, PrivateKeyGiven},
};
use pki::{certificate::Certificate, crl::RevocationList, rustcrypto::verify_now};
use support::said;
use vocabulary::Timestamp;

const GOOD: &str = "ok";
const REVOKED: &str = "error revoked";
const HOLD: &str = "error hold";
const OTHER_KEY: &str = "warning other-key";
const PARTIAL: &str = "warning partial";
const STALE: &str = "warning stale";
const CONDITIONS: &str = "warning conditions";
const NOT_ALLOWED: &str = "warning not-allowed";
/// No list of its issuer.
const NONE: &str = "info not-checked-no-address";

const AWAITED: &[(&str, &str)] = &[
    // 4.4, basic revocation.
    ("InvalidMissingCRLTest1", NONE),
    ("InvalidRevokedCATest2", "error authority-revoked"),
    ("InvalidRevokedEETest3", REVOKED),
    ("InvalidBadCRLSignatureTest4", "warning forged"),
    ("InvalidBadCRLIssuerNameTest5", NONE),
    ("InvalidWrongCRLTest6", NONE),
    ("ValidTwoCRLsTest7", GOOD),
    ("InvalidUnknownCRLEntryExtensionTest8", CONDITIONS),
    ("InvalidUnknownCRLExtensionTest9", CONDITIONS),
    ("InvalidUnknownCRLExtensionTest10", CONDITIONS),
    ("InvalidOldCRLnextUpdateTest11", STALE),
    ("Invalidpre2000CRLnextUpdateTest12", STALE),
    ("ValidGeneralizedTimeCRLnextUpdateTest13", GOOD),
    ("ValidNegativeSerialNumberTest14", GOOD),
    ("InvalidNegativeSerialNumberTest15", REVOKED),
    ("ValidLongSerialNumberTest16", GOOD),
    ("ValidLongSerialNumberTest17", GOOD),
    ("InvalidLongSerialNumberTest18", REVOKED),
    ("ValidSeparateCertificateandCRLKeysTest19", OTHER_KEY),
    ("InvalidSeparateCertificateandCRLKeysTest20", OTHER_KEY),
    ("InvalidSeparateCertificateandCRLKeysTest21", OTHER_KEY),
    // 4.5, authorities that changed their key.
    ("ValidBasicSelfIssuedOldWithNewTest1", OTHER_KEY),
    ("InvalidBasicSelfIssuedOldWithNewTest2", OTHER_KEY),
    ("ValidBasicSelfIssuedNewWithOldTest3", GOOD),
    ("ValidBasicSelfIssuedNewWithOldTest4", PARTIAL),
    ("InvalidBasicSelfIssuedNewWithOldTest5", PARTIAL),
    ("ValidBasicSelfIssuedCRLSigningKeyTest6", PARTIAL),
    ("InvalidBasicSelfIssuedCRLSigningKeyTest7", PARTIAL),
    // 4.7, key usage.
    ("InvalidkeyUsageCriticalcRLSignFalseTest4", NOT_ALLOWED),
    ("InvalidkeyUsageNotCriticalcRLSignFalseTest5", NOT_ALLOWED),
    // 4.14, distribution points.
    ("ValiddistributionPointTest1", PARTIAL),
    ("InvaliddistributionPointTest2", REVOKED),
    ("InvaliddistributionPointTest3", PARTIAL),
    ("ValiddistributionPointTest4", PARTIAL),
    ("ValiddistributionPointTest5", PARTIAL),
    ("InvaliddistributionPointTest6", REVOKED),
    ("ValiddistributionPointTest7", PARTIAL),
    ("InvaliddistributionPointTest8", PARTIAL),
    ("InvaliddistributionPointTest9", PARTIAL),
    ("ValidNoissuingDistributionPointTest10", GOOD),
    ("InvalidonlyContainsUserCertsTest11", PARTIAL),
    ("InvalidonlyContainsCACertsTest12", PARTIAL),
    ("ValidonlyContainsCACertsTest13", GOOD),
    ("InvalidonlyContainsAttributeCertsTest14", PARTIAL),
    ("InvalidonlySomeReasonsTest15", REVOKED),
    ("InvalidonlySomeReasonsTest16", HOLD),
    ("InvalidonlySomeReasonsTest17", PARTIAL),
    ("ValidonlySomeReasonsTest18", PARTIAL),
    ("ValidonlySomeReasonsTest19", PARTIAL),
    ("InvalidonlySomeReasonsTest20", REVOKED),
    ("InvalidonlySomeReasonsTest21", REVOKED),
    ("ValidIDPwithindirectCRLTest22", PARTIAL),
    ("InvalidIDPwithindirectCRLTest23", PARTIAL),
    ("ValidIDPwithindirectCRLTest24", NONE),
    ("ValidIDPwithindirectCRLTest25", NONE),
    ("InvalidIDPwithindirectCRLTest26", NONE),
    ("InvalidcRLIssuerTest27", NONE),
    ("ValidcRLIssuerTest28", PARTIAL),
    ("ValidcRLIssuerTest29", PARTIAL),
    ("ValidcRLIssuerTest30", NONE),
    ("InvalidcRLIssuerTest31", NONE),
    ("InvalidcRLIssuerTest32", NONE),
    ("ValidcRLIssuerTest33", NONE),
    ("InvalidcRLIssuerTest34", PARTIAL),
    ("InvalidcRLIssuerTest35", PARTIAL),
    // 4.15, lists of changes beside full ones.
    ("InvaliddeltaCRLIndicatorNoBaseTest1", "warning delta"),
    ("ValiddeltaCRLTest2", GOOD),
    ("InvaliddeltaCRLTest3", REVOKED),
    ("InvaliddeltaCRLTest4", REVOKED),
    // Suspended, then taken off by the list of changes.
    ("ValiddeltaCRLTest5", "warning delta"),
    ("InvaliddeltaCRLTest6", REVOKED),
    ("ValiddeltaCRLTest7", GOOD),
    ("ValiddeltaCRLTest8", GOOD),
    ("InvaliddeltaCRLTest9", REVOKED),
    ("InvaliddeltaCRLTest10", STALE),
];

/// The files of PKITS, or nothing, with a word about it.
fn pkits() -> Option<PathBuf> {
    let beside_the_build =
        || Path::new(env!("CARGO_TARGET_TMPDIR")).parent().map(|target| target.join("corpora"));
    let corpora = std::env::var_os("ESTAMPILLE_CORPORA").map(PathBuf::from).or_else(beside_the_build)?;
    let folder = corpora.join("cryptography_vectors/x509/PKITS_data");
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "the public corpora are not installed (`cargo xtask corpora` does it): this test proved nothing"
    );
    None
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

#[test]
fn revocation_is_judged_as_the_suite_says_or_not_at_all() {
    let Some(folder) = pkits() else { return };
    let read = |(name, der): (String, Vec<u8>)| Some((name, Certificate::read(&der).ok()?));
    let all: BTreeMap<String, Certificate> =
        files(&folder.join("certs")).into_iter().filter_map(read).collect();
    let lists = files(&folder.join("crls"));
    let lists = lists.values().map(|der| RevocationList::read(der).unwrap()).collect();
    // Everything in one heap, as the suite never has it: each certificate must find its own.
    let extra = all.iter().filter(|(name, _)| !name.ends_with("EE")).map(|(_, ca)| ca.clone());
    let root = all["TrustAnchorRootCertificate"].clone();
    let surroundings = Surroundings::new(extra.collect(), vec![root]).with_lists(lists, 0).as_heap();
    let mut batch = Batch::new(&surroundings);
    let tested: Vec<_> = AWAITED
        .iter()
        .map(|(name, awaited)| {
            let file = format!("{name}EE");
            let certificate = all.get(&file).or_else(|| all.get(*name)).unwrap_or_else(|| panic!("{name}"));
            (*name, *awaited, certificate, batch.add(certificate, None))
        })
        .collect();
    let outcomes: Vec<_> = batch.tasks().iter().map(verify_now).collect();
    let expected = Expected::default();
    let mut wrong = Vec::new();
    for (name, awaited, certificate, ticket) in &tested {
        let input = CertificateInput {
            certificate,
            csr: None,
            private_key: PrivateKeyGiven::None,
            expected: &expected,
            at: Timestamp::parse("2026-11-20").unwrap(),
        };
        let report = batch.check(&input, ticket, &outcomes);
        assert!(report.chain.anchor().is_some(), "{name}");
        let found = said(&report.findings, "revocation");
        let says_good = found == GOOD;
        let says_revoked = found.starts_with("error");
        assert!(!(says_good && name.starts_with("Invalid")), "{name} is called good");
        assert!(!(says_revoked && name.starts_with("Valid")), "{name} is called {found}");
        if found != *awaited {
            wrong.push(format!("{name}: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

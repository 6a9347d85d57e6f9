//! What the integration tests share.
#![allow(dead_code, reason = "each test uses a part")]
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

pub(crate) mod authority;
pub(crate) mod der;

use std::path::{Path, PathBuf};

use checks::{
    Expected,
    batch::{Batch, Surroundings},
    certificate::{CertificateFindings, CertificateInput, PrivateKeyGiven},
};
use pki::{
    certificate::Certificate,
    crl::RevocationList,
    request::CertificationRequest,
    rustcrypto::verify_now,
    signature::{SignatureOutcome, SignatureTask},
};
use vocabulary::{Fact, Finding, Severity, Timestamp, Topic};

/// Everything about one check; the moment is that of most tests.
pub(crate) struct Case<'a> {
    pub(crate) certificate: &'a Certificate,
    pub(crate) extra: &'a [Certificate],
    pub(crate) given: &'a [Certificate],
    pub(crate) csr: Option<&'a CertificationRequest>,
    pub(crate) private_key: PrivateKeyGiven<'a>,
    pub(crate) expected: Expected,
    pub(crate) lists: &'a [RevocationList],
    pub(crate) unreadable_lists: usize,
    pub(crate) at: Timestamp,
}

impl<'a> Case<'a> {
    pub(crate) fn of(certificate: &'a Certificate) -> Self {
        Self {
            certificate,
            extra: &[],
            given: &[],
            csr: None,
            private_key: PrivateKeyGiven::None,
            expected: Expected::default(),
            lists: &[],
            unreadable_lists: 0,
            at: Timestamp::parse("2026-11-20").unwrap(),
        }
    }

    /// Verifies the signatures and checks.
    pub(crate) fn check(&self) -> CertificateFindings {
        self.check_with(&|tasks| tasks.iter().map(verify_now).collect())
    }

    /// Checks with what another engine says of the signatures.
    pub(crate) fn check_with(
        &self,
        verify: &dyn Fn(&[SignatureTask]) -> Vec<SignatureOutcome>,
    ) -> CertificateFindings {
        let surroundings = Surroundings::new(self.extra.to_vec(), self.given.to_vec())
            .with_lists(self.lists.to_vec(), self.unreadable_lists);
        let mut batch = Batch::new(&surroundings);
        let ticket = batch.add(self.certificate, self.csr);
        let input = CertificateInput {
            certificate: self.certificate,
            csr: self.csr,
            private_key: self.private_key,
            expected: &self.expected,
            at: self.at,
        };
        let report = batch.check(&input, &ticket, &verify(batch.tasks()));
        for finding in &report.findings {
            assert_told(finding.topic, &finding.facts);
        }
        report
    }
}

/// The finding with this code; a code stands at most once.
pub(crate) fn find<'a>(findings: &'a [Finding], code: &str) -> Option<&'a Finding> {
    let mut found = findings.iter().filter(|finding| finding.code() == code);
    let first = found.next();
    assert!(found.next().is_none(), "{code} stands twice");
    first
}

/// `severity code.case` of every finding that is not "ok".
pub(crate) fn remarks(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.severity > Severity::Ok)
        .map(|finding| format!("{} {}", finding.severity.as_str(), finding.topic))
        .collect()
}

/// What one code says: `severity case`.
pub(crate) fn said(findings: &[Finding], code: &str) -> String {
    find(findings, code).map_or_else(
        || "nothing".to_owned(),
        |finding| format!("{} {}", finding.severity.as_str(), finding.topic.case).trim_end().to_owned(),
    )
}

/// The sentences of a topic find every fact they name.
pub(crate) fn assert_told(topic: Topic, facts: &[Fact]) {
    let entry = messages::entries().iter().find(|entry| (entry.code, entry.case) == (topic.code, topic.case));
    let entry = entry.unwrap_or_else(|| panic!("{topic} has no sentence"));
    for text in [Some(entry.title), entry.detail, entry.action].into_iter().flatten() {
        for part in text.fr.split('{').skip(1) {
            let name = part.split(['}', '|']).next().unwrap();
            assert!(facts.iter().any(|fact| fact.name == name), "{topic} lacks {name}: {facts:?}");
        }
    }
}

/// The folder of real certificates, or nothing, with a word about it.
pub(crate) fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let folder = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or(beside, PathBuf::from).join("igc-sante");
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "no real certificates at {}: set ESTAMPILLE_REAL_DATA; this test proved nothing",
        folder.display()
    );
    None
}

/// The certificates of one folder, by file name without extension.
pub(crate) fn certificates(folder: &Path, below: &str) -> Vec<(String, Certificate)> {
    let mut found: Vec<(String, Certificate)> = std::fs::read_dir(folder.join(below))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let bytes = std::fs::read(&path).unwrap();
            let der = pki::pem::scan(&bytes).blocks()[0].der().to_vec();
            (name, Certificate::read(&der).unwrap())
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

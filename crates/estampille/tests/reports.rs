//! Every real certificate and revocation list gets its reviewed report, kept in `tests/cases/reports` under the name of
//! its file: what the report decides, not what the certificate says. `ESTAMPILLE_REVIEW=1` writes them anew, to be read
//! again one by one.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use checks::{
    Expected,
    batch::{Batch, Surroundings},
    certificate::{CertificateFindings, CertificateInput, PrivateKeyGiven},
};
use estampille::{
    Context, certificate,
    contract::{CheckInput, CheckReport, FileInput},
};
use messages::Locale;
use pki::{
    certificate::Certificate,
    pem,
    rustcrypto::{RandomnessError, RustCrypto, verify_now},
    signature::SignatureOutcome,
};
use profiles::Authority;
use vocabulary::{Severity, Timestamp};

/// The day most reports are read at.
const TODAY: &str = "2026-11-20T09:00:00Z";
/// A moment at which both real lists are in their time, and one at which both are past it.
const IN_TIME: &str = "2019-06-30T12:00:00Z";
const PAST: &str = "2019-08-01T12:00:00Z";

struct Real {
    folder: &'static str,
    name: String,
    file: Vec<u8>,
    der: Vec<u8>,
}

/// Certificates and lists, or nothing, with a word about it.
fn real_data() -> Option<Vec<Real>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let root = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or(beside, PathBuf::from).join("igc-sante");
    if !root.is_dir() {
        println!(
            "no real certificates at {}: set ESTAMPILLE_REAL_DATA; this test proved nothing",
            root.display()
        );
        return None;
    }
    let mut all = Vec::new();
    for folder in ["ca", "crl", "end-entity"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().trim_end_matches(".pem").to_owned();
            let file = fs::read(&path).unwrap();
            let der = pem::scan(&file).blocks()[0].der().to_vec();
            all.push(Real { folder, name, file, der });
        }
    }
    all.sort_by(|a, b| (a.folder, &a.name).cmp(&(b.folder, &b.name)));
    Some(all)
}

#[test]
fn every_real_file_has_its_reviewed_report() {
    let Some(all) = real_data() else { return };
    let lists: Vec<&Real> = all.iter().filter(|real| real.folder == "crl").collect();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/reports");
    let review = std::env::var_os("ESTAMPILLE_REVIEW").is_some();
    let mut names = BTreeSet::new();
    let mut wrong = Vec::new();
    for real in &all {
        let written = match real.folder {
            "crl" => list_report(real),
            _ => certificate_report(real, &lists),
        };
        let path = kept.join(real.folder).join(format!("{}.txt", real.name));
        names.insert(path.clone());
        if review {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &written).unwrap();
        }
        if fs::read_to_string(&path).ok().as_ref() != Some(&written) {
            wrong.push(format!("{}\n{written}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "not the reviewed report:\n{}", wrong.join("\n"));
    let folders = ["ca", "crl", "end-entity"].into_iter().map(|folder| kept.join(folder));
    let found: BTreeSet<PathBuf> =
        folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path())).collect();
    assert_eq!(found, names, "a report of no file");
}

/// What is said of one certificate, at the moments that matter.
fn certificate_report(real: &Real, lists: &[&Real]) -> String {
    let certificate = Certificate::read(&real.der).unwrap();
    let (from, until) = (Timestamp(certificate.not_before()), Timestamp(certificate.not_after()));
    let is_valid = |at: &str| (from..=until).contains(&Timestamp::parse(at).unwrap());
    let within = Timestamp(from.0.midpoint(until.0));
    let mut out = String::new();
    let mut add = |title: &str, at: Timestamp, lists: &[&Real]| {
        let report = checked(real, at, lists);
        let found = judged(&certificate, at, lists);
        writeln!(out, "== {title}\n{}", summary(&certificate, &report, &found)).unwrap();
    };
    add("on 2026-11-20", Timestamp::parse(TODAY).unwrap(), &[]);
    add("in the middle of its validity", within, &[]);
    if is_valid(IN_TIME) {
        add("on 2019-06-30, with both lists", Timestamp::parse(IN_TIME).unwrap(), lists);
    }
    if is_valid(PAST) {
        add(
            "on 2019-08-01, with both lists, which are past their time",
            Timestamp::parse(PAST).unwrap(),
            lists,
        );
    }
    out
}

/// The report, as the page and the package have it.
fn checked(real: &Real, at: Timestamp, lists: &[&Real]) -> CheckReport {
    let engine = RustCrypto::new(|_: &mut [u8]| Err(RandomnessError));
    let context = Context { locale: Locale::Fr, now: at, engine: &engine };
    let input = CheckInput {
        certificate: Some(FileInput::new(real.file.clone())),
        crls: Some(lists.iter().map(|list| FileInput::new(list.file.clone())).collect()),
        ..CheckInput::default()
    };
    pki::block_on(certificate::check(&context, input)).unwrap().unwrap()
}

/// The same with the cases of its findings.
fn judged(certificate: &Certificate, at: Timestamp, lists: &[&Real]) -> CertificateFindings {
    let files: Vec<FileInput> = lists.iter().map(|list| FileInput::new(list.der.clone())).collect();
    let (lists, unreadable) = certificate::revocation_lists(&files);
    let surroundings = Surroundings::new(vec![], vec![]).with_lists(lists, unreadable);
    let mut batch = Batch::new(&surroundings);
    let ticket = batch.add(certificate, None);
    let outcomes: Vec<SignatureOutcome> = batch.tasks().iter().map(verify_now).collect();
    let expected = Expected::default();
    let input = CertificateInput {
        certificate,
        csr: None,
        private_key: PrivateKeyGiven::None,
        expected: &expected,
        at,
    };
    batch.check(&input, &ticket, &outcomes)
}

/// What the report decides. The certificate's own words are left out.
fn summary(certificate: &Certificate, report: &CheckReport, found: &CertificateFindings) -> String {
    let name = certificate.common_name().unwrap_or_else(|| certificate.subject().rfc4514());
    let codes: Vec<&str> = found.findings.iter().map(|finding| finding.code()).collect();
    let public: Vec<&str> = report.findings.iter().map(|finding| finding.code.as_ref()).collect();
    assert_eq!(codes, public, "the public report says what was judged");

    let facts = &report.certificate;
    let mut out = String::new();
    let mut line = |key: &str, value: &str| writeln!(out, "{key:<12} {value}").unwrap();
    line("verdict", report.verdict.as_ref());
    line("headline", &report.headline.replace(&name, "<name>"));
    let product = facts.product.as_ref().map_or("none", AsRef::as_ref);
    line("product", &format!("{product}, {}", facts.product_confidence.as_ref()));
    line("environment", facts.environment.as_ref());
    line("gamme", facts.gamme.as_ref().map_or("none", AsRef::as_ref));
    let pinned: Vec<&str> =
        report.chain.iter().map(|element| if element.pinned { "pinned" } else { "not pinned" }).collect();
    line("chain", &pinned.join(", "));
    for finding in found.findings.iter().filter(|finding| finding.severity > Severity::Ok) {
        line(finding.severity.as_str(), &finding.topic.to_string());
    }
    let passed: Vec<String> = found
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Ok)
        .map(|finding| finding.topic.to_string())
        .collect();
    line("ok", &passed.join(" "));
    out
}

/// What is said of a list that is given as a certificate, and whose it is.
fn list_report(real: &Real) -> String {
    let engine = RustCrypto::new(|_: &mut [u8]| Err(RandomnessError));
    let now = Timestamp::parse(TODAY).unwrap();
    let context = Context { locale: Locale::Fr, now, engine: &engine };
    let input = CheckInput { certificate: Some(FileInput::new(real.file.clone())), ..CheckInput::default() };
    let error = pki::block_on(certificate::check(&context, input)).unwrap().unwrap_err();
    let (lists, unreadable) = certificate::revocation_lists(&[FileInput::new(real.file.clone())]);
    assert_eq!((lists.len(), unreadable), (1, 0));
    let list = &lists[0];
    let signer = Authority::all().iter().find(|authority| {
        verify_now(&list.signature_task(authority.public_key())) == SignatureOutcome::Valid
    });
    let kind = match (list.is_delta(), list.scope().is_some()) {
        (true, _) => "delta",
        (false, true) => "partial",
        (false, false) => "full",
    };
    format!(
        "as a certificate  refused: {}, {}\nkind              {kind}\nsigned by         {}\nin its time       {} to {}\n",
        error.topic,
        error.findings[0].topic,
        signer.map_or("nobody known", |authority| authority.stem),
        Timestamp(list.this_update()),
        list.next_update().map_or_else(|| "no end".to_owned(), |until| Timestamp(until).to_string()),
    )
}

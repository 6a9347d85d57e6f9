//! The main job, natively: a city laboratory learns what to order, makes key and request, keeps the key, and later
//! sees whose certificate it received.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

use estampille::{
    Context,
    contract::{
        CheckInput, CsrRequest, Expected, FileInput, KeyInput, LegalEntity, OrderProfile, Secret, Site,
        SoftwareInstance, Subject,
    },
    key_file::{ReadBack, read_back},
    order, request,
};
use messages::Locale;
use pki::{
    block_on,
    rustcrypto::{RandomnessError, RustCrypto},
};
use vocabulary::Timestamp;

const PASSPHRASE: &str = "six mots écrits sur papier à 12 €";

fn engine() -> RustCrypto<impl pki::rustcrypto::Randomness> {
    RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError))
}

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-20T09:00:00Z").unwrap()
}

fn laboratory() -> OrderProfile {
    OrderProfile {
        sector: text("lbm-ville"),
        legal_entities: Some(vec![LegalEntity {
            id: text("selas"),
            name: text("LABORATOIRE DES TROIS PONTS"),
            sites: Some(vec![Site { id: text("s1"), finess_et: text("59 004 9011"), ..Site::default() }]),
            ..LegalEntity::default()
        }]),
        instances: Some(vec![SoftwareInstance {
            id: text("sgl"),
            name: text("SGL"),
            services: Some(vec!["dmp".to_owned(), "insi-manu".to_owned()]),
            ..SoftwareInstance::default()
        }]),
        ..OrderProfile::default()
    }
}

fn insi_request() -> CsrRequest {
    CsrRequest {
        product: text("ORG_AUTH_CLI"),
        subject: Some(Subject {
            department: text("Nord (59)"),
            organization: text("LABORATOIRE DES TROIS PONTS"),
            structure_id: text("1590049011"),
            common_name: text("INSI-MANU"),
            country: None,
        }),
        passphrase: Some(Secret::new(PASSPHRASE.to_owned())),
        ..CsrRequest::default()
    }
}

#[test]
fn from_the_sector_to_a_kept_key_and_its_request() {
    let plan = order::recommend(Locale::Fr, now(), &laboratory()).unwrap();
    assert_eq!(plan.bearer, "et-site-principal");
    let insi =
        plan.certificates.iter().find(|c| c.common_name.value.as_deref() == Some("INSI-MANU")).unwrap();
    assert_eq!(insi.structure_id.as_deref(), Some("1590049011"));
    assert_eq!(request::department_of("1590049011"), Some("Nord (59)"));

    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    let bundle = block_on(request::create(&context, insi_request())).unwrap().unwrap();
    assert_eq!(
        bundle.subject_rfc4514,
        "CN=INSI-MANU,OU=1590049011,O=LABORATOIRE DES TROIS PONTS,ST=Nord (59),C=FR"
    );
    assert_eq!(bundle.file_stem, "org-auth-cli_insi-manu_590049011_2026-11-20");
    assert!(bundle.private_key_pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    assert!(bundle.findings.iter().all(|finding| finding.severity != "error"));

    let file = FileInput::new(bundle.private_key_pem.as_bytes().to_vec());
    let back = |passphrase: &str, fingerprint: &str| {
        block_on(read_back(&engine, &file, &Secret::new(passphrase.to_owned()), fingerprint)).unwrap()
    };
    assert_eq!(back(PASSPHRASE, &bundle.public_key_sha256), Ok(ReadBack::Kept));
    assert_eq!(back(PASSPHRASE, &"0".repeat(64)), Ok(ReadBack::Another));
    assert_eq!(back("six mots", &bundle.public_key_sha256).unwrap_err().code(), "wrong-passphrase");

    let expected = Expected {
        product: text("ORG_AUTH_CLI"),
        structure_id: text("1590049011"),
        common_name: text("INSI-MANU"),
        ..Expected::default()
    };
    let csr = FileInput::new(bundle.csr_pem.into_bytes());
    let report = block_on(request::inspect(&context, &csr, Some(&expected))).unwrap().unwrap();
    assert_eq!((report.verdict.as_ref(), report.signature_valid), ("pass", true), "{:#?}", report.findings);
    let types: Vec<&str> = report.subject.iter().map(|(_, _, kind)| kind.as_str()).collect();
    assert_eq!(types, ["PrintableString", "UTF8String", "UTF8String", "UTF8String", "UTF8String"]);

    // Another expectation on the same request.
    let other = Expected { common_name: text("INSI-AUTO"), ..expected };
    let report = block_on(request::inspect(&context, &csr, Some(&other))).unwrap().unwrap();
    assert_eq!(report.verdict, "fail");
}

#[test]
fn an_existing_key_is_taken_and_told() {
    let engine = engine();
    let context = Context { locale: Locale::En, now: now(), engine: &engine };
    let first = block_on(request::create(&context, insi_request())).unwrap().unwrap();
    let key = KeyInput {
        private_key: Some(FileInput::new(first.private_key_pem.as_bytes().to_vec())),
        passphrase: Some(Secret::new(PASSPHRASE.to_owned())),
        ..KeyInput::default()
    };
    let again = CsrRequest { key: Some(key.clone()), ..insi_request() };
    let second = block_on(request::create(&context, again)).unwrap().unwrap();
    assert_eq!(second.public_key_sha256, first.public_key_sha256);
    assert!(second.findings.iter().any(|finding| finding.code == "key-reused"));

    let refused = |key: KeyInput| {
        let request = CsrRequest { key: Some(key), ..insi_request() };
        let error = block_on(request::create(&context, request)).unwrap().unwrap_err();
        (error.code(), error.field)
    };
    let wrong = KeyInput { passphrase: Some(Secret::new("non".to_owned())), ..key.clone() };
    assert_eq!(refused(wrong), ("wrong-passphrase", text("key.passphrase")));
    assert_eq!(
        refused(KeyInput { passphrase: None, ..key }),
        ("passphrase-required", text("key.passphrase"))
    );
    for noise in [Vec::new(), vec![0x30; 1_000_000], b"-----BEGIN PRIVATE KEY-----\n".to_vec()] {
        let noise = KeyInput { private_key: Some(FileInput::new(noise)), ..KeyInput::default() };
        let (code, field) = refused(noise);
        assert!(["not-a-private-key", "malformed-key"].contains(&code), "{code}");
        assert_eq!(field, text("key.privateKey"));
    }
}

#[test]
fn a_key_leaves_in_clear_only_when_asked() {
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    for empty in [None, Some(Secret::default())] {
        let request = CsrRequest { passphrase: empty, ..insi_request() };
        let error = block_on(request::create(&context, request)).unwrap().unwrap_err();
        assert_eq!((error.code(), error.field.as_deref()), ("passphrase-required", Some("passphrase")));
    }
    let request = CsrRequest { passphrase: None, allow_plain_key: Some(true), ..insi_request() };
    let bundle = block_on(request::create(&context, request)).unwrap().unwrap();
    assert!(bundle.private_key_pem.starts_with("-----BEGIN PRIVATE KEY-----"));
    assert!(bundle.findings.iter().any(|finding| finding.code == "plain-key"));
}

#[test]
fn what_is_no_certificate_is_refused_with_its_field() {
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    let refused = |input: CheckInput| {
        let error = block_on(estampille::certificate::check(&context, input)).unwrap().unwrap_err();
        (error.code(), error.field)
    };
    let noise: Vec<u8> = (0..1_000_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
    for bytes in [Vec::new(), noise, b"<html><body>Erreur 500</body></html>".to_vec()] {
        let input = CheckInput { certificate: Some(FileInput::new(bytes)), ..CheckInput::default() };
        assert_eq!(refused(input), ("not-a-certificate", text("certificate")));
    }
    assert_eq!(refused(CheckInput::default()), ("invalid-input", text("certificate")));
}

/// The certificates of the reference folder, or a word that they are not there.
fn real(names: [&str; 2]) -> Option<Vec<u8>> {
    let folder = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"),
        std::path::PathBuf::from,
    );
    let folder = folder.join("igc-sante/end-entity");
    let mut all = Vec::new();
    for name in names {
        match std::fs::read(folder.join(name)) {
            Ok(bytes) => all.extend(bytes),
            Err(_) => {
                println!("{} is not there: the real certificates were not tried", folder.display());
                return None;
            }
        }
    }
    Some(all)
}

#[test]
fn of_several_certificates_the_one_meant_is_judged() {
    let names = ["test-el-org-auth-cli-insi-manu-2021.pem", "test-el-org-auth-cli-insi-auto-2021.pem"];
    let Some(both) = real(names) else { return };
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    let check = |expected: Option<Expected>, csr: Option<FileInput>| {
        let input = CheckInput {
            certificate: Some(FileInput::new(both.clone())),
            at: text("2023-01-01"),
            expected,
            csr,
            ..CheckInput::default()
        };
        block_on(estampille::certificate::check(&context, input)).unwrap().unwrap()
    };
    let first = check(None, None);
    assert_eq!(first.certificate.common_name.as_deref(), Some("INSI-MANU"));
    assert!(first.findings.iter().any(|finding| finding.code == "several-certificates"));
    assert!(first.chain.last().is_some_and(|issuer| issuer.pinned), "{:#?}", first.chain);
    let named = check(Some(Expected { common_name: text("INSI-AUTO"), ..Expected::default() }), None);
    assert_eq!(named.certificate.common_name.as_deref(), Some("INSI-AUTO"));
    // A request that is none loses nothing but the comparison.
    let beside = check(None, Some(FileInput::new(b"<html>".to_vec())));
    assert!(beside.findings.iter().any(|finding| finding.code == "side-file-unreadable"));
    assert!(!beside.findings.iter().any(|finding| finding.code == "key-matches-csr"));
}

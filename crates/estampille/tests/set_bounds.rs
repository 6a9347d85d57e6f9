//! Large and hostile sets: the work grows with the files, and ends.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

#[path = "support/set.rs"]
mod support;

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    time::Instant,
};

use estampille::{
    contract::{FileInput, SetFile, SetOptions, SetReport},
    set::{MAX_CERTIFICATES, MAX_FILES, MAX_OCTETS},
};
use pki::{
    engine::{Engine, EngineError, EngineName},
    key::{PrivateKey, RsaBits},
    passphrase::Passphrase,
    pem,
    signature::{SignatureOutcome, SignatureTask},
};
use support::{
    authority::{AUTHORITY, Recipe},
    der, run_with,
};

/// Counts what it is asked; says "valid" without looking unless told to look.
#[derive(Default)]
struct Counting {
    batches: Cell<usize>,
    tasks: RefCell<Vec<SignatureTask>>,
    decryptions: Cell<usize>,
    looks: bool,
}

impl Engine for Counting {
    fn name(&self) -> EngineName {
        EngineName::Wasm
    }

    async fn generate_rsa(&self, _: RsaBits) -> Result<PrivateKey, EngineError> {
        Err(EngineError::Unavailable)
    }

    async fn sign(&self, _: &PrivateKey, _: &[u8]) -> Result<Vec<u8>, EngineError> {
        Err(EngineError::Unavailable)
    }

    async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
        self.batches.set(self.batches.get() + 1);
        self.tasks.borrow_mut().extend_from_slice(tasks);
        if self.looks {
            return tasks.iter().map(pki::rustcrypto::verify_now).collect();
        }
        vec![SignatureOutcome::Valid; tasks.len()]
    }

    async fn encrypt(&self, _: &PrivateKey, _: &Passphrase) -> Result<Vec<u8>, EngineError> {
        Err(EngineError::Unavailable)
    }

    async fn decrypt(&self, _: &[u8], _: &Passphrase) -> Result<PrivateKey, EngineError> {
        self.decryptions.set(self.decryptions.get() + 1);
        Err(EngineError::WrongPassphrase)
    }
}

/// `count` certificates of different names and keys, under an intermediate authority and its root.
fn estate(count: usize) -> Vec<SetFile> {
    let root = Recipe::authority(AUTHORITY, "authority");
    let mut intermediate = Recipe::authority(INTERMEDIATE, "impostor");
    intermediate.issuer = root.subject.clone();
    let mut files: Vec<SetFile> =
        (0..count).map(|number| file(&format!("{number}.cer"), leaf(number))).collect();
    files.insert(count / 2, file("chaine.pem", intermediate.der()));
    files.push(file("racine.cer", root.der()));
    files
}

const INTERMEDIATE: &[&str] = &["C=FR", "O=ESSAI", "CN=AC intermédiaire d'essai"];

/// A real one is made once; the others differ by name and key, and bear its signature.
fn leaf(number: usize) -> Vec<u8> {
    let mut recipe = Recipe {
        issuer: INTERMEDIATE.iter().map(|part| (*part).to_owned()).collect(),
        signed_by: support::authority::Holder::Impostor,
        ..Recipe::default()
    };
    recipe.subject[4] = format!("CN=Application {number}");
    recipe.key = format!("made-up-{number}");
    recipe.signature = Some(vec![7; 256]);
    recipe.der()
}

fn file(name: &str, der: Vec<u8>) -> SetFile {
    SetFile { name: name.to_owned(), bytes: FileInput::new(der) }
}

fn options() -> SetOptions {
    SetOptions {
        at: Some("2026-11-20".to_owned()),
        trust_anchors: Some(vec![support::authority_file()]),
        ..SetOptions::default()
    }
}

fn codes(report: &SetReport) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.code.as_ref()).collect()
}

#[test]
fn a_thousand_certificates_ask_each_signature_once_in_one_batch() {
    let files = estate(1_000);
    let engine = Counting::default();
    let started = Instant::now();
    let report = run_with(&engine, &files, &options());
    println!("1,000 certificates, signatures not counted: {} ms", started.elapsed().as_millis());
    assert_eq!(engine.batches.get(), 1);
    let tasks = engine.tasks.into_inner();
    // Each leaf by the intermediate authority, the intermediate by the root, the root by itself at most.
    assert!((1_001..=1_002).contains(&tasks.len()), "{}", tasks.len());
    assert_eq!(tasks.iter().collect::<HashSet<_>>().len(), tasks.len());
    let reported: Vec<_> = report.items.iter().filter_map(|item| item.report.as_ref()).collect();
    assert_eq!(reported.len(), 1_000);
    assert!(reported.iter().all(|report| report.chain.len() == 3), "{:?}", reported[0].chain);
    assert_eq!(codes(&report), Vec::<&str>::new());
}

#[test]
fn ten_times_more_certificates_take_about_ten_times_longer() {
    let time = |count: usize| {
        let files = estate(count);
        let shortest = (0..3).map(|_| {
            let started = Instant::now();
            run_with(&Counting::default(), &files, &options());
            started.elapsed()
        });
        shortest.min().unwrap()
    };
    let (few, many) = (time(200), time(2_000));
    println!("200: {} ms, 2,000: {} ms", few.as_millis(), many.as_millis());
    assert!(many < few * 25, "{few:?} then {many:?}");
}

#[test]
fn signatures_of_a_set_are_really_verified() {
    let mut files = estate(3);
    let right = Recipe { ..Recipe::default() }.der();
    files.push(file("juste.cer", right));
    let report = run_with(&Counting { looks: true, ..Counting::default() }, &files, &options());
    let trusted = |name: &str| {
        let item = report.items.iter().find(|item| item.name == name).unwrap();
        let mut findings = report.findings_of(item);
        findings.find(|finding| finding.code == "chain-trusted").unwrap().severity.to_string()
    };
    assert_eq!((trusted("0.cer").as_str(), trusted("juste.cer").as_str()), ("error", "warning"));
}

#[test]
fn a_bundle_of_ten_thousand_and_one_certificates_ends_with_a_finding() {
    let der = leaf(0);
    let place = der.windows(13).position(|window| window == b"Application 0").unwrap() + 8;
    let mut bundle = String::new();
    for number in 0..=MAX_CERTIFICATES {
        let mut der = der.clone();
        der[place..place + 5].copy_from_slice(format!("{number:05}").as_bytes());
        bundle.push_str(&pem::encode(pem::CERTIFICATE, &der));
    }
    let (first, rest) = bundle.split_at(bundle.len() / 2);
    let cut = first.rfind("-----BEGIN").unwrap();
    let files = [
        file("a.pem", bundle.as_bytes()[..cut].to_vec()),
        file("b.pem", [&first.as_bytes()[cut..], rest.as_bytes()].concat()),
    ];
    let report = run_with(&Counting::default(), &files, &SetOptions::default());
    assert!(codes(&report).contains(&"set-too-large"), "{:?}", codes(&report));
    assert_eq!(report.items.iter().filter(|item| item.report.is_some()).count(), MAX_CERTIFICATES);
    assert_eq!(report.verdict, "fail");
}

#[test]
fn too_many_files_are_refused_and_the_first_ones_read() {
    let files: Vec<SetFile> = (0..=MAX_FILES).map(|number| file(&number.to_string(), vec![b'x'])).collect();
    let report = run_with(&Counting::default(), &files, &SetOptions::default());
    assert_eq!(codes(&report), ["set-too-large"]);
    assert_eq!(report.items.len(), MAX_FILES);
}

#[test]
fn too_many_octets_are_refused_and_the_first_ones_read() {
    let files = [file("a.cer", leaf(0)), file("b", vec![0x30; MAX_OCTETS]), file("c.cer", leaf(1))];
    let report = run_with(&Counting::default(), &files, &SetOptions::default());
    assert_eq!(codes(&report), ["set-too-large"]);
    assert_eq!(report.items.iter().filter(|item| item.report.is_some()).count(), 1);
    assert_eq!(report.items.len(), 3);
}

/// Authorities of one name that all could have signed one another, and everything else.
#[test]
fn a_heap_of_authorities_of_one_name_ends() {
    let name: &[&str] = &["C=FR", "CN=Une même autorité"];
    let files: Vec<SetFile> = (0..400)
        .map(|number| {
            let mut recipe = Recipe::authority(name, &format!("made-up-{number}"));
            recipe.serial = format!("01{number:06}");
            recipe.signature = Some(vec![7; 256]);
            if number % 2 == 0 {
                recipe.basic_constraints = "end-entity".into();
                recipe.subject = vec![format!("CN={number}")];
            }
            file(&format!("{number}.cer"), recipe.der())
        })
        .collect();
    let engine = Counting::default();
    let report = run_with(&engine, &files, &SetOptions::default());
    assert_eq!(report.items.iter().filter(|item| item.report.is_some()).count(), 200);
    assert!(engine.tasks.borrow().len() <= 50_000);
}

#[test]
fn passphrases_are_tried_a_bounded_number_of_times() {
    let key = support::seed("key-aes-256-cbc.pem");
    let octets = pem::scan(&key).blocks()[0].der().to_vec();
    let files: Vec<SetFile> = (0..1_000)
        .map(|number: u16| {
            // Another ciphertext each time.
            let mut octets = octets.clone();
            let end = octets.len();
            octets[end - 2..].copy_from_slice(&number.to_be_bytes());
            file(&format!("{number}.key"), octets)
        })
        .collect();
    let passphrases = (0..50).map(|number| support::secret(&number.to_string())).collect();
    let options = SetOptions { passphrases: Some(passphrases), ..SetOptions::default() };
    let engine = Counting::default();
    let report = run_with(&engine, &files, &options);
    assert!((10_000..=12_000).contains(&engine.decryptions.get()), "{}", engine.decryptions.get());
    assert_eq!(report.items.len(), 1_000);
    assert!(report.items.iter().all(|item| item.findings[0].code == "key-locked"));
    // The same key twice is tried once.
    let twice = [file("a.key", octets.clone()), file("b.key", octets)];
    let engine = Counting::default();
    let options = SetOptions { passphrases: Some(vec![support::secret("a")]), ..SetOptions::default() };
    run_with(&engine, &twice, &options);
    assert_eq!(engine.decryptions.get(), 1);
}

#[test]
fn hostile_bytes_never_stop_the_others() {
    let mut files = vec![file("bon.cer", Recipe::default().der())];
    let good = Recipe::default().der();
    for cut in (0..good.len()).step_by(97) {
        files.push(file(&format!("{cut}.cer"), good[..cut].to_vec()));
    }
    files.push(file("nid.der", der::tlv(0x30, &[0x30, 0x80].repeat(20_000))));
    files.push(file("../../../etc/passwd\u{202e}\n", vec![0; 3]));
    let report = run_with(&Counting::default(), &files, &options());
    assert_eq!(report.items.iter().filter(|item| item.report.is_some()).count(), 1);
    assert_eq!(report.items.len(), files.len());
}

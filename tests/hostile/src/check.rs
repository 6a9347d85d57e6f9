//! The use cases, from bytes to the report that a person reads.

use std::hint::black_box;

use estampille::Context;
use estampille::contract::{AssembleInput, CheckInput, Expected, FileInput, Finding, RenewalInput, Secret};
use messages::Locale;
use pki::engine::Engine;
use pki::rustcrypto::{RandomnessError, RustCrypto};
use vocabulary::Timestamp;

use crate::keys::SECRET;
use crate::parts::split;

/// 2026-07-01T00:00:00Z, while the seeds are valid.
pub(crate) const NOW: Timestamp = Timestamp(1_782_864_000);

/// `certificate, request, key, chain, list`: each may be absent.
pub(crate) fn certificate(bytes: &[u8]) {
    check(split::<5>(bytes));
}

/// Checks `certificate, request, key, chain, list`; each may be empty for absent.
pub fn check([certificate, csr, key, chain, list]: [&[u8]; 5]) {
    let input = CheckInput {
        certificate: Some(FileInput::new(certificate.to_vec())),
        csr: given(csr),
        private_key: given(key),
        passphrase: given(key).map(|_| Secret::new(SECRET.to_owned())),
        chain: given(chain).map(|file| vec![file.clone()]),
        trust_anchors: given(chain).map(|file| vec![file]),
        crls: given(list).map(|file| vec![file]),
        expected: Some(expected()),
        at: None,
    };
    match run(estampille::certificate::check(&context(&engine()), input)) {
        Ok(report) => {
            assert!(!report.headline.is_empty(), "a verdict in a sentence");
            one_line(&report.headline, "headline");
            ask(&report.findings);
            black_box(report.certificate);
        }
        Err(error) => drop(black_box(messages::error(Locale::Fr, &error))),
    }
}

pub(crate) fn request(bytes: &[u8]) {
    let file = FileInput::new(bytes.to_vec());
    match run(estampille::request::inspect(&context(&engine()), &file, Some(&expected()))) {
        Ok(report) => ask(&report.findings),
        Err(error) => drop(black_box(messages::error(Locale::En, &error))),
    }
}

/// With the secret of the seeds, and without any.
pub(crate) fn identify(bytes: &[u8]) {
    let file = FileInput::new(bytes.to_vec());
    for secret in [None, Some(Secret::new(SECRET.to_owned()))] {
        let report = estampille::identify::identify(&context(&engine()), &file, secret.as_ref());
        assert!(!report.items.is_empty() || !report.findings.is_empty(), "something is said of any file");
        ask(&report.findings);
        black_box(report);
    }
}

/// `certificate, key, chain`. Nothing is written, since there is no randomness to write with.
pub(crate) fn kit(bytes: &[u8]) {
    let [certificate, key, chain] = split::<3>(bytes);
    let input = AssembleInput {
        certificate: Some(FileInput::new(certificate.to_vec())),
        private_key: given(key),
        passphrase: Some(Secret::new(SECRET.to_owned())),
        chain: given(chain).map(|file| vec![file]),
        output_passphrase: Some(Secret::new("azerty-azerty".to_owned())),
        ..AssembleInput::default()
    };
    let refused = run(estampille::kit::assemble(&context(&engine()), |_| false, input));
    black_box(messages::error(Locale::Fr, &refused.expect_err("nothing is written without randomness")));
}

/// From an old certificate to the request of the next.
pub(crate) fn renewal(bytes: &[u8]) {
    let [certificate, request] = split::<2>(bytes);
    let certificate = FileInput::new(certificate.to_vec());
    let input = RenewalInput { certificate: Some(certificate.clone()), ..RenewalInput::default() };
    match estampille::renewal::prepare(Locale::Fr, NOW, &input) {
        Ok(renewal) => drop(black_box(renewal)),
        Err(error) => drop(black_box(messages::error(Locale::Fr, &error))),
    }
    let _ = black_box(estampille::renewal::check_new_key(&certificate, &FileInput::new(request.to_vec())));
}

fn given(part: &[u8]) -> Option<FileInput> {
    (!part.is_empty()).then(|| FileInput::new(part.to_vec()))
}

fn expected() -> Expected {
    Expected {
        product: Some("ORG_AUTH_CLI".to_owned()),
        structure_id: Some("1750712184".to_owned()),
        common_name: Some("INSI-AUTO".to_owned()),
        dns_names: Some(vec!["essai.example".to_owned()]),
        environment: None,
    }
}

pub(crate) fn ask(findings: &[Finding]) {
    for finding in findings {
        // A topic without a text is written as its key, which has no space.
        assert!(finding.title.contains(' '), "{} has no text: {:?}", finding.code, finding.title);
        let text = [Some(&finding.title), finding.detail.as_ref(), finding.action.as_ref()];
        for text in text.into_iter().flatten() {
            one_line(text, &finding.code);
        }
    }
}

/// What a person reads does not turn the other way or break off by what a stranger wrote into a file.
fn one_line(text: &str, whence: &str) {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(|c: char| c.is_control() || turns(c)), "{whence}: {text:?}");
}

pub(crate) fn context<E: Engine>(engine: &E) -> Context<'_, E> {
    Context { locale: Locale::Fr, now: NOW, engine }
}

/// Reading needs no randomness: whoever draws fails.
pub(crate) fn engine() -> impl Engine {
    RustCrypto::new(|_: &mut [u8]| Err(RandomnessError))
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    pki::block_on(future).expect("the native engine does not wait")
}

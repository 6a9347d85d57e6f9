//! The commands we hand out, run as a person would run them, make the subject we make.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a broken expectation must stop the test with its reason"
)]

use conformance::{Case, Folder, keytool, openssl, shell_line, subjects};
use pki::key::RsaBits;
use pki::request::{AlternativeNames, CertificationRequest};
use pki::rustcrypto::verify_now;
use pki::server_commands::{self, CommandRequest, FileStem};
use pki::signature::SignatureOutcome;

const PASSPHRASE: &[u8] = b"correct horse\ncorrect horse\n";

fn run_lines(folder: &Folder, commands: &str) {
    for line in commands.lines() {
        let verdict = shell_line(folder.path(), line, PASSPHRASE);
        assert!(verdict.accepted, "{line}\n{}{}", verdict.text(), verdict.complaint);
    }
}

fn with_openssl(case: &Case, names: &AlternativeNames) -> CertificationRequest {
    let files = FileStem::new(format!("t_{}", case.name)).unwrap();
    let commands = server_commands::openssl(&CommandRequest {
        subject: &case.subject,
        alternative_names: names,
        bits: RsaBits::Bits2048,
        files: &files,
    })
    .unwrap();
    let folder = Folder::new();
    folder.write(&format!("{files}.cnf"), &commands.config);
    run_lines(&folder, &commands.commands);
    let key = String::from_utf8(folder.read(&format!("{files}.key"))).unwrap();
    assert!(key.contains("BEGIN ENCRYPTED PRIVATE KEY"), "{key}");
    CertificationRequest::read(&folder.read(&format!("{files}.csr"))).unwrap()
}

fn with_keytool(case: &Case, names: &AlternativeNames) -> CertificationRequest {
    let files = FileStem::new(format!("t_{}", case.name)).unwrap();
    let commands = server_commands::keytool(&CommandRequest {
        subject: &case.subject,
        alternative_names: names,
        bits: RsaBits::Bits2048,
        files: &files,
    })
    .unwrap();
    let folder = Folder::new();
    run_lines(&folder, &commands.commands);
    CertificationRequest::read(&folder.read(&format!("{files}.csr"))).unwrap()
}

fn judge(case: &Case, made: &CertificationRequest) {
    assert_eq!(
        made.subject().raw(),
        case.subject.distinguished_name().raw(),
        "{}: {} instead of {}",
        case.name,
        made.subject(),
        case.subject.distinguished_name()
    );
    assert_eq!(verify_now(&made.signature_task()), SignatureOutcome::Valid, "{}", case.name);
    assert_eq!(made.signature_algorithm().name(), "sha256WithRSAEncryption");
    assert_eq!(made.public_key().bits(), Some(2048));
}

#[test]
fn openssl_makes_the_same_subject() {
    if openssl().is_none() {
        return;
    }
    for case in subjects() {
        let made = with_openssl(&case, &AlternativeNames::default());
        judge(&case, &made);
        assert!(made.attributes().is_empty(), "{}", case.name);
    }
}

#[test]
fn keytool_makes_the_same_subject() {
    if keytool().is_none() {
        return;
    }
    // Values travel in hexadecimal: a few of each length and alphabet say it all, at three seconds
    // a case.
    let telling = ["laboratory", "rhone", "forty", "quote", "semicolon", "emoji", "longest", "minimal"];
    for case in subjects() {
        if !telling.contains(&case.name) {
            continue;
        }
        let made = with_keytool(&case, &AlternativeNames::default());
        judge(&case, &made);
        assert!(made.extensions().subject_alt_names().is_empty());
    }
}

#[test]
fn both_ask_for_the_same_alternative_names() {
    let hosts = ["www.lilas.example", "lilas.example", "a-b.lilas.example"];
    let mails = ["pki+dmp@lilas.example"];
    let names =
        AlternativeNames::new(hosts.map(str::to_owned).to_vec(), mails.map(str::to_owned).to_vec()).unwrap();
    let case = &subjects()[0];
    let check = |made: &CertificationRequest| {
        judge(case, made);
        assert_eq!(made.extensions().dns_names(), hosts);
        assert_eq!(made.extensions().emails(), mails);
    };
    if openssl().is_some() {
        check(&with_openssl(case, &names));
    }
    if keytool().is_some() {
        check(&with_keytool(case, &names));
    }
}

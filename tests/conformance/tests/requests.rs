//! OpenSSL judges the requests we write.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a broken expectation must stop the test with its reason"
)]

use conformance::{Case, Folder, engine, keytool, openssl, run, subjects};
use pki::key::{PrivateKey, RsaBits};
use pki::request::{AlternativeNames, Csr, RequestContent, create};

fn request(case: &Case, names: AlternativeNames, key: &PrivateKey) -> Csr {
    let content = RequestContent { subject: case.subject.clone(), alternative_names: names };
    run(create(&content, key, &engine())).unwrap()
}

#[test]
fn signature_subject_and_string_types() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let key = engine().generate_rsa_now(RsaBits::Bits2048).unwrap();
    for case in subjects() {
        let csr = request(&case, AlternativeNames::default(), &key);
        folder.write("request.csr", csr.pem());
        let ask = |options: &[&str]| {
            let mut arguments = vec!["req", "-in", "request.csr", "-noout"];
            arguments.extend(options);
            openssl.demand(folder.path(), &arguments, b"")
        };

        let verified = ask(&["-verify"]);
        assert!(
            verified.complaint.contains("verify OK") || verified.text().contains("verify OK"),
            "{}",
            case.name
        );

        let name = csr.request().subject();
        let printed = ask(&["-subject", "-nameopt", "RFC2253,-esc_msb,utf8"]).text();
        assert_eq!(printed, format!("subject={}\n", name.rfc4514()));
        let printed = ask(&["-subject", "-nameopt", "oneline,-esc_msb,utf8"]).text();
        assert_eq!(printed, format!("subject={}\n", name.openssl()));

        let dump = openssl.demand(folder.path(), &["asn1parse", "-in", "request.csr"], b"").text();
        let strings: Vec<&str> = dump
            .lines()
            .filter_map(|line| line.split_once("prim: "))
            .map(|(_, rest)| rest.split_whitespace().next().unwrap())
            .filter(|kind| kind.ends_with("STRING"))
            .collect();
        let expected: Vec<&str> = case
            .subject
            .parts()
            .map(|(field, _)| match field.short_name() {
                "C" => "PRINTABLESTRING",
                _ => "UTF8STRING",
            })
            .collect();
        assert_eq!(strings, expected, "{}\n{dump}", case.name);

        let text = ask(&["-text"]).text();
        assert!(text.contains("sha256WithRSAEncryption"), "{text}");
        // What OpenSSL 3 prints for an empty set.
        assert!(text.contains("Attributes:\n            (none)"), "{text}");
        assert!(csr.request().attributes().is_empty());
    }
}

#[test]
fn keytool_reads_the_subject_as_we_print_it() {
    let Some(keytool) = keytool() else { return };
    let folder = Folder::new();
    let key = engine().generate_rsa_now(RsaBits::Bits2048).unwrap();
    for case in subjects() {
        let csr = request(&case, AlternativeNames::default(), &key);
        folder.write("request.csr", csr.pem());
        let arguments = ["-J-Duser.language=en", "-printcertreq", "-file", "request.csr"];
        let printed = keytool.demand(folder.path(), &arguments, b"").text();
        let line = format!("Subject: {}\n", csr.request().subject().java());
        assert!(printed.contains(&line), "{}: {line}{printed}", case.name);
    }
}

#[test]
fn alternative_names_in_the_order_given() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let key = engine().generate_rsa_now(RsaBits::Bits2048).unwrap();
    let hosts = ["www.lilas.example", "lilas.example", "a.lilas.example"];
    let names =
        AlternativeNames::new(hosts.map(str::to_owned).to_vec(), vec!["pki@lilas.example".to_owned()])
            .unwrap();
    let csr = request(&subjects()[0], names, &key);
    folder.write("request.csr", csr.pem());
    let text = openssl
        .demand(folder.path(), &["req", "-in", "request.csr", "-noout", "-text", "-verify"], b"")
        .text();
    let expected = "DNS:www.lilas.example, DNS:lilas.example, DNS:a.lilas.example, email:pki@lilas.example";
    assert!(text.contains(expected), "{text}");
    assert_eq!(csr.request().extensions().dns_names(), hosts);
}

#[test]
fn every_size() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    for bits in RsaBits::ALL {
        let key = engine().generate_rsa_now(bits).unwrap();
        assert_eq!(key.public_key().bits(), Some(bits.get()));
        let csr = request(&subjects()[0], AlternativeNames::default(), &key);
        folder.write("request.csr", csr.pem());
        folder.write("plain.key", key.to_pem().as_str());
        let verify = ["req", "-in", "request.csr", "-noout", "-text", "-verify"];
        let text = openssl.demand(folder.path(), &verify, b"").text();
        assert!(text.contains(&format!("({} bit)", bits.get())), "{text}");
        let check = ["pkey", "-in", "plain.key", "-check", "-noout"];
        let checked = openssl.demand(folder.path(), &check, b"").text();
        assert!(checked.contains("Key is valid"), "{checked}");
    }
}

#[test]
fn the_public_key_has_one_digest_everywhere() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let key = engine().generate_rsa_now(RsaBits::Bits2048).unwrap();
    let csr = request(&subjects()[0], AlternativeNames::default(), &key);
    folder.write("request.der", csr.der());
    let arguments = ["req", "-in", "request.der", "-inform", "DER", "-noout", "-pubkey"];
    let public = openssl.demand(folder.path(), &arguments, b"");
    let contents = pki::file::read(&public.output).unwrap();
    let [pki::file::Item::PublicKey(public)] = contents.items.as_slice() else {
        panic!("a public key");
    };
    assert_eq!(public.sha256(), key.public_key().sha256());
    assert_eq!(public.sha256(), csr.request().public_key().sha256());
}

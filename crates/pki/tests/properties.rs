//! Properties: what is written is read back, and no bytes make a reader panic.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a broken expectation must stop the test with its reason"
)]
#![cfg(feature = "rustcrypto")]

mod support;

use std::sync::LazyLock;

use pki::certificate::{Certificate, Glance};
use pki::crl::RevocationList;
use pki::encrypted_key::{self, Pbes2Parameters};
use pki::file::{self, Item};
use pki::key::{PrivateKeyFile, PublicKey};
use pki::name::{DistinguishedName, Subject, SubjectParts};
use pki::passphrase::Passphrase;
use pki::pem;
use pki::request::{AlternativeNames, CertificationRequest, RequestContent, create};
use proptest::prelude::*;
use support::authority::{engine, key, wanted};

/// Reads bytes in every way there is, and looks at all that is found.
fn read_everything(bytes: &[u8]) {
    if let Ok(certificate) = Certificate::read(bytes) {
        look_at(&certificate);
    }
    if let Ok(request) = CertificationRequest::read(bytes) {
        look_at_name(request.subject());
        let _ = (request.attributes(), request.extensions().dns_names());
        let _ = pki::rustcrypto::verify_now(&request.signature_task());
    }
    if let Ok(name) = DistinguishedName::read(bytes) {
        assert_eq!(name.raw(), bytes);
        look_at_name(&name);
    }
    if let Ok(public) = PublicKey::read(bytes) {
        let _ = (public.algorithm(), public.bits(), public.key_bytes());
    }
    if let Ok(PrivateKeyFile::Clear(key)) = PrivateKeyFile::read(bytes) {
        let _ = engine().sign_now(&key, b"message");
    }
    if let Ok(list) = RevocationList::read(bytes) {
        look_at_name(list.issuer());
        let _ = list.revocation_of(&[1]);
    }
    let _ = (encrypted_key::open(bytes), Glance::read_all(bytes));
    let _ = encrypted_key::is_encrypted_key(bytes);
    let scan = pem::scan(bytes);
    assert!(scan.blocks().iter().all(|block| !block.der().is_empty()));
    if let Ok(contents) = file::read(bytes) {
        contents.certificates().for_each(look_at);
    }
}

/// What is seen at a glance is what the whole reader finds.
fn glance_agrees(certificate: &Certificate) {
    let seen = Glance::read(certificate.raw()).unwrap();
    let period = certificate.extensions().private_key_usage_period();
    let read = Glance {
        serial: certificate.serial(),
        issuer: certificate.issuer().clone(),
        subject: certificate.subject().clone(),
        not_after: certificate.not_after(),
        is_ca: certificate.is_ca(),
        key_not_after: period.and_then(|period| period.not_after),
        sha256: certificate.sha256(),
    };
    assert_eq!(seen, read);
}

fn look_at(certificate: &Certificate) {
    look_at_name(certificate.subject());
    look_at_name(certificate.issuer());
    let _ = (certificate.serial(), certificate.sha256(), certificate.sha1());
    let _ = (certificate.product_category(), certificate.common_name());
    let extensions = certificate.extensions();
    let _ = (extensions.malformed(), extensions.repeated());
    let _ = (extensions.unknown_critical(), extensions.dns_names());
    let _ = (extensions.key_usage().map(|usage| usage.bits()), extensions.emails());
}

fn look_at_name(name: &DistinguishedName) {
    let _ = (name.rfc4514(), name.openssl(), name.java());
    let _ = (name.common_name(), name.values_of("OU"));
    for attribute in name.attributes() {
        let _ = (attribute.text(), attribute.string_type.name());
    }
}

/// DER and PEM of every kind: our own, and the real ones where they are.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let leaf = wanted(("Leaf", 0), ("Middle", 1), None).make();
    let subject = Subject::new(SubjectParts {
        country: Some("FR".to_owned()),
        state: Some("Côte-d'Or (21)".to_owned()),
        organization: Some("LABORATOIRE".to_owned()),
        organizational_unit: Some("1750712184".to_owned()),
        common_name: Some("INSI-AUTO".to_owned()),
    })
    .unwrap();
    let content = RequestContent {
        subject: subject.clone(),
        alternative_names: AlternativeNames::new(
            vec!["a.example".to_owned()],
            vec!["a@b.example".to_owned()],
        )
        .unwrap(),
    };
    let csr = pki::block_on(create(&content, key(0), &engine())).unwrap().unwrap();
    let parameters = Pbes2Parameters::recommended([1; 16], [2; 16]);
    let sealed = encrypted_key::seal(&parameters, &[3; 1216]).unwrap();
    let mut seeds = vec![
        leaf.raw().to_vec(),
        pem::encode(pem::CERTIFICATE, leaf.raw()).into_bytes(),
        csr.der().to_vec(),
        csr.pem().into_bytes(),
        subject.distinguished_name().raw().to_vec(),
        key(0).pkcs8().to_vec(),
        key(0).to_pem().as_bytes().to_vec(),
        key(0).public_key().spki().to_vec(),
        sealed,
    ];
    if let Some(folder) = support::real_data() {
        for below in ["ca", "end-entity"] {
            for (_, bytes) in support::files(&folder, below) {
                let contents = file::read(&bytes).unwrap();
                seeds.extend(contents.certificates().map(|found| found.raw().to_vec()));
            }
        }
    }
    seeds
});

#[test]
fn a_glance_at_a_good_certificate_sees_what_is_there() {
    let mut seen = 0;
    for seed in SEEDS.iter() {
        let Ok(contents) = file::read(seed) else { continue };
        for certificate in contents.certificates() {
            glance_agrees(certificate);
            let pem = pem::encode(pem::CERTIFICATE, certificate.raw());
            assert_eq!(Glance::read_all(pem.as_bytes()), [Glance::read(certificate.raw()).unwrap()]);
            seen += 1;
        }
    }
    assert!(seen > 1);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_everything(&bytes);
    }

    #[test]
    fn real_bytes_altered(
        seed in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        end in prop::option::weighted(0.3, any::<prop::sample::Index>()),
        more in prop::collection::vec(any::<u8>(), 0..3),
    ) {
        let mut bytes = SEEDS[seed.index(SEEDS.len())].clone();
        for (position, value) in changes {
            let position = position.index(bytes.len());
            bytes[position] = value;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        bytes.extend(more);
        read_everything(&bytes);
    }

    #[test]
    fn names_of_any_content_are_kept(
        parts in prop::collection::vec(
            prop::collection::vec(
                (any::<prop::sample::Index>(), any::<u8>(), prop::collection::vec(any::<u8>(), 0..40)),
                1..4,
            ),
            0..6,
        ),
    ) {
        // UTF8String, PrintableString, T61String, IA5String, BMPString, UniversalString,
        // NumericString, VisibleString, OCTET STRING, NULL.
        const TAGS: [u8; 10] = [0x0c, 0x13, 0x14, 0x16, 0x1e, 0x1c, 0x12, 0x1a, 0x04, 0x05];
        let mut content = Vec::new();
        for attributes in &parts {
            let mut set = Vec::new();
            for (tag, kind, value) in attributes {
                let oid = [0x06, 0x03, 0x55, 0x04, kind & 0x7f];
                let value = tlv(TAGS[tag.index(TAGS.len())], value);
                set.extend(tlv(0x30, &[&oid[..], &value].concat()));
            }
            content.extend(tlv(0x31, &set));
        }
        let der = tlv(0x30, &content);
        let name = DistinguishedName::read(&der).unwrap();
        prop_assert_eq!(name.raw(), &der);
        prop_assert_eq!(name.rdns().len(), parts.len());
        let found: Vec<&[u8]> = name.attributes().map(|found| found.bytes.as_slice()).collect();
        let given: Vec<&[u8]> = parts.iter().flatten().map(|part| part.2.as_slice()).collect();
        prop_assert_eq!(found, given);
        look_at_name(&name);
    }

    #[test]
    fn a_subject_is_read_as_it_was_written(
        country in prop::option::of("[A-Z]{2}"),
        state in prop::option::of("\\PC{1,60}"),
        organization in prop::option::of("\\PC{1,60}"),
        unit in prop::option::of("[ -~]{1,60}"),
        common_name in "[,+\"\\\\<>;# =a-zé]{1,60}",
    ) {
        let parts = SubjectParts {
            country: country.clone(),
            state: state.clone(),
            organization: organization.clone(),
            organizational_unit: unit.clone(),
            common_name: Some(common_name.clone()),
        };
        // The alphabet of the strategy holds a few separators that no line can carry.
        prop_assume!(Subject::new(parts.clone()).is_ok());
        let subject = Subject::new(parts).unwrap();
        let name = subject.distinguished_name();
        let given: Vec<String> = [country, state, organization, unit, Some(common_name)]
            .into_iter()
            .flatten()
            .collect();
        let read: Vec<String> = name.attributes().map(|part| part.text().unwrap()).collect();
        prop_assert_eq!(&read, &given);

        let mut printed = unprint(&name.rfc4514());
        printed.reverse();
        let values: Vec<String> = printed.into_iter().map(|(_, value)| value).collect();
        prop_assert_eq!(values, given);
    }

    #[test]
    fn pem_is_found_whatever_surrounds_it(
        ders in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..200), 1..4),
        before in "[a-zA-Z0-9é .:\\n]{0,40}",
        style in 0..4,
    ) {
        let mut text = format!("\u{feff}{before}\n");
        for der in &ders {
            let block = pem::encode(pem::CERTIFICATE, der);
            text.push_str(&match style {
                0 => block,
                1 => block.replace('\n', "\r\n"),
                2 => block.replace('\n', "\n   "),
                // One line: what remains of a copy through a form field.
                _ => block.replace('\n', " "),
            });
            text.push_str("\nsubject=CN = a\n");
        }
        let scan = pem::scan(text.as_bytes());
        prop_assert!(scan.problems().is_empty(), "{:?}", scan.problems());
        let found: Vec<&[u8]> = scan.blocks().iter().map(pem::Block::der).collect();
        let given: Vec<&[u8]> = ders.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(found, given);
    }

    #[test]
    fn a_sealed_key_opens_to_the_same_parts(
        salt in any::<[u8; 16]>(),
        vector in any::<[u8; 16]>(),
        blocks in 1..80_usize,
    ) {
        let parameters = Pbes2Parameters::recommended(salt, vector);
        let ciphertext = vec![7; blocks * 16];
        let sealed = encrypted_key::seal(&parameters, &ciphertext).unwrap();
        prop_assert_eq!(encrypted_key::open(&sealed).unwrap(), (parameters, ciphertext));
    }
}

#[test]
fn every_truncation_of_every_seed() {
    for seed in SEEDS.iter().take(12) {
        for end in 0..seed.len() {
            read_everything(&seed[..end]);
        }
    }
}

#[test]
fn each_seed_is_named() {
    let kinds: Vec<&str> = SEEDS
        .iter()
        .take(9)
        .map(|seed| match file::read(seed).unwrap().items.as_slice() {
            [Item::Certificate(_)] => "certificate",
            [Item::Request(_)] => "request",
            [Item::PrivateKey(_)] => "key",
            [Item::PublicKey(_)] => "public key",
            [Item::EncryptedPrivateKey(_)] => "encrypted key",
            [Item::Other { .. }] => "other",
            _ => "?",
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "certificate",
            "certificate",
            "request",
            "request",
            "other",
            "key",
            "key",
            "public key",
            "encrypted key"
        ]
    );
}

#[test]
fn a_protected_key_comes_back_and_a_wrong_passphrase_does_not_open_it() {
    let secret = Passphrase::new("Été à l'hôpital".to_owned());
    let sealed = engine().encrypt_now(key(0), &secret).unwrap();
    let back = pki::rustcrypto::decrypt_now(&sealed, &secret).unwrap();
    assert_eq!(back.pkcs8(), key(0).pkcs8());
    let wrong = Passphrase::new("Ete a l'hopital".to_owned());
    let error = pki::rustcrypto::decrypt_now(&sealed, &wrong).unwrap_err();
    assert_eq!(error.code(), "wrong-passphrase");
}

/// One element, in definite form.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..=127 => out.push(u8::try_from(short).unwrap()),
        long => {
            let length = u16::try_from(long).unwrap().to_be_bytes();
            // DER wants the shortest form.
            if length[0] == 0 {
                out.extend([0x81, length[1]]);
            } else {
                out.extend([0x82, length[0], length[1]]);
            }
        }
    }
    out.extend(content);
    out
}

/// Reads RFC 4514 text of single-valued parts back, independently of the printer.
fn unprint(text: &str) -> Vec<(String, String)> {
    let mut parts = vec![(String::new(), Vec::new())];
    let mut in_value = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let (key, value) = parts.last_mut().unwrap();
        match character {
            '=' if !in_value => in_value = true,
            ',' => {
                in_value = false;
                parts.push((String::new(), Vec::new()));
            }
            '\\' => {
                let next = characters.next().unwrap();
                if next.is_ascii_hexdigit() {
                    let pair = format!("{next}{}", characters.next().unwrap());
                    value.push(u8::from_str_radix(&pair, 16).unwrap());
                } else {
                    value.extend(next.to_string().bytes());
                }
            }
            other if in_value => value.extend(other.to_string().bytes()),
            other => key.push(other),
        }
    }
    parts.into_iter().map(|(key, value)| (key, String::from_utf8(value).unwrap())).collect()
}

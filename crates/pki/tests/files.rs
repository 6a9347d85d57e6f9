//! Files of any kind, as people send them.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests"
)]
#![cfg(feature = "rustcrypto")]

mod support;

use pki::engine::EngineError;
use pki::file::{self, Contents, Encoding, FileError, Foreign, Item, MAX_ITEMS, Note};
use pki::jks;
use pki::key::{KeyError, PrivateKey, PublicKeyKind};
use pki::passphrase::Passphrase;
use pki::pem::{self, Fault, Repair};
use pki::pkcs12::{self, Content, Pkcs12Error, Profile, RANDOM_OCTETS};
use support::authority::{engine, key, wanted};

fn leaf() -> Vec<u8> {
    wanted(("INSI-AUTO", 1), ("Root", 0), None).make().raw().to_vec()
}

fn root() -> Vec<u8> {
    wanted(("Root", 0), ("Root", 0), Some(None)).make().raw().to_vec()
}

fn secret(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn p12(passphrase: &str) -> Vec<u8> {
    salted(passphrase, 7)
}

fn salted(passphrase: &str, salt: u8) -> Vec<u8> {
    let (leaf, root) = (leaf(), root());
    let content = Content { key: key(1), certificate: &leaf, chain: &[&root], friendly_name: Some("INSI") };
    pkcs12::write(&content, &secret(passphrase), Profile::Modern, &[salt; RANDOM_OCTETS]).unwrap()
}

fn read(bytes: &[u8]) -> Contents {
    file::read(bytes).unwrap_or_else(|error| panic!("{error:?}: {}", String::from_utf8_lossy(bytes)))
}

fn certificates(contents: &Contents) -> Vec<Vec<u8>> {
    contents.certificates().map(|certificate| certificate.raw().to_vec()).collect()
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn a_certificate_is_found_however_it_is_written() {
    let der = leaf();
    let text = pem::encode(pem::CERTIFICATE, &der);
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>().join("\n");
    let around = |before: &str, after: &str| format!("{before}{text}{after}").into_bytes();
    let one_line = body.replace('\n', "");
    let bare = vec![Note::NoMarkers];
    let repaired = |repair| vec![Note::Repaired { label: "CERTIFICATE".to_owned(), line: 1, repair }];
    for (what, bytes, encoding, notes) in [
        ("DER", der.clone(), Encoding::Der, vec![]),
        ("DER, line end", [&der[..], b"\r\n"].concat(), Encoding::Der, vec![]),
        (
            "DER, octets after",
            [&der[..], b"xyz"].concat(),
            Encoding::Der,
            vec![Note::TrailingOctets { count: 3 }],
        ),
        ("PEM", text.clone().into_bytes(), Encoding::Pem, vec![]),
        ("CRLF", text.replace('\n', "\r\n").into_bytes(), Encoding::Pem, vec![]),
        ("CR", text.replace('\n', "\r").into_bytes(), Encoding::Pem, vec![]),
        ("BOM", around("\u{feff}", ""), Encoding::Pem, vec![]),
        ("text around", around("Bonjour,\nvoici :\n\n", "\nCordialement\n"), Encoding::Pem, vec![]),
        ("X509", text.replace("CERTIFICATE", "X509 CERTIFICATE").into_bytes(), Encoding::Pem, vec![]),
        ("UTF-16 LE", utf16(&text, true, true), Encoding::Pem, vec![Note::Utf16]),
        ("UTF-16 BE", utf16(&text, false, true), Encoding::Pem, vec![Note::Utf16]),
        ("UTF-16, no mark", utf16(&text, true, false), Encoding::Pem, vec![Note::Utf16]),
        (
            "no end",
            text.replace("-----END CERTIFICATE-----", "").into_bytes(),
            Encoding::Pem,
            repaired(Repair::EndMarker),
        ),
        ("escaped", text.replace('\n', "&#13;\n").into_bytes(), Encoding::Pem, repaired(Repair::Characters)),
        ("bare", body.clone().into_bytes(), Encoding::Base64, bare.clone()),
        ("bare, one line", one_line.clone().into_bytes(), Encoding::Base64, bare.clone()),
        (
            "bare in a mail",
            format!("Bonjour,\n\n> {}\n\nCordialement,\nMicheline", body.replace('\n', "\n> ")).into_bytes(),
            Encoding::Base64,
            bare.clone(),
        ),
        (
            "no first line",
            format!("{body}\n-----END CERTIFICATE-----\n").into_bytes(),
            Encoding::Base64,
            bare.clone(),
        ),
        (
            "XML",
            format!("<?xml version=\"1.0\"?><X509Certificate>{one_line}</X509Certificate>").into_bytes(),
            Encoding::Base64,
            bare.clone(),
        ),
        (
            "JSON",
            format!("{{\"certificate\": \"{}\"}}", body.replace('\n', "\\n")).into_bytes(),
            Encoding::Base64,
            bare.clone(),
        ),
        (
            "Word's dashes",
            format!("—–BEGIN CERTIFICATE—–\n{body}\n—–END CERTIFICATE—–").into_bytes(),
            Encoding::Base64,
            bare,
        ),
    ] {
        let contents = read(&bytes);
        assert_eq!(certificates(&contents).as_slice(), std::slice::from_ref(&der), "{what}");
        assert_eq!((contents.encoding, contents.items.len()), (encoding, 1), "{what}");
        assert_eq!(contents.notes, notes, "{what}");
        assert_eq!(contents.problems, [], "{what}");
    }
    let two = [leaf(), root()].concat();
    assert_eq!(certificates(&read(&two)), [leaf(), root()]);
}

#[test]
fn trust_settings_of_openssl_are_passed_over() {
    let with_settings = [&leaf()[..], &[0x30, 0x03, 0x0c, 0x01, b'a']].concat();
    let contents = read(pem::encode("TRUSTED CERTIFICATE", &with_settings).as_bytes());
    assert_eq!(certificates(&contents), [leaf()]);
    assert_eq!(contents.notes, []);
}

#[test]
fn what_is_damaged_is_said_where() {
    let whole =
        format!("{}{}", pem::encode(pem::CERTIFICATE, &leaf()), pem::encode(pem::CERTIFICATE, &root()));
    let mut lines: Vec<&str> = whole.lines().collect();
    let second = lines.iter().rposition(|line| line.starts_with("-----BEGIN")).unwrap();
    let damaged = lines[second + 4].replacen(|_: char| true, "*", 1);
    lines[second + 4] = &damaged;
    let contents = read(lines.join("\n").as_bytes());
    assert_eq!(certificates(&contents), [leaf()]);
    let [problem] = contents.problems.as_slice() else { panic!("{contents:?}") };
    assert_eq!((problem.line, problem.label.as_str()), (second + 1, "CERTIFICATE"));
    assert_eq!(problem.fault, Fault::BadBase64 { line: second + 5 });
    // A whole line lost: what remains decodes, and is too short.
    let mut lines: Vec<&str> = whole.lines().collect();
    lines.remove(3);
    let contents = read(lines.join("\n").as_bytes());
    let announced = leaf().len();
    let cut = Note::Cut { label: "CERTIFICATE".to_owned(), line: 1, announced, found: announced - 48 };
    assert_eq!(contents.notes, [cut]);
    assert_eq!(certificates(&contents), [root()]);
    // An altered character that still decodes.
    let noise = pem::encode(pem::CERTIFICATE, &[0x30, 0x03, 0x02, 0x01, 0x05]);
    let unreadable = Note::Unreadable { label: "CERTIFICATE".to_owned(), line: 1 };
    assert_eq!(read(noise.as_bytes()).notes, [unreadable]);
}

#[test]
fn a_file_cut_short_is_told_with_what_it_would_have_been() {
    for (whole, encoding) in [(leaf(), Encoding::Der), (key(0).pkcs8().to_vec(), Encoding::Der)] {
        for cut in [5, 40, whole.len() / 2, whole.len() - 1] {
            let expected = FileError::Truncated { announced: whole.len(), found: cut, encoding };
            assert_eq!(file::read(&whole[..cut]).unwrap_err(), expected);
        }
    }
    let whole = p12("secret");
    let contents = read(&whole[..whole.len() - 10]);
    assert_eq!(contents.notes, [Note::Pkcs12(Pkcs12Error::Truncated)]);
    assert_eq!(contents.encoding, Encoding::Pkcs12);
}

#[test]
fn a_container_is_read_as_far_as_passphrases_allow() {
    let bytes = p12("secret");
    let closed = read(&bytes);
    assert_eq!(closed.notes, [Note::PassphraseNeeded]);
    assert!(matches!(closed.items.as_slice(), [Item::EncryptedPrivateKey(_)]), "{closed:?}");
    for given in [&["secret"][..], &["wrong", "secret"]] {
        let given: Vec<Passphrase> = given.iter().map(|text| secret(text)).collect();
        for bytes in [bytes.clone(), pem::encode("PKCS12", &bytes).into_bytes()] {
            let open = file::read_with(&bytes, &given).unwrap();
            assert_eq!(open.encoding, Encoding::Pkcs12);
            assert_eq!(certificates(&open), [leaf(), root()]);
            let keys: Vec<&PrivateKey> = open.private_keys().collect();
            assert_eq!(keys.len(), 1);
            assert_eq!(keys[0].public_key(), key(1).public_key());
            assert_eq!(open.notes, []);
        }
    }
    let wrong = file::read_with(&bytes, &[secret("wrong")]).unwrap();
    assert_eq!(wrong.notes, [Note::WrongPassphrase]);
    let mut altered = bytes.clone();
    altered[400] ^= 1;
    let altered = file::read_with(&altered, &[secret("secret")]).unwrap();
    assert_eq!(altered.notes, [Note::Pkcs12(Pkcs12Error::Altered)]);
}

#[test]
fn keys_are_opened_or_named() {
    let clear = key(1);
    let sealed = engine().encrypt_now(clear, &secret("Été 12 €")).unwrap();
    let text = pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &sealed);
    assert_eq!(read(text.as_bytes()).notes, [Note::PassphraseNeeded]);
    let wrong = file::read_with(text.as_bytes(), &[secret("Ete 12 €")]).unwrap();
    assert_eq!(wrong.notes, [Note::WrongPassphrase]);
    assert!(matches!(wrong.items.as_slice(), [Item::EncryptedPrivateKey(der)] if *der == sealed));
    let opened = file::read_with(text.as_bytes(), &[secret("Ete"), secret("Été 12 €")]).unwrap();
    assert_eq!(opened.private_keys().next().unwrap().pkcs8(), clear.pkcs8());
    assert_eq!(opened.notes, []);

    for (text, error, curve) in EC_KEYS {
        let contents = read(text.as_bytes());
        let [Item::UnusableKey(key)] = contents.items.as_slice() else { panic!("{text}: {contents:?}") };
        assert_eq!(key.error.code(), error, "{text}");
        let public = key.public_key.as_ref().unwrap();
        assert_eq!(matches!(public.kind(), PublicKeyKind::Ec { .. }), curve, "{text}");
    }
    let old = read(OLD_KEY.as_bytes());
    let [Item::UnusableKey(key)] = old.items.as_slice() else { panic!("{old:?}") };
    assert_eq!(key.error, KeyError::LegacyEncryption);
    assert_eq!(old.notes, [Note::PassphraseNeeded]);
    let wrong = file::read_with(OLD_KEY.as_bytes(), &[secret("wrong")]).unwrap();
    assert_eq!(wrong.notes, [Note::WrongPassphrase]);
    let opened = file::read_with(OLD_KEY.as_bytes(), &[secret("secret")]).unwrap();
    let [Item::UnusableKey(key)] = opened.items.as_slice() else { panic!("{opened:?}") };
    assert_eq!(key.error.code(), "unsupported-key-algorithm");
    assert!(key.public_key.is_some());
}

#[test]
fn what_is_something_else_is_named() {
    let foreign = |bytes: &[u8]| match file::read(bytes) {
        Err(FileError::Foreign(foreign)) => foreign,
        other => panic!("{other:?}: {}", String::from_utf8_lossy(bytes)),
    };
    let html = |title: &str| Foreign::Html { title: Some(title.to_owned()) };
    let mut zip = b"PK\x03\x04".to_vec();
    zip.extend([0; 22]);
    zip.extend([9, 0, 0, 0]);
    zip.extend(b"insi.cer\xe9");
    let outlook = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat();
    for (bytes, expected) in [
        (&b""[..], Foreign::Empty),
        (b" \r\n\t", Foreign::Empty),
        (b"\xef\xbb\xbf\n", Foreign::Empty),
        (
            b"\xef\xbb\xbf<!DOCTYPE html><html><head><title>Session\n expir&eacute;e</title>",
            html("Session expirée"),
        ),
        (b"  <HTML lang=fr><body>", Foreign::Html { title: None }),
        (
            b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'><title>A &amp; B</title></html>",
            html("A & B"),
        ),
        (
            b"<?xml version='1.0'?><!-- c --><soap:Envelope a='b'></soap:Envelope>",
            Foreign::Xml { root: Some("soap:Envelope".to_owned()) },
        ),
        (b"%PDF-1.7\n%\xe2\xe3", Foreign::Pdf),
        (b"{\\rtf1\\ansi", Foreign::Rtf),
        (&outlook, Foreign::OldOffice),
        (b"\x89PNG\r\n\x1a\n\0\0", Foreign::Image("png")),
        (b"\x1f\x8b\x08\0\0\0", Foreign::Archive("gzip")),
        (&zip, Foreign::Zip { names: vec!["insi.cer\u{e9}".to_owned()] }),
        (b"L\0\0\0\x01\x14\x02\0\0\0", Foreign::Shortcut),
        (b"MZ\x90\0\x03\0\0\0", Foreign::Executable),
        (b"Return-Path: <a@b>\r\nSubject: x\r\n\r\nBonjour", Foreign::Email),
        (b"{\"erreur\": \"404\"}", Foreign::Json),
        (b"Site;FINESS\nLilas;750712184\n", Foreign::Csv),
        (b"ssh-rsa AAAAB3NzaC1yc2E", Foreign::SshPublicKey),
        (b"PuTTY-User-Key-File-3: ssh-rsa\n", Foreign::PuttyKey),
        (b"Bonjour, je n'ai rien re\xe7u.", Foreign::Text),
        (b"0123456789", Foreign::Text),
        (b"MINISTERE DE LA SANTE", Foreign::Text),
    ] {
        assert_eq!(foreign(bytes), expected, "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(file::read(&[0x80, 0, 1, 2, 3, 4, 0, 0]).unwrap_err(), FileError::Unknown);
    assert_eq!(foreign(&utf16("<html><title>É</title>", true, true)), html("É"));
}

#[test]
fn a_real_zip_names_its_entries() {
    // Two stored entries, "a.cer" and "b.key", and their directory.
    let mut zip = Vec::new();
    let mut directory = Vec::new();
    for name in ["a.cer", "b.key"] {
        let offset = u32::try_from(zip.len()).unwrap();
        let fields = |extra: &[u8]| {
            [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &[0; 4], &[0; 8], &[5, 0, 0, 0], extra].concat()
        };
        directory.extend(
            [&b"PK\x01\x02\x14\0"[..], &fields(&[0; 10]), &offset.to_le_bytes(), name.as_bytes()].concat(),
        );
        zip.extend([&b"PK\x03\x04"[..], &fields(&[]), name.as_bytes()].concat());
    }
    let offset = u32::try_from(zip.len()).unwrap();
    let size = u32::try_from(directory.len()).unwrap();
    zip.extend(directory);
    zip.extend(
        [&b"PK\x05\x06\0\0\0\0\x02\0\x02\0"[..], &size.to_le_bytes(), &offset.to_le_bytes(), &[0, 0]]
            .concat(),
    );
    let names = vec!["a.cer".to_owned(), "b.key".to_owned()];
    assert_eq!(file::read(&zip).unwrap_err(), FileError::Foreign(Foreign::Zip { names }));
}

#[test]
fn a_java_keystore_gives_its_certificates() {
    let (leaf, root) = (leaf(), root());
    let store = jks::write_truststore(&[("a", &leaf), ("b", &root)], &secret("changeit"), 0).unwrap();
    let contents = read(&store);
    assert_eq!(contents.encoding, Encoding::Jks);
    assert_eq!(certificates(&contents), [leaf, root]);
    assert_eq!(contents.notes, []);
    assert!(matches!(read(&store[..100]).notes.as_slice(), [Note::JavaKeystore(Some(_))]));
}

#[test]
fn there_is_an_end_to_what_is_taken() {
    let text = pem::encode(pem::CERTIFICATE, &leaf());
    let contents = read(text.repeat(MAX_ITEMS + 5).as_bytes());
    assert_eq!(contents.items.len(), MAX_ITEMS);
    assert!(!contents.problems.is_empty() || contents.notes == [Note::TooManyItems { most: MAX_ITEMS }]);
    let contents = read(&leaf().repeat(MAX_ITEMS + 5));
    assert_eq!(contents.items.len(), MAX_ITEMS);
    assert!(contents.notes.contains(&Note::TooManyItems { most: MAX_ITEMS }));
}

#[test]
fn a_wrong_passphrase_for_a_key_in_a_container_is_told() {
    // The key stays closed when only its part is under another passphrase: the whole is written twice, and the parts
    // exchanged, which the code over the whole refuses.
    let codes: Vec<&str> = (1..5)
        .map(|salt| {
            let (one, other) = (salted("one", salt), salted("other", salt));
            assert_eq!(one.len(), other.len());
            let half = one.len() / 2;
            let mixed = [&one[..half], &other[half..]].concat();
            pkcs12::read(&mixed, Some(&secret("one"))).unwrap_err().code()
        })
        .collect();
    // Once in some 250 times what a wrong key makes of the part ends as a padding would: it is altered then.
    assert!(codes.iter().all(|code| ["wrong-passphrase", "pkcs12-altered"].contains(code)), "{codes:?}");
    assert!(codes.contains(&EngineError::WrongPassphrase.code()), "{codes:?}");
}

/// Made for this test: in PKCS #8, and as SEC 1.
const EC_KEYS: [(&str, &str, bool); 2] = [
    (
        "-----BEGIN PRIVATE KEY-----\n\
         MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPGbZbxOyU3M+/kGP\n\
         64TI9NSh/LEmKFJFwTOcbwKyzeKhRANCAASPi8FGD+OU6APtnkXd7yKSm+GrSLQt\n\
         frtoQNQNwQ56gnqE8+RE3/7MrkDCXc1E3sahHA1k7y9NbrISbn7aclzl\n\
         -----END PRIVATE KEY-----\n",
        "unsupported-key-algorithm",
        true,
    ),
    (
        "-----BEGIN EC PRIVATE KEY-----\n\
         MIGkAgEBBDDmVg2fQLlk3Ac59LjJNNmZDIcny5tAXN9IhIIRkqfnuKID463USVV/\n\
         3Nzfw1kZg7mgBwYFK4EEACKhZANiAARhQD+8kM73vcScu9SJbqCCuyMlEMeyxftc\n\
         jfPkwF6vPrq/q5qzgnR1w2icbWuw12UUG3UlSRugUu4kK4hOMfuE+fwNX1nsNhrf\n\
         S7pMoo8lnRXspUjZ3rIIweJsW+gw6xc=\n\
         -----END EC PRIVATE KEY-----\n",
        "unsupported-key-algorithm",
        true,
    ),
];

/// The same as SEC 1, encrypted the old way under "secret".
const OLD_KEY: &str = "-----BEGIN EC PRIVATE KEY-----\n\
         Proc-Type: 4,ENCRYPTED\n\
         DEK-Info: AES-256-CBC,29720ED0DBD13F30ACFE6471BC18F5E6\n\
         \n\
         NcKcjIUo4OObpS/mKdjCtSVAew18bR4yN2x3kSKlSggbgYNkQcR0nuVUajKwYE+8\n\
         z7hQGzfoXdxj9sqoVj+OUyhtJiHJiql/bAmizLQPIBbB0eiGJHEFkUteRiZsPxbI\n\
         j7p/NM5T1FC1F64nddq4h2DejQETv3dzn18atLgTTxIb0yKhRL5npMxpHdJKM09e\n\
         EBymBelKXhs2B8CeqHzP42oVxEhIjxqj54XnAjK84q8=\n\
         -----END EC PRIVATE KEY-----\n";

//! Containers: OpenSSL, keytool and NSS open what we write, we open what they write.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a broken expectation must stop the test with its reason"
)]

use std::path::Path;

use conformance::{Folder, Judge, certutil, engine, keytool, openssl, pk12util};
use pki::certificate::Certificate;
use pki::encrypted_key::Prf;
use pki::file::{self, Item};
use pki::jks;
use pki::key::{PrivateKey, PrivateKeyFile, RsaBits};
use pki::passphrase::Passphrase;
use pki::pem;
use pki::pkcs7;
use pki::pkcs12::{self, Content, Integrity, Key, Pkcs12, Pkcs12Error, Profile, RANDOM_OCTETS, Unopened};

const PLAIN: &str = "correct horse";
const ACCENTS: &str = "Été à l'hôpital – 12 € 🏥";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

/// A key, its certificate and the authority's, made by OpenSSL, in a folder: `clear.key`, `leaf.pem`, `ca.pem`.
struct Identity {
    folder: Folder,
    key: PrivateKey,
    leaf: Vec<u8>,
    authority: Vec<u8>,
}

fn identity(openssl: &Judge, new_key: &str) -> Identity {
    let folder = Folder::new();
    let make = |command: &str| {
        let words: Vec<&str> = command.split(' ').collect();
        openssl.demand(folder.path(), &words, b"")
    };
    make("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /C=FR/CN=Autorite -days 30");
    make(&format!("{new_key} -out clear.key"));
    make("req -new -key clear.key -subj /C=FR/O=Lilas/CN=INSI-AUTO -out leaf.csr");
    make("x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out leaf.pem");
    let der = |name: &str| pem::scan(&folder.read(name)).blocks()[0].der().to_vec();
    let key = match PrivateKeyFile::read(&folder.read("clear.key")) {
        Ok(PrivateKeyFile::Clear(key)) => key,
        // For another algorithm: it is not compared.
        _ => engine().generate_rsa_now(RsaBits::Bits2048).unwrap(),
    };
    let (leaf, authority) = (der("leaf.pem"), der("ca.pem"));
    Identity { folder, key, leaf, authority }
}

fn rsa(openssl: &Judge) -> Identity {
    identity(openssl, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048")
}

fn random() -> [u8; RANDOM_OCTETS] {
    let mut octets = [0; RANDOM_OCTETS];
    getrandom::fill(&mut octets).unwrap();
    octets
}

impl Identity {
    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, secret: &str, profile: Profile, name: Option<&str>) -> Vec<u8> {
        let content = Content {
            key: &self.key,
            certificate: &self.leaf,
            chain: &[&self.authority],
            friendly_name: name,
        };
        let written = pkcs12::write(&content, &passphrase(secret), profile, &random()).unwrap();
        self.folder.write("ours.p12", &written);
        self.folder.write("secret", secret);
        written
    }

    /// Our reading of what a tool wrote: every certificate and the key, tied together.
    fn read_back(&self, bytes: &[u8], secret: &str, what: &str) -> Pkcs12 {
        let read = pkcs12::read(bytes, Some(&passphrase(secret)));
        let read = read.unwrap_or_else(|error| panic!("{what}: {error:?}"));
        let [key] = read.keys.as_slice() else { panic!("{what}: {read:?}") };
        let Key::Usable(opened) = &key.key else { panic!("{what}: {read:?}") };
        assert_eq!(opened.public_key(), self.key.public_key(), "{what}");
        let own: Vec<_> = read.certificates.iter().filter(|entry| entry.der == self.leaf).collect();
        assert_eq!(own.len(), 1, "{what}");
        assert_eq!(own[0].local_key_id, key.local_key_id, "{what}");
        assert!(read.unopened.is_empty(), "{what}: {:?}", read.unopened);
        let wrong = pkcs12::read(bytes, Some(&passphrase("not the passphrase"))).unwrap_err();
        assert_eq!(wrong, Pkcs12Error::WrongPassphrase, "{what}");
        read
    }
}

fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

#[test]
fn openssl_opens_what_we_write() {
    let Some(openssl) = openssl() else { return };
    let identity = rsa(&openssl);
    for (secret, profile, legacy) in [
        (PLAIN, Profile::Modern, ""),
        (ACCENTS, Profile::Modern, ""),
        (&"long ".repeat(40), Profile::Modern, ""),
        (PLAIN, Profile::Legacy, " -legacy"),
    ] {
        let written = identity.write(secret, profile, Some("INSI-AUTO – Lilas"));
        let command = format!("pkcs12 -in ours.p12 -passin file:secret -nodes{legacy}");
        let opened = openssl.demand(identity.path(), &words(&command), b"");
        let contents = pki::file::read(&opened.output).unwrap();
        let found: Vec<&[u8]> = contents.certificates().map(Certificate::raw).collect();
        assert_eq!(found, [identity.leaf.as_slice(), &identity.authority], "{profile:?}");
        let Ok(PrivateKeyFile::Clear(key)) = PrivateKeyFile::read(&opened.output) else {
            panic!("{}", opened.text());
        };
        assert_eq!(key.public_key(), identity.key.public_key());
        let info = format!("pkcs12 -in ours.p12 -passin file:secret -info -noout{legacy}");
        let info = openssl.demand(identity.path(), &words(&info), b"").complaint;
        let expected: &[&str] = match profile {
            Profile::Modern => &[
                "MAC: sha256, Iteration 100000",
                "PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256",
            ],
            Profile::Legacy => {
                &["MAC: sha1, Iteration 10000", "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 10000"]
            }
        };
        for line in expected {
            assert!(info.contains(line), "{line}\n{info}");
        }
        let wrong = format!("pkcs12 -in ours.p12 -passin pass:wrong -nodes{legacy}");
        assert!(!openssl.ask(identity.path(), &words(&wrong), b"").accepted);
        let read = identity.read_back(&written, secret, "ours");
        assert_eq!(read.certificates[0].friendly_name.as_deref(), Some("INSI-AUTO – Lilas"));
        assert_eq!(read.keys[0].friendly_name.as_deref(), Some("INSI-AUTO – Lilas"));
    }
}

#[test]
fn keytool_opens_what_we_write() {
    let (Some(openssl), Some(keytool)) = (openssl(), keytool()) else { return };
    let identity = rsa(&openssl);
    let long = "long ".repeat(40);
    for (secret, profile) in [(PLAIN, Profile::Modern), (&long, Profile::Modern), (PLAIN, Profile::Legacy)] {
        identity.write(secret, profile, Some("insi-auto"));
        let list = "-list -rfc -keystore ours.p12 -storetype PKCS12 -storepass:file secret";
        let listed = keytool.demand(identity.path(), &words(list), b"").text();
        assert!(listed.contains("PrivateKeyEntry") && listed.contains("insi-auto"), "{listed}");
        let found: Vec<Vec<u8>> =
            pem::scan(listed.as_bytes()).blocks().iter().map(|block| block.der().to_vec()).collect();
        assert_eq!(found, [identity.leaf.clone(), identity.authority.clone()], "{profile:?}");
        // Using the key proves that it was opened.
        let csr = "-certreq -alias insi-auto -keystore ours.p12 -storepass:file secret";
        let csr = keytool.demand(identity.path(), &words(csr), b"");
        let csr = pki::request::CertificationRequest::read(&csr.output).unwrap();
        assert_eq!(csr.public_key(), identity.key.public_key());
    }
    // Java takes no other letters than ASCII in the passphrase of a PKCS #12, in a file of its own making either.
    identity.write("Été", Profile::Modern, Some("insi-auto"));
    assert!(!passphrase("Été").is_printable_ascii());
    for refused in [
        "-list -keystore ours.p12 -storetype PKCS12 -storepass:file secret",
        "-genkeypair -keyalg RSA -dname CN=a -keystore own.p12 -storetype PKCS12 -storepass:file secret",
    ] {
        assert!(!keytool.ask(identity.path(), &words(refused), b"").accepted, "{refused}");
    }
}

#[test]
fn nss_opens_what_we_write() {
    let (Some(openssl), Some(pk12util), Some(certutil)) = (openssl(), pk12util(), certutil()) else { return };
    let identity = rsa(&openssl);
    for (at, (secret, profile)) in
        [(PLAIN, Profile::Modern), ("Été à l'hôpital 12 €", Profile::Modern), (PLAIN, Profile::Legacy)]
            .into_iter()
            .enumerate()
    {
        let written = identity.write(secret, profile, Some("INSI-AUTO"));
        let database = format!("sql:{}/nss{at}", identity.path().display());
        std::fs::create_dir(identity.path().join(format!("nss{at}"))).unwrap();
        certutil.demand(identity.path(), &["-N", "-d", &database, "--empty-password"], b"");
        let import = ["-i", "ours.p12", "-d", &database, "-w", "secret"];
        pk12util.demand(identity.path(), &import, b"");
        let keys = certutil.demand(identity.path(), &["-K", "-d", &database], b"").text();
        assert!(keys.contains("INSI-AUTO"), "{keys}");
        // And what it writes, we read.
        let export = ["-o", "nss.p12", "-n", "INSI-AUTO", "-d", &database, "-w", "secret"];
        pk12util.demand(identity.path(), &export, b"");
        identity.read_back(&identity.folder.read("nss.p12"), secret, "NSS");
        for cipher in [
            "PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC",
            "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC",
            "AES-128-CBC",
            "AES-256-CBC",
        ] {
            let export = [
                "-o",
                "nss.p12",
                "-n",
                "INSI-AUTO",
                "-d",
                &database,
                "-w",
                "secret",
                "-c",
                cipher,
                "-C",
                cipher,
            ];
            let made = pk12util.ask(identity.path(), &export, b"");
            println!("{cipher}: {}", made.accepted);
            if made.accepted {
                identity.read_back(&identity.folder.read("nss.p12"), secret, cipher);
            }
        }
        assert!(!written.is_empty());
    }
}

#[test]
fn we_read_what_openssl_writes() {
    let Some(openssl) = openssl() else { return };
    let identity = rsa(&openssl);
    for (secret, options, prf) in [
        (PLAIN, "", Prf::HmacSha256),
        (ACCENTS, "", Prf::HmacSha256),
        ("", "", Prf::HmacSha256),
        (PLAIN, "-legacy", Prf::HmacSha1),
        (ACCENTS, "-legacy", Prf::HmacSha1),
        ("", "-legacy", Prf::HmacSha1),
        (PLAIN, "-legacy -descert", Prf::HmacSha1),
        (PLAIN, "-macalg sha384 -iter 1 -maciter", Prf::HmacSha384),
        (PLAIN, "-macalg sha512 -iter 5000", Prf::HmacSha512),
        (PLAIN, "-keypbe aes-128-cbc -certpbe aes-192-cbc", Prf::HmacSha256),
        (PLAIN, "-keypbe aes-256-cbc -certpbe NONE", Prf::HmacSha256),
        // As the IGC-Santé platform writes it.
        (PLAIN, "-keypbe PBE-SHA1-3DES -certpbe NONE -macalg sha1", Prf::HmacSha1),
        (PLAIN, "-keypbe NONE -certpbe aes-256-cbc", Prf::HmacSha256),
        (PLAIN, "-keypbe NONE -certpbe NONE", Prf::HmacSha256),
        (PLAIN, "-keypbe des-ede3-cbc -certpbe des-ede3-cbc", Prf::HmacSha256),
        (PLAIN, "-legacy -keypbe PBE-SHA1-RC2-40 -certpbe PBE-SHA1-RC2-128", Prf::HmacSha1),
        (PLAIN, "-legacy -keypbe PBE-SHA1-2DES -certpbe PBE-SHA1-3DES", Prf::HmacSha1),
        (PLAIN, "-macalg sha1 -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES", Prf::HmacSha1),
    ] {
        identity.folder.write("secret", format!("{secret}\n"));
        let command = format!(
            "pkcs12 -export -inkey clear.key -in leaf.pem -certfile ca.pem -passout file:secret -out o.p12 {options}"
        );
        openssl.demand(identity.path(), &words(command.trim_end()), b"");
        let bytes = identity.folder.read("o.p12");
        let read = identity.read_back(&bytes, secret, &format!("{options} {secret}"));
        assert_eq!(read.certificates.len(), 2, "{options}");
        let Integrity::Mac { prf: found, checked: true, pbmac1: false, .. } = read.integrity else {
            panic!("{options}: {:?}", read.integrity);
        };
        assert_eq!(found, prf, "{options}");

        // Without the passphrase: what stands in clear.
        let clear = pkcs12::read(&bytes, None).unwrap();
        let certificates_in_clear = options.contains("-certpbe NONE");
        assert_eq!(clear.certificates.len(), if certificates_in_clear { 2 } else { 0 }, "{options}");
        let closed = if certificates_in_clear { vec![] } else { vec![Unopened::NoPassphrase] };
        assert_eq!(clear.unopened, closed, "{options}");
    }
}

#[test]
fn we_read_a_file_without_integrity_or_key_and_one_of_an_elliptic_key() {
    let Some(openssl) = openssl() else { return };
    let identity = rsa(&openssl);
    let make = |command: &str| {
        openssl.demand(identity.path(), &words(command), b"");
        identity.folder.read("o.p12")
    };
    let bytes = make("pkcs12 -export -nomac -inkey clear.key -in leaf.pem -passout pass:secret -out o.p12");
    let read = identity.read_back(&bytes, "secret", "-nomac");
    assert_eq!(read.integrity, Integrity::None);
    let bytes = make("pkcs12 -export -nokeys -in ca.pem -passout pass:secret -out o.p12");
    let read = pkcs12::read(&bytes, Some(&passphrase("secret"))).unwrap();
    assert_eq!((read.keys.len(), read.certificates.len()), (0, 1));
    assert_eq!(read.certificates[0].local_key_id, None);
    let ec = self::identity(&openssl, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    let command = "pkcs12 -export -inkey clear.key -in leaf.pem -passout pass:secret -out o.p12";
    openssl.demand(ec.path(), &words(command), b"");
    let read = pkcs12::read(&ec.folder.read("o.p12"), Some(&passphrase("secret"))).unwrap();
    let Key::Unusable { error, .. } = &read.keys[0].key else { panic!("{read:?}") };
    assert_eq!(error.code(), "unsupported-key-algorithm");
    assert_eq!(read.certificates[0].der, ec.leaf);
}

#[test]
fn we_read_what_keytool_writes() {
    let (Some(openssl), Some(keytool)) = (openssl(), keytool()) else { return };
    let identity = rsa(&openssl);
    for (secret, options) in [
        (PLAIN, ""),
        (PLAIN, "-J-Dkeystore.pkcs12.legacy"),
        (PLAIN, "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE"),
        (PLAIN, "-J-Dkeystore.pkcs12.macAlgorithm=HmacPBESHA512"),
    ] {
        identity.write(secret, Profile::Modern, Some("insi"));
        let _ = std::fs::remove_file(identity.path().join("java.p12"));
        let command = format!(
            "-importkeystore -srckeystore ours.p12 -srcstoretype PKCS12 -srcstorepass:file secret -destkeystore java.p12 -deststoretype PKCS12 -deststorepass:file secret {options}"
        );
        keytool.demand(identity.path(), &words(command.trim_end()), b"");
        let bytes = identity.folder.read("java.p12");
        let read = identity.read_back(&bytes, secret, options);
        assert_eq!(read.certificates.len(), 2);
        assert_eq!(read.keys[0].friendly_name.as_deref(), Some("insi"));
    }
}

#[test]
fn a_change_in_the_content_is_told_from_a_wrong_passphrase() {
    let Some(openssl) = openssl() else { return };
    let identity = rsa(&openssl);
    let written = identity.write(PLAIN, Profile::Modern, None);
    // Inside the encrypted certificates: the code over the whole no longer fits, the key still opens.
    let mut altered = written.clone();
    altered[400] ^= 1;
    let read = |bytes: &[u8], secret| pkcs12::read(bytes, Some(&passphrase(secret))).unwrap_err();
    assert_eq!(read(&altered, PLAIN), Pkcs12Error::Altered);
    assert_eq!(read(&altered, "wrong"), Pkcs12Error::WrongPassphrase);
    for cut in [written.len() - 1, written.len() / 2, 30] {
        assert_eq!(read(&written[..cut], PLAIN), Pkcs12Error::Truncated, "{cut}");
    }
}

#[test]
fn keytool_reads_our_truststore_and_we_list_its_keystores() {
    let (Some(openssl), Some(keytool)) = (openssl(), keytool()) else { return };
    let identity = rsa(&openssl);
    for secret in ["changeit", "Été 12 €", ""] {
        let entries = [("AC Élémentaire", identity.authority.as_slice()), ("feuille", &identity.leaf)];
        let store = jks::write_truststore(&entries, &passphrase(secret), 1_795_000_000_000).unwrap();
        identity.folder.write("trust.jks", &store);
        identity.folder.write("secret", secret);
        assert!(jks::is_intact(&store, &passphrase(secret)) && !jks::is_intact(&store, &passphrase("other")));
        if !secret.is_empty() {
            let list = "-list -rfc -keystore trust.jks -storetype JKS -storepass:file secret";
            let listed = keytool.demand(identity.path(), &words(list), b"").text();
            assert!(listed.contains("trustedCertEntry") && listed.contains("ac élémentaire"), "{listed}");
            assert_eq!(pem::scan(listed.as_bytes()).blocks().len(), 2);
            let wrong = "-list -keystore trust.jks -storetype JKS -storepass wrongpass";
            assert!(!keytool.ask(identity.path(), &words(wrong), b"").accepted);
        }
        let listed = jks::read(&store).unwrap();
        assert_eq!(
            listed.certificates().collect::<Vec<_>>(),
            [identity.authority.as_slice(), &identity.leaf]
        );
        assert_eq!(listed.entries[0].alias, "ac élémentaire");
    }
    identity.write(PLAIN, Profile::Modern, Some("insi"));
    for (kind, expected) in [("JKS", jks::Kind::Jks), ("JCEKS", jks::Kind::Jceks)] {
        let command = format!(
            "-importkeystore -srckeystore ours.p12 -srcstorepass:file secret -destkeystore java.{kind} -deststoretype {kind} -deststorepass:file secret"
        );
        keytool.demand(identity.path(), &words(&command), b"");
        let listed = jks::read(&identity.folder.read(&format!("java.{kind}"))).unwrap();
        assert_eq!((listed.kind, listed.keys(), listed.complete), (expected, 1, true));
        assert_eq!(
            listed.certificates().collect::<Vec<_>>(),
            [identity.leaf.as_slice(), &identity.authority]
        );
    }
    // A secret key hides what follows; what precedes is listed.
    let command = "-genseckey -alias s -keyalg AES -keysize 128 -keystore java.JCEKS -storetype JCEKS -storepass:file secret";
    keytool.demand(identity.path(), &words(command), b"");
    assert!(!jks::read(&identity.folder.read("java.JCEKS")).unwrap().complete);
}

#[test]
fn we_read_the_bundles_that_openssl_writes() {
    let Some(openssl) = openssl() else { return };
    let identity = rsa(&openssl);
    let make = |command: &str| openssl.demand(identity.path(), &words(command), b"");
    identity.folder.write("index.txt", "");
    identity.folder.write("number", "01\n");
    identity.folder.write(
        "ca.cnf",
        "[ca]\ndefault_ca=a\n[a]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=30\n",
    );
    make("ca -gencrl -config ca.cnf -cert ca.pem -keyfile ca.key -out list.crl");
    for (options, lists) in
        [("-nocrl -certfile leaf.pem -certfile ca.pem", 0), ("-in list.crl -certfile ca.pem", 1)]
    {
        for form in ["DER", "PEM"] {
            make(&format!("crl2pkcs7 {options} -outform {form} -out b.p7b"));
            let read = pkcs7::read(&identity.folder.read("b.p7b")).unwrap();
            assert_eq!(read.revocation_lists.len(), lists);
            assert!(read.certificates.contains(&identity.authority) && !read.is_signed_message);
            assert_eq!(read.certificates.contains(&identity.leaf), lists == 0);
        }
    }
    // Under other labels, which people and tools give it.
    let bundle = String::from_utf8(identity.folder.read("b.p7b")).unwrap();
    for label in ["CMS", "CERTIFICATE"] {
        let text = bundle.replace("PKCS7", label);
        assert_eq!(pkcs7::read(text.as_bytes()).unwrap().certificates.len(), 1, "{label}");
    }
    // BER: indefinite lengths, as a stream.
    identity.folder.write("message", "bonjour");
    make(
        "cms -sign -in message -signer leaf.pem -inkey clear.key -certfile ca.pem -nodetach -stream -outform DER -out m.p7s",
    );
    let signed = pkcs7::read(&identity.folder.read("m.p7s")).unwrap();
    assert!(signed.is_signed_message);
    assert_eq!(signed.certificates.len(), 2);
    assert!(signed.certificates.contains(&identity.leaf));
}

#[test]
fn we_open_keys_of_the_old_form_and_name_those_we_cannot_use() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let make = |command: &str| openssl.demand(folder.path(), &words(command), b"");
    make("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out clear.key");
    let Ok(PrivateKeyFile::Clear(clear)) = PrivateKeyFile::read(&folder.read("clear.key")) else { panic!() };
    for secret in ["secret", "Été 12 €"] {
        folder.write("secret", secret);
        for cipher in ["-aes128", "-aes192", "-aes256", "-des3", "-des -provider legacy -provider default"] {
            make(&format!("rsa -in clear.key -traditional {cipher} -passout file:secret -out old.key"));
            let old = folder.read("old.key");
            let opened = file::read_with(&old, &[passphrase("wrong"), passphrase(secret)]).unwrap();
            assert_eq!(opened.private_keys().next().unwrap().pkcs8(), clear.pkcs8(), "{cipher}");
            let wrong = file::read_with(&old, &[passphrase("wrong")]).unwrap();
            assert_eq!(wrong.notes, [file::Note::WrongPassphrase], "{cipher}");
        }
    }
    for command in [
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out other.key",
        "ecparam -name prime256v1 -genkey -noout -out other.key",
        "genpkey -algorithm ED25519 -out other.key",
    ] {
        make(command);
        make("pkey -in other.key -pubout -outform DER -out other.pub");
        let read = file::read(&folder.read("other.key")).unwrap();
        let [Item::UnusableKey(key)] = read.items.as_slice() else { panic!("{command}: {read:?}") };
        assert_eq!(key.error.code(), "unsupported-key-algorithm", "{command}");
        // Ed25519 keys do not give their public half.
        if let Some(public) = &key.public_key {
            assert_eq!(public.spki(), folder.read("other.pub"), "{command}");
        }
        assert_eq!(key.public_key.is_some(), !command.contains("ED25519"), "{command}");
    }
}

#[test]
fn we_read_what_openssl_labels_otherwise() {
    let Some(openssl) = openssl() else { return };
    let identity = rsa(&openssl);
    let make = |command: &str| openssl.demand(identity.path(), &words(command), b"");
    make("x509 -in leaf.pem -trustout -addtrust clientAuth -setalias lilas -out trusted.pem");
    let trusted = file::read(&identity.folder.read("trusted.pem")).unwrap();
    assert_eq!(trusted.certificates().next().unwrap().raw(), identity.leaf);
    assert_eq!(trusted.notes, []);
    make("req -in leaf.csr -newhdr -out new.csr");
    assert!(identity.folder.read("new.csr").starts_with(b"-----BEGIN NEW CERTIFICATE REQUEST"));
    let request = file::read(&identity.folder.read("new.csr")).unwrap();
    assert_eq!(request.requests().next().unwrap().public_key(), identity.key.public_key());
}

/// OpenSSL 3.0 does not write PBMAC1, but calculates both of its steps.
#[test]
fn the_code_of_rfc_9579_is_the_one_that_openssl_calculates() {
    let Some(openssl) = openssl() else { return };
    let identity = rsa(&openssl);
    let command = "pkcs12 -export -nomac -inkey clear.key -in leaf.pem -passout pass:secret -out o.p12";
    openssl.demand(identity.path(), &words(command), b"");
    let without = identity.folder.read("o.p12");
    // SEQUENCE, version, then the ContentInfo: OID of eleven octets, [0], OCTET STRING.
    let size = |at: usize| usize::from(u16::from_be_bytes([without[at + 2], without[at + 3]]));
    let info = 7;
    let octets = info + 4 + 11 + 4;
    let content = &without[octets + 4..][..size(octets)];
    identity.folder.write("content", content);
    let element = |tag: u8, parts: &[&[u8]]| {
        let content = parts.concat();
        [&[tag, 0x82], &u16::try_from(content.len()).unwrap().to_be_bytes()[..], &content].concat()
    };
    for (hash, last, size) in [("SHA256", 9_u8, 32), ("SHA384", 10, 48), ("SHA512", 11, 64)] {
        let derive = format!(
            "kdf -keylen {size} -kdfopt digest:{hash} -kdfopt pass:secret -kdfopt salt:saltsalt -kdfopt iter:2048 -binary PBKDF2"
        );
        let key: String = openssl
            .demand(identity.path(), &words(&derive), b"")
            .output
            .iter()
            .map(|octet| format!("{octet:02x}"))
            .collect();
        let sign = format!("dgst -{hash} -mac HMAC -macopt hexkey:{key} -binary content");
        let code = openssl.demand(identity.path(), &words(&sign), b"").output;
        let prf = element(0x30, &[b"\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02", &[last], &[5, 0]]);
        let pbkdf2 = element(0x30, &[&element(0x04, &[b"saltsalt"]), &[2, 2, 8, 0, 2, 1, size], &prf]);
        let derivation = element(0x30, &[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c", &pbkdf2]);
        let pbmac1 = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0e";
        let algorithm = element(0x30, &[pbmac1, &element(0x30, &[&derivation, &prf])]);
        let digest = element(0x30, &[&algorithm, &element(0x04, &[&code])]);
        let mac = element(0x30, &[&digest, &element(0x04, &[b"NOT USED"]), &[2, 1, 1]]);
        let with = element(0x30, &[&without[4..], &mac]);
        let read = identity.read_back(&with, "secret", hash);
        assert!(
            matches!(read.integrity, Integrity::Mac { pbmac1: true, checked: true, .. }),
            "{:?}",
            read.integrity
        );
    }
}

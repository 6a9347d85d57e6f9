//! Keys: OpenSSL opens what we protect, we open what OpenSSL and keytool write.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a broken expectation must stop the test with its reason"
)]

use conformance::{Folder, engine, keytool, openssl};
use pki::encrypted_key;
use pki::engine::EngineError;
use pki::key::{KeyError, PrivateKey, PrivateKeyFile, RsaBits};
use pki::passphrase::Passphrase;
use pki::pem;
use pki::rustcrypto::decrypt_now;

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn clear(bytes: &[u8]) -> PrivateKey {
    match PrivateKeyFile::read(bytes).unwrap() {
        PrivateKeyFile::Clear(key) => key,
        PrivateKeyFile::Encrypted(_) => panic!("in clear"),
    }
}

fn sealed(bytes: &[u8]) -> Vec<u8> {
    match PrivateKeyFile::read(bytes).unwrap() {
        PrivateKeyFile::Encrypted(sealed) => sealed,
        PrivateKeyFile::Clear(_) => panic!("encrypted"),
    }
}

/// Splits a command at spaces.
fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

#[test]
fn openssl_opens_ours_with_the_passphrase_only() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let engine = engine();
    let key = engine.generate_rsa_now(RsaBits::Bits2048).unwrap();
    for secret in ["correct horse", "Été à l'hôpital – 12 € 🏥", " bords "] {
        let protected = engine.encrypt_now(&key, &passphrase(secret)).unwrap();
        folder.write("sealed.key", pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &protected));
        folder.write("secret", secret);
        folder.write("wrong", "not the passphrase");
        let open = |file: &str| {
            let command = format!("pkey -in sealed.key -passin file:{file} -outform DER");
            openssl.ask(folder.path(), &words(&command), b"")
        };
        let opened = open("secret");
        assert!(opened.accepted, "{}", opened.complaint);
        assert_eq!(clear(&opened.output).public_key(), key.public_key(), "{secret}");
        assert!(!open("wrong").accepted);

        let dump = openssl.demand(folder.path(), &words("asn1parse -in sealed.key"), b"").text();
        for expected in ["PBES2", "PBKDF2", ":0927C0", "hmacWithSHA256", "aes-256-cbc"] {
            assert!(dump.contains(expected), "{expected}\n{dump}");
        }
    }
}

#[test]
fn we_open_what_openssl_protects() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let secret = "Été à l'hôpital";
    folder.write("secret", secret);
    let make = |command: &str| openssl.demand(folder.path(), &words(command), b"");
    make("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out clear.key");
    let key = clear(&folder.read("clear.key"));
    let prfs = ["hmacWithSHA1", "hmacWithSHA256", "hmacWithSHA384", "hmacWithSHA512"];
    for (prf, rounds) in prfs.into_iter().zip(["2048", "600000", "1", "10000"]) {
        for cipher in ["aes-128-cbc", "aes-192-cbc", "aes-256-cbc"] {
            make(&format!(
                "pkcs8 -topk8 -in clear.key -v2 {cipher} -v2prf {prf} -iter {rounds} -passout file:secret -out sealed.key"
            ));
            let protected = sealed(&folder.read("sealed.key"));
            let (parameters, _) = encrypted_key::open(&protected).unwrap();
            assert_eq!(parameters.rounds().to_string(), rounds);
            let back = decrypt_now(&protected, &passphrase(secret)).unwrap();
            assert_eq!(back.pkcs8(), key.pkcs8(), "{prf} {cipher}");
            assert_eq!(
                decrypt_now(&protected, &passphrase("wrong")).unwrap_err(),
                EngineError::WrongPassphrase
            );
        }
    }
    // The defaults of our own commands.
    make("pkey -in clear.key -aes-256-cbc -passout file:secret -out sealed.key");
    let protected = sealed(&folder.read("sealed.key"));
    assert!(decrypt_now(&protected, &passphrase(secret)).is_ok());
}

#[test]
fn we_open_what_old_tools_protected() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let make = |command: &str| openssl.demand(folder.path(), &words(command), b"");
    make("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out clear.key");
    let key = clear(&folder.read("clear.key"));
    for secret in ["secret", "Été à l'hôpital – 12 €"] {
        folder.write("secret", secret);
        for options in [
            "-v2 des3",
            "-v2 des3 -v2prf hmacWithSHA512",
            "-v1 PBE-SHA1-3DES",
            "-v1 PBE-SHA1-2DES",
            "-v1 PBE-SHA1-RC2-40",
            "-v1 PBE-SHA1-RC2-128",
            "-v1 PBE-MD5-DES",
            "-v1 PBE-SHA1-DES",
            "-v1 PBE-MD5-RC2-64",
            "-v1 PBE-SHA1-RC2-64 -iter 7",
        ] {
            make(&format!(
                "pkcs8 -topk8 -in clear.key -passout file:secret {options} -provider legacy -provider default -out sealed.key"
            ));
            let protected = sealed(&folder.read("sealed.key"));
            assert_eq!(encrypted_key::check(&protected), Ok(()), "{options}");
            let back = decrypt_now(&protected, &passphrase(secret));
            assert_eq!(back.unwrap().pkcs8(), key.pkcs8(), "{options} {secret}");
            let wrong = decrypt_now(&protected, &passphrase("wrong")).unwrap_err();
            assert_eq!(wrong, EngineError::WrongPassphrase, "{options}");
        }
    }
}

#[test]
fn what_we_cannot_open_is_named() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let make = |command: &str| openssl.demand(folder.path(), &words(command), b"");
    make("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out clear.key");
    let refusal = |options: &str| {
        make(&format!(
            "pkcs8 -topk8 -in clear.key -passout pass:secret {options} -outform DER -out sealed.der"
        ));
        let protected = sealed(&folder.read("sealed.der"));
        decrypt_now(&protected, &passphrase("secret")).unwrap_err()
    };
    for options in [
        "-scrypt",
        "-v2 camellia-256-cbc",
        "-v1 PBE-SHA1-RC4-128 -provider legacy -provider default",
        "-v2 aes-256-cbc -v2prf hmacWithSHA224",
    ] {
        let error = refusal(options);
        assert_eq!(error.code(), "unsupported-key-encryption", "{options}");
    }
    let many = refusal("-v2 aes-128-cbc -v2prf hmacWithSHA256 -iter 10000001");
    assert_eq!(many.code(), "key-derivation-rounds");

    make("rsa -in clear.key -traditional -aes128 -passout pass:secret -out old.key");
    assert_eq!(PrivateKeyFile::read(&folder.read("old.key")).unwrap_err(), KeyError::LegacyEncryption);
    make("ecparam -name prime256v1 -genkey -out sec1.key");
    make("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.key");
    make("genpkey -algorithm ED25519 -out ed.key");
    for file in ["sec1.key", "ec.key", "ed.key"] {
        let error = PrivateKeyFile::read(&folder.read(file)).unwrap_err();
        assert_eq!(error.code(), "unsupported-key-algorithm", "{file}");
    }
}

#[test]
fn pkcs1_becomes_the_pkcs8_that_openssl_writes() {
    let Some(openssl) = openssl() else { return };
    let folder = Folder::new();
    let make = |command: &str| openssl.demand(folder.path(), &words(command), b"");
    make("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out clear.key");
    make("rsa -in clear.key -traditional -out pkcs1.key");
    make("rsa -in clear.key -traditional -outform DER -out pkcs1.der");
    make("pkcs8 -topk8 -nocrypt -in clear.key -outform DER -out pkcs8.der");
    make("rsa -in clear.key -pubout -outform DER -out public.der");
    let pkcs8 = folder.read("pkcs8.der");
    for file in ["clear.key", "pkcs1.key", "pkcs1.der", "pkcs8.der"] {
        let key = clear(&folder.read(file));
        assert_eq!(key.pkcs8(), pkcs8, "{file}");
        assert_eq!(key.public_key().spki(), folder.read("public.der"), "{file}");
    }
}

#[test]
fn a_key_from_keytool_by_way_of_openssl() {
    let (Some(openssl), Some(keytool)) = (openssl(), keytool()) else {
        return;
    };
    let folder = Folder::new();
    let command = "-genkeypair -alias a -keyalg RSA -keysize 2048 -storetype PKCS12 -keystore a.p12 -storepass secret -dname CN=a";
    keytool.demand(folder.path(), &words(command), b"");
    let command = "pkcs12 -in a.p12 -passin pass:secret -passout pass:other -out a.pem";
    openssl.demand(folder.path(), &words(command), b"");
    // Text around the blocks, a certificate and a key.
    let bytes = folder.read("a.pem");
    let contents = pki::file::read(&bytes).unwrap();
    let certificate = contents.certificates().next().unwrap();
    let key = decrypt_now(&sealed(&bytes), &passphrase("other")).unwrap();
    assert_eq!(key.public_key().sha256(), certificate.public_key().sha256());
}

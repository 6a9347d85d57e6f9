//! Kits: what is given, what is handed over, what is refused, what is said.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod support;

use estampille::{
    Context, Error,
    contract::{AssembleInput, FileInput, Kit, Secret},
    kit::{Target, assemble, for_target, targets},
};
use messages::Locale;
use pki::{
    block_on,
    certificate::Certificate,
    engine::Engine,
    file, jks,
    passphrase::Passphrase,
    pem,
    pkcs12::{self, Key, Profile},
};
use rcgen::ExtendedKeyUsagePurpose as Purpose;
use support::{
    INTERMEDIATE, INTERMEDIATE_NAME, LEAF, LEAF_NAME, OTHER, ROOT, ROOT_NAME, Wanted, authority, chain,
    client, engine, issue, key, random,
};
use vocabulary::Timestamp;

const PASSPHRASE: &str = "lierre-canal-tuile-verger-ombre-sapin";

fn now() -> Timestamp {
    Timestamp::parse("2026-11-20T09:30:00Z").unwrap()
}

fn make(input: AssembleInput) -> Result<Kit, Error> {
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    block_on(assemble(&context, random, input)).unwrap()
}

fn secret(text: &str) -> Option<Secret> {
    Some(Secret::new(text.to_owned()))
}

/// The certificate, its key in clear, its chain.
fn usual(all: &[Certificate; 3]) -> AssembleInput {
    AssembleInput {
        certificate: Some(support::file(&all[0])),
        private_key: Some(FileInput::new(key(LEAF).pkcs8().to_vec())),
        chain: Some(all[1..].iter().map(support::file).collect()),
        output_passphrase: secret(PASSPHRASE),
        ..AssembleInput::default()
    }
}

fn codes(kit: &Kit) -> Vec<(String, String)> {
    kit.findings.iter().map(|finding| (finding.code.to_string(), finding.severity.to_string())).collect()
}

fn says(kit: &Kit, code: &str) -> Option<String> {
    kit.findings.iter().find(|finding| finding.code == code).map(|finding| finding.severity.to_string())
}

fn refusal(input: AssembleInput) -> (&'static str, String) {
    let error = make(input).unwrap_err();
    (error.code(), error.field.unwrap_or_default())
}

#[test]
fn every_form_holds_the_same_certificate_and_key() {
    let all = chain(&client());
    let kit = make(usual(&all)).unwrap();
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());

    let read = pkcs12::read(&kit.pkcs12.0, Some(&passphrase)).unwrap();
    let ders: Vec<&[u8]> = read.certificates.iter().map(|entry| entry.der.as_slice()).collect();
    assert_eq!(ders, all.iter().map(Certificate::raw).collect::<Vec<_>>());
    assert!(matches!(&read.keys[0].key, Key::Usable(found) if found.pkcs8() == key(LEAF).pkcs8()));
    assert_eq!(
        read.certificates[0].friendly_name.as_deref(),
        Some("org-auth-cli_insi-auto_750712184_2026-11-20")
    );

    let contents = file::read(kit.full_chain_pem.as_bytes()).unwrap();
    assert_eq!(contents.certificates().cloned().collect::<Vec<_>>(), all);

    let scan = pem::scan(kit.encrypted_private_key_pem.as_bytes());
    let opened = block_on(engine().decrypt(scan.blocks()[0].der(), &passphrase)).unwrap().unwrap();
    assert_eq!(opened.public_key(), all[0].public_key());

    let truststore = kit.truststore_jks.as_ref().unwrap();
    assert!(jks::is_intact(&truststore.0, &passphrase));
    let store = jks::read(&truststore.0).unwrap();
    assert_eq!(store.certificates().collect::<Vec<_>>(), [all[1].raw(), all[2].raw()]);
    assert_eq!(kit.certificate_sha256, all[0].sha256());
}

#[test]
fn the_kit_says_what_it_is_not() {
    let all = chain(&client());
    let kit = make(usual(&all)).unwrap();
    // Not of the IGC-Santé: the kit of a certificate that fails its check is made, and says so first.
    assert_eq!(kit.findings[0].code, "kit-unfit");
    assert_eq!(says(&kit, "kit-unfit").as_deref(), Some("error"));
    assert_eq!(says(&kit, "chain-given").as_deref(), Some("warning"));
    assert_eq!(says(&kit, "chain-trusted").as_deref(), Some("error"));
    assert_eq!(says(&kit, "key-in-clear").as_deref(), Some("info"));
    assert_eq!(says(&kit, "chain-missing"), None);
    let order = ["error", "warning", "info"];
    let ranks: Vec<_> =
        kit.findings.iter().map(|finding| order.iter().position(|word| finding.severity == *word)).collect();
    assert!(ranks.is_sorted() && !ranks.contains(&None), "{ranks:?}");
}

#[test]
fn a_chain_is_found_whatever_its_order_and_company() {
    let all = chain(&client());
    let stranger = issue(&authority(&[("CN", "Autre racine")]), OTHER, &[("CN", "Autre racine")], OTHER);
    let same_name = issue(&authority(INTERMEDIATE_NAME), OTHER, ROOT_NAME, ROOT);
    let mut input = usual(&all);
    let mixed = [&all[2], &stranger, &same_name, &all[1], &all[0]];
    let text: String = mixed.iter().map(|one| pem::encode(pem::CERTIFICATE, one.raw())).collect();
    input.chain = Some(vec![FileInput::new(text.into_bytes()), FileInput::new(b"<html>".to_vec())]);
    let kit = make(input).unwrap();
    let contents = file::read(kit.full_chain_pem.as_bytes()).unwrap();
    assert_eq!(contents.certificates().cloned().collect::<Vec<_>>(), all);
    let unrelated = kit.findings.iter().find(|finding| finding.code == "chain-unrelated").unwrap();
    let detail = unrelated.detail.as_deref().unwrap();
    assert!(detail.contains("Autre racine") && detail.contains("Autorité d'essai"), "{detail}");
    assert_eq!(says(&kit, "side-file-unreadable").as_deref(), Some("warning"));
}

#[test]
fn without_a_chain_the_kit_says_what_is_missing() {
    let all = chain(&client());
    let kit = make(AssembleInput { chain: None, ..usual(&all) }).unwrap();
    assert_eq!(says(&kit, "chain-missing").as_deref(), Some("warning"));
    assert!(kit.truststore_jks.is_none());
    assert!(kit.facts.authorities.is_empty());
    assert_eq!(file::read(kit.full_chain_pem.as_bytes()).unwrap().certificates().count(), 1);
    assert!(!kit.files.iter().any(|file| ["chain", "truststore", "authority"].contains(&&*file.role)));
    // No command names a file that is not there.
    for target in Target::ALL {
        for tool in for_target(Locale::Fr, target, &kit.facts).tools {
            for command in tool.commands {
                assert!(
                    !command.text.contains("ca.pem") && !command.text.contains(".jks"),
                    "{}",
                    command.text
                );
            }
        }
    }
    // Half a chain is kept, and what is above it is missing.
    let half = AssembleInput { chain: Some(vec![support::file(&all[1])]), ..usual(&all) };
    let kit = make(half).unwrap();
    assert_eq!(kit.facts.authorities.len(), 1);
    assert_eq!(says(&kit, "chain-missing").as_deref(), Some("warning"));
}

#[test]
fn an_authority_that_bears_a_known_name_is_left_out() {
    let igc = &[
        ("C", "FR"),
        ("O", "ASIP-SANTE"),
        ("OU", "IGC-SANTE"),
        ("CN", "AC IGC-SANTE ELEMENTAIRE ORGANISATIONS"),
    ];
    // The exact name has two OU, which the certificates of this test cannot bear: a near name is an unknown authority.
    let near = issue(&authority(igc), INTERMEDIATE, igc, INTERMEDIATE);
    let leaf = issue(&client(), LEAF, igc, INTERMEDIATE);
    let input = AssembleInput {
        certificate: Some(support::file(&leaf)),
        chain: Some(vec![support::file(&near)]),
        ..usual(&chain(&client()))
    };
    let kit = make(input).unwrap();
    assert_eq!(says(&kit, "chain-given").as_deref(), Some("warning"));
    assert_eq!(says(&kit, "kit-unfit").as_deref(), Some("error"));
}

#[test]
fn the_platforms_container_is_enough() {
    let all = chain(&client());
    let chain_ders: Vec<&[u8]> = all[1..].iter().map(Certificate::raw).collect();
    let content = pkcs12::Content {
        key: key(LEAF),
        certificate: all[0].raw(),
        chain: &chain_ders,
        friendly_name: None,
    };
    let mut octets = [0; pkcs12::RANDOM_OCTETS];
    random(&mut octets);
    let written =
        pkcs12::write(&content, &Passphrase::new("Plateforme2026".to_owned()), Profile::Legacy, &octets)
            .unwrap();
    let alone = || AssembleInput {
        certificate: Some(FileInput::new(written.clone())),
        passphrase: secret("Plateforme2026"),
        output_passphrase: secret(PASSPHRASE),
        ..AssembleInput::default()
    };
    let kit = make(alone()).unwrap();
    assert_eq!(kit.facts.authorities.len(), 2);
    assert_eq!(says(&kit, "key-in-clear"), None);
    assert_eq!(file::read(kit.full_chain_pem.as_bytes()).unwrap().certificates().count(), 3);

    let wrong = AssembleInput { passphrase: secret("autre"), ..alone() };
    assert_eq!(refusal(wrong), ("wrong-passphrase", "passphrase".to_owned()));
    let none = AssembleInput { passphrase: None, ..alone() };
    assert_eq!(refusal(none), ("passphrase-required", "passphrase".to_owned()));
    let mut cut = written.clone();
    cut.truncate(written.len() / 2);
    let cut = AssembleInput { certificate: Some(FileInput::new(cut)), ..alone() };
    assert_eq!(refusal(cut), ("malformed-pkcs12", "certificate".to_owned()));
    // The container as the key of a certificate given apart.
    let apart = AssembleInput {
        certificate: Some(support::file(&all[0])),
        private_key: Some(FileInput::new(written.clone())),
        ..alone()
    };
    assert_eq!(make(apart).unwrap().facts.authorities.len(), 2);
}

#[test]
fn a_key_is_found_among_several_and_in_other_encodings() {
    let all = chain(&client());
    let with = |bytes: Vec<u8>| AssembleInput { private_key: Some(FileInput::new(bytes)), ..usual(&all) };
    let utf16: Vec<u8> = core::iter::once(0xfeff)
        .chain(key(LEAF).to_pem().encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(says(&make(with(utf16)).unwrap(), "key-in-clear").as_deref(), Some("info"));
    let two = key(OTHER).to_pem().to_string() + &key(LEAF).to_pem();
    assert!(make(with(two.into_bytes())).is_ok());
}

#[test]
fn of_two_certificates_of_one_key_the_later_is_delivered() {
    let all = chain(&client());
    let later = support::until(2030, &client(), LEAF, INTERMEDIATE_NAME, INTERMEDIATE);
    let both = pem::encode(pem::CERTIFICATE, all[0].raw()) + &pem::encode(pem::CERTIFICATE, later.raw());
    let input = AssembleInput { certificate: Some(FileInput::new(both.into_bytes())), ..usual(&all) };
    let kit = make(input).unwrap();
    assert_eq!(kit.certificate_sha256, later.sha256());
    assert_eq!(says(&kit, "several-certificates").as_deref(), Some("info"));
}

#[test]
fn a_certificate_without_purposes_serves_all() {
    let plain = Wanted { subject: LEAF_NAME, purposes: &[], dns_names: &[], ca: false };
    let kit = make(usual(&chain(&plain))).unwrap();
    assert!(kit.facts.serves && kit.facts.calls);
    let nginx = for_target(Locale::Fr, Target::NginxApache, &kit.facts);
    assert_eq!(nginx.tools.len(), 2);
}

#[test]
fn keys_that_do_not_fit_or_open_are_refused() {
    let all = chain(&client());
    let other = AssembleInput {
        private_key: Some(FileInput::new(key(OTHER).to_pem().as_bytes().to_vec())),
        ..usual(&all)
    };
    assert_eq!(refusal(other), ("key-mismatch", "privateKey".to_owned()));
    let error =
        make(AssembleInput { private_key: Some(FileInput::new(key(OTHER).pkcs8().to_vec())), ..usual(&all) })
            .unwrap_err();
    let said = messages::error(Locale::Fr, &error).detail.unwrap();
    for key in [key(OTHER).public_key(), all[0].public_key()] {
        assert!(said.contains(&key.sha256()[..12]), "{said}");
    }

    assert_eq!(
        refusal(AssembleInput { private_key: None, ..usual(&all) }),
        ("private-key-required", "privateKey".to_owned())
    );
    let html = AssembleInput { private_key: Some(FileInput::new(b"<html>".to_vec())), ..usual(&all) };
    assert_eq!(refusal(html), ("not-a-private-key", "privateKey".to_owned()));
    let html = AssembleInput { certificate: Some(FileInput::new(b"<html>".to_vec())), ..usual(&all) };
    assert_eq!(refusal(html), ("not-a-certificate", "certificate".to_owned()));
    assert_eq!(refusal(AssembleInput { certificate: None, ..usual(&all) }).0, "invalid-input");
    let only_authority = AssembleInput { certificate: Some(support::file(&all[1])), ..usual(&all) };
    assert_eq!(refusal(only_authority), ("not-a-certificate", "certificate".to_owned()));

    let passphrase = Passphrase::new("clé gardée".to_owned());
    let encrypted = block_on(engine().encrypt(key(LEAF), &passphrase)).unwrap().unwrap();
    let kept = |text: Option<Secret>| AssembleInput {
        private_key: Some(FileInput::new(pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &encrypted).into_bytes())),
        passphrase: text,
        ..usual(&all)
    };
    assert_eq!(refusal(kept(secret("cle gardee"))), ("wrong-passphrase", "passphrase".to_owned()));
    assert_eq!(refusal(kept(None)), ("passphrase-required", "passphrase".to_owned()));
    assert!(make(kept(secret("clé gardée"))).is_ok());
}

#[test]
fn one_file_with_certificate_and_key_is_enough() {
    let all = chain(&client());
    let both = pem::encode(pem::CERTIFICATE, all[0].raw()) + &key(LEAF).to_pem();
    let input = AssembleInput {
        certificate: Some(FileInput::new(both.into_bytes())),
        private_key: None,
        ..usual(&all)
    };
    assert_eq!(says(&make(input).unwrap(), "key-in-clear").as_deref(), Some("info"));
    // A certificate that signed itself and may sign others, which people make for trials.
    let own = issue(&authority(LEAF_NAME), LEAF, LEAF_NAME, LEAF);
    let input = AssembleInput { certificate: Some(support::file(&own)), chain: None, ..usual(&all) };
    let kit = make(input).unwrap();
    assert_eq!(says(&kit, "chain-missing").as_deref(), Some("warning"));
    assert_eq!(says(&kit, "kit-unfit").as_deref(), Some("error"));
}

#[test]
fn passphrases_of_the_kit() {
    let all = chain(&client());
    let with = |text: &str, profile: &str| AssembleInput {
        output_passphrase: secret(text),
        profile: Some(profile.to_owned()),
        ..usual(&all)
    };
    let field = || "outputPassphrase".to_owned();
    assert_eq!(refusal(with("", "modern")), ("passphrase-required", field()));
    assert_eq!(
        refusal(AssembleInput { output_passphrase: None, ..usual(&all) }),
        ("passphrase-required", field())
    );
    assert_eq!(refusal(with("court", "modern")), ("weak-passphrase", field()));
    assert_eq!(refusal(with("canal-été-verger-tuile", "legacy")), ("passphrase-charset", field()));
    assert_eq!(refusal(with(PASSPHRASE, "new")), ("invalid-input", "profile".to_owned()));
    let kit = make(with(PASSPHRASE, "legacy")).unwrap();
    assert_eq!(says(&kit, "pkcs12-legacy").as_deref(), Some("warning"));
    assert_eq!(kit.facts.profile, "legacy");
    let kit = make(with("canal-été-verger-tuile-ombre", "modern")).unwrap();
    assert_eq!(says(&kit, "passphrase-java").as_deref(), Some("warning"));
    assert_eq!(says(&kit, "weak-passphrase"), None);
    assert_eq!(
        says(&make(with("azerty12", "modern")).unwrap(), "weak-passphrase").as_deref(),
        Some("warning")
    );
    // No finding, error or readme repeats a passphrase.
    let kit = make(with("canal-secret-verger-tuile", "modern")).unwrap();
    let text = format!("{:?}{:?}", kit.findings, kit);
    assert!(!text.contains("canal-secret"), "{text}");
    assert!(!contains(&kit.zip.0, b"canal-secret"));
}

#[test]
fn names_shown_by_windows() {
    let all = chain(&client());
    let with = |text: &str| AssembleInput { friendly_name: Some(text.to_owned()), ..usual(&all) };
    let kit = make(with("  DMP – hôpital 🏥 ")).unwrap();
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());
    let read = pkcs12::read(&kit.pkcs12.0, Some(&passphrase)).unwrap();
    assert_eq!(read.keys[0].friendly_name.as_deref(), Some("DMP – hôpital 🏥"));
    for bad in ["a\nb".to_owned(), "é".repeat(129)] {
        assert_eq!(refusal(with(&bad)), ("invalid-input", "friendlyName".to_owned()));
    }
    assert!(make(with(" ")).is_ok());
}

#[test]
fn no_randomness_no_kit() {
    let all = chain(&client());
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    let made = block_on(assemble(&context, |_: &mut [u8]| false, usual(&all))).unwrap();
    assert_eq!(made.unwrap_err().code(), "no-randomness");
}

#[test]
fn an_expired_certificate_still_makes_a_kit() {
    let all = chain(&client());
    let engine = engine();
    let later = Timestamp::parse("2031-01-01").unwrap();
    let context = Context { locale: Locale::Fr, now: later, engine: &engine };
    let kit = block_on(assemble(&context, random, usual(&all))).unwrap().unwrap();
    assert!(codes(&kit).contains(&("validity".to_owned(), "error".to_owned())), "{:?}", codes(&kit));
}

#[test]
fn the_archive_holds_every_file_and_the_readme_names_them() {
    let server = Wanted {
        subject: &[("C", "FR"), ("O", "LABO"), ("OU", "1750712184"), ("CN", "dmp.exemple.fr")],
        purposes: &[Purpose::ServerAuth, Purpose::ClientAuth],
        dns_names: &["dmp.exemple.fr"],
        ca: false,
    };
    let all = chain(&server);
    for locale in Locale::ALL {
        let engine = engine();
        let context = Context { locale, now: now(), engine: &engine };
        let kit = block_on(assemble(&context, random, usual(&all))).unwrap().unwrap();
        assert_eq!(kit.facts.host.as_deref(), Some("dmp.exemple.fr"));
        let readme = stored(&kit.zip.0, &kit.files[0].name).unwrap();
        let readme = String::from_utf8(readme).unwrap();
        assert!(readme.starts_with('\u{feff}') && !readme.replace("\r\n", "").contains(['\r', '\n']));
        for file in &kit.files {
            assert!(file.name.is_ascii() && !file.purpose.is_empty());
            let content = stored(&kit.zip.0, &file.name).unwrap_or_else(|| panic!("{} is there", file.name));
            assert!(!content.is_empty(), "{}", file.name);
            assert!(readme.contains(&file.name), "{} is named", file.name);
        }
        for word in ["nginx", "Apache", "IIS", "Java", "curl", &all[0].sha256(), &all[0].subject().rfc4514()]
        {
            assert!(readme.contains(word), "{word} is in\n{readme}");
        }
        assert_eq!(stored(&kit.zip.0, &format!("{}.p12", kit.facts.file_stem)).unwrap(), kit.pkcs12.0);
        for line in
            readme.lines().filter(|line| line.starts_with("    ") && line.contains(&kit.facts.file_stem))
        {
            for word in line.split_whitespace().filter(|word| word.starts_with(&kit.facts.file_stem)) {
                let word = word.trim_end_matches([';', '"', ',']);
                let made_by_a_command =
                    [".pass", ".pass.sh", ".proxy.pem"].iter().any(|end| word.ends_with(end));
                assert!(made_by_a_command || kit.files.iter().any(|file| file.name == word), "{word}");
            }
        }
    }
}

#[test]
fn a_seal_serves_no_connection_and_its_readme_says_so() {
    let seal =
        Wanted { subject: LEAF_NAME, purposes: &[Purpose::EmailProtection], dns_names: &[], ca: false };
    let kit = make(usual(&chain(&seal))).unwrap();
    assert!(!kit.facts.serves && !kit.facts.calls);
    let nginx = for_target(Locale::Fr, Target::NginxApache, &kit.facts);
    assert!(nginx.tools.is_empty() && !nginx.notes.is_empty());
    assert!(nginx.notes.iter().any(|note| note.contains("nginx, Apache, IIS, curl")));
    let windows = for_target(Locale::Fr, Target::Windows, &kit.facts);
    assert!(windows.tools[0].commands.iter().any(|command| command.text.contains("Import-PfxCertificate")));
}

#[test]
fn each_machine_has_its_form_its_files_and_three_commands() {
    let kit = make(usual(&chain(&client()))).unwrap();
    let choices = targets(Locale::Fr);
    assert_eq!(choices.len(), Target::ALL.len());
    for (choice, target) in choices.iter().zip(Target::ALL) {
        assert_eq!(choice.target, target.as_str());
        assert_eq!(Target::from_word(&choice.target), Some(target));
        let guide = for_target(Locale::Fr, target, &kit.facts);
        assert_eq!(guide.choice, *choice);
        assert!(!guide.files.is_empty());
        for tool in &guide.tools {
            let needed = tool.commands.iter().filter(|command| !command.optional).count();
            assert!(needed >= 3, "{}: {needed}", tool.tool);
            for command in &tool.commands {
                assert!(!command.what.is_empty() && !command.text.is_empty());
                assert!(!command.text.contains(PASSPHRASE));
            }
        }
        assert_eq!(guide.other_profile, target == Target::WindowsServer2016);
    }
    assert_eq!(Target::from_word("mac"), None);
}

/// The content of a file of a ZIP without compression, by its local header.
fn stored(zip: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut at = 0;
    while zip[at..].starts_with(b"PK\x03\x04") {
        let number = |from: usize, length: usize| {
            zip[at + from..at + from + length]
                .iter()
                .rev()
                .fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte))
        };
        let (size, name_length, extra) = (number(22, 4), number(26, 2), number(28, 2));
        let start = at + 30 + name_length + extra;
        if &zip[at + 30..at + 30 + name_length] == name.as_bytes() {
            return Some(zip[start..start + size].to_vec());
        }
        at = start + size;
    }
    None
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(300))]

    /// Whatever the files, an answer: bytes of any kind, true files cut or with one octet changed.
    #[test]
    fn no_file_stops_it(
        noise in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400),
        which in 0_usize..5,
        cut in 0.0_f64..1.0,
        flip in proptest::prelude::any::<u8>(),
    ) {
        let all = chain(&client());
        let damaged = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            let at = (bytes.len() as f64 * cut) as usize;
            if flip == 0 {
                bytes.truncate(at);
            } else if let Some(octet) = bytes.get_mut(at) {
                *octet ^= flip;
            }
            FileInput::new(bytes)
        };
        // Another key, so that what reads after all ends at once and no container is written.
        let other = || Some(FileInput::new(key(OTHER).pkcs8().to_vec()));
        let input = match which {
            0 => AssembleInput { certificate: Some(FileInput::new(noise)), private_key: other(), ..usual(&all) },
            1 => AssembleInput { certificate: Some(damaged(all[0].raw())), private_key: other(), ..usual(&all) },
            2 => AssembleInput { private_key: Some(FileInput::new(noise)), ..usual(&all) },
            3 => AssembleInput { private_key: Some(damaged(key(OTHER).pkcs8())), ..usual(&all) },
            _ => AssembleInput {
                certificate: Some(damaged(CONTAINER.as_slice())),
                private_key: None,
                passphrase: None,
                ..usual(&all)
            },
        };
        let error = make(input).unwrap_err();
        proptest::prop_assert!(!error.code().is_empty());
        proptest::prop_assert!(!messages::error(Locale::Fr, &error).title.starts_with(error.code()));
    }
}

/// A container of the platform's kind.
static CONTAINER: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| {
    let all = chain(&client());
    let content = pkcs12::Content {
        key: key(LEAF),
        certificate: all[0].raw(),
        chain: &[all[1].raw()],
        friendly_name: None,
    };
    let mut octets = [0; pkcs12::RANDOM_OCTETS];
    random(&mut octets);
    let passphrase = Passphrase::new("Plateforme2026".to_owned());
    pkcs12::write(&content, &passphrase, Profile::Legacy, &octets).unwrap()
});

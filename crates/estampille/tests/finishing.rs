//! What a page needs around a kit: its files one by one, what is known of a chain before there is a key, the commands
//! for the server that kept the key, and the certificate to order again.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod support;

use estampille::{
    Context,
    contract::{AssembleInput, CertificateSummary, ChainReport, CheckInput, FileInput, RenewalInput, Secret},
    kit, order, renewal,
};
use messages::Locale;
use pki::{block_on, pem};
use support::{LEAF, chain, client, engine, key, random, real};
use vocabulary::Timestamp;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-20T09:30:00Z").unwrap()
}

fn chain_of(certificate: &FileInput, files: &[FileInput]) -> ChainReport {
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    block_on(kit::chain(&context, certificate, files)).unwrap().unwrap()
}

fn summary(certificate: &FileInput) -> CertificateSummary {
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    let input = CheckInput { certificate: Some(certificate.clone()), ..CheckInput::default() };
    block_on(estampille::certificate::check(&context, input)).unwrap().unwrap().certificate
}

#[test]
fn each_file_of_a_kit_is_had_by_itself_in_either_language() {
    let all = chain(&client());
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    let input = AssembleInput {
        certificate: Some(support::file(&all[0])),
        private_key: Some(FileInput::new(key(LEAF).pkcs8().to_vec())),
        chain: Some(all[1..].iter().map(support::file).collect()),
        output_passphrase: Some(Secret::new("lierre-canal-tuile-verger".to_owned())),
        ..AssembleInput::default()
    };
    let kit = block_on(kit::assemble(&context, random, input)).unwrap().unwrap();
    for locale in Locale::ALL {
        let files = kit::files(locale, &kit.facts);
        assert!(files.len() > 8);
        for file in &files {
            let content = kit::content(&kit, file).unwrap();
            assert!(!content.is_empty(), "{}", file.name);
            let expected = match &*file.role {
                "pkcs12" => Some(kit.pkcs12.0.clone()),
                "full-chain" => Some(kit.full_chain_pem.clone().into_bytes()),
                "key" => Some(kit.encrypted_private_key_pem.clone().into_bytes()),
                "truststore" => kit.truststore_jks.clone().map(|jks| jks.0),
                "leaf" => Some(pem::encode(pem::CERTIFICATE, all[0].raw()).into_bytes()),
                _ => None,
            };
            if let Some(expected) = expected {
                assert_eq!(content, expected, "{}", file.name);
            }
        }
    }
    let mut unknown = kit::files(Locale::Fr, &kit.facts)[1].clone();
    unknown.name = "autre.p12".to_owned();
    assert_eq!(kit::content(&kit, &unknown), None);
}

#[test]
fn what_is_known_of_a_chain_needs_no_key() {
    let all = chain(&client()).map(|certificate| support::file(&certificate));
    let [leaf, authority, root] = &all;
    let whole = chain_of(leaf, &[root.clone(), authority.clone()]);
    assert!(whole.is_complete);
    let found: Vec<(bool, Vec<u8>)> =
        whole.files.iter().map(|file| (file.authority.is_root, file.der.0.clone())).collect();
    assert_eq!(found, [(false, authority.as_bytes().to_vec()), (true, root.as_bytes().to_vec())]);
    let none = chain_of(leaf, &[]);
    assert!(!none.is_complete && none.files.is_empty() && none.address.is_none());
    assert_eq!(none.findings[0].code, "chain-missing");

    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    let text = FileInput::new(b"bonjour".to_vec());
    let error = block_on(kit::chain(&context, leaf, std::slice::from_ref(&text))).unwrap().unwrap_err();
    assert_eq!((error.code(), error.field.as_deref()), ("not-a-certificate", Some("chain")));
    let error = block_on(kit::chain(&context, &text, &[])).unwrap().unwrap_err();
    assert_eq!((error.code(), error.field.as_deref()), ("not-a-certificate", Some("certificate")));
}

#[test]
fn a_real_certificate_names_where_its_chain_is() {
    let Some((_, leaf)) = real("end-entity").into_iter().find(|(name, _)| name.contains("hemadialyse-2025"))
    else {
        return;
    };
    let report = chain_of(&leaf, &[]);
    assert!(report.address.unwrap().ends_with("Chaine_de_certification-IGC-Sante-TEST.p7b"));
}

#[test]
fn the_servers_commands_name_the_files_of_the_request_and_no_shell_reads_more() {
    let all = chain(&client());
    let leaf = support::file(&all[0]);
    let files: Vec<FileInput> = all[1..].iter().map(support::file).collect();
    let authorities: Vec<_> = chain_of(&leaf, &files).files.into_iter().map(|file| file.authority).collect();
    for (authorities, steps) in [(&authorities[..], [4, 3, 3]), (&[], [3, 1, 2])] {
        let guides = kit::on_server(Locale::Fr, &summary(&leaf), authorities);
        let counts: Vec<usize> = guides.iter().map(|guide| guide.commands.len()).collect();
        assert_eq!(counts, steps);
        for command in guides.iter().flat_map(|guide| &guide.commands) {
            let usual = |c: char| c.is_ascii_alphanumeric() || " -_./\\|>\n".contains(c);
            assert!(command.text.chars().all(usual), "{}", command.text);
        }
    }
    // Whatever the certificate is called.
    let hostile = CertificateSummary {
        common_name: Some("$(reboot); rm -rf / `x` \"é\"".to_owned()),
        structure_id: Some("1';--".to_owned()),
        ..summary(&leaf)
    };
    for command in kit::on_server(Locale::Fr, &hostile, &[]).iter().flat_map(|guide| &guide.commands) {
        assert!(!command.text.contains(['$', ';', '`', '"', '\'', '(']), "{}", command.text);
    }
}

#[test]
fn a_certificate_is_ordered_again_as_it_was() {
    for (name, rule, value) in [
        ("org-auth-cli-insi-auto-2021", "exact", Some("INSI-AUTO")),
        ("hemadialyse-2025", "free", None),
        ("serv-ssl-admin-hub-esante-gouv-fr-2023", "fqdn", Some("admin.hub.esante.gouv.fr")),
    ] {
        let Some((_, file)) = real("end-entity").into_iter().find(|(found, _)| found.contains(name)) else {
            return;
        };
        let input = RenewalInput { certificate: Some(file), expected: None };
        let prepared = renewal::prepare(Locale::Fr, now(), &input).unwrap();
        let renewed = order::renewed(Locale::Fr, &prepared.request).unwrap();
        let planned = &renewed.planned;
        assert_eq!((&*planned.common_name.rule, planned.common_name.value.as_deref()), (rule, value));
        assert_eq!(Some(&*planned.product), prepared.request.product.as_deref());
        let subject = prepared.request.subject.unwrap();
        assert_eq!(planned.structure_id, subject.structure_id);
        let shown: Vec<&str> = renewed.card.rows.iter().filter_map(|row| row.value.as_deref()).collect();
        for wanted in [subject.common_name.as_deref(), subject.structure_id.as_deref()] {
            assert!(shown.contains(&wanted.unwrap()), "{wanted:?} in {shown:?}");
        }
        assert!(planned.id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)));
    }
}

#[test]
fn what_is_not_ordered_on_the_platform_is_not_ordered_again() {
    let Some((_, file)) = real("end-entity").into_iter().find(|(name, _)| name.contains("ps-auth")) else {
        return;
    };
    let input = RenewalInput { certificate: Some(file), expected: None };
    let prepared = renewal::prepare(Locale::Fr, now(), &input).unwrap();
    assert_eq!(order::renewed(Locale::Fr, &prepared.request), None);
}

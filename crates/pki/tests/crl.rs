//! Revocation lists: what is read of them, what is refused, and the real ones.
#![allow(clippy::indexing_slicing, clippy::print_stdout, clippy::unwrap_used, reason = "tests")]
#![cfg(feature = "rustcrypto")]

mod support;

use pki::certificate::Certificate;
use pki::crl::{ListError, Reason, RevocationList, is_revocation_list};
use pki::pem;
use pki::rustcrypto::verify_now;
use pki::signature::SignatureOutcome;
use proptest::prelude::*;
use support::authority::{engine, key};

/// What a list shall be; everything is DER content made by hand, so that it may be wrong.
#[derive(Clone)]
struct Wanted {
    version: Option<u8>,
    entries: Vec<Vec<u8>>,
    extensions: Vec<Vec<u8>>,
    next_update: Option<&'static str>,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { version: Some(1), entries: vec![], extensions: vec![], next_update: Some("260104120000Z") }
    }
}

impl Wanted {
    fn der(&self) -> Vec<u8> {
        let algorithm = tlv(0x30, &[oid("1.2.840.113549.1.1.11"), tlv(0x05, &[])].concat());
        let name = [oid("2.5.4.3"), tlv(0x0c, b"Liste")].concat();
        let mut fields: Vec<Vec<u8>> = self.version.iter().map(|version| tlv(0x02, &[*version])).collect();
        fields.push(algorithm.clone());
        fields.push(tlv(0x30, &tlv(0x31, &tlv(0x30, &name))));
        fields.push(tlv(0x17, b"260101120000Z"));
        fields.extend(self.next_update.map(|text| tlv(0x17, text.as_bytes())));
        if !self.entries.is_empty() {
            fields.push(tlv(0x30, &self.entries.concat()));
        }
        if !self.extensions.is_empty() {
            fields.push(tlv(0xa0, &tlv(0x30, &self.extensions.concat())));
        }
        let tbs = tlv(0x30, &fields.concat());
        let mut signature = vec![0];
        signature.extend(engine().sign_now(key(0), &tbs).unwrap());
        tlv(0x30, &[tbs, algorithm, tlv(0x03, &signature)].concat())
    }

    fn read(&self) -> RevocationList {
        RevocationList::read(&self.der()).unwrap()
    }

    fn refused(&self) -> &'static str {
        RevocationList::read(&self.der()).unwrap_err().code()
    }
}

fn with_extensions(extensions: &[Vec<u8>]) -> Wanted {
    Wanted { extensions: extensions.to_vec(), ..Wanted::default() }
}

fn with_entries(entries: &[Vec<u8>]) -> Wanted {
    Wanted { entries: entries.to_vec(), ..Wanted::default() }
}

fn entry(serial: &[u8], date: &str, extensions: &[Vec<u8>]) -> Vec<u8> {
    let mut parts = vec![tlv(0x02, serial), tlv(0x17, date.as_bytes())];
    if !extensions.is_empty() {
        parts.push(tlv(0x30, &extensions.concat()));
    }
    tlv(0x30, &parts.concat())
}

fn extension(dotted: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let mut parts = vec![oid(dotted)];
    if critical {
        parts.push(tlv(0x01, &[0xff]));
    }
    parts.push(tlv(0x04, value));
    tlv(0x30, &parts.concat())
}

fn reason(number: u8) -> Vec<u8> {
    extension("2.5.29.21", false, &tlv(0x0a, &[number]))
}

#[test]
fn a_list_says_who_when_and_what() {
    let list = Wanted {
        entries: vec![
            entry(&[0x30], "250601000000Z", &[reason(1)]),
            entry(&[0x10], "250602000000Z", &[]),
            // Not alone: read the long way.
            entry(&[0x20], "250603000000Z", &[extension("1.2.3", false, &[5, 0]), reason(6)]),
        ],
        extensions: vec![
            extension("2.5.29.20", false, &tlv(0x02, &[0x05, 0x07])),
            extension("2.5.29.35", false, &tlv(0x30, &tlv(0x80, &[1, 2, 3]))),
        ],
        ..Wanted::default()
    }
    .read();
    assert_eq!(list.issuer().rfc4514(), "CN=Liste");
    assert_eq!((list.this_update(), list.next_update()), (1_767_268_800, Some(1_767_528_000)));
    assert_eq!((list.number(), list.authority_key_id()), (Some("1287"), Some(&[1, 2, 3][..])));
    assert!(!list.is_delta() && list.scope().is_none() && list.unknown_critical().is_empty());
    assert!(list.signature_algorithms_agree());
    assert_eq!(list.entries(), 3);
    let said = |serial: &[u8]| list.revocation_of(serial).map(|found| (found.date, found.reason));
    assert_eq!(said(&[0x30]), Some((1_748_736_000, Some(Reason::KeyCompromise))));
    assert_eq!(said(&[0, 0x10]), Some((1_748_822_400, None)));
    assert_eq!(said(&[0x20]), Some((1_748_908_800, Some(Reason::CertificateHold))));
    for absent in [&[0x11][..], &[0x10, 0], &[], &[0]] {
        assert_eq!(said(absent), None);
    }
    assert_eq!(verify_now(&list.signature_task(key(0).public_key().spki())), SignatureOutcome::Valid);
    assert_eq!(verify_now(&list.signature_task(key(1).public_key().spki())), SignatureOutcome::Invalid);
}

#[test]
fn numbers_are_compared_with_their_sign() {
    let minus_one = with_entries(&[entry(&[0xff], "250601000000Z", &[])]).read();
    assert!(minus_one.revocation_of(&[0xff]).is_some());
    assert!(minus_one.revocation_of(&[0, 0xff]).is_none());
    let positive = with_entries(&[entry(&[0, 0xff], "250601000000Z", &[])]).read();
    assert!(positive.revocation_of(&[0, 0, 0xff]).is_some());
    assert!(positive.revocation_of(&[0xff]).is_none());
}

#[test]
fn of_a_number_that_stands_twice_the_first_entry_counts() {
    let list = with_entries(&[
        entry(&[7], "250601000000Z", &[reason(4)]),
        entry(&[7], "250602000000Z", &[reason(8)]),
    ])
    .read();
    assert_eq!(list.revocation_of(&[7]).unwrap().reason, Some(Reason::Superseded));
}

#[test]
fn limits_of_a_list_are_told() {
    let delta = with_extensions(&[extension("2.5.29.27", true, &tlv(0x02, &[1]))]).read();
    assert!(delta.is_delta());
    let scope = |parts: &[Vec<u8>]| {
        let value = tlv(0x30, &parts.concat());
        with_extensions(&[extension("2.5.29.28", true, &value)]).read().scope().unwrap().clone()
    };
    let yes = |number: u8| tlv(0x80 | number, &[0xff]);
    assert!(scope(&[yes(1)]).only_user_certificates);
    assert!(scope(&[yes(2)]).only_authority_certificates);
    assert!(scope(&[tlv(0x83, &[1, 0x40])]).only_some_reasons);
    assert!(scope(&[yes(4)]).indirect);
    assert!(scope(&[yes(5)]).only_attribute_certificates);
    let point = scope(&[tlv(0xa0, &tlv(0xa0, &tlv(0x86, b"http://essai.fr/1.crl")))]);
    assert_eq!((point.distribution_point, point.addresses), (true, vec!["http://essai.fr/1.crl".to_owned()]));
    let relative = scope(&[tlv(0xa0, &tlv(0xa1, b""))]);
    assert!(relative.distribution_point && relative.addresses.is_empty());
    let no_limit = scope(&[]);
    assert!(!no_limit.distribution_point && !no_limit.indirect);

    let unknown = with_extensions(&[extension("1.2.3.4", true, &[5, 0])]).read();
    assert_eq!(unknown.unknown_critical()[0].as_str(), "1.2.3.4");
    assert!(with_extensions(&[extension("1.2.3.4", false, &[5, 0])]).read().unknown_critical().is_empty());
    let in_entry =
        with_entries(&[entry(&[1], "250601000000Z", &[extension("1.2.3.5", true, &[5, 0])])]).read();
    assert_eq!(in_entry.unknown_critical()[0].as_str(), "1.2.3.5");
    // An entry of another issuer's certificate, in a list that does not say that it holds such.
    let of_another = extension("2.5.29.29", true, &tlv(0x30, &[]));
    let indirect = with_entries(&[entry(&[1], "250601000000Z", &[of_another])]).read();
    assert!(indirect.scope().unwrap().indirect && indirect.unknown_critical().is_empty());
}

#[test]
fn reasons_are_those_of_the_standard() {
    let of = |number: u8| {
        let list = with_entries(&[entry(&[1], "250601000000Z", &[reason(number)])]).read();
        list.revocation_of(&[1]).unwrap().reason.unwrap()
    };
    let known = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10].map(of);
    assert_eq!(
        known,
        [
            Reason::Unspecified,
            Reason::KeyCompromise,
            Reason::CaCompromise,
            Reason::AffiliationChanged,
            Reason::Superseded,
            Reason::CessationOfOperation,
            Reason::CertificateHold,
            Reason::RemoveFromCrl,
            Reason::PrivilegeWithdrawn,
            Reason::AaCompromise,
        ]
    );
    assert_eq!((of(7), of(255)), (Reason::Other(7), Reason::Other(255)));
}

#[test]
fn the_first_version_has_no_extensions_and_no_end_is_allowed() {
    let old = Wanted { version: None, next_update: None, ..Wanted::default() }.read();
    assert_eq!((old.next_update(), old.number()), (None, None));
    let number = extension("2.5.29.20", false, &tlv(0x02, &[1]));
    let wrong = Wanted { version: None, extensions: vec![number], ..Wanted::default() };
    assert_eq!(wrong.refused(), "not-a-list");
    for version in [0, 2] {
        assert_eq!(Wanted { version: Some(version), ..Wanted::default() }.refused(), "not-a-list");
    }
}

#[test]
fn a_list_of_which_a_part_does_not_read_is_refused() {
    let refused = |entries: &[Vec<u8>]| with_entries(entries).refused();
    let good = || entry(&[1], "250601000000Z", &[]);
    assert_eq!(refused(&[good(), vec![0x30, 0x05, 0x02]]), "malformed-list");
    assert_eq!(refused(&[good(), tlv(0x31, &[])]), "malformed-list");
    assert_eq!(refused(&[entry(&[], "250601000000Z", &[])]), "malformed-list");
    assert_eq!(refused(&[entry(&[1], "250699000000Z", &[])]), "malformed-list");
    assert_eq!(
        refused(&[tlv(0x30, &[tlv(0x04, &[1]), tlv(0x17, b"250601000000Z")].concat())]),
        "malformed-list"
    );
    let two_reasons = extension("2.5.29.21", false, &tlv(0x0a, &[1, 1]));
    assert_eq!(refused(&[entry(&[1], "250601000000Z", &[two_reasons])]), "malformed-list");
    let number = extension("2.5.29.20", false, &tlv(0x02, &[1]));
    assert_eq!(with_extensions(&[number.clone(), number]).refused(), "malformed-list");
    assert_eq!(with_extensions(&[extension("2.5.29.28", true, &[4, 0])]).refused(), "malformed-list");
    assert_eq!(Wanted { next_update: Some("26"), ..Wanted::default() }.refused(), "malformed-list");
    let mut longer = Wanted::default().der();
    longer.push(0);
    assert_eq!(RevocationList::read(&longer).unwrap_err(), ListError::NotAList);
    assert_eq!(RevocationList::read(b"").unwrap_err(), ListError::NotAList);
    let huge = vec![0x30; pki::crl::MAX_LIST + 1];
    assert_eq!(RevocationList::read(&huge).unwrap_err().code(), "too-large");
    for der in [key(0).pkcs8(), key(0).public_key().spki()] {
        assert!(!is_revocation_list(der));
    }
}

#[test]
fn a_list_cut_anywhere_is_refused() {
    let der = with_entries(&[entry(&[1], "250601000000Z", &[reason(1)])]).der();
    for end in 0..der.len() {
        assert!(RevocationList::read(&der[..end]).is_err());
    }
}

/// Positive serial numbers in their shortest form, of few values so that some are asked and listed.
fn serials() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let number = (1..=0x7f_u8, prop::collection::vec(0..3_u8, 0..3));
    prop::collection::vec(number.prop_map(|(first, rest)| [vec![first % 9 + 1], rest].concat()), 0..200)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn whoever_is_listed_is_found_and_nobody_else(listed in serials(), asked in serials()) {
        let entries: Vec<_> = listed.iter().map(|serial| entry(serial, "250601000000Z", &[])).collect();
        let list = with_entries(&entries).read();
        for serial in listed.iter().chain(&asked) {
            prop_assert_eq!(list.revocation_of(serial).is_some(), listed.contains(serial), "{:?}", serial);
        }
    }

    #[test]
    fn altered_lists_never_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        serial in prop::collection::vec(any::<u8>(), 0..24),
    ) {
        let mut der = Wanted {
            entries: vec![entry(&[1], "250601000000Z", &[reason(1)]), entry(&[0, 0x90], "250601000000Z", &[])],
            extensions: vec![extension("2.5.29.28", true, &tlv(0x30, &tlv(0x81, &[0xff])))],
            ..Wanted::default()
        }
        .der();
        for (place, value) in edits {
            let place = place.index(der.len());
            der[place] = value;
        }
        let _ = is_revocation_list(&der);
        if let Ok(list) = RevocationList::read(&der) {
            let _ = (list.revocation_of(&serial), list.revocation_of(&[1]), format!("{list:?}"));
            prop_assert_eq!(list.raw(), &der);
        }
    }
}

#[test]
fn the_real_lists_are_read() {
    let Some(folder) = support::real_data() else { return };
    let files = support::files(&folder, "crl");
    let authorities = support::files(&folder, "ca");
    let der = |bytes: &[u8]| pem::scan(bytes).blocks()[0].der().to_vec();
    let list = |name: &str| {
        let (_, bytes) = files.iter().find(|(found, _)| found.starts_with(name)).unwrap();
        RevocationList::read(&der(bytes)).unwrap()
    };
    let key_of = |name: &str| {
        let (_, bytes) = authorities.iter().find(|(found, _)| found == name).unwrap();
        Certificate::read(&der(bytes)).unwrap()
    };
    for (start, authority, number, entries, days) in [
        ("test-ac-elementaire-organisations", "test-ac-elementaire-organisations", "1287", 1013, 6),
        ("test-ac-racine-elementaire", "test-ac-racine-elementaire", "73", 0, 45),
    ] {
        let list = list(start);
        let ca = key_of(authority);
        assert_eq!((list.number(), list.entries()), (Some(number), entries));
        assert_eq!(list.next_update().unwrap() - list.this_update(), days * 86_400);
        assert_eq!(list.authority_key_id(), ca.extensions().subject_key_id());
        assert_eq!(list.issuer(), ca.subject());
        assert!(!list.is_delta() && list.scope().is_none() && list.unknown_critical().is_empty());
        assert_eq!(verify_now(&list.signature_task(ca.public_key().spki())), SignatureOutcome::Valid);
    }
    let ends = support::files(&folder, "end-entity");
    let revoked: Vec<&str> = ends
        .iter()
        .filter(|(name, bytes)| {
            let certificate = Certificate::read(&der(bytes)).unwrap();
            name.starts_with("test-el-")
                && list("test-ac-elementaire-org").revocation_of(certificate.serial_content()).is_some()
        })
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(revoked, ["test-el-org-sign-tomwsrevoque-henix-asipsante-fr-2019"]);
}

fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let mut content = vec![u8::try_from(arcs[0] * 40 + arcs[1]).unwrap()];
    for arc in &arcs[2..] {
        let mut groups = vec![u8::try_from(arc & 0x7f).unwrap()];
        let mut rest = arc >> 7;
        while rest > 0 {
            groups.insert(0, u8::try_from(rest & 0x7f).unwrap() | 0x80);
            rest >>= 7;
        }
        content.extend(groups);
    }
    tlv(0x06, &content)
}

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short @ 0..=127) => out.push(short),
        _ => {
            let octets: Vec<u8> =
                content.len().to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect();
            out.push(0x80 | u8::try_from(octets.len()).unwrap());
            out.extend(octets);
        }
    }
    out.extend_from_slice(content);
    out
}

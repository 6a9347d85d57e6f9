//! The project's own test authority: certificates that imitate the IGC-Santé's profiles, with any fault one likes.

use std::sync::{LazyLock, OnceLock};

use pki::certificate::Certificate;
use pki::crl::RevocationList;
use pki::key::{PrivateKey, RsaBits};
use pki::request::CertificationRequest;
use pki::rustcrypto::{Randomness, RandomnessError, RustCrypto};
use serde::{Deserialize, Serialize};

use super::der::{
    bit_string, boolean_true, integer, null, octet_string, oid, sequence, set, tagged_time, time, tlv,
    unsigned,
};

/// Keys, since making one takes a while: authority, impostor, leaf, another leaf.
static KEYS: LazyLock<Vec<PrivateKey>> =
    LazyLock::new(|| (0..4).map(|_| engine().generate_rsa_now(RsaBits::Bits2048).unwrap()).collect());

/// Whose key it is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Holder {
    Authority,
    Impostor,
    Leaf,
    OtherLeaf,
}

pub(crate) fn key(holder: Holder) -> &'static PrivateKey {
    &KEYS[match holder {
        Holder::Authority => 0,
        Holder::Impostor => 1,
        Holder::Leaf => 2,
        Holder::OtherLeaf => 3,
    }]
}

/// As many more as a test wants: `key-0` to `key-7`.
pub(crate) fn numbered_key(which: &str) -> Option<&'static PrivateKey> {
    static MORE: [OnceLock<PrivateKey>; 8] = [const { OnceLock::new() }; 8];
    let number: usize = which.strip_prefix("key-")?.parse().ok()?;
    Some(MORE.get(number)?.get_or_init(|| engine().generate_rsa_now(RsaBits::Bits2048).unwrap()))
}

fn engine() -> RustCrypto<impl Randomness> {
    RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError))
}

/// The name of the test authority: it presents itself as one of the TEST hierarchy, and is none of the pinned ones.
pub(crate) const AUTHORITY: &[&str] = &[
    "C=FR",
    "O=ASIP-SANTE",
    "OU=0002 187512751",
    "OU=IGC-SANTE TEST",
    "CN=TEST AC ESSAI IGC-SANTE ELEMENTAIRE ORGANISATIONS",
];

/// What a certificate shall be. The default imitates a TEST ORG_AUTH_CLI; a case file changes what it names.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Recipe {
    /// As encoded: one RDN each, several attributes joined with " + "; `O:printable=…` changes the string type.
    pub(crate) subject: Vec<String>,
    pub(crate) issuer: Vec<String>,
    pub(crate) signed_by: Holder,
    /// Whose RSA 2048 key (`key-0` to `key-7` are nobody's), or a made-up one: rsa-1024, rsa-4096, rsa-20000,
    /// exponent-1, exponent-3, roca, broken, ec-p256, made-up- and a number.
    pub(crate) key: String,
    pub(crate) version: u8,
    /// Content octets of the INTEGER, hexadecimal.
    pub(crate) serial: String,
    pub(crate) not_before: String,
    pub(crate) not_after: String,
    /// Algorithm named in the signed part and outside.
    pub(crate) algorithm: String,
    /// Algorithm named outside only, when it differs.
    pub(crate) outer_algorithm: Option<String>,
    pub(crate) key_usage: Vec<String>,
    pub(crate) key_usage_critical: bool,
    pub(crate) extended_key_usage: Vec<String>,
    /// absent, end-entity, authority, last-authority (which allows none below itself).
    pub(crate) basic_constraints: String,
    pub(crate) dns_names: Vec<String>,
    pub(crate) emails: Vec<String>,
    /// A user principal name, as the certificates of people have.
    pub(crate) principal: Option<String>,
    pub(crate) category: Option<u8>,
    pub(crate) policy: Option<String>,
    pub(crate) crl_address: Option<String>,
    /// privateKeyUsagePeriod.
    pub(crate) private_key_from: Option<String>,
    pub(crate) private_key_until: Option<String>,
    /// An extension of this type, of no meaning.
    pub(crate) unknown_extension: Option<String>,
    pub(crate) unknown_extension_critical: bool,
    /// Extension types written a second time.
    pub(crate) repeated_extension: bool,
    pub(crate) key_identifier: String,
    /// nameConstraints, not critical.
    pub(crate) name_constraints: bool,
    /// Changes the signature after it is made.
    pub(crate) altered: bool,
    /// What stands in the place of a signature, where making one would take too long.
    pub(crate) signature: Option<Vec<u8>>,
}

impl Default for Recipe {
    fn default() -> Self {
        let strings = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        Self {
            subject: strings(&["C=FR", "ST=Paris (75)", "O=HOPITAL D'ESSAI", "OU=10B0152872", "CN=Essai"]),
            issuer: strings(AUTHORITY),
            signed_by: Holder::Authority,
            key: "leaf".into(),
            version: 3,
            serial: "1d5de25e3dc14bde2c61c2cbe23a7c3f".into(),
            not_before: "2025-06-01T08:00:00Z".into(),
            not_after: "2028-06-01T08:00:00Z".into(),
            algorithm: "1.2.840.113549.1.1.11".into(),
            outer_algorithm: None,
            key_usage: strings(&["digitalSignature"]),
            key_usage_critical: true,
            extended_key_usage: strings(&["1.3.6.1.5.5.7.3.2"]),
            basic_constraints: "end-entity".into(),
            dns_names: vec![],
            emails: vec![],
            principal: None,
            category: Some(0x83),
            policy: Some("1.2.250.1.213.1.7.2.1.1.1.1".into()),
            crl_address: None,
            private_key_from: None,
            private_key_until: None,
            unknown_extension: None,
            unknown_extension_critical: false,
            repeated_extension: false,
            key_identifier: "22".repeat(20),
            name_constraints: false,
            altered: false,
            signature: None,
        }
    }
}

impl Recipe {
    /// A certificate authority of this name.
    pub(crate) fn authority(name: &[&str], holder: &str) -> Self {
        let strings = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        Self {
            subject: strings(name),
            issuer: strings(name),
            key: holder.into(),
            key_usage: strings(&["keyCertSign", "cRLSign"]),
            extended_key_usage: vec![],
            basic_constraints: "authority".into(),
            category: None,
            policy: Some("2.5.29.32.0".into()),
            not_before: "2013-06-25T00:00:00Z".into(),
            not_after: "2033-06-25T00:00:00Z".into(),
            key_identifier: "11".repeat(20),
            ..Self::default()
        }
    }

    pub(crate) fn make(&self) -> Certificate {
        Certificate::read(&self.der()).unwrap()
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        let algorithm = algorithm(&self.algorithm);
        let mut fields = Vec::new();
        if self.version > 1 {
            fields.push(tlv(0xa0, &integer(&[self.version - 1])));
        }
        fields.push(integer(&unhex(&self.serial)));
        fields.push(algorithm.clone());
        fields.push(name(&self.issuer));
        fields.push(sequence(&[time(&self.not_before), time(&self.not_after)]));
        fields.push(name(&self.subject));
        fields.push(public_key(&self.key));
        if self.version > 2 {
            fields.push(tlv(0xa3, &sequence(&self.extensions())));
        }
        let tbs = sequence(&fields);
        let made = || engine().sign_now(key(self.signed_by), &tbs).unwrap();
        let mut signature = self.signature.clone().unwrap_or_else(made);
        if self.altered {
            signature[9] ^= 1;
        }
        let outer = self.outer_algorithm.as_deref().map_or(algorithm, self::algorithm);
        sequence(&[tbs, outer, bit_string(&signature)])
    }

    fn extensions(&self) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        if !self.key_usage.is_empty() {
            all.push(extension("2.5.29.15", self.key_usage_critical, &key_usage(&self.key_usage)));
        }
        if !self.extended_key_usage.is_empty() {
            let purposes: Vec<_> = self.extended_key_usage.iter().map(|purpose| oid(purpose)).collect();
            all.push(extension("2.5.29.37", false, &sequence(&purposes)));
        }
        match self.basic_constraints.as_str() {
            "absent" => {}
            "end-entity" => all.push(extension("2.5.29.19", false, &sequence(&[]))),
            "authority" => all.push(extension("2.5.29.19", true, &sequence(&[boolean_true()]))),
            "last-authority" => {
                all.push(extension("2.5.29.19", true, &sequence(&[boolean_true(), integer(&[0])])));
            }
            other => panic!("basic-constraints = {other:?}"),
        }
        let dns = self.dns_names.iter().map(|name| tlv(0x82, name.as_bytes()));
        let emails = self.emails.iter().map(|name| tlv(0x81, name.as_bytes()));
        let principal = self.principal.iter().map(|name| {
            let value = tlv(0xa0, &tlv(0x0c, name.as_bytes()));
            tlv(0xa0, &[oid("1.3.6.1.4.1.311.20.2.3"), value].concat())
        });
        let names: Vec<_> = dns.chain(emails).chain(principal).collect();
        if !names.is_empty() {
            all.push(extension("2.5.29.17", false, &sequence(&names)));
        }
        if let Some(category) = self.category {
            all.push(extension("1.2.250.1.71.1.2.5", false, &octet_string(&[category])));
        }
        if let Some(policy) = &self.policy {
            all.push(extension("2.5.29.32", false, &sequence(&[sequence(&[oid(policy)])])));
        }
        if let Some(address) = &self.crl_address {
            let point = tlv(0xa0, &tlv(0xa0, &tlv(0x86, address.as_bytes())));
            all.push(extension("2.5.29.31", false, &sequence(&[sequence(&[point])])));
        }
        if self.private_key_from.is_some() || self.private_key_until.is_some() {
            let from = self.private_key_from.iter().map(|moment| tagged_time(0x80, moment));
            let until = self.private_key_until.iter().map(|moment| tagged_time(0x81, moment));
            all.push(extension("2.5.29.16", false, &sequence(&from.chain(until).collect::<Vec<_>>())));
        }
        if let Some(unknown) = &self.unknown_extension {
            all.push(extension(unknown, self.unknown_extension_critical, &null()));
        }
        if self.name_constraints {
            let permitted = tlv(0xa0, &sequence(&[tlv(0x82, b"essai.fr")]));
            all.push(extension("2.5.29.30", false, &sequence(&[permitted])));
        }
        all.push(extension("2.5.29.14", false, &octet_string(&unhex(&self.key_identifier))));
        if self.repeated_extension {
            all.push(all[0].clone());
        }
        all
    }
}

/// What a revocation list shall be. The default is a list of the test authority, in its time on the day of most cases.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ListRecipe {
    pub(crate) issuer: Vec<String>,
    pub(crate) signed_by: Holder,
    pub(crate) algorithm: String,
    pub(crate) this_update: String,
    /// `"none"` for a list that does not tell.
    pub(crate) next_update: String,
    pub(crate) entries: Vec<EntryRecipe>,
    pub(crate) delta: bool,
    /// What a partial list holds: users, authorities, attributes, some-reasons, other-issuers.
    pub(crate) only: Option<String>,
    /// The address of the one distribution point it is for.
    pub(crate) point: Option<String>,
    /// A critical extension of this type, of no meaning.
    pub(crate) unknown_extension: Option<String>,
    pub(crate) key_identifier: String,
    pub(crate) altered: bool,
}

/// An entry of a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EntryRecipe {
    /// Content octets of the INTEGER, hexadecimal; that of the default certificate when absent.
    #[serde(default = "default_serial")]
    serial: String,
    date: String,
    /// A number of RFC 5280.
    reason: Option<u8>,
}

fn default_serial() -> String {
    Recipe::default().serial
}

impl Default for ListRecipe {
    fn default() -> Self {
        let recipe = Recipe::default();
        Self {
            issuer: recipe.issuer,
            signed_by: Holder::Authority,
            algorithm: recipe.algorithm,
            this_update: "2026-11-18T22:00:00Z".into(),
            next_update: "2026-11-24T22:00:00Z".into(),
            entries: vec![],
            delta: false,
            only: None,
            point: None,
            unknown_extension: None,
            key_identifier: "11".repeat(20),
            altered: false,
        }
    }
}

impl ListRecipe {
    pub(crate) fn make(&self) -> RevocationList {
        RevocationList::read(&self.der()).unwrap()
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        let algorithm = algorithm(&self.algorithm);
        let mut fields = vec![integer(&[1]), algorithm.clone(), name(&self.issuer), time(&self.this_update)];
        if self.next_update != "none" {
            fields.push(time(&self.next_update));
        }
        if !self.entries.is_empty() {
            fields.push(sequence(&self.entries.iter().map(EntryRecipe::der).collect::<Vec<_>>()));
        }
        fields.push(tlv(0xa0, &sequence(&self.extensions())));
        let tbs = sequence(&fields);
        let mut signature = engine().sign_now(key(self.signed_by), &tbs).unwrap();
        if self.altered {
            signature[9] ^= 1;
        }
        sequence(&[tbs, algorithm, bit_string(&signature)])
    }

    fn extensions(&self) -> Vec<Vec<u8>> {
        let mut all = vec![extension("2.5.29.20", false, &integer(&[5]))];
        if !self.key_identifier.is_empty() {
            let id = tlv(0x80, &unhex(&self.key_identifier));
            all.push(extension("2.5.29.35", false, &sequence(&[id])));
        }
        if self.delta {
            all.push(extension("2.5.29.27", true, &integer(&[4])));
        }
        let mut scope = Vec::new();
        scope.extend(self.point.iter().map(|address| tlv(0xa0, &tlv(0xa0, &tlv(0x86, address.as_bytes())))));
        scope.extend(self.only.as_deref().map(|only| match only {
            "users" => tlv(0x81, &[0xff]),
            "authorities" => tlv(0x82, &[0xff]),
            "some-reasons" => tlv(0x83, &[6, 0x40]),
            "other-issuers" => tlv(0x84, &[0xff]),
            "attributes" => tlv(0x85, &[0xff]),
            other => panic!("only = {other:?}"),
        }));
        if !scope.is_empty() {
            all.push(extension("2.5.29.28", true, &sequence(&scope)));
        }
        if let Some(unknown) = &self.unknown_extension {
            all.push(extension(unknown, true, &null()));
        }
        all
    }
}

impl EntryRecipe {
    pub(crate) fn of(serial: &str, date: &str) -> Self {
        Self { serial: serial.to_owned(), date: date.to_owned(), reason: None }
    }

    fn der(&self) -> Vec<u8> {
        let mut parts = vec![integer(&unhex(&self.serial)), time(&self.date)];
        if let Some(reason) = self.reason {
            parts.push(sequence(&[extension("2.5.29.21", false, &tlv(0x0a, &[reason]))]));
        }
        sequence(&parts)
    }
}

/// What a request shall be.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RequestRecipe {
    pub(crate) subject: Vec<String>,
    pub(crate) key: String,
    pub(crate) dns_names: Vec<String>,
    /// Of other kinds: `email:…`, `uri:…`, `ip:` and hexadecimal.
    pub(crate) other_names: Vec<String>,
    pub(crate) algorithm: String,
    pub(crate) altered: bool,
}

impl Default for RequestRecipe {
    fn default() -> Self {
        let recipe = Recipe::default();
        Self {
            subject: recipe.subject,
            key: recipe.key,
            dns_names: vec![],
            other_names: vec![],
            algorithm: recipe.algorithm,
            altered: false,
        }
    }
}

impl RequestRecipe {
    /// Signed by the numbered key it names, else by the leaf's, whatever key it names.
    pub(crate) fn make(&self) -> CertificationRequest {
        let mut attributes = Vec::new();
        if !self.dns_names.is_empty() || !self.other_names.is_empty() {
            let dns = self.dns_names.iter().map(|name| tlv(0x82, name.as_bytes()));
            let others = self.other_names.iter().map(|name| match name.split_once(':').unwrap() {
                ("email", text) => tlv(0x81, text.as_bytes()),
                ("uri", text) => tlv(0x86, text.as_bytes()),
                ("ip", octets) => tlv(0x87, &unhex(octets)),
                (other, _) => panic!("{other}"),
            });
            let names: Vec<_> = dns.chain(others).collect();
            let extensions = sequence(&[extension("2.5.29.17", false, &sequence(&names))]);
            attributes.push(sequence(&[oid("1.2.840.113549.1.9.14"), set(&[extensions])]));
        }
        let info = sequence(&[
            integer(&[0]),
            name(&self.subject),
            public_key(&self.key),
            tlv(0xa0, &attributes.concat()),
        ]);
        let signer = numbered_key(&self.key).unwrap_or_else(|| key(Holder::Leaf));
        let mut signature = engine().sign_now(signer, &info).unwrap();
        if self.altered {
            signature[9] ^= 1;
        }
        let der = sequence(&[info, algorithm(&self.algorithm), bit_string(&signature)]);
        CertificationRequest::read_der(&der).unwrap()
    }
}

fn algorithm(dotted: &str) -> Vec<u8> {
    sequence(&[oid(dotted), null()])
}

fn extension(dotted: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let mut parts = vec![oid(dotted)];
    if critical {
        parts.push(boolean_true());
    }
    parts.push(octet_string(value));
    sequence(&parts)
}

fn key_usage(names: &[String]) -> Vec<u8> {
    const NAMES: [&str; 7] = [
        "digitalSignature",
        "nonRepudiation",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
    ];
    let bits = names.iter().fold(0_u8, |bits, name| {
        let at = NAMES.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name}"));
        bits | 0x80 >> at
    });
    tlv(0x03, &[u8::try_from(bits.trailing_zeros()).unwrap(), bits])
}

fn name(parts: &[String]) -> Vec<u8> {
    let rdns: Vec<_> =
        parts.iter().map(|rdn| set(&rdn.split(" + ").map(attribute).collect::<Vec<_>>())).collect();
    sequence(&rdns)
}

fn attribute(text: &str) -> Vec<u8> {
    let (kind, value) = text.split_once('=').unwrap();
    let (kind, string) =
        kind.split_once(':').unwrap_or((kind, if kind == "C" { "printable" } else { "utf8" }));
    let dotted = match kind {
        "C" => "2.5.4.6",
        "ST" => "2.5.4.8",
        "L" => "2.5.4.7",
        "O" => "2.5.4.10",
        "OU" => "2.5.4.11",
        "CN" => "2.5.4.3",
        "GN" => "2.5.4.42",
        "SN" => "2.5.4.4",
        "title" => "2.5.4.12",
        other => panic!("{other}"),
    };
    let tag = match string {
        "printable" => 0x13,
        "utf8" => 0x0c,
        "t61" => 0x14,
        other => panic!("{other}"),
    };
    sequence(&[oid(dotted), tlv(tag, value.as_bytes())])
}

/// A public key: of one of the holders, or made up.
fn public_key(which: &str) -> Vec<u8> {
    let holder = match which {
        "authority" => Holder::Authority,
        "impostor" => Holder::Impostor,
        "leaf" => Holder::Leaf,
        "other-leaf" => Holder::OtherLeaf,
        _ => {
            return numbered_key(which)
                .map_or_else(|| made_up_key(which), |key| key.public_key().spki().to_vec());
        }
    };
    key(holder).public_key().spki().to_vec()
}

fn made_up_key(which: &str) -> Vec<u8> {
    let rsa = |modulus: &[u8], exponent: &[u8]| {
        let key = sequence(&[unsigned(modulus), unsigned(exponent)]);
        sequence(&[algorithm("1.2.840.113549.1.1.1"), bit_string(&key)])
    };
    let odd = |octets: usize| vec![0xf1_u8; octets];
    let usual = [1, 0, 1];
    if let Some(number) = which.strip_prefix("made-up-").and_then(|number| number.parse::<u32>().ok()) {
        let mut modulus = odd(256);
        modulus[100..104].copy_from_slice(&number.to_be_bytes());
        return rsa(&modulus, &usual);
    }
    match which {
        "rsa-1024" => rsa(&odd(128), &usual),
        "rsa-4096" => rsa(&odd(512), &usual),
        "rsa-20000" => rsa(&odd(2500), &usual),
        "exponent-1" => rsa(&odd(256), &[1]),
        "exponent-3" => rsa(&odd(256), &[3]),
        "roca" => rsa(&roca_modulus(), &usual),
        "broken" => sequence(&[algorithm("1.2.840.113549.1.1.1"), bit_string(&[1, 2, 3])]),
        "ec-p256" => sequence(&[
            sequence(&[oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")]),
            bit_string(&[&[4_u8][..], &[7; 64]].concat()),
        ]),
        other => panic!("no key is called {other}"),
    }
}

/// 65537 to the power 128, 2049 bits: a power of the generator modulo every prime.
fn roca_modulus() -> Vec<u8> {
    let mut number = vec![1_u8];
    for _ in 0..128 {
        // Times 2^16 + 1: shifted by two octets, plus itself.
        let mut shifted = number.clone();
        shifted.extend([0, 0]);
        let mut carry = 0_u16;
        for at in 0..shifted.len() {
            let place = shifted.len() - 1 - at;
            let own = number.len().checked_sub(at + 1).map_or(0, |place| u16::from(number[place]));
            let sum = u16::from(shifted[place]) + own + carry;
            shifted[place] = u8::try_from(sum & 0xff).unwrap();
            carry = sum >> 8;
        }
        if carry > 0 {
            shifted.insert(0, u8::try_from(carry).unwrap());
        }
        number = shifted;
    }
    number
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

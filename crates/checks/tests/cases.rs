//! The cases of `tests/cases/checks`: made-up certificates and requests with one fault each. Its `README.md` tells how
//! to write one.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use checks::{Expected, certificate::PrivateKeyGiven, request::RequestInput};
use pki::{
    certificate::Certificate,
    rustcrypto::verify_now,
    signature::{SignatureOutcome, SignatureTask},
};
use serde::Deserialize;
use support::{
    Case,
    authority::{AUTHORITY, Holder, ListRecipe, Recipe, RequestRecipe, key},
    find, remarks,
};
use vocabulary::{Finding, Severity, Timestamp, Topic, identifiers::StructureId};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    name: String,
    #[serde(default)]
    certificate: toml::Table,
    request: Option<RequestRecipe>,
    private_key: Option<String>,
    #[serde(default)]
    chain: Vec<toml::Table>,
    given: Option<Vec<toml::Table>>,
    #[serde(default)]
    lists: Vec<ListRecipe>,
    #[serde(default)]
    unreadable_lists: usize,
    signatures: Option<String>,
    #[serde(default)]
    expected: WrittenExpected,
    at: Option<String>,
    remarks: Vec<String>,
    #[serde(default)]
    ok: Vec<String>,
    server_error: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenExpected {
    product: Option<String>,
    structure_id: Option<String>,
    common_name: Option<String>,
    dns_names: Vec<String>,
    environment: Option<String>,
}

impl WrittenExpected {
    fn read(&self) -> Expected {
        Expected {
            product: self.product.as_ref().map(|word| word.parse().unwrap()),
            structure_id: self.structure_id.as_ref().map(|text| StructureId::parse(text).unwrap()),
            common_name: self.common_name.clone(),
            dns_names: self.dns_names.clone(),
            environment: self.environment.as_ref().map(|word| word.parse().unwrap()),
        }
    }
}

impl Written {
    /// Whether the case says for itself what surrounds the certificate; every remark is then written.
    fn tells_all(&self) -> bool {
        self.given.is_some()
            || !self.lists.is_empty()
            || self.unreadable_lists > 0
            || self.signatures.is_some()
    }

    fn check(&self) -> Vec<Finding> {
        let recipe = recipe(&Recipe::default(), &self.certificate);
        let certificate = recipe.make();
        let of_table = |table: &toml::Table| authority_or_not(table).make();
        let given: Vec<Certificate> = match &self.given {
            Some(given) => given.iter().map(of_table).collect(),
            // The authority, also under the name the certificate gives its issuer.
            None => {
                let names: Vec<&str> = recipe.issuer.iter().map(String::as_str).collect();
                vec![
                    Recipe::authority(AUTHORITY, "authority").make(),
                    Recipe::authority(&names, "authority").make(),
                ]
            }
        };
        let chain: Vec<Certificate> = self.chain.iter().map(of_table).collect();
        let lists: Vec<_> = self.lists.iter().map(ListRecipe::make).collect();
        let request = self.request.as_ref().map(RequestRecipe::make);
        let mut case = Case::of(&certificate);
        case.given = &given;
        case.extra = &chain;
        case.lists = &lists;
        case.unreadable_lists = self.unreadable_lists;
        case.csr = request.as_ref();
        case.private_key = match self.private_key.as_deref() {
            None => PrivateKeyGiven::None,
            Some("leaf") => PrivateKeyGiven::Public(key(Holder::Leaf).public_key()),
            Some("other-leaf") => PrivateKeyGiven::Public(key(Holder::OtherLeaf).public_key()),
            Some("locked") => PrivateKeyGiven::Locked,
            Some("unreadable") => PrivateKeyGiven::Unreadable,
            Some(other) => panic!("private-key = {other:?}"),
        };
        case.expected = self.expected.read();
        if let Some(at) = &self.at {
            case.at = Timestamp::parse(at).unwrap();
        }
        let all = |outcome: SignatureOutcome| move |tasks: &[SignatureTask]| vec![outcome; tasks.len()];
        let report = match self.signatures.as_deref() {
            None => case.check(),
            Some("valid") => case.check_with(&all(SignatureOutcome::Valid)),
            Some("unsupported") => case.check_with(&all(SignatureOutcome::Unsupported)),
            Some(other) => panic!("signatures = {other:?}"),
        };
        report.findings
    }
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/checks"))
}

fn read(name: &str) -> Vec<Written> {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    toml::from_str::<File>(&text).unwrap_or_else(|error| panic!("{name}: {error}")).case
}

/// The cases of certificates: of every file but the one of requests.
fn certificate_cases() -> Vec<(String, Written)> {
    let names =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| name.ends_with(".toml") && name != "requests.toml").collect();
    names.sort();
    names.iter().flat_map(|name| read(name).into_iter().map(|case| (name.clone(), case))).collect()
}

/// A recipe with what the case changes; `"none"` takes an optional part away.
fn recipe(base: &Recipe, changes: &toml::Table) -> Recipe {
    let mut table = toml::Table::try_from(base).unwrap();
    for (key, value) in changes {
        if value.as_str() == Some("none") {
            assert!(table.remove(key).is_some(), "{key} cannot be taken away");
        } else {
            table.insert(key.clone(), value.clone());
        }
    }
    let (has_category, has_policy) = (table.contains_key("category"), table.contains_key("policy"));
    let mut recipe: Recipe = toml::Value::Table(table).try_into().unwrap();
    // What is not written is otherwise what a certificate of a structure has.
    recipe.category = recipe.category.filter(|_| has_category);
    recipe.policy = recipe.policy.filter(|_| has_policy);
    recipe
}

/// `authority = [name]` makes an authority of this name, with its own key unless told.
fn authority_or_not(table: &toml::Table) -> Recipe {
    let mut changes = table.clone();
    let Some(name) = changes.remove("authority") else { return recipe(&Recipe::default(), &changes) };
    let name: Vec<String> = name.try_into().unwrap();
    let name: Vec<&str> = name.iter().map(String::as_str).collect();
    recipe(&Recipe::authority(&name, "authority"), &changes)
}

fn compare(case: &Written, findings: &[Finding], always: &[&str]) -> Option<String> {
    let found: Vec<String> =
        remarks(findings).into_iter().filter(|remark| !always.contains(&remark.as_str())).collect();
    if found != case.remarks {
        return Some(format!("{}\n  found    {found:?}\n  expected {:?}", case.name, case.remarks));
    }
    for code in &case.ok {
        if find(findings, code).is_none_or(|finding| finding.severity != Severity::Ok) {
            return Some(format!("{}: {code} is not ok", case.name));
        }
    }
    let server_error = findings.iter().find_map(|finding| finding.server_error).map(str::to_owned);
    if case.server_error.is_some() && server_error != case.server_error {
        return Some(format!("{}: leads to {server_error:?}", case.name));
    }
    None
}

#[test]
fn certificates() {
    let mut wrong = Vec::new();
    for (file, case) in certificate_cases() {
        // Their authority is a given one, which establishes no environment; and no list is given.
        let always: &[&str] = match case.tells_all() {
            true => &[],
            false => &[
                "warning chain-trusted.given-anchor",
                "info environment.claimed",
                "info revocation.not-checked-no-address",
            ],
        };
        wrong.extend(compare(&case, &case.check(), always).map(|fault| format!("{file}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whatever a rule can say, with whatever severity, a case makes it say.
#[test]
fn every_remark_a_rule_can_make_is_made_by_a_case() {
    let mut made: BTreeSet<(Topic, Severity)> = BTreeSet::new();
    for (_, case) in certificate_cases() {
        made.extend(case.check().iter().map(|finding| (finding.topic, finding.severity)));
    }
    let possible = possible();
    let unforeseen: Vec<String> = made.difference(&possible).map(shown).collect();
    assert!(unforeseen.is_empty(), "said, and not found in the rules: {unforeseen:?}");
    let missing: Vec<String> = possible.difference(&made).map(shown).collect();
    assert!(missing.is_empty(), "no case of tests/cases/checks gives: {missing:#?}");
}

fn shown((topic, severity): &(Topic, Severity)) -> String {
    format!("{} {topic}", severity.as_str())
}

/// What the rules can say, read in their source: `Finding::error(topics::NAME)` and the few whose severity depends on
/// how sure a row of data is, or on what was expected.
fn possible() -> BTreeSet<(Topic, Severity)> {
    use Severity::{Error, Info, Ok, Warning};
    const DEPENDING: [(&str, &[Severity]); 9] = [
        ("END_ENTITY_CARD", &[Warning, Error]),
        ("END_ENTITY_PERSON_INSTEAD", &[Warning, Error]),
        ("END_ENTITY_STRUCTURE_INSTEAD", &[Info, Warning, Error]),
        ("EXTENDED_KEY_USAGE_MISMATCH", &[Info, Warning, Error]),
        ("KEY_USAGE_MISMATCH", &[Info, Warning, Error]),
        ("PRODUCT_MISMATCH", &[Warning, Error]),
        ("SUBJECT_ALT_NAME_ABSENT", &[Info, Warning, Error]),
        ("SUBJECT_ALT_NAME_MISSING", &[Warning, Error]),
        ("SUBJECT_ALT_NAME_UNEXPECTED", &[Warning]),
    ];
    let by_name: BTreeMap<String, Topic> = vocabulary::topics::checks::ALL
        .iter()
        .map(|topic| (topic.to_string().replace(['-', '.'], "_").to_uppercase(), *topic))
        .collect();
    let topic = |name: &str| *by_name.get(name).unwrap_or_else(|| panic!("no topic is spelled {name}"));
    let mut all = BTreeSet::new();
    let mut named = BTreeSet::new();
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules")).unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        // The helper of the rule of trust makes errors.
        for (call, severity) in [
            ("Finding::ok(", Ok),
            ("Finding::info(", Info),
            ("Finding::warning(", Warning),
            ("Finding::error(", Error),
            ("with_name(", Error),
        ] {
            for after in source.split(call).skip(1) {
                let Some(name) = after.trim_start().strip_prefix("topics::") else { continue };
                let name = name.split(|c: char| !c.is_ascii_uppercase() && c != '_').next().unwrap();
                named.insert(name.to_owned());
                all.insert((topic(name), severity));
            }
        }
    }
    for (name, severities) in DEPENDING {
        named.insert(name.to_owned());
        all.extend(severities.iter().map(|severity| (topic(name), *severity)));
    }
    let silent: Vec<&String> = by_name.keys().filter(|name| !named.contains(*name)).collect();
    assert!(silent.is_empty(), "topics of which nothing tells the severity: {silent:?}");
    all
}

#[test]
fn requests() {
    let mut wrong = Vec::new();
    for case in read("requests.toml") {
        let request = case.request.clone().unwrap_or_default().make();
        let expected = case.expected.read();
        let report = checks::request::check(&RequestInput {
            request: &request,
            signature: verify_now(&request.signature_task()),
            expected: &expected,
        });
        for finding in &report.findings {
            support::assert_told(finding.topic, &finding.facts);
        }
        assert!(report.findings.windows(2).all(|pair| pair[0].severity >= pair[1].severity));
        wrong.extend(compare(&case, &report.findings, &[]));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

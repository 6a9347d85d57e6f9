//! The cases of `tests/cases/checks`: made-up certificates and requests with one fault each.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod support;

use std::{fs, path::PathBuf};

use checks::{Expected, request::RequestInput};
use pki::{certificate::Certificate, rustcrypto::verify_now};
use serde::Deserialize;
use support::{
    Case,
    authority::{AUTHORITY, Recipe, RequestRecipe},
    find, remarks,
};
use vocabulary::{Finding, Severity, Timestamp, identifiers::StructureId};

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

fn read(name: &str) -> Vec<Written> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/checks"));
    toml::from_str::<File>(&fs::read_to_string(folder.join(name)).unwrap()).unwrap().case
}

/// The recipe with what the case changes; `"none"` takes an optional part away.
fn recipe(changes: &toml::Table) -> Recipe {
    let mut recipe: Recipe = toml::Value::Table(
        changes
            .iter()
            .filter(|(_, value)| value.as_str() != Some("none"))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    )
    .try_into()
    .unwrap();
    for key in changes.iter().filter(|(_, value)| value.as_str() == Some("none")).map(|(key, _)| key.as_str())
    {
        match key {
            "category" => recipe.category = None,
            "policy" => recipe.policy = None,
            other => panic!("{other} cannot be taken away"),
        }
    }
    recipe
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
    let authority = Recipe::authority(AUTHORITY, "authority").make();
    let mut wrong = Vec::new();
    for case in read("certificates.toml") {
        let recipe = recipe(&case.certificate);
        let certificate = recipe.make();
        // The authority under the name the certificate gives its issuer.
        let names: Vec<&str> = recipe.issuer.iter().map(String::as_str).collect();
        let given: Vec<Certificate> = vec![authority.clone(), Recipe::authority(&names, "authority").make()];
        let mut checked = Case::of(&certificate);
        checked.given = &given;
        checked.expected = case.expected.read();
        if let Some(at) = &case.at {
            checked.at = Timestamp::parse(at).unwrap();
        }
        // Their authority is a given one, which establishes no environment.
        let always = [
            "warning chain-trusted.given-anchor",
            "info environment.claimed",
            "info revocation.not-checked-no-address",
        ];
        let report = checked.check();
        wrong.extend(compare(&case, &report.findings, &always));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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

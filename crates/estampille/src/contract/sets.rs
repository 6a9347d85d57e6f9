use serde::{Deserialize, Serialize};

use super::{CheckReport, Expected, FileInput, Finding, Plan, PlannedCertificate, Secret, Word};

/// A file of a set, with the name people know it by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct SetFile {
    pub name: String,
    pub bytes: FileInput,
}

/// What a set is checked with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SetOptions {
    /// What was to be ordered.
    pub plan: Option<PlanInput>,
    /// Moment of the check.
    pub at: Option<String>,
    /// Tried on every encrypted key and container.
    pub passphrases: Option<Vec<Secret>>,
    /// Revocation lists given beside the files.
    pub crls: Option<Vec<FileInput>>,
    /// Authorities trusted for this check.
    pub trust_anchors: Option<Vec<FileInput>>,
    /// Requests made in this session, with what is awaited of their certificates.
    pub expected: Option<Vec<AwaitedCertificate>>,
}

/// A request made in this session, and what is awaited of the certificate that will answer it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct AwaitedCertificate {
    pub csr: Option<FileInput>,
    pub expected: Option<Expected>,
}

/// Of a [`Plan`], what a set is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct PlanInput {
    pub certificates: Option<Vec<PlannedInput>>,
}

/// Of a [`PlannedCertificate`], what a certificate is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct PlannedInput {
    pub id: Option<String>,
    pub product: Option<String>,
    pub common_name: Option<PlannedName>,
    pub structure_id: Option<String>,
}

/// The common name of a planned certificate, as the caller gives it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct PlannedName {
    pub rule: Option<String>,
    pub value: Option<String>,
    pub suggestion: Option<String>,
}

impl From<&Plan> for PlanInput {
    fn from(plan: &Plan) -> Self {
        Self { certificates: Some(plan.certificates.iter().map(PlannedInput::from).collect()) }
    }
}

impl From<&PlannedCertificate> for PlannedInput {
    fn from(planned: &PlannedCertificate) -> Self {
        let name = &planned.common_name;
        Self {
            id: Some(planned.id.clone()),
            product: Some(planned.product.to_string()),
            common_name: Some(PlannedName {
                rule: Some(name.rule.to_string()),
                value: name.value.clone(),
                suggestion: name.suggestion.clone(),
            }),
            structure_id: planned.structure_id.clone(),
        }
    }
}

/// What was found in several files together.
///
/// A thousand certificates of one kind are found the same things. Each finding of their reports is written once, in
/// `report_findings`, and a report holds its place there: the whole crosses from the worker in a moment. The façade of
/// the npm package puts the findings in their places; here, [`SetReport::report`] does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetReport {
    /// The certificates, soonest expiry first, then everything else in the order of the files.
    pub items: Vec<SetItem>,
    /// What they show together.
    pub findings: Vec<Finding>,
    /// The worst of all reports and findings.
    pub verdict: Word,
    /// The findings of the reports, each once.
    pub report_findings: Vec<Finding>,
}

impl SetReport {
    /// The findings of an item's report, in their order; none where there is no report.
    pub fn findings_of<'a>(&'a self, item: &'a SetItem) -> impl Iterator<Item = &'a Finding> {
        let places = item.report.iter().flat_map(|report| &report.findings);
        places.filter_map(|place| self.report_findings.get(*place))
    }

    /// The report of an item, whole, as [`crate::certificate::check`] returns it.
    pub fn report(&self, item: &SetItem) -> Option<CheckReport> {
        let CheckReport { verdict, headline, certificate, chain, findings: _, crl_address } =
            item.report.clone()?;
        let findings = self.findings_of(item).cloned().collect();
        Some(CheckReport { verdict, headline, certificate, chain, findings, crl_address })
    }
}

/// One thing of one file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetItem {
    /// The file.
    pub name: String,
    /// `certificate`, `authority`, `csr`, `private-key`, `encrypted-private-key`, `crl`, `container` or `other`.
    pub kind: Word,
    /// Where it is in its file, when the file holds several things.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<SetPlace>,
    /// Of a certificate: its report, with places in [`SetReport::report_findings`]. A copy of one that is reported
    /// elsewhere has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<CheckReport<usize>>,
    /// The file that holds its key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_file: Option<String>,
    /// The file of its request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csr_file: Option<String>,
    /// The revocation list that judged it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crl_file: Option<String>,
    /// Of a key or a request: the file of its certificate. Of a copy: the file that is reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_file: Option<String>,
    /// The planned certificate it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<String>,
    /// The file of a later certificate of the same name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followed_by: Option<String>,
    /// SHA-256 of the SubjectPublicKeyInfo, of whatever has a key that could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key_sha256: Option<String>,
    /// What is to be said of it beside its report.
    pub findings: Vec<Finding>,
}

/// Where something is in its file, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs)]
pub struct SetPlace {
    pub position: usize,
    pub count: usize,
}

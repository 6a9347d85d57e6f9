//! The rules on certificates: one function each, in the order in which their findings are to be acted on.

mod chain;
mod dates;
mod environment;
mod form;
mod keys;
mod kind;
mod names;
mod revocation;
mod subject;
mod usages;

use vocabulary::Finding;

use crate::certificate::Context;

pub(crate) use keys::{judge_algorithm, judge_strength, judge_weakness};
pub(crate) use names::{insi_mode, spellings, unusual_characters};
pub(crate) use subject::{expected_attributes, unusual_string_types};

/// A rule: the code of its findings, and its function, which gives nothing where the rule does not apply.
pub(crate) struct Rule {
    pub(crate) code: &'static str,
    pub(crate) check: fn(&Context<'_>) -> Option<Finding>,
}

const fn rule(code: &'static str, check: fn(&Context<'_>) -> Option<Finding>) -> Rule {
    Rule { code, check }
}

/// Every rule, those whose fault makes all others pointless first.
pub(crate) const RULES: &[Rule] = &[
    rule("end-entity", kind::end_entity),
    rule("key-matches-private-key", keys::matches_private_key),
    rule("key-matches-csr", keys::matches_csr),
    rule("chain-trusted", chain::trusted),
    rule("environment", environment::agrees),
    rule("revocation", revocation::revocation),
    rule("validity", dates::validity),
    rule("product", kind::product),
    rule("insi-name", names::insi_name),
    rule("structure-id", subject::structure_id),
    rule("common-name", names::common_name),
    rule("subject-alt-name", usages::subject_alt_name),
    rule("key-usage", usages::key_usage),
    rule("extended-key-usage", usages::extended_key_usage),
    rule("subject-shape", subject::shape),
    rule("weak-key", keys::weakness),
    rule("key-strength", keys::strength),
    rule("signature-algorithm", form::signature_algorithm),
    rule("critical-extension", form::critical_extension),
    rule("private-key-usage-period", dates::private_key_usage_period),
    rule("renewal-window", dates::renewal_window),
    rule("structure-id-key", subject::structure_id_key),
    rule("organization", subject::organization),
    rule("department", subject::department),
    rule("string-types", subject::string_types),
    rule("product-category", kind::product_category),
    rule("basic-constraints", usages::basic_constraints),
    rule("version", form::version),
    rule("serial", form::serial),
    rule("duration", dates::duration),
    rule("policy", kind::policy),
];

/// The codes, in that order.
pub(crate) fn codes() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.code).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The `CheckCode` of the public contract.
    const CONTRACT: [&str; 31] = [
        "key-matches-csr",
        "key-matches-private-key",
        "chain-trusted",
        "environment",
        "validity",
        "duration",
        "renewal-window",
        "version",
        "serial",
        "signature-algorithm",
        "key-strength",
        "weak-key",
        "subject-shape",
        "string-types",
        "structure-id",
        "structure-id-key",
        "organization",
        "department",
        "common-name",
        "insi-name",
        "product",
        "key-usage",
        "extended-key-usage",
        "basic-constraints",
        "subject-alt-name",
        "policy",
        "product-category",
        "critical-extension",
        "private-key-usage-period",
        "revocation",
        "end-entity",
    ];

    #[test]
    fn every_code_of_the_contract_has_one_rule() {
        let codes: BTreeSet<&str> = codes().into_iter().collect();
        assert_eq!(codes.len(), RULES.len(), "a code stands twice");
        assert_eq!(codes, CONTRACT.into_iter().collect());
        for code in codes {
            assert!(vocabulary::topics::checks::ALL.iter().any(|topic| topic.code == code), "{code}");
        }
    }
}

//! Production and TEST never mix.

use vocabulary::{Environment, Finding, Value, topics::checks as topics};

use crate::{
    certificate::Context,
    facts::{environment, source},
};
use vocabulary::{Document, Source};

const CATEGORY: Source = source(Document::TRE_G01, "bit de poids fort : test");
const NAMES: Source = source(Document::SAMPLES, "noms des autorités, politiques, catégories de produit");

pub(super) fn agrees(context: &Context<'_>) -> Option<Finding> {
    let signs = context.signs;
    let finding = match (signs.agreed(), context.expected.environment) {
        _ if signs.disagree() => {
            // Of the issuer's two signs, show the one that disagrees with the rest.
            let others = [signs.category, signs.policy];
            let odd = [signs.pin, signs.issuer, signs.unit]
                .into_iter()
                .flatten()
                .find(|sign| !others.contains(&Some(*sign)));
            Finding::error(topics::ENVIRONMENT_CONTRADICTION)
                .with("issuer", sign(odd.or(signs.pin).or(signs.issuer).or(signs.unit)))
                .with("category", sign(signs.category))
                .with("policy", sign(signs.policy))
        }
        (None, _) => Finding::warning(topics::ENVIRONMENT_UNKNOWN),
        (Some(found), Some(expected)) if found != expected => Finding::error(topics::ENVIRONMENT_MISMATCH)
            .with("found", environment(found))
            .with("expected", environment(expected)),
        // Names and numbers that anybody can write: also when the engine could verify nothing.
        (Some(found), _) if context.environment().is_none() => {
            Finding::info(topics::ENVIRONMENT_CLAIMED).with("found", environment(found))
        }
        (Some(found), _) => Finding::ok(topics::ENVIRONMENT).with("found", environment(found)),
    };
    Some(finding.from_source(NAMES).from_source(CATEGORY))
}

const fn sign(environment: Option<Environment>) -> Value {
    Value::Term(match environment {
        Some(Environment::Production) => "sign.production",
        Some(Environment::Test) => "sign.test",
        None => "sign.silent",
    })
}

//! The subject of a structure: shape, encoding, structure id, organization, department.

use pki::name::DistinguishedName;
use profiles::{
    Attribute, Confidence, DEPARTMENT_SOURCES, Department, ORGANIZATION_SOURCES, structure_subject,
};
use vocabulary::{Document, Environment, Finding, Source, topics::checks as topics};

use crate::{
    certificate::Context,
    facts::{identifier, list, shown, source},
    structure::{Key, Shape, Structure},
};

const SUBJECT: Source = source(Document::SAMPLES, "sujet de 40 certificats de structure");
const STRUCTURE: Source = source(Document::TRE_G07, "types d'identifiant de structure");
const KEY: Source = source(Document::FINESS_DATA, "clé de contrôle");

pub(super) fn shape(context: &Context<'_>) -> Option<Finding> {
    if !context.is_structure() {
        return None;
    }
    let subject = context.certificate.subject();
    let expected = expected_attributes();
    let found: Vec<&str> = subject.attributes().map(pki::name::Attribute::short_name).collect();
    let times = |name: &str| found.iter().filter(|found| **found == name).count();
    let missing: Vec<&str> = expected.iter().copied().filter(|name| times(name) == 0).collect();
    let repeated: Vec<&str> = expected.iter().copied().filter(|name| times(name) > 1).collect();
    let unexpected: Vec<&str> = found.iter().copied().filter(|name| !expected.contains(name)).collect();
    let country = subject.values_of("C").into_iter().find(|country| country != "FR");
    let in_order = found == expected && subject.rdns().len() == found.len();
    let finding = if !missing.is_empty() {
        Finding::error(topics::SUBJECT_SHAPE_MISSING).with("missing", list(missing))
    } else if !repeated.is_empty() {
        Finding::error(topics::SUBJECT_SHAPE_REPEATED).with("repeated", list(repeated))
    } else if let Some(country) = country {
        return Some(
            Finding::error(topics::SUBJECT_SHAPE_COUNTRY)
                .with("found", shown(&country))
                .with("expected", "FR")
                .from_source(SUBJECT),
        );
    } else if !unexpected.is_empty() {
        Finding::warning(topics::SUBJECT_SHAPE_UNEXPECTED).with("unexpected", list(unexpected))
    } else if !in_order {
        Finding::warning(topics::SUBJECT_SHAPE_ORDER)
    } else {
        Finding::ok(topics::SUBJECT_SHAPE)
    };
    Some(finding.with("found", list(found)).with("expected", list(expected)).from_source(SUBJECT))
}

pub(super) fn string_types(context: &Context<'_>) -> Option<Finding> {
    if !context.is_structure() {
        return None;
    }
    let subject = context.certificate.subject();
    Some(match unusual_string_types(subject) {
        None => Finding::ok(topics::STRING_TYPES).from_source(SUBJECT),
        Some((found, expected)) => Finding::warning(topics::STRING_TYPES_UNUSUAL)
            .with("found", list(found))
            .with("expected", list(expected))
            .from_source(SUBJECT),
    })
}

pub(super) fn structure_id(context: &Context<'_>) -> Option<Finding> {
    if !context.is_structure() {
        return None;
    }
    let structure = context.structure.as_ref()?;
    let found = shown(&structure.text);
    if let Some(expected) = context.expected.structure_id.as_ref().filter(|id| id.as_str() != structure.text)
    {
        return Some(
            Finding::error(topics::STRUCTURE_ID_MISMATCH)
                .with("found", found)
                .with("expected", expected.as_str())
                .from_source(STRUCTURE),
        );
    }
    let asked = context.input.csr.and_then(|csr| Structure::of(csr.subject()));
    let is_production = context.signs.agreed() == Some(Environment::Production);
    let finding = match (structure.shape, asked) {
        (Shape::Malformed, _) => Finding::error(topics::STRUCTURE_ID_MALFORMED),
        (_, Some(asked)) if asked.text != structure.text => {
            Finding::warning(topics::STRUCTURE_ID_DIFFERS_FROM_REQUEST).with("expected", shown(&asked.text))
        }
        (Shape::Doubtful, _) => Finding::warning(topics::STRUCTURE_ID_DOUBTFUL),
        (Shape::Good(_), _) if structure.is_test && is_production => {
            Finding::warning(topics::STRUCTURE_ID_TEST_NUMBER)
        }
        (Shape::Good(kind), _) => Finding::ok(topics::STRUCTURE_ID)
            .with("kind", identifier(kind))
            .with("number", structure.number()),
    };
    Some(finding.with("found", found).from_source(STRUCTURE))
}

pub(super) fn structure_id_key(context: &Context<'_>) -> Option<Finding> {
    if !context.is_structure() {
        return None;
    }
    let structure = context.structure.as_ref().filter(|structure| structure.shape != Shape::Malformed)?;
    let finding = match structure.key {
        Key::Right => Finding::ok(topics::STRUCTURE_ID_KEY),
        Key::NotJudged => Finding::ok(topics::STRUCTURE_ID_KEY_NOT_JUDGED),
        // Newer TEST numbers fail it: never an error.
        Key::Wrong => Finding::warning(topics::STRUCTURE_ID_KEY_WRONG),
    };
    Some(finding.with("found", shown(&structure.text)).from_source(KEY))
}

pub(super) fn organization(context: &Context<'_>) -> Option<Finding> {
    if !context.is_structure() {
        return None;
    }
    let found = context.certificate.subject().values_of("O").into_iter().next()?;
    let asked = context.input.csr.and_then(|csr| csr.subject().values_of("O").into_iter().next());
    let length = found.chars().count();
    let is_cut = Attribute::of("O").and_then(|attribute| attribute.observed_longest) == Some(length);
    let finding = match asked {
        Some(asked) if asked != found && !(is_cut && asked.starts_with(&found)) => {
            Finding::warning(topics::ORGANIZATION_DIFFERS_FROM_REQUEST).with("expected", shown(&asked))
        }
        _ if is_cut => Finding::info(topics::ORGANIZATION_CUT).with("count", length),
        _ => Finding::ok(topics::ORGANIZATION),
    };
    Some(finding.with("found", shown(&found)).from_sources(ORGANIZATION_SOURCES))
}

pub(super) fn department(context: &Context<'_>) -> Option<Finding> {
    if !context.is_structure() {
        return None;
    }
    let found = context.certificate.subject().values_of("ST").into_iter().next()?;
    let finding = match Department::has_shape(&found) {
        true => Finding::ok(topics::DEPARTMENT_USUAL),
        // How the directory words every department is not known.
        false => Finding::info(topics::DEPARTMENT_UNUSUAL),
    };
    Some(finding.with("found", shown(&found)).from_sources(DEPARTMENT_SOURCES))
}

/// Names of the attributes of a structure's subject, in encoded order.
pub(crate) fn expected_attributes() -> Vec<&'static str> {
    structure_subject().iter().map(|attribute| attribute.name).collect()
}

/// Attributes whose string type is not the one of real certificates, as `ST PrintableString`, with those expected.
pub(crate) fn unusual_string_types(subject: &DistinguishedName) -> Option<(Vec<String>, Vec<String>)> {
    let mut found = Vec::new();
    let mut expected = Vec::new();
    for attribute in subject.attributes() {
        let Some(known) = Attribute::of(attribute.short_name()) else { continue };
        let differs = attribute.string_type.name() != known.string.as_str();
        if differs && known.confidence != Confidence::Unconfirmed {
            found.push(format!("{} {}", known.name, attribute.string_type.name()));
            expected.push(format!("{} {}", known.name, known.string.as_str()));
        }
    }
    (!found.is_empty()).then_some((found, expected))
}

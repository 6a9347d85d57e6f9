//! Inspecting a request (PKCS #10), whoever made it.
//!
//! The authority makes the name of the certificate itself, from the directory, and seems to take only the key from
//! the request: what is wrong with the name is a fault only where it is certainly not what is wanted.

use pki::{certificate::GeneralName, request::CertificationRequest, signature::SignatureOutcome};
use profiles::{
    AltNameRule, COMMON_NAME_SOURCES, CommonName, CommonNameError, CommonNameRule, Insi, InsiVerdict, insi,
    product,
};
use vocabulary::{
    Document, Finding, Product, Source, Verdict,
    topics::{checks, requests as topics},
};

use crate::{
    Expected,
    facts::{identifier, in_order_of_action, list, named, shown, source},
    rules::{self, expected_attributes, judge_algorithm, judge_strength, judge_weakness},
    structure::{Key, Shape, Structure},
};

/// What is known when a request is inspected.
#[derive(Clone, Copy, Debug)]
pub struct RequestInput<'a> {
    /// The request.
    pub request: &'a CertificationRequest,
    /// What an engine said of [`CertificationRequest::signature_task`].
    pub signature: SignatureOutcome,
    /// What the person awaits.
    pub expected: &'a Expected,
}

/// What an inspection found.
#[derive(Clone, Debug)]
pub struct RequestFindings {
    /// Each applicable code once, gravest first, then in the order in which they are to be acted on.
    pub findings: Vec<Finding>,
    /// Whether the request is signed by its own key.
    pub signature_valid: bool,
}

impl RequestFindings {
    /// The verdict the findings lead to.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.findings)
    }
}

struct Rule {
    code: &'static str,
    check: fn(&RequestInput<'_>) -> Option<Finding>,
}

/// The rules, in the order in which their findings are to be acted on.
const RULES: &[Rule] = &[
    Rule { code: "csr-signature", check: signature },
    Rule { code: "insi-name", check: insi_name },
    Rule { code: "common-name", check: common_name },
    Rule { code: "structure-id", check: structure_id },
    Rule { code: "structure-id-key", check: structure_id_key },
    Rule { code: "weak-key", check: |input| judge_weakness(input.request.public_key()) },
    Rule { code: "key-strength", check: |input| Some(judge_strength(input.request.public_key())) },
    Rule {
        code: "signature-algorithm",
        check: |input| Some(judge_algorithm(input.request.signature_algorithm())),
    },
    Rule { code: "subject-shape", check: shape },
    Rule { code: "san", check: alternative_names },
    Rule { code: "string-types", check: string_types },
];

const REQUEST: Source = source(Document::RFC2986, "§ 4");
const SUBJECT: Source = source(Document::SAMPLES, "sujet de 40 certificats de structure");
const STRUCTURE: Source = source(Document::TRE_G07, "types d'identifiant de structure");
const OWN_CHOICE: Source = source(Document::ESTAMPILLE, "contenu de la demande");

/// Inspects a request with every rule that applies to it.
pub fn check(input: &RequestInput<'_>) -> RequestFindings {
    let mut findings: Vec<Finding> = RULES.iter().filter_map(|rule| (rule.check)(input)).collect();
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    in_order_of_action(&mut findings, &codes);
    RequestFindings { findings, signature_valid: input.signature == SignatureOutcome::Valid }
}

fn signature(input: &RequestInput<'_>) -> Option<Finding> {
    let finding = match input.signature {
        SignatureOutcome::Valid => Finding::ok(topics::CSR_SIGNATURE),
        SignatureOutcome::Invalid => Finding::error(topics::CSR_SIGNATURE_INVALID),
        SignatureOutcome::Unsupported => Finding::warning(topics::CSR_SIGNATURE_UNVERIFIED)
            .with("algorithm", input.request.signature_algorithm().name()),
    };
    Some(finding.from_source(REQUEST))
}

fn shape(input: &RequestInput<'_>) -> Option<Finding> {
    let subject = input.request.subject();
    let expected = expected_attributes();
    let found: Vec<&str> = subject.attributes().map(pki::name::Attribute::short_name).collect();
    let times = |name: &str| found.iter().filter(|found| **found == name).count();
    let missing: Vec<&str> = expected.iter().copied().filter(|name| times(name) == 0).collect();
    let repeated: Vec<&str> = expected.iter().copied().filter(|name| times(name) > 1).collect();
    let unexpected: Vec<&str> = found.iter().copied().filter(|name| !expected.contains(name)).collect();
    let country = subject.values_of("C").into_iter().find(|country| country != "FR");
    let finding = if times("CN") != 1 {
        Finding::error(topics::SUBJECT_SHAPE_REQUEST_NO_NAME)
    } else if !repeated.is_empty() {
        Finding::warning(checks::SUBJECT_SHAPE_REPEATED).with("repeated", list(repeated))
    } else if found == ["CN"] {
        Finding::info(topics::SUBJECT_SHAPE_REQUEST_MINIMAL)
    } else if !missing.is_empty() {
        Finding::warning(topics::SUBJECT_SHAPE_REQUEST_INCOMPLETE).with("missing", list(missing))
    } else if let Some(country) = country {
        return Some(
            Finding::warning(checks::SUBJECT_SHAPE_COUNTRY)
                .with("found", shown(&country))
                .with("expected", "FR")
                .from_source(SUBJECT),
        );
    } else if !unexpected.is_empty() {
        Finding::warning(checks::SUBJECT_SHAPE_UNEXPECTED).with("unexpected", list(unexpected))
    } else if found != expected || subject.rdns().len() != found.len() {
        Finding::warning(checks::SUBJECT_SHAPE_ORDER)
    } else {
        Finding::ok(checks::SUBJECT_SHAPE)
    };
    Some(finding.with("found", list(found)).with("expected", list(expected)).from_source(SUBJECT))
}

fn string_types(input: &RequestInput<'_>) -> Option<Finding> {
    Some(match rules::unusual_string_types(input.request.subject()) {
        None => Finding::ok(checks::STRING_TYPES).from_source(SUBJECT),
        Some((found, expected)) => Finding::warning(topics::STRING_TYPES_REQUEST_UNUSUAL)
            .with("found", list(found))
            .with("expected", list(expected))
            .from_source(OWN_CHOICE),
    })
}

fn structure_id(input: &RequestInput<'_>) -> Option<Finding> {
    let Some(structure) = Structure::of(input.request.subject()) else {
        return Some(Finding::info(topics::STRUCTURE_ID_REQUEST_ABSENT).from_source(STRUCTURE));
    };
    let found = shown(&structure.text);
    let expected = input.expected.structure_id.as_ref().filter(|id| id.as_str() != structure.text);
    let finding = match (structure.shape, expected) {
        (_, Some(expected)) => {
            Finding::error(topics::STRUCTURE_ID_REQUEST_MISMATCH).with("expected", expected.as_str())
        }
        (Shape::Malformed, None) => Finding::error(topics::STRUCTURE_ID_INVALID),
        (Shape::Doubtful, None) => Finding::warning(checks::STRUCTURE_ID_DOUBTFUL),
        (Shape::Good(kind), None) => Finding::ok(checks::STRUCTURE_ID)
            .with("kind", identifier(kind))
            .with("number", structure.number()),
    };
    Some(finding.with("found", found).from_source(STRUCTURE))
}

/// As in a certificate, a wrong key is never an error: newer numbers of the test environment fail it.
fn structure_id_key(input: &RequestInput<'_>) -> Option<Finding> {
    let structure = Structure::of(input.request.subject())?;
    let is_wrong = structure.shape != Shape::Malformed && structure.key == Key::Wrong;
    is_wrong.then(|| {
        Finding::warning(topics::STRUCTURE_ID_KEY_REQUEST_WRONG)
            .with("found", shown(&structure.text))
            .from_source(STRUCTURE)
    })
}

fn common_name(input: &RequestInput<'_>) -> Option<Finding> {
    let name = input.request.subject().common_name()?;
    let found = shown(&name);
    let expected = input.expected.common_name.as_ref().filter(|expected| **expected != name);
    let finding = match (expected, CommonName::parse(&name)) {
        (Some(expected), _) => {
            Finding::error(topics::COMMON_NAME_REQUEST_MISMATCH).with("expected", shown(expected))
        }
        (None, Err(error)) => common_name_fault(error),
        (None, Ok(parsed)) => {
            let of_product = input
                .expected
                .product
                .is_some_and(|wanted| product(wanted).common_name == CommonNameRule::Mail);
            let among_names = input.request.extensions().emails().contains(&name.as_str());
            common_name_note(&parsed, of_product || among_names)
        }
    };
    Some(finding.with("found", found).from_sources(COMMON_NAME_SOURCES))
}

/// What is wrong with a text that is no common name. Shared with [`crate::order`].
pub(crate) fn common_name_fault(error: CommonNameError) -> Finding {
    match error {
        CommonNameError::Control(c) => {
            Finding::error(topics::COMMON_NAME_CONTROL).with("character", named(c))
        }
        CommonNameError::DoubleSpace => Finding::error(topics::COMMON_NAME_DOUBLE_SPACE),
        CommonNameError::OuterSpace => Finding::error(topics::COMMON_NAME_OUTER_SPACE),
        CommonNameError::TooLong { length } => Finding::error(topics::COMMON_NAME_TOO_LONG)
            .with("count", length)
            .with("expected", CommonName::LONGEST),
        _ => Finding::error(topics::COMMON_NAME_EMPTY),
    }
}

/// What to say of a good common name.
pub(crate) fn common_name_note(name: &CommonName, may_be_address: bool) -> Finding {
    let unusual = rules::unusual_characters(name, may_be_address);
    if unusual.is_empty() {
        return Finding::ok(checks::COMMON_NAME);
    }
    Finding::warning(checks::COMMON_NAME_UNUSUAL).with("characters", list(unusual.into_iter().map(named)))
}

fn insi_name(input: &RequestInput<'_>) -> Option<Finding> {
    let name = input.request.subject().common_name()?;
    let product = input.expected.product;
    // A request does not name its product: one without alternative names may well be for INSi.
    let may_be_insi = product.map_or(input.request.extensions().subject_alt_names().is_empty(), |product| {
        product == insi::INSI_PRODUCT
    });
    insi_finding(&name, may_be_insi, product)
}

/// What INSi would say of a name. Shared with [`crate::order`].
pub(crate) fn insi_finding(name: &str, may_be_insi: bool, product: Option<Product>) -> Option<Finding> {
    let finding = match insi::judge(name) {
        InsiVerdict::Exact(mode) if may_be_insi => {
            Finding::ok(checks::INSI_NAME).with("mode", rules::insi_mode(mode))
        }
        InsiVerdict::Exact(_) => Finding::warning(checks::INSI_NAME_PRODUCT)
            .with("product", product?.as_str())
            .with("expected", insi::INSI_PRODUCT.as_str())
            .leading_to(insi::INSI_SERVER_ERROR),
        _ if !may_be_insi => return None,
        InsiVerdict::NearMiss(meant) => near_miss(meant),
        InsiVerdict::Word => Finding::warning(checks::INSI_NAME_WORD).leading_to(insi::INSI_SERVER_ERROR),
        InsiVerdict::Other if product.is_some() => Finding::ok(checks::INSI_NAME_OTHER),
        InsiVerdict::Other => return None,
    };
    Some(finding.with("found", shown(name)).from_sources(insi::INSI_SOURCES))
}

fn near_miss(meant: &[Insi]) -> Finding {
    Finding::error(topics::INSI_NAME_REQUEST_NEAR_MISS)
        .with("expected", rules::spellings(meant))
        .leading_to(insi::INSI_SERVER_ERROR)
}

fn alternative_names(input: &RequestInput<'_>) -> Option<Finding> {
    let extensions = input.request.extensions();
    let dns = extensions.dns_names();
    let names = crate::facts::alternative_names(extensions);
    let found = list(names.iter().cloned());
    let rule = input.expected.product.and_then(product_rule);
    let of_other_kinds: Vec<String> = extensions
        .subject_alt_names()
        .iter()
        .zip(&names)
        .filter(|(name, _)| !may_stand(name, rule))
        .map(|(_, shown)| shown.clone())
        .collect();
    let missing: Vec<String> = input
        .expected
        .dns_names
        .iter()
        .filter(|name| !dns.iter().any(|found| found.eq_ignore_ascii_case(name)))
        .map(|name| shown(name))
        .collect();
    let product = input.expected.product;
    let common_name = input.request.subject().common_name().unwrap_or_default();
    let is_first = dns.first().is_some_and(|first| first.eq_ignore_ascii_case(&common_name));
    let takes_names = rule != Some(AltNameRule::None);
    let finding = if !missing.is_empty() {
        Finding::error(topics::SAN_MISSING).with("missing", list(missing))
    } else if names.is_empty() && product == Some(Product::ServSsl) {
        Finding::warning(topics::SAN_ABSENT).with("expected", shown(&common_name))
    } else if names.is_empty() {
        Finding::ok(topics::SAN_NONE)
    } else if !takes_names {
        Finding::warning(topics::SAN_UNEXPECTED).with("product", product.map_or("", Product::as_str))
    } else if !of_other_kinds.is_empty() {
        Finding::warning(topics::SAN_OTHER_KINDS).with("unexpected", list(of_other_kinds))
    } else if let Some(name) = dns.iter().find(|name| vocabulary::identifiers::Fqdn::parse(name).is_none()) {
        return Some(
            Finding::warning(topics::SAN_INVALID).with("found", shown(name)).from_source(OWN_CHOICE),
        );
    } else if !dns.is_empty() && !is_first {
        Finding::warning(topics::SAN_COMMON_NAME_FIRST).with("expected", shown(&common_name))
    } else {
        Finding::ok(topics::SAN)
    };
    Some(finding.with("found", found).from_source(OWN_CHOICE))
}

/// Whether certificates bear names of this kind: those of the product, of any product when it is not known.
fn may_stand(name: &GeneralName, rule: Option<AltNameRule>) -> bool {
    let of_product = |wanted| rule.is_none_or(|rule| rule == wanted);
    match name {
        GeneralName::Dns(_) => of_product(AltNameRule::Dns),
        GeneralName::Email(_) => of_product(AltNameRule::Mail),
        GeneralName::OtherName { .. } => of_product(AltNameRule::Upn),
        _ => false,
    }
}

fn product_rule(wanted: Product) -> Option<AltNameRule> {
    product(wanted).subject_alt_name
}

use checks::request::{RequestInput, check};
use pki::{engine::Engine, request::CertificationRequest, signature::SignatureOutcome};
use vocabulary::Error;

use crate::{
    Context,
    contract::{CsrReport, Expected, FileInput, PublicKeyFacts, findings},
    expected, failure,
};

/// What a request holds, and whether the platform can take it.
///
/// # Errors
///
/// `not-a-csr` when nothing in the file reads as a request; `too-large`; a field of `expected` that is not one.
pub async fn inspect(
    context: &Context<'_, impl Engine>,
    csr: &FileInput,
    expected: Option<&Expected>,
) -> Result<CsrReport, Error> {
    let expected = expected::parse(expected)?;
    let request =
        CertificationRequest::read(csr.as_bytes()).map_err(|error| failure::not_a_request(&error, "csr"))?;
    let outcomes = context.engine.verify(&[request.signature_task()]).await;
    let signature = outcomes.first().copied().unwrap_or(SignatureOutcome::Unsupported);
    let report = check(&RequestInput { request: &request, signature, expected: &expected });
    let key = request.public_key();
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    Ok(CsrReport {
        subject_rfc4514: request.subject().rfc4514(),
        subject: request
            .subject()
            .attributes()
            .map(|attribute| {
                let kind = attribute.string_type.name().to_owned();
                (attribute.short_name().to_owned(), attribute.display(), kind)
            })
            .collect(),
        public_key: PublicKeyFacts {
            algorithm: key.algorithm().to_owned(),
            bits: key.bits().unwrap_or_default(),
            sha256: key.sha256(),
        },
        signature_algorithm: request.signature_algorithm().name().to_owned(),
        signature_valid: report.signature_valid,
        dns_names: owned(request.extensions().dns_names()),
        emails: owned(request.extensions().emails()),
        verdict: report.verdict().as_str().into(),
        findings: findings(context.locale, &report.findings),
    })
}

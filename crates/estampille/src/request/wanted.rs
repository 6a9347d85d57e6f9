//! From the contract's `CsrRequest` to a request that may be made.

use checks::order::{Accepted, Wanted, WantedKey, accept};
use pki::key::RsaBits;
use vocabulary::{
    Date, Error, Product,
    identifiers::StructureId,
    topics::{errors::INVALID_INPUT, failures as topics},
};

use crate::{
    contract::{CsrRequest, Secret},
    file_stem, words,
};

/// A request that may be made, and what its files are called.
pub(super) struct Prepared {
    pub(super) accepted: Accepted,
    pub(super) product: Product,
    pub(super) bits: RsaBits,
}

impl Prepared {
    /// Parses and judges a request. Nothing is made yet.
    pub(super) fn new(request: &CsrRequest) -> Result<Self, Error> {
        let product = request.product.as_deref().ok_or_else(|| Error::at(INVALID_INPUT, "product"))?;
        let product = words::input(product, "product")?;
        let subject = request.subject.as_ref().ok_or_else(|| Error::at(INVALID_INPUT, "subject"))?;
        let common_name =
            subject.common_name.as_deref().ok_or_else(|| Error::at(INVALID_INPUT, "subject.commonName"))?;
        let (bits, key) = key(request)?;
        let accepted = accept(&Wanted {
            product,
            country: subject.country.as_deref(),
            department: subject.department.as_deref(),
            organization: subject.organization.as_deref(),
            structure_id: subject.structure_id.as_deref(),
            common_name,
            dns_names: request.dns_names.as_deref().unwrap_or_default(),
            emails: request.emails.as_deref().unwrap_or_default(),
            minimal_subject: request.minimal_subject.unwrap_or_default(),
            key,
            plain_key: given_passphrase(request).is_none() && request.allow_plain_key == Some(true),
        })?;
        Ok(Self { accepted, product, bits })
    }

    /// `org-auth-cli_insi-auto_750712184_2026-11-20`: ASCII, made of what tells the request from others.
    pub(super) fn file_stem(&self, on: Option<Date>) -> String {
        let number = self.accepted.structure_id.as_ref().map(StructureId::number);
        file_stem::of(Some(self.product), self.accepted.common_name.as_str(), number, on)
    }
}

/// The passphrase of the new file; an empty one is none.
pub(super) fn given_passphrase(request: &CsrRequest) -> Option<&Secret> {
    request.passphrase.as_ref().filter(|secret| !secret.expose().is_empty())
}

fn key(request: &CsrRequest) -> Result<(RsaBits, WantedKey), Error> {
    let Some(key) = &request.key else {
        return Ok((RsaBits::default(), WantedKey::New { bits: RsaBits::default().get() }));
    };
    if key.private_key.is_some() {
        return Ok((RsaBits::default(), WantedKey::Reused));
    }
    if let Some(algorithm) = key.algorithm.as_deref().filter(|word| *word != "rsa") {
        let found: String = algorithm.chars().take(40).collect();
        return Err(Error::at(topics::KEY_ALGORITHM, "key.algorithm").with("found", found));
    }
    let bits = key.bits.unwrap_or(RsaBits::default().get());
    let size = RsaBits::try_from(bits)
        .map_err(|_| Error::at(topics::KEY_SIZE, "key.bits").with("found", bits.to_string()))?;
    Ok((size, WantedKey::New { bits }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{KeyInput, Subject};

    fn request(product: &str, common_name: &str) -> CsrRequest {
        let subject = Subject {
            common_name: Some(common_name.to_owned()),
            structure_id: Some("1750712184".to_owned()),
            ..Subject::default()
        };
        CsrRequest { product: Some(product.to_owned()), subject: Some(subject), ..CsrRequest::default() }
    }

    #[test]
    fn files_are_named_after_what_they_are() {
        let stem = |request: &CsrRequest| Prepared::new(request).unwrap().file_stem(Date::new(2026, 11, 20));
        assert_eq!(
            stem(&request("ORG_AUTH_CLI", "INSI-AUTO")),
            "org-auth-cli_insi-auto_750712184_2026-11-20"
        );
        assert_eq!(
            stem(&request("ORG_SIGN", "L'hôpital à côté")),
            "org-sign_l-hopital-a-cote_750712184_2026-11-20"
        );
        assert_eq!(
            stem(&request("SERV_SSL", "mss.exemple.fr")),
            "serv-ssl_mss.exemple.fr_750712184_2026-11-20"
        );
        let long = stem(&request("ORG_CONF", &"é".repeat(64)));
        assert!(long.is_ascii() && long.len() < 100, "{long}");
    }

    #[test]
    fn what_cannot_be_made_is_refused_with_its_field() {
        let refused = |request: &CsrRequest| {
            let error = Prepared::new(request).err().unwrap();
            (error.code(), error.field.unwrap())
        };
        let named = |field: &str| field.to_owned();
        assert_eq!(refused(&CsrRequest::default()), ("invalid-input", named("product")));
        assert_eq!(refused(&request("ORG", "DMP")), ("invalid-input", named("product")));
        assert_eq!(
            refused(&request("ORG_AUTH_CLI", "INSI AUTO")),
            ("insi-name", named("subject.commonName"))
        );
        let with_key = |key| CsrRequest { key: Some(key), ..request("ORG_SIGN", "DMP") };
        let ec = KeyInput { algorithm: Some("ec".to_owned()), ..KeyInput::default() };
        assert_eq!(refused(&with_key(ec)), ("unsupported-key-algorithm", named("key.algorithm")));
        let small = KeyInput { bits: Some(1024), ..KeyInput::default() };
        assert_eq!(refused(&with_key(small)), ("unsupported-key-size", named("key.bits")));
    }
}

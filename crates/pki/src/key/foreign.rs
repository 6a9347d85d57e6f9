//! The public half of private keys for other algorithms than RSA: elliptic curves (RFC 5915, in PKCS #8 or alone) and
//! those of RFC 8410.

use der::Tag;
use x509_parser::asn1_rs;

use super::PublicKey;
use crate::asn1::{self, Element};
use crate::oid;

/// The public half, when the key gives it. Nothing is computed: a key that leaves it out has none here.
pub(crate) fn public_half(der: &[u8]) -> Option<PublicKey> {
    let parts = Element::only(der)?.sequence()?;
    match parts.as_slice() {
        // PrivateKeyInfo, or OneAsymmetricKey with its publicKey [1] IMPLICIT BIT STRING.
        [version, algorithm, key, options @ ..]
            if version.is(asn1_rs::Tag::Integer) && algorithm.is(asn1_rs::Tag::Sequence) =>
        {
            if let Some(public) = options.iter().find(|option| option.is_context(1)) {
                let bits = asn1::element(Tag::BitString, public.content()).ok()?;
                return info(algorithm.raw, &bits);
            }
            let inner = Element::only(key.octets()?)?.sequence()?;
            info(algorithm.raw, explicit(&inner, 1)?)
        }
        // ECPrivateKey alone, which names its curve itself.
        [_, key, options @ ..] if key.octets().is_some() => {
            let curve = explicit(options, 0)?;
            let algorithm =
                asn1::sequence(&[&asn1::object_identifier(&oid::EC_PUBLIC_KEY).ok()?, curve]).ok()?;
            info(&algorithm, explicit(options, 1)?)
        }
        _ => None,
    }
}

/// What stands in the element `[number] EXPLICIT`.
fn explicit<'a>(parts: &[Element<'a>], number: u32) -> Option<&'a [u8]> {
    parts.iter().find(|part| part.is_context(number)).map(Element::content)
}

fn info(algorithm: &[u8], bits: &[u8]) -> Option<PublicKey> {
    PublicKey::read(&asn1::sequence(&[algorithm, bits]).ok()?).ok()
}

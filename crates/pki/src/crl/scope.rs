//! What a list is limited to.

use x509_parser::asn1_rs;

use crate::asn1::{Element, elements};

/// issuingDistributionPoint, RFC 5280 section 5.2.5.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Whether it is the list of one distribution point: it covers the certificates that name this point.
    pub distribution_point: bool,
    /// The addresses of that point.
    pub addresses: Vec<String>,
    /// Only certificates that are no authorities'.
    pub only_user_certificates: bool,
    /// Only the certificates of authorities.
    pub only_authority_certificates: bool,
    /// Only attribute certificates, which are not certificates of keys.
    pub only_attribute_certificates: bool,
    /// Only revocations for some reasons.
    pub only_some_reasons: bool,
    /// It may hold the entries of other issuers.
    pub indirect: bool,
}

impl Scope {
    /// ```text
    /// IssuingDistributionPoint ::= SEQUENCE {
    ///     distributionPoint          [0] EXPLICIT DistributionPointName OPTIONAL,
    ///     onlyContainsUserCerts      [1] BOOLEAN DEFAULT FALSE,
    ///     onlyContainsCACerts        [2] BOOLEAN DEFAULT FALSE,
    ///     onlySomeReasons            [3] ReasonFlags OPTIONAL,
    ///     indirectCRL                [4] BOOLEAN DEFAULT FALSE,
    ///     onlyContainsAttributeCerts [5] BOOLEAN DEFAULT FALSE }
    /// DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] … }
    /// ```
    pub(super) fn read(value: &[u8]) -> Option<Self> {
        let mut scope = Self::default();
        for part in Element::only(value)?.sequence()? {
            if part.any.class() != asn1_rs::Class::ContextSpecific {
                return None;
            }
            let is_true = part.content() != [0];
            match part.any.tag().0 {
                0 => {
                    scope.distribution_point = true;
                    let name = Element::only(part.content())?;
                    if name.is_context(0) {
                        scope.addresses = addresses(name.content())?;
                    }
                }
                1 => scope.only_user_certificates = is_true,
                2 => scope.only_authority_certificates = is_true,
                3 => scope.only_some_reasons = true,
                4 => scope.indirect = is_true,
                5 => scope.only_attribute_certificates = is_true,
                _ => return None,
            }
        }
        Some(scope)
    }
}

/// The uniformResourceIdentifier of GeneralNames.
fn addresses(names: &[u8]) -> Option<Vec<String>> {
    let names = elements(names)?;
    let addresses = names.iter().filter(|name| name.is_context(6));
    Some(addresses.filter_map(|name| String::from_utf8(name.content().to_vec()).ok()).collect())
}

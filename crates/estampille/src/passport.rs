//! The passport of a certificate: its names in every spelling that operators ask for, its numbers, its fingerprints.

use pki::{certificate::Certificate, name::DistinguishedName};
use vocabulary::{Error, Timestamp};

use crate::{
    contract::{FileInput, Passport, Spellings},
    material,
};

/// The passport of the end-entity certificate of a file.
///
/// # Errors
///
/// `not-a-certificate` at `certificate`, saying what the file is instead.
pub fn of(file: &FileInput) -> Result<Passport, Error> {
    let (leaf, _) = material::leaf(file, "certificate")?;
    Ok(write(&leaf))
}

pub(crate) fn write(certificate: &Certificate) -> Passport {
    let serial = certificate.serial();
    let positive = certificate.serial_is_positive();
    let key = certificate.public_key();
    Passport {
        subject: spellings(certificate.subject()),
        issuer: spellings(certificate.issuer()),
        serial_decimal: positive.then(|| decimal(&serial)).flatten(),
        serial,
        sha256: certificate.sha256(),
        sha1: certificate.sha1(),
        public_key_sha256: key.sha256(),
        public_key_pin: key.pin(),
        not_before: Timestamp(certificate.not_before()).to_string(),
        not_after: Timestamp(certificate.not_after()).to_string(),
    }
}

fn spellings(name: &DistinguishedName) -> Spellings {
    Spellings {
        rfc4514: name.rfc4514(),
        openssl: name.openssl_since_3_2(),
        openssl_before_3_2: name.openssl_before_3_2(),
        openssl_rfc2253: name.openssl_rfc2253(),
        java: name.java(),
        windows: name.windows(),
    }
}

/// Serial numbers longer than this, in hexadecimal digits, are not real: RFC 5280 allows 40.
const LONGEST_SERIAL: usize = 80;

/// A hexadecimal number in decimal; nothing when it is longer than any real serial number.
fn decimal(hex: &str) -> Option<String> {
    if hex.len() > LONGEST_SERIAL {
        return None;
    }
    // Lowest digit first.
    let mut digits = vec![0_u32];
    for character in hex.chars() {
        let mut carry = character.to_digit(16)?;
        for digit in &mut digits {
            let value = *digit * 16 + carry;
            *digit = value % 10;
            carry = value / 10;
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().map(|digit| char::from_digit(*digit, 10)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal("00").as_deref(), Some("0"));
        assert_eq!(decimal("ff").as_deref(), Some("255"));
        assert_eq!(
            decimal("1120653a6bf4aea5cc3d38fa056223f5acf1").as_deref(),
            Some("1491932451951789845419770521947533074607345")
        );
        assert_eq!(decimal(&"f".repeat(81)), None);
        assert_eq!(decimal("xyz"), None);
    }
}

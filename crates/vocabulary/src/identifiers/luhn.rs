//! The Luhn key (ISO/IEC 7812-1, annex B) that FINESS, SIREN, SIRET and RPPS share.

/// Whether the digits, key included, satisfy Luhn. Anything but ASCII digits, or nothing, does not.
pub(super) fn is_valid(digits: &str) -> bool {
    !digits.is_empty() && sum(digits.bytes().rev().enumerate()).is_some_and(|sum| sum.is_multiple_of(10))
}

/// The key to put after these digits; nothing when they are not all digits.
pub(super) fn key(body: &str) -> Option<u8> {
    let sum = sum(body.bytes().rev().enumerate().map(|(place, byte)| (place.wrapping_add(1), byte)))?;
    u8::try_from((10 - sum % 10) % 10).ok()
}

/// The one number that exchanging two neighbours gives and `accept` takes; nothing when there are several.
pub(super) fn swapped(number: &str, accept: impl Fn(&str) -> bool) -> Option<String> {
    let mut found = None;
    for at in 1..number.len() {
        let mut bytes = number.as_bytes().to_vec();
        bytes.swap(at.saturating_sub(1), at);
        let candidate = String::from_utf8(bytes).ok()?;
        if candidate != number && accept(&candidate) && found.replace(candidate).is_some() {
            return None;
        }
    }
    found
}

/// Adds the digits, doubled at odd places counted from the key, which is at place 0.
fn sum(digits: impl Iterator<Item = (usize, u8)>) -> Option<u32> {
    let mut sum = 0_u32;
    for (place, byte) in digits {
        let digit = char::from(byte).to_digit(10)?;
        let weighed = if place.is_multiple_of(2) { digit } else { digit * 2 };
        sum = sum.checked_add(weighed / 10 + weighed % 10)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers() {
        assert!(is_valid("732829320"));
        assert!(is_valid("35600000000048"));
        assert!(!is_valid("732829321"));
        assert!(!is_valid(""));
        assert!(!is_valid("73282932A"));
        assert_eq!(key("73282932"), Some(0));
        assert_eq!(key("01000001"), Some(6));
        assert_eq!(key("é"), None);
    }

    #[test]
    fn one_exchange_is_told_only_when_it_is_the_only_one() {
        assert_eq!(swapped("12", |text| text == "21"), Some("21".to_owned()));
        assert_eq!(swapped("123", |_| true), None);
        assert_eq!(swapped("11", |_| true), None);
        assert_eq!(swapped("é", |_| true), None);
    }
}

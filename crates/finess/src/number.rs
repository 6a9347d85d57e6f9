use core::fmt;

/// The shape of a FINESS number: a digit, a digit or a letter, seven digits. Packed so that the order of the packed
/// values is that of the texts.
///
/// The check key is not judged here: the register rules over its own numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(u32);

/// Nine characters.
const LENGTH: usize = 9;
/// Digits and letters that the second character may be.
const SECOND: u32 = 36;
/// What the seven digits at the end can count.
const TAIL: u32 = 10_000_000;

impl Number {
    /// Reads nine characters, without separators; letters may be lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; LENGTH] = text.trim().as_bytes().try_into().ok()?;
        let [first, second, tail @ ..] = bytes;
        let tail = tail.into_iter().try_fold(0_u32, |all, byte| Some(all * 10 + digit(byte)?))?;
        Some(Self((digit(first)? * SECOND + digit_or_letter(second)?) * TAIL + tail))
    }

    /// The numbers that begin with these one to nine characters: first and last, both included.
    pub(crate) fn range(prefix: &str) -> Option<(Self, Self)> {
        let bytes = prefix.as_bytes();
        if bytes.is_empty() || bytes.len() > LENGTH {
            return None;
        }
        let padded = |second: u8, rest: u8| {
            let mut all = [rest; LENGTH];
            if let Some(place) = all.get_mut(1) {
                *place = second;
            }
            all.get_mut(..bytes.len())?.copy_from_slice(bytes);
            Self::parse(core::str::from_utf8(&all).ok()?)
        };
        Some((padded(b'0', b'0')?, padded(b'Z', b'9')?))
    }

    /// From an index; nothing when no number packs to this.
    pub(crate) const fn from_packed(packed: u32) -> Option<Self> {
        if packed / TAIL < 10 * SECOND { Some(Self(packed)) } else { None }
    }

    pub(crate) const fn packed(self) -> u32 {
        self.0
    }

    /// The nine characters.
    pub fn bytes(self) -> [u8; LENGTH] {
        let mut out = [b'0'; LENGTH];
        let mut tail = self.0 % TAIL;
        let head = self.0 / TAIL;
        for (place, byte) in out.iter_mut().enumerate().rev() {
            *byte = match place {
                0 => character(head / SECOND),
                1 => character(head % SECOND),
                _ => {
                    let last = tail % 10;
                    tail /= 10;
                    character(last)
                }
            };
        }
        out
    }

    /// The nine characters as a text.
    pub fn text(self) -> String {
        self.bytes().iter().map(|byte| char::from(*byte)).collect()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
}

fn digit_or_letter(byte: u8) -> Option<u32> {
    let upper = byte.to_ascii_uppercase();
    digit(upper).or_else(|| upper.is_ascii_uppercase().then(|| u32::from(upper - b'A') + 10))
}

fn character(value: u32) -> u8 {
    let value = u8::try_from(value).unwrap_or_default();
    if value < 10 { b'0' + value } else { b'A'.saturating_add(value - 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_in_their_order() {
        let texts = ["000000000", "010000024", "2A0000014", "2B0000020", "750712184", "9Z9999999"];
        let numbers: Vec<Number> = texts.iter().map(|text| Number::parse(text).unwrap()).collect();
        assert!(numbers.is_sorted());
        for (number, text) in numbers.iter().zip(texts) {
            assert_eq!((number.text().as_str(), Number::from_packed(number.packed())), (text, Some(*number)));
        }
        assert_eq!(Number::parse("2a0000014"), Number::parse("2A0000014"));
        for text in ["", "75071218", "7507121840", "A50712184", "75O712184", "7507 2184", "é5071218"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(Number::from_packed(u32::MAX), None);
    }

    #[test]
    fn a_beginning_is_a_range() {
        let inside = |prefix: &str, text: &str| {
            let (first, last) = Number::range(prefix).unwrap();
            (first..=last).contains(&Number::parse(text).unwrap())
        };
        assert!(inside("75", "750712184") && inside("2", "2A0000014") && inside("2A0", "2A0000014"));
        assert!(!inside("76", "750712184") && !inside("2B", "2A0000014"));
        assert!(inside("750712184", "750712184"));
        assert_eq!(Number::range(""), None);
        assert_eq!(Number::range("7507121845"), None);
        assert_eq!(Number::range("75A"), None);
    }
}

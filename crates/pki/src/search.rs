//! Looking for short marks in bytes.
//!
//! The marks are constants of a few octets, so this takes a time proportional to what is searched. A search that is good
//! for every mark is two kilobytes of each module.

/// Where `mark` stands first; nothing when it is empty.
pub(crate) fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    let first = mark.first()?;
    let mut place = 0_usize;
    loop {
        let rest = bytes.get(place..)?;
        let skipped = rest.iter().position(|octet| octet == first)?;
        place = place.saturating_add(skipped);
        if rest.get(skipped..)?.starts_with(mark) {
            return Some(place);
        }
        place = place.saturating_add(1);
    }
}

/// Where `mark` stands last; nothing when it is empty.
pub(crate) fn find_last(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    (!mark.is_empty()).then(|| bytes.windows(mark.len()).rposition(|window| window == mark)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_where_they_stand() {
        for (bytes, mark, first, last) in [
            (&b""[..], &b"ab"[..], None, None),
            (b"a", b"ab", None, None),
            (b"ab", b"ab", Some(0), Some(0)),
            (b"aab", b"ab", Some(1), Some(1)),
            (b"-ab-ab-", b"ab", Some(1), Some(4)),
            (b"------BEGIN", b"-----BEGIN", Some(1), Some(1)),
            (b"abab", b"abc", None, None),
            (b"abc", b"", None, None),
        ] {
            assert_eq!((find(bytes, mark), find_last(bytes, mark)), (first, last), "{bytes:?} {mark:?}");
        }
    }
}

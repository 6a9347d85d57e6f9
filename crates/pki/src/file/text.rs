//! Texts that hold objects without being PEM as it should be.

use zeroize::Zeroizing;

use crate::{pem, search};

/// The text of a file in UTF-16, with its byte-order mark or recognised by what PEM begins with; nothing for another file.
pub(super) fn decode_utf16(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let read: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] | [b'-' | b'<' | b'M', 0, _, 0, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] | [0, b'-' | b'<' | b'M', 0, _, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.first_chunk().copied()).map(read);
    let characters = char::decode_utf16(units).map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
    // Sized at once for a text in ASCII, so that no copy of a key stays behind unwiped.
    let mut text = Zeroizing::new(String::with_capacity(bytes.len().div_euclid(2).saturating_add(4)));
    text.extend(characters.filter(|character| *character != '\u{feff}'));
    Some(text)
}

/// The DER objects that stand in a text as base64 without markers: pasted from a mail, between the tags of XML, between
/// the quotes of JSON. What each of them is remains to be told.
pub(super) fn bare_objects(text: &[u8]) -> impl Iterator<Item = Zeroizing<Vec<u8>>> {
    let is_text = !text.get(..text.len().min(1024)).unwrap_or_default().contains(&0);
    let mut place = if is_text { 0 } else { text.len() };
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(place..)?;
            // A SEQUENCE with a length in more than one octet: 30 8x.
            let start = place.saturating_add(search::find(rest, b"MI")?);
            let before = start.checked_sub(1).and_then(|before| text.get(before));
            let begins =
                before.is_none_or(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')));
            // After a line end in two letters, as JSON writes it.
            let begins = begins || text.get(..start).is_some_and(|before| before.ends_with(b"\\n"));
            // The first octet of a length in one to three octets, 81 to 83, makes the third character.
            let is_length =
                text.get(start.saturating_add(2)).is_some_and(|third| (b'E'..=b'P').contains(third));
            if !(begins && is_length) {
                place = start.saturating_add(2);
                continue;
            }
            match pem::decode_bare(text.get(start..)?) {
                Ok((der, taken)) => {
                    place = start.saturating_add(taken.max(2));
                    return Some(der);
                }
                // Not looked at twice, so that the time stays proportional to the text.
                Err(looked) => place = start.saturating_add(looked.max(2)),
            }
        }
    })
}

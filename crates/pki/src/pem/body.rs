//! The base64 of a block, as it arrives.

use base64ct::{Base64Unpadded, Encoding};
use zeroize::Zeroizing;

use super::Repair;
use crate::ber;

/// The shortest object looked for without markers, in octets: no key, request or certificate is shorter.
const SHORTEST: usize = 32;

/// Decodes base64 whatever its line breaks, with or without its padding, and with what mail and pages add.
///
/// When that fails, gives the offset of the first octet where it shows: a character that does not belong there, else the
/// beginning of the first line that is not as long as the others, else of the last.
pub(super) fn decode(body: &[u8]) -> Result<(Zeroizing<Vec<u8>>, Option<Repair>), usize> {
    if let Some(der) = decode_plain(body) {
        return Ok((der, None));
    }
    if let Some(der) = decode_plain(&cleaned(body)) {
        return Ok((der, Some(Repair::Characters)));
    }
    let foreign = body.iter().position(|byte| !is_base64(*byte) && !byte.is_ascii_whitespace());
    Err(foreign.unwrap_or_else(|| uneven_line(body)))
}

fn decode_plain(body: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(Vec::with_capacity(body.len()));
    text.extend(body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()));
    decode_characters(&text)
}

/// Decodes base64 without any line break, with or without its padding.
fn decode_characters(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = std::str::from_utf8(text).ok()?;
    let bare = text.trim_end_matches('=');
    let is_whole =
        bare.len() == text.len() || (text.len() % 4 == 0 && text.len().saturating_sub(bare.len()) < 3);
    if is_whole { Base64Unpadded::decode_vec(bare).ok().map(Zeroizing::new) } else { None }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// What is not base64 but often stands in it, and what to put instead.
const ADDED: [(&[u8], &[u8]); 17] = [
    (b"&#13;", b""),
    (b"&#10;", b""),
    (b"&#xd;", b""),
    (b"&#xa;", b""),
    (b"&nbsp;", b""),
    (b"&gt;", b""),
    (b"<br>", b""),
    (b"<br/>", b""),
    (b"<br />", b""),
    (b"\\n", b""),
    (b"\\r", b""),
    (b"=3d", b"="),
    // The soft line breaks of quoted-printable.
    (b"=\r\n", b""),
    (b"=\n", b""),
    // No-break space, zero-width space, byte-order mark.
    (b"\xc2\xa0", b""),
    (b"\xe2\x80\x8b", b""),
    (b"\xef\xbb\xbf", b""),
];

fn cleaned(body: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut rest = body;
    let mut line_begins = true;
    while let Some((first, after)) = rest.split_first() {
        if is_base64(*first) && *first != b'=' {
            out.push(*first);
            rest = after;
            line_begins = false;
            continue;
        }
        let begins = |(added, _): &&(&[u8], &[u8])| {
            rest.get(..added.len()).is_some_and(|head| head.eq_ignore_ascii_case(added))
        };
        // Padding ends a line too: it is a soft break only when more follows.
        let soft = |added: &[u8]| added.starts_with(b"=") && added.ends_with(b"\n");
        let more = |added: &[u8]| {
            let follows = rest.get(added.len()..).unwrap_or_default();
            follows.first().is_some_and(|next| is_base64(*next) && *next != b'=')
        };
        let is_quote = *first == b'>' && line_begins;
        match ADDED.iter().find(begins).filter(|(added, _)| !soft(added) || more(added)) {
            Some((added, instead)) => {
                out.extend_from_slice(instead);
                rest = rest.get(added.len()..).unwrap_or_default();
            }
            None => {
                if !is_quote {
                    out.push(*first);
                }
                rest = after;
            }
        }
        line_begins = is_quote || *first == b'\n' || (line_begins && first.is_ascii_whitespace());
    }
    out
}

/// The beginning of the first line that is not as long as the first, the last one aside; else of the last.
fn uneven_line(body: &[u8]) -> usize {
    let mut offset = 0_usize;
    let mut first = None;
    let mut uneven = None;
    let mut last = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let length = line.trim_ascii().len();
        if length > 0 {
            let usual = *first.get_or_insert(length);
            // Known only once another line follows it.
            if let Some(uneven) = uneven {
                return uneven_of(body, uneven, usual);
            }
            if length != usual {
                uneven = Some(offset);
            }
            last = offset;
        }
        offset = offset.saturating_add(line.len());
    }
    last
}

/// When the second line already differs and the third is as long as it, the first is the odd one.
fn uneven_of(body: &[u8], uneven: usize, usual: usize) -> usize {
    let mut lines =
        body.split(|byte| *byte == b'\n').map(|line| line.trim_ascii().len()).filter(|length| *length > 0);
    let (first, second, third) = (lines.next(), lines.next(), lines.next());
    let odd = first == Some(usual) && second != Some(usual) && second == third && lines.next().is_some();
    let start = body.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    if odd { start } else { uneven }
}

/// The DER object that base64 begins with, whatever follows it; nothing when it does not come to its end.
pub(super) fn decode_object(body: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    decode_bare(body.trim_ascii_start()).ok().map(|(der, _)| der)
}

/// The DER object whose base64 begins here, without markers, and how many octets of the text it took; on failure, how
/// many were looked at.
pub(crate) fn decode_bare(text: &[u8]) -> Result<(Zeroizing<Vec<u8>>, usize), usize> {
    // An object of 100 octets or more begins with its identifier and two to five octets of length.
    let (head, looked) = gather(text, 8);
    let head = decode_characters(&head).filter(|head| head.len() >= 6).ok_or(looked)?;
    let length = ber::announced(&head).filter(|length| *length >= SHORTEST).ok_or(looked)?;
    let wanted = length.div_ceil(3).checked_mul(4).filter(|wanted| *wanted <= text.len().saturating_add(2));
    let (characters, looked) = gather(text, wanted.ok_or(looked)?);
    // Its last group may come without padding.
    let mut der = decode_characters(&characters).ok_or(looked)?;
    if der.len() < length {
        return Err(looked);
    }
    der.truncate(length);
    Ok((der, looked))
}

/// So many characters of base64, with what stands between them left out, and how many octets were looked at.
fn gather(text: &[u8], wanted: usize) -> (Zeroizing<Vec<u8>>, usize) {
    // Counted first, then sized at once: growing would leave copies of a key behind, and room for all that is wanted would
    // be wiped again and again when a text announces much and holds little.
    let mut there = 0_usize;
    let looked = characters(text, wanted, |_| there = there.saturating_add(1));
    let mut found = Zeroizing::new(Vec::with_capacity(there));
    characters(text, wanted, |byte| found.push(byte));
    (found, looked)
}

/// Gives the first characters of base64, up to so many; returns how many octets were looked at.
fn characters(text: &[u8], wanted: usize, mut give: impl FnMut(u8)) -> usize {
    let mut given = 0_usize;
    let mut place = 0_usize;
    let mut line_begins = false;
    while given < wanted {
        let Some(byte) = text.get(place) else { break };
        if is_base64(*byte) {
            give(*byte);
            given = given.saturating_add(1);
            line_begins = false;
            place = place.saturating_add(1);
            continue;
        }
        let rest = text.get(place..).unwrap_or_default();
        let skipped = [&b"&#13;"[..], b"&#xD;", b"&#10;", b"&#xA;", b"\\r", b"\\n", b"\xc2\xa0"]
            .into_iter()
            .find(|added| rest.starts_with(added));
        if let Some(skipped) = skipped {
            place = place.saturating_add(skipped.len());
            continue;
        }
        let is_quote = line_begins && *byte == b'>';
        if !(byte.is_ascii_whitespace() || is_quote) {
            break;
        }
        line_begins |= *byte == b'\n';
        place = place.saturating_add(1);
    }
    place
}

//! Several files in one input, since the fuzzer knows one.

/// The parts of an input: each but the last behind its length, two octets, big-endian. A length beyond the end takes what
/// is there, so that any bytes are some parts.
pub fn split<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut rest = bytes;
    let mut parts = [&[][..]; N];
    let last = N - 1;
    for part in &mut parts[..last] {
        let Some((length, after)) = rest.split_first_chunk::<2>() else { break };
        let length = usize::from(u16::from_be_bytes(*length)).min(after.len());
        (*part, rest) = after.split_at(length);
    }
    parts[last] = rest;
    parts
}

/// The input that [`split`] parts so.
pub fn join(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        if place + 1 < parts.len() {
            let length = u16::try_from(part.len()).expect("parts of seeds are short");
            out.extend(length.to_be_bytes());
        }
        out.extend_from_slice(part);
    }
    out
}

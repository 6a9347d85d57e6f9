//! Just enough DER to build what no tool writes.

/// One element, its length in the shortest form.
pub fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    out.extend(length(content.len()));
    out.extend(content);
    out
}

/// A SEQUENCE of elements.
pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, &parts.concat())
}

/// Sequences in sequences, each with its right length, about `size` octets in all.
pub fn nested(size: usize) -> Vec<u8> {
    // From the inside out, backwards: each header tells the length of what stands behind it.
    let mut backwards = vec![0x00, 0x05];
    while backwards.len() + 6 <= size {
        let mut header = length(backwards.len());
        header.reverse();
        backwards.extend(header);
        backwards.push(0x30);
    }
    backwards.reverse();
    backwards
}

fn length(length: usize) -> Vec<u8> {
    let octets = length.to_be_bytes();
    let first = octets.iter().position(|octet| *octet != 0).unwrap_or(octets.len() - 1);
    let significant = &octets[first..];
    match length {
        0..=127 => significant.to_vec(),
        _ => [&[0x80 | u8::try_from(significant.len()).expect("at most eight")], significant].concat(),
    }
}

/// An EncryptedPrivateKeyInfo under PBES2 with PBKDF2 (HMAC-SHA-1) and AES-256-CBC; `rounds` is the content of the
/// INTEGER.
pub fn encrypted_key(rounds: &[u8]) -> Vec<u8> {
    let derivation = sequence(&[
        b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c",
        &sequence(&[&element(4, &[1; 16]), &element(2, rounds)]),
    ]);
    let cipher = sequence(&[b"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x01\x2a", &element(4, &[2; 16])]);
    let scheme =
        sequence(&[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d", &sequence(&[&derivation, &cipher])]);
    sequence(&[&scheme, &element(4, &[3; 1216])])
}

/// The same under the scheme of PKCS #12 with 3DES.
pub fn old_encrypted_key(rounds: &[u8]) -> Vec<u8> {
    let parameters = sequence(&[&element(4, &[1; 8]), &element(2, rounds)]);
    let scheme = sequence(&[b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x03", &parameters]);
    sequence(&[&scheme, &element(4, &[3; 1216])])
}

/// A PFX: these SafeContents, each in clear, and a MAC of so many rounds when there is one.
pub fn pfx(contents: &[Vec<u8>], mac_rounds: Option<&[u8]>) -> Vec<u8> {
    let infos: Vec<Vec<u8>> = contents.iter().map(|content| data(content)).collect();
    let safe = element(0x30, &infos.concat());
    let digest = sequence(&[
        &sequence(&[b"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00"]),
        &element(4, &[7; 32]),
    ]);
    let mac = mac_rounds.map(|rounds| sequence(&[&digest, &element(4, &[1; 8]), &element(2, rounds)]));
    sequence(&[b"\x02\x01\x03", &data(&safe), &mac.unwrap_or_default()])
}

/// A SafeBag of a shrouded key.
pub fn shrouded_key_bag(key: &[u8]) -> Vec<u8> {
    sequence(&[b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x02", &element(0xa0, key)])
}

/// A SafeBag of a certificate.
pub fn certificate_bag(certificate: &[u8]) -> Vec<u8> {
    let wrapped = element(0xa0, &element(4, certificate));
    let value = sequence(&[b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x09\x16\x01", &wrapped]);
    sequence(&[b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x03", &element(0xa0, &value)])
}

/// `ContentInfo` of the type `data`.
fn data(content: &[u8]) -> Vec<u8> {
    sequence(&[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01", &element(0xa0, &element(4, content))])
}

/// A SignedData that signs nothing, with these certificates.
pub fn bundle(certificates: &[u8]) -> Vec<u8> {
    let inner = sequence(&[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"]);
    let signed = sequence(&[b"\x02\x01\x01\x31\x00", &inner, &element(0xa0, certificates), b"\x31\x00"]);
    sequence(&[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", &element(0xa0, &signed)])
}

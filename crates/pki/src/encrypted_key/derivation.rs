//! Keys from passphrases: PBKDF2 and PBKDF1 (RFC 8018, section 5), the derivation of PKCS #12 (RFC 7292, appendix B).

use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use pbkdf2::pbkdf2_hmac;
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use super::Prf;

/// The longest digest, in octets: SHA-512.
const LONGEST: usize = 64;

/// What a key of PKCS #12 is for: the octet that tells it (RFC 7292, appendix B.3).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    Key = 1,
    InitialisationVector = 2,
    Integrity = 3,
}

/// PBKDF2, with the octets of the passphrase as the producer encoded them.
pub(crate) fn pbkdf2(prf: Prf, secret: &[u8], salt: &[u8], rounds: u32, length: usize) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(vec![0; length]);
    match prf {
        Prf::HmacSha1 => pbkdf2_hmac::<Sha1>(secret, salt, rounds, &mut key),
        Prf::HmacSha256 => pbkdf2_hmac::<Sha256>(secret, salt, rounds, &mut key),
        Prf::HmacSha384 => pbkdf2_hmac::<Sha384>(secret, salt, rounds, &mut key),
        Prf::HmacSha512 => pbkdf2_hmac::<Sha512>(secret, salt, rounds, &mut key),
    }
    key
}

/// The derivation of PKCS #12: RFC 7292, appendix B.2.
///
/// `secret` is the passphrase as a BMPString with its terminator, or nothing at all.
pub(crate) fn pkcs12(
    prf: Prf,
    purpose: Purpose,
    secret: &[u8],
    salt: &[u8],
    rounds: u32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let block = prf.block();
    let whole = |text: &[u8]| text.len().div_ceil(block).saturating_mul(block);
    // I: salt and passphrase, each repeated up to whole blocks.
    let mut input = Zeroizing::new(Vec::with_capacity(whole(salt).saturating_add(whole(secret))));
    input.extend(salt.iter().cycle().take(whole(salt)));
    input.extend(secret.iter().cycle().take(whole(secret)));
    // D: the purpose, as often as fills a block.
    let diversifier = vec![purpose as u8; block];
    let mut key = Zeroizing::new(Vec::with_capacity(length.saturating_add(LONGEST)));
    loop {
        let mut digest = Zeroizing::new([0; LONGEST]);
        let mut before = Zeroizing::new([0; LONGEST]);
        let size = hash(prf, &[&diversifier, &input], &mut digest);
        for _ in 1..rounds {
            std::mem::swap(&mut digest, &mut before);
            hash(prf, &[before.get(..size).unwrap_or_default()], &mut digest);
        }
        let digest = digest.get(..size).unwrap_or_default();
        key.extend_from_slice(digest);
        if key.len() >= length {
            key.truncate(length);
            return key;
        }
        for part in input.chunks_mut(block) {
            add_and_one(part, digest);
        }
    }
}

/// How many runs of [`pkcs12`]'s rounds a key of this length takes.
pub(crate) fn runs(prf: Prf, length: usize) -> u64 {
    u64::try_from(length.div_ceil(prf.size())).unwrap_or(u64::MAX)
}

/// I_j + B + 1 modulo 2^v, B being the digest repeated.
fn add_and_one(part: &mut [u8], digest: &[u8]) {
    let repeated = digest.iter().cycle().take(part.len());
    let repeated: Zeroizing<Vec<u8>> = Zeroizing::new(repeated.copied().collect());
    let mut carry = 1_u16;
    for (to, add) in part.iter_mut().rev().zip(repeated.iter().rev()) {
        let [high, low] = u16::from(*to).wrapping_add(u16::from(*add)).wrapping_add(carry).to_be_bytes();
        *to = low;
        carry = u16::from(high);
    }
}

/// The digest of the parts one after the other, at the beginning of `out`; returns its size.
fn hash(prf: Prf, parts: &[&[u8]], out: &mut [u8; LONGEST]) -> usize {
    fn one<D: Digest>(parts: &[&[u8]], out: &mut [u8]) -> usize {
        let mut hash = D::new();
        for part in parts {
            hash.update(part);
        }
        let digest = hash.finalize();
        if let Some(out) = out.get_mut(..digest.len()) {
            out.copy_from_slice(&digest);
        }
        digest.len()
    }
    match prf {
        Prf::HmacSha1 => one::<Sha1>(parts, out),
        Prf::HmacSha256 => one::<Sha256>(parts, out),
        Prf::HmacSha384 => one::<Sha384>(parts, out),
        Prf::HmacSha512 => one::<Sha512>(parts, out),
    }
}

/// HMAC (RFC 2104) of a message.
pub(crate) fn hmac(prf: Prf, key: &[u8], message: &[u8]) -> Vec<u8> {
    fn one<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Vec<u8> {
        // HMAC takes a key of any length.
        <M as KeyInit>::new_from_slice(key)
            .map(|mac| mac.chain_update(message).finalize().into_bytes().to_vec())
            .unwrap_or_default()
    }
    match prf {
        Prf::HmacSha1 => one::<Hmac<Sha1>>(key, message),
        Prf::HmacSha256 => one::<Hmac<Sha256>>(key, message),
        Prf::HmacSha384 => one::<Hmac<Sha384>>(key, message),
        Prf::HmacSha512 => one::<Hmac<Sha512>>(key, message),
    }
}

/// The hash of the old schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OldHash {
    Md5,
    Sha1,
}

/// PBKDF1: RFC 8018, section 5.1. The first 16 octets.
pub(crate) fn pbkdf1(hash: OldHash, secret: &[u8], salt: &[u8], rounds: u32) -> Zeroizing<[u8; 16]> {
    let once = |parts: &[&[u8]]| -> Zeroizing<Vec<u8>> {
        let all = Zeroizing::new(parts.concat());
        Zeroizing::new(match hash {
            OldHash::Md5 => Md5::digest(all.as_slice()).to_vec(),
            OldHash::Sha1 => Sha1::digest(all.as_slice()).to_vec(),
        })
    };
    let mut digest = once(&[secret, salt]);
    for _ in 1..rounds {
        digest = once(&[&digest]);
    }
    let mut key = Zeroizing::new([0; 16]);
    for (to, from) in key.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::hex;

    #[test]
    fn the_derivation_of_pkcs12_is_that_of_other_tools() {
        // Passphrase "smeg", from the PKCS #12 test values that Bouncy Castle and OpenSSL share.
        let smeg = b"\0s\0m\0e\0g\0\0";
        let salt = [0x0a, 0x58, 0xcf, 0x64, 0x53, 0x0d, 0x82, 0x3f];
        let key = pkcs12(Prf::HmacSha1, Purpose::Key, smeg, &salt, 1, 24);
        assert_eq!(hex(&key), "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3");
        let vector = pkcs12(Prf::HmacSha1, Purpose::InitialisationVector, smeg, &salt, 1, 8);
        assert_eq!(hex(&vector), "79993dfe048d3b76");
    }
}

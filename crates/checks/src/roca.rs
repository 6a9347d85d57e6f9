//! Keys of the faulty library of CVE-2017-15361 (Nemec, Sys, Svenda, Klinec, Matyas, *The Return of Coppersmith's
//! Attack*, 2017): their modulus is a power of 65537 modulo every small prime.

/// The primes whose product divides the number the library multiplied by, for every size it made, without 2. First 11 and
/// 37, which have few powers of 65537: a sound key seldom has to be divided by a third.
const PRIMES: [u64; 38] = [
    11, 37, 3, 5, 7, 13, 17, 19, 23, 29, 31, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
    107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// Whether an RSA modulus, big-endian, has the structure of those keys. A sound key has it with a probability
/// below 2⁻²⁷.
pub(crate) fn is_roca(modulus: &[u8]) -> bool {
    PRIMES.iter().all(|prime| is_power_of_65537(remainder(modulus, *prime), *prime))
}

fn remainder(number: &[u8], prime: u64) -> u64 {
    // Four octets a division: a set has thousands of keys.
    let (head, words) = number.split_at(number.len() % 4);
    let rest = head.iter().fold(0, |rest, octet| ((rest << 8) | u64::from(*octet)) % prime);
    words.chunks_exact(4).fold(rest, |rest, word| {
        let word = word.iter().fold(0_u64, |word, octet| (word << 8) | u64::from(*octet));
        ((rest << 32) | word) % prime
    })
}

fn is_power_of_65537(rest: u64, prime: u64) -> bool {
    let mut power = 1;
    for _ in 0..prime {
        if power == rest {
            return true;
        }
        power = power * 65_537 % prime;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_the_generator_are_told_from_other_numbers() {
        // 65537^8 is a power of the generator modulo every prime; so is 1.
        let power = 65_537_u128.pow(7).to_be_bytes();
        assert!(is_roca(&power));
        assert!(is_roca(&[1]));
        // 2 is no power of 65537 modulo 11, whose powers of 65537 = -1 are 1 and 10.
        assert!(!is_roca(&[2]));
        assert!(!is_roca(&[]));
        assert!(!is_roca(&(65_537_u128.pow(7) + 2).to_be_bytes()));
    }
}

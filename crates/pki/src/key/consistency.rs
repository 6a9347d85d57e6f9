//! Whether the numbers of an RSA private key fit together.
//!
//! A damaged key reads as well as a sound one, and makes signatures that nobody accepts, or that give its primes away.
//! So each number is checked against the others when a key is read, with exact arithmetic: RFC 8017, section 3.2.
//! Whether the primes are prime is not looked at: a change by accident breaks the equations.
//!
//! The arithmetic is the plainest there is. Its time depends on the numbers, which nobody is there to measure: it runs
//! once, when the owner opens a key on their own machine. What it holds is wiped.

use std::cmp::Ordering;

use zeroize::Zeroizing;

/// Whether n = p·q, dP and dQ are d modulo p − 1 and q − 1 and undo e, and qInv undoes q modulo p.
///
/// The caller bounds the size of n; nothing longer is calculated with.
pub(super) fn fits_together(key: &pkcs1::RsaPrivateKeyRef<'_>) -> bool {
    let longest = key.modulus.as_bytes().len();
    let parts = [
        key.public_exponent,
        key.private_exponent,
        key.prime1,
        key.prime2,
        key.exponent1,
        key.exponent2,
        key.coefficient,
    ];
    if parts.iter().any(|part| part.as_bytes().len() > longest) {
        return false;
    }
    let [e, d, p, q, d_p, d_q, q_inverse] = parts.map(|part| Natural::read(part.as_bytes()));
    let undoes = |prime: &Natural, exponent: &Natural| {
        prime.minus_one().is_some_and(|order| {
            d.modulo(&order).as_ref() == Some(exponent)
                && e.times(exponent).modulo(&order).is_some_and(|product| product.is_one())
        })
    };
    p.times(&q) == Natural::read(key.modulus.as_bytes())
        && undoes(&p, &d_p)
        && undoes(&q, &d_q)
        && q_inverse.compare(&p) == Ordering::Less
        && q_inverse.times(&q).modulo(&p).is_some_and(|product| product.is_one())
}

/// A whole number: 32 bits a limb, least significant first, no zero limb on top.
struct Natural(Zeroizing<Vec<u32>>);

impl Natural {
    /// Most significant octet first.
    fn read(octets: &[u8]) -> Self {
        let limb = |octets: &[u8]| octets.iter().fold(0, |limb: u32, octet| (limb << 8) | u32::from(*octet));
        Self::of(Zeroizing::new(octets.rchunks(4).map(limb).collect()))
    }

    fn of(mut limbs: Zeroizing<Vec<u32>>) -> Self {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Self(limbs)
    }

    fn is_one(&self) -> bool {
        self.0.as_slice() == [1]
    }

    fn compare(&self, other: &Self) -> Ordering {
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    fn minus_one(&self) -> Option<Self> {
        let mut limbs = self.0.clone();
        for limb in limbs.iter_mut() {
            let (less, borrow) = limb.overflowing_sub(1);
            *limb = less;
            if !borrow {
                return Some(Self::of(limbs));
            }
        }
        None
    }

    fn times(&self, other: &Self) -> Self {
        let mut product = Zeroizing::new(vec![0_u32; self.0.len().saturating_add(other.0.len())]);
        for (place, limb) in self.0.iter().enumerate() {
            let mut carry = 0_u32;
            let others = other.0.iter().chain(std::iter::repeat(&0));
            for (sum, factor) in product.iter_mut().skip(place).zip(others) {
                (*sum, carry) = multiply_add(*limb, *factor, *sum, carry);
            }
        }
        Self::of(product)
    }

    /// The remainder, one bit at a time; nothing when divided by zero.
    fn modulo(&self, divisor: &Self) -> Option<Self> {
        if divisor.0.is_empty() {
            return None;
        }
        // Less than the divisor before each step, less than twice as much after.
        let mut rest = Zeroizing::new(vec![0_u32; divisor.0.len().saturating_add(1)]);
        for limb in self.0.iter().rev() {
            for bit in (0..u32::BITS).rev() {
                let mut carry = (limb >> bit) & 1;
                for limb in rest.iter_mut() {
                    let out = *limb >> 31;
                    *limb = (*limb << 1) | carry;
                    carry = out;
                }
                if at_least(&rest, &divisor.0) {
                    subtract(&mut rest, &divisor.0);
                }
            }
        }
        Some(Self::of(rest))
    }
}

impl PartialEq for Natural {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// a·b + c + d, which two limbs always hold: the lower limb, then the upper.
fn multiply_add(a: u32, b: u32, c: u32, d: u32) -> (u32, u32) {
    let product = u64::from(a).wrapping_mul(u64::from(b));
    let sum = product.wrapping_add(u64::from(c)).wrapping_add(u64::from(d));
    let [a, b, c, d, e, f, g, h] = sum.to_le_bytes();
    (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
}

/// Whether `number`, which has one limb more, is at least `other`.
fn at_least(number: &[u32], other: &[u32]) -> bool {
    let padded = std::iter::once(&0).chain(other.iter().rev());
    number.iter().rev().cmp(padded) != Ordering::Less
}

/// Takes `other` from a `number` that is at least as large.
fn subtract(number: &mut [u32], other: &[u32]) {
    let mut borrow = false;
    for (limb, less) in number.iter_mut().zip(other.iter().chain(std::iter::once(&0))) {
        let (first, below) = limb.overflowing_sub(*less);
        let (second, below_again) = first.overflowing_sub(u32::from(borrow));
        *limb = second;
        borrow = below || below_again;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn natural(value: u128) -> Natural {
        Natural::read(&value.to_be_bytes())
    }

    #[test]
    fn arithmetic_is_that_of_the_machine() {
        let numbers: [u128; 9] =
            [0, 1, 2, 3, 0xffff_ffff, 0x1_0000_0000, 0xdead_beef_1234_5678, 1 << 63, (1 << 64) - 1];
        for a in numbers {
            assert!(natural(a).minus_one().map(|less| less == natural(a - 1)).unwrap_or(a == 0), "{a}");
            for b in numbers {
                assert!(natural(a).times(&natural(b)) == natural(a * b), "{a} × {b}");
                assert_eq!(natural(a).compare(&natural(b)), a.cmp(&b));
                let wide = a * b + a;
                let expected = wide.checked_rem(b).map(natural);
                assert!(natural(wide).modulo(&natural(b)) == expected, "{wide} mod {b}");
            }
        }
    }
}

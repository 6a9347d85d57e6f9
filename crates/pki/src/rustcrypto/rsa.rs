//! RSA: keys, signatures.

use std::cell::Cell;

use crypto_primes::hazmat::{SetBits, SmallFactorsSieveFactory};
use crypto_primes::{Flavor, is_prime, sieve_and_find};
use der::Decode;
use rsa::pkcs1v15::{Pkcs1v15Sign, SigningKey};
use rsa::pkcs8::EncodePrivateKey;
use rsa::{BoxedUint, RsaPrivateKey, RsaPublicKey};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};
use signature::{RandomizedSigner, SignatureEncoding};

use super::Progress;
use super::random::{Randomness, Source};
use crate::engine::{EngineError, Operation};
use crate::key::{PrivateKey, PublicKey, PublicKeyKind, RsaBits};
use crate::signature::{Hash, SignatureAlgorithm, SignatureOutcome, SignatureTask};

/// 65537, the exponent of every key made.
const EXPONENT: u64 = 65_537;

/// Sizes of RSA keys whose signatures are verified, in bits. The lower bound lets old authorities
/// be named; whether a key is strong enough is for others to say.
const VERIFIED_BITS: std::ops::RangeInclusive<usize> = 1024..=8192;

/// How many pairs of primes are tried. One is enough unless a prime is 1 modulo 65537.
const MAX_PAIRS: usize = 8;

pub(super) fn generate(
    random: &impl Randomness,
    bits: RsaBits,
    progress: Option<&dyn Fn(Progress)>,
) -> Result<PrivateKey, EngineError> {
    let mut source = Source::new(random);
    let half = bits.get() / 2;
    let told = Told::new(bits, progress);
    for _ in 0..MAX_PAIRS {
        told.primes.set(0);
        let Some(p) = prime(&mut source, half, &told) else {
            break;
        };
        told.primes.set(1);
        let Some(q) = prime(&mut source, half, &told) else {
            break;
        };
        if let Ok(key) = RsaPrivateKey::from_p_q(p, q, BoxedUint::from(EXPONENT)) {
            let key = source.finish(key)?;
            let pkcs8 = key.to_pkcs8_der().map_err(|_| EngineError::Failed(Operation::Generate))?;
            return Ok(PrivateKey::from_pkcs8(pkcs8.as_bytes())?);
        }
    }
    Err(EngineError::Failed(Operation::Generate))
}

/// A prime of `bits` bits whose two highest bits are set, so that the product of two such has
/// exactly twice as many.
fn prime(source: &mut Source<'_, impl Randomness>, bits: u32, told: &Told<'_>) -> Option<BoxedUint> {
    let sieve = SmallFactorsSieveFactory::new(Flavor::Any, bits, SetBits::TwoMsb).ok()?;
    let found = sieve_and_find(source, sieve, |_, candidate: &BoxedUint| {
        told.candidate();
        is_prime(Flavor::Any, candidate)
    });
    found.ok().flatten()
}

/// Counts the numbers tried, and tells.
struct Told<'a> {
    primes: Cell<u32>,
    candidates: Cell<u32>,
    expected: u32,
    progress: Option<&'a dyn Fn(Progress)>,
}

impl<'a> Told<'a> {
    /// One number of `b` bits in `b` × ln 2 is prime. The sieve, which knows the primes up to about
    /// 18,000, leaves e^-γ / ln 18,000 of them to try: `b` / 25 for each of two primes of half the
    /// size, hence for the key.
    fn new(bits: RsaBits, progress: Option<&'a dyn Fn(Progress)>) -> Self {
        Self { primes: Cell::new(0), candidates: Cell::new(0), expected: bits.get() / 25, progress }
    }

    fn candidate(&self) {
        self.candidates.set(self.candidates.get().saturating_add(1));
        if let Some(progress) = self.progress {
            progress(Progress {
                primes: self.primes.get(),
                candidates: self.candidates.get(),
                expected: self.expected,
            });
        }
    }
}

pub(super) fn sign(
    random: &impl Randomness,
    key: &PrivateKey,
    message: &[u8],
) -> Result<Vec<u8>, EngineError> {
    let failed = EngineError::Failed(Operation::Sign);
    let info = pkcs8::PrivateKeyInfoRef::from_der(key.pkcs8()).map_err(|_| failed.clone())?;
    let key = RsaPrivateKey::try_from(info).map_err(|_| failed.clone())?;
    let mut source = Source::new(random);
    let signature =
        SigningKey::<Sha256>::new(key).try_sign_with_rng(&mut source, message).map_err(|_| failed)?;
    source.finish(signature.to_vec())
}

pub(super) fn verify(task: &SignatureTask) -> SignatureOutcome {
    let SignatureAlgorithm::RsaPkcs1(hash) = task.algorithm else {
        return SignatureOutcome::Unsupported;
    };
    let Ok(key) = PublicKey::read(&task.spki) else {
        return SignatureOutcome::Unsupported;
    };
    let PublicKeyKind::Rsa { modulus, exponent, .. } = key.kind() else {
        // The algorithm asks for an RSA key: another kind cannot have signed.
        return SignatureOutcome::Invalid;
    };
    let modulus = BoxedUint::from_be_slice_vartime(modulus);
    let exponent = BoxedUint::from_be_slice_vartime(exponent);
    let Ok(key) = RsaPublicKey::new_with_size_limits(modulus, exponent, VERIFIED_BITS) else {
        return SignatureOutcome::Unsupported;
    };
    let message = task.message.as_slice();
    let (scheme, digest) = match hash {
        Hash::Md5 => return SignatureOutcome::Unsupported,
        Hash::Sha1 => (Pkcs1v15Sign::new::<Sha1>(), Sha1::digest(message).to_vec()),
        Hash::Sha256 => (Pkcs1v15Sign::new::<Sha256>(), Sha256::digest(message).to_vec()),
        Hash::Sha384 => (Pkcs1v15Sign::new::<Sha384>(), Sha384::digest(message).to_vec()),
        Hash::Sha512 => (Pkcs1v15Sign::new::<Sha512>(), Sha512::digest(message).to_vec()),
    };
    match key.verify(scheme, &digest, &task.signature) {
        Ok(()) => SignatureOutcome::Valid,
        Err(_) => SignatureOutcome::Invalid,
    }
}

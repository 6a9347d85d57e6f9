//! Randomness as an argument.

use std::cell::Cell;
use std::convert::Infallible;

use ::rsa::rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::engine::EngineError;

/// A source of secret, unpredictable octets: the operating system's or the browser's.
pub trait Randomness {
    /// Fills the whole buffer, or fails.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), RandomnessError>;
}

impl<F: Fn(&mut [u8]) -> Result<(), RandomnessError>> Randomness for F {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), RandomnessError> {
        self(buffer)
    }
}

/// The source failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RandomnessError;

impl From<RandomnessError> for EngineError {
    fn from(_: RandomnessError) -> Self {
        Self::Randomness
    }
}

/// A [`Randomness`] as RustCrypto wants it: never failing.
///
/// Once the source has failed, it hands out a worthless sequence that merely lets the computation
/// end; [`Source::finish`] then refuses the result.
pub(super) struct Source<'a, R> {
    random: &'a R,
    failed: Cell<bool>,
    counter: u64,
}

impl<'a, R: Randomness> Source<'a, R> {
    pub(super) fn new(random: &'a R) -> Self {
        Self { random, failed: Cell::new(false), counter: 0 }
    }

    /// Gives the result back if every octet it was made of was random.
    pub(super) fn finish<T>(self, result: T) -> Result<T, EngineError> {
        if self.failed.get() {
            return Err(EngineError::Randomness);
        }
        Ok(result)
    }

    fn fill(&mut self, buffer: &mut [u8]) {
        if !self.failed.get() && self.random.fill(buffer).is_ok() {
            return;
        }
        self.failed.set(true);
        for chunk in buffer.chunks_mut(32) {
            self.counter = self.counter.wrapping_add(1);
            let filler = Sha256::digest(self.counter.to_be_bytes());
            for (to, from) in chunk.iter_mut().zip(filler) {
                *to = from;
            }
        }
    }
}

impl<R: Randomness> TryRng for Source<'_, R> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut buffer = [0; 4];
        self.fill(&mut buffer);
        let number = u32::from_le_bytes(buffer);
        buffer.zeroize();
        Ok(number)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut buffer = [0; 8];
        self.fill(&mut buffer);
        let number = u64::from_le_bytes(buffer);
        buffer.zeroize();
        Ok(number)
    }

    fn try_fill_bytes(&mut self, buffer: &mut [u8]) -> Result<(), Infallible> {
        self.fill(buffer);
        Ok(())
    }
}

impl<R: Randomness> TryCryptoRng for Source<'_, R> {}

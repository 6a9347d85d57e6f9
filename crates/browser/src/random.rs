//! Random octets, from `crypto.getRandomValues`, which pages without `crypto.subtle` have too.

use pki::engine::EngineError;

/// Fills the buffer with random octets.
///
/// # Errors
/// [`EngineError::Randomness`] when the platform has none.
pub fn fill(buffer: &mut [u8]) -> Result<(), EngineError> {
    getrandom::fill(buffer).map_err(|_| EngineError::Randomness)
}

/// As many random octets as asked.
///
/// # Errors
/// [`EngineError::Randomness`] when the platform has none.
pub fn octets<const N: usize>() -> Result<[u8; N], EngineError> {
    let mut octets = [0; N];
    fill(&mut octets)?;
    Ok(octets)
}

//! Random octets, from `crypto.getRandomValues`, which pages without `crypto.subtle` have too.

use pki::engine::EngineError;

/// As many random octets as asked.
///
/// # Errors
/// [`EngineError::Randomness`] when the platform has none.
pub fn octets<const N: usize>() -> Result<[u8; N], EngineError> {
    let mut octets = [0; N];
    getrandom::fill(&mut octets).map_err(|_| EngineError::Randomness)?;
    Ok(octets)
}

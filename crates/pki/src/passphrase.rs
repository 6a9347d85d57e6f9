//! Passphrases.

use std::fmt;

use zeroize::Zeroizing;

/// A passphrase: wiped when dropped, never shown.
///
/// Its bytes are the UTF-8 of what the person typed, unchanged, which is what OpenSSL and Java
/// derive a PBES2 key from.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes the text over; the caller should have no other copy.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// UTF-8.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// A BMPString with its terminator, which is what PKCS #12 derives a key from (RFC 7292, appendix B.1). Letters
    /// beyond 16 bits are written as surrogates, as OpenSSL and Java do.
    pub(crate) fn to_bmp(&self) -> Zeroizing<Vec<u8>> {
        let units = self.0.encode_utf16().chain(std::iter::once(0));
        // Sized at once, so that no copy stays behind unwiped.
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.0.len().saturating_mul(2).saturating_add(2)));
        bytes.extend(units.flat_map(u16::to_be_bytes));
        bytes
    }

    /// Whether every letter is printable ASCII. Java opens no PKCS #12 under another passphrase, not even its own, and
    /// old readers encode other letters each in their way.
    pub fn is_printable_ascii(&self) -> bool {
        self.0.bytes().all(|byte| (0x20..0x7f).contains(&byte))
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

//! CRC-32 as ZIP computes it: the polynomial of ISO 3309, reflected.

/// The checksum of these bytes.
pub(super) fn of(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        let place = usize::from(byte ^ sum.to_le_bytes()[0]);
        (sum >> 8) ^ TABLE.get(place).copied().unwrap_or_default()
    })
}

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut rest = 0_u32;
    while rest < 256 {
        let mut value = rest;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
            bit += 1;
        }
        // In a constant: an index out of bounds would stop the build.
        #[allow(clippy::indexing_slicing)]
        {
            table[rest as usize] = value;
        }
        rest += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(of(b""), 0);
        assert_eq!(of(b"123456789"), 0xcbf4_3926);
        assert_eq!(of(b"The quick brown fox jumps over the lazy dog"), 0x414f_a339);
    }
}

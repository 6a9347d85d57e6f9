//! CRC-32 of RFC 1952, eight octets at a time: what ends a gzip file, and what guards an index. The tables are computed
//! when they are needed, since eight kilobytes of them cannot be compressed in a download.

const STEPS: usize = 8;

/// The sum of what was fed so far.
pub(crate) struct Crc32 {
    tables: Box<[[u32; 256]; STEPS]>,
    state: u32,
}

impl Crc32 {
    pub(crate) fn new() -> Self {
        let mut first = [0_u32; 256];
        for (byte, entry) in (0_u32..).zip(first.iter_mut()) {
            *entry = (0..8)
                .fold(byte, |rest, _| if rest & 1 == 1 { 0xedb8_8320 ^ (rest >> 1) } else { rest >> 1 });
        }
        let mut tables = Box::new([first; STEPS]);
        let mut last = first;
        for table in tables.iter_mut().skip(1) {
            for entry in &mut last {
                *entry = (*entry >> 8) ^ at(&first, *entry);
            }
            *table = last;
        }
        Self { tables, state: u32::MAX }
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        let [t0, t1, t2, t3, t4, t5, t6, t7] = &*self.tables;
        let mut state = self.state;
        let mut words = bytes.chunks_exact(STEPS);
        for word in &mut words {
            let &[a, b, c, d, e, f, g, h] = word else { continue };
            let low = state ^ u32::from_le_bytes([a, b, c, d]);
            let high = u32::from_le_bytes([e, f, g, h]);
            state = at(t7, low) ^ at(t6, low >> 8) ^ at(t5, low >> 16) ^ at(t4, low >> 24);
            state ^= at(t3, high) ^ at(t2, high >> 8) ^ at(t1, high >> 16) ^ at(t0, high >> 24);
        }
        for byte in words.remainder() {
            state = (state >> 8) ^ at(t0, state ^ u32::from(*byte));
        }
        self.state = state;
    }

    pub(crate) const fn sum(&self) -> u32 {
        !self.state
    }

    pub(crate) const fn restart(&mut self) {
        self.state = u32::MAX;
    }

    /// The sum of these bytes alone.
    pub(crate) fn of(bytes: &[u8]) -> u32 {
        let mut sum = Self::new();
        sum.feed(bytes);
        sum.sum()
    }
}

/// The entry of the lowest octet.
fn at(table: &[u32; 256], value: u32) -> u32 {
    let [place, ..] = value.to_le_bytes();
    table.get(usize::from(place)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(Crc32::of(b""), 0);
        assert_eq!(Crc32::of(b"123456789"), 0xcbf4_3926);
        assert_eq!(Crc32::of(b"The quick brown fox jumps over the lazy dog"), 0x414f_a339);
    }

    #[test]
    fn pieces_sum_to_the_whole() {
        let bytes: Vec<u8> = (0..1000_u32).map(|n| n.to_le_bytes()[0] ^ 0x5a).collect();
        for cut in [0, 1, 7, 8, 9, 500, 999] {
            let mut sum = Crc32::new();
            sum.feed(&bytes[..cut]);
            sum.feed(&bytes[cut..]);
            assert_eq!(sum.sum(), Crc32::of(&bytes));
        }
    }
}

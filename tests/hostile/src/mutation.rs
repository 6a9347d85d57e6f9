//! Bad files made from good ones, the same ones at every run.

/// What structures and bounds stumble over: lengths, tags, signs, ends of text.
const TELLING: [u8; 24] = [
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x20, 0x2d, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82,
    0x84, 0x88, 0xa0, 0xa3, 0xbf, 0xfe, 0xff,
];

/// A stream of altered inputs, decided by its seed alone.
#[derive(Debug)]
pub struct Mutator {
    state: u64,
}

impl Mutator {
    /// A stream of its own for each number.
    pub fn new(number: u64) -> Self {
        Self { state: number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    /// One of `seeds`, altered once or a few times.
    pub fn next(&mut self, seeds: &[&[u8]]) -> Vec<u8> {
        let mut bytes = self.pick(seeds).to_vec();
        for _ in 0..=self.below(3) {
            self.alter(&mut bytes, seeds);
        }
        bytes
    }

    fn alter(&mut self, bytes: &mut Vec<u8>, seeds: &[&[u8]]) {
        if bytes.is_empty() {
            bytes.push(self.byte());
            return;
        }
        let place = self.below(bytes.len());
        match self.below(8) {
            0 => bytes[place] ^= 1 << self.below(8),
            1 => bytes[place] = TELLING[self.below(TELLING.len())],
            2 => bytes[place] = self.byte(),
            3 => bytes.truncate(place),
            4 => {
                let length = self.below(bytes.len() - place).min(64);
                drop(bytes.drain(place..place + length));
            }
            5 => bytes.insert(place, TELLING[self.below(TELLING.len())]),
            6 => {
                let length = self.below(bytes.len() - place).min(256);
                let piece = bytes[place..place + length].to_vec();
                let to = self.below(bytes.len());
                drop(bytes.splice(to..to, piece));
            }
            _ => {
                let other = self.pick(seeds);
                let from = self.below(other.len().max(1)).min(other.len());
                bytes.truncate(place);
                bytes.extend(&other[from..]);
            }
        }
    }

    fn pick<'a>(&mut self, seeds: &[&'a [u8]]) -> &'a [u8] {
        seeds[self.below(seeds.len())]
    }

    fn byte(&mut self) -> u8 {
        self.random().to_le_bytes()[0]
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).expect("a length");
        usize::try_from(self.random() % bound).expect("below a length")
    }

    /// splitmix64.
    fn random(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

//! gzip (RFC 1952): header, DEFLATE data, checksum and length; as many members as there are.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use super::SourceError;
use crate::checksum::Crc32;

/// Octets unpacked at a time.
const PIECE: usize = 64 * 1024;

/// The most octets of a header, with its names and comments.
const MAX_HEADER: usize = 8 * 1024;

/// Checksum and length.
const TRAILER: usize = 8;

const HEADER_SUM: u8 = 0x02;
const EXTRA: u8 = 0x04;
const NAME: u8 = 0x08;
const COMMENT: u8 = 0x10;

/// Unpacks what it is fed.
pub(super) struct Gunzip {
    part: Part,
    state: Box<InflateState>,
    sum: Crc32,
    /// Octets unpacked of this member, and of all.
    member: u32,
    all: u64,
    piece: Box<[u8]>,
}

enum Part {
    Header(Vec<u8>),
    Data,
    Trailer(Vec<u8>),
    /// What follows the last member is none.
    After,
}

impl core::fmt::Debug for Gunzip {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Gunzip({} octets)", self.all)
    }
}

impl Gunzip {
    pub(super) fn new() -> Self {
        Self {
            part: Part::Header(Vec::new()),
            state: InflateState::new_boxed(DataFormat::Raw),
            sum: Crc32::new(),
            member: 0,
            all: 0,
            piece: vec![0; PIECE].into_boxed_slice(),
        }
    }

    /// Gives what is unpacked to `take`.
    pub(super) fn feed(
        &mut self,
        mut bytes: &[u8],
        take: &mut dyn FnMut(&[u8]) -> Result<(), SourceError>,
    ) -> Result<(), SourceError> {
        while !bytes.is_empty() {
            match &mut self.part {
                Part::Header(held) => {
                    let before = held.len();
                    held.extend_from_slice(bytes.get(..bytes.len().min(MAX_HEADER)).unwrap_or_default());
                    match header_length(held) {
                        Header::Is(length) => {
                            bytes = bytes.get(length.saturating_sub(before)..).unwrap_or_default();
                            self.part = Part::Data;
                        }
                        Header::IsCut if held.len() < MAX_HEADER => return Ok(()),
                        // Padding of tapes, or anything else, after what was whole.
                        _ if self.all > 0 => self.part = Part::After,
                        _ => return Err(self.damaged()),
                    }
                }
                Part::Data => bytes = self.unpack(bytes, take)?,
                Part::Trailer(held) => {
                    let missing = TRAILER.saturating_sub(held.len()).min(bytes.len());
                    let (more, after) = bytes.split_at_checked(missing).unwrap_or((bytes, &[]));
                    held.extend_from_slice(more);
                    bytes = after;
                    if let &[a, b, c, d, e, f, g, h] = held.as_slice() {
                        let is_right = u32::from_le_bytes([a, b, c, d]) == self.sum.sum()
                            && u32::from_le_bytes([e, f, g, h]) == self.member;
                        if !is_right {
                            return Err(self.damaged());
                        }
                        self.part = Part::Header(Vec::new());
                        self.state.reset(DataFormat::Raw);
                        self.sum.restart();
                        self.member = 0;
                    }
                }
                Part::After => return Ok(()),
            }
        }
        Ok(())
    }

    /// Refuses data that ended before its end.
    pub(super) fn finish(&self) -> Result<(), SourceError> {
        match &self.part {
            Part::Header(held) if self.all > 0 || !held.is_empty() => {
                if self.all > 0 {
                    Ok(())
                } else {
                    Err(SourceError::Truncated { packed: true })
                }
            }
            Part::After => Ok(()),
            // A whole member that holds nothing leaves an empty header too.
            Part::Header(_) => Err(SourceError::Empty),
            _ => Err(SourceError::Truncated { packed: true }),
        }
    }

    /// What is left of the bytes once the output is full or the member ends.
    fn unpack<'a>(
        &mut self,
        bytes: &'a [u8],
        take: &mut dyn FnMut(&[u8]) -> Result<(), SourceError>,
    ) -> Result<&'a [u8], SourceError> {
        let mut rest = bytes;
        loop {
            let step = inflate(&mut self.state, rest, &mut self.piece, MZFlush::None);
            rest = rest.get(step.bytes_consumed..).unwrap_or_default();
            let piece = self.piece.get(..step.bytes_written).unwrap_or_default();
            self.sum.feed(piece);
            // The length that ends a member is told modulo 2³².
            self.member = self.member.wrapping_add(u32::try_from(piece.len()).unwrap_or(u32::MAX));
            self.all = self.all.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
            take(piece)?;
            match step.status {
                Ok(MZStatus::StreamEnd) => {
                    self.part = Part::Trailer(Vec::with_capacity(TRAILER));
                    return Ok(rest);
                }
                // No progress: it waits for more.
                _ if step.bytes_consumed == 0 && step.bytes_written == 0 => {
                    return if rest.is_empty() { Ok(rest) } else { Err(self.damaged()) };
                }
                Ok(_) | Err(miniz_oxide::MZError::Buf) => {}
                Err(_) => return Err(self.damaged()),
            }
        }
    }

    fn damaged(&self) -> SourceError {
        SourceError::Damaged { packed: true, octet: self.all }
    }
}

enum Header {
    Is(usize),
    IsCut,
    IsNone,
}

/// How long the header is that these octets begin with.
fn header_length(bytes: &[u8]) -> Header {
    let magic: &[u8] = &[0x1f, 0x8b, 8];
    if !bytes.iter().zip(magic).all(|(a, b)| a == b) {
        return Header::IsNone;
    }
    read_header(bytes).map_or(Header::IsCut, Header::Is)
}

fn read_header(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(3)?;
    let mut at = 10_usize;
    if flags & EXTRA != 0 {
        let &[a, b] = bytes.get(at..at.checked_add(2)?)? else { return None };
        at = at.checked_add(2)?.checked_add(usize::from(u16::from_le_bytes([a, b])))?;
    }
    for flag in [NAME, COMMENT] {
        if flags & flag != 0 {
            let text = bytes.get(at..)?;
            at = at.checked_add(text.iter().position(|byte| *byte == 0)?)?.checked_add(1)?;
        }
    }
    if flags & HEADER_SUM != 0 {
        at = at.checked_add(2)?;
    }
    (bytes.len() >= at).then_some(at)
}

//! ZIP archives (PKWARE APPNOTE 6.3.10), stored without compression: what a dossier of small PEM files needs.
//!
//! No ZIP64: at most 65,534 files and less than 4 GiB in all. Names are UTF-8 and say so (general purpose bit 11).
//! Every file carries the Unix permissions of its kind, so that a key unpacked on a server is not readable by others.

mod crc32;
mod name;

use core::fmt;
use std::collections::BTreeSet;

use vocabulary::{Timestamp, without_case};
use zeroize::Zeroizing;

pub use name::NameFault;

/// The most files of an archive: 65,535 would announce ZIP64.
pub const MAX_FILES: usize = 65_534;

/// A file to put in an archive.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// Its path in the archive, with `/` between folders.
    pub name: &'a str,
    /// Its content.
    pub content: &'a [u8],
    /// Who may read it once unpacked.
    pub access: Access,
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({}, {} octets)", self.name, self.content.len())
    }
}

/// Who may read a file once it is unpacked, where the system keeps such permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody: `rw-r--r--`.
    Everyone,
    /// Its owner: `rw-------`.
    OwnerOnly,
}

impl Access {
    const fn mode(self) -> u32 {
        match self {
            Self::Everyone => 0o644,
            Self::OwnerOnly => 0o600,
        }
    }
}

/// Writes an archive of these files, in this order, all dated `at` (UTC, even seconds; 1980 to 2107).
///
/// The buffer is wiped when dropped, since it may hold a key.
///
/// # Errors
///
/// A name that would harm where it is unpacked, a name that stands twice (also when only the case differs, for Windows
/// unpacks both into one file), too many files, too many octets.
pub fn write(entries: &[Entry<'_>], at: Timestamp) -> Result<Zeroizing<Vec<u8>>, ZipError> {
    if entries.len() > MAX_FILES {
        return Err(ZipError::TooManyFiles { found: entries.len() });
    }
    check_names(entries)?;
    let size = total(entries).ok_or(ZipError::TooLarge)?;
    // Reserved once: a buffer that grows leaves copies of keys behind.
    let mut out = Zeroizing::new(Vec::with_capacity(size));
    let mut directory = Vec::new();
    let stamp = DosTime::of(at);
    for entry in entries {
        let offset = u32::try_from(out.len()).map_err(|_| ZipError::TooLarge)?;
        let fields = Fields::of(entry, stamp)?;
        out.extend_from_slice(b"PK\x03\x04");
        fields.push(&mut out);
        push_u16(&mut out, 0); // extra field
        out.extend_from_slice(entry.name.as_bytes());
        out.extend_from_slice(entry.content);

        directory.extend_from_slice(b"PK\x01\x02");
        push_u16(&mut directory, MADE_BY_UNIX);
        fields.push(&mut directory);
        push_u16(&mut directory, 0); // extra field
        push_u16(&mut directory, 0); // comment
        push_u16(&mut directory, 0); // disk
        push_u16(&mut directory, 0); // internal attributes
        push_u32(&mut directory, (REGULAR_FILE | entry.access.mode()) << 16);
        push_u32(&mut directory, offset);
        directory.extend_from_slice(entry.name.as_bytes());
    }
    let count = u16::try_from(entries.len()).map_err(|_| ZipError::TooLarge)?;
    let start = u32::try_from(out.len()).map_err(|_| ZipError::TooLarge)?;
    let length = u32::try_from(directory.len()).map_err(|_| ZipError::TooLarge)?;
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06");
    push_u16(&mut out, 0); // this disk
    push_u16(&mut out, 0); // disk of the directory
    push_u16(&mut out, count);
    push_u16(&mut out, count);
    push_u32(&mut out, length);
    push_u32(&mut out, start);
    push_u16(&mut out, 0); // comment
    Ok(out)
}

/// The content of a file of an archive that [`write()`] made, by its name.
pub fn content<'a>(archive: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut rest = archive;
    // The directory follows the last file.
    while rest.starts_with(b"PK\x03\x04") {
        let size = u32::from_le_bytes(rest.get(18..22)?.try_into().ok()?);
        let name_length = u16::from_le_bytes(rest.get(26..28)?.try_into().ok()?);
        let header = LOCAL_HEADER.checked_add(usize::from(name_length))?;
        let found = rest.get(LOCAL_HEADER..header)?;
        let (content, after) = rest.get(header..)?.split_at_checked(usize::try_from(size).ok()?)?;
        if found == name.as_bytes() {
            return Some(content);
        }
        rest = after;
    }
    None
}

/// Version 2.0 of the specification, the host being Unix: external attributes are its permissions (section 4.4.2).
const MADE_BY_UNIX: u16 = (3 << 8) | 20;
const VERSION_NEEDED: u16 = 20;
/// Bit 11, section 4.4.4: names are UTF-8.
const UTF8_NAMES: u16 = 1 << 11;
const STORED: u16 = 0;
/// `S_IFREG` of Unix.
const REGULAR_FILE: u32 = 0o100_000;
const LOCAL_HEADER: usize = 30;
const CENTRAL_HEADER: usize = 46;
const END_RECORD: usize = 22;

/// What stands alike in both headers of a file.
struct Fields {
    stamp: DosTime,
    checksum: u32,
    size: u32,
    name_length: u16,
}

impl Fields {
    fn of(entry: &Entry<'_>, stamp: DosTime) -> Result<Self, ZipError> {
        Ok(Self {
            stamp,
            checksum: crc32::of(entry.content),
            size: u32::try_from(entry.content.len()).map_err(|_| ZipError::TooLarge)?,
            name_length: u16::try_from(entry.name.len()).map_err(|_| ZipError::TooLarge)?,
        })
    }

    fn push(&self, out: &mut Vec<u8>) {
        push_u16(out, VERSION_NEEDED);
        push_u16(out, UTF8_NAMES);
        push_u16(out, STORED);
        push_u16(out, self.stamp.time);
        push_u16(out, self.stamp.date);
        push_u32(out, self.checksum);
        push_u32(out, self.size); // compressed
        push_u32(out, self.size);
        push_u16(out, self.name_length);
    }
}

/// A moment as MS-DOS writes it: two seconds a step, years from 1980.
#[derive(Clone, Copy)]
struct DosTime {
    date: u16,
    time: u16,
}

impl DosTime {
    fn of(at: Timestamp) -> Self {
        let day = at.date();
        let clock = u16::try_from(at.0.rem_euclid(86_400) / 2).unwrap_or(0);
        let (hours, minutes, steps) = (clock / 1800, clock / 30 % 60, clock % 30);
        match day.year() {
            ..1980 => Self { date: (1 << 5) | 1, time: 0 },
            2108.. => Self { date: (127 << 9) | (12 << 5) | 31, time: (23 << 11) | (59 << 5) | 29 },
            year => {
                let years = u16::try_from(year.saturating_sub(1980)).unwrap_or(0);
                Self {
                    date: (years << 9) | (u16::from(day.month()) << 5) | u16::from(day.day()),
                    time: (hours << 11) | (minutes << 5) | steps,
                }
            }
        }
    }
}

fn check_names(entries: &[Entry<'_>]) -> Result<(), ZipError> {
    let mut files = BTreeSet::new();
    let mut folders = BTreeSet::new();
    for entry in entries {
        if let Some(fault) = name::fault(entry.name) {
            return Err(ZipError::Name { name: shown(entry.name), fault });
        }
        let folded = without_case(entry.name);
        let twice = || ZipError::Name { name: shown(entry.name), fault: NameFault::StandsTwice };
        for (at, _) in folded.match_indices('/') {
            let folder = folded.get(..at).unwrap_or_default().to_owned();
            if files.contains(&folder) {
                return Err(twice());
            }
            folders.insert(folder);
        }
        if folders.contains(&folded) || !files.insert(folded) {
            return Err(twice());
        }
    }
    Ok(())
}

/// A name for a message: never a megabyte of it.
fn shown(name: &str) -> String {
    name.chars().take(80).collect()
}

/// The size of the archive; nothing when it is too large.
fn total(entries: &[Entry<'_>]) -> Option<usize> {
    let headers = LOCAL_HEADER + CENTRAL_HEADER;
    let size = entries.iter().try_fold(END_RECORD, |sum, entry| {
        let names = entry.name.len().checked_mul(2)?;
        sum.checked_add(entry.content.len())?.checked_add(names)?.checked_add(headers)
    })?;
    (u32::try_from(size).is_ok_and(|size| size < u32::MAX)).then_some(size)
}

fn push_u16(out: &mut Vec<u8>, value: u16) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn push_u32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Why an archive was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZipError {
    /// A name cannot stand in an archive.
    Name {
        /// Its first 80 characters.
        name: String,
        /// What is wrong.
        fault: NameFault,
    },
    /// 4 GiB or more.
    TooLarge,
    /// More than [`MAX_FILES`].
    TooManyFiles {
        /// How many.
        found: usize,
    },
}

impl fmt::Display for ZipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name { .. } => "bad-file-name",
            Self::TooLarge => "too-large",
            Self::TooManyFiles { .. } => "too-many-files",
        })
    }
}

impl core::error::Error for ZipError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry<'a>(name: &'a str, content: &'a [u8]) -> Entry<'a> {
        Entry { name, content, access: Access::Everyone }
    }

    fn moment() -> Timestamp {
        Timestamp::parse("2026-11-20T09:30:17Z").unwrap()
    }

    #[test]
    fn the_size_is_known_before_anything_is_written() {
        let entries = [entry("a.txt", b"bonjour"), entry("clés/é.pem", b"")];
        assert_eq!(write(&entries, moment()).unwrap().len(), total(&entries).unwrap());
        assert_eq!(write(&[], moment()).unwrap().len(), END_RECORD);
    }

    #[test]
    fn a_file_is_found_again_and_nothing_else_is() {
        let archive = write(&[entry("a.txt", b"bonjour"), entry("clés/é.pem", b"")], moment()).unwrap();
        assert_eq!(content(&archive, "a.txt"), Some(&b"bonjour"[..]));
        assert_eq!(content(&archive, "clés/é.pem"), Some(&b""[..]));
        assert_eq!(content(&archive, "b.txt"), None);
        for cut in 0..archive.len() {
            let _ = content(&archive[..cut], "b.txt");
        }
        let mut long = archive.to_vec();
        long[18..22].fill(0xff);
        assert_eq!(content(&long, "clés/é.pem"), None);
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        let entries = [entry("a", b"1"), entry("b", b"2")];
        assert_eq!(write(&entries, moment()), write(&entries, moment()));
        assert_ne!(write(&entries, moment()), write(&entries, Timestamp(0)));
    }

    #[test]
    fn moments_outside_the_format_are_its_bounds() {
        let dos = |text| {
            let stamp = DosTime::of(Timestamp::parse(text).unwrap());
            (
                stamp.date >> 9,
                stamp.date >> 5 & 15,
                stamp.date & 31,
                stamp.time >> 11,
                stamp.time >> 5 & 63,
                stamp.time & 31,
            )
        };
        assert_eq!(dos("2026-11-20T09:30:17Z"), (46, 11, 20, 9, 30, 8));
        assert_eq!(dos("1979-12-31T23:59:59Z"), (0, 1, 1, 0, 0, 0));
        assert_eq!(dos("2108-01-01"), (127, 12, 31, 23, 59, 29));
    }

    #[test]
    fn names_that_meet_are_refused() {
        let refused = |names: &[&str]| {
            let entries: Vec<_> = names.iter().map(|name| entry(name, b"")).collect();
            matches!(write(&entries, moment()), Err(ZipError::Name { fault: NameFault::StandsTwice, .. }))
        };
        assert!(refused(&["a", "a"]));
        assert!(refused(&["a.PEM", "a.pem"]));
        assert!(refused(&["a", "a/b"]));
        assert!(refused(&["a/b", "a"]));
        assert!(refused(&["É", "é"]));
        assert!(!refused(&["a/b", "a/c", "ab"]));
    }

    #[test]
    fn too_many_files_are_refused() {
        let names: Vec<String> = (0..=MAX_FILES).map(|number| number.to_string()).collect();
        let entries: Vec<_> = names.iter().map(|name| entry(name, b"")).collect();
        assert_eq!(write(&entries, moment()), Err(ZipError::TooManyFiles { found: MAX_FILES + 1 }));
        assert!(write(&entries[..MAX_FILES], moment()).is_ok());
    }

    #[test]
    fn contents_are_not_shown() {
        assert!(!format!("{:?}", entry("a.key", b"secret")).contains("115"));
    }
}

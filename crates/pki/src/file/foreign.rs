//! What a file is that holds neither keys nor certificates.

use crate::search;

/// How much of a file is looked at.
const HEAD: usize = 64 * 1024;

/// The most names told of an archive.
const MOST_NAMES: usize = 20;

/// The longest text told, in letters.
const LONGEST: usize = 200;

/// Something else than keys and certificates, which people send in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// An archive that is not opened: `gzip`, `7z`, `rar`.
    Archive(&'static str),
    /// A table in text.
    Csv,
    /// A message, as mail programs save it.
    Email,
    /// Nothing but spaces.
    Empty,
    /// A program for Windows.
    Executable,
    /// A web page, most often an error page saved under another name.
    Html {
        /// What stands between `<title>` and `</title>`, on one line.
        title: Option<String>,
    },
    /// A picture: `png`, `jpeg`, `gif`, `tiff`, `bmp`, `webp`.
    Image(&'static str),
    /// Data in JSON.
    Json,
    /// A document of Microsoft's older programs, or a message saved by Outlook.
    OldOffice,
    /// A PDF document.
    Pdf,
    /// A key of PuTTY.
    PuttyKey,
    /// A document in RTF.
    Rtf,
    /// A shortcut to another file or page, not the file itself.
    Shortcut,
    /// A public key of SSH.
    SshPublicKey,
    /// Some other text.
    Text,
    /// XML.
    Xml {
        /// The name of its outermost element.
        root: Option<String>,
    },
    /// A ZIP archive, or a document of today's office programs, which is one.
    Zip {
        /// The names of its first entries.
        names: Vec<String>,
    },
}

impl Foreign {
    /// Recognises a file; nothing when it is neither one of these nor a text. Takes a bounded time, whatever its length.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
        let text = head.trim_ascii();
        // Spaces far beyond the head are as good as nothing.
        if text.is_empty() && bytes.iter().all(u8::is_ascii_whitespace) {
            return Some(Self::Empty);
        }
        of_magic(bytes).or_else(|| of_text(text))
    }
}

/// What files begin with that say what they are.
static MAGIC: [(&[u8], Foreign); 15] = [
    (b"%PDF", Foreign::Pdf),
    (b"{\\rtf", Foreign::Rtf),
    (b"\xd0\xcf\x11\xe0", Foreign::OldOffice),
    (b"\x89PNG", Foreign::Image("png")),
    (b"\xff\xd8\xff", Foreign::Image("jpeg")),
    (b"GIF8", Foreign::Image("gif")),
    (b"II*\0", Foreign::Image("tiff")),
    (b"MM\0*", Foreign::Image("tiff")),
    (b"\x1f\x8b", Foreign::Archive("gzip")),
    (b"7z\xbc\xaf\x27\x1c", Foreign::Archive("7z")),
    (b"Rar!", Foreign::Archive("rar")),
    (b"L\0\0\0\x01\x14\x02\0", Foreign::Shortcut),
    (b"[InternetShortcut]", Foreign::Shortcut),
    (b"PuTTY-User-Key-File", Foreign::PuttyKey),
    (b"ssh-", Foreign::SshPublicKey),
];

fn of_magic(bytes: &[u8]) -> Option<Foreign> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if let Some((_, found)) = MAGIC.iter().find(|(magic, _)| starts(magic)) {
        return Some(found.clone());
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Some(Foreign::Zip { names: zip_names(bytes) });
    }
    // These two begin as a text may.
    let has_zeros = bytes.get(..bytes.len().min(64)).is_some_and(|head| head.contains(&0));
    match bytes {
        [b'M', b'Z', ..] if has_zeros => Some(Foreign::Executable),
        [b'B', b'M', ..] if has_zeros => Some(Foreign::Image("bmp")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Foreign::Image("webp")),
        _ => None,
    }
}

fn of_text(text: &[u8]) -> Option<Foreign> {
    let is_control = |byte: &&u8| byte.is_ascii_control() && !byte.is_ascii_whitespace();
    // One stray control character does not make a text binary.
    if text.iter().filter(is_control).count() > text.len().div_euclid(200) {
        return None;
    }
    let lower: Vec<u8> = text.iter().take(1024).map(u8::to_ascii_lowercase).collect();
    let tags: [&[u8]; 7] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta", b"<title"];
    if text.first() == Some(&b'<') {
        if tags.iter().any(|tag| lower.starts_with(tag)) || search::find(&lower, b"<html").is_some() {
            return Some(Foreign::Html { title: title(text) });
        }
        if lower.starts_with(b"<?xml") || search::find(&lower, b"</").is_some() || text.ends_with(b"/>") {
            return Some(Foreign::Xml { root: root(text) });
        }
    }
    let headers: [&[u8]; 9] = [
        b"received:",
        b"return-path:",
        b"delivered-to:",
        b"mime-version:",
        b"message-id:",
        b"x-mozilla-status:",
        b"from:",
        b"subject:",
        b"date:",
    ];
    if headers.iter().any(|header| lower.starts_with(header)) {
        return Some(Foreign::Email);
    }
    let json = matches!((text.first(), text.last()), (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']')));
    if json && text.contains(&b'"') {
        return Some(Foreign::Json);
    }
    Some(if is_table(text) { Foreign::Csv } else { Foreign::Text })
}

/// Whether the first two lines have the same separator equally often, at least once.
fn is_table(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return false;
    };
    let count = |line: &[u8], separator: u8| line.iter().filter(|byte| **byte == separator).count();
    b";\t,".iter().any(|separator| {
        let found = count(first, *separator);
        found > 0 && found == count(second, *separator)
    })
}

fn title(text: &[u8]) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let opening = search::find(&lower, b"<title")?;
    let start = opening.saturating_add(search::find(lower.get(opening..)?, b">")?).saturating_add(1);
    let length = search::find(lower.get(start..)?, b"</title")?;
    let text = shown(text.get(start..start.saturating_add(length))?);
    let entities = [
        ("&nbsp;", " "),
        ("&eacute;", "é"),
        ("&egrave;", "è"),
        ("&agrave;", "à"),
        ("&#39;", "'"),
        ("&quot;", "\""),
    ];
    let plain = entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter));
    let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    Some(plain).filter(|title| !title.is_empty())
}

fn root(text: &[u8]) -> Option<String> {
    let mut rest = text;
    loop {
        let start = search::find(rest, b"<")?.saturating_add(1);
        rest = rest.get(start..)?;
        let first = rest.first()?;
        if first.is_ascii_alphabetic() || *first == b'_' {
            let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
            let length = rest.iter().position(ends).unwrap_or(rest.len());
            return Some(shown(rest.get(..length)?));
        }
    }
}

/// The names of the central directory, at the end of the archive (APPNOTE 6.3, section 4.3.12).
fn zip_names(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    // The end record stands before a comment of at most 64 KiB.
    let tail = bytes.get(bytes.len().saturating_sub(HEAD.saturating_add(22))..).unwrap_or_default();
    let number = |bytes: &[u8], at: usize| -> Option<usize> {
        let octets = bytes.get(at..)?.first_chunk::<4>()?;
        usize::try_from(u32::from_le_bytes(*octets)).ok()
    };
    let short = |bytes: &[u8], at: usize| -> Option<usize> {
        Some(usize::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk::<2>()?)))
    };
    let directory = search::find_last(tail, b"PK\x05\x06")
        .and_then(|end| number(tail.get(end..)?, 16))
        .and_then(|offset| bytes.get(offset..));
    let mut rest = directory.unwrap_or_default();
    while names.len() < MOST_NAMES && rest.starts_with(b"PK\x01\x02") {
        let lengths = (short(rest, 28), short(rest, 30), short(rest, 32));
        let (Some(name), Some(extra), Some(comment)) = lengths else { break };
        let end = 46_usize.saturating_add(name);
        let Some(found) = rest.get(46..end) else { break };
        names.push(shown(found));
        rest = rest.get(end.saturating_add(extra).saturating_add(comment)..).unwrap_or_default();
    }
    if names.is_empty() {
        // Cut before its directory: the first entry names itself.
        let length = short(bytes, 26).map_or(30, |length| length.saturating_add(30));
        names.extend(bytes.get(30..length).filter(|name| !name.is_empty()).map(shown));
    }
    names
}

/// A text of someone else's: bounded, on one line.
fn shown(text: &[u8]) -> String {
    let text = text.get(..text.len().min(LONGEST.saturating_mul(4))).unwrap_or_default();
    let text = match std::str::from_utf8(text) {
        Ok(text) => text.to_owned(),
        // ISO-8859-1, else a name cut inside a letter.
        Err(_) => text.iter().copied().map(char::from).collect(),
    };
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST).collect()
}

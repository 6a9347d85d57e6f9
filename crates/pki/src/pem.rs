//! PEM (RFC 7468), read as people send it: text around the blocks, a byte-order mark, any line
//! ending or none, indentation, what mail and web pages add inside ([`Repair`]).

mod body;

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

pub(crate) use body::decode_bare;

use crate::search;

/// Label of a certificate.
pub const CERTIFICATE: &str = "CERTIFICATE";
/// Label of a request.
pub const CERTIFICATE_REQUEST: &str = "CERTIFICATE REQUEST";
/// Label of a PKCS #8 key in clear.
pub const PRIVATE_KEY: &str = "PRIVATE KEY";
/// Label of a PKCS #8 key encrypted.
pub const ENCRYPTED_PRIVATE_KEY: &str = "ENCRYPTED PRIVATE KEY";
/// Label of a PKCS #1 key.
pub const RSA_PRIVATE_KEY: &str = "RSA PRIVATE KEY";
/// Label of a SubjectPublicKeyInfo.
pub const PUBLIC_KEY: &str = "PUBLIC KEY";

/// The most blocks read from one file.
pub const MAX_BLOCKS: usize = 10_000;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// The most header lines of a block. RFC 1421 knows about ten.
const MAX_HEADERS: usize = 50;

/// The longest label looked for, in octets.
const MAX_LABEL: usize = 64;

/// Writes one block: 64 characters a line, line feeds, a final one.
pub fn encode(label: &str, der: &[u8]) -> String {
    let body = Zeroizing::new(Base64::encode_string(der));
    let mut out = String::with_capacity(body.len().saturating_mul(2).saturating_add(128));
    out.push_str("-----BEGIN ");
    out.push_str(label);
    out.push_str("-----\n");
    let mut rest = body.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out.push_str("-----END ");
    out.push_str(label);
    out.push_str("-----\n");
    out
}

/// Whether a PEM block begins somewhere in these bytes.
pub fn looks_like(bytes: &[u8]) -> bool {
    search::find(bytes, BEGIN).is_some()
}

/// Reads every block of a file. Never fails: what cannot be read is listed as a problem. Takes a
/// time proportional to the file.
pub fn scan(bytes: &[u8]) -> Scan {
    let mut scan = Scan::default();
    let mut lines = Lines::default();
    let mut position = 0;
    while let Some(found) = bytes.get(position..).and_then(|rest| search::find(rest, BEGIN)) {
        let start = position.saturating_add(found);
        let line = lines.at(bytes, start);
        if scan.blocks.len().saturating_add(scan.problems.len()) >= MAX_BLOCKS {
            scan.push_problem(line, "", Fault::TooManyBlocks { most: MAX_BLOCKS });
            break;
        }
        position = scan.read_block(bytes, start, line);
    }
    scan
}

/// What a file in PEM holds.
#[derive(Debug, Default)]
pub struct Scan {
    blocks: Vec<Block>,
    problems: Vec<Problem>,
}

impl Scan {
    /// The blocks that could be decoded, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The blocks that could not, in order.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether a label that ends so appears, in a readable block or not.
    pub(crate) fn mentions(&self, label_end: &str) -> bool {
        let labels = self.blocks.iter().map(|block| &block.label);
        let broken = self.problems.iter().map(|problem| &problem.label);
        labels.chain(broken).any(|label| label.ends_with(label_end))
    }

    /// Reads the block whose `-----BEGIN ` is at `start`; returns where to go on.
    fn read_block(&mut self, bytes: &[u8], start: usize, line: usize) -> usize {
        let after_begin = start.saturating_add(BEGIN.len());
        let Some((label, body_start)) = read_label(bytes, after_begin) else {
            self.push_problem(line, "", Fault::BadLabel);
            return after_begin;
        };
        let rest = bytes.get(body_start..).unwrap_or_default();
        let Some(length) = search::find(rest, DASHES) else {
            self.read_cut_block(label, line, rest);
            return bytes.len();
        };
        let marker = body_start.saturating_add(length);
        let after_end = marker.saturating_add(END.len());
        let ends = bytes.get(marker..after_end) == Some(END);
        let closing = ends.then(|| read_label(bytes, after_end)).flatten();
        let Some((closing, after)) = closing else {
            self.read_cut_block(label, line, rest.get(..length).unwrap_or_default());
            return marker;
        };
        if closing != label {
            self.push_problem(line, &label, Fault::LabelMismatch { closing });
            return after;
        }
        let whole = rest.get(..length).unwrap_or_default();
        let (headers, body) = split_headers(whole);
        match body::decode(body) {
            Ok((der, repair)) if !der.is_empty() => {
                self.blocks.push(Block { label, line, headers, der, repair });
            }
            Ok(_) => self.push_problem(line, &label, Fault::Empty),
            Err(offset) => {
                let before = whole.len().saturating_sub(body.len()).saturating_add(offset);
                let above = whole.get(..before).unwrap_or_default();
                let breaks = above.iter().filter(|byte| **byte == b'\n').count();
                self.push_problem(line, &label, Fault::BadBase64 { line: line.saturating_add(breaks) });
            }
        }
        after
    }

    /// Reads a block without its end marker: it is whole when its object is.
    fn read_cut_block(&mut self, label: String, line: usize, rest: &[u8]) {
        let (headers, body) = split_headers(rest);
        match body::decode_object(body) {
            Some(der) => {
                let repair = Some(Repair::EndMarker);
                self.blocks.push(Block { label, line, headers, der, repair });
            }
            None => self.push_problem(line, &label, Fault::NoEnd),
        }
    }

    fn push_problem(&mut self, line: usize, label: &str, fault: Fault) {
        self.problems.push(Problem { label: label.to_owned(), line, fault });
    }
}

/// One block, decoded. Its bytes are wiped when dropped, since they may be a key.
pub struct Block {
    label: String,
    line: usize,
    headers: Vec<String>,
    der: Zeroizing<Vec<u8>>,
    repair: Option<Repair>,
}

impl Block {
    /// What stands after `BEGIN`.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The line of its `BEGIN`, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The decoded bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// What had to be set right to read it.
    pub fn repair(&self) -> Option<Repair> {
        self.repair
    }

    /// The value of `DEK-Info`, RFC 1421: a cipher, a comma, hexadecimal.
    pub(crate) fn old_encryption(&self) -> Option<&str> {
        self.headers.iter().find_map(|header| header.strip_prefix("DEK-Info:")).map(str::trim)
    }

    /// Whether its headers say that it is encrypted as OpenSSL did before PKCS #8
    /// (RFC 1421: `Proc-Type: 4,ENCRYPTED`).
    pub fn is_encrypted_the_old_way(&self) -> bool {
        self.headers.iter().any(|header| {
            header.starts_with("DEK-Info:")
                || (header.starts_with("Proc-Type:") && header.contains("ENCRYPTED"))
        })
    }
}

impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Block({}, line {}, {} octets)", self.label, self.line, self.der.len())
    }
}

/// What had to be set right in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repair {
    /// Characters that web pages, mails and programs add: `&#13;`, `<br>`, `\n` in two letters, `> `, no-break spaces.
    Characters,
    /// The end marker was missing, and nothing else.
    EndMarker,
}

/// A block that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What stands after `BEGIN`, when it could be read.
    pub label: String,
    /// The line of its `BEGIN`, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a block.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Characters that are not base64, or characters missing.
    BadBase64 {
        /// The first line where that shows, from 1 in the file.
        line: usize,
    },
    /// No label after `BEGIN`.
    BadLabel,
    /// Nothing between the markers.
    Empty,
    /// `END` names something else.
    LabelMismatch {
        /// What `END` names.
        closing: String,
    },
    /// The end marker is missing: the copy was cut.
    NoEnd,
    /// The rest of the file was not read.
    TooManyBlocks {
        /// The bound.
        most: usize,
    },
}

/// The label that starts at `start` and ends with five dashes on the same line, and where the
/// text after the dashes begins.
fn read_label(bytes: &[u8], start: usize) -> Option<(String, usize)> {
    let window = bytes.get(start..)?;
    let window = window.get(..window.len().min(MAX_LABEL.saturating_add(DASHES.len())))?;
    let length = search::find(window, DASHES)?;
    let label = std::str::from_utf8(window.get(..length)?).ok()?.trim();
    let plain = |character: char| character.is_ascii_graphic() || character == ' ';
    if label.is_empty() || !label.chars().all(plain) {
        return None;
    }
    let after = start.saturating_add(length).saturating_add(DASHES.len());
    Some((label.to_owned(), after))
}

/// Parts the header lines of RFC 1421, which come first, from the base64, which has no colon.
fn split_headers(body: &[u8]) -> (Vec<String>, &[u8]) {
    let mut headers: Vec<String> = Vec::new();
    let mut rest = body;
    loop {
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let Some((line, after)) = rest.split_at_checked(length) else { break };
        let continues =
            !headers.is_empty() && line.first().is_some_and(|first| matches!(first, b' ' | b'\t'));
        if headers.len() < MAX_HEADERS && (line.contains(&b':') || continues) {
            headers.push(String::from_utf8_lossy(line).trim().to_owned());
        } else if !line.trim_ascii().is_empty() {
            break;
        }
        if after.is_empty() {
            break;
        }
        rest = after.get(1..).unwrap_or_default();
    }
    if headers.is_empty() { (headers, body) } else { (headers, rest) }
}

/// Counts lines while offsets grow, so that a whole file is counted once.
#[derive(Default)]
struct Lines {
    offset: usize,
    breaks: usize,
}

impl Lines {
    /// The line of an offset, from 1. Offsets must not decrease.
    fn at(&mut self, bytes: &[u8], offset: usize) -> usize {
        let between = bytes.get(self.offset..offset).unwrap_or_default();
        let breaks = between.iter().filter(|byte| **byte == b'\n').count();
        self.breaks = self.breaks.saturating_add(breaks);
        self.offset = offset;
        self.breaks.saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<Fault> {
        let scan = scan(text.as_bytes());
        scan.problems.into_iter().map(|problem| problem.fault).collect()
    }

    #[test]
    fn lines_are_64_characters() {
        let text = encode(CERTIFICATE, &[0; 100]);
        let lengths: Vec<usize> = text.lines().map(str::len).collect();
        assert_eq!(lengths, [27, 64, 64, 8, 25]);
        assert_eq!(scan(text.as_bytes()).blocks()[0].der(), [0; 100]);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let whole = encode(CERTIFICATE, &[1, 2, 3]);
        assert_eq!(
            faults(&whole.replace("END CERTIFICATE", "END PRIVATE KEY")),
            [Fault::LabelMismatch { closing: "PRIVATE KEY".to_owned() }]
        );
        assert_eq!(faults(&whole[..40]), [Fault::NoEnd]);
        assert_eq!(faults(&whole.replace("AQID", "AQ*D")), [Fault::BadBase64 { line: 2 }]);
        assert_eq!(faults(&whole.replace("AQID", "")), [Fault::Empty]);
        assert_eq!(faults("-----BEGIN no end of label"), [Fault::BadLabel]);
    }

    #[test]
    fn a_block_cut_short_does_not_swallow_the_next() {
        let whole = encode(CERTIFICATE, &[1, 2, 3]);
        let text = format!("-----BEGIN PRIVATE KEY-----\nAQID\n{whole}");
        let scan = scan(text.as_bytes());
        assert_eq!(scan.blocks().len(), 1);
        assert_eq!(scan.blocks()[0].line(), 3);
        assert_eq!(scan.problems()[0].fault, Fault::NoEnd);
        assert_eq!(scan.problems()[0].label, PRIVATE_KEY);
    }

    #[test]
    fn the_damaged_line_is_named() {
        let whole = encode(CERTIFICATE, &[7; 200]);
        let lines: Vec<&str> = whole.lines().collect();
        assert_eq!(lines.len(), 7);
        for at in 1..6 {
            let mut damaged: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            damaged[at].insert(2, '*');
            assert_eq!(faults(&damaged.join("\n")), [Fault::BadBase64 { line: at + 1 }]);
            let mut damaged: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            damaged[at].remove(2);
            assert_eq!(
                faults(&format!("text\r\n{}", damaged.join("\r\n"))),
                [Fault::BadBase64 { line: at + 2 }]
            );
        }
    }

    #[test]
    fn what_mail_and_pages_add_is_set_right() {
        let der = [&[0x30, 0x81, 0xc8][..], &[9; 200]].concat();
        let whole = encode(CERTIFICATE, &der);
        let body = |text: &str| {
            let scan = scan(text.as_bytes());
            assert_eq!(scan.problems(), [], "{text}");
            let [block] = scan.blocks() else { panic!("{text}") };
            assert_eq!(block.der(), der, "{text}");
            block.repair()
        };
        assert_eq!(body(&whole), None);
        assert_eq!(body(&whole.replace('\n', "\r\n \t")), None);
        for line_end in
            ["&#13;\n", "&#xD;&#xA;", "<br>\n", "<BR />", "\\n", "\\r\\n", "\u{a0}\n", "\n> ", "\u{200b}\n"]
        {
            let text = whole.replace('\n', line_end);
            assert_eq!(body(&text), Some(Repair::Characters), "{line_end}");
        }
        let quoted_printable = whole.replace("AQ==", "AQ=3D=3D").replace("CQkJCQ", "CQkJ=\r\nCQ");
        assert_eq!(body(&quoted_printable), Some(Repair::Characters));
        let cut = whole.strip_suffix("-----END CERTIFICATE-----\n").unwrap();
        for text in [cut.to_owned(), format!("{cut}-----END CERTIF"), format!("{cut}\nCordialement,\nMme D.")]
        {
            assert_eq!(body(&text), Some(Repair::EndMarker), "{text}");
        }
    }

    #[test]
    fn old_headers_are_seen() {
        let text = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\
                    DEK-Info: AES-128-CBC,00\n\nAQID\n-----END RSA PRIVATE KEY-----\n";
        let scan = scan(text.as_bytes());
        assert!(scan.blocks()[0].is_encrypted_the_old_way());
        assert_eq!(scan.blocks()[0].der(), [1, 2, 3]);
    }

    #[test]
    fn missing_padding_is_forgiven() {
        let text = encode(CERTIFICATE, &[1, 2]).replace('=', "");
        assert_eq!(scan(text.as_bytes()).blocks()[0].der(), [1, 2]);
    }

    #[test]
    fn work_is_bounded() {
        let many = "-----BEGIN A-----\n".repeat(MAX_BLOCKS + 50);
        let scan = scan(many.as_bytes());
        let last = scan.problems().last().unwrap();
        assert_eq!(last.fault, Fault::TooManyBlocks { most: MAX_BLOCKS });
        assert_eq!(scan.problems().len(), MAX_BLOCKS + 1);
    }

    #[test]
    fn a_block_does_not_show_its_content() {
        let scan = scan(encode(PRIVATE_KEY, b"secret").as_bytes());
        let shown = format!("{scan:?}");
        assert!(!shown.contains("115") && !shown.contains("secret"), "{shown}");
    }
}

//! Letters: which the fonts have, how wide they are.

/// The letters of a text that the file cannot hold, each once, in order.
pub fn unwritable(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    for c in text.chars().filter(|c| octet(*c).is_none() && !is_unseen(*c)) {
        if !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

/// A text in WinAnsiEncoding. Of letters it has not, the base letter; of signs it has not, a question mark.
pub(super) fn encoded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(letter) = chars.next() {
        // As a Mac writes it: letter, then accent.
        let c = chars.peek().and_then(|mark| composed(letter, *mark));
        if c.is_some() {
            chars.next();
        }
        let c = c.unwrap_or(letter);
        match octet(c) {
            Some(octet) => out.push(octet),
            None if is_unseen(c) => {}
            None => base(c, &mut out),
        }
    }
    out
}

/// The letter of WinAnsiEncoding that a letter and the mark after it make.
fn composed(letter: char, mark: char) -> Option<char> {
    let (_, letters, whole) = COMPOSED.iter().find(|(other, _, _)| *other == mark)?;
    let at = letters.chars().position(|other| other == letter)?;
    whole.chars().nth(at)
}

/// What stands for a letter that the fonts have not.
fn base(c: char, out: &mut Vec<u8>) {
    let of_table = BASES.iter().find(|(_, letters)| letters.contains(c)).map(|(base, _)| *base);
    match (c, of_table.and_then(octet)) {
        (_, Some(base)) => out.push(base),
        ('ł', _) => out.push(b'l'),
        ('Ł', _) => out.push(b'L'),
        ('đ', _) => out.push(b'd'),
        ('Đ', _) => out.push(b'D'),
        ('ħ', _) => out.push(b'h'),
        ('Ħ', _) => out.push(b'H'),
        ('ŧ', _) => out.push(b't'),
        ('Ŧ', _) => out.push(b'T'),
        ('ŋ', _) => out.push(b'n'),
        ('Ŋ', _) => out.push(b'N'),
        ('ı', _) => out.push(b'i'),
        ('ẞ', _) => out.extend(b"SS"),
        ('\u{2212}' | '\u{2010}' | '\u{2011}', _) => out.push(b'-'),
        ('\u{2032}' | '\u{2bc}', _) => out.push(b'\''),
        _ => out.push(b'?'),
    }
}

/// Mark, letters, what they make together (Unicode, canonical composition; those of WinAnsiEncoding).
const COMPOSED: [(char, &str, &str); 8] = [
    ('\u{300}', "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
    ('\u{301}', "AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
    ('\u{302}', "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
    ('\u{303}', "ANOano", "ÃÑÕãñõ"),
    ('\u{308}', "AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
    ('\u{30a}', "Aa", "Åå"),
    ('\u{30c}', "SZsz", "ŠŽšž"),
    ('\u{327}', "Cc", "Çç"),
];

/// Base letter, the letters that lose their marks (Unicode, compatibility decomposition; Latin, and of Vietnamese).
#[rustfmt::skip]
const BASES: [(char, &str); 50] = [
    ('A', "ĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ"),
    ('B', "ḂḄḆ"),
    ('C', "ĆĈĊČḈ"),
    ('D', "ĎḊḌḎḐḒ"),
    ('E', "ĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ"),
    ('F', "Ḟ"),
    ('G', "ĜĞĠĢǦǴḠ"),
    ('H', "ĤȞḢḤḦḨḪ"),
    ('I', "ĨĪĬĮİǏȈȊḬḮỈỊ"),
    ('J', "Ĵ"),
    ('K', "ĶǨḰḲḴ"),
    ('L', "ĹĻĽḶḸḺḼ"),
    ('M', "ḾṀṂ"),
    ('N', "ŃŅŇǸṄṆṈṊ"),
    ('O', "ŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ"),
    ('P', "ṔṖ"),
    ('R', "ŔŖŘȐȒṘṚṜṞ"),
    ('S', "ŚŜŞȘṠṢṤṦṨ"),
    ('T', "ŢŤȚṪṬṮṰ"),
    ('U', "ŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ"),
    ('V', "ṼṾ"),
    ('W', "ŴẀẂẄẆẈ"),
    ('X', "ẊẌ"),
    ('Y', "ŶȲẎỲỴỶỸ"),
    ('Z', "ŹŻẐẒẔ"),
    ('a', "āăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ('b', "ḃḅḇ"),
    ('c', "ćĉċčḉ"),
    ('d', "ďḋḍḏḑḓ"),
    ('e', "ēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ('f', "ḟ"),
    ('g', "ĝğġģǧǵḡ"),
    ('h', "ĥȟḣḥḧḩḫẖ"),
    ('i', "ĩīĭįǐȉȋḭḯỉị"),
    ('j', "ĵǰ"),
    ('k', "ķǩḱḳḵ"),
    ('l', "ĺļľḷḹḻḽ"),
    ('m', "ḿṁṃ"),
    ('n', "ńņňǹṅṇṉṋ"),
    ('o', "ōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
    ('p', "ṕṗ"),
    ('r', "ŕŗřȑȓṙṛṝṟ"),
    ('s', "śŝşſșṡṣṥṧṩẛ"),
    ('t', "ţťțṫṭṯṱẗ"),
    ('u', "ũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ('v', "ṽṿ"),
    ('w', "ŵẁẃẅẇẉẘ"),
    ('x', "ẋẍ"),
    ('y', "ŷȳẏẙỳỵỷỹ"),
    ('z', "źżẑẓẕ"),
];

/// Marks without a place of their own: joiners, direction, control.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{300}'..='\u{36f}')
}

/// The octet of a letter in WinAnsiEncoding (ISO 32000-1, annex D.2).
fn octet(c: char) -> Option<u8> {
    const HIGH: [char; 27] = [
        '€', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 'Ž', '‘', '’', '“', '”', '•', '–', '—',
        '˜', '™', 'š', '›', 'œ', 'ž', 'Ÿ',
    ];
    const OCTETS: [u8; 27] = [
        0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94,
        0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
    ];
    match c {
        ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='ÿ' => u8::try_from(u32::from(c)).ok(),
        // Every space is one.
        '\t' | '\n' | '\r' => Some(b' '),
        '\u{2000}'..='\u{200a}' | '\u{202f}' => Some(0xa0),
        _ => HIGH.iter().position(|high| *high == c).and_then(|at| OCTETS.get(at).copied()),
    }
}

/// Which of the two fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Font {
    Plain,
    Bold,
}

/// The width of an encoded text, in thousandths of the size (Adobe's metrics of the fonts).
pub(super) fn width(font: Font, text: &[u8]) -> u32 {
    text.iter().map(|octet| u32::from(width_of(font, *octet))).sum()
}

fn width_of(font: Font, octet: u8) -> u16 {
    if let Some(width) = octet.checked_sub(0x20).and_then(|at| {
        let table = if font == Font::Bold { &BOLD } else { &PLAIN };
        table.get(usize::from(at))
    }) {
        return *width;
    }
    let like = |plain: u8| width_of(font, plain);
    match octet {
        0xa0 => like(b' '),
        0xc0..=0xc5 => like(b'A'),
        0xc7 => like(b'C'),
        0xc8..=0xcb => like(b'E'),
        0xcc..=0xcf => like(b'I'),
        0xd1 => like(b'N'),
        0xd2..=0xd6 | 0xd8 => like(b'O'),
        0xd9..=0xdc => like(b'U'),
        0xdd | 0x9f => like(b'Y'),
        0xe0..=0xe5 => like(b'a'),
        0xe7 => like(b'c'),
        0xe8..=0xeb => like(b'e'),
        0xec..=0xef => 278,
        0xf1 => like(b'n'),
        0xf2..=0xf6 | 0xf8 => like(b'o'),
        0xf9..=0xfc => like(b'u'),
        0xfd | 0xff => like(b'y'),
        0x91 | 0x92 | 0xb7 => 278,
        0x8a => like(b'S'),
        0x9a => like(b's'),
        0x8e => like(b'Z'),
        0x9e => like(b'z'),
        0xb0 => 400,
        0x96 | 0x80 | 0xab | 0xbb => 556,
        // The widest of what is left: never past the margin.
        _ => 1000,
    }
}

#[rustfmt::skip]
const PLAIN: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

#[rustfmt::skip]
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_stands_whole() {
        let french = "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ àâæçéèêëîïôœùûüÿ «\u{a0}»\u{202f}; : ! ? – — ’ … € n° §";
        assert_eq!(unwritable(french), Vec::<char>::new());
        assert_eq!(encoded("Œuvre d’Élie"), b"\x8cuvre d\x92\xc9lie");
        // As a Mac writes it: letter, then accent.
        assert_eq!(encoded("E\u{301}lie"), b"\xc9lie");
    }

    #[test]
    fn other_letters_lose_their_marks() {
        assert_eq!(encoded("Ştefan Łukasz Nguyễn Đặng"), b"Stefan Lukasz Nguyen Dang");
        assert_eq!(unwritable("Şimşek Łuk"), ['Ş', 'ş', 'Ł']);
        assert_eq!(encoded("漢🏥"), b"??");
        assert_eq!(encoded("a\u{200b}b\u{7}c\u{202e}d"), b"abcd");
    }
}

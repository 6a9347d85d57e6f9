//! Which names may stand in an archive: those that every system unpacks where it should.

/// The longest name, in octets of UTF-8: what Windows takes below a folder of its own.
const LONGEST: usize = 200;

/// Devices of Windows: a file of that name, whatever its extension, cannot be made there.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameFault {
    /// A character that some system does not take: a control character, or one of `\ : * ? " < > |`.
    Character(char),
    /// A name that Windows keeps for a device.
    Device,
    /// Nothing, or a part of the path that is nothing, `.` or `..`: it would be unpacked elsewhere.
    Path,
    /// A part that ends with a space or a dot, which Windows cuts off.
    Ending,
    /// Longer than 200 octets.
    TooLong,
    /// Another file of the archive has it, or is a folder of that name.
    StandsTwice,
}

/// What is wrong with this name, by itself.
pub(super) fn fault(name: &str) -> Option<NameFault> {
    if name.len() > LONGEST {
        return Some(NameFault::TooLong);
    }
    let bad = |character: &char| {
        character.is_control()
            || matches!(character, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            // Marks that turn the reading direction make `exe.pdf` of `fdp.exe`.
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if let Some(character) = name.chars().find(bad) {
        return Some(NameFault::Character(character));
    }
    name.split('/').find_map(part_fault)
}

fn part_fault(part: &str) -> Option<NameFault> {
    if part.is_empty() || part == "." || part == ".." {
        return Some(NameFault::Path);
    }
    if part.ends_with([' ', '.']) {
        return Some(NameFault::Ending);
    }
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_lowercase();
    DEVICES.contains(&stem.as_str()).then_some(NameFault::Device)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_every_system_takes() {
        for name in
            ["a", "LISEZ-MOI.txt", "clés/serveur.key", "org-sign_dmp_750712184.p12", ".profile", "a..b"]
        {
            assert_eq!(fault(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_harm_or_fail_somewhere() {
        for (name, expected) in [
            ("", NameFault::Path),
            ("/etc/passwd", NameFault::Path),
            ("../a", NameFault::Path),
            ("a/../b", NameFault::Path),
            ("a//b", NameFault::Path),
            ("a/", NameFault::Path),
            ("./a", NameFault::Path),
            ("..\\a", NameFault::Character('\\')),
            ("c:a", NameFault::Character(':')),
            ("a\0b", NameFault::Character('\0')),
            ("a\nb", NameFault::Character('\n')),
            ("fdp\u{202e}exe.txt", NameFault::Character('\u{202e}')),
            ("a ", NameFault::Ending),
            ("a./b", NameFault::Ending),
            ("nul", NameFault::Device),
            ("a/COM1.txt", NameFault::Device),
            ("con .txt", NameFault::Device),
        ] {
            assert_eq!(fault(name), Some(expected), "{name:?}");
        }
        assert_eq!(fault(&"é".repeat(101)), Some(NameFault::TooLong));
        assert_eq!(fault(&"é".repeat(100)), None);
    }
}

//! The same request made on the server itself, with the tool that is there: openssl, keytool or
//! certreq. The key never leaves the machine.
//!
//! The subject of the request these commands make is byte for byte that of
//! [`crate::request::create`]; for openssl and keytool the conformance tests prove it, for certreq
//! it follows from Microsoft's documentation and is not proved.
//!
//! Nothing typed by a person reaches a command line: file names are [`FileStem`]s, values stand in
//! configuration files with the quoting of each, or in hexadecimal. A value that a tool's quoting
//! is not known to carry is refused by name.

mod certreq;
mod keytool;
mod openssl;

use std::fmt;

use crate::key::RsaBits;
use crate::name::Subject;
use crate::request::AlternativeNames;

pub use certreq::{CertreqCommands, certreq};
pub use keytool::{KeytoolCommands, keytool};
pub use openssl::{OpensslCommands, openssl};

/// What the commands shall ask for.
#[derive(Clone, Debug)]
pub struct CommandRequest<'a> {
    /// Whom the certificate shall name.
    pub subject: &'a Subject,
    /// Names for the subjectAltName.
    pub alternative_names: &'a AlternativeNames,
    /// The size of the key.
    pub bits: RsaBits,
    /// How the files are called.
    pub files: &'a FileStem,
}

/// The name of files without their extension: ASCII letters, digits, `.`, `_` and `-`, beginning
/// with a letter or a digit, at most 120. No shell reads anything in it but a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileStem(String);

impl FileStem {
    /// Checks a name.
    pub fn new(name: impl Into<String>) -> Result<Self, CommandError> {
        let name = name.into();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        let begins = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        if begins && name.len() <= 120 && name.bytes().all(plain) {
            Ok(Self(name))
        } else {
            Err(CommandError::FileStem)
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileStem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why commands cannot be given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommandError {
    /// Not a plain file name.
    FileStem,
    /// A value with a character that the tool's quoting is not known to carry.
    Unquotable {
        /// Which tool.
        tool: Tool,
        /// `CN`, `O`… or `SAN`.
        field: &'static str,
        /// The first such character.
        character: char,
    },
}

impl CommandError {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FileStem => "file-name",
            Self::Unquotable { .. } => "unquotable-value",
        }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for CommandError {}

/// A tool that makes requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tool {
    /// Windows.
    Certreq,
    /// Java.
    Keytool,
    /// OpenSSL.
    Openssl,
}

impl Tool {
    /// Its command.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certreq => "certreq",
            Self::Keytool => "keytool",
            Self::Openssl => "openssl",
        }
    }
}

/// Alternative names travel unquoted inside a list: only those are let through whose characters
/// separate nothing in any of the three tools.
fn plain_names(names: &AlternativeNames, tool: Tool) -> Result<(&[String], &[String]), CommandError> {
    let host = |character: char| character.is_ascii_alphanumeric() || "._-*".contains(character);
    let mail = |character: char| character.is_ascii_alphanumeric() || "._-+@".contains(character);
    let refused = |list: &[String], plain: fn(char) -> bool| {
        let mut characters = list.iter().flat_map(|name| name.chars());
        characters.find(|character| !plain(*character))
    };
    let first = refused(names.dns(), host).or_else(|| refused(names.emails(), mail));
    match first {
        Some(character) => Err(CommandError::Unquotable { tool, field: "SAN", character }),
        None => Ok((names.dns(), names.emails())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::SubjectParts;

    fn subject(common_name: &str) -> Subject {
        Subject::new(SubjectParts {
            country: Some("FR".to_owned()),
            state: Some("Côte-d'Or (21)".to_owned()),
            organization: Some("LABO DUPONT, DURAND".to_owned()),
            organizational_unit: Some("1210987654".to_owned()),
            common_name: Some(common_name.to_owned()),
        })
        .unwrap()
    }

    fn with<T>(
        subject: &Subject,
        hosts: &[&str],
        mails: &[&str],
        make: impl FnOnce(&CommandRequest<'_>) -> T,
    ) -> T {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        make(&CommandRequest {
            subject,
            alternative_names: &AlternativeNames::new(owned(hosts), owned(mails)).unwrap(),
            bits: RsaBits::Bits3072,
            files: &FileStem::new("serv-ssl_2026").unwrap(),
        })
    }

    #[test]
    fn openssl_file_and_commands() {
        let made = with(&subject(r#"a "b" \c $d #e"#), &["a.fr", "b.fr"], &[], openssl).unwrap();
        assert!(
            made.config
                .contains("[ subject ]\ncountryName = \"FR\"\nstateOrProvinceName = \"Côte-d'Or (21)\"\n")
        );
        assert!(made.config.contains(r#"commonName = "a \"b\" \\c $d #e""#));
        assert!(made.config.ends_with("[ names ]\nDNS.1 = \"a.fr\"\nDNS.2 = \"b.fr\"\n"));
        assert!(made.commands.contains("rsa_keygen_bits:3072 -aes-256-cbc"));
    }

    #[test]
    fn keytool_has_nothing_to_quote() {
        let made = with(&subject("$(id)\"`%PATH%`'"), &["a.fr"], &["a@a.fr"], keytool).unwrap();
        let inside = made.commands.split('"').nth(1).unwrap();
        assert!(inside.ends_with(",C=FR"), "{inside}");
        assert!(
            inside.chars().all(|character| character.is_ascii_alphanumeric() || "=,#".contains(character)),
            "{inside}"
        );
        assert!(made.commands.contains("-ext \"san=dns:a.fr,email:a@a.fr\""));
    }

    #[test]
    fn certreq_file() {
        let made = with(&subject("INSI-AUTO"), &["a.fr", "b.fr"], &[], certreq).unwrap();
        assert!(made.inf.contains(
            "Subject = \"CN=INSI-AUTO,OU=1210987654,O=\"\"LABO DUPONT, DURAND\"\",S=Côte-d'Or (21),C=FR\"\r\n"
        ), "{}", made.inf);
        assert!(made.inf.contains("KeyLength = 3072\r\n"));
        assert!(made.inf.contains(
            "2.5.29.17 = \"{text}\"\r\n_continue_ = \"dns=a.fr&\"\r\n_continue_ = \"dns=b.fr\"\r\n"
        ));
        let plain = with(&subject("INSI-AUTO"), &[], &[], certreq).unwrap();
        assert!(!plain.inf.contains("[Extensions]"));
    }

    #[test]
    fn what_certreq_is_not_known_to_carry_is_refused() {
        for character in ['"', '%'] {
            let error = with(&subject(&format!("a{character}b")), &[], &[], certreq).unwrap_err();
            assert_eq!(error, CommandError::Unquotable { tool: Tool::Certreq, field: "CN", character });
            assert_eq!(error.code(), "unquotable-value");
        }
    }

    #[test]
    fn names_that_would_separate_are_refused_by_every_tool() {
        for (hosts, mails) in [
            (&["a.fr,dns:evil"][..], &[][..]),
            (&["a.fr&dns=evil"], &[]),
            (&["$(id)"], &[]),
            (&[], &["a\"b@a.fr"]),
            (&[], &["a%b@a.fr"]),
            (&[], &["a;b@a.fr"]),
        ] {
            let subject = subject("a");
            assert!(with(&subject, hosts, mails, openssl).is_err(), "{hosts:?}");
            assert!(with(&subject, hosts, mails, keytool).is_err(), "{hosts:?}");
            assert!(with(&subject, hosts, mails, certreq).is_err(), "{hosts:?}");
        }
    }

    #[test]
    fn file_names_are_plain() {
        for bad in ["", "-rf", ".x", "a b", "a/b", "a\\b", "é", "a;b", "a\n", "$a", "a%b"] {
            assert_eq!(FileStem::new(bad), Err(CommandError::FileStem), "{bad:?}");
        }
        assert!(FileStem::new("a".repeat(121)).is_err());
        assert!(FileStem::new("org-auth-cli_insi-auto_750712184_2026-11-20").is_ok());
    }
}

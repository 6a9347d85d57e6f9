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

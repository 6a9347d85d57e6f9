use pki::server_commands::{self as with, CommandError, CommandRequest, FileStem};
use vocabulary::{Error, topics::failures as topics};

use super::wanted::Prepared;
use crate::contract::{CertreqCommands, CsrRequest, KeytoolCommands, OpensslCommands, ServerCommands};

/// The commands of each tool, or why one cannot be given this request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tools {
    /// Name of the files, without extension.
    pub file_stem: String,
    /// With OpenSSL.
    pub openssl: Result<OpensslCommands, Error>,
    /// With certreq.
    pub certreq: Result<CertreqCommands, Error>,
    /// With keytool.
    pub keytool: Result<KeytoolCommands, Error>,
}

/// How to make the same request on the server itself, tool by tool.
///
/// # Errors
///
/// Those of [`create`](super::create()) about the subject. A value that one tool cannot be given safely is that tool's
/// `command-value`.
pub fn tools(request: &CsrRequest) -> Result<Tools, Error> {
    let prepared = Prepared::new(request)?;
    let file_stem = prepared.file_stem(None);
    let files = FileStem::new(file_stem.clone()).map_err(|error| refusal(&error))?;
    let wanted = CommandRequest {
        subject: &prepared.accepted.subject,
        alternative_names: &prepared.accepted.alternative_names,
        bits: prepared.bits,
        files: &files,
    };
    let refused = |error: CommandError| refusal(&error);
    Ok(Tools {
        openssl: with::openssl(&wanted)
            .map(|made| OpensslCommands { config: made.config, commands: made.commands })
            .map_err(refused),
        certreq: with::certreq(&wanted)
            .map(|made| CertreqCommands { inf: made.inf, commands: made.commands })
            .map_err(refused),
        keytool: with::keytool(&wanted)
            .map(|made| KeytoolCommands { commands: made.commands })
            .map_err(refused),
        file_stem,
    })
}

/// How to make the same request on the server itself, with every tool.
///
/// # Errors
///
/// Those of [`tools`], and `command-value` when any tool cannot be given a value safely.
pub fn server_commands(request: &CsrRequest) -> Result<ServerCommands, Error> {
    let tools = tools(request)?;
    Ok(ServerCommands {
        openssl: tools.openssl?,
        certreq: tools.certreq?,
        keytool: tools.keytool?,
        file_stem: tools.file_stem,
    })
}

fn refusal(error: &CommandError) -> Error {
    match error {
        CommandError::Unquotable { tool, field, character } => {
            Error::at(topics::COMMAND_VALUE, subject_field(field))
                .with("found", character.to_string())
                .with("tool", tool.as_str())
        }
        _ => Error::at(topics::COMMAND_VALUE, "subject.commonName").with("found", "").with("tool", "openssl"),
    }
}

/// The caller's field behind an attribute.
const fn subject_field(attribute: &str) -> &'static str {
    match attribute.as_bytes() {
        b"C" => "subject.country",
        b"ST" => "subject.department",
        b"O" => "subject.organization",
        b"OU" => "subject.structureId",
        b"SAN" => "dnsNames",
        _ => "subject.commonName",
    }
}

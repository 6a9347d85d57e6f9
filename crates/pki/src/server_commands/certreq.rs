//! Windows' certreq: an INF file, and commands without any value.
//!
//! From Microsoft's documentation of certreq, of `IX500DistinguishedName::Encode` and of
//! `CertStrToName`, not proved on a machine here:
//! - the subject is written last part first and encoded in reverse
//!   (`XCN_CERT_NAME_STR_REVERSE_FLAG`), and directory strings become UTF8Strings
//!   (`XCN_CERT_NAME_STR_FORCE_UTF8_DIR_STR_FLAG`); `C` stays a PrintableString;
//! - a value with a separator stands between double quotes, which the INF string doubles;
//! - `%` begins a substitution in an INF file.

use super::{CommandError, CommandRequest, Tool, plain_names};
use crate::name::SubjectField;

/// `XCN_CERT_NAME_STR_REVERSE_FLAG | XCN_CERT_NAME_STR_FORCE_UTF8_DIR_STR_FLAG`, which the
/// documentation says are set when nothing is: written out so that nobody has to know.
const NAME_FLAGS: &str = "0x2080000";

/// What to save and what to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertreqCommands {
    /// The file `<stem>.inf`, to be saved in UTF-16 little-endian with its byte-order mark when it
    /// holds accents (Notepad: "Unicode" or "UTF-16 LE"); lines end with carriage return and line
    /// feed.
    pub inf: String,
    /// One command a line, for cmd and PowerShell as an administrator.
    pub commands: String,
}

/// Makes a key in the machine's store, which can be exported later, and `<stem>.csr`, then shows
/// the request.
pub fn certreq(request: &CommandRequest<'_>) -> Result<CertreqCommands, CommandError> {
    let (hosts, mails) = plain_names(request.alternative_names, Tool::Certreq)?;
    let mut subject = Vec::new();
    for (field, value) in request.subject.parts() {
        let key = match field {
            SubjectField::State => "S",
            other => other.short_name(),
        };
        subject.push(format!("{key}={}", quoted(field, value)?));
    }
    subject.reverse();

    let mut lines = vec![
        "[Version]".to_owned(),
        "Signature = \"$Windows NT$\"".to_owned(),
        String::new(),
        "[NewRequest]".to_owned(),
        format!("Subject = \"{}\"", subject.join(",")),
        format!("X500NameFlags = {NAME_FLAGS}"),
        "KeyAlgorithm = RSA".to_owned(),
        format!("KeyLength = {}", request.bits.get()),
        "HashAlgorithm = sha256".to_owned(),
        "ProviderName = \"Microsoft Software Key Storage Provider\"".to_owned(),
        "MachineKeySet = TRUE".to_owned(),
        "Exportable = TRUE".to_owned(),
        "RequestType = PKCS10".to_owned(),
    ];
    let names: Vec<String> = (hosts.iter().map(|host| format!("dns={host}")))
        .chain(mails.iter().map(|mail| format!("email={mail}")))
        .collect();
    if let Some((last, before)) = names.split_last() {
        lines.push(String::new());
        lines.push("[Extensions]".to_owned());
        lines.push("2.5.29.17 = \"{text}\"".to_owned());
        for name in before {
            lines.push(format!("_continue_ = \"{name}&\""));
        }
        lines.push(format!("_continue_ = \"{last}\""));
    }
    lines.push(String::new());

    let stem = request.files;
    Ok(CertreqCommands {
        inf: lines.join("\r\n"),
        commands: format!("certreq -new {stem}.inf {stem}.csr\r\ncertutil -dump {stem}.csr\r\n"),
    })
}

/// A value of the subject, inside the INF string that holds the whole of it.
fn quoted(field: SubjectField, value: &str) -> Result<String, CommandError> {
    // Quotes inside a value pass through two layers of doubling, and a per-cent sign through a
    // substitution: neither could be tried.
    if let Some(character) = value.chars().find(|character| "\"%".contains(*character)) {
        return Err(CommandError::Unquotable { tool: Tool::Certreq, field: field.short_name(), character });
    }
    let separates = value.contains([',', '+', '=', '<', '>', '#', ';']);
    let blank = value.starts_with(char::is_whitespace) || value.ends_with(char::is_whitespace);
    if separates || blank { Ok(format!("\"\"{value}\"\"")) } else { Ok(value.to_owned()) }
}

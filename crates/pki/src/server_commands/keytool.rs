//! Java's keytool, 8 and later: values in hexadecimal DER, since keytool writes a PrintableString
//! whenever it can and the certificates of the IGC-Santé have UTF8Strings.

use der::Tag as DerTag;

use super::{CommandError, CommandRequest, Tool, plain_names};
use crate::asn1;
use crate::name::SubjectField;

/// What to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeytoolCommands {
    /// One command a line; the same in sh, cmd and PowerShell.
    pub commands: String,
}

/// Makes `<stem>.p12`, which holds the key under the alias `<stem>` (password asked for), and
/// `<stem>.csr`, then shows the request.
pub fn keytool(request: &CommandRequest<'_>) -> Result<KeytoolCommands, CommandError> {
    let (hosts, mails) = plain_names(request.alternative_names, Tool::Keytool)?;
    let mut name = Vec::new();
    for (field, value) in request.subject.parts() {
        name.push(match field {
            // A PrintableString of two letters needs no help.
            SubjectField::Country => format!("{}={value}", field.short_name()),
            _ => format!("{}=#{}", field.short_name(), utf8_string(field, value)?),
        });
    }
    // keytool reads a name as it prints it: last part first.
    name.reverse();
    let name = name.join(",");

    let names: Vec<String> = (hosts.iter().map(|host| format!("dns:{host}")))
        .chain(mails.iter().map(|mail| format!("email:{mail}")))
        .collect();
    let extension = match names.as_slice() {
        [] => String::new(),
        names => format!(" -ext \"san={}\"", names.join(",")),
    };

    let stem = request.files;
    let bits = request.bits.get();
    let commands = format!(
        "keytool -genkeypair -alias {stem} -keyalg RSA -keysize {bits} -sigalg SHA256withRSA -storetype PKCS12 -keystore {stem}.p12 -dname \"{name}\"\n\
         keytool -certreq -alias {stem} -sigalg SHA256withRSA -storetype PKCS12 -keystore {stem}.p12{extension} -file {stem}.csr\n\
         keytool -printcertreq -file {stem}.csr\n"
    );
    Ok(KeytoolCommands { commands })
}

/// The DER of a UTF8String in hexadecimal: what follows `#` in RFC 4514.
fn utf8_string(field: SubjectField, value: &str) -> Result<String, CommandError> {
    asn1::element(DerTag::Utf8String, value.as_bytes()).map(|der| asn1::hex(&der)).map_err(|_| {
        CommandError::Unquotable {
            tool: Tool::Keytool,
            field: field.short_name(),
            character: value.chars().next().unwrap_or_default(),
        }
    })
}

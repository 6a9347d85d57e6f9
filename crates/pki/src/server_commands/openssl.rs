//! OpenSSL, 1.1.1 and later: a configuration file (UTF-8), and commands without any value.

use super::{CommandError, CommandRequest, Tool, plain_names};

/// What to save and what to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpensslCommands {
    /// The file `<stem>.cnf`, in UTF-8 without byte-order mark, line feeds.
    pub config: String,
    /// One command a line; the same in sh, cmd and PowerShell.
    pub commands: String,
}

/// Makes `<stem>.key` (RSA, AES-256, passphrase asked for) and `<stem>.csr`, then verifies.
pub fn openssl(request: &CommandRequest<'_>) -> Result<OpensslCommands, CommandError> {
    let (hosts, mails) = plain_names(request.alternative_names, Tool::Openssl)?;
    let with_names = !request.alternative_names.is_empty();

    let mut config = String::from("[ req ]\n");
    config.push_str("prompt = no\n");
    config.push_str("utf8 = yes\n");
    config.push_str("string_mask = utf8only\n");
    config.push_str("default_md = sha256\n");
    config.push_str("distinguished_name = subject\n");
    if with_names {
        config.push_str("req_extensions = extensions\n");
    }
    config.push_str("\n[ subject ]\n");
    for (field, value) in request.subject.parts() {
        config.push_str(&format!("{} = {}\n", field.long_name(), quoted(value)));
    }
    if with_names {
        config.push_str("\n[ extensions ]\nsubjectAltName = @names\n\n[ names ]\n");
        for (position, host) in (1_u32..).zip(hosts) {
            config.push_str(&format!("DNS.{position} = {}\n", quoted(host)));
        }
        for (position, mail) in (1_u32..).zip(mails) {
            config.push_str(&format!("email.{position} = {}\n", quoted(mail)));
        }
    }

    let stem = request.files;
    let bits = request.bits.get();
    let commands = format!(
        "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:{bits} -aes-256-cbc -out {stem}.key\n\
         openssl req -new -utf8 -sha256 -config {stem}.cnf -key {stem}.key -out {stem}.csr\n\
         openssl req -in {stem}.csr -noout -verify -subject -nameopt oneline,utf8,-esc_msb\n"
    );
    Ok(OpensslCommands { config, commands })
}

/// config(5): between double quotes only the backslash is special, and neither `$` nor `#` nor
/// spaces at the ends are touched. Line breaks cannot be in a [`crate::name::Subject`].
fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len().saturating_add(2));
    out.push('"');
    for character in value.chars() {
        if character == '"' || character == '\\' {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
    out
}

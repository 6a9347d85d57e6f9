//! Files that hold neither keys nor certificates.

use pki::file::{Encoding, Foreign};
use vocabulary::{Finding, topics::files as topics};

/// The container's word in the contract, and what is said of the file.
pub(super) fn of(foreign: &Foreign) -> (&'static str, Finding) {
    let said = |container, topic| (container, Finding::error(topic));
    match foreign {
        Foreign::Archive(kind) => ("unknown", Finding::error(topics::ARCHIVE).with("name", *kind)),
        Foreign::Csv => said("text", topics::CSV),
        Foreign::Email => said("text", topics::EMAIL),
        Foreign::Empty => said("empty", topics::EMPTY),
        Foreign::Executable => said("unknown", topics::EXECUTABLE),
        Foreign::Html { title: Some(title) } => {
            ("html", Finding::error(topics::HTML).with("title", title.clone()))
        }
        Foreign::Html { title: None } => said("html", topics::HTML_UNTITLED),
        Foreign::Image(_) => said("unknown", topics::IMAGE),
        Foreign::Json => said("text", topics::JSON),
        Foreign::OldOffice => said("unknown", topics::OUTLOOK),
        Foreign::Pdf => said("unknown", topics::PDF),
        Foreign::PuttyKey => said("text", topics::SSH_PRIVATE_KEY),
        Foreign::Rtf => said("text", topics::OFFICE),
        Foreign::Shortcut => said("unknown", topics::SHORTCUT),
        Foreign::SshPublicKey => said("text", topics::SSH_KEY),
        Foreign::Text => said("text", topics::TEXT),
        Foreign::Xml { root } => {
            ("text", Finding::error(topics::XML).with("name", root.clone().unwrap_or_default()))
        }
        Foreign::Zip { names } if names.iter().any(|name| name == "[Content_Types].xml") => {
            said("zip", topics::OFFICE)
        }
        Foreign::Zip { names } if names.is_empty() => said("zip", topics::ZIP_UNNAMED),
        Foreign::Zip { names } => ("zip", Finding::error(topics::ZIP).with("names", names.clone())),
        _ => ("unknown", unknown()),
    }
}

pub(super) fn truncated(announced: usize, found: usize, encoding: Encoding) -> Finding {
    match encoding {
        Encoding::Pkcs7 | Encoding::Pkcs12 => Finding::error(topics::TRUNCATED_CONTAINER),
        _ => Finding::error(topics::TRUNCATED).with("expected", announced).with("found", found),
    }
}

pub(super) fn unknown() -> Finding {
    Finding::error(topics::UNKNOWN)
}

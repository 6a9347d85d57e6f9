//! What is to be known of a file beside what it is.

use pki::{
    encrypted_key::EncryptedKeyError,
    file::{Contents, Encoding, Item, Note},
    jks::JksError,
    pem::{Fault, Problem, Repair},
    pkcs7::Pkcs7Error,
    pkcs12::Pkcs12Error,
};
use vocabulary::{
    Finding,
    topics::{failures, files as topics, kits},
};

/// The most sentences of one kind.
const MOST: usize = 20;

/// Everything there is to say, in the order of the file.
pub(super) fn of(contents: &Contents, asked: bool) -> Vec<Finding> {
    let mut found: Vec<Finding> = contents.problems.iter().take(MOST).map(broken).collect();
    found.extend(contents.notes.iter().take(MOST).filter_map(|note| remark(contents, note)));
    found.extend(contents.items.iter().filter_map(other_object).take(MOST));
    if contents.encoding == Encoding::Pkcs7 && contents.items.is_empty() && found.is_empty() {
        found.push(Finding::error(topics::PKCS7_EMPTY));
    }
    if asked && opens(contents) {
        found.push(Finding::ok(topics::PASSPHRASE_OPENS));
    }
    found
}

/// Whether the passphrase opened the file, as far as anything in it is encrypted.
fn opens(contents: &Contents) -> bool {
    let stays_closed = |note: &Note| {
        matches!(
            note,
            Note::WrongPassphrase
                | Note::KeyPassphrase
                | Note::TooMuchWork
                | Note::Pkcs12(_)
                | Note::UnreadEncryption(_)
        )
    };
    let opened = |item: &Item| matches!(item, Item::OpenedPrivateKey { .. });
    let is_container = contents.encoding == Encoding::Pkcs12;
    (is_container || contents.items.iter().any(opened)) && !contents.notes.iter().any(stays_closed)
}

fn broken(problem: &Problem) -> Finding {
    let at =
        |topic, line: usize| Finding::error(topic).with("label", problem.label.as_str()).with("line", line);
    match &problem.fault {
        Fault::BadBase64 { line } => at(topics::BROKEN, *line),
        Fault::Empty => at(topics::BROKEN_EMPTY, problem.line),
        Fault::LabelMismatch { closing } => {
            at(topics::BROKEN_LABEL, problem.line).with("found", closing.as_str())
        }
        Fault::NoEnd => at(topics::BROKEN_END, problem.line),
        Fault::TooManyBlocks { most } => Finding::warning(topics::TOO_MANY).with("most", *most),
        _ => at(topics::BROKEN_MARKER, problem.line),
    }
}

fn remark(contents: &Contents, note: &Note) -> Option<Finding> {
    Some(match note {
        Note::Cut { label, line: 0, announced, found } if label.is_empty() => {
            Finding::error(topics::TRUNCATED).with("expected", *announced).with("found", *found)
        }
        Note::Cut { label, line, announced, found } => Finding::error(topics::TRUNCATED_BLOCK)
            .with("label", label.as_str())
            .with("line", *line)
            .with("expected", *announced)
            .with("found", *found),
        Note::EmptyPassphrase => Finding::warning(topics::EMPTY_PASSPHRASE),
        // Said by what the file is.
        Note::JavaKeys { .. } => return None,
        Note::JavaKeystore(Some(JksError::Truncated)) => Finding::error(topics::TRUNCATED_CONTAINER),
        Note::JavaKeystore(Some(JksError::TooMany { most })) => {
            Finding::warning(topics::TOO_MANY).with("most", *most)
        }
        Note::JavaKeystore(_) => Finding::warning(topics::JAVA_KEYSTORE_DAMAGED),
        Note::KeyPassphrase => Finding::warning(topics::KEY_PASSPHRASE),
        Note::NoMarkers => Finding::info(topics::NO_MARKERS),
        Note::NoIntegrity => Finding::info(topics::NO_INTEGRITY),
        Note::OtherBags { count } => Finding::info(topics::OTHER_CONTENT).with("count", *count),
        Note::PassphraseNeeded => Finding::info(match contents.encoding {
            Encoding::Pkcs12 if contents.certificates().next().is_some() => topics::PASSPHRASE_NEEDED_FOR_KEY,
            Encoding::Pkcs12 => topics::PASSPHRASE_NEEDED_CONTAINER,
            _ => topics::PASSPHRASE_NEEDED,
        }),
        Note::Pkcs7(error) => pkcs7(*error),
        Note::Pkcs12(error) => pkcs12(error),
        Note::PublicKeyEncryption => Finding::warning(topics::FOR_A_CERTIFICATE),
        Note::Repaired { label, line, repair } => {
            let topic = match repair {
                Repair::EndMarker => topics::END_MISSING,
                _ => topics::REPAIRED,
            };
            Finding::warning(topic).with("label", label.as_str()).with("line", *line)
        }
        Note::SignedMessage => Finding::info(topics::SIGNED_MESSAGE),
        Note::TooManyItems { most } => Finding::warning(topics::TOO_MANY).with("most", *most),
        Note::TooMuchWork => Finding::error(topics::TOO_MUCH_WORK),
        Note::TrailingOctets { count } => Finding::warning(topics::TRAILING).with("count", *count),
        Note::Unreadable { label, line: 0 } if label.is_empty() => Finding::error(topics::UNREADABLE_BINARY),
        Note::Unreadable { label, line } => {
            Finding::error(topics::UNREADABLE).with("label", label.as_str()).with("line", *line)
        }
        Note::UnreadEncryption(EncryptedKeyError::Rounds { .. }) => Finding::error(topics::TOO_MUCH_WORK),
        Note::UnreadEncryption(EncryptedKeyError::Malformed) => Finding::warning(failures::KEY_MALFORMED),
        Note::UnreadEncryption(_) => Finding::warning(failures::KEY_ENCRYPTION),
        Note::Utf16 => Finding::warning(topics::UTF16),
        Note::WrongPassphrase => Finding::warning(topics::WRONG_PASSPHRASE),
        _ => return None,
    })
}

fn pkcs7(error: Pkcs7Error) -> Finding {
    match error {
        Pkcs7Error::Encrypted => Finding::error(topics::ENCRYPTED_MESSAGE),
        Pkcs7Error::TooMany { most } => Finding::error(topics::TOO_MANY).with("most", most),
        Pkcs7Error::Truncated => Finding::error(topics::TRUNCATED_CONTAINER),
        _ => Finding::error(topics::PKCS7_DAMAGED),
    }
}

fn pkcs12(error: &Pkcs12Error) -> Finding {
    match error {
        Pkcs12Error::Altered => Finding::error(topics::ALTERED),
        Pkcs12Error::Rounds { .. } => Finding::error(topics::TOO_MUCH_WORK),
        Pkcs12Error::Signed | Pkcs12Error::UnsupportedIntegrity { .. } => {
            Finding::error(kits::CONTAINER_UNSUPPORTED)
        }
        Pkcs12Error::TooManyBags { most } => Finding::error(topics::TOO_MANY).with("most", *most),
        Pkcs12Error::Truncated => Finding::error(topics::TRUNCATED_CONTAINER),
        Pkcs12Error::WrongPassphrase => Finding::warning(topics::WRONG_PASSPHRASE),
        _ => Finding::error(kits::CONTAINER_DAMAGED),
    }
}

/// A block of another kind, such as parameters or a message of PGP.
fn other_object(item: &Item) -> Option<Finding> {
    match item {
        Item::Other { label, .. } if !label.is_empty() && !label.contains("CERTIFICATE") => {
            Some(Finding::info(topics::OTHER_OBJECT).with("label", label.as_str()))
        }
        _ => None,
    }
}

//! From bytes to what they hold.

use zeroize::Zeroizing;

use super::{Contents, Encoding, FileError, Foreign, Item, MAX_ITEMS, Note, UnusableKey, text};
use crate::asn1::{Element, SEQUENCE};
use crate::ber;
use crate::certificate::Certificate;
use crate::crl;
use crate::encrypted_key::{self, open_any};
use crate::jks;
use crate::key::{KeyError, PrivateKey, PrivateKeyFile, PublicKey, public_half};
use crate::passphrase::Passphrase;
use crate::pem;
use crate::pkcs7;
use crate::pkcs12::{self, Budget, Integrity, Key, Pkcs12, Pkcs12Error, Unopened};
use crate::request::CertificationRequest;

/// The most notes: nobody reads as many.
const MAX_NOTES: usize = 200;

/// The most rounds spent on an empty passphrase that nobody gave.
const UNASKED_ROUNDS: u32 = 20_000;

pub(super) fn read(bytes: &[u8], passphrases: &[Passphrase]) -> Result<Contents, FileError> {
    let mut reader = Reader::new(passphrases);
    reader.whole(bytes)?;
    Ok(Contents { rounds: reader.budget.spent(), ..reader.contents })
}

/// A DER object that announces more than there is. Its length is in more than one octet, so that no text looks like one.
fn cut(bytes: &[u8]) -> Option<FileError> {
    if !matches!(bytes, [SEQUENCE, length, ..] if *length > 0x80) {
        return None;
    }
    let announced = ber::announced(bytes).filter(|announced| *announced > bytes.len())?;
    let size = 2_usize.saturating_add(usize::from(bytes.get(1)? & 0x7f));
    // Every such object begins with a SEQUENCE, a version or an identifier.
    let inside = bytes.get(size..).unwrap_or_default();
    matches!(inside.first(), None | Some(0x30 | 0x02 | 0x06)).then(|| FileError::Truncated {
        announced,
        found: bytes.len(),
        encoding: if pkcs12::is_pkcs12(bytes) {
            Encoding::Pkcs12
        } else if pkcs7::is_pkcs7(bytes) {
            Encoding::Pkcs7
        } else {
            Encoding::Der
        },
    })
}

struct Reader<'a> {
    contents: Contents,
    passphrases: &'a [Passphrase],
    budget: Budget,
}

impl<'a> Reader<'a> {
    fn new(passphrases: &'a [Passphrase]) -> Self {
        let contents = Contents {
            encoding: Encoding::Der,
            items: Vec::new(),
            problems: Vec::new(),
            notes: Vec::new(),
            rounds: 0,
        };
        Self { contents, passphrases, budget: Budget::new() }
    }

    fn whole(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        if self.binary(bytes) {
            return Ok(());
        }
        let decoded = text::decode_utf16(bytes);
        if decoded.is_some() {
            self.note(Note::Utf16);
        }
        let text = decoded.as_ref().map_or(bytes, |text| text.as_bytes());
        if pem::looks_like(text) {
            self.blocks(text);
            return Ok(());
        }
        if self.bare(text) {
            return Ok(());
        }
        Err(cut(bytes).or_else(|| Foreign::of(text).map(FileError::Foreign)).unwrap_or(FileError::Unknown))
    }

    fn note(&mut self, note: Note) {
        let notes = &mut self.contents.notes;
        if notes.len() < MAX_NOTES && !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// Nothing more is taken once there is too much.
    fn push(&mut self, item: Item) {
        if self.contents.items.len() < MAX_ITEMS {
            self.contents.items.push(item);
        } else {
            self.note(Note::TooManyItems { most: MAX_ITEMS });
        }
    }

    fn is_full(&self) -> bool {
        self.contents.items.len() >= MAX_ITEMS
    }

    /// Reads DER objects and containers; whether these bytes are any.
    fn binary(&mut self, bytes: &[u8]) -> bool {
        if jks::detect(bytes).is_some() {
            self.contents.encoding = Encoding::Jks;
            self.java_keystore(bytes);
            return true;
        }
        if bytes.first() != Some(&SEQUENCE) {
            return false;
        }
        if let Some(encoding) = self.container(bytes) {
            self.contents.encoding = encoding;
            return true;
        }
        let Some((mut rest, first)) = Element::first(bytes) else { return false };
        // A short text that happens to begin with a zero is no object, and neither is what says nothing.
        let followed = !rest.iter().all(u8::is_ascii_whitespace);
        if followed && name(first.raw).is_none() {
            return false;
        }
        self.object("", 0, first.raw);
        // Objects one after the other, as `cat` joins them.
        while let Some((after, next)) = Element::first(rest).filter(|(_, next)| name(next.raw).is_some()) {
            if self.is_full() {
                self.note(Note::TooManyItems { most: MAX_ITEMS });
                break;
            }
            self.object("", 0, next.raw);
            rest = after;
        }
        // Editors and mail programs add a line end after binary data.
        if !rest.iter().all(u8::is_ascii_whitespace) {
            self.note(Note::TrailingOctets { count: rest.len() });
        }
        true
    }

    /// Reads a container, when these bytes are one.
    fn container(&mut self, der: &[u8]) -> Option<Encoding> {
        if pkcs12::is_pkcs12(der) {
            self.pkcs12(der);
            Some(Encoding::Pkcs12)
        } else if pkcs7::is_pkcs7(der) {
            // A file cut in its outermost element is told as such.
            match pkcs7::read_der(der) {
                Ok(bundle) => self.bundle(bundle),
                Err(error) => self.note(Note::Pkcs7(error)),
            }
            Some(Encoding::Pkcs7)
        } else {
            None
        }
    }

    fn blocks(&mut self, text: &[u8]) {
        let scan = pem::scan(text);
        let mut first = None;
        let mut alike = true;
        for block in scan.blocks() {
            if self.is_full() {
                self.note(Note::TooManyItems { most: MAX_ITEMS });
                break;
            }
            let (label, line) = (block.label(), block.line());
            if let Some(repair) = block.repair() {
                self.note(Note::Repaired { label: label.to_owned(), line, repair });
            }
            let encoding = if block.is_encrypted_the_old_way() {
                self.old_key(block);
                Encoding::Pem
            } else {
                self.container(block.der()).unwrap_or_else(|| {
                    self.object(label, line, block.der());
                    Encoding::Pem
                })
            };
            alike &= *first.get_or_insert(encoding) == encoding;
        }
        // A container in text is that container; anything beside it makes the file a text of blocks.
        self.contents.encoding = first.filter(|_| alike).unwrap_or(Encoding::Pem);
        self.contents.problems = scan.problems().to_vec();
    }

    /// Reads base64 without markers, wherever it stands in a text; whether anything was found.
    fn bare(&mut self, text: &[u8]) -> bool {
        for der in text::bare_objects(text) {
            if self.is_full() {
                self.note(Note::TooManyItems { most: MAX_ITEMS });
                break;
            }
            if self.container(&der).is_none() && name(&der).is_some() {
                self.object("", 0, &der);
            }
        }
        let found = !self.contents.items.is_empty();
        if found {
            self.contents.encoding = Encoding::Base64;
            self.note(Note::NoMarkers);
        }
        found
    }

    /// Names one object.
    fn object(&mut self, label: &str, line: usize, der: &[u8]) {
        let der = match Element::first(der) {
            Some((rest, first)) if !rest.is_empty() && name(first.raw).is_some() => {
                // OpenSSL's own form adds trust settings after the certificate.
                if label != "TRUSTED CERTIFICATE" {
                    self.note(Note::TrailingOctets { count: rest.len() });
                }
                first.raw
            }
            _ => der,
        };
        match name(der) {
            Some(Item::EncryptedPrivateKey(der)) => self.encrypted_key(der),
            Some(item) => self.push(item),
            None => self.unnamed(label, line, der),
        }
    }

    fn unnamed(&mut self, label: &str, line: usize, der: &[u8]) {
        let is_key = label.ends_with("PRIVATE KEY");
        let object = Some(der).filter(|der| der.first() == Some(&SEQUENCE));
        let announced = object.and_then(ber::announced).filter(|announced| *announced > der.len());
        let known = is_key || label.contains("CERTIFICATE") || label.contains("CRL") || label.is_empty();
        match announced {
            Some(announced) if known => {
                self.note(Note::Cut { label: label.to_owned(), line, announced, found: der.len() });
            }
            _ if known && !is_key => self.note(Note::Unreadable { label: label.to_owned(), line }),
            _ => {}
        }
        if is_key {
            self.push(unusable(der, KeyError::of_label(label)));
        } else {
            self.push(Item::Other { label: label.to_owned(), der: der.to_vec() });
        }
    }

    fn encrypted_key(&mut self, der: Vec<u8>) {
        let opened = self.open(&der);
        match opened {
            Some(Ok(key)) => self.push(Item::OpenedPrivateKey { key: Box::new(key), sealed: der }),
            Some(Err(unusable)) => self.push(Item::UnusableKey(unusable)),
            None => self.push(Item::EncryptedPrivateKey(der)),
        }
    }

    /// Tries the passphrases on an EncryptedPrivateKeyInfo.
    fn open(&mut self, der: &[u8]) -> Option<Result<PrivateKey, UnusableKey>> {
        let (scheme, data) = match open_any(der) {
            Ok(opened) => opened,
            Err(error) => {
                self.note(Note::UnreadEncryption(error));
                return None;
            }
        };
        if self.passphrases.is_empty() {
            self.note(Note::PassphraseNeeded);
            return None;
        }
        for secret in self.passphrases.iter().flat_map(|passphrase| scheme.secrets(passphrase)) {
            if self.budget.spend(scheme.cost()).is_err() {
                self.note(Note::TooMuchWork);
                return None;
            }
            let clear = scheme.decrypt(&secret, data);
            if let Some(clear) = clear.filter(|clear| encrypted_key::is_clear_key(clear)) {
                return Some(PrivateKey::from_pkcs8(&clear).map_err(|error| unusable_key(&clear, error)));
            }
        }
        self.note(Note::WrongPassphrase);
        None
    }

    /// A key encrypted as OpenSSL did before PKCS #8: under the passphrases given, else as it is.
    fn old_key(&mut self, block: &pem::Block) {
        let parameters = block.old_encryption().and_then(encrypted_key::OldParameters::read);
        let Some(parameters) = parameters else {
            return self.push(unusable(block.der(), KeyError::LegacyEncryption));
        };
        for passphrase in self.passphrases {
            let clear = parameters.decrypt(passphrase, block.der());
            let named = clear.as_ref().and_then(|clear| name(clear));
            if let Some(item @ (Item::PrivateKey(_) | Item::UnusableKey(_))) = named {
                return self.push(item);
            }
        }
        self.note(if self.passphrases.is_empty() { Note::PassphraseNeeded } else { Note::WrongPassphrase });
        self.push(unusable(block.der(), KeyError::LegacyEncryption));
    }

    fn bundle(&mut self, bundle: pkcs7::Pkcs7) {
        if bundle.is_signed_message {
            self.note(Note::SignedMessage);
        }
        for der in bundle.certificates.iter().chain(&bundle.revocation_lists) {
            self.object("", 0, der);
        }
    }

    fn java_keystore(&mut self, bytes: &[u8]) {
        let keystore = match jks::read(bytes) {
            Ok(keystore) => keystore,
            Err(error) => return self.note(Note::JavaKeystore(Some(error))),
        };
        if !keystore.complete {
            self.note(Note::JavaKeystore(None));
        }
        if keystore.keys() > 0 {
            self.note(Note::JavaKeys { count: keystore.keys() });
        }
        for der in keystore.certificates() {
            self.object("", 0, der);
        }
    }

    fn pkcs12(&mut self, der: &[u8]) {
        let mut last = None;
        for passphrase in self.passphrases {
            match pkcs12::read_within(der, Some(passphrase), &mut self.budget) {
                Ok(found) => return self.opened_pkcs12(found, true),
                Err(error @ (Pkcs12Error::WrongPassphrase | Pkcs12Error::Altered)) => last = Some(error),
                Err(error) => return self.note(Note::Pkcs12(error)),
            }
        }
        // What stands in clear is read all the same.
        match pkcs12::read_within(der, None, &mut self.budget) {
            Ok(found) => {
                if last.is_none()
                    && let Some(opened) = self.with_empty_passphrase(der, &found)
                {
                    self.note(Note::EmptyPassphrase);
                    return self.opened_pkcs12(opened, true);
                }
                match last {
                    Some(Pkcs12Error::WrongPassphrase) => self.note(Note::WrongPassphrase),
                    Some(error) => self.note(Note::Pkcs12(error)),
                    None => {}
                }
                self.opened_pkcs12(found, !self.passphrases.is_empty());
            }
            Err(error) => self.note(Note::Pkcs12(error)),
        }
    }

    /// What an empty passphrase opens, when there is something to open and little work to do for it.
    fn with_empty_passphrase(&mut self, der: &[u8], closed: &Pkcs12) -> Option<Pkcs12> {
        let is_closed = !closed.unopened.is_empty()
            || closed.keys.iter().any(|entry| matches!(entry.key, Key::Encrypted { why: None, .. }));
        match closed.integrity {
            Integrity::Mac { rounds, .. } if is_closed && rounds <= UNASKED_ROUNDS => {
                let empty = Passphrase::new(String::new());
                // The code may ask for little and what it protects for much.
                let mut little = Budget::of(u64::from(UNASKED_ROUNDS).saturating_mul(3));
                pkcs12::read_within(der, Some(&empty), &mut little).ok()
            }
            _ => None,
        }
    }

    fn opened_pkcs12(&mut self, found: Pkcs12, asked: bool) {
        for entry in &found.certificates {
            self.object("", 0, &entry.der);
        }
        for entry in found.keys {
            match entry.key {
                Key::Usable(key) => {
                    let key = Box::new(key);
                    self.push(match entry.sealed {
                        Some(sealed) => Item::OpenedPrivateKey { key, sealed },
                        None => Item::PrivateKey(key),
                    });
                }
                Key::Unusable { pkcs8, error } => self.push(unusable(&pkcs8, error)),
                Key::Encrypted { der, why } => {
                    self.unopened(why.as_ref().unwrap_or(&Unopened::NoPassphrase), asked);
                    self.push(Item::EncryptedPrivateKey(der));
                }
            }
        }
        for der in &found.revocation_lists {
            self.object("", 0, der);
        }
        for why in &found.unopened {
            self.unopened(why, asked);
        }
        if found.integrity == Integrity::None {
            self.note(Note::NoIntegrity);
        }
        if found.other_bags > 0 {
            self.note(Note::OtherBags { count: found.other_bags });
        }
    }

    fn unopened(&mut self, why: &Unopened, asked: bool) {
        match why {
            // Said already when a passphrase was given.
            Unopened::NoPassphrase if asked => {}
            Unopened::NoPassphrase => self.note(Note::PassphraseNeeded),
            Unopened::OtherPassphrase => self.note(Note::KeyPassphrase),
            Unopened::PublicKey => self.note(Note::PublicKeyEncryption),
            Unopened::Scheme(error) => self.note(Note::UnreadEncryption(error.clone())),
        }
    }
}

/// What one whole object is; nothing when it is none of those named here.
fn name(der: &[u8]) -> Option<Item> {
    if let Ok(certificate) = Certificate::read(der) {
        return Some(Item::Certificate(Box::new(certificate)));
    }
    if let Ok(request) = CertificationRequest::read_der(der) {
        return Some(Item::Request(Box::new(request)));
    }
    if crl::is_revocation_list(der) {
        return Some(Item::RevocationList(der.to_vec()));
    }
    if encrypted_key::is_encrypted_key(der) {
        return Some(Item::EncryptedPrivateKey(der.to_vec()));
    }
    match PrivateKeyFile::read_der(der) {
        Ok(PrivateKeyFile::Clear(key)) => return Some(Item::PrivateKey(Box::new(key))),
        Ok(PrivateKeyFile::Encrypted(key)) => return Some(Item::EncryptedPrivateKey(key)),
        Err(KeyError::NotAPrivateKey) => {}
        Err(error) => return Some(unusable(der, error)),
    }
    PublicKey::read(der).ok().map(Item::PublicKey)
}

fn unusable(der: &[u8], error: KeyError) -> Item {
    Item::UnusableKey(unusable_key(der, error))
}

fn unusable_key(der: &[u8], error: KeyError) -> UnusableKey {
    UnusableKey { error, der: Zeroizing::new(der.to_vec()), public_key: public_half(der) }
}

#[cfg(all(test, feature = "rustcrypto"))]
mod tests {
    use super::*;
    use crate::key::RsaBits;
    use crate::rustcrypto::{RandomnessError, RustCrypto};

    #[test]
    fn keys_that_ask_for_much_work_are_bounded_together() {
        let engine =
            RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError));
        let secret = Passphrase::new("secret".to_owned());
        let sealed =
            engine.encrypt_now(&engine.generate_rsa_now(RsaBits::Bits2048).unwrap(), &secret).unwrap();
        let passphrases = [Passphrase::new("wrong".to_owned()), secret];
        let mut reader = Reader::new(&passphrases);
        // Two attempts on the first key, one on the second.
        reader.budget = Budget::of(3 * u64::from(encrypted_key::RECOMMENDED_ROUNDS));
        reader.blocks(pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &sealed).repeat(3).as_bytes());
        assert_eq!(reader.contents.notes, [Note::TooMuchWork]);
        let [Item::OpenedPrivateKey { .. }, Item::EncryptedPrivateKey(_), Item::EncryptedPrivateKey(_)] =
            reader.contents.items.as_slice()
        else {
            panic!("{:?}", reader.contents);
        };
    }
}

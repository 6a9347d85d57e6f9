//! Reading.

use std::borrow::Cow;

use x509_parser::asn1_rs::Tag;
use zeroize::Zeroizing;

use super::integrity::{Integrity, Mac};
use super::{CertificateEntry, Key, KeyEntry, MAX_BAGS, MAX_TOTAL_ROUNDS, Pkcs12, Pkcs12Error, Unopened};
use crate::asn1::{Element, SEQUENCE, elements};
use crate::ber::{self, BerError};
use crate::encrypted_key::{EncryptedKeyError, Scheme, Secret, open_any};
use crate::key::{PrivateKey, has_shape_of_a_key};
use crate::oid::{self, Oid};
use crate::passphrase::Passphrase;

/// How deep bags of bags are followed.
const MAX_NESTING: usize = 4;

/// Whether these bytes begin as a PKCS #12: a SEQUENCE of the version 3 and a ContentInfo.
pub fn is_pkcs12(bytes: &[u8]) -> bool {
    let Some((SEQUENCE, rest)) = bytes.split_first().map(|(first, rest)| (*first, rest)) else {
        return false;
    };
    // After the length of one to nine octets.
    let length = match rest.first() {
        Some(length) if *length > 0x80 => usize::from(length & 0x7f).saturating_add(1),
        _ => 1,
    };
    length <= 9 && rest.get(length..).is_some_and(|rest| rest.starts_with(&[2, 1, 3, SEQUENCE]))
}

/// Reads a PKCS #12, in BER or DER, with what follows it ignored.
///
/// Without a passphrase nothing is decrypted: what stands in clear is returned, the rest is listed in
/// [`Pkcs12::unopened`] and as [`Key::Encrypted`]. With one, the code over the whole is checked first. An empty passphrase
/// is tried both as an empty text and as none at all, which are not the same here.
///
/// # Errors
///
/// See [`Pkcs12Error`]. With [`Pkcs12Error::WrongPassphrase`] or [`Pkcs12Error::Altered`], reading again without a
/// passphrase still gives what stands in clear. Bounds: [`crate::encrypted_key::MAX_ROUNDS`] a derivation,
/// [`MAX_TOTAL_ROUNDS`] a file, [`MAX_BAGS`].
pub fn read(bytes: &[u8], passphrase: Option<&Passphrase>) -> Result<Pkcs12, Pkcs12Error> {
    read_within(bytes, passphrase, &mut Budget::new())
}

/// The same, with what several readings of one file may cost together.
pub(crate) fn read_within(
    bytes: &[u8],
    passphrase: Option<&Passphrase>,
    budget: &mut Budget,
) -> Result<Pkcs12, Pkcs12Error> {
    if !is_pkcs12(bytes) {
        return Err(Pkcs12Error::NotPkcs12);
    }
    let der = definite(bytes)?;
    let parts = Element::only(&der).and_then(|pfx| pfx.sequence()).ok_or(Pkcs12Error::Malformed)?;
    let (safe, mac) = match parts.as_slice() {
        [_, safe] => (safe, None),
        [_, safe, mac] => (safe, Some(Mac::read(mac)?)),
        _ => return Err(Pkcs12Error::Malformed),
    };
    let (kind, content) = content_info(safe).ok_or(Pkcs12Error::Malformed)?;
    if kind == oid::SIGNED_DATA {
        return Err(Pkcs12Error::Signed);
    }
    let content = content.filter(|_| kind == oid::DATA).ok_or(Pkcs12Error::Malformed)?;
    let content = content.octets().ok_or(Pkcs12Error::Malformed)?;

    let mut reader = Reader::new(passphrase, budget);
    let verified = match (&mac, passphrase) {
        (Some(mac), Some(_)) => reader.verify(mac, content)?,
        _ => None,
    };
    if verified == Some(false) {
        // What remains is to tell a wrong passphrase from a damaged file: the standard encoding is enough for that.
        reader.secrets.truncate(1);
    }
    reader.authenticated_safe(content)?;
    if passphrase.is_some() {
        reader.judge(verified)?;
    }
    let mut found = reader.found;
    found.integrity = mac.map_or(Integrity::None, |mac| mac.describe(verified == Some(true)));
    Ok(found)
}

/// The rounds that may still be done for a file.
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { left: MAX_TOTAL_ROUNDS }
    }

    pub(crate) fn of(rounds: u64) -> Self {
        Self { left: rounds }
    }

    /// What was spent of a whole one.
    pub(crate) fn spent(&self) -> u64 {
        MAX_TOTAL_ROUNDS.saturating_sub(self.left)
    }

    pub(crate) fn spend(&mut self, rounds: u64) -> Result<(), Pkcs12Error> {
        match self.left.checked_sub(rounds) {
            Some(left) => self.left = left,
            None => {
                let found = MAX_TOTAL_ROUNDS.saturating_sub(self.left).saturating_add(rounds);
                return Err(Pkcs12Error::Rounds { found, most: MAX_TOTAL_ROUNDS });
            }
        }
        Ok(())
    }
}

struct Reader<'b> {
    /// The encodings of the passphrase that may still be right; none without a passphrase.
    secrets: Vec<Secret>,
    budget: &'b mut Budget,
    bags: usize,
    /// Encrypted parts and keys that opened, and that did not though their scheme is read.
    opened: usize,
    refused: usize,
    found: Pkcs12,
}

impl<'b> Reader<'b> {
    fn new(passphrase: Option<&Passphrase>, budget: &'b mut Budget) -> Self {
        Self {
            secrets: passphrase.map(Secret::all).unwrap_or_default(),
            budget,
            bags: 0,
            opened: 0,
            refused: 0,
            found: Pkcs12 {
                certificates: Vec::new(),
                keys: Vec::new(),
                revocation_lists: Vec::new(),
                unopened: Vec::new(),
                other_bags: 0,
                integrity: Integrity::None,
            },
        }
    }

    /// Whether the passphrase makes the code over the whole; its right encoding then comes first.
    fn verify(&mut self, mac: &Mac<'_>, content: &[u8]) -> Result<Option<bool>, Pkcs12Error> {
        for at in 0..self.secrets.len() {
            let Some(secret) = untried(&self.secrets, at, |secret| mac.material(secret)) else { continue };
            match mac.verify(content, secret, self.budget)? {
                None => return Ok(None),
                Some(true) => {
                    self.secrets.swap(0, at);
                    return Ok(Some(true));
                }
                Some(false) => {}
            }
        }
        Ok(Some(false))
    }

    /// Tells a wrong passphrase from a damaged file, once everything was tried. A damaged file may not even read.
    fn judge(&self, verified: Option<bool>) -> Result<(), Pkcs12Error> {
        match verified {
            Some(true) => Ok(()),
            // Only the right passphrase opens anything.
            Some(false) if self.opened > 0 => Err(Pkcs12Error::Altered),
            Some(false) => Err(Pkcs12Error::WrongPassphrase),
            None if self.opened == 0 && self.refused > 0 => Err(Pkcs12Error::WrongPassphrase),
            None => Ok(()),
        }
    }

    fn authenticated_safe(&mut self, content: &[u8]) -> Result<(), Pkcs12Error> {
        let der = definite(content)?;
        let infos = Element::only(&der).and_then(|safe| safe.sequence()).ok_or(Pkcs12Error::Malformed)?;
        for info in &infos {
            let (kind, content) = content_info(info).ok_or(Pkcs12Error::Malformed)?;
            if kind == oid::DATA {
                let content = content.and_then(|content| content.octets()).ok_or(Pkcs12Error::Malformed)?;
                self.safe_contents(content, false, 0)?;
            } else if kind == oid::ENCRYPTED_DATA {
                let content = content.ok_or(Pkcs12Error::Malformed)?;
                self.encrypted_data(&content)?;
            } else if kind == oid::ENVELOPED_DATA {
                self.found.unopened.push(Unopened::PublicKey);
            } else {
                return Err(Pkcs12Error::Malformed);
            }
        }
        Ok(())
    }

    /// `EncryptedData ::= SEQUENCE { version, EncryptedContentInfo, … }`, RFC 5652, section 8.
    fn encrypted_data(&mut self, data: &Element<'_>) -> Result<(), Pkcs12Error> {
        let parts = data.sequence().ok_or(Pkcs12Error::Malformed)?;
        let info = parts.get(1).and_then(Element::sequence).ok_or(Pkcs12Error::Malformed)?;
        let [_, algorithm, content] = info.as_slice() else {
            return Err(Pkcs12Error::Malformed);
        };
        let content = implicit_octets(content).ok_or(Pkcs12Error::Malformed)?;
        let scheme = match Scheme::read(algorithm) {
            Ok(scheme) => scheme,
            Err(error) => {
                self.found.unopened.push(Unopened::Scheme(bearable(error)?));
                return Ok(());
            }
        };
        if self.secrets.is_empty() {
            self.found.unopened.push(Unopened::NoPassphrase);
            return Ok(());
        }
        let looks_right = |clear: &[u8]| clear.first() == Some(&SEQUENCE) && definite(clear).is_ok();
        match self.decrypt(&scheme, &content, looks_right)? {
            Some(clear) => self.safe_contents(&clear, true, 0),
            None => {
                self.found.unopened.push(Unopened::OtherPassphrase);
                Ok(())
            }
        }
    }

    /// Tries each encoding of the passphrase; the one that opens comes first from then on.
    fn decrypt(
        &mut self,
        scheme: &Scheme,
        data: &[u8],
        looks_right: impl Fn(&[u8]) -> bool,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Pkcs12Error> {
        for at in 0..self.secrets.len() {
            let Some(secret) = untried(&self.secrets, at, |secret| scheme.material(secret)) else { continue };
            self.budget.spend(scheme.cost())?;
            if let Some(clear) = scheme.decrypt(secret, data).filter(|clear| looks_right(clear)) {
                self.secrets.swap(0, at);
                self.opened = self.opened.saturating_add(1);
                return Ok(Some(clear));
            }
        }
        self.refused = self.refused.saturating_add(1);
        Ok(None)
    }

    fn safe_contents(&mut self, content: &[u8], encrypted: bool, depth: usize) -> Result<(), Pkcs12Error> {
        if depth > MAX_NESTING {
            return Err(Pkcs12Error::TooDeep);
        }
        // It may hold a key in clear.
        let mut rewritten = Zeroizing::new(Vec::new());
        let der: &[u8] = match definite(content)? {
            Cow::Borrowed(der) => der,
            Cow::Owned(der) => {
                *rewritten = der;
                &rewritten
            }
        };
        let mut rest = Element::only(der)
            .filter(|contents| contents.raw.first() == Some(&SEQUENCE))
            .ok_or(Pkcs12Error::Malformed)?
            .content();
        while !rest.is_empty() {
            self.bags = self.bags.saturating_add(1);
            if self.bags > MAX_BAGS {
                return Err(Pkcs12Error::TooManyBags { most: MAX_BAGS });
            }
            let (after, bag) = Element::first(rest).ok_or(Pkcs12Error::Malformed)?;
            self.bag(&bag, encrypted, depth)?;
            rest = after;
        }
        Ok(())
    }

    fn bag(&mut self, bag: &Element<'_>, encrypted: bool, depth: usize) -> Result<(), Pkcs12Error> {
        let parts = bag.sequence().ok_or(Pkcs12Error::Malformed)?;
        let (kind, value, attributes) = match parts.as_slice() {
            [kind, value] => (kind, value, None),
            [kind, value, attributes] => (kind, value, Some(attributes)),
            _ => return Err(Pkcs12Error::Malformed),
        };
        let kind = kind.oid().ok_or(Pkcs12Error::Malformed)?;
        if !value.is_context(0) {
            return Err(Pkcs12Error::Malformed);
        }
        let value = value.content();
        let attributes = Attributes::read(attributes);
        if kind == oid::CERTIFICATE_BAG {
            match wrapped(value, &oid::X509_CERTIFICATE) {
                Some(der) => self.found.certificates.push(CertificateEntry {
                    der: der.to_vec(),
                    friendly_name: attributes.friendly_name,
                    local_key_id: attributes.local_key_id,
                    was_encrypted: encrypted,
                }),
                None => self.found.other_bags = self.found.other_bags.saturating_add(1),
            }
        } else if kind == oid::SHROUDED_KEY_BAG {
            let key = self.shrouded_key(value)?;
            let sealed = (!matches!(key, Key::Encrypted { .. })).then(|| value.to_vec());
            self.push_key(key, attributes, true, sealed);
        } else if kind == oid::KEY_BAG {
            self.push_key(clear_key(value), attributes, encrypted, None);
        } else if kind == oid::REVOCATION_LIST_BAG {
            match wrapped(value, &oid::X509_REVOCATION_LIST) {
                Some(der) => self.found.revocation_lists.push(der.to_vec()),
                None => self.found.other_bags = self.found.other_bags.saturating_add(1),
            }
        } else if kind == oid::SAFE_CONTENTS_BAG {
            self.safe_contents(value, encrypted, depth.saturating_add(1))?;
        } else {
            self.found.other_bags = self.found.other_bags.saturating_add(1);
        }
        Ok(())
    }

    fn push_key(&mut self, key: Key, attributes: Attributes, was_encrypted: bool, sealed: Option<Vec<u8>>) {
        let Attributes { friendly_name, local_key_id } = attributes;
        self.found.keys.push(KeyEntry { key, friendly_name, local_key_id, was_encrypted, sealed });
    }

    fn shrouded_key(&mut self, value: &[u8]) -> Result<Key, Pkcs12Error> {
        let still = |why| Key::Encrypted { der: value.to_vec(), why };
        let (scheme, data) = match open_any(value) {
            Ok(opened) => opened,
            Err(EncryptedKeyError::Malformed) => return Err(Pkcs12Error::Malformed),
            Err(error) => return Ok(still(Some(Unopened::Scheme(bearable(error)?)))),
        };
        if self.secrets.is_empty() {
            return Ok(still(None));
        }
        Ok(match self.decrypt(&scheme, data, has_shape_of_a_key)? {
            Some(clear) => clear_key(&clear),
            None => still(Some(Unopened::OtherPassphrase)),
        })
    }
}

/// The secret at this place, unless one before it gives the same octets.
fn untried(secrets: &[Secret], at: usize, material: impl Fn(&Secret) -> &[u8]) -> Option<&Secret> {
    let (before, from) = secrets.split_at_checked(at)?;
    let secret = from.first()?;
    (!before.iter().any(|other| material(other) == material(secret))).then_some(secret)
}

/// A derivation beyond the bounds refuses the whole file; another way to encrypt only leaves its part closed.
fn bearable(error: EncryptedKeyError) -> Result<EncryptedKeyError, Pkcs12Error> {
    match error {
        EncryptedKeyError::Rounds { .. } => Err(error.into()),
        error => Ok(error),
    }
}

fn clear_key(pkcs8: &[u8]) -> Key {
    match PrivateKey::from_pkcs8(pkcs8) {
        Ok(key) => Key::Usable(key),
        Err(error) => Key::Unusable { pkcs8: Zeroizing::new(pkcs8.to_vec()), error },
    }
}

fn definite(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Pkcs12Error> {
    ber::definite(bytes).map(|(der, _)| der).map_err(|error| match error {
        BerError::Malformed => Pkcs12Error::Malformed,
        BerError::TooDeep => Pkcs12Error::TooDeep,
        BerError::Truncated => Pkcs12Error::Truncated,
    })
}

/// `ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY OPTIONAL }`
fn content_info<'a>(info: &Element<'a>) -> Option<(Oid, Option<Element<'a>>)> {
    let parts = info.sequence()?;
    let kind = parts.first()?.oid()?;
    let content = match parts.get(1) {
        None => None,
        Some(content) if content.is_context(0) => Some(Element::only(content.content())?),
        Some(_) => return None,
    };
    Some((kind, content))
}

/// The octets of a `[0] IMPLICIT OCTET STRING`, in one piece or in chunks.
fn implicit_octets<'a>(element: &Element<'a>) -> Option<Cow<'a, [u8]>> {
    if !element.is_context(0) {
        return None;
    }
    if !element.is_constructed() {
        return Some(Cow::Borrowed(element.content()));
    }
    let mut rest = element.content();
    let mut octets = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let (after, chunk) = Element::first(rest)?;
        octets.extend_from_slice(chunk.octets()?);
        rest = after;
    }
    Some(Cow::Owned(octets))
}

/// The octets of a certBag or crlBag of this kind: `SEQUENCE { kind, [0] EXPLICIT OCTET STRING }`.
fn wrapped<'a>(bag: &'a [u8], kind: &Oid) -> Option<&'a [u8]> {
    let parts = Element::only(bag)?.sequence()?;
    let [found, value] = parts.as_slice() else {
        return None;
    };
    if found.oid().as_ref() != Some(kind) || !value.is_context(0) {
        return None;
    }
    Element::only(value.content())?.octets()
}

#[derive(Default)]
struct Attributes {
    friendly_name: Option<String>,
    local_key_id: Option<Vec<u8>>,
}

impl Attributes {
    /// `SET OF SEQUENCE { attrId OBJECT IDENTIFIER, attrValues SET }`. What does not read is passed over.
    fn read(set: Option<&Element<'_>>) -> Self {
        let mut found = Self::default();
        let set = set.filter(|set| set.is(Tag::Set)).and_then(Element::children);
        for attribute in set.unwrap_or_default() {
            let parts = attribute.sequence().unwrap_or_default();
            let [kind, values] = parts.as_slice() else { continue };
            let Some(value) = elements(values.content()).and_then(|values| values.into_iter().next()) else {
                continue;
            };
            let kind = kind.oid();
            if kind == Some(oid::LOCAL_KEY_ID) {
                found.local_key_id = value.octets().map(<[u8]>::to_vec);
            } else if kind == Some(oid::FRIENDLY_NAME) && value.is(Tag::BmpString) {
                let units = value.content().chunks_exact(2).map(|pair| match pair {
                    [high, low] => u16::from_be_bytes([*high, *low]),
                    _ => 0,
                });
                let units: Vec<u16> = units.collect();
                found.friendly_name = Some(String::from_utf16_lossy(&units));
            }
        }
        found
    }
}

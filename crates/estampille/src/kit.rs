//! A certificate with its key, in every form a machine reads.
//!
//! [`assemble`] opens what was given, looks for the chain, checks the certificate, writes each form, reads it back, and
//! only then hands it over. [`targets`] and [`for_target`] say what to do with it on which machine; they hold the only
//! rule on which machine reads which form.
//!
//! The chain comes from the files given (the official `.p7b`, the platform's `.p12`). A certificate that bears the name
//! or the key of an authority of the IGC-Santé is kept only when it is the known one, by its fingerprint; one of another
//! authority is kept when it did sign what stands below it, and the kit says so. The full chain goes up to the root when
//! it was given: a TLS server need not send it, but is allowed to (RFC 8446, section 4.4.2), and who builds a store from
//! this file needs it.

mod commands;
mod guide;
mod opened;
mod path;
mod readme;
mod there;

use messages::Locale;
use papers::zip::{self, Access, Entry};
use pki::{
    certificate::Certificate,
    engine::Engine,
    jks,
    key::PrivateKey,
    passphrase::Passphrase,
    pem,
    pkcs12::{self, Profile},
};
use profiles::{Authority, Purpose};
use vocabulary::{
    Error, Finding, Timestamp, Value, arranged,
    identifiers::{Fqdn, StructureId},
    sorted_places,
    topics::{errors::INVALID_INPUT, errors::INVALID_INPUT_WORD, failures, kits as topics},
};
use zeroize::Zeroizing;

use crate::{
    Context,
    calendar::{self, Due},
    certificate,
    contract::{
        AssembleInput, ByteOutput, ChainFile, ChainReport, CheckInput, CheckReport, FileInput,
        Finding as Told, Kit, KitFacts, KitFile, OfficialChain, Secret, findings,
    },
    failure, file_stem, material,
    passphrase::{Strength, strength},
    passport,
};
use opened::Opened;
use path::Path;

pub use guide::{Target, files, for_target, targets};
pub use there::on_server;

/// The shortest passphrase of a kit, in characters: keytool takes none shorter.
pub const SHORTEST_PASSPHRASE: usize = 6;

/// Where a site that was built with the official chain has it, beside the page: PEM, to be given as `chain`.
pub const BUILT_IN_CHAIN: &str = "igc-sante-chain.pem";

/// The longest name shown by Windows, in characters.
const LONGEST_FRIENDLY_NAME: usize = 128;

/// Makes the kit of a certificate and its key.
///
/// `random` fills a buffer with random octets, or says that it cannot.
///
/// # Errors
///
/// `key-mismatch`, `private-key-required`; `wrong-passphrase` and `passphrase-required` (of the key or the container, at
/// `passphrase`); at `outputPassphrase`, `passphrase-required` when it is empty, `weak-passphrase` under
/// [`SHORTEST_PASSPHRASE`] characters, `passphrase-charset` for the legacy form; `not-a-certificate`, `not-a-private-key`
/// and the other codes of what does not read. A certificate that has expired, was revoked or does not pass its check
/// still makes a kit, which says so.
pub async fn assemble(
    context: &Context<'_, impl Engine>,
    mut random: impl FnMut(&mut [u8]) -> bool,
    input: AssembleInput,
) -> Result<Kit, Error> {
    let profile = profile(input.profile.as_deref())?;
    let passphrase = output_passphrase(input.output_passphrase.as_ref(), profile)?;
    let friendly_name = friendly_name(input.friendly_name.as_deref())?;
    let opened = opened::open(context.engine, &input).await?;
    let Opened { leaf, beside, key, key_in_clear, mut notes } = opened;
    let path = path::find(context.engine, &leaf, beside).await;

    let report = report(context, &leaf, &path, input.crls).await?;
    notes.extend(path.findings());
    notes.extend(passphrase_notes(&passphrase, profile));
    if key_in_clear {
        notes.push(Finding::info(topics::KEY_IN_CLEAR));
    }
    let findings = told(context, &report, notes);

    let facts = facts(context, &leaf, &path, profile);
    let label = friendly_name.unwrap_or_else(|| facts.file_stem.clone());
    let parts = Parts { leaf: &leaf, key: &key, path: &path, passphrase: &passphrase };
    let pkcs12 = parts.pkcs12(profile, &label, &mut random)?;
    let truststore = parts.truststore(context.now, &facts)?;
    let key_pem = parts.key_pem(context.engine).await?;
    let full_chain = parts.full_chain();

    let readme = readme::write(
        context.locale,
        context.now,
        &readme::Subject {
            name: &leaf.common_name().unwrap_or_else(|| leaf.subject().rfc4514()),
            product: report.certificate.product.as_deref(),
            structure: report.certificate.structure_id.as_deref(),
            passport: &passport::write(&leaf),
            not_before: Timestamp(leaf.not_before()),
            not_after: Timestamp(leaf.not_after()),
            is_igc: Authority::by_subject(&leaf.issuer().rfc4514())
                .is_some_and(|authority| !authority.former),
        },
        &files(context.locale, &facts),
        &facts,
        &findings,
    );
    let calendar = calendar::write(context.locale, context.now, vec![Due::of_certificate(&leaf)]);
    let files = files(context.locale, &facts);
    let leaf_pem = pem::encode(pem::CERTIFICATE, leaf.raw());
    let chain_pem = parts.chain();
    let contents = |file: &KitFile| -> Vec<u8> {
        match &*file.role {
            "pkcs12" => pkcs12.clone(),
            "key" => key_pem.as_bytes().to_vec(),
            "leaf" => leaf_pem.as_bytes().to_vec(),
            "full-chain" => full_chain.as_bytes().to_vec(),
            "chain" => chain_pem.as_bytes().to_vec(),
            "truststore" => truststore.clone().unwrap_or_default(),
            "authority" => path.file(&facts, &file.name).map(<[u8]>::to_vec).unwrap_or_default(),
            "calendar" => calendar.as_bytes().to_vec(),
            _ => readme.as_bytes().to_vec(),
        }
    };
    let zip = archive(&files, contents, context.now)?;
    let zip_sha256 = pki::digest::sha256(&zip);
    Ok(Kit {
        pkcs12: ByteOutput(pkcs12),
        full_chain_pem: full_chain,
        encrypted_private_key_pem: key_pem,
        truststore_jks: truststore.map(ByteOutput),
        zip: ByteOutput(zip.to_vec()),
        findings,
        files,
        facts,
        certificate_sha256: leaf.sha256(),
        zip_sha256,
    })
}

/// What a chain file (the official `.p7b`, a truststore, PEM…) holds of the IGC-Santé, by the pinned fingerprints: a page
/// may remember that, and give it with every certificate.
///
/// # Errors
///
/// `not-a-certificate` at `chain` when the file holds no certificate.
pub fn official_chain(locale: Locale, file: &FileInput) -> Result<OfficialChain, Error> {
    let (path, found) = path::official(material::certificates(file, "chain")?);
    let pem = path.certificates.iter().map(|one| pem::encode(pem::CERTIFICATE, one.raw())).collect();
    Ok(OfficialChain { pem, authorities: path.authorities(), findings: findings(locale, &found) })
}

/// The content of a file of a kit, as it is in its archive.
pub fn content<'a>(kit: &'a Kit, file: &KitFile) -> Option<&'a [u8]> {
    // Its name depends on the language it was made in.
    let fits = |made: &&KitFile| made.role == file.role && (made.name == file.name || made.role == "readme");
    zip::content(&kit.zip.0, &kit.files.iter().find(fits)?.name)
}

/// What is known of the chain of a certificate, without its key: what was found of it among the files at hand, and
/// where the rest is published.
///
/// # Errors
///
/// `not-a-certificate` at `certificate`, and at `chain` for a file that holds none.
pub async fn chain(
    context: &Context<'_, impl Engine>,
    certificate: &FileInput,
    files: &[FileInput],
) -> Result<ChainReport, Error> {
    let (leaf, mut beside) = material::leaf(certificate, "certificate")?;
    for file in files {
        beside.extend(material::certificates(file, "chain")?);
    }
    beside.retain(Certificate::is_ca);
    let path = path::find(context.engine, &leaf, beside).await;
    let files = path.authorities().into_iter().zip(&path.certificates);
    Ok(ChainReport {
        is_complete: path.is_complete(),
        files: files
            .map(|(authority, found)| ChainFile { authority, der: ByteOutput(found.raw().to_vec()) })
            .collect(),
        address: path.address().map(str::to_owned),
        findings: findings(context.locale, &path.findings()),
    })
}

fn profile(word: Option<&str>) -> Result<Profile, Error> {
    match word {
        None | Some("modern") => Ok(Profile::Modern),
        Some("legacy") => Ok(Profile::Legacy),
        Some(other) => {
            let found: String = other.chars().take(40).collect();
            let allowed = vec!["modern".to_owned(), "legacy".to_owned()];
            Err(Error::at(INVALID_INPUT_WORD, "profile").with("found", found).with("allowed", allowed))
        }
    }
}

fn output_passphrase(secret: Option<&Secret>, profile: Profile) -> Result<Passphrase, Error> {
    const FIELD: &str = "outputPassphrase";
    let text = secret.map(Secret::expose).unwrap_or_default();
    if text.is_empty() {
        return Err(Error::at(topics::PASSPHRASE_REQUIRED, FIELD));
    }
    let passphrase = Passphrase::new(text.to_owned());
    if profile == Profile::Legacy && !passphrase.is_printable_ascii() {
        return Err(Error::at(topics::PASSPHRASE_CHARSET, FIELD));
    }
    if text.chars().count() < SHORTEST_PASSPHRASE {
        return Err(Error::at(topics::PASSPHRASE_SHORT, FIELD).with("most", SHORTEST_PASSPHRASE));
    }
    Ok(passphrase)
}

fn passphrase_notes(passphrase: &Passphrase, profile: Profile) -> Vec<Finding> {
    let mut notes = Vec::new();
    if strength(passphrase.as_str()) == Strength::TooWeak {
        notes.push(Finding::warning(topics::PASSPHRASE_WEAK));
    }
    if profile == Profile::Legacy {
        notes.push(Finding::warning(topics::LEGACY));
    } else if !passphrase.is_printable_ascii() {
        notes.push(Finding::warning(topics::PASSPHRASE_JAVA));
    }
    notes
}

/// What Windows shows and Java calls its alias; nothing when nothing was typed.
fn friendly_name(text: Option<&str>) -> Result<Option<String>, Error> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > LONGEST_FRIENDLY_NAME || text.contains(char::is_control) {
        return Err(Error::at(topics::FRIENDLY_NAME, "friendlyName"));
    }
    Ok(Some(text.to_owned()))
}

/// The check of the certificate, with the chain that was found.
async fn report(
    context: &Context<'_, impl Engine>,
    leaf: &Certificate,
    path: &Path,
    crls: Option<Vec<FileInput>>,
) -> Result<CheckReport, Error> {
    let file = |certificate: &Certificate| FileInput::new(certificate.raw().to_vec());
    let input = CheckInput {
        certificate: Some(file(leaf)),
        chain: Some(path.certificates.iter().map(file).collect()),
        crls,
        ..CheckInput::default()
    };
    certificate::check(context, input).await
}

/// The findings of the kit and those of the check that matter to whoever installs it, gravest first.
fn told(context: &Context<'_, impl Engine>, report: &CheckReport, mut notes: Vec<Finding>) -> Vec<Told> {
    if report.verdict == "fail" {
        let worst = report.findings.iter().find(|finding| finding.severity == "error");
        let reason = worst.map(|finding| finding.title.clone()).unwrap_or_default();
        notes.insert(0, Finding::error(topics::UNFIT).with("reason", reason));
    }
    let matters = |finding: &&Told| ["error", "warning"].contains(&&*finding.severity);
    let mut all = findings(context.locale, &notes);
    all.extend(report.findings.iter().filter(matters).cloned());
    let rank = |finding: &Told| match &*finding.severity {
        "error" => 0,
        "warning" => 1,
        "info" => 2,
        _ => 3,
    };
    let gravest_first = sorted_places(all.len(), &|a, b| all.get(a).map(rank).cmp(&all.get(b).map(rank)));
    arranged(all, &gravest_first)
}

fn facts(context: &Context<'_, impl Engine>, leaf: &Certificate, path: &Path, profile: Profile) -> KitFacts {
    let purposes = leaf.extensions().extended_key_usage();
    // Without any purpose, a certificate serves all (RFC 5280, section 4.2.1.12).
    let has = |name: &str| {
        purposes.is_empty() || purposes.iter().any(|oid| Purpose::name_of(oid.as_str()) == Some(name))
    };
    let name = leaf.common_name();
    let id = leaf.subject().values_of("OU").into_iter().find_map(|ou| StructureId::parse(&ou));
    let host = || {
        let names = leaf.extensions().dns_names();
        let mut names = name.as_deref().into_iter().chain(names);
        names.find_map(Fqdn::parse).map(|host| host.as_str().to_owned())
    };
    let serves = has("serverAuth");
    KitFacts {
        file_stem: file_stem::of(
            checks::recognise(leaf).product,
            name.as_deref().unwrap_or_default(),
            id.as_ref().map(StructureId::number),
            Some(context.now.date()),
        ),
        host: if serves { host() } else { None },
        profile: match profile {
            Profile::Legacy => "legacy".into(),
            Profile::Modern => "modern".into(),
        },
        serves,
        calls: has("clientAuth"),
        sha1: leaf.sha1(),
        authorities: path.authorities(),
    }
}

/// What every form is written from.
struct Parts<'a> {
    leaf: &'a Certificate,
    key: &'a PrivateKey,
    path: &'a Path,
    passphrase: &'a Passphrase,
}

impl Parts<'_> {
    /// The PKCS #12, read back and compared.
    fn pkcs12(
        &self,
        profile: Profile,
        label: &str,
        random: &mut impl FnMut(&mut [u8]) -> bool,
    ) -> Result<Vec<u8>, Error> {
        let mut octets = Zeroizing::new([0; pkcs12::RANDOM_OCTETS]);
        if !random(octets.as_mut_slice()) {
            return Err(Error::new(failures::NO_RANDOMNESS));
        }
        let chain: Vec<&[u8]> = self.path.certificates.iter().map(Certificate::raw).collect();
        let content = pkcs12::Content {
            key: self.key,
            certificate: self.leaf.raw(),
            chain: &chain,
            friendly_name: Some(label),
        };
        let written =
            pkcs12::write(&content, self.passphrase, profile, &octets).map_err(|error| match error {
                pkcs12::WriteError::PassphraseCharset => {
                    Error::at(topics::PASSPHRASE_CHARSET, "outputPassphrase")
                }
                pkcs12::WriteError::PassphraseEmpty => {
                    Error::at(topics::PASSPHRASE_REQUIRED, "outputPassphrase")
                }
                _ => Error::new(topics::NOT_READ_BACK),
            })?;
        let read = pkcs12::read(&written, Some(self.passphrase)).map_err(|_| unread())?;
        let certificates = read.certificates.iter().map(|entry| entry.der.as_slice());
        let expected = core::iter::once(self.leaf.raw()).chain(chain.iter().copied());
        let key = match read.keys.as_slice() {
            [entry] => match &entry.key {
                pkcs12::Key::Usable(key) => Some(key),
                _ => None,
            },
            _ => None,
        };
        let same_key = key.is_some_and(|key| key.pkcs8() == self.key.pkcs8());
        if same_key && read.unopened.is_empty() && certificates.eq(expected) {
            Ok(written)
        } else {
            Err(unread())
        }
    }

    /// The truststore, read back and compared; none without a chain.
    fn truststore(&self, now: Timestamp, facts: &KitFacts) -> Result<Option<Vec<u8>>, Error> {
        if self.path.certificates.is_empty() {
            return Ok(None);
        }
        let entries: Vec<(&str, &[u8])> = facts
            .authorities
            .iter()
            .zip(&self.path.certificates)
            .map(|(authority, certificate)| (authority.file_name.trim_end_matches(".cer"), certificate.raw()))
            .collect();
        let milliseconds = u64::try_from(now.0.saturating_mul(1000)).unwrap_or_default();
        let written = jks::write_truststore(&entries, self.passphrase, milliseconds).map_err(|_| unread())?;
        let read = jks::read(&written).map_err(|_| unread())?;
        let expected = self.path.certificates.iter().map(Certificate::raw);
        let same = read.certificates().eq(expected) && jks::is_intact(&written, self.passphrase);
        if same { Ok(Some(written)) } else { Err(unread()) }
    }

    /// The encrypted key, opened again and compared.
    async fn key_pem(&self, engine: &impl Engine) -> Result<String, Error> {
        let failed = |error| failure::engine(&error, "privateKey", "outputPassphrase");
        let encrypted = engine.encrypt(self.key, self.passphrase).await.map_err(failed)?;
        let opened = engine.decrypt(&encrypted, self.passphrase).await.map_err(failed)?;
        if opened.public_key() != self.key.public_key() {
            return Err(unread());
        }
        Ok(pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &encrypted))
    }

    fn full_chain(&self) -> String {
        pem::encode(pem::CERTIFICATE, self.leaf.raw()) + &self.chain()
    }

    fn chain(&self) -> String {
        let parts = self.path.certificates.iter();
        parts.map(|certificate| pem::encode(pem::CERTIFICATE, certificate.raw())).collect()
    }
}

fn unread() -> Error {
    Error::new(topics::NOT_READ_BACK)
}

fn archive(
    files: &[KitFile],
    contents: impl Fn(&KitFile) -> Vec<u8>,
    now: Timestamp,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let contents: Vec<Vec<u8>> = files.iter().map(contents).collect();
    let entries: Vec<Entry<'_>> = files
        .iter()
        .zip(&contents)
        .map(|(file, content)| Entry {
            name: &file.name,
            content,
            access: if file.secret { Access::OwnerOnly } else { Access::Everyone },
        })
        .collect();
    zip::write(&entries, now).map_err(|_| unread())
}

/// A fingerprint short enough to be compared by eye.
fn short(fingerprint: &str) -> Value {
    Value::from(fingerprint.get(..12).unwrap_or(fingerprint))
}

/// What is required and was not given.
fn required(field: &str) -> Error {
    Error::at(INVALID_INPUT, field)
}

//! The chain of a kit: of the certificates at hand, those that signed the certificate, one above the other.

use pki::{
    certificate::Certificate,
    engine::Engine,
    signature::{SignatureOutcome, SignatureTask},
};
use profiles::Authority;
use vocabulary::{Finding, topics::kits as topics};

use crate::{
    contract::{KitAuthority, KitFacts},
    file_stem,
};

/// The most authorities above a certificate.
const MAX_DEPTH: usize = 8;

/// The most certificates of one name that are tried.
const MAX_TRIED: usize = 16;

/// The most names a finding lists.
const MAX_NAMED: usize = 8;

/// The chain that was found, and what is to be said of it.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// The issuer of the certificate first, up to the root when it is there.
    pub(super) certificates: Vec<Certificate>,
    missing: Option<Missing>,
    not_pinned: Vec<String>,
    unrelated: Vec<String>,
    given: Vec<String>,
}

/// What stands above the last certificate that was found.
#[derive(Debug)]
enum Missing {
    /// An authority of the IGC-Santé: its key is known and made the signature.
    Official(&'static Authority),
    /// Another one, by the name it goes by.
    Other(String),
}

/// Looks for it. A signature is what makes a step; names only say where to look.
pub(super) async fn find(engine: &impl Engine, leaf: &Certificate, beside: Vec<Certificate>) -> Path {
    let mut path = Path::default();
    let mut pool = Vec::new();
    for certificate in beside {
        if pool.iter().any(|other: &Certificate| other.raw() == certificate.raw()) {
            continue;
        }
        if is_impostor(&certificate) {
            push_name(&mut path.not_pinned, &certificate);
        } else {
            pool.push(certificate);
        }
    }
    let mut current = leaf.clone();
    for _ in 0..MAX_DEPTH {
        let candidates: Vec<usize> = pool
            .iter()
            .enumerate()
            .filter(|(_, ca)| ca.subject() == current.issuer() && ca.raw() != current.raw())
            .map(|(place, _)| place)
            .take(MAX_TRIED)
            .collect();
        let Some(place) = signer(engine, &current, &pool, &candidates).await else { break };
        let found = pool.remove(place);
        if !is_pinned(&found) {
            push_name(&mut path.given, &found);
        }
        current = found.clone();
        path.certificates.push(found);
        if current.is_self_issued() {
            break;
        }
    }
    if path.certificates.is_empty() || !current.is_self_issued() {
        path.missing = Some(missing(engine, &current).await);
    }
    // The official file holds every authority; that most of them did not sign this certificate is no news.
    for certificate in pool.iter().filter(|certificate| !is_pinned(certificate)) {
        push_name(&mut path.unrelated, certificate);
    }
    path
}

/// What a file holds of the official chain: each authority known by its fingerprint, once.
pub(super) fn official(all: Vec<Certificate>) -> (Path, Vec<Finding>) {
    let mut path = Path::default();
    for certificate in all {
        if path.certificates.iter().any(|known| known.raw() == certificate.raw()) {
            continue;
        }
        if pinned(&certificate).is_some_and(|authority| !authority.former) {
            path.certificates.push(certificate);
        } else if is_impostor(&certificate) {
            push_name(&mut path.not_pinned, &certificate);
        } else {
            push_name(&mut path.unrelated, &certificate);
        }
    }
    let names: Vec<String> = path.certificates.iter().map(name_of).collect();
    let mut findings = Vec::new();
    if names.is_empty() {
        let others = path.not_pinned.iter().chain(&path.unrelated).cloned().collect::<Vec<_>>();
        findings.push(Finding::warning(topics::CHAIN_NOT_OFFICIAL).with("names", others));
    } else {
        let known = Finding::ok(topics::CHAIN_OFFICIAL);
        findings.push(known.with("count", names.len()).with("names", names));
    }
    if !path.not_pinned.is_empty() {
        findings.push(Finding::warning(topics::CHAIN_NOT_PINNED).with("names", path.not_pinned.clone()));
    }
    (path, findings)
}

impl Path {
    /// What is to be said of it.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        match &self.missing {
            Some(Missing::Official(authority)) => {
                let above = core::iter::successors(Some(*authority), |authority| authority.issuer());
                let names: Vec<String> = above.map(|authority| authority.name().to_owned()).collect();
                let address = authority.chain_address().unwrap_or_default();
                let finding = Finding::warning(topics::CHAIN_MISSING);
                findings.push(finding.with("missing", names).with("address", address));
            }
            Some(Missing::Other(name)) => {
                findings.push(Finding::warning(topics::CHAIN_MISSING_OTHER).with("missing", name.as_str()));
            }
            None => {}
        }
        if !self.not_pinned.is_empty() {
            findings.push(Finding::warning(topics::CHAIN_NOT_PINNED).with("names", self.not_pinned.clone()));
        }
        if !self.given.is_empty() {
            findings.push(Finding::warning(topics::CHAIN_GIVEN).with("names", self.given.clone()));
        }
        if !self.unrelated.is_empty() {
            findings.push(Finding::info(topics::CHAIN_UNRELATED).with("names", self.unrelated.clone()));
        }
        findings
    }

    /// Whether it goes up to a root.
    pub(super) const fn is_complete(&self) -> bool {
        self.missing.is_none()
    }

    /// Where the official file of what is missing is published.
    pub(super) fn address(&self) -> Option<&'static str> {
        match &self.missing {
            Some(Missing::Official(authority)) => authority.chain_address(),
            _ => None,
        }
    }

    /// The authorities, each with the name of its file: the official stem, else one made of its name.
    pub(super) fn authorities(&self) -> Vec<KitAuthority> {
        let mut authorities: Vec<KitAuthority> = Vec::new();
        for certificate in &self.certificates {
            let name = name_of(certificate);
            let stem = match pinned(certificate) {
                Some(authority) => authority.stem.to_owned(),
                None => match file_stem::slug(&name) {
                    slug if slug.is_empty() => "ca".to_owned(),
                    slug => slug,
                },
            };
            let taken =
                |name: &str| authorities.iter().any(|other| other.file_name.eq_ignore_ascii_case(name));
            let names = (1_usize..).map(|number| match number {
                1 => format!("{stem}.cer"),
                _ => format!("{stem}-{number}.cer"),
            });
            let file_name = names.take(MAX_DEPTH.saturating_add(1)).find(|name| !taken(name));
            let is_root = certificate.is_self_issued();
            authorities.push(KitAuthority { file_name: file_name.unwrap_or_default(), name, is_root });
        }
        authorities
    }

    /// The DER of the authority in this file.
    pub(super) fn file(&self, facts: &KitFacts, name: &str) -> Option<&[u8]> {
        let place = facts.authorities.iter().position(|authority| authority.file_name == name)?;
        self.certificates.get(place).map(Certificate::raw)
    }
}

/// The first of these that signed the certificate.
async fn signer(
    engine: &impl Engine,
    certificate: &Certificate,
    pool: &[Certificate],
    candidates: &[usize],
) -> Option<usize> {
    let tasks: Vec<SignatureTask> = candidates
        .iter()
        .filter_map(|place| pool.get(*place))
        .map(|ca| certificate.signature_task(ca.public_key().spki()))
        .collect();
    if tasks.is_empty() {
        return None;
    }
    let outcomes = engine.verify(&tasks).await;
    let valid = outcomes.iter().position(|outcome| *outcome == SignatureOutcome::Valid)?;
    candidates.get(valid).copied()
}

async fn missing(engine: &impl Engine, certificate: &Certificate) -> Missing {
    let issuer = certificate.issuer().rfc4514();
    let named = Authority::by_subject(&issuer).filter(|authority| !authority.former);
    if let Some(authority) = named {
        let task = certificate.signature_task(authority.public_key());
        if engine.verify(&[task]).await.first() == Some(&SignatureOutcome::Valid) {
            return Missing::Official(authority);
        }
    }
    let name = certificate.issuer().common_name().unwrap_or(issuer);
    Missing::Other(name.chars().take(120).collect())
}

/// Whether it bears the name or the key of an authority of the IGC-Santé, and is not its certificate.
fn is_impostor(certificate: &Certificate) -> bool {
    let claims = Authority::by_subject(&certificate.subject().rfc4514()).is_some()
        || Authority::by_public_key(certificate.public_key().spki()).is_some();
    claims && !is_pinned(certificate)
}

fn is_pinned(certificate: &Certificate) -> bool {
    pinned(certificate).is_some()
}

fn pinned(certificate: &Certificate) -> Option<&'static Authority> {
    let authority = Authority::by_public_key(certificate.public_key().spki())?;
    let sha256: String = authority.sha256().iter().map(|octet| format!("{octet:02x}")).collect();
    (sha256 == certificate.sha256()).then_some(authority)
}

fn push_name(names: &mut Vec<String>, certificate: &Certificate) {
    if names.len() < MAX_NAMED {
        names.push(name_of(certificate));
    }
}

fn name_of(certificate: &Certificate) -> String {
    let name = certificate.common_name().unwrap_or_else(|| certificate.subject().rfc4514());
    name.chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path as FilePath, PathBuf};

    use pki::{
        block_on, file,
        rustcrypto::{Randomness, RandomnessError, RustCrypto},
    };
    use vocabulary::Severity;

    use super::*;

    fn engine() -> RustCrypto<impl Randomness> {
        RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError))
    }

    fn real(name: &str) -> Option<Certificate> {
        let beside = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
        let folder = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or(beside, PathBuf::from);
        let Ok(bytes) = std::fs::read(folder.join("igc-sante").join(name)) else {
            println!("no real certificates: set ESTAMPILLE_REAL_DATA; this test proved nothing");
            return None;
        };
        file::read(&bytes).unwrap().certificates().next().cloned()
    }

    /// A TEST leaf, its authority, the root; the production twins of these two.
    fn hierarchy() -> Option<[Certificate; 5]> {
        Some([
            real("end-entity/test-el-org-auth-cli-insi-auto-2021.pem")?,
            real("ca/test-ac-elementaire-organisations.pem")?,
            real("ca/test-ac-racine-elementaire.pem")?,
            real("ca/prod-ac-elementaire-organisations.pem")?,
            real("ca/prod-ac-racine-elementaire.pem")?,
        ])
    }

    fn search(leaf: &Certificate, beside: &[&Certificate]) -> Path {
        let beside = beside.iter().map(|certificate| (*certificate).clone()).collect();
        block_on(find(&engine(), leaf, beside)).unwrap()
    }

    #[test]
    fn the_official_chain_is_taken_without_a_word() {
        let Some([leaf, authority, root, other, other_root]) = hierarchy() else { return };
        let path = search(&leaf, &[&other_root, &root, &other, &authority, &authority]);
        assert_eq!(path.certificates, [authority, root]);
        assert_eq!(path.findings(), []);
        let names: Vec<_> = path.authorities().into_iter().map(|one| (one.file_name, one.is_root)).collect();
        assert_eq!(names, [("ACI-EL-ORG-TEST.cer".to_owned(), false), ("ACR-EL-TEST.cer".to_owned(), true)]);
    }

    #[test]
    fn what_is_missing_is_named_with_its_address() {
        let Some([leaf, authority, root, other, _]) = hierarchy() else { return };
        for (beside, names) in [
            (vec![], vec![&authority, &root]),
            (vec![&root, &other], vec![&authority, &root]),
            (vec![&authority], vec![&root]),
        ] {
            let path = search(&leaf, &beside);
            let [finding] = path.findings().try_into().unwrap();
            assert_eq!((finding.topic, finding.severity), (topics::CHAIN_MISSING, Severity::Warning));
            let names: Vec<String> = names.iter().map(|certificate| name_of(certificate)).collect();
            let said = messages::finding(messages::Locale::Fr, &finding);
            assert!(said.detail.unwrap().contains(&names.join(", ")));
            assert!(said.action.unwrap().contains("AC%20TEST/Chaine_de_certification-IGC-Sante-TEST.p7b"));
        }
        let Some(server) = real("end-entity/prod-el-serv-ssl-admin-hub-esante-gouv-fr-2023.pem") else {
            return;
        };
        let [finding] = search(&server, &[]).findings().try_into().unwrap();
        let said = messages::finding(messages::Locale::Fr, &finding).action.unwrap();
        assert!(
            said.contains("http://igc-sante.esante.gouv.fr/AC/Chaine_de_certification-IGC-Sante.p7b"),
            "{said}"
        );
    }

    #[test]
    fn the_known_key_in_another_certificate_is_left_out() {
        let Some([leaf, authority, root, ..]) = hierarchy() else { return };
        // The same certificate with another signature: same name, same key, another fingerprint.
        let mut der = authority.raw().to_vec();
        let last = der.len() - 1;
        der[last] ^= 1;
        let altered = Certificate::read(&der).unwrap();
        let path = search(&leaf, &[&altered, &root]);
        assert_eq!(path.certificates, []);
        let found: Vec<_> = path.findings().into_iter().map(|finding| finding.topic).collect();
        assert_eq!(found, [topics::CHAIN_MISSING, topics::CHAIN_NOT_PINNED]);
        // Beside the true one, it changes nothing but is told.
        let path = search(&leaf, &[&altered, &authority, &root]);
        assert_eq!(path.certificates, [authority, root]);
        assert_eq!(path.findings().len(), 1);
    }

    #[test]
    fn an_official_file_is_told_from_another() {
        let Some([leaf, authority, root, other, other_root]) = hierarchy() else { return };
        let all = vec![root.clone(), authority.clone(), root.clone(), other, other_root];
        let (path, findings) = official(all);
        assert_eq!((path.certificates.len(), findings.len()), (4, 1));
        assert_eq!((findings[0].topic, findings[0].severity), (topics::CHAIN_OFFICIAL, Severity::Ok));
        let mut der = authority.raw().to_vec();
        let last = der.len() - 1;
        der[last] ^= 1;
        let (path, findings) = official(vec![Certificate::read(&der).unwrap(), leaf]);
        assert_eq!(path.certificates.len(), 0);
        let found: Vec<_> = findings.into_iter().map(|finding| finding.topic).collect();
        assert_eq!(found, [topics::CHAIN_NOT_OFFICIAL, topics::CHAIN_NOT_PINNED]);
    }

    #[test]
    fn a_forged_leaf_finds_no_official_chain() {
        let Some([leaf, authority, root, ..]) = hierarchy() else { return };
        let mut der = leaf.raw().to_vec();
        let last = der.len() - 1;
        der[last] ^= 1;
        let forged = Certificate::read(&der).unwrap();
        let path = search(&forged, &[&authority, &root]);
        assert_eq!(path.certificates, []);
        let [finding] = path.findings().try_into().unwrap();
        assert_eq!(finding.topic, topics::CHAIN_MISSING_OTHER);
    }
}

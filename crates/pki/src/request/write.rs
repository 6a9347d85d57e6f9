//! Writing a request with rcgen, whose signer is synchronous, with an engine, which is not:
//! a first pass records the bytes to sign, the engine signs them, a second pass replays the
//! signature.

use std::cell::RefCell;
use std::fmt;

use rcgen::{CertificateParams, DnType, DnValue, PKCS_RSA_SHA256, PublicKeyData, SanType};

use super::read::CertificationRequest;
use crate::engine::{Engine, EngineError};
use crate::key::{PrivateKey, PublicKey};
use crate::name::{Subject, SubjectField};
use crate::pem;
use crate::signature::SignatureOutcome;

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestContent {
    /// Whom the certificate shall name.
    pub subject: Subject,
    /// Names for the subjectAltName of an extensionRequest; none, and no attribute is written.
    pub alternative_names: AlternativeNames,
}

/// Alternative names, written in this order: host names, then mail addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlternativeNames {
    dns: Vec<String>,
    emails: Vec<String>,
}

/// The most alternative names of one request.
const MAX_NAMES: usize = 200;

/// The longest alternative name, in octets: the bound of a host name (RFC 1035) and of a mail
/// address (RFC 5321) are below.
const MAX_NAME: usize = 320;

impl AlternativeNames {
    /// Checks that each name can be encoded (an IA5String: visible ASCII, not empty, of a bounded
    /// length; a mail address has an at sign) and that there are not too many. Whether a name is a
    /// *good* one is for others to say.
    pub fn new(dns: Vec<String>, emails: Vec<String>) -> Result<Self, CsrError> {
        let count = dns.len().saturating_add(emails.len());
        if count > MAX_NAMES {
            return Err(CsrError::TooManyNames { found: count, most: MAX_NAMES });
        }
        let encodable = |name: &String| {
            !name.is_empty() && name.len() <= MAX_NAME && name.bytes().all(|byte| byte.is_ascii_graphic())
        };
        let bad_host = dns.iter().find(|name| !encodable(name));
        let bad_mail = || emails.iter().find(|mail| !(encodable(mail) && mail.contains('@')));
        if let Some(name) = bad_host.or_else(bad_mail) {
            return Err(CsrError::BadName { name: name.clone() });
        }
        Ok(Self { dns, emails })
    }

    /// The host names.
    pub fn dns(&self) -> &[String] {
        &self.dns
    }

    /// The mail addresses.
    pub fn emails(&self) -> &[String] {
        &self.emails
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.dns.is_empty() && self.emails.is_empty()
    }
}

/// A request that was written, read back and verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csr {
    request: CertificationRequest,
}

impl Csr {
    /// DER.
    pub fn der(&self) -> &[u8] {
        self.request.raw()
    }

    /// PEM.
    pub fn pem(&self) -> String {
        pem::encode(pem::CERTIFICATE_REQUEST, self.request.raw())
    }

    /// The same, as read back.
    pub fn request(&self) -> &CertificationRequest {
        &self.request
    }
}

/// Writes a request, signed with RSASSA-PKCS1-v1_5 and SHA-256.
///
/// Before it is returned, the result is read back: the part that is signed is byte for byte what
/// the engine signed, the subject and the key are those asked for, and the signature verifies.
pub async fn create(
    content: &RequestContent,
    key: &PrivateKey,
    engine: &impl Engine,
) -> Result<Csr, CsrError> {
    let parameters = parameters(content)?;
    let recorder = Recorder::new(key.public_key())?;
    parameters.serialize_request(&recorder).map_err(|_| CsrError::Encoding)?;
    let message = recorder.message.into_inner();

    let signature = engine.sign(key, &message).await?;

    let replayer = Replayer { key: key.public_key(), message: &message, signature };
    let der = parameters.serialize_request(&replayer).map_err(|_| CsrError::Encoding)?;
    let request = CertificationRequest::read_der(der.der()).map_err(|_| CsrError::Encoding)?;
    let faithful = request.tbs() == message
        && request.subject().raw() == content.subject.distinguished_name().raw()
        && request.public_key() == key.public_key();
    if !faithful {
        return Err(CsrError::Encoding);
    }
    match engine.verify(&[request.signature_task()]).await.as_slice() {
        [SignatureOutcome::Valid] => Ok(Csr { request }),
        _ => Err(CsrError::SelfCheck),
    }
}

fn parameters(content: &RequestContent) -> Result<CertificateParams, CsrError> {
    let mut parameters = CertificateParams::default();
    // The default names it "rcgen self signed cert".
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    for (field, value) in content.subject.parts() {
        let (kind, value) = match field {
            SubjectField::Country => {
                let value = value.try_into().map_err(|_| CsrError::Encoding)?;
                (DnType::CountryName, DnValue::PrintableString(value))
            }
            SubjectField::State => (DnType::StateOrProvinceName, utf8(value)),
            SubjectField::Organization => (DnType::OrganizationName, utf8(value)),
            SubjectField::OrganizationalUnit => (DnType::OrganizationalUnitName, utf8(value)),
            SubjectField::CommonName => (DnType::CommonName, utf8(value)),
        };
        parameters.distinguished_name.push(kind, value);
    }
    let ia5 = |name: &String| name.as_str().try_into().map_err(|_| CsrError::Encoding);
    for name in content.alternative_names.dns() {
        let name = SanType::DnsName(ia5(name)?);
        parameters.subject_alt_names.push(name);
    }
    for name in content.alternative_names.emails() {
        let name = SanType::Rfc822Name(ia5(name)?);
        parameters.subject_alt_names.push(name);
    }
    Ok(parameters)
}

fn utf8(value: &str) -> DnValue {
    DnValue::Utf8String(value.to_owned())
}

/// The signer of the first pass: keeps what it should sign.
struct Recorder<'a> {
    key: &'a [u8],
    message: RefCell<Vec<u8>>,
}

impl<'a> Recorder<'a> {
    fn new(key: &'a PublicKey) -> Result<Self, CsrError> {
        Ok(Self { key: key.key_bytes().ok_or(CsrError::Encoding)?, message: RefCell::default() })
    }
}

impl PublicKeyData for Recorder<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.key
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &PKCS_RSA_SHA256
    }
}

impl rcgen::SigningKey for Recorder<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        self.message.replace(message.to_vec());
        Ok(Vec::new())
    }
}

/// The signer of the second pass: gives the signature, for the same bytes only.
struct Replayer<'a> {
    key: &'a PublicKey,
    message: &'a [u8],
    signature: Vec<u8>,
}

impl PublicKeyData for Replayer<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.key.key_bytes().unwrap_or_default()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &PKCS_RSA_SHA256
    }
}

impl rcgen::SigningKey for Replayer<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        if message != self.message {
            return Err(rcgen::Error::RemoteKeyError);
        }
        Ok(self.signature.clone())
    }
}

/// Why a request could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CsrError {
    /// An alternative name that cannot be encoded.
    BadName {
        /// As given.
        name: String,
    },
    /// The encoder refused, or what it wrote is not what was asked.
    Encoding,
    /// The engine could not sign.
    Engine(EngineError),
    /// The signature just made does not verify: the private key's numbers do not fit together.
    SelfCheck,
    /// Too many alternative names.
    TooManyNames {
        /// Found.
        found: usize,
        /// The bound.
        most: usize,
    },
}

impl CsrError {
    /// Stable kebab-case code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadName { .. } => "alternative-name",
            Self::Encoding => "csr-encoding",
            Self::Engine(error) => error.code(),
            Self::SelfCheck => "csr-self-check",
            Self::TooManyNames { .. } => "too-many-names",
        }
    }
}

impl fmt::Display for CsrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for CsrError {}

impl From<EngineError> for CsrError {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

#[cfg(all(test, feature = "rustcrypto"))]
mod tests {
    use super::*;
    use crate::block_on;
    use crate::engine::EngineName;
    use crate::key::RsaBits;
    use crate::passphrase::Passphrase;
    use crate::rustcrypto::{RandomnessError, RustCrypto};
    use crate::signature::SignatureTask;

    fn engine() -> impl Engine {
        RustCrypto::new(|buffer: &mut [u8]| getrandom::fill(buffer).map_err(|_| RandomnessError))
    }

    /// An engine whose signatures are wrong.
    struct Liar<E>(E);

    impl<E: Engine> Engine for Liar<E> {
        fn name(&self) -> EngineName {
            self.0.name()
        }

        async fn generate_rsa(&self, bits: RsaBits) -> Result<PrivateKey, EngineError> {
            self.0.generate_rsa(bits).await
        }

        async fn sign(&self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, EngineError> {
            self.0.sign(key, &[message, b"more"].concat()).await
        }

        async fn verify(&self, tasks: &[SignatureTask]) -> Vec<SignatureOutcome> {
            self.0.verify(tasks).await
        }

        async fn encrypt(&self, key: &PrivateKey, passphrase: &Passphrase) -> Result<Vec<u8>, EngineError> {
            self.0.encrypt(key, passphrase).await
        }

        async fn decrypt(
            &self,
            encrypted: &[u8],
            passphrase: &Passphrase,
        ) -> Result<PrivateKey, EngineError> {
            self.0.decrypt(encrypted, passphrase).await
        }
    }

    #[test]
    fn a_wrong_signature_never_leaves() {
        let engine = engine();
        let key = block_on(engine.generate_rsa(RsaBits::Bits2048)).unwrap().unwrap();
        let content = RequestContent {
            subject: Subject::minimal("INSI-AUTO").unwrap(),
            alternative_names: AlternativeNames::default(),
        };
        let honest = block_on(create(&content, &key, &engine)).unwrap().unwrap();
        assert_eq!(honest.request().subject().rfc4514(), "CN=INSI-AUTO");
        assert!(honest.pem().starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"));
        let wrong = block_on(create(&content, &key, &Liar(engine))).unwrap();
        assert_eq!(wrong, Err(CsrError::SelfCheck));
    }

    #[test]
    fn names_that_cannot_be_encoded() {
        let host = |name: &str| AlternativeNames::new(vec![name.to_owned()], Vec::new());
        let mail = |name: &str| AlternativeNames::new(Vec::new(), vec![name.to_owned()]);
        for bad in ["", "hôpital.fr", "a b", "a\n", &"a".repeat(321)] {
            assert_eq!(host(bad).unwrap_err().code(), "alternative-name", "{bad:?}");
        }
        assert_eq!(mail("copy").unwrap_err().code(), "alternative-name");
        assert!(mail("a@b").is_ok());
        let crowd = vec!["a.fr".to_owned(); MAX_NAMES + 1];
        let error = AlternativeNames::new(crowd, Vec::new()).unwrap_err();
        assert_eq!(error.code(), "too-many-names");
    }
}

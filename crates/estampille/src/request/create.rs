use pki::{
    engine::Engine,
    key::PrivateKey,
    passphrase::Passphrase,
    pem,
    request::{RequestContent, create as write},
};
use vocabulary::{Error, topics::failures as topics};
use zeroize::Zeroizing;

use super::wanted::{Prepared, given_passphrase};
use crate::{
    Context,
    contract::{ByteOutput, CsrBundle, CsrRequest, Secret, findings},
    failure, key_file,
};

/// Makes a key, or takes the one given, and its request.
///
/// # Errors
///
/// What the order's rules refuse, with its field (`insi-name`…); `passphrase-required` without a passphrase and
/// without leave to give the key in clear; what keys and engines cannot do.
pub async fn create(context: &Context<'_, impl Engine>, request: CsrRequest) -> Result<CsrBundle, Error> {
    let mut prepared = Prepared::new(&request)?;
    let passphrase = given_passphrase(&request);
    if passphrase.is_none() && request.allow_plain_key != Some(true) {
        return Err(Error::at(topics::PASSPHRASE_REQUIRED, "passphrase"));
    }
    let engine = context.engine;
    let given =
        request.key.as_ref().and_then(|key| Some((key.private_key.as_ref()?, key.passphrase.as_ref())));
    let key = match given {
        Some((file, secret)) => {
            let key = key_file::open(engine, file, secret, "key.privateKey", "key.passphrase").await?;
            prepared.accepted.judge_key(key.public_key())?;
            key
        }
        None => engine.generate_rsa(prepared.bits).await.map_err(|error| failed(&error))?,
    };
    let content = RequestContent {
        subject: prepared.accepted.subject.clone(),
        alternative_names: prepared.accepted.alternative_names.clone(),
    };
    let csr = write(&content, &key, engine).await.map_err(|error| failure::request(&error))?;
    Ok(CsrBundle {
        csr_pem: csr.pem(),
        csr_der: ByteOutput(csr.der().to_vec()),
        private_key_pem: private_key_pem(engine, &key, passphrase).await?,
        engine: engine.name().as_str().into(),
        public_key_sha256: key.public_key().sha256(),
        subject_rfc4514: csr.request().subject().rfc4514(),
        file_stem: prepared.file_stem(Some(context.now.date())),
        findings: findings(context.locale, &prepared.accepted.findings),
    })
}

async fn private_key_pem(
    engine: &impl Engine,
    key: &PrivateKey,
    passphrase: Option<&Secret>,
) -> Result<Zeroizing<String>, Error> {
    let Some(secret) = passphrase else { return Ok(key.to_pem()) };
    let passphrase = Passphrase::new(secret.expose().to_owned());
    let encrypted = engine.encrypt(key, &passphrase).await.map_err(|error| failed(&error))?;
    Ok(Zeroizing::new(pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &encrypted)))
}

fn failed(error: &pki::engine::EngineError) -> Error {
    failure::engine(error, "key.privateKey", "passphrase")
}

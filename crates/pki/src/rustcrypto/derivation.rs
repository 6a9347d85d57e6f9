//! PBKDF2 (RFC 8018, section 5.2) and AES-CBC.

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};
use zeroize::Zeroizing;

use crate::encrypted_key::{AesCbc, Pbes2Parameters, Prf};
use crate::engine::{EngineError, Operation};
use crate::passphrase::Passphrase;

pub(super) fn encrypt(
    parameters: &Pbes2Parameters,
    passphrase: &Passphrase,
    clear: &[u8],
) -> Result<Vec<u8>, EngineError> {
    let key = derive(parameters, passphrase);
    let vector = parameters.initialisation_vector();
    let failed = |_| EngineError::Failed(Operation::Encrypt);
    Ok(match parameters.cipher() {
        AesCbc::Aes128 => cbc::Encryptor::<aes::Aes128>::new_from_slices(&key, vector)
            .map_err(failed)?
            .encrypt_padded_vec::<Pkcs7>(clear),
        AesCbc::Aes192 => cbc::Encryptor::<aes::Aes192>::new_from_slices(&key, vector)
            .map_err(failed)?
            .encrypt_padded_vec::<Pkcs7>(clear),
        AesCbc::Aes256 => cbc::Encryptor::<aes::Aes256>::new_from_slices(&key, vector)
            .map_err(failed)?
            .encrypt_padded_vec::<Pkcs7>(clear),
    })
}

pub(super) fn decrypt(
    parameters: &Pbes2Parameters,
    passphrase: &Passphrase,
    ciphertext: &[u8],
) -> Result<Zeroizing<Vec<u8>>, EngineError> {
    let key = derive(parameters, passphrase);
    let vector = parameters.initialisation_vector();
    let failed = |_| EngineError::Failed(Operation::Decrypt);
    let clear = match parameters.cipher() {
        AesCbc::Aes128 => cbc::Decryptor::<aes::Aes128>::new_from_slices(&key, vector)
            .map_err(failed)?
            .decrypt_padded_vec::<Pkcs7>(ciphertext),
        AesCbc::Aes192 => cbc::Decryptor::<aes::Aes192>::new_from_slices(&key, vector)
            .map_err(failed)?
            .decrypt_padded_vec::<Pkcs7>(ciphertext),
        AesCbc::Aes256 => cbc::Decryptor::<aes::Aes256>::new_from_slices(&key, vector)
            .map_err(failed)?
            .decrypt_padded_vec::<Pkcs7>(ciphertext),
    };
    clear.map(Zeroizing::new).map_err(|_| EngineError::WrongPassphrase)
}

fn derive(parameters: &Pbes2Parameters, passphrase: &Passphrase) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(vec![0; parameters.cipher().key_length()]);
    let (secret, salt) = (passphrase.as_bytes(), parameters.salt());
    let rounds = parameters.rounds();
    match parameters.prf() {
        Prf::HmacSha1 => pbkdf2_hmac::<Sha1>(secret, salt, rounds, &mut key),
        Prf::HmacSha256 => pbkdf2_hmac::<Sha256>(secret, salt, rounds, &mut key),
        Prf::HmacSha384 => pbkdf2_hmac::<Sha384>(secret, salt, rounds, &mut key),
        Prf::HmacSha512 => pbkdf2_hmac::<Sha512>(secret, salt, rounds, &mut key),
    }
    key
}

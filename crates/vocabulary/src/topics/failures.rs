//! What a use case cannot do with the keys and files it was given. The code is that of the contract's
//! `EstampilleError`; those about the shape of the input are in [`super::errors`].

topics! {
    /// The order date is not ISO 8601. Facts: `found`.
    INVALID_PROFILE_DATE = "invalid-profile" / "date";
    /// A key is asked for without a passphrase and without leave to give it in clear.
    PASSPHRASE_REQUIRED = "passphrase-required";
    /// A key is encrypted and no passphrase was given.
    PASSPHRASE_NEEDED = "passphrase-required" / "to-open";
    /// The passphrase does not open the key.
    WRONG_PASSPHRASE = "wrong-passphrase";
    /// Nothing in the file is a private key.
    NOT_A_PRIVATE_KEY = "not-a-private-key";
    /// A private key that is damaged.
    KEY_MALFORMED = "malformed-key";
    /// A private key for another algorithm than RSA. Facts: `found`.
    KEY_ALGORITHM = "unsupported-key-algorithm";
    /// An RSA key of a size that is not offered. Facts: `found`.
    KEY_SIZE = "unsupported-key-size";
    /// A private key encrypted by a scheme that is not read.
    KEY_ENCRYPTION = "unsupported-key-encryption";
    /// A private key encrypted the old OpenSSL way.
    KEY_LEGACY_ENCRYPTION = "unsupported-key-encryption" / "legacy";
    /// An encrypted key that asks for too many rounds.
    KEY_DERIVATION_ROUNDS = "key-derivation-rounds";
    /// Nothing in the file is a request.
    NOT_A_CSR = "not-a-csr";
    /// Nothing in the file is a certificate.
    NOT_A_CERTIFICATE = "not-a-certificate";
    /// The request given beside a certificate is none.
    SIDE_FILE_CSR = "side-file-unreadable" / "csr";
    /// A file of the chain given beside a certificate holds no certificate.
    SIDE_FILE_CHAIN = "side-file-unreadable" / "chain";
    /// A trust anchor given beside a certificate is none.
    SIDE_FILE_ANCHOR = "side-file-unreadable" / "anchor";
    /// The file holds several end-entity certificates; one was judged. Facts: `count`.
    SEVERAL_CERTIFICATES = "several-certificates";
    /// The file is larger than what is read.
    TOO_LARGE = "too-large";
    /// An alternative name that cannot be encoded. Facts: `found`.
    ALTERNATIVE_NAME = "alternative-name";
    /// Too many alternative names. Facts: `found`, `most`.
    TOO_MANY_NAMES = "alternative-name" / "too-many";
    /// No source of randomness.
    NO_RANDOMNESS = "no-randomness";
    /// No engine: no WebCrypto where it was asked for, or no third module.
    ENGINE_UNAVAILABLE = "engine-unavailable";
    /// A part of the program is not there, or is of another version.
    MODULE_NOT_LOADED = "module-not-loaded";
    /// The caller stopped the work.
    ABORTED = "aborted";
    /// The engine failed.
    ENGINE_FAILED = "engine-failed";
    /// A value that a server's tool cannot be given safely. Facts: `found`, `tool`.
    COMMAND_VALUE = "command-value";
}

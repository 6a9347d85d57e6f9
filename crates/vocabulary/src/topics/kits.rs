//! What making a kit or renewing a certificate can find, or cannot do.

topics! {
    // Errors.
    /// The private key is not the certificate's. Facts: `found`, `expected`.
    KEY_MISMATCH = "key-mismatch";
    /// A certificate was given without its private key.
    KEY_ABSENT = "private-key-required";
    /// The passphrase of the kit is empty.
    PASSPHRASE_REQUIRED = "passphrase-required" / "kit";
    /// It is so short that it protects nothing. Facts: `most`.
    PASSPHRASE_SHORT = "weak-passphrase" / "short";
    /// It has letters that the old form cannot take.
    PASSPHRASE_CHARSET = "passphrase-charset";
    /// The passphrase does not open the container.
    WRONG_PASSPHRASE_CONTAINER = "wrong-passphrase" / "container";
    /// The container needs its passphrase.
    PASSPHRASE_NEEDED_CONTAINER = "passphrase-required" / "container";
    /// The container was altered or damaged.
    CONTAINER_DAMAGED = "malformed-pkcs12";
    /// It is protected in a way that is not read.
    CONTAINER_UNSUPPORTED = "unsupported-pkcs12";
    /// The container holds a certificate and no key.
    CONTAINER_WITHOUT_KEY = "private-key-required" / "container";
    /// The name shown by Windows is too long or holds control characters.
    FRIENDLY_NAME = "invalid-input" / "friendly-name";
    /// What was written did not read back.
    NOT_READ_BACK = "kit-not-read-back";
    /// The certificate of an authority cannot be delivered or renewed.
    AUTHORITY = "not-a-certificate" / "authority";
    /// A renewal with the old key. Facts: `name`.
    KEY_REUSED = "key-reused" / "renewal";

    // Findings on a kit.
    /// The certificate in it does not pass its check. Facts: `reason`.
    UNFIT = "kit-unfit";
    /// Certificates of authorities are missing. Facts: `missing`, `address`.
    CHAIN_MISSING = "chain-missing";
    /// The same, of an authority that is not the IGC-Santé's. Facts: `missing`.
    CHAIN_MISSING_OTHER = "chain-missing" / "other";
    /// A certificate bears the name or the key of an authority of the IGC-Santé and is not the one known: left out.
    /// Facts: `names`.
    CHAIN_NOT_PINNED = "chain-not-pinned";
    /// The chain is not the IGC-Santé's. Facts: `names`.
    CHAIN_GIVEN = "chain-given";
    /// Certificates given as chain did not sign it: left out. Facts: `names`.
    CHAIN_UNRELATED = "chain-unrelated";
    /// Certificates of authorities of the IGC-Santé, known by their fingerprints. Facts: `count`, `names`.
    CHAIN_OFFICIAL = "chain-official";
    /// None of the certificates of a chain file is one of these. Facts: `names`.
    CHAIN_NOT_OFFICIAL = "chain-official" / "none";
    /// The old form was asked for.
    LEGACY = "pkcs12-legacy";
    /// The passphrase is easy to guess.
    PASSPHRASE_WEAK = "weak-passphrase";
    /// The passphrase has letters that Java does not take.
    PASSPHRASE_JAVA = "passphrase-java";
    /// The key was given in clear.
    KEY_IN_CLEAR = "key-in-clear";

    // Findings on a renewal.
    /// The certificate has expired: nothing to renew. Facts: `until`.
    RENEWAL_TOO_LATE = "renewal-too-late";
    /// It is of the former PKI.
    RENEWAL_FORMER_PKI = "renewal-former-pki";
    /// Its issuer is not of the IGC-Santé. Facts: `issuer`.
    RENEWAL_OTHER_ISSUER = "renewal-other-issuer";
    /// It can be renewed. Facts: `until`, `days`.
    RENEWAL_IN_TIME = "renewal-in-time";
    /// Its product was not recognised.
    RENEWAL_PRODUCT_UNKNOWN = "renewal-product-unknown";
    /// Another product is expected. Facts: `found`, `expected`.
    RENEWAL_PRODUCT = "renewal-difference" / "product";
    /// Another structure id is expected. Facts: `found`, `expected`.
    RENEWAL_STRUCTURE_ID = "renewal-difference" / "structure-id";
    /// Another common name is expected. Facts: `found`, `expected`.
    RENEWAL_COMMON_NAME = "renewal-difference" / "common-name";
    /// Other host names are expected. Facts: `found`, `expected`.
    RENEWAL_DNS_NAMES = "renewal-difference" / "dns-names";
    /// Another environment is expected. Facts: `found`, `expected`.
    RENEWAL_ENVIRONMENT = "renewal-difference" / "environment";
    /// It lasted longer than what is issued today. Facts: `found`, `expected`.
    RENEWAL_DURATION = "renewal-difference" / "duration";
    /// Its key is shorter than what is made today. Facts: `found`, `expected`.
    RENEWAL_KEY = "renewal-difference" / "key";
    /// The name is cut in the old certificate. Facts: `found`.
    RENEWAL_ORGANIZATION = "renewal-difference" / "organization";
}

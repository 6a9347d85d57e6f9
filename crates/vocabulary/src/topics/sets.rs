//! What several files together can show. The codes of the set are the contract's (`SetReport`); the others are said of
//! one file of it.

topics! {
    // Of the set.
    /// One certificate in several files. Facts: `name`, `count`, `files`.
    DUPLICATE_FILE = "duplicate-file";
    /// Certificates of one name, one later than the others. Facts: `name`, `subject`, `newer`, `until`, `count`,
    /// `older`, `ends`.
    DUPLICATE_FILE_RENEWED = "duplicate-file" / "renewed";
    /// One private key in several files. Facts: `count`, `files`, `key`.
    DUPLICATE_FILE_KEY = "duplicate-file" / "key";
    /// Certificates of one subject with the same key. Facts: `names`, `count`, `files`, `key`.
    SHARED_KEY = "shared-key";
    /// Certificates of several subjects of one structure with the same key. Facts: `names`, `count`, `files`, `key`.
    SHARED_KEY_ACROSS_SUBJECTS = "shared-key-across-subjects";
    /// Of several structures. Facts: `names`, `structures`, `count`, `files`, `key`.
    SHARED_KEY_ACROSS_STRUCTURES = "shared-key-across-subjects" / "structures";
    /// The plan asks for a certificate that is not there. Facts: `product`, `name`, `structure`.
    MISSING_CERTIFICATE = "missing-certificate";
    /// The same, where the plan does not know the name or the number. Facts: `product`, `name`, `structure`.
    MISSING_CERTIFICATE_PARTLY_KNOWN = "missing-certificate" / "partly-known";
    /// No certificate answers a request of this session yet. Facts: `name`.
    MISSING_CERTIFICATE_REQUEST = "missing-certificate" / "request";
    /// The plan does not ask for this certificate. Facts: `name`, `product`, `file`, `structure`.
    UNEXPECTED_CERTIFICATE = "unexpected-certificate";
    /// The key of one INSi mode, the certificate of the other. Facts: `file`, `found`, `expected`, `mode`.
    INSI_PAIR_CONFUSED = "insi-pair-confused";
    /// One mode came twice, the other is missing. Facts: `file`, `found`, `expected`.
    INSI_PAIR_CONFUSED_TWICE = "insi-pair-confused" / "twice";
    /// A file is named after the other mode. Facts: `file`, `found`, `expected`.
    INSI_PAIR_CONFUSED_FILE_NAME = "insi-pair-confused" / "file-name";
    /// To renew now. Facts: `count`, `days`, `first`, `names`.
    EXPIRING_SOON = "expiring-soon";
    /// To think of. Facts: `count`, `days`, `first`, `names`.
    EXPIRING_SOON_LATER = "expiring-soon" / "later";
    /// Ended. Facts: `count`, `first`, `names`.
    EXPIRING_SOON_EXPIRED = "expiring-soon" / "expired";

    // Of one file.
    /// No key that was given is this certificate's.
    CERTIFICATE_WITHOUT_KEY = "certificate-without-key";
    /// The same, and keys could not be opened. Facts: `count`, `files`.
    CERTIFICATE_WITHOUT_KEY_LOCKED = "certificate-without-key" / "locked";
    /// A key of no certificate that was given. Facts: `key`.
    KEY_WITHOUT_CERTIFICATE = "key-without-certificate";
    /// The key of a request that was given, no certificate having come. Facts: `file`.
    KEY_WITHOUT_CERTIFICATE_REQUEST = "key-without-certificate" / "request";
    /// The key of a certificate that says it is an authority's. Facts: `name`.
    KEY_OF_AN_AUTHORITY = "key-without-certificate" / "authority";
    /// A request that no certificate answers. Facts: `name`.
    REQUEST_WITHOUT_CERTIFICATE = "request-without-certificate";
    /// An encrypted key, and no passphrase was given.
    KEY_LOCKED = "key-locked";
    /// No passphrase that was given opens it. Facts: `count`.
    KEY_LOCKED_WRONG = "key-locked" / "wrong";
    /// Its passphrase was not looked for: too many keys or too long a computation.
    KEY_LOCKED_NOT_TRIED = "key-locked" / "not-tried";
    /// A container whose certificates too are encrypted.
    CONTAINER_LOCKED = "container-locked";
    /// A copy of a certificate that is reported elsewhere. Facts: `file`.
    CERTIFICATE_COPY = "certificate-copy";
    /// An authority's certificate, which serves the chain of the others. Facts: `name`.
    CHAIN_CERTIFICATE = "chain-certificate";
    /// A revocation list that judged certificates. Facts: `count`.
    LIST_USED = "revocation-list-used";
    /// A revocation list of no authority that issued one of the certificates.
    LIST_NOT_USED = "revocation-list-used" / "none";
    /// A revocation list that is damaged.
    LIST_UNREADABLE = "revocation-list-used" / "unreadable";
    /// More than is read at once. Facts: `found`, `most`.
    TOO_MANY_FILES = "set-too-large";
    /// Facts: `found`, `most`.
    TOO_MANY_CERTIFICATES = "set-too-large" / "certificates";
    /// Facts: `most`, in millions of octets.
    TOO_MANY_OCTETS = "set-too-large" / "octets";
    /// Facts: `found`, `most`.
    TOO_LONG_A_PLAN = "set-too-large" / "plan";
}

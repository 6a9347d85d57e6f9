//! What checking a certificate can find. The codes are the contract's `CheckCode`; the topic without case is the
//! check that passed. A request is checked with the same topics where the sentences fit both.
//!
//! Facts common to most: `found` and `expected`, with the values.

topics! {
    // Keys.
    /// The certificate bears the key of the request. Facts: `key`.
    KEY_MATCHES_CSR = "key-matches-csr";
    /// Another key. Facts: `found`, `expected` (digests).
    KEY_MATCHES_CSR_MISMATCH = "key-matches-csr" / "mismatch";
    /// The key of the request, which is not signed by it. Facts: `key`.
    KEY_MATCHES_CSR_ALTERED = "key-matches-csr" / "altered";
    /// The certificate bears the public half of the private key. Facts: `key`.
    KEY_MATCHES_PRIVATE_KEY = "key-matches-private-key";
    /// Another key. Facts: `found`, `expected` (digests).
    KEY_MATCHES_PRIVATE_KEY_MISMATCH = "key-matches-private-key" / "mismatch";
    /// The passphrase does not open the private key.
    KEY_MATCHES_PRIVATE_KEY_LOCKED = "key-matches-private-key" / "locked";
    /// What was given as a private key cannot be used.
    KEY_MATCHES_PRIVATE_KEY_UNREADABLE = "key-matches-private-key" / "unreadable";
    /// A key of the usual strength. Facts: `found`.
    KEY_STRENGTH = "key-strength";
    /// Stronger than any key seen. Facts: `found`, `expected`.
    KEY_STRENGTH_LARGER = "key-strength" / "larger";
    /// Too short. Facts: `found`, `expected`.
    KEY_STRENGTH_WEAK = "key-strength" / "weak";
    /// Another algorithm, or a size beyond reason. Facts: `found`, `expected`.
    KEY_STRENGTH_UNUSUAL = "key-strength" / "unusual";
    /// The public key does not read. Facts: `found` (algorithm).
    KEY_STRENGTH_UNREADABLE = "key-strength" / "unreadable";
    /// No known weakness.
    WEAK_KEY = "weak-key";
    /// An exponent that protects nothing. Facts: `found`, `expected`.
    WEAK_KEY_EXPONENT = "weak-key" / "exponent";
    /// An exponent smaller than advised. Facts: `found`, `expected`.
    WEAK_KEY_SMALL_EXPONENT = "weak-key" / "small-exponent";
    /// A key made by the faulty library of CVE-2017-15361.
    WEAK_KEY_ROCA = "weak-key" / "roca";

    // Trust.
    /// Signatures lead to a confirmed authority. Facts: `authority`.
    CHAIN_TRUSTED = "chain-trusted";
    /// They lead to an authority known from one copy only. Facts: `authority`.
    CHAIN_TRUSTED_SINGLE_SOURCE = "chain-trusted" / "single-source";
    /// They lead to an authority the user gave. Facts: `authority`.
    CHAIN_TRUSTED_GIVEN_ANCHOR = "chain-trusted" / "given-anchor";
    /// Nobody known signed it. Facts: `authority`.
    CHAIN_TRUSTED_UNKNOWN_AUTHORITY = "chain-trusted" / "unknown-authority";
    /// An authority that bears the IGC-Santé's name, of which no key is known. Facts: `authority`.
    CHAIN_TRUSTED_UNPINNED_AUTHORITY = "chain-trusted" / "unpinned-authority";
    /// An authority of the same name with another key signed it. Facts: `authority`.
    CHAIN_TRUSTED_LOOK_ALIKE = "chain-trusted" / "look-alike";
    /// The named authority did not make this signature. Facts: `authority`.
    CHAIN_TRUSTED_SIGNATURE_INVALID = "chain-trusted" / "signature-invalid";
    /// Of the PKI before the IGC-Santé. Facts: `authority`, `ended`.
    CHAIN_TRUSTED_FORMER_PKI = "chain-trusted" / "former-pki";
    /// The engine could not judge the signature. Facts: `authority`, `algorithm`.
    CHAIN_TRUSTED_UNVERIFIED = "chain-trusted" / "unverified";
    /// Signed by something that is no authority. Facts: `authority`.
    CHAIN_TRUSTED_NOT_AN_AUTHORITY = "chain-trusted" / "not-an-authority";
    /// An authority of the path has a weak key, or is signed with a weak algorithm. Facts: `authority`, `found`.
    CHAIN_TRUSTED_WEAK_AUTHORITY = "chain-trusted" / "weak-authority";
    /// An authority of the path has conditions that are not judged. Facts: `authority`, `found` (OIDs).
    CHAIN_TRUSTED_CONSTRAINED = "chain-trusted" / "constrained";
    /// An authority of the path is out of its validity. Facts: `authority`, `from`, `until`.
    CHAIN_TRUSTED_AUTHORITY_EXPIRED = "chain-trusted" / "authority-expired";
    /// All signs agree, with the intent if it is known, and the signature proves it. Facts: `found` (term).
    ENVIRONMENT = "environment";
    /// All signs agree, and no signature of a known authority proves them. Facts: `found` (term).
    ENVIRONMENT_CLAIMED = "environment" / "claimed";
    /// Not the one expected. Facts: `found`, `expected` (terms).
    ENVIRONMENT_MISMATCH = "environment" / "mismatch";
    /// The signs disagree. Facts: `issuer`, `category`, `policy` (terms).
    ENVIRONMENT_CONTRADICTION = "environment" / "contradiction";
    /// Nothing tells.
    ENVIRONMENT_UNKNOWN = "environment" / "unknown";

    // Dates.
    /// In its validity. Facts: `from`, `until`, `days` (left).
    VALIDITY = "validity";
    /// Past its end. Facts: `until`, `days` (since).
    VALIDITY_EXPIRED = "validity" / "expired";
    /// Before its beginning. Facts: `from`, `days` (to wait).
    VALIDITY_NOT_YET = "validity" / "not-yet";
    /// Ends before it begins. Facts: `from`, `until`.
    VALIDITY_INVERTED = "validity" / "inverted";
    /// A duration seen for this product. Facts: `months`.
    DURATION = "duration";
    /// Another duration. Facts: `days`, `expected` (months).
    DURATION_UNUSUAL = "duration" / "unusual";
    /// Far from its end. Facts: `until`, `notice` (days before).
    RENEWAL_WINDOW = "renewal-window";
    /// Within the first reminder. Facts: `until`, `days`.
    RENEWAL_WINDOW_SOON = "renewal-window" / "soon";
    /// Within the platform's notice. Facts: `until`, `days`.
    RENEWAL_WINDOW_DUE = "renewal-window" / "due";
    /// Within the last reminder. Facts: `until`, `days`.
    RENEWAL_WINDOW_URGENT = "renewal-window" / "urgent";
    /// The private key may sign for less time than the certificate is valid, and not for long. Facts: `end` (of the key),
    /// `days` (to it), `until` (of the certificate).
    RENEWAL_WINDOW_KEY = "renewal-window" / "key";
    /// Expired: too late to renew. Facts: `until`.
    RENEWAL_WINDOW_OVER = "renewal-window" / "over";
    /// The private key may be used. Facts: `until`.
    PRIVATE_KEY_USAGE_PERIOD = "private-key-usage-period";
    /// The private key may no longer be used, the certificate is still valid. Facts: `until`.
    PRIVATE_KEY_USAGE_PERIOD_ENDED = "private-key-usage-period" / "ended";
    /// The private key may not be used yet. Facts: `from`.
    PRIVATE_KEY_USAGE_PERIOD_NOT_YET = "private-key-usage-period" / "not-yet";
    /// Expected for this product, and absent. Facts: `product`.
    PRIVATE_KEY_USAGE_PERIOD_ABSENT = "private-key-usage-period" / "absent";
    /// Present, where the product has none. Facts: `product`.
    PRIVATE_KEY_USAGE_PERIOD_UNEXPECTED = "private-key-usage-period" / "unexpected";

    // Form.
    /// Version 3.
    VERSION = "version";
    /// Another version. Facts: `found`.
    VERSION_OLD = "version" / "old";
    /// A positive number of bounded length. Facts: `found`.
    SERIAL = "serial";
    /// Zero or negative. Facts: `found`.
    SERIAL_NOT_POSITIVE = "serial" / "not-positive";
    /// Beyond 20 octets. Facts: `found`, `count`.
    SERIAL_TOO_LONG = "serial" / "too-long";
    /// The usual algorithm. Facts: `found`.
    SIGNATURE_ALGORITHM = "signature-algorithm";
    /// Strong, never seen here. Facts: `found`, `expected`.
    SIGNATURE_ALGORITHM_UNUSUAL = "signature-algorithm" / "unusual";
    /// Broken. Facts: `found`, `expected`.
    SIGNATURE_ALGORITHM_REFUSED = "signature-algorithm" / "refused";
    /// Not known to us. Facts: `found`, `expected`.
    SIGNATURE_ALGORITHM_UNKNOWN = "signature-algorithm" / "unknown";
    /// Named differently inside and outside the signed part. Facts: `found`.
    SIGNATURE_ALGORITHM_DISAGREE = "signature-algorithm" / "disagree";
    /// Nothing unknown is mandatory.
    CRITICAL_EXTENSION = "critical-extension";
    /// A critical extension nobody knows. Facts: `found` (OIDs).
    CRITICAL_EXTENSION_UNKNOWN = "critical-extension" / "unknown";
    /// An extension does not read, or stands twice. Facts: `found` (OIDs).
    CRITICAL_EXTENSION_MALFORMED = "critical-extension" / "malformed";

    // Subject.
    /// The subject of a structure. Facts: `found` (names, in order).
    SUBJECT_SHAPE = "subject-shape";
    /// An attribute is missing. Facts: `missing`, `expected`.
    SUBJECT_SHAPE_MISSING = "subject-shape" / "missing";
    /// An attribute stands several times. Facts: `repeated`, `expected`.
    SUBJECT_SHAPE_REPEATED = "subject-shape" / "repeated";
    /// Not France. Facts: `found`, `expected`.
    SUBJECT_SHAPE_COUNTRY = "subject-shape" / "country";
    /// Attributes beyond the schema. Facts: `unexpected`, `expected`.
    SUBJECT_SHAPE_UNEXPECTED = "subject-shape" / "unexpected";
    /// Not in the usual order. Facts: `found`, `expected`.
    SUBJECT_SHAPE_ORDER = "subject-shape" / "order";
    /// The string types of real certificates.
    STRING_TYPES = "string-types";
    /// Other string types. Facts: `found`, `expected`.
    STRING_TYPES_UNUSUAL = "string-types" / "unusual";
    /// Well formed, the one expected if it is known. Facts: `found`, `kind`, `number`.
    STRUCTURE_ID = "structure-id";
    /// Another structure. Facts: `found`, `expected`.
    STRUCTURE_ID_MISMATCH = "structure-id" / "mismatch";
    /// Not the one of the request, which the authority need not follow. Facts: `found`, `expected`.
    STRUCTURE_ID_DIFFERS_FROM_REQUEST = "structure-id" / "differs-from-request";
    /// Not an identifiant national de structure. Facts: `found`.
    STRUCTURE_ID_MALFORMED = "structure-id" / "malformed";
    /// The shape is right, the number is none that exists. Facts: `found`.
    STRUCTURE_ID_DOUBTFUL = "structure-id" / "doubtful";
    /// A number of the test environment in a production certificate. Facts: `found`.
    STRUCTURE_ID_TEST_NUMBER = "structure-id" / "test-number";
    /// The key is right. Facts: `found`.
    STRUCTURE_ID_KEY = "structure-id-key";
    /// A test number or one without key. Facts: `found`.
    STRUCTURE_ID_KEY_NOT_JUDGED = "structure-id-key" / "not-judged";
    /// The key is wrong. Facts: `found`.
    STRUCTURE_ID_KEY_WRONG = "structure-id-key" / "wrong";
    /// The registered name. Facts: `found`.
    ORGANIZATION = "organization";
    /// A name cut at the directory's length. Facts: `found`, `count`.
    ORGANIZATION_CUT = "organization" / "cut";
    /// Not the name of the request. Facts: `found`, `expected`.
    ORGANIZATION_DIFFERS_FROM_REQUEST = "organization" / "differs-from-request";
    /// As certificates word it. Facts: `found`.
    DEPARTMENT_USUAL = "department" / "usual";
    /// Not worded as usual. Facts: `found`.
    DEPARTMENT_UNUSUAL = "department" / "unusual";
    /// A name the rules take, the one expected if it is known. Facts: `found`.
    COMMON_NAME = "common-name";
    /// Another name. Facts: `found`, `expected`.
    COMMON_NAME_MISMATCH = "common-name" / "mismatch";
    /// Not the name of the request. Facts: `found`, `expected`.
    COMMON_NAME_DIFFERS_FROM_REQUEST = "common-name" / "differs-from-request";
    /// Characters that may trouble services. Facts: `found`, `characters`.
    COMMON_NAME_UNUSUAL = "common-name" / "unusual";
    /// A name the rules refuse, in a certificate. Facts: `found`.
    COMMON_NAME_FAULTY = "common-name" / "faulty";
    /// Exactly one of the two names. Facts: `found`, `mode` (term).
    INSI_NAME = "insi-name";
    /// A name for another use. Facts: `found`.
    INSI_NAME_OTHER = "insi-name" / "other";
    /// Almost one of the names. Facts: `found`, `expected`.
    INSI_NAME_NEAR_MISS = "insi-name" / "near-miss";
    /// INSI in a longer name. Facts: `found`.
    INSI_NAME_WORD = "insi-name" / "word";
    /// The right name on a product INSi does not take. Facts: `found`, `product`, `expected`.
    INSI_NAME_PRODUCT = "insi-name" / "product";

    // Product.
    /// Recognised. Facts: `found`.
    PRODUCT = "product";
    /// Recognised, with a doubt. Facts: `found`.
    PRODUCT_LIKELY = "product" / "likely";
    /// ORG_SIGN or SERV_SIGN. Facts: `found`, `other`.
    PRODUCT_LOOK_ALIKE = "product" / "look-alike";
    /// Not the one expected. Facts: `found`, `expected`.
    PRODUCT_MISMATCH = "product" / "mismatch";
    /// No product fits.
    PRODUCT_UNKNOWN = "product" / "unknown";
    /// Those of the product. Facts: `found`.
    KEY_USAGE = "key-usage";
    /// Others. Facts: `found`, `expected`, `product`.
    KEY_USAGE_MISMATCH = "key-usage" / "mismatch";
    /// Right, but not marked critical. Facts: `found`.
    KEY_USAGE_NOT_CRITICAL = "key-usage" / "not-critical";
    /// The product's usages are not known. Facts: `found`.
    KEY_USAGE_NOT_JUDGED = "key-usage" / "not-judged";
    /// Those of the product. Facts: `found`.
    EXTENDED_KEY_USAGE = "extended-key-usage";
    /// Others. Facts: `found`, `expected`, `product`.
    EXTENDED_KEY_USAGE_MISMATCH = "extended-key-usage" / "mismatch";
    /// The product's purposes are not known. Facts: `found`.
    EXTENDED_KEY_USAGE_NOT_JUDGED = "extended-key-usage" / "not-judged";
    /// Says that it is no authority.
    BASIC_CONSTRAINTS = "basic-constraints";
    /// Absent.
    BASIC_CONSTRAINTS_ABSENT = "basic-constraints" / "absent";
    /// Says that it is an authority.
    BASIC_CONSTRAINTS_AUTHORITY = "basic-constraints" / "authority";
    /// As the product has it. Facts: `found`.
    SUBJECT_ALT_NAME = "subject-alt-name";
    /// None, as the product has it.
    SUBJECT_ALT_NAME_NONE = "subject-alt-name" / "none";
    /// Names asked for are not there. Facts: `missing`, `found`.
    SUBJECT_ALT_NAME_MISSING = "subject-alt-name" / "missing";
    /// The product has some, this certificate none. Facts: `product`.
    SUBJECT_ALT_NAME_ABSENT = "subject-alt-name" / "absent";
    /// The common name is not among them. Facts: `found`, `expected`.
    SUBJECT_ALT_NAME_COMMON_NAME = "subject-alt-name" / "common-name";
    /// The product has none. Facts: `found`, `product`.
    SUBJECT_ALT_NAME_UNEXPECTED = "subject-alt-name" / "unexpected";
    /// The product's names are not known. Facts: `found`.
    SUBJECT_ALT_NAME_NOT_JUDGED = "subject-alt-name" / "not-judged";
    /// A known policy. Facts: `found`.
    POLICY = "policy";
    /// Another policy. Facts: `found`.
    POLICY_UNKNOWN = "policy" / "unknown";
    /// A known policy, of another product. Facts: `found`, `expected`.
    POLICY_OTHER_PRODUCT = "policy" / "other-product";
    /// None.
    POLICY_ABSENT = "policy" / "absent";
    /// Software. Facts: `found` (hexadecimal).
    PRODUCT_CATEGORY = "product-category";
    /// A card or a module. Facts: `found`, `support` (term).
    PRODUCT_CATEGORY_OTHER = "product-category" / "other";
    /// An unknown code. Facts: `found`.
    PRODUCT_CATEGORY_UNKNOWN = "product-category" / "unknown";
    /// None.
    PRODUCT_CATEGORY_ABSENT = "product-category" / "absent";
    /// A structure's or a server's certificate.
    END_ENTITY = "end-entity";
    /// A person's certificate, expected.
    END_ENTITY_PERSON = "end-entity" / "person";
    /// An authority's. Facts: `found`.
    END_ENTITY_AUTHORITY = "end-entity" / "authority";
    /// A person's certificate in place of a structure's. Facts: `found`.
    END_ENTITY_PERSON_INSTEAD = "end-entity" / "person-instead";
    /// A card's certificate. Facts: `found`.
    END_ENTITY_CARD = "end-entity" / "card";
    /// A structure's certificate in place of a person's. Facts: `found`.
    END_ENTITY_STRUCTURE_INSTEAD = "end-entity" / "structure-instead";
    /// No list was given. Facts: `address`.
    REVOCATION_NOT_CHECKED = "revocation" / "not-checked";
    /// No list was given, and its address is not known.
    REVOCATION_NOT_CHECKED_NO_ADDRESS = "revocation" / "not-checked-no-address";
    // With a list. Facts of all: `address` (of the list of the issuer), `issuer`; of one list: `published`.
    /// Not in a full, signed list that is in its time. Facts: `until`.
    REVOCATION = "revocation";
    /// Revoked. Facts: `date`, `reason` (term).
    REVOCATION_REVOKED = "revocation" / "revoked";
    /// Suspended (certificateHold). Facts: `date`.
    REVOCATION_HOLD = "revocation" / "hold";
    /// Revoked after the moment of the check. Facts: `date`, `at`.
    REVOCATION_LATER = "revocation" / "later";
    /// An authority above it is revoked. Facts: `authority`, `date`, `reason` (term).
    REVOCATION_AUTHORITY_REVOKED = "revocation" / "authority-revoked";
    /// The list was made after the end of the certificate, and need not name it any more.
    REVOCATION_AFTER_EXPIRY = "revocation" / "after-expiry";
    /// The list is past its time. Facts: `until`.
    REVOCATION_STALE = "revocation" / "stale";
    /// The list was made after the moment of the check.
    REVOCATION_NOT_YET = "revocation" / "not-yet";
    /// The list does not say until when it is good.
    REVOCATION_NO_END = "revocation" / "no-end";
    /// A list of changes, without the full one.
    REVOCATION_DELTA = "revocation" / "delta";
    /// A list of a part that this certificate is not in.
    REVOCATION_PARTIAL = "revocation" / "partial";
    /// A list with critical extensions that nobody knows. Facts: `found` (OIDs).
    REVOCATION_CONDITIONS = "revocation" / "conditions";
    /// A list of the issuer's name, of another key.
    REVOCATION_OTHER_KEY = "revocation" / "other-key";
    /// The issuer's certificate does not allow it to sign lists.
    REVOCATION_NOT_ALLOWED = "revocation" / "not-allowed";
    /// The signature of the list could not be verified, or proves nothing. Facts: `algorithm`.
    REVOCATION_UNVERIFIED = "revocation" / "unverified";
    /// The issuer did not sign the list that bears its name.
    REVOCATION_FORGED = "revocation" / "forged";
    /// Lists of other authorities. Facts: `found`.
    REVOCATION_FOREIGN = "revocation" / "foreign";
    /// The list of the authority that signed the issuer. Facts: `found`.
    REVOCATION_LIST_ABOVE = "revocation" / "list-above";
    /// What was given as a list does not read as one.
    REVOCATION_UNREADABLE = "revocation" / "unreadable";
    /// Lists were given, and nothing establishes who signed the certificate.
    REVOCATION_ISSUER_UNKNOWN = "revocation" / "issuer-unknown";
}

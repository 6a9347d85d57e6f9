//! What making or inspecting a request can find, beside the topics it shares with [`super::checks`].

topics! {
    // Inspecting a request.
    /// The request is signed by its own key.
    CSR_SIGNATURE = "csr-signature";
    /// It is not.
    CSR_SIGNATURE_INVALID = "csr-signature" / "invalid";
    /// Could not be judged. Facts: `algorithm`.
    CSR_SIGNATURE_UNVERIFIED = "csr-signature" / "unverified";
    /// Only a common name. Facts: `expected`.
    SUBJECT_SHAPE_REQUEST_MINIMAL = "subject-shape" / "request-minimal";
    /// An attribute is missing. Facts: `missing`, `expected`.
    SUBJECT_SHAPE_REQUEST_INCOMPLETE = "subject-shape" / "request-incomplete";
    /// No common name, or several.
    SUBJECT_SHAPE_REQUEST_NO_NAME = "subject-shape" / "request-no-name";
    /// No structure id.
    STRUCTURE_ID_REQUEST_ABSENT = "structure-id" / "request-absent";
    /// Another structure. Facts: `found`, `expected`.
    STRUCTURE_ID_REQUEST_MISMATCH = "structure-id" / "request-mismatch";
    /// Asked for, and not valid. Facts: `found`.
    STRUCTURE_ID_INVALID = "structure-id" / "invalid";
    /// Asked for, with a wrong check key. Facts: `found`.
    STRUCTURE_ID_KEY_REQUEST_WRONG = "structure-id-key" / "request-wrong";
    /// Asked for without one.
    STRUCTURE_ID_REQUIRED = "structure-id" / "required";
    /// Another name. Facts: `found`, `expected`.
    COMMON_NAME_REQUEST_MISMATCH = "common-name" / "request-mismatch";
    /// Nothing.
    COMMON_NAME_EMPTY = "common-name" / "empty";
    /// Too long. Facts: `found`, `count`, `expected`.
    COMMON_NAME_TOO_LONG = "common-name" / "too-long";
    /// A control character. Facts: `character`.
    COMMON_NAME_CONTROL = "common-name" / "control";
    /// A space at one end. Facts: `found`.
    COMMON_NAME_OUTER_SPACE = "common-name" / "outer-space";
    /// Two spaces together. Facts: `found`.
    COMMON_NAME_DOUBLE_SPACE = "common-name" / "double-space";
    /// SERV_SSL: not a host name. Facts: `found`.
    COMMON_NAME_NOT_A_HOST = "common-name" / "not-a-host";
    /// SERV_SSL: capitals. Facts: `found`, `expected`.
    COMMON_NAME_HOST_CASE = "common-name" / "host-case";
    /// SERV_SMIME…: not an address. Facts: `found`, `product`.
    COMMON_NAME_NOT_AN_EMAIL = "common-name" / "not-an-email";
    /// Almost one of the names, in a request. Facts: `found`, `expected`.
    INSI_NAME_REQUEST_NEAR_MISS = "insi-name" / "request-near-miss";
    /// As the product has it. Facts: `found`.
    SAN = "san";
    /// None.
    SAN_NONE = "san" / "none";
    /// Names expected are not asked for. Facts: `missing`, `found`.
    SAN_MISSING = "san" / "missing";
    /// The common name is not the first. Facts: `found`, `expected`.
    SAN_COMMON_NAME_FIRST = "san" / "common-name-first";
    /// SERV_SSL without names. Facts: `expected`.
    SAN_ABSENT = "san" / "absent";
    /// A product without such names. Facts: `found`, `product`.
    SAN_UNEXPECTED = "san" / "unexpected";
    /// Names of kinds that such certificates do not bear. Facts: `unexpected`, `found`.
    SAN_OTHER_KINDS = "san" / "other-kinds";
    /// A name that cannot stand. Facts: `found`.
    SAN_INVALID = "san" / "invalid";
    /// More names than can be asked for.
    SAN_TOO_MANY = "san" / "too-many";
    /// Other string types in a request. Facts: `found`, `expected`.
    STRING_TYPES_REQUEST_UNUSUAL = "string-types" / "request-unusual";

    // Making a request.
    /// Asked for without a name.
    ORGANIZATION_REQUIRED = "organization" / "required";
    /// Beyond what can be encoded. Facts: `count`, `expected`.
    ORGANIZATION_TOO_LONG = "organization" / "too-long";
    /// Longer than certificates have had. Facts: `count`, `expected`.
    ORGANIZATION_LONG = "organization" / "long";
    /// A character that cannot stand. Facts: `character`.
    ORGANIZATION_INVALID = "organization" / "invalid";
    /// Asked for without one.
    DEPARTMENT_REQUIRED = "department" / "required";
    /// Not worded as certificates word it. Facts: `found`.
    DEPARTMENT_SHAPE = "department" / "shape";
    /// The right shape, but no known department. Facts: `found`, `expected`.
    DEPARTMENT_UNKNOWN = "department" / "unknown";
    /// The right shape, with a number we do not list. Facts: `found`.
    DEPARTMENT_UNLISTED = "department" / "unlisted";
    /// Corsica and overseas. Facts: `found`.
    DEPARTMENT_UNCONFIRMED = "department" / "unconfirmed";
    /// A character that cannot stand, or too long. Facts: `found`.
    DEPARTMENT_INVALID = "department" / "invalid";
    /// Not two capitals. Facts: `found`.
    COUNTRY = "country";
    /// Not FR. Facts: `found`.
    COUNTRY_NOT_FRANCE = "country" / "not-france";
    /// A name that is no host name. Facts: `found`.
    DNS_NAMES_INVALID = "dns-names" / "invalid";
    /// A product that bears no host name. Facts: `product`.
    DNS_NAMES_NOT_FOR_PRODUCT = "dns-names" / "not-for-product";
    /// Not a mail address. Facts: `found`.
    EMAILS_INVALID = "emails" / "invalid";
    /// A product that bears no mail address. Facts: `product`.
    EMAILS_NOT_FOR_PRODUCT = "emails" / "not-for-product";
    /// A size the platform has not been seen to take. Facts: `found`, `expected`.
    KEY_STRENGTH_UNCONFIRMED = "key-strength" / "unconfirmed";
    /// An existing key.
    KEY_REUSED = "key-reused";
    /// The product's profile is not confirmed. Facts: `product`.
    PRODUCT_UNCONFIRMED = "product-unconfirmed";
    /// Ordered with a card, not with a request. Facts: `product`.
    PRODUCT_WITHOUT_CSR = "product-without-csr";
    /// The private key leaves in clear.
    PLAIN_KEY = "plain-key";
    /// Only the common name, on request.
    MINIMAL_SUBJECT = "minimal-subject";
    /// Said with every request.
    PLATFORM_UNTRIED = "platform-untried";
}

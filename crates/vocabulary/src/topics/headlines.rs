//! The sentences that a verdict is made of, joined in order. Facts: `name`, `product`, `until`, `days`, `reason`;
//! with a revocation list `published`, `date`.

topics! {
    /// Something is to be corrected: `reason`.
    REFUSED = "headline" / "refused";
    /// For INSi, automated calls.
    INSI_AUTO = "headline" / "insi-auto";
    /// For INSi, manual calls.
    INSI_MANU = "headline" / "insi-manu";
    /// A certificate of this product.
    PRODUCT = "headline" / "product";
    /// A certificate whose product is not recognised.
    CERTIFICATE = "headline" / "certificate";
    /// The certificate of a person.
    PERSON = "headline" / "person";
    /// The certificate of a certification authority.
    AUTHORITY = "headline" / "authority";
    /// Issued by an authority the caller gave.
    GIVEN_AUTHORITY = "headline" / "given-authority";
    /// A key or a request matched.
    THEIRS = "headline" / "theirs";
    /// No key and no request was given.
    NOT_COMPARED = "headline" / "not-compared";
    /// Of the test environment.
    TEST = "headline" / "test";
    /// Until when.
    VALID_UNTIL = "headline" / "valid-until";
    /// There are warnings.
    TO_LOOK_AT = "headline" / "to-look-at";
    /// No list said whether it was revoked.
    REVOCATION_NOT_CHECKED = "headline" / "revocation-not-checked";
    /// A list says that it is not revoked: `published`.
    NOT_REVOKED = "headline" / "not-revoked";
    /// A list says that it is revoked: `date`.
    REVOKED = "headline" / "revoked";
    /// A list says that it is suspended: `date`.
    SUSPENDED = "headline" / "suspended";
    /// A list says that it was revoked after the moment of the check: `date`.
    REVOKED_LATER = "headline" / "revoked-later";
}

//! Why something asked cannot be done. The code is that of the contract's `EstampilleError`.

topics! {
    /// The caller's input is not of the shape the contract gives.
    INVALID_INPUT = "invalid-input";
    /// A word is not one of those the contract lists. Facts: `found`, `allowed`.
    INVALID_INPUT_WORD = "invalid-input" / "word";
    /// A date is not ISO 8601. Facts: `found`.
    INVALID_INPUT_DATE = "invalid-input" / "date";
    /// A profile contradicts itself or lacks something: a required field is absent.
    PROFILE_MISSING = "invalid-profile" / "missing";
    /// A word of the profile is not one of those the contract lists. Facts: `found`, `allowed`.
    PROFILE_WORD = "invalid-profile" / "word";
    /// A number of the profile is not valid. Facts: `found`, `kind`.
    PROFILE_IDENTIFIER = "invalid-profile" / "identifier";
    /// Two things of the profile have the same id. Facts: `id`.
    PROFILE_DUPLICATE = "invalid-profile" / "duplicate";
    /// The profile names a site that does not exist. Facts: `id`.
    PROFILE_REFERENCE = "invalid-profile" / "reference";
    /// A list of the profile that must hold something is empty.
    PROFILE_EMPTY = "invalid-profile" / "empty";
    /// Two statements of the profile exclude each other.
    PROFILE_CONTRADICTION = "invalid-profile" / "contradiction";
}

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
    /// A value of the profile is not of the type the contract gives.
    PROFILE_SHAPE = "invalid-profile" / "shape";
    /// A word of the profile is not one of those the contract lists. Facts: `found`, `allowed`.
    PROFILE_WORD = "invalid-profile" / "word";
    /// A number of the profile is not valid. Facts: `found`, `kind`.
    PROFILE_IDENTIFIER = "invalid-profile" / "identifier";
    /// Two things of the profile have the same id. Facts: `id`.
    PROFILE_DUPLICATE = "invalid-profile" / "duplicate";
    /// The profile names a site that does not exist. Facts: `id`.
    PROFILE_REFERENCE = "invalid-profile" / "reference";
    /// The profile has no legal entity.
    PROFILE_NO_LEGAL_ENTITY = "invalid-profile" / "no-legal-entity";
    /// The profile has no installation.
    PROFILE_NO_INSTANCE = "invalid-profile" / "no-instance";
    /// A legal entity has no site, and a site is to bear its certificates. Facts: `entity`.
    PROFILE_NO_SITE = "invalid-profile" / "no-site";
    /// An installation serves no site. Facts: `instance`.
    PROFILE_NO_SERVED_SITE = "invalid-profile" / "no-served-site";
    /// An installation reaches no service. Facts: `instance`.
    PROFILE_NO_SERVICE = "invalid-profile" / "no-service";
    /// A service stands twice for one installation. Facts: `service`.
    PROFILE_SERVICE_TWICE = "invalid-profile" / "service-twice";
    /// A site stands twice for one installation. Facts: `id`.
    PROFILE_SITE_TWICE = "invalid-profile" / "site-twice";
    /// A number is given to two things. Facts: `number`, `kind`.
    PROFILE_NUMBER_TWICE = "invalid-profile" / "number-twice";
    /// A FINESS is given as juridique and as géographique. Facts: `number`.
    PROFILE_NUMBER_EJ_AND_ET = "invalid-profile" / "number-ej-and-et";
    /// The hospital that the sector belongs to is not given. Facts: `sector`.
    PROFILE_HOST_MISSING = "invalid-profile" / "host-missing";
    /// What is given as hospital is none. Facts: `found`.
    PROFILE_HOST_SECTOR = "invalid-profile" / "host-sector";
    /// A hospital is given for a sector that belongs to none. Facts: `sector`.
    PROFILE_HOST_NEEDLESS = "invalid-profile" / "host-needless";
    /// The profile would lead to more certificates than anybody orders. Facts: `limit`.
    PROFILE_TOO_LARGE = "invalid-profile" / "too-large";
}

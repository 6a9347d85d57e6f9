use vocabulary::Severity;

/// How sure a row of data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Read from real certificates.
    Confirmed,
    /// By analogy with other rows.
    Inferred,
    /// The official text was seen.
    Official,
    /// Editor documentation, public code.
    Secondary,
    /// Not known: never enforced.
    Unconfirmed,
}

impl Confidence {
    /// How grave it is not to agree with a row of this confidence: an error for what is certain, a warning for what is
    /// inferred or second-hand, an information for what is unconfirmed.
    pub const fn fault(self) -> Severity {
        match self {
            Self::Confirmed | Self::Official => Severity::Error,
            Self::Inferred | Self::Secondary => Severity::Warning,
            Self::Unconfirmed => Severity::Info,
        }
    }
}

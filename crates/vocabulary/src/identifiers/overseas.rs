/// An overseas territory, as FINESS numbers tell it by their first four characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Overseas {
    /// Guadeloupe; Saint-Barthélemy and Saint-Martin are numbered with it.
    Guadeloupe,
    /// Martinique.
    Martinique,
    /// Guyane.
    Guyane,
    /// La Réunion.
    Reunion,
    /// Saint-Pierre-et-Miquelon.
    SaintPierreEtMiquelon,
    /// Mayotte.
    Mayotte,
    /// Wallis-et-Futuna.
    WallisEtFutuna,
}

impl Overseas {
    /// Every territory seen in FINESS numbers.
    pub const ALL: [Self; 7] = [
        Self::Guadeloupe,
        Self::Martinique,
        Self::Guyane,
        Self::Reunion,
        Self::SaintPierreEtMiquelon,
        Self::Mayotte,
        Self::WallisEtFutuna,
    ];

    /// The first four characters of its FINESS numbers.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Guadeloupe => "9701",
            Self::Martinique => "9702",
            Self::Guyane => "9703",
            Self::Reunion => "9704",
            Self::SaintPierreEtMiquelon => "9705",
            Self::Mayotte => "9805",
            Self::WallisEtFutuna => "9806",
        }
    }

    /// Its code in the official list of departments and collectivités (Insee).
    pub const fn insee_code(self) -> &'static str {
        match self {
            Self::Guadeloupe => "971",
            Self::Martinique => "972",
            Self::Guyane => "973",
            Self::Reunion => "974",
            Self::SaintPierreEtMiquelon => "975",
            Self::Mayotte => "976",
            Self::WallisEtFutuna => "986",
        }
    }

    /// Its code in the `departement` column of the FINESS files, which no FINESS number begins with.
    pub const fn file_code(self) -> &'static str {
        match self {
            Self::Guadeloupe => "9A",
            Self::Martinique => "9B",
            Self::Guyane => "9C",
            Self::Reunion => "9D",
            Self::SaintPierreEtMiquelon => "9E",
            Self::Mayotte => "9F",
            Self::WallisEtFutuna => "9J",
        }
    }

    pub(super) fn find(is: impl Fn(Self) -> bool) -> Option<Self> {
        Self::ALL.into_iter().find(|territory| is(*territory))
    }
}

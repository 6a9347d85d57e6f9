use std::sync::Arc;

use estampille::contract::PlannedCertificate;

/// What the page shows. A screen about a certificate holds it, so it cannot be reached without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// The three doors.
    Home,
    /// Choisir: the structure.
    Structure,
    /// Choisir: the software.
    Software,
    /// Choisir: the result.
    Plan,
    /// Commander: the form F413.
    F413,
    /// The dossier: saved, opened again.
    Dossier,
    /// Générer: key and request of one certificate.
    Key(Arc<PlannedCertificate>),
    /// The platform card of one certificate.
    Platform(Arc<PlannedCertificate>),
    /// Vérifier.
    Check,
    /// Finaliser: the files a machine reads, of the pair in [`crate::session::Session::installing`].
    Finish,
    /// Renouveler: the same certificate again, with a new key.
    Renew,
    /// What to do when a key is lost or copied.
    LostKey,
    /// Parc.
    Fleet,
    /// « Vérifier vous-même »: how to check what the page says of itself.
    Proof,
}

impl Screen {
    /// Where it stands in the journey of an order, from 1; `None` outside it.
    pub(crate) const fn step(&self) -> Option<usize> {
        match self {
            Self::Home | Self::Dossier | Self::Renew | Self::LostKey | Self::Fleet | Self::Proof => None,
            Self::Structure => Some(1),
            Self::Software => Some(2),
            Self::Plan | Self::F413 => Some(3),
            Self::Key(_) => Some(4),
            Self::Platform(_) => Some(5),
            Self::Check => Some(6),
            Self::Finish => Some(7),
        }
    }

    /// Whether it is only reached by ordering. Checking and installing are the last steps of an order, and journeys of
    /// their own.
    pub(crate) const fn is_ordering(&self) -> bool {
        matches!(
            self,
            Self::Structure | Self::Software | Self::Plan | Self::F413 | Self::Key(_) | Self::Platform(_)
        )
    }

    /// The fragment of the address, without secret and without anything typed.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Home => "#/".to_owned(),
            Self::Structure => "#/structure".to_owned(),
            Self::Software => "#/logiciels".to_owned(),
            Self::Plan => "#/commande".to_owned(),
            Self::F413 => "#/f413".to_owned(),
            Self::Dossier => "#/dossier".to_owned(),
            Self::Key(certificate) => format!("#/cle/{}", certificate.id),
            Self::Platform(certificate) => format!("#/plateforme/{}", certificate.id),
            Self::Check => "#/verifier".to_owned(),
            Self::Finish => "#/finaliser".to_owned(),
            Self::Renew => "#/renouveler".to_owned(),
            Self::LostKey => "#/cle-perdue".to_owned(),
            Self::Fleet => "#/parc".to_owned(),
            Self::Proof => "#/preuve".to_owned(),
        }
    }

    /// The screen of this fragment, when what it needs is there; `find` knows the certificates by their ids.
    pub(crate) fn from_path(path: &str, find: impl Fn(&str) -> Option<Arc<PlannedCertificate>>) -> Self {
        let path = path.trim_start_matches("#/");
        match path.split_once('/').unwrap_or((path, "")) {
            ("structure", _) => Self::Structure,
            ("logiciels", _) => Self::Software,
            ("commande", _) => Self::Plan,
            ("f413", _) => Self::F413,
            ("dossier", _) => Self::Dossier,
            ("cle", id) => find(id).map_or(Self::Home, Self::Key),
            ("plateforme", id) => find(id).map_or(Self::Home, Self::Platform),
            ("verifier", _) => Self::Check,
            ("finaliser", _) => Self::Finish,
            ("renouveler", _) => Self::Renew,
            ("cle-perdue", _) => Self::LostKey,
            ("parc", _) => Self::Fleet,
            ("preuve", _) => Self::Proof,
            _ => Self::Home,
        }
    }
}

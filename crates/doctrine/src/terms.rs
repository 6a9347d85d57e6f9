//! Keys of the words that stand inside sentences, in the catalogue of terms.

use vocabulary::{Bearer, Sector, Service};

macro_rules! terms {
    ($(#[$doc:meta])* $name:ident($word:ident, $group:literal) { $($variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        pub const fn $name(word: $word) -> &'static str {
            match word {
                $($word::$variant => concat!($group, ".", $text),)+
            }
        }
    };
}

terms! {
    /// The bearer, as it is named to people.
    bearer_term(Bearer, "bearer") {
        Ej = "ej",
        Et = "et",
        EtSitePrincipal = "et-site-principal",
        EtAuChoix = "et-au-choix",
        Siret = "siret",
        RppsRang = "rpps-rang",
    }
}

terms! {
    /// The kind of number the bearer has, without saying whose.
    number_term(Bearer, "number") {
        Ej = "ej",
        Et = "et",
        EtSitePrincipal = "et",
        EtAuChoix = "et",
        Siret = "siret",
        RppsRang = "rpps-rang",
    }
}

terms! {
    /// The sector in plain words; examples stand under the same name in `sector-example`.
    sector_term(Sector, "sector") {
        EtablissementPublic = "etablissement-public",
        CentreDialyse = "centre-dialyse",
        MedicoSocial = "medico-social",
        PriveNonLucratif = "prive-non-lucratif",
        PriveLucratif = "prive-lucratif",
        CentreDeSante = "centre-de-sante",
        MaisonDeSante = "maison-de-sante",
        LbmVille = "lbm-ville",
        LbmHospitalier = "lbm-hospitalier",
        Officine = "officine",
        RadiologieVille = "radiologie-ville",
        RadiologieHospitaliere = "radiologie-hospitaliere",
        CabinetVille = "cabinet-ville",
        HorsSoins = "hors-soins",
    }
}

terms! {
    /// The service in the user's words; its short official name stands under the same name in `service-short`.
    service_term(Service, "service") {
        Dmp = "dmp",
        InsiAuto = "insi-auto",
        InsiManu = "insi-manu",
        MssanteBal = "mssante-bal",
        MssanteOperateur = "mssante-operateur",
        ProSanteConnect = "pro-sante-connect",
        Ror = "ror",
        Roc = "roc",
        AnnuaireSante = "annuaire-sante",
        Drimbox = "drimbox",
        PflauPull = "pflau-pull",
        PflauPush = "pflau-push",
        DossierPharmaceutique = "dossier-pharmaceutique",
        HprimNet = "hprim-net",
        Diapason = "diapason",
        Psig = "psig",
        ServeurWeb = "serveur-web",
        Chiffrement = "chiffrement",
        AutreSegur = "autre-segur",
        AutreHorsSegur = "autre-hors-segur",
    }
}

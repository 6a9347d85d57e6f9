//! The enumerations of the public contract, each with its contract spelling.

use core::fmt;

/// A word that the contract does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWord;

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word the contract does not know")
    }
}

impl core::error::Error for UnknownWord {}

macro_rules! words {
    // Words that stand inside sentences too: `group` is where their names are, in the catalogue of terms.
    ($(#[$doc:meta])* $name:ident, $group:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        words! { $(#[$doc])* $name { $($(#[$variant_doc])* $variant = $text,)+ } }

        impl $name {
            /// Its name to people, by its key in the catalogue of terms.
            pub const fn term(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($group, ".", $text),)+
                }
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every value, in the contract's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling of the public contract.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl core::str::FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or(UnknownWord)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// The kinds of identifier that people type.
    IdentifierKind {
        /// FINESS number of a structure, juridique or géographique.
        Finess = "finess",
        /// SIREN of a company or public body.
        Siren = "siren",
        /// SIRET of an établissement.
        Siret = "siret",
        /// RPPS number of a professional.
        Rpps = "rpps",
        /// RPPS-rang of a cabinet.
        RppsRang = "rpps-rang",
        /// ADELI number of a professional.
        Adeli = "adeli",
        /// ADELI-rang of a cabinet.
        AdeliRang = "adeli-rang",
        /// Identifiant national de structure, as the OU of a certificate holds it.
        StructureId = "structure-id",
        /// Number of a CPx card.
        CardNumber = "card-number",
        /// Fully qualified host name.
        Fqdn = "fqdn",
        /// Domain of mail addresses, `@domaine.fr`.
        MailDomain = "mail-domain",
        /// Mail address.
        Email = "email",
    }
}

words! {
    /// Kinds of structure with a rule of their own (procedure facts, section 3).
    Sector, "sector" {
        /// Public hospital.
        EtablissementPublic = "etablissement-public",
        /// Dialysis and auto-dialysis centre.
        CentreDialyse = "centre-dialyse",
        /// Médico-social establishment.
        MedicoSocial = "medico-social",
        /// Private non-profit hospital.
        PriveNonLucratif = "prive-non-lucratif",
        /// Private for-profit hospital.
        PriveLucratif = "prive-lucratif",
        /// Centre de santé.
        CentreDeSante = "centre-de-sante",
        /// Maison de santé.
        MaisonDeSante = "maison-de-sante",
        /// City laboratory.
        LbmVille = "lbm-ville",
        /// Hospital laboratory.
        LbmHospitalier = "lbm-hospitalier",
        /// Pharmacy.
        Officine = "officine",
        /// City radiology practice.
        RadiologieVille = "radiologie-ville",
        /// Hospital radiology.
        RadiologieHospitaliere = "radiologie-hospitaliere",
        /// Practice of another liberal profession.
        CabinetVille = "cabinet-ville",
        /// Structure without patients: editor, operator.
        HorsSoins = "hors-soins",
    }
}

words! {
    /// What a software installation wants to reach or to do.
    Service, "service" {
        /// Feeding the Dossier médical partagé.
        Dmp = "dmp",
        /// INSi, automated calls.
        InsiAuto = "insi-auto",
        /// INSi, manual calls.
        InsiManu = "insi-manu",
        /// MSSanté, holder of a BAL applicative.
        MssanteBal = "mssante-bal",
        /// MSSanté operator.
        MssanteOperateur = "mssante-operateur",
        /// Pro Santé Connect service provider.
        ProSanteConnect = "pro-sante-connect",
        /// Répertoire opérationnel des ressources.
        Ror = "ror",
        /// Remboursement des organismes complémentaires.
        Roc = "roc",
        /// Annuaire Santé.
        AnnuaireSante = "annuaire-sante",
        /// DRIMbox, sharing of images.
        Drimbox = "drimbox",
        /// Emergency calls location platform, queries.
        PflauPull = "pflau-pull",
        /// Emergency calls location platform, reception.
        PflauPush = "pflau-push",
        /// Dossier pharmaceutique.
        DossierPharmaceutique = "dossier-pharmaceutique",
        /// HPRIM Net messaging.
        HprimNet = "hprim-net",
        /// Diapason.
        Diapason = "diapason",
        /// PSIG.
        Psig = "psig",
        /// A web server.
        ServeurWeb = "serveur-web",
        /// Encryption towards the structure.
        Chiffrement = "chiffrement",
        /// Another Ségur service.
        AutreSegur = "autre-segur",
        /// Another service outside Ségur.
        AutreHorsSegur = "autre-hors-segur",
    }
}

words! {
    /// Products of the IGC-Santé, with the codes of the F413 notice.
    Product {
        /// Client authentication of a structure's application.
        OrgAuthCli = "ORG_AUTH_CLI",
        /// Seal of a structure.
        OrgSign = "ORG_SIGN",
        /// Encryption towards a structure.
        OrgConf = "ORG_CONF",
        /// TLS server, also client.
        ServSsl = "SERV_SSL",
        /// S/MIME of a server.
        ServSmime = "SERV_SMIME",
        /// Seal of a server.
        ServSign = "SERV_SIGN",
        /// Encryption towards a server.
        ServConf = "SERV_CONF",
        /// Authentication of a person in a structure.
        ProAuth = "PRO_AUTH",
        /// Signature of a person in a structure.
        ProSign = "PRO_SIGN",
        /// Encryption towards a person in a structure.
        ProConf = "PRO_CONF",
        /// Authentication of a health professional.
        PsAuth = "PS_AUTH",
        /// Signature of a health professional.
        PsSign = "PS_SIGN",
        /// Encryption towards a health professional.
        PsConf = "PS_CONF",
    }
}

words! {
    /// Offers of the platform, each with several products.
    Offer {
        /// Personne morale.
        Org = "ORG",
        /// Server.
        Serv = "SERV",
        /// Person in a structure.
        Pro = "PRO",
        /// Health professional.
        Ps = "PS",
    }
}

impl Product {
    /// The platform's offer the product belongs to.
    pub const fn offer(self) -> Offer {
        match self {
            Self::OrgAuthCli | Self::OrgSign | Self::OrgConf => Offer::Org,
            Self::ServSsl | Self::ServSmime | Self::ServSign | Self::ServConf => Offer::Serv,
            Self::ProAuth | Self::ProSign | Self::ProConf => Offer::Pro,
            Self::PsAuth | Self::PsSign | Self::PsConf => Offer::Ps,
        }
    }
}

words! {
    /// Whose number a certificate bears.
    Bearer, "bearer" {
        /// FINESS juridique.
        Ej = "ej",
        /// FINESS géographique of each site.
        Et = "et",
        /// FINESS géographique of the main site, valid for all sites of the EJ.
        EtSitePrincipal = "et-site-principal",
        /// FINESS géographique of any one site.
        EtAuChoix = "et-au-choix",
        /// SIRET.
        Siret = "siret",
        /// RPPS-rang.
        RppsRang = "rpps-rang",
    }
}

words! {
    /// Contract in force with the ANS, by the number it bears.
    Contract {
        /// None yet.
        Aucun = "aucun",
        /// Signed under the FINESS juridique.
        Ej = "ej",
        /// Signed under a FINESS géographique.
        Et = "et",
    }
}

words! {
    /// Who manages the certificates.
    Administrator {
        /// Somebody of the structure.
        Structure = "structure",
        /// The software's editor, by delegation.
        Editeur = "editeur",
    }
}

words! {
    /// Which of the two parallel hierarchies a thing belongs to.
    Environment {
        /// Real exchanges.
        Production = "production",
        /// Fictitious structures, for trials.
        Test = "test",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_from_their_spelling() {
        for sector in Sector::ALL {
            assert_eq!(sector.as_str().parse(), Ok(*sector));
        }
        for product in Product::ALL {
            assert_eq!(product.as_str().parse(), Ok(*product));
            assert!(product.as_str().starts_with(product.offer().as_str()));
        }
        assert_eq!("Officine".parse::<Sector>(), Err(UnknownWord));
        assert_eq!("".parse::<Service>(), Err(UnknownWord));
    }
}

use super::{
    Adeli, AdeliRang, CardNumber, Email, Finess, Fqdn, MailDomain, Rpps, RppsRang, Siren, Siret, StructureId,
    look_alike,
};
use crate::{Finding, IdentifierKind};

/// What is known of an identifier someone typed: the contract's `IdentifierReport`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it was read as.
    pub kind: IdentifierKind,
    /// How it is written; present exactly when it is valid, that is when no finding is an error.
    pub canonical: Option<String>,
    /// What it says by itself, when valid: `department`, `territory` (Insee code, overseas), `environment` (`test`),
    /// `siren`, `nic`, `public`, `rpps`, `adeli`, `rank`, `domain`; of a structure id also `kind` and `number`.
    pub facts: Vec<(&'static str, String)>,
    /// What is wrong or worth knowing.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether it can be used.
    pub const fn is_valid(&self) -> bool {
        self.canonical.is_some()
    }
}

/// Reads what a person typed as an identifier of this kind. Never panics, whatever the text.
pub fn report(kind: IdentifierKind, text: &str) -> Report {
    let mut findings = Vec::new();
    macro_rules! read {
        ($type:ident) => {
            $type::read(text, &mut findings).map(|value| (value.as_str().to_owned(), value.facts()))
        };
    }
    let read = match kind {
        IdentifierKind::Finess => read!(Finess),
        IdentifierKind::Siren => read!(Siren),
        IdentifierKind::Siret => read!(Siret),
        IdentifierKind::Rpps => read!(Rpps),
        IdentifierKind::RppsRang => read!(RppsRang),
        IdentifierKind::Adeli => read!(Adeli),
        IdentifierKind::AdeliRang => read!(AdeliRang),
        IdentifierKind::StructureId => read!(StructureId),
        IdentifierKind::CardNumber => read!(CardNumber),
        IdentifierKind::Fqdn => read!(Fqdn),
        IdentifierKind::MailDomain => read!(MailDomain),
        IdentifierKind::Email => read!(Email),
    };
    let (canonical, facts) = read.map_or((None, Vec::new()), |(text, facts)| (Some(text), facts));
    look_alike::look(kind, text, canonical.is_some(), &mut findings);
    Report { kind, canonical, facts, findings }
}

/// The name of the kind in the message catalogue.
pub const fn term(kind: IdentifierKind) -> crate::Value {
    crate::Value::Term(match kind {
        IdentifierKind::Finess => "identifier.finess",
        IdentifierKind::Siren => "identifier.siren",
        IdentifierKind::Siret => "identifier.siret",
        IdentifierKind::Rpps => "identifier.rpps",
        IdentifierKind::RppsRang => "identifier.rpps-rang",
        IdentifierKind::Adeli => "identifier.adeli",
        IdentifierKind::AdeliRang => "identifier.adeli-rang",
        IdentifierKind::StructureId => "identifier.structure-id",
        IdentifierKind::CardNumber => "identifier.card-number",
        IdentifierKind::Fqdn => "identifier.fqdn",
        IdentifierKind::MailDomain => "identifier.mail-domain",
        IdentifierKind::Email => "identifier.email",
    })
}

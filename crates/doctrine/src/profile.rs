//! What a structure is and wants.

use vocabulary::{
    Administrator, Contract, Date, Sector, Service,
    identifiers::{Email, Finess, Fqdn, RppsRang, Siret},
};

/// What a structure is and what its software must reach: the contract's `OrderProfile`, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Sector of the legal entities that give none of their own.
    pub sector: Sector,
    /// Contract in force with the ANS, for the legal entities that give none. Ignored where the contract is implicit.
    pub contract: Option<Contract>,
    /// The hospital that a hospital laboratory or radiology department belongs to. Required for these sectors, refused
    /// when no legal entity is of one: a pharmacy that says it belongs to a hospital has chosen the wrong sector.
    pub host_hospital: Option<Sector>,
    /// One, or several for a GHT, a group of clinics, of SELAS.
    pub legal_entities: Vec<LegalEntity>,
    /// Every software installation that will hold a certificate.
    pub instances: Vec<SoftwareInstance>,
    /// Who manages the certificates.
    pub administrator: Administrator,
    /// The day of the order: judges the age of the rules.
    pub on: Date,
}

/// A legal entity (EJ): never shares a certificate with another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegalEntity {
    /// Unique among legal entities.
    pub id: String,
    /// Its name, for people.
    pub name: Option<String>,
    /// Overrides the profile's sector.
    pub sector: Option<Sector>,
    /// Overrides the profile's contract.
    pub contract: Option<Contract>,
    /// FINESS juridique.
    pub finess_ej: Option<Finess>,
    /// SIRET.
    pub siret: Option<Siret>,
    /// RPPS-rang of each titulaire. The first one is borne by the certificates.
    pub rpps_rang: Vec<RppsRang>,
    /// Its sites. May be empty where no site bears a certificate: the number of the entity is then enough.
    pub sites: Vec<Site>,
}

/// A site (ET) of a legal entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Unique among all sites of the profile: installations name their sites by it.
    pub id: String,
    /// Its name, for people.
    pub name: Option<String>,
    /// FINESS géographique.
    pub finess_et: Option<Finess>,
    /// The main site of the entity. The only site of an entity is its main one.
    pub main: bool,
}

/// A software installation that will hold certificates and keys of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoftwareInstance {
    /// Unique among installations.
    pub id: String,
    /// Its name, for people: suggested as the common name where it is free.
    pub name: String,
    /// What it must reach. May be empty for the installations of a hospital's laboratory or radiology department only:
    /// they can do with the hospital's certificates.
    pub services: Vec<Service>,
    /// Ids of the sites it serves; all sites of all legal entities when absent.
    pub sites: Option<Vec<String>>,
    /// The server's name, needed by SERV_SSL.
    pub fqdn: Option<Fqdn>,
    /// The mail address, needed by SERV_SMIME, SERV_SIGN, SERV_CONF, PRO_*.
    pub email: Option<Email>,
}

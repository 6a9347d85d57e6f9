//! The bearer for every sector, hospital, contract and kind of service; the certificates for every service.

use std::{collections::BTreeMap, fs};

use crate::common::{certificates, root};
use doctrine::{LegalEntity, Profile, Site, SoftwareInstance, host_hospitals, recommend, sector_rule};
use serde::Deserialize;
use vocabulary::{Administrator, Bearer, Contract, Sector, Service};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Matrix {
    bearers: BTreeMap<String, Row>,
    services: BTreeMap<String, Vec<String>>,
}

/// Bearers without contract given, then with `aucun`, `ej`, `et`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    segur: [String; 4],
    outside: [String; 4],
}

fn matrix() -> Matrix {
    let text = fs::read_to_string(root().join("tests/cases/doctrine/matrix.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

fn profile(sector: Sector, host: Option<Sector>, contract: Option<Contract>, service: Service) -> Profile {
    Profile {
        sector,
        contract,
        host_hospital: host,
        legal_entities: vec![LegalEntity {
            id: "e".to_owned(),
            sites: vec![Site { id: "s".to_owned(), ..Site::default() }],
            ..LegalEntity::default()
        }],
        instances: vec![SoftwareInstance {
            id: "i".to_owned(),
            name: "Logiciel".to_owned(),
            services: vec![service],
            ..SoftwareInstance::default()
        }],
        administrator: Administrator::Structure,
        on: doctrine::rules_date(),
    }
}

#[test]
fn every_sector_and_contract_has_its_bearer() {
    let Matrix { mut bearers, .. } = matrix();
    let contracts = [None, Some(Contract::Aucun), Some(Contract::Ej), Some(Contract::Et)];
    for sector in Sector::ALL.iter().copied() {
        let hosts: Vec<Option<Sector>> = if sector_rule(sector).needs_host_hospital() {
            host_hospitals().iter().copied().map(Some).collect()
        } else {
            vec![None]
        };
        for host in hosts {
            let key = host.map_or(sector.to_string(), |host| format!("{sector} / {host}"));
            let row = bearers.remove(&key).unwrap_or_else(|| panic!("no row {key}"));
            for (service, expected) in [(Service::Dmp, row.segur), (Service::PflauPull, row.outside)] {
                for (contract, expected) in contracts.iter().zip(expected) {
                    let plan = recommend(&profile(sector, host, *contract, service)).unwrap();
                    let at = format!("{key}, {contract:?}, {service}");
                    assert_eq!(plan.bearer.as_str(), expected, "{at}");
                    assert!(plan.certificates.iter().all(|one| one.bearer == plan.bearer), "{at}");
                    let first = plan.options.first().unwrap();
                    assert_eq!((first.bearer, first.recommended), (plan.bearer, true), "{at}");
                    assert_eq!(plan.options.iter().filter(|option| option.recommended).count(), 1, "{at}");
                }
            }
        }
    }
    assert!(bearers.is_empty(), "rows of no sector: {:?}", bearers.keys());
}

#[test]
fn every_service_has_its_products() {
    let Matrix { mut services, .. } = matrix();
    for service in Service::ALL.iter().copied() {
        let plan = recommend(&profile(Sector::EtablissementPublic, None, None, service)).unwrap();
        let expected = services.remove(service.as_str()).unwrap_or_else(|| panic!("no row {service}"));
        let found: Vec<_> = certificates(&plan).iter().map(|line| line.replace(" ej e - i ", " ")).collect();
        assert_eq!(found, expected, "{service}");
        let info = doctrine::service_info(service);
        let named = |rule| plan.certificates.iter().any(|one| one.common_name.rule() == rule);
        assert_eq!((info.needs_fqdn(), info.needs_email()), (named("fqdn"), named("email")), "{service}");
        assert!(plan.certificates.iter().all(|one| one.services == [service] && !one.sources.is_empty()));
    }
    assert!(services.is_empty(), "rows of no service: {:?}", services.keys());
}

#[test]
fn the_number_given_chooses_the_bearer_of_a_practice() {
    let with = |sector, change: fn(&mut LegalEntity)| {
        let mut profile = profile(sector, None, None, Service::Dmp);
        profile.legal_entities.iter_mut().for_each(change);
        recommend(&profile).unwrap().bearer
    };
    let rpps_rang = |entity: &mut LegalEntity| {
        entity.rpps_rang.extend(vocabulary::identifiers::RppsRang::parse("10002813839010"));
    };
    let et = |entity: &mut LegalEntity| {
        for site in &mut entity.sites {
            site.finess_et = vocabulary::identifiers::Finess::parse("010000016");
        }
    };
    let siret = |entity: &mut LegalEntity| {
        entity.siret = vocabulary::identifiers::Siret::parse("73282932000074");
    };
    for sector in [Sector::RadiologieVille, Sector::CabinetVille] {
        assert_eq!(with(sector, rpps_rang), Bearer::RppsRang);
        assert_eq!(with(sector, et), Bearer::Et);
        assert_eq!(with(sector, siret), Bearer::Siret);
    }
    assert_eq!(with(Sector::RadiologieVille, |_| ()), Bearer::RppsRang);
    assert_eq!(with(Sector::CabinetVille, |_| ()), Bearer::Siret);
}

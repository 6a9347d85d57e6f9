//! What holds of every profile, however odd.

use std::collections::{BTreeMap, BTreeSet};

use doctrine::{
    LegalEntity, Plan, PlannedName, Profile, Site, SoftwareInstance, host_hospitals, recommend, sector_rule,
    service_info,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use vocabulary::{
    Administrator, Bearer, Contract, Date, Sector, Service,
    identifiers::{Email, Finess, Fqdn, RppsRang, Siret, StructureId},
};

const FINESS: [&str; 8] =
    ["010000016", "010780195", "540002698", "350005179", "750712184", "970100012", "2A0000014", "2B0000012"];
const RPPS_RANG: [&str; 6] = [
    "10002813839010",
    "10002813839028",
    "10002813839036",
    "10002813839044",
    "10002813839051",
    "10002813839069",
];
const SIRET: [&str; 3] = ["18751275100020", "73282932000074", "26010004500012"];

/// Mostly sound, so that most runs reach a plan: ids are made unique, references mostly known.
fn profile() -> impl Strategy<Value = Profile> {
    (
        select(Sector::ALL),
        option::of(select(Contract::ALL)),
        option::weighted(0.7, select(host_hospitals())),
        vec(entity(), 1..4),
        vec(instance(), 1..4),
        select(Administrator::ALL),
        (2020..2040_i32, 1..=12_u8),
        0..20_u8,
    )
        .prop_map(
            |(sector, contract, host, mut legal_entities, mut instances, administrator, on, oddity)| {
                // Each number once, until there is none left.
                let (mut numbers, mut sirets, mut ranks) = (FINESS.iter(), SIRET.iter(), RPPS_RANG.iter());
                for (at, entity) in legal_entities.iter_mut().enumerate() {
                    if oddity != 1 {
                        entity.id = format!("e{at}");
                    }
                    if entity.finess_ej.is_some() && oddity != 6 {
                        entity.finess_ej = numbers.next().and_then(|number| Finess::parse(number));
                    }
                    if entity.siret.is_some() && oddity != 7 {
                        entity.siret = sirets.next().and_then(|number| Siret::parse(number));
                    }
                    if oddity != 8 {
                        let count = entity.rpps_rang.len();
                        entity.rpps_rang =
                            ranks.by_ref().take(count).filter_map(|number| RppsRang::parse(number)).collect();
                    }
                    for (place, site) in entity.sites.iter_mut().enumerate() {
                        site.id = if oddity == 2 { "s".to_owned() } else { format!("s{at}-{place}") };
                        if site.finess_et.is_some() {
                            site.finess_et = numbers.next().and_then(|number| Finess::parse(number));
                        }
                    }
                }
                let known: Vec<String> = legal_entities
                    .iter()
                    .flat_map(|entity| &entity.sites)
                    .map(|site| site.id.clone())
                    .collect();
                for (at, instance) in instances.iter_mut().enumerate() {
                    if oddity != 3 {
                        instance.id = format!("i{at}");
                    }
                    if let Some(sites) = &mut instance.sites {
                        let chosen: BTreeSet<String> = sites
                            .iter()
                            .filter_map(|text| known.get(text.len().checked_rem(known.len())?).cloned())
                            .collect();
                        *sites = chosen.into_iter().collect();
                        if oddity == 4 {
                            sites.push("elsewhere".to_owned());
                        }
                    }
                }
                let hosted = |sector: Sector| sector_rule(sector).needs_host_hospital();
                let needs_host = legal_entities.iter().any(|entity| hosted(entity.sector.unwrap_or(sector)));
                let host_hospital = match (needs_host, oddity) {
                    (true, 5) | (false, 0..=18) => None,
                    (true, _) => host.or(Some(Sector::PriveLucratif)),
                    (false, _) => host,
                };
                let on = Date::new(on.0, on.1, 1).unwrap();
                Profile { sector, contract, host_hospital, legal_entities, instances, administrator, on }
            },
        )
}

fn entity() -> impl Strategy<Value = LegalEntity> {
    (
        any::<String>(),
        option::of(".{0,12}"),
        option::weighted(0.3, select(Sector::ALL)),
        option::weighted(0.3, select(Contract::ALL)),
        option::of(Just(FINESS[0])),
        option::of(Just(SIRET[0])),
        vec(Just(RPPS_RANG[0]), 0..3),
        prop_oneof![1 => Just(Vec::new()), 12 => vec(site(), 1..4)],
    )
        .prop_map(|(id, name, sector, contract, ej, siret, rpps_rang, sites)| LegalEntity {
            id,
            name,
            sector,
            contract,
            finess_ej: ej.and_then(Finess::parse),
            siret: siret.and_then(Siret::parse),
            rpps_rang: rpps_rang.into_iter().filter_map(RppsRang::parse).collect(),
            sites,
        })
}

fn site() -> impl Strategy<Value = Site> {
    (option::of(".{0,12}"), any::<bool>(), any::<bool>()).prop_map(|(name, known, main)| Site {
        id: String::new(),
        name,
        finess_et: known.then(|| Finess::parse(FINESS[0])).flatten(),
        main,
    })
}

fn instance() -> impl Strategy<Value = SoftwareInstance> {
    (
        any::<String>(),
        prop_oneof![Just("DPI".to_owned()), ".{0,90}", Just("Insi Auto".to_owned())],
        prop_oneof![1 => Just(Vec::new()), 12 => vec(select(Service::ALL), 1..6)],
        option::of(prop_oneof![1 => Just(Vec::new()), 12 => vec(".{0,5}", 1..4)]),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(id, name, services, sites, fqdn, email)| SoftwareInstance {
            id,
            name,
            services: services.into_iter().collect::<BTreeSet<_>>().into_iter().collect(),
            sites,
            fqdn: fqdn.then(|| Fqdn::parse("serveur.exemple-sante.fr")).flatten(),
            email: email.then(|| Email::parse("boite@exemple-sante.fr")).flatten(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_keeps_the_rules(profile in profile()) {
        let plan = match recommend(&profile) {
            Ok(plan) => plan,
            Err(error) => {
                prop_assert_eq!(error.code(), "invalid-profile");
                prop_assert!(error.field.is_some());
                return Ok(());
            }
        };
        prop_assert_eq!(&plan, &recommend(&profile).unwrap(), "equal profiles, equal plans");
        ids_are_unique(&plan)?;
        each_certificate_stands_for_one_thing(&plan, &profile)?;
        each_need_has_exactly_one_certificate(&plan, &profile)?;
        insi_stands_alone(&plan)?;
        numbers_are_there_when_known(&plan, &profile)?;
        suggestions_tell_installations_apart(&plan)?;
        the_rest_follows(&plan)?;
    }
}

#[test]
fn most_profiles_drawn_reach_a_plan() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let plans =
        (0..500).filter(|_| recommend(&profile().new_tree(&mut runner).unwrap().current()).is_ok()).count();
    assert!((200..480).contains(&plans), "{plans} of 500");
}

fn ids_are_unique(plan: &Plan) -> Result<(), TestCaseError> {
    let ids: BTreeSet<_> = plan.certificates.iter().map(|one| &one.id).collect();
    prop_assert_eq!(ids.len(), plan.certificates.len());
    Ok(())
}

/// One installation, one legal entity, one site when a site bears it: of those the installation serves.
fn each_certificate_stands_for_one_thing(plan: &Plan, profile: &Profile) -> Result<(), TestCaseError> {
    for one in &plan.certificates {
        let entity = profile.legal_entities.iter().find(|entity| entity.id == one.legal_entity).unwrap();
        let instance = profile.instances.iter().find(|instance| instance.id == one.instance).unwrap();
        let serves = |id: &String| instance.sites.as_ref().is_none_or(|sites| sites.contains(id));
        prop_assert!(entity.sites.is_empty() || entity.sites.iter().any(|site| serves(&site.id)));
        let site = one.site.as_ref().map(|id| entity.sites.iter().find(|site| site.id == *id).unwrap());
        match one.bearer {
            Bearer::Et => prop_assert!(site.is_some_and(|site| serves(&site.id))),
            Bearer::EtSitePrincipal => {
                let main = entity.sites.iter().filter(|site| site.main).count();
                prop_assert_eq!(site.is_some(), main == 1 || entity.sites.len() == 1);
                prop_assert!(site.is_none_or(|site| site.main || entity.sites.len() == 1));
            }
            Bearer::EtAuChoix => prop_assert!(false, "never planned"),
            Bearer::Ej | Bearer::Siret | Bearer::RppsRang => prop_assert!(site.is_none()),
        }
        prop_assert!(one.services.iter().all(|service| instance.services.contains(service)));
        prop_assert!(!one.services.is_empty() && !one.sources.is_empty());
    }
    Ok(())
}

/// Each service of an installation has each of its products once for each thing that bears them, and shares it with
/// every other service it can.
fn each_need_has_exactly_one_certificate(plan: &Plan, profile: &Profile) -> Result<(), TestCaseError> {
    let mut served = BTreeMap::new();
    let mut shared = BTreeMap::new();
    for one in &plan.certificates {
        let spot = (&one.instance, &one.legal_entity, &one.site);
        for service in &one.services {
            *served.entry((spot, *service, one.product)).or_insert(0) += 1;
        }
        if !matches!(one.common_name, PlannedName::Exact(_)) {
            *shared.entry((spot, one.product)).or_insert(0) += 1;
        }
    }
    prop_assert!(served.values().all(|count| *count == 1));
    prop_assert!(shared.values().all(|count| *count == 1));
    for instance in &profile.instances {
        let all = &profile.legal_entities;
        let entities = all.iter().filter(|entity| match &instance.sites {
            None => true,
            Some(sites) => entity.sites.iter().any(|site| sites.contains(&site.id)),
        });
        for entity in entities {
            let of_pair = plan
                .certificates
                .iter()
                .filter(|one| one.instance == instance.id && one.legal_entity == entity.id);
            let spots: BTreeSet<_> = of_pair.clone().map(|one| &one.site).collect();
            let bearers: BTreeSet<_> = of_pair.map(|one| one.bearer).collect();
            prop_assert_eq!(bearers.len(), usize::from(!instance.services.is_empty()));
            if bearers.contains(&Bearer::Et) {
                let wanted = entity.sites.iter().map(|site| &site.id);
                let wanted =
                    wanted.filter(|id| instance.sites.as_ref().is_none_or(|sites| sites.contains(id)));
                prop_assert_eq!(spots.len(), wanted.count());
            } else {
                prop_assert_eq!(spots.len(), bearers.len());
            }
            for service in &instance.services {
                for rule in service_info(*service).products {
                    for site in &spots {
                        let key = ((&instance.id, &entity.id, *site), *service, rule.product);
                        prop_assert!(served.contains_key(&key), "{:?}", key);
                    }
                }
            }
        }
    }
    Ok(())
}

fn insi_stands_alone(plan: &Plan) -> Result<(), TestCaseError> {
    for one in &plan.certificates {
        let names: Vec<_> = one
            .services
            .iter()
            .filter_map(|service| service_info(*service).insi)
            .map(|mode| mode.name())
            .collect();
        match one.common_name {
            PlannedName::Exact(name) => {
                prop_assert_eq!((names.as_slice(), one.services.len()), (&[name][..], 1))
            }
            _ => prop_assert!(names.is_empty()),
        }
    }
    Ok(())
}

fn numbers_are_there_when_known(plan: &Plan, profile: &Profile) -> Result<(), TestCaseError> {
    for one in &plan.certificates {
        let entity = profile.legal_entities.iter().find(|entity| entity.id == one.legal_entity).unwrap();
        let site = one.site.as_ref().and_then(|id| entity.sites.iter().find(|site| site.id == *id));
        let expected = match one.bearer {
            Bearer::Ej => entity.finess_ej.as_ref().map(StructureId::of_finess),
            Bearer::Siret => entity.siret.as_ref().map(StructureId::of_siret),
            Bearer::RppsRang => entity.rpps_rang.first().map(StructureId::of_rpps_rang),
            Bearer::Et | Bearer::EtSitePrincipal | Bearer::EtAuChoix => {
                site.and_then(|site| site.finess_et.as_ref()).map(StructureId::of_finess)
            }
        };
        prop_assert_eq!(&one.structure_id, &expected);
        let told = |code: &str| plan.notices.iter().any(|notice| notice.code() == code);
        prop_assert!(
            expected.is_some()
                || told("number-missing")
                || told("main-site-missing")
                || told("main-site-ambiguous")
        );
    }
    Ok(())
}

fn suggestions_tell_installations_apart(plan: &Plan) -> Result<(), TestCaseError> {
    let mut owners = BTreeMap::new();
    for one in &plan.certificates {
        if let Some(name) = one.common_name.suggestion() {
            let owner = owners.entry(name.to_lowercase()).or_insert(&one.instance);
            prop_assert_eq!(*owner, &one.instance);
        }
    }
    Ok(())
}

/// Options, steps, cards and notices agree with the certificates.
fn the_rest_follows(plan: &Plan) -> Result<(), TestCaseError> {
    prop_assert!(plan.options.first().is_some_and(|option| option.recommended));
    prop_assert!(plan.options.iter().any(|option| option.recommended && option.bearer == plan.bearer));
    let kinds: BTreeSet<_> = plan.options.iter().map(|option| (option.bearer, option.when)).collect();
    prop_assert_eq!(kinds.len(), plan.options.len());
    if !plan.certificates.is_empty() {
        prop_assert!(plan.certificates.iter().any(|one| one.bearer == plan.bearer));
        prop_assert!(plan.steps.len() > 8);
    }
    prop_assert_eq!(plan.steps.last().map(|step| step.code.as_str()), Some("alarm"));
    let cards: Vec<_> = plan.platform_cards.iter().map(|card| &card.certificate).collect();
    prop_assert_eq!(cards, plan.certificates.iter().map(|one| &one.id).collect::<Vec<_>>());
    for row in plan.platform_cards.iter().flat_map(|card| &card.rows) {
        prop_assert!(!row.copy || row.value.is_some());
    }
    prop_assert!(plan.notices.is_sorted_by_key(|notice| core::cmp::Reverse(notice.severity)));
    Ok(())
}

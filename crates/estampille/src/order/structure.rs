//! A structure of the register, taken into a profile.

use vocabulary::Sector;

use super::questions;
use crate::contract::{FinessHit, LegalEntity, OrderProfile, Site, SoftwareInstance};

/// The longest name that was seen in a certificate, in characters.
const LONGEST_NAME: usize = 40;

/// Takes a structure into a profile: into its legal entity when that is there, else into the first that has no number yet,
/// else as another. `entity` is the legal entity of a site. The sector is taken when `sector_is_open` and the register
/// proposes one. What was typed besides stays. `id` gives a new id that begins so.
pub fn take_structure(
    profile: &mut OrderProfile,
    taken: &FinessHit,
    entity: Option<&FinessHit>,
    sector_is_open: bool,
    mut id: impl FnMut(&str) -> String,
) {
    if sector_is_open && let Some(sector) = &taken.sector {
        profile.sector = Some(sector.to_string());
    }
    let is_site = taken.kind == "et";
    let number = if is_site { taken.ej.as_deref() } else { Some(taken.number.as_str()) };
    let sector = profile.sector.as_deref().and_then(|word| word.parse::<Sector>().ok());
    let bears_ej = sector.map(|sector| questions(sector, None, false).finess_ej);
    let entity = entity.filter(|entity| !entity.name.is_empty());
    // The name of a site beside the number of its entity would be wrong on the form and in the certificate: a file that
    // does not name entities leaves it to be typed.
    let named = match bears_ej {
        Some(true) if is_site => entity,
        // Not known yet: the site's, unless its entity has no name to compare it with.
        None if is_site && entity.is_none() => None,
        _ => Some(taken),
    };
    let named = named.filter(|hit| !hit.name.is_empty());

    let entities = profile.legal_entities.get_or_insert_default();
    let place = entities
        .iter()
        .position(|one| number.is_some() && written(&one.finess_ej) == number)
        .or_else(|| entities.iter().position(is_blank));
    let place = place.unwrap_or_else(|| {
        entities.push(LegalEntity { id: Some(id("ej")), ..LegalEntity::default() });
        entities.len().saturating_sub(1)
    });
    let Some(into) = entities.get_mut(place) else { return };
    into.finess_ej = number.map(str::to_owned);
    if written(&into.name).is_none() {
        into.name = named.map(name_of);
    }
    if is_site && written(&into.siret).is_none() {
        into.siret.clone_from(&taken.siret);
    }
    let sites = into.sites.get_or_insert_default();
    if is_site && !sites.iter().any(|site| written(&site.finess_et) == Some(taken.number.as_str())) {
        let blank = sites.iter().position(|site| written(&site.finess_et).is_none());
        let place = blank.unwrap_or_else(|| {
            sites.push(Site { id: Some(id("site")), ..Site::default() });
            sites.len().saturating_sub(1)
        });
        if let Some(site) = sites.get_mut(place) {
            site.finess_et = Some(taken.number.clone());
            if written(&site.name).is_none() {
                site.name = Some(taken.name.clone());
            }
        }
    }
    if sites.is_empty() {
        sites.push(Site { id: Some(id("site")), ..Site::default() });
    }
}

/// Whether what was typed is of another legal entity than this structure's.
pub fn is_of_another(profile: &OrderProfile, taken: &FinessHit) -> bool {
    let number = if taken.kind == "et" { taken.ej.as_deref() } else { Some(taken.number.as_str()) };
    let mut entities = profile.legal_entities.iter().flatten();
    entities.any(|entity| !is_blank(entity) && written(&entity.finess_ej) != number)
}

/// Empties the profile of its structures, for another to be taken. The software stays, at no place.
pub fn without_structures(profile: &mut OrderProfile) {
    profile.legal_entities = None;
    for instance in profile.instances.iter_mut().flatten() {
        instance.sites = None;
    }
}

/// The profile as it would be with a Ségur service, when none was chosen yet: whose number its certificates bear is known
/// from then on.
pub fn with_a_service(mut profile: OrderProfile) -> OrderProfile {
    let has_one =
        profile.instances.iter().flatten().any(|one| one.services.iter().flatten().next().is_some());
    if !has_one {
        profile.instances = Some(vec![SoftwareInstance {
            id: Some("logiciel".to_owned()),
            services: Some(vec![vocabulary::Service::Dmp.as_str().to_owned()]),
            ..SoftwareInstance::default()
        }]);
    }
    profile
}

/// The name, or the short one where a certificate would not hold it.
fn name_of(hit: &FinessHit) -> String {
    let short = hit.short_name.as_ref().filter(|_| hit.name.chars().count() > LONGEST_NAME);
    short.unwrap_or(&hit.name).clone()
}

/// Neither a number nor a name was typed.
fn is_blank(entity: &LegalEntity) -> bool {
    let sites = entity.sites.iter().flatten();
    written(&entity.finess_ej).is_none()
        && written(&entity.siret).is_none()
        && written(&entity.name).is_none()
        && entity.rpps_rang.iter().flatten().all(|number| number.trim().is_empty())
        && sites.clone().all(|site| written(&site.finess_et).is_none())
}

fn written(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(number: &str, kind: &'static str, ej: Option<&str>, sector: Option<&'static str>) -> FinessHit {
        FinessHit {
            number: number.to_owned(),
            kind: kind.into(),
            name: format!("NOM {number}"),
            short_name: None,
            city: None,
            postcode: None,
            department: None,
            category_code: None,
            category_label: None,
            siret: None,
            siren: None,
            ej: ej.map(str::to_owned),
            et_count: None,
            sector: sector.map(Into::into),
            sector_reason: None,
            open: true,
        }
    }

    fn ids() -> impl FnMut(&str) -> String {
        let mut last = 0;
        move |start| {
            last += 1;
            format!("{start}{last}")
        }
    }

    #[test]
    fn a_site_fills_what_is_empty_then_its_entity_then_another() {
        let mut profile = OrderProfile {
            legal_entities: Some(vec![LegalEntity {
                id: Some("ej1".to_owned()),
                sites: Some(vec![Site { id: Some("site1".to_owned()), ..Site::default() }]),
                ..LegalEntity::default()
            }]),
            ..OrderProfile::default()
        };
        let mut id = ids();
        let ej = hit("690040019", "ej", None, None);
        for (number, entity) in [
            ("690000112", "690040019"),
            ("690000120", "690040019"),
            ("690000120", "690040019"),
            ("130000219", "130020019"),
        ] {
            let site = hit(number, "et", Some(entity), Some("lbm-ville"));
            let open = profile.sector.is_none();
            take_structure(&mut profile, &site, Some(&ej), open, &mut id);
        }
        assert_eq!(profile.sector.as_deref(), Some("lbm-ville"));
        let entities = profile.legal_entities.unwrap();
        let told: Vec<_> = entities
            .iter()
            .map(|one| {
                let sites: Vec<_> =
                    one.sites.iter().flatten().map(|site| site.finess_et.as_deref()).collect();
                (one.finess_ej.as_deref(), one.name.as_deref(), sites)
            })
            .collect();
        // A laboratory bears the site's number: the name is the site's too.
        assert_eq!(
            told[0],
            (Some("690040019"), Some("NOM 690000112"), vec![Some("690000112"), Some("690000120")])
        );
        assert_eq!(told[1], (Some("130020019"), Some("NOM 130000219"), vec![Some("130000219")]));
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn a_public_hospital_takes_the_name_of_its_entity_and_what_was_typed_stays() {
        let mut profile = OrderProfile { sector: Some("officine".to_owned()), ..OrderProfile::default() };
        let site = hit("590000014", "et", Some("590780019"), Some("etablissement-public"));
        let entity = hit("590780019", "ej", None, Some("etablissement-public"));
        take_structure(&mut profile, &site, Some(&entity), false, ids());
        assert_eq!(profile.sector.as_deref(), Some("officine"), "the sector was chosen");
        let mut open = OrderProfile::default();
        take_structure(&mut open, &site, Some(&entity), true, ids());
        let named = open.legal_entities.as_ref().and_then(|all| all.first()?.name.clone());
        assert_eq!(named.as_deref(), Some("NOM 590780019"));
        take_structure(&mut open, &entity, None, true, ids());
        assert_eq!(open.legal_entities.unwrap().len(), 1, "the entity is there already");
    }

    #[test]
    fn an_entity_without_a_name_does_not_get_that_of_its_site() {
        let site = hit("310783055", "et", Some("310781406"), Some("etablissement-public"));
        let nameless = FinessHit { name: String::new(), ..hit("310781406", "ej", None, None) };
        for entity in [Some(&nameless), None] {
            let mut profile = OrderProfile::default();
            take_structure(&mut profile, &site, entity, true, ids());
            let entities = profile.legal_entities.unwrap();
            assert_eq!(
                (entities[0].finess_ej.as_deref(), entities[0].name.as_deref()),
                (Some("310781406"), None)
            );
        }
    }

    #[test]
    fn another_structure_can_take_the_place_of_the_first() {
        let mut profile = OrderProfile::default();
        let first = hit("640000600", "et", Some("640781290"), Some("etablissement-public"));
        let second = hit("640015269", "et", Some("640015228"), Some("lbm-ville"));
        assert!(!is_of_another(&profile, &first));
        take_structure(&mut profile, &first, None, true, ids());
        assert!(!is_of_another(&profile, &first));
        assert!(is_of_another(&profile, &second));
        without_structures(&mut profile);
        take_structure(&mut profile, &second, None, true, ids());
        let entities = profile.legal_entities.unwrap();
        assert_eq!(entities.len(), 1);
        assert_eq!(entities[0].finess_ej.as_deref(), Some("640015228"));
        assert_eq!(profile.sector.as_deref(), Some("lbm-ville"));
    }

    #[test]
    fn a_name_too_long_gives_way_to_the_short_one() {
        let long = FinessHit {
            name: "LABORATOIRE DE BIOLOGIE MEDICALE DU PLATEAU DE LYON".to_owned(),
            short_name: Some("LBM DU PLATEAU".to_owned()),
            ..hit("690000112", "et", None, None)
        };
        assert_eq!(name_of(&long), "LBM DU PLATEAU");
        assert_eq!(name_of(&FinessHit { short_name: None, ..long.clone() }), long.name);
    }

    #[test]
    fn one_service_is_enough_to_know_the_bearer() {
        let assumed = with_a_service(OrderProfile::default());
        assert_eq!(assumed.instances.as_ref().map(Vec::len), Some(1));
        assert_eq!(with_a_service(assumed.clone()), assumed);
    }
}

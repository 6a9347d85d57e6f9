//! The sector that is proposed for a structure of the register: each rule, and the rows of the real one.

use std::collections::BTreeMap;
use std::{fs, path::PathBuf};

use doctrine::{
    Ownership, SectorProposal, SiteFacts, entity_sector, ownership, register_is_outdated, site_sector,
};
use messages::{Locale, line};
use vocabulary::{Date, Sector, topics::register as topics};

fn site(category: u16, espic: Option<u8>, legal_status: Option<u8>) -> SiteFacts<'static> {
    SiteFacts { category: Some(category), category_label: "Essai", espic, legal_status }
}

fn sector(category: u16, espic: Option<u8>, legal_status: Option<u8>) -> Option<Sector> {
    site_sector(&site(category, espic, legal_status)).sector
}

/// Rows of the register, by header names; `ESTAMPILLE_REAL_DATA`, or `shared/fixtures` beside the project.
fn rows(name: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let root = std::env::var_os("ESTAMPILLE_REAL_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures")),
        PathBuf::from,
    );
    let path = root.join("finess").join(name);
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("REGISTER ABSENT, SECTORS NOT VERIFIED: {}", path.display());
        return None;
    };
    let mut lines = text.lines().map(|line| line.split(';').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().unwrap();
    Some(lines.map(|line| head.iter().cloned().zip(line).collect()).collect())
}

#[test]
fn categories_tell_the_sector() {
    for (category, wanted) in [
        (101, Sector::EtablissementPublic),
        (106, Sector::EtablissementPublic),
        (355, Sector::EtablissementPublic),
        (114, Sector::EtablissementPublic),
        (433, Sector::EtablissementPublic),
        (141, Sector::CentreDialyse),
        (146, Sector::CentreDialyse),
        (611, Sector::LbmVille),
        (620, Sector::Officine),
        (629, Sector::Officine),
        (124, Sector::CentreDeSante),
        (603, Sector::MaisonDeSante),
        (500, Sector::MedicoSocial),
        (183, Sector::MedicoSocial),
        (246, Sector::MedicoSocial),
        (354, Sector::MedicoSocial),
        (197, Sector::MedicoSocial),
    ] {
        assert_eq!(sector(category, None, None), Some(wanted), "{category}");
    }
}

#[test]
fn the_owner_tells_which_hospital() {
    for category in [109, 122, 127, 128, 129, 131, 161, 292, 362, 365, 697] {
        assert_eq!(sector(category, Some(1), None), Some(Sector::EtablissementPublic));
        assert_eq!(
            sector(category, Some(6), Some(95)),
            Some(Sector::PriveNonLucratif),
            "the site's code goes first"
        );
        assert_eq!(sector(category, Some(7), None), Some(Sector::PriveNonLucratif));
        assert_eq!(sector(category, Some(0), None), Some(Sector::PriveLucratif));
        for told_nothing in [None, Some(2), Some(3), Some(9)] {
            assert_eq!(sector(category, told_nothing, Some(14)), Some(Sector::EtablissementPublic));
            assert_eq!(sector(category, told_nothing, Some(89)), Some(Sector::PriveNonLucratif));
            assert_eq!(sector(category, told_nothing, Some(95)), Some(Sector::PriveLucratif));
            assert_eq!(sector(category, told_nothing, Some(90)), None, "foreign law tells nothing");
            assert_eq!(sector(category, told_nothing, None), None);
        }
    }
}

#[test]
fn what_tells_nothing_is_asked() {
    let topic = |category, espic, status| {
        let proposal = site_sector(&site(category, espic, status));
        assert_eq!(proposal.sector, None, "{category}");
        proposal.reason.topic
    };
    for category in [695, 696, 698, 699] {
        for espic in [None, Some(0), Some(1), Some(6)] {
            assert_eq!(topic(category, espic, Some(95)), topics::ASK_IMAGING);
        }
    }
    assert_eq!(topic(604, None, None), topics::ASK_MIXED);
    assert_eq!(topic(627, None, None), topics::ASK_MIXED);
    for category in [1, 126, 132, 156, 220, 223, 300, 462, 632, 999] {
        assert_eq!(topic(category, Some(1), Some(13)), topics::ASK_CATEGORY, "{category}");
    }
    assert_eq!(topic(365, None, None), topics::ASK_OWNERSHIP);
    assert_eq!(topic(355, Some(0), None), topics::ASK_CONFLICT);
    assert_eq!(topic(611, None, Some(13)), topics::ASK_LABORATORY);
    assert_eq!(topic(611, None, Some(61)), topics::ASK_LABORATORY);
    assert_eq!(sector(611, None, Some(91)), Some(Sector::LbmVille));
    let unknown = site_sector(&SiteFacts::default());
    assert_eq!((unknown.sector, unknown.reason.topic), (None, topics::ASK_NO_CATEGORY));
}

#[test]
fn an_entity_is_what_all_its_sites_are() {
    let proposal = |category, espic| site_sector(&site(category, espic, None));
    let topic = |proposal: SectorProposal| (proposal.sector, proposal.reason.topic);
    assert_eq!(
        topic(entity_sector(Some(13), &[])),
        (Some(Sector::EtablissementPublic), topics::SECTOR_BY_HOSPITAL_STATUS)
    );
    assert_eq!(topic(entity_sector(Some(14), &[proposal(500, None)])).0, Some(Sector::EtablissementPublic));
    assert_eq!(topic(entity_sector(Some(91), &[])), (None, topics::ASK_NO_SITE));
    let labs = [proposal(611, None), proposal(611, None)];
    assert_eq!(topic(entity_sector(Some(91), &labs)), (Some(Sector::LbmVille), topics::SECTOR_BY_SITES));
    let mixed = [proposal(365, Some(0)), proposal(500, None)];
    assert_eq!(topic(entity_sector(Some(95), &mixed)), (None, topics::ASK_SITES));
    let unsure = [proposal(365, Some(0)), proposal(698, Some(0))];
    assert_eq!(topic(entity_sector(Some(95), &unsure)), (None, topics::ASK_SITES));
    assert_eq!(
        topic(entity_sector(None, &[proposal(620, None)])),
        (Some(Sector::Officine), topics::SECTOR_BY_CATEGORY)
    );
}

#[test]
fn reasons_name_what_they_rest_on() {
    for (category, espic, status) in [
        (365, Some(6), None),
        (365, None, Some(95)),
        (355, None, None),
        (698, None, None),
        (365, None, None),
        (355, Some(0), None),
        (611, None, Some(13)),
        (604, None, None),
        (126, None, None),
    ] {
        let proposal = site_sector(&site(category, espic, status));
        for locale in Locale::ALL {
            let text = line(locale, &proposal.reason);
            let detail = text.detail.unwrap();
            assert!(!detail.contains("  ") && !detail.contains(" ,") && !detail.contains(": ."), "{detail}");
            assert!(text.action.is_some());
        }
        assert!(proposal.confidence.is_none() || !proposal.sources.is_empty());
    }
    let text = line(Locale::Fr, &site_sector(&site(365, Some(6), None)).reason);
    assert_eq!(
        text.detail.unwrap(),
        "Le registre FINESS indique la catégorie 365, Essai, et le code ESPIC 6\u{a0}: privé non lucratif."
    );
}

#[test]
fn a_register_is_old_after_a_year() {
    let day = |text: &str| Date::parse(text).unwrap();
    assert!(!register_is_outdated(day("2025-11-20"), day("2026-11-20")));
    assert!(register_is_outdated(day("2025-11-19"), day("2026-11-20")));
    assert!(!register_is_outdated(day("2027-01-01"), day("2026-11-20")));
}

#[test]
fn real_rows_of_each_rule() {
    let Some(rows) = rows("finess-et-2021-01-08-sample.csv") else { return };
    let mut proposed: BTreeMap<(u16, Option<Sector>), u32> = BTreeMap::new();
    for row in &rows {
        let category: u16 = row["categetab"].parse().unwrap();
        let found = sector(category, row["codesph"].parse().ok(), None);
        *proposed.entry((category, found)).or_default() += 1;
    }
    let count = |category, sector| proposed.get(&(category, sector)).copied().unwrap_or_default();
    for (category, sector) in [
        (355, Sector::EtablissementPublic),
        (141, Sector::CentreDialyse),
        (611, Sector::LbmVille),
        (620, Sector::Officine),
        (124, Sector::CentreDeSante),
        (603, Sector::MaisonDeSante),
        (500, Sector::MedicoSocial),
        (365, Sector::PriveLucratif),
        (292, Sector::EtablissementPublic),
    ] {
        assert!(count(category, Some(sector)) > 0, "{category} {sector}: {proposed:?}");
    }
    // A site's category never leads to two sectors, save where the owner decides.
    for ((category, found), number) in &proposed {
        let others = proposed.keys().filter(|(other, sector)| other == category && sector != found).count();
        assert!(
            others == 0 || [109, 122, 127, 128, 129, 131, 161, 292, 355, 362, 365, 697].contains(category),
            "{category} {found:?} {number}"
        );
        if [695, 696, 698, 699, 604, 627].contains(category) {
            assert_eq!(*found, None, "{category}");
        }
    }
}

#[test]
fn owners_of_the_hospitals_of_the_2023_survey() {
    let Some(rows) = rows("sae-2023-statut-juridique-sample.csv") else { return };
    let (mut by_both, mut by_status, mut sectors, mut wrong_sectors) = (0, 0, 0, Vec::new());
    for row in &rows {
        let truth = match row["stjr"].as_str() {
            "1" => Ownership::Public,
            "2" => Ownership::ForProfit,
            "3" => Ownership::NonProfit,
            other => panic!("{other}"),
        };
        let (espic, status) = (row["espic"].parse().ok(), row["stj"].parse().ok());
        by_both += u32::from(ownership(espic, status).map(|(owner, _)| owner) == Some(truth));
        by_status += u32::from(ownership(None, status).map(|(owner, _)| owner) == Some(truth));
        if let Some(sector) = sector(row["cat"].parse().unwrap(), espic, status) {
            let wanted = match truth {
                Ownership::Public => Sector::EtablissementPublic,
                Ownership::ForProfit => Sector::PriveLucratif,
                Ownership::NonProfit => Sector::PriveNonLucratif,
            };
            sectors += 1;
            if sector != wanted
                && ![Sector::CentreDialyse, Sector::MedicoSocial, Sector::CentreDeSante].contains(&sector)
            {
                wrong_sectors.push(format!("{} {sector}", row["fi"]));
            }
        }
    }
    let all = u32::try_from(rows.len()).unwrap();
    let share = |count: u32| f64::from(count) / f64::from(all);
    eprintln!(
        "{all} hospitals: owner right for {by_both} ({:.4}) by ESPIC code and status, {by_status} ({:.4}) by status alone; \
         {sectors} sectors proposed, {} wrong",
        share(by_both),
        share(by_status),
        wrong_sectors.len()
    );
    assert_eq!(all, 706);
    assert!(share(by_both) >= 0.99 && share(by_status) >= 0.99);
    assert!(wrong_sectors.is_empty(), "{wrong_sectors:?}");
}

//! Profiles and expectations as the case files write them: the public contract's names.

use std::path::{Path, PathBuf};

use doctrine::{LegalEntity, Plan, Profile, Site, SoftwareInstance};
use serde::Deserialize;
use vocabulary::{
    Administrator, Date,
    identifiers::{Email, Finess, Fqdn, RppsRang, Siret},
};

/// A worked case: a profile, and what must come of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) profile: ProfileText,
    pub(crate) expect: Expect,
}

/// What must come of a profile. What is absent is not looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Expect {
    pub(crate) bearer: Option<String>,
    pub(crate) certificates: Option<Vec<String>>,
    pub(crate) options: Option<Vec<(String, String, bool)>>,
    /// Exact in the project's own cases, a part in the design's.
    pub(crate) notices: Option<Vec<String>>,
    /// Cases of the step topics, in order.
    pub(crate) steps: Option<Vec<String>>,
    /// `field case` of the error.
    pub(crate) error: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ProfileText {
    sector: String,
    contract: Option<String>,
    host_hospital: Option<String>,
    legal_entities: Vec<EntityText>,
    instances: Vec<InstanceText>,
    administrator: Option<String>,
    on: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct EntityText {
    id: String,
    name: Option<String>,
    sector: Option<String>,
    contract: Option<String>,
    finess_ej: Option<String>,
    siret: Option<String>,
    #[serde(default)]
    rpps_rang: Vec<String>,
    #[serde(default)]
    sites: Vec<SiteText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct SiteText {
    id: String,
    name: Option<String>,
    finess_et: Option<String>,
    #[serde(default)]
    main: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct InstanceText {
    id: String,
    name: String,
    services: Vec<String>,
    sites: Option<Vec<String>>,
    fqdn: Option<String>,
    email: Option<String>,
}

impl ProfileText {
    pub(crate) fn parse(&self) -> Profile {
        Profile {
            sector: self.sector.parse().unwrap(),
            contract: self.contract.as_ref().map(|text| text.parse().unwrap()),
            host_hospital: self.host_hospital.as_ref().map(|text| text.parse().unwrap()),
            legal_entities: self.legal_entities.iter().map(EntityText::parse).collect(),
            instances: self.instances.iter().map(InstanceText::parse).collect(),
            administrator: self
                .administrator
                .as_ref()
                .map_or(Administrator::Structure, |text| text.parse().unwrap()),
            on: self.on.as_ref().map_or(doctrine::rules_date(), |text| Date::parse(text).unwrap()),
        }
    }
}

impl EntityText {
    fn parse(&self) -> LegalEntity {
        LegalEntity {
            id: self.id.clone(),
            name: self.name.clone(),
            sector: self.sector.as_ref().map(|text| text.parse().unwrap()),
            contract: self.contract.as_ref().map(|text| text.parse().unwrap()),
            finess_ej: self.finess_ej.as_ref().map(|text| Finess::parse(text).unwrap()),
            siret: self.siret.as_ref().map(|text| Siret::parse(text).unwrap()),
            rpps_rang: self.rpps_rang.iter().map(|text| RppsRang::parse(text).unwrap()).collect(),
            sites: self
                .sites
                .iter()
                .map(|site| Site {
                    id: site.id.clone(),
                    name: site.name.clone(),
                    finess_et: site.finess_et.as_ref().map(|text| Finess::parse(text).unwrap()),
                    main: site.main,
                })
                .collect(),
        }
    }
}

impl InstanceText {
    fn parse(&self) -> SoftwareInstance {
        SoftwareInstance {
            id: self.id.clone(),
            name: self.name.clone(),
            services: self.services.iter().map(|text| text.parse().unwrap()).collect(),
            sites: self.sites.clone(),
            fqdn: self.fqdn.as_ref().map(|text| Fqdn::parse(text).unwrap()),
            email: self.email.as_ref().map(|text| Email::parse(text).unwrap()),
        }
    }
}

/// `product bearer legalEntity site|- instance name`, sorted: the name is the value, or the rule where there is none.
pub(crate) fn certificates(plan: &Plan) -> Vec<String> {
    let mut lines: Vec<_> = plan
        .certificates
        .iter()
        .map(|certificate| {
            let name = &certificate.common_name;
            format!(
                "{} {} {} {} {} {}",
                certificate.product,
                certificate.bearer,
                certificate.legal_entity,
                certificate.site.as_deref().unwrap_or("-"),
                certificate.instance,
                name.value().unwrap_or(name.rule())
            )
        })
        .collect();
    lines.sort();
    lines
}

pub(crate) fn options(plan: &Plan) -> Vec<(String, String, bool)> {
    let spell = |option: &doctrine::BearerOption| {
        (option.bearer.as_str().to_owned(), option.when.as_str().to_owned(), option.recommended)
    };
    plan.options.iter().map(spell).collect()
}

/// Keys of the notices (`code` or `code.case`), sorted.
pub(crate) fn notices(plan: &Plan) -> Vec<String> {
    let mut keys: Vec<_> = plan.notices.iter().map(|notice| notice.topic.to_string()).collect();
    keys.sort();
    keys
}

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The cases of `tests/cases/doctrine/<name>.toml`.
pub(crate) fn cases(name: &str) -> Vec<Case> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        case: Vec<Case>,
    }
    let path = root().join(format!("tests/cases/doctrine/{name}.toml"));
    let text = std::fs::read_to_string(&path).unwrap();
    toml::from_str::<File>(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())).case
}

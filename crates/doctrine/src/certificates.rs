//! Which certificates: one for each product on each installation, for each thing that bears it.

use vocabulary::{Product, Service, Source};

use crate::{
    data::{Field, ProductRule, REUSE, service_info},
    name::Suggestions,
    need::Need,
    plan::{PlannedCertificate, PlannedName},
    profile::{Site, SoftwareInstance},
};

/// The certificates of all needs. One serves every service of its installation that takes the product; a service with
/// an imposed name has its own.
pub(crate) fn plan(needs: &[Need<'_>]) -> Vec<PlannedCertificate> {
    let mut suggestions = Suggestions::default();
    let mut certificates = Vec::new();
    let mut of_instance: Option<(&SoftwareInstance, Vec<Wanted>)> = None;
    for need in needs {
        // Needs come by installation: what it wants is the same for each legal entity and site.
        let wanted = match &of_instance {
            Some((instance, wanted)) if core::ptr::eq(*instance, need.instance) => wanted,
            _ => {
                let wanted = wanted(need.instance, &mut suggestions);
                &of_instance.insert((need.instance, wanted)).1
            }
        };
        for (site, structure_id) in need.spots() {
            certificates.extend(wanted.iter().map(|wanted| PlannedCertificate {
                id: id(wanted, need, site),
                product: wanted.rule.product,
                bearer: need.bearer,
                legal_entity: need.entity.source.id.clone(),
                site: site.map(|site| site.id.clone()),
                instance: need.instance.id.clone(),
                services: wanted.services.clone(),
                common_name: wanted.name.clone(),
                structure_id: structure_id.clone(),
                sources: sources(wanted, need),
            }));
        }
    }
    certificates
}

/// How many certificates an installation needs for each thing that bears them.
pub(crate) fn count(instance: &SoftwareInstance) -> usize {
    wanted(instance, &mut Suggestions::default()).len()
}

/// A certificate an installation needs, whoever bears it.
struct Wanted {
    rule: &'static ProductRule,
    services: Vec<Service>,
    name: PlannedName,
}

fn wanted(instance: &SoftwareInstance, suggestions: &mut Suggestions) -> Vec<Wanted> {
    let services = || Service::ALL.iter().copied().filter(|service| instance.services.contains(service));
    let mut suggestion = None;
    let mut wanted = Vec::new();
    for product in Product::ALL {
        let mut shared: Option<Wanted> = None;
        for service in services() {
            let info = service_info(service);
            let Some(rule) = info.products.iter().find(|rule| rule.product == *product) else { continue };
            if let Some(mode) = info.insi {
                wanted.push(Wanted { rule, services: vec![service], name: PlannedName::Exact(mode.name()) });
            } else if let Some(shared) = &mut shared {
                shared.services.push(service);
            } else {
                let name = match rule.field {
                    Field::Service => PlannedName::Free(
                        suggestion.get_or_insert_with(|| suggestions.of(&instance.name)).clone(),
                    ),
                    Field::Fqdn => PlannedName::Fqdn(instance.fqdn.clone()),
                    Field::Email => PlannedName::Email(instance.email.clone()),
                };
                shared = Some(Wanted { rule, services: vec![service], name });
            }
        }
        wanted.extend(shared);
    }
    wanted
}

fn id(wanted: &Wanted, need: &Need<'_>, site: Option<&Site>) -> String {
    let mut id = wanted.rule.product.as_str().replace('_', "-").to_ascii_lowercase();
    if let PlannedName::Exact(name) = wanted.name {
        id.push('-');
        id.push_str(&name.to_ascii_lowercase());
    }
    let site = site.map(|site| site.id.as_str());
    for part in
        [Some(need.entity.source.id.as_str()), site, Some(need.instance.id.as_str())].into_iter().flatten()
    {
        id.push('/');
        id.push_str(&part.replace('%', "%25").replace('/', "%2F"));
    }
    id
}

/// The rules of the services, then of the bearer, then of serving several; each place once.
fn sources(wanted: &Wanted, need: &Need<'_>) -> Vec<Source> {
    let services = wanted.services.iter().flat_map(|service| service_info(*service).sources);
    let reuse = if wanted.services.len() > 1 { REUSE } else { &[] };
    let mut sources = Vec::new();
    for source in services.chain(need.bearer_sources()).chain(reuse) {
        if !sources.contains(source) {
            sources.push(*source);
        }
    }
    sources
}

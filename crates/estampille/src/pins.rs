//! The authorities that certificates are held to, to be compared by anyone with what the ANS publishes.

use profiles::{Authority, Pin};
use vocabulary::Environment;

use crate::contract::PinnedAuthority;

/// Every authority that can vouch for a certificate; those of the former PKI, which vouch for none, are left out.
pub fn all() -> Vec<PinnedAuthority> {
    let trusted = Authority::all().iter().filter(|authority| !authority.former);
    let pinned = trusted.map(|authority| PinnedAuthority {
        name: authority.name().to_owned(),
        is_test: authority.environment == Environment::Test,
        sha256: authority.sha256().iter().map(|octet| format!("{octet:02x}")).collect(),
        is_confirmed: authority.confidence == Pin::Confirmed,
        address: authority.certificate_address(),
    });
    pinned.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_a_fingerprint_and_an_address_and_production_is_there() {
        let pinned = all();
        assert!(pinned.iter().any(|one| !one.is_test) && pinned.iter().any(|one| one.is_test));
        for one in pinned {
            assert!(
                one.sha256.len() == 64 && one.sha256.bytes().all(|c| c.is_ascii_hexdigit()),
                "{}",
                one.name
            );
            assert!(
                one.address.is_some_and(|address| address.starts_with("http://igc-sante.esante.gouv.fr/"))
            );
        }
    }
}

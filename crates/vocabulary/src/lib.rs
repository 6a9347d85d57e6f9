//! The words all crates share: findings, severities, sources, identifiers, sectors, services, products, bearers.

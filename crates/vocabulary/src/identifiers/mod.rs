//! Identifiers parsed into types that cannot hold a bad value.

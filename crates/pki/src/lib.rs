//! Formats and mathematics of keys, requests and certificates, without policy.

//! What every certificate shares, and the thresholds of the checks. The table is `data/common.toml`.

use vocabulary::{Document, Environment, Product, Source, Timestamp};

use crate::Confidence;

/// A purpose of extendedKeyUsage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// Name of RFC 5280, e.g. `clientAuth`.
    pub name: &'static str,
    /// Dotted OID.
    pub oid: &'static str,
}

impl Purpose {
    /// Every purpose the profiles name.
    pub fn all() -> &'static [Self] {
        PURPOSES
    }

    /// The name of the purpose with this dotted OID.
    pub fn name_of(oid: &str) -> Option<&'static str> {
        PURPOSES.iter().find(|purpose| purpose.oid == oid).map(|purpose| purpose.name)
    }
}

/// A row of the nomenclature of product categories (TRE_G01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category {
    /// The byte of extension [`PRODUCT_CATEGORY`].
    pub byte: u8,
    /// What holds the key.
    pub support: Support,
    /// Production or TEST.
    pub environment: Environment,
    /// How sure the row is.
    pub confidence: Confidence,
    /// Where it comes from.
    pub sources: &'static [Source],
}

impl Category {
    /// The category with this byte.
    pub fn of(byte: u8) -> Option<&'static Self> {
        CATEGORIES.iter().find(|category| category.byte == byte)
    }
}

/// What holds a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Support {
    /// A CPx card.
    Card,
    /// A security module.
    Module,
    /// Software.
    Software,
}

/// A certificate policy that has been seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Dotted OID.
    pub oid: &'static str,
    /// Production or TEST.
    pub environment: Environment,
    /// The products it was seen on; empty when it is on all of them.
    pub products: &'static [Product],
    /// How sure the row is.
    pub confidence: Confidence,
    /// Where it comes from.
    pub sources: &'static [Source],
}

impl Policy {
    /// The policy with this dotted OID.
    pub fn of(oid: &str) -> Option<&'static Self> {
        POLICIES.iter().find(|policy| policy.oid == oid)
    }
}

/// The key policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyPolicy {
    /// Smallest RSA modulus, bits.
    pub rsa_bits_least: u32,
    /// The size of every key seen.
    pub rsa_bits_default: u32,
    /// Stronger sizes that the platform has not been seen to take.
    pub rsa_bits_unconfirmed: &'static [u32],
    /// Guard against keys made to stall a computer.
    pub rsa_bits_most: u32,
    /// The exponent of every key seen.
    pub exponent_usual: u32,
    /// Smaller exponents are not advised.
    pub exponent_least: u32,
    /// Where it comes from.
    pub sources: &'static [Source],
}

/// A signature algorithm and what is thought of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureAlgorithm {
    /// Dotted OID.
    pub oid: &'static str,
    /// Usual name.
    pub name: &'static str,
    /// What is thought of it.
    pub judgement: Judgement,
}

impl SignatureAlgorithm {
    /// The algorithm with this usual name or dotted OID.
    pub fn of(name: &str) -> Option<&'static Self> {
        SIGNATURES.iter().find(|algorithm| algorithm.name == name || algorithm.oid == name)
    }

    /// The algorithm of every certificate seen.
    pub fn usual() -> Option<&'static Self> {
        SIGNATURES.iter().find(|algorithm| algorithm.judgement == Judgement::Accepted)
    }
}

/// What is thought of a signature algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// That of the IGC-Santé.
    Accepted,
    /// Broken or too weak.
    Refused,
    /// Strong, but never seen in this PKI.
    Unusual,
}

/// When a renewal is due, in days before the end of validity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// First reminder of this product.
    pub first_reminder_days: i64,
    /// The platform writes to the administrateur technique.
    pub notice_days: i64,
    /// Last reminder of this product.
    pub last_reminder_days: i64,
    /// Where it comes from.
    pub sources: &'static [Source],
}

/// The PKI before the IGC-Santé.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormerPki {
    /// Its name.
    pub name: &'static str,
    /// The day its roots ended.
    pub ended: Timestamp,
    /// Where it comes from.
    pub sources: &'static [Source],
}

include!(concat!(env!("OUT_DIR"), "/common.rs"));

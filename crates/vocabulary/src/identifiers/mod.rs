//! Identifiers parsed into types that cannot hold a bad value.
//!
//! Each kind has a type: `Type::parse` takes what a person typed or a file holds and gives the canonical number, or
//! nothing; [`report()`] says of the same text what is wrong with it, what is known of it and what it looks like.
//! Both share one reading: `parse` gives a value exactly when the report holds no error.
//!
//! Numbers are read without the separators people put between groups (any space, hyphens, dots) and without
//! invisible marks that copying brings along; letters are raised. Every other character is refused by name.
//! Nothing here panics, and texts over [`LONGEST`] bytes are refused without being looked at.

/// Declares the type of a kind: a canonical text. The file adds `read`, which is all that makes one.
macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The kind of the public contract.
            pub const KIND: $crate::IdentifierKind = $crate::IdentifierKind::$name;

            /// What the text stands for, or nothing when [`report`](super::report()) finds an error in it.
            pub fn parse(text: &str) -> Option<Self> {
                Self::read(text, &mut Vec::new())
            }

            /// The canonical text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

mod adeli;
mod card_number;
mod email;
mod finess;
mod fqdn;
mod look_alike;
mod luhn;
mod mail_domain;
mod overseas;
mod report;
mod rpps;
mod siren;
mod siret;
mod sources;
mod structure_id;
mod typed;

pub use adeli::{Adeli, AdeliRang};
pub use card_number::CardNumber;
pub use email::Email;
pub use finess::Finess;
pub use fqdn::Fqdn;
pub use mail_domain::MailDomain;
pub use overseas::Overseas;
pub use report::{Report, report, term};
pub use rpps::{Rpps, RppsRang};
pub use siren::Siren;
pub use siret::Siret;
pub use structure_id::StructureId;
pub use typed::LONGEST;

#[cfg(test)]
mod tests;

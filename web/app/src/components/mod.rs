//! What several screens use.

mod combobox;
mod copy;
mod drop_zone;
mod evidence;
mod field;
mod findings;
mod heading;
mod icon;
mod passphrase;
mod passport;
mod problem;
mod refused;
mod save;
mod show;
mod term;
mod tools;

pub(crate) use combobox::{StructureSearch, name as structure_name};
pub(crate) use copy::{CopyButton, TextBlock};
pub(crate) use drop_zone::{DropZone, FileZone, listed, read_files};
pub(crate) use evidence::EvidenceSheet;
pub(crate) use field::{Choice, Field, LongField, Remarks};
pub(crate) use findings::{FindingItem, Findings, Sources};
pub(crate) use heading::Heading;
pub(crate) use icon::{Icon, Seal};
pub(crate) use passphrase::{NewPassphrase, is_accepted};
pub(crate) use passport::PassportCard;
pub(crate) use problem::Obstacle;
pub(crate) use refused::Refused;
pub(crate) use save::SaveFile;
pub(crate) use show::Show;
pub(crate) use term::Term;
pub(crate) use tools::Tools;

//! What several screens use.

mod copy;
mod drop_zone;
mod field;
mod findings;
mod heading;
mod icon;
mod problem;
mod refused;
mod save;
mod show;
mod term;

pub(crate) use copy::{CopyButton, TextBlock};
pub(crate) use drop_zone::{DropZone, listed, read_files};
pub(crate) use field::{Choice, Field, LongField, Remarks};
pub(crate) use findings::{FindingItem, Findings, Sources};
pub(crate) use heading::Heading;
pub(crate) use icon::{Icon, Seal};
pub(crate) use problem::Obstacle;
pub(crate) use refused::Refused;
pub(crate) use save::SaveFile;
pub(crate) use show::Show;
pub(crate) use term::Term;

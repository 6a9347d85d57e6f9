//! Key and request: reviewed as they are typed, made here, or by commands on the server; and the check of a request made elsewhere.

mod commands;
mod create;
mod inspect;
mod review;
mod wanted;

use profiles::Department;
use vocabulary::identifiers::StructureId;

pub use commands::{Tools, server_commands, tools};
pub use create::create;
pub use inspect::inspect;
pub use review::{Remark, Review, review};

/// The department that a structure id tells, worded as the directory does: `Paris (75)`.
pub fn department_of(structure_id: &str) -> Option<&'static str> {
    let code = StructureId::parse(structure_id)?.department()?;
    Department::of(&code).map(|department| department.wording)
}

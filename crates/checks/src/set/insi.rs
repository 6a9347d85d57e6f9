//! INSI-AUTO and INSI-MANU taken for each other: two orders, two keys, names that differ by four letters.

use std::collections::BTreeMap;

use profiles::{Insi, InsiVerdict, insi};
use vocabulary::{Finding, topics::sets as topics};

use super::{Assignment, Member, Wanted};
use crate::{facts::shown, rules::insi_mode};

/// The certificates of one INSi mode whose key was made for the other; the modes ordered twice while the other is
/// missing; the files named after the other mode.
pub fn insi_names(members: &[Member<'_>], wanted: &[Wanted], assignment: &Assignment) -> Vec<Finding> {
    let mut found = Vec::new();
    for member in members {
        let Some(mode) = mode_of(member.common_name.as_deref()) else { continue };
        let of_request = member.requests.iter().map(|(_, name)| name.as_deref()).chain([member.asked]);
        let asked = of_request.filter_map(mode_of).find(|asked| *asked != mode);
        let finding = match asked {
            Some(asked) => Some(exchanged(member, mode, asked)),
            None => misnamed_file(member, mode),
        };
        found.extend(finding);
    }
    found.extend(twice(members, wanted, assignment));
    found
}

fn exchanged(member: &Member<'_>, mode: Insi, asked: Insi) -> Finding {
    Finding::error(topics::INSI_PAIR_CONFUSED)
        .with("file", member.file())
        .with("found", mode.name())
        .with("expected", asked.name())
        .with("mode", insi_mode(mode))
        .leading_to(insi::INSI_SERVER_ERROR)
        .from_sources(insi::INSI_SOURCES)
}

/// A file that says one mode and holds the other proves nothing, and will be installed by its name.
fn misnamed_file(member: &Member<'_>, mode: Insi) -> Option<Finding> {
    let requests = member.requests.iter().map(|(file, _)| *file);
    let mut files = member.files.iter().chain(&member.key_files).copied().chain(requests);
    let file = files.find(|file| mode_of_file(file).is_some_and(|named| named != mode))?;
    Some(
        Finding::warning(topics::INSI_PAIR_CONFUSED_FILE_NAME)
            .with("file", shown(file))
            .with("found", mode.name())
            .with("expected", other(mode).name())
            .leading_to(insi::INSI_SERVER_ERROR)
            .from_sources(insi::INSI_SOURCES),
    )
}

/// One mode twice for a structure whose plan asks for both, the other missing.
fn twice(members: &[Member<'_>], wanted: &[Wanted], assignment: &Assignment) -> Vec<Finding> {
    // Those that answer no entry of the plan, by mode and structure.
    let mut spare: BTreeMap<(Option<&str>, &str), &Member<'_>> = BTreeMap::new();
    for (member, entry) in members.iter().zip(&assignment.of_member) {
        let mode = mode_of(member.common_name.as_deref()).filter(|_| entry.is_none());
        if let Some(mode) = mode {
            spare.insert((structure_of(member), mode.name()), member);
        }
    }
    let missing = wanted.iter().zip(&assignment.of_wanted).filter(|(_, member)| member.is_none());
    missing
        .filter_map(|(entry, _)| {
            let missing = mode_of(entry.name.exact())?;
            let structure = entry.structure_id.as_ref().map(vocabulary::identifiers::StructureId::as_str);
            let spare = spare.get(&(structure, other(missing).name()))?;
            Some(
                Finding::error(topics::INSI_PAIR_CONFUSED_TWICE)
                    .with("file", spare.file())
                    .with("found", other(missing).name())
                    .with("expected", missing.name())
                    .leading_to(insi::INSI_SERVER_ERROR)
                    .from_sources(insi::INSI_SOURCES),
            )
        })
        .collect()
}

fn structure_of<'a>(member: &'a Member<'_>) -> Option<&'a str> {
    member.structure_id.as_ref().map(vocabulary::identifiers::StructureId::as_str)
}

fn mode_of(name: Option<&str>) -> Option<Insi> {
    match insi::judge(name?) {
        InsiVerdict::Exact(mode) => Some(mode),
        _ => None,
    }
}

/// The mode that a file is named after, when it names exactly one.
fn mode_of_file(file: &str) -> Option<Insi> {
    let letters: String =
        file.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    match (letters.contains("INSIAUTO"), letters.contains("INSIMANU")) {
        (true, false) => Some(Insi::Auto),
        (false, true) => Some(Insi::Manu),
        _ => None,
    }
}

const fn other(mode: Insi) -> Insi {
    match mode {
        Insi::Auto => Insi::Manu,
        Insi::Manu => Insi::Auto,
    }
}

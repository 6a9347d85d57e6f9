//! The check of many files at once: an order, or a whole estate.
//!
//! Files may hold anything, under any name. Each is read once; a certificate finds its key and its request by public
//! key; authorities and revocation lists found anywhere serve every certificate; each signature is verified once, all
//! in one batch; what the certificates show together is judged by [`checks::set`].

mod awaited;
mod inventory;
mod items;
mod judge;
mod keys;
mod pairs;
mod shared;

use std::cell::Cell;

use checks::set::{Member, against_plan, assign, duplicates, expiring, insi_names, shared_keys, successions};
use pki::engine::Engine;
use vocabulary::{Error, Finding, Value, Verdict};

use crate::{
    Context, certificate,
    contract::{SetFile, SetOptions, SetReport, findings},
};
use awaited::Awaited;
use inventory::{Inventory, What};
use items::Items;
use judge::Judge;
use pairs::Pairs;

/// The most files read at once.
pub const MAX_FILES: usize = 10_000;

/// The most certificates checked at once, authorities' included.
pub const MAX_CERTIFICATES: usize = 10_000;

/// The most octets read at once.
pub const MAX_OCTETS: usize = 100 * 1024 * 1024;

/// The most entries of a plan that are compared.
pub const MAX_PLANNED: usize = 1_000;

/// The most passphrases tried on one key.
pub const MAX_PASSPHRASES: usize = 20;

/// The codes of a set, those to act on first.
const CODES: [&str; 8] = [
    "set-too-large",
    "insi-pair-confused",
    "shared-key-across-subjects",
    "expiring-soon",
    "missing-certificate",
    "unexpected-certificate",
    "shared-key",
    "duplicate-file",
];

/// Checks many files together. `progress` is told, up to a hundred times, how many steps are done, of how many: each file
/// is read, then judged.
///
/// # Errors
///
/// A word, a structure id, a date or a request of the options that is not one, with its field. No file makes the check
/// fail: what cannot be read, opened or done at once is said by a finding.
pub async fn check(
    context: &Context<'_, impl Engine>,
    files: &[SetFile],
    options: &SetOptions,
    progress: impl Fn(usize, usize),
) -> Result<SetReport, Error> {
    let at = certificate::moment(options.at.as_deref(), context.now)?;
    let awaited = Awaited::read(options)?;
    let steps = files.len().saturating_mul(2);
    let told = Cell::new(0);
    // A step is told when a hundredth more is done: who listens has other things to do.
    let progress = |done: usize, total: usize| {
        let hundredth = done.saturating_mul(100).checked_div(total).unwrap_or(100);
        if hundredth > told.replace(hundredth) || done == total {
            progress(done, total);
        }
    };
    let mut inventory = Inventory::read(context.engine, files, options, &|done| progress(done, steps)).await;

    let pairs = Pairs::find(&inventory, &awaited, files);
    let surroundings = judge::surroundings(&mut inventory, pairs.leaves.len());
    let members = members(&inventory, &pairs, &awaited, files);
    let successions = successions(&members);
    let assignment = assign(&members, &awaited.wanted, &awaited.proved_by_key(&pairs));
    let expected = awaited.expected(&pairs, &assignment);
    let judge = Judge { inventory: &inventory, pairs: &pairs, awaited: &awaited, expected: &expected, at };
    let judged =
        judge.all(context, &surroundings, &|file| progress(files.len().saturating_add(file), steps)).await;

    let mut found = [inventory.notes.as_slice(), awaited.limits.as_slice()].concat();
    found.extend(insi_names(&members, &awaited.wanted, &assignment));
    found.extend(shared_keys(&members));
    found.extend(expiring(&members, &successions.followed_by, at));
    if awaited.has_plan {
        found.extend(against_plan(&members, &awaited.wanted, &assignment, &successions.followed_by));
    }
    found.extend(awaited.unanswered(&pairs, &assignment));
    found.extend(successions.findings.iter().cloned());
    found.extend(duplicates(&members));
    found.extend(inventory.repeated_keys(files));
    let place =
        |finding: &Finding| CODES.iter().position(|code| *code == finding.code()).unwrap_or(CODES.len());
    Finding::gravest_first(&mut found, &place);

    let items = Items {
        locale: context.locale,
        files,
        inventory: &inventory,
        pairs: &pairs,
        awaited: &awaited,
        assignment: &assignment,
        followed_by: &successions.followed_by,
    };
    let (items, worst) = items.write(judged.reports, &judged.lists);
    progress(steps, steps);
    Ok(SetReport {
        items,
        verdict: Verdict::of(&found).max(worst).as_str().into(),
        findings: findings(context.locale, &found),
        report_findings: judged.findings,
    })
}

/// The certificates to judge, with the names of the files that hold them, their keys and their requests.
fn members<'a>(
    inventory: &'a Inventory,
    pairs: &Pairs,
    awaited: &'a Awaited,
    files: &'a [SetFile],
) -> Vec<Member<'a>> {
    let named = |file: usize| files.get(file).map_or("", |file| file.name.as_str());
    let mut members: Vec<Member<'_>> = Vec::with_capacity(pairs.leaves.len());
    for leaf in &pairs.leaves {
        let Some(certificate) = inventory.certificates.get(leaf.certificate) else { continue };
        let entries = leaf.entries.iter().filter_map(|entry| inventory.entries.get(*entry));
        members.push(Member {
            asked: awaited.asked(leaf),
            ..Member::new(certificate, entries.map(|entry| named(entry.file)).collect())
        });
    }
    for entry in &inventory.entries {
        let leaf = |leaves: &[Option<usize>], of: usize| {
            let leaf = leaves.get(of).copied().flatten()?;
            pairs.leaves.get(leaf).filter(|leaf| leaf.is_own)?;
            Some(leaf)
        };
        match entry.what {
            What::Key { key, .. } => {
                if let Some(member) = leaf(&pairs.leaf_of_key, key).and_then(|leaf| members.get_mut(leaf)) {
                    member.key_files.push(named(entry.file));
                }
            }
            What::Request(request) => {
                let name =
                    inventory.requests.get(request).and_then(|request| request.subject().common_name());
                let leaf = leaf(&pairs.leaf_of_request, request);
                if let Some(member) = leaf.and_then(|leaf| members.get_mut(leaf)) {
                    member.requests.push((named(entry.file), name));
                }
            }
            _ => {}
        }
    }
    members
}

/// What could not be done with one file, as something said of it.
fn as_finding(error: Error) -> Finding {
    Finding { facts: error.facts, ..Finding::warning(error.topic) }
}

/// A few names, as they can stand in a sentence.
fn names<'a>(names: impl Iterator<Item = &'a str>) -> Value {
    const MOST: usize = 20;
    let mut names: Vec<String> = names.take(MOST.saturating_add(1)).map(shown).collect();
    if names.len() > MOST {
        names.truncate(MOST);
        names.push("…".to_owned());
    }
    Value::List(names)
}

/// A text of someone else's, bounded, on one line.
fn shown(text: &str) -> String {
    text.chars().take(80).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

//! `reproduce`: the same commit built a second time, elsewhere, and compared byte by byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::package;
use crate::project::{Project, copy_tree, fresh_dir};
use crate::run::{Output, capture, program};
use crate::single;
use crate::site;
use crate::sums;
use crate::tools::{Need, prepare};

/// Builds all outputs here and in a clone of the commit with a target folder of its own, then compares.
pub(crate) fn command(project: &Project) -> Result<(), Failure> {
    let git = |arguments: &[&str]| capture(program(project, "git").args(arguments));
    let changes = git(&["status", "--porcelain"])?;
    if !changes.is_empty() {
        return Err(Failure::new(format!("what is not committed cannot be compared:\n{changes}")));
    }
    let commit = git(&["rev-parse", "HEAD"])?.trim().to_owned();

    prepare(project, &Need::PAGE)?;
    site::build(project, &Output::Shown)?;
    single::build(project, &Output::Shown)?;
    package::build(project, &Output::Shown)?;

    let place = project.work().join("reproduce");
    fresh_dir(&place)?;
    let checkout = place.join("checkout");
    eprintln!("\nthe same commit, {commit}, in a second folder");
    let clone = ["clone", "--quiet", "--no-hardlinks", "."];
    Output::Shown.run(program(project, "git").args(clone).arg(&checkout))?;
    let detach = ["checkout", "--quiet", "--detach", &commit];
    Output::Shown.run(program(project, "git").args(detach).current_dir(&checkout))?;
    // Not of the commit, and in every output where it was kept.
    let chain = project.dist.join("chain");
    if chain.is_dir() {
        copy_tree(&chain, &checkout.join("dist/chain"))?;
    }
    for command in ["single", "package"] {
        let mut cargo = program(project, "cargo");
        cargo.args(["xtask", command]).current_dir(&checkout).env("CARGO_TARGET_DIR", place.join("target"));
        Output::Shown.run(&mut cargo)?;
    }
    let (here, there) = (listed(&project.dist)?, listed(&checkout.join("dist"))?);
    let differing = differences(&here, &there);
    if differing.is_empty() {
        println!("\n{} files of {commit}: the same bytes in both folders", here.len());
        fresh_dir(&place)
    } else {
        Err(Failure::new(format!(
            "{} of {} files differ between dist/ and {}:\n  {}",
            differing.len(),
            here.len(),
            checkout.join("dist").display(),
            differing.join("\n  ")
        )))
    }
}

/// Names and sums, of `SHA256SUMS` in `folder`.
fn listed(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let path = folder.join(sums::SUMS);
    let text = fs::read_to_string(&path).map_err(Failure::at(&path))?;
    Ok(read_sums(&text))
}

fn read_sums(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines.map(|(sum, name)| (name.to_owned(), sum.to_owned())).collect()
}

fn differences(here: &BTreeMap<String, String>, there: &BTreeMap<String, String>) -> Vec<String> {
    let names = here.keys().chain(there.keys().filter(|name| !here.contains_key(*name)));
    names.filter(|name| here.get(*name) != there.get(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_a_missing_and_a_new_file_are_seen() {
        let here = read_sums("aa  site/a\nbb  site/b\ncc  npm/c\n");
        assert_eq!(here.len(), 3);
        assert!(differences(&here, &here).is_empty());
        let there = read_sums("aa  site/a\nb0  site/b\ndd  npm/d\n");
        assert_eq!(differences(&here, &there), ["npm/c", "site/b", "npm/d"]);
    }
}

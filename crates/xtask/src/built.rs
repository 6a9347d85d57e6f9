//! What no output may hold, whatever its sources: looked for in the files as they are delivered.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::project::{Project, files_under};

/// Reads every file under `folder`; the failure lists all that is wrong.
pub(crate) fn inspect(project: &Project, folder: &Path) -> Result<(), Failure> {
    let machine = machine(project);
    let mut faults = Vec::new();
    let files = files_under(folder)?;
    for path in &files {
        let bytes = fs::read(path).map_err(Failure::at(path))?;
        let script = path.extension().is_some_and(|extension| extension == "js" || extension == "mjs");
        let name = path.strip_prefix(folder).unwrap_or(path).display();
        faults
            .extend(faults_of(&bytes, script, &machine).into_iter().map(|fault| format!("{name}: {fault}")));
    }
    if files.is_empty() {
        faults.push(format!("{} is empty", folder.display()));
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::new(faults.join("\n"))) }
}

/// The same of a page that holds its scripts.
pub(crate) fn inspect_page(project: &Project, page: &Path) -> Result<(), Failure> {
    let bytes = fs::read(page).map_err(Failure::at(page))?;
    let faults = faults_of(&bytes, true, &machine(project));
    if faults.is_empty() { Ok(()) } else { Err(Failure::new(faults.join("\n"))) }
}

/// Paths that would tell where it was built.
fn machine(project: &Project) -> Vec<String> {
    [&project.root, &project.target, &project.cargo_home]
        .iter()
        .map(|path| path.to_string_lossy().into_owned())
        .collect()
}

fn faults_of(bytes: &[u8], script: bool, machine: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    if script {
        // Trusted Types refuse these sinks, and the page throws; Leptos uses the first for static views.
        for sink in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"] {
            if holds(bytes, sink) {
                faults.push(format!("holds {sink}"));
            }
        }
    }
    for path in machine {
        if holds(bytes, path) {
            faults.push(format!("holds the path {path}"));
        }
    }
    faults
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len().max(1)).any(|window| window == text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_sinks_in_scripts_only_and_paths_everywhere() {
        let machine = ["/srv/x/estampille".to_owned()];
        assert_eq!(faults_of(b"a.innerHTML = b", true, &machine), ["holds innerHTML"]);
        assert!(faults_of(b"a.innerHTML = b", false, &machine).is_empty());
        assert_eq!(faults_of(b"\0/srv/x/estampille/src", false, &machine).len(), 1);
        assert!(faults_of(b"", true, &machine).is_empty());
    }
}

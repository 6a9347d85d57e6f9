//! The page's service worker: `public/sw.js`, told which files the page is made of.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::finess_index;
use crate::project::files_under;
use crate::sums;

/// Its name, beside the page.
const SCRIPT: &str = "sw.js";
const VERSION: &str = "__VERSION__";
const FILES: &str = "__FILES__";

/// Fills in the service worker of a site that is otherwise whole: every file of it is kept, under its hash, save the
/// register.
pub(crate) fn write(site: &Path) -> Result<(), Failure> {
    let path = site.join(SCRIPT);
    let source = fs::read_to_string(&path).map_err(Failure::at(&path))?;
    let mut files = Vec::new();
    // The register is asked for by few, and large: who wants it without a network has the browser keep it.
    let register = site.join(finess_index::FILE);
    for file in files_under(site)?.into_iter().filter(|file| *file != path && *file != register) {
        let bytes = fs::read(&file).map_err(Failure::at(&file))?;
        files.push((address(&sums::name_in(site, &file)), sums::integrity(&bytes)));
    }
    fs::write(&path, filled(&source, &files)?).map_err(Failure::at(&path))
}

/// The version is that of the files and of the script: two that differ in anything never share what they keep.
fn filled(source: &str, files: &[(String, String)]) -> Result<String, Failure> {
    for blank in [VERSION, FILES] {
        if source.matches(blank).count() != 1 {
            return Err(Failure::new(format!("public/{SCRIPT} should hold {blank} once")));
        }
    }
    let list = serde_json::to_string(files).map_err(|error| Failure::new(error.to_string()))?;
    let version: String = sums::sha256(format!("{source}{list}").as_bytes()).chars().take(16).collect();
    Ok(source.replace(VERSION, &version).replace(FILES, &list))
}

/// The page is asked for by its folder.
fn address(name: &str) -> String {
    if name == "index.html" { "./".to_owned() } else { format!("./{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = include_str!("../../../public/sw.js");

    fn with(files: &[(&str, &str)]) -> String {
        let files: Vec<_> = files.iter().map(|(name, hash)| (address(name), (*hash).to_owned())).collect();
        filled(SOURCE, &files).unwrap()
    }

    #[test]
    fn the_page_is_kept_under_its_folder_and_the_rest_by_name() {
        let script = with(&[("a/b.js", "sha384-x"), ("index.html", "sha384-y")]);
        assert!(script.contains(r#"const FILES = [["./a/b.js","sha384-x"],["./","sha384-y"]];"#), "{script}");
        assert!(!script.contains("__"), "{script}");
    }

    #[test]
    fn another_file_is_another_version() {
        let version = |script: &str| {
            script.split_once("VERSION = \"").and_then(|(_, rest)| rest.split('"').next()).map(str::to_owned)
        };
        let one = version(&with(&[("a.js", "sha384-x")]));
        assert_eq!(one.as_ref().map(String::len), Some(16));
        assert_ne!(one, version(&with(&[("a.js", "sha384-y")])));
        assert_eq!(one, version(&with(&[("a.js", "sha384-x")])));
    }

    #[test]
    fn a_script_without_its_blanks_is_refused() {
        assert!(filled("const VERSION = 1;", &[]).is_err());
    }
}

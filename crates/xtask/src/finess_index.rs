//! `finess-index`: the index of the FINESS register that a host can serve beside the page, from the official files.
//!
//! The work is that of the crate `finess`, in a program of its own: xtask stays quick to compile. What is made without `-o`
//! goes to `dist/`, which is never committed, and from there beside each page that is built.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::project::Project;
use crate::run::{Output, cargo};

/// The index beside the page.
pub(crate) const FILE: &str = "finess.index";
/// What index.html says of it: nothing, until there is one.
const NONE: &str = "<meta name=\"estampille-register\" content=\"\">";

/// Makes the index of these files; `-o` says where it goes, when it is not to be built in.
pub(crate) fn command(project: &Project, arguments: &[String]) -> Result<(), Failure> {
    const USAGE: &str = "cargo xtask finess-index FILE [FILE] [-o OUT]";
    let (mut files, mut out) = (Vec::new(), None);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "-o" => out = rest.next(),
            option if option.starts_with('-') => {
                return Err(Failure::new(format!("{option} is not an option: {USAGE}")));
            }
            file => files.push(file),
        }
    }
    if files.is_empty() {
        return Err(Failure::new(USAGE));
    }
    let kept = kept_file(project);
    let target = match out {
        Some(out) => absolute(out)?,
        None => kept.clone(),
    };
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(Failure::at(folder))?;
    }
    let mut command = cargo(project);
    command.args(["run", "--quiet", "--release", "--package", "finess", "--bin", "finess-index", "--"]);
    // Cargo is called from the checkout, the files are named from where the developer stands.
    for file in &files {
        command.arg(absolute(file)?);
    }
    command.arg("-o").arg(&target);
    Output::Shown.run(&mut command)?;
    if target == kept {
        println!(
            "\nKept in dist/register/{FILE}: `cargo xtask build` puts it beside the page, which then offers it. Delete that file \
             to build without."
        );
    } else {
        println!(
            "\nServe it where the page may fetch it: `<estampille-assistant register=\"…/{FILE}\">`, or make it without -o and \
             run `cargo xtask build`."
        );
    }
    Ok(())
}

/// Puts the index that was kept, if any, beside the page, and says so in it.
pub(crate) fn copy_into(project: &Project, site: &Path) -> Result<(), Failure> {
    let kept = kept_file(project);
    if !kept.is_file() {
        return Ok(());
    }
    fs::copy(&kept, site.join(FILE)).map_err(Failure::at(&kept))?;
    let page = site.join("index.html");
    let html = fs::read_to_string(&page).map_err(Failure::at(&page))?;
    fs::write(&page, named(&html)?).map_err(Failure::at(&page))
}

fn named(html: &str) -> Result<String, Failure> {
    if html.matches(NONE).count() != 1 {
        return Err(Failure::new(format!("web/app/index.html should hold {NONE} once")));
    }
    Ok(html.replace(NONE, &NONE.replace("content=\"\"", &format!("content=\"./{FILE}\""))))
}

/// The page without an index beside it, as in the single file.
pub(crate) fn unnamed(html: &str) -> String {
    html.replace(&format!("content=\"./{FILE}\""), "content=\"\"")
}

fn kept_file(project: &Project) -> PathBuf {
    project.dist.join("register").join(FILE)
}

fn absolute(file: &str) -> Result<PathBuf, Failure> {
    std::path::absolute(file).map_err(Failure::at(Path::new(file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_index_that_is_there_and_the_single_file_none() {
        let page = include_str!("../../../web/app/index.html");
        let with = named(page).unwrap();
        assert!(with.contains("name=\"estampille-register\" content=\"./finess.index\""));
        assert_eq!(unnamed(&with), page);
        assert!(named("<head></head>").is_err());
    }
}

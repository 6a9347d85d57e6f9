//! How much a visitor downloads: bytes as they are, and as brotli sends them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::project::Project;
use crate::run::{capture, program};
use crate::site;

const SCRIPT: &str = include_str!("../assets/sizes.mjs");

/// The two sizes of a file, or of several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) raw: u64,
    /// Each file compressed on its own at quality 11, as a server does.
    pub(crate) brotli: u64,
}

/// Measures `files`, in their order.
pub(crate) fn measure(project: &Project, files: &[PathBuf]) -> Result<Vec<Size>, Failure> {
    let mut node = program(project, "node");
    node.args(["--input-type=module", "--eval", SCRIPT, "--"]).args(files);
    let text = capture(&mut node)?;
    let sizes: Vec<Size> = text.lines().filter_map(parse).collect();
    if sizes.len() == files.len() {
        Ok(sizes)
    } else {
        Err(Failure::new(format!("sizes: {} lines for {} files", sizes.len(), files.len())))
    }
}

/// All of `files` together.
pub(crate) fn total(sizes: &[Size]) -> Size {
    sizes
        .iter()
        .fold(Size::default(), |sum, size| Size { raw: sum.raw + size.raw, brotli: sum.brotli + size.brotli })
}

/// What a browser asks for before the page answers: the page, what it names, and what boot.js loads.
pub(crate) fn first_load(site: &Path) -> Result<Vec<PathBuf>, Failure> {
    let index = site.join("index.html");
    let html = fs::read_to_string(&index).map_err(Failure::at(&index))?;
    let site::PageFiles { script, wasm, .. } = site::page_files(site)?;
    let mut files = vec![index];
    files.extend(linked(&html).map(|name| site.join(name)));
    files.extend([site.join(script), site.join(wasm)]);
    match files.iter().find(|file| !file.is_file()) {
        Some(missing) => {
            Err(Failure::new(format!("the page names {}, which is not there", missing.display())))
        }
        None => Ok(files),
    }
}

/// Prints each file of the first load and their sum.
pub(crate) fn print_first_load(project: &Project) -> Result<(), Failure> {
    let files = first_load(&project.site())?;
    let sizes = measure(project, &files)?;
    eprintln!("\n{:>12} {:>12}", "raw", "brotli");
    for (file, size) in files.iter().zip(&sizes) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        eprintln!("{:>12} {:>12}  {name}", size.raw, size.brotli);
    }
    let sum = total(&sizes);
    eprintln!("{:>12} {:>12}  first load", sum.raw, sum.brotli);
    Ok(())
}

/// The relative addresses in `href` and `src`; the page has no others.
fn linked(html: &str) -> impl Iterator<Item = &str> {
    let marks = ["href=\"./", "src=\"./"];
    marks.into_iter().flat_map(move |mark| html.split(mark).skip(1).filter_map(|rest| rest.split('"').next()))
}

fn parse(line: &str) -> Option<Size> {
    let mut words = line.split(' ');
    Some(Size { raw: words.next()?.parse().ok()?, brotli: words.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_the_page_links() {
        let html = r##"<link href="./a.css"><a href="#x"></a><script src="./b.js"></script>"##;
        assert_eq!(linked(html).collect::<Vec<_>>(), ["a.css", "b.js"]);
    }

    #[test]
    fn adds_up() {
        let sizes = [parse("10 4 x").unwrap(), parse("5 3 y z").unwrap()];
        assert_eq!(total(&sizes), Size { raw: 15, brotli: 7 });
    }
}

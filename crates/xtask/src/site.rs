//! `build`: the page, into `dist/site/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::chain;
use crate::failure::Failure;
use crate::finess_index;
use crate::project::{Project, copy_tree, fresh_dir, swap_in};
use crate::pwa;
use crate::run::{Output, capture, cargo, program};
use crate::sizes;
use crate::split;
use crate::sums;
use crate::tools::{Need, prepare};
use crate::wasm;

const BOOT: &str = include_str!("../assets/boot.js");
/// What the page starts its second module with; its source is the npm package's too.
pub(crate) const WORKER: &str = "atelier-worker.js";
/// What index.html names; anything else would be a page that never starts.
const BOOT_TAG: &str = r#"src="./boot.js""#;

pub(crate) fn command(project: &Project) -> Result<(), Failure> {
    prepare(project, &Need::PAGE)?;
    build(project, &Output::Shown)?;
    sizes::print_first_load(project)
}

/// Builds the page and puts it in place of the last one; the tools must be there.
pub(crate) fn build(project: &Project, output: &Output) -> Result<(), Failure> {
    let _one_at_a_time = project.lock_outputs()?;
    output.say("page");
    let page = trunk(project, output)?;
    let mut modules = Vec::new();
    for module in &wasm::IN_A_WORKER {
        output.say(module.package);
        modules.push((module, wasm::build(project, output, module)?));
    }

    let new = project.dist.join("site.new");
    fresh_dir(&new)?;
    copy_tree(&page, &new)?;
    let public = project.root.join("public");
    if public.is_dir() {
        copy_tree(&public, &new)?;
    }
    for (module, folder) in modules {
        for name in module.files() {
            copy(&folder.join(&name), &new.join(&name))?;
        }
    }
    copy(&project.root.join("web/embed/src").join(WORKER), &new.join(WORKER))?;
    chain::copy_into(project, &new)?;
    finess_index::copy_into(project, &new)?;
    boot(&new)?;
    pwa::write(&new)?;
    sums::seal(&new)?;
    swap_in(&new, &project.site())?;
    sums::write(project)?;
    output.say("dist/site/ is ready");
    Ok(())
}

/// The page as trunk makes it, in a folder of its own; made once, for whoever asks in the same run.
pub(crate) fn trunk(project: &Project, output: &Output) -> Result<PathBuf, Failure> {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    if let Some(made) = MADE.get() {
        return Ok(made.clone());
    }
    // `offline` in Trunk.toml is passed on to cargo too: what it needs is fetched before.
    let mut fetch = cargo(project);
    let host = capture(program(project, "rustc").args(["--print", "host-tuple"]))?;
    output.run(fetch.args([
        "fetch",
        "--quiet",
        "--target",
        "wasm32-unknown-unknown",
        "--target",
        host.trim(),
    ]))?;

    let page = project.work().join("page");
    let mut command = program(project, "trunk");
    command.args(["build", "--release", "--dist"]).arg(&page);
    command.env("CARGO_TARGET_DIR", &project.target);
    // Some systems set NO_COLOR=1, which trunk refuses to read as a yes.
    command.env_remove("NO_COLOR");
    // Its own stack trace would hide the compiler's message.
    command.env("RUST_BACKTRACE", "0");
    command.env("TRUNK_TOOLS_WASM_BINDGEN", project.locked_version("wasm-bindgen")?);
    wasm::compiler_flags(project, &mut command)?;
    output.run(&mut command)?;
    let compiled = project.target.join("wasm32-unknown-unknown/release/app.wasm");
    split::page(project, output, &compiled, &page)?;
    Ok(MADE.get_or_init(|| page).clone())
}

/// Writes the boot module and takes out of the page what only the bundler needs.
fn boot(site: &Path) -> Result<(), Failure> {
    let PageFiles { script, wasm, .. } = page_files(site)?;
    let path = site.join(&wasm);
    let build = sums::sha256(&fs::read(&path).map_err(Failure::at(&path))?);
    let text = BOOT.replace("__JS__", &format!("./{script}")).replace("__WASM__", &format!("./{wasm}"));
    let text = text.replace("__BUILD__", &build);
    let path = site.join("boot.js");
    fs::write(&path, text).map_err(Failure::at(&path))?;

    let path = site.join("index.html");
    let html = fs::read_to_string(&path).map_err(Failure::at(&path))?;
    let clean = without_bundler_links(&html);
    if !clean.contains(BOOT_TAG) {
        return Err(Failure::new(format!("web/app/index.html has no <script type=\"module\" {BOOT_TAG}>")));
    }
    fs::write(&path, clean).map_err(Failure::at(&path))
}

/// The page's own files, whose names hold a hash.
pub(crate) struct PageFiles {
    pub(crate) script: String,
    /// The first screens.
    pub(crate) wasm: String,
    /// The screens that come later.
    pub(crate) later: String,
}

pub(crate) fn page_files(site: &Path) -> Result<PageFiles, Failure> {
    let names: Vec<String> = fs::read_dir(site)
        .map_err(Failure::at(site))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let one = |prefix: &str, suffix: &str| {
        let mut fitting = names.iter().filter(|name| name.starts_with(prefix) && name.ends_with(suffix));
        match (fitting.next(), fitting.next()) {
            (Some(name), None) => Ok(name.clone()),
            _ => Err(Failure::new(format!("{} should hold one {prefix}*{suffix}", site.display()))),
        }
    };
    Ok(PageFiles {
        script: one("app-", ".js")?,
        wasm: one("app-", "_bg.wasm")?,
        later: one("later-", ".wasm")?,
    })
}

/// The style sheets that a page names, one after the other.
pub(crate) fn styles(folder: &Path) -> Result<String, Failure> {
    let read = |path: PathBuf| fs::read_to_string(&path).map_err(Failure::at(&path));
    let html = read(folder.join("index.html"))?;
    let names = html.split("rel=\"stylesheet\" href=\"./").skip(1).filter_map(|rest| rest.split('"').next());
    names.map(|name| read(folder.join(name))).collect()
}

fn without_bundler_links(html: &str) -> String {
    let kept = html.lines().filter(|line| !line.trim_start().starts_with("<link data-trunk"));
    kept.flat_map(|line| [line, "\n"]).collect()
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::copy(from, to).map(drop).map_err(Failure::at(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundlers_links_go() {
        let html = "<head>\n  <link data-trunk rel=\"rust\">\n  <link rel=\"icon\">\n</head>";
        assert_eq!(without_bundler_links(html), "<head>\n  <link rel=\"icon\">\n</head>\n");
    }

    #[test]
    fn the_boot_module_has_its_places() {
        assert_eq!(BOOT.matches("__BUILD__").count(), 1);
        assert_eq!(BOOT.matches("__JS__").count(), 1);
        assert_eq!(BOOT.matches("__WASM__").count(), 1);
    }
}

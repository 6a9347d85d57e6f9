//! `package`: the npm package, into `dist/npm/`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::assistant;
use crate::built;
use crate::chain;
use crate::failure::Failure;
use crate::project::{Project, copy_tree, files_under, fresh_dir, swap_in};
use crate::run::{Output, capture, program};
use crate::sizes;
use crate::sums;
use crate::tools::{Need, prepare};
use crate::wasm;

const MANIFEST: &str = include_str!("../assets/npm-package.json");
const WORKER: &str = "atelier-worker.js";
const CHAIN_EXPORT: &str = "    \"./*.pem\": \"./*.pem\",\n";

pub(crate) fn command(project: &Project) -> Result<(), Failure> {
    prepare(project, &Need::PAGE)?;
    build(project, &Output::Shown)?;
    built::inspect(project, &project.npm())?;
    let files = files_under(&project.npm())?;
    let measured = sizes::measure(project, &files)?;
    eprintln!("\n{:>12} {:>12}", "raw", "brotli");
    for (file, size) in files.iter().zip(measured) {
        let name = file.strip_prefix(project.npm()).unwrap_or(file).display();
        eprintln!("{:>12} {:>12}  {name}", size.raw, size.brotli);
    }
    Ok(())
}

/// Whether the package's face exists: without it there is nothing to publish.
pub(crate) fn has_face(project: &Project) -> bool {
    project.root.join("web/embed/tsconfig.json").is_file()
}

/// Builds the modules and the façade, and lets npm judge the result; the tools must be there.
pub(crate) fn build(project: &Project, output: &Output) -> Result<(), Failure> {
    let embed = project.root.join("web/embed");
    if !has_face(project) {
        return Err(Failure::new("web/embed/tsconfig.json is missing: the package has no face to publish"));
    }
    let _one_at_a_time = project.lock_outputs()?;
    output.say("core");
    let mut modules = vec![wasm::build(project, output, &wasm::CORE)?];
    for module in &wasm::IN_A_WORKER {
        output.say(module.package);
        modules.push(wasm::build(project, output, module)?);
    }

    // The façade's sources see the modules' types here: `rootDirs` in web/embed/tsconfig.json.
    let bindings = project.dist.join("bindings");
    fresh_dir(&bindings)?;
    for module in modules {
        copy_tree(&module, &bindings)?;
    }

    output.say("façade");
    let new = project.dist.join("npm.new");
    fresh_dir(&new)?;
    let mut tsc = program(project, "tsc");
    tsc.arg("--project").arg(embed.join("tsconfig.json")).arg("--outDir").arg(&new);
    output.run(&mut tsc)?;
    copy_plain_sources(&embed.join("src"), &new)?;
    output.say("element");
    assistant::build_into(project, output, &new)?;
    copy_tree(&bindings, &new)?;
    join_worker(project, output, &new)?;
    copy_to(&embed.join("api.d.ts"), &new)?;
    let readmes = [embed.join("README.md"), project.root.join("README.md")];
    if let Some(readme) = readmes.iter().find(|path| path.is_file()) {
        copy_to(readme, &new)?;
    }
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy_to(&project.root.join(licence), &new)?;
    }
    chain::copy_into(project, &new)?;
    write_manifest(&new)?;
    sums::seal(&new)?;
    swap_in(&new, &project.npm())?;
    sums::write(project)?;
    judge(project, output)
}

/// Puts the worker's script and what it imports into one file. A bundler that finds its address (`new URL(…)`) copies the
/// file as it is, under another name: what it imported from beside it would no longer be there.
fn join_worker(project: &Project, output: &Output, package: &Path) -> Result<(), Failure> {
    let joined = package.join("joined.js");
    let mut esbuild = program(project, "esbuild");
    // From there, so that no path of this machine is written as a comment.
    esbuild.current_dir(package).arg(WORKER);
    esbuild.args([
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--log-level=warning",
        "--outfile=joined.js",
    ]);
    output.run(&mut esbuild)?;
    fs::rename(&joined, package.join(WORKER)).map_err(Failure::at(&joined))
}

/// What needs no compiler goes as it is, unless the compiler already wrote it.
fn copy_plain_sources(from: &Path, to: &Path) -> Result<(), Failure> {
    for path in files_under(from)? {
        let Ok(relative) = path.strip_prefix(from) else { continue };
        let copy = to.join(relative);
        let name = relative.to_string_lossy();
        let is_plain = [".js", ".d.ts", ".css"].iter().any(|ending| name.ends_with(ending));
        if is_plain && !copy.exists() {
            if let Some(folder) = copy.parent() {
                fs::create_dir_all(folder).map_err(Failure::at(folder))?;
            }
            fs::copy(&path, &copy).map_err(Failure::at(&path))?;
        }
    }
    Ok(())
}

fn copy_to(file: &Path, folder: &Path) -> Result<(), Failure> {
    let name = file.file_name().unwrap_or_default();
    fs::copy(file, folder.join(name)).map(drop).map_err(Failure::at(file))
}

fn write_manifest(folder: &Path) -> Result<(), Failure> {
    let path = folder.join("package.json");
    if !folder.join("index.js").is_file() {
        return Err(Failure::new("web/embed has no src/index.ts: the package would have no entry"));
    }
    fs::write(&path, manifest(folder.join(chain::FILE).is_file())).map_err(Failure::at(&path))
}

/// The package's description of itself, with the parts that exist. As text, because the order of conditions counts: `types`
/// comes first.
fn manifest(chain: bool) -> String {
    MANIFEST
        .replace("__CHAIN__", if chain { CHAIN_EXPORT } else { "" })
        .replace("__VERSION__", env!("CARGO_PKG_VERSION"))
}

/// npm's own reading of the package, that each file the exports name is packed, and what publint and attw say of it.
fn judge(project: &Project, output: &Output) -> Result<(), Failure> {
    let mut npm = program(project, "npm");
    npm.current_dir(project.npm()).args(["pack", "--dry-run", "--json", "--loglevel=error"]);
    let listing: Value = serde_json::from_str(&capture(&mut npm)?)
        .map_err(|error| Failure::new(format!("npm pack: {error}")))?;
    let files = listing.pointer("/0/files").and_then(Value::as_array);
    let packed: Vec<&str> =
        files.into_iter().flatten().filter_map(|file| file.get("path").and_then(Value::as_str)).collect();
    let wanted = [
        "index.js",
        "index.d.ts",
        "api.d.ts",
        "estampille_core.js",
        wasm::CORE.wasm,
        WORKER,
        "atelier-worker.d.ts",
    ];
    let modules = wasm::IN_A_WORKER.iter().flat_map(wasm::Module::files);
    let modules: Vec<String> = modules.collect();
    let wanted = wanted
        .into_iter()
        .chain(modules.iter().map(String::as_str))
        .chain(["assistant.js"])
        .chain(assistant::FILES);
    let missing: Vec<&str> = wanted.filter(|name| !packed.contains(name)).collect();
    if !missing.is_empty() {
        return Err(Failure::new(format!("the package lacks {}", missing.join(", "))));
    }
    // Every entry resolves, to a file of the kind it says it is, with types that describe it.
    let mut publint = program(project, "publint");
    output.run(publint.arg("--strict").arg(project.npm()))?;
    let mut types = program(project, "attw");
    types.args(["--profile", "esm-only", "--no-definitely-typed", "--no-emoji", "--pack"]);
    output.run(types.arg(project.npm()))?;
    output.say(&format!("dist/npm/ is ready: {} files", packed.len()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_exported_only_when_it_exists() {
        let read = |there| serde_json::from_str::<Value>(&manifest(there)).unwrap();
        let entry = "/exports/.~1*.pem";
        assert_eq!(read(true).pointer(entry).and_then(Value::as_str), Some("./*.pem"));
        assert!(read(false).pointer(entry).is_none());
        assert_eq!(read(false).get("version").and_then(Value::as_str), Some(env!("CARGO_PKG_VERSION")));
    }

    #[test]
    fn the_sources_say_the_version_of_the_modules_they_load() {
        let source = include_str!("../../../web/embed/src/version.ts");
        assert!(source.contains(&format!("VERSION = {:?};", env!("CARGO_PKG_VERSION"))), "{source}");
    }

    #[test]
    fn types_come_before_the_code_they_describe() {
        let text = manifest(true);
        let (types, code) = (text.find("\"types\": \"./index.d.ts\""), text.find("\"default\""));
        assert!(types.is_some() && types < code, "{text}");
    }
}

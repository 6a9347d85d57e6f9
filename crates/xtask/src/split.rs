//! A module in two parts: what is needed at once, and what comes later.
//!
//! `#[wasm_split(later, …)]` marks where (`web/app/src/later.rs`, `crates/atelier/src/calls.rs`); `wasm-split-cli` sorts
//! functions and texts by what reaches them; each part is then made small on its own. `assets/later.js` loads the second.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::project::{Project, fresh_dir};
use crate::run::{Output, program};
use crate::shorten::shorten;
use crate::sums;
use crate::wasm;

const LOADER: &str = include_str!("../assets/later.js");
/// What the linker is told, so that it leaves in the module what is read here.
pub(crate) const LINK: &str = "-Clink-arg=--emit-relocs";
/// The split point's name, as `wasm-split-cli` writes it.
const PART: &str = "split_later.wasm";

/// The files made of a module, in a folder of their own.
struct Parts {
    script: PathBuf,
    /// What wasm-bindgen says of the script, for TypeScript.
    types: PathBuf,
    first: PathBuf,
    later: PathBuf,
    /// Of the first.
    hash: String,
}

/// Puts the two parts of the page, and their script, in the place of what trunk made of it in `page`.
pub(crate) fn page(project: &Project, output: &Output, compiled: &Path, page: &Path) -> Result<(), Failure> {
    let name_later = |hash: &str| format!("later-{hash}.wasm");
    let parts = take_apart(project, output, compiled, "app", "later", name_later)?;
    for entry in fs::read_dir(page).map_err(Failure::at(page))? {
        let path = entry.map_err(Failure::at(page))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("app-") || name.starts_with("later-") {
            fs::remove_file(&path).map_err(Failure::at(&path))?;
        }
    }
    let later = name_later(&hash(&parts.later)?);
    let script = format!("app-{}.js", hash(&parts.script)?);
    put(&parts.first, &page.join(format!("app-{}_bg.wasm", parts.hash)))?;
    put(&parts.later, &page.join(later))?;
    put(&parts.script, &page.join(script))
}

/// The two parts of `compiled`, and their script, into `folder`, under the module's names.
pub(crate) fn module(
    project: &Project,
    output: &Output,
    compiled: &Path,
    module: &wasm::Module,
    later: &str,
    folder: &Path,
) -> Result<(), Failure> {
    let part = later.trim_end_matches(".wasm");
    let parts = take_apart(project, output, compiled, module.script, part, |_| later.to_owned())?;
    wasm::sign(&parts.first, &wasm::signature(module.script))?;
    put(&parts.first, &folder.join(module.wasm))?;
    put(&parts.later, &folder.join(later))?;
    put(&parts.script, &folder.join(module.file()))?;
    let types = fs::read_to_string(&parts.types).map_err(Failure::at(&parts.types))?;
    let more = "\n/** Says how to get the second part of the module, when it is not beside this script, and who is told why it \
                was not had. */\n\
                export function laterFrom(compile: () => Promise<WebAssembly.Module>, tell?: (error: unknown) => void): void;\n";
    write(&folder.join(format!("{}.d.ts", module.script)), &format!("{types}{more}"))
}

/// `script` is the script's name without extension, `part` what the second part says it is; `name_later` is given its
/// hash and says under which name the script finds it.
fn take_apart(
    project: &Project,
    output: &Output,
    compiled: &Path,
    script: &str,
    part: &str,
    name_later: impl Fn(&str) -> String,
) -> Result<Parts, Failure> {
    let work = project.work().join("split").join(script);
    fresh_dir(&work)?;
    let mut sort = program(project, "wasm-split-cli");
    output.run(sort.args(["--out-name", script]).arg(compiled).arg(&work))?;
    let bound = work.join("bound");
    let mut bind = program(project, "wasm-bindgen");
    bind.args(["--target", "web", "--keep-lld-exports", "--out-name", script, "--out-dir"]).arg(&bound);
    output.run(bind.arg(work.join(format!("{script}.wasm"))))?;

    let [first, later] = [work.join("first.wasm"), work.join("later.wasm")];
    wasm::optimise(project, output, &bound.join(format!("{script}_bg.wasm")), &first)?;
    wasm::optimise(project, output, &work.join(PART), &later)?;
    let script_name = format!("{script}.js");
    shorten(&bound.join(&script_name), &first)?;

    // The second part stands on places in the first's table: it fits this very build and no other.
    let fits = hash(&first)?;
    let signature = format!("{} {fits}", wasm::signature(part));
    wasm::sign(&later, &signature)?;
    let loader = filled(&script_name, &signature, &name_later(&hash(&later)?))?;
    write(&bound.join("__wasm_split.js"), &loader)?;
    let own = format!("\"./{script_name}\"");
    let entry = format!(
        "export * from {own};\nexport {{ default }} from {own};\nexport {{ laterFrom }} from \"./__wasm_split.js\";\n"
    );
    write(&bound.join("entry.js"), &entry)?;
    let joined = work.join("joined.js");
    let mut esbuild = program(project, "esbuild");
    esbuild.args(["--bundle", "--format=esm", "--minify", "--charset=utf8", "--legal-comments=none"]);
    esbuild.args(["--log-level=warning"]).arg(format!("--outfile={}", joined.display()));
    output.run(esbuild.arg(bound.join("entry.js")))?;
    Ok(Parts { script: joined, types: bound.join(format!("{script}.d.ts")), first, later, hash: fits })
}

/// The loader with its blanks filled.
fn filled(script: &str, signature: &str, file: &str) -> Result<String, Failure> {
    let mut text = LOADER.to_owned();
    for (blank, value) in [("__SCRIPT__", script), ("__SIGNATURE__", signature), ("__FILE__", file)] {
        if text.matches(blank).count() != 1 {
            return Err(Failure::new(format!("assets/later.js should hold {blank} once")));
        }
        text = text.replace(blank, value);
    }
    Ok(text)
}

/// Enough of the file's SHA-256 to tell it from every other build's.
fn hash(file: &Path) -> Result<String, Failure> {
    Ok(sums::sha256(&fs::read(file).map_err(Failure::at(file))?).chars().take(16).collect())
}

fn put(file: &Path, place: &Path) -> Result<(), Failure> {
    fs::rename(file, place).map_err(Failure::at(place))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(Failure::at(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_names_what_it_loads() {
        let text = filled("app.js", "later 1 ab", "later-cd.wasm").unwrap();
        assert!(text.contains("\"later 1 ab\"") && text.contains("from \"./app.js\""));
        assert!(text.contains("new URL(\"later-cd.wasm\", import.meta.url)"));
    }
}

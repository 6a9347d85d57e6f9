//! The page's module in two: the first screens, and those that come later.
//!
//! `web/app/src/later.rs` marks where; `wasm-split-cli` sorts functions and texts by what reaches them; each part is then
//! made small on its own. `assets/later.js` loads the second.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::project::{Project, fresh_dir};
use crate::run::{Output, program};
use crate::shorten::shorten;
use crate::sums;
use crate::wasm;

const LOADER: &str = include_str!("../assets/later.js");
/// What the page's script gives to others: its own, and the way to say where the second part is.
const ENTRY: &str = "export * from \"./app.js\";\nexport { default } from \"./app.js\";\nexport { laterIsAt } from \"./__wasm_split.js\";\n";
/// The split point's name, as `wasm-split-cli` writes it.
const PART: &str = "split_later.wasm";

/// Puts the two parts of `compiled`, and their script, in the place of what trunk made of it in `page`.
pub(crate) fn page(project: &Project, output: &Output, compiled: &Path, page: &Path) -> Result<(), Failure> {
    let work = project.work().join("split");
    fresh_dir(&work)?;
    output.run(program(project, "wasm-split-cli").args(["--out-name", "app"]).arg(compiled).arg(&work))?;
    let bound = work.join("bound");
    let mut bind = program(project, "wasm-bindgen");
    bind.args(["--target", "web", "--keep-lld-exports", "--out-name", "app", "--out-dir"]).arg(&bound);
    output.run(bind.arg(work.join("app.wasm")))?;

    let [first, later] = [work.join("first.wasm"), work.join("later.wasm")];
    wasm::optimise(project, output, &bound.join("app_bg.wasm"), &first)?;
    wasm::optimise(project, output, &work.join(PART), &later)?;
    let script = bound.join("app.js");
    shorten(&script, &first)?;

    // The second part stands on places in the first's table: it fits this very build and no other.
    let fits = hash(&first)?;
    let signature = format!("{} {fits}", wasm::signature("later"));
    wasm::sign(&later, &signature)?;
    let later_name = format!("later-{}.wasm", hash(&later)?);
    let loader = filled(&signature, &later_name)?;
    write(&bound.join("__wasm_split.js"), &loader)?;
    write(&bound.join("page.js"), ENTRY)?;
    let joined = work.join("page.js");
    let mut esbuild = program(project, "esbuild");
    esbuild.args(["--bundle", "--format=esm", "--minify", "--charset=utf8", "--legal-comments=none"]);
    esbuild.args(["--log-level=warning"]).arg(format!("--outfile={}", joined.display()));
    output.run(esbuild.arg(bound.join("page.js")))?;

    for entry in fs::read_dir(page).map_err(Failure::at(page))? {
        let path = entry.map_err(Failure::at(page))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("app-") || name.starts_with("later-") {
            fs::remove_file(&path).map_err(Failure::at(&path))?;
        }
    }
    let names = [(first, format!("app-{fits}_bg.wasm")), (later, later_name)];
    for (file, name) in names.into_iter().chain([(joined.clone(), format!("app-{}.js", hash(&joined)?))]) {
        fs::rename(&file, page.join(name)).map_err(Failure::at(&file))?;
    }
    Ok(())
}

/// The loader with its blanks filled.
fn filled(signature: &str, file: &str) -> Result<String, Failure> {
    let mut text = LOADER.to_owned();
    for (blank, value) in [("__SIGNATURE__", signature), ("__FILE__", file)] {
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

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(Failure::at(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_names_what_it_loads() {
        let text = filled("later 1 ab", "later-cd.wasm").unwrap();
        assert!(
            text.contains("\"later 1 ab\"") && text.contains("new URL(\"later-cd.wasm\", import.meta.url)")
        );
    }
}

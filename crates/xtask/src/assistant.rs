//! The custom element's share of the npm package: the page as `build` makes it, under names that do not change, and its
//! style sheets as a script, since an element cannot name files of its own.

use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::project::Project;
use crate::run::Output;
use crate::site;
use crate::wasm;

/// What the element adds to the package, beside what `web/embed` compiles to.
pub(crate) const FILES: [&str; 4] =
    ["assistant_page.js", "assistant_styles.js", "assistant_bg.wasm", "assistant_later.wasm"];

/// Where wasm-bindgen says the module is, when nobody says otherwise.
const BESIDE: &str = "app_bg.wasm";

/// Builds the page and puts it into `folder`.
pub(crate) fn build_into(project: &Project, output: &Output, folder: &Path) -> Result<(), Failure> {
    let page = site::trunk(project, output)?;
    let site::PageFiles { script, wasm, later } = site::page_files(&page)?;
    let [script_name, styles_name, wasm_name, later_name] = FILES;

    let path = page.join(script);
    let mut text = fs::read_to_string(&path).map_err(Failure::at(&path))?;
    for (name, new_name) in [(BESIDE, wasm_name), (later.as_str(), later_name)] {
        if !text.contains(name) {
            return Err(Failure::new(format!("{} does not name {name}", path.display())));
        }
        text = text.replace(name, new_name);
    }
    write(&folder.join(script_name), &text)?;
    for (name, new_name) in [(wasm, wasm_name), (later, later_name)] {
        let path = page.join(name);
        fs::copy(&path, folder.join(new_name)).map_err(Failure::at(&path))?;
    }
    wasm::sign(&folder.join(wasm_name), &wasm::signature("assistant"))?;
    write(&folder.join(styles_name), &script_of(&site::styles(&page)?))
}

/// A module whose default export is this text.
fn script_of(text: &str) -> String {
    format!("export default {};\n", serde_json::Value::from(text))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(Failure::at(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_a_script() {
        assert_eq!(script_of("a{content:\"\\b\"}\n"), "export default \"a{content:\\\"\\\\b\\\"}\\n\";\n");
    }
}

//! What an output can be checked with: `SHA256SUMS`, as `sha256sum --check` reads it, and the hashes that a page names
//! beside what it loads (Subresource Integrity, W3C).

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use base64ct::{Base64, Encoding as _};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256, Sha384};

use crate::failure::Failure;
use crate::project::{Project, files_under};
use crate::run::{Output, program};

/// SHA-256 of every other file of the folder it stands in.
pub(crate) const SUMS: &str = "SHA256SUMS";
/// File name → `sha384-…`, for `integrity` attributes and `fetch`.
pub(crate) const INTEGRITY: &str = "integrity.json";

/// Writes both files into an output that is whole.
pub(crate) fn seal(folder: &Path) -> Result<(), Failure> {
    let mut hashes = Map::new();
    for file in files_under(folder)? {
        let bytes = fs::read(&file).map_err(Failure::at(&file))?;
        hashes.insert(name_in(folder, &file), Value::String(integrity(&bytes)));
    }
    let text = serde_json::to_string_pretty(&hashes).map_err(|error| Failure::new(error.to_string()))?;
    let path = folder.join(INTEGRITY);
    fs::write(&path, text + "\n").map_err(Failure::at(&path))?;
    write_sums(folder, &["."])
}

/// Writes `dist/SHA256SUMS`, of whichever outputs are built; called by each of them.
pub(crate) fn write(project: &Project) -> Result<(), Failure> {
    write_sums(&project.dist, &["site", "npm", "estampille.html"])
}

/// Lets `sha256sum` judge every list that is there.
pub(crate) fn check(project: &Project, output: &Output) -> Result<(), Failure> {
    let folders = [project.dist.clone(), project.site(), project.npm()];
    let listed: Vec<_> = folders.iter().filter(|folder| folder.join(SUMS).is_file()).collect();
    if listed.is_empty() {
        return Err(Failure::new("nothing is built: there are no sums to check"));
    }
    for folder in listed {
        let mut command = program(project, "sha256sum");
        output.run(command.current_dir(folder).args(["--check", "--strict", "--quiet", SUMS]))?;
    }
    Ok(())
}

/// The hash of a file as a browser is told it.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", Base64::encode_string(&Sha384::digest(bytes)))
}

/// The same, as a Content-Security-Policy names an inline script or style.
pub(crate) fn csp_hash(text: &str) -> String {
    format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(text)))
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The path of `file` below `folder`, as an address spells it.
pub(crate) fn name_in(folder: &Path, file: &Path) -> String {
    let parts = file.strip_prefix(folder).unwrap_or(file).components();
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn write_sums(folder: &Path, outputs: &[&str]) -> Result<(), Failure> {
    let list = folder.join(SUMS);
    let mut text = String::new();
    for output in outputs {
        let path = if *output == "." { folder.to_path_buf() } else { folder.join(output) };
        let files = if path.is_dir() { files_under(&path)? } else { vec![path] };
        for file in files.iter().filter(|file| file.is_file() && **file != list) {
            let bytes = fs::read(file).map_err(Failure::at(file))?;
            // Two spaces: read as it is, and not as text.
            let _ = writeln!(text, "{}  {}", sha256(&bytes), name_in(folder, file));
        }
    }
    fs::write(&list, text).map_err(Failure::at(&list))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::fresh_dir;

    #[test]
    fn hashes_are_those_of_the_standards() {
        // FIPS 180-4, the message "abc".
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(csp_hash("abc"), "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
        assert_eq!(
            integrity(b"abc"),
            "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"
        );
    }

    #[test]
    fn a_sealed_folder_lists_all_but_its_own_list() {
        let folder = std::env::temp_dir().join(format!("estampille-sums-{}", std::process::id()));
        fresh_dir(&folder.join("sub")).unwrap();
        fs::write(folder.join("a.js"), "abc").unwrap();
        fs::write(folder.join("sub/b.css"), "").unwrap();
        seal(&folder).unwrap();
        let sums = fs::read_to_string(folder.join(SUMS)).unwrap();
        let names: Vec<_> =
            sums.lines().filter_map(|line| line.split_once("  ")).map(|(_, name)| name).collect();
        assert_eq!(names, ["a.js", "integrity.json", "sub/b.css"]);
        let hashes: Value =
            serde_json::from_str(&fs::read_to_string(folder.join(INTEGRITY)).unwrap()).unwrap();
        assert_eq!(hashes.get("a.js").and_then(Value::as_str), Some(integrity(b"abc").as_str()));
        assert_eq!(hashes.as_object().map(Map::len), Some(2));
        fs::remove_dir_all(folder).unwrap();
    }
}

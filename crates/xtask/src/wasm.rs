//! From a crate to a WebAssembly module and its JavaScript: cargo, wasm-bindgen, wasm-opt.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::project::{Project, fresh_dir};
use crate::run::{Output, capture, cargo, program};
use crate::shorten::shorten;
use crate::split;

/// A module made of one library crate.
#[derive(Debug)]
pub(crate) struct Module {
    /// The package, which is also the crate's name.
    pub(crate) package: &'static str,
    /// Name of the JavaScript file, without extension.
    pub(crate) script: &'static str,
    /// Name of the WebAssembly file.
    pub(crate) wasm: &'static str,
    /// Name of that of its second part, where it has one.
    pub(crate) later: Option<&'static str>,
}

impl Module {
    /// What a page needs of it.
    pub(crate) fn files(&self) -> Vec<String> {
        let later = self.later.map(str::to_owned);
        [self.file(), self.wasm.to_owned()].into_iter().chain(later).collect()
    }

    /// Its JavaScript file.
    pub(crate) fn file(&self) -> String {
        format!("{}.js", self.script)
    }
}

/// The npm bindings of the core.
pub(crate) const CORE: Module =
    Module { package: "js", script: "estampille_core", wasm: "estampille_bg.wasm", later: None };
/// What reads a file or touches a key, for the worker.
pub(crate) const ATELIER: Module = Module {
    package: "atelier",
    script: "atelier",
    wasm: "atelier_bg.wasm",
    later: Some("atelier_later.wasm"),
};
/// RSA in software, which the worker loads where the browser has none.
pub(crate) const FORGE: Module =
    Module { package: "forge", script: "forge", wasm: "forge_bg.wasm", later: None };

/// The register, for a worker of its own.
pub(crate) const GREFFE: Module =
    Module { package: "greffe", script: "greffe", wasm: "greffe_bg.wasm", later: None };
/// What a worker may load: the page and the package hold each of them.
pub(crate) const IN_A_WORKER: [Module; 3] = [ATELIER, FORGE, GREFFE];

/// What wasm-opt does beside `-Oz`. Measured on what brotli makes of it.
///
/// - Nothing of ours stands below address 1024: there the stack would end, and it grows towards it.
/// - Inlining saves bytes but breaks the likeness between functions, which compresses better.
/// - Likewise what is computed twice is left twice, and the passes are run until nothing changes.
/// - Functions of like names, copies of one generic above all, stand side by side for the same reason.
const SHRINK: [&str; 5] = [
    "--low-memory-unused",
    "--skip-pass=inlining-optimizing",
    "--skip-pass=local-cse",
    "--converge",
    "--reorder-functions-by-name",
];

/// Ciphers and digests as loops, not written out: a seventh of the code.
const COMPACT: [&str; 2] = ["aes_backend_soft=\"compact\"", "sha2_backend_soft=\"compact\""];

/// Compiles `module`; the folder returned holds its `.js`, `.d.ts` and `.wasm`.
pub(crate) fn build(project: &Project, output: &Output, module: &Module) -> Result<PathBuf, Failure> {
    let mut compile = cargo(project);
    // `--crate-type` here, and not both kinds in Cargo.toml: beside an rlib, cargo turns LTO off.
    compile.args([
        "rustc",
        "--release",
        "--target",
        "wasm32-unknown-unknown",
        "--lib",
        "--crate-type",
        "cdylib",
    ]);
    compile.args(["--package", module.package]);
    if module.later.is_some() {
        compile.args(["--", split::LINK]);
    }
    compiler_flags(project, &mut compile)?;
    output.run(&mut compile)?;

    let compiled =
        project.target.join("wasm32-unknown-unknown/release").join(format!("{}.wasm", module.package));
    let folder = project.work().join(module.package);
    let finished = folder.join(module.wasm);
    if newer(&finished, &compiled) {
        output.say(&format!("{} is unchanged", module.wasm));
        return Ok(folder);
    }
    fresh_dir(&folder)?;
    if let Some(later) = module.later {
        split::module(project, output, &compiled, module, later, &folder)?;
        return Ok(folder);
    }
    let mut bind = program(project, "wasm-bindgen");
    bind.args(["--target", "web", "--out-name", module.script, "--out-dir"]).arg(&folder).arg(&compiled);
    output.run(&mut bind)?;

    let bound = folder.join(format!("{}_bg.wasm", module.script));
    let shrunk = folder.join("shrunk");
    let script = folder.join(format!("{}.js", module.script));
    optimise(project, output, &bound, &shrunk)?;
    shorten(&script, &shrunk)?;
    minify(project, output, &script)?;
    sign(&shrunk, &signature(module.script))?;
    fs::remove_file(&bound).map_err(Failure::at(&bound))?;
    rename_wasm(&folder, module)?;
    fs::rename(&shrunk, &finished).map_err(Failure::at(&finished))?;
    Ok(folder)
}

/// How every module is compiled; `command` calls cargo. No path of this machine stays in the modules: two checkouts
/// give the same bytes.
///
/// Leptos' `--cfg=erase_components` would make the page a tenth smaller, but brings `innerHTML` in (tachys'
/// `AnyAttribute` clears with it), which no script of ours may hold.
pub(crate) fn compiler_flags(project: &Project, command: &mut Command) -> Result<(), Failure> {
    let sysroot = capture(program(project, "rustc").args(["--print", "sysroot"]))?;
    // For each path rustc takes the last that fits.
    let places = [
        (project.root.as_path(), "/estampille"),
        (project.target.as_path(), "/target"),
        (project.cargo_home.as_path(), "/cargo"),
        (&Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), "/rust"),
    ];
    let mut flags: Vec<String> = match env::var("CARGO_ENCODED_RUSTFLAGS") {
        Ok(encoded) if !encoded.is_empty() => encoded.split('\x1f').map(str::to_owned).collect(),
        _ => env::var("RUSTFLAGS").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
    };
    flags.extend(COMPACT.map(|cfg| format!("--cfg={cfg}")));
    flags.extend(places.iter().map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())));
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    Ok(())
}

pub(crate) fn optimise(project: &Project, output: &Output, from: &Path, to: &Path) -> Result<(), Failure> {
    // The features in use are read from the module itself: its target_features section is kept by `strip`.
    output.run(program(project, "wasm-opt").arg("-Oz").args(SHRINK).arg("-o").arg(to).arg(from))
}

/// What a module says of itself: which it is, and its version.
pub(crate) fn signature(name: &str) -> String {
    format!("{name} {}", env!("CARGO_PKG_VERSION"))
}

/// Writes `signature` into the module, as a custom section of the name `estampille`: who loads it compares before any of
/// it runs. A browser may have kept a module from before an update, or a host may have deployed half of one.
pub(crate) fn sign(file: &Path, signature: &str) -> Result<(), Failure> {
    let mut bytes = fs::read(file).map_err(Failure::at(file))?;
    bytes.extend(custom_section("estampille", signature));
    fs::write(file, bytes).map_err(Failure::at(file))
}

/// WebAssembly Core Specification 2.0, § 5.5.3; both texts are short, so that each length is one octet.
fn custom_section(name: &str, content: &str) -> Vec<u8> {
    const CUSTOM: u8 = 0;
    let octet = |length: usize| u8::try_from(length).ok().filter(|octet| *octet < 0x80).unwrap_or_default();
    let head = [CUSTOM, octet(1 + name.len() + content.len()), octet(name.len())];
    head.into_iter().chain(name.bytes()).chain(content.bytes()).collect()
}

/// Makes a script as small as it can be sent: no comment and no indent.
fn minify(project: &Project, output: &Output, script: &Path) -> Result<(), Failure> {
    let mut esbuild = program(project, "esbuild");
    esbuild.args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
    esbuild.arg("--allow-overwrite").arg(format!("--outfile={}", script.display())).arg(script);
    output.run(&mut esbuild)
}

/// wasm-bindgen derives the module's name from the script's; the contract names them apart.
fn rename_wasm(folder: &Path, module: &Module) -> Result<(), Failure> {
    let derived = format!("{}_bg.wasm", module.script);
    if derived == module.wasm {
        return Ok(());
    }
    let script = folder.join(format!("{}.js", module.script));
    let text = fs::read_to_string(&script).map_err(Failure::at(&script))?;
    let renamed = text.replace(&derived, module.wasm);
    if renamed == text {
        return Err(Failure::new(format!("{} does not name {derived}", script.display())));
    }
    fs::write(&script, renamed).map_err(Failure::at(&script))?;
    let types = folder.join(format!("{derived}.d.ts"));
    if types.exists() {
        fs::rename(&types, folder.join(format!("{}.d.ts", module.wasm))).map_err(Failure::at(&types))?;
    }
    Ok(())
}

/// Whether `result` was made after `source` last changed.
fn newer(result: &Path, source: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified());
    matches!((time(result), time(source)), (Ok(made), Ok(changed)) if made > changed)
}

#[cfg(test)]
mod tests {
    use super::custom_section;

    #[test]
    fn a_section_says_how_long_it_is() {
        assert_eq!(custom_section("ab", "1.0"), [0, 6, 2, b'a', b'b', b'1', b'.', b'0']);
    }
}

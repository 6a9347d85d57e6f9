//! Where things are: the checkout, its outputs, the user's cargo folder.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The folders every command works in, all absolute.
#[derive(Debug)]
pub(crate) struct Project {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's output, `CARGO_TARGET_DIR` or `target/`.
    pub(crate) target: PathBuf,
    /// What is for others: `dist/`.
    pub(crate) dist: PathBuf,
    /// Cargo's home, whose `bin/` receives the tools.
    pub(crate) cargo_home: PathBuf,
}

impl Project {
    /// The checkout that `cargo xtask` was called in. Not the one compiled from: two may share a target directory.
    pub(crate) fn find() -> Result<Self, Failure> {
        let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&here)
            .ancestors()
            .nth(2)
            .filter(|root| root.join("Cargo.lock").is_file())
            .ok_or_else(|| {
                Failure::new("the checkout has moved since xtask was compiled: run it by `cargo xtask`")
            })?
            .to_path_buf();
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let cargo_home = env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
            .ok_or_else(|| Failure::new("neither CARGO_HOME nor a home directory is known"))?;
        Ok(Self { dist: root.join("dist"), root, target, cargo_home })
    }

    /// The built page.
    pub(crate) fn site(&self) -> PathBuf {
        self.dist.join("site")
    }

    /// The npm package.
    pub(crate) fn npm(&self) -> PathBuf {
        self.dist.join("npm")
    }

    /// Intermediate files of xtask itself.
    pub(crate) fn work(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The search path with the tools of this project first.
    pub(crate) fn path(&self) -> OsString {
        let mut folders = vec![self.root.join("node_modules/.bin"), self.cargo_home.join("bin")];
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        env::join_paths(folders).unwrap_or_else(|_| env::var_os("PATH").unwrap_or_default())
    }

    /// Where a program is, searched as this project's commands will search it.
    pub(crate) fn which(&self, program: &str) -> Option<PathBuf> {
        env::split_paths(&self.path()).map(|folder| folder.join(program)).find(|file| file.is_file())
    }

    /// The version of `package` in Cargo.lock: the one place where it is written.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String, Failure> {
        let path = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&path).map_err(Failure::at(&path))?;
        locked_version(&lock, package)
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("{package} is not in Cargo.lock")))
    }

    /// One build of the outputs at a time, also across processes. Released when dropped.
    pub(crate) fn lock_outputs(&self) -> Result<File, Failure> {
        // In dist/ and not in target/: two of these may share the one and not the other.
        fs::create_dir_all(&self.dist).map_err(Failure::at(&self.dist))?;
        let path = self.dist.join(".lock");
        let file = File::create(&path).map_err(Failure::at(&path))?;
        if file.try_lock().is_err() {
            eprintln!("another xtask is at work here: waiting for it");
            file.lock().map_err(Failure::at(&path))?;
        }
        Ok(file)
    }
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted);
    lines.next()?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// Copies a folder and all that is in it, save hidden files; `to` may exist.
pub(crate) fn copy_tree(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(Failure::at(to))?;
    for entry in fs::read_dir(from).map_err(Failure::at(from))? {
        let entry = entry.map_err(Failure::at(from))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let (source, copy) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_tree(&source, &copy)?;
        } else {
            fs::copy(&source, &copy).map_err(Failure::at(&source))?;
        }
    }
    Ok(())
}

/// An empty folder at `path`, whatever was there.
pub(crate) fn fresh_dir(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        fs::remove_dir_all(path).map_err(Failure::at(path))?;
    }
    fs::create_dir_all(path).map_err(Failure::at(path))
}

/// Puts `new` in the place of `old`; a reader sees the one or the other, save for an instant.
pub(crate) fn swap_in(new: &Path, old: &Path) -> Result<(), Failure> {
    let aside = old.with_extension("old");
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(Failure::at(&aside))?;
    }
    if old.exists() {
        fs::rename(old, &aside).map_err(Failure::at(old))?;
    }
    fs::rename(new, old).map_err(Failure::at(new))?;
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(Failure::at(&aside))?;
    }
    Ok(())
}

/// Every file under `folder`, sorted, so that outputs do not depend on the file system.
pub(crate) fn files_under(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::at(folder))? {
        let path = entry.map_err(Failure::at(folder))?.path();
        if path.is_dir() {
            files.extend(files_under(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_version_from_the_lock() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "trunk"), None);
    }
}

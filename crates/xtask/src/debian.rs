//! What comes from the distribution: browsers, and the programs that judge what we write.

use std::env;
use std::path::{Path, PathBuf};

use crate::project::Project;
use crate::tools::{Recipe, Remedy, Tool};

/// A program of the system and the Debian package that holds it.
struct Packaged {
    programs: &'static [&'static str],
    package: &'static str,
    /// A variable that may name another file.
    variable: Option<&'static str>,
}

const BROWSERS: [Packaged; 2] = [
    Packaged {
        programs: &["chromium", "chromium-browser", "google-chrome"],
        package: "chromium",
        variable: Some("ESTAMPILLE_CHROMIUM"),
    },
    Packaged { programs: &["firefox-esr"], package: "firefox-esr", variable: Some("ESTAMPILLE_FIREFOX") },
];

const JUDGES: [Packaged; 2] = [
    Packaged { programs: &["openssl"], package: "openssl", variable: None },
    Packaged { programs: &["keytool"], package: "default-jre-headless", variable: None },
];

/// Chromium and Firefox ESR, the two engines every screen is tried in.
pub(crate) fn browsers(project: &Project) -> Tool {
    look(project, "Chromium and Firefox ESR", &BROWSERS)
}

/// OpenSSL and Java's keytool.
pub(crate) fn judges(project: &Project) -> Tool {
    look(project, "openssl and keytool", &JUDGES)
}

/// The file to start for each browser, as variables for the harness in tests/e2e.
pub(crate) fn browser_paths(project: &Project) -> Vec<(&'static str, PathBuf)> {
    BROWSERS.iter().filter_map(|browser| Some((browser.variable?, find(project, browser)?))).collect()
}

fn look(project: &Project, name: &str, wanted: &[Packaged]) -> Tool {
    let missing: Vec<&str> =
        wanted.iter().filter(|item| find(project, item).is_none()).map(|item| item.package).collect();
    let found =
        if missing.is_empty() { Ok(String::new()) } else { Err(format!("missing: {}", missing.join(", "))) };
    let install = format!("apt-get install --yes --no-install-recommends {}", missing.join(" "));
    let remedy = if is_root_on_debian() {
        Remedy::Commands(vec![Recipe::new("apt-get update"), Recipe::new(&install)])
    } else if Path::new("/etc/debian_version").exists() {
        Remedy::Advice(format!("sudo apt-get update && sudo {install}"))
    } else {
        let variables: Vec<&str> = wanted.iter().filter_map(|item| item.variable).collect();
        let or = if variables.is_empty() {
            String::new()
        } else {
            format!(", or name the files in {}", variables.join(" and "))
        };
        Remedy::Advice(format!(
            "Install {} (their Debian names) with your system's packages{or}.",
            missing.join(", ")
        ))
    };
    Tool { name: name.to_owned(), found, remedy }
}

fn find(project: &Project, wanted: &Packaged) -> Option<PathBuf> {
    let named = wanted.variable.and_then(env::var_os).map(PathBuf::from);
    match named {
        Some(file) => file.is_file().then_some(file),
        None => wanted.programs.iter().find_map(|program| project.which(program)),
    }
}

fn is_root_on_debian() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    // Our own process's entry belongs to the effective user.
    let root = std::fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0);
    root && Path::new("/etc/debian_version").exists() && Path::new("/usr/bin/apt-get").exists()
}

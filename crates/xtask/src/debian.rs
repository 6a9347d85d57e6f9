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

const JUDGES: [Packaged; 7] = [
    Packaged { programs: &["openssl"], package: "openssl", variable: None },
    Packaged { programs: &["keytool"], package: "default-jre-headless", variable: None },
    Packaged { programs: &["pk12util"], package: "libnss3-tools", variable: None },
    // Of the administrator's folders, which a user's path may lack.
    Packaged { programs: &["nginx", "/usr/sbin/nginx"], package: "nginx-light", variable: None },
    Packaged { programs: &["curl"], package: "curl", variable: None },
    Packaged { programs: &["unzip"], package: "unzip", variable: None },
    Packaged { programs: &["pdftotext"], package: "poppler-utils", variable: None },
];

/// Chromium and Firefox ESR, the two engines every screen is tried in.
pub(crate) fn browsers(project: &Project) -> Tool {
    look(project, "Chromium and Firefox ESR", &BROWSERS)
}

/// OpenSSL, Java's keytool, NSS, nginx, curl, unzip and poppler.
pub(crate) fn judges(project: &Project) -> Tool {
    look(project, "openssl, keytool, pk12util, nginx, curl, unzip and pdftotext", &JUDGES)
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
    let variables: Vec<&str> = wanted.iter().filter_map(|item| item.variable).collect();
    Tool { name: name.to_owned(), found, remedy: remedy(&missing, &variables, Rights::here()) }
}

/// What we may do on this machine.
#[derive(Debug, Clone, Copy)]
enum Rights {
    RootOnDebian,
    UserOnDebian,
    Elsewhere,
}

impl Rights {
    fn here() -> Self {
        use std::os::unix::fs::MetadataExt as _;
        if !Path::new("/etc/debian_version").exists() || !Path::new("/usr/bin/apt-get").exists() {
            return Self::Elsewhere;
        }
        // Our own process's entry belongs to the effective user.
        let root = std::fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0);
        if root { Self::RootOnDebian } else { Self::UserOnDebian }
    }
}

fn remedy(missing: &[&str], variables: &[&str], rights: Rights) -> Remedy {
    let install = format!("apt-get install --yes --no-install-recommends {}", missing.join(" "));
    match rights {
        Rights::RootOnDebian => Remedy::Commands(vec![Recipe::new("apt-get update"), Recipe::new(&install)]),
        Rights::UserOnDebian => Remedy::Advice(format!("sudo apt-get update && sudo {install}")),
        Rights::Elsewhere => {
            let or = if variables.is_empty() {
                String::new()
            } else {
                format!(", or name the files in {}", variables.join(" and "))
            };
            let names = missing.join(", ");
            Remedy::Advice(format!("Install {names} (their Debian names) with your system's packages{or}."))
        }
    }
}

fn find(project: &Project, wanted: &Packaged) -> Option<PathBuf> {
    let named = wanted.variable.and_then(env::var_os).map(PathBuf::from);
    match named {
        Some(file) => file.is_file().then_some(file),
        None => wanted.programs.iter().find_map(|program| project.which(program)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice(rights: Rights) -> String {
        match remedy(&["chromium"], &["ESTAMPILLE_CHROMIUM"], rights) {
            Remedy::Advice(advice) => advice,
            Remedy::Commands(recipes) => recipes.iter().map(Recipe::line).collect::<Vec<_>>().join("; "),
        }
    }

    #[test]
    fn only_root_on_debian_installs_by_itself() {
        let install = "apt-get install --yes --no-install-recommends chromium";
        assert_eq!(advice(Rights::RootOnDebian), format!("apt-get update; {install}"));
        assert_eq!(advice(Rights::UserOnDebian), format!("sudo apt-get update && sudo {install}"));
        assert!(advice(Rights::Elsewhere).contains("ESTAMPILLE_CHROMIUM"));
        assert!(matches!(remedy(&["x"], &[], Rights::UserOnDebian), Remedy::Advice(_)));
    }
}

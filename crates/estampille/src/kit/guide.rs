//! Which machine will read a kit, the files it needs, and what to do there.
//!
//! Nothing here reads a certificate: the facts of a kit are enough, so that a page can ask for another machine without
//! making the kit again.

use messages::{
    Locale, Text, papers::kit as texts, papers::kit_target as targets_texts, papers::kit_tool as tools,
};
use vocabulary::Value;

use super::commands;
use crate::contract::{KitFacts, KitFile, TargetChoice, TargetGuide, ToolGuide};

/// A machine that may read a kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Windows 10, Windows Server 2019 and later; IIS.
    Windows,
    /// Windows Server 2016 and older.
    WindowsServer2016,
    /// Java 8u301, 11.0.12 and later.
    Java,
    /// nginx or Apache.
    NginxApache,
    /// Anything else.
    Other,
}

impl Target {
    /// Every machine, in the order a page offers them.
    pub const ALL: [Self; 5] =
        [Self::Windows, Self::WindowsServer2016, Self::Java, Self::NginxApache, Self::Other];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::WindowsServer2016 => "windows-server-2016",
            Self::Java => "java",
            Self::NginxApache => "nginx-apache",
            Self::Other => "other",
        }
    }

    /// The machine of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.as_str() == word)
    }

    /// The form of PKCS #12 it reads: `legacy` for the one that knows no other.
    pub const fn profile(self) -> &'static str {
        match self {
            Self::WindowsServer2016 => "legacy",
            _ => "modern",
        }
    }

    const fn texts(self) -> (Text, Text) {
        match self {
            Self::Windows => (targets_texts::WINDOWS, targets_texts::WINDOWS_HINT),
            Self::WindowsServer2016 => {
                (targets_texts::WINDOWS_SERVER_2016, targets_texts::WINDOWS_SERVER_2016_HINT)
            }
            Self::Java => (targets_texts::JAVA, targets_texts::JAVA_HINT),
            Self::NginxApache => (targets_texts::NGINX_APACHE, targets_texts::NGINX_APACHE_HINT),
            Self::Other => (targets_texts::OTHER, targets_texts::OTHER_HINT),
        }
    }

    const fn tools(self) -> &'static [Tool] {
        match self {
            Self::Windows | Self::WindowsServer2016 => &[Tool::Windows],
            Self::Java => &[Tool::Java],
            Self::NginxApache => &[Tool::Nginx, Tool::Apache],
            Self::Other => &[Tool::Curl],
        }
    }

    fn needs(self, role: &str) -> bool {
        let roles: &[&str] = match self {
            Self::Windows | Self::WindowsServer2016 => &["pkcs12", "authority"],
            Self::Java => &["pkcs12", "truststore"],
            Self::NginxApache => &["full-chain", "key", "chain"],
            Self::Other => return true,
        };
        roles.contains(&role)
    }
}

/// A program that takes the files of a kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    Nginx,
    Apache,
    Windows,
    Java,
    Curl,
}

impl Tool {
    pub(super) const ALL: [Self; 5] = [Self::Nginx, Self::Apache, Self::Windows, Self::Java, Self::Curl];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Apache => "apache",
            Self::Windows => "windows",
            Self::Java => "java",
            Self::Curl => "curl",
        }
    }

    const fn texts(self) -> (Text, Text) {
        match self {
            Self::Nginx => (tools::NGINX, tools::NGINX_FOLDER),
            Self::Apache => (tools::APACHE, tools::APACHE_FOLDER),
            Self::Windows => (tools::WINDOWS, tools::WINDOWS_FOLDER),
            Self::Java => (tools::JAVA, tools::JAVA_FOLDER),
            Self::Curl => (tools::CURL, tools::CURL_FOLDER),
        }
    }
}

/// The machines to choose from, before a kit is made.
pub fn targets(locale: Locale) -> Vec<TargetChoice> {
    Target::ALL.into_iter().map(|target| choice(locale, target)).collect()
}

/// What to do with a kit on this machine.
pub fn for_target(locale: Locale, target: Target, facts: &KitFacts) -> TargetGuide {
    TargetGuide {
        choice: choice(locale, target),
        other_profile: target.profile() != facts.profile,
        files: files(locale, facts).into_iter().filter(|file| target.needs(&file.role)).collect(),
        tools: target.tools().iter().filter_map(|tool| tool_guide(locale, *tool, facts)).collect(),
        notes: notes(locale, facts),
    }
}

/// What to do with one tool; nothing when the certificate is of no use there.
pub(super) fn tool_guide(locale: Locale, tool: Tool, facts: &KitFacts) -> Option<ToolGuide> {
    let commands = commands::of(locale, tool, facts);
    let (title, place) = tool.texts();
    (!commands.is_empty()).then(|| ToolGuide {
        tool: tool.as_str().into(),
        title: title.get(locale).to_owned(),
        place: place.get(locale).to_owned(),
        commands,
    })
}

/// What to know before any command.
pub(super) fn notes(locale: Locale, facts: &KitFacts) -> Vec<String> {
    let mut notes = vec![texts::PASSPHRASE.get(locale).to_owned()];
    if facts.calls {
        let address = commands::fact("address", texts::HOST_PLACEHOLDER.get(locale));
        notes.push(texts::ADDRESS.with(locale, &[address]));
        if !facts.authorities.is_empty() {
            notes.push(texts::SERVER_TRUST.get(locale).to_owned());
        }
    }
    if !facts.serves && !facts.calls {
        notes.push(texts::NO_TLS.get(locale).to_owned());
    }
    if facts.authorities.is_empty() {
        notes.push(texts::WITHOUT_CHAIN.get(locale).to_owned());
    }
    notes
}

/// The files of a kit, in the order of the archive.
pub fn files(locale: Locale, facts: &KitFacts) -> Vec<KitFile> {
    let file = |name: String, role: &'static str, secret: bool, purpose: String| KitFile {
        name,
        role: role.into(),
        secret,
        purpose,
    };
    let named = |extension: &str| format!("{}.{extension}", facts.file_stem);
    let say = |text: Text| text.get(locale).to_owned();
    let has_chain = !facts.authorities.is_empty();
    let pkcs12 = if has_chain { texts::FILE_PKCS12 } else { texts::FILE_PKCS12_ALONE };
    let full_chain = if has_chain { texts::FILE_FULL_CHAIN } else { texts::FILE_FULL_CHAIN_ALONE };
    let mut files = vec![
        file(say(texts::README_NAME), "readme", false, say(texts::FILE_README)),
        file(named("p12"), "pkcs12", true, say(pkcs12)),
        file(named("key"), "key", true, say(texts::FILE_KEY)),
        file(named("crt"), "leaf", false, say(texts::FILE_LEAF)),
        file(named("fullchain.pem"), "full-chain", false, say(full_chain)),
    ];
    if has_chain {
        files.push(file(named("ca.pem"), "chain", false, say(texts::FILE_CHAIN)));
        files.push(file(named("truststore.jks"), "truststore", false, say(texts::FILE_TRUSTSTORE)));
    }
    for authority in &facts.authorities {
        let name = commands::fact("authority", Value::from(authority.name.as_str()));
        let purpose = texts::FILE_AUTHORITY.with(locale, &[name]);
        files.push(file(authority.file_name.clone(), "authority", false, purpose));
    }
    files.push(file(named("ics"), "calendar", false, say(texts::FILE_CALENDAR)));
    files
}

fn choice(locale: Locale, target: Target) -> TargetChoice {
    let (title, hint) = target.texts();
    TargetChoice {
        target: target.as_str().into(),
        title: title.get(locale).to_owned(),
        hint: hint.get(locale).to_owned(),
        profile: target.profile().into(),
    }
}

//! The texts of the files that people receive name only what is told them: a misspelt fact would leave a hole.

#![allow(clippy::unwrap_used, reason = "tests")]

/// What the writers of each table give.
const FACTS: &[(&str, &[&str])] = &[
    (
        "calendar",
        &[
            "days",
            "expiry",
            "issuer",
            "name",
            "organization",
            "platform",
            "product",
            "serial",
            "sha256",
            "structure",
            "subject",
            "until",
        ],
    ),
    ("evidence", &["action", "algorithm", "clock", "count", "from", "on", "product", "until", "version"]),
    ("dossier", &[]),
    (
        "f413",
        &[
            "form", "mail", "n", "name", "number", "on", "online", "page", "pages", "part", "parts",
            "platform", "rules",
        ],
    ),
    (
        "kit",
        &[
            "action",
            "address",
            "authority",
            "from",
            "issuer",
            "name",
            "on",
            "platform",
            "product",
            "serial",
            "sha256",
            "structure",
            "subject",
            "until",
            "version",
        ],
    ),
    ("kit-target", &[]),
    ("kit-there", &["authority", "stem"]),
    ("kit-tool", &["authority", "file"]),
    ("renewal", &["algorithm", "count"]),
];

#[test]
fn texts_name_only_what_they_are_given() {
    for (key, text) in messages::papers::ALL {
        let (table, _) = key.split_once('.').unwrap();
        let Some((_, known)) = FACTS.iter().find(|(name, _)| *name == table) else {
            panic!("{table} has no row in FACTS");
        };
        for locale in messages::Locale::ALL {
            for part in text.get(locale).split('{').skip(1) {
                let name = part.split(['}', '|']).next().unwrap();
                assert!(known.contains(&name), "{key}: {name}");
            }
        }
    }
}

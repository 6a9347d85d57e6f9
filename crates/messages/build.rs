//! Compiles the texts into Rust tables and refuses a catalogue whose languages differ.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a build script stops the build"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::Path,
};

const LOCALES: [&str; 2] = ["fr", "en"];

/// Findings that either of two modules of WebAssembly can give; those of [`CHOOSING`] only the first gives, all others
/// only the second, which reads files.
const SHARED: [&str; 4] = ["errors", "failures", "identifiers", "requests"];

/// Findings of the engine that chooses.
const CHOOSING: [&str; 3] = ["doctrine", "lost", "profiles"];

/// Findings of the register, of the F413 and of the dossier, which the fourth module gives.
const OF_THE_GREFFE: [&str; 3] = ["dossier", "f413", "register"];

/// Terms likewise: those that stand in the sentences and lists of the engine that chooses.
const CHOOSING_TERMS: [&str; 7] = ["bearer", "form", "link", "number", "sector", "service", "who"];

/// Terms that only the page shows.
const PAGE_TERMS: [&str; 2] = ["sector-example", "service-short"];

/// Whether the texts of a file of findings are asked for.
fn is_wanted(file: &Path) -> bool {
    let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    match name {
        shared if SHARED.contains(&shared) => true,
        // The F413 is made of a profile, and refuses one as the engine does.
        "profiles" => feature("DOCTRINE") || feature("GREFFE"),
        choosing if CHOOSING.contains(&choosing) => feature("DOCTRINE"),
        greffe if OF_THE_GREFFE.contains(&greffe) => feature("GREFFE"),
        _ => feature("DOCUMENTS"),
    }
}

fn is_wanted_term(key: &str) -> bool {
    let group = key.split_once('.').map_or(key, |(group, _)| group);
    match group {
        page if PAGE_TERMS.contains(&page) => feature("PAGE"),
        // The F413 names the kind of number that is missing.
        "number" => feature("DOCTRINE") || feature("GREFFE"),
        choosing if CHOOSING_TERMS.contains(&choosing) => feature("DOCTRINE"),
        _ => true,
    }
}

fn feature(name: &str) -> bool {
    env::var_os(format!("CARGO_FEATURE_{name}")).is_some()
}

fn main() {
    println!("cargo::rerun-if-changed=texts");
    let [fr, en] = LOCALES.map(read_locale);
    write("findings.rs", &findings(&fr.findings, &en.findings));
    write("terms.rs", &terms(&fr.terms, &en.terms));
    write("page.rs", &constants("page", &fr.page, &en.page));
    write("papers.rs", &constants("papers", &fr.papers, &en.papers));
}

/// The texts of a language: key → part → text for findings, dotted key → text for the others.
struct Texts {
    findings: BTreeMap<String, BTreeMap<String, String>>,
    terms: BTreeMap<String, String>,
    page: BTreeMap<String, String>,
    papers: BTreeMap<String, String>,
}

fn read_locale(locale: &str) -> Texts {
    let root = Path::new("texts").join(locale);
    let mut findings = BTreeMap::new();
    for (path, table) in tables(&root.join("findings")) {
        if !is_wanted(Path::new(&path)) {
            continue;
        }
        for (key, entry) in flatten_entries(&table) {
            assert!(findings.insert(key.clone(), entry).is_none(), "{path}: {key} stands twice");
        }
    }
    let mut terms = BTreeMap::new();
    flatten("", &read(&root.join("terms.toml")), &mut terms);
    terms.retain(|key, _| is_wanted_term(key));
    Texts { findings, terms, page: read_texts(&root.join("page")), papers: read_texts(&root.join("papers")) }
}

fn read_texts(folder: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (path, table) in tables(folder) {
        let mut flat = BTreeMap::new();
        flatten("", &table, &mut flat);
        for (key, text) in flat {
            assert!(texts.insert(key.clone(), text).is_none(), "{path}: {key} stands twice");
        }
    }
    texts
}

/// An entry is a table that holds `title`; `[validity.expired]` is the entry of that topic.
fn flatten_entries(table: &toml::Table) -> Vec<(String, BTreeMap<String, String>)> {
    let mut entries = Vec::new();
    for (code, value) in table {
        let inner = value.as_table().unwrap_or_else(|| panic!("{code} is a table"));
        let mut own = BTreeMap::new();
        for (name, value) in inner {
            match value {
                toml::Value::String(text) => {
                    own.insert(name.clone(), text.clone());
                }
                toml::Value::Table(case) => {
                    let parts = case.iter().map(|(part, text)| {
                        let text = text.as_str().unwrap_or_else(|| panic!("{code}.{name}.{part} is a text"));
                        (part.clone(), text.to_owned())
                    });
                    entries.push((format!("{code}.{name}"), parts.collect()));
                }
                _ => panic!("{code}.{name} is a text or a table"),
            }
        }
        if !own.is_empty() {
            entries.push((code.clone(), own));
        }
    }
    for (key, entry) in &entries {
        assert!(entry.contains_key("title"), "{key} has no title");
        for part in entry.keys() {
            assert!(["title", "detail", "action"].contains(&part.as_str()), "{key} has a part {part}");
        }
    }
    entries
}

/// Codes and cases, and for each language title, detail and action in the same order. Long lists without pointers:
/// a module with one pointer and one length a text is several kilobytes more to download.
fn findings(
    fr: &BTreeMap<String, BTreeMap<String, String>>,
    en: &BTreeMap<String, BTreeMap<String, String>>,
) -> String {
    same_keys("findings", fr.keys(), en.keys());
    let mut rows: Vec<_> =
        fr.iter().map(|(key, entry)| (key.split_once('.').unwrap_or((key, "")), key, entry)).collect();
    rows.sort_by_key(|(topic, _, _)| *topic);
    let (mut keys, mut french, mut english) = (Vec::new(), Vec::new(), Vec::new());
    for ((code, case), key, entry) in rows {
        same_keys(key, entry.keys(), en[key].keys());
        keys.extend([code, case]);
        for part in ["title", "detail", "action"] {
            let (fr, en) = (entry.get(part), en[key].get(part));
            if let (Some(fr), Some(en)) = (fr, en) {
                same_facts(&format!("{key}.{part}"), fr, en);
                assert!(!fr.is_empty() && !en.is_empty(), "{key}.{part} is empty");
            }
            french.push(fr.map_or("", String::as_str));
            english.push(en.map_or("", String::as_str));
        }
    }
    list("ENTRY_KEYS", &keys) + &list("ENTRIES_FR", &french) + &list("ENTRIES_EN", &english)
}

fn terms(fr: &BTreeMap<String, String>, en: &BTreeMap<String, String>) -> String {
    same_keys("terms", fr.keys(), en.keys());
    for (key, french) in fr {
        same_facts(key, french, &en[key]);
    }
    let keys: Vec<_> = fr.keys().map(String::as_str).collect();
    let [fr, en] = [fr, en].map(|texts| texts.values().map(String::as_str).collect::<Vec<_>>());
    list("TERM_KEYS", &keys) + &list("TERMS_FR", &fr) + &list("TERMS_EN", &en)
}

/// A list as one text; each item ends with a unit separator.
fn list(name: &str, items: &[&str]) -> String {
    assert!(items.iter().all(|item| !item.contains('\u{1f}')), "{name}: a text holds a unit separator");
    let joined: String = items.iter().flat_map(|item| [*item, "\u{1f}"]).collect();
    format!("pub(super) static {name}: &str = {joined:?};\n")
}

/// `home.title` becomes `pub mod home { pub const TITLE: Text = …; }`; `ALL` is for tests and weighs nothing.
fn constants(kind: &str, fr: &BTreeMap<String, String>, en: &BTreeMap<String, String>) -> String {
    same_keys(kind, fr.keys(), en.keys());
    let mut all = String::from("pub const ALL: &[(&str, crate::Text)] = &[");
    let mut modules: BTreeMap<&str, String> = BTreeMap::new();
    for (key, french) in fr {
        let (module, name) = key.split_once('.').unwrap_or_else(|| panic!("{key} stands in a table"));
        let name = name.replace(['.', '-'], "_").to_uppercase();
        writeln!(
            modules.entry(module).or_default(),
            "    pub const {name}: Text = {};",
            text(key, french, &en[key])
        )
        .expect("a String");
        write!(all, "({key:?}, {}::{name}),", module.replace('-', "_")).expect("a String");
    }
    all.push_str("];\n");
    modules.iter().fold(all, |mut out, (module, body)| {
        let module = module.replace('-', "_");
        writeln!(out, "pub mod {module} {{\n    use crate::Text;\n{body}}}").expect("a String");
        out
    })
}

fn text(key: &str, fr: &str, en: &str) -> String {
    same_facts(key, fr, en);
    format!("Text {{ fr: {fr:?}, en: {en:?} }}")
}

fn same_facts(key: &str, fr: &str, en: &str) {
    assert_eq!(placeholders(key, fr), placeholders(key, en), "{key}: the languages name different facts");
}

fn placeholders(key: &str, text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        assert!(!before.contains('}'), "{key}: a brace is not closed in {text:?}");
        let (inside, next) =
            after.split_once('}').unwrap_or_else(|| panic!("{key}: a brace is open in {text:?}"));
        let parts: Vec<_> = inside.split('|').collect();
        assert!(parts.len() == 1 || parts.len() == 3, "{key}: {{{inside}}} has not two forms");
        names.insert(parts[0].to_owned());
        rest = next;
    }
    assert!(!rest.contains('}'), "{key}: a brace is not opened in {text:?}");
    names
}

fn flatten(prefix: &str, table: &toml::Table, out: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::String(text) => {
                out.insert(key, text.clone());
            }
            toml::Value::Table(inner) => flatten(&key, inner, out),
            _ => panic!("{key} is a text or a table"),
        }
    }
}

fn same_keys<'a>(what: &str, fr: impl Iterator<Item = &'a String>, en: impl Iterator<Item = &'a String>) {
    let (fr, en): (BTreeSet<_>, BTreeSet<_>) = (fr.collect(), en.collect());
    let only = |a: &BTreeSet<&String>, b: &BTreeSet<&String>| {
        a.difference(b).map(|key| (*key).clone()).collect::<Vec<_>>()
    };
    assert!(fr == en, "{what}: only in French {:?}, only in English {:?}", only(&fr, &en), only(&en, &fr));
}

fn tables(folder: &Path) -> Vec<(String, toml::Table)> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), read(&path))).collect()
}

fn read(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(name: &str, text: &str) {
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join(name), text).expect("OUT_DIR is writable");
}

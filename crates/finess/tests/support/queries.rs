//! What people would type to find structures of a register, made from the register by rules: words of the name with and without
//! accents, abbreviations both ways, the city, words in another order, unfinished words, parts of numbers.

// Shared by a test and by an example, which take their own part of it.
#![allow(dead_code, clippy::unwrap_used)]

use finess::{Index, Kind, Number, Record};

/// A query, and the structure it is meant to find.
pub(crate) struct Query {
    pub(crate) rule: &'static str,
    pub(crate) text: String,
    pub(crate) target: Number,
}

type Rule = (&'static str, fn(&Record<'_>) -> Option<String>);

/// Each gives nothing where the structure has not what it needs.
const RULES: [Rule; 14] = [
    ("the name as it is written", |r| Some(format!("{} {}", r.name(), city(r)?))),
    ("lower case, no accents, with the city", |r| Some(format!("{} {}", plain(r.name()), plain(&city(r)?)))),
    ("first words and the city", |r| Some(format!("{} {}", words(r.name(), 2)?, plain(&city(r)?)))),
    ("first words and an unfinished city", |r| {
        let city = plain(&city(r)?);
        let begun: String = city.chars().take(4.max(city.chars().count() / 2)).collect();
        Some(format!("{} {begun}", words(r.name(), 3)?))
    }),
    ("the city first", |r| Some(format!("{} {}", plain(&city(r)?), words(r.name(), 3)?))),
    ("words backwards", |r| {
        let name = plain(r.name());
        let mut all: Vec<&str> = name.split(' ').collect();
        all.reverse();
        Some(format!("{} {}", all.join(" "), plain(&city(r)?)))
    }),
    ("abbreviated", |r| {
        let short = swapped(&plain(r.name()), false)?;
        Some(format!("{short} {}", plain(&city(r)?)))
    }),
    ("spelt out", |r| {
        let long = swapped(&plain(r.name()), true)?;
        Some(format!("{long} {}", plain(&city(r)?)))
    }),
    ("the name and the postcode", |r| Some(format!("{} {}", words(r.name(), 3)?, r.postcode()?))),
    ("the name, its last word unfinished", |r| {
        let name = plain(r.name());
        let (begin, last) = name.rsplit_once(' ')?;
        let begun: String = last.chars().take(3).collect();
        (last.chars().count() > 3 && begin.split(' ').count() > 1)
            .then(|| format!("{} {begin} {begun}", plain(&city(r).unwrap_or_default())))
    }),
    ("most of the number", |r| Some(r.number()?.text().get(..7)?.to_owned())),
    ("the number in groups", |r| {
        let number = r.number()?.text();
        Some(format!("{} {} {}", number.get(..3)?, number.get(3..6)?, number.get(6..)?))
    }),
    ("the SIRET", |r| r.siret()),
    ("the category in people's words, and the city", |r| {
        let word = match r.category()? {
            620 => "pharmacie",
            500 => "ehpad",
            611 => "labo",
            355 => "hopital",
            354 => "ssiad",
            603 => "msp",
            183 => "ime",
            _ => return None,
        };
        Some(format!("{word} {} {}", plain(&city(r)?), words(r.name(), 3)?))
    }),
];

/// At least `count` queries, spread over the whole register and over all rules.
pub(crate) fn queries(index: &Index, count: usize) -> Vec<Query> {
    let sites: Vec<Record<'_>> =
        index.records().filter(|r| r.kind() == Kind::Et && !r.name().is_empty()).collect();
    let mut out = Vec::new();
    // A step that has no common factor with the number of rules, so that every kind meets every rule.
    let step = (sites.len() / count).max(1);
    for (turn, record) in sites.iter().step_by(step).enumerate() {
        for offset in 0..RULES.len() {
            let (rule, make) = RULES[(turn + offset) % RULES.len()];
            if let Some(text) = make(record).filter(|text| !text.trim().is_empty()) {
                out.push(Query { rule, text, target: record.number().unwrap() });
                break;
            }
        }
    }
    out
}

/// The city as people say it: without CEDEX and its number.
fn city(record: &Record<'_>) -> Option<String> {
    let city = record.city()?;
    let city = city.split_once(" CEDEX").map_or(city, |(city, _)| city);
    Some(city.to_owned())
}

/// Without accents and marks.
fn plain(text: &str) -> String {
    let letters: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'à' | 'â' | 'ä' | 'á' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' | 'í' => 'i',
            'ô' | 'ö' | 'ó' => 'o',
            'ù' | 'û' | 'ü' | 'ú' => 'u',
            'ç' => 'c',
            'ÿ' => 'y',
            'ñ' => 'n',
            '-' | '\'' | '(' | ')' | '"' | '/' | ',' | ';' | ':' | '&' | '+' | '_' | '’' => ' ',
            other => other,
        })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first telling words of a name.
fn words(name: &str, count: usize) -> Option<String> {
    let name = plain(name);
    let telling: Vec<&str> = name
        .split(' ')
        .filter(|word| word.chars().count() > 2 && !["les", "des", "sur"].contains(word))
        .take(count)
        .collect();
    (!telling.is_empty()).then(|| telling.join(" "))
}

/// A name with what is long shortened, or what is short spelt out, when it has any of either.
fn swapped(name: &str, spell_out: bool) -> Option<String> {
    const PAIRS: [(&str, &str); 12] = [
        ("ch", "centre hospitalier"),
        ("chu", "centre hospitalier universitaire"),
        ("lbm", "laboratoire de biologie medicale"),
        ("ehpad", "etablissement d hebergement pour personnes agees dependantes"),
        ("ssiad", "service de soins infirmiers a domicile"),
        ("ime", "institut medico educatif"),
        ("st", "saint"),
        ("ste", "sainte"),
        ("dr", "docteur"),
        ("nd", "notre dame"),
        ("mas", "maison d accueil specialisee"),
        ("esat", "etablissement et service d aide par le travail"),
    ];
    let padded = format!(" {name} ");
    let mut out = padded.clone();
    for (short, long) in PAIRS {
        let (from, to) = if spell_out { (short, long) } else { (long, short) };
        out = out.replace(&format!(" {from} "), &format!(" {to} "));
    }
    (out != padded).then(|| out.trim().to_owned())
}

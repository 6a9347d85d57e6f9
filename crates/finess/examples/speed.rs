//! `cargo run --release -p finess --example speed -- FILE…`: what the index costs and gives on a real file, beside a plain scan
//! of folded names and beside `fst`, which do the easy part of the same work.

// A command-line program talks on its standard streams and stops where it cannot go on.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

#[path = "../tests/support/queries.rs"]
mod queries;

use std::time::{Duration, Instant};
use std::{env, fs};

use finess::{Index, Options, Rows, Source};
use fst::{Automaton as _, IntoStreamer as _, Streamer as _};

fn main() {
    let files: Vec<Vec<u8>> =
        env::args_os().skip(1).map(|path| fs::read(path).expect("the file is read")).collect();
    assert!(!files.is_empty(), "cargo run --release -p finess --example speed -- FILE…");
    let began = Instant::now();
    let mut rows = Rows::new();
    let mut date = None;
    for file in &files {
        let mut source = Source::new();
        for piece in file.chunks(64 * 1024) {
            source.feed(piece, &mut rows).expect("a file of the register");
        }
        date = source.finish(&mut rows).expect("a whole file").date.or(date);
    }
    let read = began.elapsed();
    let index = Index::build(rows, date.as_deref()).expect("an index");
    println!(
        "{} sites, {} entities: read in {read:?}, built in {:?}, {} octets",
        index.sites(),
        index.entities(),
        began.elapsed(),
        index.bytes().len()
    );
    let saved = index.bytes().to_vec();
    let began = Instant::now();
    let index = Index::load(saved).expect("our own index");
    println!("loaded in {:?}", began.elapsed());

    let queries = queries::queries(&index, 2_000);
    let texts: Vec<&str> = queries.iter().map(|query| query.text.as_str()).collect();
    time("index", &texts, &mut |query| index.search(query, &Options::default()).len());
    let letters: Vec<String> = texts
        .iter()
        .flat_map(|text| {
            (1..=text.len()).filter(|end| text.is_char_boundary(*end)).map(|end| text[..end].to_owned())
        })
        .step_by(11)
        .collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    time("index, letter by letter", &letters, &mut |query| index.search(query, &Options::default()).len());

    // A plain scan: one folded line for each structure, every word looked for in it.
    let lines: Vec<String> = index
        .records()
        .map(|record| {
            let number = record.number().map(|number| number.text()).unwrap_or_default();
            let city = record.city().unwrap_or_default();
            fold(&format!("{number} {} {city} {}", record.name(), record.postcode().unwrap_or_default()))
        })
        .collect();
    let bytes: usize = lines.iter().map(String::len).sum();
    println!("plain scan: {bytes} octets of lines");
    time("plain scan", &texts, &mut |query| {
        let query = fold(query);
        let finders: Vec<_> = query.split(' ').map(memchr::memmem::Finder::new).collect();
        lines
            .iter()
            .filter(|line| finders.iter().all(|finder| finder.find(line.as_bytes()).is_some()))
            .count()
    });

    // fst: from each word to the list of those who have it, the last word as a beginning; lists met in a bitmap.
    let mut lists: std::collections::BTreeMap<&str, Vec<u32>> = std::collections::BTreeMap::new();
    for (at, line) in (0_u32..).zip(&lines) {
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            let list = lists.entry(word).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
    }
    let map = fst::Map::from_iter(lists.keys().zip(0_u64..)).expect("sorted words");
    let lists: Vec<Vec<u32>> = lists.into_values().collect();
    println!("fst: {} octets for {} words", map.as_fst().size(), map.len());
    time("fst", &texts, &mut |query| {
        let query = fold(query);
        let words: Vec<&str> = query.split(' ').collect();
        let mut counts = vec![0_u8; lines.len()];
        for (level, word) in (0_u8..).zip(&words) {
            let mut mark = |list: u64| {
                for at in &lists[usize::try_from(list).unwrap()] {
                    let count = &mut counts[*at as usize];
                    if *count == level {
                        *count = level + 1;
                    }
                }
            };
            if usize::from(level) + 1 == words.len() {
                let mut stream = map.search(fst::automaton::Str::new(word).starts_with()).into_stream();
                while let Some((_, list)) = stream.next() {
                    mark(list);
                }
            } else if let Some(list) = map.get(word) {
                mark(list);
            }
        }
        counts.iter().filter(|count| usize::from(**count) == words.len()).count()
    });
    println!("peak memory: {} kB", peak());
}

fn time(name: &str, queries: &[&str], search: &mut dyn FnMut(&str) -> usize) {
    let mut times: Vec<Duration> = Vec::new();
    let mut found = 0;
    for query in queries {
        let began = Instant::now();
        found += search(query);
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!(
        "{name}: {} queries, p50 {:?}, p95 {:?}, longest {:?} ({found} found)",
        queries.len(),
        at(50),
        at(95),
        at(100)
    );
}

fn fold(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The most memory this process had, where the system tells.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("?".to_owned(), |line| line.trim().trim_end_matches(" kB").to_owned())
}

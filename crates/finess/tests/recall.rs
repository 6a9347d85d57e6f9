//! Whether people find what they look for: queries made from the register by rules.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod support {
    pub(crate) mod queries;
    pub(crate) use files::*;
    #[path = "mod.rs"]
    mod files;
}

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use finess::{Kind, Number, Options};
use support::{entities, index, queries::queries, real, sites};

fn found(index: &finess::Index, query: &str, options: &Options<'_>) -> Vec<String> {
    index.search(query, options).iter().map(|record| record.number().unwrap().text()).collect()
}

#[test]
fn every_way_of_typing_finds() {
    let index = index(&[sites().as_bytes(), entities().as_bytes()]);
    let first =
        |query: &str| found(&index, query, &Options::default()).into_iter().next().unwrap_or_default();
    // Accents, case, marks.
    assert_eq!(first("hopital saint barthelemy"), "970102018");
    assert_eq!(first("HÔPITAL SAINT-BARTHÉLEMY"), "970102018");
    assert_eq!(first("pharmacie de l'eglise"), "750000018");
    assert_eq!(first("pharmacie coeur de ville"), "750000034");
    // Any order, the last word unfinished.
    assert_eq!(first("lyon gerland labo"), "690000029");
    assert_eq!(first("claire lbm lyo"), "690000011");
    assert_eq!(first("maquis ajac"), "2A0000014");
    // Abbreviations, both ways.
    assert_eq!(first("ch essais viriat"), "010780054");
    assert_eq!(first("centre hospitalier essais viriat"), "010780054");
    assert_eq!(first("C.H. des essais"), "010780054");
    assert_eq!(first("hopital st barthelemy"), "970102018");
    assert_eq!(first("lbm ste claire"), "690000011");
    assert_eq!(first("laboratoire de biologie medicale sainte claire"), "690000011");
    assert_eq!(first("phie eglise"), "750000018");
    assert_eq!(first("labo gerland"), "690000029");
    // What the category is called, where the name does not say it.
    assert_eq!(first("ehpad lilas"), "010000032");
    assert_eq!(first("maison de retraite les lilas"), "010000032");
    // Numbers, whole, in groups, in part; SIRET, SIREN, postcodes.
    assert_eq!(first("010000024"), "010000024");
    assert_eq!(first("010 780 054"), "010780054");
    assert_eq!(first("2a00000"), "2A0000014");
    assert_eq!(first("0000032"), "010000032");
    assert_eq!(first("81234567800025"), "690000029");
    assert_eq!(found(&index, "812 345 678", &Options::default()), ["690000003", "690000011", "690000029"]);
    assert_eq!(first("pharmacie 75012"), "750000018");
    assert_eq!(first("laboratoire 69007"), "690000029");
    // Nothing is found for nothing, nor for what is not there.
    for query in ["", "   ", "-", "xyz", "pharmacie xyz", "999999999", "81234567899999"] {
        assert_eq!(found(&index, query, &Options::default()), Vec::<String>::new(), "{query:?}");
    }
}

#[test]
fn options_hold() {
    let index = index(&[sites().as_bytes(), entities().as_bytes()]);
    let with = |kind, department, limit| Options { kind, department, limit };
    assert_eq!(found(&index, "essais", &with(Some(Kind::Et), None, 20)), ["010000024"]);
    assert_eq!(found(&index, "essais", &with(Some(Kind::Ej), None, 20)), ["010780054"]);
    assert_eq!(found(&index, "pharmacie", &with(Some(Kind::Et), Some("75"), 20)).len(), 2);
    assert_eq!(found(&index, "pharmacie", &with(None, Some("69"), 20)).len(), 0);
    assert_eq!(found(&index, "hopital", &with(None, Some("971"), 20)), ["970102018"]);
    assert_eq!(found(&index, "pharmacie", &with(None, None, 1)).len(), 1);
    assert_eq!(found(&index, "pharmacie", &with(None, None, 0)).len(), 1);
}

#[test]
fn what_is_closed_comes_last() {
    let index = index(&[support::PLUS.as_bytes()]);
    assert_eq!(found(&index, "essais", &Options::default()), ["010780054", "010000024"]);
    let annexe = index.search("annexe", &Options::default());
    assert!(annexe.len() == 1 && !annexe[0].is_open());
}

#[test]
fn the_real_register() {
    let Some(bytes) = real("etalab-cs1100502-rebuilt-2021-01-08.csv.gz") else { return };
    let index = index(&[&bytes]);
    let queries = queries(&index, 2_000);
    assert!(queries.len() >= 1_000, "{}", queries.len());
    let mut times: Vec<Duration> = Vec::new();
    let mut by_rule: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    for query in &queries {
        let began = Instant::now();
        let hits = index.search(&query.text, &Options { limit: 10, ..Options::default() });
        times.push(began.elapsed());
        let place = hits.iter().position(|record| record.number() == Some(query.target));
        let row = by_rule.entry(query.rule).or_default();
        row.0 += 1;
        row.1 += u32::from(place.is_some());
        row.2 += u32::from(place == Some(0));
        if place.is_none() && std::env::var_os("SHOW_MISSED").is_some() {
            println!("missed by {}: {:?} ({})", query.rule, query.text, query.target);
        }
    }
    times.sort_unstable();
    let (mut all, mut ten, mut first) = (0, 0, 0);
    for (rule, (count, in_ten, at_first)) in &by_rule {
        println!("{rule}: {count} queries, {in_ten} in the first ten, {at_first} first");
        (all, ten, first) = (all + count, ten + in_ten, first + at_first);
    }
    let recall = f64::from(ten) / f64::from(all);
    println!(
        "{all} queries: recall@10 {recall:.4}, first {:.4}, p50 {:?}, p95 {:?}, longest {:?}",
        f64::from(first) / f64::from(all),
        times[times.len() / 2],
        times[times.len() * 95 / 100],
        times[times.len() - 1]
    );
    assert!(recall >= 0.98, "recall@10 {recall}");
    // A number typed in full is always first.
    for query in queries.iter().step_by(7) {
        let number: Number = query.target;
        assert_eq!(index.search(&number.text(), &Options::default())[0].number(), Some(number));
    }
}

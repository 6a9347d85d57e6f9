//! What each file gives, and what is said of those that are none.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use finess::{Index, Kind, Number, Origin, Rows, Source, SourceError};
use support::{FIRST_SCHEMA, PLUS, entities, gzip, index, latin1, read, real, sites};

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// What can be compared of two indexes made of the same structures.
fn told(index: &Index) -> Vec<String> {
    index
        .records()
        .map(|r| {
            format!(
                "{:?} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
                r.number(),
                r.name(),
                r.city(),
                r.postcode(),
                r.department(),
                r.category(),
                r.siret(),
                r.status(),
                r.entity().and_then(|e| e.number())
            )
        })
        .collect()
}

#[test]
fn sites_and_entities_in_one_file_or_two_in_any_encoding_and_any_pieces() {
    let both = sites() + &entities();
    let one = index(&[both.as_bytes()]);
    let two = index(&[entities().as_bytes(), sites().as_bytes()]);
    assert_eq!(told(&one), told(&two));
    // ISO-8859-1 has no œ.
    let western = both.replace('Œ', "OE");
    let expected = told(&index(&[western.as_bytes()]));
    assert_eq!(told(&index(&[&latin1(&western)])), expected);
    assert_eq!(told(&index(&[&gzip(both.as_bytes())])), told(&one));
    assert_eq!(told(&index(&[both.replace('\n', "\r\n").as_bytes()])), told(&one));
    assert_eq!(told(&index(&[format!("\u{feff}{both}").as_bytes()])), told(&one));
    for piece in [1, 2, 7, 4096] {
        for bytes in [both.clone().into_bytes(), gzip(both.as_bytes())] {
            let mut rows = Rows::new();
            let report = read(&bytes, piece, &mut rows).unwrap();
            assert_eq!((report.sites, report.entities, report.skipped), (8, 3, 0));
            assert_eq!(report.date.as_deref(), Some("2026-05-12"));
            assert_eq!(told(&Index::build(rows, None).unwrap()), told(&one));
        }
    }
}

#[test]
fn a_structure_is_told_as_the_file_tells_it() {
    let index = index(&[sites().as_bytes(), entities().as_bytes()]);
    assert_eq!((index.sites(), index.entities(), index.date()), (8, 6, Some("2026-05-12")));
    let site = index.get(number("010000024")).unwrap();
    assert_eq!(
        (site.kind(), site.name(), site.short_name()),
        (Kind::Et, "CENTRE HOSPITALIER DES ESSAIS", Some("CH DES ESSAIS"))
    );
    assert_eq!(
        (site.postcode(), site.city(), site.department()),
        (Some("01440"), Some("VIRIAT"), Some("01"))
    );
    assert_eq!((site.category(), site.category_label()), (Some(355), Some("Centre Hospitalier (C.H.)")));
    assert_eq!(
        (site.siret().as_deref(), site.siren(), site.status()),
        (Some("26010004500012"), None, Some(1))
    );
    let entity = site.entity().unwrap();
    assert_eq!(
        (entity.kind(), entity.number(), entity.status()),
        (Kind::Ej, Some(number("010780054")), Some(13))
    );
    assert_eq!((entity.siren().as_deref(), entity.siret()), (Some("260100045"), None));
    let sites: Vec<_> = entity.sites().filter_map(|site| site.number()).collect();
    assert_eq!(sites, [number("010000024"), number("010000032")]);
    assert_eq!(site.sites().count(), 0);
    // Only its site names it.
    let unnamed = index.get(number("2A0000022")).unwrap();
    assert_eq!((unnamed.kind(), unnamed.name(), unnamed.sites().count()), (Kind::Ej, "", 1));
    assert_eq!(index.get(number("970102018")).and_then(|r| r.department()), Some("971"));
    assert_eq!(index.get(number("999999999")).map(|r| r.number()), None);
}

#[test]
fn both_shapes_of_finess_plus() {
    let plain = index(&[PLUS.as_bytes()]);
    assert_eq!((plain.sites(), plain.entities(), plain.date()), (2, 2, Some("2026-09-01")));
    let site = plain.get(number("010000024")).unwrap();
    assert_eq!(
        (site.name(), site.short_name()),
        ("CENTRE HOSPITALIER DES ESSAIS, été", Some("CH DES ESSAIS"))
    );
    assert_eq!(
        (site.postcode(), site.city(), site.department()),
        (Some("01440"), Some("VIRIAT"), Some("01"))
    );
    assert_eq!(
        (site.siret().as_deref(), site.status(), site.is_open()),
        (Some("26010004500012"), Some(1), true)
    );
    assert_eq!(site.category_label(), Some("Centre hospitalier (CH)"));
    assert_eq!(
        site.entity().map(|entity| (entity.name(), entity.status())),
        Some(("CENTRE HOSPITALIER DES ESSAIS", Some(13)))
    );
    let closed = plain.get(number("010000032")).unwrap();
    assert_eq!((closed.is_open(), closed.category(), closed.category_label()), (false, Some(321), None));
    let alone = plain.get(number("2B0000020")).unwrap();
    assert_eq!((alone.is_open(), alone.department(), alone.sites().count()), (false, Some("2B"), 0));
    for piece in [1, 3, 50] {
        let mut rows = Rows::new();
        let report = read(&gzip(PLUS.as_bytes()), piece, &mut rows).unwrap();
        assert_eq!(
            (report.origin, report.sites, report.entities, report.skipped),
            (Origin::FinessPlus, 2, 2, 0)
        );
        assert_eq!(told(&Index::build(rows, None).unwrap()), told(&plain));
    }
    let first = index(&[FIRST_SCHEMA.as_bytes()]);
    let site = first.get(number("010000024")).unwrap();
    assert_eq!(
        (site.category(), site.siret().as_deref(), site.is_open()),
        (Some(355), Some("26010004500012"), true)
    );
    assert_eq!(
        site.entity().map(|entity| (entity.name(), entity.status())),
        Some(("CH DES ESSAIS", Some(13)))
    );
}

#[test]
fn what_is_no_register_is_named() {
    let refused = |bytes: &[u8]| read(bytes, 1000, &mut Rows::new()).unwrap_err();
    assert_eq!(refused(b""), SourceError::Empty);
    assert_eq!(refused(b" \n \n"), SourceError::Empty);
    assert_eq!(refused(b"<!DOCTYPE html><p>Page introuvable"), SourceError::WebPage);
    assert_eq!(refused(b"PK\x03\x04..."), SourceError::Archive);
    assert_eq!(
        refused(
            "\u{feff}nom;ville\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()
        ),
        SourceError::Utf16
    );
    assert_eq!(refused(b"s\0t\0r\0u\0c\0t\0"), SourceError::Utf16);
    assert_eq!(refused(b"bonjour"), SourceError::Unknown);
    assert_eq!(refused(&[0, 1, 2, 3, 0, 0, 9]), SourceError::Unknown);
    assert_eq!(
        refused(b"nofinesset;nofinessej;rs\n010000024;010780054;CH\n"),
        SourceError::OtherTable { head: "nofinesset;nofinessej;rs".to_owned() }
    );
    assert_eq!(
        refused(b"finess;etalab;91;2026-05-12\nequipementsocial;010000024;x\n"),
        SourceError::OtherExtract { kind: "equipementsocial".to_owned() }
    );
    assert_eq!(refused(b"finess;etalab;91;2026-05-12\n"), SourceError::NoStructure);
    assert_eq!(refused(b"geolocalisation;010000024;1;2;3;2026\n"), SourceError::NoStructure);
    assert_eq!(refused(b"structureet;010000024;short\n"), SourceError::NoStructure);
    assert_eq!(
        refused(br#"{"a":1,"b":[{"c":2}]}"#),
        SourceError::OtherJson { keys: vec!["a".to_owned(), "b".to_owned()] }
    );
    assert_eq!(refused(b"[1,2]"), SourceError::OtherJson { keys: vec![] });
    assert_eq!(refused(br#"{"pmej":[]}"#), SourceError::NoStructure);
    assert_eq!(
        refused(br#"{"pmej":[{"numFiness":"010780054","activitesAutorisees":[]}]}"#),
        SourceError::Activities
    );
    assert_eq!(
        refused(b"{\"pmej\":[{\"informationsGeneralesPMEJ\":{\"denominationPm\":\"H\xf4pital\"}}]}"),
        SourceError::NotUtf8
    );
    let index = index(&[sites().as_bytes()]);
    assert_eq!(refused(index.bytes()), SourceError::Index);
    assert_eq!(refused(&gzip(index.bytes())), SourceError::Index);
    assert_eq!(refused(&gzip(b"bonjour")), SourceError::Unknown);
}

#[test]
fn what_is_cut_or_altered_is_refused() {
    let whole = gzip(sites().as_bytes());
    for cut in 2..whole.len() {
        let refused = read(&whole[..cut], 64, &mut Rows::new()).unwrap_err();
        assert_eq!(refused, SourceError::Truncated { packed: true }, "cut at {cut} of {}", whole.len());
    }
    assert_eq!(read(&whole[..1], 64, &mut Rows::new()).unwrap_err(), SourceError::Unknown);
    let mut altered = 0;
    for place in 19..whole.len() {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x10;
        match read(&bytes, 64, &mut Rows::new()) {
            Err(SourceError::Damaged { packed: true, .. }) => altered += 1,
            Err(_) => {}
            Ok(_) => panic!("the octet {place} was altered, and nothing was said"),
        }
    }
    assert!(altered > whole.len() / 2);
    // Two members are one file, and what pads the end of a tape is nothing.
    let (first, second) = (sites(), entities());
    let padded = [gzip(first.as_bytes()), gzip(second.as_bytes()), vec![0; 512]].concat();
    assert_eq!(told(&support::index(&[&padded])), told(&support::index(&[(first + &second).as_bytes()])));
    for cut in [1, 10, 700, 1200, PLUS.len() - 2] {
        let refused = read(&PLUS.as_bytes()[..cut], 64, &mut Rows::new()).unwrap_err();
        assert_eq!(refused, SourceError::Truncated { packed: false }, "cut at {cut}");
    }
    let broken = PLUS.replace("\"espic\" : [", "\"espic\" [");
    let place = u64::try_from(broken.find("\"espic\" [").unwrap()).unwrap();
    match read(broken.as_bytes(), 64, &mut Rows::new()) {
        Err(SourceError::Damaged { packed: false, octet }) => {
            assert!((place..place + 12).contains(&octet), "{octet}, {place}")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn lines_that_cannot_be_read_are_counted_and_left_out() {
    let mut text = sites();
    text += "structureet;01000002X;010780054;NUMERO FAUX;;;;;;;;;;01;;01440 VIRIAT;;;355;;;;;;;;;;;;;\n";
    text += "structureet;010000040\n";
    text += "autrechose;1;2;3\n";
    text += &format!("structureet;{}\n", "x".repeat(40_000));
    // A quote that is not closed stays within its line.
    text += "structureet;010000057;010780054;\"GUILLEMET;;;;;;;;;;01;;01440 VIRIAT;;;355;;;;;;;;;;;;;\n";
    text += &support::site([
        "010000065",
        "010780054",
        "APRES",
        "APRES",
        "01",
        "01440 VIRIAT",
        "355",
        "",
        "",
        "1",
    ]);
    text += &support::site([
        "010000073",
        "010780054",
        "H\u{c3}\u{b4}PITAL",
        "X",
        "01",
        "01440 VIRIAT",
        "355",
        "",
        "",
        "1",
    ]);
    let mut rows = Rows::new();
    let report = read(text.as_bytes(), 999, &mut rows).unwrap();
    assert_eq!((report.sites, report.skipped, report.misspelt), (10, 5, 1));
    let index = Index::build(rows, None).unwrap();
    assert!(index.get(number("010000065")).is_some());
}

#[test]
fn memory_does_not_grow_with_what_is_passed_over() {
    // One text without end, and objects without end in one another.
    let endless = |begin: &[u8], piece: &[u8]| {
        let mut source = Source::new();
        let mut rows = Rows::new();
        source.feed(begin, &mut rows)?;
        for _ in 0..4000 {
            source.feed(piece, &mut rows)?;
        }
        source.finish(&mut rows)
    };
    let piece = vec![b'a'; 4096];
    assert!(matches!(
        endless(b"{\"pmej\":[{\"x\":\"", &piece),
        Err(SourceError::Damaged { packed: false, .. })
    ));
    let deep = b"{\"a\":[".repeat(50);
    assert!(matches!(
        endless(b"{\"pmej\":[{\"x\":[", &deep),
        Err(SourceError::Damaged { packed: false, .. })
    ));
    assert_eq!(endless(b"structureet;", &piece), Err(SourceError::NoStructure));
    assert_eq!(
        endless(b"finess;etalab;1;2026-01-01\n", b"geolocalisation;010000024;1;2;3;4\n"),
        Err(SourceError::NoStructure)
    );
}

#[test]
fn the_real_extracts() {
    let Some(recent) = real("etalab-cs1100502-extract-2026-05-12.csv") else { return };
    let mut rows = Rows::new();
    let report = read(&recent, 100, &mut rows).unwrap();
    assert_eq!((report.sites, report.entities, report.skipped, report.misspelt), (13, 0, 0, 0));
    assert_eq!(report.date.as_deref(), Some("2026-05-12"));
    let index = Index::build(rows, report.date.as_deref()).unwrap();
    let site = index.get(number("010000024")).unwrap();
    assert_eq!(site.name(), "CENTRE HOSPITALIER DE BOURG-EN-BRESSE FLEYRIAT");
    assert_eq!((site.postcode(), site.city(), site.status()), (Some("01440"), Some("VIRIAT"), Some(1)));
    assert_eq!(index.get(number("980600027")).and_then(|record| record.department()), Some("986"));
    assert_eq!(index.get(number("980502199")).and_then(|record| record.department()), Some("976"));

    let Some(whole) = real("etalab-cs1100502-rebuilt-2021-01-08.csv.gz") else { return };
    let mut rows = Rows::new();
    let report = read(&whole, 64 * 1024, &mut rows).unwrap();
    assert_eq!((report.sites, report.skipped, report.misspelt), (94_839, 0, 0));
    let index = Index::build(rows, report.date.as_deref()).unwrap();
    assert_eq!((index.sites(), index.date()), (94_839, Some("2021-01-08")));
    assert!(index.entities() > 46_000, "{}", index.entities());
    // Every site is among those of its legal entity, and every SIRET comes back.
    let mut sirets = 0;
    for record in index.records().filter(|record| record.kind() == Kind::Et) {
        let entity = record.entity().unwrap();
        assert!(entity.sites().any(|site| site.number() == record.number()));
        sirets += u32::from(record.siret().is_some());
    }
    assert!(sirets > 80_000, "{sirets}");
    for table in ["finess-et-2021-01-08-sample.csv", "finess-plus-schema-structures-v1.json"] {
        let Some(bytes) = real(table) else { return };
        let refused = read(&bytes, 1000, &mut Rows::new()).unwrap_err();
        assert!(
            matches!(refused, SourceError::OtherTable { .. } | SourceError::OtherJson { .. }),
            "{table}: {refused:?}"
        );
    }
}

//! What holds for every text and every number.

use proptest::prelude::*;

use super::{super::*, *};
use crate::IdentifierKind;

/// A real-looking FINESS: department, 0, five digits and the key.
fn finess() -> impl Strategy<Value = String> {
    let department = prop_oneof![
        (1_u8..=95)
            .prop_filter("Corsica has letters", |code| *code != 20)
            .prop_map(|code| format!("{code:02}")),
        Just("2A".to_owned()),
        Just("2B".to_owned()),
    ];
    (department, 0_u32..100_000).prop_map(|(department, order)| {
        let body = format!("{department}0{order:05}");
        let key = luhn::key(&body.replace('A', "1").replace('B', "2")).unwrap();
        format!("{body}{key}")
    })
}

/// Digits and their Luhn key, `length` in all, not beginning with zeros.
fn keyed(length: usize) -> impl Strategy<Value = String> {
    (1_u8..=9, proptest::collection::vec(0_u8..10, length - 2)).prop_map(|(first, rest)| {
        let body: String = core::iter::once(first).chain(rest).map(|digit| digit.to_string()).collect();
        format!("{body}{}", luhn::key(&body).unwrap())
    })
}

/// A SIRET whose SIREN and whole have their keys.
fn siret() -> impl Strategy<Value = String> {
    (keyed(9).prop_filter("La Poste has its own rule", |siren| siren != "356000000"), 0_u32..10_000).prop_map(
        |(siren, order)| {
            let body = format!("{siren}{order:04}");
            let key = luhn::key(&body).unwrap();
            format!("{body}{key}")
        },
    )
}

/// The number with the digit at a place, if there is one, moved by `step` modulo 10.
fn with_another_digit(number: &str, place: usize, step: u8) -> Option<String> {
    let mut bytes = number.as_bytes().to_vec();
    let digit = bytes.get_mut(place).filter(|byte| byte.is_ascii_digit())?;
    *digit = b'0' + (*digit - b'0' + step) % 10;
    String::from_utf8(bytes).ok()
}

/// Text close enough to identifiers to reach every branch.
fn near() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9ABCO /.-]{0,20}",
        "[0-6][0-9]{8,15}",
        "[a-z0-9@.:_/*-]{0,30}",
        "(https?://)?[a-z-]{1,5}(\\.[a-z0-9-]{0,4}){0,3}(:[0-9]{0,3})?(/[a-z]*)?",
        "[a-z.]{0,5}@{0,2}[a-z.é-]{0,9}",
        "\\PC{0,12}",
    ]
}

proptest! {
    #[test]
    fn a_text_is_valid_exactly_without_errors(text in near()) {
        for kind in IdentifierKind::ALL {
            let report = report(*kind, &text);
            prop_assert_eq!(report.is_valid(), !has_error(&report), "{} {:?}: {:?}", kind, text, told(&report));
            prop_assert!(report.is_valid() || report.facts.is_empty());
        }
    }

    #[test]
    fn what_is_printed_is_read_again_as_the_same(text in near()) {
        for kind in IdentifierKind::ALL {
            let Some(canonical) = report(*kind, &text).canonical else { continue };
            let again = report(*kind, &canonical);
            prop_assert_eq!(again.canonical.as_ref(), Some(&canonical), "{} {:?}", kind, text);
        }
    }

    #[test]
    fn typed_numbers_agree_with_their_report(number in finess()) {
        let finess = Finess::parse(&number).unwrap();
        prop_assert_eq!(finess.to_string(), number.as_str());
        prop_assert_eq!(finess.department(), number.get(..2));
        let id = StructureId::of_finess(&finess);
        prop_assert_eq!(StructureId::parse(id.as_str()), Some(id.clone()));
        prop_assert_eq!(id.finess(), Some(finess));
        // What is invisible or between groups changes nothing.
        let spaced: String = number.to_lowercase().chars().flat_map(|c| [c, '\u{202f}']).collect();
        prop_assert_eq!(Finess::parse(&spaced).map(|finess| finess.to_string()), Some(number));
    }

    #[test]
    fn one_wrong_digit_in_a_finess_is_refused(number in finess(), place in 0_usize..9, step in 1_u8..10) {
        let Some(wrong) = with_another_digit(&number, place, step) else { return Ok(()) };
        // 2A typed as 0A reads as a test number, and is told to be one.
        if let Some(test) = Finess::parse(&wrong) {
            prop_assert!(test.is_test() && wrong.as_bytes()[1].is_ascii_uppercase(), "{number} {wrong}");
            return Ok(());
        }
        let id = format!("1{wrong}");
        prop_assert!(StructureId::parse(&id).is_none());
    }

    #[test]
    fn one_wrong_digit_in_a_siren_is_refused(number in keyed(9), place in 0_usize..9, step in 1_u8..10) {
        prop_assert!(Siren::parse(&number).is_some());
        let wrong = with_another_digit(&number, place, step).unwrap();
        prop_assert!(Siren::parse(&wrong).is_none(), "{number} {wrong}");
    }

    /// Told, not refused: real numbers exist that fail.
    #[test]
    fn one_wrong_digit_in_a_siret_is_told(number in siret(), place in 0_usize..14, step in 1_u8..10) {
        let keys = |text: &str| {
            report(IdentifierKind::Siret, text).findings.iter().any(|finding| finding.code() == "check-key")
        };
        prop_assert!(!keys(&number), "{number}");
        let wrong = with_another_digit(&number, place, step).unwrap();
        prop_assume!(!wrong.starts_with("356000000"));
        prop_assert!(keys(&wrong), "{number} {wrong}");
    }

    #[test]
    fn the_computed_key_is_right(number in keyed(11)) {
        prop_assert!(luhn::is_valid(&number));
        for step in 1..10 {
            prop_assert!(!luhn::is_valid(&with_another_digit(&number, 10, step).unwrap()));
        }
    }
}

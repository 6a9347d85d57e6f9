use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

const WORD_LIST: &str = include_str!("../../data/words.txt");
const GUESSED_LIST: &str = include_str!("../../data/guessed.txt");

/// A source that counts: good enough to see every word, and the same at each run.
fn counting(seed: u64) -> impl FnMut(&mut [u8]) -> bool {
    let mut state = seed;
    move |buffer| {
        for octet in buffer {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *octet = state.to_be_bytes()[0];
        }
        true
    }
}

fn fixed(octets: &'static [u8]) -> impl FnMut(&mut [u8]) -> bool {
    let mut rest = octets;
    move |buffer| {
        let Some((now, after)) = rest.split_at_checked(buffer.len()) else { return false };
        buffer.copy_from_slice(now);
        rest = after;
        true
    }
}

/// The least number of letters to change, add or take away to go from a word to another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<_> = b.bytes().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, letter) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for column in 0..b.len() {
            let changed = diagonal + usize::from(letter != b[column]);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[test]
fn the_list_is_made_to_be_typed_back() {
    let words: Vec<_> = WORD_LIST.lines().collect();
    assert_eq!(words.len(), 2048);
    assert!(words.is_sorted_by(|a, b| a < b), "sorted, none twice");
    for word in &words {
        assert!((4..=lexicon::LONGEST).contains(&word.len()), "{word}");
        assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
    }
    // Sorted, a word that begins another one stands just before the first of those.
    for pair in words.windows(2) {
        assert!(!pair[1].starts_with(pair[0]), "{pair:?}");
    }
    // Two words one letter apart are the same once one letter, or none, is left out of each.
    let mut shortened: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for word in &words {
        let without = (0..word.len()).map(|at| format!("{}{}", &word[..at], &word[at + 1..]));
        for short in BTreeSet::from_iter(without.chain([(*word).to_owned()])) {
            shortened.entry(short).or_default().push(word);
        }
    }
    for near in shortened.values() {
        for (at, a) in near.iter().enumerate() {
            for b in &near[at + 1..] {
                assert!(distance(a, b) >= 2, "{a} and {b}");
            }
        }
    }
}

#[test]
fn the_distance_between_words_is_measured() {
    for (a, b, expected) in
        [("sable", "table", 1), ("port", "porte", 1), ("", "abc", 3), ("chien", "niche", 4)]
    {
        assert_eq!(distance(a, b), expected, "{a} {b}");
    }
}

#[test]
fn the_words_chosen_first_are_sorted_and_of_the_lengths_looked_for() {
    let words: Vec<_> = GUESSED_LIST.lines().collect();
    assert!(words.is_sorted_by(|a, b| a < b));
    let lengths: BTreeSet<_> = words.iter().map(|word| word.len()).collect();
    assert_eq!(lengths.first(), Some(&lexicon::SHORTEST_GUESSED));
    assert_eq!(lengths.last(), Some(&lexicon::LONGEST_GUESSED));
}

#[test]
fn a_proposal_follows_the_random_octets() {
    let words: Vec<_> = WORD_LIST.lines().collect();
    // Little-endian 0, 1, 2047, 2048 (the first word again: drawn anew), 2, 3, 0xffff & 0x7fe.
    let octets = &[0, 0, 1, 0, 0xff, 7, 0, 8, 2, 0, 3, 0, 0xfe, 0xff];
    let expected = [words[0], words[1], words[2047], words[2], words[3], words[2046]].join("-");
    assert_eq!(propose(fixed(octets)).unwrap().as_str(), expected);
}

#[test]
fn no_proposal_without_randomness() {
    assert!(propose(|_| false).is_none());
    assert!(propose(fixed(&[1, 0, 2, 0, 3, 0])).is_none(), "the source ends half-way");
    assert!(
        propose(|buffer| {
            buffer.fill(7);
            true
        })
        .is_none(),
        "the source is stuck"
    );
}

#[test]
fn every_word_is_drawn() {
    let mut random = counting(1);
    let mut drawn = BTreeSet::new();
    for _ in 0..8000 {
        let proposal = propose(&mut random).unwrap();
        drawn.extend(proposal.split(SEPARATOR).map(str::to_owned));
    }
    assert_eq!(drawn.len(), 2048);
}

#[test]
fn what_people_choose_is_judged() {
    use Strength::{Fair, Strong, TooWeak, Weak};
    for (passphrase, expected) in [
        ("", TooWeak),
        ("a", TooWeak),
        ("motdepasse", TooWeak),
        ("MotDePasse", TooWeak),
        ("azertyuiop12", TooWeak),
        ("azertyuiopqsdfghjklm", TooWeak),
        ("&é\"'(-è_çà", TooWeak),
        ("poiuytreza", TooWeak),
        ("Hopital2026!", TooWeak),
        ("Hôpital-2026", TooWeak),
        ("Hopital2026!Hopital2026!", TooWeak),
        ("12345678901234567890", TooWeak),
        ("abcabcabcabcabcabcabc", TooWeak),
        ("14071789", TooWeak),
        ("Chirurgie1975", TooWeak),
        ("abricot", TooWeak),
        ("abricot12", TooWeak),
        ("abricot-abricot-abricot-abricot-abricot-abricot", TooWeak),
        ("abricot-balcon-cascade", TooWeak),
        ("abricot-balcon-cascade-dentelle", Weak),
        ("abricot-balcon-cascade-dentelle-fanfare", Fair),
        ("abricot balcon cascade dentelle fanfare", Fair),
        ("abricot-balcon-cascade-dentelle-fanfare-girafe", Strong),
        ("Abricot Balcon Cascade Dentelle Fanfare Girafe", Strong),
        ("abricotbalconcascadedentellefanfaregirafe", Strong),
        ("abricot-balcon-cascade-dentelle-fanfare-balcon", Fair),
        ("le chien de la voisine aboie toujours vers minuit", Strong),
        ("kV7#tq9Lw2!xZr", Fair),
        ("kV7#tq9Lw2!xZrP8", Strong),
        ("xqzkvwjhgtpd", Weak),
    ] {
        assert_eq!(strength(passphrase), expected, "{passphrase}");
    }
    assert_eq!(strength(&"a".repeat(40)), TooWeak);
    assert_eq!(strength(&"é".repeat(40)), TooWeak);
    assert_eq!(strength(&"\u{4e2d}".repeat(40)), TooWeak);
}

#[test]
fn levels_are_numbered() {
    let levels = [Strength::TooWeak, Strength::Weak, Strength::Fair, Strength::Strong];
    assert_eq!(levels.map(Strength::as_u8), [0, 1, 2, 3]);
    assert!(levels.is_sorted());
    let limits = [(399, 0), (400, 1), (549, 1), (550, 2), (639, 2), (640, 3), (Cost::MAX, 3)];
    for (bits, level) in limits {
        assert_eq!(Strength::of(bits).as_u8(), level, "{bits}");
    }
}

#[test]
fn a_huge_text_is_examined_in_part() {
    let huge = "x".repeat(5_000_000);
    assert_eq!(strength(&huge), Strength::TooWeak);
    let mut late = "z".repeat(EXAMINED);
    late.push_str("-abricot-balcon-cascade-dentelle-fanfare-girafe");
    assert_eq!(strength(&late), Strength::TooWeak, "what follows does not count");
}

#[test]
fn the_logarithm_is_near_enough() {
    for number in 1..5000_u32 {
        let exact = f64::from(number).log2() * 10.0;
        let found = f64::from(lexicon::log2(usize::try_from(number).unwrap()));
        assert!(found <= exact + 1e-9 && exact - found < 2.0, "{number}: {found} for {exact}");
    }
    assert_eq!(lexicon::log2(0), 0);
}

proptest! {
    #[test]
    fn a_proposal_is_strong(seed in any::<u64>()) {
        let proposal = propose(counting(seed)).unwrap();
        let words: BTreeSet<_> = proposal.split(SEPARATOR).collect();
        prop_assert_eq!(words.len(), WORDS);
        prop_assert!(words.iter().all(|word| WORD_LIST.lines().any(|known| known == *word)));
        prop_assert_eq!(strength(&proposal), Strength::Strong);
        prop_assert_eq!(strength(&proposal.replace('-', " ")), Strength::Strong);
        prop_assert_eq!(strength(&proposal.to_uppercase()), Strength::Strong);
    }

    #[test]
    fn any_text_is_judged(text in any::<String>()) {
        prop_assert!(strength(&text).as_u8() <= 3);
    }

    #[test]
    fn repeating_a_short_text_does_not_make_it_strong(piece in "[a-z0-9]{1,5}", times in 1_usize..200) {
        prop_assert!(strength(&piece.repeat(times)) <= Strength::Weak);
    }

    #[test]
    fn a_known_word_and_digits_are_not_accepted(word in 0_u16..2048, digits in "[0-9]{0,6}", sign in "[!.-]?") {
        let text = format!("{}{digits}{sign}", LEXICON.word(word).unwrap());
        prop_assert!(strength(&text) <= Strength::TooWeak);
    }
}

/// Drawn evenly: a pattern of proptest favours a few characters. By chance some draws repeat signs or spell a word, and
/// are then worth less than they cost.
#[test]
fn sixteen_random_characters_are_nearly_always_accepted() {
    let accepted = (0..1_000_u64).filter(|seed| {
        let mut octets = [0; 16];
        counting(*seed)(&mut octets);
        let text: String = octets.iter().map(|octet| char::from(b'!' + octet % 94)).collect();
        strength(&text) >= Strength::Fair
    });
    let count = accepted.count();
    assert!(count >= 990, "{count} of 1,000");
}

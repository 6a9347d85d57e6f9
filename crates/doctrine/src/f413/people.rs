//! Names, telephones, mailboxes and cards, as they were typed.

use vocabulary::{
    Finding, IdentifierKind,
    identifiers::{self, Email},
    topics::f413 as topics,
    without_case,
};

use super::{LONGEST, Person};
use crate::data::F413_MAIL;
use vocabulary::{Document, Source};

const GUIDES: [Source; 2] = [
    Source { document: Document::HOP, section: Some("annexe F413") },
    Source { document: Document::LBM, section: Some("annexe F413") },
];

/// A text on one line, shortened where no field holds it.
pub(super) fn line(typed: &str, found: &mut Vec<Finding>) -> String {
    let one_line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = one_line.chars().count();
    if count > LONGEST {
        found.push(Finding::error(topics::TOO_LONG).with("count", count).with("limit", LONGEST));
    }
    one_line.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

/// A name, as it stands on the card.
pub(super) fn name(typed: &str, found: &mut Vec<Finding>) -> String {
    let name = line(typed, found);
    if name.chars().any(|c| c.is_ascii_digit() || matches!(c, '@' | '<' | '>' | ';' | '=')) {
        found.push(Finding::warning(topics::NAME_ODD).with("found", name.as_str()));
    }
    name
}

/// The number of a card.
pub(super) fn card(typed: &str, found: &mut Vec<Finding>) -> String {
    let report = identifiers::report(IdentifierKind::CardNumber, typed);
    found.extend(report.findings);
    report.canonical.unwrap_or_else(|| line(typed, &mut Vec::new()))
}

/// A telephone number: ten digits from 0, or an international one; written in groups of two as in France.
pub(super) fn phone(typed: &str, found: &mut Vec<Finding>) -> String {
    let kept = line(typed, found);
    let is_plus = kept.starts_with('+') || kept.starts_with("00");
    let national = kept.replacen("(0)", "", 1);
    let odd = national.char_indices().find(|(at, c)| {
        !(c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | '-' | '/' | '(' | ')')
            || (*at == 0 && *c == '+'))
    });
    if let Some((_, odd)) = odd {
        let said = Finding::error(topics::PHONE_CHARACTER).with("found", kept.as_str());
        found.push(said.with("character", odd.to_string()));
        return kept;
    }
    let digits: String = national.chars().filter(char::is_ascii_digit).collect();
    let digits = if is_plus { digits.trim_start_matches("00").to_owned() } else { digits };
    if is_plus {
        // E.164; of France nine digits after its code.
        let fits =
            if digits.starts_with("33") { digits.len() == 11 } else { (8..=15).contains(&digits.len()) };
        if !fits {
            found.push(
                Finding::error(topics::PHONE_LENGTH).with("found", kept.as_str()).with("count", digits.len()),
            );
        }
        return kept;
    }
    if digits.len() != 10 || !digits.starts_with('0') || digits.starts_with("00") {
        found.push(
            Finding::error(topics::PHONE_LENGTH).with("found", kept.as_str()).with("count", digits.len()),
        );
        return kept;
    }
    let pairs: Vec<String> =
        digits.chars().collect::<Vec<_>>().chunks(2).map(|pair| pair.iter().collect()).collect();
    pairs.join(" ")
}

/// A mailbox: who reads it in three years, and whether the ANS reaches it.
pub(super) fn email(typed: &str, person: &Person, found: &mut Vec<Finding>) -> String {
    found.extend(identifiers::report(IdentifierKind::Email, typed).findings);
    let Some(address) = Email::parse(typed) else { return line(typed, &mut Vec::new()) };
    let domain = address.domain();
    let is_of = |list: &[&str]| {
        list.iter()
            .any(|one| domain.strip_suffix(one).is_some_and(|host| host.is_empty() || host.ends_with('.')))
    };
    if is_of(F413_MAIL.closed) {
        found.push(
            Finding::warning(topics::EMAIL_CLOSED)
                .with("found", address.as_str())
                .from_sources(F413_MAIL.sources),
        );
    } else if is_of(F413_MAIL.public) {
        let said = Finding::warning(topics::EMAIL_PUBLIC).with("found", address.as_str());
        found.push(said.with("domain", domain).from_sources(F413_MAIL.sources));
    }
    if names(address.local_part(), person) {
        found.push(
            Finding::info(topics::EMAIL_PERSONAL).with("found", address.as_str()).from_sources(&GUIDES),
        );
    }
    address.as_str().to_owned()
}

/// Whether a mailbox holds the last name of who reads it.
fn names(local: &str, person: &Person) -> bool {
    let plain = |text: &str| -> String {
        without_case(text).chars().map(base).filter(|c| c.is_ascii_alphanumeric()).collect()
    };
    let (local, name) = (plain(local), plain(&person.last_name));
    name.chars().count() > 2 && local.contains(&name)
}

/// The letter without its accent, of those French names have.
fn base(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(check: impl Fn(&mut Vec<Finding>) -> String) -> (String, Vec<String>) {
        let mut found = Vec::new();
        let written = check(&mut found);
        (written, found.iter().map(|one| one.topic.to_string()).collect())
    }

    #[test]
    fn telephones_are_written_in_pairs() {
        let phone = |typed: &str| said(|found| phone(typed, found));
        for typed in
            ["0386939393", "03.86.93.93.93", "03-86-93-93-93", " 03 86 93 93 93 ", "(03) 86 93 93 93"]
        {
            assert_eq!(phone(typed), ("03 86 93 93 93".to_owned(), vec![]), "{typed}");
        }
        for typed in [
            "+33 3 86 93 93 93",
            "+33 (0)3 86 93 93 93",
            "0033386939393",
            "+590 590 89 10 10",
            "+377 98 98 98 98",
        ] {
            assert_eq!(phone(typed), (typed.to_owned(), vec![]), "{typed}");
        }
        for typed in ["038693939", "03869393931", "3869393939", "+33", "+331234567890123", "15", "0000000000"]
        {
            assert_eq!(phone(typed).1, ["f413-phone.length"], "{typed}");
        }
        for typed in ["03 86 93 93 93 poste 12", "03 86 93 93 9O", "é"] {
            assert_eq!(phone(typed).1, ["f413-phone.character"], "{typed}");
        }
    }

    #[test]
    fn a_mailbox_that_bears_a_name_is_seen() {
        let person = Person { last_name: "Lévêque-Ñuñez".to_owned(), ..Person::default() };
        let email = |typed: &str| said(|found| email(typed, &person, found)).1;
        assert_eq!(email("anne.leveque-nunez@ch-nevers.fr"), ["f413-email.personal"]);
        assert_eq!(email("certificats@ch-nevers.fr"), Vec::<String>::new());
        assert_eq!(email("certificats@gmail.com"), ["f413-email.public"]);
        assert_eq!(email("certificats@pharmacie.mssante.fr"), ["f413-email.closed"]);
        assert_eq!(email("certificats@notgmail.com"), Vec::<String>::new());
        assert_eq!(email("certificats"), ["charset.at-sign"]);
    }

    #[test]
    fn names_keep_their_accents_and_lose_line_breaks() {
        assert_eq!(said(|found| name("  LÉVÊQUE\n D'ŒUVRE ", found)), ("LÉVÊQUE D'ŒUVRE".to_owned(), vec![]));
        assert_eq!(said(|found| name("Anne 2", found)).1, ["f413-name"]);
        let long = said(|found| name(&"é".repeat(601), found));
        assert_eq!((long.0.chars().count(), long.1), (600, vec!["f413-too-long".to_owned()]));
    }
}

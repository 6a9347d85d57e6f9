//! What files are called: ASCII, made of what tells one certificate from the others.

use vocabulary::{Date, Product};

/// `org-auth-cli_insi-auto_750712184_2026-11-20`: product, name, number of the structure and day, as far as they are
/// known; never empty.
pub(crate) fn of(product: Option<Product>, name: &str, number: Option<&str>, on: Option<Date>) -> String {
    let parts = [
        product.map(|product| slug(product.as_str())),
        Some(slug(name)),
        number.map(slug),
        on.map(|on| on.to_string()),
    ];
    let stem = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    if stem.is_empty() { "certificat".to_owned() } else { stem }
}

/// ASCII letters and digits in lower case, everything else a hyphen; at most 40 characters.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        let plain = unaccented(character).to_ascii_lowercase();
        if plain.is_ascii_alphanumeric() || (plain == '.' && !out.is_empty()) {
            out.push(plain);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
        if out.len() >= LONGEST_SLUG {
            break;
        }
    }
    out.trim_end_matches(['-', '.']).to_owned()
}

/// The base letter of the accented ones that French has.
const fn unaccented(character: char) -> char {
    match character {
        'À' | 'Â' | 'Ä' | 'à' | 'â' | 'ä' => 'a',
        'Ç' | 'ç' => 'c',
        'È'..='Ë' | 'è'..='ë' => 'e',
        'Î' | 'Ï' | 'î' | 'ï' => 'i',
        'Ô' | 'Ö' | 'ô' | 'ö' => 'o',
        'Ù' | 'Û' | 'Ü' | 'ù' | 'û' | 'ü' => 'u',
        other => other,
    }
}

/// Keeps file names below what every file system and archive takes.
const LONGEST_SLUG: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_never_empty_nor_anything_but_ascii() {
        assert_eq!(of(None, "", None, None), "certificat");
        assert_eq!(of(None, "日本", None, None), "certificat");
        assert_eq!(
            of(Some(Product::OrgSign), "L'Hôpital", Some("750712184"), None),
            "org-sign_l-hopital_750712184"
        );
        assert!(
            of(None, "../../etc/passwd", None, None).bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        );
    }
}

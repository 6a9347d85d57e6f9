//! What the standard library does too, at a hundredth of what is downloaded.

use core::cmp::Ordering;

/// A text in lower case, as far as ASCII and the letters of Latin-1 go: the tables of all of Unicode would be a fiftieth
/// of a module.
pub fn without_case(text: &str) -> String {
    let lower = |c: char| match c {
        '\u{d7}' => c,
        'À'..='Þ' => u8::try_from(c).map_or(c, |code| char::from(code | 0x20)),
        _ => c.to_ascii_lowercase(),
    };
    text.chars().map(lower).collect()
}

/// Sorts the places of a list by what `order` says of two of them; equals stay as they were. Not generic, since every
/// copy of a sort adds four kilobytes to the modules.
pub fn sort_places(places: &mut [usize], order: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|a, b| order(*a, *b));
}

/// The places of a list of this length, sorted likewise.
pub fn sorted_places(length: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    sort_places(&mut places, order);
    places
}

/// A list in the order of these places, which are all different.
pub fn arranged<T>(list: Vec<T>, places: &[usize]) -> Vec<T> {
    let mut list: Vec<Option<T>> = list.into_iter().map(Some).collect();
    places.iter().filter_map(|place| list.get_mut(*place)?.take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_french_lose_their_case() {
        for c in '\0'..='\u{ff}' {
            assert_eq!(without_case(&c.to_string()), c.to_lowercase().to_string(), "{c}");
        }
        assert_eq!(without_case("CHÂTEAU Œ"), "château Œ");
    }

    #[test]
    fn equals_stay_as_they_were() {
        let names = ["b", "a", "b", "a"];
        let places = sorted_places(4, &|a, b| names[a].cmp(names[b]));
        assert_eq!(places, [1, 3, 0, 2]);
        assert_eq!(arranged(names.to_vec(), &places), ["a", "a", "b", "b"]);
        assert_eq!(arranged(vec![1], &[7]), Vec::<i32>::new());
    }
}

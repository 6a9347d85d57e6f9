//! Words of the contract, parsed with the path of their field.

use core::str::FromStr;

use vocabulary::{
    Administrator, Contract, Environment, Error, IdentifierKind, Product, Sector, Service, Topic,
    topics::errors::{INVALID_INPUT_WORD, PROFILE_WORD},
};

/// A list of words of the contract.
pub(crate) trait Words: FromStr + Copy + 'static {
    /// Every spelling, in the contract's order.
    fn spellings() -> Vec<String>;
}

macro_rules! words {
    ($($name:ident),+) => {
        $(impl Words for $name {
            fn spellings() -> Vec<String> {
                Self::ALL.iter().map(|word| word.as_str().to_owned()).collect()
            }
        })+
    };
}

words!(Administrator, Contract, Environment, IdentifierKind, Product, Sector, Service);

/// A word of any input.
pub(crate) fn input<T: Words>(word: &str, field: impl Into<String>) -> Result<T, Error> {
    parse(INVALID_INPUT_WORD, word, field)
}

/// A word of an order profile.
pub(crate) fn profile<T: Words>(word: &str, field: impl Into<String>) -> Result<T, Error> {
    parse(PROFILE_WORD, word, field)
}

fn parse<T: Words>(topic: Topic, word: &str, field: impl Into<String>) -> Result<T, Error> {
    word.parse().map_err(|_| {
        // A word of a megabyte is not repeated in the sentence.
        let found: String = word.chars().take(40).collect();
        Error::at(topic, field).with("found", found).with("allowed", T::spellings())
    })
}

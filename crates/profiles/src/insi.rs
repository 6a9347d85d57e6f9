//! The two names of INSi certificates, and what people type instead.
//!
//! GIE SESAM-Vitale, SEL-MP-043, annexe 3: the teleservice takes an ORG_AUTH_CLI certificate whose common name is
//! exactly `INSI-AUTO` or `INSI-MANU`, and answers `DESIR_560` to any other.

use crate::{
    folding::fold,
    names::data::{AUTO_SPELLING, MANU_SPELLING, WORD},
};

pub use crate::names::data::{INSI_PRODUCT, INSI_SERVER_ERROR, INSI_SOURCES};

/// Mode of calling INSi; each has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Insi {
    /// Automated calls: `INSI-AUTO`.
    Auto,
    /// Manual calls: `INSI-MANU`.
    Manu,
}

impl Insi {
    /// The only common name the teleservice takes for this mode.
    pub const fn name(self) -> &'static str {
        self.spelling().exact
    }

    const fn spelling(self) -> Spelling {
        match self {
            Self::Auto => AUTO_SPELLING,
            Self::Manu => MANU_SPELLING,
        }
    }
}

/// What a common name is to INSi.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsiVerdict {
    /// Exactly one of the two names.
    Exact(Insi),
    /// Almost one of them, which the teleservice refuses: what was likely meant, both when it cannot be told.
    NearMiss(&'static [Insi]),
    /// The word INSI in a longer name: perhaps meant for INSi, which would refuse it.
    Word,
    /// A name for something else.
    Other,
}

/// What a common name is to INSi. Folded (NFKC, upper case, letters and digits only), a near miss is within one
/// insertion, deletion or substitution of a name, or is one of the other spellings people use.
pub fn judge(name: &str) -> InsiVerdict {
    for mode in [Insi::Auto, Insi::Manu] {
        if name == mode.name() {
            return InsiVerdict::Exact(mode);
        }
    }
    let folded = fold(name);
    let near = |mode: Insi| {
        let spelling = mode.spelling();
        within_one_edit(&folded, spelling.folded.as_bytes())
            || spelling.also.iter().any(|also| also.as_bytes() == folded)
    };
    match (near(Insi::Auto), near(Insi::Manu)) {
        (true, true) => InsiVerdict::NearMiss(&[Insi::Auto, Insi::Manu]),
        (true, false) => InsiVerdict::NearMiss(&[Insi::Auto]),
        (false, true) => InsiVerdict::NearMiss(&[Insi::Manu]),
        (false, false) if has_word(name) => InsiVerdict::Word,
        (false, false) => InsiVerdict::Other,
    }
}

/// A name and how it may be recognised.
pub(crate) struct Spelling {
    pub(crate) exact: &'static str,
    pub(crate) folded: &'static str,
    pub(crate) also: &'static [&'static str],
}

fn has_word(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|word| fold(word) == WORD.as_bytes())
}

/// Whether one insertion, deletion or substitution at most leads from one to the other.
fn within_one_edit(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let extra = long.len() - short.len();
    if extra > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    // Past the first difference, the rest must be equal: one further in both, or in the longer only.
    same == long.len()
        || short.get(same + 1 - extra..).unwrap_or_default() == long.get(same + 1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AUTO: InsiVerdict = InsiVerdict::NearMiss(&[Insi::Auto]);
    const MANU: InsiVerdict = InsiVerdict::NearMiss(&[Insi::Manu]);
    const BOTH: InsiVerdict = InsiVerdict::NearMiss(&[Insi::Auto, Insi::Manu]);

    #[test]
    fn names_are_judged_as_the_contract_says() {
        for (name, verdict) in [
            ("INSI-AUTO", InsiVerdict::Exact(Insi::Auto)),
            ("INSI-MANU", InsiVerdict::Exact(Insi::Manu)),
            ("INSI AUTO", AUTO),
            ("INSI_AUTO", AUTO),
            ("insi-auto", AUTO),
            ("Insi-Auto", AUTO),
            ("INSI-AUTOO", AUTO),
            ("INSI-AUT", AUTO),
            ("INSIAUTO", AUTO),
            (" INSI-AUTO", AUTO),
            ("INSI-AUTO\u{a0}", AUTO),
            ("INSI-AUTO\u{200b}", AUTO),
            ("INSI\u{2010}AUTO", AUTO),
            ("INSI\u{2013}AUTO", AUTO),
            ("INSI--AUTO", AUTO),
            ("INSI-AUT0", AUTO),
            ("INSl-AUTO", AUTO),
            ("1NSI-AUTO", AUTO),
            ("ＩＮＳＩ－ＡＵＴＯ", AUTO),
            ("𝐈𝐍𝐒𝐈-𝐀𝐔𝐓𝐎", AUTO),
            ("ÌNSI-AUTO", AUTO),
            ("I\u{300}NSI-AUTO", AUTO),
            ("\u{406}NSI-AUTO", AUTO),
            ("INSI-AUTOMATIQUE", AUTO),
            ("insi automatique", AUTO),
            ("INSI-MANU ", MANU),
            ("INSI-MAN", MANU),
            ("INSI-MANUEL", MANU),
            ("Insi manuel", MANU),
            ("INS-MANU", MANU),
            ("INSI", BOTH),
            ("INSi", BOTH),
            ("insi-", BOTH),
            // Two edits, or letters of another alphabet throughout: another name, which other rules look at.
            ("INS-AUT", InsiVerdict::Other),
            ("\u{406}N\u{405}\u{406}-AUTO", InsiVerdict::Other),
            ("Passerelle INSI", InsiVerdict::Word),
            ("INSi DMP", InsiVerdict::Word),
            ("INSI-AUTO-CHU", InsiVerdict::Word),
            ("client_insi_prod", InsiVerdict::Word),
            ("INSITU", InsiVerdict::Other),
            ("Padoa", InsiVerdict::Other),
            ("devbox-sante dmp", InsiVerdict::Other),
            ("", InsiVerdict::Other),
        ] {
            assert_eq!(judge(name), verdict, "{name:?}");
        }
    }
}

//! Search: every word of the query must be found, the best first.
//!
//! A word is found in the name, in the place (city, postcode), in the category, or as a beginning of a number (FINESS, SIRET,
//! SIREN); digits from four on also inside a FINESS number where nothing begins with them. The last word may be unfinished;
//! where nothing has all words so, all may be. Words that stand for others (`CH`, « centre hospitalier ») were joined when
//! the index was made.
//!
//! What puts one structure before another, in this order of weight: a number typed in full; the name being what was typed,
//! beginning with it or holding it in one piece; words of the name before words of the city, whole words before beginnings;
//! the share of the name that was typed; being in activity; being the legal entity, then the order of the numbers.

use vocabulary::sorted_places;

use crate::{
    index::{Index, Record, Section, partition, siret_at},
    kind::Kind,
    number::Number,
    rows::BETWEEN,
    words::{Words, is_stop_word},
    write::{FIELDS, OF_NAME},
};

/// The most results of one search.
pub const MAX_RESULTS: usize = 200;

/// The most octets of a query that are looked at.
const MAX_QUERY: usize = 256;

/// The most words of a query.
const MAX_WORDS: usize = 12;

/// What is looked for beside the words.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// At most so many results, up to [`MAX_RESULTS`].
    pub limit: usize,
    /// Only legal entities, or only sites.
    pub kind: Option<Kind>,
    /// Only in this department (`01`, `2A`, `971`).
    pub department: Option<&'a str>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { limit: 20, kind: None, department: None }
    }
}

impl Index {
    /// The structures that have every word of the query, the best first. An empty query finds nothing.
    pub fn search(&self, query: &str, options: &Options<'_>) -> Vec<Record<'_>> {
        let query = shortened(query);
        let folded = Words::of(query);
        let all: Vec<&str> = folded.iter().take(MAX_WORDS).collect();
        // A letter alone says as little as a word that tells nothing: what begins with it is too much to be worth a look.
        let tells = |word: &&str| !is_stop_word(word) && (word.len() > 1 || is_number(word));
        let mut words: Vec<&str> = all.iter().copied().filter(tells).collect();
        if words.is_empty() {
            words.extend(all.last());
        }
        if words.is_empty() {
            return Vec::new();
        }
        // « 010 780 054 », « 772 201 489 00022 ».
        if words.len() > 1 && words.iter().all(|word| is_number(word)) {
            let joined = words.concat();
            let found = Search { index: self, words: &[&joined], options, all_begin: false }.run();
            if joined.len() >= 6 && !found.is_empty() {
                return found;
            }
        }
        let found = Search { index: self, words: &words, options, all_begin: false }.run();
        if found.is_empty() && words.len() > 1 {
            return Search { index: self, words: &words, options, all_begin: true }.run();
        }
        found
    }
}

/// How well a word was found.
mod worth {
    pub(super) const NUMBER: u32 = 200;
    pub(super) const NUMBER_BEGINS: u32 = 60;
    pub(super) const SIRET_BEGINS: u32 = 50;
    pub(super) const NUMBER_HOLDS: u32 = 30;
    pub(super) const NAME: u32 = 40;
    pub(super) const NAME_BEGINS: u32 = 20;
    pub(super) const PLACE: u32 = 26;
    pub(super) const PLACE_BEGINS: u32 = 12;
    pub(super) const CATEGORY: u32 = 14;
    pub(super) const CATEGORY_BEGINS: u32 = 8;
    /// Added to a beginning, by how much of the word it is.
    pub(super) const SHARE: u32 = 12;
    /// Added by how much of the name was typed.
    pub(super) const COVERED: u32 = 30;
    pub(super) const OPEN: u32 = 16;
    pub(super) const ENTITY: u32 = 2;
    pub(super) const SAME_NAME: u32 = 40;
    pub(super) const NAME_STARTS: u32 = 16;
    pub(super) const IN_ONE_PIECE: u32 = 10;
}

struct Search<'a, 'q> {
    index: &'a Index,
    words: &'q [&'q str],
    options: &'q Options<'q>,
    /// Every word may be unfinished.
    all_begin: bool,
}

impl<'a> Search<'a, '_> {
    fn run(&self) -> Vec<Record<'a>> {
        let mut board = Board { cells: vec![0; self.index.len()], reached: Vec::new() };
        let wanted: Vec<Wanted<'_>> =
            self.words.iter().enumerate().map(|(place, word)| self.wanted(place, word)).collect();
        // The rarest first: the others then only look at those that have it.
        let rarity = |place: usize| wanted.get(place).map(|word| word.postings);
        let order = sorted_places(wanted.len(), &|a, b| rarity(a).cmp(&rarity(b)));
        for (level, word) in (0_u32..).zip(order.iter().filter_map(|place| wanted.get(*place))) {
            self.tokens(&mut board, level, word);
            let found = self.categories(&mut board, level, word) || !word.tokens.is_empty();
            if is_number(word.text) {
                self.numbers(&mut board, level, word.text, found);
            }
        }
        let all = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let limit = self.options.limit.clamp(1, MAX_RESULTS);
        let mut best = Best { rows: Vec::new(), most: limit.saturating_mul(4).max(64) };
        for at in &board.reached {
            let place = usize::try_from(*at).unwrap_or(usize::MAX);
            let cell = board.cells.get(place).copied().unwrap_or_default();
            if Board::level(cell) == all
                && let Some(record) = self.index.record(place)
                && self.is_wanted(&record)
            {
                best.offer(Board::score(cell).saturating_add(self.standing(&record)), place);
            }
        }
        let rows: Vec<(u32, Record<'a>)> = best
            .rows
            .iter()
            .filter_map(|(score, at)| {
                let record = self.index.record(*at)?;
                Some((score.saturating_add(self.likeness(&record)), record))
            })
            .collect();
        let score = |place: usize| rows.get(place).map(|(score, _)| *score);
        let order = sorted_places(rows.len(), &|a, b| score(b).cmp(&score(a)));
        order.into_iter().take(limit).filter_map(|place| rows.get(place).map(|(_, record)| *record)).collect()
    }

    fn is_wanted(&self, record: &Record<'_>) -> bool {
        self.options.kind.is_none_or(|kind| record.kind() == kind)
            && self.options.department.is_none_or(|department| record.department() == Some(department))
    }

    /// What speaks for a structure, whatever was typed.
    fn standing(&self, record: &Record<'_>) -> u32 {
        let typed = length(self.words.iter().filter(|word| !is_number(word)).count());
        let open = if record.is_open() { worth::OPEN } else { 0 };
        let has = u32::from(record.words());
        if has == 0 {
            return open;
        }
        let covered = worth::COVERED.saturating_mul(typed.min(has)) / has;
        let entity = if record.kind() == Kind::Ej { worth::ENTITY } else { 0 };
        covered.saturating_add(open).saturating_add(entity)
    }

    /// How much the name as a whole is like what was typed.
    fn likeness(&self, record: &Record<'_>) -> u32 {
        let names = [Some(record.name()), record.short_name()];
        names
            .into_iter()
            .flatten()
            .map(|name| {
                let folded = Words::of(name);
                let has: Vec<&str> = folded.telling().collect();
                match like(self.words, &has) {
                    Some((0, true)) => worth::SAME_NAME,
                    Some((0, false)) => worth::NAME_STARTS,
                    Some(_) => worth::IN_ONE_PIECE,
                    None => 0,
                }
            })
            .max()
            .unwrap_or_default()
    }

    /// Where a word of the query stands among those of the index.
    fn wanted<'w>(&self, place: usize, text: &'w str) -> Wanted<'w> {
        let is_last = place.checked_add(1) == Some(self.words.len());
        let may_begin = (is_last || self.all_begin || is_number(text)) && text.len() > 1;
        let tokens = self.range(Section::TokenEnds, Section::Tokens, text.as_bytes(), may_begin);
        let end = |before: usize| {
            before.checked_sub(1).and_then(|at| self.index.place_in(Section::PostingEnds, at))
        };
        let postings = end(tokens.end).unwrap_or(0).saturating_sub(end(tokens.start).unwrap_or(0));
        Wanted { text, may_begin, tokens, postings }
    }

    /// The texts of a sorted section that are this one, or begin with it.
    fn range(&self, ends: Section, all: Section, text: &[u8], may_begin: bool) -> core::ops::Range<usize> {
        let part = |at: usize| self.index.part(ends, all, at);
        let count = self.index.section(ends).len() / 4;
        let first = partition(count, |at| part(at) < text);
        let is_one = |at: usize| if may_begin { part(at).starts_with(text) } else { part(at) == text };
        first..partition(count, |at| at < first || is_one(at)).max(first)
    }

    /// Words of names and places.
    fn tokens(&self, board: &mut Board, level: u32, word: &Wanted<'_>) {
        for at in word.tokens.clone() {
            let token = self.index.part(Section::TokenEnds, Section::Tokens, at);
            let whole = token == word.text.as_bytes();
            let share = worth::SHARE.saturating_mul(length(word.text.len())) / length(token.len()).max(1);
            let of_name = if whole { worth::NAME } else { worth::NAME_BEGINS.saturating_add(share) };
            let of_place = if whole { worth::PLACE } else { worth::PLACE_BEGINS.saturating_add(share) };
            let mut record = 0_u32;
            let mut postings = self.index.part(Section::PostingEnds, Section::Postings, at);
            while let Some(posting) = varint(&mut postings) {
                record = record.saturating_add(posting >> FIELDS);
                board.mark(record, level, if posting & OF_NAME == 0 { of_place } else { of_name });
            }
        }
    }

    /// Words of categories. Whether there are any.
    fn categories(&self, board: &mut Board, level: u32, word: &Wanted<'_>) -> bool {
        let mut worth_of = [0_u8; 1000];
        let range = self.range(Section::CategoryWordEnds, Section::CategoryWords, word.text.as_bytes(), true);
        let mut found = false;
        for at in range {
            let text = self.index.part(Section::CategoryWordEnds, Section::CategoryWords, at);
            let mut parts = text.split(|byte| *byte == BETWEEN as u8);
            let whole = parts.next() == Some(word.text.as_bytes());
            let code = parts.next().and_then(|code| core::str::from_utf8(code).ok()?.parse::<usize>().ok());
            if let Some(place) = code.and_then(|code| worth_of.get_mut(code))
                && (whole || word.may_begin)
            {
                let worth = if whole { worth::CATEGORY } else { worth::CATEGORY_BEGINS };
                *place = u8::try_from(worth).unwrap_or(u8::MAX).max(*place);
                found = true;
            }
        }
        if !found {
            return false;
        }
        let (codes, _) = self.index.section(Section::Category).as_chunks::<2>();
        let worth = |at: usize| {
            let code = codes.get(at).map_or(0, |code| u16::from_le_bytes(*code));
            worth_of.get(usize::from(code)).copied().unwrap_or_default()
        };
        if level == 0 {
            for at in 0..codes.len() {
                if worth(at) > 0 {
                    board.mark(length(at), level, u32::from(worth(at)));
                }
            }
        } else {
            for place in 0..board.reached.len() {
                let at = board.reached.get(place).copied().unwrap_or(u32::MAX);
                let worth = worth(usize::try_from(at).unwrap_or(usize::MAX));
                if worth > 0 {
                    board.mark(at, level, u32::from(worth));
                }
            }
        }
        true
    }

    /// FINESS, SIRET and SIREN numbers that begin with these characters, or hold them.
    fn numbers(&self, board: &mut Board, level: u32, word: &str, found_elsewhere: bool) {
        const LEAST_OF_SIRET: usize = 4;
        const LEAST_INSIDE: usize = 4;
        let mut found = found_elsewhere;
        if word.len() >= 2
            && let Some((first, last)) = Number::range(&word.to_ascii_uppercase())
        {
            let first = self.index.numbers_from(first);
            let worth = if word.len() == 9 { worth::NUMBER } else { worth::NUMBER_BEGINS };
            for at in first..self.index.len() {
                if self.index.record(at).and_then(|record| record.number()).is_none_or(|number| number > last)
                {
                    break;
                }
                found = true;
                board.mark(length(at), level, worth);
            }
        }
        if let Some((first, last)) = siret_range(word).filter(|_| word.len() >= LEAST_OF_SIRET) {
            let count = self.index.section(Section::BySiret).len() / 4;
            let at = |place: usize| self.index.place_in(Section::BySiret, place);
            let siret = |place: usize| at(place).and_then(|at| siret_at(self.index, at));
            let start = partition(count, |place| siret(place).is_some_and(|siret| siret < first));
            let worth = if word.len() >= 9 { worth::NUMBER } else { worth::SIRET_BEGINS };
            for place in start..count {
                if siret(place).is_none_or(|siret| siret > last) {
                    break;
                }
                found = true;
                if let Some(at) = at(place) {
                    board.mark(length(at), level, worth);
                }
            }
        }
        if !found && (LEAST_INSIDE..9).contains(&word.len()) {
            let upper = word.to_ascii_uppercase();
            for (at, record) in (0_u32..).zip(self.index.records()) {
                let number = record.number().map(Number::bytes).unwrap_or_default();
                if number.windows(upper.len()).any(|part| part == upper.as_bytes()) {
                    board.mark(at, level, worth::NUMBER_HOLDS);
                }
            }
        }
    }
}

/// A word of the query.
struct Wanted<'q> {
    text: &'q str,
    /// It may be unfinished.
    may_begin: bool,
    /// The words of names and places that it may be.
    tokens: core::ops::Range<usize>,
    /// Octets of their postings.
    postings: usize,
}

/// For each structure: how many words were found, what the last was worth, what all were worth.
struct Board {
    cells: Vec<u32>,
    /// Those that have the first word.
    reached: Vec<u32>,
}

impl Board {
    const LEVEL: u32 = 24;
    const LAST: u32 = 16;

    const fn level(cell: u32) -> u32 {
        cell >> Self::LEVEL
    }

    const fn score(cell: u32) -> u32 {
        cell & 0xffff
    }

    /// The word of this level was found there. Only where all words before it were; of several finds the best counts.
    fn mark(&mut self, at: u32, level: u32, worth: u32) {
        let Some(cell) = usize::try_from(at).ok().and_then(|at| self.cells.get_mut(at)) else { return };
        let score = Self::score(*cell);
        let score = match Self::level(*cell) {
            reached if reached == level => {
                if level == 0 {
                    self.reached.push(at);
                }
                score.saturating_add(worth)
            }
            reached if reached == level.saturating_add(1) => {
                let last = (*cell >> Self::LAST) & 0xff;
                if worth <= last {
                    return;
                }
                score.saturating_add(worth.saturating_sub(last))
            }
            _ => return,
        };
        *cell =
            (level.saturating_add(1) << Self::LEVEL) | (worth.min(0xff) << Self::LAST) | score.min(0xffff);
    }
}

/// The best of many, few enough to be looked at closely.
struct Best {
    rows: Vec<(u32, usize)>,
    most: usize,
}

impl Best {
    /// Of equals the lower number comes before.
    fn offer(&mut self, score: u32, at: usize) {
        let is_before = |(other, place): &(u32, usize)| (*other, at) > (score, *place);
        if self.rows.len() >= self.most {
            if self.rows.last().is_some_and(is_before) {
                return;
            }
            self.rows.pop();
        }
        let place = self.rows.partition_point(is_before);
        self.rows.insert(place, (score, at));
    }
}

/// Where in a name what was typed stands in one piece, and whether it is the whole name. The last word may be unfinished.
fn like(typed: &[&str], name: &[&str]) -> Option<(usize, bool)> {
    let (last, whole) = typed.split_last()?;
    let start = name.windows(typed.len()).position(|part| {
        part.split_last().is_some_and(|(end, begin)| begin == whole && end.starts_with(last))
    })?;
    Some((start, name.len() == typed.len() && name.last() == Some(last)))
}

/// Digits, or a Corsican number.
fn is_number(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_digit())
        && bytes.next().is_none_or(|second| second.is_ascii_digit() || matches!(second, b'a' | b'b'))
        && bytes.all(|byte| byte.is_ascii_digit())
}

/// The SIRET that begin with these digits: first and last.
fn siret_range(digits: &str) -> Option<(u64, u64)> {
    const LENGTH: usize = 14;
    let missing = u32::try_from(LENGTH.checked_sub(digits.len())?).ok()?;
    let span = 10_u64.checked_pow(missing)?;
    let first = digits.parse::<u64>().ok()?.checked_mul(span)?;
    Some((first, first.checked_add(span)?.checked_sub(1)?))
}

fn varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0_u32;
    let mut shift = 0;
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift = shift.saturating_add(7);
    }
}

fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn shortened(query: &str) -> &str {
    let end = (0..=query.len().min(MAX_QUERY)).rev().find(|end| query.is_char_boundary(*end));
    end.and_then(|end| query.get(..end)).unwrap_or_default()
}

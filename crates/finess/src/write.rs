//! From rows to an index.

use std::collections::HashMap;

use vocabulary::sorted_places;

use crate::{
    index::{self, IS_OPEN, IS_SITE, Index, NO_STATUS, NONE, SECTIONS, Section},
    kind::Kind,
    number::Number,
    rows::{BETWEEN, Packed, Rows},
    source::SourceError,
    words::{Abbreviations, Words, category},
};

/// What a word of a posting is a word of.
pub(crate) const OF_NAME: u32 = 1;
pub(crate) const OF_PLACE: u32 = 2;

/// Bits of a posting that tell that.
pub(crate) const FIELDS: u32 = 2;

impl Index {
    /// Makes an index of rows; `date` is the day the files say. Of several rows with one number the last that has a name
    /// counts. Legal entities that only sites name are known by their number.
    ///
    /// # Errors
    ///
    /// No row, or more than an index holds.
    pub fn build(rows: Rows, date: Option<&str>) -> Result<Self, SourceError> {
        let records = records(&rows);
        if records.is_empty() {
            return Err(SourceError::NoStructure);
        }
        let mut sections: [Vec<u8>; SECTIONS] = Default::default();
        let mut put = |section: Section, bytes: Vec<u8>| {
            if let Some(place) = sections.get_mut(section as usize) {
                *place = bytes;
            }
        };
        put(Section::Date, date.unwrap_or_default().as_bytes().to_vec());
        let column = |write: &dyn Fn(&Packed, &mut Vec<u8>)| {
            let mut out = Vec::new();
            records.iter().for_each(|record| write(record, &mut out));
            out
        };
        put(Section::Numbers, column(&|record, out| out.extend(record.number.packed().to_le_bytes())));
        put(Section::Flags, column(&|record, out| out.push(flags(record))));
        put(Section::Status, column(&|record, out| out.push(record.status.unwrap_or(NO_STATUS))));
        put(Section::Category, column(&|record, out| out.extend(record.category.to_le_bytes())));
        put(Section::Place, column(&|record, out| out.extend(record.place.to_le_bytes())));
        put(Section::Siret, column(&|record, out| out.extend(record.siret.to_le_bytes())));
        let (links, sites) = links(&records);
        put(Section::Link, words_of(&links));
        put(Section::Sites, words_of(&sites));
        put(Section::BySiret, words_of(&by_siret(&records)));
        let abbreviations = Abbreviations::new();
        let (labels, words) = categories(&records, &rows, &abbreviations);
        put(Section::Categories, labels.into_bytes());
        let (ends, words) = texts(words.iter().map(|word| [word.as_str(), ""]));
        put(Section::CategoryWordEnds, ends);
        put(Section::CategoryWords, words);
        let (ends, places) = texts(rows.places.iter().map(|place| [&**place, ""]));
        put(Section::PlaceEnds, ends);
        put(Section::Places, places);
        let (ends, names) = texts(records.iter().map(|record| {
            let [name, short, _] = rows.texts(record);
            [name, short]
        }));
        put(Section::NameEnds, ends);
        put(Section::Names, names);
        let mut lexicon = Lexicon::new(abbreviations);
        put(Section::Words, lexicon.read(&records, &rows));
        let places = lexicon.order();
        let (ends, tokens) =
            texts(places.iter().filter_map(|place| Some([&**lexicon.tokens.get(*place)?, ""])));
        put(Section::TokenEnds, ends);
        put(Section::Tokens, tokens);
        let (ends, postings) = lexicon.postings(&places);
        put(Section::PostingEnds, ends);
        put(Section::Postings, postings);
        drop((rows, records, lexicon));
        let bytes = index::assemble(&sections).ok_or(SourceError::TooLarge)?;
        drop(sections);
        Self::load(bytes).map_err(|_| SourceError::TooLarge)
    }
}

fn flags(record: &Packed) -> u8 {
    let site = if record.kind == Kind::Et { IS_SITE } else { 0 };
    site | if record.open { IS_OPEN } else { 0 }
}

/// One record for each number, ascending; legal entities that only their sites tell included.
fn records(rows: &Rows) -> Vec<Packed> {
    let all = &rows.rows;
    let key = |place: usize| all.get(place).map(|row| (row.number, row.kind));
    let order = sorted_places(all.len(), &|a, b| key(a).cmp(&key(b)));
    let mut records: Vec<Packed> = Vec::with_capacity(all.len());
    for row in order.iter().filter_map(|place| all.get(*place)) {
        match records.last_mut() {
            Some(last) if last.number == row.number => {
                // The same structure in two files; a number is not an entity's and a site's at once.
                if row.name > 0 || last.name == 0 {
                    *last = Packed { entity: row.entity.or(last.entity), ..*row };
                }
            }
            _ => records.push(*row),
        }
    }
    let is_entity = |number: &Number| {
        records
            .binary_search_by_key(number, |record| record.number)
            .ok()
            .and_then(|place| records.get(place))
            .is_some()
    };
    let mut missing: Vec<Number> =
        records.iter().filter_map(|record| record.entity).filter(|number| !is_entity(number)).collect();
    let order = sorted_places(missing.len(), &|a, b| missing.get(a).cmp(&missing.get(b)));
    missing = order.iter().filter_map(|place| missing.get(*place).copied()).collect();
    missing.dedup();
    if missing.is_empty() {
        return records;
    }
    let nowhere = NONE;
    records.extend(missing.into_iter().map(|number| Packed {
        number,
        kind: Kind::Ej,
        open: true,
        entity: None,
        place: nowhere,
        category: 0,
        status: None,
        siret: 0,
        start: 0,
        name: 0,
        short: 0,
        complement: 0,
    }));
    let key = |place: usize| records.get(place).map(|record| record.number);
    let order = sorted_places(records.len(), &|a, b| key(a).cmp(&key(b)));
    order.iter().filter_map(|place| records.get(*place).copied()).collect()
}

/// The column of links, and the sites of each entity.
fn links(records: &[Packed]) -> (Vec<u32>, Vec<u32>) {
    let place_of = |number: Number| {
        let place = records.binary_search_by_key(&number, |record| record.number).ok()?;
        records.get(place).filter(|record| record.kind == Kind::Ej).and_then(|_| u32::try_from(place).ok())
    };
    let mut links: Vec<u32> = records
        .iter()
        .map(|record| record.entity.filter(|_| record.kind == Kind::Et).and_then(place_of).unwrap_or(NONE))
        .collect();
    let linked: Vec<usize> =
        (0..links.len()).filter(|place| links.get(*place).is_some_and(|link| *link != NONE)).collect();
    let entity = |place: usize| linked.get(place).and_then(|site| links.get(*site));
    let order = sorted_places(linked.len(), &|a, b| entity(a).cmp(&entity(b)));
    let sites: Vec<usize> = order.iter().filter_map(|place| linked.get(*place).copied()).collect();
    for (start, site) in sites.iter().enumerate().rev() {
        let entity = links.get(*site).copied().unwrap_or(NONE);
        if let Some(link) = usize::try_from(entity).ok().and_then(|entity| links.get_mut(entity)) {
            *link = u32::try_from(start).unwrap_or(NONE);
        }
    }
    (links, sites.into_iter().map(|site| u32::try_from(site).unwrap_or(NONE)).collect())
}

fn by_siret(records: &[Packed]) -> Vec<u32> {
    let having: Vec<usize> = (0..records.len())
        .filter(|place| records.get(*place).is_some_and(|record| record.siret > 0))
        .collect();
    let siret = |place: usize| having.get(place).and_then(|at| records.get(*at)).map(|record| record.siret);
    let order = sorted_places(having.len(), &|a, b| siret(a).cmp(&siret(b)));
    order.iter().filter_map(|place| u32::try_from(*having.get(*place)?).ok()).collect()
}

/// A line for each category that occurs, and the words of all of them: each with the code behind a separator, ascending.
fn categories(records: &[Packed], rows: &Rows, abbreviations: &Abbreviations) -> (String, Vec<String>) {
    let mut occurs = [false; 1000];
    for record in records {
        if let Some(place) = occurs.get_mut(usize::from(record.category)) {
            *place = true;
        }
    }
    let mut labels = String::new();
    let mut all = Vec::new();
    let mut folded = Words::default();
    for code in (1..1000_u16).filter(|code| occurs.get(usize::from(*code)).copied().unwrap_or_default()) {
        let (our_label, words) = category(code);
        let told = rows.labels.get(usize::from(code)).map_or("", String::as_str);
        let mut add = |word: &str| all.push(format!("{word}{BETWEEN}{code}"));
        words.split(' ').filter(|word| !word.is_empty()).for_each(&mut add);
        for label in [told, our_label] {
            folded.fold(label);
            let telling: Vec<&str> = folded.telling().collect();
            telling.iter().for_each(|word| add(word));
            abbreviations.expand(&telling, &mut |word| add(word));
        }
        let label = if told.is_empty() { our_label } else { told };
        labels.push_str(&format!("{code}{BETWEEN}{label}\n"));
    }
    let order = sorted_places(all.len(), &|a, b| all.get(a).cmp(&all.get(b)));
    let mut all: Vec<String> = order.iter().filter_map(|place| all.get(*place).cloned()).collect();
    all.dedup();
    (labels, all)
}

/// Every word, and who has it.
struct Lexicon {
    abbreviations: Abbreviations,
    tokens: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    /// Token and posting of each word of each record, in the order of the records.
    token_of: Vec<u32>,
    posting_of: Vec<u32>,
}

impl Lexicon {
    fn new(abbreviations: Abbreviations) -> Self {
        Self {
            abbreviations,
            tokens: Vec::new(),
            numbers: HashMap::new(),
            token_of: Vec::new(),
            posting_of: Vec::new(),
        }
    }

    /// Reads all names and places; gives the number of words of each name.
    fn read(&mut self, records: &[Packed], rows: &Rows) -> Vec<u8> {
        let mut folded = Words::default();
        let mut of_places: Vec<u32> = Vec::new();
        let mut place_ends: Vec<usize> = Vec::with_capacity(rows.places.len());
        for place in &rows.places {
            let mut parts = place.split(BETWEEN);
            let (postcode, city) = (parts.next().unwrap_or_default(), parts.nth(1).unwrap_or_default());
            if !postcode.is_empty() {
                of_places.push(self.number(postcode));
            }
            folded.fold(city);
            self.all_of(&folded, &mut of_places);
            place_ends.push(of_places.len());
        }
        let mut of_record: Vec<u32> = Vec::new();
        let mut counts = Vec::with_capacity(records.len());
        for (at, record) in (0_u32..).zip(records) {
            of_record.clear();
            let mut count = 0;
            for (place, text) in rows.texts(record).into_iter().enumerate() {
                if text.is_empty() {
                    continue;
                }
                folded.fold(text);
                if place == 0 {
                    count = u8::try_from(folded.telling().count()).unwrap_or(u8::MAX);
                }
                self.all_of(&folded, &mut of_record);
            }
            counts.push(count);
            let place = usize::try_from(record.place).unwrap_or(usize::MAX);
            let start = place.checked_sub(1).and_then(|before| place_ends.get(before).copied()).unwrap_or(0);
            let of_place =
                place_ends.get(place).and_then(|end| of_places.get(start..*end)).unwrap_or_default();
            for (place, token) in of_record.iter().enumerate() {
                // A name has few words: looking through them costs less than sorting them.
                if of_record.get(..place).is_some_and(|earlier| earlier.contains(token)) {
                    continue;
                }
                let field = if of_place.contains(token) { OF_NAME | OF_PLACE } else { OF_NAME };
                self.post(*token, at, field);
            }
            for (place, token) in of_place.iter().enumerate() {
                let earlier = of_place.get(..place).unwrap_or_default();
                if !of_record.contains(token) && !earlier.contains(token) {
                    self.post(*token, at, OF_PLACE);
                }
            }
        }
        counts
    }

    /// The words of a text that tell something, and what stands for them.
    fn all_of(&mut self, folded: &Words, out: &mut Vec<u32>) {
        let mut telling: Vec<&str> = folded.telling().collect();
        let mut others: Vec<&'static str> = Vec::new();
        self.abbreviations.expand(&telling, &mut |word| others.push(word));
        telling.extend(others);
        for word in telling {
            out.push(self.number(word));
        }
    }

    fn number(&mut self, token: &str) -> u32 {
        if let Some(number) = self.numbers.get(token) {
            return *number;
        }
        let number = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        let owned: Box<str> = token.into();
        self.tokens.push(owned.clone());
        self.numbers.insert(owned, number);
        number
    }

    fn post(&mut self, token: u32, record: u32, fields: u32) {
        self.token_of.push(token);
        self.posting_of.push((record << FIELDS) | fields);
    }

    /// The places of the tokens, ascending by token.
    fn order(&self) -> Vec<usize> {
        sorted_places(self.tokens.len(), &|a, b| self.tokens.get(a).cmp(&self.tokens.get(b)))
    }

    /// Who has each token, in this order.
    fn postings(&self, order: &[usize]) -> (Vec<u8>, Vec<u8>) {
        // One list for each token, all in one: how many, then where each begins.
        let mut starts = vec![0_usize; self.tokens.len().saturating_add(1)];
        let slot = |token: u32| usize::try_from(token).unwrap_or(usize::MAX).saturating_add(1);
        for token in &self.token_of {
            if let Some(count) = starts.get_mut(slot(*token)) {
                *count = count.saturating_add(1);
            }
        }
        let mut sum = 0_usize;
        for start in &mut starts {
            sum = sum.saturating_add(*start);
            *start = sum;
        }
        let mut next = starts.clone();
        let mut sorted = vec![0_u32; self.posting_of.len()];
        for (token, posting) in self.token_of.iter().zip(&self.posting_of) {
            let Some(place) = next.get_mut(slot(*token).saturating_sub(1)) else { continue };
            if let Some(free) = sorted.get_mut(*place) {
                *free = *posting;
            }
            *place = place.saturating_add(1);
        }
        let mut ends = Vec::with_capacity(order.len().saturating_mul(4));
        let mut out = Vec::with_capacity(sorted.len().saturating_mul(2));
        for token in order {
            let start = starts.get(*token).copied().unwrap_or_default();
            let end = starts.get(token.saturating_add(1)).copied().unwrap_or_default();
            let mut last = 0;
            for posting in sorted.get(start..end).unwrap_or_default() {
                let (record, fields) = (posting >> FIELDS, posting & ((1 << FIELDS) - 1));
                push_varint(&mut out, (record.saturating_sub(last) << FIELDS) | fields);
                last = record;
            }
            push_u32(&mut ends, out.len());
        }
        (ends, out)
    }
}

/// Texts one behind the other, each of two parts with a separator where there is a second; and where each ends.
fn texts<'a>(all: impl Iterator<Item = [&'a str; 2]>) -> (Vec<u8>, Vec<u8>) {
    let (mut ends, mut out) = (Vec::new(), Vec::new());
    for [first, second] in all {
        out.extend_from_slice(first.as_bytes());
        if !second.is_empty() {
            out.push(BETWEEN as u8);
            out.extend_from_slice(second.as_bytes());
        }
        push_u32(&mut ends, out.len());
    }
    (ends, out)
}

fn words_of(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn push_u32(out: &mut Vec<u8>, value: usize) {
    out.extend_from_slice(&u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes());
}

/// Seven bits an octet, the lowest first; the highest bit says that more follow.
fn push_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        let [low, ..] = value.to_le_bytes();
        out.push(low | 0x80);
        value >>= 7;
    }
    let [low, ..] = value.to_le_bytes();
    out.push(low);
}

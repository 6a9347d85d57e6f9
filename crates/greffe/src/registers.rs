//! The registers that are open and those that are being read, by number.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use browser::values;
use estampille::contract::{Finding, RegisterOpened};
use estampille::register::{Builder, Register};
use messages::Locale;
use vocabulary::topics::register::GONE;
use vocabulary::{Error, Timestamp};
use wasm_bindgen::JsValue;

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
    static READING: RefCell<BTreeMap<u32, Builder>> = const { RefCell::new(BTreeMap::new()) };
    static OPEN: RefCell<BTreeMap<u32, Register>> = const { RefCell::new(BTreeMap::new()) };
}

/// Begins to read; the number is that of the register too, once it is one.
pub(crate) fn begin() -> u32 {
    let number = next();
    READING.with_borrow_mut(|reading| reading.insert(number, Builder::new()));
    number
}

/// Reads the next octets of the present file. What cannot be read ends the reading.
pub(crate) fn feed(number: u32, bytes: &[u8]) -> Result<f64, Error> {
    reading(number, |builder| {
        builder.feed(bytes)?;
        // A double counts octets well beyond any file.
        #[allow(clippy::as_conversions, clippy::cast_precision_loss)]
        Ok(builder.octets() as f64)
    })
}

/// The present file ended.
pub(crate) fn end_source(number: u32) -> Result<(), Error> {
    reading(number, Builder::end_source)
}

/// Makes the register of what was read.
pub(crate) fn end(number: u32, locale: Locale, now: Timestamp) -> Result<JsValue, Error> {
    let builder = READING.with_borrow_mut(|reading| reading.remove(&number)).ok_or_else(gone)?;
    let (register, said) = builder.finish(locale)?;
    Ok(opened(number, register, said, locale, now))
}

/// Takes an index that was saved.
pub(crate) fn load(index: Vec<u8>, locale: Locale, now: Timestamp) -> Result<JsValue, Error> {
    let register = Register::load(index)?;
    Ok(opened(next(), register, Vec::new(), locale, now))
}

/// Uses a register.
pub(crate) fn with(
    number: u32,
    use_it: impl FnOnce(&Register) -> Result<JsValue, Error>,
) -> Result<JsValue, Error> {
    OPEN.with_borrow(|open| use_it(open.get(&number).ok_or_else(gone)?))
}

/// Lets go of a register, or of what was read so far.
pub(crate) fn free(number: u32) {
    READING.with_borrow_mut(|reading| reading.remove(&number));
    OPEN.with_borrow_mut(|open| open.remove(&number));
}

fn reading<T>(number: u32, read: impl FnOnce(&mut Builder) -> Result<T, Error>) -> Result<T, Error> {
    READING.with_borrow_mut(|reading| {
        let answer = read(reading.get_mut(&number).ok_or_else(gone)?);
        if answer.is_err() {
            reading.remove(&number);
        }
        answer
    })
}

/// `said` is what is known of the files, the rest is asked of the register.
fn opened(number: u32, register: Register, said: Vec<Finding>, locale: Locale, now: Timestamp) -> JsValue {
    let mut findings = register.state(locale, now);
    // The files' own remarks repeat what the register says of itself.
    findings.extend(said.into_iter().filter(|one| !findings.contains(one)).collect::<Vec<_>>());
    let answer = RegisterOpened {
        register: number,
        size: register.size(),
        date: register.date().map(str::to_owned),
        findings,
    };
    OPEN.with_borrow_mut(|open| open.insert(number, register));
    values::write(&answer)
}

fn next() -> u32 {
    LAST.set(LAST.get().wrapping_add(1));
    LAST.get()
}

fn gone() -> Error {
    Error::new(GONE)
}

//! The moment.

use vocabulary::Timestamp;

/// The moment of the call, by the machine's clock.
pub fn now() -> Timestamp {
    // A Date holds at most 8.64e15 milliseconds: the seconds fit by far.
    #[allow(clippy::as_conversions)]
    Timestamp((js_sys::Date::now() / 1000.0).floor() as i64)
}

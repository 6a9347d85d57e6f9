//! Moments and dates, without a clock: every crate receives the time as an argument.

use core::fmt;

/// A moment in UTC, in seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    const DAY: i64 = 86_400;

    /// Reads `2026-11-20`, `2026-11-20T09:30:00Z`, with fractions of a second and a numeric offset allowed
    /// (ISO 8601 profile of RFC 3339). `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, rest) = text.split_at_checked(10)?;
        let date = Date::parse(day)?;
        if rest.is_empty() {
            return Some(date.midnight());
        }
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
            Some(at) => rest.split_at_checked(at)?,
            None => (rest, "Z"),
        };
        let mut parts = clock.splitn(3, ':');
        let hours = two_digits(parts.next()?, 23)?;
        let minutes = two_digits(parts.next()?, 59)?;
        let seconds = match parts.next() {
            Some(seconds) => {
                let whole = seconds.split_once('.').map_or(Some(seconds), |(whole, fraction)| {
                    (!fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit())).then_some(whole)
                })?;
                two_digits(whole, 60)?
            }
            None => 0,
        };
        let shift = match offset {
            "Z" | "z" => 0,
            _ => {
                let sign = if offset.starts_with('-') { -1 } else { 1 };
                let (h, m) = offset.get(1..)?.split_once(':')?;
                sign * (two_digits(h, 23)? * 3600 + two_digits(m, 59)? * 60)
            }
        };
        Some(Self(date.midnight().0 + hours * 3600 + minutes * 60 + seconds - shift))
    }

    /// The day it falls on, in UTC.
    pub fn date(self) -> Date {
        Date::from_days(self.0.div_euclid(Self::DAY))
    }

    /// Whole days from `self` to `later`, rounded down; negative when `later` is earlier.
    pub fn days_until(self, later: Self) -> i64 {
        later.0.saturating_sub(self.0).div_euclid(Self::DAY)
    }

    /// The moment this many days later.
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(Self::DAY)))
    }

    /// The same moment of the day, this many months later (the last day of the month when it has no such day).
    pub fn plus_months(self, months: i32) -> Self {
        let clock = self.0.rem_euclid(Self::DAY);
        Self(self.date().plus_months(months).midnight().0.saturating_add(clock))
    }
}

/// Written as `2026-11-20T09:30:00Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = self.0.rem_euclid(Self::DAY);
        write!(f, "{}T{:02}:{:02}:{:02}Z", self.date(), clock / 3600, clock / 60 % 60, clock % 60)
    }
}

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// The day with this year, month (1 to 12) and day of the month, when it exists.
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if month < 1 || month > 12 || day < 1 || day > days_in(year, month) || year < -9999 || year > 9999 {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Reads `2026-11-20`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let number = |range: core::ops::Range<usize>| {
            let part = text.get(range)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u16>().ok())?
        };
        let month = u8::try_from(number(5..7)?).ok()?;
        let day = u8::try_from(number(8..10)?).ok()?;
        Self::new(i32::from(number(0..4)?), month, day)
    }

    /// Year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Its first moment, in UTC.
    pub fn midnight(self) -> Timestamp {
        Timestamp(self.days() * Timestamp::DAY)
    }

    /// The same day of the month this many months later, or the last day of that month.
    pub fn plus_months(self, months: i32) -> Self {
        let count =
            self.year.saturating_mul(12).saturating_add(i32::from(self.month) - 1).saturating_add(months);
        let year = count.div_euclid(12).clamp(-9999, 9999);
        let month = u8::try_from(count.rem_euclid(12) + 1).unwrap_or(1);
        Self { year, month, day: self.day.min(days_in(year, month)) }
    }

    /// Days since 1970-01-01 (civil-from-days arithmetic over 400-year eras).
    fn days(self) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    fn from_days(days: i64) -> Self {
        // Certificates and requests live between these years; a moment beyond them is shown as the bound.
        let days = days.clamp(-4_371_587, 2_932_896) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = u8::try_from(day_of_year - (153 * shifted + 2) / 5 + 1).unwrap_or(1);
        let month = u8::try_from((shifted + 2) % 12 + 1).unwrap_or(1);
        let year = i32::try_from(year_of_era + era * 400 + i64::from(month <= 2)).unwrap_or(9999);
        Self { year, month, day }
    }
}

/// Written as `2026-11-20`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn two_digits(text: &str, at_most: i64) -> Option<i64> {
    let value =
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())??;
    (value <= at_most).then_some(value)
}

const fn days_in(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_and_written() {
        for (text, seconds) in [
            ("1970-01-01", 0),
            ("2026-11-20", 1_795_132_800),
            ("2000-02-29T12:00:00Z", 951_825_600),
            ("2026-11-20T01:00:00+01:00", 1_795_132_800),
            ("2026-11-20T00:00:00.250Z", 1_795_132_800),
        ] {
            assert_eq!(Timestamp::parse(text), Some(Timestamp(seconds)), "{text}");
        }
        assert_eq!(Timestamp(951_825_600).to_string(), "2000-02-29T12:00:00Z");
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-11-20T",
            "2026-11-20T25:00:00Z",
            "é026-11-20",
            "2026-11-20T00:00:00+1",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_of_eight_centuries_comes_back() {
        let mut expected = Date::new(1600, 1, 1).unwrap();
        for days in expected.days()..Date::new(2400, 1, 1).unwrap().days() {
            let date = Date::from_days(days);
            assert_eq!(date, expected);
            assert_eq!(date.days(), days);
            expected = Date::new(date.year, date.month, date.day + 1)
                .or_else(|| Date::new(date.year, date.month + 1, 1))
                .or_else(|| Date::new(date.year + 1, 1, 1))
                .unwrap();
        }
    }

    #[test]
    fn months_end_where_they_end() {
        let end_of_january = Date::parse("2027-01-31").unwrap();
        assert_eq!(end_of_january.plus_months(1).to_string(), "2027-02-28");
        assert_eq!(end_of_january.plus_months(-1).to_string(), "2026-12-31");
        assert_eq!(
            Timestamp::parse("2023-09-18T10:20:30Z").unwrap().plus_months(36).to_string(),
            "2026-09-18T10:20:30Z"
        );
    }
}

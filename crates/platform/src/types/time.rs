//! Times: UTC with microseconds inside, the contract's text forms outside.
//!
//! The database form has a fixed width, so that text order is time order on SQLite; the wire form drops a
//! zero fraction, as the contract's clients expect.

use std::fmt;

use arrayvec::ArrayString;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, Timelike, Utc};
use serde::{Serialize, Serializer};

/// A moment, UTC, whole microseconds.
pub type Moment = DateTime<Utc>;

/// Cuts what the databases do not keep: everything below a microsecond.
#[must_use]
pub fn truncate(moment: Moment) -> Moment {
    moment.trunc_subsecs(6)
}

/// Midnight UTC of a day: how the contract stores a date in a date-time column.
#[must_use]
pub fn midnight(day: NaiveDate) -> Moment {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The longest text form, `2025-09-07T14:34:31.685685Z`, with room to spare; kept off the heap, since a page of
/// a list has dozens.
type Short = ArrayString<32>;

/// `2025-09-07 14:34:31.685685`, the stored form.
#[must_use]
pub fn stored_moment(moment: Moment) -> String {
    let mut text = Short::new();
    push_date(&mut text, moment.date_naive());
    text.push(' ');
    push_time(&mut text, moment.time(), true);
    text.to_string()
}

/// `14:34:31.685685`, the stored form.
#[must_use]
pub fn stored_time(time: NaiveTime) -> String {
    let mut text = Short::new();
    push_time(&mut text, time, true);
    text.to_string()
}

/// `2025-09-07`, stored and on the wire.
#[must_use]
pub fn stored_date(day: NaiveDate) -> String {
    let mut text = Short::new();
    push_date(&mut text, day);
    text.to_string()
}

fn push_two(text: &mut Short, value: u32) {
    text.push(char::from(b'0' + u8::try_from(value / 10 % 10).unwrap_or(0)));
    text.push(char::from(b'0' + u8::try_from(value % 10).unwrap_or(0)));
}

fn push_date(text: &mut Short, day: NaiveDate) {
    let year = u32::try_from(day.year()).unwrap_or(0);
    push_two(text, year / 100);
    push_two(text, year % 100);
    text.push('-');
    push_two(text, day.month());
    text.push('-');
    push_two(text, day.day());
}

fn push_time(text: &mut Short, time: NaiveTime, always_fraction: bool) {
    push_two(text, time.hour());
    text.push(':');
    push_two(text, time.minute());
    text.push(':');
    push_two(text, time.second());
    let micros = time.nanosecond() / 1_000 % 1_000_000;
    if always_fraction || micros != 0 {
        text.push('.');
        push_two(text, micros / 10_000);
        push_two(text, micros / 100 % 100);
        push_two(text, micros % 100);
    }
}

/// Reads a stored date: exactly `YYYY-MM-DD`.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = text.as_bytes() else { return None };
    let year = two(y0, y1)? * 100 + two(y2, y3)?;
    let year = i32::try_from(year).ok().filter(|year| *year >= 1)?;
    NaiveDate::from_ymd_opt(year, two(m0, m1)?, two(d0, d1)?)
}

/// Reads a time of day: `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f…` (up to six places).
#[must_use]
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let (&[h0, h1, b':', m0, m1], rest) = text.as_bytes().split_first_chunk()? else { return None };
    let (second, micros) = match rest {
        [] => (0, 0),
        [b':', s0, s1] => (two(*s0, *s1)?, 0),
        [b':', s0, s1, b'.', fraction @ ..] => (two(*s0, *s1)?, micros(fraction)?),
        _ => return None,
    };
    NaiveTime::from_hms_micro_opt(two(h0, h1)?, two(m0, m1)?, second, micros)
}

/// One to six digits after the point, as microseconds.
fn micros(fraction: &[u8]) -> Option<u32> {
    let scale = 10_u32.pow(6_u32.checked_sub(u32::try_from(fraction.len()).ok()?)?);
    let digits = fraction.iter().try_fold(0, |sum, byte| Some(sum * 10 + digit(*byte)?))?;
    (!fraction.is_empty()).then_some(digits * scale)
}

/// Reads a stored moment: `YYYY-MM-DD HH:MM:SS[.ffffff]`, UTC.
#[must_use]
pub fn parse_stored_moment(text: &str) -> Option<Moment> {
    let day = parse_date(text.get(0..10)?)?;
    let time = parse_time(text.get(11..)?)?;
    Some(NaiveDateTime::new(day, time).and_utc())
}

/// Reads the contract's date-time input: ISO-8601 with `T` or a blank; an offset is honoured, none means
/// UTC, and a bare date means its midnight.
#[must_use]
pub fn parse_input_moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() == 10 {
        return parse_date(text).map(midnight);
    }
    if let Ok(moment) = DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1)) {
        let moment = truncate(moment.to_utc());
        return (1..=9999).contains(&moment.year()).then_some(moment);
    }
    let separator = text.get(10..11)?;
    if separator != "T" && separator != " " {
        return None;
    }
    let time = parse_time(text.get(11..)?)?;
    Some(NaiveDateTime::new(parse_date(text.get(0..10)?)?, time).and_utc())
}

fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// A moment on the wire: `2025-09-07T14:34:31.685685Z`, without a zero fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireMoment(pub Moment);

impl WireMoment {
    fn text(self) -> Short {
        let mut text = Short::new();
        push_date(&mut text, self.0.date_naive());
        text.push('T');
        push_time(&mut text, self.0.time(), false);
        text.push('Z');
        text
    }
}

impl fmt::Display for WireMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Serialize for WireMoment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl From<Moment> for WireMoment {
    fn from(moment: Moment) -> Self {
        Self(moment)
    }
}

/// A time of day on the wire: `HH:MM:SS[.ffffff]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireTime(pub NaiveTime);

impl Serialize for WireTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Short::new();
        push_time(&mut text, self.0, false);
        serializer.serialize_str(&text)
    }
}

/// A civil day on the wire: `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireDate(pub NaiveDate);

impl Serialize for WireDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Short::new();
        push_date(&mut text, self.0);
        serializer.serialize_str(&text)
    }
}

/// Completed years from `birth` to `today`.
#[must_use]
pub fn age(birth: NaiveDate, today: NaiveDate) -> i32 {
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    today.year() - birth.year() - i32::from(!had_birthday)
}

/// Writes minutes as `HH:MM`, for messages.
#[must_use]
pub fn clock_text(time: NaiveTime) -> String {
    let mut text = Short::new();
    push_two(&mut text, time.hour());
    text.push(':');
    push_two(&mut text, time.minute());
    text.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn input_forms_of_the_contract() {
        let noon = "2030-12-10T12:00:00Z";
        for text in [
            "2030-12-10T12:00:00Z",
            "2030-12-10T07:00:00-05:00",
            "2030-12-10 12:00",
            "2030-12-10T12:00:00.000",
        ] {
            assert_eq!(WireMoment(parse_input_moment(text).unwrap()).to_string(), noon, "{text}");
        }
        assert_eq!(parse_input_moment("2030-12-10"), parse_input_moment("2030-12-10T00:00:00Z"));
        for text in [
            "",
            "2030-02-30",
            "10/12/2030",
            "2030-12-10T25:00:00Z",
            "2030-12-10X12:00",
            "0000-01-01",
            "áéíóúáéíóúáé",
        ] {
            assert_eq!(parse_input_moment(text), None, "{text}");
        }
    }

    #[test]
    fn times_need_two_digits_each() {
        assert!(parse_time("9:30").is_none());
        assert!(parse_time("09:30:00.1234567").is_none());
        assert_eq!(parse_time("09:30:00.5"), NaiveTime::from_hms_micro_opt(9, 30, 0, 500_000));
    }

    #[test]
    fn age_counts_completed_years() {
        let day = |text| parse_date(text).unwrap();
        assert_eq!(age(day("2000-02-29"), day("2018-02-28")), 17);
        assert_eq!(age(day("2000-02-29"), day("2018-03-01")), 18);
    }

    proptest! {
        #[test]
        fn stored_moments_come_back_equal(micros in -62_135_596_800_000_000_i64..253_402_300_799_000_000) {
            let moment = DateTime::from_timestamp_micros(micros).unwrap();
            prop_assert_eq!(parse_stored_moment(&stored_moment(moment)), Some(moment));
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in ".{0,30}") {
            let _read = (parse_input_moment(&text), parse_time(&text), parse_date(&text), parse_stored_moment(&text));
        }
    }
}

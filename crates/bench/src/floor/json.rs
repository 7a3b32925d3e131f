//! Rows straight from the driver into JSON, after a description of what stands where.

use crate::{Outcome, during};

/// A value of a row as its driver has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// NULL.
    Null,
    /// A whole number; on SQLite also an amount in hundredths.
    Int(i64),
    /// Text; on SQLite also moments, days and hours.
    Text(&'a [u8]),
    /// A moment or a day: year, month, day, hour, minute, second, microseconds.
    Moment(u16, u8, u8, u8, u8, u8, u32),
    /// An hour: hour, minute, second, microseconds.
    Time(u8, u8, u8, u32),
}

/// What becomes of a row's columns, by position.
#[derive(Clone, Copy, Debug)]
pub enum Field {
    /// A whole number.
    Int(usize),
    /// True or false.
    Bool(usize),
    /// A text.
    Text(usize),
    /// A moment.
    Moment(usize),
    /// A day.
    Date(usize),
    /// An hour.
    Time(usize),
    /// An amount with two places.
    Money(usize),
    /// Texts joined by blanks.
    Name([usize; 3]),
    /// The same; null if the first column is.
    NameIf(usize, [usize; 3]),
    /// Completed years since a moment's day.
    Age(usize),
    /// Whether a moment's day has passed.
    Past(usize),
    /// Whether a moment's day is today or later.
    NotPast(usize),
    /// An object; null if its first column is.
    Object(usize, &'static [(&'static str, Field)]),
}

/// Writes one object. Keys stand in `fields` with their quotes and colon.
pub fn object<'a>(
    out: &mut Vec<u8>,
    fields: &[(&'static str, Field)],
    today: &[u8; 10],
    cell: &impl Fn(usize) -> Outcome<Cell<'a>>,
) -> Outcome<()> {
    out.push(b'{');
    for (position, (key, field)) in fields.iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        out.extend_from_slice(key.as_bytes());
        write(out, *field, today, cell)?;
    }
    out.push(b'}');
    Ok(())
}

/// A moment's day as `YYYY-MM-DD`.
fn day_of(cell: Cell<'_>) -> Option<[u8; 10]> {
    match cell {
        Cell::Text(text) => text.get(..10)?.try_into().ok(),
        Cell::Moment(year, month, day, ..) => {
            format!("{year:04}-{month:02}-{day:02}").as_bytes().try_into().ok()
        }
        _ => None,
    }
}

/// Completed years between two days in text form.
fn years(birth: &[u8; 10], today: &[u8; 10]) -> i64 {
    let year = |day: &[u8; 10]| {
        day.iter().take(4).fold(0, |sum, digit| sum * 10 + i64::from(digit.saturating_sub(b'0')))
    };
    let had_birthday = today.get(5..) >= birth.get(5..);
    year(today) - year(birth) - i64::from(!had_birthday)
}

fn write<'a>(
    out: &mut Vec<u8>,
    field: Field,
    today: &[u8; 10],
    cell: &impl Fn(usize) -> Outcome<Cell<'a>>,
) -> Outcome<()> {
    match field {
        Field::Int(at) => match cell(at)? {
            Cell::Int(value) => whole(out, value),
            _ => null(out),
        },
        Field::Age(at) => match day_of(cell(at)?) {
            Some(birth) => whole(out, years(&birth, today)),
            None => null(out),
        },
        Field::Bool(at) => {
            let is_true = matches!(cell(at)?, Cell::Int(value) if value != 0);
            out.extend_from_slice(if is_true { b"true" } else { b"false" });
        }
        Field::Text(at) => match cell(at)? {
            Cell::Text(text) => quoted(out, text)?,
            _ => null(out),
        },
        Field::Moment(at) => match cell(at)? {
            Cell::Text(text) => stored_moment(out, text),
            Cell::Moment(year, month, day, hour, minute, second, micros) => {
                out.push(b'"');
                date(out, year, month, day);
                out.push(b'T');
                time(out, hour, minute, second, micros);
                out.extend_from_slice(b"Z\"");
            }
            _ => null(out),
        },
        Field::Date(at) => match cell(at)? {
            Cell::Text(text) => quoted(out, text)?,
            Cell::Moment(year, month, day, ..) => {
                out.push(b'"');
                date(out, year, month, day);
                out.push(b'"');
            }
            _ => null(out),
        },
        Field::Time(at) => match cell(at)? {
            Cell::Text(text) => quoted(out, text.strip_suffix(b".000000").unwrap_or(text))?,
            Cell::Time(hour, minute, second, micros) => {
                out.push(b'"');
                time(out, hour, minute, second, micros);
                out.push(b'"');
            }
            _ => null(out),
        },
        Field::Money(at) => match cell(at)? {
            Cell::Int(cents) => {
                out.push(b'"');
                whole(out, cents / 100);
                out.push(b'.');
                two(out, u8::try_from(cents % 100).unwrap_or(0));
                out.push(b'"');
            }
            Cell::Text(text) => quoted(out, text)?,
            _ => null(out),
        },
        Field::Name(parts) => name(out, parts, cell)?,
        Field::NameIf(at, parts) => match cell(at)? {
            Cell::Null => null(out),
            _ => name(out, parts, cell)?,
        },
        Field::Past(at) => day_is(out, cell(at)?, |day| day < today),
        Field::NotPast(at) => day_is(out, cell(at)?, |day| day >= today),
        Field::Object(at, fields) => match cell(at)? {
            Cell::Null => null(out),
            _ => object(out, fields, today, cell)?,
        },
    }
    Ok(())
}

fn null(out: &mut Vec<u8>) {
    out.extend_from_slice(b"null");
}

/// A whole number.
pub fn whole(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0_u8; 20];
    let mut rest = value.unsigned_abs();
    let mut length = 0;
    for place in digits.iter_mut().rev() {
        *place = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        length += 1;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(digits.split_at(digits.len() - length).1);
}

fn two(out: &mut Vec<u8>, value: u8) {
    out.extend_from_slice(&[b'0' + value / 10 % 10, b'0' + value % 10]);
}

fn date(out: &mut Vec<u8>, year: u16, month: u8, day: u8) {
    two(out, u8::try_from(year / 100).unwrap_or(0));
    two(out, u8::try_from(year % 100).unwrap_or(0));
    out.push(b'-');
    two(out, month);
    out.push(b'-');
    two(out, day);
}

fn time(out: &mut Vec<u8>, hour: u8, minute: u8, second: u8, micros: u32) {
    two(out, hour);
    out.push(b':');
    two(out, minute);
    out.push(b':');
    two(out, second);
    if micros != 0 {
        out.push(b'.');
        for part in [micros / 10_000, micros / 100 % 100, micros % 100] {
            two(out, u8::try_from(part).unwrap_or(0));
        }
    }
}

/// `2025-09-07 14:34:31.685685` as it goes onto the wire.
fn stored_moment(out: &mut Vec<u8>, text: &[u8]) {
    let text = text.strip_suffix(b".000000").unwrap_or(text);
    let (day, time) = text.split_at(text.len().min(10));
    out.push(b'"');
    out.extend_from_slice(day);
    out.push(b'T');
    out.extend_from_slice(time.strip_prefix(b" ").unwrap_or(time));
    out.extend_from_slice(b"Z\"");
}

fn quoted(out: &mut Vec<u8>, text: &[u8]) -> Outcome<()> {
    if text.iter().all(|byte| *byte >= 0x20 && *byte != b'"' && *byte != b'\\') {
        out.push(b'"');
        out.extend_from_slice(text);
        out.push(b'"');
        return Ok(());
    }
    let text = std::str::from_utf8(text).map_err(during("text"))?;
    serde_json::to_writer(out, text).map_err(during("text"))
}

fn name<'a>(
    out: &mut Vec<u8>,
    parts: [usize; 3],
    cell: &impl Fn(usize) -> Outcome<Cell<'a>>,
) -> Outcome<()> {
    let mut joined = Vec::with_capacity(64);
    for part in parts {
        if let Cell::Text(text) = cell(part)?
            && !text.is_empty()
        {
            if !joined.is_empty() {
                joined.push(b' ');
            }
            joined.extend_from_slice(text);
        }
    }
    quoted(out, &joined)
}

fn day_is(out: &mut Vec<u8>, cell: Cell<'_>, is: impl Fn(&[u8; 10]) -> bool) {
    let day: Option<[u8; 10]> = match cell {
        Cell::Text(text) => text.first_chunk().copied(),
        Cell::Moment(year, month, day, ..) => {
            let mut text = Vec::with_capacity(10);
            date(&mut text, year, month, day);
            text.first_chunk().copied()
        }
        _ => None,
    };
    out.extend_from_slice(if day.is_some_and(|day| is(&day)) { b"true" } else { b"false" });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(field: Field, cells: &[Cell<'_>]) -> String {
        let mut out = Vec::new();
        write(&mut out, field, b"2025-06-15", &|at| Ok(cells[at])).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn both_engines_forms_of_a_value_become_the_same() {
        let moment = |micros| Cell::Moment(2025, 9, 7, 14, 34, 31, micros);
        let pairs = [
            (Field::Moment(0), Cell::Text(b"2025-09-07 14:34:31.685685"), moment(685_685)),
            (Field::Moment(0), Cell::Text(b"2025-09-07 14:34:31.000000"), moment(0)),
            (Field::Date(0), Cell::Text(b"2025-09-07"), moment(0)),
            (Field::Time(0), Cell::Text(b"08:30:00.000000"), Cell::Time(8, 30, 0, 0)),
            (Field::Money(0), Cell::Int(5_005), Cell::Text(b"50.05")),
            (Field::Past(0), Cell::Text(b"2025-09-07 00:00:00.000000"), moment(0)),
        ];
        for (field, sqlite, mysql) in pairs {
            assert_eq!(written(field, &[sqlite]), written(field, &[mysql]), "{field:?}");
        }
        assert_eq!(written(Field::Moment(0), &[moment(5)]), "\"2025-09-07T14:34:31.000005Z\"");
    }

    #[test]
    fn names_are_joined_and_texts_escaped() {
        let cells = [Cell::Text(b"A"), Cell::Null, Cell::Text(b"\"B\"")];
        assert_eq!(written(Field::Name([0, 1, 2]), &cells), r#""A \"B\"""#);
        assert_eq!(written(Field::NameIf(1, [0, 1, 2]), &cells), "null");
        assert_eq!(written(Field::Int(0), &[Cell::Int(-120)]), "-120");
        assert_eq!(written(Field::Int(0), &[Cell::Int(0)]), "0");
    }
}

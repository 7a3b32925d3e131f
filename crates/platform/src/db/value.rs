//! Values that go into statements and come out of rows, the same on both engines.
//!
//! Decimals carry their places: SQLite keeps them as whole minor units (exact sums, exact comparisons),
//! MySQL as `DECIMAL`. Moments, dates and times are fixed-width text on SQLite, native on MySQL.

use chrono::{NaiveDate, NaiveTime, Timelike};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Engine;
use crate::types::Money;
use crate::types::time::{self, Moment};

/// A value bound to a `?`, or written to a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number, an id.
    Int(i64),
    /// A decimal with its number of places.
    Decimal(Decimal, u8),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A civil day.
    Date(NaiveDate),
    /// A time of day, microseconds.
    Time(NaiveTime),
    /// A moment, UTC, microseconds.
    DateTime(Moment),
}

impl Value {
    /// Whether it is NULL.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The decimal as whole minor units; saturates, which the column's CHECK then refuses.
    pub(super) fn minor_units(value: Decimal, places: u8) -> i64 {
        let mut scaled = value;
        scaled.rescale(u32::from(places));
        scaled.mantissa().to_i64().unwrap_or(if value.is_sign_negative() {
            i64::MIN
        } else {
            i64::MAX
        })
    }
}

macro_rules! from {
    ($($type:ty => |$value:ident| $body:expr),+ $(,)?) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $body
            }
        }
    )+};
}

from! {
    bool => |value| Self::Bool(value),
    i64 => |value| Self::Int(value),
    i32 => |value| Self::Int(value.into()),
    u32 => |value| Self::Int(value.into()),
    usize => |value| Self::Int(i64::try_from(value).unwrap_or(i64::MAX)),
    Money => |value| Self::Decimal(value.decimal(), 2),
    String => |value| Self::Text(value),
    &str => |value| Self::Text(value.to_owned()),
    &String => |value| Self::Text(value.clone()),
    Vec<u8> => |value| Self::Bytes(value),
    NaiveDate => |value| Self::Date(value),
    NaiveTime => |value| Self::Time(value),
    Moment => |value| Self::DateTime(time::truncate(value)),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Builds the parameters of a statement: `params![id, name]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        [$($crate::db::Value::from($value)),*]
    };
}

/// A column value as the driver hands it over, borrowed from the row.
#[derive(Clone, Copy, Debug)]
pub enum Raw<'a> {
    /// SQL NULL.
    Null,
    /// A whole number. On SQLite also a decimal's minor units.
    Int(i64, Engine),
    /// A floating number (an average).
    Real(f64),
    /// Text; on MySQL also a decimal.
    Text(&'a str),
    /// Bytes that are not text.
    Bytes(&'a [u8]),
    /// A native date-time (MySQL), also of a DATE column.
    Moment(chrono::NaiveDateTime),
    /// A native time (MySQL).
    Time(NaiveTime),
}

/// What a column held instead of what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch(pub &'static str);

/// A type that can be read from a column; `'r` is the row, which a text may be borrowed from.
pub trait FromValue<'r>: Sized {
    /// Reads the value, or says what was expected.
    fn from_raw(raw: Raw<'r>) -> Result<Self, Mismatch>;
}

impl<'r> FromValue<'r> for &'r str {
    fn from_raw(raw: Raw<'r>) -> Result<Self, Mismatch> {
        match raw {
            Raw::Text(text) => Ok(text),
            _ => Err(Mismatch("text")),
        }
    }
}

impl FromValue<'_> for i64 {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        match raw {
            Raw::Int(value, _) => Ok(value),
            // SUM over whole numbers is a DECIMAL on MySQL.
            Raw::Text(text) => text.parse().map_err(|_| Mismatch("whole number")),
            _ => Err(Mismatch("whole number")),
        }
    }
}

impl FromValue<'_> for i32 {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        i64::from_raw(raw)?.try_into().map_err(|_| Mismatch("small whole number"))
    }
}

impl FromValue<'_> for bool {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        i64::from_raw(raw).map(|value| value != 0).map_err(|_| Mismatch("true or false"))
    }
}

impl FromValue<'_> for f64 {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        match raw {
            Raw::Real(value) => Ok(value),
            Raw::Int(value, _) => value.to_f64().ok_or(Mismatch("number")),
            Raw::Text(text) => text.parse().map_err(|_| Mismatch("number")),
            _ => Err(Mismatch("number")),
        }
    }
}

impl FromValue<'_> for String {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        match raw {
            Raw::Text(text) => Ok(text.to_owned()),
            _ => Err(Mismatch("text")),
        }
    }
}

impl FromValue<'_> for Vec<u8> {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        match raw {
            Raw::Bytes(bytes) => Ok(bytes.to_vec()),
            Raw::Text(text) => Ok(text.as_bytes().to_vec()),
            _ => Err(Mismatch("bytes")),
        }
    }
}

impl FromValue<'_> for Moment {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        match raw {
            Raw::Moment(moment) => Ok(moment.and_utc()),
            Raw::Text(text) => time::parse_stored_moment(text).ok_or(Mismatch("date and time")),
            _ => Err(Mismatch("date and time")),
        }
    }
}

impl FromValue<'_> for NaiveDate {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        match raw {
            Raw::Moment(moment) => Ok(moment.date()),
            Raw::Text(text) => time::parse_date(text).ok_or(Mismatch("date")),
            _ => Err(Mismatch("date")),
        }
    }
}

impl FromValue<'_> for NaiveTime {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        match raw {
            Raw::Time(time) => Ok(time),
            Raw::Text(text) => time::parse_time(text).ok_or(Mismatch("time of day")),
            _ => Err(Mismatch("time of day")),
        }
    }
}

impl FromValue<'_> for Money {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        Self::try_from(decimal_from_raw(raw, 2)?).map_err(|()| Mismatch("amount with two places"))
    }
}

/// A decimal read with a known number of places, for the few columns that are not money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed<const PLACES: u8>(pub Decimal);

impl<const PLACES: u8> FromValue<'_> for Fixed<PLACES> {
    fn from_raw(raw: Raw<'_>) -> Result<Self, Mismatch> {
        decimal_from_raw(raw, PLACES).map(Self)
    }
}

pub(super) fn decimal_from_raw(raw: Raw<'_>, places: u8) -> Result<Decimal, Mismatch> {
    let mut value = match raw {
        Raw::Int(units, Engine::Sqlite) => Decimal::new(units, u32::from(places)),
        Raw::Int(whole, Engine::Mysql) => Decimal::from(whole),
        Raw::Text(text) => text.parse().map_err(|_| Mismatch("decimal"))?,
        _ => return Err(Mismatch("decimal")),
    };
    value.rescale(u32::from(places));
    Ok(value)
}

impl<'r, T: FromValue<'r>> FromValue<'r> for Option<T> {
    fn from_raw(raw: Raw<'r>) -> Result<Self, Mismatch> {
        match raw {
            Raw::Null => Ok(None),
            other => T::from_raw(other).map(Some),
        }
    }
}

/// Cuts a time of day to the microseconds that both engines keep.
pub(super) fn micros(time: NaiveTime) -> NaiveTime {
    time.with_nanosecond(time.nanosecond() / 1_000 * 1_000).unwrap_or(time)
}

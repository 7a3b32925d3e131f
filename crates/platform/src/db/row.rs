//! One row of an answer, read by column name.

use std::cell::Cell;

use chrono::{NaiveDate, NaiveTime};

use super::value::{FromValue, Raw, Value, decimal_from_raw};
use super::{DbError, DbResult, Engine, Kind};

pub(super) enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Mysql(&'a mysql::Row),
}

/// A row borrowed from the driver.
pub struct Row<'a> {
    source: Source<'a>,
    /// Where the next column is likely to be: rows are read in the order of their SELECT.
    next: Cell<usize>,
    names: &'a [String],
}

impl<'a> Row<'a> {
    pub(super) fn new(source: Source<'a>, names: &'a [String]) -> Self {
        Self { source, next: Cell::new(0), names }
    }

    /// The value of the column `name`.
    pub fn get<T: FromValue<'a>>(&self, name: &str) -> DbResult<T> {
        let index = self.index(name)?;
        self.at(index)
    }

    /// The value of the column at `index`, from 0.
    pub fn at<T: FromValue<'a>>(&self, index: usize) -> DbResult<T> {
        T::from_raw(self.raw(index)?).map_err(|mismatch| self.mismatch(index, mismatch.0))
    }

    /// The value of the column `name` as the kind that its description says.
    pub fn value(&self, name: &str, kind: Kind) -> DbResult<Value> {
        let index = self.index(name)?;
        let raw = self.raw(index)?;
        if matches!(raw, Raw::Null) {
            return Ok(Value::Null);
        }
        let read = match kind {
            Kind::Id | Kind::Int | Kind::Ref => i64::from_raw(raw).map(Value::Int),
            Kind::Bool => bool::from_raw(raw).map(Value::Bool),
            Kind::Decimal { places, .. } => {
                decimal_from_raw(raw, places).map(|decimal| Value::Decimal(decimal, places))
            }
            Kind::Text(_) | Kind::LongText => String::from_raw(raw).map(Value::Text),
            Kind::Date => NaiveDate::from_raw(raw).map(Value::Date),
            Kind::Time => NaiveTime::from_raw(raw).map(Value::Time),
            Kind::DateTime => FromValue::from_raw(raw).map(Value::DateTime),
        };
        read.map_err(|mismatch| self.mismatch(index, mismatch.0))
    }

    fn mismatch(&self, index: usize, expected: &'static str) -> DbError {
        let column = self.names.get(index).cloned().unwrap_or_else(|| index.to_string());
        DbError::Decode { column, expected }
    }

    fn index(&self, name: &str) -> DbResult<usize> {
        let hint = self.next.get();
        let index = if self.names.get(hint).is_some_and(|known| known == name) {
            hint
        } else {
            self.names.iter().position(|known| known == name).ok_or_else(|| DbError::Decode {
                column: name.to_owned(),
                expected: "a column of that name",
            })?
        };
        self.next.set(index + 1);
        Ok(index)
    }

    /// The names of the columns, in order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        self.names
    }

    /// The value at `index` as the driver hands it over, for statements that nobody described.
    pub fn raw(&self, index: usize) -> DbResult<Raw<'a>> {
        let missing = || DbError::Decode { column: index.to_string(), expected: "a column there" };
        match self.source {
            Source::Sqlite(row) => {
                use rusqlite::types::ValueRef;
                Ok(match row.get_ref(index).map_err(|_| missing())? {
                    ValueRef::Null => Raw::Null,
                    ValueRef::Integer(value) => Raw::Int(value, Engine::Sqlite),
                    ValueRef::Real(value) => Raw::Real(value),
                    ValueRef::Text(bytes) => text(bytes),
                    ValueRef::Blob(bytes) => Raw::Bytes(bytes),
                })
            }
            Source::Mysql(row) => {
                use mysql::Value as My;
                Ok(match row.as_ref(index).ok_or_else(missing)? {
                    My::NULL => Raw::Null,
                    My::Bytes(bytes) => text(bytes),
                    My::Int(value) => Raw::Int(*value, Engine::Mysql),
                    My::UInt(value) => {
                        Raw::Int(i64::try_from(*value).unwrap_or(i64::MAX), Engine::Mysql)
                    }
                    My::Float(value) => Raw::Real(f64::from(*value)),
                    My::Double(value) => Raw::Real(*value),
                    My::Date(year, month, day, hour, minute, second, micros) => {
                        let moment = NaiveDate::from_ymd_opt(
                            i32::from(*year),
                            u32::from(*month),
                            u32::from(*day),
                        )
                        .and_then(|date| {
                            date.and_hms_micro_opt(
                                u32::from(*hour),
                                u32::from(*minute),
                                u32::from(*second),
                                *micros,
                            )
                        });
                        Raw::Moment(
                            moment.ok_or_else(|| self.mismatch(index, "a date of the calendar"))?,
                        )
                    }
                    My::Time(is_negative, days, hour, minute, second, micros) => {
                        let time = NaiveTime::from_hms_micro_opt(
                            u32::from(*hour),
                            u32::from(*minute),
                            u32::from(*second),
                            *micros,
                        );
                        // A MySQL TIME may also be a span.
                        let time = time.filter(|_| !is_negative && *days == 0);
                        Raw::Time(time.ok_or_else(|| self.mismatch(index, "a time of day"))?)
                    }
                })
            }
        }
    }
}

fn text(bytes: &[u8]) -> Raw<'_> {
    std::str::from_utf8(bytes).map_or(Raw::Bytes(bytes), Raw::Text)
}

//! What is to be written to a row: column names with values, from any source (API body, form, import).

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::Value;
use crate::types::time::Moment;

/// Columns with their new values. A column that is absent is left alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes(Vec<(&'static str, Value)>);

impl Changes {
    /// Nothing to write yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a column, replacing an earlier value.
    pub fn set(&mut self, column: &'static str, value: impl Into<Value>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| *known == column) {
            Some((_, old)) => *old = value,
            None => self.0.push((column, value)),
        }
    }

    /// The same, for building in one expression.
    #[must_use]
    pub fn with(mut self, column: &'static str, value: impl Into<Value>) -> Self {
        self.set(column, value);
        self
    }

    /// Sets a column only if it is absent.
    pub fn set_default(&mut self, column: &'static str, value: impl Into<Value>) {
        if !self.has(column) {
            self.0.push((column, value.into()));
        }
    }

    /// Takes a column out.
    pub fn remove(&mut self, column: &str) -> Option<Value> {
        let index = self.0.iter().position(|(known, _)| *known == column)?;
        Some(self.0.remove(index).1)
    }

    /// Whether the column is to be written, be it NULL.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.get(column).is_some()
    }

    /// The value to be written.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| *known == column).map(|(_, value)| value)
    }

    /// These values laid over `base`: what the row will be after the change.
    #[must_use]
    pub fn over(&self, base: &Self) -> Self {
        let mut merged = base.clone();
        for (column, value) in &self.0 {
            merged.set(column, value.clone());
        }
        merged
    }

    /// Whether nothing is to be written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The columns with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(column, value)| (*column, value))
    }

    /// The text to be written; `None` if absent or NULL.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&str> {
        match self.get(column) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The number or id to be written; `None` if absent or NULL.
    #[must_use]
    pub fn int(&self, column: &str) -> Option<i64> {
        match self.get(column) {
            Some(Value::Int(value)) => Some(*value),
            _ => None,
        }
    }

    /// The truth value to be written.
    #[must_use]
    pub fn bool(&self, column: &str) -> Option<bool> {
        match self.get(column) {
            Some(Value::Bool(value)) => Some(*value),
            _ => None,
        }
    }

    /// The decimal to be written.
    #[must_use]
    pub fn decimal(&self, column: &str) -> Option<Decimal> {
        match self.get(column) {
            Some(Value::Decimal(value, _)) => Some(*value),
            _ => None,
        }
    }

    /// The day to be written; of a moment its UTC day.
    #[must_use]
    pub fn date(&self, column: &str) -> Option<NaiveDate> {
        match self.get(column) {
            Some(Value::Date(day)) => Some(*day),
            Some(Value::DateTime(moment)) => Some(moment.date_naive()),
            _ => None,
        }
    }

    /// The time of day to be written.
    #[must_use]
    pub fn time(&self, column: &str) -> Option<NaiveTime> {
        match self.get(column) {
            Some(Value::Time(time)) => Some(*time),
            _ => None,
        }
    }

    /// The moment to be written.
    #[must_use]
    pub fn moment(&self, column: &str) -> Option<Moment> {
        match self.get(column) {
            Some(Value::DateTime(moment)) => Some(*moment),
            _ => None,
        }
    }
}

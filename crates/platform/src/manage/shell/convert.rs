//! Values of the database as the language's, and back by a column's kind.

use rhai::Dynamic;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::session::Outcome;
use crate::db::{Column, Kind, Table, Value};
use crate::types::time;

/// A database value for the language. Days and moments are texts, so that they compare as they sort.
pub(super) fn to_dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Null => Dynamic::UNIT,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::Decimal(value, places) => {
            let mut value = *value;
            value.rescale(u32::from(*places));
            value.into()
        }
        Value::Text(text) => text.clone().into(),
        Value::Bytes(bytes) => format!("{} bytes", bytes.len()).into(),
        Value::Date(day) => time::stored_date(*day).into(),
        Value::Time(value) => time::stored_time(*value).into(),
        Value::DateTime(moment) => time::stored_moment(*moment).into(),
    }
}

/// A value of the language for the column, or what it should have been.
pub(super) fn to_value(table: &Table, column: &Column, given: &Dynamic) -> Outcome<Value> {
    if given.is_unit() {
        return Ok(Value::Null);
    }
    let (value, wanted) = match column.kind {
        Kind::Id | Kind::Ref | Kind::Int => (whole(given).map(Value::Int), "a whole number"),
        Kind::Bool => (given.as_bool().ok().map(Value::Bool), "True or False"),
        Kind::Decimal { places, .. } => {
            (decimal(given).map(|value| Value::Decimal(value, places)), "a decimal")
        }
        Kind::Text(_) | Kind::LongText => (text(given).map(Value::Text), "a text"),
        Kind::Date => (
            text(given).and_then(|text| time::parse_date(&text)).map(Value::Date),
            "a day such as '2025-09-07'",
        ),
        Kind::Time => (
            text(given).and_then(|text| time::parse_time(&text)).map(Value::Time),
            "a time of day such as '14:30'",
        ),
        Kind::DateTime => (
            text(given).and_then(|text| time::parse_input_moment(&text)).map(Value::DateTime),
            "a moment such as '2025-09-07T14:30:00Z' (UTC)",
        ),
    };
    value.ok_or_else(|| {
        format!("{}.{} takes {wanted}, not {}", table.model, column.name, super::show::short(given))
            .into()
    })
}

fn text(given: &Dynamic) -> Option<String> {
    given.clone().into_string().ok()
}

/// A whole number, also from a text of digits: ids are often pasted.
fn whole(given: &Dynamic) -> Option<i64> {
    given.as_int().ok().or_else(|| text(given)?.trim().parse().ok())
}

fn decimal(given: &Dynamic) -> Option<Decimal> {
    given
        .as_decimal()
        .ok()
        .or_else(|| given.as_int().ok().map(Decimal::from))
        .or_else(|| given.as_float().ok().and_then(Decimal::from_f64))
        .or_else(|| text(given)?.trim().parse().ok())
}

/// The column that `name` means: its own name, `pk`, or a reference without its `_id`. Secrets are no columns here.
pub(super) fn column(table: &Table, name: &str) -> Outcome<&'static Column> {
    let wanted = if name == "pk" { "id" } else { name };
    let found = table.column(wanted).or_else(|| table.column(&format!("{wanted}_id")));
    match found {
        Some(column) if column.secret => Err(format!(
            "{}.{} is secret: the shell neither shows nor compares it",
            table.model, column.name
        )
        .into()),
        Some(column) => Ok(column),
        None => Err(format!(
            "{} has no field \"{name}\"; it has {}",
            table.model,
            shown_columns(table).map(|column| column.name).collect::<Vec<_>>().join(", ")
        )
        .into()),
    }
}

/// The columns a shell shows: all but the secret ones.
pub(super) fn shown_columns(table: &Table) -> impl Iterator<Item = &'static Column> + use<> {
    table.columns.iter().filter(|column| !column.secret)
}
